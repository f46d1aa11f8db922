"""The agenda: where each party stands, in words, leading to what it rests on."""

import csv
import io
import re
from dataclasses import replace

import pytest

from detente.articles import Article
from detente.claims import Demand, Issue, Party, Signal
from detente.desk.agenda import Order, matrix, ordered
from detente.evidence import Evidence
from detente.record.model import Record
from detente.vocabulary import PartyKind, Review, SignalKind

TEXT = "Varda asked Orland to open the dam. Later Varda insisted that Orland open the dam at once."


def article(name: str, day: str) -> Article:
    return Article(id=name, file=f"{name}.txt", sha256="", text=TEXT, published=day)


def demand(name: str, what: str, firm: float, home: str) -> Demand:
    start = TEXT.index(what)
    words = Evidence(article=home, start=start, end=start + len(what), quote=what)
    return Demand(id=name, by="v", of="o", what=what, evidence=(words,), issue="dam", firm=firm)


def party(name: str, above: str | None = None) -> Party:
    return Party(id=name[0].lower(), name=name, kind=PartyKind.STATE, member_of=above)


RECORD = Record(
    articles=(article("old", "2001-02-03"), article("new", "2001-05-06")),
    parties=(party("Varda"), party("Orland")),
    issues=(Issue(id="dam", label="the dam"),),
    demands=(
        demand("first", "open the dam", 0.5, "old"),
        demand("last", "open the dam at once", 0.9, "new"),
    ),
)


def test_a_stand_is_the_latest_demand_and_stands_since_it_was_first_told_so():
    stand = matrix(RECORD).stands["v", "dam"]
    assert (stand.verb, stand.words) == ("asks of Orland", "open the dam at once")
    assert (stand.firm, stand.sources) == ("insisted on", 2)
    assert (stand.since, stand.latest) == ("2001-02-03", "2001-05-06")


def test_a_signal_says_how_firm_a_stand_is():
    line = Signal(
        id="s", party="v", signal=SignalKind.RED_LINE, issue="dam", evidence=RECORD.demands[0].evidence
    )
    stand = matrix(replace(RECORD, signals=(line,))).stands["v", "dam"]
    assert (stand.firm, stand.firmness) == ("red line", 4)


def test_what_was_rejected_is_no_stand():
    rejected = tuple(replace(one, review=Review.REJECTED) for one in RECORD.demands)
    assert matrix(replace(RECORD, demands=rejected)).stands == {}


def test_a_speaker_stands_where_its_camp_does():
    envoy = Party(id="envoy", name="Ada Holm", kind=PartyKind.PERSON, member_of="v")
    spoken = replace(RECORD.demands[0], by="envoy")
    found = matrix(replace(RECORD, parties=(*RECORD.parties, envoy), demands=(spoken,)))
    assert found.parties == ("v",)


def test_rows_are_ordered_by_one_party_alone():
    other = replace(RECORD.demands[0], id="other", issue="road", firm=0.9)
    found = matrix(replace(RECORD, demands=(replace(RECORD.demands[0], firm=0.1), other)))
    labels = {"dam": "the dam", "road": "the road", None: ""}
    assert ordered(found, labels, Order.FIRM, "v") == ("road", "dam")
    assert ordered(found, labels, Order.NAME, None) == ("dam", "road")


def test_a_cell_leads_to_its_words(desk):
    page = desk.get("/agenda").text
    cell = re.search(r'href="(/agenda/evidence\?[^"]+)"', page)
    assert cell is not None
    behind = desk.get(cell[1].replace("&amp;", "&"))
    assert behind.status_code == 200
    place = re.search(r'href="(/articles/[^"]+item=[^"]+)"', behind.text)
    assert place is not None
    assert desk.get(place[1]).status_code == 200


@pytest.mark.parametrize("order", list(Order))
def test_every_order_shows(desk, order):
    assert desk.get("/agenda", params={"order": order.value}).status_code == 200


def test_the_sheet_has_a_row_an_issue_and_no_formula(desk, case, monkeypatch):
    worked = matrix(case.record())
    place, stand = next(iter(worked.stands.items()))
    hostile = replace(worked, stands={**worked.stands, place: replace(stand, verb="=HYPERLINK(1)")})
    monkeypatch.setattr("detente.desk.screens.agenda._matrix", lambda _: hostile)
    answer = desk.get("/agenda.csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))))
    assert len(rows) == 1 + len(worked.issues)
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


def test_an_unknown_cell_is_told_so(desk):
    assert desk.get("/agenda/evidence", params={"party": "x", "issue": "y"}).status_code == 404
