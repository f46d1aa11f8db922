"""The negotiation's sheet on the desk: made from the record at first, then what people decided on it.

Law: every change is an edit of the record, with who, when, before, after and why; the YAML file beside the
record always says what they come to. What somebody wrote into the file itself becomes an edit before the
next one. Nobody's work is written over: a sheet is kept only over the version that the person saw.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from detente.desk.case import Case, now
from detente.desk.people import Person
from detente.desk.sheet_edits import (
    FILE,
    Parts,
    Stand,
    change_edit,
    first_edit,
    negotiation_of,
    parts_of,
    standing,
)
from detente.desk.writing import NotMadeYet
from detente.desk.written import DERIVED, Piece, derived, version_of
from detente.errors import DetenteError, EditConflict, InvalidNegotiation, NotEnoughEvidence
from detente.negotiation.file import load_negotiation
from detente.negotiation.merging import merge_derived
from detente.negotiation.model import Negotiation
from detente.negotiation.writing import dump_negotiation
from detente.record.edits import NEGOTIATION, Edit, in_force

_LARGEST: Final = 3_000_000
_NOT_YET: Final = "The negotiation is being worked out from the record; ask again in some seconds."
_BY_HAND: Final = "Changed in the file, not at the desk."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The negotiation as it is kept.

    Attributes:
        text: The file's; ``version``: what tells it from every other.
        kept: Whether it is kept yet; else it is just what the record shows.
        where: The file, or ``None`` where there is none (beside a record on a server).
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
        NotMadeYet: There is none, and what a large record shows is still being worked out.
    """
    where = sheet_file(case)
    text = _in_file(where)
    if text is None:
        stand = _stand(case)
        text = _text(stand.parts) if stand is not None else None
    if text is None:
        shown = _derived(case)
        return Sheet(
            negotiation=shown.negotiation, text=shown.text, version=shown.version, kept=False, where=where
        )
    negotiation, version = _read(text, where.name if where else FILE)
    return Sheet(negotiation=negotiation, text=text, version=version, kept=True, where=where)


def keep_sheet(
    case: Case,
    person: Person,
    negotiation: Negotiation,
    expected: str,
    *,
    reason: str | None = None,
    derived: Negotiation | None = None,
) -> None:
    """Keep a changed sheet.

    Args:
        case: Whose sheet it is.
        person: Who changed it.
        negotiation: As changed.
        expected: The version that was changed.
        reason: Why, in the person's words.
        derived: The derivation that the sheet is brought up to by this, if it is.

    Raises:
        EditConflict: Somebody kept another one since.
    """
    after = parts_of(negotiation)
    negotiation_of(after)  # what cannot be read again is not kept
    base = None if derived is None else dump_negotiation(derived)
    with case.alone:
        held, seen = open_sheet(case), case.store.version(NEGOTIATION)
        if held.version != expected:
            raise EditConflict(_changed_since(case))
        before, new = parts_of(held.negotiation), _by_hand(case)
        if not held.kept:
            # One moment, so that one undo takes back both; then there is no sheet of one's own again.
            on = now()
            new = [first_edit(held.text, held.text, who=person.name, on=on, reason=reason)]
            changed = change_edit(before, after, base, who=person.name, on=on, reason=reason)
        else:
            changed = change_edit(before, after, base, who=person.name, on=now(), reason=reason)
        _store(case, [*new, *([changed] if changed else [])], seen, after)


def keep_text(case: Case, person: Person, text: str, expected: str, *, reason: str | None = None) -> None:
    """Keep a sheet written as a file.

    Raises:
        InvalidNegotiation: It is not one, with its line.
    """
    if len(text) > _LARGEST:
        raise InvalidNegotiation(FILE, f"{len(text):,} characters is more than a negotiation has.")
    negotiation = load_negotiation(text.replace("\r\n", "\n"), FILE)
    keep_sheet(case, person, negotiation, expected, reason=reason)


def brought_up(case: Case) -> Negotiation:
    """The sheet with what is new in the record; what the analyst wrote stays."""
    sheet = open_sheet(case)
    if not sheet.kept:
        return sheet.negotiation
    fresh = _derived(case).negotiation
    stand = _stand(case)
    base = stand.derived if stand is not None else None
    return merge_derived(sheet.negotiation, fresh, load_negotiation(base, FILE) if base else None)


def follows(case: Case) -> bool | None:
    """Whether what the record shows is worked out of it as it stands; ``None``: not once yet."""
    piece, is_current = _shown(case)
    return None if piece is None else is_current


def derived_version(case: Case) -> str:
    """What tells the negotiation that the record shows from every other; empty where it shows none.

    Raises:
        NotMadeYet: It is being worked out for the first time.
    """
    piece, _ = _shown(case)
    if piece is None:
        raise NotMadeYet(_NOT_YET)
    return piece.version


