"""Exports at the desk: every form comes as a file under a safe name."""

import json

from fastapi.testclient import TestClient

from detente.export.formats import FORMATS


def test_every_form_is_offered(desk: TestClient):
    page = desk.get("/export").text
    assert all(f'href="/export/{name}"' in page for name in FORMATS)


def test_every_form_comes_as_a_file(desk: TestClient):
    for name, form in FORMATS.items():
        answer = desk.get(f"/export/{name}")
        assert answer.status_code == 200, name
        assert answer.content, name
        held = answer.headers["content-disposition"]
        assert held.startswith(f"attachment; filename=iraq-talks-{name}{form.suffix};")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_record_holds_what_was_decided(desk: TestClient):
    tree = desk.get("/export/json").json()
    assert tree["schema"] == "detente/record/1"
    assert json.dumps(tree)


def test_no_such_form_is_told(desk: TestClient):
    answer = desk.get("/export/stone-tablet")
    assert answer.status_code == 404
    assert "No form" in answer.text
