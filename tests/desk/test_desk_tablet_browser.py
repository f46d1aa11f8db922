"""The desk on a tablet: what one came for is in sight."""

import pytest

pytestmark = pytest.mark.browser

IN_SIGHT = """e => {
    const box = e.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
}"""


@pytest.fixture
def page(live_desk):
    return live_desk.browse(width=800, height=950)


def test_what_could_hold_stays_in_sight_while_a_weight_is_moved(live_desk, page):
    page.goto("/outcomes")
    page.locator("#ahead h3, #ahead p.quiet").first.wait_for()
    slider = page.locator('weight-range input[type="range"]').last
    page.locator("details.wants").last.evaluate("e => e.open = true")
    slider.scroll_into_view_if_needed()
    gist = page.locator(".gist")
    before = gist.inner_text()
    with page.expect_response("**/outcomes/try"):
        slider.focus()
        page.keyboard.press("Home")
    page.wait_for_timeout(300)
    assert gist.evaluate(IN_SIGHT)
    assert slider.evaluate(IN_SIGHT)
    assert page.get_by_role("button", name="Keep the sheet").evaluate(IN_SIGHT)
    assert before
    assert live_desk.complaints == []


def test_the_timeline_opens_at_its_last_marks_with_the_names_in_sight(live_desk, page):
    page.goto("/timeline")
    scroller = page.locator("time-lanes .scroll")
    assert scroller.evaluate("e => e.scrollLeft + e.clientWidth >= e.scrollWidth - 2")
    name = page.locator(".lane-names text").first
    assert name.evaluate(IN_SIGHT)
    scroller.evaluate("e => e.scrollTo(0, 0)")
    page.wait_for_timeout(100)
    assert name.evaluate(IN_SIGHT)


def test_the_menu_is_one_row(page):
    page.goto("/export")
    tops = page.locator("nav[aria-label=Screens] a").evaluate_all("all => all.map(e => e.offsetTop)")
    assert len(set(tops)) == 1
