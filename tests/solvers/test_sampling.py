"""Worlds drawn from ranges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.negotiation.model import Range, Weights
from detente.solvers.sampling import doubt, draw_weights, utilities_by_world

ranges = st.tuples(st.integers(-50, 50), st.integers(0, 20)).map(lambda r: Range(r[0], r[0] + r[1]))


@given(st.lists(ranges, min_size=1, max_size=5), st.integers(1, 30), st.integers(0, 99))
def test_every_world_lies_within_the_ranges_and_repeats_with_its_seed(values, samples, seed):
    weights = {"p": Weights(values={f"o{k}": r for k, r in enumerate(values)})}
    options = [f"o{k}" for k in range(len(values))]
    one = draw_weights(weights, options, samples=samples, seed=seed)
    two = draw_weights(weights, options, samples=samples, seed=seed)
    assert (one.drawn == two.drawn).all()
    assert (one.drawn >= [r.low for r in values]).all()
    assert (one.drawn <= [r.high for r in values]).all()
    assert len(one.drawn) == (samples if any(r.is_open for r in values) else 1)


def test_a_weight_no_text_states_is_drawn_from_a_wider_range_on_its_own_side_of_zero():
    weights = Weights(values={"a": Range(-20, -10)}, inferred=frozenset({"a"}))
    assert doubt(weights, "a") == Range(-30, -5)


def test_an_inferred_weight_without_a_range_is_still_in_doubt():
    worlds = draw_weights(
        {"p": Weights(values={"a": Range(10, 10)}, inferred=frozenset({"a"}))}, ["a"], samples=50, seed=1
    )
    assert [(i.party, i.option) for i in worlds.open_inputs] == [("p", "a")]
    assert worlds.drawn.min() < 10 < worlds.drawn.max()


def test_utilities_are_the_sum_of_the_weights_of_what_is_taken():
    drawn = np.array([[[1.0, 10.0]], [[2.0, 20.0]]])
    bits = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    found = np.concatenate(list(utilities_by_world(drawn, bits)))
    assert found.tolist() == [[[0.0, 1.0, 11.0]], [[0.0, 2.0, 22.0]]]


def test_no_world_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        draw_weights({}, [], samples=0, seed=0)
