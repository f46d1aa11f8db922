"""Adjusted winner against its promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.solvers.adjusted_winner import adjusted_winner

weights = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=8)


@given(weights)
def test_both_end_level_and_neither_envies_the_other(pairs):
    first = {f"o{k}": float(a) for k, (a, _) in enumerate(pairs)}
    second = {f"o{k}": -float(b) for k, (_, b) in enumerate(pairs)}
    found = adjusted_winner(first, second)
    assert found.points[0] == pytest.approx(found.points[1])
    # Level shares of at least 50 points each are envy-free between two (Brams & Taylor, theorem 4.1).
    assert found.points[0] >= 50 - 1e-9


@given(weights)
def test_nobody_gets_twice_and_nothing_is_lost(pairs):
    first = {f"o{k}": float(a) for k, (a, _) in enumerate(pairs)}
    second = {f"o{k}": -float(b) for k, (_, b) in enumerate(pairs)}
    found = adjusted_winner(first, second)
    split = (found.split,) if found.split else ()
    assert sorted((*found.first, *found.second, *split)) == sorted(first)


def test_only_what_is_disputed_is_divided():
    found = adjusted_winner({"a": 5.0, "b": 3.0}, {"a": 2.0, "b": -3.0})
    assert (found.first, found.second, found.split, found.share) == ((), (), "b", 0.5)


def test_the_option_of_nearest_points_moves_first():
    # By hand: the first holds a, c (65 points), the second b, d, e (50); a is nearest (50 to 40), and
    # 15 of its 90 points move: a sixth.
    found = adjusted_winner(
        {"a": 50, "b": 20, "c": 15, "d": 10, "e": 5}, {"a": -40, "b": -30, "c": -10, "d": -10, "e": -10}
    )
    assert (found.first, found.second, found.split) == (("c",), ("b", "d", "e"), "a")
    assert found.share == pytest.approx(5 / 6)
