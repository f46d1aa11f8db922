"""How sure a package is: the share of worlds in which it is acceptable, or chosen, and what flips it.

Stochastic multicriteria acceptability analysis, with parties in the place of criteria.

Source:
    Lahdelma, Hokkanen & Salminen (1998), *European Journal of Operational Research* 106: 137-143.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.negotiation.model import Range
from detente.solvers.bargaining import fair_points, feasible_rows, nash
from detente.solvers.deals import Deals
from detente.solvers.frontier import SAME, FloatArray, IntArray
from detente.solvers.sampling import Input, WeightWorlds, utilities_by_world

# Worlds times packages times parties: about 4 s on one core.
_WORK: Final = 2**28
_FEWEST: Final = 50
# Steps a range is walked in before the flip between two of them is narrowed down.
_STEPS: Final = 16
_HALVINGS: Final = 24


@dataclass(frozen=True, eq=False, kw_only=True)
class Acceptability:
    """Shares of worlds, by package.

    Attributes:
        rows: The packages asked about.
        to_each: Packages by parties: the share of worlds in which the party loses nothing by it.
        to_all: The share in which nobody at the table does.
        chosen: Share of worlds in which each package is the Nash package, over all packages.
        zone: Share of worlds in which some package gains everybody something.
        worlds: How many were drawn.
    """

    rows: IntArray
    to_each: FloatArray
    to_all: FloatArray
    chosen: FloatArray
    zone: float
    worlds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A weight in doubt that changes the choice on its own, all others at the middle of their ranges.

    Attributes:
        input: Whose weight, of which option, with its range.
        middle: Where it stands.
        at: The value nearest the middle at which another package is chosen.
        becomes: Row of the package chosen from there on.
    """

    input: Input
    middle: float
    at: float
    becomes: int


