"""The brief as a value: sections of lines, each line with the words it rests on.

Composing makes it from a record; the page and the Markdown are two ways to print the same value.

Law: a part with ``Tone.QUOTE`` is a stretch of an article's text, character for character, and every
number in a :class:`Cite` is the number of one :class:`Note`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from detente.evidence import Evidence


class Tone(StrEnum):
    """How words are set."""

    PLAIN = "plain"
    QUOTE = "quote"
    STRONG = "strong"
    QUIET = "quiet"


class Mark(StrEnum):
    """What a reader must know before trusting a line; the value is what is printed."""

    INFERRED = "inferred"
    EXPECTED = "expected, not made"
    DOUBTFUL = "doubtful reading"
    OPINION = "only in an opinion piece"
    CHECKED = "checked by an analyst"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one tone."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Cite:
    """Numbers of the notes under the words before it."""

    notes: tuple[int, ...]


Part: TypeAlias = Words | Cite


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing said to the reader.

    Attributes:
        claims: Ids of the record's items it is made from.
    """

    parts: tuple[Part, ...]
    marks: tuple[Mark, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[int, ...]:
        """Numbers of all notes it cites, in order, each once."""
        return tuple(dict.fromkeys(n for part in self.parts if isinstance(part, Cite) for n in part.notes))

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(part.text for part in self.parts if isinstance(part, Words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table.

    Attributes:
        shade: From 0 (nothing) to 5 (most), for a table that is read by colour; else ``None``.
    """

    lines: tuple[Line, ...] = ()
    shade: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; its head names it.

    Attributes:
        key: Anchor that pictures point at, or ``None``.
    """

    head: Line
    cells: tuple[Cell, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. ``columns[0]`` heads the rows' heads.

    Attributes:
        is_grid: Whether the rows' heads say much and the cells a word each.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_grid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines one under another, with a heading of their own where they need one."""

    lines: tuple[Line, ...]
    heading: str | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture; everything in it also stands in a table or list beside it.

    Attributes:
        svg: A whole ``<svg>`` element, safe to place in a page.
    """

    title: str
    description: str
    svg: str


Block: TypeAlias = Table | Listing | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the brief.

    Attributes:
        key: Anchor, in lower case.
        lead: What the section shows and how to read it, one or two sentences; ``None`` where plain.
        marks: What holds of every line in it.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    lead: str | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Evidence, numbered, in its context.

    Attributes:
        number: From 1, in the order of first use.
        before: Words of the article that lead up to the quote; may be empty.
        after: Words that follow it; may be empty.
        source: Number of its :class:`Source`.
        said_by: Who says it, in words; ``None`` where the article tells it in its own voice.
    """

    number: int
    evidence: Evidence
    before: str
    after: str
    source: int
    said_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article as a reader would call it.

    Attributes:
        number: From 1, in the record's order.
        article: ``Article.id``.
        name: Outlet, title and date.
        kind: "report", "opinion" or "analysis".
        detail: Author, page, address, file: what helps to find it again.
    """

    number: int
    article: str
    name: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a person reads.

    Attributes:
        covers: What it rests on, one line: articles, dates, counts.
        method: How it was made and how far to trust it, a few sentences.
    """

    title: str
    covers: str
    method: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]

    def lines(self) -> Iterator[Line]:
        """Every line, in the order of reading."""
        for section in self.sections:
            for block in section.blocks:
                yield from lines_of(block)


def lines_of(block: Block) -> Iterator[Line]:
    """The lines of a block, in the order of reading."""
    if isinstance(block, Listing):
        yield from block.lines
    elif isinstance(block, Table):
        for row in block.rows:
            yield row.head
            for cell in row.cells:
                yield from cell.lines
