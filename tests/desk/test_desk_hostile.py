"""Requests as nobody means them: whatever stands in an address or a form, one clear line, never a fault.

A run tries a few values in each place, other ones in the next; DETENTE_EXAMPLES=99 tries all in all.
"""

import json
import os
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient

from detente.desk.case import Case

NASTY = {
    "empty": "",
    "huge": "9" * 40,
    "negative": "-1",
    "half": "0.5",
    "beyond": "1e309",
    "not a number": "nan",
    "digits of another script": "٣",
    "nul": "a\x00b",
    "line ends": "a\r\nset-cookie: b",
    "long": "ab" * 5_000,
    "script": "<script>alert(1)</script>",
    "up": "../../etc/passwd",
    "quote": '"',
    "odd quotes": 'a "b c" "',
    "star": "*",
    "near": "NEAR(a b, 9999999999)",
    "column": "words: a",
    "not": "NOT a AND (",
    "tsquery": "a & !b <-> c | '",
    "other way": "\u202eabc\u200f",
    "emoji": "👩‍👩‍👧‍👦",
    "day": "0000-00-00",
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "span": "5-2",
    "wide span": "0-99999999999999999999",
    "template": "{{ 7 * 7 }}",
    "sql": "'; DROP TABLE edits; --",
}
HALF_A_PAIR = "%ED%A0%80"
BAD_UTF8 = "%FF%FE"


def screens(desk: TestClient, method: str) -> Iterator[tuple[str, list[str]]]:
    """Path of every screen's operation, and the names of what it asks for in the address."""
    for path, methods in desk.app.openapi()["paths"].items():
        if method in methods and not path.startswith("/api/"):
            asked = methods[method].get("parameters", ())
            yield path, [one["name"] for one in asked if one["in"] == "query"]


def ids_of(case: Case) -> dict[str, str]:
    """Something that is there, for every place in a path."""
    demand = case.store.page(limit=1).items[0].claim
    return {
        "article": demand.evidence[0].article,
        "item": demand.id,
        "issue": case.store.issues()[0][0].id,
        "party": case.store.parties()[0][0].id,
        "promise": "none",
        "form": "ris",
        "decision": "accept",
    }


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: ids[place[1]], path)


def one_line_of(answer) -> str:
    """What a page or a part of one says is wrong."""
    said = re.search(r'class="wrong"[^>]*>(.*?)</p>', answer.text, flags=re.DOTALL)
    assert said is not None, answer.text[:500]
    return said[1].strip()


def holds(answer, what: object) -> None:
    """No fault of the desk's own; what is refused is told in one line that is not endless."""
    assert answer.status_code < 500, (what, answer.status_code, answer.text[-600:])
    assert "<script>alert" not in answer.text, what
    if answer.status_code >= 400:
        line = one_line_of(answer)
        assert line
        assert "\n" not in line, what
        assert len(line) < 5_000, (what, len(line))  # each character may be written as five


EACH = int(os.environ.get("DETENTE_EXAMPLES", "2"))


def some(place: int) -> list[str]:
    """A few of what is nasty, others at the next place."""
    sorts = list(NASTY)
    return [sorts[(place * EACH + n) % len(sorts)] for n in range(min(EACH, len(sorts)))]


def test_any_words_in_an_address_are_answered(desk, case):
    ids, place = ids_of(case), 0
    for path, names in screens(desk, "get"):
        here = filled(path, ids)
        others = {name: ids[name] for name in ("item",) if name in names and path == "/queue/like"}
        for name in names:
            place += 1
            for sort in some(place):
                holds(desk.get(here, params={**others, name: NASTY[sort]}), (path, name, sort))
        for sort in some(place):
            holds(desk.get(here, params=dict.fromkeys(names, NASTY[sort])), (path, sort))


RAW = (HALF_A_PAIR, BAD_UTF8, "%00", "%", "%zz", "a=b&a=c", "=", "&&&")


