"""A negotiation at one table becomes numbers: the packages that can be agreed there and their worth.

At a table only its own options move; all others stay as the status quo has them. Red lines of those who
sit are kept like constraints. Law: packages come in order of how little they change of the status quo.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from detente.errors import InvalidNegotiation
from detente.negotiation.expressions import parse_expression
from detente.negotiation.model import Negotiation, Preference, Range, Ranking, RedLine, Table, Weights
from detente.solvers.frontier import FloatArray, IntArray
from detente.solvers.preferences import levels_of, worth
from detente.solvers.sampling import WeightWorlds, draw_weights
from detente.solvers.space import StateSpace, build_space, parse_pattern

EVERYBODY: Final = "all"


@dataclass(frozen=True, eq=False, kw_only=True)
class Deals:
    """What can be agreed at a table, and what it is worth to those who sit there.

    Attributes:
        negotiation: The file, whole.
        table: Who sits, and which options move.
        space: The packages, as states.
        utilities: Packages by parties, at the middle of every range.
        disagreement: What no deal is worth, by party, at the middle of every range.
        disagreement_ranges: The same as ranges where the file gives one, else ``None``.
        ordinal: Sitting parties of whom only an order of states is known; each step of it counts 1.
        silent: Sitting parties whose preferences nobody states: all packages are alike to them.
        status_quo: Bits of the state today; nothing taken where the file gives none.
    """

    negotiation: Negotiation
    table: Table
    space: StateSpace
    utilities: FloatArray
    disagreement: FloatArray
    disagreement_ranges: tuple[Range | None, ...]
    ordinal: tuple[str, ...]
    silent: tuple[str, ...]
    status_quo: int

    @property
    def parties(self) -> tuple[str, ...]:
        """Who sits, in the order of the columns."""
        return self.table.parties

    def taken(self, row: int) -> tuple[str, ...]:
        """Ids of the options that a package takes."""
        return self.space.taken(row)

    def bits(self, rows: IntArray | None = None) -> FloatArray:
        """Packages by options, 1 where taken; all packages where none are named."""
        chosen = self.space if rows is None else _part(self.space, rows)
        columns = [chosen.column(option) for option in self.space.options]
        table: FloatArray = np.array(columns, dtype=np.float64).reshape(len(columns), len(chosen)).T
        return table

    def worlds(self, *, samples: int, seed: int) -> WeightWorlds:
        """Weights of the sitting parties drawn from their ranges; a ranked party's are all 0."""
        weights = {party: _weights(self.negotiation, party) for party in self.parties}
        return draw_weights(weights, self.space.options, samples=samples, seed=seed)


def find_table(negotiation: Negotiation, table: str | None) -> Table:
    """The table of that id; where none is named, one at which every party sits and all can be agreed.

    Raises:
        InvalidNegotiation: The file has no such table.
    """
    if table is None:
        everyone = tuple(party.id for party in negotiation.parties)
        options = tuple(option.id for option in negotiation.options)
        return Table(id=EVERYBODY, parties=everyone, options=options, label="everybody")
    for known in negotiation.tables:
        if known.id == table:
            return known
    names = ", ".join(known.id for known in negotiation.tables) or "none"
    raise InvalidNegotiation(negotiation.id, f"no table {table!r}: choose one of {names}.")


def movable(negotiation: Negotiation, table: Table) -> tuple[str, ...]:
    """Ids of the options that can be agreed at the table."""
    if table.options is not None:
        return table.options
    return tuple(option.id for option in negotiation.options if option.by in table.parties)


def deals_at(negotiation: Negotiation, table: Table, *, without: Sequence[RedLine] = ()) -> Deals:
    """The packages at a table and their worth.

    Args:
        negotiation: The file.
        table: Who sits.
        without: Red lines not kept, to see what each of them costs.

    Raises:
        InvalidNegotiation: Nobody sits, or no combination satisfies the constraints, or too many do.
    """
    if not table.parties:
        raise InvalidNegotiation(negotiation.id, f"nobody sits at the table {table.id!r}: name its parties.")
    return deals_of(negotiation, table, _space(negotiation, table, without))


def deals_of(negotiation: Negotiation, table: Table, space: StateSpace) -> Deals:
    """What some packages are worth to those who sit at a table.

    Args:
        negotiation: The file.
        table: Who sits.
        space: The packages.
    """
    status_quo = _status_quo(negotiation)
    ranked = [p for p in table.parties if not isinstance(_preference(negotiation, p), Weights | None)]
    return Deals(
        negotiation=negotiation,
        table=table,
        space=space,
        # Columns lie together: every search goes through one party's figures at a time.
        utilities=np.array([_worth(negotiation, space, party) for party in table.parties]).T,
        disagreement=np.array([_no_deal(negotiation, party, status_quo) for party in table.parties]),
        disagreement_ranges=tuple(negotiation.disagreement.get(party) for party in table.parties),
        ordinal=tuple(ranked),
        silent=tuple(p for p in table.parties if _preference(negotiation, p) is None),
        status_quo=status_quo,
    )


