"""Disputes and promises: face to face, and what became of a promise set by hand."""

import re

import pytest

from detente.record.pages import Wanted
from detente.vocabulary import ClaimKind, PromiseStatus


@pytest.fixture
def promise(case) -> str:
    return case.store.page(Wanted(kind=ClaimKind.PROMISES, retold=False), limit=1).items[0].claim.id


def test_an_answered_charge_shows_both_quotes(desk):
    page = desk.get("/disputes", params={"answer": "answered"}).text
    face = page.split('<article class="face"')[1].split("</article>")[0]
    assert len(re.findall(r'href="/articles/', face)) == 2
    assert "<meter" in face


def test_charges_are_answered_or_open(desk):
    count = {
        one: desk.get("/disputes", params={"answer": one}).text.count('<article class="face')
        for one in ("all", "answered", "open")
    }
    assert count["all"] == count["answered"] + count["open"] > 0


def test_a_status_that_is_set_shows_and_can_be_taken_back(desk, case, promise):
    before = case.store.item(promise).claim.status
    said = {"status": "broken", "reason": "the dam stayed shut", "version": "0"}
    part = desk.post(f"/promises/{promise}/status", data=said, headers={"hx-request": "true"})
    assert part.status_code == 200
    assert 'class="stamp broken"' in part.text
    assert case.store.item(promise).claim.status is PromiseStatus.BROKEN
    assert "the dam stayed shut" in desk.get(f"/items/{promise}/history").text
    desk.post(f"/promises/{promise}/undo")
    assert case.store.item(promise).claim.status is before


def test_without_htmx_the_page_is_shown_again(desk, promise):
    answer = desk.post(f"/promises/{promise}/status", data={"status": "kept"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/disputes#p-{promise}"


def test_a_status_set_on_an_old_version_is_refused(desk, promise):
    desk.post(f"/promises/{promise}/status", data={"status": "kept", "version": "0"})
    late = desk.post(f"/promises/{promise}/status", data={"status": "broken", "version": "0"})
    assert late.status_code == 409
    assert "decided on it" in late.text


def test_only_a_promise_has_a_status(desk, case):
    demand = case.store.page(Wanted(kind=ClaimKind.DEMANDS), limit=1).items[0].claim.id
    assert desk.post(f"/promises/{demand}/status", data={"status": "kept"}).status_code == 404
    assert desk.post("/promises/none/status", data={"status": "lost"}).status_code == 422
