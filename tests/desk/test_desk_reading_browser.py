"""Reading, checking and reviewing in a real browser, with keys, with the mouse, and on hostile articles."""

import re

import pytest

from detente.articles import Article
from detente.claims import Claims, Demand, Reading, stable_id
from detente.evidence import Evidence
from detente.record.pages import Order, Wanted
from detente.vocabulary import ClaimKind, Review

pytestmark = pytest.mark.browser


def article_of(text: str, **more: object) -> Article:
    return Article(id=stable_id("test article", text), file="made.txt", sha256="0" * 64, text=text, **more)


def words(article: Article, quote: str) -> Evidence:
    start = article.text.index(quote)
    return Evidence(article=article.id, start=start, end=start + len(quote), quote=quote)


def demand(article: Article, quote: str, n: int = 0) -> Demand:
    return Demand(
        id=stable_id("test demand", article.id, quote, n),
        by=None,
        of=None,
        what=quote,
        evidence=(words(article, quote),),
        confidence=0.4,
    )


def put(live_desk, article: Article, *claims: Demand) -> None:
    reading = Reading(article=article.id, parties=(), claims=Claims(demands=claims), gaps=(), reader="test")
    live_desk.case.store.add(article, reading)


def first_in_queue(live_desk) -> str:
    wanted = Wanted(review=Review.PROPOSED, retold=False)
    return live_desk.case.store.page(wanted, order=Order.DOUBT, limit=1).items[0].claim.id


def review_of(live_desk, item: str) -> Review:
    return live_desk.case.store.item(item).claim.review


def at_item(page, item: str) -> None:
    page.wait_for_selector(f'#queue-place input[name=item][value="{item}"]', state="attached")


def away_from(page, item: str) -> None:
    page.wait_for_selector(f'#queue-place input[name=item]:not([value="{item}"])', state="attached")


def in_front(page) -> str:
    return page.locator("#queue-place input[name=item]").get_attribute("value")


def test_the_queue_is_reviewed_with_the_keyboard_only(live_desk):
    page = live_desk.page
    page.goto("/queue")
    first = in_front(page)
    assert first == first_in_queue(live_desk)
    page.keyboard.press("a")
    away_from(page, first)
    assert review_of(live_desk, first) is Review.ACCEPTED
    second = in_front(page)
    page.keyboard.press("x")
    away_from(page, second)
    assert review_of(live_desk, second) is Review.REJECTED
    third = in_front(page)
    page.keyboard.press("Space")
    away_from(page, third)
    assert review_of(live_desk, third) is Review.PROPOSED
    page.keyboard.press("k")
    at_item(page, third)
    page.keyboard.press("u")
    at_item(page, second)
    assert review_of(live_desk, second) is Review.PROPOSED
    page.keyboard.press("Control+z")
    at_item(page, first)
    assert review_of(live_desk, first) is Review.PROPOSED
    assert live_desk.complaints == []


def test_an_item_is_edited_in_the_queue_by_keyboard(live_desk):
    page = live_desk.page
    page.goto("/queue?kind=demands")
    item = in_front(page)
    page.keyboard.press("e")
    field = page.locator("#form textarea[name=what]")
    field.wait_for()
    field.fill("open the bridge")
    field.press("Tab")
    page.locator("#form input[name=reason]").press("Enter")
    away_from(page, item)
    held = live_desk.case.store.item(item).claim
    assert (held.what, held.review) == ("open the bridge", Review.EDITED)
    assert not page.locator("dialog[open]").count()


def test_a_name_that_is_no_partys_is_refused_and_the_form_stays(live_desk):
    page = live_desk.page
    page.goto("/queue?kind=demands")
    item = in_front(page)
    page.keyboard.press("e")
    page.locator("#form input[name=by]").fill("Atlantis")
    page.locator("#form button.main").click()
    page.locator("#form-wrong .wrong").wait_for()
    assert "No party is called 'Atlantis'" in page.locator("#form-wrong").inner_text()
    assert review_of(live_desk, item) is Review.PROPOSED


