"""Bylines, source lines and the names that papers print of themselves."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from detente.sources.lists import rows

_BY: Final = re.compile(
    r"^(?:written\s+)?(?:by|von|par|por|door|di|av)\b\s*:?\s+(?P<who>\S.*)$", re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"^(?P<label>author|authors|writer|byline|source|publication|publisher|newspaper|outlet|published in|"
    r"published by|from|title|headline|date|published|publication date|posted|posted on|section|url|link)"
    r"\s*:\s*(?P<value>\S.*)$",
    re.IGNORECASE,
)
_OUTLET_LABELS: Final = frozenset(
    {"source", "publication", "publisher", "newspaper", "outlet", "published in", "published by"}
)
_STAFF: Final = re.compile(
    r"\b(?:staff\s+(?:writers?|reporters?|correspondents?)|foreign\s+service|special\s+correspondent|"
    r"correspondents?|senior\s+writer|contributing\s+writer|associated\s+press\s+writers?|"
    r"(?:ap|diplomatic|foreign|middle\s+east|political|security|world\s+affairs)\s+(?:editor|correspondent|writer))\b",
    re.IGNORECASE,
)
_WORD: Final = r"[A-ZÀ-Þ][\w'’.À-ÿ-]*"
_NAME: Final = rf"{_WORD}(?:\s+(?:{_WORD}|de|del|della|da|di|van|von|der|den|al|el|bin|ibn|la|le|y|e)){{1,5}}"
_NAMES: Final = re.compile(
    rf"^(?:{_NAME})(?:(?:,\s*|\s+and\s+|\s*&\s*|,\s*and\s+|\s+et\s+|\s+und\s+|\s+y\s+)(?:{_NAME}))*$"
)
_COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©\s*)?(?:(?:19|20)\d\d(?:-\d+)?)?\s*(?:by\s+)?(?P<who>[A-Z][^.,|(]{2,60})",
    re.IGNORECASE,
)
_PAPER_NOUNS: Final = frozenset(
    [
        "agency",
        "bulletin",
        "chronicle",
        "daily",
        "express",
        "gazette",
        "globe",
        "guardian",
        "herald",
        "independent",
        "inquirer",
        "journal",
        "magazine",
        "mail",
        "mirror",
        "monitor",
        "network",
        "news",
        "observer",
        "policy",
        "post",
        "press",
        "radio",
        "record",
        "review",
        "star",
        "sun",
        "telegraph",
        "times",
        "today",
        "tribune",
        "weekly",
        "world",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a byline or source line tells; ``None`` where it does not."""

    author: str | None = None
    outlet: str | None = None


def read_credit(line: str) -> Credit | None:  # noqa: PLR0911  # one return for each form of credit
    """A byline, a source line or a staff line; ``None`` where the line is none of these.

    >>> read_credit("By: Ann Reed"), read_credit("Source: Daily Lantern")
    (Credit(author='Ann Reed', outlet=None), Credit(author=None, outlet='Daily Lantern'))
    >>> read_credit("By all accounts the talks were dull")
    """
    if len(line.split()) > 16 or len(line) > 160:
        return None
    labelled = _LABEL.match(line)
    if labelled:
        label, value = labelled["label"].casefold(), labelled["value"].strip()
        if label in _OUTLET_LABELS:
            return Credit(outlet=_outlet_of_source(value))
        if label in {"author", "authors", "writer", "byline"}:
            return _credit_of(re.sub(r"^by\s+", "", value, flags=re.IGNORECASE))
        return None
    by = _BY.match(line)
    if by:
        found = _credit_of(by["who"])
        return found if found.author or found.outlet else None
    if _STAFF.search(line) and len(line.split()) <= 8 and line[-1] not in ".!?:":
        return _staff_line(line)
    return None


def known_outlet(words: str) -> str | None:
    """The outlet that these words name in the list of outlets, under its usual name.

    >>> known_outlet("AP"), known_outlet("Some Paper")
    ('The Associated Press', None)
    """
    name = words.strip(" .,:;()").removeprefix("www.")
    # Short marks count only as they are printed: "AP", never "ap".
    return _outlets().get(name) or (_outlets_in_capitals().get(name) if len(name) > 5 else None)


