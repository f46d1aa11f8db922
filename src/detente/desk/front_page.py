"""The brief as the desk's first page: the first of every part, and where all of it stands.

Law: the state of play and every row that a picture leads to stay; a part that is cut short leads on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from detente.brief.html import for_template
from detente.brief.model import (
    Block,
    Brief,
    Cell,
    Cite,
    Line,
    Listing,
    Part,
    Row,
    Section,
    Table,
    Tone,
    Words,
)
from detente.brief.notes import say
from detente.brief.numbering import renumber
from detente.desk.environment import templates
from detente.record.model import Record
from detente.vocabulary import Act

MOST_ROWS: Final = 8
MOST_LINES: Final = 8
MOST_IN_CELL: Final = 2
MOST_NOTES: Final = 2
"""Numbers of notes after a line: each note is a thousand characters of the page."""

_UNCUT: Final = frozenset({"play", "holds"})
_AND_MORE: Final = re.compile(r" and (\d+) more")
_PROPOSED: Final = (Act.PROPOSAL, Act.OFFER)


@dataclass(frozen=True, slots=True)
class Further:
    """Where all of a part stands."""

    words: str
    address: str


def front_page(brief: Brief, record: Record) -> str:
    """The part of a page with the brief, as HTML."""
    shown = in_front(brief)
    template = templates().get_template("_brief.html")
    return template.render(further=further(record), **for_template(shown))


def in_front(brief: Brief) -> Brief:
    """The first of every part, with the notes that are still used, numbered anew."""
    cut = tuple(_section(section) for section in brief.sections)
    sections, notes = renumber(cut, brief.notes)
    return replace(brief, sections=sections, notes=notes)


def further(record: Record) -> dict[str, tuple[Further, ...]]:
    """By the key of a section, the screens that have all of it, page by page."""
    shown = record.standing()
    made = [one for one in shown.statements if one.act in _PROPOSED]
    found = {
        "agenda": (len(shown.demands), "demand", "/agenda"),
        "charges": (len(shown.disputes), "charge", "/disputes"),
        "promises": (len(shown.promises), "promise", "/disputes#promises"),
        "timeline": (len(shown.events), "event", "/timeline?kind=events"),
        "meetings": (len(shown.meetings), "meeting", "/timeline?kind=meetings&view=table"),
        "camps": (len(shown.factions), "group", "/queue?kind=factions"),
        "signals": (len(shown.signals), "signal", "/queue?kind=signals"),
        "voices": (len(shown.articles), "article", "/articles"),
    }
    leads: dict[str, tuple[Further, ...]] = {key: (_all(*one),) for key, one in found.items() if one[0]}
    if made:
        acts = {one.act: sum(other.act is one.act for other in made) for one in made}
        leads["mechanisms"] = tuple(
            _all(acts[act], act.value, f"/timeline?kind=statements&act={act.value}&view=table")
            for act in _PROPOSED
            if act in acts
        )
    return leads | {"holds": (Further("Move the weights on the sheet", "/outcomes"),)}


def _all(count: int, noun: str, address: str) -> Further:
    if count == 1:
        return Further(f"The {noun}", address)
    return Further(f"All {count:,} {noun}s", address)


def _section(section: Section) -> Section:
    if section.key in _UNCUT:
        return section
    return replace(section, blocks=tuple(_block(block) for block in section.blocks))


def _block(block: Block) -> Block:
    match block:
        case Listing():
            return replace(block, lines=tuple(_line(one) for one in block.lines[:MOST_LINES]))
        case Table():
            # A row with a key is one that a picture leads to.
            keyed = any(row.key for row in block.rows)
            rows = block.rows if keyed else block.rows[:MOST_ROWS]
            return replace(block, rows=tuple(_row(row, 1 if keyed else MOST_NOTES) for row in rows))
        case _:
            return block


def _row(row: Row, notes: int) -> Row:
    return replace(row, head=_line(row.head, notes), cells=tuple(_cell(cell, notes) for cell in row.cells))


def _cell(cell: Cell, notes: int) -> Cell:
    lines = tuple(_line(one, notes) for one in cell.lines[:MOST_IN_CELL])
    more = len(cell.lines) > MOST_IN_CELL
    return replace(cell, lines=(*lines, say(Words("and more", Tone.QUIET))) if more else lines)


def _line(line: Line, notes: int = MOST_NOTES) -> Line:
    return replace(line, parts=tuple(_few_notes(line.parts, notes)))


def _few_notes(parts: Sequence[Part], most: int) -> Iterator[Part]:
    """The same words with few numbers in a row, and how many more there are."""
    left = 0
    for at, part in enumerate(parts):
        if isinstance(part, Cite):
            left = max(0, len(part.notes) - most)
            yield replace(part, notes=part.notes[:most])
            following = parts[at + 1] if at + 1 < len(parts) else None
            if left and not (isinstance(following, Words) and _AND_MORE.fullmatch(following.text)):
                yield Words(f" and {left} more", Tone.QUIET)
                left = 0
        elif left and (said := _AND_MORE.fullmatch(part.text)):
            yield replace(part, text=f" and {int(said[1]) + left} more")
            left = 0
        else:
            left = 0
            yield part
