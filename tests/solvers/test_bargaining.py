"""The four points against their axioms, and against four published GENIUS domains."""

import itertools
import json
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.solvers.bargaining import fair_points, feasible_rows
from detente.solvers.frontier import pareto_frontier

POINTS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
TOLERANCE = 1e-6

packages = st.integers(1, 4).flatmap(
    lambda parties: arrays(
        np.float64, st.tuples(st.integers(1, 25), st.just(parties)), elements=st.integers(-9, 9).map(float)
    )
)


def with_disagreement(utilities):
    return st.tuples(
        st.just(utilities),
        arrays(np.float64, utilities.shape[1], elements=st.integers(-15, 3).map(float)),
    )


@given(packages.flatmap(with_disagreement))
def test_nobody_loses_and_nobody_can_be_helped_for_free(case):
    utilities, disagreement = case
    points = fair_points(utilities, disagreement)
    feasible = np.flatnonzero((utilities >= disagreement).all(axis=1))
    assert points.feasible == len(feasible)
    frontier = set(pareto_frontier(utilities).tolist())
    for name in POINTS:
        row = getattr(points, name)
        if len(feasible) == 0:
            assert row is None
        else:
            assert row in frontier
            assert row in feasible


@given(packages.flatmap(with_disagreement))
def test_each_point_is_the_best_by_its_own_measure(case):
    utilities, disagreement = case
    feasible = feasible_rows(utilities, disagreement)
    assume(len(feasible))
    points = fair_points(utilities, disagreement)
    gains = utilities - disagreement
    ideal = gains[feasible].max(axis=0)
    counts = ideal > 0
    assert gains[points.utilitarian].sum() == pytest.approx(gains[feasible].sum(axis=1).max())
    assert gains[points.egalitarian].min() == pytest.approx(gains[feasible].min(axis=1).max())
    if counts.any():
        products = gains[feasible][:, counts].prod(axis=1)
        assert gains[points.nash][counts].prod() == pytest.approx(products.max())
        shares = (gains[feasible][:, counts] / ideal[counts]).min(axis=1)
        assert (gains[points.kalai_smorodinsky][counts] / ideal[counts]).min() == pytest.approx(shares.max())


@given(
    packages.flatmap(with_disagreement), st.lists(st.sampled_from([0.5, 2.0, 8.0]), min_size=4, max_size=4)
)
def test_nash_and_kalai_smorodinsky_do_not_mind_the_units(case, units):
    utilities, disagreement = case
    scale = np.array(units[: utilities.shape[1]])
    shift = np.arange(utilities.shape[1]) * 4.0
    assume(len(feasible_rows(utilities, disagreement)))
    before = fair_points(utilities, disagreement)
    after = fair_points(utilities * scale + shift, disagreement * scale + shift)
    gains = utilities - disagreement
    ideal = gains[feasible_rows(utilities, disagreement)].max(axis=0)
    counts = ideal > 0
    assert gains[after.nash][counts].prod() == pytest.approx(gains[before.nash][counts].prod())
    if counts.any():
        share = (gains[:, counts] / ideal[counts]).min(axis=1)
        assert share[after.kalai_smorodinsky] == pytest.approx(share[before.kalai_smorodinsky])


@given(packages.flatmap(with_disagreement))
def test_swapping_the_parties_swaps_what_they_get(case):
    utilities, disagreement = case
    assume(len(feasible_rows(utilities, disagreement)))
    order = np.arange(utilities.shape[1])[::-1]
    before = fair_points(utilities, disagreement)
    after = fair_points(utilities[:, order], disagreement[order])
    for name in POINTS:
        got = sorted(utilities[getattr(before, name)] - disagreement)
        swapped = sorted(utilities[getattr(after, name)] - disagreement)
        assert got == pytest.approx(swapped)


