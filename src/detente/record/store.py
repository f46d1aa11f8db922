"""A record on disk: articles, readings and edits in one SQLite file, or on a PostgreSQL server.

Law: every write is one transaction, so a stop at any point leaves a whole record, and what was answered is
there. What follows from articles, readings and edits is kept beside them and made again when they change.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from detente.articles import Article, Unread
from detente.claims import Claim, Issue, Party, Reading
from detente.errors import EditConflict, InvalidRecord, UnknownItem
from detente.evidence import require_true_copy
from detente.record import derived
from detente.record.build import build_record, by_date
from detente.record.codec import (
    article_from_json,
    article_to_json,
    claim_from_json,
    kind_of,
    reading_from_json,
    reading_to_json,
)
from detente.record.edits import NEW, Action, Edit, edit_from_json, edit_to_json, history
from detente.record.model import Record
from detente.record.pages import (
    ArticleRow,
    Hit,
    Item,
    Order,
    Page,
    Wanted,
    read_articles,
    read_counts,
    read_issues,
    read_item,
    read_page,
    read_parties,
    search_record,
)
from detente.record.schema import articles, edits, items, meta, open_engine, plainly, readings, unread
from detente.record.search import add_words, remove_words
from detente.vocabulary import ClaimKind, Review


class Store:
    """A record that can be added to, decided on, searched and read page by page.

    Threads may share one; processes may share its file.

    Attributes:
        on_stale: Where given, pages and ``record(settled=False)`` do not wait until a change is worked out:
            they call this and show what it leaves; somebody then calls :meth:`settle`.
    """

    def __init__(self, engine: Engine, where: str, *, writable: bool) -> None:
        self._engine = engine
        self._where = where
        self._writable = writable
        self._held: _Held | None = None
        self.on_stale: Callable[[], None] | None = None

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Self:
        """Open a record, made where there is none.

        Args:
            where: A path, ``":memory:"`` or ``postgresql+psycopg://user@host/name``.
            create: ``False``: a missing record is an error.

        Raises:
            InvalidRecord: Not a record, of a newer Detente, or cannot be opened.
        """
        engine, writable = open_engine(str(where), create=create)
        return cls(engine, str(where), writable=writable)

    @property
    def where(self) -> str:
        """Where the record is, as :meth:`open` took it."""
        return self._where

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- articles and readings

    def has_article(self, article: Article, reader: str) -> bool:
        """Whether this text is in the record under this file, and was read by this reader."""
        query = (
            select(readings.c.reader)
            .join(articles, articles.c.id == readings.c.article)
            .where(articles.c.id == article.id, ~articles.c.superseded)
        )
        with self._reads() as connection:
            return connection.scalar(query) == reader

    def add(self, article: Article, reading: Reading) -> bool:
        """Put an article and what was read in it into the record; say whether that changed anything.

        The text that its file held before is superseded: kept, and no longer part of the record.

        Raises:
            InvalidRecord: The reading is of another article.
            FalseEvidence: A claim's words do not stand in the text.
        """
        if reading.article != article.id:
            raise InvalidRecord(f"{article.file}: a reading of {reading.article!r}, not of {article.id!r}.")
        for kind in ClaimKind:
            for claim in getattr(reading.claims, kind.value):
                for evidence in claim.evidence:
                    if evidence.article == article.id:
                        require_true_copy(evidence, article.text)
        with self._writes() as connection:
            changed = self._put_article(connection, article) | self._put_reading(connection, reading)
            connection.execute(delete(unread).where(unread.c.file == article.file))
            if changed:
                _set(connection, "grouped", _bump(connection))
            return changed

    def add_unread(self, sources: Iterable[Unread]) -> None:
        """Note sources that could not be read; one noted before is noted anew."""
        rows = {source.file: {"file": source.file, "reason": source.reason} for source in sources}
        if not rows:
            return
        with self._writes() as connection:
            known = dict(connection.execute(select(unread.c.file, unread.c.reason)).tuples().all())
            new = [row for row in rows.values() if known.get(row["file"]) != row["reason"]]
            for row in new:
                connection.execute(delete(unread).where(unread.c.file == row["file"]))
            if new:
                connection.execute(insert(unread), new)
                _set(connection, "grouped", _bump(connection))

    def retain(self, kept: Collection[str], sources: Iterable[Unread] = ()) -> None:
        """Let the record tell of these articles and unread sources alone; decisions are kept all the same."""
        files = [source.file for source in sources]
        with self._writes() as connection:
            away = update(articles).where(articles.c.id.not_in(kept), ~articles.c.superseded)
            left = connection.execute(away.values(superseded=True)).rowcount
            gone = connection.execute(delete(unread).where(unread.c.file.not_in(files))).rowcount
            if left or gone:
                _set(connection, "grouped", _bump(connection))

    def _put_article(self, connection: Connection, article: Article) -> bool:
        held = connection.execute(select(articles).where(articles.c.id == article.id)).mappings().first()
        if held is not None and not held["superseded"]:
            article = replace(article, file=held["file"])
            if held["masthead"] == article_to_json(article):
                return False
        connection.execute(update(articles).where(articles.c.file == article.file).values(superseded=True))
        stale = connection.scalars(select(articles.c.id).where(articles.c.file == article.file)).all()
        remove_words(connection, "search_texts", [*stale, article.id])
        connection.execute(delete(articles).where(articles.c.id == article.id))
        row = {
            "id": article.id,
            "file": article.file,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "length": len(article.text),
            "superseded": False,
            "masthead": article_to_json(article),
            "text": article.text,
        }
        connection.execute(insert(articles), [row])
        add_words(connection, "search_texts", [(article.id, f"{article.title or ''}\n{article.text}")])
        return True

    def _put_reading(self, connection: Connection, reading: Reading) -> bool:
        whole = reading_to_json(reading)
        query = select(readings.c.reading).where(readings.c.article == reading.article)
        if connection.scalar(query) == whole:
            return False
        connection.execute(delete(readings).where(readings.c.article == reading.article))
        connection.execute(
            insert(readings), [{"article": reading.article, "reader": reading.reader, "reading": whole}]
        )
        return True

    def articles(self) -> tuple[Article, ...]:
        """Every article that is part of the record."""
        with self._reads() as connection:
            return _articles(connection)

    def article(self, article_id: str) -> Article:
        """One article, superseded or not.

        Raises:
            UnknownItem: No article has this id.
        """
        with self._reads() as connection:
            row = connection.execute(select(articles).where(articles.c.id == article_id)).mappings().first()
        if row is None:
            raise UnknownItem(f"{self._where}: no article {article_id!r}.")
        return article_from_json(row["masthead"], row["text"])

    def readings(self) -> tuple[Reading, ...]:
        """What was read in each article that is part of the record."""
        with self._reads() as connection:
            return _readings(connection)

    # --- decisions

    def edits(self) -> tuple[Edit, ...]:
        """Every decision, oldest first."""
        with self._reads() as connection:
            return _edits(connection)

    def edit(self, edit: str) -> Edit | None:
        """One decision; ``None`` where none has this id."""
        with self._reads() as connection:
            made = connection.scalar(select(edits.c.edit).where(edits.c.id == edit))
        return edit_from_json(made) if made is not None else None

    def edits_since(self, on: str, *, but_by: str, most: int) -> tuple[tuple[Edit, ...], int]:
        """The latest decisions after a moment by anybody else, oldest first, and how many more there are.

        Args:
            on: ISO 8601, as ``Edit.on``.
            but_by: Whose decisions are left out.
            most: How many are given.
        """
        here = (edits.c.made > on, edits.c.who != but_by)
        query = select(edits.c.edit).where(*here).order_by(edits.c.seq.desc()).limit(most)
        with self._reads() as connection:
            found = connection.scalars(query).all()
            every = len(found)
            if every == most:
                every = connection.scalar(select(func.count()).select_from(edits).where(*here)) or 0
        return tuple(edit_from_json(made) for made in reversed(found)), every - len(found)

    def decide(self, edit: Edit, expected_version: int | None = None) -> Edit:
        """Store a decision; the edit comes back with its version.

        Args:
            edit: From ``decide``, ``decide_on`` or ``undo``.
            expected_version: The version of the item that the decision was made on; ``None``: whatever it is.

        Raises:
            EditConflict: Somebody else decided on the item since.
        """
        return self.decide_all([edit], None if expected_version is None else [expected_version])[0]

    def decide_all(
        self, decisions: Sequence[Edit], expected_versions: Sequence[int] | None = None
    ) -> tuple[Edit, ...]:
        """Store several decisions, all or none."""
        with self._writes(durable=True) as connection:
            shown, built = _value(connection, "shown"), _value(connection, "built")
            revision = _bump(connection)
            stored = tuple(
                self._store(connection, edit, expected_versions[n] if expected_versions is not None else None)
                for n, edit in enumerate(decisions)
            )
            follow = shown >= 0 and self._all_follow(connection, stored)
            current = follow and shown == revision - 1
            changed = {}
            if follow:
                changed = derived.follow(connection, [_subject(connection, edit) for edit in stored])
            else:
                _set(connection, "grouped", revision)
            if current:
                _set(connection, "shown", revision)
            if current and not changed and built == revision - 1:
                _set(connection, "built", revision)  # nothing that the record tells of was decided
        held = self._held
        if held is not None and follow:
            # where more than this is still to be worked out, the decision shows all the same
            here = current and held.revision == revision - 1
            self._held = held.followed(revision if here else held.revision, changed)
        return stored

    def _all_follow(self, connection: Connection, stored: Sequence[Edit]) -> bool:
        """Whether all of these, and what they take back, change single claims only."""
        undone = [edit.item for edit in stored if edit.action is Action.UNDO]
        query = select(edits.c.kind, edits.c.item, edits.c.subject).where(edits.c.id.in_(undone))
        kinds = {edit.kind for edit in stored if edit.action is not Action.UNDO}
        for row in connection.execute(query):
            firsts = select(edits.c.kind).where(edits.c.subject == row.subject, edits.c.kind != "edits")
            kinds |= set(connection.scalars(firsts))
        return all(derived.can_follow(kind) for kind in kinds)

    def _store(self, connection: Connection, edit: Edit, expected: int | None) -> Edit:
        subject = _subject(connection, edit)
        query = select(func.count()).select_from(edits).where(edits.c.subject == subject)
        version = connection.scalar(query) or 0
        if expected is not None and expected != version:
            last = connection.execute(
                select(edits.c.who, edits.c.made)
                .where(edits.c.subject == subject)
                .order_by(edits.c.seq.desc())
            ).first()
            who, made = (last.who, last.made) if last else ("nobody", "ever")
            raise EditConflict(f"{subject}: {who} decided on it at {made}; look at it again, then decide.")
        self._check(connection, edit)
        edit = replace(edit, version=version + 1)
        if connection.scalar(select(edits.c.id).where(edits.c.id == edit.id)) is not None:
            raise EditConflict(f"{edit.item}: this decision was made already ({edit.id}).")
        row = {
            "id": edit.id,
            "made": edit.on,
            "who": edit.who,
            "action": edit.action.value,
            "kind": edit.kind,
            "item": edit.item,
            "subject": subject,
            "version": edit.version,
            "edit": edit_to_json(edit),
        }
        connection.execute(insert(edits), [row])
        return edit

    def _check(self, connection: Connection, edit: Edit) -> None:
        """A new item is a whole claim with true copies of words."""
        if edit.action not in NEW or edit.kind not in set(ClaimKind):
            return
        claim = claim_from_json(ClaimKind(edit.kind), edit.after or "{}")
        if not claim.evidence:
            raise InvalidRecord(f"{edit.kind} {edit.item}: no words under it; select them in an article.")
        for evidence in claim.evidence:
            query = select(articles.c.text).where(articles.c.id == evidence.article)
            require_true_copy(evidence, connection.scalar(query) or "")

    def history(self, item: str) -> tuple[Edit, ...]:
        """Every decision on an item, undone ones and undos among them, oldest first."""
        with self._reads() as connection:
            return history(_edits(connection, item), item)

    def version(self, item: str) -> int:
        """How many decisions were made on an item: what ``expected_version`` is compared with."""
        query = select(func.count()).select_from(edits).where(edits.c.subject == item)
        with self._reads() as connection:
            return connection.scalar(query) or 0

    def versions(self, items: Collection[str]) -> Mapping[str, int]:
        """The versions of several items; those nobody decided on are left out."""
        query = (
            select(edits.c.subject, func.count()).where(edits.c.subject.in_(items)).group_by(edits.c.subject)
        )
        with self._reads() as connection:
            return dict(connection.execute(query).tuples().all())

    # --- notes

    def kept(self, name: str) -> str | None:
        """A note that :meth:`keep` kept; ``None`` where there is none."""
        with self._reads() as connection:
            return connection.scalar(select(meta.c.value).where(meta.c.key == f"note: {name}"))

    def keep(self, name: str, note: str) -> None:
        """Keep a note beside the record, in place of one of the same name; the record stays as it is."""
        key = f"note: {name}"
        with self._writes() as connection:
            connection.execute(delete(meta).where(meta.c.key == key))
            connection.execute(insert(meta), [{"key": key, "value": note}])

    # --- what follows

    def record(self, *, settled: bool = True) -> Record:
        """The whole record as it stands, made again only when something changed.

        Args:
            settled: ``False``: decisions on single claims are in it, but what they mean for other
                claims may not be yet; this is what to show right after a decision.
        """
        key = "built" if settled else "shown"
        if not settled and self._let_stand():
            return self._held.record  # type: ignore[union-attr]  # it stands
        with self._reads() as connection:
            revision = _value(connection, "revision")
            if self._held is not None and self._held.serves(revision, settled=settled):
                return self._held.record
            kept = _value(connection, key) == revision
            if kept:
                record = derived.load(connection, _articles(connection), _unread(connection))
            else:
                record = self._built(connection)
        exact = settled or not kept
        self._held = _Held(revision, record, exact)
        if self._writable and not kept:
            self._keep(record, revision)
        return record

    def _built(self, connection: Connection) -> Record:
        return build_record(
            _articles(connection), _readings(connection), _edits(connection), _unread(connection)
        )

    def _keep(self, record: Record, revision: int) -> None:
        """Keep what follows, unless somebody changed the record meanwhile."""
        with self._writes() as connection:
            if _value(connection, "revision") == revision != _value(connection, "built"):
                derived.save(connection, record)
                _set(connection, "built", revision)
                _set(connection, "shown", revision)

    def settle(self) -> bool:
        """Work out what follows while others read what stood and decide; say whether nothing is left to do.

        Decisions on single claims that are made meanwhile are in what it leaves.
        """
        with self._reads() as connection:
            revision = _value(connection, "revision")
            if _value(connection, "built") == revision:
                return True
            last = connection.scalar(select(func.max(edits.c.seq))) or 0
            record = self._built(connection)
        with self._writes() as connection:
            now = _value(connection, "revision")
            derived.save(connection, record)
            _set(connection, "built", revision)
            late = connection.scalars(select(edits.c.subject).where(edits.c.seq > last)).all()
            changed = derived.follow(connection, late)
            shown = now if _value(connection, "grouped") <= revision else revision
            _set(connection, "shown", shown)
        held = _Held(revision, record, exact=True)
        self._held = held.followed(shown, changed) if shown != revision or changed else held
        return now == revision

    def reload(self) -> None:
        """Hold in memory what another process worked out."""
        for _ in range(3):
            with self._reads() as connection:
                shown, revision = _value(connection, "shown"), _value(connection, "revision")
                record = derived.load(connection, _articles(connection), _unread(connection))
                exact = _value(connection, "built") == revision
            self._held = _Held(shown, record, exact)
            if self.revision() == revision:
                return

    def revision(self) -> int:
        """A number that grows with every change."""
        with self._reads() as connection:
            return _value(connection, "revision")

    def is_settled(self) -> bool:
        """Whether what every change means for the rest is worked out."""
        with self._reads() as connection:
            return _value(connection, "built") == _value(connection, "revision")

    def _let_stand(self) -> bool:
        """Whether what was worked out before is to be shown; where it is old, ``on_stale`` is called."""
        if self.on_stale is None or self._held is None:
            return False
        with self._reads() as connection:
            revision = _value(connection, "revision")
        if not self._held.serves(revision, settled=False):
            self.on_stale()
        return self._held is not None

    @contextmanager
    def _pages(self) -> Iterator[Connection]:
        """A connection on which pages show what they should."""
        with self._reads() as connection:
            shown, revision = _value(connection, "shown"), _value(connection, "revision")
        if shown != revision and self.on_stale is not None and shown >= 0:
            self.on_stale()
        elif shown != revision:
            self.record()
        with self._reads() as connection:
            yield connection

    def page(
        self,
        wanted: Wanted | None = None,
        *,
        order: Order = Order.TEXT,
        limit: int = 50,
        offset: int = 0,
    ) -> Page:
        """The items that are wanted, from ``offset`` on; every item that is not rejected by default."""
        with self._pages() as connection:
            return read_page(connection, wanted or Wanted(), order, limit, offset)

    def item(self, item: str) -> Item:
        """One claim with its version.

        Raises:
            UnknownItem: No claim has this id.
        """
        with self._pages() as connection:
            found = read_item(connection, item)
        if found is None:
            raise UnknownItem(f"{self._where}: no item {item!r}.")
        return found

    def counts(self) -> Mapping[ClaimKind, Mapping[Review, int]]:
        """How many items of each kind stand how."""
        with self._pages() as connection:
            return read_counts(connection)

    def item_count(self) -> int:
        """How many items pages have, rejected ones too."""
        with self._reads() as connection:
            return connection.scalar(select(func.count()).select_from(items)) or 0

    def article_rows(
        self, *, limit: int = 100, offset: int = 0, state: str | None = None
    ) -> tuple[ArticleRow, ...]:
        """Articles by date, with how far their review is."""
        with self._pages() as connection:
            return read_articles(connection, limit, offset, state)

    def parties(self) -> tuple[tuple[Party, int], ...]:
        """Every party and how many claims it is in, the most frequent first."""
        with self._pages() as connection:
            return read_parties(connection)

    def issues(self) -> tuple[tuple[Issue, int], ...]:
        """Every issue and how many claims are under it."""
        with self._pages() as connection:
            return read_issues(connection)

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Where words stand: in articles, quotes and names of parties.

        All words of the query must be there; ``"words in quotation marks"`` in a row; ``begin*`` of a word.
        """
        with self._pages() as connection:
            return search_record(connection, query, limit)

    @contextmanager
    def _reads(self) -> Iterator[Connection]:
        with plainly(self._where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writes(self, *, durable: bool = False) -> Iterator[Connection]:
        if not self._writable:
            raise InvalidRecord(f"{self._where}: cannot be written; check its permissions.")
        engine = self._engine.execution_options(writes=True, durable=durable)
        with plainly(self._where), engine.begin() as connection:
            yield connection


@dataclass(frozen=True, slots=True)
class _Held:
    """The record in memory: of which revision, and whether what decisions mean for others is in it."""

    revision: int
    record: Record
    exact: bool

    def serves(self, revision: int, *, settled: bool) -> bool:
        return self.revision == revision and (self.exact or not settled)

    def followed(self, revision: int, changed: Mapping[str, Claim | None]) -> "_Held":
        """With claims replaced by what was decided on them."""
        if not changed:
            return replace(self, revision=revision)
        whole: dict[str, tuple[Claim, ...]] = {}
        left = {item: claim for item, claim in changed.items() if claim is not None}
        for kind in ClaimKind:
            claims: tuple[Claim, ...] = getattr(self.record, kind.value)
            if any(claim.id in changed for claim in claims):
                found = (left.pop(claim.id, None) if claim.id in changed else claim for claim in claims)
                whole[kind.value] = tuple(claim for claim in found if claim is not None)
        for claim in left.values():
            name = kind_of(claim).value
            whole[name] = (*whole.get(name, getattr(self.record, name)), claim)
        fields: dict[str, Any] = dict(whole)
        return _Held(revision, replace(self.record, **fields), exact=False)


def _articles(connection: Connection) -> tuple[Article, ...]:
    query = select(articles.c.masthead, articles.c.text).where(~articles.c.superseded)
    found = (article_from_json(masthead, text) for masthead, text in connection.execute(query))
    return tuple(sorted(found, key=by_date))


def _readings(connection: Connection) -> tuple[Reading, ...]:
    query = (
        select(readings.c.reading)
        .join(articles, articles.c.id == readings.c.article)
        .where(~articles.c.superseded)
        .order_by(readings.c.article)
    )
    return tuple(map(reading_from_json, connection.scalars(query)))


def _edits(connection: Connection, subject: str | None = None) -> tuple[Edit, ...]:
    query = select(edits.c.edit).order_by(edits.c.seq)
    if subject is not None:
        query = query.where(edits.c.subject == subject)
    return tuple(map(edit_from_json, connection.scalars(query)))


def _unread(connection: Connection) -> tuple[Unread, ...]:
    rows = connection.execute(select(unread.c.file, unread.c.reason).order_by(unread.c.file))
    return tuple(Unread(file=file, reason=reason) for file, reason in rows)


def _subject(connection: Connection, edit: Edit) -> str:
    """What an edit is about in the end: of an undo, what the edit it takes back is about.

    Raises:
        UnknownItem: It takes back an edit that was never made.
    """
    if edit.action is not Action.UNDO:
        return edit.item
    subject: str | None = connection.scalar(select(edits.c.subject).where(edits.c.id == edit.item))
    if subject is None:
        raise UnknownItem(f"no decision {edit.item!r} to take back.")
    return subject


def _bump(connection: Connection) -> int:
    """A new revision; on a server this also makes writers wait for each other."""
    held = select(meta.c.value).where(meta.c.key == "revision").with_for_update()
    revision = int(connection.scalar(held) or 0) + 1
    _set(connection, "revision", revision)
    return revision


def _value(connection: Connection, key: str) -> int:
    return int(connection.scalar(select(meta.c.value).where(meta.c.key == key)) or -1)


def _set(connection: Connection, key: str, value: int) -> None:
    if not connection.execute(update(meta).where(meta.c.key == key).values(value=str(value))).rowcount:
        connection.execute(insert(meta), [{"key": key, "value": str(value)}])
