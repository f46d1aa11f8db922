"""The state of play, in ten sentences at most."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from detente.brief.agenda import Asked, asked, full_line, how_often, issue_label, top_demands, wanted
from detente.brief.camps import stands
from detente.brief.happenings import Happening, happenings
from detente.brief.model import Line, Listing, Mark, Part, Section
from detente.brief.names import (
    breaks_off,
    counted,
    firmness,
    how_well,
    in_short,
    is_whole,
    listed,
    says_enough,
    sentence,
    squeeze,
)
from detente.brief.notes import DOUBTFUL_BELOW, Claimed, Desk, say
from detente.brief.quarrels import by_weight, is_answered, loose_accusations
from detente.brief.rounds import camps_of, day_of, told_alike, told_time
from detente.brief.undertakings import in_order as promises_in_order
from detente.brief.undertakings import tally
from detente.claims import Demand, Dispute, Meeting, Signal, Statement
from detente.dates import earliest, in_words, latest
from detente.evidence import Evidence
from detente.vocabulary import Act, EventType, MeetingStatus, PartyKind, PromiseStatus, SignalKind

MOST_SENTENCES: Final = 10
_UNANSWERED: Final = 4
# A meeting told as to come, without its date, is no longer to come after this.
_STALE: Final = timedelta(days=90)
SURE_SIGNAL: Final = 0.45
"""A signal read less surely than this does not stand in the state of play."""
# An answer that meets less than this of its charge speaks of something else; it stands in its table alone.
_ANSWERS: Final = 0.55
# An event read less surely than this is not told on the first page.
_SURE_EVENT: Final = 0.5
# What is told for a whole year or age is the past, not the ground the talks stand on.
_DAY_OR_MONTH: Final = (len("2007-05"), len("2007-05-28"))
# Words that are cut off from who does the deed tell too little alone.
_SCRAP: Final = re.compile(r"(?:is|are|was|were|has|have|had|been|being|that|who|which|and|to|by)\b", re.I)
_SIDES: Final = frozenset({PartyKind.STATE, PartyKind.ARMED_GROUP, PartyKind.INTERNATIONAL_BODY})
# "No subsequent meeting was set" tells of none.
_NO: Final = re.compile(r"(?:no|none|neither|nobody)\b", re.I)
_DEEDS: Final = {
    EventType.ASSAULT: "an attack",
    EventType.COERCE: "coercion",
    EventType.SANCTION: "sanctions",
    EventType.MOBILIZE: "a show of force",
    EventType.RETREAT: "a step back",
    EventType.CONCEDE: "a concession",
    EventType.AID: "aid",
}


def state_of_play(desk: Desk, camps: Sequence[str], holds: Sequence[Line]) -> Section:
    """The section; ``holds`` says what could hold, which comes before the next step."""
    every = asked(desk.record)
    pair = camps[:2]
    divided, unanswered, signals = _divided(desk, camps), _unanswered(desk), _signals(desk, pair)
    ground = _on_the_ground(desk, camps)
    written = (
        _who_and_what(desk, camps),
        _last_met(desk, pair),
        _asks(desk, pair, every),
        _dispute(desk, pair),
        unanswered,
        _promises(desk),
        ground,
        signals,
        divided,
        holds[:2],
        _next_step(desk, pair),
    )
    # Where there is too much, what says least by itself goes first: a count of charges; who is against a deal
    # at home goes last.
    left_out: list[list[Line]] = []
    for least in ([], unanswered, signals, ground, divided):
        left_out.append(least)
        lines = [line for part in written if not any(part is one for one in left_out) for line in part]
        if len(lines) <= MOST_SENTENCES:
            break
    if not lines:
        lines = [
            full_line(desk, one) for one in every[:3] if one.deed is not None or says_enough(one.what, 4)
        ]
    if not lines:
        lines = [say("The articles tell of no demand, meeting, charge or promise that could be read.")]
    kept = tuple(lines[:MOST_SENTENCES])
    return Section(key="play", title="State of play", blocks=(Listing(lines=kept, numbered=True),))


def _who_and_what(desk: Desk, camps: Sequence[str]) -> list[Line]:
    if not camps:
        return []
    first: dict[str, tuple[bool, float, Evidence]] = {}
    weight: dict[str, float] = {}
    record = desk.record
    claims: tuple[Demand | Statement | Signal, ...] = (*record.demands, *record.statements, *record.signals)
    for claim in claims:
        if claim.issue:
            weight[claim.issue] = weight.get(claim.issue, 0.0) + claim.confidence
            here = (isinstance(claim, Demand), claim.confidence, claim.evidence[0])
            first[claim.issue] = max(here, first.get(claim.issue, here), key=lambda told: told[:2])
    issues = sorted(weight, key=lambda issue: (-weight[issue], issue))[:4]
    parts: list[Part] = []
    for number, issue in enumerate(issues):
        joint = "" if not number else " and " if number == len(issues) - 1 else ", "
        label = desk.names.label(in_short(issue_label(desk, issue)))
        parts += say(joint + label, desk.cite((first[issue][-1],))).parts
    pair = listed(desk.names.party(camp) for camp in camps[:2])
    if len(camps) < 2:
        return [say(f"The texts speak of {pair}, above all on ", *parts, ".")] if issues else []
    about = (", above all over ", *parts) if issues else ()
    return [say(f"{sentence(pair)} face each other", *about, ".")]


def _last_met(desk: Desk, pair: Sequence[str]) -> list[Line]:
    held = [m for m in desk.record.meetings if m.status is MeetingStatus.HELD]
    both = [m for m in held if set(pair) <= set(camps_of(desk, m))]
    if not both:
        return []
    dated = [m for m in both if m.date]
    last = max(dated or both, key=lambda m: _standing(desk, m))
    who = sentence(listed(desk.names.party(p) for p in camps_of(desk, last)))
    place = f" in {squeeze(last.place)}" if last.place else ""
    day = told_time(last)
    told = f" (“{day}”, as told; the date is not known)" if day else "; the texts do not give the day"
    met = f"{who} last met{_on(desk, last)}{place}" if last.date else f"{who} have met{place}{told}"
    rows = sum(set(pair) <= set(camps_of(desk, row[0])) for row in told_alike(desk) if row[0] in both)
    perhaps = " (without dates, some may be the same)" if len(dated) < len(both) else ""
    more = f"; the texts tell of {counted(rows, 'meeting')} between them{perhaps}" if rows > 1 else ""
    return [say(met, desk.cite(last.evidence, 3), f"{more}.", marks=desk.marks(last), of=(last,))]


def _standing(desk: Desk, meeting: Meeting) -> tuple[bool, date, float, str]:
    """What makes one meeting better to tell of than another: a report of it, then how late it was."""
    return (not desk.only_opinion(meeting.evidence), _told_for(desk, meeting), meeting.confidence, meeting.id)


def _asks(desk: Desk, pair: Sequence[str], every: Sequence[Asked]) -> list[Line]:
    """What each of the two wants done, each sentence with its own opening."""
    lines: list[Line] = []
    for by, of in zip(pair, reversed(pair), strict=True):
        top = top_demands(every, by, of) or top_demands(_of_sides(desk, every), by, None)
        own = [one for one in every if one.by == by and one.own and not one.opinion][:1] if not top else []
        if own:
            lines.append(_means_to(desk, own[0]))
        if not top:
            continue
        who = sentence(desk.names.party(by))
        opening = (
            f"{who} {desk.names.verb(by, 'wants')}"
            if not lines
            else f"{who}, for {_its(desk, by)} part, {desk.names.verb(by, 'wants')}"
        )
        parts: list[Part] = []
        whom: str | None = None
        for number, one in enumerate(top):
            asks = f" {desk.names.party(one.of)} to " if not number or one.of != whom else " to "
            joint = " and" if number else ""
            parts += say(joint, asks, *wanted(one), _often(desk, one), desk.cite(one.evidence, 3)).parts
            whom = one.of
        claims = [telling for one in top for telling in one.tellings]
        lines.append(say(opening, *parts, ".", marks=desk.marks(*claims), of=claims))
    return lines


def _of_sides(desk: Desk, every: Sequence[Asked]) -> list[Asked]:
    """What is asked of states, armed groups and international bodies: not of a side's own firms."""
    return [one for one in every if one.of in desk.record.party and desk.record.party[one.of].kind in _SIDES]


