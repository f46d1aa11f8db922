"""The preferences of a file: one of ranking, priorities or weights for a party."""

from collections.abc import Callable, Sequence

from detente.negotiation.expressions import Expression, Node
from detente.negotiation.feasible import TooManyStates
from detente.negotiation.fields import Fields
from detente.negotiation.model import Preference, Priorities, Ranking, Weights
from detente.negotiation.tree import Items
from detente.negotiation.written import WrittenStates

KEYS = ("ranking", "priorities", "weights", "evidence", "inferred")


def read_preference(
    fields: Fields,
    states: WrittenStates,
    options: Sequence[str],
    condition: Callable[[str, int], Expression],
) -> Preference:
    """One party's preference.

    Args:
        fields: What stands under the party's name.
        states: Of the file.
        options: Ids of all options.
        condition: Reads a condition, given its words and its line.

    Raises:
        InvalidNegotiation: None of the three forms, more than one, or a line of it is wrong.
    """
    forms = [form for form in KEYS[:3] if fields.get(form) is not None]
    if len(forms) != 1:
        fields.fail(f"{fields.what} need exactly one of ranking, priorities, weights.")
    if forms[0] == "ranking":
        return _ranking(fields, states)
    return _priorities(fields, condition) if forms[0] == "priorities" else _weights(fields, options)


def _ranking(fields: Fields, states: WrittenStates) -> Ranking:
    tiers: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for item in fields.items("ranking"):
        parts = item.items if isinstance(item, Items) else (item,)
        tier = tuple(states.named(part, "ranking") for part in parts)
        for at, pattern in enumerate(tier):
            if pattern in seen:
                fields.fail(f"{fields.what} rank {pattern!r} twice: a state has one place.", parts[at])
            seen.add(pattern)
        if not tier:
            fields.fail(f"{fields.what} hold an empty tie.", item)
        tiers.append(tier)
    try:
        missing = states.missing(seen)
    except TooManyStates as error:
        fields.fail(f"{fields.what} cannot rank them all: {error}. Use priorities or weights.", "ranking")
    if missing:
        fields.fail(
            f"{fields.what} leave out {len(missing):,} states, {missing[0]!r} first: give each a place.",
            "ranking",
        )
    return Ranking(tiers=tuple(tiers), evidence=fields.words("evidence"))


def _priorities(fields: Fields, condition: Callable[[str, int], Expression]) -> Priorities:
    conditions: list[str] = []
    seen: dict[Node, str] = {}
    for item in fields.items("priorities"):
        text = fields.word(item, "priorities")
        root = condition(text, item.line).root
        for same in (root, _denied(root)):
            if same in seen:
                fields.fail(
                    f"{fields.what} run in a circle: {seen[same]!r} comes before {text!r}, which can then"
                    " never matter: keep one.",
                    item,
                )
        seen[root] = text
        conditions.append(text)
    evidence = {
        fields.known(key.text, conditions, "priority", key): fields.words_of(value, "evidence")
        for key, value in fields.pairs("evidence")
    }
    return Priorities(conditions=tuple(conditions), evidence=evidence)


def _weights(fields: Fields, options: Sequence[str]) -> Weights:
    values = {
        fields.known(key.text, options, "option", key): fields.range(value, key.text)
        for key, value in fields.pairs("weights")
    }
    evidence = {
        fields.known(key.text, options, "option", key): fields.words_of(value, "evidence")
        for key, value in fields.pairs("evidence")
    }
    inferred = fields.words("inferred")
    for option in inferred:
        fields.known(option, options, "option", fields.line_of("inferred"))
    return Weights(values=values, evidence=evidence, inferred=frozenset(inferred))


def _denied(root: Node) -> Node:
    return root.parts[0] if root.operator == "not" else Node("not", parts=(root,))
