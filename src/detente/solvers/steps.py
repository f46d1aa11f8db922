"""Sequences of moves from one state: who reaches what, by which steps, and what deters whom.

Law: nobody moves twice in a row; the shortest sequence is the one that is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.solvers.closure import most_within
from detente.solvers.graph_model import Concept, Conflict
from detente.solvers.moves import Ints

_CHUNK = 2**16  # states of one party's step looked at together


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One party's move.

    Attributes:
        party: Its id.
        start: The state it starts from, as written.
        end: The state it leads to.
        takes: Options it takes up.
        drops: Options it gives up.
    """

    party: str
    start: str
    end: str
    takes: tuple[str, ...]
    drops: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """What sequences of moves reach from one state.

    Attributes:
        conflict: The conflict.
        start: The state they start from.
        states: Those reached, the nearest first; the start is not among them.
        depth: Moves to each of them.
    """

    conflict: Conflict
    start: int
    states: Ints
    depth: Ints
    _node: Ints  # the first node of each state, -1: not reached
    _parent: Ints
    _turns: int
    _group: tuple[int, ...]

    def steps_to(self, state: int) -> tuple[Step, ...]:
        """The moves that lead there, a shortest sequence; none where it is not reached."""
        node = int(self._node[state])
        found: list[Step] = []
        while node >= 0 and self._parent[node] >= 0:
            before = int(self._parent[node])
            start, end = before // self._turns, node // self._turns
            mover = node % self._turns if self._turns > 1 else self._mover(start, end)
            found.append(step_by(self.conflict, mover, start, end))
            node = before
        return tuple(reversed(found))

    def _mover(self, start: int, end: int) -> int:
        return next(j for j in self._group if end in self.conflict.moves[j].from_state(start))


def step_by(conflict: Conflict, party: int, start: int, end: int) -> Step:
    """A party's move from one state to another."""
    before, after = conflict.space.pattern(start), conflict.space.pattern(end)
    digits = list(zip(conflict.space.options, before, after, strict=True))
    return Step(
        party=conflict.parties[party],
        start=before,
        end=after,
        takes=tuple(o for o, a, b in digits if (a, b) == ("0", "1")),
        drops=tuple(o for o, a, b in digits if (a, b) == ("1", "0")),
    )


def reach(
    conflict: Conflict,
    start: int,
    group: Sequence[int],
    *,
    improving: bool = False,
    until: NDArray[np.bool_] | None = None,
) -> Reach:
    """All states that a group reaches from a state, breadth first.

    Args:
        conflict: The conflict.
        start: The state's number.
        group: Places of the parties that move.
        improving: Whether each step must be strictly better for its mover.
        until: States that end the search once one is reached, shape (states,).
    """
    size = len(conflict.space)
    turns = 1 if all(conflict.moves[j].transitive for j in group) else len(conflict.parties) + 1
    parent = np.full(size * turns, -2, dtype=np.int64)
    frontier = np.array([start * turns + turns - 1], dtype=np.int64)
    parent[frontier] = -1
    node = np.full(size, -1, dtype=np.int64)
    node[start] = frontier[0]
    states, depths, depth = [], [], 0
    while len(frontier):
        depth += 1
        fresh = [_next_nodes(conflict, j, frontier, parent, turns, improving=improving) for j in group]
        frontier = np.concatenate([np.zeros(0, dtype=np.int64), *fresh])
        found = _first_seen(frontier, node, turns)
        states.append(found)
        depths.append(np.full(len(found), depth))
        if until is not None and until[found].any():
            break
    none = np.zeros(0, dtype=np.int64)
    return Reach(
        conflict,
        start,
        np.concatenate([none, *states]),
        np.concatenate([none, *depths]),
        node,
        parent,
        turns,
        tuple(group),
    )


def _next_nodes(
    conflict: Conflict, mover: int, frontier: Ints, parent: Ints, turns: int, *, improving: bool
) -> Ints:
    """New nodes one move of ``mover`` away; their parents are noted."""
    if turns > 1:
        frontier = frontier[frontier % turns != mover]
    level = conflict.levels[mover]
    found = []
    for first in range(0, len(frontier), _CHUNK):
        nodes = frontier[first : first + _CHUNK]
        states = nodes // turns
        place, ends = conflict.moves[mover].from_states(states)
        if improving:
            better = level[ends] > level[states[place]]
            place, ends = place[better], ends[better]
        targets = ends * turns + (mover if turns > 1 else 0)
        new = parent[targets] == -2
        targets, origin = np.unique(targets[new], return_index=True)
        parent[targets] = nodes[place[new][origin]]
        found.append(targets)
    return np.concatenate([np.zeros(0, dtype=np.int64), *found])


def _first_seen(frontier: Ints, node: Ints, turns: int) -> Ints:
    states, at = np.unique(frontier // turns, return_index=True)
    unseen = node[states] < 0
    node[states[unseen]] = frontier[at[unseen]]
    new: Ints = states[unseen]
    return new


@dataclass(frozen=True, slots=True, kw_only=True)
class Deterrence:
    """Why a party does not make a move that it would like.

    Attributes:
        temptation: The move.
        answer: What the others then do, up to a state that is no better for it than where it stands.
    """

    temptation: Step
    answer: tuple[Step, ...]


def temptations(conflict: Conflict, party: int, state: int) -> Ints:
    """States that the party can move to and strictly prefers, the best first."""
    ends = conflict.moves[party].from_state(state)
    level = conflict.levels[party]
    better = ends[level[ends] > level[state]]
    order: Ints = better[np.argsort(-level[better], kind="stable")]
    return order


def deterrences(
    conflict: Conflict, party: int, state: int, concept: Concept, most: int
) -> tuple[Deterrence, ...]:
    """By what each of a party's temptations is answered, the greatest temptations first.

    Args:
        conflict: The conflict.
        party: Its place.
        state: Where it stands; it must be stable for the party by the concept.
        concept: What kind of answer counts: by moves (GMR, SMR) or by improvements (SEQ).
        most: How many temptations to look at.
    """
    level = conflict.levels[party]
    enough = level <= level[state]
    if concept is Concept.SMR:
        enough &= most_within(conflict.moves[party], level) <= level[state]
    others = [j for j in range(len(conflict.parties)) if j != party]
    found = []
    for end in temptations(conflict, party, state)[:most]:
        after = reach(conflict, int(end), others, improving=concept is Concept.SEQ, until=enough)
        answered = after.states[enough[after.states]]
        answer = after.steps_to(int(answered[0])) if len(answered) else ()
        temptation = step_by(conflict, party, state, int(end))
        found.append(Deterrence(temptation=temptation, answer=answer))
    return tuple(found)


def step_json(step: Step) -> dict[str, object]:
    """A step as the commands' JSON has it."""
    return {
        "party": step.party,
        "start": step.start,
        "end": step.end,
        "takes": list(step.takes),
        "drops": list(step.drops),
    }
