"""An article's text cut into pieces, each under the marks that cover it, for a page that shows it whole.

Law: the texts of all pieces, in order, are the article's text, so that offsets in the page are the record's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from detente.articles import Region
from detente.vocabulary import RegionKind

MOST_LANES: Final = 5
"""Underlines that can be told apart one below the other; what overlaps more shares the lowest."""

# A block is what the browser lays out, or skips, as a whole: paragraphs together, or part of a very long one.
# Each costs on every frame: with 2,000 of them a frame took 12 ms more than with 100.
_ENOUGH: Final = 1_500
_LONGEST_BLOCK: Final = 8_000
_NOT_HELD: Final = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text that an item rests on.

    Attributes:
        item: Id of the item.
        look: Classes that say its kind, role and state; our own words, never the text's.
    """

    item: str
    start: int
    end: int
    look: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under one set of marks.

    Attributes:
        marks: Each with its lane, the outermost (longest) first.
    """

    start: int
    text: str
    marks: tuple[tuple[Mark, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that the browser lays out together.

    Attributes:
        region: What part of the article it is in.
    """

    start: int
    region: RegionKind
    pieces: tuple[Piece, ...]

    @property
    def length(self) -> int:
        """In code points."""
        return sum(len(piece.text) for piece in self.pieces)


def blocks(text: str, marks: Iterable[Mark], regions: Sequence[Region] = ()) -> Iterator[Block]:
    """The text in blocks of pieces.

    Args:
        text: The article's.
        marks: In any order; those without a character in the text are left out.
        regions: As the article has them; what none covers is body.

    >>> mark = Mark(item="d1", start=3, end=6, look="demand")
    >>> [piece.text for block in blocks("He said no.", [mark]) for piece in block.pieces]
    ['He ', 'sai', 'd no.']
    """
    laned = lanes(marks, len(text))
    opening = sorted(laned, key=lambda one: one[0].start)
    cuts = _cuts(text, regions)
    active: list[tuple[Mark, int]] = []
    coming = 0
    for (start, region), (end, _) in pairwise([*cuts, (len(text), RegionKind.BODY)]):
        inner = {start, end}
        block_marks = [one for one in active if one[0].end > start]
        while coming < len(opening) and opening[coming][0].start < end:
            block_marks.append(opening[coming])
            coming += 1
        for mark, _lane in block_marks:
            inner.update(at for at in (mark.start, mark.end) if start < at < end)
        yield Block(start, region, tuple(_pieces(text, sorted(inner), block_marks)))
        active = block_marks


def lanes(marks: Iterable[Mark], length: int) -> list[tuple[Mark, int]]:
    """Each mark with the lane of its item: items that overlap have different ones, while there are any.

    >>> a, b = Mark(item="a", start=0, end=9, look=""), Mark(item="b", start=3, end=6, look="")
    >>> [(mark.item, lane) for mark, lane in lanes([a, b], 9)]
    [('a', 0), ('b', 1)]
    """
    within: dict[str, list[Mark]] = {}
    for mark in marks:
        kept = Mark(item=mark.item, start=max(0, mark.start), end=min(length, mark.end), look=mark.look)
        if kept.start < kept.end:
            within.setdefault(mark.item, []).append(kept)
    spans = [(min(m.start for m in of), max(m.end for m in of), item) for item, of in within.items()]
    free_from = [0] * MOST_LANES
    found = []
    for start, end, item in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        lane = next((n for n, free in enumerate(free_from) if free <= start), MOST_LANES - 1)
        free_from[lane] = max(end, free_from[lane])
        found += [(mark, lane) for mark in within[item]]
    return found


def as_html(block: Block) -> Markup:
    """The block's text with a ``<span>`` for each mark on each piece; nothing else, not even white space."""
    return Markup("").join(_piece_html(piece) for piece in block.pieces)


def exactly(text: str) -> Markup:
    r"""The text so that the browser's ``textContent`` has every code point of it, one for one.

    Only what HTML cannot hold at all is shown by a picture of it: NUL and halves of surrogate pairs.

    >>> exactly("a\r\n<b>")
    Markup('a&#13;\n&lt;b&gt;')
    """
    held = _NOT_HELD.sub(lambda one: "␀" if one[0] == "\0" else "\N{REPLACEMENT CHARACTER}", text)
    return Markup(str(escape(held)).replace("\r", "&#13;"))  # noqa: S704  # escaped just before


def _pieces(text: str, edges: Sequence[int], marks: Sequence[tuple[Mark, int]]) -> Iterator[Piece]:
    for start, end in pairwise(edges):
        over = [one for one in marks if one[0].start <= start and end <= one[0].end]
        over.sort(key=lambda one: (one[0].start - one[0].end, one[1], one[0].item))
        yield Piece(start, text[start:end], tuple(over))


def _cuts(text: str, regions: Sequence[Region]) -> list[tuple[int, RegionKind]]:
    """Where blocks begin, and in which region."""
    edges = []
    at = 0
    for region in regions:
        if region.start > at:
            edges.append((at, region.start, RegionKind.BODY))
        edges.append((region.start, region.end, region.kind))
        at = region.end
    if at < len(text):
        edges.append((at, len(text), RegionKind.BODY))
    return [(start, kind) for low, high, kind in edges for start in _paragraphs(text, low, high)]


def _paragraphs(text: str, low: int, high: int) -> Iterator[int]:
    """Where some paragraphs together begin, and where one that is too long for one block goes on."""
    at = low
    while at < high:
        yield at
        stop = text.find("\n", min(at + _ENOUGH, high), high)
        end = high if stop < 0 else stop + 1
        while end < high and text[end] == "\n":
            end += 1
        if end - at > _LONGEST_BLOCK:
            space = text.rfind(" ", at + _LONGEST_BLOCK // 2, at + _LONGEST_BLOCK)
            end = space + 1 if space >= 0 else at + _LONGEST_BLOCK
        at = end


def _piece_html(piece: Piece) -> Markup:
    html = exactly(piece.text)
    for mark, lane in reversed(piece.marks):
        html = Markup('<span class="m l{} {}" data-i="{}">{}</span>').format(lane, mark.look, mark.item, html)
    return html
