"""What happened, in order: the timeline and the rounds of talks."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from detente.brief.model import Cell, Line, Listing, Picture, Row, Section, Table
from detente.brief.names import counted, listed, sentence, squeeze
from detente.brief.notes import EXPECTED, Desk, quiet, say, strong
from detente.brief.pictures import Moment, timeline
from detente.claims import Event, Meeting
from detente.dates import When, earliest, in_words
from detente.vocabulary import EventType, MeetingStatus, Modality

MOST_EVENTS: Final = 60
MOST_MEETINGS: Final = 30
MOST_LANES: Final = 7
_TALK: Final = frozenset(
    {
        EventType.AGREE,
        EventType.CONSULT,
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.COOPERATE,
        EventType.AID,
        EventType.RETREAT,
    }
)
_FORCE: Final = frozenset({EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT})
_NOT_SURE: Final = frozenset({*EXPECTED, Modality.NEGATED, Modality.CONDITIONAL})
_TYPES: Final = {
    EventType.AGREE: "agreement",
    EventType.CONSULT: "talks",
    EventType.SUPPORT: "support",
    EventType.CONCEDE: "concession",
    EventType.COOPERATE: "cooperation",
    EventType.AID: "aid",
    EventType.RETREAT: "retreat",
    EventType.REQUEST: "request",
    EventType.ACCUSE: "accusation",
    EventType.REJECT: "refusal",
    EventType.THREATEN: "threat",
    EventType.PROTEST: "protest",
    EventType.SANCTION: "sanction",
    EventType.MOBILIZE: "show of force",
    EventType.COERCE: "coercion",
    EventType.ASSAULT: "attack",
}
_MODES: Final = {
    Modality.FUTURE: "to come",
    Modality.HYPOTHETICAL: "only supposed",
    Modality.CONDITIONAL: "on a condition",
    Modality.NEGATED: "said not to have happened",
    Modality.DISTANCED: "told with a distance",
}


def course(desk: Desk, camps: Sequence[str]) -> Section:
    """The section: the timeline as a picture and as a table."""
    dated = sorted(
        (one for one in desk.record.events if one.when), key=lambda one: (earliest(_when(one)), one.id)
    )
    undated = len(desk.record.events) - len(dated)
    shown = _most_told(desk, dated)
    meetings = [one for one in in_order(desk.record.meetings) if one.date][:MOST_MEETINGS]
    blocks: list[Picture | Table | Listing] = []
    moments, lanes = _moments(desk, shown, meetings, camps)
    if len({moment.when for moment in moments}) > 1:
        blocks.append(timeline(moments, lanes))
    if shown:
        blocks.append(_table(desk, shown))
    left = (
        [f"{counted(len(dated) - len(shown), 'more dated event')} told once"]
        if len(dated) > len(shown)
        else []
    )
    left += [f"{counted(undated, 'event')} told without a date"] if undated else []
    if left:
        blocks.append(Listing(lines=(say(quiet(f"Not shown: {listed(left)}.")),)))
    if not blocks:
        blocks = [Listing(lines=(say("The texts tell of no dated event."),))]
    return Section(key="timeline", title="Timeline", blocks=tuple(blocks))


def meetings(desk: Desk) -> Section:
    """The section: rounds and meetings, held, planned, proposed or fizzled."""
    every = in_order(desk.record.meetings)
    if not every:
        nothing = Listing(lines=(say("The texts tell of no meeting."),))
        return Section(key="meetings", title="Rounds and meetings", blocks=(nothing,))
    rows = tuple(_meeting_row(desk, one, number) for number, one in enumerate(every[:MOST_MEETINGS], 1))
    table = Table(
        caption="Meetings held, planned, proposed or fizzled",
        columns=("When", "Who", "Where", "What became of it"),
        rows=rows,
    )
    left = len(every) - MOST_MEETINGS
    more = (Listing(lines=(say(quiet(f"and {counted(left, 'more meeting')}")),)),) if left > 0 else ()
    return Section(key="meetings", title="Rounds and meetings", blocks=(table, *more))


def in_order(every: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Meetings by date, the undated last."""
    return tuple(
        sorted(every, key=lambda one: (one.date is None, earliest(one.date) if one.date else None, one.id))
    )


def _when(event: Event) -> When:
    return event.when or "0001"


