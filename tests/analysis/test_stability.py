"""The finding says what holds, by what, and how sure that is."""

import json

import pytest

from detente.analysis.stability import stability, stability_json
from detente.negotiation.file import load_negotiation
from detente.solvers.graph_model import Concept
from detente.solvers.steps import Step

TRADE = """\
negotiation: toll
parties: [{id: north, name: the North}, {id: south, name: the South}]
options:
  - {id: open, by: north, text: open the port}
  - {id: pay, by: south, text: pay the toll}
status_quo: "00"
preferences:
  north: {weights: {open: -10, pay: 30}}
  south: {weights: {open: 25, pay: -5}}
"""


def trade(text: str = TRADE):
    return load_negotiation(text, "toll.yaml")


def test_a_trade_is_held_by_each_sides_answer():
    # Worked by hand: a prisoners' dilemma. 11 is held by retreat, which is in the other's interest.
    finding = stability(trade())
    assert finding.equilibria[Concept.NASH] == ("00",)
    assert finding.equilibria[Concept.SEQ] == ("00", "11")
    agreed = next(state for state in finding.states if state.state == "11")
    north = agreed.holds[0]
    assert (north.party, north.by, north.improvements) == ("north", Concept.SEQ, 1)
    assert north.deterred[0].temptation == Step(
        party="north", start="11", end="01", takes=(), drops=("open",)
    )
    assert [step.end for step in north.deterred[0].answer] == ["00"]
    assert north.words == (
        "If the North were not to open the port, then the South would not pay the toll, "
        "and be better off for it."
    )


def test_two_who_are_both_better_off_elsewhere_are_a_coalition():
    today = stability(trade()).states[0]
    assert today.state == "00"
    assert [group.parties for group in today.coalitions] == [("north", "south")]
    assert today.coalitions[0].steps[-1].end == "11"


def test_the_json_keeps_to_the_contract():
    told = json.loads(json.dumps(stability_json(stability(trade(), every=True))))
    assert told["schema"] == "detente/stability/1"
    assert told["equilibria"] == {
        "nash": ["00"],
        "gmr": ["00", "11"],
        "smr": ["00", "11"],
        "seq": ["00", "11"],
    }
    assert [state["state"] for state in told["states"]] == ["00", "01", "10", "11"]
    assert told["states"][1]["taken"] == ["pay"]
    assert told["states"][1]["stable"] == {"north": ["nash", "gmr", "smr", "seq"], "south": []}


def test_without_all_only_what_holds_is_listed():
    assert [state.state for state in stability(trade()).states] == ["00", "11"]


def test_doubt_is_a_share_of_worlds_and_names_what_flips():
    # By hand: 11 beats 00 for the South where pay > -25, so a pay in [-45, -5] holds in half the worlds.
    finding = stability(trade(TRADE.replace("pay: -5", "pay: [-45, -5]")), samples=2000, seed=3)
    assert finding.doubt is not None
    agreed = next(state for state in finding.states if state.state == "11")
    share, low, high = agreed.shares[Concept.SEQ]
    assert low <= 0.5 <= high
    assert share == pytest.approx(0.5, abs=0.05)
    flip = next(f for f in finding.doubt.flips if finding.names[f.state] == "11")
    assert flip.weight.option == "pay"
    assert flip.at == pytest.approx(-25, abs=0.02)


def test_the_same_seed_gives_the_same_finding():
    doubtful = trade(TRADE.replace("pay: -5", "pay: [-45, -5]"))
    assert stability(doubtful, seed=7) == stability(doubtful, seed=7)


def test_nothing_in_doubt_draws_no_worlds():
    assert stability(trade()).doubt is None


def test_declared_ties_stay_ties_in_every_world():
    # open and close are worth 0.1 + 0.2 and 0.3: a tie that binary fractions would break.
    text = """\
negotiation: tie
parties: [{id: p}]
options: [{id: a, by: p}, {id: b, by: p}, {id: c, by: p}, {id: d, by: p}]
states: ["1100", "0010", "1101", "0011"]
preferences: {p: {weights: {a: 0.1, b: 0.2, c: 0.3, d: [1, 2]}}}
"""
    finding = stability(load_negotiation(text, "tie.yaml"), samples=300)
    assert finding.equilibria[Concept.NASH] == ("1101", "0011")
    assert {s.state: s.shares[Concept.NASH][0] for s in finding.states} == {"1101": 1.0, "0011": 1.0}


def test_an_inferred_weight_is_in_doubt_by_its_size_not_its_sign():
    finding = stability(trade(TRADE.replace("pay: -5}}", "pay: -5}, inferred: [pay]}")))
    assert finding.doubt is not None
    assert [(w.range.low, w.range.high) for w in finding.doubt.weights] == [(-10.0, 0.0)]
