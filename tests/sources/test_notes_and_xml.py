"""Footnotes of Word documents are kept as footnotes; Factiva's XML is read as its pages are."""

import made_exports
import made_files as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.articles import Article, Unread
from detente.settings import Settings
from detente.sources.draft import Blob
from detente.sources.gather import UNFORESEEN, articles_of
from detente.vocabulary import RegionKind

NOTES = ("Interview with a clerk of the ferry house, 4 May 2010.", "The paper’s second draft.")


def read(name: str, content: bytes) -> list[Article | Unread]:
    return list(
        articles_of(Blob(name=name, suffix=f".{name.rsplit('.', 1)[1]}", content=content), Settings())
    )


def test_footnotes_and_endnotes_stand_below_the_text_in_their_region() -> None:
    content = made.word_with_notes([made.TITLE, *made.PARAGRAPHS], NOTES, endnotes=["See the map."])
    (article,) = read("a.docx", content)
    assert isinstance(article, Article)
    told = ["[1] " + NOTES[0], "[2] " + NOTES[1], "[3] See the map."]
    assert article.text == "\n\n".join([made.TITLE, *made.PARAGRAPHS, *told])
    (span,) = article.spans(RegionKind.FOOTNOTES)
    assert article.text[slice(*span)] == "\n\n".join(told)


def test_a_document_without_notes_has_no_region_for_them() -> None:
    (article,) = read("a.docx", made.word_with_notes([made.TITLE, *made.PARAGRAPHS], []))
    assert isinstance(article, Article)
    assert article.spans(RegionKind.FOOTNOTES) == ()


def test_damaged_notes_are_told_in_one_line() -> None:
    (found,) = read("a.docx", made.word_with_notes(made.PARAGRAPHS, ["<w:p>"]))
    assert isinstance(found, Unread)
    assert "damaged" in found.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"<a><accessionNo>", "not well-formed", id="cut short"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY b "c">]><article><accessionNo>&b;</accessionNo></article>',
            "document type",
            id="entities of its own",
        ),
        pytest.param(b"<a><accessionNo>1</accessionNo></a>", "without articles", id="no article"),
        pytest.param(
            b"<a><article><accessionNo>1</accessionNo></article></a>", "without a body", id="no body"
        ),
    ],
)
def test_xml_that_is_no_bundle_is_told_in_one_line(content: bytes, reason: str) -> None:
    (found,) = read("a.xml", content)
    assert isinstance(found, Unread)
    assert reason in found.reason


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_xml_with_bytes_changed_stops_nobody(data: st.DataObject) -> None:
    whole = bytearray(made_exports.factiva_xml(made_exports.STORIES))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for found in read("a.xml", bytes(whole)):
        assert isinstance(found, Article) or UNFORESEEN not in found.reason
