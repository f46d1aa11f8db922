"""Paths tell what can be reached from today, by whose moves."""

import pytest

from detente.analysis.paths import paths, paths_json
from detente.errors import InvalidNegotiation
from detente.negotiation.file import load_negotiation

TALKS = """\
parties: [{id: north}, {id: south}]
options: [{id: open, by: north, text: open}, {id: pay, by: south, text: pay}]
status_quo: "00"
preferences:
  north: {ranking: ["11", "10", "00", "01"]}
  south: {ranking: ["11", "01", "10", "00"]}
"""


def test_improvements_lead_to_where_nobody_would_go_on():
    # By hand: each prefers to begin (10 and 01 over 00), and the other then follows to 11, best for both.
    finding = paths(load_negotiation(TALKS, "t.yaml"))
    assert finding.start == "00"
    assert {step.end for step in finding.first_moves} == {"10", "01"}
    assert finding.stops == ("11",)
    assert finding.circling == 0
    agreed = next(outcome for outcome in finding.outcomes if outcome.state == "11")
    assert agreed.by_improvements is not None
    assert {step.party for step in agreed.by_improvements} == {"north", "south"}


def test_improvements_can_go_round_for_ever():
    # Matching pennies: the North wants to match, the South does not.
    text = TALKS.replace('["11", "10", "00", "01"]', '[["11", "00"], ["10", "01"]]').replace(
        '["11", "01", "10", "00"]', '[["10", "01"], ["11", "00"]]'
    )
    finding = paths(load_negotiation(text, "t.yaml"))
    assert finding.stops == ()
    assert finding.circling == 4


def test_what_is_irreversible_closes_ways():
    text = TALKS.replace("text: open}", "text: open, irreversible: true}")
    finding = paths(load_negotiation(text, "t.yaml"), start="10")
    assert finding.reached_by_moves == 1
    assert paths_json(finding)["schema"] == "detente/paths/1"


def test_without_a_start_there_is_one_line():
    with pytest.raises(InvalidNegotiation, match="no status quo"):
        paths(load_negotiation(TALKS.replace('status_quo: "00"\n', ""), "t.yaml"))
    with pytest.raises(InvalidNegotiation, match="not one of the 4"):
        paths(load_negotiation(TALKS, "t.yaml"), start="0-")
