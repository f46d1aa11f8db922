"""What is new: demands, fates of promises and positions between two dates, or between two states of a record.

Law: a change has the words that show it, and the words before where there are any. Silence is told as
silence: a demand counts as dropped only where its party asks of the same side again, or settles with it, on
the issue, and does not repeat it. To speak of the issue alone drops nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from detente.claims import Demand, Promise, Signal
from detente.dates import When, latest
from detente.evidence import Evidence
from detente.record.contradictions import find_contradictions
from detente.record.model import Record
from detente.record.terms import content_terms, likeness
from detente.vocabulary import Act, ClaimKind


class Movement(StrEnum):
    """What sort of change it is."""

    NEW_DEMAND = "new demand"
    MOVED_DEMAND = "moved demand"
    DROPPED_DEMAND = "dropped demand"
    PROMISE = "fate of a promise"
    POSITION = "position"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise than before.

    Attributes:
        party: Whose it is; ``None`` where that is not known.
        item: Id of the claim, or of the contradiction.
        was: How it stood, in words; ``None`` where it was not there.
        now: How it stands.
        on: Date of the article that tells it.
        because: The words now; for what was dropped, the last words in which it was told.
        before: The words before, or ``None``.
    """

    movement: Movement
    party: str | None
    issue: str | None
    item: str
    was: str | None
    now: str
    on: When | None
    because: Evidence
    before: Evidence | None = None


# What a party says when it deals with the other, and could have asked again.
_DEALS: Final = frozenset(
    {Act.DEMAND, Act.PRECONDITION, Act.PROPOSAL, Act.OFFER, Act.ACCEPTANCE, Act.AGREEMENT}
)
# Two wordings of one demand share a third of their words; below that it is another demand.
_SAME_DEMAND: Final = 0.34
# A demand "urged" and then "insisted on".
_FIRMER: Final = 0.25


def changes_between(record: Record, since: date, until: date) -> tuple[Change, ...]:
    """What articles after ``since``, up to ``until``, tell that those up to ``since`` did not.

    Undated articles are in neither.
    """
    dated = {a.id: latest(a.published) for a in record.articles if a.published is not None}
    earlier = frozenset(article for article, day in dated.items() if day <= since)
    later = frozenset(article for article, day in dated.items() if since < day <= until)
    return _changes(record.standing(), earlier, later)


def changes_from(before: Record, after: Record) -> tuple[Change, ...]:
    """What a record says that an earlier state of it did not."""
    earlier = frozenset(article.id for article in before.articles)
    later = frozenset(article.id for article in after.articles) - earlier
    now = after.standing()
    new = _changes(now, earlier, later)
    told = {change.item for change in new}
    was = {promise.id: promise for promise in before.promises}
    fates = (
        _fate(now, was[promise.id].status, promise, promise.reports[-1].because if promise.reports else None)
        for promise in now.promises
        if promise.id in was and promise.status is not was[promise.id].status and promise.id not in told
    )
    return (*new, *fates)


def _changes(record: Record, earlier: frozenset[str], later: frozenset[str]) -> tuple[Change, ...]:
    if not later:
        return ()  # every change rests on words of a later article
    window = _Window(record, earlier, later)
    found = (*window.demands(), *window.promises(), *window.positions(), *window.contradictions())
    order = {movement: number for number, movement in enumerate(Movement)}
    return tuple(sorted(found, key=lambda change: (order[change.movement], change.on or "", change.item)))


