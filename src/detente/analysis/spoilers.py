"""Spoilers: who has a move that upsets an outcome, which move, and what would take its reason away.

Law: a spoiler strictly prefers where its own move leads. It is held where the others' own interest then
takes it to a state no better for it (SEQ); it is free where not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from detente.errors import InvalidNegotiation
from detente.negotiation.model import Negotiation, Table, Weights
from detente.negotiation.wording import doing, party_name
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict, Verdicts, build_conflict, solve_conflict
from detente.solvers.preferences import worth
from detente.solvers.steps import Step, deterrences, step_by, step_json, temptations

SCHEMA: Final = "detente/spoilers/1"

_STATES: Final = 12  # outcomes looked at where none is named, the firmest first
_REMEDIES: Final = 4  # told of one spoiler


class RemedyKind(StrEnum):
    """How a spoiler's reason can be taken away."""

    OFFER = "offer"  # another party does something only as long as it stays
    THREAT = "threat"  # another party undoes something if it moves
    WORTH = "worth"  # the move itself becomes worth less to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What would take a spoiler's reason away.

    Attributes:
        by: Who would do it; the spoiler itself where its own judgment must change.
        option: The option that would be offered, undone, or valued otherwise.
        worth: What that is worth to the spoiler: at least its gain.
    """

    kind: RemedyKind
    by: str
    option: str
    worth: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiler:
    """A party that would rather move.

    Attributes:
        party: Its id.
        at_table: Whether it sits at the table asked about; ``None`` where none was.
        move: Its best move.
        moves: How many moves it would like.
        gain: What the best one is worth to it, where its preference is in weights.
        held: Whether the others' own interest holds it.
        answer: What they would do; without interest of their own, what they could do; else nothing.
        remedies: What would take its reason away, the least first.
    """

    party: str
    at_table: bool | None
    move: Step
    moves: int
    gain: float | None
    held: bool
    answer: tuple[Step, ...]
    remedies: tuple[Remedy, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """An outcome and those who would rather move from it.

    Attributes:
        state: As written in the file.
        equilibrium: The concepts by which it is stable for all.
        spoilers: Those nothing holds first.
    """

    state: str
    taken: tuple[str, ...]
    equilibrium: tuple[Concept, ...]
    spoilers: tuple[Spoiler, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoilersFinding:
    """Who upsets what.

    Attributes:
        table: Id of the table asked about, or ``None``.
        outcomes: In the order asked for, or the firmest first.
    """

    negotiation: str
    table: str | None
    outcomes: tuple[Spoiled, ...]


@dataclass(frozen=True)
class _Case:
    """What every outcome is looked at with."""

    negotiation: Negotiation
    conflict: Conflict
    verdicts: Verdicts
    sitting: Table | None


def spoilers(
    negotiation: Negotiation, *, states: Sequence[str] = (), table: str | None = None
) -> SpoilersFinding:
    """Who has a move that upsets an outcome.

    Args:
        negotiation: With its preferences.
        states: Outcomes to look at, such as packages; none: the status quo and the firmest stable states.
        table: Id of a table: spoilers are then told apart by whether they sit at it.

    Raises:
        InvalidNegotiation: No such state or table.
    """
    conflict = build_conflict(negotiation)
    verdicts = solve_conflict(conflict)
    case = _Case(negotiation, conflict, verdicts, _sitting(negotiation, table))
    chosen = [conflict.space.index(state) for state in states] or _outcomes(case)
    return SpoilersFinding(
        negotiation=negotiation.id,
        table=table,
        outcomes=tuple(_spoiled(case, state) for state in chosen),
    )


def spoilers_json(finding: SpoilersFinding) -> dict[str, object]:
    """The finding as ``detente spoilers --json`` prints it."""
    return {
        "schema": SCHEMA,
        "negotiation": finding.negotiation,
        "table": finding.table,
        "outcomes": [
            {
                "state": outcome.state,
                "taken": list(outcome.taken),
                "equilibrium": [str(c) for c in outcome.equilibrium],
                "spoilers": [_spoiler_json(spoiler) for spoiler in outcome.spoilers],
            }
            for outcome in finding.outcomes
        ],
    }


def _sitting(negotiation: Negotiation, table: str | None) -> Table | None:
    if table is None:
        return None
    for each in negotiation.tables:
        if each.id == table:
            return each
    known = ", ".join(each.id for each in negotiation.tables) or "none"
    raise InvalidNegotiation(negotiation.id, f"no table {table!r}: it has {known}.")


def _outcomes(case: _Case) -> list[int]:
    """The status quo, and the firmest states that hold."""
    firm = case.verdicts.any_equilibrium()
    held = case.verdicts.for_all[:, firm]
    order = np.lexsort((-held.sum(axis=0), ~held[CONCEPTS.index(Concept.SEQ)]))
    status_quo = case.negotiation.status_quo
    today = [] if status_quo is None else [case.conflict.space.index(status_quo)]
    return list(dict.fromkeys([*today, *firm[order][:_STATES].tolist()]))


def _spoiled(case: _Case, state: int) -> Spoiled:
    found = [_spoiler(case, party, state) for party in range(len(case.conflict.parties))]
    stable = case.verdicts.for_all[:, state]
    return Spoiled(
        state=case.conflict.space.pattern(state),
        taken=case.conflict.space.taken(state),
        equilibrium=tuple(c for at, c in enumerate(CONCEPTS) if stable[at]),
        spoilers=tuple(sorted((s for s in found if s), key=lambda s: (s.held, -(s.gain or 0.0)))),
    )


def _spoiler(case: _Case, party: int, state: int) -> Spoiler | None:
    wished = temptations(case.conflict, party, state)
    if len(wished) == 0:
        return None
    name = case.conflict.parties[party]
    move = step_by(case.conflict, party, state, int(wished[0]))
    stable = case.verdicts.stable[:, party, state]
    by = next((c for c in (Concept.SEQ, Concept.SMR, Concept.GMR) if stable[CONCEPTS.index(c)]), None)
    answer = () if by is None else deterrences(case.conflict, party, state, by, 1)[0].answer
    preference = case.negotiation.preferences.get(name)
    gain: float | None = None
    remedies: tuple[Remedy, ...] = ()
    if isinstance(preference, Weights):
        values = worth(preference, case.conflict.space)
        gain = float(values[int(wished[0])] - values[state])
        remedies = tuple(_remedies(case.negotiation, move, preference, gain))[:_REMEDIES]
    return Spoiler(
        party=name,
        at_table=None if case.sitting is None else name in case.sitting.parties,
        move=move,
        moves=len(wished),
        gain=gain,
        held=by is Concept.SEQ,
        answer=answer,
        remedies=remedies,
        words=_words(case.negotiation, name, move, by, answer),
    )


def _words(
    negotiation: Negotiation, party: str, move: Step, by: Concept | None, answer: Sequence[Step]
) -> str:
    name = party_name(negotiation, party)
    wish = f"{name} would rather {doing(negotiation, move.takes, move.drops)}"
    if by is None:
        return f"{wish}, and nothing the others can do makes it regret that."
    would = "would" if by is Concept.SEQ else "could"
    steps = ", then ".join(
        f"{party_name(negotiation, s.party)} {would} {doing(negotiation, s.takes, s.drops)}" for s in answer
    )
    if by is Concept.SEQ:
        return f"{wish}, but then {steps}."
    return f"{wish}; {steps}, but perhaps against its own interest."


def _remedies(negotiation: Negotiation, move: Step, weights: Weights, gain: float) -> Iterator[Remedy]:
    """Offers and threats of single options worth at least the gain, then a change of its own judgment."""
    digit = dict(zip((o.id for o in negotiation.options), move.start, strict=True))
    name = party_name(negotiation, move.party)
    found = []
    for option in negotiation.options:
        value = weights.values[option.id].middle if option.id in weights.values else 0.0
        taken = digit[option.id] == "1"
        if option.by == move.party or abs(value) < gain or (taken and option.irreversible):
            continue
        other = party_name(negotiation, option.by)
        if value > 0 and not taken:
            kind, words = RemedyKind.OFFER, f"if {other} were to {option.text} for as long as {name} stays"
        elif (value > 0) == taken:
            sure = "sure not to" if taken else "sure to"
            kind, words = RemedyKind.THREAT, f"if {other} were {sure} {option.text} once {name} moves"
        else:
            continue
        found.append(Remedy(kind=kind, by=option.by, option=option.id, worth=abs(value), words=words))
    yield from sorted(found, key=lambda remedy: (remedy.kind, remedy.worth))
    moved = [o for o in (*move.takes, *move.drops) if o in weights.values]
    if moved:
        chief = max(moved, key=lambda o: weights.values[o].middle * (1 if o in move.takes else -1))
        text = next(o.text for o in negotiation.options if o.id == chief)
        # What it would leave costs it something, and what it would take gains it something.
        weighs = "were worth" if chief in move.takes else "cost"
        words = f"if to {text} {weighs} {name} {gain:g} less, of 100"
        yield Remedy(kind=RemedyKind.WORTH, by=move.party, option=chief, worth=gain, words=words)


def _spoiler_json(spoiler: Spoiler) -> dict[str, object]:
    return {
        "party": spoiler.party,
        "at_table": spoiler.at_table,
        "move": step_json(spoiler.move),
        "moves": spoiler.moves,
        "gain": spoiler.gain,
        "held": spoiler.held,
        "answer": [step_json(step) for step in spoiler.answer],
        "remedies": [
            {"kind": str(r.kind), "by": r.by, "option": r.option, "worth": r.worth, "words": r.words}
            for r in spoiler.remedies
        ],
        "words": spoiler.words,
    }
