"""The brief on the desk: the first of every part, and where all of it stands."""

import re

import pytest
from fastapi.testclient import TestClient

from detente.articles import Article
from detente.brief.compose import compose
from detente.brief.model import Brief, Cell, Cite, Listing, Note, Row, Section, Table, Words
from detente.brief.notes import say
from detente.desk.case import Case
from detente.desk.front_page import (
    MOST_IN_CELL,
    MOST_LINES,
    MOST_NOTES,
    MOST_ROWS,
    front_page,
    further,
    in_front,
)
from detente.evidence import Evidence
from detente.record.model import Record


def note(number: int) -> Note:
    words = Evidence(article="a", start=0, end=4, quote="rain")
    return Note(number=number, evidence=words, before="", after="", source=1, said_by=None)


def brief(*sections: Section, notes: int = 0) -> Brief:
    return Brief(
        title="Rain",
        covers="",
        method=(),
        sections=sections,
        notes=tuple(note(number) for number in range(1, notes + 1)),
        sources=(),
    )


def section(*blocks: Listing | Table, key: str = "agenda") -> Section:
    return Section(key=key, title="A part", blocks=blocks)


def cited(*numbers: int) -> Listing:
    return Listing(lines=(say("Rain", Cite(numbers)),))


def row(text: str, *, key: str | None = None, lines: int = 1) -> Row:
    cell = Cell(lines=tuple(say(f"{text} {number}") for number in range(lines)))
    return Row(head=say(text), cells=(cell,), key=key)


def table(rows: list[Row]) -> Table:
    return Table(caption="All", columns=("What", "Which"), rows=tuple(rows))


def test_the_first_rows_and_lines_of_a_part_stay():
    long = Listing(lines=tuple(say(str(number)) for number in range(40)))
    shown = in_front(brief(section(table([row(str(n), lines=5) for n in range(40)]), long)))
    rows, lines = shown.sections[0].blocks
    assert isinstance(rows, Table)
    assert isinstance(lines, Listing)
    assert [one.head.text for one in rows.rows] == [str(n) for n in range(MOST_ROWS)]
    assert [line.text for line in lines.lines] == [str(n) for n in range(MOST_LINES)]
    cell = rows.rows[0].cells[0]
    assert [line.text for line in cell.lines] == [*(f"0 {n}" for n in range(MOST_IN_CELL)), "and more"]


def test_every_row_that_a_picture_leads_to_stays():
    shown = in_front(brief(section(table([row(str(n), key=f"event-{n}") for n in range(40)]))))
    (block,) = shown.sections[0].blocks
    assert isinstance(block, Table)
    assert len(block.rows) == 40


def test_the_state_of_play_stays_whole():
    whole = section(Listing(lines=tuple(say(str(n), Cite((1, 2, 3, 4))) for n in range(10))), key="play")
    assert in_front(brief(whole, notes=4)).sections == (whole,)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        pytest.param((), " and 2 more", id="nothing was left out before"),
        pytest.param((Words(" and 9 more"),), " and 11 more", id="nine were left out before"),
        pytest.param((Words(", she said"),), " and 2 more, she said", id="the sentence goes on"),
    ],
)
def test_few_numbers_follow_a_line_and_it_says_how_many_more(after, said):
    line = say("Rain", Cite((1, 2, 3, 4)), *after)
    shown = in_front(brief(section(Listing(lines=(line,))), notes=4))
    (only,) = shown.lines()
    assert only.notes == tuple(range(1, MOST_NOTES + 1))
    assert only.text == f"Rain{said}"


def test_notes_that_no_line_uses_are_left_out_and_the_rest_is_numbered_anew():
    many = Listing(lines=tuple(say(str(n), Cite((n + 1,))) for n in range(12)))
    shown = in_front(brief(section(many), section(cited(12)), notes=12))
    assert [one.number for one in shown.notes] == list(range(1, MOST_LINES + 2))
    assert [line.notes for line in shown.lines()] == [(n,) for n in range(1, MOST_LINES + 2)]


def test_nothing_leads_on_to_what_is_not_there():
    assert set(further(Record())) == {"holds"}
    assert set(further(Record(articles=(Article(id="a", file="a", sha256="", text="x"),)))) == {
        "holds",
        "voices",
    }


def test_every_link_of_the_page_leads_somewhere(desk: TestClient, case: Case):
    record = case.record()
    page = front_page(compose(record), record)
    onward = set(re.findall(r'class="further.*?</p>', page))
    addresses = {address for part in onward for address in re.findall(r'href="([^"]+)"', part)}
    assert {"/agenda", "/disputes", "/articles"} <= addresses
    for address in addresses:
        assert desk.get(address.replace("&amp;", "&")).status_code == 200
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))


def test_all_of_a_part_is_counted(case: Case):
    record = case.record()
    demands = record.standing().demands
    assert further(record)["agenda"][0].words == f"All {len(demands):,} demands"
