"""What other people decided since somebody was last at the desk."""

import json
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from detente.brief.names import Names
from detente.desk import decisions
from detente.desk.case import Case, now
from detente.desk.door import Door
from detente.desk.others import Others, others_since
from detente.desk.people import Person, Role
from detente.desk.sheet import keep_text, open_sheet
from detente.desk.visits import visit
from detente.record.edits import Action
from detente.record.pages import Wanted
from detente.vocabulary import ClaimKind

ANA, BEN, LEA = Person("ana", Role.LEAD), Person("ben", Role.ANALYST), Person("lea", Role.LEAD)


@pytest.fixture
def start(case: Case) -> str:
    case.record()
    return now()


def told(case: Case, person: Person, on: str) -> Others:
    return others_since(case, person, on, Names(case.record()))


def some_demands(case: Case, count: int) -> list[str]:
    return [item.claim.id for item in case.store.page(Wanted(kind=ClaimKind.DEMANDS), limit=count).items]


def test_decisions_alike_are_told_together_with_the_words_of_the_first(case: Case, start: str):
    for item in some_demands(case, 5):
        decisions.decide_item(case, BEN, item, Action.ACCEPT)
    (ben,) = told(case, ANA, start).colleagues
    assert ben.who == "ben"
    (deed,) = ben.deeds
    assert deed.what == "accepted five demands"
    assert len(deed.words) == 3
    assert deed.more == 2
    assert deed.words[0].address.startswith("/articles/")


def test_ones_own_decisions_and_those_of_before_are_left_out(case: Case, start: str):
    first, second = some_demands(case, 2)
    decisions.decide_item(case, BEN, first, Action.REJECT)
    later = now()
    decisions.decide_item(case, ANA, second, Action.ACCEPT)
    assert told(case, ANA, later) == Others()
    assert [one.who for one in told(case, LEA, later).colleagues] == ["ana"]
    assert [one.who for one in told(case, LEA, start).colleagues] == ["ana", "ben"]


def test_what_was_taken_back_since_is_left_out_and_an_older_one_is_told_as_taken_back(case: Case):
    first, second = some_demands(case, 2)
    old = decisions.decide_item(case, BEN, first, Action.REJECT)
    start = now()
    new = decisions.decide_item(case, BEN, second, Action.ACCEPT)
    decisions.undo_edit(case, BEN, new.id)
    assert told(case, ANA, start) == Others()
    decisions.undo_edit(case, BEN, old.id)
    (ben,) = told(case, ANA, start).colleagues
    assert [deed.what for deed in ben.deeds] == ["took back one earlier decision"]
    assert ben.deeds[0].words


def test_names_articles_and_the_sheet_are_told_in_words(case: Case, start: str):
    (kept, _), (gone, _) = case.store.parties()[:2]
    article = case.record().articles[0].id
    decisions.set_article_state(case, BEN, article, "done")
    sheet = open_sheet(case)
    label = sheet.negotiation.parties[0].name
    keep_text(case, LEA, sheet.text.replace(f"name: {label}", "name: Somebody else", 1), sheet.version)
    decisions.regroup_parties(
        case, LEA, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]}, reason="one and the same"
    )
    lea, ben = told(case, ANA, start).colleagues
    assert (lea.who, ben.who) == ("lea", "ben")
    assert ben.deeds[0].what.startswith("marked one article as done: ")
    merge, sheet_change = lea.deeds[0], lea.deeds[-1]
    assert f"“{gone.name}” for “{kept.name}”" in merge.what
    assert merge.reason == "one and the same"
    assert sheet_change.what.startswith("changed what could hold: ")
    assert sheet_change.address == "/outcomes/history"


def test_only_the_latest_of_very_many_are_told(case: Case, start: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("detente.desk.others.MOST_EDITS", 2)
    for item in some_demands(case, 5):
        decisions.decide_item(case, BEN, item, Action.ACCEPT)
    found = told(case, ANA, start)
    assert found.colleagues[0].deeds[0].what == "accepted two demands"
    assert found.earlier == 3


def test_the_state_of_play_tells_them_since_ones_last_visit(desk: TestClient, case: Case, door: Door):
    desk.get("/")
    owner = door.owner.name
    tree = json.loads(case.store.kept(f"visit of {owner}") or "")
    tree["last"]["on"] = (datetime.fromisoformat(tree["last"]["on"]) - timedelta(hours=5)).isoformat()
    case.store.keep(f"visit of {owner}", json.dumps(tree))
    assert "Nothing new since" in desk.get("/").text
    (item,) = some_demands(case, 1)
    decisions.decide_item(case, Person("b<b>n", Role.ANALYST), item, Action.REJECT)
    page = desk.get("/").text
    assert "b&lt;b&gt;n" in page
    assert "rejected one demand" in page
    assert visit(case, owner).before is not None
