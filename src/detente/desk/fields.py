"""The fields of each kind of claim that a person may set, and what a filled form means.

Law: a name that fits no party, or two, is refused and never guessed; a date that is none is refused.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from detente.claims import Claim, Party
from detente.dates import is_when
from detente.desk.verbs import deed
from detente.errors import DetenteError
from detente.record.codec import claim_tree
from detente.record.edits import Json
from detente.record.model import Record
from detente.vocabulary import (
    Act,
    Channel,
    ClaimKind,
    EventType,
    MeetingStatus,
    PromiseStatus,
    Quotation,
    SignalKind,
)


class NotTaken(DetenteError):
    """A form that cannot be taken as it is filled."""


class Sort(StrEnum):
    """What a field holds."""

    PARTY = "party"
    PARTIES = "parties"
    ISSUE = "issue"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        choices: Values and their words, of a ``CHOICE``.
        needed: Whether it may not be left empty.
    """

    name: str
    label: str
    sort: Sort
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with what stands in it, as the form shows it."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Turned:
    """What one field was before a decision, and is after it; empty: nothing stood in it."""

    label: str
    before: str
    after: str


def _choice(name: str, label: str, words: Iterable[StrEnum], *, needed: bool = True) -> Field:
    values = tuple((word.value, word.value.replace("_", " ")) for word in words)
    return Field(name, label, Sort.CHOICE, values, needed)


def _party(name: str, label: str) -> Field:
    return Field(name, label, Sort.PARTY)


_ISSUE: Final = Field("issue", "Issue", Sort.ISSUE)
_WHAT: Final = Field("what", "What", Sort.TEXT, needed=True)
_DEEDS: Final = tuple((one.value, f"{deed(one)} ({one.value.lower()})") for one in EventType)
_STANCES: Final = (("1", "for"), ("-1", "against"), ("0", "not told"))

FIELDS: Final[Mapping[ClaimKind, tuple[Field, ...]]] = {
    ClaimKind.STATEMENTS: (
        _party("speaker", "Speaker"),
        _party("affiliation", "Speaks for"),
        _choice("act", "What the words do", Act),
        _party("target", "To or against"),
        _choice("quote", "Speech", Quotation),
        _choice("channel", "Channel", Channel, needed=False),
        Field("via", "Relayed by", Sort.TEXT),
        _ISSUE,
    ),
    ClaimKind.DEMANDS: (
        _party("by", "Who asks"),
        _party("of", "Of whom"),
        _WHAT,
        Field("when", "When", Sort.DATE),
        Field("firm", "How firmly, 0 to 1", Sort.SHARE, needed=True),
        _ISSUE,
    ),
    ClaimKind.PROMISES: (
        _party("by", "Who promises"),
        _party("to", "To whom"),
        _WHAT,
        Field("made", "When", Sort.DATE),
        _choice("status", "What became of it", PromiseStatus),
        _ISSUE,
    ),
    ClaimKind.DISPUTES: (
        _party("claimed_by", "Who charges"),
        _party("against", "Whom"),
        _party("denied_by", "Who answers"),
        Field("gap", "What the answer leaves open", Sort.TEXT),
        _ISSUE,
    ),
    ClaimKind.EVENTS: (
        Field("type", "What is done", Sort.CHOICE, _DEEDS, needed=True),
        _party("by", "By"),
        _party("to", "Toward"),
        _WHAT,
        Field("when", "When", Sort.DATE),
        Field("where", "Where", Sort.TEXT),
        _party("asserted_by", "Told by"),
        _ISSUE,
    ),
    ClaimKind.MEETINGS: (
        Field("parties", "Parties, with ; between", Sort.PARTIES),
        _choice("status", "Status", MeetingStatus),
        Field("date", "When", Sort.DATE),
        Field("place", "Where", Sort.TEXT),
        Field("round", "Round", Sort.TEXT),
        Field("level", "Level", Sort.TEXT),
    ),
    ClaimKind.SIGNALS: (
        _party("party", "Party"),
        _choice("signal", "Signal", SignalKind),
        Field("about", "About", Sort.TEXT),
        _ISSUE,
    ),
    ClaimKind.FACTIONS: (
        _party("party", "Camp"),
        Field("faction", "Faction", Sort.TEXT, needed=True),
        Field("position", "What it stands for", Sort.TEXT, needed=True),
        Field("stance", "Side", Sort.CHOICE, _STANCES, needed=True),
        _ISSUE,
    ),
}

# What the form of a new item begins with; beside these, nothing is known of it.
_NEW: Final[Mapping[ClaimKind, Mapping[str, Json]]] = {
    ClaimKind.STATEMENTS: {"quote": Quotation.INDIRECT.value, "act": Act.REPORT.value},
    ClaimKind.DEMANDS: {"firm": 0.5},
    ClaimKind.PROMISES: {"status": PromiseStatus.PENDING.value},
    ClaimKind.DISPUTES: {},
    ClaimKind.EVENTS: {"type": EventType.CONSULT.value},
    ClaimKind.MEETINGS: {"status": MeetingStatus.HELD.value},
    ClaimKind.SIGNALS: {"signal": SignalKind.FIRM.value},
    ClaimKind.FACTIONS: {"stance": 0},
}


