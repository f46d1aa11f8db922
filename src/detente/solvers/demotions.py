"""The fewest states that a party would have to stop preferring for a state to hold for it.

Each move that the party would like must be closed: by no longer liking where it leads, or by no longer
liking where the others can then take it. Each way is a set of states to be demoted to no better than the
wanted one; the smallest union that closes every move is searched by branch and bound.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from detente.solvers.graph_model import Concept, Conflict
from detente.solvers.steps import reach, temptations

Way: TypeAlias = frozenset[int]

_MOST_WAYS: Final = 60  # of closing one move, the smallest first
_MOST_NODES: Final = 20_000  # of the search; beyond, the answer is an upper bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Demotion:
    """What a party would have to stop preferring.

    Attributes:
        states: Numbers of the states that must become no better than the wanted one; none: it holds.
        exact: Whether no smaller set does; otherwise the number is an upper bound.
    """

    states: tuple[int, ...]
    exact: bool


def fewest_demotions(conflict: Conflict, party: int, wanted: int, concept: Concept) -> Demotion:
    """The fewest states to demote so that ``wanted`` holds for the party by the concept."""
    level = conflict.levels[party]
    fine = level <= level[wanted]
    moves, cut = [], False
    for end in temptations(conflict, party, wanted):
        ways = list(_ways(conflict, party, int(end), concept, fine))
        if frozenset() in ways:
            continue
        ways.sort(key=lambda way: (len(way), sorted(way)))
        cut = cut or len(ways) > _MOST_WAYS
        moves.append(ways[:_MOST_WAYS])
    best, whole = _smallest_union(moves)
    return Demotion(states=tuple(sorted(best)), exact=(whole and not cut) or len(best) <= 1)


def _ways(conflict: Conflict, party: int, end: int, concept: Concept, fine: np.ndarray) -> Iterator[Way]:
    """Sets of states to demote, each of which closes the move to ``end``."""
    yield frozenset({end})
    if concept is Concept.NASH:
        return
    others = [j for j in range(len(conflict.parties)) if j != party]
    after = reach(conflict, end, others, improving=concept is Concept.SEQ)
    for state in after.states.tolist():
        needed = set() if fine[state] else {state}
        if concept is Concept.SMR:
            back = conflict.moves[party].from_state(state)
            needed.update(back[~fine[back]].tolist())
        yield frozenset(needed)


def _smallest_union(moves: Sequence[Sequence[Way]]) -> tuple[frozenset[int], bool]:
    """One way for each move so that their union is smallest, and whether that is proven."""
    greedy: frozenset[int] = frozenset()
    for ways in sorted(moves, key=lambda each: len(each[0])):
        greedy |= min(ways, key=lambda way: len(way - greedy))
    best, nodes = greedy, 0
    order = sorted(moves, key=len)
    todo: list[tuple[int, frozenset[int]]] = [(0, frozenset())]
    while todo:
        at, chosen = todo.pop()
        nodes += 1
        if nodes > _MOST_NODES:
            return best, False
        while at < len(order) and any(way <= chosen for way in order[at]):
            at += 1
        if at == len(order):
            best = min(best, chosen, key=len)
            continue
        for way in reversed(order[at]):
            union = chosen | way
            if len(union) < len(best):
                todo.append((at + 1, union))
    return best, True
