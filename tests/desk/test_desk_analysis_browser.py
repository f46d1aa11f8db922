"""The screens that weigh and regroup, in a real browser: merged and undone, a weight moved, axe, print."""

import pytest

pytestmark = pytest.mark.browser

SCREENS = (
    "/agenda",
    "/timeline",
    "/timeline?view=table",
    "/disputes",
    "/parties",
    "/issues",
    "/outcomes",
    "/network",
)


def test_two_parties_are_merged_and_the_merge_is_undone(live_desk):
    page = live_desk.page
    page.goto("/parties")
    boxes = page.locator('input[name="party"]')
    one, other = boxes.nth(3).get_attribute("value"), boxes.nth(4).get_attribute("value")
    boxes.nth(3).check()
    boxes.nth(4).check()
    page.get_by_role("button", name="Merge the chosen ones").click()
    assert "items move" in page.locator(".lead").inner_text()
    page.get_by_label("Why").fill("one man under two names")
    page.get_by_role("button", name="Merge them").click()
    held = set(live_desk.case.record().party)
    assert len(held & {one, other}) == 1
    assert "one man under two names" in page.locator(".decisions").inner_text()
    page.locator(".decisions button").first.click()
    page.locator(".decisions .undone").first.wait_for()
    assert {one, other} <= set(live_desk.case.record().party)
    assert live_desk.complaints == []


def test_a_moved_weight_shows_another_outcome(live_desk):
    page = live_desk.page
    page.goto("/outcomes")
    worth = page.locator(".grid .worth tr").first
    before = worth.inner_text()
    slider = page.locator('weight-range input[type="range"]').first
    low = page.locator("weight-range").first.locator('input[type="number"]').first
    number = low.input_value()
    with page.expect_response("**/outcomes/try") as answered:
        slider.focus()
        page.keyboard.press("Home")
    assert answered.value.status == 200
    assert low.input_value() != number
    page.wait_for_function(
        "before => document.querySelector('.grid .worth tr')?.innerText !== before", arg=before
    )
    assert page.locator("weight-range.changed").count() == 1
    assert page.locator("#told").inner_text() == ""
    assert live_desk.complaints == []


def test_a_kept_sheet_is_there_after_loading_again(live_desk):
    page = live_desk.page
    page.goto("/outcomes")
    low = page.locator('input[name$="-low"]').first
    low.fill("-33")
    page.get_by_role("button", name="Keep the sheet").click()
    page.wait_for_url("**/outcomes?*")
    assert page.locator('input[name$="-low"]').first.input_value() == "-33"


def test_what_would_have_to_change_opens_beside(live_desk):
    page = live_desk.page
    page.goto("/outcomes")
    page.get_by_role("button", name="What would have to change").first.click()
    page.locator("#change h3").wait_for()
    assert live_desk.complaints == []


def test_a_promise_is_set_without_loading_the_page_again(live_desk):
    page = live_desk.page
    page.goto("/disputes")
    promise = page.locator("article.promise").first
    name = promise.get_attribute("id")
    promise.locator("select").select_option("disputed")
    promise.get_by_role("button", name="Set").click()
    page.locator(f"#{name}.disputed").wait_for()
    page.locator(f"#{name}").get_by_role("button", name="History").click()
    page.locator(f"#{name}").get_by_text("status set").wait_for()


def test_the_head_and_the_issues_stay_in_sight(live_desk):
    page = live_desk.browse(width=800, height=500)
    page.goto("/agenda")
    page.locator(".sheet").evaluate("box => box.scrollTo(300, 200)")
    box = page.locator(".sheet").bounding_box()
    corner = page.locator(".agenda thead th").first.bounding_box()
    assert abs(corner["x"] - box["x"]) < 3
    assert abs(corner["y"] - box["y"]) < 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(live_desk, scheme):
    assert {path: found for path in SCREENS if (found := live_desk.axe(path, scheme=scheme))} == {}


def test_a_tablet_shows_every_screen_without_scrolling_aside(live_desk):
    page = live_desk.browse(width=768)
    for path in SCREENS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 768, path
    assert live_desk.complaints == []


def test_every_screen_prints_without_its_menu(live_desk):
    page = live_desk.browse()
    page.emulate_media(media="print")
    for path in SCREENS:
        page.goto(path)
        assert page.locator("h1").is_visible(), path
        assert not page.locator(".top").is_visible(), path
        assert page.pdf()[:4] == b"%PDF", path


def test_the_agenda_is_copied_as_csv_and_its_heads_stay_in_sight(live_desk):
    page = live_desk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/agenda")
    page.get_by_role("button", name="Copy as CSV").click()
    page.get_by_text("copied", exact=False).first.wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.lstrip("\ufeff").startswith("Issue,")
    assert copied.count("\n") >= page.locator(".agenda tbody tr").count()
    sheet = page.locator(".sheet")
    sheet.evaluate("e => e.scrollTo(300, 300)")
    top, left = sheet.bounding_box()["y"], sheet.bounding_box()["x"]
    head = page.locator(".agenda thead th").first.bounding_box()
    assert abs(head["y"] - top) < 3
    assert abs(head["x"] - left) < 3


def test_the_timeline_is_looked_at_closer_and_as_a_table(live_desk):
    page = live_desk.page
    page.goto("/timeline?zoom=year")
    page.get_by_role("link", name="By month").click()
    assert page.locator("select[name=zoom]").input_value() == "month"
    page.get_by_role("link", name="By day").click()
    assert page.locator("select[name=zoom]").input_value() == "day"
    page.get_by_role("link", name="As a table").click()
    page.get_by_role("link", name="All of it").click()
    assert page.locator(".times tbody tr").count() > 20
    page.locator(".times tbody a").first.click()
    page.locator(".item.lit").wait_for()
    assert live_desk.complaints == []
