"""Words of an article selected by keyboard alone, in a real browser, and made an item."""

import pytest

from detente.articles import Article
from detente.claims import Claims, Demand, Reading, stable_id
from detente.evidence import Evidence
from detente.record.pages import Wanted
from detente.vocabulary import ClaimKind

pytestmark = pytest.mark.browser

TEXT = (
    "Norland 😀 asked for water. Sudmark refused it on Monday.\n\n"
    "Then Ostania said that it would open the pass by May."
)


def opened(live_desk, text: str = TEXT, *quotes: str):
    article = Article(id=stable_id("by keys", text), file="made.txt", sha256="0" * 64, text=text)
    demands = tuple(
        Demand(id=stable_id("by keys", one), by=None, of=None, what=one, evidence=(at(article, one),))
        for one in quotes
    )
    read = Reading(article=article.id, parties=(), claims=Claims(demands=demands), gaps=(), reader="test")
    live_desk.case.store.add(article, read)
    live_desk.page.goto(f"/articles/{article.id}")
    return article, live_desk.page


def at(article: Article, quote: str) -> Evidence:
    start = article.text.index(quote)
    return Evidence(article=article.id, start=start, end=start + len(quote), quote=quote)


def press(page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate("getSelection().toString()")


def test_an_item_is_made_with_the_keyboard_only(live_desk):
    article, page = opened(live_desk)
    assert press(page, "s") == "Norland"
    assert press(page, "ArrowDown") == "Sudmark"
    assert press(page, "ArrowRight") == "refused"
    assert press(page, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight") == "refused it on Monday"
    assert press(page, "Shift+ArrowLeft") == "refused it on"
    page.keyboard.press("Enter")
    page.locator("#form textarea[name=words]").wait_for()
    assert page.locator("#form textarea[name=words]").input_value() == "refused it on"
    page.locator("#form select[name=kind]").focus()
    page.keyboard.type("Event")
    page.locator("#form input[name=where]").focus()
    page.keyboard.press("Enter")
    page.locator(".item.events").wait_for()
    made = live_desk.case.store.page(Wanted(article=article.id, kind=ClaimKind.EVENTS)).items[0].claim
    assert made.evidence == (at(article, "refused it on"),)
    assert live_desk.complaints == []


def test_a_sentence_is_taken_with_shift_and_down_and_across_marks_and_paragraphs(live_desk):
    _, page = opened(live_desk, TEXT, "Sudmark refused", "refused it")
    assert press(page, "s", "ArrowDown", "ArrowUp") == "Norland"
    assert press(page, "Shift+ArrowDown") == "Norland 😀 asked for water"
    assert press(page, "Shift+ArrowDown").endswith("on Monday")
    assert press(page, "Shift+ArrowDown").endswith("by May")
    assert press(page, "ArrowRight") == "May"


def test_the_words_of_the_item_at_hand_come_first_and_what_is_selected_is_said(live_desk):
    _, page = opened(live_desk, TEXT, "open the pass")
    assert press(page, "j", "s") == "open"
    said = page.locator("#words-said")
    page.locator("#words-said:not(:empty)").wait_for(state="attached")
    assert said.text_content().startswith("open. ")
    assert "Enter makes a new item" in said.text_content()
    press(page, "Shift+ArrowRight")
    page.get_by_text("open the", exact=True).and_(said).wait_for(state="attached")


def test_escape_lets_go_and_the_other_keys_are_as_before(live_desk):
    _, page = opened(live_desk, TEXT, "open the pass")
    press(page, "s", "Shift+ArrowRight")
    page.locator(".chosen .by-keys").wait_for()
    assert press(page, "Escape") == ""
    page.locator(".chosen").wait_for(state="hidden")
    press(page, "s", "j")
    assert page.evaluate("document.activeElement.className").startswith("item")
    assert press(page, "ArrowRight") == ""


def test_words_out_of_sight_are_brought_into_sight(live_desk):
    _, page = opened(live_desk, "Ostania waits for an answer.\n\n" * 200)
    press(page, "s", *["ArrowDown"] * 60)
    top = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().top")
    assert 0 < top < 900
    assert page.evaluate("scrollY") > 500
