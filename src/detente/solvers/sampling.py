"""Worlds in which a negotiation could really be: weights drawn from what the text leaves open.

Law: the same negotiation, number of worlds and seed give the same worlds; a declared number is the
same in all of them; without doubt there is one world.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.negotiation.model import Range, Weights
from detente.solvers.frontier import FloatArray

# A weight that no text states is drawn from a range half its size wider at either end.
INFERRED_SPREAD: Final = 0.5
# Figures held at once, 8 bytes each: 256 MB.
_AT_ONCE: Final = 2**25


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A weight in doubt: what option ``option`` is worth to ``party``."""

    party: str
    option: str
    range: Range


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightWorlds:
    """Weights in every world.

    Attributes:
        parties: Ids, in the order of the second axis.
        options: Ids, in the order of the third axis.
        middle: The weights at the middle of their ranges: parties by options.
        drawn: Worlds by parties by options; one world, the middle, where nothing is in doubt.
        open_inputs: The weights in doubt, with the ranges drawn from.
        seed: Of the draw.
    """

    parties: tuple[str, ...]
    options: tuple[str, ...]
    middle: FloatArray
    drawn: FloatArray
    open_inputs: tuple[Input, ...]
    seed: int


def doubt(weights: Weights, option: str) -> Range:
    """The range a weight is drawn from: as declared, wider where no text states it.

    >>> doubt(Weights(values={"a": Range(10, 20)}, inferred=frozenset({"a"})), "a")
    Range(low=5.0, high=30.0)
    >>> doubt(Weights(values={}), "a")
    Range(low=0.0, high=0.0)
    """
    declared = weights.values.get(option)
    if declared is None:
        return Range(0.0, 0.0)
    if option not in weights.inferred:
        return Range(float(declared.low), float(declared.high))
    below = INFERRED_SPREAD * abs(declared.low)
    above = INFERRED_SPREAD * abs(declared.high)
    return Range(declared.low - below, declared.high + above)


def draw_weights(
    weights: Mapping[str, Weights], options: Sequence[str], *, samples: int, seed: int
) -> WeightWorlds:
    """Weights of every party, evenly drawn from their ranges, each on its own.

    Args:
        weights: By party id; the order is kept.
        options: Option ids, in order.
        samples: Worlds to draw, at least 1.
        seed: Of the random numbers.

    Raises:
        ValueError: No world was asked for.

    >>> worlds = draw_weights({"p": Weights(values={"a": Range(1, 3)})}, ["a", "b"], samples=4, seed=0)
    >>> worlds.drawn.shape, worlds.middle.tolist()
    ((4, 1, 2), [[2.0, 0.0]])
    """
    if samples < 1:
        raise ValueError(f"{samples} worlds cannot be drawn: ask for at least 1.")
    ranges = [[doubt(weights[party], option) for option in options] for party in weights]
    low = np.array([[r.low for r in row] for row in ranges], dtype=np.float64).reshape(len(weights), -1)
    high = np.array([[r.high for r in row] for row in ranges], dtype=np.float64).reshape(len(weights), -1)
    stated = [
        [weights[party].values.get(option, Range(0.0, 0.0)).middle for option in options] for party in weights
    ]
    middle = np.array(stated, dtype=np.float64).reshape(len(weights), -1)
    open_inputs = tuple(
        Input(party=party, option=option, range=range_)
        for party, row in zip(weights, ranges, strict=True)
        for option, range_ in zip(options, row, strict=True)
        if range_.is_open
    )
    drawn = middle[None]
    if open_inputs:
        chance = np.random.default_rng(seed).random((samples, *low.shape))
        drawn = low + (high - low) * chance
    return WeightWorlds(
        parties=tuple(weights),
        options=tuple(options),
        middle=middle,
        drawn=drawn,
        open_inputs=open_inputs,
        seed=seed,
    )


def utilities_by_world(drawn: FloatArray, bits: FloatArray) -> Iterator[FloatArray]:
    """What each state is worth to each party, some worlds at a time.

    Args:
        drawn: Worlds by parties by options.
        bits: States by options, 1 where taken.

    Yields:
        Worlds by parties by states; at most 256 MB at once, in the order of the worlds.
    """
    taken = np.ascontiguousarray(bits.T, dtype=np.float64)
    step = max(1, _AT_ONCE // max(1, drawn.shape[1] * taken.shape[1]))
    for start in range(0, len(drawn), step):
        yield drawn[start : start + step] @ taken
