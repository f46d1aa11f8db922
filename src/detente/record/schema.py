"""The tables of a record's file, and how one is opened or refused.

Articles, readings and edits are the truth; items, parties and issues follow from them and can be made again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from detente.errors import InvalidRecord, MissingExtra, one_line

VERSION: Final = 1
_MARK: Final = "detente record"
_SQLITE_HEADER: Final = b"SQLite format 3\x00"

tables: Final = MetaData()

meta = Table("meta", tables, Column("key", String, primary_key=True), Column("value", String, nullable=False))

articles = Table(
    "articles",
    tables,
    Column("id", String, primary_key=True),
    Column("file", String, nullable=False, index=True),
    Column("title", String),
    Column("outlet", String),
    Column("published", String),
    Column("length", Integer, nullable=False),
    Column("superseded", Boolean, nullable=False, index=True),  # the file holds another text by now
    Column("masthead", Text, nullable=False),  # the article as JSON, without its text
    Column("text", Text, nullable=False),
)

readings = Table(
    "readings",
    tables,
    Column("article", String, primary_key=True),
    Column("reader", String, nullable=False),
    Column("reading", Text, nullable=False),
)

unread = Table(
    "unread", tables, Column("file", String, primary_key=True), Column("reason", Text, nullable=False)
)

edits = Table(
    "edits",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("made", String, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("item", String, nullable=False),
    Column("subject", String, nullable=False, index=True),  # what an undo is about in the end
    Column("version", Integer, nullable=False),
    Column("edit", Text, nullable=False),
)

items = Table(
    "items",
    tables,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("place", Integer, nullable=False),  # within its kind
    Column("article", String),
    Column("start", Integer, nullable=False),
    Column("by_party", String),
    Column("to_party", String),
    Column("issue", String),
    Column("review", String, nullable=False),
    Column("retells", String),
    Column("doubt", Float, nullable=False),
    Column("claim", Text, nullable=False),
    Index("items_in_text", "article", "start"),
    Index("items_by_kind", "kind", "place"),
    Index("items_by_doubt", "doubt", "id"),
    Index("items_undecided", "review", "doubt", "id"),
    # the review queue, counted under any filter without a look at the items themselves
    Index(
        "items_to_review",
        "review",
        "retells",
        "doubt",
        "id",
        "kind",
        "issue",
        "by_party",
        "to_party",
        "article",
    ),
    Index("items_counted", "kind", "review"),
    Index("items_by_party", "by_party"),
    Index("items_to_party", "to_party"),
    Index("items_by_issue", "issue"),
)

named = Table(
    "named",
    tables,
    Column("sort", String, primary_key=True),  # "parties", "issues", "rest"
    Column("id", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("whole", Text, nullable=False),
)


def open_engine(where: str, *, create: bool) -> tuple[Engine, bool]:
    """Connect to a record, made where it is missing and may be, and check that it is one.

    Args:
        where: A path, ``":memory:"`` or ``postgresql+psycopg://...``.
        create: Whether to make one where there is none.

    Returns:
        The engine, and whether it can be written.

    Raises:
        InvalidRecord: Not a record, of a newer Detente, or cannot be opened.
        MissingExtra: The database's driver is not installed.
    """
    if "://" in where:
        engine, writable = _server(where), True
    elif where == ":memory:":
        engine, writable = _sqlite(URL.create("sqlite"), StaticPool), True
    else:
        engine, writable = _file(Path(where), create=create)
    try:
        with plainly(where):
            _prepare(engine, where, writable=writable, create=create)
    except InvalidRecord:
        engine.dispose()
        raise
    return engine, writable


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turn what the database says into one line.

    Raises:
        InvalidRecord: The database refused.
    """
    try:
        yield
    except DBAPIError as error:
        raise InvalidRecord(f"{one_line(where)}: {_advice(one_line(str(error.orig)))}") from error


def _advice(said: str) -> str:
    for sign, advice in (
        ("readonly", "cannot be written; check its permissions"),
        ("read-only", "cannot be written; check its permissions"),
        ("locked", "another program is writing to it; try again when it is done"),
        ("malformed", "is damaged; restore it from a copy, or read the articles again into a new record"),
        ("not a database", "is not a record; choose another file"),
        ("unable to open", "cannot be opened; check that its folder exists and can be written"),
        ("disk is full", "the disk is full"),
    ):
        if sign in said:
            return f"{advice} ({said})."
    return f"the database refused: {said}."


