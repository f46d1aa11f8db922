"""What is told more than once: wire copies counted once; one event, meeting, promise or charge told again.

Law: a claim of a copy goes into the same claim of the original, with its words. Two articles of their own
that tell one thing stay two items; one says which it ``retells``, the other holds the words of both.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias, TypeVar

from detente.articles import Article
from detente.claims import Claim, Dispute, Event, Meeting, Promise, Statement
from detente.dates import When, compatible, earliest, latest
from detente.record.codec import is_answered, kind_of
from detente.record.decisions import altered
from detente.record.terms import content_terms, likeness
from detente.vocabulary import MeetingStatus, Review

Told: TypeAlias = Event | Meeting | Promise | Dispute
_T = TypeVar("_T", Event, Meeting, Promise, Dispute)

# Words shared by two tellings of one thing. Sentences of one article are alike by chance more often.
_ALIKE: Final = 0.34
_ALIKE_HERE: Final = 0.6
_SOON_DAYS: Final = 10

_SETTLED: Final = (
    MeetingStatus.HELD,
    MeetingStatus.FIZZLED,
    MeetingStatus.PLANNED,
    MeetingStatus.PROPOSED,
)


def fold_copies(claims: Iterable[Claim], articles: Iterable[Article]) -> tuple[Claim, ...]:
    """Claims of wire copies folded into those of the article they copy.

    What a copy alone says stays its own.
    """
    original = originals(articles)
    kept: dict[tuple[Hashable, ...], Claim] = {}
    gone: dict[str, str] = {}
    for claim in sorted(claims, key=lambda claim: _article_of(claim) in original):
        words = claim.evidence[0] if claim.evidence else None
        source = original.get(words.article, words.article) if words else ""
        key = (kind_of(claim), source, words.quote if words else claim.id, _who(claim))
        if words and words.article in original and key in kept:
            first = kept[key]
            kept[key] = altered(first, {"evidence": (*first.evidence, *claim.evidence)})
            gone[claim.id] = first.id
        else:
            kept[key if key not in kept else (*key, claim.id)] = claim
    return tuple(repointed(claim, gone) for claim in kept.values())


def originals(articles: Iterable[Article]) -> dict[str, str]:
    """From each copy's id to that of the article it copies, over chains of copies."""
    copied = {article.id: article.same_story_as for article in articles}
    found = {}
    for article in sorted(copied):
        at, seen = article, {article}
        while (above := copied.get(at)) is not None and above in copied and above not in seen:
            at = above
            seen.add(at)
        if at != article:
            found[article] = at
    return found


def repointed(claim: Claim, now: Mapping[str, str]) -> Claim:
    """The claim naming another statement by the id it has now."""
    name = "inside" if isinstance(claim, Statement) else "statement"
    new = now.get(getattr(claim, name, None) or "")
    return altered(claim, {name: new}) if new else claim


def _article_of(claim: Claim) -> str:
    return claim.evidence[0].article if claim.evidence else ""


def _who(claim: Claim) -> Hashable:
    return getattr(claim, "by", None), getattr(claim, "type", None), getattr(claim, "signal", None)


@dataclass(frozen=True, slots=True)
class Camps:
    """What two tellings are compared by: who belongs to whom, and when each article was published."""

    camp: Mapping[str, str]
    published: Mapping[str, When]

    def of(self, party: str | None) -> str | None:
        """The camp of a party; the party itself where nothing is above it."""
        return self.camp.get(party, party) if party is not None else None

    def day_of(self, claim: Told) -> When | None:
        """When the article that tells it was published."""
        return self.published.get(_article_of(claim))


def mark_events(events: Sequence[Event], camps: Camps) -> tuple[Event, ...]:
    """Mark further tellings of one event: same type and parties, dates that can be one, words in common."""

    def same(one: Event, other: Event) -> bool:
        return _when_fits(one, other, one.when, other.when, camps) and _words_fit(
            one, other, one.what, other.what
        )

    return _marked(
        events,
        lambda event: (event.type, camps.of(event.by), camps.of(event.to)) if event.by else None,
        same,
        lambda event: (bool(event.modality), event.when is None, -len(event.when or "")),
    )


def mark_meetings(meetings: Sequence[Meeting], camps: Camps) -> tuple[Meeting, ...]:
    """Mark further tellings of one meeting; what was held goes before what was planned."""

    def same(one: Meeting, other: Meeting) -> bool:
        if one.status is other.status is not MeetingStatus.HELD and one.date is other.date is None:
            return _when_fits(one, other, None, None, camps)
        return _near_dates(one.date, other.date) and (one.place is None or other.place in (None, one.place))

    return _marked(
        meetings,
        lambda meeting: _who_and_month(meeting, camps) if len(meeting.parties) > 1 else None,
        same,
        lambda meeting: (_SETTLED.index(meeting.status), -len(meeting.date or "")),
    )


