"""Rounds and meetings: held, planned, proposed or fizzled."""

import re
from collections.abc import Sequence
from typing import Final

from detente.brief.model import Cell, Line, Listing, Row, Section, Table
from detente.brief.names import counted, listed, number, sentence, squeeze
from detente.brief.notes import Desk, quiet, say, strong
from detente.claims import Meeting
from detente.dates import When, earliest, in_words, latest
from detente.vocabulary import MeetingStatus

MOST_MEETINGS: Final = 30
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME: Final = re.compile(
    rf"(?:(?:last|next|this|earlier this|later this|this past|on|late|early)\s+)?(?:{_DAYS})\b"
    rf"|(?:(?:last|next|this|early|late|in|on|mid)[ -])?\b(?:{_MONTHS})\b(?:\s+\d{{1,2}}\b)?"
    r"|\b(?:last|next|this|earlier this|later this)\s+"
    r"(?:week|weekend|month|year|spring|summer|autumn|fall|winter)\b"
    r"|\b(?:yesterday|today|tomorrow|tonight)\b"
)
_TO_COME: Final = frozenset({MeetingStatus.PLANNED, MeetingStatus.PROPOSED})


def meetings(desk: Desk) -> Section:
    """The section: rounds and meetings, held, planned, proposed or fizzled."""
    groups = told_alike(desk)
    if not groups:
        nothing = Listing(lines=(say("The texts tell of no meeting."),))
        return Section(key="meetings", title="Rounds and meetings", blocks=(nothing,))
    rows = tuple(_meeting_row(desk, group, place) for place, group in enumerate(groups[:MOST_MEETINGS], 1))
    columns = ("When", "Who", "Where", "What became of it", "Told in")
    table = Table(caption="Meetings held, planned, proposed or fizzled", columns=columns, rows=rows)
    left = len(groups) - MOST_MEETINGS
    more = (Listing(lines=(say(quiet(f"and {counted(left, 'more meeting')}")),)),) if left > 0 else ()
    return Section(key="meetings", title="Rounds and meetings", blocks=(table, *more))


def camps_of(desk: Desk, meeting: Meeting) -> tuple[str, ...]:
    """The camps that meet, each once, in the text's order."""
    camps = (desk.record.camp(party) for party in meeting.parties)
    return tuple(dict.fromkeys(camp for camp in camps if camp))


def day_of(desk: Desk, meeting: Meeting) -> When | None:
    """Its day; ``None`` where a meeting to come is dated no later than its article."""
    day = meeting.date
    if day is None or meeting.status not in _TO_COME or len(day) < len("2007-05-28"):
        return day
    told = (desk.record.article.get(e.article) for e in meeting.evidence)
    dates = [article.published for article in told if article and article.published]
    return None if any(latest(day) <= earliest(one) for one in dates) else day


def told_time(meeting: Meeting) -> str | None:
    """The article's own words for its day where no date could be made of them: "Monday"."""
    found = (_TIME.search(words.quote) for words in meeting.evidence)
    return next((match[0] for match in found if match is not None), None)


def told_alike(desk: Desk) -> list[list[Meeting]]:
    """Meetings in order; what is told of the same camps, day, place and outcome is one row."""
    groups: dict[tuple[object, ...], list[Meeting]] = {}
    for one in in_order(desk.record.meetings):
        key = (
            day_of(desk, one),
            frozenset(camps_of(desk, one)),
            squeeze(one.place or "").lower(),
            one.status,
        )
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def in_order(every: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Meetings by date, the undated last."""
    return tuple(
        sorted(every, key=lambda one: (one.date is None, earliest(one.date) if one.date else None, one.id))
    )


def _when(desk: Desk, meeting: Meeting) -> Line:
    """Its day; where none could be made out, the article's own words for it."""
    day = day_of(desk, meeting)
    told = told_time(meeting) if meeting.date is None else None
    if told is None:
        return say(strong(in_words(day)))
    return say(strong(f"“{told}”"), quiet(" as told, no date"))


def _told_in(sources: Sequence[str], most: int = 2) -> str:
    """Articles in a row; their names hold commas, and so a semicolon parts them."""
    more = [f"{number(len(sources) - most)} more"] if len(sources) > most else []
    return "; ".join([*sources[:most], *more])


def _meeting_row(desk: Desk, group: Sequence[Meeting], place: int) -> Row:
    meeting = group[0]
    about = dict.fromkeys(squeeze(part) for one in group for part in (one.round, one.level) if part)
    evidence = [e for one in group for e in one.evidence]
    told = say(
        sentence(meeting.status.value),
        quiet(f" — {listed(about, 3)}") if about else "",
        desk.cite(evidence),
        marks=desk.marks(*group),
        of=group,
    )
    camps = camps_of(desk, meeting)
    people = dict.fromkeys(p for one in group for p in one.parties if p not in camps)
    who = say(
        sentence(listed(desk.names.party(camp) for camp in camps)) or "not told",
        quiet(f" (with {listed((desk.names.party(p) for p in people), 4)})") if people else "",
    )
    sources = _told_in([desk.names.short_source(a) for a in dict.fromkeys(e.article for e in evidence)])
    return Row(
        key=f"meeting-{place}",
        head=_when(desk, meeting),
        cells=(
            Cell(lines=(who,)),
            Cell(lines=(say(squeeze(meeting.place or "not told")),)),
            Cell(lines=(told,)),
            Cell(lines=(say(sources),)),
        ),
    )
