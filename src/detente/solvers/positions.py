"""Where a group ends up if every voice counts by its weight: mean and median of positions."""

import numpy as np

from detente.solvers.frontier import SAME, FloatArray


def weighted_mean(positions: FloatArray, weights: FloatArray) -> FloatArray:
    """Mean of the last axis, each position counted by its weight.

    Raises:
        ValueError: No weight is above 0.

    >>> float(weighted_mean(np.array([0.0, 100.0]), np.array([3.0, 1.0])))
    25.0
    """
    total = _total(weights)
    mean: FloatArray = (positions * weights).sum(axis=-1) / total
    return mean


def weighted_median(positions: FloatArray, weights: FloatArray) -> FloatArray:
    """The position with at most half of the weight on either side, along the last axis.

    It beats every other position in a vote of two where each party votes for the nearer one with its
    weight. Where two positions qualify, half way between them.

    Raises:
        ValueError: No weight is above 0.

    Source:
        Black (1948), *Journal of Political Economy* 56: 23-34.

    >>> float(weighted_median(np.array([0.0, 40.0, 100.0]), np.array([1.0, 1.0, 1.0])))
    40.0
    >>> float(weighted_median(np.array([0.0, 100.0]), np.array([1.0, 1.0])))
    50.0
    """
    total = _total(weights)
    order = np.argsort(positions, axis=-1, kind="stable")
    ranked = np.take_along_axis(positions, order, axis=-1)
    share = np.cumsum(np.take_along_axis(weights, order, axis=-1), axis=-1) / total[..., None]
    at = (share >= 0.5 - SAME).argmax(axis=-1)[..., None]
    beyond = (share > 0.5 + SAME).argmax(axis=-1)[..., None]
    ends = np.take_along_axis(ranked, at, axis=-1) + np.take_along_axis(ranked, beyond, axis=-1)
    median: FloatArray = ends[..., 0] / 2
    return median


def _total(weights: FloatArray) -> FloatArray:
    total: FloatArray = np.asarray(weights.sum(axis=-1))
    if not (total > 0).all():
        raise ValueError("Nobody's voice has a weight above 0.")
    return total
