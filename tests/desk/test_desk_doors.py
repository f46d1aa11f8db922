"""Every door of the desk: what a screen writes a program can too; who may; and whose page a write is from."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi.testclient import TestClient

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.desk.guards import SAFE_METHODS
from detente.desk.people import Role
from detente.desk.users import Users

V1 = "/api/v1"

# What each screen writes, and what a program asks for instead; a screen's write that is not here fails.
PAIRS = {
    "POST /add": "POST /articles",
    "POST /articles/{article}/items": "POST /items",
    "POST /articles/{article}/state": "PUT /articles/{article}/state",
    "POST /issues/merge": "POST /issues/{issue}/decisions",
    "POST /issues/new": "POST /issues",
    "POST /issues/{issue}/regroup": "POST /items/regroup",
    "POST /issues/{issue}/rename": "POST /issues/{issue}/decisions",
    "POST /items/{item}/edit": "POST /items/{item}/decisions",
    "POST /items/{item}/undo": "POST /items/{item}/undo",
    "POST /items/{item}/{decision}": "POST /items/{item}/decisions",
    "POST /outcomes/again": "POST /negotiation/start-over",
    "POST /outcomes/change": "POST /negotiation/{finding}",
    "POST /outcomes/file": "PUT /negotiation",
    "POST /outcomes/keep": "PUT /negotiation",
    "POST /outcomes/sure": "POST /negotiation/{finding}",
    "POST /outcomes/try": "POST /negotiation/{finding}",
    "POST /outcomes/undo": "POST /edits/{edit}/undo",
    "POST /outcomes/update": "POST /negotiation/bring-up",
    "POST /parties/merge": "POST /parties/{party}/decisions",
    "POST /parties/new": "POST /parties",
    "POST /parties/undo": "POST /edits/{edit}/undo",
    "POST /parties/{party}/change": "POST /parties/{party}/decisions",
    "POST /parties/{party}/split": "POST /parties/{party}/decisions",
    "POST /play/seen": "POST /visit",
    "POST /promises/{promise}/status": "POST /items/{item}/decisions",
    "POST /promises/{promise}/undo": "POST /items/{item}/undo",
    "POST /queue/accept": "POST /items/{item}/decisions",
    "POST /queue/edit": "POST /items/{item}/speaker",
    "POST /queue/like": "POST /items/{item}/alike",
    "POST /queue/reject": "POST /items/{item}/decisions",
    "POST /undo": "POST /undo",
}

# Where each screen's own figures are for a program. What stands under a page here may be a part of it.
SHOWN = {
    "/": "/visit",
    "/add": "/unread",
    "/add/progress": "/batches/{number}",
    "/agenda": "/agenda",
    "/agenda.csv": "/agenda",
    "/agenda/evidence": "/items/{item}",
    "/articles": "/articles",
    "/articles/{article}": "/articles/{article}",
    "/articles/{article}/new": "/articles/{article}",
    "/disputes": "/items",
    "/export": "/forms",
    "/export/{form}": "/export/{form}",
    "/issues": "/issues",
    "/issues/merge": "/issues",
    "/issues/{issue}": "/items",
    "/items/{item}": "/items/{item}",
    "/items/{item}/form": "/items/{item}/written-alike",
    "/items/{item}/history": "/items/{item}/history",
    "/network": "/network",
    "/network/said": "/items/{item}",
    "/outcomes": "/negotiation",
    "/outcomes/evidence": "/items/{item}",
    "/outcomes/file": "/negotiation",
    "/outcomes/forecast": "/negotiation/{finding}",
    "/outcomes/history": "/negotiation/history",
    "/outcomes/negotiation.yaml": "/negotiation",
    "/outcomes/working": "/negotiation",
    "/parties": "/parties",
    "/parties/merge": "/parties",
    "/parties/{party}": "/parties/{party}",
    "/parties/{party}/split": "/merges",
    "/play/brief": "/export/{form}",
    "/play/changes": "/changes",
    "/promises/{promise}": "/items/{item}",
    "/queue": "/items",
    "/queue/like": "/items/{item}/alike",
    "/search": "/search",
    "/timeline": "/timeline",
    "/working": "/case",
}


def operations(desk: TestClient) -> Iterator[tuple[str, str, str]]:
    """Method and path of every operation, and how it is written in the tables above."""
    for path, methods in desk.app.openapi()["paths"].items():
        for method in methods:
            yield method.upper(), path, f"{method.upper()} {path}"


def screens_write(desk: TestClient) -> set[str]:
    return {
        label
        for method, path, label in operations(desk)
        if method not in SAFE_METHODS and not path.startswith(V1)
    }


def test_whatever_a_screen_writes_a_program_can_write(desk):
    api = {label.replace(V1, "") for _, path, label in operations(desk) if path.startswith(V1)}
    assert screens_write(desk) == set(PAIRS)
    assert set(PAIRS.values()) <= api


def test_whatever_a_screen_shows_a_program_can_ask_for(desk):
    shown = {path for method, path, _ in operations(desk) if method == "GET" and not path.startswith(V1)}
    api = {path.removeprefix(V1) for method, path, _ in operations(desk) if method == "GET"}
    assert set(SHOWN) <= shown
    assert {path for path in shown if path.rpartition("/")[0] not in SHOWN} <= set(SHOWN)
    assert set(SHOWN.values()) <= api


def filled(path: str) -> str:
    """A path with something in every place of it."""
    return re.sub(r"\{[^}]+\}", "none", path).replace("/batches/none", "/batches/7")


def test_no_write_is_taken_without_the_token_of_the_page(desk, case):
    token = desk.headers.pop("x-csrf")
    before = case.store.edits(), case.store.revision()
    for method, path, label in operations(desk):
        if method in SAFE_METHODS:
            continue
        for headers in ({}, {"x-csrf": ""}, {"x-csrf": token[::-1]}, {"x-csrf": "é"}):
            answer = desk.request(method, filled(path), headers={k: v.encode() for k, v in headers.items()})
            assert answer.status_code == 403, (label, headers)
        elsewhere = {"x-csrf": token, "origin": "http://evil.example"}
        assert desk.request(method, filled(path), headers=elsewhere).status_code == 403, label
    assert (case.store.edits(), case.store.revision()) == before


def test_signing_out_needs_the_token_too(desk):
    token = desk.headers.pop("x-csrf")
    assert desk.post("/sign-out").status_code == 403
    assert desk.post("/sign-out", headers={"x-csrf": token}, follow_redirects=False).status_code == 303
    assert desk.get("/export").status_code == 401


def test_a_stranger_is_let_in_nowhere(stranger):
    for method, path, label in operations(stranger):
        answer = stranger.request(method, filled(path))
        assert answer.status_code == 401, label
        assert "<nav" not in answer.text, label


# Who may do what they ask for, of those who may not do everything.
OPEN_TO_READERS = {
    "POST /outcomes/try",
    "POST /outcomes/change",
    "POST /outcomes/sure",
    "POST /play/seen",
    f"POST {V1}/visit",
    f"POST {V1}/negotiation/{{finding}}",
}
SHUT_TO_READERS = {
    "GET /articles/{article}/new",
    "GET /items/{item}/form",
    "GET /queue/like",
    "GET /issues/merge",
    "GET /parties/merge",
    "GET /parties/{party}/split",
}
FOR_LEADS = {
    "GET /issues/merge",
    "GET /parties/merge",
    "GET /parties/{party}/split",
    "POST /issues/merge",
    "POST /parties/merge",
    "POST /parties/{party}/split",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_what_is_its_own_and_no_more(case: Case, tmp_path, role: Role):
    users = Users(tmp_path / "users.json")
    users.add("rita", role, "seven herons by the dam")
    client = TestClient(create_app(case, Door(users=users)), base_url="http://127.0.0.1")
    client.headers["authorization"] = f"Bearer {users.new_token('rita', 'tests')}"
    refused = set()
    for method, path, label in operations(client):
        answer = client.request(method, filled(path))
        assert answer.status_code < 500, (label, answer.text)
        if answer.status_code == 403:
            refused.add(label)
    writes = {label for method, _, label in operations(client) if method not in SAFE_METHODS}
    expected = {
        Role.READER: (writes - OPEN_TO_READERS) | SHUT_TO_READERS,
        Role.ANALYST: FOR_LEADS,
        Role.LEAD: set(),
    }
    assert refused == expected[role]


def decide(client: TestClient, kind: str, item: str, told: dict) -> int:
    return client.post(f"{V1}/{kind}/{item}/decisions", json=told).status_code


def test_merging_is_a_leads_also_for_programs(case: Case, tmp_path):
    users = Users(tmp_path / "users.json")
    users.add("ana", Role.ANALYST, "seven herons by the dam")
    client = TestClient(create_app(case, Door(users=users)), base_url="http://127.0.0.1")
    client.headers["authorization"] = f"Bearer {users.new_token('ana', 'tests')}"
    (kept, _), (gone, _) = case.store.parties()[:2]
    (issue, _), (other, _) = case.store.issues()[:2]
    merging = {"action": "merge_parties", "after": {"gone": [gone.id]}}
    assert decide(client, "parties", kept.id, merging) == 403
    assert decide(client, "parties", kept.id, {"action": "split_party", "after": {"apart": ["x"]}}) == 403
    assert (
        decide(client, "issues", issue.id, {"action": "merge_issues", "after": {"gone": [other.id]}}) == 403
    )
    assert decide(client, "parties", kept.id, {"action": "rename_party", "after": {"name": "K"}}) == 201
    assert case.store.record().party[gone.id]


POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def test_every_answer_has_the_safe_headers(desk, stranger):
    for method, path, label in operations(desk):
        answer = desk.request(method, filled(path))
        said = dict(
            part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
        )
        assert POLICY.items() <= said.items(), label
        assert not any("unsafe" in sources for sources in said.values()), label
        assert answer.headers["x-content-type-options"] == "nosniff", label
        assert answer.headers["cache-control"] == "no-store", label


def test_the_link_opens_once_however_many_follow_it_at_the_same_time(case, door):
    link, app = door.link, create_app(case, door)
    together = Barrier(8)

    def follow(_: int) -> int:
        client = TestClient(app, base_url="http://127.0.0.1")
        together.wait()
        return client.get("/enter", params={"link": link}, follow_redirects=False).status_code

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(follow, range(8))) == [303, *[401] * 7]


def alike(desk: TestClient) -> tuple[str, dict]:
    """An undecided item and the smallest group of others like it."""
    for item in desk.get(f"{V1}/items?kind=statements&review=proposed&limit=200").json()["items"]:
        groups = desk.get(f"{V1}/items/{item['claim']['id']}/alike").json()
        if groups:
            return item["claim"]["id"], groups[0]
    raise AssertionError("nothing is like anything")


def test_all_like_one_are_decided_on_and_taken_back_at_once(desk):
    item, group = alike(desk)
    told = {"by": group["by"], "action": "accept", "count": group["count"] + 1}
    assert desk.post(f"{V1}/items/{item}/alike", json=told).status_code == 409
    made = desk.post(f"{V1}/items/{item}/alike", json=told | {"count": group["count"]})
    assert made.status_code == 201, made.text
    assert {edit["item"] for edit in made.json()} == {item, *group["items"]}
    assert desk.get(f"{V1}/items/{item}").json()["claim"]["review"] == "accepted"
    undone = desk.post(f"{V1}/undo").json()
    assert {edit["id"] for edit in undone} == {edit["id"] for edit in made.json()}
    assert desk.get(f"{V1}/items/{item}").json()["claim"]["review"] == "proposed"
    assert desk.post(f"{V1}/undo").json() == []


def test_a_speaker_is_given_to_all_written_so(desk):
    statements = desk.get(f"{V1}/items?kind=statements&review=proposed&limit=500").json()["items"]
    item, others = next(
        (one["claim"]["id"], found)
        for one in statements
        if (found := desk.get(f"{V1}/items/{one['claim']['id']}/written-alike").json())
    )
    party = desk.get(f"{V1}/parties").json()[0]["party"]["id"]
    told = {"speaker": party, "scope": "record", "count": len(others), "reason": "the same man"}
    assert desk.post(f"{V1}/items/{item}/speaker", json=told | {"count": 0}).status_code == 409
    assert desk.post(f"{V1}/items/{item}/speaker", json=told | {"speaker": "nobody"}).status_code == 404
    assert desk.post(f"{V1}/items/{item}/speaker", json=told).status_code == 201
    for one in (item, *others):
        assert desk.get(f"{V1}/items/{one}").json()["claim"]["speaker"] == party
    assert len(desk.post(f"{V1}/undo").json()) == len(others) + 1


def test_items_are_put_under_an_issue_together_and_brought_back(desk):
    items = [one["claim"]["id"] for one in desk.get(f"{V1}/items?kind=demands&limit=2").json()["items"]]
    before = [desk.get(f"{V1}/items/{one}").json()["claim"]["issue"] for one in items]
    made = desk.post(f"{V1}/items/regroup", json={"items": items, "issue": None})
    assert made.status_code == 201, made.text
    assert all(desk.get(f"{V1}/items/{one}").json()["claim"]["issue"] is None for one in items)
    assert desk.post(f"{V1}/items/{items[0]}/undo").status_code == 201
    assert desk.get(f"{V1}/items/{items[0]}").json()["claim"]["issue"] == before[0]
    assert desk.post(f"{V1}/items/regroup", json={"items": items, "issue": "none"}).status_code == 404


def test_a_rejected_item_is_brought_back(desk):
    item = desk.get(f"{V1}/items?kind=demands&limit=1").json()["items"][0]["claim"]["id"]
    assert desk.post(f"{V1}/items/{item}/decisions", json={"action": "reject"}).status_code == 201
    assert item not in desk.get(f"{V1}/items?kind=demands&limit=1000").text
    assert desk.post(f"{V1}/items/{item}/undo").json()["action"] == "undo"
    assert item in desk.get(f"{V1}/items?kind=demands&limit=1000").text
    assert desk.post(f"{V1}/items/{item}/undo").status_code == 400


def test_a_party_is_added(desk):
    told = {"name": "River Board", "kind": "organization"}
    made = desk.post(f"{V1}/parties", json=told)
    assert made.status_code == 201, made.text
    assert desk.get(f"{V1}/parties/{made.json()['item']}").json()["name"] == "River Board"
    assert desk.post(f"{V1}/parties", json=told).status_code == 409
    assert desk.post(f"{V1}/parties", json=told | {"name": "B", "member_of": "none"}).status_code == 404


def test_agenda_timeline_and_network_are_told(desk):
    stands = desk.get(f"{V1}/agenda?limit=5").json()
    assert stands
    assert desk.get(f"{V1}/items/{stands[0]['items'][0]}").status_code == 200
    whole = desk.get(f"{V1}/timeline").json()
    assert [one["on"] for one in whole] == sorted(one["on"] for one in whole)
    day = whole[len(whole) // 2]["on"]
    there = desk.get(f"{V1}/timeline", params={"since": day, "until": day}).json()
    assert there == [one for one in whole if one["on"] == day]
    ties = desk.get(f"{V1}/network").json()
    assert {tie["speaker"] for tie in ties["ties"]} <= set(ties["parties"])


def test_what_is_new_is_counted_from_the_visit(desk):
    assert desk.get(f"{V1}/visit").json() == {"since": None, "changes": []}
    assert desk.post(f"{V1}/visit").json()["since"] is not None


def test_what_would_have_to_change_is_told_to_programs(desk):
    assert desk.get(f"{V1}/negotiation/inverse").status_code == 400
    spoiled = desk.get(f"{V1}/negotiation/spoilers").json()
    state = spoiled["outcomes"][0]["state"]
    answer = desk.get(f"{V1}/negotiation/inverse", params={"state": state})
    assert answer.json()["schema"].startswith("detente/inverse/")
    assert desk.get(f"{V1}/negotiation/inverse", params={"state": "2"}).status_code == 400
