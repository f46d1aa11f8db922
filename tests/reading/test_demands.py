"""Demands, spoken and told, on sentences of our own."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import name, scene_of

from detente.reading.attribution import Marks, Passage
from detente.reading.demands import read_demands, short_phrase
from detente.reading.wishes import firmness
from detente.vocabulary import Act, Genre, Modality

TOLD = [
    ("Egypt urged Sudan to open the dam.", "Egypt", "Sudan"),
    ("Egypt called on Sudan to open the dam.", "Egypt", "Sudan"),
    ("Egypt wants Sudan to open the dam.", "Egypt", "Sudan"),
    ("Egypt demanded that Sudan open the dam.", "Egypt", "Sudan"),
    ("Egypt insists that Sudan open the dam.", "Egypt", "Sudan"),
    ("Egypt asked Sudan to open the dam.", "Egypt", "Sudan"),
    ("Egypt is pressing Sudan to open the dam.", "Egypt", "Sudan"),
    ("The Egyptians hope that Sudan will open the dam.", "Egypt", "Sudan"),
    ("Sudan was urged by Egypt to open the dam.", "Egypt", "Sudan"),
]


@pytest.mark.parametrize(("text", "by", "of"), [pytest.param(*t, id=t[0]) for t in TOLD])
def test_a_demand_told_by_the_writer_has_both_its_parties(text: str, by: str, of: str) -> None:
    scene = scene_of(text)
    (demand,) = read_demands(scene)
    assert (name(scene, demand.by), name(scene, demand.of)) == (by, of)
    assert "dam" in demand.what


def test_a_demand_spoken_of_two_things_is_two_demands() -> None:
    said = "open the dam and return the captured boats"
    scene = scene_of(f"Egypt called on Sudan to {said}.", ("Egypt", "called on", f"to {said}", Act.DEMAND))
    found = read_demands(scene)
    assert [d.evidence[0].quote for d in found] == ["to open the dam", "return the captured boats"]
    assert {name(scene, d.by) for d in found} == {"Egypt"}


def test_a_demand_only_expected_says_so() -> None:
    (demand,) = read_demands(scene_of("Egypt may press Sudan to open the dam."))
    assert Modality.FUTURE in demand.modality


def test_a_duty_said_to_be_broken_is_a_thing_wanted() -> None:
    said = "failing to open the dam"
    scene = scene_of(f"Egypt accused Sudan of {said}.", ("Egypt", "accused", said, Act.ACCUSATION))
    (demand,) = read_demands(scene)
    assert (name(scene, demand.by), name(scene, demand.of)) == ("Egypt", "Sudan")


def test_a_duty_spoken_of_another_party_is_a_demand_even_as_a_judgment() -> None:
    said = "Sudan must open the dam"
    scene = scene_of(f"Egypt said that {said}.", ("Egypt", "said", said, Act.ASSESSMENT))
    (demand,) = read_demands(scene)
    assert demand.firm == 0.9


def test_a_crowd_without_a_name_is_asked_itself() -> None:
    scene = scene_of("Egypt and Sudan share the river. Egypt urged boat owners to slow down.")
    (demand,) = read_demands(scene)
    assert (name(scene, demand.by), name(scene, demand.of)) == ("Egypt", "Boat owners")


def test_what_analysts_tell_is_wanted_by_another() -> None:
    said = "Sudan had failed to open the dam"
    text = f"Egypt closed its border with Sudan. Analysts said {said}."
    scene = scene_of(text, ("Analysts", "said", said, Act.ACCUSATION))
    (demand,) = read_demands(scene)
    assert (name(scene, demand.by), name(scene, demand.of)) == ("Egypt", "Sudan")


def test_a_condition_is_asked_of_whoever_would_fulfil_it() -> None:
    said = "it would open the dam if Sudan released the boats"
    text = f"Kenya spoke with Egypt. Kenya left. Egypt said {said}."
    scene = scene_of(text, ("Egypt", "said", said, Act.PRECONDITION))
    assert {name(scene, d.of) for d in read_demands(scene)} == {"Sudan"}


def test_a_lawmaker_asks_in_person() -> None:
    said = "Sudan to open the dam"
    text = f"Norwegian lawmaker Lars Dahl urged {said}."
    scene = scene_of(text, ("Lars Dahl", "urged", said, Act.DEMAND))
    (demand,) = read_demands(scene)
    assert (name(scene, demand.by), name(scene, demand.of)) == ("Lars Dahl", "Sudan")


def test_a_wish_denied_is_no_demand() -> None:
    assert read_demands(scene_of("Egypt did not ask Sudan to open the dam.")) == ()


def test_the_wishes_of_an_opinion_pieces_author_are_nobodys_demand() -> None:
    assert read_demands(scene_of("Egypt urged Sudan to open the dam.", genre=Genre.OPINION)) == ()


@pytest.mark.parametrize(
    ("cue", "firm"),
    [("insisted", 1.0), ("demanded", 0.9), ("asked", 0.4), ("suggested", 0.2)],
)
def test_the_cue_tells_how_firmly_it_is_put(cue: str, firm: float) -> None:
    assert firmness(cue, "open the dam") == firm


@settings(deadline=None)  # the first call reads the lists
@given(st.text(max_size=300))
def test_a_short_phrase_is_short_and_on_one_line(words: str) -> None:
    phrase = short_phrase(words)
    assert len(phrase.split()) <= 18
    assert "\n" not in phrase


@pytest.mark.parametrize(
    "text",
    [
        "Egypt insists that the dam is open.",
        "Egypt insists that Sudan has opened the dam.",
        "Egypt asked whether Sudan had opened the dam.",
        "Asked by Egypt why the dam was shut, Sudan gave no answer.",
        "An Egyptian envoy asked not to be named.",
        "Sudan did not respond to Egyptian requests for comment.",
        "Nobody asked Sudan to open the dam.",
        "What Egypt wanted was not told.",
        "Egypt called a truce on Monday.",
    ],
)
def test_a_claim_a_question_and_a_word_to_reporters_are_no_demands(text: str) -> None:
    assert read_demands(scene_of(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Egypt insisted that Sudan open the dam.",
        "Egypt insisted that the boats be returned by Sudan.",
        "Egypt insisted that the Sudanese must open the dam.",
    ],
)
def test_who_insists_that_something_be_done_demands_it(text: str) -> None:
    (demand,) = read_demands(scene_of(text))
    assert name(scene_of(text), demand.by) == "Egypt"


def test_a_question_quoted_is_no_demand() -> None:
    said = "what the dam was for"
    scene = scene_of(f"Egypt asked {said}.", ("Egypt", "asked", said, Act.DEMAND))
    assert read_demands(scene) == ()


def test_a_scrap_that_the_encoder_marks_is_no_demand() -> None:
    text = "Egypt would open the border in return for the release of the boats by Sudan."
    scrap, whole = "in return for", "the release of the boats by"
    marks = tuple(
        Passage(kind="demand", span=span, label=None, labels=(), confidence=0.9)
        for words in (scrap, whole)
        if (span := (text.index(words), text.index(words) + len(words)))
    )
    scene = replace(scene_of(text), marks=Marks(attributions=(), passages=marks))
    (demand,) = read_demands(scene)
    assert demand.evidence[0].quote == "the release of the boats by Sudan"


def test_a_leaders_own_forces_are_asked_themselves() -> None:
    text = "Sudanese President Omar Idris met envoys. Mr. Idris told his security forces to hold the truce."
    (demand,) = read_demands(scene_of(text))
    assert name(scene_of(text), demand.of) == "Sudanese security forces"


def test_another_sides_troops_are_asked_of_its_state() -> None:
    said = "Sudanese troops must leave the valley"
    scene = scene_of(f"Egypt said {said}.", ("Egypt", "said", said, Act.DEMAND))
    assert {name(scene, d.of) for d in read_demands(scene)} == {"Sudan"}


def test_whoever_owes_a_commitment_is_asked_for_it() -> None:
    said = "the truce depends on Sudan's commitment to end attacks on Kenyans and Egyptians"
    scene = scene_of(f"Egypt said {said}.", ("Egypt", "said", said, Act.PRECONDITION))
    assert {name(scene, d.of) for d in read_demands(scene)} == {"Sudan"}


def test_firms_that_are_required_to_do_it_are_asked_themselves() -> None:
    said = "grain traders will be required to show their papers"
    scene = scene_of(f"Egypt met Sudan. Egypt said {said}.", ("Egypt", "said", said, Act.DEMAND))
    assert {name(scene, d.of) for d in read_demands(scene)} == {"Grain traders"}


def test_what_is_wanted_of_nobody_named_is_wanted_of_the_counterpart_near_by() -> None:
    said = "the toll be halved"
    text = (
        "Kenya hosts the talks. Kenya feeds the envoys. Kenya houses the envoys. Kenya pays them.\n"
        f"The European Union set a toll for Egypt. Egypt asked that {said}."
    )
    scene = scene_of(text, ("Egypt", "asked", f"that {said}", Act.DEMAND))
    scene = replace(scene, statements=tuple(replace(s, target=None) for s in scene.statements))
    (demand,) = read_demands(scene)
    assert name(scene, demand.of) == "European Union"


@pytest.mark.parametrize(
    "text",
    [
        "Egypt is holding out hope that Sudan will open the dam.",
        "Egypt remains hopeful that Sudan will open the dam.",
    ],
)
def test_a_hope_for_what_another_does_is_a_soft_demand(text: str) -> None:
    (demand,) = read_demands(scene_of(text))
    assert (name(scene_of(text), demand.by), name(scene_of(text), demand.of)) == ("Egypt", "Sudan")
    assert demand.firm is not None
    assert demand.firm < 0.5


def test_a_hope_for_oneself_asks_nobody() -> None:
    assert read_demands(scene_of("Egypt is hopeful that it will open the dam in May.")) == ()


def test_two_who_are_asked_at_once_are_asked_one_by_one() -> None:
    said = "to open the dam"
    text = f"Kenya urged Egypt and Sudan {said}."
    scene = scene_of(text, ("Kenya", "urged", said, Act.DEMAND))
    found = read_demands(scene)
    assert {name(scene, d.of) for d in found} == {"Egypt", "Sudan"}
    assert len({d.id for d in found}) == 2


def test_who_urges_both_sides_is_neither_of_them() -> None:
    text = "Kenya met Egypt. Kenya met Sudan. Kenya left. Kenya urged both sides to open the dam."
    scene = scene_of(text)
    assert "Kenya" not in {name(scene, d.of) for d in read_demands(scene)}


@pytest.mark.parametrize(
    ("said", "wanted", "act"),
    [
        (
            "it would lower the toll if Sudan released the boats",
            "if Sudan released the boats",
            Act.OFFER,
        ),
        (
            "to lower the toll in exchange for the release of the boats",
            "in exchange for the release of the boats",
            Act.PROMISE,
        ),
    ],
)
def test_what_is_offered_in_return_for_something_asks_for_it(said: str, wanted: str, act: Act) -> None:
    scene = scene_of(f"Sudan held the boats. Egypt said {said}.", ("Egypt", "said", said, act))
    (demand,) = read_demands(scene)
    assert demand.evidence[0].quote == wanted
    assert (name(scene, demand.by), name(scene, demand.of)) == ("Egypt", "Sudan")


def test_a_house_of_government_asks_others_as_its_state() -> None:
    scene = scene_of("The White House urged Sudan to open the dam.")
    (demand,) = read_demands(scene)
    assert name(scene, demand.by) == "United States"
