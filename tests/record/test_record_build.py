import itertools
from dataclasses import replace

import pytest
from border_case import (
    MARCH,
    MARCH_READ,
    MAY,
    MAY_READ,
    article,
    demand,
    dispute,
    event,
    meeting,
    party,
    pid,
    promise,
    reading,
    statement,
)

from detente.claims import Gap, StatusReport
from detente.record.build import build_record
from detente.record.codec import from_json, is_answered, to_json
from detente.record.ledger import PROMISE_TRANSITIONS, Sequel, next_status, sequel_of
from detente.record.tellings import Camps
from detente.vocabulary import PromiseStatus

CASE = ((MARCH, MAY), (MARCH_READ, MAY_READ))


def test_the_order_of_articles_and_readings_does_not_matter():
    records = [
        build_record(articles, readings)
        for articles in itertools.permutations(CASE[0])
        for readings in itertools.permutations(CASE[1])
    ]
    assert all(record == records[0] for record in records)
    assert [a.id for a in records[0].articles] == [MARCH.id, MAY.id]


def test_all_evidence_is_a_true_copy_and_survives_the_json():
    record = build_record(*CASE)
    assert from_json(to_json(record)) == record
    for _, claim in record.claims():
        for evidence in claim.evidence:
            assert record.article[evidence.article].text[evidence.start : evidence.end] == evidence.quote


def test_a_charge_of_one_article_meets_the_denial_of_another():
    (found,) = build_record(*CASE).disputes
    assert (found.claimed_by, found.against, found.denied_by) == (
        pid("Norland"),
        pid("Sudmark"),
        pid("Sudmark"),
    )
    assert [e.article for e in found.evidence] == [MARCH.id, MAY.id]
    assert found.meets


def test_a_charge_that_nobody_answers_stands_alone():
    (found,) = build_record([MARCH], [MARCH_READ]).disputes
    assert found.denied_by is None
    assert not is_answered(found)
    assert len(found.evidence) == 1


def test_a_denial_of_another_thing_answers_nothing():
    may = article("Sudmark did not close the dam in spring.", "dam.txt", "2011-05-20")
    denial = statement(may, "Sudmark did not close the dam in spring", "Sudmark", "denial")
    (found,) = build_record([MARCH, may], [MARCH_READ, reading(may, denial)]).disputes
    assert found.denied_by is None


def test_a_later_deed_keeps_the_promise_and_the_ledger_says_who_tells_it():
    (kept,) = build_record(*CASE).promises
    assert kept.status is PromiseStatus.KEPT
    (report,) = kept.reports
    assert (report.by, report.on, report.because.article) == (None, "2011-05", MAY.id)


def test_an_earlier_deed_keeps_no_promise():
    before = replace(MAY, published="2010-05-20")
    told = replace(MAY_READ.claims.events[0], when="2010-05")
    claims = replace(MAY_READ.claims, events=(told,))
    record = build_record([MARCH, before], [MARCH_READ, replace(MAY_READ, claims=claims)])
    assert record.promises[0].status is PromiseStatus.PENDING


@pytest.mark.parametrize("status", PromiseStatus)
@pytest.mark.parametrize("sequel", Sequel)
def test_every_status_has_a_next_one_for_every_sequel(status, sequel):
    assert next_status(status, sequel) is PROMISE_TRANSITIONS[status, sequel]


@pytest.mark.parametrize(
    ("teller", "expected"),
    [
        pytest.param("Norland", Sequel.DENIED, id="the other side charges that it was broken"),
        pytest.param("Sudmark", Sequel.FAILED, id="the one who gave it owns to breaking it"),
        pytest.param(None, Sequel.FAILED, id="the writer says that it was broken"),
    ],
)
def test_who_says_that_a_promise_was_broken_decides_what_it_is(teller, expected):
    given = MARCH_READ.claims.promises[0]
    report = StatusReport(
        status=PromiseStatus.BROKEN,
        by=pid(teller) if teller else None,
        on=None,
        because=given.evidence[0],
    )
    assert sequel_of(report, given, Camps({}, {})) is expected


def test_one_event_told_twice_counts_once_and_keeps_both_words():
    one = article("Sudmark shelled the port of Osterdal on 4 May 2011.", "one.txt", "2011-05-05")
    two = article("The port of Osterdal was shelled by Sudmark in May.", "two.txt", "2011-05-06")
    first = event(
        one,
        "shelled the port of Osterdal",
        "ASSAULT",
        "Sudmark",
        "Norland",
        "shelled the port of Osterdal",
        "2011-05-04",
    )
    again = event(
        two,
        "The port of Osterdal was shelled",
        "ASSAULT",
        "Sudmark",
        "Norland",
        "port of Osterdal shelled",
        "2011-05",
    )
    record = build_record([one, two], [reading(one, first), reading(two, again)])
    assert len(record.events) == 2
    (standing,) = record.standing().events
    assert (standing.id, standing.same_as) == (first.id, (again.id,))
    assert {e.article for e in standing.evidence} == {one.id, two.id}


def test_two_events_of_different_days_stay_two():
    one = article("Sudmark shelled the port of Osterdal on 4 May 2011.", "one.txt", "2011-05-05")
    two = article("Sudmark shelled the port of Osterdal on 9 May 2011.", "two.txt", "2011-05-10")
    what = "shelled the port of Osterdal"
    record = build_record(
        [one, two],
        [
            reading(one, event(one, what, "ASSAULT", "Sudmark", "Norland", what, "2011-05-04")),
            reading(two, event(two, what, "ASSAULT", "Sudmark", "Norland", what, "2011-05-09")),
        ],
    )
    assert len(record.standing().events) == 2


