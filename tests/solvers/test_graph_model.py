"""The graph model agrees with the definitions, state by state."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import verdicts
from random_conflicts import random_negotiation

from detente.negotiation.model import Negotiation
from detente.solvers import closure
from detente.solvers.graph_model import CONCEPTS, build_conflict, solve_conflict


def by_engine(n: Negotiation) -> dict[str, dict[str, set[str]]]:
    conflict = build_conflict(n)
    stable = solve_conflict(conflict).stable
    return {
        conflict.space.pattern(s): {
            p: {str(c) for at, c in enumerate(CONCEPTS) if stable[at, i, s]}
            for i, p in enumerate(conflict.parties)
        }
        for s in range(len(conflict.space))
    }


@pytest.mark.parametrize("block", range(10))
def test_random_conflicts_agree_with_the_definitions(block):
    for seed in range(block * 60, block * 60 + 60):
        n = random_negotiation(seed)
        assert by_engine(n) == verdicts(n), f"seed {seed}"


@settings(max_examples=60, deadline=None)
@given(st.integers(10_000, 10**9))
def test_any_conflict_agrees_with_the_definitions(seed):
    n = random_negotiation(seed, most_options=4)
    assert by_engine(n) == verdicts(n)


def test_long_paths_are_searched_to_their_end(monkeypatch):
    monkeypatch.setattr(closure, "_MOST_ROUNDS", 0)
    for seed in range(2000, 2060):
        n = random_negotiation(seed)
        assert by_engine(n) == verdicts(n), f"seed {seed}"
