"""The forms a record is taken elsewhere in: name, file ending, what it is for, and how it is made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from detente.export.annotations import web_annotations
from detente.export.calendar import icalendar
from detente.export.network import gexf, graphml
from detente.export.plover import plover_jsonl
from detente.export.references import bibtex, csl_json, ris
from detente.export.sheets import csv_archive, jsonl_archive, parquet_archive, xlsx
from detente.record.codec import to_json
from detente.record.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form of the record.

    Attributes:
        name: As given to ``--format``.
        suffix: Of the file's name, with its dot.
        about: What it is and who opens it, one line.
        chunks: The bytes of the file, piece by piece.
    """

    name: str
    suffix: str
    about: str
    chunks: Callable[[Record], Iterable[bytes]]


def _json(record: Record) -> Iterable[bytes]:
    yield to_json(record).encode()


_ALL: Final = tuple(
    Format(name=name, suffix=suffix, about=about, chunks=chunks)
    for name, suffix, about, chunks in (
        ("json", ".json", "the record, by its published schema", _json),
        ("csv", ".zip", "a table a kind, for any sheet", csv_archive),
        ("xlsx", ".xlsx", "one workbook, a sheet a kind", xlsx),
        ("parquet", ".zip", "a table a kind, for pandas, R and DuckDB", parquet_archive),
        ("jsonl", ".zip", "a file of JSON lines a kind", jsonl_archive),
        ("gexf", ".gexf", "who speaks of whom over time, for Gephi", gexf),
        ("graphml", ".graphml", "the same network, for networkx, yEd and R", graphml),
        ("plover", ".jsonl", "events as PLOVER 2.0 records", plover_jsonl),
        ("web-annotation", ".jsonld", "every item as a W3C Web Annotation", web_annotations),
        ("csl-json", ".json", "the articles as references, for Zotero and pandoc", csl_json),
        ("ris", ".ris", "the articles as references, for EndNote", ris),
        ("bibtex", ".bib", "the articles as references, for LaTeX", bibtex),
        ("ical", ".ics", "the meetings, for a calendar", icalendar),
    )
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({form.name: form for form in _ALL})
