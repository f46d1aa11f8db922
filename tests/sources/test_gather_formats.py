"""Every format gives the same words, and every broken file of a format one line."""

import itertools
import json

import made_files as made
import pytest

from detente.articles import Article, Unread
from detente.settings import Settings
from detente.sources.formats.tables import ColumnMap
from detente.sources.gather import gather

PAGE = (
    "<html><body><h1>River talks end</h1>"
    + "".join(f"<p>{p}</p>" for p in made.PARAGRAPHS)
    + "</body></html>"
)
TEXT = "\n\n".join([made.TITLE, *made.PARAGRAPHS])


def read(tmp_path, name, content, columns=None):
    (tmp_path / name).write_bytes(content)
    return list(gather([tmp_path / name], Settings(), columns=columns))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.docx", made.word(made.PARAGRAPHS, title=made.TITLE), id="Word"),
        pytest.param("a.rtf", made.rich_text([made.TITLE, *made.PARAGRAPHS]), id="RTF"),
        pytest.param("a.doc", made.rich_text([made.TITLE, *made.PARAGRAPHS]), id="RTF named Word"),
        pytest.param("a.eml", made.mail(made.PARAGRAPHS, subject="Fwd: River talks end"), id="mail"),
        pytest.param("a.eml", made.mail([""], subject="RE: River talks end", html=PAGE), id="mail as a page"),
        pytest.param("a.mht", made.web_archive(PAGE, "https://herald.example/river"), id="web archive"),
        pytest.param("a.html", PAGE.encode(), id="page"),
        pytest.param("a.jsonl", json.dumps({"title": made.TITLE, "body": TEXT}).encode(), id="JSON Lines"),
        pytest.param("a.json", json.dumps([{"headline": made.TITLE, "text": TEXT}]).encode(), id="JSON"),
        pytest.param(
            "a.csv", f'Headline,Full Text\n{made.TITLE},"{TEXT}"\n'.encode(), id="CSV"
        ),
        pytest.param("a.xlsx", made.workbook([("Title", "Body"), (made.TITLE, TEXT)]), id="workbook"),
    ],
)  # fmt: skip
def test_every_format_gives_the_same_words(tmp_path, name, content):
    (article,) = read(tmp_path, name, content)
    assert isinstance(article, Article), article
    assert article.text == TEXT
    assert article.title == made.TITLE


def test_lines_of_a_pdf_become_paragraphs_and_its_largest_letters_the_title(tmp_path):
    (article,) = read(tmp_path, "a.pdf", made.story_pdf())
    assert article.title == "River talks end without a day for more"
    assert article.text == "\n\n".join([article.title, *made.PARAGRAPHS])


def test_page_numbers_and_running_heads_of_a_pdf_do_not_cut_its_sentences(tmp_path):
    words = [a + b for a, b in itertools.product("abcdefghijklm", "nopqrstuvwxy")]
    pages = []
    for number in range(4):
        lines = [(9.0, "Lume Herald quarterly"), (11.0, "")]
        starts = range(number * 39, number * 39 + 39, 13)
        lines += [(11.0, " ".join(words[start : start + 13])) for start in starts]
        pages.append([*lines, (9.0, f"Page {number + 1} of 4")])
    (article,) = read(tmp_path, "a.pdf", made.pdf(pages))
    assert article.text.split() == words


def test_a_files_attached_to_a_mail_are_read_by_themselves(tmp_path):
    attached = ("note.docx", made.word(made.PARAGRAPHS[:2], title="Notes of the day"))
    mail, note = read(
        tmp_path, "a.eml", made.mail(made.PARAGRAPHS, subject="River talks end", attached=attached)
    )
    assert (mail.title, mail.author, mail.published) == ("River talks end", "Ann Reed", "2010-06-09")
    assert (note.title, note.file.endswith("a.eml/note.docx")) == ("Notes of the day", True)


def test_a_table_tells_all_that_its_columns_hold(tmp_path):
    rows = (
        "Title;Publication;Byline;Pub Date;Body;URL;Article ID;Page\n"
        f"{made.TITLE};Lume Herald;Ann Reed;9 June 2010;{made.PARAGRAPHS[0]};https://herald.example/1;LH-77;A3\n"
        "Nothing said;Lume Herald;;;;;;\n"
    )
    article, empty = read(tmp_path, "a.csv", rows.encode())
    told = (
        article.title,
        article.outlet,
        article.author,
        article.published,
        article.url,
        article.source_id,
        article.page,
    )
    assert told == (
        made.TITLE,
        "Lume Herald",
        "Ann Reed",
        "2010-06-09",
        "https://herald.example/1",
        "LH-77",
        "A3",
    )
    assert article.text == f"{made.TITLE}\n\n{made.PARAGRAPHS[0]}"
    assert article.file.endswith("a.csv#1")
    assert isinstance(empty, Unread)
    assert "no text" in empty.reason


