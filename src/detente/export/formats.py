"""The forms a record is taken elsewhere in: name, file ending, what it is for, and how it is made.

Law: what a form needs is loaded when that form is asked for, so that JSON does not wait for Parquet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from types import MappingProxyType
from typing import Final

from detente.export.case import Case
from detente.negotiation.model import Negotiation
from detente.record.edits import Edit
from detente.record.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form of the record.

    Attributes:
        name: As given to ``--format``.
        suffix: Of the file's name, with its dot.
        about: What it is and who opens it, one line.
        maker: The module in ``detente.export`` and its function from a :class:`Case` to bytes.
    """

    name: str
    suffix: str
    about: str
    maker: str

    def chunks(
        self,
        record: Record,
        *,
        edits: Sequence[Edit] = (),
        negotiation: Negotiation | None = None,
        on: date | None = None,
    ) -> Iterable[bytes]:
        """The bytes of the file, piece by piece.

        Args:
            record: What is taken elsewhere.
            edits: The analyst's decisions on it, for the columns that name who decided.
            negotiation: The analyst's own; ``None``: derived from the record where the form needs one.
            on: The day of the export, printed in a document; ``None``: no day is printed.
        """
        module, function = self.maker.split(":")
        make: Callable[[Case], Iterable[bytes]] = getattr(import_module(f"detente.export.{module}"), function)
        return make(Case(record=record, edits=edits, given=negotiation, on=on))


_ALL: Final = tuple(
    Format(name=name, suffix=suffix, about=about, maker=maker)
    for name, suffix, about, maker in (
        ("json", ".json", "the record, by its published schema", "whole:json"),
        ("docx", ".docx", "the brief as a Word document, every source in a footnote", "dossier:docx"),
        ("print", ".html", "the brief as one page to print", "dossier:page"),
        ("csv", ".zip", "a table a kind, for any sheet", "sheets:csv_archive"),
        ("xlsx", ".xlsx", "one workbook, a sheet a kind", "workbook:xlsx"),
        ("parquet", ".zip", "a table a kind, for pandas, R and DuckDB", "parquet:parquet_archive"),
        ("jsonl", ".zip", "a file of JSON lines a kind", "sheets:jsonl_archive"),
        ("gexf", ".gexf", "who speaks of whom over time, for Gephi", "network:gexf"),
        ("graphml", ".graphml", "the same network, for networkx, yEd and R", "network:graphml"),
        ("dna", ".dna", "the statements, for the Discourse Network Analyzer", "dna:dna"),
        ("dna-csv", ".csv", "the statements, as the Discourse Network Analyzer lists them", "dna:dna_csv"),
        ("plover", ".jsonl", "events as PLOVER 2.0 records", "plover:plover_jsonl"),
        (
            "web-annotation",
            ".jsonld",
            "every item as a W3C Web Annotation",
            "annotations:web_annotations",
        ),
        ("refi-qda", ".qdpx", "every item as a coded passage, for NVivo, ATLAS.ti, MAXQDA", "refi:qdpx"),
        (
            "label-studio",
            ".json",
            "every item as a label to be checked, for Label Studio",
            "label_studio:label_studio",
        ),
        ("label-studio-config", ".xml", "the labelling interface for Label Studio", "label_studio:config"),
        (
            "genius",
            ".zip",
            "the negotiation as a domain and a profile a party, for GENIUS and NegMAS",
            "genius:genius",
        ),
        (
            "option-form",
            ".csv",
            "the negotiation as a table of options, states and ranks",
            "option_form:option_form",
        ),
        ("csl-json", ".json", "the articles as references, for Zotero and pandoc", "references:csl_json"),
        ("ris", ".ris", "the articles as references, for EndNote", "references:ris"),
        ("bibtex", ".bib", "the articles as references, for LaTeX", "references:bibtex"),
        ("ical", ".ics", "the meetings, for a calendar", "calendar:icalendar"),
    )
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({form.name: form for form in _ALL})
"""The record in the forms that colleagues expect."""
