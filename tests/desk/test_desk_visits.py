"""Visits, and what is made beside the requests."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

import pytest

from detente.desk.case import Case
from detente.desk.lately import Lately
from detente.desk.visits import as_it_was, visit
from detente.record.model import Record
from detente.vocabulary import PromiseStatus


def earlier(case: Case, by: timedelta) -> None:
    """As if the visit had been that long ago."""
    tree = json.loads(case.store.kept("visit of ana") or "")
    for state in filter(None, (tree["before"], tree["last"])):
        state["on"] = (datetime.fromisoformat(state["on"]) - by).isoformat()
    case.store.keep("visit of ana", json.dumps(tree))


def test_screens_of_one_visit_are_compared_with_the_visit_before(case: Case):
    assert visit(case, "ana").before is None
    assert visit(case, "ana").before is None
    earlier(case, timedelta(hours=5))
    later = visit(case, "ana").before
    assert later is not None
    assert visit(case, "ana").before == later
    assert visit(case, "ben").before is None


def test_what_was_seen_counts_from_then_on(case: Case):
    visit(case, "ana")
    seen = visit(case, "ana", seen=True)
    assert seen.before is not None
    assert seen.before == seen.last


def test_a_visit_changes_nothing_of_the_record(case: Case):
    before = case.record()
    visit(case, "ana", seen=True)
    assert case.record() is before


def test_the_record_of_then_has_its_articles_and_the_fates_of_its_promises(case: Case):
    record = case.record()
    promise = record.promises[0]
    state = replace(
        visit(case, "ana").last,
        articles=(record.articles[0].id,),
        promises={promise.id: PromiseStatus.BROKEN.value},
    )
    was = as_it_was(record, state)
    assert was.articles == record.articles[:1]
    assert was.promises == (replace(promise, status=PromiseStatus.BROKEN),)


def test_the_last_one_is_shown_until_the_next_is_ready():
    go_on, done = Event(), Event()
    first, second = Record(), Record()

    def make(record: Record) -> int:
        if record is second:
            go_on.wait(10)
            done.set()
            return 2
        return 1

    lately = Lately(make)
    assert lately.of(first, 10) == (1, True)
    assert lately.of(second, 0) == (1, False)
    go_on.set()
    done.wait(10)
    assert lately.of(second, 10) == (2, True)


def test_what_cannot_be_made_says_why():
    def fail(record: Record) -> int:
        raise ValueError("no")

    lately, record = Lately(fail), Record()
    with pytest.raises(ValueError, match="no"):
        lately.of(record, 10)
    with pytest.raises(ValueError, match="no"):
        lately.of(record, 0)
