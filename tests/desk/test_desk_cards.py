"""What a card says of a claim."""

from dataclasses import replace

import pytest

from detente.brief.names import Names
from detente.claims import Claim, Demand, Event, Faction, Meeting, Party, Signal, Spans, Statement
from detente.desk.cards import card_of, marks_of
from detente.evidence import Evidence
from detente.record.model import Record
from detente.record.pages import Item
from detente.vocabulary import (
    Act,
    ClaimKind,
    EventType,
    MeetingStatus,
    PartyKind,
    Quotation,
    Review,
    SignalKind,
)

NORLAND = Party(id="n", name="Norland", kind=PartyKind.STATE)
SUDMARK = Party(id="s", name="Sudmark", kind=PartyKind.STATE)
NAMES = Names(Record(parties=(NORLAND, SUDMARK)))
WORDS = Evidence(article="a", start=10, end=23, quote="open the pass")


def item(kind: ClaimKind, claim: Claim) -> Item:
    return Item(kind=kind, claim=claim, version=0, doubt=0.0)


def line(kind: ClaimKind, claim: Claim) -> str:
    card = card_of(item(kind, claim), NAMES)
    return f"{card.who} | {card.what}"


STATEMENT = Statement(
    id="1",
    speaker="n",
    speaker_text="Norland",
    affiliation="n",
    cue="says",
    quote=Quotation.INDIRECT,
    act=Act.ACCUSATION,
    target="s",
    spans=Spans(speaker=((0, 7),), cue=((7, 9),), content=((10, 14), (19, 23))),
    confidence=0.5,
    evidence=(WORDS,),
)
DEMAND = Demand(id="2", by="n", of="s", what="open the northern pass", evidence=(WORDS,))


@pytest.mark.parametrize(
    ("kind", "claim", "expected"),
    [
        (ClaimKind.STATEMENTS, STATEMENT, "Norland | accuses Sudmark"),
        (ClaimKind.STATEMENTS, replace(STATEMENT, act=Act.OFFER), "Norland | makes an offer to Sudmark"),
        (ClaimKind.DEMANDS, DEMAND, "Norland | asks of Sudmark: open the northern pass"),
        (ClaimKind.DEMANDS, replace(DEMAND, what="Open the pass"), "Norland | asks of Sudmark"),
        (
            ClaimKind.DEMANDS,
            replace(DEMAND, by=None),
            "A party not named | asks of Sudmark: open the northern pass",
        ),
        (
            ClaimKind.EVENTS,
            Event(
                id="3",
                type=EventType.RETREAT,
                by="n",
                to="s",
                what="leaves",
                when=None,
                where=None,
                asserted_by=None,
                evidence=(WORDS,),
            ),
            "Norland | steps back before Sudmark: leaves",
        ),
        (
            ClaimKind.MEETINGS,
            Meeting(
                id="4",
                parties=("n", "s"),
                date=None,
                place=None,
                status=MeetingStatus.HELD,
                evidence=(WORDS,),
            ),
            "Norland and Sudmark | met",
        ),
        (
            ClaimKind.SIGNALS,
            Signal(id="5", party="n", signal=SignalKind.RED_LINE, about="the pass", evidence=(WORDS,)),
            "Norland | draws a red line: the pass",
        ),
        (
            ClaimKind.FACTIONS,
            Faction(
                id="6", party="n", faction="the clergy", position="no pass", stance=-1, evidence=(WORDS,)
            ),
            "The clergy inside Norland | is against it: no pass",
        ),
    ],
)
def test_a_card_says_whose_it_is_and_what_it_does(kind: ClaimKind, claim: Claim, expected: str):
    assert line(kind, claim) == expected


def test_a_statement_is_marked_part_by_part_with_its_speaker_and_cue():
    marks = list(marks_of(item(ClaimKind.STATEMENTS, STATEMENT), "a"))
    assert [(mark.start, mark.end) for mark in marks] == [(0, 7), (7, 9), (10, 14), (19, 23)]
    assert marks[0].look == "statements proposed role speaker"
    assert marks[2].look == "statements proposed"


def test_words_of_another_article_are_not_marked_in_this_one():
    elsewhere = Evidence(article="b", start=1, end=3, quote="no")
    both = item(ClaimKind.DEMANDS, replace(DEMAND, evidence=(WORDS, elsewhere), review=Review.EDITED))
    assert [(mark.start, mark.end) for mark in marks_of(both, "b")] == [(1, 3)]
