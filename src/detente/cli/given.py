"""The negotiation a command is given: a file of its own, or a record to derive it from."""

from pathlib import Path
from typing import Annotated, Final

import typer

from detente.errors import InvalidNegotiation
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Negotiation
from detente.record.codec import from_json
from detente.record.model import Record
from detente.record.store import Store

# A hand-written file has some kilobytes; 2^16 states listed one by one have 3 megabytes.
_LARGEST: Final = 50_000_000

FileArgument = Annotated[
    Path | None,
    typer.Argument(metavar="NEGOTIATION.yaml", help="The negotiation's file.", show_default=False),
]
RecordOption = Annotated[
    Path | None,
    typer.Option("--record", metavar="FILE", help="Derive the negotiation from this record instead."),
]


def given_negotiation(file: Path | None, record: Path | None) -> Negotiation:
    """Load the file, or derive from the record; just one of them is given.

    Raises:
        InvalidNegotiation: The file is not one.
        InvalidRecord: The record is not one.
    """
    if (file is None) == (record is None):
        raise typer.BadParameter("name a negotiation file, or --record and a record: one of the two.")
    if file is not None:
        return load_negotiation(_text(file), file.name)
    return derive_negotiation(_record(record or Path()))


def _record(path: Path) -> Record:
    if path.suffix == ".json":
        return from_json(_text(path))
    with Store.open(path) as store:
        return store.record()


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size > _LARGEST:
        raise InvalidNegotiation(path.name, f"{size:,} bytes is more than a negotiation has: choose another.")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidNegotiation(
            path.name, f"byte {error.start} is not UTF-8: save the file as UTF-8 text."
        ) from error
