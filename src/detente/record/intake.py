"""Take files into a record: gather, read what is new, store it article by article.

Law: each article is stored in one transaction as soon as it is read, so a stop at any point leaves a
whole record, and the next call goes on from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from detente.articles import Article, Unread
from detente.reading.workers import ArticleReader, open_reader
from detente.record.company import date_by_company
from detente.record.store import Store
from detente.settings import Settings
from detente.sources.formats.tables import ColumnMap
from detente.sources.gather import gather
from detente.sources.wire_copies import mark_copies


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What came of taking files in.

    Attributes:
        read: Ids of the articles that were new, or read again by a newer reader.
        known: Ids of those the record had already, unchanged.
        unread: Sources that could not be read.
    """

    read: tuple[str, ...]
    known: tuple[str, ...]
    unread: tuple[Unread, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of all the articles that these files hold."""
        return (*self.read, *self.known)


Progress: TypeAlias = Callable[[str, int, int | None], None]
"""Called with a stage ("gathering", "reading"), how many articles are done, and of how many."""


def take_in(
    store: Store,
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    columns: ColumnMap | None = None,
    allow_local: bool = False,
    on_progress: Progress = lambda _stage, _done, _of: None,
) -> Intake:
    """Read files and folders into the store. The same article twice changes nothing.

    Args:
        columns: What the columns of tables hold, where their names do not tell.
        allow_local: Whether web addresses of this machine and its network may be read.
    """
    sources: list[Article | Unread] = []
    for source in gather(paths, settings, columns=columns, allow_local=allow_local):
        sources.append(source)
        on_progress("gathering", len(sources), None)
    return take_in_gathered(store, sources, settings, on_progress=on_progress)


def take_in_gathered(
    store: Store,
    sources: Iterable[Article | Unread],
    settings: Settings,
    *,
    on_progress: Progress = lambda _stage, _done, _of: None,
) -> Intake:
    """Read articles that were gathered already into the store, as :func:`take_in` does."""
    found: dict[str, Article] = {}
    unread: list[Unread] = []
    for source in sources:
        if isinstance(source, Unread):
            unread.append(source)
        else:
            found.setdefault(source.id, source)
    store.add_unread(unread)
    if not found:
        return Intake(read=(), known=(), unread=tuple(unread))
    reader = open_reader(settings)
    fresh = [key for key, article in found.items() if not store.has_article(article, reader.name)]
    new = _marked(store, found, fresh)
    for count, (article, reading) in enumerate(zip(new, reader.read(new), strict=True), 1):
        store.add(article, reading)
        on_progress("reading", count, len(new))
    _date_the_undated(store, reader, {article.id for article in new if article.published is None})
    read = frozenset(fresh)
    known = tuple(key for key in found if key not in read)
    return Intake(read=tuple(fresh), known=known, unread=tuple(unread))


def _marked(store: Store, found: dict[str, Article], fresh: list[str]) -> list[Article]:
    """The fresh articles, marked where they repeat one found beside them or one in the record."""
    if not fresh:
        return []
    marked = {article.id: article for article in mark_copies([*store.articles(), *found.values()])}
    return [marked[key] for key in fresh]


def _date_the_undated(store: Store, reader: ArticleReader, undated: set[str]) -> None:
    """Read again, by their year, those new articles that the rest of the record dates."""
    if not undated:
        return
    readings = {reading.article: reading for reading in store.readings()}
    articles = [article for article in store.articles() if article.id in readings]
    dated = date_by_company(articles, [readings[article.id] for article in articles])
    mine = [article for article in dated if article.id in undated]
    for article, reading in zip(mine, reader.read(mine), strict=True):
        store.add(article, reading)
