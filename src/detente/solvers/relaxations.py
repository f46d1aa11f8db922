"""What would have to give so that everybody at a table gains something: the least, party by party."""

from dataclasses import dataclass

import numpy as np

from detente.negotiation.model import Negotiation, RedLine, Table, Weights
from detente.solvers.bargaining import fair_points
from detente.solvers.deals import Deals, deals_at
from detente.solvers.frontier import SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """The least that would have to give so that everybody gains something.

    Attributes:
        party: Who would have to give way.
        red_line: The condition it would have to drop; ``None`` where a weight is in the way.
        option: The option that stands most in its way, where a weight is.
        shortfall: How much more the package would have to be worth to it; 0 for a red line.
        share: The shortfall as a share of all its weights together.
        package: Ids of the options of the package that opens.
    """

    party: str
    red_line: str | None
    option: str | None
    shortfall: float
    share: float
    package: tuple[str, ...]


def relaxations_of(deals: Deals) -> tuple[Relaxation, ...]:
    """What would open a zone of agreement: one party's shortfall, or one red line; the smallest first."""
    negotiation = deals.negotiation
    found = [one for k in range(len(deals.parties)) if (one := _shortfall(deals, k)) is not None]
    found.sort(key=lambda one: one.share)
    lines = [line for line in negotiation.red_lines if line.party in deals.parties]
    opened = [one for line in lines if (one := _without(negotiation, deals.table, line)) is not None]
    return (*opened, *found)


def _shortfall(deals: Deals, column: int) -> Relaxation | None:
    """The least by which one party falls short of a package that gains all others something."""
    gains = deals.utilities - deals.disagreement
    gains[np.abs(gains) <= SAME * np.abs(deals.utilities).max(initial=1e-300)] = 0.0
    others = np.delete(np.arange(gains.shape[1]), column)
    open_to_others = np.flatnonzero((gains[:, others] > 0).all(axis=1))
    if not len(open_to_others) or not len(others):
        return None
    row = int(open_to_others[np.argmax(gains[open_to_others, column])])
    party = deals.parties[column]
    preference = deals.negotiation.preferences.get(party)
    weights = preference.values if isinstance(preference, Weights) else {}
    total = sum(abs(weight.middle) for weight in weights.values())
    costs = {o: weights[o].middle for o in deals.taken(row) if o in weights and weights[o].middle < 0}
    short = max(0.0, float(-gains[row, column]))
    return Relaxation(
        party=party,
        red_line=None,
        option=min(costs, key=lambda o: costs[o]) if costs else None,
        shortfall=short,
        share=short / total if total else 1.0,
        package=deals.taken(row),
    )


def _without(negotiation: Negotiation, table: Table, line: RedLine) -> Relaxation | None:
    """What opens if one red line falls, or ``None``."""
    deals = deals_at(negotiation, table, without=(line,))
    points = fair_points(deals.utilities, deals.disagreement)
    if not points.all_gain or points.nash is None:
        return None
    return Relaxation(
        party=line.party,
        red_line=line.condition,
        option=None,
        shortfall=0.0,
        share=0.0,
        package=deals.taken(points.nash),
    )
