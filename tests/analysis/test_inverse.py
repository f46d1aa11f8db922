"""What would have to change, by party, by states and by weights."""

import json
import subprocess
import sys

import pytest

from detente.analysis.inverse import inverse, inverse_json
from detente.negotiation.file import load_negotiation
from detente.solvers.graph_model import CONCEPTS, Concept, build_conflict, solve_conflict


@pytest.mark.shared
def test_the_count_of_rankings_is_the_published_one(shared):
    # Hipel, Kilgour & Kinsara (2014), and by definition where the guide's program errs: see the case's note.
    case = shared / "cases" / "gmcr" / "syria_iraq_1975.json"
    script = shared / "scripts" / "case_to_negotiation.py"
    text = subprocess.run(
        [sys.executable, str(script), str(case)], capture_output=True, text=True, check=True
    ).stdout
    finding = inverse(load_negotiation(text, "s"), "100")
    expected = json.loads(case.read_text(encoding="utf-8"))["inverse"]["by_definition"]
    assert finding.rankings == 720
    assert finding.counted is not None
    assert {str(c): n for c, n in finding.counted["syria"].items()} == expected


TALKS = """\
parties: [{id: north, name: the North}, {id: south, name: the South}]
options: [{id: open, by: north, text: open the port}, {id: pay, by: south, text: pay the toll}]
preferences:
  north: {weights: {open: -10, pay: 30}}
  south: {weights: {open: 25, pay: -5}}
"""


def test_the_smallest_change_of_a_weight_is_where_two_states_tie():
    finding = inverse(load_negotiation(TALKS, "t.yaml"), "11")
    assert finding.holds == (Concept.GMR, Concept.SMR, Concept.SEQ)
    north = next(change for change in finding.changes if change.party == "north")
    assert north.concept is Concept.NASH
    assert north.states == ("01",)
    assert north.words == (
        "the North would have to stop preferring 1 state to it; it would be enough that to open the port "
        "were worth 0 to it, not -10."
    )
    assert [(w.option, w.now, w.at, w.settles) for w in north.weights] == [("open", -10, 0, False)]


def test_a_weight_change_does_what_it_says():
    for wanted in ("00", "01", "10", "11"):
        for change in inverse(load_negotiation(TALKS, "t.yaml"), wanted).changes:
            for weight in change.weights:
                text = TALKS.replace(
                    f"{weight.option}: {weight.now:g}",
                    f"{weight.option}: {weight.at + 0.001 * (1 if weight.at > weight.now else -1)}",
                )
                conflict = build_conflict(load_negotiation(text, "t.yaml"))
                state = conflict.space.index(wanted)
                party = conflict.parties.index(change.party)
                assert solve_conflict(conflict).stable[CONCEPTS.index(change.concept), party, state]


def test_the_json_names_its_schema():
    told = inverse_json(inverse(load_negotiation(TALKS, "t.yaml"), "11"))
    assert told["schema"] == "detente/inverse/1"
    assert json.loads(json.dumps(told)) == told
