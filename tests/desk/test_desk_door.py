"""The door: who is let in."""

import pytest
from fastapi.testclient import TestClient

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door


def test_a_stranger_sees_nothing(stranger: TestClient):
    answer = stranger.get("/export")
    assert answer.status_code == 401
    assert "Sign in first" in answer.text


def test_the_link_opens_once(stranger: TestClient, door: Door):
    link = door.link or ""
    first = stranger.get("/enter", params={"link": link}, follow_redirects=False)
    assert first.status_code == 303
    assert "httponly" in first.headers["set-cookie"].lower()
    stranger.cookies.clear()
    assert stranger.get("/enter", params={"link": link}).status_code == 401


def test_the_owner_sees_the_screens(desk: TestClient):
    answer = desk.get("/export")
    assert answer.status_code == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_another_host_name_is_refused(desk: TestClient):
    assert desk.get("/export", headers={"host": "evil.example"}).status_code == 400


def test_a_fault_of_the_desk_is_told_in_words(case: Case, door: Door, monkeypatch: pytest.MonkeyPatch):
    client = TestClient(create_app(case, door), base_url="http://127.0.0.1", raise_server_exceptions=False)
    client.get("/enter", params={"link": door.link or ""}, follow_redirects=False)
    monkeypatch.setattr(case.inbox, "_lock", None)
    answer = client.get("/add")
    assert answer.status_code == 500
    assert "what was decided is kept" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_name_with_a_port_is_known_by_both(case: Case, door: Door):
    app = create_app(case, door, hosts=("127.0.0.1:8765", "desk.example.org"))
    client = TestClient(app, base_url="http://127.0.0.1:8765")
    assert client.get("/export").status_code == 401
    assert client.get("/export", headers={"host": "127.0.0.1:9999"}).status_code == 400
    assert client.get("/export", headers={"host": "desk.example.org:443"}).status_code == 401
    assert client.get("/export", headers={"host": "desk.example.org.evil"}).status_code == 400


def test_whoever_is_signed_in_keeps_the_menu_where_nothing_is(desk: TestClient, stranger: TestClient):
    page = desk.get("/nowhere").text
    assert "<h1>Not found</h1>" in page
    assert 'aria-label="Screens"' in page
    stranger.cookies.clear()
    assert 'aria-label="Screens"' not in stranger.get("/nowhere").text


def test_what_is_not_there_is_told_without_the_place_of_the_record(desk: TestClient, case: Case):
    answer = desk.get("/articles/none")
    assert answer.status_code == 404
    assert case.store.where not in answer.text
    assert "No article" in answer.text
