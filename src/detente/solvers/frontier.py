"""Which packages nobody can improve on without somebody losing: the exact Pareto frontier.

Law: a package is left out if, and only if, another one is at least as good for every party and better
for one. Packages worth the same to everyone stand or fall together.
"""

from bisect import bisect_left
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]
BoolArray: TypeAlias = NDArray[np.bool_]

# Of a party's largest figure; smaller differences are rounding, not preference.
SAME: Final = 1e-9
# Rows compared at once: 2,048 against a staircase of some thousands stays in the second-level cache.
_BLOCK: Final = 2048
# Strong packages tried first: 32 leave some 1 to 10 % of 2^20 random packages to sort.
_SCOUTS: Final = 32


def pareto_frontier(utilities: FloatArray) -> IntArray:
    """Rows that no other row dominates, in rising order, equal rows all kept.

    Two parties are solved by sorting, three by a sweep with a staircase, more by comparing blocks in
    falling order of their sum. Figures closer than 1e-9 of a party's largest count as equal.

    Args:
        utilities: A row a package, a column a party.

    Raises:
        ValueError: Not a table of finite figures.

    Source:
        Kung, Luccio & Preparata (1975), *Journal of the ACM* 22: 469-476.

    >>> pareto_frontier(np.array([[3.0, 1.0], [2.0, 2.0], [2.0, 1.0], [2.0, 2.0]])).tolist()
    [0, 1, 3]
    >>> pareto_frontier(np.empty((0, 2))).tolist()
    []
    """
    if utilities.ndim != 2 or not np.isfinite(utilities).all():
        raise ValueError("Utilities are a table of finite figures: a row a package, a column a party.")
    if 0 in utilities.shape:
        return np.arange(len(utilities), dtype=np.int64)
    left = _not_beaten_by_scouts(utilities)
    figures = snapped(utilities[left])
    order = np.lexsort(-figures.T[::-1])
    rows = figures[order]
    first = np.ones(len(rows), dtype=np.bool_)
    first[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    kept = _efficient(rows[first])
    return np.sort(left[order[kept[np.cumsum(first) - 1]]])


def snapped(utilities: FloatArray) -> FloatArray:
    """The figures, those of one column that differ by rounding alone made equal.

    >>> bool(np.ptp(snapped(np.array([[0.1 + 0.2], [0.3]]))) == 0)
    True
    """
    scale = np.abs(utilities).max(axis=0, initial=0.0)
    step = np.where(scale > 0, scale * SAME, 1.0)
    snapped_figures: FloatArray = np.round(utilities / step) * step
    return snapped_figures


def _not_beaten_by_scouts(utilities: FloatArray) -> IntArray:
    """Rows that a few strong ones leave standing, so that sorting has little to do."""
    left = np.arange(len(utilities), dtype=np.int64)
    if len(utilities) < 4 * _BLOCK or utilities.shape[1] == 1:
        return left
    columns = [np.ascontiguousarray(column) for column in utilities.T]
    scale = np.array([max(np.ptp(column), 1e-300) for column in columns])
    margin = SAME * np.array([np.abs(column).max() for column in columns])
    # Even weights first: a package good for all beats the most, and the later rounds have less to do.
    spread = np.random.default_rng(0).dirichlet(np.ones(len(columns)), _SCOUTS)
    for weights in spread[np.argsort(spread.max(axis=1))] / scale:
        score = sum(column * weight for column, weight in zip(columns, weights, strict=True))
        best = int(np.argmax(score))
        # Beaten clearly, by more than rounding for everyone: ties are settled by the exact sweep.
        keep = np.zeros(len(left), dtype=np.bool_)
        for column, slack in zip(columns, margin, strict=True):
            keep |= column > column[best] - 2 * slack
        left = left[keep]
        columns = [column[keep] for column in columns]
    return left


def _efficient(rows: FloatArray) -> BoolArray:
    """For distinct rows in falling lexicographic order, whether each is undominated."""
    parties = rows.shape[1]
    if parties == 1:
        only_the_first: BoolArray = np.arange(len(rows)) == 0
        return only_the_first
    if parties == 2:
        best_before = np.maximum.accumulate(rows[:, 1])[:-1]
        return np.concatenate([[True], rows[1:, 1] > best_before])
    return _by_staircase(rows) if parties == 3 else _by_blocks(rows)


def _by_staircase(rows: FloatArray) -> BoolArray:
    """Three parties: the first falls down the rows, so only the other two need comparing.

    The staircase holds the best pairs so far, the second party's figure rising, the third's falling.
    """
    kept = np.zeros(len(rows), dtype=np.bool_)
    seconds: list[float] = []
    thirds: list[float] = []
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        at = np.searchsorted(np.array(seconds), block[:, 1])
        best_third = np.array([*thirds, -np.inf])[at]
        for k in np.flatnonzero(block[:, 2] > best_third):
            second, third = float(block[k, 1]), float(block[k, 2])
            place = bisect_left(seconds, second)
            if place < len(seconds) and thirds[place] >= third:
                continue
            kept[start + k] = True
            behind = place + 1 if place < len(seconds) and seconds[place] == second else place
            while place > 0 and thirds[place - 1] <= third:
                place -= 1
            seconds[place:behind] = [second]
            thirds[place:behind] = [third]
    return kept


def _by_blocks(rows: FloatArray) -> BoolArray:
    """Any number of parties: whoever dominates has the larger sum, so it stands in an earlier block."""
    ranks = np.column_stack([np.unique(column, return_inverse=True)[1] for column in rows.T])
    order = np.argsort(-ranks.sum(axis=1), kind="stable")
    ranked = ranks[order].astype(np.int32)
    kept = np.zeros(len(rows), dtype=np.bool_)
    front = np.empty((0, rows.shape[1]), dtype=np.int32)
    for start in range(0, len(ranked), 256):
        block = ranked[start : start + 256]
        places = np.arange(len(block))
        for chunk in range(0, len(front), 2 * _BLOCK):
            places = places[~_dominated(block[places], front[chunk : chunk + 2 * _BLOCK])]
        places = places[~_dominated(block[places], block[places])]
        kept[order[start + places]] = True
        front = np.vstack([front, block[places]])
    return kept


def _dominated(rows: NDArray[np.int32], by: NDArray[np.int32]) -> BoolArray:
    """For distinct rows, whether one of ``by`` other than itself is at least as good for everyone."""
    at_least = np.ones((len(rows), len(by)), dtype=np.bool_)
    for party in range(rows.shape[1]):
        at_least &= by[None, :, party] >= rows[:, None, party]
    same = np.ones_like(at_least)
    for party in range(rows.shape[1]):
        same &= by[None, :, party] == rows[:, None, party]
    dominated: BoolArray = np.any(at_least & ~same, axis=1)
    return dominated
