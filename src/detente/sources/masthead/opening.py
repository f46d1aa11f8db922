"""What stands above an article's first paragraph: menu, title, standfirst, date lines, byline, source.

The opening ends at the first block that reads as prose. A text that opens with prose has no title.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from detente.dates import When
from detente.sources.calendar_words import written_dates
from detente.sources.lists import rows
from detente.sources.masthead.blocks import Block
from detente.sources.masthead.bylines import (
    copyright_holder,
    known_outlet,
    label_of,
    lone_name,
    outlet_at_end,
    read_credit,
)
from detente.sources.masthead.furniture import is_furniture, is_menu

# Openings longer than this are lists or tables, not mastheads.
_LONGEST_OPENING: Final = 30
_DATE_WORDS: Final = re.compile(
    r"\b(?:published|posted|updated|last|modified|on|date|first|created|printed|retrieved|accessed|fetched|captured|"
    r"downloaded|as|of|at|am|pm|a\.m|p\.m|edt|est|gmt|utc|et|pt|pdt|pst|bst|cet|cest|uhr|the|"
    r"mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|web|posted|issue|edition|final|morning|evening|local|time|hrs|hours|uk)\b",
    re.IGNORECASE,
)
# "Jul 24", "24 July": a day whose year the line does not tell.
_DAY_ALONE: Final = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}|"
    r"\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\b(?:st|nd|rd|th)?",
    re.IGNORECASE,
)
FETCHED: Final = re.compile(
    r"\b(?:printed|retrieved|accessed|fetched|captured|downloaded|archived)\b", re.IGNORECASE
)
UPDATED: Final = re.compile(r"\b(?:updated|modified|last)\b", re.IGNORECASE)
# "7/18/24, 9:31 PM   Talks open": what a browser prints at a page's head on the day of printing.
_BROWSER_HEAD: Final = re.compile(r"^\d{1,2}/\d{1,2}/\d{2,4},\s+\d{1,2}:\d{2}(?:\s*[AP]M)?\b")


class Role(StrEnum):
    """What a block of the opening is."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    DATE = "date"
    BYLINE = "byline"
    OUTLET = "outlet"
    SECTION = "section"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A block of the opening, with what was read from it.

    Attributes:
        value: The title, author, outlet or section without its label; ``None`` where it has none.
        when: The date of a date line, or of a byline or outlet line that carries one.
        sure: Whether it is marked as what it is, not only placed where such a line stands.
    """

    block: Block
    role: Role
    value: str | None = None
    when: When | None = None
    sure: bool = False


def read_opening(blocks: tuple[Block, ...], known_title: str | None = None) -> tuple[Headed, ...]:
    """The blocks above the first paragraph, in order, each with its role.

    Args:
        blocks: Of the whole text.
        known_title: Title that metadata states, so that its line is known whatever it looks like.
    """
    headed: list[Headed] = []
    for block in blocks[: _LONGEST_OPENING + 1]:
        found = _read(block, known_title)
        if found is None:
            break
        headed.append(found)
    if len(headed) > _LONGEST_OPENING or (
        len(headed) == len(blocks) and not _stands_alone(headed, known_title)
    ):
        headed = [h for h in headed[:3] if h.role is not Role.TITLE or _same(h.block.text, known_title)]
    return _with_lone_names(_with_one_title(headed))


def _read(block: Block, known_title: str | None) -> Headed | None:
    text = block.text
    if _same(text, known_title) or re.match(r"^#{1,2}\s+\S", text):
        return Headed(block=block, role=Role.TITLE, value=re.sub(r"^#+\s+", "", text), sure=True)
    if not any(c.isalnum() for c in text):
        return Headed(block=block, role=Role.FURNITURE)
    for reading in (_date_line, _furniture, _labelled, _credit, _section, _outlet):
        found = reading(block)
        if found is not None:
            return found
    if block.is_prose or block.words > 35:
        return None
    return Headed(block=block, role=Role.TITLE, value=text.removesuffix(outlet_at_end(text)[0]))


def _date_line(block: Block) -> Headed | None:
    """A line that is a date alone, but for weekday, hour, "Published"; the year may be missing."""
    if block.words > 16 or len(block.text) > 120:
        return None
    found = list(written_dates(block.text))
    rest = block.text
    for written in reversed(found):
        rest = rest[: written.start] + " " + rest[written.end :]
    if not found and not _DAY_ALONE.search(rest):
        return None
    rest = _DAY_ALONE.sub(" ", re.sub(r"(?i)\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)?", " ", rest))
    # Digits are hours and page numbers, a few capitals a time zone.
    if re.sub(r"[\W\d_]", "", re.sub(r"\b[A-Z]{2,4}\b", " ", _DATE_WORDS.sub(" ", rest))):
        return None
    return Headed(block=block, role=Role.DATE, when=found[0].when if found else None)


def _furniture(block: Block) -> Headed | None:
    if (
        _BROWSER_HEAD.match(block.text)
        or is_menu(block.text)
        or (is_furniture(block.text) and not block.is_prose)
    ):
        return Headed(block=block, role=Role.FURNITURE)
    return None


def _labelled(block: Block) -> Headed | None:
    found = label_of(block.text)
    if found is None:
        return None
    label, value = found
    if label in {"title", "headline"}:
        return Headed(block=block, role=Role.TITLE, value=value.strip("\"'"), sure=True)
    if label in {"date", "published", "publication date", "posted", "posted on"}:
        when = next((d.when for d in written_dates(value)), None)
        return Headed(block=block, role=Role.DATE, when=when)
    if label == "section":
        return Headed(block=block, role=Role.SECTION, value=value)
    if label in {"url", "link"}:
        return Headed(block=block, role=Role.FURNITURE)
    return None


def _credit(block: Block) -> Headed | None:
    credit = read_credit(block.text)
    when = next((d.when for d in written_dates(block.text)), None)
    if credit is None and when is not None and block.words <= 20:
        # "By Ann Reed | May 3, 2007", "Ann Reed - 3 May 2007" lose their date, then read as a byline.
        first = next(written_dates(block.text))
        rest = (block.text[: first.start] + block.text[first.end :]).strip(" ,|-–—•·")
        credit = read_credit(
            re.sub(r"\s*(?:published|posted|updated)(?:\s+on)?:?$", "", rest, flags=re.IGNORECASE)
        )
    if credit is None:
        return None
    if credit.outlet is not None and credit.author is None:
        return Headed(block=block, role=Role.OUTLET, value=credit.outlet, when=when)
    return Headed(block=block, role=Role.BYLINE, value=credit.author, when=when)


def _section(block: Block) -> Headed | None:
    plain = block.text.casefold().strip(" .:|-–—[]")
    return Headed(block=block, role=Role.SECTION, value=plain) if plain in _sections() else None


def _outlet(block: Block) -> Headed | None:
    """A line that is an outlet's name, alone or with a date, a page or "Copyright"."""
    text = block.text
    if block.words > 14:
        return None
    if known_outlet(text):
        return Headed(block=block, role=Role.OUTLET, value=known_outlet(text))
    held = copyright_holder(text)
    if held is not None:
        return Headed(block=block, role=Role.OUTLET, value=held)
    found = next(written_dates(text), None)
    if found is None or block.is_prose:
        return None
    # "Daily Lantern, May 3, 2007, Page A1": short, and the date makes the rest of the line a name.
    before = re.sub(_DATE_WORDS, " ", text[: found.start]).strip(" ,.;:|-–—(")
    after = re.sub(
        r"(?i)\b(?:page|p\.|section|sec\.)\s*\w+|[\W\d_]", "", _DATE_WORDS.sub("", text[found.end :])
    )
    name = before or ""
    if after or not 0 < len(name.split()) <= 5 or not name[0].isupper():
        return None
    return Headed(block=block, role=Role.OUTLET, value=known_outlet(name) or name, when=found.when)


