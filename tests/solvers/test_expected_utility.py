"""The expected-utility model and the plain middles, on positions worked by hand and the EU case."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.solvers.expected_utility import Variant, rounds_of_challenges
from detente.solvers.positions import weighted_mean, weighted_median

PRINTED = 2e-6  # the results are printed to six digits


@pytest.mark.shared
@pytest.mark.parametrize("pairwise_votes", [False, True])
@pytest.mark.parametrize("least_move", [False, True])
def test_the_eu_standards_come_out_round_by_round(shared, pairwise_votes, least_move):
    case = json.loads((shared / "cases" / "forecast" / "eu_emission_standards.json").read_text("utf-8"))
    position, capability, salience = (
        np.array([[actor[key] for actor in case["actors"]]]) for key in ("position", "capability", "salience")
    )
    name = (
        f"prob={'bdm' if pairwise_votes else 'scholz'},compromise={'least-move' if least_move else 'scholz'}"
    )
    variant = Variant(pairwise_votes=pairwise_votes, least_move=least_move)
    history = rounds_of_challenges(position, capability, salience, rounds=10, variant=variant)[0]
    for at, expected in zip(history, case["computed"]["runs"][name], strict=True):
        weights = (capability * salience)[0]
        assert weighted_mean(at, weights) == pytest.approx(expected["mean"], abs=PRINTED)
        assert weighted_median(at, weights) == pytest.approx(expected["condorcet_median"], abs=PRINTED)


def test_those_who_agree_do_not_move():
    still = rounds_of_challenges(np.full((1, 3), 40.0), np.ones((1, 3)), np.full((1, 3), 0.5), rounds=3)
    assert (still == 40.0).all()


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100), st.integers(1, 100)), min_size=2, max_size=7)
)
def test_nobody_is_driven_beyond_the_outermost_positions(parties):
    position, capability, salience = (np.array([[float(p[k]) for p in parties]]) for k in range(3))
    history = rounds_of_challenges(position, capability, salience / 100, rounds=4)
    assert np.isfinite(history).all()
    assert history.min() >= position.min() - 1e-9
    assert history.max() <= position.max() + 1e-9


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 50)), min_size=1, max_size=9))
def test_the_median_beats_every_other_position_in_a_vote(voters):
    position = np.array([float(p) for p, _ in voters])
    weight = np.array([float(w) for _, w in voters])
    median = float(weighted_median(position, weight))
    assert weight[position < median].sum() <= weight.sum() / 2
    assert weight[position > median].sum() <= weight.sum() / 2
    assert position.min() <= float(weighted_mean(position, weight)) <= position.max() + 1e-9


def test_a_silent_group_has_no_middle():
    with pytest.raises(ValueError, match="weight above 0"):
        weighted_mean(np.array([1.0]), np.array([0.0]))
