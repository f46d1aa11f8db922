"""A newly derived negotiation is put under the one an analyst has worked on.

Law: what the analyst wrote stays. Nothing of the file is changed or taken out; what the record has newly
shown is added. Where the derivation that the analyst started from is known as well, what the analyst
left untouched moves on with the record, and what the analyst took out stays out.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    Option,
    Position,
    Preference,
    RedLine,
    Table,
    Weights,
)
from detente.record.terms import containment, content_terms

_T = TypeVar("_T")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)
# Words that two options of one party share when they are the same thing told anew.
_ALIKE = 0.67


def merge_derived(old: Negotiation, new: Negotiation, base: Negotiation | None = None) -> Negotiation:
    """The analyst's negotiation, with what is new in the record.

    A file with its own list of states, rankings or moves takes no new options: its states would no
    longer say what they said.

    Args:
        old: The file as the analyst left it.
        new: The latest derivation.
        base: The derivation that the analyst started from, where it is known.
    """
    start = base or Negotiation(id=old.id)
    new = _under_old_names(old, _under_old_names(start, new))
    options = _options(old, new, start, closed=_is_closed(old))
    known = {option.id for option in options}
    parties = _merged(old.parties, new.parties, start.parties)
    sitting = {party.id for party in parties}
    tables = _merged(old.tables, new.tables, start.tables)
    return replace(
        old,
        on=_settled(old.on, new.on, start.on),
        parties=parties,
        options=options,
        status_quo=_status_quo(old, options),
        preferences=_preferences(old, new, start, known, sitting),
        issues=_issues(old, new, start, sitting),
        tables=tuple(table for table in tables if _fits(table, known, sitting)),
        red_lines=_red_lines(old, new, start, known, sitting),
    )


def _settled(old: _T, new: _T, base: _T) -> _T:
    """What was left as derived moves on; what was changed, or whose origin is not known, stays."""
    return new if old == base and new is not None else old


def _merged(old: Sequence[_N], new: Sequence[_N], base: Sequence[_N]) -> tuple[_N, ...]:
    """The analyst's items in their order, then new ones that the analyst has not taken out."""
    origin = {item.id: item for item in base}
    fresh = {item.id: item for item in new}
    kept = [
        fresh[item.id] if item.id in fresh and origin.get(item.id) == item else item
        for item in old
        if item.id in fresh or origin.get(item.id) != item
    ]
    known = {item.id for item in old} | set(origin)
    return (*kept, *(item for item in new if item.id not in known))


def _is_closed(old: Negotiation) -> bool:
    """Whether the file speaks of whole states, which a further option would change."""
    weighed = all(isinstance(preference, Weights) for preference in old.preferences.values())
    return old.states is not None or bool(old.moves) or not weighed


def _options(old: Negotiation, new: Negotiation, base: Negotiation, *, closed: bool) -> tuple[Option, ...]:
    if not closed:
        return _merged(old.options, new.options, base.options)
    origin = {option.id: option for option in base.options}
    fresh = {option.id: option for option in new.options}
    return tuple(
        fresh[option.id] if origin.get(option.id) == option and option.id in fresh else option
        for option in old.options
    )


def _under_old_names(old: Negotiation, new: Negotiation) -> Negotiation:
    """The derivation with the ids that the file has for the same options and issues."""
    names = _same(old.options, new.options, _same_option)
    issues = _same(old.issues, new.issues, _same_issue)
    options = tuple(
        replace(o, id=names.get(o.id, o.id), issue=issues.get(o.issue, o.issue) if o.issue else None)
        for o in new.options
    )
    return replace(
        new,
        options=options,
        preferences={party: _renamed(wish, names) for party, wish in new.preferences.items()},
        issues=tuple(replace(issue, id=issues.get(issue.id, issue.id)) for issue in new.issues),
        tables=tuple(_with_options(table, names) for table in new.tables),
        red_lines=tuple(replace(r, condition=_in_words(r.condition, names)) for r in new.red_lines),
    )


def _same(old: Sequence[_N], new: Sequence[_N], alike: Callable[[_N, _N], bool]) -> dict[str, str]:
    """By the new id, the file's id of the same thing; a new thing never takes an id that is in use."""
    named: dict[str, str] = {}
    free = [item for item in old if item.id not in {fresh.id for fresh in new if alike(item, fresh)}]
    taken = {item.id for item in old}
    for fresh in new:
        held = next((item for item in old if item.id == fresh.id and alike(item, fresh)), None)
        match = held or next((item for item in free if alike(item, fresh)), None)
        if match is not None:
            named[fresh.id] = match.id
            free = [item for item in free if item is not match]
        elif fresh.id in taken:
            named[fresh.id] = _unused(fresh.id, taken)
        taken.add(named.get(fresh.id, fresh.id))
    return named


def _same_option(one: Option, other: Option) -> bool:
    """The same claims under both, or the same party asked in the same words."""
    if one.by != other.by:
        return False
    shared = containment(content_terms(one.text), content_terms(other.text))
    return bool(set(one.evidence) & set(other.evidence)) or one.text == other.text or shared >= _ALIKE


