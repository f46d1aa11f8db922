"""The negotiation on the desk: derived from the record until somebody edits it, then theirs.

Law: an edited sheet is never changed or removed; a new version stands on top of it.
"""

import json
from dataclasses import dataclass
from typing import Any

from detente.desk.case import Case, now
from detente.desk.people import Person
from detente.errors import EditConflict
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.model import Negotiation

_NAME = "negotiation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A negotiation as it stands on the desk.

    Attributes:
        version: How many times it was edited; 0: as derived.
        who: Who edited it last, ``on``: when; ``None`` while it is as derived.
    """

    negotiation: Negotiation
    version: int = 0
    who: str | None = None
    on: str | None = None


def held_sheet(case: Case) -> Sheet:
    """The negotiation that the analyses at the desk run on.

    Raises:
        NotEnoughEvidence: Nobody edited one, and the record shows none.
    """
    note = case.store.kept(_NAME)
    return _read(note) if note is not None else derived_sheet(case)


def derived_sheet(case: Case) -> Sheet:
    """What the record shows, whatever was edited; with the version that an edit of it is made on."""
    note = case.store.kept(_NAME)
    version = json.loads(note)["version"] if note is not None else 0
    return Sheet(negotiation=case.following("negotiation", derive_negotiation), version=version)


def keep_sheet(case: Case, person: Person, negotiation: Negotiation, expected: int | None = None) -> Sheet:
    """Put an edited negotiation on the desk.

    Args:
        expected: The version that it was edited from; ``None``: whatever stands there.

    Raises:
        EditConflict: Somebody edited it since.
    """
    with case.alone:
        note = case.store.kept(_NAME)
        held: dict[str, Any] = (
            json.loads(note) if note is not None else {"version": 0, "who": "nobody", "on": "ever"}
        )
        if expected is not None and expected != held["version"]:
            raise EditConflict(
                f"the negotiation: {held['who']} edited it at {held['on']}; look at it again, then edit."
            )
        made = {
            "version": held["version"] + 1,
            "who": person.name,
            "on": now(),
            "text": dump_negotiation(negotiation),
        }
        if note is not None:
            case.store.keep(f"{_NAME} {held['version']}", note)
        case.store.keep(_NAME, json.dumps(made, ensure_ascii=False))
    return _read(json.dumps(made))


def earlier_sheet(case: Case, version: int) -> Sheet | None:
    """The negotiation as it stood at a version; ``None`` where there was no such version."""
    if version == 0:
        return derived_sheet(case)
    note = case.store.kept(_NAME)
    if note is not None and json.loads(note)["version"] == version:
        return _read(note)
    note = case.store.kept(f"{_NAME} {version}")
    return _read(note) if note is not None else None


def _read(note: str) -> Sheet:
    tree = json.loads(note)
    negotiation = load_negotiation(tree["text"], "the negotiation on the desk")
    return Sheet(negotiation=negotiation, version=tree["version"], who=tree["who"], on=tree["on"])