def affordable_worlds(deals: Deals, samples: int) -> int:
    """As many of the worlds asked for as can be searched in some seconds; at least 50."""
    cost = len(deals.space) * len(deals.parties)
    return min(samples, max(_FEWEST, _WORK // max(1, cost)))


def acceptability(deals: Deals, rows: IntArray, *, samples: int, seed: int) -> Acceptability:
    """Shares of drawn worlds in which packages are acceptable, and chosen.

    Args:
        deals: The packages.
        rows: Those to report on.
        samples: Worlds to draw; fewer are where the list of packages is long, see ``worlds``.
        seed: Of the random numbers.
    """
    if not _in_doubt(deals):
        return _as_declared(deals, rows)
    worlds = deals.worlds(samples=affordable_worlds(deals, samples), seed=seed)
    no_deal = _no_deal_by_world(deals, worlds)
    count = len(no_deal)
    to_each = np.zeros((len(rows), len(deals.parties)))
    to_all = np.zeros(len(rows))
    chosen = np.zeros(len(deals.space))
    zone = 0
    start = 0
    for drawn in utilities_by_world(_repeated(worlds.drawn, count), deals.bits()):
        for party in deals.ordinal:
            column = deals.parties.index(party)
            drawn[:, column, :] = deals.utilities[:, column]
        gains = _gains(drawn, no_deal[start : start + len(drawn)])
        start += len(drawn)
        accepted = gains[:, :, rows] >= 0
        to_each += accepted.sum(axis=0).T
        to_all += accepted.all(axis=1).sum(axis=0)
        zone += int(np.count_nonzero((gains > 0).all(axis=1).max(axis=1)))
        for world in gains:
            row = _nash_row(world)
            if row is not None:
                chosen[row] += 1
    return Acceptability(
        rows=rows,
        to_each=to_each / count,
        to_all=to_all / count,
        chosen=chosen / count,
        zone=zone / count,
        worlds=count,
    )


def _in_doubt(deals: Deals) -> bool:
    open_ends = any(given is not None and given.is_open for given in deals.disagreement_ranges)
    return open_ends or bool(deals.worlds(samples=1, seed=0).open_inputs)


def _as_declared(deals: Deals, rows: IntArray) -> Acceptability:
    """The one world there is, where nothing is in doubt."""
    points = fair_points(deals.utilities, deals.disagreement)
    accepted = _gains(deals.utilities[rows].T[None], deals.disagreement[None])[0].T >= 0
    chosen = np.zeros(len(deals.space))
    if points.nash is not None:
        chosen[points.nash] = 1.0
    return Acceptability(
        rows=rows,
        to_each=accepted.astype(np.float64),
        to_all=accepted.all(axis=1).astype(np.float64),
        chosen=chosen,
        zone=float(points.all_gain),
        worlds=1,
    )


def flips(deals: Deals, inputs: Sequence[Input]) -> tuple[Flip, ...]:
    """Every input that changes the Nash package on its own, those that need the least change first.

    A package whose product of gains ties with the chosen one's already is no other choice. Nothing is
    walked where there are more than 2^16 packages.
    """
    if not inputs or len(deals.space) > 2**16:
        return ()
    tied = tied_with_nash(deals)
    if not tied:
        return ()
    found = [flip for flip in (_flip(deals, tied, one) for one in inputs) if flip is not None]

    def effort(flip: Flip) -> float:
        width = flip.input.range.high - flip.input.range.low
        return abs(flip.at - flip.middle) / width

    return tuple(sorted(found, key=effort))


def choice_at(deals: Deals, party: str, option: str, change: float) -> int | None:
    """The Nash package if one weight were larger by ``change``."""
    column = deals.parties.index(party)
    utilities = deals.utilities.copy()
    utilities[:, column] += change * deals.space.column(option)
    no_deal = deals.disagreement.copy()
    if deals.disagreement_ranges[column] is None and int(deals.space.bit(option)) & deals.status_quo:
        no_deal[column] += change
    return fair_points(utilities, no_deal).nash


def _flip(deals: Deals, tied: frozenset[int], one: Input) -> Flip | None:
    preference = deals.negotiation.preferences[one.party]
    middle = preference.values[one.option].middle  # type: ignore[union-attr]  # inputs come from weights
    nearest: Flip | None = None
    for end in (one.range.low, one.range.high):
        reach = end - middle
        held = 0.0
        for step in range(1, _STEPS // 2 + 1):
            change = reach * step / (_STEPS // 2)
            became = choice_at(deals, one.party, one.option, change)
            if became is not None and not _is_tied(deals, became, tied):
                at, becomes = _narrowed(deals, one, tied, held, change)
                flip = Flip(
                    input=one, middle=middle, at=middle + at, becomes=became if becomes is None else becomes
                )
                # A tie at the very end of a range is no flip within it.
                inside = abs(at) < abs(reach) * (1 - 1e-6)
                if not inside:
                    break
                if nearest is None or abs(at) < abs(nearest.at - middle):
                    nearest = flip
                break
            held = change
    return nearest


def _narrowed(
    deals: Deals, one: Input, tied: frozenset[int], holds: float, flipped: float
) -> tuple[float, int | None]:
    """Where between two changes the choice flips, by halving, and to what."""
    becomes = choice_at(deals, one.party, one.option, flipped)
    for _ in range(_HALVINGS):
        half = (holds + flipped) / 2
        row = choice_at(deals, one.party, one.option, half)
        if row is None or _is_tied(deals, row, tied):
            holds = half
        else:
            flipped, becomes = half, row
    return flipped, becomes


def tied_with_nash(deals: Deals) -> frozenset[int]:
    """Bits of every package with the greatest product of gains; empty where none is feasible."""
    feasible = feasible_rows(deals.utilities, deals.disagreement)
    if not len(feasible):
        return frozenset()
    gains = deals.utilities[feasible] - deals.disagreement
    best = gains.max(axis=0)
    counts = best > SAME * np.abs(deals.utilities).max(initial=1e-300)
    product = (gains[:, counts] / best[counts]).prod(axis=1)
    top = feasible[product >= product.max() * (1 - 1e-9)]
    return frozenset(int(bits) for bits in deals.space.bits[top])


def _is_tied(deals: Deals, row: int, tied: frozenset[int]) -> bool:
    return int(deals.space.bits[row]) in tied


def _nash_row(gains: FloatArray) -> int | None:
    """Nash package of one world: parties by packages."""
    feasible = np.flatnonzero((gains >= 0).all(axis=0))
    if not len(feasible):
        return None
    return int(feasible[nash(gains[:, feasible].T)])


def _gains(drawn: FloatArray, no_deal: FloatArray) -> FloatArray:
    """Worlds by parties by packages, rounding made 0."""
    gains: FloatArray = drawn - no_deal[:, :, None]
    margin = SAME * max(1e-300, float(np.abs(drawn).max(initial=0.0)))
    gains[np.abs(gains) <= margin] = 0.0
    return gains


def _no_deal_by_world(deals: Deals, worlds: WeightWorlds) -> FloatArray:
    """What no deal is worth in each world: drawn where given as a range, else the status quo's worth."""
    drawn = worlds.drawn
    ranges = deals.disagreement_ranges
    if len(drawn) == 1 and any(r is not None and r.is_open for r in ranges):
        drawn = _repeated(drawn, 200)
    today = np.array([1.0 if int(deals.space.bit(o)) & deals.status_quo else 0.0 for o in worlds.options])
    no_deal: FloatArray = drawn @ today if len(today) else np.zeros(drawn.shape[:2])
    chance = np.random.default_rng([worlds.seed, 1]).random(no_deal.shape)
    for column, given in enumerate(ranges):
        no_deal[:, column] = _given(given, chance[:, column], no_deal[:, column])
        if deals.parties[column] in deals.ordinal:
            no_deal[:, column] = deals.disagreement[column]
    return no_deal


def _given(given: Range | None, chance: FloatArray, otherwise: FloatArray) -> FloatArray:
    return otherwise if given is None else given.low + (given.high - given.low) * chance


def _repeated(drawn: FloatArray, count: int) -> FloatArray:
    return drawn if len(drawn) == count else np.repeat(drawn, count, axis=0)
