"""A desk in a process of its own, on a file and on a server: killed, it loses nothing that it answered."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from detente.articles import Article
from detente.claims import Reading, stable_id
from detente.desk import sheet as sheets
from detente.desk.case import Case
from detente.record.intake import take_in
from detente.record.store import Store
from detente.settings import Settings

pytest.importorskip("fastapi")

EXAMPLE = Path(__file__).parents[2] / "examples" / "iraq-talks"
KILLED_AFTER = 25


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Article, Reading], ...]:
    """The articles of the example with what was read in them."""
    with Store.open(tmp_path_factory.mktemp("example") / "talks.db") as store:
        take_in(store, [EXAMPLE], Settings())
        read = {reading.article: reading for reading in store.readings()}
        return tuple((article, read[article.id]) for article in store.articles())


@pytest.fixture(params=["sqlite", "postgresql"])
def record(
    request: pytest.FixtureRequest, tmp_path: Path, example: tuple[tuple[Article, Reading], ...]
) -> str:
    """Where a record with the example in it is."""
    where = str(tmp_path / "talks.db")
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        name = stable_id("desk", request.node.nodeid)
        with create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
            connection.execute(text(f"CREATE DATABASE desk_{name}"))
        where = f"{server.rsplit('/', 1)[0]}/desk_{name}"
    with Store.open(where) as store:
        for article, reading in example:
            store.add(article, reading)
        store.record()
    return where


@dataclass
class Desk:
    """A desk that runs, and somebody signed in at it."""

    process: "subprocess.Popen[str]"
    address: str
    visitor: OpenerDirector
    token: str

    def ask(self, path: str, told: object = None, method: str = "POST") -> tuple[int, Any]:
        """Status and answer; 0 where the desk is gone."""
        body = None if told is None else json.dumps(told).encode()
        headers = {"x-csrf": self.token, "content-type": "application/json"}
        request = Request(f"{self.address}/api/v1{path}", data=body, headers=headers, method=method)
        try:
            with self.visitor.open(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except HTTPError as error:
            return error.code, json.load(error)
        except (URLError, OSError, ValueError):
            return 0, None


@pytest.fixture
def desk(record: str, tmp_path: Path) -> Iterator[Desk]:
    env = os.environ | {"DETENTE_USERS": str(tmp_path / "users.json"), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "detente", "desk", "--record", record, "--port", "0"]
    with subprocess.Popen(
        command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            yield signed_in(process)
        finally:
            process.kill()


def signed_in(process: "subprocess.Popen[str]") -> Desk:
    """The desk once it answers, entered by the link that it printed."""
    said, link = [], None
    for line in process.stdout or ():
        said.append(line)
        link = re.search(r"(http://[^/]+)/enter\?link=[\w-]+", line)
        if link:
            break
    assert link is not None, said
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    visitor.open(link[0], timeout=120).read()
    with visitor.open(f"{link[1]}/export", timeout=120) as page:
        token = page.read().decode().split('data-csrf="')[1].split('"')[0]
    return Desk(process, link[1], visitor, token)


def rename_sheet(desk: Desk, name: str) -> str | None:
    """Change the sheet; the version that was answered."""
    _, held = desk.ask("/negotiation", method="GET")
    named = re.sub(r"^negotiation: .*", f"negotiation: {name}", held["text"])
    status, kept = desk.ask("/negotiation", {"text": named, "expected_version": held["version"]}, "PUT")
    return kept["version"] if status == 200 else None


def test_a_desk_that_is_killed_loses_nothing_it_answered(desk: Desk, record: str):
    _, found = desk.ask("/items?limit=60", method="GET")
    items = [one["claim"]["id"] for one in found["items"]]
    answered, lock, versions = [], Lock(), [rename_sheet(desk, "first")]
    assert versions[0] is not None

    def decide(place: int) -> None:
        for n in range(200):
            item = items[(place * 31 + n) % len(items)]
            action = ("accept", "reject")[n % 2]
            status, made = desk.ask(f"/items/{item}/decisions", {"action": action})
            if status == 0:
                return
            if status == 201:
                with lock:
                    answered.append(made["id"])
                if len(answered) >= KILLED_AFTER and len(versions) > 3:
                    desk.process.send_signal(signal.SIGKILL)

    def change_the_sheet() -> None:
        for n in range(200):
            version = rename_sheet(desk, f"name-{n}")
            if version is not None:
                versions.append(version)

    with ThreadPoolExecutor(3) as people:
        work = [people.submit(decide, 0), people.submit(decide, 1), people.submit(_quietly, change_the_sheet)]
        for one in work:
            one.result(timeout=300)
    assert len(answered) >= KILLED_AFTER
    with Store.open(record) as store:
        assert set(answered) <= {edit.id for edit in store.edits()}
        case = Case(store, "again")
        standing = sheets.open_sheet(case)
        assert standing.kept
        made = sheets.sheet_history(case)
        # A change more than was answered may be there: the desk was killed before it could say so.
        assert len(versions) <= len([edit for edit in made if edit.action == "edit"]) <= len(versions) + 1
        assert store.record().statements
        case.close()


def _quietly(work: Any) -> None:
    """A reply that broke off is no answer."""
    with suppress(TypeError, KeyError):
        work()


def test_of_two_who_decide_at_once_one_is_told(desk: Desk):
    _, found = desk.ask("/items?limit=8", method="GET")
    for one in found["items"]:
        path = f"/items/{one['claim']['id']}/decisions"
        told = [{"action": action, "expected_version": one["version"]} for action in ("accept", "reject")]
        with ThreadPoolExecutor(2) as people:
            both = list(people.map(lambda said, path=path: desk.ask(path, said), told))
        assert sorted(status for status, _ in both) == [201, 409]
        (refusal,) = [answer["error"] for status, answer in both if status == 409]
        assert "decided on it" in refusal
        _, history = desk.ask(f"/items/{one['claim']['id']}/history", method="GET")
        assert len(history) == 1


def test_of_two_who_keep_the_sheet_at_once_one_is_told(desk: Desk):
    _, held = desk.ask("/negotiation", method="GET")
    texts = [held["text"].replace("negotiation: ", f"negotiation: {name}-", 1) for name in ("a", "b")]
    told = [{"text": one, "expected_version": held["version"], "reason": "mine"} for one in texts]
    with ThreadPoolExecutor(2) as people:
        both = list(people.map(lambda said: desk.ask("/negotiation", said, "PUT"), told))
    assert sorted(status for status, _ in both) == [200, 409]
    _, history = desk.ask("/negotiation/history", method="GET")
    assert [edit["action"] for edit in history] == ["create", "edit"]
    assert desk.ask("/undo", {})[0] == 201
    _, again = desk.ask("/negotiation", method="GET")
    assert (again["kept"], again["version"]) == (False, held["version"])
