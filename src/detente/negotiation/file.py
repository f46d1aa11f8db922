"""The negotiation file: YAML (or JSON, which is YAML) becomes a Negotiation, and back.

Law: what cannot be meant is refused with its line; what is loaded can be run.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from detente.errors import InvalidNegotiation
from detente.negotiation import wishes
from detente.negotiation.expressions import KEYWORDS, BadExpression, Expression, parse_expression
from detente.negotiation.fields import Fields
from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    NegotiationParty,
    Option,
    Position,
    Preference,
    RedLine,
    Table,
)
from detente.negotiation.tree import Items, Pairs, Tree, Word, read_json, read_tree
from detente.negotiation.writing import dump_negotiation
from detente.negotiation.written import WrittenStates

__all__ = ["dump_negotiation", "load_negotiation"]

_KEYS: Final = (
    "negotiation",
    "on",
    "parties",
    "options",
    "states",
    "constraints",
    "status_quo",
    "preferences",
    "moves",
    "issues",
    "tables",
    "red_lines",
    "disagreement",
)
_OPTION_ID: Final = re.compile(r"[^\s()]+")


def load_negotiation(text: str, where: str) -> Negotiation:
    """Read a negotiation file.

    Args:
        text: The whole file, YAML or JSON.
        where: Its name, for errors.

    Raises:
        InvalidNegotiation: A line is wrong; the message names it.

    >>> load_negotiation("{negotiation: n, parties: [{id: a}], options: [{id: x, by: b}]}", "n.yaml")
    Traceback (most recent call last):
    detente.errors.InvalidNegotiation: n.yaml:1: option 'x': no party 'b': it is one of a.
    """
    fast = read_json(text)
    if fast is None:
        return _Loader(read_tree(text, where), where).negotiation()
    try:
        return _Loader(fast, where).negotiation()
    except InvalidNegotiation as error:
        try:
            tree = read_tree(text, where)  # again, for the line
        except InvalidNegotiation:
            raise error from None  # JSON that is no YAML: without its line
        return _Loader(tree, where).negotiation()


class _Loader:
    """One file on its way to be a negotiation."""

    def __init__(self, tree: Tree, where: str) -> None:
        self._where = where
        self._top = Fields(tree, where, "a negotiation file", _KEYS)
        self._options: tuple[Option, ...] = ()
        self._ids: tuple[str, ...] = ()
        self._parties: tuple[str, ...] = ()

    def negotiation(self) -> Negotiation:
        top = self._top
        parties = tuple(self._party(item) for item in top.items("parties"))
        if not parties:
            top.fail("no parties: list at least one under 'parties'.", "parties")
        self._parties = tuple(party.id for party in parties)
        self._unique(self._parties, "party", "parties")
        issues = tuple(self._issue(item) for item in top.items("issues"))
        self._unique([issue.id for issue in issues], "issue", "issues")
        known_issues = [issue.id for issue in issues]
        self._options = tuple(self._option(item, known_issues) for item in top.items("options"))
        self._ids = tuple(option.id for option in self._options)
        self._unique(self._ids, "option", "options")
        constraints, expressions = self._constraints()
        states = WrittenStates(top, self._options, expressions)
        status_quo = top.get("status_quo")
        tables = tuple(self._table(item) for item in top.items("tables"))
        self._unique([table.id for table in tables], "table", "tables")
        return Negotiation(
            id=top.text("negotiation", default=_stem(self._where)),
            on=top.when("on"),
            parties=parties,
            options=self._options,
            states=states.listed,
            constraints=constraints,
            status_quo=None if status_quo is None else states.named(status_quo, "status_quo"),
            preferences=self._preferences(states),
            moves=self._moves(states),
            issues=issues,
            tables=tables,
            red_lines=tuple(self._red_line(item) for item in top.items("red_lines")),
            disagreement={
                self._party_key(key, "disagreement"): top.range(value, key.text)
                for key, value in top.pairs("disagreement")
            },
        )

    def _fields(self, tree: Tree, kind: str, known: Iterable[str], key: str = "id") -> Fields:
        name = ""
        if isinstance(tree, Pairs):
            named = [v.text for k, v in tree.pairs if k.text == key and isinstance(v, Word)]
            name = f" {named[0]!r}" if named else ""
        return Fields(tree, self._where, f"{kind}{name}", known)

    def _party(self, tree: Tree) -> NegotiationParty:
        fields = self._fields(tree, "party", ("id", "name", "capability", "evidence", "note"))
        return NegotiationParty(
            id=fields.text("id"),
            name=fields.text("name", default=fields.text("id")),
            capability=fields.optional_range("capability", percent=True),
            evidence=fields.words("evidence"),
            note=fields.optional_text("note"),
        )

    def _option(self, tree: Tree, issues: list[str]) -> Option:
        fields = self._fields(
            tree, "option", ("id", "by", "text", "issue", "irreversible", "evidence", "note")
        )
        name = fields.text("id")
        if not _OPTION_ID.fullmatch(name) or name in KEYWORDS:
            fields.fail(
                f"option id {name!r} cannot stand in a condition: write one word, such as 'stop-arms'.", tree
            )
        issue = fields.optional_text("issue")
        if issue is not None and issues:
            fields.known(issue, issues, "issue", fields.line_of("issue"))
        return Option(
            id=name,
            by=fields.known(fields.text("by"), self._parties, "party", fields.line_of("by")),
            text=fields.text("text", default=name.replace("-", " ")),
            issue=issue,
            irreversible=fields.flag("irreversible"),
            evidence=fields.words("evidence"),
            note=fields.optional_text("note"),
        )

    def _issue(self, tree: Tree) -> NegotiationIssue:
        fields = self._fields(tree, "issue", ("id", "label", "scale", "positions", "evidence"))
        scale = []
        for point in fields.items("scale"):
            if not isinstance(point, Items) or len(point.items) != 2:
                fields.fail(f"'scale' of {fields.what} must hold pairs such as [0, \"none\"].", point)
            scale.append((fields.number(point.items[0], "scale"), fields.word(point.items[1], "scale")))
        positions = {
            self._party_key(key, fields.what): self._position(value, f"{fields.what}, {key.text}")
            for key, value in fields.pairs("positions")
        }
        return NegotiationIssue(
            id=fields.text("id"),
            label=fields.text("label", default=fields.text("id")),
            scale=tuple(scale),
            positions=positions,
            evidence=fields.words("evidence"),
        )

    def _position(self, tree: Tree, what: str) -> Position:
        fields = Fields(tree, self._where, what, ("position", "salience", "flexibility", "evidence"))
        position = fields.optional_range("position", percent=True)
        salience = fields.optional_range("salience", percent=True)
        if position is None or salience is None:
            fields.fail(f"{what} needs 'position' and 'salience', each 0 to 100.")
        return Position(
            position=position,
            salience=salience,
            flexibility=fields.optional_range("flexibility", percent=True),
            evidence=fields.words("evidence"),
        )

    def _table(self, tree: Tree) -> Table:
        fields = self._fields(tree, "table", ("id", "parties", "options", "label", "evidence"))
        parties = fields.words("parties")
        for party in parties:
            fields.known(party, self._parties, "party", fields.line_of("parties"))
        options = None if fields.get("options") is None else fields.words("options")
        for option in options or ():
            fields.known(option, self._ids, "option", fields.line_of("options"))
        return Table(
            id=fields.text("id"),
            parties=parties,
            options=options,
            label=fields.optional_text("label"),
            evidence=fields.words("evidence"),
        )

    def _red_line(self, tree: Tree) -> RedLine:
        fields = self._fields(tree, "red line", ("party", "condition", "evidence"), key="party")
        condition = fields.text("condition")
        self._expression(condition, fields.line_of("condition"))
        return RedLine(
            party=fields.known(fields.text("party"), self._parties, "party", fields.line_of("party")),
            condition=condition,
            evidence=fields.words("evidence"),
        )

    def _constraints(self) -> tuple[tuple[str, ...], list[Expression]]:
        texts, expressions = [], []
        for item in self._top.items("constraints"):
            text = self._top.word(item, "constraints")
            texts.append(text)
            expressions.append(self._expression(text, item.line))
        return tuple(texts), expressions

    def _expression(self, text: str, line: int, *, conditional: bool = False) -> Expression:
        try:
            return parse_expression(text, self._ids, conditional=conditional)
        except BadExpression as error:
            raise InvalidNegotiation(f"{self._where}:{line}", str(error)) from error

    def _preferences(self, states: WrittenStates) -> dict[str, Preference]:
        def condition(text: str, line: int) -> Expression:
            return self._expression(text, line, conditional=True)

        found: dict[str, Preference] = {}
        for key, value in self._top.pairs("preferences"):
            party = self._party_key(key, "preferences")
            fields = Fields(value, self._where, f"preferences of {party}", wishes.KEYS)
            found[party] = wishes.read_preference(fields, states, self._ids, condition)
        return found

    def _moves(self, states: WrittenStates) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for key, value in self._top.pairs("moves"):
            party = self._party_key(key, "moves")
            nothing = isinstance(value, Word) and value.is_nothing
            if not isinstance(value, Items) and not nothing:
                self._top.fail(f'moves of {party} must be a list of pairs such as ["00", "01"].', value)
            arcs = value.items if isinstance(value, Items) else ()
            found[party] = tuple(states.arc(arc, party) for arc in arcs)
        return found

    def _party_key(self, key: Word, what: str) -> str:
        return Fields(Pairs((), key.line), self._where, what, ()).known(key.text, self._parties, "party", key)

    def _unique(self, ids: Iterable[str], kind: str, key: str) -> None:
        names = list(ids)
        for name, count in Counter(names).items():
            if count > 1:
                again = [at for at, other in enumerate(names) if other == name][1]
                self._top.fail(f"{kind} {name!r} is declared twice.", self._top.items(key)[again])


def _stem(where: str) -> str:
    name = re.split(r"[/\\]", where)[-1]
    return name.rsplit(".", 1)[0] or "negotiation"
