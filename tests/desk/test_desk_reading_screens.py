"""State of play, the articles, the queue and search, asked without a browser."""

import html
import re
import time
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from detente.articles import Article
from detente.claims import Claims, Demand, Party, Reading, stable_id
from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import COOKIE, Door
from detente.desk.people import Person, Role
from detente.evidence import Evidence
from detente.record.pages import Item, Order, Wanted
from detente.record.store import Store
from detente.vocabulary import ClaimKind, PartyKind, Review

HTMX = {"hx-request": "true"}


def item_of(page: str) -> tuple[str, str]:
    """The item in front of the queue, and its version."""
    item = re.search(r'name="item" value="(\w+)"', page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert item
    assert version
    return item[1], version[1]


def text_of(page: str) -> str:
    """What a browser's ``textContent`` of the article's text would be."""
    inner = (
        page.split('id="text"')[1].split(">", 1)[1].split("</section>", maxsplit=1)[0].rsplit("</div>", 1)[0]
    )
    return html.unescape(re.sub(r"<[^>]*>", "", inner))


def put(case: Case, text: str, *quotes: str, file: str = "made.txt", published: str | None = None) -> Article:
    """An article with a demand on each of the quotes."""
    article = Article(id=stable_id("made", text), file=file, sha256="0" * 64, text=text, published=published)
    demands = tuple(
        Demand(
            id=stable_id("made", text, quote), by=None, of=None, what=quote, evidence=(at(article, quote),)
        )
        for quote in quotes
    )
    case.store.add(
        article,
        Reading(article=article.id, parties=(), claims=Claims(demands=demands), gaps=(), reader="test"),
    )
    return article


def at(article: Article, quote: str) -> Evidence:
    start = article.text.index(quote)
    return Evidence(article=article.id, start=start, end=start + len(quote), quote=quote)


def some(case: Case, kind: ClaimKind) -> Item:
    return case.store.page(Wanted(kind=kind, review=Review.PROPOSED, retold=False), limit=1).items[0]


# --- every screen


@pytest.mark.parametrize(
    "path",
    ["/", "/articles", "/articles?state=done", "/articles?offset=50", "/queue", "/search", "/search?q=talks"],
)
def test_each_screen_shows(desk: TestClient, path: str):
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("/articles/none", 404), ("/items/none", 404), ("/items/none/form", 404), ("/queue?item=none", 404)],
)
def test_what_is_not_there_is_said_in_a_line(desk: TestClient, path: str, status: int):
    answer = desk.get(path)
    assert answer.status_code == status
    assert "No article" in answer.text or "No item" in answer.text


def sit_down(case: Case, door: Door, role: Role) -> TestClient:
    """Eva at the same desk, in a browser of her own."""
    door.owner = Person("eva", role)
    client = TestClient(create_app(case, door), base_url="http://127.0.0.1")
    client.cookies.set(COOKIE, door.cookie_of(door.owner))
    return client


def test_a_reader_sees_no_buttons_and_cannot_decide(case: Case, door: Door):
    stranger = sit_down(case, door, Role.READER)
    article = case.record().articles[0].id
    assert 'data-act="accept"' not in stranger.get(f"/articles/{article}").text
    assert 'data-key="a"' not in stranger.get("/queue").text
    item = some(case, ClaimKind.DEMANDS).claim.id
    token = stranger.get("/queue").text.split('data-csrf="')[1].split('"')[0]
    answer = stranger.post(f"/items/{item}/accept", headers={"x-csrf": token})
    assert answer.status_code == 403
    assert case.store.item(item).claim.review is Review.PROPOSED


@pytest.mark.parametrize("path", ["/", "/play/brief", "/play/changes", "/articles", "/queue", "/search?q=a"])
def test_an_empty_record_is_shown_as_one(door: Door, path: str):
    with Store.open(":memory:") as store:
        client = sit_down(Case(store, "nothing yet"), door, Role.LEAD)
        wait_for_brief(client)
        answer = client.get(path)
        assert answer.status_code == 200
        assert 'href="/queue?at=' not in answer.text


# --- state of play


def wait_for_brief(desk: TestClient) -> str:
    for _ in range(400):
        page = desk.get("/play/brief").text
        if "hx-get" not in page:
            return page
        time.sleep(0.1)
    raise AssertionError("the brief is never finished")


