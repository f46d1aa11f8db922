"""Signing in by name in a real browser."""

from pathlib import Path

import pytest

from detente.desk.door import Door
from detente.desk.people import Role
from detente.desk.users import Users

pytestmark = pytest.mark.browser

PASSWORD = "seven herons by the dam"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    users = Users(tmp_path / "users.json")
    users.add("rita", Role.READER, PASSWORD)
    return Door(users=users)


def test_somebody_is_refused_signs_in_looks_and_leaves(live_desk):
    page = live_desk.browse(signed_in=False)
    page.goto("/export?from=here")
    page.get_by_label("Name").fill("rita")
    page.get_by_label("Password").fill("not that one")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert "do not belong together" in page.get_by_role("alert").inner_text()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/export?from=here")
    page.goto("/add")
    assert "ask an analyst" in page.locator("main").inner_text()
    assert page.locator("input[type=file]").count() == 0
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.goto("/export")
    assert page.get_by_label("Password").is_visible()
