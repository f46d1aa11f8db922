"""What happened in order of time: marks on a lane for each camp, put into years, months or days."""

import calendar
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from detente.brief.context import shorten
from detente.brief.names import Names, sentence, squeeze
from detente.brief.sides import sides
from detente.claims import Claim, Event, Meeting, Promise, Statement, StatusReport
from detente.dates import When, in_words
from detente.desk.cards import KIND_NAMES, line_of
from detente.desk.quoted import ordinal, told_on
from detente.record.model import Record
from detente.vocabulary import Act, ClaimKind, EventType, MeetingStatus, Modality, PromiseStatus

SHOWN: Final = (
    ClaimKind.EVENTS,
    ClaimKind.MEETINGS,
    ClaimKind.DEMANDS,
    ClaimKind.PROMISES,
    ClaimKind.STATEMENTS,
)
"""The kinds that have marks."""

MOST_LANES: Final = 7
_LONGEST: Final = 160
_FORCE: Final = frozenset({EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT})
_PRESS: Final = frozenset(
    {EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN, EventType.PROTEST}
)
_UNSURE: Final = frozenset({Modality.FUTURE, Modality.HYPOTHETICAL, Modality.CONDITIONAL, Modality.NEGATED})


class Zoom(StrEnum):
    """How long a column of the timeline is."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


COLUMNS: Final = {Zoom.YEAR: 16, Zoom.MONTH: 24, Zoom.DAY: 31}
"""Columns on one screen."""

_FEWEST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something at a time.

    Attributes:
        claim: What it stands for.
        look: What is drawn: ``talk``, ``press``, ``force`` of events, else the kind.
        day: The first day it can mean, as an ordinal.
        lanes: Where it stands; the lane after the last is for all who have none.
        report: Of a mark that tells what became of a promise: who said so and how it is.
        sure: Whether it is told as a plain fact.
    """

    claim: Claim
    kind: ClaimKind
    look: str
    when: When
    day: int
    lanes: tuple[int, ...]
    report: StatusReport | None = None
    sure: bool = True

    @property
    def article(self) -> str:
        """Where its words stand."""
        return self.report.because.article if self.report else self.claim.evidence[0].article


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Every mark of a record.

    Attributes:
        marks: By kind, in order of time; ``days``: their days.
        lanes: Ids of the camps that have a lane.
        undated: Items of these kinds that have no date.
    """

    marks: Mapping[ClaimKind, tuple[Mark, ...]]
    days: Mapping[ClaimKind, tuple[int, ...]]
    lanes: tuple[str, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A year, a month or a day.

    Attributes:
        start: Its first day; ``end``: its last, as ordinals.
        label: As the head of the column has it.
    """

    start: int
    end: int
    label: str


def timeline(record: Record) -> Timeline:
    """The timeline of a record, rejected items and further tellings left out."""
    standing = record.standing()
    lanes = _lanes(standing)
    marks: dict[ClaimKind, tuple[Mark, ...]] = {}
    undated = 0
    for kind in SHOWN:
        claims: tuple[Claim, ...] = getattr(standing, kind.value)
        found: list[Mark] = []
        for claim in claims:
            when = _when(standing, claim)
            if when is None:
                undated += 1
            else:
                mark = _mark(standing, lanes, claim, kind, when)
                found.append(mark)
                found += _fates(standing, mark)
        marks[kind] = tuple(sorted(found, key=lambda mark: (mark.day, mark.claim.id)))
    days = {kind: tuple(mark.day for mark in found) for kind, found in marks.items()}
    return Timeline(marks=marks, days=days, lanes=tuple(lanes), undated=undated)


def wanted(
    timeline: Timeline, kinds: Collection[ClaimKind], act: Act | None, first: int = 0, last: int | None = None
) -> list[Mark]:
    """The marks of these kinds within these days, in order of time.

    Args:
        timeline: All of them.
        kinds: Those shown.
        act: Only statements of this act; other kinds stay.
        first: The first day, as an ordinal; ``last``: the last one, included.
    """
    found: list[Mark] = []
    for kind in kinds:
        days = timeline.days[kind]
        low = bisect_left(days, first)
        high = len(days) if last is None else bisect_right(days, last)
        here = timeline.marks[kind][low:high]
        if kind is ClaimKind.STATEMENTS and act is not None:
            here = tuple(mark for mark in here if isinstance(mark.claim, Statement) and mark.claim.act is act)
        found += here
    found.sort(key=lambda mark: mark.day)
    return found


def in_words_of(mark: Mark, names: Names) -> str:
    """What a mark is, in a line."""
    when = in_words(mark.when)
    if mark.report is not None and isinstance(mark.claim, Promise):
        who = sentence(names.with_camp(mark.report.by)) if mark.report.by else "The writer"
        words, _ = shorten(squeeze(mark.claim.what), 100)
        return f"{who} tells the promise as {mark.report.status.value}, {when}: {words}"
    who, what = line_of(mark.claim, names)
    words, was_cut = shorten(f"{sentence(who)} {what}", _LONGEST)
    return f"{KIND_NAMES[mark.kind]}, {when}. {words}{'…' if was_cut else ''}"


