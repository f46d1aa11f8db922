"""A change of the sheet is taken back with a key, but not from under somebody who writes or has not kept."""

import pytest

from detente.desk import sheet as sheets
from detente.record.edits import NEGOTIATION

pytestmark = pytest.mark.browser


def test_the_last_change_of_the_sheet_is_taken_back_with_a_key(live_desk):
    page, case = live_desk.page, live_desk.case
    page.goto("/outcomes")
    number = page.locator("weight-range input[type=number]").first
    number.fill("-77")
    page.locator('input[name="reason"]').fill("as the envoy said")
    page.get_by_role("button", name="Keep the sheet").click()
    page.wait_for_selector("[data-undo]")
    assert case.store.history(NEGOTIATION)[-1].reason == "as the envoy said"
    page.locator('input[name="reason"]').press("u")
    assert sheets.open_sheet(case).kept
    page.locator('input[name="reason"]').fill("")
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    page.wait_for_selector("[data-undo]", state="detached")
    page.wait_for_load_state()  # the page after it hears keys once its scripts are there
    assert not sheets.open_sheet(case).kept
    page.keyboard.press("u")
    page.locator("#told", has_text="nothing here").wait_for()
    assert live_desk.complaints == []
