"""A desk with the example case on it, asked in-process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.record.intake import take_in
from detente.record.store import Store
from detente.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "examples" / "iraq-talks"


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example case, read once; copy it before writing."""
    where = tmp_path_factory.mktemp("desk") / "example.db"
    with Store.open(where) as store:
        take_in(store, [EXAMPLE], Settings())
    return where


@pytest.fixture
def case(example_record: Path, tmp_path: Path) -> Iterator[Case]:
    where = tmp_path / "case.db"
    where.write_bytes(example_record.read_bytes())
    with Store.open(where) as store:
        yield Case(store, "iraq-talks")


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def stranger(case: Case, door: Door) -> TestClient:
    """Nobody signed in."""
    return TestClient(create_app(case, door), base_url="http://127.0.0.1")


@pytest.fixture
def desk(stranger: TestClient, door: Door) -> TestClient:
    """The owner, signed in by the link; writes carry the token."""
    stranger.get("/enter", params={"link": door.link or ""}, follow_redirects=False)
    page = stranger.get("/export").text
    stranger.headers["x-csrf"] = page.split('data-csrf="')[1].split('"')[0]
    return stranger
