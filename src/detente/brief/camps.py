"""Inside the camps: who is for and who against, where a side can move and where it says it cannot."""

import re
from collections.abc import Sequence
from typing import Final

from detente.brief.agenda import issue_label
from detente.brief.model import Cell, Line, Listing, Mark, Row, Section, Table
from detente.brief.names import in_short, says_enough, sentence, squeeze
from detente.brief.notes import Desk, capped, quiet, say, strong
from detente.claims import Faction, Signal
from detente.negotiation.camps import name_pattern
from detente.vocabulary import PartyKind, SignalKind

MOST_FACTIONS: Final = 10
MOST_SIGNALS: Final = 8
_MOST_SIDES: Final = 6
_SIDES: Final = frozenset(
    {PartyKind.STATE, PartyKind.ARMED_GROUP, PartyKind.GOVERNMENT_BODY, PartyKind.INTERNATIONAL_BODY}
)
# "No subsequent meeting of the two parties" is no group of people.
_NOBODY: Final = re.compile(r"(?:no|none|neither)\b", re.I)
_STANCES: Final = ((1, "For"), (-1, "Against"), (0, "Stance not told"))
_SIGNALS: Final = (
    (SignalKind.FLEXIBLE, "Room to move"),
    (SignalKind.RED_LINE, "Red lines"),
    (SignalKind.FIRM, "Firm"),
    (SignalKind.KEY, "Called a key, a test or a barometer"),
)


def factions(desk: Desk, camps: Sequence[str]) -> Section:
    """The section: for each camp, who in it is for the talks or a concession, and who against."""
    every = [one for one in desk.record.factions if not _NOBODY.match(one.faction)]
    if not every:
        nothing = Listing(lines=(say("The texts tell of no division within a camp."),))
        return Section(key="camps", title="Inside each camp", blocks=(nothing,))
    home = {one.id: home_of(desk, one, camps) for one in every}
    here = sorted(set(home.values()), key=lambda camp: _place(camp, camps))
    rows = tuple(
        Row(
            head=say(strong(desk.names.plain(camp) if camp else "Camp not named")),
            cells=tuple(
                Cell(lines=_stance(desk, [one for one in every if home[one.id] == camp], stance))
                for stance, _ in _STANCES
            ),
        )
        for camp in here
    )
    columns = ("Camp", *(label for _, label in _STANCES))
    table = Table(caption="Who in each camp is for or against", columns=columns, rows=rows)
    lead = "For or against the talks, or the concession spoken of, as the texts tell it."
    return Section(key="camps", title="Inside each camp", blocks=(table,), lead=lead)


def home_of(desk: Desk, faction: Faction, camps: Sequence[str]) -> str | None:
    """The camp that a faction stands in: its party's, else the one side that its name names, else none."""
    camp = desk.record.camp(faction.party)
    known = desk.record.party.get(camp) if camp is not None else None
    if known is not None and known.kind in _SIDES:
        return camp
    patterns = ((side, name_pattern(desk.record.party[side])) for side in camps[:_MOST_SIDES])
    named = [side for side, pattern in patterns if pattern.search(faction.faction)]
    return named[0] if len(named) == 1 else None


def signals(desk: Desk, camps: Sequence[str]) -> Section:
    """The section: signs of movement, firmness and red lines, by party."""
    every = [one for one in desk.record.signals if says_enough(one.evidence[0].quote)]
    if not every:
        nothing = Listing(lines=(say("The texts show no sign of movement and no red line."),))
        return Section(key="signals", title="Signals of movement and red lines", blocks=(nothing,))
    here = sorted({desk.record.camp(one.party) for one in every}, key=lambda camp: _place(camp, camps))
    blocks = []
    for kind, label in _SIGNALS:
        lines: list[Line] = []
        for camp in here:
            of_camp = [s for s in every if s.signal is kind and desk.record.camp(s.party) == camp]
            of_camp.sort(key=lambda s: (-desk.stories(s.evidence), -s.confidence, s.id))
            lines += capped([_signal(desk, one) for one in of_camp], MOST_SIGNALS, "sign", "signs")
        if lines:
            blocks.append(Listing(heading=label, lines=tuple(lines)))
    title = "Signals of movement and red lines"
    lead = "Judge each by its words: that a sentence is a signal is a reading of it."
    return Section(key="signals", title=title, blocks=tuple(blocks), lead=lead, marks=(Mark.INFERRED,))


def _stance(desk: Desk, factions_of_camp: Sequence[Faction], stance: int) -> tuple[Line, ...]:
    lines = [
        say(
            strong(sentence(squeeze(one.faction))),
            f": {squeeze(one.position)}" if one.position.strip() else "",
            desk.cite(one.evidence),
            marks=desk.marks(one),
            of=(one,),
        )
        for one in factions_of_camp
        if one.stance == stance
    ]
    return capped(lines, MOST_FACTIONS, "group")


def _signal(desk: Desk, one: Signal) -> Line:
    about = in_short(issue_label(desk, one.issue)) if one.issue else ""
    return say(
        strong(sentence(desk.names.party(one.party)) if one.party else "Nobody named"),
        quiet(f" on {about}") if about else "",
        ": ",
        desk.turned_down(one.evidence[0]),
        desk.quote(one.evidence[0]),
        desk.cite(one.evidence[1:]),
        marks=desk.marks(one),
        of=(one,),
    )


def _place(camp: str | None, camps: Sequence[str]) -> tuple[int, str]:
    return (camps.index(camp) if camp in camps else len(camps), camp or "~")


def stands(desk: Desk, camps: Sequence[str]) -> list[tuple[str, int, Faction]]:
    """The most told group for and the most told group against, in each of these camps."""
    found = []
    for camp in camps:
        for stance in (1, -1):
            fits = [
                one
                for one in desk.record.factions
                if one.stance == stance and home_of(desk, one, camps) == camp
            ]
            fits.sort(key=lambda one: (-desk.stories(one.evidence), -one.confidence, one.id))
            found += [(camp, stance, one) for one in fits[:1]]
    return found
