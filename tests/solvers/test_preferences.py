"""Levels order states as their worths do, exactly, however the weights are written."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InvalidNegotiation
from detente.negotiation.model import Negotiation, NegotiationParty, Option, Range, Ranking, Weights
from detente.solvers.preferences import levels_of
from detente.solvers.space import build_space

NAMES = ("a", "b", "c", "d")


def space():
    options = tuple(Option(id=name, by="p", text="act") for name in NAMES)
    return build_space(Negotiation(id="n", parties=(NegotiationParty(id="p", name="P"),), options=options))


numbers = st.one_of(
    st.integers(-5, 5).map(float),
    st.sampled_from([0.1, 0.2, 0.3, 0.30000000000000004, 1e-7, 123456.789]),
    st.floats(-1000, 1000, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-6),
)


@given(st.lists(numbers, min_size=4, max_size=4))
def test_levels_compare_as_exact_decimal_sums_do(weights):
    levels = levels_of(
        Weights(values={name: Range(w, w) for name, w in zip(NAMES, weights, strict=True)}), space()
    )
    exact = [
        sum((Fraction(repr(w)) for at, w in enumerate(weights) if state >> (3 - at) & 1), Fraction(0))
        for state in range(16)
    ]
    for one in range(16):
        for other in range(16):
            assert (levels[one] > levels[other]) == (exact[one] > exact[other])


def test_weights_of_any_size_are_levelled_without_a_warning():
    for scale in (5e-324, 1e-300, 1e300):
        levels = levels_of(Weights(values={"a": Range(scale, scale), "b": Range(1, 1)}), space())
        assert levels[np.array([0b1100])] >= levels[np.array([0b0000])]


def test_a_ranking_must_hold_every_state_once():
    everything = [f"{state:04b}" for state in range(16)]
    assert levels_of(Ranking(tiers=(tuple(everything),)), space()).tolist() == [0] * 16
    with pytest.raises(InvalidNegotiation, match="leaves out 1 of 16 states, '1111' first"):
        levels_of(Ranking(tiers=(tuple(everything[:-1]),)), space())
    with pytest.raises(InvalidNegotiation, match="twice"):
        levels_of(Ranking(tiers=(tuple(everything), ("0000",))), space())
    with pytest.raises(InvalidNegotiation, match="not a feasible state"):
        levels_of(Ranking(tiers=(("00001",),)), space())
