"""WATCH.toml: feeds and folders looked at again and again, only what is new and to the point read.

What was seen is a set of keys that the caller keeps between two looks; looking itself keeps nothing.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from detente.articles import Article, Unread
from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.web import is_address

Load = Callable[[str], Iterable[Article | Unread]]
About = Callable[[Article], bool]
_KEYS: Final = ("feed", "folder", "terms", "every", "record", "read")
_EVERY: Final = re.compile(r"(\d+)\s*(m|min|minutes?|h|hours?|d|days?)")
_MINUTES: Final = {"m": 1, "h": 60, "d": 1440}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One thing to look at.

    Attributes:
        where: Address of a feed, or a path.
        outlet: Name to use where the source does not say; ``None``: as the source says.
    """

    where: str
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a WATCH.toml asks for.

    Attributes:
        terms: An article is read only where one of these words stands in it; empty: the case decides.
        every_minutes: Between two looks.
        record: Path of the record, from the folder of the file, or a server's address; ``None``: not told.
        everything: Whether every article is read, whatever it speaks of.
    """

    sources: tuple[Watched, ...]
    terms: tuple[str, ...] = ()
    every_minutes: int = 60
    record: str | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look found.

    Attributes:
        new: Articles not seen before that speak of the case.
        passed_over: How many new articles do not.
        unread: What could not be read.
        seen: The keys of all that was ever seen, to be kept for the next look.
    """

    new: tuple[Article, ...]
    passed_over: int
    unread: tuple[Unread, ...]
    seen: frozenset[str]


def load_watch(text: str, where: str) -> Watch:
    r"""The watch of a file's text.

    Raises:
        UnreadableSource: It is not TOML, or asks for something unknown.

    >>> load_watch('terms = ["river"]\n[[feed]]\nurl = "https://herald.example/rss"', "WATCH.toml").terms
    ('river',)
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableSource(where, f"not TOML: {error}.") from error
    unknown = sorted(set(told) - set(_KEYS))
    if unknown:
        raise UnreadableSource(where, f"unknown: {', '.join(unknown)}; known are {', '.join(_KEYS)}.")
    sources = [
        *_sources(told.get("feed", []), "url", where),
        *_sources(told.get("folder", []), "path", where),
    ]
    if not sources:
        raise UnreadableSource(where, "nothing to watch: add [[feed]] with a url, or [[folder]] with a path.")
    terms = told.get("terms", [])
    if not isinstance(terms, list) or not all(isinstance(term, str) and term.strip() for term in terms):
        raise UnreadableSource(where, 'terms must be a list of words: terms = ["ceasefire", "Geneva"].')
    record = told.get("record")
    if record is not None and not (isinstance(record, str) and record.strip()):
        raise UnreadableSource(where, 'record must be a file\'s name: record = "talks.db".')
    reads = told.get("read", "case")
    if reads not in {"case", "all"}:
        raise UnreadableSource(where, f'read = {reads!r} is neither "case" nor "all".')
    return Watch(
        sources=tuple(sources),
        terms=tuple(terms),
        every_minutes=_minutes(told.get("every", "1h"), where),
        record=record,
        everything=reads == "all",
    )


def look(watch: Watch, load: Load, seen: frozenset[str] = frozenset(), about: About = lambda _: True) -> Look:
    """Look at every source once.

    Args:
        watch: What to look at.
        load: Gives the articles of a path or an address, as :func:`~detente.sources.gather.gather` does.
        seen: What earlier looks have seen.
        about: Whether an article can speak of the case; asked where the watch names no terms.
    """
    known = set(seen)
    new: list[Article] = []
    unread: list[Unread] = []
    passed_over = 0
    for source in watch.sources:
        for found in load(source.where):
            if isinstance(found, Unread):
                unread.append(found)
                continue
            keys = _keys(found)
            fresh = not keys & known
            known |= keys
            if fresh and _is_wanted(found, watch, about):
                new.append(replace(found, outlet=found.outlet or source.outlet))
            elif fresh:
                passed_over += 1
    return Look(new=tuple(new), passed_over=passed_over, unread=tuple(unread), seen=frozenset(known))


def _is_wanted(article: Article, watch: Watch, about: About) -> bool:
    if watch.everything:
        return True
    return speaks_of(article, watch.terms) if watch.terms else about(article)


def speaks_of(article: Article, terms: Iterable[str]) -> bool:
    """Whether one of the terms stands in the article as a word; without terms, every article does."""
    words = [term for term in terms if term.strip()]
    if not words:
        return True
    pattern = "|".join(re.escape(word.strip()) for word in words)
    return bool(re.search(rf"(?<!\w)(?:{pattern})(?!\w)", article.text, re.IGNORECASE))


def loader(
    settings: Settings,
    base: Path,
    gather: Callable[..., Iterator[Article | Unread]],
    *,
    allow_local: bool = False,
) -> Load:
    """A :data:`Load` over ``gather``; relative paths are taken from the folder of the WATCH.toml."""

    def load(where: str) -> Iterator[Article | Unread]:
        path = where if is_address(where) else base / where
        return gather([path], settings, allow_local=allow_local)

    return load


def _keys(article: Article) -> set[str]:
    # By its text alone: a story that was mended under the same address is new, and is read again.
    return {article.id}


def _sources(entries: object, key: str, where: str) -> Iterator[Watched]:
    for entry in entries if isinstance(entries, list) else [entries]:
        if not isinstance(entry, dict) or not isinstance(entry.get(key), str) or not entry[key].strip():
            raise UnreadableSource(where, f"a source without its {key}.")
        unknown = sorted(set(entry) - {key, "outlet"})
        if unknown:
            raise UnreadableSource(
                where, f"unknown in a source: {', '.join(unknown)}; known are {key} and outlet."
            )
        outlet = entry.get("outlet")
        yield Watched(where=entry[key], outlet=outlet if isinstance(outlet, str) else None)


def _minutes(told: object, where: str) -> int:
    found = _EVERY.fullmatch(told.strip()) if isinstance(told, str) else None
    if found is None or int(found[1]) == 0:
        raise UnreadableSource(where, f'every = {told!r} is no length of time; write "30m", "1h" or "1d".')
    return int(found[1]) * _MINUTES[found[2][0]]
