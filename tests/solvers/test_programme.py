"""Integer programmes against looking at every package."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.packages import packages
from detente.errors import InvalidNegotiation
from detente.negotiation.expressions import parse_expression
from detente.negotiation.model import Negotiation, NegotiationParty, Option, Range, Ranking, Weights
from detente.solvers.bargaining import fair_points, feasible_rows
from detente.solvers.conditions import linear_rows
from detente.solvers.deals import deals_at, find_table
from detente.solvers.frontier import pareto_frontier
from detente.solvers.programme import search_deals

CONDITIONS = (
    "not (o0 and o1)",
    "o2 implies o3 or not o4",
    "(o0 or o5) iff not (o1 and o3)",
    "o1 or o2 or o3",
    "not (o0 implies o4)",
)


def talks(options, parties, seed, constraints=()):
    weights = np.random.default_rng(seed).integers(-30, 31, size=(parties, options))
    return Negotiation(
        id="talks",
        parties=tuple(NegotiationParty(id=f"p{i}", name=f"P{i}") for i in range(parties)),
        options=tuple(Option(id=f"o{k}", by=f"p{k % parties}", text=f"do {k}") for k in range(options)),
        constraints=constraints,
        status_quo="0" * options,
        preferences={
            f"p{i}": Weights(values={f"o{k}": Range(float(w), float(w)) for k, w in enumerate(row)})
            for i, row in enumerate(weights)
        },
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("parties", [2, 3])
def test_each_point_is_as_good_as_the_best_of_all_packages(parties, seed):
    case = talks(9, parties, seed, CONDITIONS[: 1 + seed % 4])
    table = find_table(case, None)
    every = deals_at(case, table)
    gains = every.utilities - every.disagreement
    feasible = feasible_rows(every.utilities, every.disagreement)
    if not len(feasible):
        with pytest.raises(InvalidNegotiation, match="no package leaves everybody"):
            search_deals(case, table)
        return
    best = fair_points(every.utilities, every.disagreement)
    found = search_deals(case, table)
    mine = found.deals.utilities - found.deals.disagreement
    ideal = gains[feasible].max(axis=0)
    counts = ideal > 0
    assert mine[found.points.utilitarian].sum() == pytest.approx(gains[best.utilitarian].sum())
    assert mine[found.points.egalitarian].min() == pytest.approx(gains[best.egalitarian].min(), abs=1e-5)
    assert mine[found.points.nash][counts].prod() == pytest.approx(gains[best.nash][counts].prod(), rel=1e-5)
    share = (mine[found.points.kalai_smorodinsky][counts] / ideal[counts]).min(initial=1.0)
    wanted = (gains[best.kalai_smorodinsky][counts] / ideal[counts]).min(initial=1.0)
    assert share == pytest.approx(wanted, abs=1e-5)
    assert found.gap == pytest.approx(0.0, abs=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_frontier_of_two_parties_is_whole(seed):
    case = talks(9, 2, seed)
    table = find_table(case, None)
    every, found = deals_at(case, table), search_deals(case, table)
    feasible = feasible_rows(every.utilities, every.disagreement)
    wanted = np.unique(every.utilities[feasible][pareto_frontier(every.utilities[feasible])], axis=0)
    assert np.unique(found.deals.utilities[found.frontier], axis=0) == pytest.approx(wanted)
    assert found.whole


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(CONDITIONS)), st.integers(0, 63))
def test_rows_hold_just_where_the_conditions_do(conditions, taken):
    options = [f"o{k}" for k in range(6)]
    read = [parse_expression(text, options) for text in conditions]
    rows = linear_rows(options, read)
    values = [float(taken >> k & 1) for k in range(6)]
    truth = all(e.holds(lambda name: np.array([values[options.index(name)] == 1]))[0] for e in read)
    # Whatever whole values the operators' variables take, the rows hold just where the conditions do.
    free = rows.width - len(options)
    completions = (values + [float(bits >> k & 1) for k in range(free)] for bits in range(2**free))
    kept = (
        any(
            all(
                sum(c * full[k] for k, c in e.items()) >= least - 1e-9
                for e, least in zip(rows.entries, rows.least, strict=True)
            )
            for full in completions
        )
        if free <= 12
        else truth
    )
    assert kept == truth


def test_twenty_six_free_options_are_solved_and_said_so():
    found = packages(talks(26, 2, 1), samples=50)
    assert not found.counted
    assert found.all_gain
    assert "too many packages to look at each" in found.notes[0]
    assert found.nash.acceptable == 1.0


def test_an_order_of_states_cannot_be_searched_and_says_what_to_do():
    case = talks(26, 2, 1)
    ranked = Negotiation(
        **{f: getattr(case, f) for f in ("id", "parties", "options", "status_quo")},
        preferences={"p0": Ranking(tiers=(("0" * 26,),)), "p1": case.preferences["p1"]},
    )
    with pytest.raises(InvalidNegotiation, match="give its preferences as weights"):
        packages(ranked)
