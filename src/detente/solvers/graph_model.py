"""Which states hold, for whom: the graph model's four concepts of stability for any number of parties.

With L the party's level of a state, M the best it can reach from there, and G, S, Q the least that all
others together can bring about (of L by moves, of M by moves, of L by improvements), a state s holds

    Nash   where M(s) <= L(s),
    GMR    where min(L(q), G(q)) <= L(s) for every q that the party can move to,
    SMR    the same with S, and SEQ with Q

because a q that is no better than s breaks nothing, and a state that is better than s for the party
sanctions nothing. G, S and Q may therefore count the state itself, which keeps the closures plain.

Source: Fang, Hipel & Kilgour (1993), *Interactive Decision Making*, Wiley.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.negotiation.model import Negotiation
from detente.solvers.closure import Threats, most_within
from detente.solvers.moves import Moves, all_moves
from detente.solvers.preferences import Levels, party_levels
from detente.solvers.space import States, StateSpace, build_space


class Concept(StrEnum):
    """How far a party looks ahead, from not at all to the others' own interest."""

    NASH = "nash"
    GMR = "gmr"
    SMR = "smr"
    SEQ = "seq"


CONCEPTS: Final = tuple(Concept)


@dataclass(frozen=True)
class Conflict:
    """A negotiation in numbers.

    Attributes:
        parties: Ids, in the order of the file.
        moves: Of each party.
        levels: Of each party, the higher the better, each of shape (states,).
    """

    space: StateSpace
    parties: tuple[str, ...]
    moves: tuple[Moves, ...]
    levels: tuple[Levels, ...]


@dataclass(frozen=True)
class Verdicts:
    """What holds.

    Attributes:
        stable: Shape (4, parties, states), in the order of ``CONCEPTS``.
    """

    stable: NDArray[np.bool_]

    @property
    def for_all(self) -> NDArray[np.bool_]:
        """Where a state is stable for every party, shape (4, states)."""
        return np.asarray(self.stable.all(axis=1))

    def equilibria(self, concept: Concept) -> States:
        """The states that hold for every party, in order."""
        return np.flatnonzero(self.stable[CONCEPTS.index(concept)].all(axis=0))

    def any_equilibrium(self) -> States:
        """The states that hold for every party by at least one concept, in order."""
        return np.flatnonzero(self.stable.all(axis=1).any(axis=0))


def build_conflict(negotiation: Negotiation) -> Conflict:
    """The states, moves and levels of a negotiation.

    Raises:
        InvalidNegotiation: It cannot be enumerated, or a preference does not fit its states.
    """
    space = build_space(negotiation)
    moves = all_moves(negotiation, space)
    parties = tuple(party.id for party in negotiation.parties)
    return Conflict(
        space=space,
        parties=parties,
        moves=tuple(moves[party] for party in parties),
        levels=tuple(party_levels(negotiation, space, party) for party in parties),
    )


def solve(moves: Sequence[Moves], levels: Sequence[Levels], threats: Threats | None = None) -> Verdicts:
    """Every state's verdict, for every party, by all four concepts.

    Args:
        moves: Of each party.
        levels: Of each party, the higher the better, each of shape (states,).
        threats: Of these moves, where they are used for many levels.
    """
    threats = threats or Threats(moves)
    levels = [np.ascontiguousarray(level, dtype=np.int32) for level in levels]
    best = [most_within(each, level) for each, level in zip(moves, levels, strict=True)]
    stable = np.empty((len(CONCEPTS), len(moves), len(levels[0])), dtype=np.bool_)
    for i, level in enumerate(levels):
        stable[0, i] = best[i] <= level
    answers = (
        threats.by_moves(np.stack(levels)),
        threats.by_moves(np.stack(best)),
        threats.by_improvements(levels),
    )
    for at, least in enumerate(answers, start=1):
        for i, level in enumerate(levels):
            stable[at, i] = most_within(moves[i], np.minimum(level, least[i])) <= level
    return Verdicts(stable)


def solve_conflict(conflict: Conflict, levels: Mapping[str, Levels] | None = None) -> Verdicts:
    """The verdicts of a conflict, with some parties' levels replaced by those of a drawn world."""
    drawn = levels or {}
    return solve(
        conflict.moves,
        [drawn.get(p, own) for p, own in zip(conflict.parties, conflict.levels, strict=True)],
    )
