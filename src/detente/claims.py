"""What reading finds in an article, and what the record holds over all of them: the same values in both.

A party is named by its id. Ids are hashes of what they stand for, so two readings agree and the same
party or sentence has the same id wherever it is met. A mention is not its party: ``*_text`` is
verbatim, the id beside it is resolved, and where two parties fit it is ``None``.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from detente.dates import When
from detente.evidence import Evidence, Span
from detente.vocabulary import (
    Act,
    Channel,
    ClaimKind,
    EventType,
    MeetingStatus,
    Modality,
    PartyKind,
    PromiseStatus,
    Quotation,
    Review,
    SignalKind,
)


def stable_id(*parts: object) -> str:
    """A short id made from what the thing is: the same parts give the same id, on every machine.

    >>> stable_id("party", "Iran") == stable_id("party", "Iran")
    True
    """
    key = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(key.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can speak, want or act.

    Attributes:
        id: ``stable_id("party", name)``.
        name: Canonical name: full name of a person, common English name of a country.
        kind: What it is.
        member_of: Id of the party it speaks or acts for, or ``None``.
        aliases: Every form seen in the texts, as written.
        role: What the texts call it ("Foreign Ministry spokesman"), or ``None``.
        independent: An expert or journalist who speaks for nobody at the table.
        evidence: Mentions; the first one names it best.
    """

    id: str
    name: str
    kind: PartyKind
    member_of: str | None = None
    aliases: tuple[str, ...] = ()
    role: str | None = None
    independent: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A thing negotiated.

    Attributes:
        label: Readable, from the texts' own words.
        terms: The words it is known by.
    """

    id: str
    label: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Where the parts of a statement stand; the parts of one role may be apart."""

    speaker: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody says something.

    Attributes:
        speaker: Party id; ``None`` where nobody is named or two parties fit.
        speaker_text: The words that name the speaker, verbatim; ``None`` where there are none.
        candidates: The parties that fit where more than one does.
        affiliation: Party id the speaker speaks for; ``None`` for independent experts.
        cue: The words of saying ("denied"), verbatim; ``None`` in the author's own voice.
        target: Party id addressed, accused or asked.
        via: Who relayed it, verbatim; ``None`` where it is told by the article itself.
        inside: Id of the statement within whose content this one is told, or ``None``.
        confidence: From 0 to 1.
        evidence: ``evidence[0]`` is the content, from its first to its last character.
    """

    id: str
    speaker: str | None
    speaker_text: str | None
    affiliation: str | None
    cue: str | None
    quote: Quotation
    act: Act
    target: str | None
    spans: Spans
    confidence: float
    evidence: tuple[Evidence, ...]
    issue: str | None = None
    via: str | None = None
    channel: Channel | None = None
    candidates: tuple[str, ...] = ()
    modality: tuple[Modality, ...] = ()
    inside: str | None = None
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One party wants another to do something, told by the party or by the writer.

    Attributes:
        by: Who wants it; ``of``: of whom. ``None`` where not known.
        what: The thing wanted, in the text's words, shortened.
        modality: ``FUTURE`` or ``HYPOTHETICAL`` for a demand that is only expected.
        firm: How firmly it is put, 0 (floated) to 1 (insisted on).
        statement: Id of the statement it was made in, or ``None`` where the writer tells it.
    """

    id: str
    by: str | None
    of: str | None
    what: str
    evidence: tuple[Evidence, ...]
    issue: str | None = None
    when: When | None = None
    modality: tuple[Modality, ...] = ()
    firm: float = 0.5
    statement: str | None = None
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """Somebody's word on what became of a promise.

    Attributes:
        by: Party id of who says so; ``None`` in the writer's own voice.
        on: When it was said, or ``None``.
    """

    status: PromiseStatus
    by: str | None
    on: When | None
    because: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A party undertakes something.

    Attributes:
        made: When, as precisely as known.
        status: The latest state, by the record's ledger.
        reports: Who said what of its fate, in order of time.
        retells: Id of the item that this is a further telling of, or ``None``; see ``Record.standing``.
    """

    id: str
    by: str | None
    to: str | None
    what: str
    made: When | None
    status: PromiseStatus
    evidence: tuple[Evidence, ...]
    issue: str | None = None
    reports: tuple[StatusReport, ...] = ()
    statement: str | None = None
    same_as: tuple[str, ...] = ()
    retells: str | None = None
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """An accusation and what the accused says to it.

    Attributes:
        denied_by: ``None`` where the charge is left without an answer.
        meets: How far the denial meets the charge, 0 (speaks of something else) to 1 (denies just that);
            ``None`` without a denial.
        gap: In words, what the denial leaves open ("denies using, charged with supporting"), or ``None``.
        evidence: The claim, then the denial where there is one, then further tellings.
        same_as: Ids of further tellings of the same charge.
        retells: Id of the dispute that this is a further telling of, or ``None``.
    """

    id: str
    claimed_by: str | None
    against: str | None
    denied_by: str | None
    evidence: tuple[Evidence, ...]
    issue: str | None = None
    meets: float | None = None
    gap: str | None = None
    same_as: tuple[str, ...] = ()
    retells: str | None = None
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened, or is said to have, will, or might.

    Attributes:
        mode: PLOVER's mode within the type ("release", "ceasefire"), or ``None``.
        asserted_by: Party id of who says so; ``None`` in the writer's own voice.
        same_as: Ids of further tellings of the same event; their words are in this one's evidence too.
        retells: Id of the item that this is a further telling of, or ``None``; see ``Record.standing``.
    """

    id: str
    type: EventType
    by: str | None
    to: str | None
    what: str
    when: When | None
    where: str | None
    asserted_by: str | None
    evidence: tuple[Evidence, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    issue: str | None = None
    modality: tuple[Modality, ...] = ()
    same_as: tuple[str, ...] = ()
    retells: str | None = None
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Parties meet, plan to, or failed to.

    Attributes:
        same_as: Ids of further tellings of the same meeting.
        retells: Id of the meeting that this is a further telling of, or ``None``.
    """

    id: str
    parties: tuple[str, ...]
    date: When | None
    place: str | None
    status: MeetingStatus
    evidence: tuple[Evidence, ...]
    round: str | None = None
    level: str | None = None
    same_as: tuple[str, ...] = ()
    retells: str | None = None
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A sign of how far a party can move on an issue."""

    id: str
    party: str | None
    signal: SignalKind
    evidence: tuple[Evidence, ...]
    issue: str | None = None
    about: str | None = None
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Faction:
    """Who within a camp is for or against.

    Attributes:
        party: The camp's party id.
        faction: Its name in the text's words.
        position: What it stands for, short.
        stance: 1 for the talks or the concession, -1 against, 0 not told.
    """

    id: str
    party: str | None
    faction: str
    position: str
    evidence: tuple[Evidence, ...]
    issue: str | None = None
    stance: int = 0
    confidence: float = 0.5
    review: Review = Review.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Words that could not be read, and why."""

    article: str
    start: int
    end: int
    reason: str


Claim: TypeAlias = Statement | Demand | Promise | Dispute | Event | Meeting | Signal | Faction

PARTY_FIELDS: Final[Mapping[ClaimKind, tuple[str, ...]]] = {
    ClaimKind.STATEMENTS: ("speaker", "affiliation", "target"),
    ClaimKind.DEMANDS: ("by", "of"),
    ClaimKind.PROMISES: ("by", "to"),
    ClaimKind.DISPUTES: ("claimed_by", "against", "denied_by"),
    ClaimKind.EVENTS: ("by", "to", "asserted_by"),
    ClaimKind.MEETINGS: (),
    ClaimKind.SIGNALS: ("party",),
    ClaimKind.FACTIONS: ("party",),
}
"""The fields of each kind that hold one party's id; a meeting has its ``parties`` instead."""
ALL_PARTY_FIELDS: Final = tuple(dict.fromkeys(name for names in PARTY_FIELDS.values() for name in names))
"""The same over all kinds, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All that is claimed, kind by kind, in the order of the texts."""

    statements: tuple[Statement, ...] = ()
    demands: tuple[Demand, ...] = ()
    promises: tuple[Promise, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    events: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    signals: tuple[Signal, ...] = ()
    factions: tuple[Faction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one article says.

    Attributes:
        article: ``Article.id``.
        parties: Everyone named in it.
        claims: What is said, wanted, promised, done; issues are not assigned yet.
        gaps: What could not be read.
        reader: What read it: model names and versions, so that a newer reader can read again.
    """

    article: str
    parties: tuple[Party, ...]
    claims: Claims
    gaps: tuple[Gap, ...]
    reader: str = field(default="")
