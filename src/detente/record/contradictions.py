"""What sources tell against each other: of one thing, words that cannot both be so.

Law: both sides are quoted. Few and certain rather than many: two tellings are set against each other only
where names, dates and words say that they tell one thing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final, TypeVar

from detente.claims import Event, Meeting, stable_id
from detente.dates import compatible
from detente.evidence import Evidence
from detente.record.lists import number_words
from detente.record.model import Record
from detente.record.terms import content_terms, likeness, stem
from detente.vocabulary import MeetingStatus, Modality, PromiseStatus, Review


class Clash(StrEnum):
    """What two tellings differ in."""

    WHETHER = "whether"
    """One says that it happened, the other that it did not."""
    FATE = "fate"
    """One says that a promise was kept, the other that it was broken."""
    WHERE = "where"
    """Two places for one meeting."""
    NUMBER = "number"
    """Two figures for one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two tellings of one thing that cannot both be so.

    Attributes:
        what: The difference, in words: ``"12 soldiers / 14 soldiers"``.
        items: Ids of the two claims; twice the same where two speakers differ on one.
        by: Party ids of who says each; ``None`` in the writer's own voice.
        because: The words of each.
    """

    id: str
    clash: Clash
    what: str
    items: tuple[str, str]
    by: tuple[str | None, str | None]
    because: tuple[Evidence, Evidence]
    issue: str | None = None


# Of two sentences that tell one thing, how much they share. At 0.4 one in three pairs told of two things.
_ONE_THING: Final = 0.5
_T = TypeVar("_T", Event, Meeting)


def find_contradictions(record: Record) -> tuple[Contradiction, ...]:
    """Every contradiction between what stands in the record, in the order of the texts."""
    found = (*_events(record), *_meetings(record), *_promises(record))
    once = {one.id: one for one in found}
    place = {article.id: number for number, article in enumerate(record.articles)}
    return tuple(
        sorted(
            once.values(),
            key=lambda one: (place.get(one.because[0].article, 0), one.because[0].start, one.id),
        )
    )


def counted_things(text: str) -> dict[str, tuple[float, str]]:
    """How many of what a text speaks of: by the stem of each word of the thing, the number and the words.

    A word counted twice in one text is left out: it cannot be told which number to compare.

    >>> counted_things("Raiders killed 12 border guards and took three trucks")["guard"]
    (12.0, '12 border guards')
    """
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    words = [_MARKS.sub("", word) for word in text.split()]
    for at, word in enumerate(words):
        number = _number(word)
        if number is None:
            continue
        for length in (1, 2, 3):
            terms = content_terms(words[at + length]) if at + length < len(words) else ()
            if not terms or terms[0] in _MEASURES:
                break
            found[terms[0]].append((number, " ".join(words[at : at + length + 1])))
    return {thing: numbers[0] for thing, numbers in found.items() if len(numbers) == 1}


_MARKS: Final = re.compile(r"^[“\"'(‘]+|[.,;:”\"')’]+$")
_MEASURES: Final = frozenset(
    map(stem, ("percent", "pct", "times", "hours", "mln", "bln", "million", "billion", "thousand"))
)


def _number(word: str) -> float | None:
    if word[:1].isdigit():
        digits = word.replace(",", "")
        return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    return number_words().get(word.lower())


def _events(record: Record) -> Iterator[Contradiction]:
    camp = record.camp
    for one, other in _pairs(record.events, lambda e: (e.type, camp(e.by), camp(e.to)) if e.by else None):
        if one.when is None or other.when is None or not compatible(one.when, other.when):
            continue
        if min(len(one.when), len(other.when)) < len("2007-05"):
            continue
        if likeness(content_terms(one.what), content_terms(other.what)) < _ONE_THING:
            continue
        if (Modality.NEGATED in one.modality) != (Modality.NEGATED in other.modality):
            yield _contradiction(Clash.WHETHER, f"{one.what} / {other.what}", one, other)
        elif not (one.modality or other.modality):
            yield from _numbers(one, other)


def _numbers(one: Event, other: Event) -> Iterator[Contradiction]:
    here, there = counted_things(one.evidence[0].quote), counted_things(other.evidence[0].quote)
    told = [t for t in here.keys() & there.keys() if here[t][0] != there[t][0]]
    if told:
        thing = max(told, key=lambda t: (len(here[t][1]), t))
        yield _contradiction(Clash.NUMBER, f"{here[thing][1]} / {there[thing][1]}", one, other)


def _meetings(record: Record) -> Iterator[Contradiction]:
    camp = record.camp

    def block(meeting: Meeting) -> Hashable:
        known = meeting.date is not None and len(meeting.date) >= len("2007-05-28")
        return (frozenset(map(camp, meeting.parties)), meeting.date) if known else None

    for one, other in _pairs(record.meetings, block):
        statuses = {one.status, other.status}
        if statuses == {MeetingStatus.HELD, MeetingStatus.FIZZLED}:
            yield _contradiction(Clash.WHETHER, f"{one.status} / {other.status}", one, other)
        elif (
            statuses == {MeetingStatus.HELD}
            and one.place
            and other.place
            and _elsewhere(one.place, other.place)
        ):
            yield _contradiction(Clash.WHERE, f"{one.place} / {other.place}", one, other)


def _elsewhere(one: str, other: str) -> bool:
    """Whether two places have no word in common: "Geneva" and "a hotel in Geneva" have."""
    return not set(content_terms(one)) & set(content_terms(other))


def _promises(record: Record) -> Iterator[Contradiction]:
    for promise in record.promises:
        if promise.review is Review.REJECTED:
            continue
        settled = [r for r in promise.reports if r.status in (PromiseStatus.KEPT, PromiseStatus.BROKEN)]
        for one, other in combinations(settled, 2):
            if one.status is not other.status and one.by != other.by:
                yield Contradiction(
                    id=stable_id("contradiction", promise.id, one.because, other.because),
                    clash=Clash.FATE,
                    what=f"{promise.what}: {one.status} / {other.status}",
                    items=(promise.id, promise.id),
                    by=(one.by, other.by),
                    because=(one.because, other.because),
                    issue=promise.issue,
                )


def _pairs(claims: Iterable[_T], block: Callable[[_T], Hashable]) -> Iterator[tuple[_T, _T]]:
    """Pairs within a block that two articles or two speakers tell."""
    blocks: dict[Hashable, list[_T]] = defaultdict(list)
    for claim in claims:
        key = block(claim)
        if key is not None and claim.review is not Review.REJECTED and claim.evidence:
            blocks[key].append(claim)
    for told in blocks.values():
        for one, other in combinations(told, 2):
            if _sources(one) != _sources(other):
                yield one, other


def _sources(claim: Event | Meeting) -> Sequence[str | None]:
    return claim.evidence[0].article, getattr(claim, "asserted_by", None)


def _contradiction(clash: Clash, what: str, one: _T, other: _T) -> Contradiction:
    return Contradiction(
        id=stable_id("contradiction", clash, what, *sorted((one.id, other.id))),
        clash=clash,
        what=what,
        items=(one.id, other.id),
        by=(getattr(one, "asserted_by", None), getattr(other, "asserted_by", None)),
        because=(one.evidence[0], other.evidence[0]),
        issue=getattr(one, "issue", None),
    )
