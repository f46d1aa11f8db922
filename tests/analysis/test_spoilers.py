"""Spoilers are named with their move and with what would take its reason away."""

import pytest

from detente.analysis.spoilers import RemedyKind, spoilers, spoilers_json
from detente.errors import InvalidNegotiation
from detente.negotiation.file import load_negotiation

TALKS = """\
negotiation: toll
parties: [{id: north, name: the North}, {id: south, name: the South}, {id: band, name: the band}]
options:
  - {id: open, by: north, text: open the port}
  - {id: guard, by: north, text: guard the road}
  - {id: pay, by: south, text: pay the toll}
  - {id: raid, by: band, text: raid the road}
status_quo: "0000"
preferences:
  north: {weights: {open: -10, pay: 30, raid: -20, guard: -5}}
  south: {weights: {open: 25, pay: -5, raid: -5}}
  band: {weights: {raid: 8, guard: -9, pay: 12}}
tables: [{id: two, parties: [north, south]}]
"""


def talks():
    return load_negotiation(TALKS, "toll.yaml")


def test_who_sits_outside_and_would_upset_the_deal_is_named():
    outcome = spoilers(talks(), states=["1010"], table="two").outcomes[0]
    band = next(spoiler for spoiler in outcome.spoilers if spoiler.party == "band")
    assert band.at_table is False
    assert band.move.takes == ("raid",)
    assert band.gain == 8
    assert band.held  # the South's own interest is then to stop paying, worth 12 to the band
    north = next(spoiler for spoiler in outcome.spoilers if spoiler.party == "north")
    assert north.at_table is True


def test_what_would_take_the_reason_away_is_worth_at_least_the_gain():
    outcome = spoilers(talks(), states=["1010"]).outcomes[0]
    band = next(spoiler for spoiler in outcome.spoilers if spoiler.party == "band")
    told = {(r.kind, r.option) for r in band.remedies}
    assert (RemedyKind.THREAT, "guard") in told
    assert (RemedyKind.THREAT, "pay") in told
    assert (RemedyKind.WORTH, "raid") in told
    assert all(r.worth >= 8 for r in band.remedies)


def test_a_state_that_all_like_has_no_spoiler():
    assert spoilers(talks(), states=["0001"]).outcomes[0].spoilers == ()


def test_without_a_state_the_status_quo_and_the_firmest_are_looked_at():
    finding = spoilers(talks())
    assert finding.outcomes[0].state == "0000"
    assert all(outcome.equilibrium for outcome in finding.outcomes[1:])
    assert spoilers_json(finding)["schema"] == "detente/spoilers/1"


def test_an_unknown_table_gets_one_line():
    with pytest.raises(InvalidNegotiation, match="no table 'three': it has two"):
        spoilers(talks(), table="three")
