"""CSV and JSON lines: the tables of a record for sheets, scripts and notebooks.

Law: no cell of a CSV file runs as a formula. A text that begins like one gets an apostrophe before it
(OWASP, *CSV Injection*).
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from detente.export.case import Case
from detente.export.packing import Package, zipped
from detente.export.rows import TABLES, Row, Tables, Value, columns, numbers

# The wide forms are turned into the narrow ones by East Asian Excel.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_TABS: Final = frozenset("\t\r\n")
_JSON_TYPES: Final = {int: "integer", float: "number", bool: "boolean"}
_ROWS_AT_ONCE: Final = 1_000

Written: TypeAlias = Callable[[Sequence[str], Iterable[Row]], Iterator[str]]


def csv_archive(case: Case) -> Iterator[bytes]:
    """A zip of CSV files, one a table, UTF-8 with a byte order mark so that Excel reads it."""
    return _archive(case, ".csv", _csv_text)


def jsonl_archive(case: Case) -> Iterator[bytes]:
    """A zip of JSON-lines files, one a table, and ``schema.json``: what a line of each holds."""
    return _archive(case, ".jsonl", _jsonl_text, {"schema.json": json.dumps(line_schemas(), indent=1)})


def line_schemas() -> dict[str, object]:
    """The JSON Schema of a line of every table, under the table's name."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of each table of a Detente record",
        "$defs": {table: _line_schema(table) for table in TABLES},
    }


def _line_schema(table: str) -> dict[str, object]:
    kinds = numbers(table)
    types = {column: _JSON_TYPES[kinds[column]] if column in kinds else "string" for column in columns(table)}
    return {
        "type": "object",
        "properties": {column: {"type": [kind, "null"]} for column, kind in types.items()},
        "required": list(types),
        "additionalProperties": False,
    }


def defused(value: Value) -> Value:
    """The value, no longer a formula where a sheet would take it for one.

    >>> defused("=2+5"), defused("  =2+5"), defused("plain"), defused(-3)
    ("'=2+5", "'  =2+5", 'plain', -3)
    """
    if isinstance(value, str) and (value.lstrip().startswith(_FORMULA_STARTS) or value[:1] in _TABS):
        return f"'{value}"
    return value


def _archive(
    case: Case, suffix: str, written: Written, beside: Mapping[str, str] = MappingProxyType({})
) -> Iterator[bytes]:
    def fill(archive: Package) -> None:
        for name, text in beside.items():
            archive.writestr(archive.member(name), text)
        tables = Tables(case)
        for name in tables.names:
            with archive.open(archive.member(f"{name}{suffix}"), "w", force_zip64=True) as file:
                for text in written(columns(name), tables.rows(name)):
                    file.write(text.encode())

    return zipped(fill)


def _csv_text(head: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer.writerow(head)
    for number, row in enumerate(rows, 1):
        writer.writerow([defused(value) for value in row])
        if number % _ROWS_AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _jsonl_text(head: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False) + "\n"