def filled(kind: ClaimKind, claim: Claim | None, record: Record, words: str = "") -> tuple[Filled, ...]:
    """The form of a claim; of a new one where there is none yet.

    Args:
        words: What was selected: a new item's text fields begin with it.
    """
    tree = claim_tree(claim) if claim else dict(_NEW[kind])
    if claim is None:
        squeezed = " ".join(words.split())
        tree |= {name: squeezed for name in ("what", "about", "position") if name in _names(kind)}
    return tuple(Filled(field, _shown(field, tree.get(field.name), record)) for field in FIELDS[kind])


def changes(kind: ClaimKind, form: Mapping[str, str], record: Record) -> dict[str, Json]:
    """What a filled form says, field by field; fields that the form leaves out are not in it.

    Raises:
        NotTaken: A name that is no party's or two parties', a date that is none, or an empty field.
    """
    return {
        field.name: _value(field, form[field.name].strip(), record)
        for field in FIELDS[kind]
        if field.name in form
    }


def differing(claim: Claim, said: Mapping[str, Json]) -> dict[str, Json]:
    """Those of the fields that are otherwise than in the claim."""
    now = claim_tree(claim)
    return {name: value for name, value in said.items() if now.get(name) != value}


def turned(
    kind: ClaimKind, before: Mapping[str, Any], after: Mapping[str, Any], record: Record
) -> tuple[Turned, ...]:
    """What a decision changed, field by field, in the words of the form."""
    return tuple(
        Turned(field.label, _read_out(field, before.get(field.name), record), _read_out(field, now, record))
        for field in FIELDS[kind]
        if (now := after.get(field.name, before.get(field.name))) != before.get(field.name)
    )


def party_named(name: str, parties: Iterable[Party]) -> str | None:
    """Id of the party of this name, or of this alias where just one party has it.

    Raises:
        NotTaken: No party, or more than one.
    """
    wanted = " ".join(name.split()).casefold()
    if not wanted:
        return None
    every = tuple(parties)
    fits = [party for party in every if party.name.casefold() == wanted]
    fits = fits or [party for party in every if wanted in (alias.casefold() for alias in party.aliases)]
    if len(fits) == 1:
        return fits[0].id
    if not fits:
        raise NotTaken(f"No party is called {name!r}; choose one from the list, or add it under Parties.")
    both = " or ".join(party.name for party in fits[:4])
    raise NotTaken(f"{name!r} may be {both}; write the whole name.")


def _names(kind: ClaimKind) -> set[str]:
    return {field.name for field in FIELDS[kind]}


def _shown(field: Field, value: Any, record: Record) -> str:  # noqa: ANN401  # any value of a claim
    if value is None:
        return ""
    if field.sort is Sort.PARTY:
        return record.party[value].name if value in record.party else ""
    if field.sort is Sort.PARTIES:
        return "; ".join(record.party[one].name for one in value if one in record.party)
    return str(value)


def _read_out(field: Field, value: Any, record: Record) -> str:  # noqa: ANN401  # any value of a claim
    if field.sort is Sort.ISSUE and value in record.issue:
        return record.issue[value].label
    shown = _shown(field, value, record)
    return dict(field.choices).get(shown, shown)


def _value(field: Field, written: str, record: Record) -> Json:
    if not written and field.needed:
        raise NotTaken(f"{field.label}: left empty; fill it in.")
    if not written:
        return [] if field.sort is Sort.PARTIES else None
    return _READ[field.sort](field, written, record)


def _parties(_: Field, written: str, record: Record) -> Json:
    names = [name for name in written.split(";") if name.strip()]
    return list(dict.fromkeys(party_named(name, record.parties) for name in names))


def _issue(field: Field, written: str, record: Record) -> Json:
    if written not in record.issue:
        raise NotTaken(f"{field.label}: no such issue; choose one from the list.")
    return written


def _date(field: Field, written: str, _: Record) -> Json:
    if not is_when(written):
        raise NotTaken(f"{field.label}: {written!r} is no date; write 2007, 2007-05 or 2007-05-28.")
    return written


def _chosen(field: Field, written: str, _: Record) -> Json:
    if written not in dict(field.choices):
        raise NotTaken(f"{field.label}: {written!r} is not one of the choices.")
    return int(written) if field.choices is _STANCES else written


def _share(field: Field, written: str, _: Record) -> Json:
    try:
        share = float(written)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise NotTaken(f"{field.label}: {written!r} is not a number from 0 to 1.")
    return share


_READ: Final[Mapping[Sort, Callable[[Field, str, Record], Json]]] = {
    Sort.PARTY: lambda _, written, record: party_named(written, record.parties),
    Sort.PARTIES: _parties,
    Sort.ISSUE: _issue,
    Sort.CHOICE: _chosen,
    Sort.DATE: _date,
    Sort.SHARE: _share,
    Sort.TEXT: lambda _, written, __: written,
}