def _who_and_month(meeting: Meeting, camps: Camps) -> Hashable:
    return frozenset(map(camps.of, meeting.parties)), (meeting.date or "")[: len("2007-05")]


def mark_promises(promises: Sequence[Promise], camps: Camps) -> tuple[Promise, ...]:
    """Mark further tellings of one promise: same giver, a taker that can be the same, words in common."""

    def same(one: Promise, other: Promise) -> bool:
        takers = camps.of(one.to), camps.of(other.to)
        if None not in takers and takers[0] != takers[1]:
            return False
        dated = one.made is None or other.made is None or compatible(one.made, other.made)
        return dated and _words_fit(one, other, one.what, other.what)

    return _marked(
        promises,
        lambda promise: camps.of(promise.by),
        same,
        lambda promise: (promise.made is None, -len(promise.made or "")),
    )


def mark_disputes(disputes: Sequence[Dispute], camps: Camps) -> tuple[Dispute, ...]:
    """Mark further tellings of one charge; an answered one goes before the unanswered.

    A charge without an answer keeps its own words alone, so that its second words are always a denial.
    """

    def same(one: Dispute, other: Dispute) -> bool:
        return _words_fit(one, other, one.evidence[0].quote, other.evidence[0].quote)

    def sides(dispute: Dispute) -> Hashable:
        return (camps.of(dispute.claimed_by), camps.of(dispute.against)) if dispute.against else None

    marked = _marked(disputes, sides, same, lambda d: (not is_answered(d), -(d.meets or 0.0)))
    return tuple(d if is_answered(d) else replace(d, evidence=d.evidence[:1]) for d in marked)


def _marked(
    claims: Sequence[_T],
    block: Callable[[_T], Hashable],
    same: Callable[[_T, _T], bool],
    rank: Callable[[_T], tuple[object, ...]],
) -> tuple[_T, ...]:
    """Claims in their order; within a block each joins the best-ranked first telling that it repeats."""
    blocks: dict[Hashable, list[_T]] = defaultdict(list)
    for claim in claims:
        key = block(claim)
        if key is not None and claim.review is not Review.REJECTED and claim.evidence:
            blocks[key].append(claim)
    further: dict[str, list[_T]] = defaultdict(list)
    retells: dict[str, str] = {}
    for told in blocks.values():
        firsts: list[_T] = []
        for claim in sorted(told, key=lambda claim: (*rank(claim), claim.evidence[0].article, claim.id)):
            first = next((first for first in firsts if same(first, claim)), None)
            if first is None:
                firsts.append(claim)
            else:
                further[first.id].append(claim)
                retells[claim.id] = first.id
    return tuple(
        replace(claim, retells=retells[claim.id])
        if claim.id in retells
        else _holding(claim, further[claim.id])
        if claim.id in further
        else claim
        for claim in claims
    )


def _holding(first: _T, further: Sequence[_T]) -> _T:
    evidence = dict.fromkeys((*first.evidence, *(e for claim in further for e in claim.evidence)))
    return replace(first, same_as=tuple(claim.id for claim in further), evidence=tuple(evidence))


def _words_fit(one: Told, other: Told, words: str, others: str) -> bool:
    left, right = content_terms(words), content_terms(others)
    if _article_of(one) == _article_of(other):
        return likeness(left, right) >= _ALIKE_HERE
    return (
        likeness(left, right) >= _ALIKE and len(set(left) & set(right)) >= min(2, len(left), len(right)) > 0
    )


def _when_fits(one: Told, other: Told, when: When | None, then: When | None, camps: Camps) -> bool:
    """Dates that can be one; where one is not known, articles of the same days."""
    if when is not None and then is not None:
        return _near_dates(when, then)
    told, again = camps.day_of(one), camps.day_of(other)
    return told is not None and again is not None and _days_apart(told, again) <= _SOON_DAYS


@lru_cache(maxsize=65536)
def _near_dates(one: When | None, other: When | None) -> bool:
    """Both known, at least to the month, and able to be the same day."""
    if one is None or other is None or min(len(one), len(other)) < len("2007-05"):
        return False
    return compatible(one, other)


def _days_apart(one: When, other: When) -> int:
    if compatible(one, other):
        return 0
    return min(abs((earliest(one) - latest(other)).days), abs((earliest(other) - latest(one)).days))
