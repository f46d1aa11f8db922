from dataclasses import replace

import pytest
from border_case import MARCH, MARCH_READ, MAY, MAY_READ, article, demand, pid, reading, words

from detente.claims import Demand
from detente.errors import InvalidRecord
from detente.record.build import build_record
from detente.record.edits import (
    Action,
    decide,
    decide_on,
    edit_from_json,
    edit_to_json,
    history,
    in_force,
    undo,
)
from detente.vocabulary import Act, PromiseStatus, Review

ANA = {"who": "ana", "on": "2024-05-01T10:00:00"}
CASE = ([MARCH, MAY], [MARCH_READ, MAY_READ])
BEFORE = build_record(*CASE)
DEMAND = BEFORE.demands[0]


def _after(*edits, case=CASE):
    return build_record(*case, edits)


@pytest.mark.parametrize(
    ("action", "review"), [(Action.ACCEPT, Review.ACCEPTED), (Action.REJECT, Review.REJECTED)]
)
def test_a_decision_stands_in_the_record(action, review):
    record = _after(decide_on(DEMAND, MARCH, action, **ANA))
    assert record.demands[0].review is review
    assert len(record.standing().demands) == (1 if review is Review.REJECTED else 2)


def test_an_edit_changes_its_fields_and_nothing_else():
    edit = decide_on(DEMAND, MARCH, Action.EDIT, after={"what": "free the five", "firm": 0.9}, **ANA)
    changed = _after(edit).demands[0]
    assert changed == replace(
        DEMAND, what="free the five", firm=0.9, review=Review.EDITED, issue=changed.issue
    )


def test_an_edit_of_a_field_that_is_not_there_is_left_out():
    edit = decide_on(DEMAND, MARCH, Action.EDIT, after={"mood": "fair"}, **ANA)
    assert _after(edit).demands[0].review is Review.EDITED


def test_an_edit_with_a_wrong_value_is_refused():
    edit = decide_on(DEMAND, MARCH, Action.EDIT, after={"firm": "very"}, **ANA)
    with pytest.raises(InvalidRecord, match="firm"):
        _after(edit)


def test_undo_restores_what_was_and_a_second_undo_brings_it_back():
    edit = decide_on(DEMAND, MARCH, Action.REJECT, **ANA)
    first = undo(edit, who="ana", on="2024-05-01T10:01:00")
    second = undo(first, who="ana", on="2024-05-01T10:02:00")
    assert _after(edit, first) == BEFORE
    assert _after(edit, first, second) == _after(edit)
    assert in_force([edit, first, second]) == (edit,)
    assert history([edit, first, second], DEMAND.id) == (edit, first, second)


def test_a_rejected_charge_is_paired_with_nothing():
    charge = BEFORE.statements[0]
    assert _after(decide_on(charge, MARCH, Action.REJECT, **ANA)).disputes == ()


def test_a_report_made_a_charge_by_the_analyst_becomes_a_dispute():
    told = replace(MARCH_READ.claims.statements[0], act=Act.REPORT)
    plain = replace(MARCH_READ, claims=replace(MARCH_READ.claims, statements=(told,)))
    case = ([MARCH, MAY], [plain, MAY_READ])
    assert build_record(*case).disputes == ()
    edit = decide_on(
        build_record(*case).statements[0], MARCH, Action.EDIT, after={"act": "accusation"}, **ANA
    )
    assert len(_after(edit, case=case).disputes) == 1


def test_a_decision_on_a_dispute_stands():
    (found,) = BEFORE.disputes
    record = _after(decide_on(found, MARCH, Action.ACCEPT, **ANA))
    assert [d.review for d in record.disputes] == [Review.ACCEPTED]


def test_a_promise_that_the_analyst_settled_stays_settled():
    (kept,) = BEFORE.promises
    edit = decide_on(kept, MARCH, Action.SET_PROMISE_STATUS, after={"status": "disputed"}, **ANA)
    assert _after(edit).promises[0].status is PromiseStatus.DISPUTED


def test_a_new_item_stands_with_its_words():
    made = Demand(
        id="by-hand",
        by=pid("Norland"),
        of=pid("Sudmark"),
        what="hold a meeting",
        evidence=(words(MAY, "A second meeting"),),
    )
    record = _after(decide_on(made, MAY, Action.CREATE, **ANA))
    (found,) = [d for d in record.demands if d.id == "by-hand"]
    assert found.review is Review.ACCEPTED


