"""Conditions over options become linear rows, so that an integer programme can keep them.

Law: a vector of zeros and ones for the options can be completed to satisfy the rows if, and only if, it
satisfies the conditions.

Source:
    Williams (2013), *Model Building in Mathematical Programming*, 5th ed., Wiley, ch. 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.negotiation.expressions import Expression, Node


@dataclass(kw_only=True)
class Rows:
    """Linear rows over variables numbered from 0: the options first, then one for each operator.

    Attributes:
        width: How many variables there are by now.
        entries: Of each row, the coefficient by variable.
        least: Of each row, the least its sum may be.
    """

    width: int
    entries: list[dict[int, float]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)

    def at_least(self, least: float, entries: dict[int, float]) -> None:
        """Add the row ``sum of coefficient times variable >= least``."""
        self.entries.append(entries)
        self.least.append(least)


def linear_rows(options: Sequence[str], conditions: Sequence[Expression]) -> Rows:
    """Rows that hold just where every condition does.

    Args:
        options: Ids; the first is variable 0.
        conditions: Over them.

    >>> from detente.negotiation.expressions import parse_expression
    >>> rows = linear_rows(["a", "b"], [parse_expression("not a", ["a", "b"])])
    >>> rows.width, rows.entries[-1], rows.least[-1]
    (3, {2: 1.0}, 1.0)
    """
    place = {option: at for at, option in enumerate(options)}
    rows = Rows(width=len(options))
    for condition in conditions:
        rows.at_least(1.0, {_variable(condition.root, place, rows): 1.0})
    return rows


def _variable(root: Node, place: dict[str, int], rows: Rows) -> int:
    """The variable that is 1 where the condition holds; its parts first, on a stack of its own."""
    order: list[Node] = []
    todo = [root]
    while todo:
        node = todo.pop()
        order.append(node)
        todo += node.parts
    values: list[int] = []
    for node in reversed(order):
        parts = [values.pop() for _ in node.parts][::-1]
        values.append(
            place[node.name] if node.operator == "option" else _operator(node.operator, parts, rows)
        )
    return values.pop()


def _operator(operator: str, parts: Sequence[int], rows: Rows) -> int:
    """A new variable bound to be the operator's value wherever its parts are 0 or 1."""
    own = rows.width
    rows.width += 1
    if operator == "not":
        _equal_to_not(own, parts[0], rows)
        return own
    one, other = parts
    match operator:
        case "and":
            corners = {(1, 1): 1, (0, 1): 0, (1, 0): 0, (0, 0): 0}
        case "or":
            corners = {(1, 1): 1, (0, 1): 1, (1, 0): 1, (0, 0): 0}
        case "implies":
            corners = {(1, 1): 1, (0, 1): 1, (1, 0): 0, (0, 0): 1}
        case _:
            corners = {(1, 1): 1, (0, 1): 0, (1, 0): 0, (0, 0): 1}
    for (first, second), value in corners.items():
        _at_corner(own, ((one, first), (other, second)), value, rows)
    return own


def _equal_to_not(own: int, part: int, rows: Rows) -> None:
    rows.at_least(1.0, {own: 1.0, part: 1.0})
    rows.at_least(-1.0, {own: -1.0, part: -1.0})


def _at_corner(own: int, corner: Sequence[tuple[int, int]], value: int, rows: Rows) -> None:
    """Where both parts have the corner's values, the variable has this one; elsewhere the row is slack."""
    entries = {own: 1.0 if value else -1.0}
    least = 1.0 if value else 0.0
    for part, at in corner:
        # A part away from the corner relaxes the row by 1.
        entries[part] = entries.get(part, 0.0) + (-1.0 if at else 1.0)
        least -= at
    rows.at_least(least, entries)
