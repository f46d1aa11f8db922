"""Promises and what became of them, on sentences of our own."""

import pytest
from telling import name, scene_of

from detente.reading.promises import read_promises
from detente.vocabulary import Act, PromiseStatus

TOLD = [
    ("Egypt agreed to return the boats to Sudan.", "Egypt", "Sudan"),
    ("Egypt pledged to return the boats to Sudan.", "Egypt", "Sudan"),
    ("Egypt vowed to return the boats to Sudan.", "Egypt", "Sudan"),
    ("Egypt's promise to return the boats pleased Sudan.", "Egypt", "Sudan"),
]


@pytest.mark.parametrize("deed", ["failing to keep a pledge", "breaking its promise"])
def test_whoever_is_accused_of_breaking_a_promise_gave_it(deed: str) -> None:
    content = f"{deed} to return the boats"
    scene = scene_of(f"Sudan accused Egypt of {content}.", ("Sudan", "accused", content, Act.ACCUSATION))
    (promise,) = read_promises(scene)
    assert (name(scene, promise.by), name(scene, promise.to)) == ("Egypt", "Sudan")
    assert promise.status is PromiseStatus.DISPUTED


@pytest.mark.parametrize(("text", "by", "to"), [pytest.param(*t, id=t[0]) for t in TOLD])
def test_a_promise_told_has_its_maker_and_its_other_side(text: str, by: str, to: str) -> None:
    scene = scene_of(text)
    (promise,) = read_promises(scene)
    assert (name(scene, promise.by), name(scene, promise.to)) == (by, to)
    assert promise.status is PromiseStatus.PENDING


def test_what_two_agree_on_is_a_promise_of_each() -> None:
    scene = scene_of("Egypt and Sudan have agreed to reopen the river port.")
    assert {(name(scene, p.by), name(scene, p.to)) for p in read_promises(scene)} == {
        ("Egypt", "Sudan"),
        ("Sudan", "Egypt"),
    }


def test_each_thing_undertaken_is_a_promise() -> None:
    found = read_promises(scene_of("Egypt agreed to return the boats and to reopen the river port."))
    assert len(found) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The accord, signed by Egypt in May, calls on Sudan to open the dam and to return the boats.",
            id="called on",
        ),
        pytest.param("Under the accord, Sudan was to open the dam.", id="under"),
        pytest.param("Egypt hailed a treaty that obliges Sudan to open the dam.", id="obliges"),
    ],
)
def test_what_a_pact_binds_a_party_to_is_its_promise(text: str) -> None:
    scene = scene_of(text)
    found = [p for p in read_promises(scene) if "open the dam" in p.evidence[0].quote]
    assert [name(scene, p.by) for p in found] == ["Sudan"]


def test_each_deed_of_a_pact_is_a_term() -> None:
    text = "The accord calls on Sudan to open the dam and to return the boats to Egypt."
    quotes = [p.evidence[0].quote for p in read_promises(scene_of(text))]
    assert quotes == ["calls on Sudan to open the dam", "to return the boats to Egypt"]


def test_a_promise_not_kept_was_given() -> None:
    (promise,) = read_promises(scene_of("Sudan has not honored its promise to open the dam."))
    assert promise.status is PromiseStatus.BROKEN


def test_two_who_say_it_at_once_promise_it_each() -> None:
    said = "to open the dam"
    text = f"Egypt and Sudan agreed {said}."
    scene = scene_of(text, ("Egypt", "agreed", said, Act.AGREEMENT), ("Sudan", "agreed", said, Act.AGREEMENT))
    assert {name(scene, p.by) for p in read_promises(scene)} == {"Egypt", "Sudan"}


def test_a_failure_told_breaks_the_promise_and_holds_its_words() -> None:
    scene = scene_of("Egypt pledged to return the boats to Sudan. But Egypt failed to return the boats.")
    promise = read_promises(scene)[0]
    assert promise.status is PromiseStatus.BROKEN
    assert "failed to return" in promise.reports[0].because.quote


def test_a_failure_that_only_the_other_side_tells_is_disputed() -> None:
    charge = "Egypt has failed to return the boats"
    scene = scene_of(
        f"Egypt pledged to return the boats to Sudan. Sudan said that {charge}.",
        ("Sudan", "said", charge, Act.ACCUSATION),
    )
    promise = next(p for p in read_promises(scene) if "pledged" in p.evidence[0].quote)
    assert promise.status is PromiseStatus.DISPUTED
    assert name(scene, promise.reports[0].by) == "Sudan"


@pytest.mark.parametrize(
    "text",
    [
        "Egypt did not agree to return the boats.",
        "Egypt might agree to return the boats.",
        "Sudan will not meet unless Egypt promises to return the boats.",
        "Egypt made no promise to return the boats.",
    ],
)
def test_what_is_not_or_only_perhaps_undertaken_is_no_promise(text: str) -> None:
    assert read_promises(scene_of(text)) == ()
