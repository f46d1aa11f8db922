"""Paths: from where things stand, which stable outcomes can be reached, by whose moves, and where it stops.

Law: the shortest path is told; a path of improvements has every step strictly better for who takes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from detente.errors import InvalidNegotiation
from detente.negotiation.model import Negotiation
from detente.solvers.closure import improving
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict, build_conflict, solve_conflict
from detente.solvers.moves import Ints
from detente.solvers.steps import Reach, Step, reach

SCHEMA: Final = "detente/paths/1"

_TOLD: Final = 100  # outcomes whose paths are worked out, the nearest first
_MOST_ARCS: Final = 2**24  # beyond, whether improvements go round in circles is not worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A stable state that can be reached.

    Attributes:
        state: As written in the file.
        taken: Ids of the options taken.
        equilibrium: The concepts by which it is stable for all.
        by_improvements: A shortest path on which every step is better for who takes it; ``None``: none.
        by_moves: A shortest path of any moves.
    """

    state: str
    taken: tuple[str, ...]
    equilibrium: tuple[Concept, ...]
    by_improvements: tuple[Step, ...] | None
    by_moves: tuple[Step, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsFinding:
    """Where things can go.

    Attributes:
        start: The state they start from.
        reached_by_moves: States that can be reached at all, the start not counted.
        reached_by_improvements: Those that improvements alone reach.
        outcomes: Stable states that can be reached, those by the fewest improvements first.
        left_out: Stable states that can be reached, beyond those told.
        stops: States among those that improvements reach where nobody has a better move.
        circling: States among them from which improvements never stop; ``None``: too many to tell.
        first_moves: Improvements open today.
    """

    negotiation: str
    start: str
    reached_by_moves: int
    reached_by_improvements: int
    outcomes: tuple[Outcome, ...]
    left_out: int
    stops: tuple[str, ...]
    circling: int | None
    first_moves: tuple[Step, ...]


def paths(negotiation: Negotiation, *, start: str | None = None) -> PathsFinding:
    """Where things can go from a state.

    Args:
        negotiation: With its preferences.
        start: As written in the file; ``None``: the status quo.

    Raises:
        InvalidNegotiation: There is no such state, or no status quo.
    """
    conflict = build_conflict(negotiation)
    begin = start or negotiation.status_quo
    if begin is None:
        raise InvalidNegotiation(
            negotiation.id, "no status quo: add 'status_quo', or name a state to start from."
        )
    origin = conflict.space.index(begin)
    stable = solve_conflict(conflict).for_all
    everybody = range(len(conflict.parties))
    by_moves = reach(conflict, origin, everybody)
    by_improvements = reach(conflict, origin, everybody, improving=True)
    ends = [s for s in (origin, *by_moves.states.tolist()) if stable[:, s].any()]
    nearness = {int(s): at for at, s in enumerate([origin, *by_improvements.states.tolist()])}
    ends.sort(key=lambda s: nearness.get(s, len(conflict.space)))
    reached = np.concatenate([[origin], by_improvements.states])
    stops = reached[stable[CONCEPTS.index(Concept.NASH)][reached]]
    return PathsFinding(
        negotiation=negotiation.id,
        start=conflict.space.pattern(origin),
        reached_by_moves=len(by_moves.states),
        reached_by_improvements=len(by_improvements.states),
        outcomes=tuple(
            Outcome(
                state=conflict.space.pattern(state),
                taken=conflict.space.taken(state),
                equilibrium=tuple(c for at, c in enumerate(CONCEPTS) if stable[at, state]),
                by_improvements=_steps(by_improvements, state),
                by_moves=_steps(by_moves, state),
            )
            for state in ends[:_TOLD]
        ),
        left_out=max(0, len(ends) - _TOLD),
        stops=tuple(conflict.space.patterns(np.sort(stops))),
        circling=_circling(conflict, reached, stops),
        first_moves=tuple(
            step
            for s in by_improvements.states[by_improvements.depth == 1]
            for step in by_improvements.steps_to(int(s))
        ),
    )


def paths_json(finding: PathsFinding) -> dict[str, object]:
    """The finding as ``detente paths --json`` prints it."""
    return {
        "schema": SCHEMA,
        "negotiation": finding.negotiation,
        "start": finding.start,
        "reached_by_moves": finding.reached_by_moves,
        "reached_by_improvements": finding.reached_by_improvements,
        "outcomes": [
            {
                "state": outcome.state,
                "taken": list(outcome.taken),
                "equilibrium": [str(c) for c in outcome.equilibrium],
                "by_improvements": _steps_json(outcome.by_improvements),
                "by_moves": _steps_json(outcome.by_moves),
            }
            for outcome in finding.outcomes
        ],
        "left_out": finding.left_out,
        "stops": list(finding.stops),
        "circling": finding.circling,
        "first_moves": _steps_json(finding.first_moves),
    }


def _steps(after: Reach, state: int) -> tuple[Step, ...] | None:
    if state == after.start:
        return ()
    return after.steps_to(state) or None


def _circling(conflict: Conflict, reached: Ints, stops: Ints) -> int | None:
    """How many of the states reached have no path of improvements to a stop."""
    entries = sum(lists.members.size for moves in conflict.moves for lists in moves.lists)
    if entries > _MOST_ARCS:
        return None
    size = len(conflict.space)
    arcs = [improving(m.arcs, level) for m, level in zip(conflict.moves, conflict.levels, strict=True)]
    starts = np.concatenate([start for start, _ in arcs])
    ends = np.concatenate([end for _, end in arcs])
    # Turned round, with one source before all stops: what it reaches can come to a stop.
    rows = np.concatenate([ends, np.full(len(stops), size)])
    columns = np.concatenate([starts, stops])
    graph = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size + 1, size + 1))
    stopping = breadth_first_order(graph, size, return_predecessors=False)
    return int(len(reached) - np.isin(reached, stopping).sum())


def _steps_json(steps: Sequence[Step] | None) -> list[dict[str, object]] | None:
    if steps is None:
        return None
    return [
        {"party": s.party, "start": s.start, "end": s.end, "takes": list(s.takes), "drops": list(s.drops)}
        for s in steps
    ]