def test_the_help_opens_by_key_and_closes(live_desk):
    page = live_desk.page
    page.goto("/queue")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_an_item_is_made_from_words_selected_after_an_emoji(live_desk):
    article = article_of(
        "Before 😀 the talks 🇮🇷, Ostania asked to open the pass.\n\nAnd مرحبا بكم 😀 then it rained."
    )
    put(live_desk, article)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode()); ) {
            const at = node.data.indexOf("it rained");
            if (at >= 0) getSelection().setBaseAndExtent(node, at - 1, node, at + "it rained".length);
          }
        }"""
    )
    page.locator('.chosen [data-new="events"]').click()
    page.locator("#form textarea[name=words]").wait_for()
    assert page.locator("#form textarea[name=words]").input_value() == "it rained"
    page.locator("#form input[name=where]").fill("the pass")
    page.locator("#form button.main").click()
    page.locator(".item.events").wait_for()
    made = live_desk.case.store.page(Wanted(article=article.id, kind=ClaimKind.EVENTS)).items[0].claim
    assert made.evidence == (words(article, "it rained"),)
    assert (made.where, made.review) == ("the pass", Review.ACCEPTED)
    assert page.locator(".m.events.accepted").inner_text() == "it rained"
    assert live_desk.complaints == []


def test_what_was_made_is_gone_after_an_undo(live_desk):
    article = article_of("Ostania asked to open the pass.")
    put(live_desk, article)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    page.locator(".side-head button").click()
    page.locator("#form textarea[name=words]").fill("open the pass")
    page.locator("#form select[name=kind]").select_option("demands")
    page.locator("#form textarea[name=what]").wait_for()
    page.locator("#form button.main").click()
    page.locator(".item.demands").wait_for()
    page.keyboard.press("u")
    page.locator(".item.demands").wait_for(state="detached")
    assert not page.locator(".m.demands").count()
    assert live_desk.case.store.page(Wanted(article=article.id)).total == 0


def test_marks_follow_what_is_decided_on_their_cards(live_desk):
    article = article_of("Ostania must open the pass and must return the boats.")
    one, other = demand(article, "must open the pass"), demand(article, "pass and must return")
    put(live_desk, article, one, other)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    style = "e => getComputedStyle(e).textDecorationLine + ' ' + getComputedStyle(e).textDecorationStyle"
    marked = page.locator(f'.m[data-i="{one.id}"]').first
    assert marked.evaluate(style) == "underline dashed"
    page.locator(f"#i-{one.id} [data-act=accept]").click()
    page.locator(f"#i-{one.id}.accepted").wait_for()
    assert marked.evaluate(style) == "underline solid"
    page.locator(f"#i-{one.id} [data-act=reject]").click()
    page.locator(f"#i-{one.id}.rejected").wait_for()
    assert marked.evaluate(style).startswith("none")
    offsets = page.locator(".m").evaluate_all("all => all.map(e => getComputedStyle(e).textUnderlineOffset)")
    assert len(set(offsets)) == 2


def test_a_kind_that_is_switched_off_is_neither_marked_nor_listed(live_desk):
    article = article_of("Ostania must open the pass.")
    one = demand(article, "open the pass")
    put(live_desk, article, one)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    page.locator('.legend [data-kind="demands"]').click()
    assert not page.locator(f"#i-{one.id}").is_visible()
    line = "e => getComputedStyle(e).textDecorationLine"
    assert page.locator(f'.m[data-i="{one.id}"]').evaluate(line) == "none"
    page.reload()
    assert page.locator('.legend [data-kind="demands"]').get_attribute("aria-pressed") == "false"
    page.locator('.legend [data-kind="demands"]').click()
    assert page.locator(f"#i-{one.id}").is_visible()


def test_an_item_is_edited_on_its_card_and_its_history_tells(live_desk):
    article = article_of("Ostania must open the pass.")
    one = demand(article, "open the pass")
    put(live_desk, article, one)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator("#form textarea[name=what]").fill("open the northern pass")
    page.locator("#form button.main").click()
    page.locator(f"#i-{one.id}.edited").wait_for()
    assert not page.locator("dialog[open]").count()
    page.keyboard.press("h")
    page.locator("#form .history").wait_for()
    history = page.locator("#form .history").inner_text()
    assert "edited by" in history
    assert "What: open the pass → open the northern pass" in history


def test_the_items_follow_the_text(live_desk):
    lines = [f"Line {n}: Ostania must open pass number {n}.\n\n" for n in range(120)]
    article = article_of("".join(lines))
    put(live_desk, article, *(demand(article, f"open pass number {n}.") for n in range(120)))
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 3000)
    middle = -1.0
    # A page that allows no eval cannot wait for an expression by itself.
    for _ in range(200):
        scrolled = page.evaluate("document.querySelector('.item-side').scrollTop") > 500
        middle = page.evaluate(
            """() => {
              const top = document.querySelector(".item-side").getBoundingClientRect().top;
              const cards = [...document.querySelectorAll(".item")];
              const card = cards.find((one) => one.getBoundingClientRect().bottom > top + 60);
              return document.querySelector(`.m[data-i="${card.dataset.i}"]`).getBoundingClientRect().top;
            }"""
        )
        if scrolled and 0 < middle < 900:
            break
        page.wait_for_timeout(50)
    assert scrolled
    assert 0 < middle < 900


def test_a_second_person_who_was_quicker_is_told_of_and_nothing_is_lost(live_desk):
    page = live_desk.page
    page.goto("/queue")
    item = in_front(page)
    other = live_desk.browse()
    other.goto("/queue")
    other.keyboard.press("x")
    away_from(other, item)
    page.keyboard.press("a")
    page.locator("#told .wrong").wait_for()
    assert "look at it again" in page.locator("#told").inner_text()
    away_from(page, item)
    assert review_of(live_desk, item) is Review.REJECTED


def test_a_card_that_somebody_else_decided_on_shows_their_decision(live_desk):
    article = article_of("Ostania must open the pass.")
    one = demand(article, "open the pass")
    put(live_desk, article, one)
    page, other = live_desk.page, live_desk.browse()
    page.goto(f"/articles/{article.id}")
    other.goto(f"/articles/{article.id}")
    other.locator(f"#i-{one.id} [data-act=reject]").click()
    other.locator(f"#i-{one.id}.rejected").wait_for()
    page.locator(f"#i-{one.id} [data-act=accept]").click()
    page.locator("#told .wrong").wait_for()
    page.locator(f"#i-{one.id}.rejected").wait_for()
    assert review_of(live_desk, one.id) is Review.REJECTED


def test_all_like_one_are_decided_on_after_their_count_was_shown(live_desk):
    page = live_desk.page
    page.goto("/queue?kind=statements")
    for _ in range(30):
        if page.locator(".alike").count():
            break
        item = in_front(page)
        page.keyboard.press("j")
        away_from(page, item)
    page.locator(".alike summary").click()
    page.locator(".alike button").first.click()
    page.locator("#like button.main").wait_for()
    count = int(re.search(r"all (\d+)", page.locator("#like button.main").inner_text())[1])
    page.locator("#like button.main").click()
    page.locator("#like").wait_for(state="hidden")
    assert live_desk.case.store.page(Wanted(review=Review.ACCEPTED), limit=1).total == count


def test_a_mark_and_its_card_light_each_other_up(live_desk):
    article = article_of("Ostania must open the pass.")
    one = demand(article, "open the pass")
    put(live_desk, article, one)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    page.locator(f'.m[data-i="{one.id}"]').hover()
    page.locator(f"#i-{one.id}.lit").wait_for()
    page.mouse.move(5, 5)
    page.keyboard.press("j")
    page.locator(f'.m.lit[data-i="{one.id}"]').wait_for()
    assert page.evaluate("document.activeElement.id") == f"i-{one.id}"


HOSTILE = '<script>window.owned = 1</script><img src=x onerror="window.owned = 2">'


def test_a_hostile_article_shows_as_text(live_desk):
    line = "a very long line without an end " * 160_000
    text = f"{HOSTILE}\nשלום \u202e dleif 😀\r\n{HOSTILE}{line}"
    article = Article(
        id=stable_id("hostile"),
        file=f"{HOSTILE}.txt",
        sha256="0" * 64,
        text=text,
        title=HOSTILE,
        author=HOSTILE,
    )
    put(live_desk, article, demand(article, f"{HOSTILE}\n"), demand(article, "שלום \u202e dleif 😀"))
    page = live_desk.page
    for path in ("/articles", f"/articles/{article.id}", "/queue", "/search?q=owned", "/"):
        page.goto(path)
        assert page.evaluate("window.owned") is None, path
    page.goto(f"/articles/{article.id}")
    assert page.evaluate("document.getElementById('text').textContent") == text
    assert page.locator("h1").inner_text() == HOSTILE
    assert live_desk.complaints == []


def test_two_thousand_marks_scroll_smoothly(live_desk):
    parts = [
        f"In part {n} Ostania must open pass {n} before winter. " + "\n\n" * (n % 3 == 0) for n in range(2000)
    ]
    article = article_of("".join(parts))
    put(live_desk, article, *(demand(article, f"must open pass {n} before") for n in range(2000)))
    page = live_desk.page
    page.goto(f"/articles/{article.id}", timeout=60_000)
    assert page.locator("#text .m").count() >= 2000
    meter = page.context.new_cdp_session(page)
    # The thread's own time, so that what else the machine does does not count.
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = spent(meter)
    frames = 200
    page.evaluate(
        """async (frames) => {
          for (let n = 0; n < frames; n += 1) {
            scrollBy(0, 120);
            await new Promise(requestAnimationFrame);
          }
        }""",
        frames,
    )
    assert (spent(meter) - before) / frames < ONE_FRAME


ONE_FRAME = 1 / 60


def spent(meter) -> float:
    metrics = meter.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


@pytest.mark.parametrize("path", ["/", "/articles", "/queue", "/search?q=talks"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(live_desk, path, scheme):
    assert live_desk.axe(path, scheme=scheme) == []


def test_nothing_is_cut_off_at_the_side_of_a_tablet(live_desk):
    page = live_desk.browse(width=768)
    article = live_desk.case.record().articles[0].id
    for path in ("/", "/articles", f"/articles/{article}", "/queue", "/search?q=talks"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 768, path


def test_axe_finds_nothing_serious_where_articles_are_checked(live_desk):
    article = live_desk.case.record().articles[0].id
    assert live_desk.axe(f"/articles/{article}") == []
    assert live_desk.axe(f"/articles/{article}", scheme="dark", width=800) == []


def test_the_print_shows_the_article_and_every_item_and_no_buttons(live_desk):
    article = live_desk.case.record().articles[0].id
    page = live_desk.page
    page.goto(f"/articles/{article}")
    page.emulate_media(media="print")
    assert page.locator("#text").is_visible()
    assert page.locator(".item .quote").last.is_visible()
    assert not page.locator(".acts").first.is_visible()
    assert not page.locator(".top").is_visible()
    assert len(page.pdf()) > 10_000


def test_the_search_finds_while_one_types(live_desk):
    page = live_desk.page
    page.goto("/search")
    page.locator("#q").press_sequentially("talks")
    page.locator("#found mark").first.wait_for()
    assert re.search(r"\bq=talks", page.url)
    page.locator(".hits a[href*='at=']").first.click()
    page.locator(".m.sought").first.wait_for()
    assert page.locator(".m.sought").first.inner_text().lower() == "talks"
