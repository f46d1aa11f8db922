"""Tables of small negotiations, worked by hand."""

import json

import pytest

from detente.analysis.tables import obvious_tables, tables, tables_json
from detente.errors import NotEnoughEvidence
from detente.negotiation.model import (
    Negotiation,
    NegotiationParty,
    Option,
    Range,
    Ranking,
    RedLine,
    Table,
    Weights,
)


def weights(**values):
    return Weights(values={option: Range(v, v) for option, v in values.items()})


def valley(**changes):
    """Two states that could trade; rebels whom one of the gifts ruins, and who can burn the bridge."""
    parts = {
        "id": "valley",
        "parties": tuple(NegotiationParty(id=p, name=p.title()) for p in ("ardia", "belmark", "rebels")),
        "options": (
            Option(id="expel", by="ardia", text="expel the rebels", issue="rebels"),
            Option(id="toll", by="belmark", text="drop the river toll", issue="toll"),
            Option(id="burn", by="rebels", text="burn the bridge"),
        ),
        "status_quo": "000",
        "preferences": {
            "ardia": weights(expel=-10, toll=30, burn=-20),
            "belmark": weights(expel=40, toll=-15, burn=-5),
            "rebels": weights(expel=-50, burn=5),
        },
        "tables": (
            Table(id="two", parties=("ardia", "belmark"), label="the two states"),
            Table(id="three", parties=("ardia", "belmark", "rebels")),
        ),
    }
    return Negotiation(**{**parts, **changes})


def test_two_who_can_trade_are_told_apart_from_three_who_cannot():
    found = tables(valley())
    two, three = found.tables
    assert two.package == ("expel", "toll")
    assert two.gains == {"ardia": 20.0, "belmark": 25.0}
    assert two.all_gain
    assert not three.all_gain
    assert found.widest == "two"
    assert "the two states can settle most: 2 issues" in found.words


def test_whoever_is_left_outside_and_loses_is_named_with_its_answer():
    two = tables(valley()).tables[0]
    assert [one.party for one in two.outsiders] == ["rebels"]
    rebels = two.outsiders[0]
    assert (rebels.change, rebels.takes) == (-50.0, ("burn",))
    assert rebels.share == pytest.approx(-50 / 55)
    assert "it would answer: burn the bridge" in rebels.words


def test_what_moves_only_at_a_larger_table_is_said():
    assert tables(valley()).tables[1].only_here == ("burn",)


def test_holding_is_judged_among_those_who_sit():
    # Each would rather not give its own gift, and the other answers by withholding: SEQ, not Nash.
    two = tables(valley()).tables[0]
    assert "seq" in two.holds
    assert "nash" not in two.holds
    assert ("expel", "toll") in two.stable


def test_a_red_line_of_somebody_who_sits_shuts_the_table():
    found = tables(valley(red_lines=(RedLine(party="ardia", condition="not expel"),)))
    assert found.widest is None
    assert found.words == "No table gains everybody who sits at it something."


def test_a_table_at_which_nothing_is_possible_is_told_and_the_others_are_read():
    alone = Table(id="rebels", parties=("rebels", "ardia"), options=("burn",))
    found = tables(valley(constraints=("expel or toll",), tables=(alone, *valley().tables)))
    assert found.tables[0].refused is not None
    assert found.tables[1].package is not None


def test_without_tables_the_obvious_ones_are_compared():
    found = tables(valley(tables=()))
    assert found.derived
    assert [t.table.id for t in found.tables] == ["ardia+belmark", "ardia+rebels", "belmark+rebels", "all"]


def test_an_order_of_states_can_be_compared_too():
    order = ("11", "10", "00", "01")
    pair = Negotiation(
        id="pair",
        parties=(NegotiationParty(id="a", name="A"), NegotiationParty(id="b", name="B")),
        options=(Option(id="x", by="a", text="x"), Option(id="y", by="b", text="y")),
        states=order,
        status_quo="00",
        preferences={"a": Ranking(tiers=tuple((s,) for s in order)), "b": weights(x=1, y=1)},
        tables=(Table(id="both", parties=("a", "b")), Table(id="alone", parties=("a",))),
    )
    both, alone = tables(pair).tables
    assert both.package == ("x", "y")
    assert alone.package == ("x",)


def test_one_party_alone_has_no_table():
    alone = Negotiation(id="alone", parties=(NegotiationParty(id="a", name="A"),))
    assert obvious_tables(alone) == ()
    with pytest.raises(NotEnoughEvidence, match="fewer than two parties"):
        tables(alone)


def test_the_json_is_plain():
    shown = json.loads(json.dumps(tables_json(tables(valley()))))
    assert shown["schema"] == "detente/tables/1"
    assert shown["tables"][0]["issues"] == {"rebels": ["expel"], "toll": ["toll"]}
