"""A negotiation as other programs of the field read it: GENIUS by its own rule, option form as a sheet."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from detente.errors import InvalidNegotiation, NotEnoughEvidence
from detente.export.formats import FORMATS
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Negotiation, NegotiationParty, Option, Range, Weights
from detente.record.model import Record
from detente.solvers.preferences import worth
from detente.solvers.space import build_space

PASS = """
negotiation: pass
parties: [{id: n, name: Norland}, {id: s, name: "Sudland / South"}]
options:
  - {id: open, by: s, text: open the pass}
  - {id: grain, by: n, text: send grain, irreversible: true}
  - {id: talk, by: n, text: open the pass}
status_quo: "001"
preferences:
  n: {weights: {open: 60, grain: [-30, -10], talk: 5}}
  s: {weights: {open: -20, grain: 80}}
"""

BRIDGE = """
negotiation: bridge
parties: [{id: a, name: A}, {id: b, name: B}]
options: [{id: x, by: a, text: build}, {id: y, by: b, text: pay}]
constraints: ["x implies y"]
status_quo: "00"
preferences:
  a: {ranking: ["11", ["01", "00"]]}
  b: {weights: {x: 10, y: -4}}
"""


def made(name: str, negotiation: Negotiation) -> bytes:
    return b"".join(FORMATS[name].chunks(Record(), negotiation=negotiation))


def files(negotiation: Negotiation) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(made("genius", negotiation))) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def utility(profile: etree._Element, items: Sequence[int]) -> float:
    """GENIUS's own rule: weights times evaluations, each as a share of its issue's best."""
    weights = {one.get("index"): float(one.get("value")) for one in profile.iter("weight")}
    total = 0.0
    for issue, item in zip(profile.iter("issue"), items, strict=True):
        values = [float(one.get("evaluation")) for one in issue.iter("item")]
        total += weights[issue.get("index")] * values[item] / max(values)
    return total


def test_weights_become_an_issue_an_option_and_a_profile_a_party() -> None:
    found = files(load_negotiation(PASS, "pass.yaml"))
    assert set(found) == {"domain.xml", "n.xml", "s.xml"}
    names = [issue.get("name") for issue in found["domain.xml"].iter("issue")]
    assert names == ["Sudland / South: open the pass", "Norland: send grain", "Norland: open the pass"]
    assert found["domain.xml"].tag == "negotiation_template"
    for profile in (found["n.xml"], found["s.xml"]):
        assert profile.tag == "utility_space"
        assert [issue.get("name") for issue in profile.iter("issue")] == names
        assert sum(float(one.get("value")) for one in profile.iter("weight")) == pytest.approx(1)


def test_what_no_deal_is_worth_is_what_is_done_today() -> None:
    # Norland: 60, -20, 5 at the middle; from -20 to 65 the status quo's 5 stands at 25 of 85.
    profile = files(load_negotiation(PASS, "pass.yaml"))["n.xml"]
    assert float(profile.find("reservation").get("value")) == pytest.approx(25 / 85)
    assert utility(profile, [1, 1, 0]) == pytest.approx(25 / 85)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=5))
def test_a_profile_orders_outcomes_as_the_weights_do(values: list[float]) -> None:
    options = tuple(Option(id=f"o{n}", by="a", text=f"deed {n}") for n in range(len(values)))
    wish = Weights(values={o.id: Range(v, v) for o, v in zip(options, values, strict=True)})
    negotiation = Negotiation(
        id="n", parties=(NegotiationParty(id="a", name="A"),), options=options, preferences={"a": wish}
    )
    profile = files(negotiation)["a.xml"]
    space = build_space(negotiation)
    theirs = [utility(profile, [1 - int(d) for d in space.pattern(s)]) for s in range(len(space))]
    ours = worth(wish, space)
    total = sum(map(abs, values))
    if total > 1e-6:
        assert np.allclose(np.array(theirs), (ours - ours.min()) / total, atol=1e-9)
    else:
        assert max(theirs) - min(theirs) <= 1


def test_constraints_make_the_whole_outcome_one_issue() -> None:
    found = files(load_negotiation(BRIDGE, "bridge.yaml"))
    (issue,) = found["domain.xml"].iter("issue")
    values = [item.get("value") for item in issue]
    assert values == ["00 nothing is done", "01 pay", "11 build; pay"]
    ranked = [utility(found["a.xml"], [item]) for item in range(3)]
    weighed = [utility(found["b.xml"], [item]) for item in range(3)]
    assert ranked == [0, 0, 1]
    assert weighed == pytest.approx([0.4, 0, 1])


def test_a_party_that_wants_nothing_finds_all_alike() -> None:
    text = BRIDGE.replace("b: {weights: {x: 10, y: -4}}", "b: {weights: {}}")
    profile = files(load_negotiation(text, "bridge.yaml"))["b.xml"]
    assert {utility(profile, [item]) for item in range(3)} == {1}


def test_files_are_named_apart_and_inside_the_zip() -> None:
    parties = tuple(NegotiationParty(id=name, name=name) for name in ("../a", "domain", "a"))
    negotiation = Negotiation(id="n", parties=parties, options=(Option(id="o", by="a", text="\x00</issue>"),))
    found = files(negotiation)
    assert len(found) == 4
    assert all("/" not in name and ".." not in name.removesuffix(".xml") for name in found)


def table(negotiation: Negotiation) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(made("option-form", negotiation)), encoding="utf-8-sig", dtype=str)


def test_the_option_form_has_options_states_and_ranks() -> None:
    frame = table(load_negotiation(BRIDGE, "bridge.yaml")).fillna("")
    assert frame[["row", "party"]].apply(tuple, axis=1).tolist() == [
        ("option", "A"), ("option", "B"), ("decimal", ""), ("status quo", ""), ("rank", "A"), ("rank", "B"),
    ]  # fmt: skip
    cells = frame[["1", "2", "3"]].to_numpy().tolist()
    assert cells == [
        ["N", "N", "Y"],
        ["N", "Y", "Y"],
        ["0", "2", "3"],
        ["x", "", ""],
        ["2", "2", "1"],
        ["2", "3", "1"],
    ]


def test_an_irreversible_and_an_open_option_are_told() -> None:
    text = """
