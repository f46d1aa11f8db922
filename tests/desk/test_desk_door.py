"""The door: who is let in."""

from fastapi.testclient import TestClient

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
