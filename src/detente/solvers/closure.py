"""The least value that a group of parties can bring about from each state, by moves or by improvements.

Law: a group's moves follow each other in any order, but nobody moves twice in a row. Where each party's
moves are transitive this rule costs nothing (two in a row are one move), and plain reachability gives
the same; where they are not, the last mover is part of what is searched.

Values stand in rows, one for each party left out of the group, shape (parties, states).
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from detente.solvers.moves import Ints, Lists, Moves
from detente.solvers.preferences import Levels

Values: TypeAlias = NDArray[np.int32]
Arcs: TypeAlias = tuple[Ints, Ints]
Step: TypeAlias = Callable[[Values], None]

_HIGHEST: Final = np.int32(np.iinfo(np.int32).max)
_MOST_ROUNDS: Final = 64  # random conflicts settle in 3 to 8; beyond, one search bounds the cost
_WIDE: Final = 16  # lists side by side from which a loop over their rows beats numpy's accumulate 20 times


def most_within(moves: Moves, values: Levels) -> Levels:
    """The greatest value among each state and the states one move away, shape (states,)."""
    padded = np.append(values, np.int32(-1))
    found = values.copy()
    for lists in moves.lists:
        best = padded.take(lists.members).max(axis=0).take(lists.column)
        _put(found, lists, best)
    return found


class Threats:
    """What the others can bring about, for each party; prepared once for any levels.

    Attributes:
        moves: Of each party.
    """

    def __init__(self, moves: Sequence[Moves]) -> None:
        self.moves = tuple(moves)
        self._transitive = all(each.transitive for each in moves)
        self._mutual = self._transitive and all(each.mutual for each in moves)

    def by_moves(self, values: Values) -> Values:
        """The least over each state itself and all that the others reach from it by moves."""
        if self._mutual:
            return np.stack([groups(row) for groups, row in zip(self._groups, values, strict=True)])
        if self._transitive:
            steps = [_move_step(each) for each in self.moves]
            return _settle(steps, values, lambda: [each.arcs for each in self.moves])
        return _settle_in_turn([each.arcs for each in self.moves], values)

    def by_improvements(self, levels: Sequence[Levels]) -> Values:
        """The same for each party's own level, where each step is strictly better for its mover.

        Args:
            levels: Of each party, the higher the better, each of shape (states,).
        """

        def arcs() -> list[Arcs]:
            return [improving(each.arcs, level) for each, level in zip(self.moves, levels, strict=True)]

        values = np.stack(levels)
        if self._transitive:
            steps = [_improvement_step(each, level) for each, level in zip(self.moves, levels, strict=True)]
            return _settle(steps, values, arcs)
        return _settle_in_turn(arcs(), values)

    @cached_property
    def _groups(self) -> list[Callable[[Levels], Levels]]:
        """For each party left out: spreads the least value over the states the others connect."""
        return [
            _spreading([each for j, each in enumerate(self.moves) if j != i]) for i in range(len(self.moves))
        ]


def improving(arcs: Arcs, levels: Levels) -> Arcs:
    """The arcs that lead to a strictly better state."""
    starts, ends = arcs
    better = levels[ends] > levels[starts]
    return starts[better], ends[better]


def _spreading(moves: Sequence[Moves]) -> Callable[[Levels], Levels]:
    """Gives each state the least value among the states it is connected with by mutual moves."""
    rows, columns, nodes = [], [], moves[0].size if moves else 0
    for each in moves:
        for lists in each.lists:
            rows.append(lists.states)
            columns.append(nodes + lists.column)
            nodes += lists.members.shape[1]
    if not rows:
        return lambda values: values
    row, column = np.concatenate(rows), np.concatenate(columns)
    graph = csr_array((np.ones(len(row), dtype=np.int8), (row, column)), shape=(nodes, nodes))
    label = connected_components(graph, directed=False)[1][: moves[0].size].astype(np.int64)
    order = np.argsort(label, kind="stable")
    names, starts = np.unique(label[order], return_index=True)
    label = np.searchsorted(names, label)

    def spread(values: Levels) -> Levels:
        least: Levels = np.minimum.reduceat(values.take(order), starts).take(label)
        return least

    return spread


def _move_step(moves: Moves) -> Step:
    """Lets one party move: each state's value falls to the least of its list."""

    def step(values: Values) -> None:
        for lists in moves.lists:
            _put(values, lists, values.take(lists.members).min(axis=0).take(lists.column))

    return step


def _improvement_step(moves: Moves, levels: Levels) -> Step:
    """Lets one party improve: each state's value falls to the least of the better part of its list."""
    padded = np.append(levels, _HIGHEST)
    sorted_lists = [_by_level(lists, padded) for lists in moves.lists]

    def step(values: Values) -> None:
        for lists, (members, above) in zip(moves.lists, sorted_lists, strict=True):
            least = np.full((len(members) + 1, members.shape[1]), _HIGHEST, dtype=np.int32)
            values.take(members, out=least[:-1], mode="clip")
            _fall(least)
            own = values[: lists.size] if lists.covers_all else values[lists.states]
            _put(values, lists, np.minimum(own, least.take(above)))

    return step


