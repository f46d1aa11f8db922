"""Who can move where: each party's moves, as lists of states that many states share.

Law: a party's free move changes any of its own options at once, to a feasible state, and never undoes
an irreversible one. All states that agree on the other parties' options and on what cannot be undone
can reach the same states, so they share one list: cost grows with the states, not with their pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import InvalidNegotiation
from detente.negotiation.feasible import Bits
from detente.negotiation.model import Negotiation
from detente.solvers.space import StateSpace

Ints: TypeAlias = NDArray[np.int64]
Indices: TypeAlias = NDArray[np.int32]

_MOST_LISTED: Final = 2**27  # entries of all lists of one party: half a gigabyte
_MOST_INDISTINCT: Final = 2**15  # states compared pair by pair where some are indistinct


@dataclass(frozen=True)
class Lists:
    """Lists of states of about one length.

    Attributes:
        members: A list a column, shape (longest, lists); filled up with the number of states.
        states: The states whose list is here.
        column: The list of each of them.
        place: Where in it the state itself stands.
        size: Number of all states.
    """

    members: Indices
    states: Ints
    column: Ints
    place: Ints
    size: int

    @property
    def covers_all(self) -> bool:
        """Whether every state's list is here, and ``states`` so counts from 0 up."""
        return len(self.states) == self.size

    def tiled(self, shift: Ints, size: int) -> "Lists":
        """The same lists for copies of ``size`` states, each shifted, shape (copies, 1)."""
        copies, width = len(shift), self.members.shape[1]
        filled = self.members[:, None, :] + shift.astype(np.int32)
        filled[np.broadcast_to(self.members[:, None, :] == size, filled.shape)] = size * copies
        return Lists(
            members=filled.reshape(len(self.members), -1),
            states=(self.states + shift).reshape(-1),
            column=(self.column + shift // size * width).reshape(-1),
            place=np.tile(self.place, copies),
            size=size * copies,
        )


@dataclass(frozen=True)
class Moves:
    """One party's moves: each state's list holds the state itself and all it can move to.

    Attributes:
        size: Number of states.
        lists: By length; a state without a list has no move.
        transitive: Whether two moves in a row are always one move (or none).
    """

    size: int
    lists: tuple[Lists, ...]
    transitive: bool

    @cached_property
    def mutual(self) -> bool:
        """Whether every move can be taken back: no state then stands in any list but its own."""
        return all(int((lists.members < self.size).sum()) == len(lists.states) for lists in self.lists)

    @cached_property
    def _where(self) -> tuple[Ints, Ints]:
        """For each state: which of ``lists`` it is in (-1: none), and its column there."""
        part = np.full(self.size, -1, dtype=np.int64)
        column = np.zeros(self.size, dtype=np.int64)
        for at, lists in enumerate(self.lists):
            part[lists.states] = at
            column[lists.states] = lists.column
        return part, column

    def from_state(self, state: int) -> Ints:
        """The states the party can move to, in ascending order."""
        part, column = self._where
        if part[state] < 0:
            return np.zeros(0, dtype=np.int64)
        members = self.lists[part[state]].members[:, column[state]].astype(np.int64)
        return np.sort(members[(members < self.size) & (members != state)])

    def from_states(self, states: Ints) -> tuple[Ints, Ints]:
        """All moves from several states: places in ``states``, and where they lead."""
        part, column = self._where
        places, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for at, lists in enumerate(self.lists):
            here = np.flatnonzero(part[states] == at)
            reached = lists.members[:, column[states[here]]].astype(np.int64)
            real = (reached < self.size) & (reached != states[here])
            places.append(np.broadcast_to(here, reached.shape)[real])
            ends.append(reached[real])
        return np.concatenate(places), np.concatenate(ends)

    def tiled(self, times: int) -> "Moves":
        """The same moves in ``times`` worlds that lie side by side and cannot be left."""
        if times == 1:
            return self
        shift = np.arange(times, dtype=np.int64)[:, None] * self.size
        return Moves(
            self.size * times, tuple(each.tiled(shift, self.size) for each in self.lists), self.transitive
        )

    @cached_property
    def arcs(self) -> tuple[Ints, Ints]:
        """Every move, as starts and ends, in order of the starts."""
        starts, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for lists in self.lists:
            reached = lists.members[:, lists.column].astype(np.int64)
            start = np.broadcast_to(lists.states, reached.shape)
            real = (reached < self.size) & (reached != start)
            starts.append(start[real])
            ends.append(reached[real])
        start, end = np.concatenate(starts), np.concatenate(ends)
        order = np.argsort(start, kind="stable")
        return start[order], end[order]


def all_moves(negotiation: Negotiation, space: StateSpace) -> dict[str, Moves]:
    """Every party's moves, by party id.

    Raises:
        InvalidNegotiation: There are too many moves to hold.
    """
    found = {}
    for party in negotiation.parties:
        own = space.mask(o.id for o in negotiation.options if o.by == party.id)
        fixed = space.mask(o.id for o in negotiation.options if o.by == party.id and o.irreversible)
        if party.id in negotiation.moves:
            arcs = [(space.index(start), space.index(end)) for start, end in negotiation.moves[party.id]]
            found[party.id] = _listed(len(space), np.array(arcs, dtype=np.int64).reshape(-1, 2))
        elif space.open is not None:
            found[party.id] = _indistinct(space.bits, space.open, own, fixed)
        else:
            found[party.id] = _free(space.bits, own, fixed)
    return found


def _free(bits: Bits, own: np.uint64, fixed: np.uint64) -> Moves:
    """Any change of the party's own options, irreversible ones taken but never undone."""
    size = len(bits)
    if own == 0:
        return Moves(size, (), transitive=True)
    group = np.unique(bits & ~own, return_inverse=True)[1].reshape(-1)
    if fixed == 0:
        return Moves(size, _shared([np.arange(size)], [group], [group], size), transitive=True)
    done = bits & fixed
    members, lists, own_list = [], [], np.zeros(size, dtype=np.int64)
    total = 0
    for at, value in enumerate(np.unique(done)):
        here = done == value
        own_list[here] = at * size + group[here]
        asked = np.zeros(size, dtype=np.bool_)
        asked[group[here]] = True
        reached = np.flatnonzero(((done & value) == value) & asked[group])
        members.append(reached)
        lists.append(at * size + group[reached])
        total += len(reached)
        if total > _MOST_LISTED:
            raise InvalidNegotiation(
                "irreversible options", f"more than {_MOST_LISTED:,} moves: mark fewer options irreversible."
            )
    return Moves(size, _shared(members, lists, [own_list], size), transitive=True)


def _indistinct(bits: Bits, unknown: Bits, own: np.uint64, fixed: np.uint64) -> Moves:
    """Moves between states that leave options open: an open digit agrees with either."""
    size = len(bits)
    if size > _MOST_INDISTINCT:
        raise InvalidNegotiation(
            "states", f"{size:,} states, some with '-'; at most {_MOST_INDISTINCT:,} can be compared."
        )
    arcs = []
    for start in range(size):
        changed = (bits ^ bits[start]) & ~unknown & ~unknown[start]
        able = (changed != 0) & ((changed & ~own) == 0) & ((changed & bits[start] & fixed) == 0)
        ends = np.flatnonzero(able)
        arcs.append(np.stack([np.full(len(ends), start), ends], axis=1))
    return _listed(size, np.concatenate(arcs) if arcs else np.zeros((0, 2), dtype=np.int64))


def _listed(size: int, arcs: Ints) -> Moves:
    """Moves given arc by arc, shape (arcs, 2)."""
    if len(arcs) == 0:
        return Moves(size, (), transitive=True)
    arcs = np.unique(arcs, axis=0)
    movers = np.unique(arcs[:, 0])
    own_list = np.full(size, -1, dtype=np.int64)
    own_list[movers] = movers
    lists = _shared([arcs[:, 1], movers], [arcs[:, 0], movers], [own_list], size)
    return Moves(size, lists, transitive=False)


def _shared(
    members: Sequence[Ints], lists: Sequence[Ints], own_list: Sequence[Ints], size: int
) -> tuple[Lists, ...]:
    """Lists of the same length class side by side.

    Args:
        members: States that stand in lists.
        lists: The list each of them stands in.
        own_list: Each state's own list; -1: none.
        size: Number of states.
    """
    member, key, own = np.concatenate(members), np.concatenate(lists), np.concatenate(own_list)
    order = np.lexsort((member, key))
    member, key = member[order], key[order]
    names, first, length = np.unique(key, return_index=True, return_counts=True)
    within = np.arange(len(key)) - np.repeat(first, length)
    listed = np.repeat(np.arange(len(names)), length)
    found = []
    classes = np.ceil(np.log2(length)).astype(np.int64)
    for kind in np.unique(classes[length > 1]):
        chosen = np.flatnonzero((classes == kind) & (length > 1))
        column_of = np.full(len(names), -1, dtype=np.int64)
        column_of[chosen] = np.arange(len(chosen))
        inside = column_of[listed] >= 0
        table = np.full((int(length[chosen].max()), len(chosen)), size, dtype=np.int32)
        table[within[inside], column_of[listed[inside]]] = member[inside]
        at_home = np.flatnonzero(inside & (own[member] == key))
        at_home = at_home[np.argsort(member[at_home])]
        found.append(
            Lists(
                members=table,
                states=member[at_home],
                column=column_of[listed[at_home]],
                place=within[at_home],
                size=size,
            )
        )
    return tuple(found)
