"""Packages beyond counting: with 23 to 62 options, integer programmes find the fair points and a frontier.

Each point is proven best to within a stated gap. Ties are settled by the sum of gains, not by leximin as in
``bargaining``. With two parties the frontier is whole, up to a number of points; with more it is a part.

Source:
    Nash point by cutting planes on the logarithm: Duran & Grossmann (1986), *Mathematical Programming* 36:
    307-339. Frontier by the constraint method: Haimes, Lasdon & Wismer (1971), *IEEE Transactions on Systems,
    Man, and Cybernetics* 1: 296-297.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from detente.errors import InvalidNegotiation
from detente.negotiation.expressions import parse_expression
from detente.negotiation.feasible import MOST_OPTIONS
from detente.negotiation.model import Negotiation, Table, Weights
from detente.solvers.bargaining import FairPoints
from detente.solvers.conditions import Rows, linear_rows
from detente.solvers.deals import Deals, deals_of, held_conditions
from detente.solvers.frontier import FloatArray, IntArray, pareto_frontier
from detente.solvers.space import StateSpace

# Of one programme; the point is then the best found, with its gap.
_SECONDS: Final = 10.0
_CUTS: Final = 60
_FRONTIER_POINTS: Final = 40
_GAP: Final = 1e-7
# A further frontier point must be better for the second party by this share of its largest weights.
_STEP: Final = 1e-6


@dataclass(frozen=True, eq=False, kw_only=True)
class FoundDeals:
    """What the programmes found.

    Attributes:
        deals: Only the packages found.
        points: Rows of the four points among them; ``feasible`` counts the packages found.
        frontier: Rows that no other one found dominates.
        whole: Whether the frontier is the whole one.
        gap: The largest proven distance of a point to the best, as a share of it.
    """

    deals: Deals
    points: FairPoints
    frontier: IntArray
    whole: bool
    gap: float


def search_deals(negotiation: Negotiation, table: Table) -> FoundDeals:
    """The fair points and a frontier of a table with too many packages to count.

    Raises:
        InvalidNegotiation: More than 62 options, or a preference that is not given as weights, or
            constraints that contradict each other.
    """
    search = _Search(negotiation, table)
    ideal = np.array([search.most({party: 1.0}) for party in range(len(table.parties))])
    if np.isnan(ideal).any():
        if np.isnan(search.most({}, kept=False)):
            raise InvalidNegotiation(
                negotiation.id,
                f"at the table {table.id!r} no state satisfies every constraint and red line: loosen one.",
            )
        raise InvalidNegotiation(
            negotiation.id, f"at the table {table.id!r} no package leaves everybody as well off as no deal."
        )
    equal = dict.fromkeys(range(len(ideal)), 1.0)
    search.most(equal)
    rows = {"utilitarian": search.last}
    rows["egalitarian"] = search.worst_off(np.ones(len(ideal)))
    rows["kalai_smorodinsky"] = search.worst_off(ideal)
    rows["nash"] = search.greatest_product(ideal)
    whole = search.along_the_frontier()
    bits = np.array(search.found, dtype=np.uint64)
    deals = deals_of(negotiation, table, StateSpace(search.options, bits))
    gains = deals.utilities - deals.disagreement
    return FoundDeals(
        deals=deals,
        points=FairPoints(
            **rows,
            feasible=len(bits),
            someone_gains=bool((ideal > search.slack).any()),
            all_gain=bool((gains > search.slack).all(axis=1).any()),
        ),
        frontier=pareto_frontier(deals.utilities),
        whole=whole,
        gap=search.gap,
    )


class _Search:
    """The programmes of one table; every package found is kept once."""

    def __init__(self, negotiation: Negotiation, table: Table) -> None:
        self.options = tuple(option.id for option in negotiation.options)
        if len(self.options) > MOST_OPTIONS:
            raise InvalidNegotiation(
                negotiation.id, f"{len(self.options)} options; at most {MOST_OPTIONS} can be combined."
            )
        conditions = [parse_expression(c, self.options) for c in held_conditions(negotiation, table)]
        self._rows: Rows = linear_rows(self.options, conditions)
        self._worth = np.array([_weights(negotiation, party, self.options) for party in table.parties])
        empty = StateSpace(self.options, np.zeros(1, dtype=np.uint64))
        self._no_deal = deals_of(negotiation, table, empty).disagreement
        self.slack = 1e-7 * np.maximum(1.0, np.abs(self._worth).sum(axis=1))
        self.found: list[int] = []
        self.last = 0
        self.gap = 0.0

    def most(
        self,
        aims: dict[int, float],
        *,
        least: dict[int, float] | None = None,
        kept: bool = True,
    ) -> float:
        """The greatest sum of some parties' gains, NaN where no package is feasible; ``last`` is its row.

        Args:
            aims: What each party's gain counts.
            least: The least that some parties gain; 0 where not named.
            kept: Whether nobody may lose.
        """
        aim = sum((a * self._worth[party] for party, a in aims.items()), np.zeros(len(self.options)))
        floors = dict.fromkeys(range(len(self._worth)), 0.0) if kept else {}
        found = self._solve(aim, {**floors, **(least or {})})
        if found is None:
            return float("nan")
        gains = self._gains(found)
        return float(sum(a * gains[party] for party, a in aims.items()))

    def worst_off(self, units: FloatArray) -> int:
        """The row in which the party that gains least, in its own unit, gains most; ties by the sum."""
        counted = [party for party, unit in enumerate(units) if unit > self.slack[party]]
        if not counted:
            return self._best_sum(units, {})
        width = self._rows.width
        entries = [
            {**{k: w for k, w in enumerate(self._worth[party]) if w}, width: -float(units[party])}
            for party in counted
        ]
        least = [float(self._no_deal[party]) for party in counted]
        aim = np.zeros(width + 1)
        aim[width] = 1.0
        floors = dict.fromkeys(range(len(self._worth)), 0.0)
        found = self._solve(aim, floors, extra=(entries, least), more=1)
        if found is None:
            return self._best_sum(units, {})
        gains = self._gains(found)
        share = min(float(gains[party] / units[party]) for party in counted)
        return self._best_sum(units, {p: share * float(units[p]) - float(self.slack[p]) for p in counted})

    def greatest_product(self, ideal: FloatArray) -> int:
        """The row with the greatest product of gains: the logarithm cut from above until both ends meet."""
        counted = [party for party, best in enumerate(ideal) if best > self.slack[party]]
        start = [self._row(bits) for bits in self.found]
        best_row = max(start, key=lambda row: self._log(row, counted, ideal), default=0)
        if not counted or self._log(best_row, counted, ideal) == -np.inf:
            return best_row
        width = self._rows.width
        entries: list[dict[int, float]] = []
        least: list[float] = []
        points = [
            np.maximum(self._gains_of(row) / _ideal_or_one(ideal), 1e-6) for row in range(len(self.found))
        ]
        for _ in range(_CUTS):
            for point in points:
                for place, party in enumerate(counted):
                    row, end = self._line_above_log(party, float(point[party]), float(ideal[party]))
                    entries.append({**row, width + place: -1.0})
                    least.append(end)
            aim = np.zeros(width + len(counted))
            aim[width:] = 1.0
            floors = dict.fromkeys(range(len(self._worth)), 0.0)
            found = self._solve(aim, floors, extra=(entries, least), more=len(counted))
            if found is None:
                break
            best_row = max((best_row, self.last), key=lambda row: self._log(row, counted, ideal))
            shares = self._gains(found) / _ideal_or_one(ideal)
            bound = float(self._bound)
            apart = bound - self._log(best_row, counted, ideal)
            if apart <= 1e-6:
                return best_row
            points = [np.maximum(shares, 1e-6)]
        self.gap = max(self.gap, float(-np.expm1(-max(0.0, apart))))
        return best_row

    def _line_above_log(self, party: int, at: float, ideal: float) -> tuple[dict[int, float], float]:
        """The line that touches the logarithm of a share of an ideal gain at a point: z <= the line.

        Returns:
            The row's coefficients for the options, and its least value once z is taken off.
        """
        slope = 1.0 / (at * ideal)
        row = {k: slope * float(w) for k, w in enumerate(self._worth[party]) if w}
        return row, 1.0 - float(np.log(at)) + slope * float(self._no_deal[party])

    def along_the_frontier(self) -> bool:
        """Further packages along the frontier; whether, with those found, it is the whole one."""
        size = len(self._worth)
        if size == 1:
            return True
        if size == 2:
            reached = -np.inf
            for _ in range(_FRONTIER_POINTS):
                floor = 0.0 if reached == -np.inf else reached + _STEP * float(np.abs(self._worth[1]).sum())
                if np.isnan(self.most({0: 1.0}, least={1: floor})):
                    return True
                first = float(self._gains_of(self.last)[0])
                self.most({1: 1.0}, least={0: first - float(self.slack[0]), 1: floor})
                reached = float(self._gains_of(self.last)[1])
            return False
        scale = np.maximum(np.abs(self._worth).sum(axis=1), 1e-300)
        for aims in np.random.default_rng(0).dirichlet(np.ones(size), _FRONTIER_POINTS):
            self.most({party: float(a / scale[party]) for party, a in enumerate(aims)})
        return False

    def _best_sum(self, units: FloatArray, least: dict[int, float]) -> int:
        """The row with the greatest sum of gains, each in its unit, of those that gain at least so much."""
        aims = {party: 1.0 / float(unit) if unit > 0 else 1.0 for party, unit in enumerate(units)}
        self.most(aims, least={party: max(0.0, floor) for party, floor in least.items()})
        return self.last

    def _solve(
        self,
        aim: FloatArray,
        floors: dict[int, float],
        *,
        extra: tuple[list[dict[int, float]], list[float]] | None = None,
        more: int = 0,
    ) -> int | None:
        """Bits of the best package, or ``None``; ``more`` further variables stand after the rows' own."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  # half a second at every start

        width = self._rows.width + more
        entries = [*self._rows.entries]
        least = [*self._rows.least]
        for party, floor in floors.items():
            entries.append({k: float(w) for k, w in enumerate(self._worth[party]) if w})
            least.append(float(self._no_deal[party]) + floor - float(self.slack[party]) * 1e-2)
        if extra is not None:
            entries += extra[0]
            least += extra[1]
        whole = np.zeros(width)
        whole[: len(aim)] = aim
        kinds = np.zeros(width)
        kinds[: len(self.options)] = 1
        low, high = np.zeros(width), np.ones(width)
        low[self._rows.width :], high[self._rows.width :] = -np.inf, np.inf
        outcome = milp(
            -whole,
            constraints=LinearConstraint(_matrix(entries, width), lb=np.array(least)) if entries else None,
            integrality=kinds,
            bounds=Bounds(low, high),
            options={"time_limit": _SECONDS, "mip_rel_gap": _GAP},
        )
        if outcome.x is None:
            return None
        self._bound = -outcome.mip_dual_bound if outcome.mip_dual_bound is not None else -outcome.fun
        if outcome.mip_gap is not None and outcome.mip_gap > 10 * _GAP:
            self.gap = max(self.gap, float(outcome.mip_gap))
        taken = np.round(outcome.x[: len(self.options)]).astype(bool)
        bits = int("".join("1" if t else "0" for t in taken) or "0", 2)
        self.last = self._row(bits)
        return bits

    def _row(self, bits: int) -> int:
        if bits not in self.found:
            self.found.append(bits)
        return self.found.index(bits)

    def _gains_of(self, row: int) -> FloatArray:
        return self._gains(self.found[row])

    def _gains(self, bits: int) -> FloatArray:
        size = len(self.options)
        taken = np.array([bits >> (size - 1 - k) & 1 for k in range(size)], dtype=np.float64)
        gains: FloatArray = self._worth @ taken - self._no_deal
        return gains

    def _log(self, row: int, counted: list[int], ideal: FloatArray) -> float:
        shares = self._gains_of(row)[counted] / ideal[counted]
        if (shares <= 0).any():
            return -np.inf
        return float(np.log(shares).sum())


def _ideal_or_one(ideal: FloatArray) -> FloatArray:
    """Ideal gains, 1 for a party that can gain nothing."""
    safe: FloatArray = np.where(ideal > 0, ideal, 1.0)
    return safe


def _weights(negotiation: Negotiation, party: str, options: tuple[str, ...]) -> list[float]:
    preference = negotiation.preferences.get(party)
    if preference is not None and not isinstance(preference, Weights):
        raise InvalidNegotiation(
            negotiation.id,
            f"there are too many packages to rank for {party!r}: give its preferences as weights.",
        )
    values = preference.values if preference is not None else {}
    return [values[option].middle if option in values else 0.0 for option in options]


def _matrix(entries: list[dict[int, float]], width: int) -> csr_array:
    row = [at for at, entry in enumerate(entries) for _ in entry]
    column = [k for entry in entries for k in entry]
    value = [v for entry in entries for v in entry.values()]
    return csr_array((value, (row, column)), shape=(len(entries), width))
