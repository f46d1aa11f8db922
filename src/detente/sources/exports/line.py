"""A line of an exported bundle, and what is common to the databases: labels, pages, drafts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.dates import When
from detente.sources.calendar_words import read_date, written_dates
from detente.sources.draft import Draft, Stated, StatedDate
from detente.sources.lists import rows

_LABEL: Final = re.compile(r"^\s*(?P<label>[^\W\d_][\w' /-]{1,30}?)\s?:[ \u00a0]*(?P<value>.*)$", re.DOTALL)
_PAGE: Final = re.compile(
    r"\b(?:Pg|Page|Pages|pp?|S|Seite)\b\.?\s*(?P<page>[A-Z]{0,2}\.?\d[\w-]*)", re.IGNORECASE
)
_LANGUAGES: Final = {
    "english": "en", "anglais": "en", "englisch": "en", "inglés": "en", "french": "fr", "français": "fr",
    "französisch": "fr", "francés": "fr", "german": "de", "deutsch": "de", "allemand": "de", "spanish": "es",
    "español": "es", "spanisch": "es", "espagnol": "es", "italian": "it", "italiano": "it",
    "portuguese": "pt",
    "português": "pt", "dutch": "nl", "nederlands": "nl", "arabic": "ar", "russian": "ru", "chinese": "zh",
    "英文": "en", "英語": "en", "영어": "en", "inglese": "en", "inglês": "en", "engels": "en",
    "английский": "en",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph of a bundle.

    Attributes:
        text: Its words, without white space at the ends.
        link: Address it leads to, or ``None``.
        indented: Whether it stands in the middle of the page, as mastheads do in plain text.
    """

    text: str
    link: str | None = None
    indented: bool = False


def label_in(text: str) -> tuple[str, str, str] | None:
    """Where a labelled line stands, what it holds, and its value; ``None`` where the label is not known.

    >>> label_in("LENGTH: 355 words"), label_in("AGE: 44")
    (('head', 'length', '355 words'), None)
    """
    found = _LABEL.match(text)
    if found is None:
        return None
    known = _labels().get("".join(c for c in found["label"].casefold() if c.isalnum()))
    return (*known, found["value"].strip()) if known else None


def is_day(text: str, most_words: int = 14) -> bool:
    """Whether a line of a masthead is its date.

    >>> is_day("September 30, 2015 Wednesday 9:03 AM"), is_day("Talks ended on May 3, 2007 in the hall")
    (True, False)
    """
    found = next(written_dates(text), None)
    if found is None or len(text.split()) > most_words:
        return False
    return found.start <= 24 and not re.search(
        r"[a-z]{2}", re.sub(r"(?i)\w+day\b|\w+(?:tag|di)\b", "", text[: found.start])
    )


def page_in(section: str) -> str | None:
    """The page that a section line names.

    >>> page_in("INTERNATIONAL; Pg. 35"), page_in("Section 5; Page 16; Column 2"), page_in("Politics")
    ('35', '16', None)
    """
    found = _PAGE.search(section)
    return found["page"] if found else None


def language_code(name: str | None) -> str | None:
    """ISO 639-1 code of a language under its name in the database."""
    first = re.split(r"[;,\s]", name.strip())[0].casefold() if name and name.strip() else ""
    return _LANGUAGES.get(first)


def without_by(byline: str | None) -> str | None:
    """A byline's names, without "By" and without the paper's staff title."""
    if not byline:
        return None
    name = re.sub(r"^(?:by|von|par|por|de|di)\s+", "", byline.strip(), flags=re.IGNORECASE)
    return name.strip(" ;,") or None


def stated_day(text: str | None, basis: str) -> tuple[StatedDate, ...]:
    """The date that a field states, if it holds one."""
    when: When | None = read_date(text) if text else None
    return (StatedDate(when=when, basis=basis),) if when else ()


def bundle_draft(number: int, title: str | None, body: Iterable[str], stated: Stated) -> Draft | None:
    """One article of a bundle, its title above its body; ``None`` where the body has no words."""
    paragraphs = [p.strip() for p in body if p.strip()]
    if not any(c.isalnum() for p in paragraphs for c in p):
        return None
    heads = [" ".join(title.split())] if title and title.strip() else []
    return Draft(text="\n\n".join([*heads, *paragraphs]), part=str(number), stated=stated)


@cache
def _labels() -> dict[str, tuple[str, str]]:
    return {
        "".join(c for c in form if c.isalnum()): (where, what)
        for where, what, forms in rows("export_labels.tsv")
        for form in forms.split()
    }