def _means_to(desk: Desk, one: Asked) -> Line:
    """What a side means to do itself, where it asks nothing of anybody."""
    words = [sentence(desk.names.party(one.by)), " ", desk.names.verb(one.by, "wants"), ": "]
    quote = desk.quote(one.evidence[0])
    return say(*words, *quote, ".", marks=desk.marks(*one.tellings), of=one.tellings)


def _often(desk: Desk, one: Asked) -> str:
    """How often and how firmly, in brackets; nothing of what is told once, of no known day."""
    plain = len(one.evidence) == 1 and firmness(one.firm) is None
    return "" if plain and len(one.since or "") < len("2007-05-28") else f" ({how_often(desk, one)})"


def _its(desk: Desk, party: str) -> str:
    return "their" if desk.names.verb(party, "asks") == "ask" else "its"


def _on_the_ground(desk: Desk, camps: Sequence[str]) -> list[Line]:
    """What was done, and not only said: the latest deed of the camps that is surely read and not denied."""
    found = [
        one
        for one in happenings(desk.record)
        if one.first.type in _DEEDS
        and one.first.confidence >= _SURE_EVENT
        and not one.first.modality
        and (one.when is None or len(one.when) in _DAY_OR_MONTH)
        and one.by
        and says_enough(one.evidence[0].quote, 5)
        and not _SCRAP.match(one.evidence[0].quote)
    ]
    if not found:
        return []
    last = max(
        found,
        key=lambda one: (
            _involved(desk, one, camps),
            _day(desk, one),
            desk.stories(one.evidence),
            one.first.confidence,
            one.first.id,
        ),
    )
    day = f", {in_words(last.when)}" if last.when else ""
    teller = last.first.asserted_by
    said_by = desk.names.with_camp(teller) if teller else desk.names.article(last.evidence[0].article)
    doers = f"by {listed(desk.names.party(one) for one in last.by)}"
    whose = "of its own" if last.by == (teller,) else doers
    return [
        say(
            f"On the ground{day}, {said_by} {'tell' if _is_many(desk, teller) else 'tells'} of "
            f"{_DEEDS[last.first.type]} {whose}: ",
            desk.quote(last.evidence[0]),
            ".",
            marks=desk.marks(*last.tellings),
            of=last.tellings,
        )
    ]


