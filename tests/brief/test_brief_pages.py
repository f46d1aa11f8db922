import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from detente.articles import Article
from detente.brief.compose import compose
from detente.brief.html import to_html
from detente.brief.markdown import escaped, guarded, to_markdown
from detente.claims import Party, Spans, Statement
from detente.evidence import cut
from detente.record.model import Record
from detente.vocabulary import Act, PartyKind, Quotation

NASTY = [
    pytest.param('<script>alert(1)</script> & "co" <img src=x onerror=alert(1)>', id="markup"),
    pytest.param("]]> --> </style></svg><svg onload=alert(1)>", id="svg breakout"),
    pytest.param("{{ 7*7 }} {% include 'x' %}", id="template"),
    pytest.param("\u202eesrever\u202c מילה \U0001f54a\ufe0f 和平", id="right to left and emoji"),
    pytest.param("nul\x00bell\x07del\x7f", id="control characters"),
    pytest.param("[a](javascript:alert(1)) | *b* `c` # d ~~e~~ [^1]", id="markdown"),
    pytest.param("x" * 5000, id="very long word"),
]


@pytest.fixture(scope="module")
def page(brief):
    return to_html(brief)


@pytest.fixture(scope="module")
def tree(page):
    return lxml_html.document_fromstring(page)


def hostile(words: str) -> Record:
    """A record in which every free text is ``words``."""
    text = f"{words} said {words} again and again."
    party = Party(id=words, name=words, kind=PartyKind.PERSON, role=words)
    content = cut("a", text, (text.rindex(words), text.rindex(words) + len(words)))
    said = Statement(
        id=words, speaker=words, speaker_text=words, affiliation=words, cue="said", quote=Quotation.DIRECT,
        act=Act.PROPOSAL, target=words, spans=Spans(), confidence=0.9, evidence=(content,), via=words,
    )  # fmt: skip
    accused = replace(said, id=f"{words}2", act=Act.ACCUSATION)
    article = Article(id="a", file=words, sha256="", text=text, title=words, outlet=words, author=words)
    return Record(articles=(article,), parties=(party,), statements=(said, accused))


def plain(text: str) -> str:
    return " ".join(re.sub("[\u2068\u2069]", "", text).split())


def unescaped(markdown: str) -> str:
    bare = re.sub(r"\[\^\d+\]", "", markdown)
    bare = re.sub(r"(?<!\\)\*\*|(?<!\\)\*(?=\()|(?<=\))\*", "", bare)
    bare = bare.replace("&#64;", "@").replace("&amp;", "&")
    return plain(re.sub(r"\\(.)", r"\1", bare))


def test_every_link_leads_somewhere_in_the_page(tree):
    ids = {found.get("id") for found in tree.iter() if found.get("id")}
    hrefs = {found.get("href") for found in tree.iter() if found.get("href")}
    assert len(hrefs) > 40
    # "#closed" is meant to lead nowhere: it takes the note down without moving the page.
    assert {href[1:] for href in hrefs} - {"closed"} <= ids


def test_every_id_is_used_once(tree):
    ids = [found.get("id") for found in tree.iter() if found.get("id")]
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing_and_runs_nothing(page, tree):
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //embed | //form | //base")
    assert not tree.xpath("//@src | //@srcset | //@style | //@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import|javascript:", page)
    assert re.findall(r"https?://[^\"<\s]+", page) == ["http://www.w3.org/2000/svg"] * page.count("<svg")
    assert "default-src 'none'" in page


def test_the_page_has_landmarks_one_first_heading_and_no_level_left_out(tree):
    assert len(tree.xpath("//main")) == len(tree.xpath("//nav")) == len(tree.xpath("//h1")) == 1
    levels = [int(found.tag[1]) for found in tree.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tree.get("lang") == "en"
    assert tree.xpath("//a[@class='skip']/@href") == ["#main"]


def test_every_table_has_a_caption_and_heads_with_scope(tree):
    tables = tree.xpath("//table")
    assert len(tables) >= 6
    for table in tables:
        assert table.find("caption").text_content().strip()
        assert all(th.get("scope") in ("col", "row") for th in table.iter("th"))
        widths = {len(row.findall("th")) + len(row.findall("td")) for row in table.iter("tr")}
        assert len(widths) == 1


def test_every_picture_has_a_name_and_a_description(tree):
    pictures = tree.xpath("//*[local-name()='svg']")
    assert len(pictures) >= 2
    for picture in pictures:
        named = picture.get("aria-labelledby").split()
        assert all(picture.xpath(f".//*[@id='{key}']")[0].text for key in named)


def test_every_note_shows_its_quote_word_for_word(brief, tree):
    for note in brief.notes:
        (found,) = tree.xpath(f"//li[@id='note-{note.number}']//mark")
        assert found.text_content() == note.evidence.quote


def test_the_page_and_the_markdown_carry_the_same_lines(brief, page):
    shown = plain(lxml_html.document_fromstring(page).text_content())
    written = unescaped(to_markdown(brief))
    for line in brief.lines():
        # Numbers of notes stand between the words: look for each run of words.
        for part in line.parts:
            if hasattr(part, "text"):
                assert plain(part.text) in shown
                assert plain(part.text) in written


def test_markdown_has_a_footnote_for_each_note_and_no_other(brief):
    written = to_markdown(brief)
    defined = re.findall(r"^\[\^(\d+)\]: ", written, re.MULTILINE)
    assert [int(number) for number in defined] == [note.number for note in brief.notes]
    assert set(re.findall(r"\[\^(\d+)\]", written)) == set(defined)


def test_markdown_tables_have_as_many_cells_in_each_row(brief):
    rows = [line for line in to_markdown(brief).splitlines() if line.startswith("|")]
    assert rows
    widths = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    assert min(widths) >= 3
    for before, after in pairwise(rows):
        if after.startswith("| ---"):
            assert len(re.findall(r"(?<!\\)\|", before)) == after.count("|")


@pytest.mark.parametrize("words", NASTY)
def test_hostile_words_stay_words_on_the_page(words):
    brief = compose(hostile(words))
    tree = lxml_html.document_fromstring(to_html(brief))
    assert not tree.xpath("//script | //img | //@onload | //@onerror | //main//style")
    assert brief.notes
    assert "49" not in tree.xpath("string(//h1)")
    if words.isprintable():
        assert words in tree.text_content()


@pytest.mark.parametrize("words", NASTY)
def test_hostile_words_stay_words_in_markdown(words):
    written = to_markdown(compose(hostile(words)))
    assert not re.search(r"(?<!\\)<(?!br>)", written)
    assert not re.search(r"(?<!\\)\]\(", written)
    assert "\x00" not in written
    overrides = written.count("\u202e")
    assert written.count("\u2068") == written.count("\u2069") >= (1 if overrides else 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1. no list", r"1\. no list", id="numbered list"),
        pytest.param("- no bullet", r"\- no bullet", id="bullet"),
        pytest.param("a\n\n# b", r"a \# b", id="heading"),
        pytest.param("http://example.org", r"http\://example.org", id="address"),
    ],
)
def test_markdown_takes_text_as_text(text, expected):
    assert guarded(escaped(text)) == expected


def test_an_empty_record_makes_a_page_and_markdown():
    brief = compose(Record())
    assert lxml_html.document_fromstring(to_html(brief)).xpath("//main")
    assert to_markdown(brief).startswith("# A negotiation in the news")
