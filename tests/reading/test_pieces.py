from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from detente.reading.pieces import cut_into_pieces, input_of, paragraph_starts_of, windows_of

WEIGHTS = Path(str(resources.files("detente.reading") / "weights"))
TOKENIZER = WEIGHTS / "tokenizer.json"
pytestmark = pytest.mark.skipif(not TOKENIZER.is_file(), reason="no weights in this build")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    loaded = Tokenizer.from_file(str(TOKENIZER))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


@pytest.fixture(scope="module")
def cut(tokenizer):
    return lambda text: cut_into_pieces(text, tokenizer)


def words_of(text, pieces):
    return [text[s:e] for s, e, first in zip(pieces.starts, pieces.ends, pieces.first, strict=True) if first]


def test_offsets_are_of_the_text_as_it_came(cut):
    text = "  Café “Zürich”:\n\nthe envoy’s plan 🙂 failed"
    words = words_of(text, cut(text))
    assert words[:5] == ["Café", "“", "Zürich", "”", ":"]
    assert words[-1] == "failed"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param(" \n\t\n ", 0, id="blanks"),
        pytest.param("שלום", 1, id="right to left"),
        pytest.param("!!!", 3, id="no letters"),
    ],
)
def test_odd_texts_are_cut_too(cut, text, count):
    assert len(words_of(text, cut(text))) == count


def test_a_lone_surrogate_moves_no_offset(cut):
    text = "\ud800 the envoy"
    assert words_of(text, cut(text))[-2:] == ["the", "envoy"]


def test_a_paragraph_opens_a_unit(cut):
    pieces = cut("One thing.\n\nAnother thing.")
    assert [unit.opens_paragraph for unit in pieces.units] == [True, True]


def test_capitals_and_quotations_show_in_the_looks(cut):
    pieces = cut('The UN said "no deal" today')
    assert pieces.looks.tolist() == [1, 2, 0, 3, 3, 3, 3, 0]


def test_a_quotation_left_open_ends_some_day(cut):
    pieces = cut('He said "' + "word " * 400)
    assert pieces.looks[20] == 3
    assert pieces.looks[-1] == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.booleans())
def test_windows_own_every_piece_once_and_fit(cut, lengths, stops):
    text = "\n".join(("word. " if stops else "word ") * n for n in lengths)
    pieces = cut(text)
    windows = list(windows_of(pieces, size=64, context=10))
    assert [w.start for w in windows] == [0, *(w.end for w in windows[:-1])]
    assert windows[-1].end == len(pieces.ids)
    breaks = paragraph_starts_of(pieces)
    assert all(len(input_of(pieces, w, breaks).ids) <= 64 + len(lengths) for w in windows)


def test_a_line_of_a_million_words_is_cut(cut):
    pieces = cut("word " * 200_000)
    assert len(pieces.ids) == 200_000
    assert max(w.end - w.context_start for w in windows_of(pieces)) <= 256
