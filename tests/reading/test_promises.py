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
    ],
)
def test_what_is_not_or_only_perhaps_undertaken_is_no_promise(text: str) -> None:
    assert read_promises(scene_of(text)) == ()
