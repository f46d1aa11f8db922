"""The four fair points of a set of packages: Nash, Kalai-Smorodinsky, egalitarian, utilitarian.

A gain is what a package is worth to a party above its disagreement value, also where that value lies
below the worst package. Feasible: no party loses. On a list of packages, rather than a convex set,
each point is one package of it, by the rule its function states; every point lies on the frontier.
Ties are settled by the best-placed worst-off party (leximin of gains), then by the lowest row.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.solvers.frontier import SAME, BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class FairPoints:
    """Rows of the four points; ``None`` where no package is feasible.

    Attributes:
        feasible: How many packages lose nobody anything.
        someone_gains: Whether one of them is better than the disagreement for somebody.
        all_gain: Whether one of them is better for everybody.
    """

    nash: int | None
    kalai_smorodinsky: int | None
    egalitarian: int | None
    utilitarian: int | None
    feasible: int
    someone_gains: bool
    all_gain: bool


_NO_POINTS: Final = FairPoints(
    nash=None,
    kalai_smorodinsky=None,
    egalitarian=None,
    utilitarian=None,
    feasible=0,
    someone_gains=False,
    all_gain=False,
)


def fair_points(utilities: FloatArray, disagreement: FloatArray) -> FairPoints:
    """The four points of a list of packages.

    Args:
        utilities: A row a package, a column a party.
        disagreement: What no deal is worth, a figure a party.

    >>> points = fair_points(np.array([[0.0, 0.0], [4.0, 1.0], [2.0, 2.0]]), np.zeros(2))
    >>> points.nash, points.egalitarian, points.utilitarian
    (2, 2, 1)
    >>> fair_points(np.array([[0.0, 0.0]]), np.ones(2)).nash is None
    True
    """
    margin = _margin(utilities, disagreement)
    rows = _at_least(utilities, disagreement - margin)
    if not len(rows):
        return _NO_POINTS
    gains = utilities[rows] - disagreement
    gains[np.abs(gains) <= margin] = 0.0
    return FairPoints(
        nash=int(rows[nash(gains)]),
        kalai_smorodinsky=int(rows[kalai_smorodinsky(gains)]),
        egalitarian=int(rows[egalitarian(gains)]),
        utilitarian=int(rows[utilitarian(gains)]),
        feasible=len(rows),
        someone_gains=bool((gains > 0).any()),
        all_gain=bool((gains > 0).all(axis=1).any()),
    )


def feasible_rows(utilities: FloatArray, disagreement: FloatArray) -> IntArray:
    """Packages that leave every party at least at its disagreement value, rounding forgiven."""
    return _at_least(utilities, disagreement - _margin(utilities, disagreement))


def _at_least(utilities: FloatArray, least: FloatArray) -> IntArray:
    holds: BoolArray = np.ones(len(utilities), dtype=np.bool_)
    for party in range(utilities.shape[1]):
        holds &= utilities[:, party] >= least[party]
    return np.flatnonzero(holds)


def nash(gains: FloatArray) -> int:
    """The row with the greatest product of gains.

    A party that can gain nothing anywhere does not count. Where no package gains all others something,
    every product is 0 and the tie-break decides.

    Source:
        Nash (1950), *Econometrica* 18: 155-162.

    >>> nash(np.array([[1.0, 5.0], [2.0, 3.0], [4.0, 1.0]]))
    1
    """
    return _settle(gains, _shares(gains).prod(axis=1))


def kalai_smorodinsky(gains: FloatArray) -> int:
    """The row whose smallest share of a party's ideal gain is greatest, then the next smallest.

    A party's ideal gain is its greatest over the feasible packages. A party that can gain nothing
    anywhere does not count.

    Source:
        Kalai & Smorodinsky (1975), *Econometrica* 43: 513-518, in the lexicographic form for sets
        that are not convex: Nieto (1992), *Economics Letters* 40: 189-192.

    >>> kalai_smorodinsky(np.array([[10.0, 1.0], [5.0, 2.0], [0.0, 4.0]]))
    1
    """
    return _leximin(_shares(gains), gains)


def egalitarian(gains: FloatArray) -> int:
    """The row whose worst-off party gains most, then the next worst-off.

    Source:
        Kalai (1977), *Econometrica* 45: 1623-1630; leximin: Imai (1983), *Econometrica* 51: 389-401.

    >>> egalitarian(np.array([[10.0, 1.0], [5.0, 2.0], [0.0, 4.0]]))
    1
    """
    return _leximin(gains, gains)


def utilitarian(gains: FloatArray) -> int:
    """The row with the greatest sum of gains, in the utilities as given, not rescaled.

    >>> utilitarian(np.array([[10.0, 1.0], [5.0, 2.0], [0.0, 4.0]]))
    0
    """
    return _settle(gains, gains.sum(axis=1))


def _shares(gains: FloatArray) -> FloatArray:
    """Gains as shares of each party's greatest, parties that gain nothing anywhere left out."""
    best = gains.max(axis=0)
    counts = best > 0
    shares: FloatArray = gains[:, counts] / best[counts]
    return shares


def _settle(gains: FloatArray, score: FloatArray) -> int:
    """The row with the greatest score, ties by leximin of gains."""
    best = np.flatnonzero(score >= score.max() - SAME * max(1e-300, float(np.abs(score).max())))
    return int(best[_leximin(gains[best], gains[best])])


def _leximin(figures: FloatArray, gains: FloatArray) -> int:
    """The row whose figures, sorted, are lexicographically greatest; ties by gains, then by the row."""
    rows = np.arange(len(figures))
    for table in (figures, gains) if figures.shape[1] else (gains,):
        worst = table.min(axis=1)[rows]
        rows = rows[worst >= worst.max() - SAME * np.abs(table).max(initial=1e-300)]
        ordered = np.sort(table[rows], axis=1)
        for place in range(1, ordered.shape[1]):
            column = ordered[:, place]
            keep = column >= column.max() - SAME * np.abs(table).max(initial=1e-300)
            rows, ordered = rows[keep], ordered[keep]
    return int(rows[0])


def _margin(utilities: FloatArray, disagreement: FloatArray) -> FloatArray:
    """What counts as rounding for each party."""
    # Column by column, without a copy of the whole table.
    largest = [max(float(c.max(initial=0.0)), -float(c.min(initial=0.0))) for c in utilities.T]
    margin: FloatArray = SAME * np.maximum(largest, np.abs(disagreement))
    return margin
