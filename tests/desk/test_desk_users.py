"""Users: who may sign in, how guessing is slowed, what a key opens, and when the desk may be reached."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from detente.cli import build_app
from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.desk.people import Role
from detente.desk.users import Users
from detente.errors import DetenteError

PASSWORD = "seven herons by the dam"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    held = Users(tmp_path / "config" / "users.json")
    held.add("ana", Role.ANALYST, PASSWORD)
    held.add("rita", Role.READER, PASSWORD)
    return held


@pytest.fixture
def client(case: Case, users: Users) -> Iterator[TestClient]:
    with TestClient(
        create_app(case, Door(users=users)), base_url="http://127.0.0.1", follow_redirects=False
    ) as client:
        yield client


def sign_in(client: TestClient, name: str = "ana", password: str = PASSWORD, **more: str):
    return client.post("/sign-in", data={"name": name, "password": password, **more})


def csrf(client: TestClient) -> str:
    return client.get("/export").text.split('data-csrf="')[1].split('"')[0]


def test_a_page_asks_who_it_is_and_comes_back_to_it(client):
    answer = client.get("/export?a=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?then=/export%3Fa%3D1"
    entered = sign_in(client, then="/export?a=1")
    assert entered.headers["location"] == "/export?a=1"
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert client.get("/export").status_code == 200


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "/\\evil.example", "//[", ""])
def test_signing_in_leads_nowhere_else(client, then):
    assert sign_in(client, then=then).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("", ""), ("a\ud800", "x")]
)
def test_a_wrong_password_and_a_wrong_name_are_told_alike(client, name, password):
    answer = client.post("/sign-in", data={"name": name.encode("utf-8", "replace"), "password": password})
    assert answer.status_code == 401
    assert "do not belong together" in answer.text


def test_guessing_is_slowed_down(client):
    for _ in range(5):
        assert sign_in(client, password="wrong guess").status_code == 401
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "wait" in answer.text
    assert int(answer.headers["retry-after"]) > 10


def test_another_sites_page_cannot_sign_anybody_in(client):
    headers = {"origin": "https://evil.example"}
    assert (
        client.post("/sign-in", data={"name": "ana", "password": PASSWORD}, headers=headers).status_code
        == 403
    )


def test_signing_out_makes_the_cookie_worthless(client):
    sign_in(client)
    kept = client.cookies["detente"]
    assert client.post("/sign-out", data={"csrf": csrf(client)}).status_code == 303
    client.cookies.set("detente", kept)
    assert client.get("/export").status_code == 303


def test_signing_out_takes_a_token_too(client):
    sign_in(client)
    assert client.post("/sign-out").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://[", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site"},
        {"x-csrf": "caf\u00e9".encode("latin-1")},
        {"x-csrf": ""},
    ],
)
def test_a_write_from_elsewhere_is_refused(client, headers):
    sign_in(client)
    assert client.post("/sign-out", headers={"x-csrf": csrf(client), **headers}).status_code == 403


def test_a_removed_user_is_out_at_once(client, users):
    sign_in(client)
    assert client.get("/export").status_code == 200
    users.remove("ana")
    assert client.get("/export").status_code == 303


def test_a_new_password_ends_old_sessions(client, users):
    sign_in(client)
    users.add("ana", Role.ANALYST, "another long password")
    assert client.get("/export").status_code == 303


def test_with_users_no_link_leads_in(case, users):
    door = Door(users=users)
    assert door.link is None
    client = TestClient(create_app(case, door), base_url="http://127.0.0.1")
    assert client.get("/enter", params={"link": ""}, follow_redirects=False).status_code != 200


def test_the_owners_session_ends_when_there_are_users(case, tmp_path):
    users = Users(tmp_path / "users.json")
    door = Door(users=users)
    client = TestClient(create_app(case, door), base_url="http://127.0.0.1", follow_redirects=False)
    client.get("/enter", params={"link": door.link})
    assert client.get("/export").status_code == 200
    users.add("ana", Role.READER, PASSWORD)
    assert client.get("/export").status_code == 303


def test_a_key_opens_the_desk_to_a_program_and_is_not_kept(client, users, tmp_path):
    key = users.new_token("ana", "nightly")
    headers = {"authorization": f"Bearer {key}"}
    assert client.get("/export", headers=headers).status_code == 200
    assert client.get("/export", headers={"authorization": "Bearer x"}).status_code in (303, 401)
    assert key not in (tmp_path / "config" / "users.json").read_text(encoding="utf-8")
    assert users.drop_tokens("ana", "nightly") == 1
    assert client.get("/export", headers=headers).status_code != 200


def test_the_file_holds_no_password_and_is_for_its_owner_alone(users, tmp_path):
    file = tmp_path / "config" / "users.json"
    text = file.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert "$argon2id$" in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("a\nb", PASSWORD), ("n" * 65, PASSWORD), ("ben", "short")]
)
def test_a_bad_name_or_password_is_refused(users, name, password):
    with pytest.raises(DetenteError):
        users.add(name, Role.READER, password)


def test_a_damaged_file_is_told_in_one_line(tmp_path):
    file = tmp_path / "users.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(DetenteError, match="not a list of users"):
        Users(file).all()


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("DETENTE_USERS", str(tmp_path / "users.json"))

    def call(*words: str, given: str = ""):
        return CliRunner().invoke(build_app(words[0]), list(words), input=given)

    return call


def test_users_are_managed_from_the_command_line(run, tmp_path):
    assert (
        "ana may sign in as lead" in run("user", "add", "ana", "--role", "lead", given=f"{PASSWORD}\n").output
    )
    assert "ana  lead" in run("user", "list").output
    key = run("user", "token", "ana", "--label", "weekly").output.strip()
    users = Users(tmp_path / "users.json")
    assert users.with_token(key).name == "ana"
    assert users.with_password("ana", PASSWORD).role is Role.LEAD
    assert "1 dropped" in run("user", "drop-token", "ana", "--label", "weekly").output
    assert run("user", "remove", "ana").exit_code == 0
    assert run("user", "list").output == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example.org"])
def test_the_desk_is_not_opened_to_others_while_nobody_has_to_sign_in(run, tmp_path, host):
    answer = run("desk", "--record", str(tmp_path / "r.db"), "--host", host)
    assert isinstance(answer.exception, DetenteError)
    assert "detente user add" in str(answer.exception)
    assert not (tmp_path / "r.db").exists()