def _most_told(desk: Desk, dated: Sequence[Event]) -> tuple[Event, ...]:
    if len(dated) <= MOST_EVENTS:
        return tuple(dated)
    best = sorted(
        dated, key=lambda one: (-desk.stories(one.evidence) - len(one.same_as), -one.confidence, one.id)
    )
    kept = {one.id for one in best[:MOST_EVENTS]}
    return tuple(one for one in dated if one.id in kept)


def _table(desk: Desk, events: Sequence[Event]) -> Table:
    rows = tuple(
        Row(
            key=f"event-{number}",
            head=say(in_words(one.when)),
            cells=(
                Cell(lines=(say(_who(desk, one)),)),
                Cell(lines=(say(_TYPES[one.type]),)),
                Cell(lines=(_what(desk, one),)),
                Cell(lines=(say(_told_by(desk, one)),)),
            ),
        )
        for number, one in enumerate(events, 1)
    )
    return Table(
        caption="Events in order of date", columns=("When", "Who", "Kind", "What", "Who says so"), rows=rows
    )


def _who(desk: Desk, event: Event) -> str:
    by = sentence(desk.names.party(event.by)) if event.by else "Somebody not named"
    return by + (f", toward {desk.names.party(event.to)}" if event.to else "")


def _what(desk: Desk, event: Event) -> Line:
    modes = listed(_MODES[mode] for mode in event.modality if mode in _MODES)
    where = f" ({squeeze(event.where)})" if event.where else ""
    return say(
        squeeze(event.what) + where,
        quiet(f" — {modes}") if modes else "",
        desk.cite(event.evidence),
        marks=desk.marks(event),
        of=(event,),
    )


def _told_by(desk: Desk, event: Event) -> str:
    if event.asserted_by:
        return sentence(desk.names.with_camp(event.asserted_by))
    return listed((desk.names.short_source(a) for a in dict.fromkeys(e.article for e in event.evidence)), 2)


def _meeting_row(desk: Desk, meeting: Meeting, number: int) -> Row:
    status = sentence(meeting.status.value)
    about = [squeeze(part) for part in (meeting.round, meeting.level) if part]
    told = say(
        status,
        quiet(f" — {listed(about)}") if about else "",
        desk.cite(meeting.evidence),
        marks=desk.marks(meeting),
        of=(meeting,),
    )
    who = listed(
        sentence(desk.names.party(one)) if not n else desk.names.party(one)
        for n, one in enumerate(meeting.parties)
    )
    return Row(
        key=f"meeting-{number}",
        head=say(strong(in_words(meeting.date))),
        cells=(
            Cell(lines=(say(who or "not told"),)),
            Cell(lines=(say(squeeze(meeting.place or "not told")),)),
            Cell(lines=(told,)),
        ),
    )


def _moments(
    desk: Desk, events: Sequence[Event], meetings: Sequence[Meeting], camps: Sequence[str]
) -> tuple[list[Moment], list[str]]:
    involved = Counter(desk.record.camp(p) for one in events for p in {one.by, one.to} if p)
    involved.update(desk.record.camp(p) for one in meetings for p in one.parties)
    lanes = [camp for camp in camps if involved[camp]][:MOST_LANES]
    moments = []
    for number, one in enumerate(events, 1):
        lane = _lane(desk, one.by or one.to, lanes)
        kind = "talk" if one.type in _TALK else "force" if one.type in _FORCE else "press"
        sure = not _NOT_SURE & set(one.modality)
        name = f"{_who(desk, one)}: {_TYPES[one.type]}, {squeeze(one.what)}"
        moments.append(
            Moment(when=_when(one), lanes=(lane,), kind=kind, sure=sure, name=name, key=f"event-{number}")
        )
    for number, met in enumerate(meetings, 1):
        across = tuple(sorted({_lane(desk, party, lanes) for party in met.parties})) or (len(lanes),)
        place = f" in {squeeze(met.place)}" if met.place else ""
        moments.append(
            Moment(
                when=met.date or "0001",
                lanes=across,
                kind="meet",
                sure=met.status is MeetingStatus.HELD,
                name=f"meeting{place}, {met.status.value}",
                key=f"meeting-{number}",
            )
        )
    names = [desk.names.plain(camp) for camp in lanes]
    others = any(len(lanes) in moment.lanes for moment in moments)
    return moments, [*names, "Others"] if others else names


def _lane(desk: Desk, party: str | None, lanes: Sequence[str]) -> int:
    camp = desk.record.camp(party)
    return lanes.index(camp) if camp in lanes else len(lanes)