def _stands_alone(headed: list[Headed], known_title: str | None) -> bool:
    """Whether a text without any prose may still have a title: one that metadata states."""
    return any(_same(h.block.text, known_title) for h in headed)


def _with_one_title(headed: list[Headed]) -> tuple[Headed, ...]:
    """Only the first line that can be a title is one; lines after it are its repetition or a standfirst."""
    titles = [h for h in headed if h.role is Role.TITLE]
    if not titles:
        return tuple(headed)
    chosen = next((h for h in titles if h.sure), None) or next(
        h for h in titles if not _glued_before(h, titles)
    )
    out: list[Headed] = []
    for h in headed:
        if h.role is not Role.TITLE or h is chosen or h.value == chosen.value:
            out.append(h)
        elif h.block.start < chosen.block.start:
            out.append(replace(h, role=Role.FURNITURE, value=None))
        else:
            out.append(replace(h, role=Role.STANDFIRST))
    return tuple(out)


def _with_lone_names(headed: tuple[Headed, ...]) -> tuple[Headed, ...]:
    """A person's or paper's name on a line of its own beside the date is the author or the outlet."""
    out = list(headed)
    for index, h in enumerate(headed):
        near = headed[max(0, index - 1) : index + 2]
        if h.role is not Role.STANDFIRST or not any(o.role is Role.DATE or o.when for o in near):
            continue
        name = re.sub(r"\s+in\s+[A-Z][\w .'’-]{1,30}$", "", h.block.text)
        kind = lone_name(name)
        if kind is not None:
            role = Role.OUTLET if kind == "outlet" else Role.BYLINE
            out[index] = replace(h, role=role, value=name)
    return tuple(out)


def _glued_before(one: Headed, titles: list[Headed]) -> bool:
    """Whether a line is a trail of links that ends in the title, which stands below by itself."""
    text = one.block.text
    return any(
        other.block.start > one.block.start
        and text.endswith(other.block.text)
        and len(text) > len(other.block.text)
        for other in titles
    )


def _same(text: str, title: str | None) -> bool:
    if title is None:
        return False
    return re.sub(r"\W+", "", text).casefold() == re.sub(r"\W+", "", title).casefold()


@cache
def _sections() -> frozenset[str]:
    return frozenset(label for label, _ in rows("sections.tsv"))
