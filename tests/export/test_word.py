"""The dossier opens in python-docx, and its footnotes are Word's own."""

import io
import re
import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from detente.brief.model import (
    Brief,
    Cell,
    Cite,
    Line,
    Listing,
    Mark,
    Note,
    Row,
    Section,
    Source,
    Table,
    Tone,
    Words,
)
from detente.evidence import Evidence
from detente.export.formats import FORMATS
from detente.export.word import to_word
from detente.record.model import Record


def line(text: str, *notes: int, tone: Tone = Tone.PLAIN, marks: tuple[Mark, ...] = ()) -> Line:
    parts = (Words(text, tone), Cite(notes)) if notes else (Words(text, tone),)
    return Line(parts=parts, marks=marks)


def note(number: int, quote: str, said_by: str | None = None) -> Note:
    evidence = Evidence(article="a", start=20, end=20 + len(quote), quote=quote)
    return Note(number=number, evidence=evidence, before="Before", after=" after", source=1, said_by=said_by)


def brief(text: str = "Norland asks for the pass", quote: str = "open the pass") -> Brief:
    rows = (Row(head=line("Norland"), cells=(Cell(lines=(line(text, 1, 2),), shade=3), Cell())),)
    table = Table(caption="Who asks what", columns=("Who", "What", "Of whom"), rows=rows)
    listing = Listing(
        lines=(line(text, 1, marks=(Mark.DOUBTFUL,)), line("Sudland refuses", 1)), numbered=True,
        heading="In short",
    )  # fmt: skip
    return Brief(
        title=f"Norland and Sudland: {text}",
        covers="One article: one demand.",
        method=("Read by machine.",),
        sections=(
            Section(key="play", title="State of play", blocks=(listing,), lead="What stands."),
            Section(key="agenda", title="Agenda", blocks=(table,), marks=(Mark.INFERRED,)),
        ),
        notes=(note(1, quote, "Ada Berg"), note(2, "the heights")),
        sources=(
            Source(number=1, article="a", name="Pass Post, 4 May 2010", kind="report", detail="page 3"),
        ),
    )


def opened(content: bytes) -> tuple[docx.document.Document, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        footnotes = etree.fromstring(package.read("word/footnotes.xml"))
    return docx.Document(io.BytesIO(content)), footnotes


def words_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_headings_lists_and_tables_are_words_own() -> None:
    document, _ = opened(to_word(brief(), date(2024, 5, 1)))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Norland and Sudland: Norland asks for the pass"] == "Title"
    assert styles["1 May 2024. One article: one demand."] == "Subtitle"
    assert styles["State of play"] == styles["Agenda (inferred)"] == "Heading 1"
    assert styles["In short"] == "Heading 2"
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Who", "What", "Of whom"]
    assert table.rows[1].cells[2].text == "–"
    assert document.core_properties.title.startswith("Norland and Sudland")


def test_each_note_is_one_footnote_with_speaker_quote_and_source() -> None:
    _, footnotes = opened(to_word(brief()))
    written = {int(n.get(qn("w:id"))): words_of(n) for n in footnotes if n.get(qn("w:type")) is None}
    assert list(written) == [1, 2]
    assert "Ada Berg: “… Before open the pass after …” — Pass Post, 4 May 2010" in written[1]
    assert "The article, in its own voice" in written[2]
    bold = [words_of(run) for run in footnotes.iter(qn("w:r")) if run.find(f".//{qn('w:b')}") is not None]
    assert bold == ["open the pass", "the heights"]


def test_a_note_cited_again_refers_to_its_first_footnote() -> None:
    document, _ = opened(to_word(brief()))
    body = document.element.body
    calls = [int(call.get(qn("w:id"))) for call in body.iter(qn("w:footnoteReference"))]
    fields = [field.text.split()[1] for field in body.iter(qn("w:instrText"))]
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert calls == [1, 2]
    assert fields == ["_RefNote1", "_RefNote1"]
    assert set(fields) <= names
    assert len({mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))}) == len(names)


def test_contents_lead_to_the_headings() -> None:
    document, _ = opened(to_word(brief()))
    targets = {link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    assert targets == {"part_play", "part_agenda", "part_sources"}
    assert targets <= marks


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1))
def test_no_text_breaks_the_document(text: str) -> None:
    document, footnotes = opened(to_word(brief(text, text)))
    assert document.tables
    assert len(footnotes) == 4


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a\x00b\x0b\x1f", id="control characters"),
        pytest.param("</w:t><w:script>alert(1)</w:script>", id="markup"),
        pytest.param("\ud800 \ufffe", id="half a surrogate pair"),
        pytest.param("\u202etxet sdrawkcab", id="an override of direction"),
    ],
)
def test_hostile_words_stay_words(text: str) -> None:
    document, footnotes = opened(to_word(brief(text, text)))
    assert not list(document.element.body.iter("{*}script"))
    letters = re.sub(r"\W", "", text)
    assert letters.encode("ascii", "ignore").decode() in re.sub(r"\W", "", words_of(footnotes))


def test_two_documents_of_one_brief_agree() -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    assert parts(to_word(brief())) == parts(to_word(brief()))


def test_a_record_without_a_negotiation_still_gives_a_dossier() -> None:
    document, _ = opened(b"".join(FORMATS["docx"].chunks(Record())))
    assert document.paragraphs[0].text == "A negotiation in the news"


def test_the_page_to_print_is_the_brief() -> None:
    page = b"".join(FORMATS["print"].chunks(Record())).decode()
    assert page.startswith("<!doctype html>")
    assert "@media print" in page
