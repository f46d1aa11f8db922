"""A brief as a Word document: headings, lists and tables in Word's own styles, each note a footnote.

Pictures are left out: all they show stands in the tables beside them. Law: no character of an article
breaks the XML, and none of its words is set by markup of their own.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from detente.brief.html import visible
from detente.brief.model import (
    Block,
    Brief,
    Cite,
    Line,
    Listing,
    Mark,
    Note,
    Picture,
    Section,
    Table,
    Tone,
    Words,
)
from detente.dates import in_words
from detente.export.footnotes import Footnotes

_BIDI: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUIET: Final = RGBColor(0x59, 0x59, 0x59)
# From nothing to most; dark enough apart to be told from each other, light enough for black letters.
_SHADES: Final = ("FFFFFF", "EAF1F8", "D3E2F0", "B7CFE6", "97B9DA", "76A2CC")
# A document without a date of its own carries this one, so that two of the same brief agree.
_UNDATED: Final = date(1980, 1, 1)


def to_word(brief: Brief, on: date | None = None) -> bytes:
    """The document, whole.

    Args:
        brief: What it says.
        on: The day it is written, printed under the title; ``None``: no day is printed.
    """
    return _Writing(brief, on).written()


class _Writing:
    """One document in the making."""

    def __init__(self, brief: Brief, on: date | None) -> None:
        self._brief = brief
        self._on = on
        self._document: Document = docx.Document()
        self._footnotes = Footnotes(self._document)
        self._notes = {note.number: note for note in brief.notes}
        self._sources = {source.number: source.name for source in brief.sources}
        _set_up(self._document)

    def written(self) -> bytes:
        self._front()
        for number, section in enumerate(self._brief.sections):
            self._section(section)
            if number == 0:
                self._method()
        self._heading("Articles read", "sources")
        for source in self._brief.sources:
            detail = f"; {source.detail}" if source.detail else ""
            self._plain(f"{source.number}. {source.name} ({source.kind}{detail})")
        self._footnotes.close()
        stored = io.BytesIO()
        self._document.save(stored)
        return stored.getvalue()

    def _front(self) -> None:
        self._document.add_heading(_seen(self._brief.title), 0)
        day = f"{in_words(self._on.isoformat())}. " if self._on else ""
        self._plain(f"{day}{self._brief.covers}", style="Subtitle")
        properties = self._document.core_properties
        properties.title = _seen(self._brief.title)[:255]
        properties.author = properties.last_modified_by = "Detente"
        properties.comments = ""
        properties.created = properties.modified = datetime.combine(
            self._on or _UNDATED, time(), tzinfo=UTC
        ).replace(tzinfo=None)
        self._plain("Contents", style="TOC Heading")
        named = [(section.title, section.key) for section in self._brief.sections]
        for title, key in [*named, ("Articles read", "sources")]:
            _link(self._document.add_paragraph(), _seen(title), f"part_{key}")

    def _section(self, section: Section) -> None:
        marks = "".join(f" ({mark.value})" for mark in section.marks)
        self._heading(f"{section.title}{marks}", section.key)
        if section.lead:
            _add(self._document.add_paragraph(), section.lead, italic=True)
        for block in section.blocks:
            self._block(block)

    def _method(self) -> None:
        self._document.add_heading("How to read this", 2)
        for one in self._brief.method:
            self._plain(one)

    def _block(self, block: Block) -> None:
        if isinstance(block, Picture):
            return
        if isinstance(block, Table):
            self._table(block)
        else:
            self._listing(block)

    def _listing(self, block: Listing) -> None:
        if block.heading:
            self._document.add_heading(_seen(block.heading), 2)
        for number, line in enumerate(block.lines, 1):
            # Written numbers, since Word would count on from the list before.
            style = "List Continue" if block.numbered else "List Bullet"
            paragraph = self._document.add_paragraph(style=style)
            if block.numbered:
                _add(paragraph, f"{number}. ")
            self._line(paragraph, line)

    def _table(self, block: Table) -> None:
        self._plain(block.caption, style="Caption")
        table = self._document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            _add(cell.paragraphs[0], column, bold=True)
        _repeat_head(table.rows[0]._tr)
        for row in block.rows:
            cells = table.add_row().cells
            self._line(cells[0].paragraphs[0], row.head)
            for cell, held in zip(cells[1:], row.cells, strict=True):
                for number, line in enumerate(held.lines):
                    self._line(cell.add_paragraph() if number else cell.paragraphs[0], line)
                if not held.lines:
                    _add(cell.paragraphs[0], "–")
                if held.shade is not None:
                    _shade(cell, _SHADES[held.shade])
        self._document.add_paragraph()

    def _line(self, paragraph: Paragraph, line: Line) -> None:
        for part in line.parts:
            if isinstance(part, Cite):
                for place, number in enumerate(part.notes):
                    if place:
                        _add(paragraph, ",", superscript=True)
                    self._footnotes.cite(paragraph, number, list(self._pieces(self._notes[number])))
            else:
                _words(paragraph, part)
        for mark in line.marks:
            _add(paragraph, f" ({mark.value})", italic=True, marked=mark is Mark.DOUBTFUL)

    def _pieces(self, note: Note) -> Iterator[tuple[str, bool]]:
        yield f"{_seen(note.said_by or 'The article, in its own voice')}: ", False
        at_start = note.evidence.start == len(note.before)
        before = _seen(note.before)
        yield f"“{'' if at_start or not before else '… '}{before}{' ' if before else ''}", False
        yield _seen(note.evidence.quote), True
        after = _seen(note.after)
        yield f"{' ' if after and note.after[0].isspace() else ''}{after}{' …' if after else ''}” ", False
        yield f"— {_seen(self._sources[note.source])}", False

    def _heading(self, title: str, key: str) -> None:
        heading = self._document.add_heading(_seen(title), 1)
        number = str(100_000 + len(self._document.paragraphs))
        named = {qn("w:id"): number, qn("w:name"): f"part_{key}"}
        heading._p.insert(1, OxmlElement("w:bookmarkStart", named))
        heading._p.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): number}))

    def _plain(self, text: str, style: str | None = None) -> None:
        _add(self._document.add_paragraph(style=style), text)


def _set_up(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)


def _words(paragraph: Paragraph, words: Words) -> None:
    text = _seen(words.text)
    lead = " " if words.text[:1].isspace() else ""
    tail = " " if words.text[-1:].isspace() and text else ""
    run = paragraph.add_run(f"{lead}{text}{tail}")
    run.bold = True if words.tone is Tone.STRONG else None
    if words.tone is Tone.QUIET:
        run.font.color.rgb = _QUIET


def _add(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    superscript: bool | None = None,
    marked: bool = False,
) -> None:
    run = paragraph.add_run(_seen(text) + (" " if text[-1:] == " " else ""))
    run.bold, run.italic, run.font.superscript = bold, italic, superscript
    if marked:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _seen(text: str) -> str:
    """The text on one line, without characters that XML refuses, turning nothing that follows it around."""
    line = " ".join(visible(text).split())
    return f"\u2068{line}\u2069" if _BIDI.search(line) else line


def _link(paragraph: Paragraph, text: str, target: str) -> None:
    link = OxmlElement("w:hyperlink", {qn("w:anchor"): target, qn("w:history"): "1"})
    run = paragraph.add_run(text)
    paragraph._p.append(link)
    link.append(run._r)
    paragraph.paragraph_format.space_after = Pt(0)


def _repeat_head(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _shade(cell: _Cell, fill: str) -> None:
    shade = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): fill}
    cell._tc.get_or_add_tcPr().append(OxmlElement("w:shd", shade))