def test_a_column_map_goes_before_the_guess(tmp_path):
    rows = f"text,what,kopf\nirrelevant,{made.PARAGRAPHS[0].replace(',', '')},{made.TITLE}\n"
    (article,) = read(tmp_path, "a.csv", rows.encode(), columns=ColumnMap(text="what", title="kopf"))
    assert article.title == made.TITLE
    assert "irrelevant" not in article.text


def test_a_bad_line_of_json_is_named_and_the_others_are_read(tmp_path):
    good = json.dumps({"text": TEXT})
    found = read(tmp_path, "a.jsonl", f"{good}\n{{bad\n[1]\n".encode())
    assert [type(f) for f in found] == [Article, Unread, Unread]
    assert found[1].file.endswith("#line 2")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("a.pdf", made.pdf([[(11, "x")]], encrypt=True), "password", id="locked PDF"),
        pytest.param("a.pdf", made.pdf([[]]), "scan", id="PDF without words"),
        pytest.param("a.pdf", b"%PDF-1.4 cut", "damaged", id="cut PDF"),
        pytest.param("a.pdf", b"hello", "not a PDF", id="no PDF"),
        pytest.param("a.docx", made.word(made.PARAGRAPHS)[:-300], "not a Word document", id="cut Word"),
        pytest.param("a.docx", b"hello", "not a Word document", id="Word that is no zip"),
        pytest.param("a.docx", made.package({"x": b"y"}), "no word/document.xml", id="zip that is no Word"),
        pytest.param(
            "a.docx", made.package({"word/document.xml": b"<a/>"}), "damaged", id="Word without its parts"
        ),
        pytest.param("a.docx", made.word([]), "without words", id="empty Word"),
        pytest.param(
            "a.docx", made.package({"word/document.xml": b" " * 90_000_000}), "bomb", id="Word bomb"
        ),
        pytest.param("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, ".docx", id="old Word"),
        pytest.param("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "password", id="locked Word"),
        pytest.param("a.rtf", b"hello", "not a Rich Text", id="no RTF"),
        pytest.param("a.rtf", b"{\\rtf1 }", "without words", id="empty RTF"),
        pytest.param("a.eml", b"\n\nhello", "no headers", id="mail without headers"),
        pytest.param("a.eml", b"Subject: x\nFrom: y\n\n", "without words", id="empty mail"),
        pytest.param("a.mht", b"Subject: x\n\nhello", "without a page", id="web archive without a page"),
        pytest.param("a.jsonl", b"nope\n", "no line", id="no JSON Lines"),
        pytest.param("a.jsonl", b'{"x": 1}\n', "no column holds the text", id="JSON without text"),
        pytest.param("a.json", b"{", "not JSON", id="cut JSON"),
        pytest.param("a.json", b"[" * 100_000, "not JSON", id="JSON nested without end"),
        pytest.param("a.json", b'{"a": 1}', "not a list of articles", id="other JSON"),
        pytest.param("a.csv", b"a,b\n1,2\n", "a, b", id="CSV without text"),
        pytest.param("a.csv", b"a,b\n", "without rows", id="CSV without rows"),
        pytest.param("a.xlsx", b"hello", "not a workbook", id="no workbook"),
        pytest.param("a.xlsx", made.workbook([("a", "b")]), "without rows", id="workbook without rows"),
        pytest.param("a.png", b"\x89PNG\r\n\x1a\n123", "picture", id="picture"),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n123", "picture", id="picture under the name of text"),
        pytest.param("a.rar", b"Rar!\x1a\x07\x00", "RAR", id="RAR"),
        pytest.param("a.html", b"<!-- only a remark -->", "", id="page that is a remark"),
    ],
)
def test_every_broken_file_is_named_in_one_line(tmp_path, name, content, why):
    (found,) = read(tmp_path, name, content)
    assert isinstance(found, Unread), found
    assert why in found.reason
    assert "\n" not in found.reason
