"""The frontier against a direct reading of its law."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.solvers.frontier import pareto_frontier


def by_definition(utilities):
    at_least = (utilities[None] >= utilities[:, None]).all(axis=2)
    better = (utilities[None] > utilities[:, None]).any(axis=2)
    return np.flatnonzero(~(at_least & better).any(axis=1)).tolist()


@given(
    st.integers(1, 5).flatmap(
        lambda parties: arrays(
            np.float64,
            st.tuples(st.integers(0, 40), st.just(parties)),
            elements=st.integers(-3, 3).map(float),
        )
    )
)
def test_the_frontier_is_what_the_definition_says(utilities):
    assert pareto_frontier(utilities).tolist() == by_definition(utilities)


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_many_packages_with_ties_give_what_a_plain_search_gives(parties):
    # More rows than the first sieve takes to set in (4 blocks of 2,048).
    utilities = np.random.default_rng(parties).integers(0, 30, size=(9000, parties)).astype(float)
    frontier = set(pareto_frontier(utilities).tolist())
    for row in np.random.default_rng(0).choice(9000, 300, replace=False):
        at_least = (utilities >= utilities[row]).all(axis=1)
        better = (utilities > utilities[row]).any(axis=1)
        assert (row in frontier) == (not (at_least & better).any())


def test_everything_is_kept_where_one_party_gets_what_the_other_loses():
    first = np.arange(10000.0)
    assert len(pareto_frontier(np.column_stack([first, -first]))) == 10000


def test_rounding_is_not_a_preference():
    utilities = np.array([[0.1 + 0.2, 1.0], [0.3, 1.0]])
    assert pareto_frontier(utilities).tolist() == [0, 1]


def test_a_figure_that_is_not_one_is_refused():
    with pytest.raises(ValueError, match="finite figures"):
        pareto_frontier(np.array([[np.nan, 1.0]]))
