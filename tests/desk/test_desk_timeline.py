"""The timeline: marks in years, months and days; counts where they are too many; a line for each fate."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import Article
from detente.brief.names import Names
from detente.claims import Demand, Party, Promise, StatusReport
from detente.desk.timeline import (
    SHOWN,
    Zoom,
    by_cell,
    columns,
    fitting_zoom,
    moved,
    timeline,
    wanted,
)
from detente.desk.timeline_drawing import drawn
from detente.evidence import Evidence
from detente.record.model import Record
from detente.vocabulary import ClaimKind, PartyKind, PromiseStatus

TEXT = "Varda promised to open the dam. Varda kept its word."
WORDS = Evidence(article="a", start=0, end=31, quote=TEXT[:31])
KEPT = Evidence(article="a", start=32, end=len(TEXT), quote=TEXT[32:])


def record(demands: int = 0) -> Record:
    fate = StatusReport(status=PromiseStatus.KEPT, by=None, on="2001-06-01", because=KEPT)
    promise = Promise(
        id="p",
        by="v",
        to=None,
        what="open the dam",
        made="2001-02-01",
        status=PromiseStatus.KEPT,
        evidence=(WORDS,),
        reports=(fate,),
    )
    many = (
        Demand(id=f"d{n}", by="v", of=None, what="pay <b>now</b>", evidence=(WORDS,), when="2001-03-04")
        for n in range(demands)
    )
    return Record(
        articles=(Article(id="a", file="a.txt", sha256="", text=TEXT, published="2001-02-01"),),
        parties=(Party(id="v", name="Varda & Co", kind=PartyKind.STATE),),
        demands=tuple(many),
        promises=(promise,),
    )


def picture(held: Record, zoom: Zoom) -> ElementTree.Element:
    found = timeline(held)
    marks = wanted(found, SHOWN, None)
    shown = columns(zoom, date.fromordinal(marks[0].day), marks[-1].day)
    lanes = {0: "Varda & Co"}
    svg = drawn(by_cell(marks, shown), lanes, shown, names=Names(held), closer=lambda _: "/timeline")
    return ElementTree.fromstring(svg)  # our own picture


def classes(svg: ElementTree.Element) -> list[str]:
    return [each.get("class", "") for each in svg.iter()]


def test_a_line_leads_from_a_promise_to_what_became_of_it():
    svg = picture(record(), Zoom.MONTH)
    assert classes(svg).count("kept") == 1
    assert "fate kept" in classes(svg)


def test_too_many_marks_are_a_number():
    assert "many" not in classes(picture(record(3), Zoom.DAY))
    svg = picture(record(400), Zoom.MONTH)
    assert "many" in classes(svg)
    assert "400" in [each.text for each in svg.iter()]


def test_no_style_stands_in_the_picture():
    assert not any(each.get("style") for each in picture(record(3), Zoom.MONTH).iter())


def test_only_the_kinds_asked_for_are_there():
    found = timeline(record(2))
    assert len(wanted(found, [ClaimKind.DEMANDS], None)) == 2
    assert len(wanted(found, [ClaimKind.PROMISES], None)) == 2
    assert fitting_zoom(wanted(found, SHOWN, None)) is Zoom.MONTH


@given(st.sampled_from(Zoom), st.dates(date(2, 1, 1), date(9900, 1, 1)))
def test_columns_follow_one_another_without_a_gap(zoom, day):
    shown = columns(zoom, day)
    assert shown[0].start <= day.toordinal() <= shown[0].end
    assert all(one.end + 1 == other.start for one, other in pairwise(shown))


@given(st.sampled_from(Zoom), st.dates(), st.integers(-50_000, 50_000))
def test_no_date_is_too_far(zoom, day, by):
    assert columns(zoom, moved(zoom, day, by))


def test_the_table_says_the_same(desk):
    page = desk.get("/timeline", params={"view": "table", "zoom": "year"}).text
    rows = page.count('<th scope="row">')
    marks = re.search(r"([\d,]+) of [\d,]+ marks?", page)
    assert marks is not None
    assert rows == min(100, int(marks[1].replace(",", "")))


@pytest.mark.parametrize(
    "asked", [{"zoom": "week"}, {"start": "soon"}, {"act": "sing", "kind": "statements"}]
)
def test_what_is_not_understood_is_told(desk, asked):
    answer = desk.get("/timeline", params=asked)
    assert answer.status_code == 400
    assert "no " in answer.text
