"""A record for the Discourse Network Analyzer 3: its ``.dna`` file, and its event list as CSV.

A statement is coded with person, organization, concept (the issue) and agreement, as DNA's own statement
type has it, and with act, target and status beside them. Law: ``Start`` and ``Stop`` count UTF-16 units, as
DNA's text pane does, so that a character outside the basic plane moves nothing.
"""

import base64
import csv
import hashlib
import io
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import count
from pathlib import Path
from typing import Final

from detente.articles import Article
from detente.claims import Demand, Party, Statement
from detente.dates import earliest
from detente.evidence import Evidence
from detente.export.case import Case
from detente.export.dna_schema import LONGEST, VERSION, statements
from detente.export.packing import bytes_of
from detente.export.sheets import defused
from detente.export.units import utf16_span
from detente.record.model import Record
from detente.vocabulary import Act, PartyKind

PASSWORD: Final = "detente"  # noqa: S105  # DNA asks for one; the file is as open as any other export
"""What DNA asks for when the file is opened, by the coder Admin."""

_TYPE: Final = 1
_CODER: Final = 1
_TEXTS: Final[Mapping[str, int]] = {
    "person": 1, "organization": 2, "concept": 3, "act": 5, "target": 6, "status": 7,
}  # fmt: skip
_AGREEMENT: Final = 4
_ATTRIBUTES: Final = ("Type", "Alias", "Notes")
# What speaks against the matter spoken of; a charge asserts what its denial takes back.
_AGAINST: Final = frozenset({Act.REFUSAL, Act.DENIAL, Act.THREAT})
_SALT: Final = hashlib.sha256(b"detente").digest()[:16]
_ITERATIONS: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A statement as DNA codes it; ``""`` where a variable has no value, as DNA has it."""

    words: Evidence
    person: str
    organization: str
    concept: str
    agreement: bool
    act: str
    target: str
    status: str


def dna(case: Case) -> Iterator[bytes]:
    """The database, whole; coder Admin, password ``detente``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.dna"
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            _fill(database, case.record)
            database.commit()
        yield from bytes_of(path)


