"""Groups that would move together: each state's coalitions whose every member would be strictly better off.

Source: Kilgour, Hipel, Fang & Peng (2001), *Group Decision and Negotiation* 10: 159-175.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detente.negotiation.expressions import Truth
from detente.negotiation.model import Negotiation
from detente.solvers.graph_model import Conflict
from detente.solvers.steps import Step, reach

_MOST_PARTIES = 12  # 4,000 groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Coalition:
    """A group that would leave a state together.

    Attributes:
        parties: Ids of its members.
        steps: Their moves, to a state that each of them strictly prefers.
    """

    parties: tuple[str, ...]
    steps: tuple[Step, ...]


def coalitions(
    negotiation: Negotiation, conflict: Conflict, state: int, most: int = 6
) -> Iterator[Coalition]:
    """The smallest such groups of two or more, those of fewest parties first.

    Each member has a part in what changes; a group that holds one told already is left out.

    Args:
        negotiation: Whose options are whose.
        conflict: The same in numbers.
        state: Where they stand.
        most: Largest group looked at.
    """
    able = [j for j, moves in enumerate(conflict.moves) if moves.lists][:_MOST_PARTIES]
    better = {j: conflict.levels[j] > conflict.levels[j][state] for j in able}
    takes_part = {j: _changed(negotiation, conflict, j, state) for j in able}
    told: list[set[int]] = []
    for size in range(2, min(most, len(able)) + 1):
        for group in combinations(able, size):
            if any(smaller <= set(group) for smaller in told):
                continue
            wanted = np.logical_and.reduce([better[j] & takes_part[j] for j in group])
            if not wanted.any():
                continue
            after = reach(conflict, state, group, until=wanted)
            met = after.states[wanted[after.states]]
            if len(met):
                told.append(set(group))
                steps = after.steps_to(int(met[0]))
                yield Coalition(parties=tuple(conflict.parties[j] for j in group), steps=steps)


def _changed(negotiation: Negotiation, conflict: Conflict, party: int, state: int) -> Truth:
    """States in which some option of the party is not as it is in ``state``."""
    space = conflict.space
    own = space.mask(o.id for o in negotiation.options if o.by == conflict.parties[party])
    changed = (space.bits ^ space.bits[state]) & own
    if space.open is not None:
        changed &= ~space.open & ~space.open[state]
    part: Truth = changed.astype(np.bool_)
    return part
