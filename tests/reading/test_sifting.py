"""Which of what may be an event is one, on sentences of our own."""

import pytest
from telling import scene_of

from detente.reading.events import read_events
from detente.vocabulary import Act

Said = tuple[str, str, str, Act]


def types(text: str, *said: Said) -> set[str]:
    return {event.type.value for event in read_events(scene_of(text, *said))}


def test_a_deed_that_somebody_merely_reports_is_no_charge() -> None:
    told = "Egypt arrested ten Sudanese fishermen"
    assert types(f"{told}, a witness said.", ("a witness", "said", told, Act.ACCUSATION)) == {"COERCE"}


def test_a_deed_told_with_a_word_of_charging_is_a_charge() -> None:
    told = "shelling its villages"
    assert "ACCUSE" in types(
        f"Sudan accused Egypt of {told}.", ("Sudan", "accused", "shelling its villages", Act.ACCUSATION)
    )


def test_what_is_rejected_is_no_event_beside_the_rejection() -> None:
    asked = "to share the river"
    text = f"Egypt rejected Sudan's call {asked}."
    assert types(text, ("Sudan", "call", asked, Act.DEMAND)) == {"REJECT"}


def test_a_word_of_saying_that_tells_its_own_event_is_no_other() -> None:
    told = "the raid on Wadi Halfa"
    assert types(f"Egypt apologized for {told}.", ("Egypt", "apologized", told, Act.ACCUSATION)) == {
        "CONCEDE"
    }


@pytest.mark.parametrize(
    ("promised", "act", "kind"),
    [
        pytest.param(
            "to bomb the villages of Sudan", Act.PROMISE, "THREATEN", id="harm promised is a threat"
        ),
        pytest.param("to release the pilots", Act.THREAT, "AGREE", id="help threatened is a promise"),
    ],
)
def test_what_is_announced_is_a_threat_or_a_promise_by_the_deed(promised: str, act: Act, kind: str) -> None:
    assert types(f"Egypt has sworn {promised}.", ("Egypt", "sworn", promised, act)) == {kind}


def test_what_somebody_denies_did_not_happen() -> None:
    told = "that Egypt had shelled Sudan"
    assert types(f"Egypt denied {told}.", ("Egypt", "denied", told, Act.DENIAL)) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Egyptian drivers blocked the bridge to Sudan.", "PROTEST", id="people block a road"),
        pytest.param("Egypt blocked the border to Sudan.", "COERCE", id="a state blocks a border"),
        pytest.param(
            "Egypt captured the Sudanese town of Wadi Halfa.", "ASSAULT", id="a town is taken by force"
        ),
        pytest.param("Egypt captured two Sudanese pilots.", "COERCE", id="people are held"),
        pytest.param("Egypt lifted its blockade of Sudan.", "RETREAT", id="soldiers give way"),
        pytest.param("Egypt lifted its sanctions against Sudan.", "CONCEDE", id="a rule gives way"),
        pytest.param("Egypt withdrew its observers from Sudan.", "SANCTION", id="helpers are taken back"),
        pytest.param("Egypt issued an ultimatum to Sudan.", "THREATEN", id="an ultimatum threatens"),
        pytest.param(
            "Egyptian troops arrived at the border of Sudan.", "MOBILIZE", id="soldiers come to fight"
        ),
        pytest.param("Egypt staged exercises near Sudan.", "MOBILIZE", id="a form the lemmatizer mistakes"),
    ],
)
def test_the_type_hangs_on_who_does_what_to_what(text: str, kind: str) -> None:
    assert kind in types(text)


def test_a_noun_before_another_noun_tells_no_event() -> None:
    assert types("Egypt discussed ceasefire terms with Sudan.") == {"CONSULT"}


def test_an_envoy_and_the_own_state_are_one_side_of_a_meeting() -> None:
    scene = scene_of("Egypt's foreign minister, Nabil Fahmy, met Sudan's president, Omar Bashir, in Aswan.")
    met = [event for event in read_events(scene) if event.type.value == "CONSULT"]
    assert met
    assert all(scene.cast.camp(event.by) != scene.cast.camp(event.to) for event in met)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(
            "Egypt arrested two men for cooperating with Sudan.", {"COERCE"}, id="a charge's reason"
        ),
        pytest.param("Egypt evacuated refugees from the besieged city of Sudan.", {"AID"}, id="an adjective"),
        pytest.param(
            "Egypt announced it would impose sanctions on Sudan.", {"THREATEN"}, id="what was to come"
        ),
        pytest.param("Egypt would impose sanctions on Sudan if talks failed.", set(), id="what might come"),
    ],
)
def test_what_is_a_reason_a_trait_or_a_supposition_is_no_deed(text: str, kinds: set[str]) -> None:
    assert types(text) == kinds
