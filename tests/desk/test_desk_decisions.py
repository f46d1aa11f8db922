"""Decisions at the desk: checked before they are stored, told apart by version, taken back by whom."""

import pytest

from detente.desk import decisions
from detente.desk.case import Case
from detente.desk.guards import NotAllowed
from detente.desk.people import Person, Role
from detente.errors import DetenteError, EditConflict, FalseEvidence, InvalidRecord, UnknownItem
from detente.record.edits import Action
from detente.record.pages import Wanted
from detente.vocabulary import ClaimKind, Review

ANA, BORIS = Person("ana", Role.ANALYST), Person("boris", Role.ANALYST)
LEAD = Person("lea", Role.LEAD)


@pytest.fixture
def demand(case: Case) -> str:
    return case.store.page(Wanted(kind=ClaimKind.DEMANDS), limit=1).items[0].claim.id


def test_a_decision_is_in_the_record_and_taken_back_by_undo(case, demand):
    edit = decisions.decide_item(case, ANA, demand, Action.ACCEPT, expected=0)
    assert case.store.item(demand).claim.review is Review.ACCEPTED
    decisions.undo_edit(case, ANA, edit.id)
    assert case.store.item(demand).claim.review is Review.PROPOSED


def test_the_second_of_two_decisions_on_one_version_is_refused(case, demand):
    decisions.decide_item(case, ANA, demand, Action.ACCEPT, expected=0)
    with pytest.raises(EditConflict, match="ana decided on it"):
        decisions.decide_item(case, BORIS, demand, Action.REJECT, expected=0)


def test_only_a_lead_takes_back_what_another_decided(case, demand):
    edit = decisions.decide_item(case, ANA, demand, Action.REJECT)
    with pytest.raises(NotAllowed, match="a lead can"):
        decisions.undo_edit(case, BORIS, edit.id)
    decisions.undo_edit(case, LEAD, edit.id)
    assert case.store.item(demand).claim.review is Review.PROPOSED


@pytest.mark.parametrize(
    ("after", "error", "says"),
    [
        ({"firm": "very"}, InvalidRecord, "firm"),
        ({"by": "nobody-here"}, UnknownItem, "no party 'nobody-here'"),
        ({"issue": "no-such"}, UnknownItem, "no issue 'no-such'"),
        ({"id": "other"}, DetenteError, "no field 'id'"),
        ({"evidence": []}, DetenteError, "no field 'evidence'"),
    ],
)
def test_an_edit_that_would_break_the_record_is_not_stored(case, demand, after, error, says):
    with pytest.raises(error, match=says):
        decisions.decide_item(case, ANA, demand, Action.EDIT, after=after)
    assert case.store.edits() == ()


@pytest.mark.parametrize("kind", list(ClaimKind))
def test_words_selected_become_an_item_of_any_kind(case, kind):
    article = case.store.articles()[0]
    words = article.text.split("\n\n")[2][:60]
    start = article.text.index(words)
    edit = decisions.create_item(
        case, ANA, kind, article=article.id, spans=[(start, start + len(words))], reason="missed"
    )
    claim = case.store.item(edit.item).claim
    assert claim.evidence[0].quote == words.strip()
    assert claim.review is Review.ACCEPTED
    assert edit.item in {c.id for c in getattr(case.store.record(), kind.value)}


def test_nothing_selected_makes_no_item(case):
    article = case.store.articles()[0]
    with pytest.raises(FalseEvidence):
        decisions.create_item(case, ANA, ClaimKind.DEMANDS, article=article.id, spans=[(5, 5)])
    with pytest.raises(DetenteError, match="Select the words"):
        decisions.create_item(case, ANA, ClaimKind.DEMANDS, article=article.id, spans=[])


def test_the_last_decision_is_the_persons_own(case, demand):
    assert decisions.standing_of(case, ANA) == ()
    first = decisions.decide_item(case, ANA, demand, Action.ACCEPT)
    second = decisions.decide_item(case, ANA, demand, Action.REJECT)
    decisions.decide_item(case, BORIS, demand, Action.ACCEPT)
    assert decisions.standing_of(case, ANA)[-1] == second
    decisions.undo_edit(case, ANA, second.id)
    assert decisions.standing_of(case, ANA)[-1] == first


def test_a_merge_is_undone(case):
    (kept, _), (gone, _) = case.store.parties()[:2]
    edit = decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]})
    assert gone.id not in case.store.record().party
    decisions.undo_edit(case, LEAD, edit.id)
    assert gone.id in case.store.record().party


@pytest.mark.parametrize("gone", [[], "x", ["no-such"], None])
def test_a_merge_with_nobody_is_refused(case, gone):
    kept = case.store.parties()[0][0]
    with pytest.raises(DetenteError):
        decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": gone})


def test_issues_are_made_renamed_and_merged(case):
    made = decisions.regroup_issues(case, LEAD, Action.CREATE, "", {"label": "Water of the river"})
    assert case.store.record().issue[made.item].label == "Water of the river"
    decisions.regroup_issues(case, LEAD, Action.RENAME_ISSUE, made.item, {"label": "Water"})
    assert case.store.record().issue[made.item].label == "Water"
    with pytest.raises(DetenteError, match="needs a label"):
        decisions.regroup_issues(case, LEAD, Action.RENAME_ISSUE, made.item, {"label": " "})
