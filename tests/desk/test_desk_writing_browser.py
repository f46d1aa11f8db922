"""In a real browser: what is being made for the first time follows by itself."""

from threading import Event

import pytest

from detente.desk import writing
from detente.desk.written import pieces

pytestmark = pytest.mark.browser


def test_the_brief_and_the_sheet_follow_by_themselves(live_desk, monkeypatch: pytest.MonkeyPatch):
    let_go = Event()

    def waiting(record, *, brief_first: bool):
        assert let_go.wait(120)
        yield from pieces(record, brief_first=brief_first)

    monkeypatch.setattr(writing, "pieces", waiting)
    live_desk.case.settling.quick_items, live_desk.case.settling.elsewhere = 0, False
    live_desk.case.settling._small = None
    page, other = live_desk.page, live_desk.browse()
    page.goto("/")
    assert page.locator("#brief").inner_text() == "The brief is being written; it appears here by itself."
    other.goto("/outcomes")
    assert "for the first time" in other.locator("main").inner_text()
    let_go.set()
    page.locator("#agenda").wait_for()
    page.locator("#brief .working").wait_for(state="detached")
    other.locator("#sheet").wait_for()
    assert live_desk.complaints == []
