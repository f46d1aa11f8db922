"""The desk in a real browser: what every screen must be, adding by dropping, printing."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from detente.desk.agenda import matrix
from detente.desk.pages import SCREENS
from detente.desk.ties import network

pytestmark = pytest.mark.browser

SMALLEST_TABLET = 768
ARTICLE = (
    "Norland wants the dam shared\n\nBy Ana Ostmark, 3 May 2011\n\n"
    "Norland's foreign minister, Boris Kardal, said on Tuesday that Sudmark must share the water of the "
    "Molvia dam. Sudmark denied that it holds any water back.\n"
)
DROP = """files => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) transfer.items.add(new File([text], name));
    const drop = { dataTransfer: transfer, bubbles: true, cancelable: true };
    document.querySelector("main").dispatchEvent(new DragEvent("dragover", drop));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", drop));
}"""


def paths(live_desk) -> list[str]:
    """Every screen, and every page that one leads to; the last is not there."""
    case = live_desk.case
    (one, _), (other, _) = case.store.parties()[:2]
    record = case.record()
    first, second = (issue.id for issue in record.issues[:2])
    article = case.store.articles()[0].id
    cell = next(iter(case.following("agenda", matrix).stands))
    tie = network(record, None, camps=True).ties[0]
    return [
        *(path for path, _ in SCREENS),
        "/sign-in",
        "/articles?state=done",
        f"/articles/{article}",
        f"/articles/{article}?at=5-60",
        "/queue?kind=promises&at=100000",
        "/search?q=talks",
        "/search?q=nobodysaysthis",
        f"/agenda/evidence?{urlencode({'party': cell[0], 'issue': cell[1] or 'none'})}",
        "/timeline?view=table",
        "/timeline?zoom=day",
        f"/network/said?speaker={tie.speaker}&target={tie.target}&who=camps",
        f"/network?party={tie.speaker}",
        "/issues",
        f"/parties/{one.id}",
        f"/parties/merge?party={one.id}&party={other.id}",
        f"/issues/{first}",
        f"/issues/merge?issue={first}&issue={second}",
        "/outcomes/file",
        "/parties/merge",
        "/nowhere",
    ]


def test_the_link_leads_in_and_a_stranger_is_refused(live_desk):
    live_desk.page.goto("/export")
    assert live_desk.page.locator("h1").inner_text() == "Take the record elsewhere"
    assert live_desk.complaints == []
    stranger = live_desk.browse(signed_in=False)
    stranger.goto("/queue")
    assert "Sign in first" in stranger.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_any_screen(live_desk, scheme):
    found = {path: live_desk.axe(path, scheme=scheme) for path in paths(live_desk)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def opened(key: str) -> Callable[[Any], None]:
    """Opens what a key opens."""

    def press(page: Any) -> None:
        page.keyboard.press("j")
        page.keyboard.press(key)
        page.locator("dialog[open] button.main").wait_for()

    return press


def selected(page) -> None:
    page.keyboard.press("s")
    page.locator(".chosen .by-keys").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_what_opens_over_an_article(live_desk, scheme):
    article = f"/articles/{live_desk.case.store.articles()[0].id}"
    found = {key: live_desk.axe(article, scheme=scheme, after=opened(key)) for key in "en?"}
    found["s"] = live_desk.axe(article, scheme=scheme, after=selected)
    assert {key: faults for key, faults in found.items() if faults} == {}


def test_every_screen_fits_a_tablet_and_complains_of_nothing(live_desk):
    page = live_desk.browse(width=SMALLEST_TABLET, height=1024)
    wide = {}
    for path in paths(live_desk)[:-2]:
        page.goto(path, wait_until="load")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in wide.items() if width > SMALLEST_TABLET} == {}
    assert live_desk.complaints == []


def test_files_are_added_by_dropping_them(live_desk):
    page = live_desk.page
    page.goto("/add")
    hostile = "<script>alert(1)</script>.txt"
    page.evaluate(DROP, [["norland.txt", ARTICLE], [hostile, ""]])
    page.locator(".sending").get_by_text("2 files sent").wait_for()
    page.get_by_role("link", name="look at what is new").wait_for(timeout=120_000)
    batch = page.locator("#batch-1").inner_text()
    assert "1 read, 1 not read" in batch
    page.reload()
    assert "_script_alert(1)_" in page.locator("main").inner_text()
    page.get_by_role("link", name="look at what is new").click()
    assert "Norland wants the dam shared" in page.locator("main").inner_text()
    assert live_desk.complaints == []


@pytest.mark.shared
def test_the_seeds_are_added_by_dropping_them(live_desk, shared):
    page = live_desk.page
    page.goto("/add")
    seeds = sorted((shared / "seeds").glob("*.txt"))
    page.evaluate(DROP, [[seed.name, seed.read_bytes().decode("utf-8")] for seed in seeds])
    page.get_by_role("link", name="look at what is new").wait_for(timeout=180_000)
    assert f"{len(seeds)} read" in page.locator("#batch-1").inner_text()
    page.goto("/articles")
    titles = [
        json.loads(gold.read_text("utf-8"))["title"] for gold in sorted((shared / "seeds/gold").glob("0*"))
    ]
    assert len(titles) == 3
    assert all(title in page.locator("main").inner_text() for title in titles)
    assert live_desk.complaints == []


def test_a_page_prints_without_its_menu(live_desk):
    page = live_desk.page
    page.goto("/export")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    for path in ("/", "/agenda", "/disputes"):
        page.emulate_media(media="screen")
        page.goto(path)
        page.emulate_media(media="print")
        assert not page.locator("header.top").is_visible()
        assert page.locator("main").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_the_keyboard_reaches_the_content_first(live_desk):
    page = live_desk.page
    page.goto("/export")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_page_says_when_what_it_waited_for_is_worked_out(live_desk, monkeypatch):
    page = live_desk.page
    settling = live_desk.case.settling
    settling._urgent = True
    page.goto("/export")
    assert "is being worked out" in page.locator("#working").inner_text()
    settling._urgent = False
    page.get_by_text("Load the page again").click()
    time.sleep(0.2)
    assert page.locator("#working").count() == 0