negotiation: pass
parties: [{id: n, name: =N}]
options: [{id: a, by: n, text: go, irreversible: true}, {id: b, by: n, text: stay}]
states: ["1-", "00"]
"""
    frame = table(load_negotiation(text, "pass.yaml")).fillna("")
    assert frame["row"].tolist()[:2] == ["irreversible option", "option"]
    assert frame["party"].tolist()[0] == "'=N"
    assert frame["1"].tolist()[:3] == ["Y", "open", ""]
    assert frame.iloc[-1]["option"] == "not known"


@pytest.mark.parametrize("name", ["genius", "option-form"])
def test_a_record_without_a_negotiation_says_so(name: str) -> None:
    with pytest.raises(NotEnoughEvidence):
        list(FORMATS[name].chunks(Record()))


@pytest.mark.parametrize(("name", "constraint"), [("genius", ("o0 or o1",)), ("option-form", ())])
def test_too_many_states_are_refused_in_one_line(name: str, constraint: tuple[str, ...]) -> None:
    options = tuple(Option(id=f"o{n}", by="a", text=f"deed {n}") for n in range(15))
    preferences: Mapping = {"a": Weights(values={"o0": Range(1, 1)})}
    negotiation = Negotiation(
        id="n", parties=(NegotiationParty(id="a", name="A"),), options=options, constraints=constraint,
        preferences=preferences,
    )  # fmt: skip
    with pytest.raises(InvalidNegotiation, match="take options out"):
        made(name, negotiation)
