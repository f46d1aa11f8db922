"""Signals and factions, on sentences of our own."""

import pytest
from telling import name, scene_of

from detente.reading.factions import read_factions
from detente.reading.findings import named_in, read_claims
from detente.reading.signals import read_signals
from detente.vocabulary import Act, Genre, SignalKind

TOLD = [
    ("Egypt is ready to discuss the dam.", "is ready to discuss the dam", SignalKind.FLEXIBLE),
    ("Egypt would consider a smaller dam.", "would consider a smaller dam", SignalKind.FLEXIBLE),
    ("Egypt sees no room for a second dam.", "sees no room for a second dam", SignalKind.FIRM),
    ("Egypt will never accept a second dam.", "will never accept a second dam", SignalKind.RED_LINE),
    ("For Egypt the key barometer is water.", "the key barometer is water", SignalKind.KEY),
]


@pytest.mark.parametrize(("text", "said", "kind"), [pytest.param(*t, id=t[0]) for t in TOLD])
def test_words_show_how_far_a_party_can_move(text: str, said: str, kind: SignalKind) -> None:
    scene = scene_of(f"Egypt spoke. {text}", ("Egypt", "spoke", said, Act.ASSESSMENT))
    (signal,) = [s for s in read_signals(scene) if said in s.evidence[0].quote]
    assert signal.signal is kind
    assert name(scene, signal.party) == "Egypt"


def test_a_refusal_is_firm_and_an_offer_flexible() -> None:
    refusal, offer = "to sell the port", "a lease of the port"
    scene = scene_of(
        f"Egypt declined {refusal}. Sudan put forward {offer}.",
        ("Egypt", "declined", refusal, Act.REFUSAL),
        ("Sudan", "put forward", offer, Act.OFFER),
    )
    assert [s.signal for s in read_signals(scene)] == [SignalKind.FIRM, SignalKind.FLEXIBLE]


def test_a_group_within_a_camp_has_its_camp_and_its_stance() -> None:
    scene = scene_of("Hard-liners in Egypt oppose the water talks.")
    (faction,) = read_factions(scene)
    assert name(scene, faction.party) == "Egypt"
    assert faction.stance == -1


def test_an_opinion_piece_names_no_faction_in_its_own_voice() -> None:
    assert read_factions(scene_of("Hard-liners in Egypt oppose the talks.", genre=Genre.OPINION)) == ()


def test_all_claims_are_gathered_with_everyone_they_name() -> None:
    scene = scene_of("Egypt urged Sudan to open the dam. Egypt and Sudan met in Aswan on Monday.")
    claims = read_claims(scene)
    assert claims.demands
    assert claims.events
    assert claims.meetings
    assert {name(scene, p) for p in named_in(claims)} >= {"Egypt", "Sudan"}


@pytest.mark.parametrize("text", ["", " ", "?!", "a", "“" * 50, "He said he said he said.", "\n\n\n"])
def test_odd_texts_give_no_claims_and_no_error(text: str) -> None:
    if not text.strip():
        text = "\u00b7"
    claims = read_claims(scene_of(text))
    assert claims.demands == ()
    assert claims.events == ()
