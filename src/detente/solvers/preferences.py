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
_DRAWN_DIGITS: Final = 6  # a drawn weight is rounded to a millionth, so that sums stay exact


def party_levels(negotiation: Negotiation, space: StateSpace, party: str) -> Levels:
    """How good each state is for the party, as dense ranks from 0 (worst), shape (states,).

    Weights given as ranges count with their middle. A party without preferences ties all states.

    Raises:
        InvalidNegotiation: The ranking misses, repeats or invents a state.
    """
    preference = negotiation.preferences.get(party)
    if preference is None:
        return np.zeros(len(space), dtype=np.int32)
    return levels_of(preference, space, where=f"preferences of {party}")


def levels_of(
    preference: Preference,
    space: StateSpace,
    *,
    drawn: Mapping[str, float] | None = None,
    where: str = "preferences",
) -> Levels:
    """Dense ranks of one party's preference.

    Args:
        preference: In any of the three forms.
        space: The states.
        drawn: Weights drawn for this world, by option id, in place of the middle of their range.
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
            return dense(weighed(preference, space, drawn or {}))


def worth(weights: Weights, space: StateSpace) -> Worth:
    """What each state is worth by the middle of each weight, shape (states,)."""
    column = columns(space)
    total = np.zeros(len(space))
    for option, value in weights.values.items():
        total += column(option) * value.middle
    return total


def weighed(weights: Weights, space: StateSpace, drawn: Mapping[str, float]) -> NDArray[np.int64]:
    """Sums of weights as whole numbers, shape (states,): equal sums are equal numbers."""
    exact = {option: _exact(option, value, drawn) for option, value in weights.values.items()}
    exact = {option: value for option, value in exact.items() if value}
    whole = _grid(exact)
    column = columns(space)
    total = np.zeros(len(space), dtype=np.int64)
    if sum(abs(value) for value in whole.values()) < _GRID_ROOM:
        for option, value in whole.items():
            total += column(option) * np.int64(value)
        return total
    # Weights that differ by more than 18 digits: as real numbers, equal within a part in 10^12.
    real = sum((column(option) * float(value) for option, value in exact.items()), np.zeros(len(space)))
    step = max(abs(float(value)) for value in exact.values()) * 1e-12
    return np.round(real / step).astype(np.int64)


def dense(values: NDArray[np.int64]) -> Levels:
    """Values as ranks from 0, ties kept.

    >>> dense(np.array([50, -3, 50])).tolist()
    [1, 0, 1]
    """
    return np.unique(values, return_inverse=True)[1].astype(np.int32).reshape(values.shape)


def _exact(option: str, value: Range, drawn: Mapping[str, float]) -> Decimal:
    if option in drawn:
        return Decimal(repr(round(float(drawn[option]), _DRAWN_DIGITS)))
    if value.low == value.high:
        return Decimal(repr(float(value.low)))
    return (Decimal(repr(float(value.low))) + Decimal(repr(float(value.high)))) / 2


def _grid(exact: Mapping[str, Decimal]) -> dict[str, int]:
    """The weights as whole numbers of the smallest decimal unit that they all need."""
    exponents = [value.normalize().as_tuple().exponent for value in exact.values()]
    digits = max([0, *(-exponent for exponent in exponents if isinstance(exponent, int))])
    return {option: int(value.scaleb(digits)) for option, value in exact.items()}


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