@given(packages.flatmap(with_disagreement), st.data())
def test_nash_stays_where_packages_nobody_chose_fall_away(case, data):
    utilities, disagreement = case
    points = fair_points(utilities, disagreement)
    assume(points.all_gain)
    others = [row for row in range(len(utilities)) if row != points.nash]
    kept = sorted([points.nash, *data.draw(st.sets(st.sampled_from(others)) if others else st.just(set()))])
    again = fair_points(utilities[kept], disagreement)
    product = (utilities - disagreement).prod(axis=1)
    assert product[kept[again.nash]] == pytest.approx(product[points.nash])


@given(packages.flatmap(with_disagreement), st.lists(st.integers(-9, 9).map(float), min_size=4, max_size=4))
def test_the_worst_off_does_not_suffer_from_more_packages(case, extra):
    utilities, disagreement = case
    before = fair_points(utilities, disagreement)
    assume(before.egalitarian is not None)
    more = np.vstack([utilities, extra[: utilities.shape[1]]])
    after = fair_points(more, disagreement)
    gains = more - disagreement
    assert gains[after.egalitarian].min() >= gains[before.egalitarian].min()
    assert gains[after.utilitarian].sum() >= gains[before.utilitarian].sum()


def test_a_disagreement_below_the_worst_package_moves_the_points():
    # By hand: from (0, 0) the products are 9, 10, 7; from (-10, 0) they are 19, 30, 77.
    utilities = np.array([[9.0, 1.0], [5.0, 2.0], [1.0, 7.0]])
    assert fair_points(utilities, np.array([0.0, 0.0])).nash == 1
    assert fair_points(utilities, np.array([-10.0, 0.0])).nash == 2


def test_a_party_that_can_gain_nothing_does_not_silence_the_others():
    utilities = np.array([[0.0, 0.0, 0.0], [1.0, 5.0, 0.0], [4.0, 3.0, 0.0]])
    points = fair_points(utilities, np.zeros(3))
    assert (points.nash, points.kalai_smorodinsky) == (2, 2)
    assert not points.all_gain
    assert points.someone_gains


def genius_domain(folder):
    """Utilities of all outcomes by GENIUS's rule, from its files, and the files' order of values."""
    facts = json.loads((folder / "points.json").read_text(encoding="utf-8"))
    columns = []
    for party in facts["parties"]:
        root = ET.parse(folder / party["file"]).getroot()
        raw = {w.get("index"): float(w.get("value")) for w in root.iter("weight")}
        total = sum(raw.values())
        values = {}
        for issue in root.iter("issue"):
            worth = {item.get("value"): float(item.get("evaluation")) for item in issue.iter("item")}
            weight = raw[issue.get("index")] / total / max(worth.values())
            values[issue.get("name")] = {value: worth[value] * weight for value in worth}
        outcomes = itertools.product(*facts["issues"].values())
        columns.append([sum(values[i][v] for i, v in zip(facts["issues"], o, strict=True)) for o in outcomes])
    return np.array(columns).T, facts


@pytest.mark.shared
@pytest.mark.parametrize("name", ["EnglandZimbabwe", "Grocery", "ItexvsCypress", "Laptop"])
def test_genius_domains_give_their_frontier_and_points(shared, name):
    utilities, facts = genius_domain(shared / "cases" / "genius" / name)
    expected = facts["genius_semantics"]
    assert len(utilities) == expected["outcomes"]
    frontier = utilities[pareto_frontier(utilities)]
    distinct = np.unique(np.round(frontier, 6), axis=0)
    wanted = np.unique(np.array(expected["pareto_utilities"]), axis=0)
    assert distinct == pytest.approx(wanted, abs=2 * TOLERANCE)
    points = fair_points(utilities, np.array([p["reservation"] for p in facts["parties"]]))
    key = {"kalai_smorodinsky": "kalai_smorodinsky_maxmin_ratio"}
    for point in POINTS:
        found = utilities[getattr(points, point)]
        assert found == pytest.approx(expected[key.get(point, point)]["utilities"], abs=2 * TOLERANCE), point