def _server(where: str) -> Engine:
    try:
        url = make_url(where)
        return create_engine(url, pool_pre_ping=True)
    except NoSuchModuleError as error:
        raise InvalidRecord(
            f"{one_line(where)}: no such kind of database; use postgresql+psycopg://."
        ) from error
    except ArgumentError as error:
        raise InvalidRecord(f"{one_line(where)}: not an address of a database.") from error
    except ImportError as error:
        raise MissingExtra("PostgreSQL needs its driver: pip install 'detente[postgres]'.") from error


def _file(path: Path, *, create: bool) -> tuple[Engine, bool]:
    try:
        if path.is_dir():
            raise InvalidRecord(f"{path}: is a folder; give the file of a record.")
        exists = path.exists()
        head = _head(path) if exists else b""
    except OSError as error:
        raise InvalidRecord(f"{one_line(str(path))}: cannot be opened ({error.strerror}).") from error
    except ValueError as error:
        raise InvalidRecord(f"{one_line(str(path))}: not a file name.") from error
    if not exists and not create:
        raise InvalidRecord(f"{path}: no such record; make one with: detente read PATH --record {path}")
    if head and not head.startswith(_SQLITE_HEADER):
        raise InvalidRecord(f"{path}: is not a record; choose another file.")
    if exists and not _can_write(path):
        options = {"mode": "ro", "uri": "true"}
        if not path.with_name(path.name + "-wal").exists():
            options["immutable"] = "1"
        url = URL.create("sqlite", database=f"file:{quote(str(path))}", query=options)
        return _sqlite(url, NullPool), False
    return _sqlite(URL.create("sqlite", database=str(path)), QueuePool), True


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_SQLITE_HEADER))


def _can_write(path: Path) -> bool:
    """Whether the file can be written, as its mode says, even for a user who may do anything."""
    return bool(path.stat().st_mode & 0o222) and _opens_for_writing(path)


def _opens_for_writing(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def _sqlite(url: URL, pool: type[Any]) -> Engine:
    engine = create_engine(url, poolclass=pool, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver opens no transaction of its own
        if url.query.get("mode") != "ro":
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA temp_store=MEMORY")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        # a decision is on the disk before it is answered; an article that a power cut takes is read again
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get('durable') else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _prepare(engine: Engine, where: str, *, writable: bool, create: bool) -> None:
    """Make the tables of a new record; refuse what is none, or newer."""
    found = set(inspect(engine).get_table_names())
    if "meta" not in found or "readings" not in found:
        if found and engine.dialect.name == "sqlite":
            raise InvalidRecord(f"{one_line(where)}: a database of another program; choose another file.")
        if not writable or not create:
            raise InvalidRecord(f"{one_line(where)}: holds no record.")
        _make(engine)
        return
    with engine.connect() as connection:
        rows = dict(connection.execute(select(meta.c.key, meta.c.value)).tuples().all())
    if rows.get("mark") != _MARK:
        raise InvalidRecord(f"{one_line(where)}: a database of another program; choose another file.")
    if int(rows.get("schema", "0")) > VERSION:
        raise InvalidRecord(f"{one_line(where)}: written by a newer Detente; update Detente to open it.")


def _make(engine: Engine) -> None:
    from_now = {"mark": _MARK, "schema": str(VERSION), "revision": "0", "built": "-1", "shown": "-1"}
    with engine.execution_options(writes=True).begin() as connection:
        tables.create_all(connection)
        if engine.dialect.name == "sqlite":
            for name in ("search_texts", "search_items"):
                connection.exec_driver_sql(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5"
                    "(id UNINDEXED, words, tokenize='porter unicode61 remove_diacritics 2')"
                )
        else:
            for name in ("search_texts", "search_items"):
                connection.execute(text(f"CREATE TABLE IF NOT EXISTS {name} (id text, words text)"))
                vector = "USING gin (to_tsvector('english', words))"
                connection.execute(text(f"CREATE INDEX IF NOT EXISTS {name}_words ON {name} {vector}"))
        held = {row.key for row in connection.execute(select(meta.c.key))}
        new = [{"key": key, "value": value} for key, value in from_now.items() if key not in held]
        if new:
            connection.execute(meta.insert(), new)