def _same_issue(one: NegotiationIssue, other: NegotiationIssue) -> bool:
    return one.id == other.id or bool(set(one.evidence) & set(other.evidence)) or one.label == other.label


def _unused(name: str, taken: Iterable[str]) -> str:
    known, number = set(taken), 2
    while f"{name}-{number}" in known:
        number += 1
    return f"{name}-{number}"


def _renamed(preference: Preference, names: Mapping[str, str]) -> Preference:
    if not isinstance(preference, Weights):
        return preference
    return Weights(
        values={names.get(o, o): value for o, value in preference.values.items()},
        evidence={names.get(o, o): value for o, value in preference.evidence.items()},
        inferred=frozenset(names.get(o, o) for o in preference.inferred),
    )


def _with_options(table: Table, names: Mapping[str, str]) -> Table:
    if table.options is None:
        return table
    return replace(table, options=tuple(names.get(option, option) for option in table.options))


def _in_words(condition: str, names: Mapping[str, str]) -> str:
    """A condition under the file's names of options."""
    return re.sub(r"[^\s()]+", lambda word: names.get(word[0], word[0]), condition)


def _status_quo(old: Negotiation, options: Sequence[Option]) -> str | None:
    """Today's state with a digit for every option; new ones are not taken yet."""
    if old.status_quo is None:
        return None
    digits = dict(zip((option.id for option in old.options), old.status_quo, strict=True))
    return "".join(digits.get(option.id, "0") for option in options)


def _preferences(
    old: Negotiation, new: Negotiation, base: Negotiation, known: set[str], sitting: set[str]
) -> dict[str, Preference]:
    merged: dict[str, Preference] = {}
    for party in (*old.preferences, *(p for p in new.preferences if p not in old.preferences)):
        mine, fresh = old.preferences.get(party), new.preferences.get(party)
        if party not in sitting:
            continue
        if mine is None:
            merged[party] = _within(fresh, known) if isinstance(fresh, Weights) else Weights(values={})
        elif isinstance(mine, Weights) and isinstance(fresh, Weights):
            start = base.preferences.get(party)
            held = start if isinstance(start, Weights) else Weights(values={})
            merged[party] = _within(_weights(mine, fresh, held), known)
        else:
            merged[party] = mine
    return merged


def _weights(mine: Weights, fresh: Weights, start: Weights) -> Weights:
    """Weight by weight: the analyst's where there is one, the record's where it is new or untouched."""
    values = dict(mine.values)
    evidence = dict(mine.evidence)
    inferred = set(mine.inferred)
    for option, value in fresh.values.items():
        untouched = option in mine.values and mine.values[option] == start.values.get(option)
        dropped = option not in mine.values and option in start.values
        if untouched or (option not in mine.values and not dropped):
            values[option] = value
            evidence[option] = fresh.evidence.get(option, ())
            inferred = inferred | {option} if option in fresh.inferred else inferred - {option}
    return Weights(values=values, evidence=evidence, inferred=frozenset(inferred))


def _within(weights: Weights, known: set[str]) -> Weights:
    """Only weights of options that there are."""
    return Weights(
        values={o: v for o, v in weights.values.items() if o in known},
        evidence={o: e for o, e in weights.evidence.items() if o in known and e},
        inferred=frozenset(weights.inferred & known),
    )


def _issues(
    old: Negotiation, new: Negotiation, base: Negotiation, sitting: set[str]
) -> tuple[NegotiationIssue, ...]:
    fresh = {issue.id: issue for issue in new.issues}
    start = {issue.id: issue for issue in base.issues}
    merged = _merged(old.issues, new.issues, base.issues)
    return tuple(_issue(issue, fresh.get(issue.id), start.get(issue.id), sitting) for issue in merged)


def _issue(
    mine: NegotiationIssue,
    fresh: NegotiationIssue | None,
    start: NegotiationIssue | None,
    sitting: set[str],
) -> NegotiationIssue:
    """Position by position, as with weights."""
    held = start.positions if start else {}
    positions: dict[str, Position] = {p: at for p, at in mine.positions.items() if p in sitting}
    for party, at in fresh.positions.items() if fresh else ():
        untouched = party in positions and positions[party] == held.get(party)
        if party in sitting and (untouched or (party not in positions and party not in held)):
            positions[party] = at
    return replace(mine, positions=positions)


def _fits(table: Table, known: set[str], sitting: set[str]) -> bool:
    return sitting.issuperset(table.parties) and known.issuperset(table.options or ())


def _red_lines(
    old: Negotiation, new: Negotiation, base: Negotiation, known: set[str], sitting: set[str]
) -> tuple[RedLine, ...]:
    def key(line: RedLine) -> tuple[str, str]:
        return line.party, line.condition

    had = {key(line) for line in (*old.red_lines, *base.red_lines)}
    words = {"and", "or", "not", "implies", "iff"}
    added = [
        line
        for line in new.red_lines
        if key(line) not in had
        and line.party in sitting
        and set(re.findall(r"[^\s()]+", line.condition)) - words <= known
    ]
    return (*old.red_lines, *added)