def test_the_brief_stands_under_the_state_of_play_and_leads_to_the_words(desk: TestClient, case: Case):
    page = wait_for_brief(desk)
    assert '<section id="play"' in page
    address = html.unescape(re.findall(r'class="from"><a href="([^"]+)"', page)[0])
    words = html.unescape(re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)[0])
    article = desk.get(address).text
    sought = re.findall(r'<span class="m l\d sought"[^>]*>(.*?)</span>', article, re.DOTALL)
    assert re.sub(r"<[^>]*>", "", html.unescape("".join(sought)))[:20] in words


def test_the_first_visit_has_nothing_to_compare_with(desk: TestClient):
    assert "This is your first visit" in desk.get("/").text
    assert "This is your first visit" in desk.get("/").text


def test_what_came_since_the_visit_that_was_closed_is_told_with_its_words(desk: TestClient, case: Case):
    seen = desk.post("/play/seen", follow_redirects=False)
    assert seen.status_code == 303
    assert "Nothing new since" in changes_when_ready(desk, "/play/changes")
    put(case, "Veldt must return the ferry at once.", "return the ferry at once", published="2031-02-03")
    page = changes_when_ready(desk, "/play/changes")
    assert "New demands" in page
    assert "return the ferry at once" in page
    address = html.unescape(re.findall(r'class="said"><a href="([^"]+)"', page)[0])
    assert re.search(
        r'class="m l\d sought"[^>]*>return the ferry at once<|sought"[^>]*><span[^>]*>return',
        desk.get(address).text,
    )


def changes_when_ready(desk: TestClient, path: str) -> str:
    for _ in range(200):
        page = desk.get(path).text
        if "being looked up" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the changes are never found")


def test_two_dates_bound_what_changed(desk: TestClient, case: Case):
    put(case, "Veldt must return the ferry at once.", "return the ferry at once", published="2031-02-03")
    within = changes_when_ready(desk, "/play/changes?since=2031-01-01&until=2031-03-01")
    assert "return the ferry at once" in within
    after = changes_when_ready(desk, "/play/changes?since=2031-03-01&until=2031-04-01")
    assert "No article between these dates" in after


@pytest.mark.parametrize("day", ["yesterday", "2031-13-01", "<script>"])
def test_a_day_that_is_none_is_refused(desk: TestClient, day: str):
    answer = desk.get("/play/changes", params={"since": day}, headers=HTMX)
    assert answer.status_code == 400
    assert "is no day" in answer.text
    assert "<script>" not in answer.text


# --- read and check


def test_the_text_of_the_page_is_the_text_of_the_article(desk: TestClient, case: Case):
    for article in case.record().articles:
        assert text_of(desk.get(f"/articles/{article.id}").text) == article.text


def test_odd_characters_keep_their_places(desk: TestClient, case: Case):
    text = "\n One 😀 <b>\r\nشالوم & \u202eright\tleft\u0085\r end of it all\n\n"
    article = put(case, text, "😀 <b>\r\nشالوم &", "<b>", "end of it all")
    page = desk.get(f"/articles/{article.id}").text
    assert text_of(page) == text


def test_what_html_cannot_hold_is_one_sign_for_one(desk: TestClient, case: Case):
    article = put(case, "Null \x00 byte and half a pair.", "half a pair")
    assert text_of(desk.get(f"/articles/{article.id}").text) == "Null ␀ byte and half a pair."


def test_overlapping_items_stand_in_lanes_of_their_own(desk: TestClient, case: Case):
    article = put(
        case, "They must open the pass and return the boats.", "open the pass and", "pass and return"
    )
    page = desk.get(f"/articles/{article.id}").text
    assert re.search(r'class="m l0 demands proposed"[^>]*>open the <', page)
    assert re.search(r'class="m l0 [^"]*"[^>]*><span class="m l1 [^"]*"[^>]*>pass and</span></span>', page)


def test_an_item_is_accepted_rejected_and_taken_back_on_its_card(desk: TestClient, case: Case):
    item = some(case, ClaimKind.DEMANDS)
    card = desk.post(f"/items/{item.claim.id}/accept", data={"version": item.version}).text
    assert 'data-review="accepted"' in card
    assert 'data-review="rejected"' in desk.post(f"/items/{item.claim.id}/reject", data={"version": 1}).text
    assert 'data-review="accepted"' in desk.post(f"/items/{item.claim.id}/undo").text
    assert 'data-review="proposed"' in desk.post(f"/items/{item.claim.id}/undo").text
    history = desk.get(f"/items/{item.claim.id}/history").text
    assert history.count("<li") == 4
    assert "Nothing was decided" in desk.post(f"/items/{item.claim.id}/undo").text


