"""An article cut into marked pieces: nothing lost, nothing added, every mark where it stands."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from detente.articles import Region
from detente.desk.segments import MOST_LANES, Mark, as_html, blocks, exactly, lanes
from detente.vocabulary import RegionKind

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab \n\r\t<>&\"'😀ש"), st.characters(exclude_categories=("Cs",), min_codepoint=1)
    ),
    max_size=300,
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    ends = st.integers(-5, len(text) + 5)
    spans = draw(st.lists(st.tuples(ends, ends), max_size=12))
    return text, [
        Mark(item=f"i{n % 7}", start=min(span), end=max(span), look="x") for n, span in enumerate(spans)
    ]


@st.composite
def regions_of(draw: st.DrawFn, length: int) -> list[Region]:
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
    kinds = st.sampled_from(list(RegionKind))
    return [
        Region(kind=draw(kinds), start=start, end=end)
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]


@given(marked(), st.data())
def test_the_pieces_in_order_are_the_text(case: tuple[str, list[Mark]], data: st.DataObject):
    text, marks = case
    cut = list(blocks(text, marks, data.draw(regions_of(len(text)))))
    assert "".join(piece.text for block in cut for piece in block.pieces) == text
    assert all(text[p.start : p.start + len(p.text)] == p.text for block in cut for p in block.pieces)
    assert [block.start for block in cut] == sorted({block.start for block in cut})


@given(marked())
def test_each_character_is_under_just_the_marks_that_cover_it(case: tuple[str, list[Mark]]):
    text, marks = case
    for block in blocks(text, marks):
        for piece in block.pieces:
            for at in range(piece.start, piece.start + len(piece.text)):
                over = sorted(mark.item for mark in marks if mark.start <= at < mark.end)
                assert sorted(mark.item for mark, _ in piece.marks) == over


@given(marked())
def test_items_that_overlap_have_lanes_of_their_own_while_there_are_any(case: tuple[str, list[Mark]]):
    text, marks = case
    laned = lanes(marks, len(text))
    reach = {}
    for mark, lane in laned:
        low, high, _ = reach.get(mark.item, (mark.start, mark.end, lane))
        reach[mark.item] = (min(low, mark.start), max(high, mark.end), lane)
    for item, (low, high, lane) in reach.items():
        for other, (start, end, theirs) in reach.items():
            if item != other and low < end and start < high and lane == theirs:
                assert lane == MOST_LANES - 1


@given(TEXTS)
def test_the_html_reads_back_as_the_text(text: str):
    marks = [Mark(item="a", start=1, end=5, look="x"), Mark(item="b", start=3, end=9, look="x")]
    page = "".join(str(as_html(block)) for block in blocks(text, marks))
    # Python reads a reference to a carriage return as a browser does.
    assert html.unescape(re.sub(r"<[^>]*>", "", page)) == text


def test_a_very_long_line_is_cut_between_words():
    text = "word " * 100_000
    cut = list(blocks(text, []))
    assert len(cut) > 50
    assert all(block.pieces[-1].text.endswith(" ") for block in cut)


def test_a_very_long_word_is_cut_all_the_same():
    assert max(block.length for block in blocks("x" * 100_000, [])) <= 8_000


def test_a_region_begins_a_block():
    text = "Menu\nThe talks began."
    cut = list(blocks(text, [], [Region(kind=RegionKind.CHROME, start=0, end=5)]))
    assert [(block.start, block.region) for block in cut] == [(0, RegionKind.CHROME), (5, RegionKind.BODY)]


def test_halves_of_pairs_and_nul_are_shown_by_one_sign_each():
    assert str(exactly("a\x00\ud83db")) == "a␀\N{REPLACEMENT CHARACTER}b"
