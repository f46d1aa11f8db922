"""What a format's reader hands over: the article's words, and what the file says about them.

A draft is made into an :class:`~detente.articles.Article` by :mod:`detente.sources.assemble`, in one
way for every format. Rule: a reader never decides a masthead, it only passes on what its file states.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from detente.dates import When
from detente.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """A date that a file's metadata states.

    Attributes:
        when: The date.
        basis: Where it is stated: ``"html meta article:published_time"``, ``"field PD"``.
        weight: 5: the article's own by the format's rules; 3: where its text prints none; 0: only shown.
    """

    when: When
    basis: str
    weight: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a file states about an article outside its text; ``None`` where it does not say.

    Attributes:
        section: Section or type as named by the outlet ("Opinion"), which tells the genre.
        labelled: Whether the file labels its parts, so that nothing is guessed from the text's layout.
    """

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    dates: tuple[StatedDate, ...] = ()
    page: str | None = None
    source_id: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    labelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article as its format gives it.

    Attributes:
        text: Its words. Where ``stated.labelled``, the title stands first, then an empty line.
        part: Which part of its file, from 1: ``"3"`` makes ``bundle.docx#3``; ``None`` where it is the whole.
        furniture: Lines of the text that the page's make-up shows to be none of the article.
        notes: Lines at the text's end that the file itself sets as footnotes.
    """

    text: str
    part: str | None = None
    stated: Stated = Stated()
    furniture: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A part of a file that could not be read, while other parts could."""

    part: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """The bytes of one file.

    Attributes:
        name: As given, for the person who chose it.
        suffix: Lower case with its dot, ``""`` where there is none.
        content: The bytes.
        url: Address it was fetched from, or ``None``.
    """

    name: str
    suffix: str
    content: bytes
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file beside the one that names it, with the masthead that it gives.

    Attributes:
        path: As named: relative to the folder of the naming file.
    """

    path: str
    part: str
    stated: Stated


# A blob among the drafts is a file within the file, to be read by itself.
Reader: TypeAlias = Callable[[Blob, Settings], Iterator[Draft | Unusable | Blob | Attached]]
