"""One Excel workbook, a sheet a table, written row by row.

Law: no cell runs as a formula or opens a link: every text is an inline string, which Excel shows as it is.

Source:
    ECMA-376-1 (2016), *Office Open XML File Formats*, 18.3 (sheets) and 22.9.2.19 (escaped characters).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import Final

from detente.export.case import Case
from detente.export.packing import Package, zipped
from detente.export.rows import Row, Tables, Value, columns

# Excel refuses longer cells, and sheets with more rows.
_LONGEST_CELL: Final = 32_767
_MOST_ROWS: Final = 1_048_575
_ROWS_AT_ONCE: Final = 500

_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORDS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What XML or Excel would not give back: written as Excel writes it, _x0007_.
_ODD: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


def xlsx(case: Case) -> Iterator[bytes]:
    """One Excel file, a sheet a table; the heads stay in sight and filter their columns."""
    tables = Tables(case)

    def fill(archive: Package) -> None:
        for name, content in _parts(tables.names):
            archive.writestr(archive.member(name), f"{_HEAD}{content}")
        for number, name in enumerate(tables.names, 1):
            member = archive.member(f"xl/worksheets/sheet{number}.xml")
            with archive.open(member, "w", force_zip64=True) as file:
                for text in _sheet(columns(name), tables.rows(name)):
                    file.write(text.encode())

    return zipped(fill)


def _parts(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts around the sheets: what is in the package, and what each is called."""
    numbers = range(1, len(names) + 1)
    kinds = [("workbook", "sheet.main"), *((f"worksheets/sheet{n}", "worksheet") for n in numbers)]
    named = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_WORDS}.{kind}+xml"/>' for part, kind in kinds
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{rels}"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{default}{named}</Types>'
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    spaces = f'xmlns="{_SHEET}" xmlns:r="{_OFFICE}"'
    views = "<bookViews><workbookView/></bookViews>"
    yield "xl/workbook.xml", f"<workbook {spaces}>{views}<sheets>{sheets}</sheets></workbook>"
    held = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations(held)


def _relations(held: Sequence[tuple[str, str]]) -> str:
    """What a part leads to, by kind and path, numbered from 1."""
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for number, (kind, path) in enumerate(held, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _sheet(head: Sequence[str], rows: Iterator[Row]) -> Iterator[str]:
    letters = [_letters(place) for place in range(len(head))]
    yield (
        f'{_HEAD}<worksheet xmlns="{_SHEET}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        "<sheetData>"
    )
    yield _row(1, letters, head)
    numbers = count(2)
    shown = islice(rows, _MOST_ROWS)
    last = 1
    while some := list(islice(shown, _ROWS_AT_ONCE)):
        yield "".join(_row(next(numbers), letters, row) for row in some)
        last += len(some)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{last}"/></worksheet>'


def _row(number: int, letters: Sequence[str], row: Row) -> str:
    cells = [
        _cell(f"{letter}{number}", value)
        for letter, value in zip(letters, row, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_escaped(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _escaped(text: str) -> str:
    r"""A text as it stands in a cell.

    >>> _escaped("a<b\x07"), _escaped("_x0041_")
    ('a&lt;b_x0007_', '_x005F_x0041_')
    """
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 1] + "…"
    return _ODD.sub(lambda odd: f"_x{ord(odd[0]):04X}_", text).translate(_MARKUP)


def _letters(place: int) -> str:
    """A column's name, from 0.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