def dna_csv(case: Case) -> Iterator[bytes]:
    """The event list as DNA writes it: semicolons, every text in quotes; then offsets and words."""
    record = case.record
    number_of = {article.id: number for number, article in enumerate(record.articles, 1)}
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(
        ["statement_id", "time", "document_id", "document_title", "document_author", "document_source",
         "document_section", "document_type", "person", "organization", "concept", "agreement", "act",
         "target", "status", "start", "stop", "text"]
    )  # fmt: skip
    for number, one in enumerate(coded(record), 1):
        article = record.article[one.words.article]
        start, stop = utf16_span(article.text, (one.words.start, one.words.end))
        row = [
            number, datetime.fromtimestamp(_seconds(article), UTC).strftime("%Y-%m-%d %H:%M:%S"),
            number_of[article.id], article.title or "", article.author or "", article.outlet or "",
            article.page or "", article.genre.value, one.person, one.organization, one.concept,
            int(one.agreement), one.act, one.target, one.status, start, stop, one.words.quote,
        ]  # fmt: skip
        writer.writerow([defused(_flat(value)) if isinstance(value, str) else value for value in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def coded(record: Record) -> Iterator[Coded]:
    """What stands in the record, as DNA codes it: statements, and demands that the writer tells."""
    standing = record.standing()
    for statement in standing.statements:
        yield _statement(record, statement)
    for demand in standing.demands:
        if demand.statement is None:
            yield _demand(record, demand)


def _statement(record: Record, statement: Statement) -> Coded:
    speaker = record.party.get(statement.speaker or "")
    is_person = speaker is not None and speaker.kind is PartyKind.PERSON
    spoken_for = record.party.get(statement.affiliation or "")
    body = spoken_for if is_person or speaker is None else speaker
    return Coded(
        words=statement.evidence[0],
        person=speaker.name if speaker is not None and is_person else "",
        organization=body.name if body is not None else "",
        concept=_concept(record, statement.issue),
        agreement=statement.act not in _AGAINST,
        act=statement.act.value,
        target=_name(record.party.get(statement.target or "")),
        status=statement.review.value,
    )


def _demand(record: Record, demand: Demand) -> Coded:
    by = record.party.get(demand.by or "")
    is_person = by is not None and by.kind is PartyKind.PERSON
    return Coded(
        words=demand.evidence[0],
        person=_name(by) if is_person else "",
        organization=_name(record.party.get(record.camp(demand.by) or "")) if is_person else _name(by),
        concept=_concept(record, demand.issue),
        agreement=True,
        act=Act.DEMAND.value,
        target=_name(record.party.get(demand.of or "")),
        status=demand.review.value,
    )


def _concept(record: Record, issue: str | None) -> str:
    return record.issue[issue].label if issue in record.issue else ""


def _name(party: Party | None) -> str:
    return party.name if party is not None else ""


def _fill(database: sqlite3.Connection, record: Record) -> None:
    for statement in statements():
        database.execute(statement)
    database.executemany("INSERT INTO SETTINGS VALUES (?, ?)", zip(("version", "date"), VERSION, strict=True))
    database.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, 'Admin', 255, 255, 0, ?)",
        (_CODER, _digest(PASSWORD)),
    )
    database.execute("INSERT INTO STATEMENTTYPES VALUES (?, 'DNA Statement', 239, 208, 51)", (_TYPE,))
    variables = [(number, name, "short text", _TYPE) for name, number in _TEXTS.items()]
    variables.append((_AGREEMENT, "agreement", "boolean", _TYPE))
    database.executemany("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", sorted(variables))
    database.executemany(
        "INSERT INTO DOCUMENTS VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_document(number, article) for number, article in enumerate(record.articles, 1)),
    )
    entities = _Entities()
    for table, rows in _coded_rows(record, entities):
        marks = ", ".join("?" * len(rows[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  # our own tables
    _describe(database, record, entities)


class _Entities:
    """The values of short texts, numbered as they are met."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, str], int] = {}

    def number(self, variable: int, value: str) -> int:
        return self.numbers.setdefault((variable, _cut(value)), len(self.numbers) + 1)


def _coded_rows(
    record: Record, entities: _Entities, at_once: int = 2_000
) -> Iterator[tuple[str, list[tuple[int, ...]]]]:
    """Rows for the tables of statements, some thousand at a time."""
    number_of = {article.id: number for number, article in enumerate(record.articles, 1)}
    stated: list[tuple[int, ...]] = []
    booleans: list[tuple[int, ...]] = []
    texts: list[tuple[int, ...]] = []
    ids = count(1)
    for number, one in enumerate(coded(record), 1):
        article = record.article[one.words.article]
        start, stop = utf16_span(article.text, (one.words.start, one.words.end))
        stated.append((number, _TYPE, number_of[article.id], start, stop, _CODER))
        booleans.append((number, number, _AGREEMENT, int(one.agreement)))
        for name, variable in _TEXTS.items():
            texts.append((next(ids), number, variable, entities.number(variable, getattr(one, name))))
        if number % at_once == 0:
            yield from (("STATEMENTS", stated), ("DATABOOLEAN", booleans), ("DATASHORTTEXT", texts))
            stated, booleans, texts = [], [], []
    if stated:
        yield from (("STATEMENTS", stated), ("DATABOOLEAN", booleans), ("DATASHORTTEXT", texts))


def _describe(database: sqlite3.Connection, record: Record, entities: _Entities) -> None:
    """The entities, with what is known of each: its kind, its other names, its role."""
    database.executemany(
        "INSERT INTO ENTITIES VALUES (?, ?, ?, 0, 0, 0, NULL)",
        ((number, variable, value) for (variable, value), number in entities.numbers.items()),
    )
    pairs = [(variable, name) for variable in _TEXTS.values() for name in _ATTRIBUTES]
    numbers = {pair: number for number, pair in enumerate(pairs, 1)}
    database.executemany(
        "INSERT INTO ATTRIBUTEVARIABLES VALUES (?, ?, ?)", ((n, *pair) for pair, n in numbers.items())
    )
    named = {_cut(party.name): party for party in reversed(record.parties)}
    ids = count(1)
    database.executemany(
        "INSERT INTO ATTRIBUTEVALUES VALUES (?, ?, ?, ?)",
        (
            (next(ids), entity, numbers[variable, name], _cut(known))
            for (variable, value), entity in entities.numbers.items()
            for name, known in zip(_ATTRIBUTES, _known(named.get(value)), strict=True)
        ),
    )


def _known(party: Party | None) -> tuple[str, str, str]:
    if party is None:
        return "", "", ""
    return party.kind.value, "; ".join(party.aliases), party.role or ""


def _document(number: int, article: Article) -> tuple[object, ...]:
    notes = {
        "file": article.file, "address": article.url, "database id": article.source_id,
        "date": article.published or "not known; DNA shows 1 January 1970",
    }  # fmt: skip
    return (
        number, _cut(article.title or article.file), _storable(article.text), _CODER,
        _cut(article.author or ""), _cut(article.outlet or ""), _cut(article.page or ""),
        "\n".join(f"{name}: {value}" for name, value in notes.items() if value), article.genre.value,
        _seconds(article),
    )  # fmt: skip


def _seconds(article: Article) -> int:
    """Noon of the article's first day as seconds since 1970; 0 where it has no date: DNA wants one."""
    if article.published is None:
        return 0
    return int(datetime.combine(earliest(article.published), time(12), tzinfo=UTC).timestamp())


def _storable(text: str) -> str:
    """The text without what SQLite or Java would stop at, character for character."""
    return text.replace("\x00", "␀").encode("utf-8", "replace").decode()


def _cut(text: str) -> str:
    line = _flat(_storable(text))
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _digest(password: str) -> str:
    """A password as Jasypt's strong encryptor keeps it: salt, then SHA-256 a hundred thousand times."""
    digest = hashlib.sha256(_SALT + password.encode()).digest()
    for _ in range(_ITERATIONS - 1):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(_SALT + digest).decode()
