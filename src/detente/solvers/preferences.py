"""What a party wants becomes a level for each state: the higher, the better; equal levels are a tie.

Law: weights are summed in whole numbers on a decimal grid, so 0.1 + 0.2 ties with 0.3, in drawn worlds too.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import InvalidNegotiation
from detente.negotiation.expressions import parse_expression
from detente.negotiation.model import Negotiation, Preference, Priorities, Range, Ranking, Weights
from detente.solvers.space import StateSpace, columns

Levels: TypeAlias = NDArray[np.int32]
Worth: TypeAlias = NDArray[np.float64]

_GRID_ROOM: Final = 2**62
_LEVEL_ROOM: Final = 2**31 - 2
# A drawn weight is rounded to so many digits after the point, so that sums stay exact.
_MOST_DIGITS: Final = 6
_LEAST_DIGITS: Final = 4
_MOST_EXACT: Final = 18
_MOST_DIGITS_OF_A_FLOAT: Final = 25
_LIMB: Final = 40
_TWO_LIMBS: Final = 2.0**96


def party_levels(negotiation: Negotiation, space: StateSpace, party: str) -> Levels:
    """How good each state is for the party: whole numbers from 0, the higher the better, shape (states,).

    Weights given as ranges count with their middle. A party without preferences ties all states.

    Raises:
        InvalidNegotiation: The ranking misses, repeats or invents a state.
    """
    preference = negotiation.preferences.get(party)
    if preference is None:
        return np.zeros(len(space), dtype=np.int32)
    return levels_of(preference, space, where=f"preferences of {party}")


def levels_of(preference: Preference, space: StateSpace, *, where: str = "preferences") -> Levels:
    """How good each state is by one preference, in any of the three forms.

    Args:
        preference: Weights given as ranges count with their middle.
        space: The states.
        where: Named in errors.

    Raises:
        InvalidNegotiation: The ranking misses, repeats or invents a state.
    """
    match preference:
        case Ranking():
            return _ranked(preference, space, where)
        case Priorities():
            return _prioritized(preference, space)
        case Weights():
            return drawn_levels(preference, space, {}).reshape(-1)


def worth(weights: Weights, space: StateSpace) -> Worth:
    """What each state is worth by the middle of each weight, shape (states,)."""
    column = columns(space)
    total = np.zeros(len(space))
    for option, value in weights.values.items():
        total += column(option) * value.middle
    return total


def drawn_levels(weights: Weights, space: StateSpace, drawn: Mapping[str, Worth]) -> Levels:
    """How good each state is, in several worlds at once.

    Args:
        weights: Those not drawn count with the middle of their range.
        space: The states.
        drawn: By option id, its weight in each world, shape (worlds,); empty: one world.

    Returns:
        Shape (worlds, states).
    """
    worlds = max([1, *(len(values) for values in drawn.values())])
    options = [
        option for option in weights.values if option in drawn or weights.values[option] != Range(0, 0)
    ]
    fixed = {option: _middle(weights.values[option]) for option in options if option not in drawn}
    greatest = sum(abs(float(v)) for v in fixed.values()) + sum(
        float(np.abs(v).max()) for v in drawn.values()
    )
    needed = max([_LEAST_DIGITS if drawn else 0, *(_digits(value) for value in fixed.values())])
    # As fine as 31 bits allow: levels then need no sorting.
    room = [digits for digits in range(_MOST_DIGITS, needed, -1) if greatest * 10.0**digits < _LEVEL_ROOM]
    digits = room[0] if drawn and room else needed
    column = columns(space)
    if digits <= _MOST_EXACT and greatest * 10.0**digits < _GRID_ROOM:
        whole = np.zeros((worlds, len(space)), dtype=np.int64)
        for option in options:
            each = (
                np.rint(drawn[option] * 10.0**digits).astype(np.int64)
                if option in drawn
                else np.array([int(fixed[option].scaleb(digits))])
            )
            whole += each[:, None] * column(option)
        return _as_levels(whole)
    if not drawn and digits <= _MOST_DIGITS_OF_A_FLOAT and greatest * 10.0**digits < _TWO_LIMBS:
        return _ranked_sums({option: int(value.scaleb(digits)) for option, value in fixed.items()}, space)
    # Weights that differ by more digits than that: as real numbers, equal within a part in 10^12.
    real = np.zeros((worlds, len(space)))
    for option in options:
        value = drawn[option] if option in drawn else np.array([float(fixed[option])])
        real += np.where(column(option), value[:, None], 0.0)
    step = greatest * 1e-12 or greatest
    return np.stack([dense(np.rint(world / step).astype(np.int64)) for world in real])


def _ranked_sums(whole: Mapping[str, int], space: StateSpace) -> Levels:
    """Ranks of exact sums that are too long for one machine number: two of 40 and 60 bits stand for each."""
    column = columns(space)
    high = np.zeros(len(space), dtype=np.int64)
    low = np.zeros(len(space), dtype=np.int64)
    for option, value in whole.items():
        high += column(option) * np.int64(value >> _LIMB)
        low += column(option) * np.int64(value & ((1 << _LIMB) - 1))
    high, low = high + (low >> _LIMB), low & ((1 << _LIMB) - 1)
    order = np.lexsort((low, high))
    rises = (np.diff(high[order]) != 0) | (np.diff(low[order]) != 0)
    ranks = np.empty(len(space), dtype=np.int32)
    ranks[order] = np.concatenate([[0], np.cumsum(rises)])
    return ranks[None, :]


def _as_levels(whole: NDArray[np.int64]) -> Levels:
    """Sums of each world as levels from 0: as they are where they fit, by rank where not."""
    whole = whole - whole.min(axis=1, keepdims=True)
    if whole.max() < _LEVEL_ROOM:
        return whole.astype(np.int32)
    return np.stack([dense(world) for world in whole])


def dense(values: NDArray[np.int64]) -> Levels:
    """Values as ranks from 0, ties kept.

    >>> dense(np.array([50, -3, 50])).tolist()
    [1, 0, 1]
    """
    return np.unique(values, return_inverse=True)[1].astype(np.int32).reshape(values.shape)


def _middle(value: Range) -> Decimal:
    low, high = Decimal(repr(float(value.low))), Decimal(repr(float(value.high)))
    return low if low == high else (low + high) / 2


def _digits(value: Decimal) -> int:
    """Digits after the point."""
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _ranked(ranking: Ranking, space: StateSpace, where: str) -> Levels:
    levels = np.full(len(space), -1, dtype=np.int32)
    for tier, states in enumerate(ranking.tiers):
        for pattern in states:
            state = space.find(pattern)
            if state is None:
                raise InvalidNegotiation(
                    where, f"the ranking names {pattern!r}, which is not a feasible state."
                )
            if levels[state] >= 0:
                raise InvalidNegotiation(
                    where, f"the ranking names {pattern!r} twice: a state has one place."
                )
            levels[state] = len(ranking.tiers) - 1 - tier
    missed = np.flatnonzero(levels < 0)
    if len(missed):
        raise InvalidNegotiation(
            where,
            f"the ranking leaves out {len(missed):,} of {len(space):,} states, "
            f"{space.pattern(int(missed[0]))!r} first: give every state a place.",
        )
    return levels


def _prioritized(priorities: Priorities, space: StateSpace) -> Levels:
    """Option prioritization: an earlier condition outweighs all later ones together.

    Source: Fang, Hipel, Kilgour & Peng (2003), IEEE Transactions on SMC C 33: 42-66.
    """
    column = columns(space)
    levels = np.zeros(len(space), dtype=np.int32)
    for condition in priorities.conditions:
        expression = parse_expression(condition, space.options, conditional=True)
        levels = dense(levels.astype(np.int64) * 2 + expression.holds(column))
    return levels
