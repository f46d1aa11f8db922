"""Parquet: the tables of a record for pandas, R, DuckDB and Arrow, written some thousand rows at a time."""

import tempfile
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as arrow
from pyarrow import parquet

from detente.export.case import Case
from detente.export.packing import Package, zipped
from detente.export.rows import Tables, columns, numbers

_ROWS_AT_ONCE: Final = 5_000
_ARROW: Final = {int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}


def parquet_archive(case: Case) -> Iterator[bytes]:
    """A zip of Parquet files, one a table; a column has its type also where the table has no rows."""
    tables = Tables(case)

    def fill(archive: Package) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name in tables.names:
                part = Path(folder) / f"{name}.parquet"
                _write(tables, name, part)
                member = archive.member(part.name)
                # Parquet is compressed in itself; the zip only holds the files together.
                member.compress_type = zipfile.ZIP_STORED
                archive.writestr(member, part.read_bytes())
                part.unlink()

    return zipped(fill)


def _write(tables: Tables, name: str, path: Path) -> None:
    schema = _schema(name)
    rows = tables.rows(name)
    with parquet.ParquetWriter(path, schema) as writer:
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            arrays = [
                arrow.array([row[at] for row in some], type=field.type) for at, field in enumerate(schema)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def _schema(table: str) -> arrow.Schema:
    kinds = numbers(table)
    return arrow.schema(
        [(column, _ARROW[kinds[column]] if column in kinds else arrow.string()) for column in columns(table)]
    )
