"""Meetings as iCalendar, all-day events with the words they rest on. Meetings without a day are left out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

from detente.claims import Meeting
from detente.dates import earliest, latest
from detente.export.case import Case
from detente.record.model import Record
from detente.vocabulary import MeetingStatus

_STATUS: Final = {
    MeetingStatus.HELD: "CONFIRMED",
    MeetingStatus.PLANNED: "CONFIRMED",
    MeetingStatus.PROPOSED: "TENTATIVE",
    MeetingStatus.FIZZLED: "CANCELLED",
}
# A stamp is required; the record's own time is not a meeting's, and two exports must agree.
_STAMP: Final = datetime(1970, 1, 1, tzinfo=UTC)


def icalendar(case: Case) -> Iterator[bytes]:
    """One calendar of every meeting whose day, or range of days, is known."""
    calendar = Calendar()
    calendar.add("prodid", "-//Detente//EN")
    calendar.add("version", "2.0")
    head, tail = calendar.to_ical().split(b"END:VCALENDAR")
    yield head
    for meeting in case.record.meetings:
        days = _days(meeting)
        if days is not None:
            yield _event(case.record, meeting, *days).to_ical()
    yield b"END:VCALENDAR" + tail


def _days(meeting: Meeting) -> tuple[date, date] | None:
    """First day and the day after the last, where the text gives days."""
    if meeting.date is None or any(len(point) < len("2007-05-28") for point in meeting.date.split("/")):
        return None
    return earliest(meeting.date), latest(meeting.date) + timedelta(days=1)


def _event(record: Record, meeting: Meeting, start: date, end: date) -> Event:
    event = Event()
    names = ", ".join(record.party[party].name for party in meeting.parties if party in record.party)
    event.add("uid", f"{meeting.id}@detente")
    event.add("dtstamp", _STAMP)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", f"{names or 'Meeting'} ({meeting.status.value})")
    event.add("status", _STATUS[meeting.status])
    if meeting.place:
        event.add("location", meeting.place)
    words = meeting.evidence[0]
    source = record.article[words.article]
    event.add(
        "description", f"“{words.quote}” ({source.title or 'untitled'}, {source.published or 'undated'})"
    )
    return event
