"""Charges beside their answers, and promises beside what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from detente.brief.names import Names, how_well, sentence, squeeze
from detente.brief.notes import Desk
from detente.brief.quarrels import is_answered
from detente.brief.undertakings import in_order
from detente.claims import Dispute, Promise
from detente.dates import in_words
from detente.desk.quoted import Quoted, quoted
from detente.evidence import Evidence
from detente.record.model import Record
from detente.vocabulary import PromiseStatus, Review

_LONGEST: Final = 420
STATUSES: Final = {
    PromiseStatus.KEPT: "kept",
    PromiseStatus.BROKEN: "broken",
    PromiseStatus.PENDING: "open",
    PromiseStatus.DISPUTED: "disputed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A charge and its answer.

    Attributes:
        denier: ``None`` where the charge is left without an answer.
        denial: ``None`` where the words of the charge themselves tell that it is denied.
        meets: How well the answer meets the charge, in words; ``meter``: from 0 to 1.
        told: In how many places the charge is told.
    """

    id: str
    charger: str
    charged: str
    charge: Quoted
    denier: str | None
    denial: Quoted | None
    meets: str
    meter: float | None
    gap: str | None
    issue: str | None
    sure: int
    review: Review
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """Somebody's word on what became of a promise."""

    who: str
    on: str | None
    status: str
    words: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """A promise and its fate.

    Attributes:
        version: How many decisions were made on it.
    """

    id: str
    by: str
    to: str | None
    what: str
    made: str | None
    status: PromiseStatus
    words: Quoted
    fates: tuple[Fate, ...]
    issue: str | None
    sure: int
    review: Review
    version: int


@dataclass(frozen=True, slots=True)
class Quarrels:
    """The disputes and promises of a record, in the order they are shown in.

    Attributes:
        answered: Ids of the disputes that hold an answer of their own.
    """

    answered: frozenset[str]
    disputes: tuple[Dispute, ...]
    promises: tuple[Promise, ...]


def quarrels(record: Record) -> Quarrels:
    """Answered charges first, then the most told; promises with trouble first."""
    standing = record.standing()
    written = Desk(record=record)
    answered = frozenset(one.id for one in standing.disputes if is_answered(written, one))
    disputes = sorted(
        standing.disputes,
        key=lambda one: (
            one.id not in answered,
            -len(one.same_as) - len(one.evidence),
            -one.confidence,
            one.id,
        ),
    )
    return Quarrels(answered=answered, disputes=tuple(disputes), promises=in_order(standing.promises))


def face(dispute: Dispute, names: Names, *, answered: bool) -> Face:
    """A dispute for the page; what is read as its answer is shown even where it speaks of something else."""
    second = dispute.evidence[1] if len(dispute.evidence) > 1 else None
    denial = second if second is not None and not _overlap(dispute.evidence[0], second) else None
    return Face(
        id=dispute.id,
        charger=sentence(names.with_camp(dispute.claimed_by)),
        charged=names.party(dispute.against),
        charge=quoted(dispute.evidence[0], names, item=dispute.id, most=_LONGEST),
        denier=sentence(names.with_camp(dispute.denied_by)) if dispute.denied_by else None,
        denial=quoted(denial, names, most=_LONGEST) if denial else None,
        meets=sentence(how_well(dispute.meets)) if answered else _unmet(dispute, denial),
        meter=dispute.meets if answered else None,
        gap=squeeze(dispute.gap) if dispute.gap and answered else None,
        issue=_issue(names, dispute.issue),
        sure=round(100 * dispute.confidence),
        review=dispute.review,
        told=1 + len(dispute.same_as),
    )


def _unmet(dispute: Dispute, denial: Evidence | None) -> str:
    """What stands between a charge and what is no answer to it."""
    if denial is not None:
        return "Speaks of something else"
    return "Denied in the same words" if dispute.denied_by else "Left without an answer"


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end


def undertaking(promise: Promise, version: int, names: Names) -> Undertaking:
    """A promise for the page."""
    return Undertaking(
        id=promise.id,
        by=sentence(names.with_camp(promise.by)),
        to=names.party(promise.to) if promise.to else None,
        what=squeeze(promise.what),
        made=in_words(promise.made) if promise.made else None,
        status=promise.status,
        words=quoted(promise.evidence[0], names, item=promise.id, most=_LONGEST),
        fates=tuple(
            Fate(
                who=names.with_camp(report.by) if report.by else "the writer",
                on=in_words(report.on) if report.on else None,
                status=STATUSES[report.status],
                words=quoted(report.because, names, most=_LONGEST),
            )
            for report in promise.reports
        ),
        issue=_issue(names, promise.issue),
        sure=round(100 * promise.confidence),
        review=promise.review,
        version=version,
    )


def tallied(promises: Sequence[Promise]) -> dict[PromiseStatus, int]:
    """How many promises stand how."""
    return {status: sum(one.status is status for one in promises) for status in STATUSES}


def _issue(names: Names, issue: str | None) -> str | None:
    known = names.record.issue.get(issue) if issue else None
    return squeeze(known.label) if known else None