def test_an_edit_comes_back_from_its_json():
    edit = decide_on(DEMAND, MARCH, Action.EDIT, after={"what": "x"}, reason="clearer", **ANA)
    assert edit_from_json(edit_to_json(edit)) == edit


# --- decisions outlive a re-reading

CHANGED = article(
    MARCH.text.replace("Norland demands", "On Thursday Norland again demands"), MARCH.file, "2011-03-03"
)
_QUOTE = "release the five engineers held since January"


def test_a_decision_follows_its_words_into_the_changed_file():
    edit = decide_on(DEMAND, MARCH, Action.REJECT, **ANA)
    again = reading(CHANGED, demand(CHANGED, _QUOTE, "Norland", "Sudmark"))
    record = build_record([CHANGED], [again], [edit])
    (found,) = record.demands
    assert (found.review, found.id) == (Review.REJECTED, DEMAND.id)
    assert found.evidence[0].article == CHANGED.id
    assert record.unplaced == ()


def test_a_decision_follows_a_reading_that_cuts_the_words_otherwise():
    edit = decide_on(DEMAND, MARCH, Action.ACCEPT, **ANA)
    longer = demand(MARCH, "Sudmark release the five engineers held since January", "Norland", "Sudmark")
    (found,) = build_record([MARCH], [reading(MARCH, longer)], [edit]).demands
    assert (found.review, found.id) == (Review.ACCEPTED, DEMAND.id)


def test_an_accepted_item_that_the_new_reader_misses_is_restored():
    edit = decide_on(DEMAND, MARCH, Action.ACCEPT, **ANA)
    record = build_record([CHANGED], [reading(CHANGED)], [edit])
    (found,) = record.demands
    assert found.evidence[0].quote == _QUOTE
    assert CHANGED.text[found.evidence[0].start : found.evidence[0].end] == _QUOTE


def test_a_rejected_item_that_the_new_reader_misses_stays_away():
    edit = decide_on(DEMAND, MARCH, Action.REJECT, **ANA)
    record = build_record([CHANGED], [reading(CHANGED)], [edit])
    assert record.demands == ()
    assert record.unplaced == ()


def test_a_decision_whose_words_are_gone_is_listed_and_makes_no_item():
    edit = decide_on(DEMAND, MARCH, Action.ACCEPT, **ANA)
    other = article("Nothing of the kind stands here any longer.", MARCH.file)
    record = build_record([other], [reading(other)], [edit])
    assert record.demands == ()
    assert record.unplaced == (edit.id,)


# --- issues


def test_the_analyst_renames_merges_and_regroups_issues():
    dam = article("Norland wants Sudmark to share the water of the dam, and soon.", "dam.txt", "2011-04-01")
    wanted = demand(dam, "share the water of the dam", "Norland", "Sudmark", firm=0.9)
    case = ([MARCH, MAY, dam], [MARCH_READ, MAY_READ, reading(dam, wanted)])
    record = build_record(*case)
    issue = {d.id: d.issue for d in record.demands}
    one, other = issue[DEMAND.id], issue[wanted.id]
    renamed = _after(
        decide(Action.RENAME_ISSUE, "issues", one, after={"label": "The five"}, **ANA), case=case
    )
    assert renamed.issue[one].label == "The five"
    merge = decide(Action.MERGE_ISSUES, "issues", one, after={"gone": [other]}, **ANA)
    merged = _after(merge, case=case)
    assert other not in merged.issue
    assert {d.issue for d in merged.demands} == {one}
    moved = _after(decide_on(DEMAND, MARCH, Action.REGROUP, after={"issue": other}, **ANA), case=case)
    assert {d.id: d.issue for d in moved.demands}[DEMAND.id] == other
    freed = _after(decide_on(DEMAND, MARCH, Action.REGROUP, after={"issue": None}, **ANA), case=case)
    assert {d.id: d.issue for d in freed.demands}[DEMAND.id] is None
    made = decide(Action.CREATE, "issues", "own", after={"label": "Safe passage"}, **ANA)
    put = decide_on(DEMAND, MARCH, Action.REGROUP, after={"issue": "own"}, **ANA)
    assert {d.id: d.issue for d in _after(made, put, case=case).demands}[DEMAND.id] == "own"