def fitting_zoom(marks: Sequence[Mark]) -> Zoom:
    """The finest zoom at which all of them stand on one screen."""
    if not marks:
        return Zoom.MONTH
    first, last = date.fromordinal(marks[0].day), date.fromordinal(marks[-1].day)
    if (last - first).days < COLUMNS[Zoom.DAY]:
        return Zoom.DAY
    months = (last.year - first.year) * 12 + last.month - first.month
    return Zoom.MONTH if months < COLUMNS[Zoom.MONTH] else Zoom.YEAR


def columns(zoom: Zoom, start: date, last: int | None = None) -> tuple[Column, ...]:
    """The columns of one screen from the one that holds ``start``.

    Args:
        zoom: How long each is.
        start: A day in the first.
        last: The last day with anything on it: columns long after it are left out.

    >>> [column.label for column in columns(Zoom.MONTH, date(2007, 5, 28))[:3]]
    ['May 2007', 'Jun', 'Jul']
    """
    found = tuple(_columns(zoom, start))
    needed = sum(last is None or column.start <= last for column in found)
    return found[: max(needed, _FEWEST)]


def moved(zoom: Zoom, start: date, by: int) -> date:
    """The start of the column ``by`` columns later, or earlier where it is below 0.

    >>> moved(Zoom.MONTH, date(2007, 5, 28), -5), moved(Zoom.YEAR, date(2007, 5, 28), 1)
    (datetime.date(2006, 12, 1), datetime.date(2008, 1, 1))
    """
    if zoom is Zoom.DAY:
        return date.fromordinal(min(max(start.toordinal() + by, 1), date.max.toordinal() - COLUMNS[Zoom.DAY]))
    if zoom is Zoom.YEAR:
        return date(min(max(start.year + by, 1), date.max.year - COLUMNS[Zoom.YEAR]), 1, 1)
    months = start.year * 12 + start.month - 1 + by
    months = min(max(months, 12), (date.max.year - 3) * 12)
    return date(months // 12, months % 12 + 1, 1)


def by_cell(marks: Sequence[Mark], shown: Sequence[Column]) -> Mapping[tuple[int, int], list[Mark]]:
    """Marks by lane and column.

    Args:
        marks: In order of time.
        shown: The columns, one right after the other.
    """
    found: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    at = 0
    for mark in marks:
        while at < len(shown) and mark.day > shown[at].end:
            at += 1
        if at < len(shown) and mark.day >= shown[at].start:
            for lane in mark.lanes:
                found[lane, at].append(mark)
    return found


def _columns(zoom: Zoom, start: date) -> Iterator[Column]:
    for at in range(COLUMNS[zoom]):
        first = moved(zoom, start, at)
        if zoom is Zoom.YEAR:
            yield Column(
                start=first.toordinal(), end=date(first.year, 12, 31).toordinal(), label=f"{first.year}"
            )
        elif zoom is Zoom.MONTH:
            days = calendar.monthrange(first.year, first.month)[1]
            year = f" {first.year}" if at == 0 or first.month == 1 else ""
            label = f"{calendar.month_abbr[first.month]}{year}"
            yield Column(start=first.toordinal(), end=first.toordinal() + days - 1, label=label)
        else:
            month = f" {calendar.month_abbr[first.month]}" if at == 0 or first.day == 1 else ""
            yield Column(start=first.toordinal(), end=first.toordinal(), label=f"{first.day}{month}")


def _when(record: Record, claim: Claim) -> When | None:
    if isinstance(claim, Event):
        return claim.when
    if isinstance(claim, Meeting):
        return claim.date
    return told_on(record, claim)


def _lanes(record: Record) -> dict[str, int]:
    """The busiest camps, each with its lane."""
    ranked = sides(record)[:MOST_LANES]
    return {camp: at for at, camp in enumerate(ranked)}


def _mark(record: Record, lanes: Mapping[str, int], claim: Claim, kind: ClaimKind, when: When) -> Mark:
    camps = _camps(record, claim)
    modality = getattr(claim, "modality", ())
    return Mark(
        claim=claim,
        kind=kind,
        look=_look(claim, kind),
        when=when,
        day=ordinal(when),
        lanes=tuple(sorted({lanes.get(camp, len(lanes)) for camp in camps or ("",)})),
        sure=not _UNSURE.intersection(modality)
        and getattr(claim, "status", None) is not MeetingStatus.FIZZLED,
    )


def _fates(record: Record, made: Mark) -> Iterator[Mark]:
    """What became of a promise: a mark at each day somebody told of it."""
    if not isinstance(made.claim, Promise):
        return
    for report in made.claim.reports:
        article = record.article.get(report.because.article)
        when = report.on or (article.published if article else None)
        if when is not None and report.status is not PromiseStatus.PENDING:
            look = f"fate {report.status.value}"
            yield replace(made, look=look, when=when, day=ordinal(when), report=report, sure=True)


def _look(claim: Claim, kind: ClaimKind) -> str:
    if isinstance(claim, Event):
        return "force" if claim.type in _FORCE else "press" if claim.type in _PRESS else "talk"
    return kind.value


def _camps(record: Record, claim: Claim) -> tuple[str, ...]:
    if isinstance(claim, Meeting):
        parties: Sequence[str | None] = claim.parties
    elif isinstance(claim, Statement):
        parties = (claim.affiliation or claim.speaker,)
    else:
        parties = (getattr(claim, "by", None) or getattr(claim, "to", None),)
    camps = (record.camp(party) for party in parties)
    return tuple(dict.fromkeys(camp for camp in camps if camp is not None))