class _Window:
    """A record seen as two stacks of articles."""

    def __init__(self, record: Record, earlier: frozenset[str], later: frozenset[str]) -> None:
        self._record = record
        self._earlier = earlier
        self._later = later

    def _on(self, evidence: Evidence) -> When | None:
        return self._record.article[evidence.article].published

    def _split(self, kind: ClaimKind) -> tuple[list[object], list[object]]:
        claims = [claim for _, claim in self._record.claims(kind) if claim.evidence]
        return (
            [claim for claim in claims if claim.evidence[0].article in self._earlier],
            [claim for claim in claims if claim.evidence[0].article in self._later],
        )

    def demands(self) -> Iterator[Change]:
        then, now = ([c for c in part if isinstance(c, Demand)] for part in self._split(ClaimKind.DEMANDS))
        before = _by_sides(self._record, then)
        after = _by_sides(self._record, now)
        for sides in sorted(after, key=repr):
            for demand in _told_once(after[sides]):
                change = self._new_or_moved(demand, before.get(sides, ()))
                if change is not None:
                    yield change
        dealt = self._dealt_on(now)
        for sides in sorted(before, key=repr):
            for demand in _told_once(before[sides]):
                if (
                    demand.issue is not None
                    and (*sides, demand.issue) in dealt
                    and _nearest(demand, after.get(sides, ())) is None
                ):
                    yield self._demand(Movement.DROPPED_DEMAND, demand, demand.what, "not repeated")

    def _dealt_on(self, now: Sequence[Demand]) -> frozenset[tuple[str | None, ...]]:
        """Who asks something of whom, or settles with it, on which issue, in the later articles."""
        camp = self._record.camp
        asked = {(camp(d.by), camp(d.of), d.issue) for d in now}
        said = {
            (camp(s.affiliation or s.speaker), camp(s.target), s.issue)
            for s in self._record.statements
            if s.act in _DEALS and s.evidence and s.evidence[0].article in self._later
        }
        return frozenset(asked | said)

    def _new_or_moved(self, demand: Demand, before: Sequence[Demand]) -> Change | None:
        same = _nearest(demand, before)
        if same is not None:
            if abs(demand.firm - same.firm) < _FIRMER:
                return None
            how = "put more firmly" if demand.firm > same.firm else "put less firmly"
            return self._demand(Movement.MOVED_DEMAND, demand, same.what, f"{demand.what} ({how})", same)
        on_issue = [d for d in before if d.issue is not None and d.issue == demand.issue]
        if on_issue:
            last = max(on_issue, key=lambda d: (self._on(d.evidence[0]) or "", d.id))
            return self._demand(Movement.MOVED_DEMAND, demand, last.what, demand.what, last)
        return self._demand(Movement.NEW_DEMAND, demand, None, demand.what)

    def _demand(
        self, movement: Movement, demand: Demand, was: str | None, now: str, before: Demand | None = None
    ) -> Change:
        return Change(
            movement=movement,
            party=demand.by,
            issue=demand.issue,
            item=demand.id,
            was=was,
            now=now,
            on=self._on(demand.evidence[0]),
            because=demand.evidence[0],
            before=before.evidence[0] if before else None,
        )

    def promises(self) -> Iterator[Change]:
        for promise in self._record.promises:
            fresh = [report for report in promise.reports if report.because.article in self._later]
            if fresh and promise.evidence[0].article in self._earlier:
                yield _fate(self._record, "told before", promise, fresh[-1].because)

    def positions(self) -> Iterator[Change]:
        then, now = ([c for c in part if isinstance(c, Signal)] for part in self._split(ClaimKind.SIGNALS))
        last: dict[tuple[str | None, str | None], Signal] = {}
        for signal in then:
            last[self._record.camp(signal.party), signal.issue] = signal
        for signal in now:
            key = self._record.camp(signal.party), signal.issue
            before = last.get(key)
            if None in key or before is None or before.signal is signal.signal:
                continue
            yield Change(
                movement=Movement.POSITION,
                party=signal.party,
                issue=signal.issue,
                item=signal.id,
                was=before.signal.value.replace("_", " "),
                now=signal.signal.value.replace("_", " "),
                on=self._on(signal.evidence[0]),
                because=signal.evidence[0],
                before=before.evidence[0],
            )
            last[key] = signal

    def contradictions(self) -> Iterator[Change]:
        both = self._earlier | self._later
        for one in find_contradictions(self._record):
            told = {evidence.article for evidence in one.because}
            if told <= both and told & self._later:
                first, second = sorted(one.because, key=lambda e: (e.article in self._later, e))
                yield Change(
                    movement=Movement.CONTRADICTION,
                    party=one.by[1],
                    issue=one.issue,
                    item=one.id,
                    was=None,
                    now=one.what,
                    on=self._on(second),
                    because=second,
                    before=first,
                )


def _by_sides(record: Record, demands: Sequence[Demand]) -> dict[tuple[str | None, str | None], list[Demand]]:
    found: dict[tuple[str | None, str | None], list[Demand]] = defaultdict(list)
    for demand in demands:
        found[record.camp(demand.by), record.camp(demand.of)].append(demand)
    return found


def _nearest(demand: Demand, among: Sequence[Demand]) -> Demand | None:
    """The demand among these that is the same in other words; the latest where several are as near."""
    terms = content_terms(demand.what)
    scored = [(likeness(terms, content_terms(other.what)), n, other) for n, other in enumerate(among)]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best is not None and best[0] >= _SAME_DEMAND else None


def _told_once(demands: Sequence[Demand]) -> list[Demand]:
    """The latest telling of each demand."""
    kept: list[Demand] = []
    for demand in reversed(demands):
        if _nearest(demand, kept) is None:
            kept.append(demand)
    return kept


def _fate(record: Record, was: str, promise: Promise, because: Evidence | None) -> Change:
    words = because or promise.evidence[0]
    return Change(
        movement=Movement.PROMISE,
        party=promise.by,
        issue=promise.issue,
        item=promise.id,
        was=was,
        now=promise.status.value,
        on=record.article[words.article].published,
        because=words,
        before=promise.evidence[0],
    )
