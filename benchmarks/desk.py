"""How quick the desk is on a large record: 2,000 articles and 40,000 items of an invented case.

    python benchmarks/desk.py [ARTICLES] [RECORD]

For every screen the server's time by the clock and (in brackets) by the processor: of the first look after
the start, then median and 95th percentile at rest and each time after a decision, while what follows is
worked out in a process of its own; then the peak of memory. RECORD is made where it is not.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.decisions import decide_item
from detente.desk.door import Door
from detente.desk.warming import warm
from detente.record.edits import Action
from detente.record.pages import Order, Wanted
from detente.record.store import Store
from detente.vocabulary import ClaimKind
from record import make

TIMES = 20
MOST_MILLISECONDS = 150


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        where = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "record.db"
        with Store.open(where) as store:
            if not store.item_count():
                for number in range(count):
                    store.add(*make(number))
                store.record()
            case = Case(store, "benchmark")
            door = Door()
            app = create_app(case, door)
            begun = time.perf_counter()
            warm(case, app).join()
            print(f"{'start':<34} {time.perf_counter() - begun:8.1f} s")
            _measure(case, door, app)
            case.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"peak memory {peak:.0f} MB")


def _measure(case: Case, door: Door, app: FastAPI) -> None:
    desk = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    desk.get("/enter", params={"link": door.link or ""}, follow_redirects=False)
    queue = iter(case.store.page(order=Order.DOUBT, limit=1000).items)

    def decide() -> None:
        decide_item(case, door.owner, next(queue).claim.id, Action.ACCEPT)

    _first_looks(desk, _paths(case))
    for title, before in (("at rest", lambda: None), ("each after a decision", decide)):
        waited = _until_at_rest(case, desk)
        print(
            f"{title:<34}  status, size, then median and p95 ms (processor); waited {waited:.0f} s for rest"
        )
        for path in _paths(case):
            desk.get(path)
            figures = _timed(lambda path=path: desk.get(path), before)
            answer = desk.get(path)
            slow = "  <--" if figures[1] > MOST_MILLISECONDS else ""
            size = len(answer.content) / 1e3
            print(f"{path:<34} {answer.status_code} {size:7.0f} kB {_line(figures)}{slow}", flush=True)


def _first_looks(desk: TestClient, paths: list[str]) -> None:
    print(f"{'first look after the start':<34}  status, size, ms (processor)")
    for path in paths:
        start, began = time.perf_counter(), time.process_time()
        answer = desk.get(path)
        took, worked = (time.perf_counter() - start) * 1e3, (time.process_time() - began) * 1e3
        slow = "  <--" if took > MOST_MILLISECONDS else ""
        size = len(answer.content) / 1e3
        print(f"{path:<34} {answer.status_code} {size:7.0f} kB {took:4.0f} ({worked:4.0f}){slow}", flush=True)


def _until_at_rest(case: Case, desk: TestClient) -> float:
    """Wait until what every screen shows is of the record as it stands; the seconds that took."""
    start = time.monotonic()
    while (
        case.working
        or not case.store.is_settled()
        or desk.get("/play/brief", params={"have": "?"}).text.count("hx-trigger")
        or 'hx-get="/outcomes/working' in desk.get("/outcomes").text
    ):
        time.sleep(0.5)
    return time.monotonic() - start


def _paths(case: Case) -> list[str]:
    article = case.store.article_rows(limit=1, offset=500)[0].id
    item = case.store.page(Wanted(kind=ClaimKind.DEMANDS), limit=1, offset=100).items[0].claim.id
    return [
        "/",
        "/articles",
        f"/articles/{article}",
        "/queue",
        "/search?q=reactor+inspectors",
        "/agenda",
        "/timeline",
        "/disputes",
        "/parties",
        "/issues",
        "/outcomes",
        "/network",
        "/add",
        "/export",
        "/api/v1/items?limit=50",
        f"/api/v1/items/{item}",
        "/api/v1/case",
        "/api/v1/parties",
    ]


def _timed(ask: Callable[[], object], before: Callable[[], None]) -> tuple[float, ...]:
    clock, processor = [], []
    for _ in range(TIMES):
        before()
        start, began = time.perf_counter(), time.process_time()
        ask()
        clock.append((time.perf_counter() - start) * 1e3)
        processor.append((time.process_time() - began) * 1e3)
    return (
        statistics.median(clock),
        sorted(clock)[int(TIMES * 0.95) - 1],
        statistics.median(processor),
        sorted(processor)[int(TIMES * 0.95) - 1],
    )


def _line(figures: tuple[float, ...]) -> str:
    return "{:4.0f} {:4.0f} ({:4.0f} {:4.0f})".format(*figures)


if __name__ == "__main__":
    main()
