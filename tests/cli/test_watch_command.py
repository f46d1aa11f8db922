# ruff: noqa: E501  # markup is kept in one piece
"""A watch reads what is new and of the case, from feeds and folders, and tells what changed."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from detente.cli import build_app, watching
from detente.record.store import Store

FIRST = (
    "France and Turkey meet over the ferry dispute\n\n"
    "3 March 2031\n\n"
    "France demanded on Monday that Turkey return the seized ferries. "
    "Turkey said that it would not return the ferries before France lifted its harbour fees.\n\n"
    "“France must lift the harbour fees,” the Turkish foreign minister said. "
    "France urged Turkey to release the crews of the ferries.\n"
)
NEWS = "France demanded on Friday that Turkey withdraw its patrol boats from the harbour of the ferries."
ELSEWHERE = "Bread was dearer than last week, said those who came to the market to buy it."


class Site(http.server.BaseHTTPRequestHandler):
    entries: tuple[tuple[str, str, str], ...] = ()
    asked: tuple[str, ...] = ()

    def do_GET(self) -> None:
        type(self).asked = (*self.asked, self.path)
        robots = self.path == "/robots.txt"
        body = "User-agent: *\nDisallow: /closed\n" if robots else self.feed()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if robots else "application/rss+xml")
        self.end_headers()
        self.wfile.write(body.encode())

    def feed(self) -> str:
        items = "".join(
            f"<item><guid isPermaLink='false'>{key}</guid><title>{title}</title><description>{text}</description>"
            "<pubDate>Fri, 07 Mar 2031 10:00:00 GMT</pubDate></item>"
            for key, title, text in self.entries
        )
        return f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.entries, Site.asked = (("n1", "Boats", NEWS), ("n2", "Market", ELSEWHERE)), ()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A folder with one article of the case, and a watch of it."""
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "first.txt").write_text(FIRST, encoding="utf-8")
    file = tmp_path / "ferries.toml"
    file.write_text('record = "case.db"\n[[folder]]\npath = "clips"\n', encoding="utf-8")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build_app("watch"), ["watch", *map(str, arguments)])


def files(record: Path) -> list[str]:
    with Store.open(record, create=False) as store:
        return sorted(Path(article.file).name for article in store.articles())


def test_a_look_reads_what_is_new_and_of_the_case_and_tells_what_changed(case: Path, site: str) -> None:
    first = run(case, "--once")
    assert first.exit_code == 0, first.output
    assert "1 new article read" in first.stdout
    case.write_text(f'{case.read_text()}[[feed]]\nurl = "{site}/rss"\n')
    second = run(case, "--once", "--allow-local")
    assert "1 new article read, 1 not of the case" in second.stdout
    assert "demand: France" in second.stdout
    assert "patrol boats" in second.stdout
    assert "Harbour Post, 7 March 2031" in second.stdout
    assert files(case.parent / "case.db") == ["first.txt", "rss#n1"]
    assert "0 new articles read" in run(case, "--once", "--allow-local").stdout


def test_an_entry_that_moves_down_the_feed_stays_in_the_record(case: Path, site: str) -> None:
    case.write_text(f'read = "all"\nrecord = "case.db"\n[[feed]]\nurl = "{site}/rss"\n')
    run(case, "--once", "--allow-local")
    Site.entries = (("n0", "Newest", f"{NEWS} France insisted."), *Site.entries)
    assert "1 new article read" in run(case, "--once", "--allow-local").stdout
    assert files(case.parent / "case.db") == ["rss#n0", "rss#n1", "rss#n2"]
    Site.entries = (("n1", "Boats", f"{NEWS} Turkey refused."), *Site.entries[2:])
    run(case, "--once", "--allow-local")
    assert files(case.parent / "case.db") == ["rss#n0", "rss#n1", "rss#n2"]


def test_addresses_inside_and_pages_closed_to_robots_are_refused(case: Path, site: str) -> None:
    case.write_text(f'[[feed]]\nurl = "{site}/rss"\n')
    refused = run(case, "--once")
    assert "--allow-local" in refused.stderr
    assert Site.asked == ()
    case.write_text(f'[[feed]]\nurl = "{site}/closed/rss"\n')
    assert "robots.txt asks robots not to" in run(case, "--once", "--allow-local").stderr
    assert set(Site.asked) == {"/robots.txt"}
    with Store.open(case.with_suffix(".db"), create=False) as store:
        assert store.record().unread == ()  # a source that failed today is no gap of the record


def test_the_terms_of_the_file_decide_where_it_has_some(case: Path) -> None:
    case.write_text('terms = ["market"]\n[[folder]]\npath = "clips"\n')
    (case.parent / "clips" / "market.txt").write_text(f"Market day\n\n{ELSEWHERE}\n")
    assert "1 new article read, 1 not of the case" in run(case, "--once").stdout
    assert files(case.with_suffix(".db")) == ["market.txt"]


def test_a_watch_looks_again_after_its_time_and_survives_a_bad_look(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []

    def sleep(seconds: int) -> None:
        waits.append(seconds)
        (case.parent / "clips" / "second.txt").write_text(f"Boats\n\n5 March 2031\n\n{NEWS}\n")
        if len(waits) == 1:
            (case.parent / "case.db").write_text("no record")
        elif len(waits) == 2:
            (case.parent / "case.db").unlink()
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching.time, "sleep", sleep)
    case.write_text(f'every = "30m"\n{case.read_text()}')
    done = run(case)
    assert waits == [1800, 1800, 1800]
    assert done.stdout.count("read, 0 not of the case") == 2
    assert "is not a record" in done.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('record = 3\n[[folder]]\npath = "x"', "record must be a file"),
        ('read = "some"\n[[folder]]\npath = "x"', "neither"),
        ("\ud800", "not UTF-8"),
    ],
)
def test_a_wrong_file_is_one_line(case: Path, text: str, why: str) -> None:
    case.write_bytes(text.encode("utf-8", "surrogatepass"))
    done = run(case, "--once")
    assert why in str(done.exception)
