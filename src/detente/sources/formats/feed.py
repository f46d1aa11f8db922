"""RSS and Atom feeds: an article for each entry, its words as the feed carries them."""

import io
import re
from collections.abc import Iterator
from itertools import chain, count
from typing import Any, Final

import feedparser
import lxml.etree

from detente.errors import UnreadableSource, one_line
from detente.settings import Settings
from detente.sources.calendar_words import read_date
from detente.sources.draft import Blob, Draft, Stated, StatedDate, Unusable
from detente.sources.formats.tree import parse_page, shown_lines

_LARGEST: Final = 20_000_000
_MARKUP: Final = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|[a-z]+);")


def read_feed(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """The feed's entries.

    Raises:
        UnreadableSource: It is no feed.
    """
    if len(blob.content) > _LARGEST:
        raise UnreadableSource(blob.name, "a feed of more than 20 MB.")
    if b"<!ENTITY" in blob.content[:100_000]:
        raise UnreadableSource(blob.name, "a feed that defines entities of its own; no feed needs to.")
    if not re.search(rb"<(?:\w+:)?(?:item|entry)\b", blob.content):
        raise UnreadableSource(blob.name, "not a feed, or one without entries.")
    try:
        # A stream: bytes alone could be taken for a file's name.
        feed = feedparser.parse(io.BytesIO(blob.content), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError) as error:
        raise UnreadableSource(blob.name, "a damaged feed.") from error
    if not feed.entries:
        raise UnreadableSource(blob.name, "not a feed, or one without entries.")
    outlet = _plain(feed.feed.get("title"), blob.name)
    named: set[str] = set()
    for number, entry in enumerate(feed.entries, start=1):
        part = _part(entry, number, named)
        named.add(part)
        yield _entry(entry, outlet, part, blob.name) or Unusable(part=part, reason="an entry without words.")


def _part(entry: Any, number: int, taken: set[str]) -> str:  # noqa: ANN401  # the library's
    """The entry's own id or address, by which it is known when the feed has moved on; else its number."""
    own = [one_line(one) for one in (entry.get("id"), entry.get("link")) if isinstance(one, str)]
    ways = chain(own, (f"{number}{'+' * more}" for more in count()))
    return next(name for name in ways if name and name not in taken)


def _entry(entry: Any, outlet: str | None, part: str, where: str) -> Draft | None:  # noqa: ANN401  # the library's
    title = _plain(entry.get("title"), where)
    contents = [c.get("value") for c in entry.get("content") or [] if isinstance(c.get("value"), str)]
    body = max([*contents, entry.get("summary") or ""], key=len)
    lines = _lines(body, where)
    own = [title] if title and (not lines or lines[0] != title) else []
    if not any(c.isalnum() for line in [*own, *lines] for c in line):
        return None
    source = entry.get("source") or {}
    link = entry.get("link")
    return Draft(
        text="\n\n".join([*own, *lines]),
        part=part,
        stated=Stated(
            title=title,
            outlet=_plain(source.get("title"), where) or outlet,
            author=_plain(entry.get("author"), where),
            dates=_dates(entry),
            source_id=entry.get("id") or None,
            url=link if isinstance(link, str) and link.startswith("http") else None,
            section=", ".join(t.get("term") or "" for t in entry.get("tags") or []) or None,
            labelled=True,
        ),
    )


def _dates(entry: Any) -> tuple[StatedDate, ...]:  # noqa: ANN401  # the library's
    found = []
    for field, weight in (("published", 5), ("updated", 3)):
        written, parsed = entry.get(field), entry.get(f"{field}_parsed")
        when = read_date(written) if isinstance(written, str) else None
        if when is None and parsed is not None:
            when = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        if when:
            found.append(StatedDate(when=when, basis=f"feed {field}", weight=weight))
    return tuple(found)


def _plain(value: object, where: str) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return " ".join(" ".join(_lines(value, where)).split()) or None


def _lines(value: str, where: str) -> list[str]:
    if not _MARKUP.search(value):
        return [line.strip() for line in value.splitlines() if line.strip()]
    try:
        return shown_lines(parse_page(f"<html><body>{value}</body></html>", where))
    except (UnreadableSource, lxml.etree.LxmlError):
        return []