def bring_up(case: Case, person: Person, expected: str, *, reason: str | None = None) -> None:
    """Put what is new in the record into the sheet, and start from there."""
    with case.alone:
        fresh = _derived(case).negotiation
        keep_sheet(case, person, brought_up(case), expected, reason=reason, derived=fresh)


def start_over(case: Case, person: Person, expected: str, *, reason: str | None = None) -> None:
    """Keep just what the record shows now in place of the sheet."""
    fresh = _derived(case).negotiation
    keep_sheet(case, person, fresh, expected, reason=reason, derived=fresh)


def store_undos(case: Case, undos: Sequence[Edit]) -> tuple[Edit, ...]:
    """Store undos of whatever; where they take back a change of the sheet, its file follows.

    Raises:
        EditConflict: Later changes of the sheet rest on what is taken back.
    """
    with case.alone:
        made = case.store.history(NEGOTIATION)
        about = {edit.id for edit in made}
        if not any(undo.item in about for undo in undos):
            return case.store.decide_all(undos)
        new = _by_hand(case)
        try:
            after = standing((*made, *new, *undos))
            if after is not None:
                negotiation_of(after.parts)
        except InvalidNegotiation as error:
            raise EditConflict(
                "Later changes of the sheet rest on this one; take those back first."
            ) from error
        stored = _store(case, [*new, *undos], len(made), after.parts if after else None)
        return stored[len(new) :]


def sheet_history(case: Case) -> tuple[Edit, ...]:
    """Every decision on the sheet, undone ones and undos among them, oldest first."""
    return case.store.history(NEGOTIATION)


def _store(case: Case, new: Sequence[Edit], seen: int, after: Parts | None) -> tuple[Edit, ...]:
    """Write the file, then store the edits: a stop between the two loses nothing.

    Args:
        case: Whose sheet it is.
        new: The edits, each of the sheet.
        seen: Its version as an item of the record before them.
        after: The sheet with them; ``None``: there is none then.
    """
    if not new:
        return ()
    where = sheet_file(case)
    if where is None:
        return case.store.decide_all(new, range(seen, seen + len(new)))
    before = _in_file(where)
    _write(where, None if after is None else _text(after))
    try:
        return case.store.decide_all(new, range(seen, seen + len(new)))
    except DetenteError:
        _write(where, before)
        raise


def _by_hand(case: Case) -> list[Edit]:
    """The edit that makes the edits say what the file says, where somebody changed the file itself."""
    where = sheet_file(case)
    text = _in_file(where)
    if where is None or text is None:
        return []
    stand, written = _stand(case), _read(text, where.name)[0]
    if stand is None:
        return [first_edit(text, None, who=where.name, on=now(), reason=_BY_HAND)]
    changed = change_edit(stand.parts, parts_of(written), None, who=where.name, on=now(), reason=_BY_HAND)
    return [changed] if changed else []


def _stand(case: Case) -> Stand | None:
    """The sheet by the edits in the record."""
    return standing(case.store.history(NEGOTIATION))


def _changed_since(case: Case) -> str:
    made = in_force(case.store.history(NEGOTIATION))
    if not made:
        return (
            "The record moved on, or the sheet changed, since you opened it; open it again, then change it."
        )
    last = made[-1]
    when = last.on[:16].replace("T", " ")
    return f"{last.who} changed the sheet at {when} UTC, or its file did; open it again, then change it."


def _derived(case: Case) -> Piece:
    """What the record shows.

    Raises:
        NotEnoughEvidence: It shows no negotiation.
        NotMadeYet: Of a large record it is being worked out for the first time.
    """
    piece, _ = _shown(case)
    if piece is None:
        raise NotMadeYet(_NOT_YET)
    if piece.why_not is not None:
        raise NotEnoughEvidence(piece.why_not)
    return piece


def _shown(case: Case) -> tuple[Piece | None, bool]:
    """The negotiation that was derived last, and whether it is of the record as it stands."""
    if case.settling.is_small():
        return case.following("negotiation", derived), True
    return case.writing.of(DERIVED)


def _in_file(where: Path | None) -> str | None:
    if where is None:
        return None
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


def _write(where: Path, text: str | None) -> None:
    """Put the text into the file, whole or not at all; ``None``: there is to be no file."""
    part = None
    try:
        if text is None:
            where.unlink(missing_ok=True)
            return
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


@lru_cache(maxsize=4)
def _read(text: str, name: str) -> tuple[Negotiation, str]:
    """What the text of a sheet says, and the version of that; every move of a slider asks for it."""
    negotiation = load_negotiation(text, name)
    return negotiation, version_of(negotiation)


def _text(parts: Parts) -> str:
    return dump_negotiation(negotiation_of(parts))
