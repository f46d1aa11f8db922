"""The promise ledger: what became of each promise, and who says so.

Rule: every change of a promise's status is here. Each pair of a status and what is told next stands in
the table. Who tells it decides what it is: that a promise was broken is a fact in the mouth of
the writer or of the one who made it, and a charge in anybody else's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from detente.claims import Event, Promise, Statement, StatusReport
from detente.dates import When, earliest, latest
from detente.record.lists import word_list
from detente.record.names import words_of
from detente.record.tellings import Camps
from detente.record.terms import containment, content_terms
from detente.vocabulary import Act, EventType, Modality, PromiseStatus, Review


class Sequel(Enum):
    """What is told of a promise after it was made."""

    FULFILLED = auto()
    FAILED = auto()
    DENIED = auto()
    RENEWED = auto()


PROMISE_TRANSITIONS: Final[Mapping[tuple[PromiseStatus, Sequel], PromiseStatus]] = {
    (PromiseStatus.PENDING, Sequel.FULFILLED): PromiseStatus.KEPT,
    (PromiseStatus.PENDING, Sequel.FAILED): PromiseStatus.BROKEN,
    (PromiseStatus.PENDING, Sequel.DENIED): PromiseStatus.DISPUTED,
    (PromiseStatus.PENDING, Sequel.RENEWED): PromiseStatus.PENDING,
    (PromiseStatus.KEPT, Sequel.FULFILLED): PromiseStatus.KEPT,
    (PromiseStatus.KEPT, Sequel.FAILED): PromiseStatus.DISPUTED,
    (PromiseStatus.KEPT, Sequel.DENIED): PromiseStatus.DISPUTED,
    (PromiseStatus.KEPT, Sequel.RENEWED): PromiseStatus.KEPT,
    (PromiseStatus.BROKEN, Sequel.FULFILLED): PromiseStatus.KEPT,
    (PromiseStatus.BROKEN, Sequel.FAILED): PromiseStatus.BROKEN,
    (PromiseStatus.BROKEN, Sequel.DENIED): PromiseStatus.DISPUTED,
    (PromiseStatus.BROKEN, Sequel.RENEWED): PromiseStatus.PENDING,
    (PromiseStatus.DISPUTED, Sequel.FULFILLED): PromiseStatus.KEPT,
    (PromiseStatus.DISPUTED, Sequel.FAILED): PromiseStatus.BROKEN,
    (PromiseStatus.DISPUTED, Sequel.DENIED): PromiseStatus.DISPUTED,
    (PromiseStatus.DISPUTED, Sequel.RENEWED): PromiseStatus.DISPUTED,
}

_FAILING: Final = word_list("failing")
_KEEPING: Final = word_list("keeping")
_PROMISING: Final = frozenset(
    content_terms("promise promised pledge pledged commitment undertaking vow vowed")
)
_DOING: Final = frozenset((EventType.CONCEDE, EventType.RETREAT, EventType.AID, EventType.COOPERATE))

# Of the words of a promise, those that a later sentence on the same thing repeats.
_SAME_THING: Final = 0.5


def next_status(status: PromiseStatus, sequel: Sequel) -> PromiseStatus:
    """What a promise becomes.

    >>> next_status(PromiseStatus.KEPT, Sequel.DENIED)
    <PromiseStatus.DISPUTED: 'disputed'>
    """
    return PROMISE_TRANSITIONS[status, sequel]


def sequel_of(report: StatusReport, promise: Promise, camps: Camps) -> Sequel:
    """What a report is, by who gives it."""
    teller = camps.of(report.by)
    first_hand = teller in (None, camps.of(promise.by))
    match report.status:
        case PromiseStatus.KEPT:
            return Sequel.FULFILLED
        case PromiseStatus.BROKEN:
            return Sequel.FAILED if first_hand else Sequel.DENIED
        case PromiseStatus.DISPUTED:
            return Sequel.DENIED
        case PromiseStatus.PENDING:
            return Sequel.RENEWED


def settle_promises(
    promises: Sequence[Promise], statements: Iterable[Statement], events: Iterable[Event], camps: Camps
) -> tuple[Promise, ...]:
    """Each promise with what other articles tell of it, in order of time, and the status that follows.

    A status that the analyst decided stays.
    """
    reports = _Reports(statements, events, camps)
    settled = []
    for promise in promises:
        later = reports.on(promise) if promise.review is Review.PROPOSED else ()
        status = promise.status
        for report in later:
            status = next_status(status, sequel_of(report, promise, camps))
        told = sorted((*promise.reports, *later), key=lambda report: _day(report.on))
        settled.append(replace(promise, status=status, reports=tuple(told)) if later else promise)
    return tuple(settled)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that could tell what became of a promise."""

    report: StatusReport
    terms: frozenset[str]
    by: str | None