def _is_many(desk: Desk, party: str | None) -> bool:
    return desk.names.verb(party, "tells") == "tell"


def _involved(desk: Desk, one: Happening, camps: Sequence[str]) -> bool:
    return any(desk.record.camp(party) in camps[:4] for party in (*one.by, *one.to))


def _day(desk: Desk, one: Happening) -> date:
    """The day it is told for; where none is, the day of the last article that tells it."""
    if one.when:
        return latest(one.when)
    articles = (desk.record.article.get(e.article) for e in one.evidence)
    return max((earliest(a.published) for a in articles if a and a.published), default=date.min)


def _dispute(desk: Desk, pair: Sequence[str]) -> list[Line]:
    disputes = [
        d
        for d in by_weight(desk, desk.record.disputes)
        if len(d.evidence) > 1
        and d.claimed_by
        and d.denied_by
        and is_answered(desk, d)
        and all(says_enough(e.quote, 4) for e in d.evidence[:2])
    ]
    disputes = [d for d in disputes if d.meets is not None and d.meets >= _ANSWERS]
    between = [
        d for d in disputes if {desk.record.camp(d.claimed_by), desk.record.camp(d.against)} == set(pair)
    ]
    if not disputes:
        return []
    return [_dispute_line(desk, (between or disputes)[0])]


def _tells(dispute: Dispute) -> bool:
    return all(says_enough(words.quote, 4) and not breaks_off(words.quote) for words in dispute.evidence[:2])


def _dispute_line(desk: Desk, one: Dispute) -> Line:
    gap = f" ({squeeze(one.gap)})" if one.gap else ""
    judged = f"; the answer {how_well(one.meets)}{gap}" if one.meets is not None else ""
    charges = desk.names.verb(one.claimed_by, "charges")
    return say(
        f"{sentence(desk.names.with_camp(one.claimed_by))} {charges} {desk.names.party(one.against)}: ",
        desk.quote(one.evidence[0]),
        f"; {desk.names.with_camp(one.denied_by)} {_answers(desk, one)}",
        desk.quote(one.evidence[1]),
        f"{judged}.",
        marks=desk.marks(one),
        of=(one,),
    )


def _answers(desk: Desk, one: Dispute) -> str:
    """The verb before an answer: what it denies is quoted without the denying."""
    return desk.turned_down(one.evidence[1]) or f"{desk.names.verb(one.denied_by, 'answers')}: "


