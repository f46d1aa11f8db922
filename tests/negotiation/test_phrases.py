"""Things wanted, told as what a party may do."""

import pytest

from detente.negotiation.phrases import imperative, subject_of

NAMES = ("Ardia", "Ardian officials", "the Ardians")


@pytest.mark.parametrize(
    ("what", "text"),
    [
        pytest.param("that Ardia must halt the raids", "halt the raids", id="subject and modal fall away"),
        pytest.param("the Ardians to lift the blockade", "lift the blockade", id="infinitive after a name"),
        pytest.param(
            "withdrawing its troops from the pass", "withdraw its troops from the pass", id="gerund"
        ),
        pytest.param("stopping the flow of arms", "stop the flow of arms", id="doubled letter"),
        pytest.param("not to arm the rebels", "not arm the rebels", id="a demand to leave something"),
        pytest.param("an immediate end to the shelling", "end the shelling", id="end to"),
        pytest.param("the release of nine fishermen", "release nine fishermen", id="release of"),
        pytest.param("return to the talks", "return to the talks", id="a verb with its particle"),
        pytest.param("a timetable for elections", "agree to a timetable for elections", id="a thing"),
        pytest.param("free the crew (implied)", "free the crew", id="an aside"),
        pytest.param(
            "officials, who also complained of the toll, demanded that Ardia reopen the bridge",
            "reopen the bridge",
            id="the demand within a sentence",
        ),
        pytest.param(
            "proposing a joint border commission", "agree to a joint border commission", id="proposed"
        ),
        pytest.param(
            "ways of getting Ardia back to the ferry talks".removeprefix("ways of "),
            "return to the ferry talks",
            id="what others would make it do is its own deed",
        ),
        pytest.param(
            "both in public and by letter that Ardia disband the river guard",
            "disband the river guard",
            id="how it was asked falls away",
        ),
        pytest.param(
            "aims to stop Ardia selling barley below cost", "stop selling barley below cost", id="aim"
        ),
    ],
)
def test_words_become_a_deed(what, text):
    assert imperative(what, NAMES) == text


@pytest.mark.parametrize(
    "what",
    [
        "",
        "that",
        "it",
        "them",
        "the",
        "stop",
        "do that",
        "they were of one mind about the weather",
        "…",
        "the same",
        "allow Ardia to watch the prices",
    ],
)
def test_words_that_tell_of_no_deed_give_nothing(what):
    assert imperative(what, NAMES) is None


def test_long_words_break_off_between_two():
    text = imperative("withdraw " + "very " * 40 + "soon", NAMES)
    assert len(text) <= 82
    assert text.endswith("very …")


def test_the_one_to_act_is_told_from_the_one_spoken_of():
    assert subject_of("Ardia to leave the pass", ["Ardia", "Belmark"]) == "Ardia"
    assert subject_of("Belmark toll collectors", ["Ardia", "Belmark"]) is None


@pytest.mark.parametrize(
    ("what", "text"),
    [
        pytest.param(
            "return the five pilots held since may in norway norways demands and its fixation",
            "return the five pilots held since May in Norway",
            id="a sentence that runs on without a stop",
        ),
        pytest.param(
            "set a timetable for a u s withdrawal from iraq",
            "set a timetable for a US withdrawal from Iraq",
            id="capitals set again",
        ),
        pytest.param(
            "end Ardia’s shelling of the harbour and its supply of mines, boats and rockets to gangs ashore",
            "end its shelling of the harbour and its supply of mines, boats and rockets …",
            id="its own, and broken off where a phrase ends",
        ),
    ],
)
def test_a_deed_reads_as_it_would_be_printed(what, text):
    assert imperative(what, NAMES) == text


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("talk to Ardia", id="to itself"),
        pytest.param("reach an understanding with Ardia before the thaw", id="with itself"),
        pytest.param("the pact breached the harbour rules", id="told as past"),
        pytest.param("missed a March deadline to hand over the", id="missed"),
    ],
)
def test_a_party_is_not_asked_to_deal_with_itself_nor_to_do_what_is_past(what):
    assert imperative(what, NAMES) is None