def test_a_decision_on_an_old_version_is_told_and_not_stored(desk: TestClient, case: Case):
    item = some(case, ClaimKind.DEMANDS).claim.id
    desk.post(f"/items/{item}/accept", data={"version": 0})
    late = desk.post(f"/items/{item}/reject", data={"version": 0}, headers=HTMX)
    assert late.status_code == 409
    assert "look at it again" in late.text
    assert case.store.item(item).claim.review is Review.ACCEPTED


def test_only_decisions_that_there_are_can_be_sent(desk: TestClient, case: Case):
    item = some(case, ClaimKind.DEMANDS).claim.id
    assert desk.post(f"/items/{item}/explode").status_code == 422
    assert desk.post(f"/items/{item}/merge_parties").status_code == 400


@pytest.mark.parametrize("kind", list(ClaimKind))
def test_an_item_of_every_kind_is_made_from_selected_words(desk: TestClient, case: Case, kind: ClaimKind):
    article = put(case, "On Monday 😀 they spoke of the ferry.")
    start = article.text.index("the ferry")
    form = desk.get(f"/articles/{article.id}/new", params={"kind": kind, "start": start, "end": start + 9})
    assert "the ferry</textarea>" in form.text
    fields = dict.fromkeys(re.findall(r'<input name="(\w+)"', form.text), "")
    fields |= {
        name: re.search(r"<option value=\"([^\"]*)\" selected", part)[1] if " selected" in part else ""
        for name, part in re.findall(r'<select name="(\w+)"(.*?)</select>', form.text, re.DOTALL)
    }
    fields |= dict.fromkeys(re.findall(r'<textarea name="(\w+)"', form.text), "the ferry")
    fields |= {"kind": kind.value, "start": str(start), "end": str(start + 9), "firm": "0.5"}
    answer = desk.post(f"/articles/{article.id}/items", data=fields)
    assert answer.status_code == 200, answer.text
    made = case.store.page(Wanted(article=article.id)).items[0]
    assert (made.kind, made.claim.review) == (kind, Review.ACCEPTED)
    assert made.claim.evidence == (at(article, "the ferry"),)
    assert f'data-made="{made.claim.id}"' in answer.text


def test_words_that_stand_nowhere_or_twice_make_no_item(desk: TestClient, case: Case):
    article = put(case, "no ferry, no boat")
    sent = {"kind": "demands", "what": "x", "firm": "0.5"}
    for words, said in (("a train", "nowhere"), ("no", "2 times"), ("", "Select words")):
        answer = desk.post(f"/articles/{article.id}/items", data={**sent, "words": words})
        assert answer.status_code == 400
        assert said in answer.text
    assert case.store.page(Wanted(article=article.id)).total == 0


def test_a_selection_in_an_old_text_is_refused(desk: TestClient, case: Case):
    article = put(case, "no ferry, no boat")
    sent = {"kind": "demands", "what": "x", "firm": "0.5", "words": "no boat", "start": "0", "end": "7"}
    answer = desk.post(f"/articles/{article.id}/items", data=sent)
    assert answer.status_code == 400
    assert "select again" in answer.text


def test_the_state_of_an_article_is_set_and_listed(desk: TestClient, case: Case):
    article = case.record().articles[0]
    assert (
        "selected>in review" in desk.post(f"/articles/{article.id}/state", data={"state": "in review"}).text
    )
    assert f"/articles/{article.id}" in desk.get("/articles?state=in%20review").text
    assert f"/articles/{article.id}" not in desk.get("/articles?state=new").text
    assert desk.post(f"/articles/{article.id}/state", data={"state": "burnt"}).status_code == 400


# --- forms


def test_an_edit_changes_just_what_the_form_changed(desk: TestClient, case: Case):
    item = some(case, ClaimKind.DEMANDS)
    who = case.record().parties[0]
    desk.post(f"/items/{item.claim.id}/edit", data={"what": "open the pass", "by": who.name, "version": "0"})
    now = case.store.item(item.claim.id).claim
    assert now == replace(item.claim, what="open the pass", by=who.id, review=Review.EDITED)