def test_any_bytes_in_an_address_are_answered(desk, case):
    ids = ids_of(case)
    for place, (path, names) in enumerate(screens(desk, "get")):
        for n in range(EACH):
            raw = RAW[(place * EACH + n) % len(RAW)]
            query = "&".join(f"{name}={raw}" for name in names)
            holds(desk.get(f"{filled(path, ids)}?{query}"), (path, raw))


def test_any_words_in_a_path_are_answered(desk):
    for method in ("get", "post"):
        for place, (path, _) in enumerate(screens(desk, method)):
            if "{" in path and "{form}" not in path:
                for sort in {*some(place)} - {"empty", "up"}:
                    here = re.sub(r"\{\w+\}", quote(NASTY[sort], safe=""), path)
                    holds(desk.request(method, here), (method, path, sort))


# The fields of forms that are read by name.
FIELDS = {
    "/articles/{article}/items": (
        "kind",
        "words",
        "start",
        "end",
        "reason",
        "speaker",
        "act",
        "issue",
        "firm",
    ),
    "/articles/{article}/state": ("state",),
    "/issues/merge": ("kept", "issue", "reason"),
    "/issues/new": ("label",),
    "/issues/{issue}/regroup": ("item", "to"),
    "/issues/{issue}/rename": ("label", "reason", "version"),
    "/items/{item}/edit": (
        "version",
        "alike",
        "reason",
        "speaker",
        "by",
        "of",
        "what",
        "when",
        "firm",
        "act",
    ),
    "/items/{item}/undo": ("version",),
    "/items/{item}/{decision}": ("version",),
    "/outcomes/again": ("version",),
    "/outcomes/change": ("version", "state", "sheet", "play", "table"),
    "/outcomes/file": ("text", "version", "reason"),
    "/outcomes/keep": ("version", "sheet", "play", "table", "w-0-0-low", "text-0", "reason", "new-red-party"),
    "/outcomes/sure": ("version", "sheet", "play"),
    "/outcomes/try": (
        "version",
        "sheet",
        "play",
        "table",
        "w-0-0-low",
        "w-0-0-high",
        "text-0",
        "today",
        "red",
    ),
    "/outcomes/undo": ("edit", "back"),
    "/outcomes/update": ("version",),
    "/parties/merge": ("kept", "party", "reason"),
    "/parties/new": ("name", "kind", "member_of"),
    "/parties/undo": ("edit", "back"),
    "/parties/{party}/change": ("name", "kind", "member_of", "reason", "version"),
    "/parties/{party}/split": ("apart", "reason", "version"),
    "/play/seen": (),
    "/promises/{promise}/status": ("status", "reason", "version"),
    "/promises/{promise}/undo": (),
    "/queue/accept": ("item", "version", "queue_kind", "queue_at", "queue_party"),
    "/queue/edit": ("item", "version", "alike", "queue_at"),
    "/queue/like": ("item", "by", "action", "count", "queue_at"),
    "/queue/reject": ("item", "version", "queue_at", "queue_article"),
    "/undo": ("place", "queue_at", "queue_kind"),
}


def test_every_form_is_tried(desk):
    assert {path for path, _ in screens(desk, "post")} - {"/add"} == set(FIELDS)


def test_any_words_in_a_form_are_answered(desk, case):
    ids, place = ids_of(case), 0
    for path, names in FIELDS.items():
        real = {name: ids.get(name, "") for name in names}
        for name in names:
            place += 1
            for sort in some(place):
                version = desk.get("/api/v1/negotiation").json()["version"]
                told = real | ({"version": version} if "outcomes" in path else {}) | {name: NASTY[sort]}
                holds(desk.post(filled(path, ids), data=told), (path, name, sort))
        for sort in some(place):
            holds(desk.post(filled(path, ids), data=dict.fromkeys(names, NASTY[sort])), (path, sort))
    case.store.record()


def test_any_bytes_in_a_form_are_answered(desk, case):
    ids = ids_of(case)
    for place, (path, names) in enumerate(FIELDS.items()):
        for n in range(EACH):
            body = "&".join(f"{name}={RAW[(place * EACH + n) % len(RAW)]}" for name in names)
            headers = {"content-type": "application/x-www-form-urlencoded"}
            holds(desk.post(filled(path, ids), content=body, headers=headers), (path, body))
    case.store.record()