class _Reports:
    """Sentences of keeping and breaking, found by their words."""

    def __init__(self, statements: Iterable[Statement], events: Iterable[Event], camps: Camps) -> None:
        self._camps = camps
        self._by_term: dict[str, list[_Told]] = defaultdict(list)
        for told in (*map(self._from_statement, statements), *map(self._from_event, events)):
            if told is not None:
                for term in told.terms:
                    self._by_term[term].append(told)

    def on(self, promise: Promise) -> tuple[StatusReport, ...]:
        """What other articles tell of it, not before it was made, in order of time."""
        terms = frozenset(content_terms(promise.what)) - _PROMISING
        giver = self._camps.of(promise.by)
        home = promise.evidence[0].article
        made = promise.made or self._camps.published.get(home)
        found: dict[tuple[str, int], StatusReport] = {}
        for told in {
            id(told): told for term in sorted(terms) for told in self._by_term.get(term, ())
        }.values():
            words = told.report.because
            if words.article == home or told.by != giver or not _follows(told.report.on, made):
                continue
            if len(terms & told.terms) >= 2 and containment(terms, told.terms) >= _SAME_THING:
                found[words.article, words.start] = told.report
        return tuple(sorted(found.values(), key=lambda r: (_day(r.on), r.because.article, r.because.start)))

    def _from_statement(self, statement: Statement) -> _Told | None:
        """A word of breaking or keeping beside a word of promising, of the one accused or speaking."""
        if statement.review is Review.REJECTED or not statement.evidence:
            return None
        quote = statement.evidence[0]
        words = frozenset(words_of(quote.quote))
        terms = frozenset(content_terms(quote.quote))
        if not terms & _PROMISING:
            return None
        failing, keeping = bool(words & _FAILING or _not_done(quote.quote)), bool(words & _KEEPING)
        if failing == keeping and not failing:
            return None
        by = self._camps.of(statement.affiliation or statement.speaker)
        of = self._camps.of(statement.target) if statement.act is Act.ACCUSATION else by
        status = PromiseStatus.BROKEN if failing else PromiseStatus.KEPT
        on = self._camps.published.get(quote.article)
        report = StatusReport(status=status, by=by, on=on, because=quote)
        return _Told(report, terms - _PROMISING, of)

    def _from_event(self, event: Event) -> _Told | None:
        """A deed of the promised sort that happened."""
        plain = not set(event.modality) - {Modality.HISTORICAL}
        if event.type not in _DOING or not plain or event.review is Review.REJECTED or not event.evidence:
            return None
        on = event.when or self._camps.published.get(event.evidence[0].article)
        report = StatusReport(
            status=PromiseStatus.KEPT, by=event.asserted_by, on=on, because=event.evidence[0]
        )
        return _Told(report, frozenset(content_terms(event.what)), self._camps.of(event.by))


def _not_done(quote: str) -> bool:
    words = words_of(quote)
    negated = {"not", "never", "hasnt", "havent", "hadnt", "didnt", "no"}
    return any(word in negated for word in words) and any(word in _KEEPING for word in words)


def _follows(on: When | None, made: When | None) -> bool:
    """Whether a report can be later than the promise; where either is undated it is not taken to be."""
    return on is not None and made is not None and latest(on) >= earliest(made)


def _day(when: When | None) -> str:
    return latest(when).isoformat() if when is not None else ""
