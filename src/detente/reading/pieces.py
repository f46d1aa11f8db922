"""A text as word pieces with offsets, and the windows of whole paragraphs in which the encoder sees it.

Law: `starts` and `ends` are code points of the text as it came; every piece of a word carries its whole
word's offsets. Training and reading share this module, so that a model sees the same input in both.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

CLS: Final = 101
SEP: Final = 102
PAD: Final = 0
WINDOW_PIECES: Final = 256
CONTEXT_PIECES: Final = 40
# The tokenizer keeps some 200 bytes a piece while it works: a text is handed to it in stretches of this many
# characters.
STRETCH_CHARACTERS: Final = 20_000
# Paragraphs longer than this are cut at sentences, so that a window need not end in mid-sentence.
LONG_PARAGRAPH_PIECES: Final = 120
# A quotation left open for longer than this many words was never closed.
OPEN_QUOTE_WORDS: Final = 150

_PARAGRAPH: Final = re.compile(r"[^\n]+")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(A-Z0-9])")

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or a sentence of a long one: pieces that stay in one window where they fit.

    Attributes:
        start: Its first piece.
        end: The piece after its last.
        opens_paragraph: Whether it stands first in its paragraph.
    """

    start: int
    end: int
    opens_paragraph: bool


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text.

    Attributes:
        ids: Vocabulary number of each piece.
        first: Whether the piece is the first of its word.
        starts: Offset of the piece's word.
        ends: Offset after the piece's word.
        looks: 0 lower case, 1 capital, 2 all capitals; 3 more inside quotation marks.
        units: The paragraphs and sentences, in order, without gaps.
    """

    ids: Integers
    first: Flags
    starts: Integers
    ends: Integers
    looks: Integers
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that the encoder sees at once: some context that another window owns, then its own.

    Attributes:
        context_start: The first piece seen.
        start: The first piece it owns.
        end: The piece after its last.
    """

    context_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WindowInput:
    """What the encoder is given for a window; `places` leads to the text's pieces (-1 for marks between)."""

    ids: Integers
    looks: Integers
    places: Integers


class _Builder:
    """Collects pieces stretch by stretch."""

    def __init__(self, text: str) -> None:
        self.text = text
        # Arrays, not lists: a text of five megabytes has a million pieces.
        self.ids = array("q")
        self.first = array("b")
        self.starts = array("q")
        self.ends = array("q")
        self.looks = array("q")
        self.units: list[Unit] = []

    def add_stretch(
        self, start: int, ids: list[int], words: list[int | None], offsets: list[tuple[int, int]]
    ) -> None:
        """Adds the pieces of the text from `start`, a paragraph or a part of one."""
        base, count = len(self.ids), len(ids)
        quote_words = 0
        at = 0
        while at < count:
            after = at + 1
            while after < count and words[after] == words[at]:
                after += 1
            word_start, word_end = offsets[at][0] + start, offsets[after - 1][1] + start
            word = self.text[word_start:word_end]
            quote_words = _opened(word, quote_words)
            look = _look_of(word) + 3 * (quote_words > 0)
            quote_words = _closed(word, quote_words)
            if word == '"':
                look = 3
            for place in range(at, after):
                self.ids.append(ids[place])
                self.first.append(place == at)
                self.starts.append(word_start)
                self.ends.append(word_end)
                self.looks.append(look)
            at = after
        if count:
            self._add_units(base, start)

    def _add_units(self, base: int, start: int) -> None:
        end = len(self.ids)
        cuts = [base]
        if end - base > LONG_PARAGRAPH_PIECES:
            stop = self.ends[-1]
            sentences = [m.end() for m in _SENTENCE_END.finditer(self.text, start, stop)]
            pieces = np.asarray(self.starts[base:], dtype=np.int64)
            cuts += [
                base + int(i) for i in np.unique(np.searchsorted(pieces, sentences)) if 0 < i < end - base
            ]
        cuts.append(end)
        opens = start == 0 or self.text[start - 1] == "\n" or not self.units
        self.units += [Unit(a, b, opens and a == base) for a, b in pairwise(cuts)]

    def finish(self) -> Pieces:
        """The pieces collected."""
        return Pieces(
            ids=np.asarray(self.ids, dtype=np.int64),
            first=np.asarray(self.first, dtype=np.bool_),
            starts=np.asarray(self.starts, dtype=np.int64),
            ends=np.asarray(self.ends, dtype=np.int64),
            looks=np.asarray(self.looks, dtype=np.int64),
            units=tuple(self.units),
        )


