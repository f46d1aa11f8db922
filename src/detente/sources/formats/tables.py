"""Tables of articles, one a row: CSV, JSON Lines and spreadsheets, with a map of what each column holds.

Where no map is given it is guessed from the columns' names; a table without a text column is refused,
and the message shows the columns it has.
"""

import csv
import io
import itertools
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final, TypeAlias

import openpyxl

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.calendar_words import read_date
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft, Stated, StatedDate, Unusable
from detente.sources.formats.word import require_sound_package
from detente.sources.lists import rows

Row: TypeAlias = Mapping[str, object]

# Rows without words that are named one by one; the rest are counted in one line.
_NAMED: Final = 5
_LONGEST_CELL: Final = 10_000_000

# What the library below raises on files that are not what they say.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """The name of the column that holds each thing; ``None`` where there is none, or to be guessed."""

    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    id: str | None = None
    language: str | None = None
    section: str | None = None
    page: str | None = None


def guess_columns(names: Iterable[str], given: ColumnMap | None = None) -> ColumnMap:
    """What each column holds, by its name; what is given stays.

    >>> guess_columns(["Headline", "Pub_Date", "Body"]).title
    'Headline'
    """
    left = {_plain(name): name for name in names}
    chosen: dict[str, str | None] = {}
    known = {row[0]: _forms(row[1]) for row in rows("columns.tsv")}
    for field in fields(ColumnMap):
        named = getattr(given, field.name) if given is not None else None
        chosen[field.name] = named or next((left[f] for f in known[field.name] if f in left), None)
        left.pop(_plain(chosen[field.name] or ""), None)
    return ColumnMap(**chosen)


def read_csv(blob: Blob, settings: Settings, columns: ColumnMap | None = None) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """An article for each row of a CSV or TSV file.

    Raises:
        UnreadableSource: It is no table, or no column holds text.
    """
    text = decode(blob.content, blob.name)
    csv.field_size_limit(_LONGEST_CELL)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t|", key=first.count)
    try:
        table = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey=""))
    except csv.Error as error:
        raise UnreadableSource(blob.name, f"not a CSV table ({error}).") from error
    yield from _drafts(table, blob.name, columns)


def read_json_lines(
    blob: Blob,
    settings: Settings,  # noqa: ARG001  # one signature for every reader
    columns: ColumnMap | None = None,
) -> Iterator[Draft | Unusable]:
    """An article for each line of a JSON Lines file; a line that is not JSON is named, the rest read.

    Raises:
        UnreadableSource: No line is a JSON object, or none has a text field.
    """
    found: list[Row] = []
    bad: list[int] = []
    for number, line in enumerate(decode(blob.content, blob.name).split("\n"), start=1):
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                value = None
            if isinstance(value, dict):
                found.append({**value, "": number})
            else:
                bad.append(number)
    if not found:
        raise UnreadableSource(blob.name, "no line of it is a JSON object.")
    yield from _drafts(found, blob.name, columns)
    yield from _named("line", bad, "not a JSON object.")


def read_json(blob: Blob, settings: Settings, columns: ColumnMap | None = None) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """An article for each object of a JSON list, or of the one list in a JSON object.

    Raises:
        UnreadableSource: It is not JSON, or holds no list of articles.
    """
    try:
        value = json.loads(decode(blob.content, blob.name))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(blob.name, "not JSON, or damaged.") from error
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        value = [value] if guess_columns(value).text else (lists[0] if len(lists) == 1 else [])
    found = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    if not found:
        raise UnreadableSource(blob.name, "JSON, but not a list of articles with a text each.")
    yield from _drafts(found, blob.name, columns)


def read_spreadsheet(
    blob: Blob, settings: Settings, columns: ColumnMap | None = None
) -> Iterator[Draft | Unusable]:
    """An article for each row of a workbook's first sheet that has a text column.

    Raises:
        UnreadableSource: It is no workbook, or no sheet has a text column.
    """
    require_sound_package(blob, settings, "xl/workbook.xml", "a workbook")
    try:
        book = openpyxl.load_workbook(io.BytesIO(blob.content), read_only=True, data_only=True)
        sheets = [
            list(itertools.islice(sheet.iter_rows(values_only=True), 1_000_000)) for sheet in book.worksheets
        ]
    except _DAMAGE as error:
        raise UnreadableSource(blob.name, "a damaged workbook; open it and save it anew.") from error
    tables: list[list[Row]] = []
    for sheet in sheets:
        if sheet:
            names = [str(cell) if cell is not None else "" for cell in sheet[0]]
            tables.append([dict(zip(names, row, strict=False)) for row in sheet[1:]])
    for table in tables:
        if table and guess_columns(table[0], columns).text:
            yield from _drafts(table, blob.name, columns)
            return
    yield from _drafts(tables[0] if tables else [], blob.name, columns)


def _drafts(table: Sequence[Row], where: str, given: ColumnMap | None) -> Iterator[Draft | Unusable]:
    names: dict[str, None] = {}
    for row in table[:100]:
        names.update(dict.fromkeys(name for name in row if isinstance(name, str) and name))
    columns = guess_columns(names, given)
    if not table:
        raise UnreadableSource(where, "a table without rows.")
    if columns.text is None or columns.text not in names:
        shown = ", ".join(list(names)[:12]) or "none"
        raise UnreadableSource(
            where, f"no column holds the text; its columns: {shown}. Name one with --text."
        )
    empty = []
    for number, row in enumerate(table, start=1):
        draft = draft_of_row(row, columns, str(number))
        if draft is None:
            empty.append(number)
        else:
            yield draft
    yield from _named("row", empty, "no text in it.")


def draft_of_row(row: Row, columns: ColumnMap, part: str) -> Draft | None:
    """The article of one row; ``None`` where it has no words."""

    def cell(name: str | None) -> str | None:
        value = row.get(name) if name else None
        if isinstance(value, datetime | date):
            return value.isoformat()
        if isinstance(value, list):
            value = ", ".join(str(v) for v in value if isinstance(v, str | int))
        return str(value).strip() or None if isinstance(value, str | int | float) else None

    body = cell(columns.text)
    if body is None:
        return None
    title = cell(columns.title)
    title = " ".join(title.split()) if title else None
    written = cell(columns.date)
    when = read_date(written) if written else None
    dates = (StatedDate(when=when, basis=f"column {columns.date}"),) if when else ()
    own_title = title is None or " ".join(body.split()).startswith(title)
    return Draft(
        text=body if own_title else f"{title}\n\n{body}",
        part=part,
        stated=Stated(
            title=title,
            outlet=cell(columns.outlet),
            author=cell(columns.author),
            dates=dates,
            url=cell(columns.url),
            source_id=cell(columns.id),
            language=_code(cell(columns.language)),
            section=cell(columns.section),
            page=cell(columns.page),
        ),
    )


def _code(language: str | None) -> str | None:
    return language.casefold() if language and len(language) == 2 else None


def _named(kind: str, numbers: list[int], reason: str) -> Iterator[Unusable]:
    for number in numbers[:_NAMED]:
        yield Unusable(part=f"{kind} {number}", reason=reason)
    if len(numbers) > _NAMED:
        yield Unusable(part=None, reason=f"{len(numbers) - _NAMED} more {kind}s: {reason}")


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _forms(words: str) -> list[str]:
    return list(dict.fromkeys(_plain(form) for form in words.split()))