def _put(values: Values, lists: Lists, new: Values) -> None:
    """Write one value for each of the states whose lists these are."""
    if lists.covers_all:
        values[: lists.size] = new
    else:
        values[lists.states] = new


def _fall(rows: Values) -> None:
    """Each row becomes the least of itself and all rows below it."""
    if rows.shape[1] < _WIDE:
        np.minimum.accumulate(rows[::-1], axis=0, out=rows[::-1])
        return
    for at in range(len(rows) - 2, -1, -1):
        np.minimum(rows[at], rows[at + 1], out=rows[at])


def _by_level(lists: Lists, padded: Levels) -> tuple[Ints, Ints]:
    """Each list from its worst state to its best; where, of it flattened, each state's better part starts."""
    level = padded.take(lists.members)
    order = np.argsort(level, axis=0, kind="stable")
    width = level.shape[1]
    flat = order * width + np.arange(width)
    level = level.take(flat)
    longest = len(level)
    rises: Ints = np.full(level.shape, longest, dtype=np.int64)
    rows = np.broadcast_to(np.arange(1, longest)[:, None], (longest - 1, width))
    np.copyto(rises[:-1], rows, where=level[1:] > level[:-1])
    for at in range(longest - 2, -1, -1):
        np.minimum(rises[at], rises[at + 1], out=rises[at])
    place = np.empty(order.size, dtype=np.int64)
    place[flat.reshape(-1)] = np.repeat(np.arange(longest), width)
    home = place.take(lists.place * width + lists.column)
    start: Ints = rises.take(home * width + lists.column) * width + lists.column
    members: Ints = lists.members.take(flat).astype(np.int64)
    return members, start


def _settle(steps: Sequence[Step], values: Values, arcs: Callable[[], list[Arcs]]) -> Values:
    """Let the parties move one after the other until nothing falls any more.

    In row i everybody moves but party i.
    """
    parties, size = values.shape
    found = np.full((parties, size + 1), _HIGHEST, dtype=np.int32)
    found[:, :size] = values
    for i in range(parties):
        others = [steps[j] for j in range(parties) if j != i]
        if not _settled(others, found[i]):
            every = [pair for j, pair in enumerate(arcs()) if j != i]
            starts = np.concatenate([start for start, _ in every])
            ends = np.concatenate([end for _, end in every])
            found[i, :size] = least_reachable(size, starts, ends, values[i])
    return found[:, :size]


def _settled(steps: Sequence[Step], row: Values) -> bool:
    """Whether the row came to rest, each step taken until all in a row changed nothing."""
    still = 0
    for round_ in range(_MOST_ROUNDS * len(steps)):
        before = row.copy()
        steps[round_ % len(steps)](row)
        still = still + 1 if np.array_equal(before, row) else 0
        if still == len(steps):
            return True
    return not steps


def _settle_in_turn(arcs: Sequence[Arcs], values: Values) -> Values:
    """The same where nobody may move twice in a row: a node is a state and who moved last.

    Node ``state * (parties + 1) + mover``; the last mover ``parties`` stands for nobody yet.
    """
    parties = len(arcs)
    found = np.empty_like(values)
    for left_out in range(parties):
        starts, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for mover, (start, end) in enumerate(arcs):
            if mover == left_out:
                continue
            for last in range(parties + 1):
                if last not in {mover, left_out}:
                    starts.append(start * (parties + 1) + last)
                    ends.append(end * (parties + 1) + mover)
        each = np.repeat(values[left_out], parties + 1)
        least = least_reachable(len(each), np.concatenate(starts), np.concatenate(ends), each)
        found[left_out] = least[parties :: parties + 1]
    return found


def least_reachable(size: int, starts: Ints, ends: Ints, values: Levels) -> Levels:
    """The least value among each node and all nodes that it reaches, by one shortest-path search.

    A source beside the nodes leads to each at the cost of its value; every arc, turned round, is free.

    Args:
        size: Number of nodes.
        starts: Of the arcs.
        ends: Of the arcs.
        values: Of the nodes, from 0.
    """
    nodes = np.arange(size)
    costs = np.concatenate([np.zeros(len(starts)), values.astype(np.float64)])
    rows = np.concatenate([ends, np.full(size, size)])
    graph = csr_array((costs, (rows, np.concatenate([starts, nodes]))), shape=(size + 1, size + 1))
    graph.sum_duplicates()
    return np.asarray(dijkstra(graph, indices=size)[:size], dtype=np.int32)
