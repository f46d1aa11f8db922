"""Charges and denials, on sentences of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import name, scene_of

from detente.reading.disputes import how_denial_meets, read_disputes, read_unanswered
from detente.vocabulary import Act

CHARGE = "arming the river pirates"


def test_a_charge_and_its_denial_are_one_dispute() -> None:
    scene = scene_of(
        f"Egypt accused Sudan of {CHARGE}. Sudan denied arming the pirates.",
        ("Egypt", "accused", CHARGE, Act.ACCUSATION),
        ("Sudan", "denied", "arming the pirates", Act.DENIAL),
    )
    (dispute,) = read_disputes(scene)
    assert (name(scene, dispute.claimed_by), name(scene, dispute.denied_by)) == ("Egypt", "Sudan")
    assert [e.quote for e in dispute.evidence] == [CHARGE, "arming the pirates"]
    assert dispute.meets is not None
    assert dispute.meets > 0.8
    assert read_unanswered(scene) == ()


def test_one_who_accuses_in_turn_has_denied_nothing() -> None:
    scene = scene_of(
        f"Egypt accused Sudan of {CHARGE}. Sudan accused Egypt of stealing water.",
        ("Egypt", "accused", CHARGE, Act.ACCUSATION),
        ("Sudan", "accused", "stealing water", Act.ACCUSATION),
    )
    assert read_disputes(scene) == ()
    assert len(read_unanswered(scene)) == 2


def test_nobody_denies_the_charge_of_the_own_camp() -> None:
    scene = scene_of(
        f"Egypt accused Sudan of {CHARGE}. Egypt denied stealing water.",
        ("Egypt", "accused", CHARGE, Act.ACCUSATION),
        ("Egypt", "denied", "stealing water", Act.DENIAL),
    )
    assert read_disputes(scene) == ()


@pytest.mark.parametrize(
    ("charge", "denial", "low", "high", "gap"),
    [
        pytest.param("supporting the raiders", "denied the accusation", 1, 1, None, id="the charge as such"),
        pytest.param(
            "supplying rockets to the raiders", "called the claim baseless", 1, 1, None, id="baseless"
        ),
        pytest.param(
            "supporting the raiders in the delta",
            "denied using raiders in the delta",
            0.5,
            0.5,
            "denies using, charged with supporting",
            id="another act",
        ),
        pytest.param(
            "poisoning the wells",
            "said the harvest was good",
            0,
            0,
            "speaks of other things than the charge",
            id="elsewhere",
        ),
        pytest.param(
            "shipping rockets to the raiders",
            "denied sending rockets to them",
            0.8,
            1,
            None,
            id="words alike",
        ),
    ],
)
def test_a_denial_is_measured_against_its_charge(
    charge: str, denial: str, low: float, high: float, gap: str | None
) -> None:
    meets, left_open = how_denial_meets(charge, denial)
    assert low <= meets <= high
    assert left_open == gap


@settings(deadline=None)  # the first call reads the lists
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_words_have_a_measure_and_a_gap_is_named_where_it_is_low(charge: str, denial: str) -> None:
    meets, gap = how_denial_meets(charge, denial)
    assert 0 <= meets <= 1
    assert gap is not None or meets >= 0.5


def test_a_denial_does_not_answer_the_keeping_of_a_pact() -> None:
    said = "breaking the river pact"
    text = (
        "Egypt is implementing the river pact. Lawmakers in Egypt spoke of sanctions for violating the"
        f" river pact. Sudan denied {said}."
    )
    scene = scene_of(text, ("Sudan", "denied", said, Act.DENIAL))
    assert [d.evidence[0].quote for d in read_disputes(scene)] == [
        "spoke of sanctions for violating the river pact"
    ]


def test_a_charge_told_within_another_is_met_once() -> None:
    outer, inner = "Kenya knows that Sudan mined the ford", "Sudan mined the ford"
    said = "mining the ford"
    text = f"Egypt said {outer}. Sudan denied {said}."
    scene = scene_of(
        text,
        ("Egypt", "said", outer, Act.ACCUSATION),
        ("Egypt", "said", inner, Act.ACCUSATION),
        ("Sudan", "denied", said, Act.DENIAL),
    )
    assert len(read_disputes(scene)) == 1


def test_a_charge_told_in_its_own_denial_is_disputed() -> None:
    fears = "Egyptian fears that the dam would flood the delta"
    scene = scene_of(
        f"Sudan dismissed {fears}, saying the dam was safe.",
        ("Sudan", "dismissed", fears, Act.REFUSAL),
        ("Sudan", "saying", "the dam was safe", Act.ASSESSMENT),
    )
    (dispute,) = read_disputes(scene)
    assert (name(scene, dispute.claimed_by), name(scene, dispute.denied_by)) == ("Egypt", "Sudan")
    assert dispute.evidence[0].quote == "the dam would flood the delta"
    assert dispute.evidence[1].quote.endswith("saying the dam was safe")


def test_reports_that_nobody_owns_have_no_accuser() -> None:
    reports = "reports that its soldiers had fired first"
    scene = scene_of(f"Sudan denied {reports}.", ("Sudan", "denied", reports, Act.DENIAL))
    (dispute,) = read_disputes(scene)
    assert dispute.claimed_by is None


def test_a_denial_of_all_charges_answers_each() -> None:
    said = "Egypt's charges were baseless"
    scene = scene_of(
        "Egypt complained that Sudan shelled the port.\nThe weather was fair for a week.\n"
        f"Egypt charged that Sudan shelled the bridge. Sudan said {said}.",
        ("Egypt", "complained", "Sudan shelled the port", Act.ACCUSATION),
        ("Egypt", "charged", "Sudan shelled the bridge", Act.ACCUSATION),
        ("Sudan", "said", said, Act.DENIAL),
    )
    assert len(read_disputes(scene)) == 2


def test_a_state_answers_for_its_firms() -> None:
    said = "the millers have complied with the grain pact"
    scene = scene_of(
        f"Egypt said Sudanese millers were violating the grain pact. Sudan said {said}.",
        ("Egypt", "said", "Sudanese millers were violating the grain pact", Act.ACCUSATION),
        ("Sudan", "said", said, Act.ASSESSMENT),
    )
    (dispute,) = read_disputes(scene)
    assert name(scene, dispute.denied_by) == "Sudan"


def test_a_word_in_common_is_no_denial() -> None:
    said = "this is not a new opening but a chance to deal with the harvest"
    scene = scene_of(
        f"Egypt said Sudan was not serious in dealing with it. Sudan said {said}.",
        ("Egypt", "said", "Sudan was not serious in dealing with it", Act.ACCUSATION),
        ("Sudan", "said", said, Act.ASSESSMENT),
    )
    assert read_disputes(scene) == ()
