"""What could hold on a sheet as it stands: worked out at once at the middle of every weight.

Doubt is left to the slower analyses; here every range counts as its middle, so that a slider's move shows
in an instant. What a space of outcomes and the moves in it are is kept while only weights change.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final

from detente.analysis.packages import PackagesFinding, packages
from detente.analysis.spoilers import Spoiler, spoilers
from detente.analysis.tables import TablesFinding, tables
from detente.brief.outcomes import called, listed_packages
from detente.desk.sheet_form import Tried
from detente.errors import DetenteError
from detente.negotiation.model import Negotiation, Range, Weights
from detente.solvers.closure import Threats
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict, Verdicts, solve
from detente.solvers.moves import Moves, all_moves
from detente.solvers.preferences import party_levels
from detente.solvers.space import StateSpace, build_space

_KEPT: Final = 8
_FIRMEST_FIRST: Final = (Concept.NASH, Concept.SEQ, Concept.SMR, Concept.GMR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An outcome in a column.

    Attributes:
        name: "As things are", "Package 1"; ``called``: the fair points it is.
        state: As written in the file.
        taken: Ids of the options taken.
        gains: What it adds over no deal, by sitting party.
        by: The firmest concept by which it holds; ``None``: it does not.
        spoilers: Who would rather move from it, those nothing holds first.
    """

    name: str
    called: str
    state: str
    taken: frozenset[str]
    gains: Mapping[str, float]
    by: Concept | None
    spoilers: tuple[Spoiler, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What could hold.

    Attributes:
        considered: Outcomes looked at.
        counts: How many hold by each concept; ``holding``: by any.
        outcomes: Things as they are, then the packages.
        parties: Who sits.
        deals: What can be agreed; ``None`` with ``reasons`` where that could not be worked out.
        tables: Likewise.
    """

    considered: int
    counts: Mapping[Concept, int]
    holding: int
    outcomes: tuple[Outcome, ...]
    parties: tuple[str, ...]
    deals: PackagesFinding | None
    tables: TablesFinding | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Compiled:
    """What does not change with the weights."""

    space: StateSpace
    moves: tuple[Moves, ...]
    threats: Threats


@dataclass
class Workshop:
    """Works out sheets, keeping the spaces of the last ones. Threads may share it."""

    _compiled: OrderedDict[Hashable, _Compiled] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def work_out(self, sheet: Tried) -> Holding:
        """What could hold on it.

        Raises:
            InvalidNegotiation: It has no outcome, or its conditions contradict each other.
        """
        focus = settled(sheet)
        conflict, verdicts = self._solved(focus)
        reasons: list[str] = []
        deals, tabled = None, None
        try:
            deals = packages(focus, table=sheet.table, samples=1)
        except DetenteError as error:
            reasons.append(f"Packages: {error}")
        try:
            tabled = tables(focus, samples=1) if focus.tables else None
        except DetenteError as error:
            reasons.append(f"Tables: {error}")
        return Holding(
            considered=len(conflict.space),
            counts={concept: len(verdicts.equilibria(concept)) for concept in CONCEPTS},
            holding=len(verdicts.any_equilibrium()),
            outcomes=_outcomes(focus, conflict, verdicts, deals, sheet.table),
            parties=deals.table.parties if deals else (),
            deals=deals,
            tables=tabled,
            reasons=tuple(reasons),
        )

    def _solved(self, focus: Negotiation) -> tuple[Conflict, Verdicts]:
        compiled = self._compile(focus)
        parties = tuple(party.id for party in focus.parties)
        levels = tuple(party_levels(focus, compiled.space, party) for party in parties)
        conflict = Conflict(space=compiled.space, parties=parties, moves=compiled.moves, levels=levels)
        return conflict, solve(compiled.moves, levels, compiled.threats)

    def _compile(self, focus: Negotiation) -> _Compiled:
        key = (
            tuple((option.id, option.by, option.irreversible) for option in focus.options),
            tuple(party.id for party in focus.parties),
            focus.constraints,
            focus.states,
            tuple(sorted((party, tuple(arcs)) for party, arcs in focus.moves.items())),
        )
        with self._lock:
            held = self._compiled.get(key)
            if held is not None:
                self._compiled.move_to_end(key)
                return held
        space = build_space(focus)
        moves = all_moves(focus, space)
        ordered = tuple(moves[party.id] for party in focus.parties)
        made = _Compiled(space, ordered, Threats(ordered))
        with self._lock:
            self._compiled[key] = made
            while len(self._compiled) > _KEPT:
                self._compiled.popitem(last=False)
        return made


def in_focus(sheet: Tried) -> Negotiation:
    """The negotiation in which only the options in play move; ranges stay ranges."""
    talks = sheet.negotiation
    if talks.states is not None:
        return talks
    today = talks.status_quo or "0" * len(talks.options)
    still = tuple(
        option.id if digit == "1" else f"not {option.id}"
        for option, digit in zip(talks.options, today, strict=True)
        if option.id not in sheet.play
    )
    return replace(talks, constraints=(*talks.constraints, *still))


def settled(sheet: Tried) -> Negotiation:
    """The same with every range at its middle."""
    focus = in_focus(sheet)
    return replace(
        focus,
        preferences={
            party: replace(
                wish, values={o: _middle(value) for o, value in wish.values.items()}, inferred=frozenset()
            )
            if isinstance(wish, Weights)
            else wish
            for party, wish in focus.preferences.items()
        },
        disagreement={party: _middle(value) for party, value in focus.disagreement.items()},
    )


def _middle(value: Range) -> Range:
    return Range(value.middle, value.middle)


def _outcomes(
    focus: Negotiation,
    conflict: Conflict,
    verdicts: Verdicts,
    deals: PackagesFinding | None,
    table: str | None,
) -> tuple[Outcome, ...]:
    today = focus.status_quo or "0" * len(focus.options)
    chosen: list[tuple[str, str, str, Mapping[str, float]]] = [("As things are", "", today, {})]
    for at, package in enumerate(listed_packages(deals) if deals else (), 1):
        state = _pattern(focus, package.taken)
        gains = {party: package.utility[party] - _no_deal(deals, party) for party in package.utility}
        if state == today:
            chosen[0] = (chosen[0][0], called(deals, package) if deals else "", today, gains)
        else:
            chosen.append((f"Package {at}", called(deals, package) if deals else "", state, gains))
    places = [(one, conflict.space.find(one[2])) for one in chosen]
    found = [(one, place) for one, place in places if place is not None]
    upset = spoilers(focus, states=[one[2] for one, _ in found], table=table).outcomes if found else ()
    return tuple(
        Outcome(
            name=name,
            called=points,
            state=state,
            taken=frozenset(conflict.space.taken_in(state)),
            gains=gains,
            by=_firmest(verdicts, place),
            spoilers=spoiled.spoilers,
        )
        for ((name, points, state, gains), place), spoiled in zip(found, upset, strict=True)
    )


def _firmest(verdicts: Verdicts, place: int) -> Concept | None:
    for_all = verdicts.for_all[:, place]
    return next((one for one in _FIRMEST_FIRST if for_all[CONCEPTS.index(one)]), None)


def _pattern(focus: Negotiation, taken: Iterable[str]) -> str:
    chosen = set(taken)
    return "".join("01"[option.id in chosen] for option in focus.options)


def _no_deal(deals: PackagesFinding | None, party: str) -> float:
    return deals.disagreement.get(party, 0.0) if deals else 0.0
