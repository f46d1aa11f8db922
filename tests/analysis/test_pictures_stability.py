"""The pictures show the finding and are well-formed."""

from xml.etree import ElementTree

from vl_convert import vegalite_to_svg

from detente.analysis.pictures_stability import state_graph_svg, tornado_spec
from detente.analysis.stability import stability
from detente.negotiation.file import load_negotiation

TALKS = """\
negotiation: "toll & <port>"
parties: [{id: north, name: "North & sons"}, {id: south}]
options: [{id: open, by: north, text: open <it>}, {id: pay, by: south, text: pay}]
status_quo: "00"
preferences:
  north: {weights: {open: -10, pay: [20, 40]}}
  south: {weights: {open: 25, pay: [-45, -5]}}
"""
SVG = "{http://www.w3.org/2000/svg}"


def test_the_graph_of_states_is_whole_and_escaped():
    root = ElementTree.fromstring(state_graph_svg(load_negotiation(TALKS, "t.yaml")))
    assert len(root.findall(f"{SVG}g")) == 4
    # By hand: each party would rather not give, in either state of the other: four better moves.
    assert len(root.findall(f"{SVG}line")) == 4
    labels = [text.text for text in root.iter(f"{SVG}text")]
    assert "→ better for North & sons" in labels


def test_a_large_conflict_shows_only_what_holds():
    options = ", ".join(f"{{id: o{at}, by: p}}" for at in range(8))
    weights = ", ".join(f"o{at}: {at + 1}" for at in range(8))
    text = f"parties: [{{id: p}}]\noptions: [{options}]\npreferences: {{p: {{weights: {{{weights}}}}}}}\n"
    root = ElementTree.fromstring(state_graph_svg(load_negotiation(text, "t.yaml")))
    assert next(t.text for t in root.iter(f"{SVG}text")) == "11111111"


def test_the_tornado_renders_offline():
    talks = load_negotiation(TALKS, "t.yaml")
    doubt = stability(talks, samples=200).doubt
    assert doubt is not None
    spec = tornado_spec(talks, doubt.drivers, doubt.drivers[0].state)
    assert spec["data"]["values"][0]["weight"] == "south: pay"
    assert "share of worlds" in vegalite_to_svg(spec)