def held_conditions(
    negotiation: Negotiation, table: Table, without: Sequence[RedLine] = ()
) -> tuple[str, ...]:
    """Everything a package at the table must satisfy: constraints, red lines, and what does not move."""
    status_quo = negotiation.status_quo or "0" * len(negotiation.options)
    at_the_table = frozenset(movable(negotiation, table))
    fixed = [
        option.id if digit == "1" else f"not {option.id}"
        for option, digit in zip(negotiation.options, status_quo, strict=True)
        if option.id not in at_the_table and digit != "-"
    ]
    lines = [
        line.condition
        for line in negotiation.red_lines
        if line.party in table.parties and line not in without
    ]
    return (*negotiation.constraints, *lines, *fixed)


def narrowed(negotiation: Negotiation, table: Table) -> Negotiation:
    """The negotiation among those who sit alone: nobody else moves, and what is not on the table stays."""
    sitting = tuple(party for party in negotiation.parties if party.id in table.parties)
    held = held_conditions(negotiation, table)
    if negotiation.states is None:
        return replace(negotiation, parties=sitting, constraints=held)
    space = _space(negotiation, table, ())
    kept = frozenset(space.patterns(range(len(space))))
    preferences = {party: _among(preference, kept) for party, preference in negotiation.preferences.items()}
    return replace(
        negotiation,
        parties=sitting,
        states=tuple(state for state in negotiation.states if state in kept),
        preferences=preferences,
        moves={
            party: tuple((a, b) for a, b in arcs if a in kept and b in kept)
            for party, arcs in negotiation.moves.items()
        },
    )


def _among(preference: Preference, kept: frozenset[str]) -> Preference:
    """A ranking of the states that are left; other preferences as they are."""
    if not isinstance(preference, Ranking):
        return preference
    tiers = (tuple(state for state in tier if state in kept) for tier in preference.tiers)
    return replace(preference, tiers=tuple(tier for tier in tiers if tier))


def _space(negotiation: Negotiation, table: Table, without: Sequence[RedLine]) -> StateSpace:
    held = held_conditions(negotiation, table, without)
    if negotiation.states is None:
        space = build_space(replace(negotiation, constraints=held))
    else:
        space = build_space(negotiation)
        options = space.options
        keep = np.ones(len(space), dtype=np.bool_)
        for condition in held[len(negotiation.constraints) :]:
            keep &= parse_expression(condition, options).holds(space.column)
        space = _part(space, np.flatnonzero(keep))
    if not len(space):
        raise InvalidNegotiation(
            negotiation.id,
            f"at the table {table.id!r} no state satisfies every constraint and red line: loosen one.",
        )
    changes = np.bitwise_count(space.bits ^ np.uint64(_status_quo(negotiation)))
    return _part(space, np.argsort(changes, kind="stable"))


def _part(space: StateSpace, rows: IntArray) -> StateSpace:
    return StateSpace(space.options, space.bits[rows], None if space.open is None else space.open[rows])


def _status_quo(negotiation: Negotiation) -> int:
    return parse_pattern(negotiation.status_quo)[0] if negotiation.status_quo else 0


def _preference(negotiation: Negotiation, party: str) -> Preference | None:
    return negotiation.preferences.get(party)


def _weights(negotiation: Negotiation, party: str) -> Weights:
    preference = _preference(negotiation, party)
    return preference if isinstance(preference, Weights) else Weights(values={})


def _worth(negotiation: Negotiation, space: StateSpace, party: str) -> FloatArray:
    """Worth of each package; for a party of which only an order is known, its level in that order."""
    preference = _preference(negotiation, party)
    if preference is None:
        return np.zeros(len(space))
    if isinstance(preference, Weights):
        return worth(preference, space)
    levels = levels_of(preference, build_space(negotiation), where=f"preferences of {party}")
    return _at(build_space(negotiation), levels.astype(np.float64), space)


def _at(whole: StateSpace, figures: FloatArray, part: StateSpace) -> FloatArray:
    """Figures of the whole space at the states of a part of it."""
    if whole.open is not None:
        return np.array([figures[whole.index(part.pattern(row))] for row in range(len(part))])
    order = np.argsort(whole.bits, kind="stable")
    found: FloatArray = figures[order[np.searchsorted(whole.bits[order], part.bits)]]
    return found


def _no_deal(negotiation: Negotiation, party: str, status_quo: int) -> float:
    """What the party has without a deal: as the file says, else the worth of the state today."""
    given = negotiation.disagreement.get(party)
    if given is not None:
        return given.middle
    preference = _preference(negotiation, party)
    if preference is None:
        return 0.0
    options = tuple(option.id for option in negotiation.options)
    today = StateSpace(options, np.array([status_quo], dtype=np.uint64))
    if isinstance(preference, Weights):
        return float(worth(preference, today)[0])
    whole = build_space(negotiation)
    state = whole.find(negotiation.status_quo) if negotiation.status_quo else None
    if state is None:
        # An order says nothing of a state outside it: any deal is taken to be better than none.
        return 0.0
    return float(levels_of(preference, whole, where=f"preferences of {party}")[state])
