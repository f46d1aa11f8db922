"""What follows from a large record: nobody waits for it, and what was made last shows."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient

from detente.desk import decisions, writing
from detente.desk.case import Case
from detente.desk.people import Person, Role
from detente.desk.remembered import Remembered
from detente.desk.sheet import keep_text, open_sheet
from detente.desk.writing import NOTE
from detente.desk.written import BRIEF, DERIVED, derived, pieces
from detente.record.edits import Action
from detente.record.model import Record
from detente.record.store import Store

LEAD = Person("lea", Role.LEAD)


@pytest.fixture
def large(case: Case) -> Case:
    """A case that counts as large; what follows is made in this process."""
    case.settling.quick_items, case.settling.elsewhere = 0, False
    case.record()
    return case


@pytest.fixture
def held_up(large: Case, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """What follows is made once the event is set."""
    let_go = Event()

    def waiting(record: Record, *, brief_first: bool):
        for piece in pieces(record, brief_first=brief_first):
            assert let_go.wait(60)
            yield piece

    monkeypatch.setattr(writing, "pieces", waiting)
    yield let_go
    let_go.set()


def until(holds) -> None:
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    assert holds()


def accept_one(case: Case) -> None:
    item = next(item for item in case.store.page(limit=50).items if item.version == 0)
    decisions.decide_item(case, LEAD, item.claim.id, Action.ACCEPT)


def test_the_screens_say_that_the_first_is_being_made_and_then_follow(desk: TestClient, large: Case, held_up):
    assert "The brief is being written" in desk.get("/").text
    assert "being worked out from the record for the first time" in desk.get("/outcomes").text
    assert desk.get("/outcomes/working?waits=true").status_code == 204
    refused = desk.get("/api/v1/negotiation")
    assert refused.status_code == 503
    assert "ask again" in refused.json()["error"]
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    assert desk.get("/outcomes/working?waits=true").headers["hx-refresh"] == "true"
    assert 'id="agenda"' in desk.get("/").text
    assert "being worked out" not in desk.get("/").text
    assert 'id="sheet"' in desk.get("/outcomes").text
    assert desk.get("/api/v1/negotiation").json()["kept"] is False


def test_after_a_decision_the_last_one_shows_until_the_next_is_ready(desk: TestClient, large: Case, held_up):
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    held_up.clear()
    large.writing._rests_until = 0
    accept_one(large)
    page = desk.get("/").text
    assert 'id="agenda"' in page
    assert "until then the brief stands on what was known before" in page
    sheet = desk.get("/outcomes").text
    assert 'id="sheet"' in sheet
    assert "is being worked out again" in sheet
    assert desk.get("/outcomes/working").status_code == 204
    have = page.split("/play/brief?have=")[1].split('"')[0]
    assert desk.get("/play/brief", params={"have": have}).status_code == 204
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    assert "until then" not in desk.get("/play/brief", params={"have": have}).text
    assert "is worked out" in desk.get("/outcomes/working").text


def test_a_decision_that_changes_nothing_in_the_record_makes_nothing_again(large: Case, held_up):
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    article = large.record().articles[0].id
    decisions.set_article_state(large, LEAD, article, "done")
    assert large.writing.of(BRIEF)[1]


def test_what_was_made_is_there_after_a_start(large: Case, held_up):
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    made, _ = large.writing.of(BRIEF)
    until(lambda: large.writing._thread is None)
    held_up.clear()
    with Store.open(large.store.where) as store:
        again = Case(store, "again")
        again.settling.quick_items = 0
        assert again.writing.of(BRIEF) == (made, True)
        again.close()


def test_what_another_version_made_shows_and_is_made_again(large: Case, held_up):
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    until(lambda: large.writing._thread is None)
    note = json.loads(large.store.kept(NOTE) or "")
    large.store.keep(NOTE, json.dumps(note | {"by": "0.0.1"}))
    held_up.clear()
    with Store.open(large.store.where) as store:
        again = Case(store, "again")
        again.settling.quick_items, again.settling.elsewhere = 0, False
        piece, current = again.writing.of(BRIEF)
        assert piece is not None
        assert not current
        held_up.set()
        until(lambda: again.writing.of(BRIEF)[1])
        again.close()


def test_another_process_makes_the_same(case: Case, tmp_path: Path):
    where = tmp_path / "other.db"
    where.write_bytes(Path(case.store.where).read_bytes())
    with Store.open(where) as store:
        other = Case(store, "other")
        other.settling.quick_items = 0
        until(lambda: other.writing.of(BRIEF)[1])
        made = {piece.name: piece for piece in pieces(case.record(), brief_first=False)}
        assert other.writing.of(BRIEF)[0] == made[BRIEF]
        assert other.writing.of(DERIVED)[0] == made[DERIVED]
        other.close()


def test_what_cannot_be_made_says_why_and_is_not_tried_for_ever(
    desk: TestClient, large: Case, monkeypatch: pytest.MonkeyPatch
):
    tried = []

    def failing(record: Record, *, brief_first: bool):
        tried.append(record)
        raise ValueError("no such thing")
        yield

    monkeypatch.setattr(writing, "pieces", failing)
    assert desk.get("/").status_code == 200
    until(lambda: desk.get("/").status_code == 400)
    assert "could not work this out: no such thing" in desk.get("/").text.casefold()
    assert len(tried) == 1


def test_a_record_that_shows_no_negotiation_says_why():
    piece = derived(Record())
    assert piece.text == ""
    assert piece.why_not
    names = [(piece.name, piece.is_whole) for piece in pieces(Record(), brief_first=True)]
    assert names == [(BRIEF, False), (DERIVED, True), (BRIEF, True)]


def test_what_was_asked_for_longest_ago_is_forgotten_first():
    kept = Remembered[str](most=2)
    for key in ("a", "b", "a", "c"):
        kept.of(key, lambda key=key: key)
    assert kept.of("a", lambda: "again") == "a"
    assert kept.of("b", lambda: "again") == "again"


def test_what_is_made_beside_the_requests_is_there_once_it_is_made():
    kept, go_on = Remembered[str](most=2), Event()

    def slowly() -> str:
        go_on.wait(60)
        return "made"

    assert kept.soon("a", slowly) is None
    assert kept.soon("a", lambda: "again") is None
    go_on.set()
    until(lambda: kept.soon("a", slowly) == "made")


def test_whether_a_kept_sheet_is_behind_a_large_record_is_told_when_it_is_known(
    desk: TestClient, large: Case, held_up
):
    held_up.set()
    until(lambda: large.writing.of(BRIEF)[1])
    sheet = open_sheet(large)
    name = sheet.negotiation.parties[0].name
    keep_text(large, LEAD, sheet.text.replace(f"name: {name}", "name: Somebody else", 1), sheet.version)
    until(lambda: desk.get("/outcomes/behind").status_code == 200)
    assert "The sheet holds all that the record shows" in desk.get("/outcomes").text
