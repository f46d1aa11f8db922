"""The API: everything the screens do, with errors in one line of JSON and never a 500."""

import os

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.desk.people import Role
from detente.desk.users import Users

V1 = "/api/v1"
# By hand, with hundreds: DETENTE_EXAMPLES=300 pytest tests/desk/test_desk_api.py
EXAMPLES = int(os.environ.get("DETENTE_EXAMPLES", "4"))


def first(desk: TestClient, path: str, key: str) -> dict:
    return desk.get(f"{V1}/{path}").json()[key][0] if key else desk.get(f"{V1}/{path}").json()[0]


def test_an_item_is_decided_on_and_taken_back(desk):
    item = first(desk, "items?kind=demands", "items")
    path = f"{V1}/items/{item['claim']['id']}"
    told = {"action": "reject", "reason": "a rumour", "expected_version": item["version"]}
    made = desk.post(f"{path}/decisions", json=told)
    assert made.status_code == 201
    assert desk.get(path).json()["claim"]["review"] == "rejected"
    again = desk.post(f"{path}/decisions", json=told)
    assert again.status_code == 409
    assert "decided on it" in again.json()["error"]
    assert desk.post(f"{V1}/edits/{made.json()['id']}/undo").status_code == 201
    assert [edit["action"] for edit in desk.get(f"{path}/history").json()] == ["reject", "undo"]
    assert desk.get(path).json()["claim"]["review"] == "proposed"


def test_an_item_is_made_of_selected_words(desk):
    article = first(desk, "articles", "")
    whole = desk.get(f"{V1}/articles/{article['id']}").json()
    start = whole["text"].index("\n\n") + 2
    told = {
        "kind": "signals",
        "article": article["id"],
        "spans": [[start, start + 40]],
        "fields": {"signal": "key"},
    }
    made = desk.post(f"{V1}/items", json=told)
    assert made.status_code == 201, made.text
    item = desk.get(f"{V1}/items/{made.json()['item']}").json()
    assert item["claim"]["signal"] == "key"
    assert item["claim"]["evidence"][0]["quote"] == whole["text"][start : start + 40].strip()


def test_two_parties_are_merged_and_taken_apart(desk):
    kept, gone = (one["party"]["id"] for one in desk.get(f"{V1}/parties").json()[:2])
    made = desk.post(
        f"{V1}/parties/{kept}/decisions", json={"action": "merge_parties", "after": {"gone": [gone]}}
    )
    assert made.status_code == 201
    assert gone in {merge["gone"] for merge in desk.get(f"{V1}/merges").json()}
    assert desk.post(f"{V1}/edits/{made.json()['id']}/undo", json={"reason": "two men"}).status_code == 201
    assert desk.get(f"{V1}/parties/{gone}").status_code == 200


def test_the_negotiation_is_edited_version_by_version(desk):
    held = desk.get(f"{V1}/negotiation").json()
    assert not held["kept"]
    told = {"text": held["text"] + "\n# checked\n", "expected_version": held["version"]}
    assert desk.put(f"{V1}/negotiation", json=told).json()["kept"]
    other = {"text": held["text"], "expected_version": "of-another-day"}
    assert desk.put(f"{V1}/negotiation", json=other).status_code == 409
    wrong = desk.put(f"{V1}/negotiation", json={"text": "parties: [{id: a"})
    assert wrong.status_code == 400
    assert wrong.json()["error"].startswith("text")


@pytest.mark.parametrize("finding", ["stability", "packages", "tables", "forecast"])
def test_the_negotiation_is_run(desk, finding):
    answer = desk.get(f"{V1}/negotiation/{finding}?samples=20")
    assert answer.status_code == 200
    assert answer.json()["schema"] == f"detente/{finding}/1"


def test_articles_are_marked_searched_and_exported(desk):
    article = first(desk, "articles", "")
    path = f"{V1}/articles/{article['id']}/state"
    assert desk.put(path, json={"state": "done"}).status_code == 200
    assert [row["id"] for row in desk.get(f"{V1}/articles?state=done").json()] == [article["id"]]
    assert desk.get(f"{V1}/search", params={"q": "talks"}).json()
    assert desk.get(f"{V1}/changes").status_code == 200
    assert desk.get(f"{V1}/export/ris").headers["content-disposition"].startswith("attachment")
    assert desk.get(f"{V1}/case").json()["name"] == "iraq-talks"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/items/none", 404),
        ("/nowhere", 404),
        ("/items?limit=0", 422),
        ("/export/none", 404),
        ("/batches/7", 404),
    ],
)
def test_an_error_is_one_line_of_json(desk, path, status):
    answer = desk.get(V1 + path)
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}


def test_a_stranger_gets_json_too(stranger):
    answer = stranger.get(f"{V1}/case")
    assert (answer.status_code, set(answer.json())) == (401, {"error"})
    assert answer.headers["www-authenticate"] == "Bearer"


def test_a_readers_key_reads_and_does_not_write(case, tmp_path):
    users = Users(tmp_path / "users.json")
    users.add("rita", Role.READER, "seven herons by the dam")
    client = TestClient(create_app(case, Door(users=users)), base_url="http://127.0.0.1")
    client.headers["authorization"] = f"Bearer {users.new_token('rita', 'reports')}"
    item = first(client, "items", "items")["claim"]["id"]
    refused = client.post(f"{V1}/items/{item}/decisions", json={"action": "accept"})
    assert refused.status_code == 403
    assert "needs an analyst" in refused.json()["error"]


def test_no_request_that_the_description_allows_or_forbids_breaks_the_api(case: Case, tmp_path):
    schemathesis = pytest.importorskip("schemathesis")
    users = Users(tmp_path / "users.json")
    users.add("lea", Role.LEAD, "seven herons by the dam")
    key = {"authorization": f"Bearer {users.new_token('lea', 'tests')}"}
    app = create_app(case, Door(users=users))
    described = TestClient(app, base_url="http://127.0.0.1").get(f"{V1}/openapi.json", headers=key).json()
    schema = schemathesis.openapi.from_dict(described)
    schema.app = app
    there = _ids(case)
    seen: dict[int, int] = {}
    broken = []

    def ask(asked, real):
        asked.path_parameters = {**(asked.path_parameters or {}), **(there if real else {})}
        answer = asked.call(base_url="http://127.0.0.1", headers=key, timeout=300)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            broken.append((asked.operation.label, answer.status_code, answer.text))

    for found in schema.get_all_operations():
        operation = found.ok()
        # Files are sent in tests of their own: each would start a reading.
        if operation.path.startswith(f"{V1}/export") or operation.label == f"POST {V1}/articles":
            continue
        for mode in schemathesis.GenerationMode:
            _some(operation, mode, ask)
    assert broken == []
    assert {200, 201, 400, 404, 422} <= set(seen)


def _ids(case: Case) -> dict[str, str]:
    item = case.store.page(limit=1).items[0].claim
    return {
        "article": item.evidence[0].article,
        "item": item.id,
        "party": case.store.parties()[0][0].id,
        "issue": case.store.issues()[0][0].id,
        "edit": "none-yet",
        "finding": "forecast",
        "number": "1",
    }


def _some(operation, mode, ask) -> None:
    """A few requests of an operation, such as its description allows, or such as it forbids."""
    try:
        strategy = operation.as_strategy(generation_mode=mode)
        settled = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        settled(given(asked=strategy, real=st.booleans())(ask))()
    except Unsatisfiable:
        pass  # nothing that it could forbid