def _look_of(word: str) -> int:
    if len(word) > 1 and word.isupper():
        return 2
    return 1 if word[:1].isupper() else 0


def _opened(word: str, quote_words: int) -> int:
    """Words since the quotation opened, this word counted; 0 outside of one."""
    if word in ("“", "«", "„"):
        return 1
    if quote_words:
        return quote_words + 1 if quote_words < OPEN_QUOTE_WORDS else 0
    return 0


def _closed(word: str, quote_words: int) -> int:
    if word in ("”", "»"):
        return 0
    if word == '"':
        return 0 if quote_words else 1
    return quote_words


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, those beyond the tokenizer's measure cut at a blank where there is one."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        while end - start > STRETCH_CHARACTERS:
            blank = text.rfind(" ", start + STRETCH_CHARACTERS // 2, start + STRETCH_CHARACTERS)
            cut = blank + 1 if blank > 0 else start + STRETCH_CHARACTERS
            yield start, cut
            start = cut
        if not text[start:end].isspace():
            yield start, end


def _batches(text: str) -> Iterator[list[tuple[int, int]]]:
    """Stretches, gathered up to the tokenizer's measure."""
    batch: list[tuple[int, int]] = []
    size = 0
    for start, end in _stretches(text):
        if batch and size + end - start > STRETCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append((start, end))
        size += end - start
    if batch:
        yield batch


def cut_into_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of a text of any size; lone surrogates, which no tokenizer takes, are passed over."""
    builder = _Builder(text)
    for batch in _batches(text):
        stretches = [_LONE_SURROGATE.sub("\ufffd", text[start:end]) for start, end in batch]
        encodings = tokenizer.encode_batch(stretches, add_special_tokens=False)
        for (start, _), encoding in zip(batch, encodings, strict=True):
            builder.add_stretch(start, encoding.ids, encoding.word_ids, encoding.offsets)
    return builder.finish()


def windows_of(
    pieces: Pieces,
    *,
    size: int = WINDOW_PIECES,
    context: int = CONTEXT_PIECES,
    first_size: int | None = None,
) -> Iterator[Window]:
    """Windows of whole units, each with up to `context` pieces of what stands before it.

    A unit longer than a window is cut where the window ends, at a word.

    Args:
        pieces: The text.
        size: Pieces of a window, marks between paragraphs included.
        context: Pieces of context.
        first_size: Size of the first window; training shifts the windows by it.
    """
    cap = first_size if first_size is not None else size - 2
    units = list(pieces.units)
    units.reverse()
    while units:
        start = units[-1].start
        seen_from = _word_at(pieces, max(0, start - context), start)
        used = start - seen_from + 1
        end = start
        while units and (end == start or used + (units[-1].end - units[-1].start) + 1 <= cap):
            unit = units.pop()
            used += unit.end - unit.start + 1
            end = unit.end
        limit = seen_from + size - 4
        if end > limit and end - start > limit - start > 0:
            cut = _word_before(pieces, limit, start)
            if cut < end:
                units.append(Unit(cut, end, opens_paragraph=False))
                end = cut
        yield Window(seen_from, start, end)
        cap = size - 2


def _word_at(pieces: Pieces, place: int, stop: int) -> int:
    while place < stop and not pieces.first[place]:
        place += 1
    return place


def _word_before(pieces: Pieces, place: int, start: int) -> int:
    """The word boundary at or before a place, or the place itself where a single word fills the window."""
    cut = place
    while cut > start and not pieces.first[cut]:
        cut -= 1
    return cut if cut > start else place


def input_of(pieces: Pieces, window: Window, paragraph_starts: frozenset[int]) -> WindowInput:
    """The encoder's input for a window: a separator before each paragraph but the first seen."""
    span = np.arange(window.context_start, window.end)
    breaks = [int(i) for i in span[1:] if int(i) in paragraph_starts]
    positions = np.asarray([i - window.context_start for i in breaks], dtype=np.int64)
    places = np.concatenate([[-1], np.insert(span, positions, -1), [-1]]).astype(np.int64)
    real = places >= 0
    ids = np.where(real, pieces.ids[np.maximum(places, 0)], SEP)
    ids[0] = CLS
    looks = np.where(real, pieces.looks[np.maximum(places, 0)], 0)
    return WindowInput(ids=ids, looks=looks, places=places)


def paragraph_starts_of(pieces: Pieces) -> frozenset[int]:
    """The pieces that open a paragraph."""
    return frozenset(unit.start for unit in pieces.units if unit.opens_paragraph)
