"""The desk in a real browser: what every screen must be."""

import pytest

pytestmark = pytest.mark.browser


def test_the_link_leads_in(live_desk):
    live_desk.page.goto("/export")
    assert live_desk.page.locator("h1").inner_text() == "Take the record elsewhere"
    assert live_desk.complaints == []


def test_a_stranger_is_refused(live_desk):
    page = live_desk.browse(signed_in=False)
    page.goto("/export")
    assert "Sign in first" in page.locator("main").inner_text()


def test_axe_runs(live_desk):
    assert live_desk.axe("/export") == []