def _unanswered(desk: Desk) -> list[Line]:
    disputes = desk.record.disputes
    alone = [one for one in disputes if not is_answered(desk, one) and says_enough(one.evidence[0].quote)]
    loose = loose_accusations(desk, disputes)
    if not alone and not loose:
        return []
    count = len(alone) + len(loose)
    stand = "stands" if count == 1 else "stand"
    open_ones: tuple[Claimed, ...] = (*alone, *loose)
    told = f"{sentence(counted(count, 'charge'))} {stand} in these texts without an answer"
    best = next(
        (one for one in by_weight(desk, alone) if one.claimed_by and one.against and _tells(one)), None
    )
    if best is None:
        evidence = [one.evidence[0] for one in open_ones]
        return [say(told, desk.cite(evidence, 3, tell_more=False), ".", of=open_ones)]
    among = "" if count == 1 else ", among them"
    who = f"{desk.names.with_camp(best.claimed_by)} against {desk.names.party(best.against)}: "
    return [say(f"{told}{among}: {who}", desk.quote(best.evidence[0]), ".", of=open_ones)]


def _promises(desk: Desk) -> list[Line]:
    every = promises_in_order(desk.record.promises)
    if not every:
        return []
    worst = every[0]
    if worst.confidence < DOUBTFUL_BELOW or worst.status is PromiseStatus.PENDING:
        return [
            say(
                f"{sentence(tally(every))}",
                desk.cite((e for p in every for e in p.evidence), 3, tell_more=False),
                ".",
            )
        ]
    tells = [r for r in worst.reports if worst.status in (r.status, PromiseStatus.DISPUTED)][-2:]
    told = [f"{_teller(desk, r.by)} tells it as {r.status.value}" for r in tells]
    who = f" ({listed(told)})" if told else ""
    to = f" to {desk.names.party(worst.to)}" if worst.to else ""
    verb = {PromiseStatus.PENDING: "open is", PromiseStatus.KEPT: "kept is"}.get(
        worst.status, "in question is"
    )
    whose = f"{verb} that of {desk.names.party(worst.by)}{to}"
    return [
        say(
            f"{sentence(tally(every))}; {whose}, “{squeeze(worst.what)}”{who}",
            desk.cite((*worst.evidence, *(report.because for report in tells)), 3),
            ".",
            of=(worst,),
        )
    ]


def _teller(desk: Desk, party: str | None) -> str:
    return desk.names.with_camp(party) if party else "the writer"


def _signals(desk: Desk, pair: Sequence[str]) -> list[Line]:
    every = desk.record.signals
    lines = []
    chosen: list[tuple[str, Signal]] = []
    for kinds, words in (
        ((SignalKind.FLEXIBLE,), "room to move"),
        ((SignalKind.RED_LINE, SignalKind.FIRM), "no room"),
    ):
        fits = [
            s
            for s in every
            if s.signal in kinds
            and s.confidence >= SURE_SIGNAL
            and desk.record.camp(s.party) in pair
            and says_enough(s.evidence[0].quote, 4)
            and is_whole(s.evidence[0].quote)
        ]
        fits.sort(key=lambda s: (kinds.index(s.signal), -desk.stories(s.evidence), -s.confidence, s.id))
        # The other side's, where one shows room and both would show none.
        others = [
            s for s in fits if not chosen or desk.record.camp(s.party) != desk.record.camp(chosen[0][1].party)
        ]
        chosen += [(words, s) for s in (others or fits)[:1]]
    if chosen:
        parts: list[Part] = []
        for number, (words, one) in enumerate(chosen):
            on = f" on {desk.names.label(in_short(issue_label(desk, one.issue)))}" if one.issue else ""
            joint = "; " if number else ""
            who = desk.names.party(one.party)
            shows = desk.names.verb(one.party, "shows")
            wording = f"{joint}{who if number else sentence(who)} {shows} {words}{on}: "
            told = one.evidence[0]
            parts += say(wording, desk.turned_down(told), desk.quote(told, 160)).parts
        claims: list[Claimed] = [one for _, one in chosen]
        lines.append(say(*parts, ".", marks=(Mark.INFERRED,), of=claims))
    return lines


def _divided(desk: Desk, camps: Sequence[str]) -> list[Line]:
    found = stands(desk, camps[:2])
    if not found:
        return []
    parts: list[Part] = []
    inside: str | None = None
    for camp, stance, faction in found:
        lead = f"{'; inside' if inside else 'Inside'} {desk.names.party(camp)}" if camp != inside else ""
        side = "for" if stance > 0 else "against"
        joint = f"{lead}, {side}: " if lead else f"; {side}: "
        position = f" ({squeeze(faction.position)})" if faction.position.strip() else ""
        parts += say(f"{joint}{squeeze(faction.faction)}{position}", desk.cite(faction.evidence, 2)).parts
        inside = camp
    return [say(*parts, ".", of=[faction for _, _, faction in found])]


