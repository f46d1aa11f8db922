"""One Excel workbook, a sheet a table.

Law: no cell runs as a formula or opens a link: what begins like one is stored as text.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import xlsxwriter

from detente.export.case import Case
from detente.export.packing import bytes_of
from detente.export.rows import Tables, Value, columns

# Excel refuses longer cells, and sheets with more rows.
_LONGEST_CELL: Final = 32_767
_MOST_ROWS: Final = 1_048_575
_OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def xlsx(case: Case) -> Iterator[bytes]:
    """One Excel file, a sheet a table."""
    tables = Tables(case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.xlsx"
        with xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": folder}) as book:
            for name in tables.names:
                sheet = book.add_worksheet(name)
                sheet.write_row(0, 0, columns(name))
                for number, row in zip(range(1, _MOST_ROWS), tables.rows(name), strict=False):
                    sheet.write_row(number, 0, [_short(value) for value in row])
        yield from bytes_of(path)


def _short(value: Value) -> Value:
    if isinstance(value, str) and len(value) > _LONGEST_CELL:
        return value[: _LONGEST_CELL - 1] + "…"
    return value