def test_a_form_sent_unchanged_accepts(desk: TestClient, case: Case):
    item = some(case, ClaimKind.DEMANDS)
    desk.post(f"/items/{item.claim.id}/edit", data={"what": item.claim.what, "version": "0"})
    assert case.store.item(item.claim.id).claim == replace(item.claim, review=Review.ACCEPTED)


def same_written(case: Case) -> tuple[Item, int]:
    """A statement whose speaker others are written like, and how many those are."""
    found = case.store.page(Wanted(kind=ClaimKind.STATEMENTS, review=Review.PROPOSED), limit=500).items
    written = [item.claim.speaker_text.casefold() for item in found if item.claim.speaker_text]
    common = max(set(written), key=written.count)
    item = next(one for one in found if (one.claim.speaker_text or "").casefold() == common)
    return item, written.count(common) - 1


def test_a_speaker_is_given_to_all_written_alike_and_taken_back_at_once(desk: TestClient, case: Case):
    item, others = same_written(case)
    assert others > 0
    assert f'value="record {others}"' in desk.get(f"/items/{item.claim.id}/form").text or (
        f'value="article {others}"' in desk.get(f"/items/{item.claim.id}/form").text
    )
    who = next(party for party in case.record().parties if party.id != item.claim.speaker)
    sent = {"speaker": who.name, "version": "0", "alike": f"record {others}"}
    assert desk.post(f"/items/{item.claim.id}/edit", data=sent).headers["hx-refresh"] == "true"
    edited = case.store.page(Wanted(review=Review.EDITED), limit=500).items
    assert len(edited) == others + 1
    assert {one.claim.speaker for one in edited} == {who.id}
    desk.post("/undo", data={"place": "queue"})
    assert case.store.page(Wanted(review=Review.EDITED)).total == 0


def test_a_speaker_is_not_given_to_more_than_the_form_said(desk: TestClient, case: Case):
    item, others = same_written(case)
    who = next(party for party in case.record().parties if party.id != item.claim.speaker)
    sent = {"speaker": who.name, "version": "0", "alike": f"record {others + 1}"}
    assert desk.post(f"/items/{item.claim.id}/edit", data=sent).status_code == 409
    assert case.store.page(Wanted(review=Review.EDITED)).total == 0


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("by", "Atlantis", "No party is called"),
        ("when", "last week", "is no date"),
        ("firm", "very", "not a number"),
        ("firm", "nan", "not a number"),
        ("what", "  ", "left empty"),
        ("issue", "none", "no such issue"),
    ],
)
def test_a_field_that_cannot_be_taken_is_told(
    desk: TestClient, case: Case, field: str, value: str, said: str
):
    item = some(case, ClaimKind.DEMANDS).claim
    answer = desk.post(f"/items/{item.id}/edit", data={field: value}, headers=HTMX)
    assert answer.status_code == 400
    assert said in answer.text
    assert case.store.item(item.id).claim == item


# --- the queue


def test_the_queue_goes_on_by_doubt(desk: TestClient, case: Case):
    wanted = Wanted(review=Review.PROPOSED, retold=False)
    order = [item.claim.id for item in case.store.page(wanted, order=Order.DOUBT, limit=3).items]
    first, version = item_of(desk.get("/queue").text)
    assert first == order[0]
    after = desk.post("/queue/accept", data={"item": first, "version": version, "queue_at": "0"}).text
    assert item_of(after)[0] == order[1]
    skipped = desk.get("/queue?at=1", headers=HTMX).text
    assert item_of(skipped)[0] == order[2]
    assert "1 of" in after


def test_the_queue_keeps_to_its_filters(desk: TestClient, case: Case):
    party = case.store.parties()[0][0].id
    first, version = item_of(desk.get(f"/queue?kind=demands&party={party}").text)
    assert case.store.item(first).kind is ClaimKind.DEMANDS
    sent = {"item": first, "version": version, "queue_kind": "demands", "queue_party": party, "queue_at": "0"}
    second, _ = item_of(desk.post("/queue/reject", data=sent).text)
    held = case.store.item(second)
    assert held.kind is ClaimKind.DEMANDS
    assert party in (held.claim.by, held.claim.of)


def test_past_the_end_the_queue_says_how_many_were_skipped(desk: TestClient, case: Case):
    page = desk.get("/queue?at=100000", headers=HTMX).text
    assert "That was the last one" in page
    assert "Nothing left to decide here" in desk.get("/queue?article=none", headers=HTMX).text


