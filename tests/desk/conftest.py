"""A desk with the example case on it, asked in-process or by a real browser."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.record.intake import take_in
from detente.record.store import Store
from detente.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "examples" / "iraq-talks"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def example_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example case, read once; copy it before writing."""
    where = tmp_path_factory.mktemp("desk") / "example.db"
    with Store.open(where) as store:
        take_in(store, [EXAMPLE], Settings())
        store.record()
    return where


@pytest.fixture
def case(example_record: Path, tmp_path: Path) -> Iterator[Case]:
    where = tmp_path / "case.db"
    where.write_bytes(example_record.read_bytes())
    with Store.open(where) as store:
        held = Case(store, "iraq-talks")
        yield held
        held.close()


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


# Of one module, not of the session: Playwright's event loop stands in the way of whoever runs one after it.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: set CHROMIUM to its path")
    if not (files("detente.desk") / "static/vendor/htmx.org/htmx.min.js").is_file():
        pytest.skip("no front end here: run scripts/fetch_front_end.py")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@dataclass
class LiveDesk:
    """A desk that answers on a port, and Chromium before it, signed in.

    Attributes:
        address: ``http://127.0.0.1:port``; pages know it, so that ``page.goto("/queue")`` does.
        page: A page of somebody signed in.
        complaints: Errors of scripts and the console, on every page; a test may demand that there are none.
    """

    address: str
    case: Case
    door: Door
    browser: Any
    page: Any = None
    complaints: list[str] = field(default_factory=list)
    _state: Any = None
    _contexts: list[Any] = field(default_factory=list)

    def browse(
        self,
        *,
        scheme: str = "light",
        width: int = 1280,
        height: int = 900,
        signed_in: bool = True,
        **more: Any,
    ) -> Any:
        """Another page; give ``bypass_csp=True`` to put axe into it."""
        context = self.browser.new_context(
            base_url=self.address,
            color_scheme=scheme,
            viewport={"width": width, "height": height},
            storage_state=self._state if signed_in else None,
            **more,
        )
        context.set_default_timeout(60_000)  # other work may hold the machine
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self._contexts.append(context)
        return page

    def sign_in(self) -> None:
        self.page = self.browse(signed_in=False)
        self.page.goto(f"/enter?link={self.door.link}")
        self._state = self.page.context.storage_state()
        self.complaints.clear()

    def axe(
        self,
        path: str,
        *,
        scheme: str = "light",
        width: int = 1280,
        after: Callable[[Any], None] | None = None,
    ) -> list[tuple[str, Any]]:
        """What axe finds serious or critical on a screen, after something was done on it."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        page = self.browse(scheme=scheme, width=width, bypass_csp=True)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if after is not None:
            after(page)
        # What is not laid out yet has no place, and axe would take what stands there for its background.
        page.add_style_tag(content="* { content-visibility: visible !important }")
        found = axe.Axe().run(page).response["violations"]
        page.context.close()
        bad = [one for one in found if one["impact"] in ("serious", "critical")]
        return [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in bad]

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def live_desk(case: Case, door: Door, chromium: Any) -> Iterator[LiveDesk]:
    """The example case on a desk of its own, before a real browser."""
    config = uvicorn.Config(create_app(case, door), port=0, log_level="error", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    live = LiveDesk(f"http://127.0.0.1:{port}", case, door, chromium)
    live.sign_in()
    yield live
    live.close()
    server.should_exit = True
    thread.join(timeout=10)
