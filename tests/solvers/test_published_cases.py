"""Published conflicts give their expected equilibria."""

import json
import subprocess
import sys

import pytest

from detente.negotiation.file import load_negotiation
from detente.solvers.graph_model import Concept, build_conflict, solve_conflict

CASES = ["chicken", "elmira_gmcrplus_12states", "garrison_diversion_unit", "milk_river", "prisoners_dilemma"]


@pytest.mark.shared
@pytest.mark.parametrize("case", [*CASES, "syria_iraq_1975"])
def test_a_published_conflict_has_its_expected_equilibria(case, shared):
    file = shared / "cases" / "gmcr" / f"{case}.json"
    script = shared / "scripts" / "case_to_negotiation.py"
    text = subprocess.run(
        [sys.executable, str(script), str(file)], capture_output=True, text=True, check=True
    ).stdout
    told = json.loads(file.read_text(encoding="utf-8"))
    states = told["feasible_states"]
    named = dict(zip(states, told.get("state_ids") or range(1, len(states) + 1), strict=True))
    conflict = build_conflict(load_negotiation(text, case))
    verdicts = solve_conflict(conflict)
    scope = set(told.get("expected_scope") or named.values())
    for concept, expected in told["expected"].items():
        holds = {named[s] for s in conflict.space.patterns(verdicts.equilibria(Concept(concept)))}
        assert holds & scope == set(expected), concept
