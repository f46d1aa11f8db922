"""The negotiation's sheet on the desk: a YAML file beside the record, made from the record at first.

Law: nobody's work is written over: a sheet is kept only over the version that the person saw. The
derivation it was started from is noted in the record, so that what nobody touched moves on with it.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente.desk.case import Case
from detente.errors import EditConflict, InvalidNegotiation
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import load_negotiation
from detente.negotiation.merging import merge_derived
from detente.negotiation.model import Negotiation
from detente.negotiation.writing import dump_negotiation
from detente.record.model import Record

FILE: Final = "negotiation.yaml"
_NOTE: Final = "negotiation"
_BASE: Final = "negotiation as derived"
_LARGEST: Final = 3_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The negotiation as it is kept.

    Attributes:
        text: The file's; ``version``: what tells it from every other.
        kept: Whether it is kept yet; else it is just what the record shows.
        where: The file, or ``None`` where it stands in the record (one on a server has no file).
    """

    negotiation: Negotiation
    text: str
    version: str
    kept: bool
    where: Path | None


def sheet_file(case: Case) -> Path | None:
    """Where the sheet of a record is kept: ``negotiation.yaml`` beside ``record.db``.

    A record of another name has its own: ``talks.negotiation.yaml`` beside ``talks.db``.
    """
    where = case.store.where
    if where == ":memory:" or "://" in where:
        return None
    path = Path(where)
    return path.with_name(FILE if path.stem == "record" else f"{path.stem}.{FILE}")


def open_sheet(case: Case) -> Sheet:
    """The sheet, or what the record shows where none is kept yet.

    Raises:
        InvalidNegotiation: The file is not one.
        NotEnoughEvidence: There is none, and the record shows no negotiation.
    """
    where, text = sheet_file(case), _kept(case)
    if text is None:
        derived, text = _derived(case)
        return Sheet(negotiation=derived, text=text, version=_version(text), kept=False, where=where)
    negotiation = load_negotiation(text, where.name if where else _NOTE)
    return Sheet(negotiation=negotiation, text=text, version=_version(text), kept=True, where=where)


def keep_sheet(case: Case, negotiation: Negotiation, expected: str) -> None:
    """Keep a changed sheet.

    Args:
        case: Whose sheet it is.
        negotiation: As changed.
        expected: The version that was changed.

    Raises:
        EditConflict: Somebody kept another one since.
    """
    text = dump_negotiation(negotiation)
    load_negotiation(text, FILE)  # what cannot be read again is not kept
    with case.alone:
        before = open_sheet(case)
        if before.version != expected:
            raise EditConflict(
                "Somebody changed the sheet since you opened it, or the record moved on; "
                "open it again, then change it."
            )
        if not before.kept:
            case.store.keep(_BASE, before.text)
        _keep(case, text)


def keep_text(case: Case, text: str, expected: str) -> None:
    """Keep a sheet written as a file.

    Raises:
        InvalidNegotiation: It is not one, with its line.
    """
    if len(text) > _LARGEST:
        raise InvalidNegotiation(FILE, f"{len(text):,} characters is more than a negotiation has.")
    keep_sheet(case, load_negotiation(text.replace("\r\n", "\n"), FILE), expected)


def brought_up(case: Case) -> Negotiation:
    """The sheet with what is new in the record; what the analyst wrote stays."""
    sheet = open_sheet(case)
    if not sheet.kept:
        return sheet.negotiation
    fresh, _ = _derived(case)
    base = case.store.kept(_BASE)
    return merge_derived(sheet.negotiation, fresh, load_negotiation(base, FILE) if base else None)


def bring_up(case: Case, expected: str) -> None:
    """Put what is new in the record into the sheet, and start from there."""
    with case.alone:
        merged = brought_up(case)
        keep_sheet(case, merged, expected)
        case.store.keep(_BASE, _derived(case)[1])


def start_over(case: Case, expected: str) -> None:
    """Keep just what the record shows now in place of the sheet."""
    derived, text = _derived(case)
    with case.alone:
        keep_sheet(case, derived, expected)
        case.store.keep(_BASE, text)


def _derived(case: Case) -> tuple[Negotiation, str]:
    """What the record shows, and the same as a file."""
    return case.following("negotiation", _derive)


def _derive(record: Record) -> tuple[Negotiation, str]:
    negotiation = derive_negotiation(record)
    return negotiation, dump_negotiation(negotiation)


def _kept(case: Case) -> str | None:
    where = sheet_file(case)
    if where is None:
        return case.store.kept(_NOTE)
    try:
        raw = where.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InvalidNegotiation(where.name, f"cannot be read ({error.strerror}).") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidNegotiation(where.name, f"byte {error.start} is not UTF-8: save it as UTF-8.") from error


def _keep(case: Case, text: str) -> None:
    where = sheet_file(case)
    if where is None:
        case.store.keep(_NOTE, text)
        return
    part = None
    try:
        handle, name = tempfile.mkstemp(dir=where.parent, prefix=f".{where.name}.")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(where)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise InvalidNegotiation(where.name, f"cannot be written ({error.strerror}).") from error


def _version(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