def test_undo_goes_back_decision_by_decision_and_shows_the_item(desk: TestClient, case: Case):
    first, version = item_of(desk.get("/queue").text)
    second, _ = item_of(desk.post("/queue/accept", data={"item": first, "version": version}).text)
    desk.post("/queue/reject", data={"item": second, "version": "0"})
    assert item_of(desk.post("/undo", data={"place": "queue"}).text) == (second, "2")
    assert item_of(desk.post("/undo", data={"place": "queue"}).text) == (first, "2")
    assert "nothing of yours" in desk.post("/undo", data={"place": "queue"}).text
    assert case.store.item(first).claim.review is Review.PROPOSED


def like_of(case: Case) -> Item:
    """A statement whose cue others have too."""
    found = case.store.page(Wanted(kind=ClaimKind.STATEMENTS, review=Review.PROPOSED), limit=500).items
    cues = [item.claim.cue for item in found if item.claim.cue]
    common = max(set(cues), key=cues.count)
    return next(item for item in found if item.claim.cue == common)


def test_all_like_it_are_decided_at_once_and_taken_back_at_once(desk: TestClient, case: Case):
    item = like_of(case)
    shown = desk.get("/queue/like", params={"item": item.claim.id, "by": "cue", "action": "accept"}).text
    count = re.search(r'name="count" value="(\d+)"', shown)
    assert count
    sent = {"item": item.claim.id, "by": "cue", "action": "accept"}
    page = desk.post("/queue/like", data={**sent, "count": count[1]}).text
    assert f"{int(count[1]) + 1} items accepted" in page
    accepted = case.store.page(Wanted(review=Review.ACCEPTED), limit=500).items
    assert len(accepted) == int(count[1]) + 1
    assert {one.claim.cue.casefold() for one in accepted} == {item.claim.cue.casefold()}
    desk.post("/undo", data={"place": "queue"})
    assert case.store.page(Wanted(review=Review.ACCEPTED)).total == 0


def test_all_like_it_are_not_decided_where_the_count_has_changed(desk: TestClient, case: Case):
    item = like_of(case)
    sent = {"item": item.claim.id, "by": "cue", "action": "reject", "count": "100000"}
    answer = desk.post("/queue/like", data=sent)
    assert answer.status_code == 409
    assert "look at the count again" in answer.text
    assert case.store.page(Wanted(review=Review.REJECTED)).total == 0


def test_what_others_decided_only_a_lead_takes_back(desk: TestClient, case: Case, door: Door):
    item = some(case, ClaimKind.DEMANDS).claim.id
    desk.post(f"/items/{item}/accept")
    stranger = sit_down(case, door, Role.ANALYST)
    token = stranger.get("/queue").text.split('data-csrf="')[1].split('"')[0]
    answer = stranger.post(f"/items/{item}/undo", headers={"x-csrf": token})
    assert answer.status_code == 403
    assert "a lead can take it back" in answer.text


# --- search


def test_hits_are_grouped_marked_and_lead_to_their_place(desk: TestClient, case: Case):
    article = put(case, "Nothing here.\n\nThe Quixotic ferry sank.", "Quixotic ferry")
    page = desk.get("/search?q=quixotic").text
    assert "<mark>Quixotic</mark>" in page
    assert "Demands" in page
    assert "Articles" in page
    start = article.text.index("Quixotic")
    assert f"/articles/{article.id}?at={start}-{start + 8}" in page


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "*", "AND OR NOT", "a" * 5000, "😀", "<script>alert(1)</script>", "%", "\x00"]
)
def test_empty_and_odd_queries_are_answered(desk: TestClient, query: str):
    answer = desk.get("/search", params={"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_a_party_is_found_by_its_name(desk: TestClient, case: Case):
    article = Article(id="a", file="p.txt", sha256="0" * 64, text="Zembla spoke.")
    party = Party(
        id=stable_id("party", "Zembla"),
        name="Zembla",
        kind=PartyKind.STATE,
        aliases=("Zembla",),
        evidence=(at(article, "Zembla"),),
    )
    case.store.add(article, Reading(article="a", parties=(party,), claims=Claims(), gaps=(), reader="test"))
    assert "Parties" in desk.get("/search?q=zembla").text
