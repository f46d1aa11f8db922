"""What happened, in order: the timeline as a picture and a table."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from detente.brief.context import shorten
from detente.brief.happenings import Happening, happenings
from detente.brief.model import Cell, Line, Listing, Mark, Picture, Row, Section, Table
from detente.brief.names import counted, listed, sentence, squeeze, toward
from detente.brief.notes import DOUBTFUL_BELOW, EXPECTED, Desk, quiet, say
from detente.brief.pictures import Moment, timeline
from detente.brief.rounds import MOST_MEETINGS, told_alike
from detente.claims import Meeting
from detente.dates import When, earliest, in_words
from detente.vocabulary import EventType, MeetingStatus, Modality

MOST_EVENTS: Final = 24
MOST_UNDATED: Final = 8
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
    Modality.NEGATED: "told in the negative",
    Modality.DISTANCED: "told with a distance",
}


def course(desk: Desk, camps: Sequence[str]) -> Section:
    """The section: the timeline as a picture and as a table; what has no date comes last."""
    every = happenings(desk.record)
    place = {article.id: number for number, article in enumerate(desk.record.articles)}
    dated = sorted(
        (one for one in every if one.when),
        key=lambda one: (
            earliest(_when(one)),
            place.get(one.evidence[0].article, len(place)),
            one.evidence[0].start,
            one.first.id,
        ),
    )
    undated = [one for one in every if not one.when]
    shown = _most_told(desk, dated, MOST_EVENTS)
    loose = _most_told(desk, undated, MOST_UNDATED)
    met = [group[0] for group in told_alike(desk) if group[0].date][:MOST_MEETINGS]
    blocks: list[Picture | Table | Listing] = []
    moments, lanes = _moments(desk, shown, met, camps)
    if len({moment.when for moment in moments}) > 1:
        blocks.append(timeline(moments, lanes))
    if shown:
        blocks.append(_table(desk, shown, "Events in order of date", 1))
    if loose:
        blocks.append(_table(desk, loose, "Events told without a date", len(shown) + 1))
    left = [counted(len(dated) - len(shown), "event")] if len(dated) > len(shown) else []
    hidden = len(undated) - len(loose)
    left += [f"{counted(hidden, 'event')} without a date"] if hidden > 0 else []
    if left:
        blocks.append(Listing(lines=(say(quiet(f"Not shown, as told least: {listed(left)}.")),)))
    if not blocks:
        blocks = [Listing(lines=(say("The texts tell of no event."),))]
    return Section(key="timeline", title="Timeline", blocks=tuple(blocks))


def _when(event: Happening) -> When:
    return event.when or "0001"


def _most_told(desk: Desk, every: Sequence[Happening], most: int) -> tuple[Happening, ...]:
    """The events told in most articles, deeds before words, then the surest; in the order they came in.

    Words (asking, accusing, refusing) stand in the sections on demands and charges too.
    """
    best = sorted(
        every,
        key=lambda one: (
            one.first.confidence < DOUBTFUL_BELOW,
            -desk.stories(one.evidence) - len(one.first.same_as),
            one.first.type not in _TALK | _FORCE,
            -one.first.confidence,
            one.first.id,
        ),
    )
    kept = {one.first.id for one in best[:most]}
    return tuple(one for one in every if one.first.id in kept)


def _table(desk: Desk, events: Sequence[Happening], caption: str, start: int) -> Table:
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
        for place, one in enumerate(events, start)
    )
    return Table(caption=caption, columns=("When", "Who", "What", "Who says so"), rows=rows)


def _who(desk: Desk, event: Happening) -> str:
    doers = [desk.names.party(one) for one in event.by]
    return sentence(toward(doers or ["somebody not named"], [desk.names.party(one) for one in event.to]))


def _what(desk: Desk, event: Happening) -> Line:
    first = event.first
    modes = listed(_MODES[mode] for mode in first.modality if mode in _MODES)
    where = f" ({squeeze(first.where)})" if first.where else ""
    what, was_cut = shorten(squeeze(first.what), 180)
    return say(
        quiet(f"{_TYPES[first.type]}: "),
        f"{what}…{where}" if was_cut else f"{what}{where}",
        quiet(f" — {modes}") if modes else "",
        desk.cite(event.evidence),
        marks=tuple(mark for mark in desk.marks(*event.tellings) if mark is not Mark.EXPECTED or not modes),
        of=event.tellings,
    )


def _told_by(desk: Desk, event: Happening) -> str:
    if event.first.asserted_by:
        return sentence(desk.names.with_camp(event.first.asserted_by))
    numbers = {source.article: str(source.number) for source in desk.sources}
    told_in = dict.fromkeys(numbers[words.article] for words in event.evidence if words.article in numbers)
    if len(told_in) < 2:
        return f"The writer of article {next(iter(told_in), '?')}"
    return f"The writers of articles {listed(told_in, 3)}"


def _moments(
    desk: Desk, events: Sequence[Happening], met: Sequence[Meeting], camps: Sequence[str]
) -> tuple[list[Moment], list[str]]:
    """What to draw, and the lanes' names: camps with more than one thing to show, then all others."""
    involved = Counter(desk.record.camp(party) for one in events for party in _doers(one))
    involved.update(desk.record.camp(p) for one in met for p in one.parties)
    lanes = [camp for camp in camps if involved[camp] > 1][:MOST_LANES]
    moments = [_deed(desk, one, place, lanes) for place, one in enumerate(events, 1)]
    moments += [_meeting(desk, one, place, lanes) for place, one in enumerate(met, 1)]
    names = [desk.names.plain(camp) for camp in lanes]
    others = any(len(lanes) in moment.lanes for moment in moments)
    return moments, [*names, "Others"] if others else names


def _deed(desk: Desk, one: Happening, place: int, lanes: Sequence[str | None]) -> Moment:
    first = one.first
    return Moment(
        when=_when(one),
        lanes=_lanes(desk, _doers(one), lanes),
        kind="talk" if first.type in _TALK else "force" if first.type in _FORCE else "press",
        sure=not _NOT_SURE & set(first.modality),
        name=f"{_who(desk, one)}: {_TYPES[first.type]}, {squeeze(first.what)}",
        key=f"event-{place}",
    )


def _meeting(desk: Desk, met: Meeting, place: int, lanes: Sequence[str | None]) -> Moment:
    where = f" in {squeeze(met.place)}" if met.place else ""
    return Moment(
        when=met.date or "0001",
        lanes=_lanes(desk, met.parties, lanes),
        kind="meet",
        sure=met.status is MeetingStatus.HELD,
        name=f"meeting{where}, {met.status.value}",
        key=f"meeting-{place}",
    )


def _doers(event: Happening) -> tuple[str, ...]:
    return event.by or event.to


def _lanes(desk: Desk, parties: Sequence[str], lanes: Sequence[str | None]) -> tuple[int, ...]:
    """The lanes of these parties; the one after the last is for all who have none."""
    camps = [desk.record.camp(party) for party in parties] or [None]
    return tuple(sorted({lanes.index(camp) if camp in lanes else len(lanes) for camp in camps}))