def _next_step(desk: Desk, pair: Sequence[str]) -> list[Line]:
    held = [latest(m.date) for m in desk.record.meetings if m.status is MeetingStatus.HELD and m.date]
    ahead = [m for m in desk.record.meetings if m.status in (MeetingStatus.PLANNED, MeetingStatus.PROPOSED)]
    ahead = [m for m in ahead if not _is_past(desk, m) and set(pair) & set(camps_of(desk, m))]
    broken = _broken_off(desk, (*held, *(latest(m.date) for m in ahead if m.date)))
    if broken is not None and not any(m.date for m in ahead):
        return [broken]
    open_ones = [m for m in ahead if not held or _told_for(desk, m) >= max(held)]
    if open_ones:
        nxt = max(
            open_ones,
            key=lambda m: (
                not desk.only_opinion(m.evidence),
                set(pair) <= set(camps_of(desk, m)),
                _told_for(desk, m),
                m.status is MeetingStatus.PLANNED,
                m.confidence,
                m.id,
            ),
        )
        who = listed(desk.names.party(p) for p in camps_of(desk, nxt))
        place = f" in {squeeze(nxt.place)}" if nxt.place else ""
        opening = (
            "Next step: a"
            if set(pair) <= set(camps_of(desk, nxt))
            else "Of the two together no next meeting is told of; a"
        )
        told = [words for words in nxt.evidence if not _NO.match(words.quote)] or nxt.evidence
        step = f"{opening} meeting of {who}{_on(desk, nxt)}{place} is {nxt.status.value}"
        return [say(step, desk.cite(told, 3), ".", of=(nxt,))]
    made = [one for one in desk.record.statements if one.act is Act.PROPOSAL and one.speaker]
    if not made:
        return []
    best = max(made, key=lambda one: (_written(desk, one.evidence[0]), one.confidence, one.id))
    return [
        say(
            "No next meeting is told of; the last proposal told of is what "
            f"{desk.names.speaker(best)} proposed: ",
            desk.quote(best.evidence[0], 150),
            ".",
            of=(best,),
        )
    ]


def _written(desk: Desk, words: Evidence) -> date:
    """The day of the article that the words stand in."""
    article = desk.record.article.get(words.article)
    return latest(article.published) if article is not None and article.published else date.min


def _newest(desk: Desk) -> date | None:
    """The day of the newest article; ``None`` where none has a date."""
    days = [earliest(article.published) for article in desk.record.articles if article.published]
    return max(days, default=None)


def _broken_off(desk: Desk, others: Sequence[date]) -> Line | None:
    """The last meeting that came to nothing, where no other is told of since."""
    newest = _newest(desk) or date.max
    fizzled = [m for m in desk.record.meetings if m.status is MeetingStatus.FIZZLED and m.date]
    told = [m for m in fizzled if latest(str(m.date)) <= newest and camps_of(desk, m)]
    last = max(told, key=lambda m: (latest(str(m.date)), m.confidence, m.id), default=None)
    if last is None or any(day >= latest(str(last.date)) for day in others):
        return None
    who = listed(desk.names.party(p) for p in camps_of(desk, last))
    met = f"a meeting of {who}{_on(desk, last)} came to nothing"
    return say(f"No next meeting is told of; {met}", desk.cite(last.evidence, 3), ".", of=(last,))


def _is_past(desk: Desk, meeting: Meeting) -> bool:
    """Whether the newest article looks back on it: it is dated, or told of, before that article's day.

    What is told without a date by an older article is past too, after a while. Where no article has a date,
    a bare year is taken for the past.
    """
    newest = _newest(desk)
    if newest is None:
        return meeting.date is not None and len(meeting.date) not in _DAY_OR_MONTH
    if meeting.date:
        return latest(meeting.date) < newest
    return newest - _told_for(desk, meeting) > _STALE


def _told_for(desk: Desk, meeting: Meeting) -> date:
    """The last day it can be on; where no date is told, the day of the last article that tells of it."""
    if meeting.date:
        return latest(meeting.date)
    articles = (desk.record.article[e.article] for e in meeting.evidence if e.article in desk.record.article)
    return max((latest(a.published) for a in articles if a.published), default=date.min)


def _on(desk: Desk, meeting: Meeting) -> str:
    day = day_of(desk, meeting)
    if not day:
        return ""
    exact = len(day) == len("2007-05-28")
    return f" on {in_words(day)}" if exact else f" in {in_words(day)}"
