"""A large record: no request waits while a change is worked out, and no decision is lost."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from detente.desk import decisions
from detente.desk.case import Case
from detente.desk.people import Person, Role
from detente.record.edits import Action
from detente.record.store import Store
from detente.vocabulary import Review

LEAD = Person("lea", Role.LEAD)


@pytest.fixture
def slow(case: Case, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """A case that counts as large; what follows is worked out once the event is set."""
    let_go = threading.Event()
    case.settling.quick_items, case.settling.elsewhere = 0, False
    case.record()
    built = case.store._built

    def held_up(connection):
        found = built(connection)
        assert let_go.wait(60)
        return found

    monkeypatch.setattr(case.store, "_built", held_up)
    yield let_go
    let_go.set()


def until(holds) -> None:
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    assert holds()


def test_a_page_shows_what_stood_while_a_merge_is_worked_out(desk: TestClient, case: Case, slow):
    (kept, _), (gone, _) = case.store.parties()[:2]
    decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]})
    assert gone.id in case.record().party
    assert gone.id in {party.id for party, _ in case.store.parties()}
    assert case.working
    assert "is being worked out" in desk.get("/export").text
    assert "is being worked out" in desk.get("/working").text
    slow.set()
    until(lambda: not case.working)
    assert gone.id not in case.record().party
    assert gone.id not in {party.id for party, _ in case.store.parties()}
    assert "Load the page again" in desk.get("/working").text


def test_a_decision_made_meanwhile_shows_at_once_and_stays(case: Case, slow):
    (kept, _), (gone, _) = case.store.parties()[:2]
    decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]})
    case.record()
    until(lambda: case.working)
    item = case.store.page(limit=1).items[0].claim.id
    decisions.decide_item(case, LEAD, item, Action.ACCEPT, expected=0)

    def accepted() -> bool:
        shown = {claim.id: claim for _, claim in case.record().claims()}[item]
        return shown.review is Review.ACCEPTED and case.store.item(item).claim.review is Review.ACCEPTED

    assert accepted()
    slow.set()
    until(lambda: not case.working)
    assert accepted()
    assert gone.id not in case.record().party
    until(case.store.is_settled)
    assert accepted()


def test_what_follows_is_shown_as_it_was_while_the_new_is_made(case: Case, slow):
    slow.set()
    count = case.following("parties", lambda record: len(record.party))
    (kept, _), (gone, _) = case.store.parties()[:2]
    decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]})
    assert case.following("parties", lambda record: len(record.party)) == count
    until(lambda: case.following("parties", lambda record: len(record.party)) == count - 1)


def test_another_process_works_it_out(case: Case):
    case.settling.quick_items = 0
    case.record()
    (kept, _), (gone, _) = case.store.parties()[:2]
    item = case.store.page(limit=1).items[0].claim.id
    decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]})
    case.record()
    decisions.decide_item(case, LEAD, item, Action.REJECT)
    until(lambda: not case.working)
    assert gone.id not in case.record().party
    assert case.store.item(item).claim.review is Review.REJECTED
    until(case.store.is_settled)


def test_what_is_kept_in_pieces_is_what_would_be_kept_anew(case: Case, tmp_path: Path):
    (kept, _), (gone, _) = case.store.parties()[:2]
    item = case.store.page(limit=1).items[0].claim.id
    edit = decisions.regroup_parties(case, LEAD, Action.MERGE_PARTIES, kept.id, {"gone": [gone.id]})
    decisions.decide_item(case, LEAD, item, Action.REJECT)
    decisions.undo_edit(case, LEAD, edit.id)
    decisions.regroup_parties(case, LEAD, Action.RENAME_PARTY, kept.id, {"name": "Ostmark"})
    case.settling.now()
    here = _everything(case.store)
    case.store._held = None
    with case.store._writes() as connection:
        connection.exec_driver_sql("DELETE FROM items")
        connection.exec_driver_sql("DELETE FROM search_items")
        connection.exec_driver_sql("UPDATE meta SET value = '-1' WHERE key IN ('built', 'shown')")
    case.settling.now()
    assert _everything(case.store) == here


def _everything(store: Store) -> tuple[object, ...]:
    with store._reads() as connection:
        items = connection.exec_driver_sql("SELECT * FROM items ORDER BY id").all()
        words = connection.exec_driver_sql("SELECT id, words FROM search_items ORDER BY id, words").all()
    return [tuple(row) for row in items], [tuple(row) for row in words], store.record()


def test_kill_during_edits_loses_none_that_was_answered(example_record: Path, tmp_path: Path):
    where = tmp_path / "killed.db"
    where.write_bytes(example_record.read_bytes())
    process = subprocess.Popen(
        [sys.executable, "-c", _DECIDES, str(where)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    with process:
        answered = [process.stdout.readline().strip() for _ in range(25)]
        process.kill()
        answered += process.stdout.read().split()
    assert all(answered)
    with Store.open(where, create=False) as store:
        held = {edit.id for edit in store.edits()}
        assert set(answered) <= held
        store.record()


_DECIDES = """
import sys
from detente.desk.case import Case
from detente.desk.decisions import decide_item
from detente.desk.people import Person, Role
from detente.record.edits import Action
from detente.record.store import Store

with Store.open(sys.argv[1]) as store:
    case = Case(store, "killed")
    items = [item.claim.id for item in store.page(limit=20).items]
    while True:
        for action in (Action.ACCEPT, Action.REJECT):
            for item in items:
                print(decide_item(case, Person("ana", Role.ANALYST), item, action).id, flush=True)
"""
