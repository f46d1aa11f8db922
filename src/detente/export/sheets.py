"""CSV, Excel, Parquet and JSON lines: the tables of a record in the forms that sheets and notebooks open.

Law: no cell of a CSV or Excel file runs as a formula. A text that begins like one gets an apostrophe
before it in CSV (OWASP, *CSV Injection*) and is stored as text in Excel.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as arrow
import xlsxwriter
from pyarrow import parquet

from detente.export.rows import Row, Value, columns, tables
from detente.record.model import Record
from detente.vocabulary import ClaimKind

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# Excel refuses longer cells, and sheets with more rows.
_LONGEST_CELL: Final = 32_767
_MOST_ROWS: Final = 1_048_575
_ROWS_AT_ONCE: Final = 10_000


def csv_archive(record: Record) -> Iterator[bytes]:
    """A zip of CSV files, one a table, UTF-8 with a byte order mark so that Excel reads it."""
    return _zipped(record, ".csv", _csv_text)


def jsonl_archive(record: Record) -> Iterator[bytes]:
    """A zip of JSON-lines files, one a table."""
    return _zipped(record, ".jsonl", _jsonl_text)


def xlsx(record: Record) -> Iterator[bytes]:
    """One Excel file, a sheet a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(str(path), options) as book:
            for name, rows in tables(record).items():
                sheet = book.add_worksheet(name)
                head = _columns(name, rows)
                sheet.write_row(0, 0, head)
                for number, row in zip(range(1, _MOST_ROWS), rows(), strict=False):
                    sheet.write_row(number, 0, [_short(row[column]) for column in head])
        yield from _bytes_of(path)


def parquet_archive(record: Record) -> Iterator[bytes]:
    """A zip of Parquet files, one a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, rows in tables(record).items():
                part = Path(folder) / f"{name}.parquet"
                parquet.write_table(arrow.Table.from_pylist(list(map(dict, rows()))), part)
                archive.write(part, part.name)
                part.unlink()
        yield from _bytes_of(path)


def defused(value: Value) -> Value:
    """The value, no longer a formula where a sheet would take it for one.

    >>> defused("=2+5"), defused("plain"), defused(-3)
    ("'=2+5", 'plain', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _zipped(
    record: Record, suffix: str, written: Callable[[list[str], Iterable[Row]], Iterator[str]]
) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        with zipfile.ZipFile(path, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            for name, rows in tables(record).items():
                with archive.open(f"{name}{suffix}", "w") as file:
                    for text in written(_columns(name, rows), rows()):
                        file.write(text.encode())
        yield from _bytes_of(path)


def _csv_text(head: list[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, head)
    buffer.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer.writeheader()
    for number, row in enumerate(rows, 1):
        writer.writerow({column: defused(value) for column, value in row.items()})
        if number % _ROWS_AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _jsonl_text(_head: list[str], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _columns(name: str, rows: Callable[[], Iterator[Row]]) -> list[str]:
    if name in set(ClaimKind):
        return list(columns(ClaimKind(name)))
    return list(next(rows(), {}))


def _short(value: Value) -> Value:
    return (
        value[: _LONGEST_CELL - 1] + "…" if isinstance(value, str) and len(value) > _LONGEST_CELL else value
    )


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
