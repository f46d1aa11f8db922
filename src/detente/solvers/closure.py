"""The least value that a group of parties can bring about from each state, by moves or by improvements.

Law: a group's moves follow each other in any order, but nobody moves twice in a row. Where each party's
moves are transitive this rule costs nothing (two in a row are one move), and plain reachability gives
the same; where they are not, the last mover is part of what is searched.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from detente.solvers.moves import Indices, Ints, Lists, Moves
from detente.solvers.preferences import Levels

Values: TypeAlias = NDArray[np.int32]
Arcs: TypeAlias = tuple[Ints, Ints]
Step: TypeAlias = Callable[[Values], None]

_HIGHEST: Final = np.int32(np.iinfo(np.int32).max)
_MOST_ROUNDS: Final = 64  # random conflicts settle in 3 to 8; beyond, one search bounds the cost


def most_within(moves: Moves, values: Levels) -> Levels:
    """The greatest value among each state and the states one move away, shape (states,)."""
    padded = np.append(values, np.int32(-1))
    found = values.copy()
    for lists in moves.lists:
        found[lists.states] = padded[lists.members].max(axis=0)[lists.column]
    return found


def least_by_moves(moves: Sequence[Moves], values: Values) -> Values:
    """The least value that all but one party can bring about, for each party left out.

    Args:
        moves: Of each party.
        values: A column for each party left out, shape (states, parties).

    Returns:
        Shape (states, parties): the least over the state itself and all that the others reach.
    """
    if all(each.transitive for each in moves):
        steps = [_move_step(each) for each in moves]
        return _settle(steps, values, lambda: [each.arcs for each in moves])
    return _settle_in_turn([each.arcs for each in moves], values)


def least_by_improvements(moves: Sequence[Moves], levels: Sequence[Levels], values: Values) -> Values:
    """The same, where every step is strictly better for its mover.

    Args:
        moves: Of each party.
        levels: Of each party, the higher the better, each of shape (states,).
        values: As for ``least_by_moves``.
    """

    def arcs() -> list[Arcs]:
        return [improving(each.arcs, level) for each, level in zip(moves, levels, strict=True)]

    if all(each.transitive for each in moves):
        steps = [_improvement_step(each, level) for each, level in zip(moves, levels, strict=True)]
        return _settle(steps, values, arcs)
    return _settle_in_turn(arcs(), values)


def improving(arcs: Arcs, levels: Levels) -> Arcs:
    """The arcs that lead to a strictly better state."""
    starts, ends = arcs
    better = levels[ends] > levels[starts]
    return starts[better], ends[better]


def _move_step(moves: Moves) -> Step:
    """Lets one party move: each state's values fall to the least of its list."""

    def step(values: Values) -> None:
        for lists in moves.lists:
            least = values[lists.members].min(axis=0)
            values[lists.states] = least[lists.column]

    return step


def _improvement_step(moves: Moves, levels: Levels) -> Step:
    """Lets one party improve: each state's values fall to the least of the better part of its list."""
    padded = np.append(levels, _HIGHEST)
    sorted_lists = [_by_level(lists, padded) for lists in moves.lists]

    def step(values: Values) -> None:
        for lists, (members, above) in zip(moves.lists, sorted_lists, strict=True):
            suffix = values[members]
            np.minimum.accumulate(suffix[::-1], axis=0, out=suffix[::-1])
            last = len(members) - 1
            better = suffix[np.minimum(above, last), lists.column]
            better[above > last] = _HIGHEST
            values[lists.states] = np.minimum(values[lists.states], better)

    return step


def _by_level(lists: Lists, padded: Levels) -> tuple[Indices, Ints]:
    """Each list from its worst state to its best, and for each state where the strictly better ones start."""
    level = padded[lists.members]
    order = np.argsort(level, axis=0, kind="stable")
    level = np.take_along_axis(level, order, axis=0)
    longest = len(level)
    rises: Ints = np.full(level.shape, longest, dtype=np.int64)
    step_up = level[1:] > level[:-1]
    rises[:-1][step_up] = np.broadcast_to(np.arange(1, longest)[:, None], step_up.shape)[step_up]
    above = np.minimum.accumulate(rises[::-1], axis=0)[::-1]
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.broadcast_to(np.arange(longest)[:, None], order.shape), axis=0)
    members: Indices = np.take_along_axis(lists.members, order, axis=0)
    starts: Ints = above[place[lists.place, lists.column], lists.column]
    return members, starts


def _settle(steps: Sequence[Step], values: Values, arcs: Callable[[], list[Arcs]]) -> Values:
    """Let the parties move one after the other until nothing falls any more.

    In column i everybody moves but party i.
    """
    found = np.full((len(values) + 1, values.shape[1]), _HIGHEST, dtype=np.int32)
    found[:-1] = values
    still = 0
    for round_ in range(_MOST_ROUNDS * len(steps)):
        at = round_ % len(steps)
        before = found.copy()
        steps[at](found)
        found[:, at] = before[:, at]
        still = still + 1 if np.array_equal(before, found) else 0
        if still == len(steps):
            return found[:-1]
    every = arcs()
    return np.stack(
        [
            least_reachable(
                len(values),
                np.concatenate([starts for j, (starts, _) in enumerate(every) if j != i]),
                np.concatenate([ends for j, (_, ends) in enumerate(every) if j != i]),
                values[:, i],
            )
            for i in range(values.shape[1])
        ],
        axis=1,
    )


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
        column = np.repeat(values[:, left_out], parties + 1)
        least = least_reachable(len(column), np.concatenate(starts), np.concatenate(ends), column)
        found[:, left_out] = least[parties :: parties + 1]
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
