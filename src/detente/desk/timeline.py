"""What happened in order of time: marks on a lane for each camp, put into years, months or days."""

import calendar
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from detente.brief.context import shorten
from detente.brief.names import Names, sentence, squeeze
from detente.brief.sides import sides
from detente.claims import Claim, Event, Meeting, Promise, Statement
from detente.dates import When, in_words
from detente.desk.cards import KIND_NAMES, line_of
from detente.desk.quoted import ordinal, told_on
from detente.record.codec import kind_of
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something at a time.

    Attributes:
        item: Id of the claim; ``article``: where its words stand.
        look: What is drawn: ``talk``, ``press``, ``force`` of events, else the kind.
        day: The first day it can mean, as an ordinal.
        camps: Whose it is.
        act: Of a statement.
        fate: Of a mark that tells what became of a promise: its status.
        sure: Whether it is told as a plain fact.
        words: What it is, in a line.
    """

    item: str
    article: str
    kind: ClaimKind
    look: str
    when: When
    day: int
    camps: tuple[str, ...]
    words: str
    act: Act | None = None
    fate: PromiseStatus | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Every mark of a record, in order of time.

    Attributes:
        lanes: Ids of the camps that have a lane; whoever else is under "Others".
        undated: Items of these kinds that have no date.
    """

    marks: tuple[Mark, ...]
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
    names = Names(standing)
    marks: list[Mark] = []
    undated = 0
    for kind in SHOWN:
        for claim in getattr(standing, kind.value):
            when = _when(standing, claim)
            if when is None:
                undated += 1
            else:
                marks.append(_mark(standing, names, claim, when))
                marks += _fates(standing, names, claim)
    marks.sort(key=lambda mark: (mark.day, mark.kind, mark.item))
    busy = Counter(camp for mark in marks for camp in mark.camps)
    lanes = [camp for camp in sides(standing) if busy[camp]][:MOST_LANES]
    return Timeline(marks=tuple(marks), lanes=tuple(lanes), undated=undated)


def wanted(
    timeline: Timeline, kinds: Collection[ClaimKind], act: Act | None, first: int = 0, last: int | None = None
) -> list[Mark]:
    """The marks of these kinds within these days.

    Args:
        act: Only statements of this act; other kinds stay.
    """
    return [
        mark
        for mark in timeline.marks
        if mark.kind in kinds
        and (act is None or mark.act in (None, act))
        and mark.day >= first
        and (last is None or mark.day <= last)
    ]


def fitting_zoom(marks: Sequence[Mark]) -> Zoom:
    """The finest zoom at which all of them stand on one screen."""
    if not marks:
        return Zoom.MONTH
    first, last = date.fromordinal(marks[0].day), date.fromordinal(marks[-1].day)
    if (last - first).days < COLUMNS[Zoom.DAY]:
        return Zoom.DAY
    months = (last.year - first.year) * 12 + last.month - first.month
    return Zoom.MONTH if months < COLUMNS[Zoom.MONTH] else Zoom.YEAR


def columns(zoom: Zoom, start: date) -> tuple[Column, ...]:
    """The columns of one screen from the one that holds ``start``.

    >>> [column.label for column in columns(Zoom.MONTH, date(2007, 5, 28))[:3]]
    ['May 2007', 'Jun', 'Jul']
    """
    return tuple(_columns(zoom, start))


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


def by_cell(
    marks: Sequence[Mark], timeline: Timeline, shown: Sequence[Column]
) -> Mapping[tuple[int, int], list[Mark]]:
    """Marks by lane and column; the lane after the last is for all who have none."""
    found: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    at = 0
    for mark in marks:
        while at < len(shown) and mark.day > shown[at].end:
            at += 1
        if at < len(shown) and mark.day >= shown[at].start:
            for lane in lanes_of(mark, timeline):
                found[lane, at].append(mark)
    return found


def lanes_of(mark: Mark, timeline: Timeline) -> tuple[int, ...]:
    """The lanes a mark stands on."""
    lanes = timeline.lanes
    return tuple(sorted({lanes.index(camp) if camp in lanes else len(lanes) for camp in mark.camps or ("",)}))


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


def _mark(record: Record, names: Names, claim: Claim, when: When) -> Mark:
    who, what = line_of(claim, names)
    words, was_cut = shorten(f"{sentence(who)}: {what}", _LONGEST)
    kind = kind_of(claim)
    modality = set(getattr(claim, "modality", ()))
    return Mark(
        item=claim.id,
        article=claim.evidence[0].article,
        kind=kind,
        look=_look(claim, kind),
        when=when,
        day=ordinal(when),
        camps=_camps(record, claim),
        words=f"{KIND_NAMES[kind]}, {in_words(when)}. {words}{'…' if was_cut else ''}",
        act=claim.act if isinstance(claim, Statement) else None,
        sure=not modality & _UNSURE and getattr(claim, "status", None) is not MeetingStatus.FIZZLED,
    )


def _fates(record: Record, names: Names, claim: Claim) -> Iterator[Mark]:
    """What became of a promise: a mark at each day somebody told of it."""
    if not isinstance(claim, Promise):
        return
    for report in claim.reports:
        when = report.on
        if when is None:
            article = record.article.get(report.because.article)
            when = article.published if article else None
        if when is not None and report.status is not PromiseStatus.PENDING:
            who = sentence(names.with_camp(report.by)) if report.by else "The writer"
            words, _ = shorten(squeeze(claim.what), 100)
            yield Mark(
                item=claim.id,
                article=report.because.article,
                kind=ClaimKind.PROMISES,
                look=f"fate {report.status.value}",
                when=when,
                day=ordinal(when),
                camps=_camps(record, claim),
                words=f"{who} tells the promise as {report.status.value}, {in_words(when)}: {words}",
                fate=report.status,
            )


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
        doer = getattr(claim, "by", None)
        parties = (doer or getattr(claim, "to", None),)
    camps = (record.camp(party) for party in parties)
    return tuple(dict.fromkeys(camp for camp in camps if camp is not None))
