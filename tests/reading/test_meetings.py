"""Meetings and what became of them, on sentences of our own."""

import pytest
from telling import name, scene_of

from detente.reading.meetings import read_meetings
from detente.vocabulary import MeetingStatus

HELD, PLANNED = MeetingStatus.HELD, MeetingStatus.PLANNED
PROPOSED, FIZZLED = MeetingStatus.PROPOSED, MeetingStatus.FIZZLED

TOLD = [
    ("Egypt and Sudan met in Aswan on Monday.", HELD),
    ("Egypt held talks with Sudan in Aswan last week.", HELD),
    ("Egypt and Sudan have held two rounds of talks.", HELD),
    ("After talks with Sudan, Egypt reopened the port.", HELD),
    ("Egypt and Sudan will meet in Aswan on Friday.", PLANNED),
    ("Egypt plans to meet Sudan in Aswan next month.", PLANNED),
    ("Talks between Egypt and Sudan are scheduled for Friday.", PLANNED),
    ("Egypt offered to meet Sudan in Aswan.", PROPOSED),
    ("Egypt called for talks with Sudan.", PROPOSED),
    ("Egypt urged Sudan to resume talks.", PROPOSED),
    ("Egypt refused to attend talks with Sudan.", FIZZLED),
    ("Talks between Egypt and Sudan collapsed on Monday.", FIZZLED),
    ("Egypt boycotted a meeting with Sudan.", FIZZLED),
]


@pytest.mark.parametrize(("text", "status"), [pytest.param(*t, id=t[0]) for t in TOLD])
def test_a_meeting_has_its_parties_and_what_became_of_it(text: str, status: MeetingStatus) -> None:
    scene = scene_of(text)
    (meeting,) = read_meetings(scene)
    assert meeting.status is status
    assert {name(scene, p) for p in meeting.parties} == {"Egypt", "Sudan"}


def test_a_meeting_has_its_date_place_and_round() -> None:
    (meeting,) = read_meetings(
        scene_of("Egypt and Sudan held a second round of direct talks in Aswan on Monday.")
    )
    assert (meeting.date, meeting.round, meeting.level) == ("2011-03-14", "second round", "direct")


@pytest.mark.parametrize(
    "text",
    [
        "Egypt and Sudan did not meet.",
        "Egypt said the talks were useful to Sudan.",
        "Egypt met the demands of Sudan.",
    ],
)
def test_what_is_denied_pointed_back_to_or_no_meeting_is_left_out(text: str) -> None:
    assert read_meetings(scene_of(text)) == ()


def test_one_meeting_told_twice_is_one() -> None:
    text = "Egypt and Sudan met in Aswan on Monday. The Egyptians met the Sudanese on Monday."
    assert len(read_meetings(scene_of(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Egypt wants to settle the row with Sudan through negotiations.",
        "Talks between Egypt and Sudan could resume if the dam is opened.",
    ],
)
def test_talks_as_a_means_or_under_a_condition_are_no_meeting(text: str) -> None:
    assert read_meetings(scene_of(text)) == ()
