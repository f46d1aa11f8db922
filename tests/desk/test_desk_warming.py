"""What is made ready while the desk starts, and the menu that leads to it."""

import re

import pytest
from fastapi.testclient import TestClient

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.desk.pages import SCREENS
from detente.desk.warming import warm
from detente.record.model import Record


def test_screens_make_nothing_again_that_was_made_at_the_start(case: Case, door: Door):
    app = create_app(case, door)
    warm(case, app).join(60)

    def never(record: Record) -> None:
        raise AssertionError("made again")

    for name in ("names", "agenda", "timeline", "quarrels", "cast"):
        assert case.following(name, never) is not None
    desk = TestClient(app, base_url="http://127.0.0.1")
    desk.get("/enter", params={"link": door.link or ""}, follow_redirects=False)
    assert desk.get("/agenda").status_code == 200


@pytest.mark.parametrize(("path", "_label"), SCREENS)
def test_the_menu_says_where_one_is(desk: TestClient, path: str, _label: str):
    page = desk.get(path).text
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', page.split("</nav>")[0]) == [path]


def test_issues_have_an_entry_of_their_own():
    assert "/issues" in dict(SCREENS)
