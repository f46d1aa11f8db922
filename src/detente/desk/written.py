"""What follows from a whole record and takes seconds: the brief as the desk shows it, and the negotiation.

Pure: the same record gives the same pieces. They come one by one, so that one shows while the next is made.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from detente.brief.compose import compose
from detente.brief.findings import find
from detente.desk.front_page import front_page
from detente.desk.sheet_edits import FILE, parts_of
from detente.errors import DetenteError
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Negotiation
from detente.negotiation.writing import dump_negotiation
from detente.record.model import Record

BRIEF: Final = "brief"
DERIVED: Final = "negotiation"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing that follows.

    Attributes:
        name: :data:`BRIEF`, a part of a page, or :data:`DERIVED`, a file.
        text: The piece itself; empty where there is none.
        version: What tells a negotiation from every other.
        why_not: Why there is none.
        is_whole: Whether nothing of it is still to come.
    """

    name: str
    text: str = ""
    version: str = ""
    why_not: str | None = None
    is_whole: bool = True

    @cached_property
    def negotiation(self) -> Negotiation:
        """What the file says; taken apart once."""
        return load_negotiation(self.text, FILE)


def pieces(record: Record, *, brief_first: bool) -> Iterator[Piece]:
    """Everything that follows, each as soon as it is made.

    Args:
        record: As it stands.
        brief_first: Whether the brief is wanted before the negotiation, without what could hold.
    """
    if brief_first:
        yield Piece(name=BRIEF, text=front_page(compose(record), record), is_whole=False)
    piece, negotiation = _derived(record)
    yield piece
    found = find(negotiation) if negotiation is not None else None
    yield Piece(name=BRIEF, text=front_page(compose(record, negotiation, found), record))


def derived(record: Record) -> Piece:
    """The negotiation alone."""
    return _derived(record)[0]


def _derived(record: Record) -> tuple[Piece, Negotiation | None]:
    try:
        negotiation = derive_negotiation(record)
        text = dump_negotiation(negotiation)
    except DetenteError as error:  # nothing to negotiate on yet: the brief says what there is
        return Piece(name=DERIVED, why_not=str(error)), None
    return Piece(name=DERIVED, text=text, version=version_of(negotiation)), negotiation


def version_of(negotiation: Negotiation) -> str:
    """What tells a sheet from every other, however its file is written."""
    parts = json.dumps(sorted(parts_of(negotiation).items()))
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
