"""The page in a real browser: nobody is shut out, nothing is cut off, nothing leaves the machine."""

import os
import shutil
from collections.abc import Iterator

import pytest

from detente.brief.html import to_html

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: set CHROMIUM to its path"),
]


@pytest.fixture(scope="module")
def address(brief, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("brief") / "brief.html"
    path.write_text(to_html(brief), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend(browser, address, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # axe itself is a script put into the page, which the page's own policy would refuse.
    page = browser.new_page(color_scheme=scheme, bypass_csp=True)
    page.goto(address)
    found = axe.Axe().run(page).response["violations"]
    page.close()
    assert not [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_nothing_is_cut_off_at_the_side(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_number_opens_its_words_and_leads_back(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    number = page.locator("#r1").inner_text()
    page.locator("#r1").focus()
    page.keyboard.press("Enter")
    note = page.locator(f"#note-{number}")
    assert note.evaluate("e => getComputedStyle(e).position") == "fixed"
    assert note.locator("mark").is_visible()
    note.locator("[role=doc-backlink]").first.click()
    assert note.evaluate("e => getComputedStyle(e).position") != "fixed"
    assert page.evaluate("location.hash") == "#r1"
    page.close()


def test_the_page_asks_nothing_of_any_network_and_logs_no_error(browser, address):
    page = browser.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    page.close()
    assert asked == [address]
    assert complaints == []


def test_the_print_shows_every_note_and_no_menu(browser, address, brief):
    page = browser.new_page()
    page.goto(address)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator(".notes li blockquote").count() == len(brief.notes)
    assert page.locator(".notes li blockquote").last.is_visible()
    page.close()