@pytest.mark.parametrize(
    ("sort", "body"),
    [
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"\xff\x00=&;;%"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nnot a part"),
        ("multipart/form-data; boundary=x", b"--x\r\ncontent-disposition: form-data\r\n\r\nv\r\n--x--"),
        ("text/plain; charset=utf-99", b"a=b"),
        ("", b"\x00" * 5_000),
    ],
)
def test_any_body_is_answered(desk, case, sort, body):
    ids = ids_of(case)
    for path in [*FIELDS, "/add"]:
        holds(desk.post(filled(path, ids), content=body, headers={"content-type": sort}), (path, sort))
    for path in ("/sign-in", "/sign-out"):
        headers = {"content-type": sort, "x-csrf": "no"}
        assert desk.post(path, content=body, headers=headers).status_code < 500


def test_a_form_with_thousands_of_fields_is_answered(desk, case):
    ids = ids_of(case)
    many = {f"w-{n}-0-low": "1" for n in range(1_500)} | {"kind": "x"}
    for path in FIELDS:
        holds(desk.post(filled(path, ids), data=many), path)


SYNTAX = [
    '"',
    "*",
    "a*",
    '"a',
    "NEAR(a b",
    "NEAR/3",
    "a AND",
    "OR",
    "^a",
    "words:a",
    "-a",
    "a + b",
    "{a}",
    "(" * 400,
]


@pytest.mark.parametrize("query", [*SYNTAX, *NASTY.values()])
def test_any_query_finds_or_does_not(desk, query):
    assert desk.get("/search", params={"q": query}).status_code in (200, 422)
    assert desk.get("/api/v1/search", params={"q": query}).status_code in (200, 422)


@pytest.mark.parametrize("query", ["a*", '"the talks"', "talks*", "the AND talks"])
def test_what_a_query_may_say_is_said_to_the_index(desk, query):
    assert desk.get("/api/v1/search", params={"q": query}).json()


@pytest.mark.parametrize("written", ["\\ud800", "\\u0000", "a\\udfffb", "\\u202e", "\\ud83d\\ude00"])
def test_any_character_in_json_is_taken_or_refused(desk, case, written):
    ids = ids_of(case)
    word = json.loads(f'"{written}"')
    asked = {
        f"/items/{ids['item']}/decisions": {"action": "reject", "reason": word},
        f"/parties/{ids['party']}/decisions": {"action": "rename_party", "after": {"name": word}},
        f"/issues/{ids['issue']}/decisions": {"action": "rename_issue", "after": {"label": word}},
        "/issues": {"label": word, "terms": [word]},
        "/parties": {"name": word, "kind": "person"},
        "/items/regroup": {"items": [word], "issue": word},
        "/negotiation/bring-up": {"reason": word},
        "/negotiation/start-over": {"reason": word, "expected_version": word},
        f"/items/{ids['item']}/undo": None,
        "/undo": None,
    }
    for path, told in asked.items():
        answer = desk.post(
            f"/api/v1{path}", content=json.dumps(told), headers={"content-type": "application/json"}
        )
        assert answer.status_code < 500, (path, answer.text)
    text = desk.get("/api/v1/negotiation").json()["text"]
    told = {"text": f"{text}\n# {word}\n", "reason": word}
    body = json.dumps(told)
    answer = desk.put("/api/v1/negotiation", content=body, headers={"content-type": "application/json"})
    assert answer.status_code < 500, answer.text
    case.store.record()
    for path in ("/", "/queue", "/parties", "/issues", "/outcomes", "/outcomes/history", "/api/v1/edits"):
        assert desk.get(path).status_code == 200, path


def test_an_address_that_is_too_long_is_answered(desk):
    answer = desk.get(f"/queue?{urlencode({'party': 'p' * 60_000})}")
    assert answer.status_code < 500