def test_a_meeting_that_was_planned_and_then_held_is_one():
    plan = article("Envoys will meet in Lunvia on 2 March 2011.", "plan.txt", "2011-02-20")
    planned = meeting(
        plan, "meet in Lunvia on 2 March 2011", ("Norland", "Sudmark"), "2011-03-02", "Lunvia", "planned"
    )
    record = build_record([plan, MARCH], [reading(plan, planned), MARCH_READ])
    (standing,) = record.standing().meetings
    assert standing.status.value == "held"


def test_claims_of_a_wire_copy_are_counted_once_with_both_outlets():
    copy = article("By our desk. " + MARCH.text, "copy.txt", "2011-03-03", same_story_as=MARCH.id)
    same = demand(copy, "release the five engineers held since January", "Norland", "Sudmark")
    record = build_record([MARCH, copy], [MARCH_READ, reading(copy, same)])
    (only,) = record.demands
    assert only.evidence[0].article == MARCH.id
    assert [e.article for e in only.evidence] == [MARCH.id, copy.id]


def test_what_a_copy_alone_says_stays():
    copy = article(
        "Norland wants the dam opened. " + MARCH.text, "copy.txt", "2011-03-03", same_story_as=MARCH.id
    )
    own = demand(copy, "the dam opened", "Norland", "Sudmark")
    record = build_record([MARCH, copy], [MARCH_READ, reading(copy, own)])
    assert own.id in {d.id for d in record.demands}


def test_the_demands_of_one_thing_share_an_issue_with_a_readable_label():
    record = build_record(*CASE)
    assert len({d.issue for d in record.demands}) == 1
    assert record.issue[record.demands[0].issue].label.startswith("Release of the")


def test_demands_of_different_things_have_different_issues():
    dam = article(
        "Norland wants Sudmark to share the water of the dam. The dam water matters.", "dam.txt", "2011-04-01"
    )
    wanted = demand(dam, "share the water of the dam", "Norland", "Sudmark", firm=0.8)
    record = build_record([MARCH, MAY, dam], [MARCH_READ, MAY_READ, reading(dam, wanted)])
    issues = {d.what: d.issue for d in record.demands}
    assert issues["share the water of the dam"] not in {
        None,
        issues["release the five engineers held since January"],
    }


def test_a_group_that_is_wanted_gone_is_an_issue_by_its_name():
    front = party("Hill People’s Front", "armed_group", aliases=("HPF",))
    lines = [
        article(f"Norland wants the HPF {what}.", f"{n}.txt", f"2011-0{n + 1}-01")
        for n, what in enumerate(("broken up", "put on a list", "driven from its camp"))
    ]
    readings = [
        reading(
            a,
            demand(a, a.text[14:-1], "Norland", "Sudmark", firm=0.9),
            parties=(front, party("Norland"), party("Sudmark")),
        )
        for a in lines
    ]
    record = build_record(lines, readings)
    assert [issue.label for issue in record.issues] == ["Hill People’s Front (HPF)"]
    assert {d.issue for d in record.demands} == {record.issues[0].id}


def test_gaps_unread_sources_and_a_reader_that_found_nothing_are_kept():
    gap = Gap(article=MAY.id, start=0, end=4, reason="too long to parse")
    record = build_record([MAY], [reading(MAY, gaps=(gap,))])
    assert record.gaps == (gap,)
    assert not list(record.claims())
    assert build_record([], []).articles == ()


@pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")], ids=["ids ascend", "ids descend"])
def test_what_two_parties_say_at_once_stays_in_the_order_they_are_named(ids):
    text = article("Norland and Sudmark said the pass is open.", "both.txt", "2011-06-01")
    both = [
        replace(statement(text, "the pass is open", who), id=own)
        for who, own in zip(("Norland", "Sudmark"), ids, strict=True)
    ]
    kept = build_record([text], [reading(text, *both)]).statements
    assert [one.speaker_text for one in kept] == ["Norland", "Sudmark"]


def test_a_dispute_that_reading_found_is_kept_as_it_is():
    text = article("Norland said Sudmark mined the pass; Sudmark called that false.", "x.txt", "2011-06-01")
    found = dispute(text, "Sudmark mined the pass", "Sudmark called that false", "Norland", "Sudmark")
    charge = statement(text, "Sudmark mined the pass", "Norland", "accusation", "Sudmark")
    (kept,) = build_record([text], [reading(text, found, charge)]).disputes
    assert replace(kept, issue=None) == found


def test_a_charge_told_twice_without_an_answer_keeps_one_sentence_as_its_words():
    again = article("Norland again spoke of arming the hill militias.", "again.txt", "2011-03-20")
    told = statement(again, "arming the hill militias", "Norland", "accusation", "Sudmark")
    record = build_record([MARCH, again], [MARCH_READ, reading(again, told)])
    (standing,) = record.standing().disputes
    assert len(standing.same_as) == len(standing.evidence) == 1


def test_two_promises_of_one_thing_are_one():
    again = article(
        "Sudmark again promised to reopen the Karst crossing to convoys.", "again.txt", "2011-03-20"
    )
    told = promise(
        again,
        "promised to reopen the Karst crossing to convoys",
        "Sudmark",
        None,
        "reopen the Karst crossing to convoys",
        made=None,
    )
    record = build_record([MARCH, again], [MARCH_READ, reading(again, told)])
    assert len(record.standing().promises) == 1