def outlet_at_end(title: str) -> tuple[str, str | None]:
    """A known outlet behind a title's last bar or dash, as it stands there, and its usual name.

    >>> outlet_at_end("Talks open | The Guardian"), outlet_at_end("Talks open - at last")
    ((' | The Guardian', 'The Guardian'), ('', None))
    """
    found = re.search(r"\s[|–—-]\s([^|–—]{2,40})$", title)
    outlet = known_outlet(found[1]) if found else None
    return (found[0], outlet) if found and outlet else ("", None)


def lone_name(line: str) -> Literal["author", "outlet"] | None:
    """Whether a line is nothing but a person's name, or a paper's.

    >>> lone_name("Ann Reed"), lone_name("The Lume Herald"), lone_name("Talks resume")
    ('author', 'outlet', None)
    """
    if len(line.split()) > 6 or not _NAMES.match(_titled(line)):
        return None
    return "outlet" if set(line.casefold().split()) & _PAPER_NOUNS else "author"


def printed_outlet(words: str) -> str:
    """The outlet's name as printed, without the words around it."""
    return re.sub(r"\s*(?:\(.*\)|[,|].*)$", "", words).strip(" .:;-–—") or words.strip()


def copyright_holder(line: str) -> str | None:
    """Who a copyright line names; ``None`` where the line is not one.

    >>> copyright_holder("Copyright 2007 The Daily Lantern. All rights reserved."), copyright_holder("© 2007")
    ('The Daily Lantern', None)
    """
    found = _COPYRIGHT.search(line)
    if found is None or len(line) > 300:
        return None
    name = re.split(r"\s+(?:all rights|inc\b|ltd\b|llc\b|company\b)", found["who"], flags=re.IGNORECASE)[
        0
    ].strip(" .,-")
    return name if re.search(r"[A-Za-z]{3}", name) else None


def label_of(line: str) -> tuple[str, str] | None:
    """The label and value of a line such as ``Date: 4 May 2007``."""
    found = _LABEL.match(line) if len(line) <= 300 else None
    return (found["label"].casefold(), found["value"].strip()) if found else None


@cache
def _outlets() -> dict[str, str]:
    named: dict[str, str] = {}
    for row in rows("outlets.tsv"):
        for form in (row[0], *(row[1].split("|") if len(row) > 1 and row[1] else ())):
            named[form] = row[0]
    return named


@cache
def _outlets_in_capitals() -> dict[str, str]:
    return {form.upper(): name for form, name in _outlets().items()}


def _outlet_of_source(value: str) -> str | None:
    if re.match(r"https?://|www\.", value):
        return None
    return known_outlet(value) or printed_outlet(value)


def _credit_of(who: str) -> Credit:
    outlet: str | None = None
    pieces = [piece.strip() for piece in re.split(r"\s*(?:[|•·]|\s[-–—]\s)\s*", who) if piece.strip()]
    name = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        outlet = outlet or known_outlet(piece) or _house(piece)
    head, _, rest = name.partition(",")
    if rest and (_STAFF.search(rest) or not _NAMES.match(_titled(name))):
        outlet = outlet or known_outlet(rest) or _house(rest) or known_outlet(rest.split()[0])
        name = head.strip()
    staff = re.search(
        r"\s+(?:The\s+)?(?P<paper>(?:[A-Z][\w.&'’]*\s+){0,4}?)(?:Staff|Foreign\s+Service|Special\s+Correspondent|Correspondent)\b.*$",
        name,
    )
    if staff:
        outlet = outlet or _house(name[staff.start() :].strip()) or known_outlet(staff["paper"])
        name = name[: staff.start()].strip()
    name = re.sub(r"\s+(?:in|from|at|for)\s+[A-Z].*$", "", name).strip(" .,;")
    if known_outlet(name):
        return Credit(outlet=known_outlet(name))
    return Credit(author=name if _NAMES.match(_titled(name)) else None, outlet=outlet)


def _titled(name: str) -> str:
    # Bylines are often in capitals or small letters: judge the shape of the words alone.
    if name.isupper() or (name.islower() and len(name.split()) <= 3):
        return name.title()
    return re.sub(r"\bAND\b", "and", name)


def _staff_line(line: str) -> Credit:
    outlet = _house(line)
    name, _, rest = line.partition(",")
    author = (
        name.strip() if rest and _NAMES.match(_titled(name.strip())) and not _STAFF.search(name) else None
    )
    return Credit(author=author, outlet=outlet)


def _house(words: str) -> str | None:
    plain = " ".join(words.casefold().split())
    return next((paper for form, paper in rows("house_bylines.tsv") if form in plain), None)
