"""What happened, in order: the timeline and the rounds of talks."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from detente.brief.model import Cell, Line, Listing, Picture, Row, Section, Table
from detente.brief.names import counted, listed, sentence, squeeze
from detente.brief.notes import DOUBTFUL_BELOW, EXPECTED, Desk, quiet, say, strong
from detente.brief.pictures import Moment, timeline
from detente.claims import Event, Meeting
from detente.dates import When, earliest, in_words
from detente.vocabulary import EventType, MeetingStatus, Modality

MOST_EVENTS: Final = 30
MOST_UNDATED: Final = 8
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
    """The section: the timeline as a picture and as a table; what has no date comes last."""
    dated = sorted(
        (one for one in desk.record.events if one.when), key=lambda one: (earliest(_when(one)), one.id)
    )
    undated = [one for one in desk.record.events if not one.when]
    shown = _most_told(desk, dated, MOST_EVENTS)
    loose = _most_told(desk, undated, MOST_UNDATED)
    met = [group[0] for group in _told_alike(desk) if group[0].date][:MOST_MEETINGS]
    blocks: list[Picture | Table | Listing] = []
    moments, lanes = _moments(desk, shown, met, camps)
    if len({moment.when for moment in moments}) > 1:
        blocks.append(timeline(moments, lanes))
    if shown:
        blocks.append(_table(desk, shown, "Events in order of date", 1))
    if loose:
        blocks.append(_table(desk, loose, "Events told without a date", len(shown) + 1))
    left = [counted(len(dated) - len(shown), "event")] if len(dated) > len(shown) else []
    left += (
        [f"{counted(len(undated) - len(loose), 'event')} without a date"] if len(undated) > len(loose) else []
    )
    if left:
        blocks.append(Listing(lines=(say(quiet(f"Not shown, as told least: {listed(left)}.")),)))
    if not blocks:
        blocks = [Listing(lines=(say("The texts tell of no event."),))]
    return Section(key="timeline", title="Timeline", blocks=tuple(blocks))


def meetings(desk: Desk) -> Section:
    """The section: rounds and meetings, held, planned, proposed or fizzled."""
    groups = _told_alike(desk)
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


def _told_alike(desk: Desk) -> list[list[Meeting]]:
    """Meetings in order; what is told of the same camps, day, place and outcome is one row."""
    groups: dict[tuple[object, ...], list[Meeting]] = {}
    for one in in_order(desk.record.meetings):
        key = (one.date, frozenset(camps_of(desk, one)), squeeze(one.place or "").lower(), one.status)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def in_order(every: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Meetings by date, the undated last."""
    return tuple(
        sorted(every, key=lambda one: (one.date is None, earliest(one.date) if one.date else None, one.id))
    )


def _when(event: Event) -> When:
    return event.when or "0001"


def _most_told(desk: Desk, every: Sequence[Event], most: int) -> tuple[Event, ...]:
    """The events told in most articles, deeds before words, then the surest; in the order they came in.

    Words (asking, accusing, refusing) stand in the sections on demands and charges too.
    """
    best = sorted(
        every,
        key=lambda one: (
            one.confidence < DOUBTFUL_BELOW,
            -desk.stories(one.evidence) - len(one.same_as),
            one.type not in _TALK | _FORCE,
            -one.confidence,
            one.id,
        ),
    )
    kept = {one.id for one in best[:most]}
    return tuple(one for one in every if one.id in kept)


def _table(desk: Desk, events: Sequence[Event], caption: str, first: int) -> Table:
    rows = tuple(
        Row(
            key=f"event-{place}",
            head=say(in_words(one.when)),
            cells=(
                Cell(lines=(say(_who(desk, one)),)),
                Cell(lines=(_what(desk, one),)),
                Cell(lines=(say(_told_by(desk, one)),)),
            ),
        )
        for place, one in enumerate(events, first)
    )
    return Table(caption=caption, columns=("When", "Who", "What", "Who says so"), rows=rows)


def _who(desk: Desk, event: Event) -> str:
    by = sentence(desk.names.party(event.by)) if event.by else "Somebody not named"
    return by + (f", toward {desk.names.party(event.to)}" if event.to else "")


def _what(desk: Desk, event: Event) -> Line:
    modes = listed(_MODES[mode] for mode in event.modality if mode in _MODES)
    where = f" ({squeeze(event.where)})" if event.where else ""
    return say(
        quiet(f"{_TYPES[event.type]}: "),
        squeeze(event.what) + where,
        quiet(f" — {modes}") if modes else "",
        desk.cite(event.evidence),
        marks=desk.marks(event),
        of=(event,),
    )


def _told_by(desk: Desk, event: Event) -> str:
    if event.asserted_by:
        return sentence(desk.names.with_camp(event.asserted_by))
    stories = desk.stories(event.evidence)
    return "The writer" if stories < 2 else f"The writers of {counted(stories, 'article')}"


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
    sources = listed((desk.names.short_source(a) for a in dict.fromkeys(e.article for e in evidence)), 2)
    return Row(
        key=f"meeting-{place}",
        head=say(strong(in_words(meeting.date))),
        cells=(
            Cell(lines=(who,)),
            Cell(lines=(say(squeeze(meeting.place or "not told")),)),
            Cell(lines=(told,)),
            Cell(lines=(say(sources),)),
        ),
    )


def _moments(
    desk: Desk, events: Sequence[Event], meetings: Sequence[Meeting], camps: Sequence[str]
) -> tuple[list[Moment], list[str]]:
    involved = Counter(desk.record.camp(one.by or one.to) for one in events)
    involved.update(desk.record.camp(p) for one in meetings for p in one.parties)
    lanes = [camp for camp in camps if involved[camp] > 1][:MOST_LANES]
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
