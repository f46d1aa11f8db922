"""Adding articles: where dropped files go, what is read, what is told."""

import io
import time
from pathlib import Path, PurePosixPath

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from detente.desk.case import Case
from detente.desk.inbox import Stage
from detente.desk.uploads import folder_of, keep, safe_name
from detente.errors import UnreadableSource

ARTICLE = (
    "Norland wants the dam shared\n\nBy Ana Ostmark, 3 May 2011\n\n"
    "Norland's foreign minister, Boris Kardal, said on Tuesday that Sudmark must share the water of the "
    "Molvia dam. Sudmark denied that it holds any water back.\n"
)


def wait(case: Case) -> None:
    until = time.monotonic() + 90
    while case.inbox.busy and time.monotonic() < until:
        time.sleep(0.05)
    assert not case.inbox.busy


def test_dropped_files_are_read_and_kept_beside_the_record(desk: TestClient, case: Case):
    before = len(case.store.articles())
    files = [
        ("files", ("talks/norland.txt", ARTICLE.encode())),
        ("files", ("empty.txt", b"")),
        ("files", (".DS_Store", b"\x00")),
    ]
    answer = desk.post("/add", files=files, follow_redirects=False)
    assert answer.status_code == 303
    wait(case)
    batch = case.inbox.batches[0]
    assert (batch.stage, batch.read, batch.names) == (Stage.DONE, 1, ("talks/norland.txt", "empty.txt"))
    assert [source.reason for source in batch.unread] == ["empty."]
    new = [a for a in case.store.articles() if a.file == "case-articles/talks/norland.txt"]
    assert [a.title for a in new] == ["Norland wants the dam shared"]
    assert len(case.store.articles()) == before + 1
    assert (Path(case.store.where).parent / new[0].file).read_text(encoding="utf-8") == ARTICLE
    page = desk.get("/add").text
    assert "1 read, 1 not read" in page
    assert "case-articles/empty.txt" in page


def test_the_same_file_again_changes_nothing(desk: TestClient, case: Case):
    for _ in range(2):
        desk.post("/add", files=[("files", ("norland.txt", ARTICLE.encode()))])
        wait(case)
    assert [batch.known for batch in case.inbox.batches] == [1, 0]


def test_a_name_with_markup_is_shown_as_text(desk: TestClient, case: Case):
    name = "<img src=x onerror=alert(1)>\u202egnp.txt"
    desk.post("/add", files=[("files", (name, b""))])
    wait(case)
    page = desk.get("/add").text
    assert "<img src=x" not in page
    assert "&lt;img" in page


def test_a_file_over_the_limit_is_told_of_and_the_others_are_read(desk: TestClient, case: Case):
    object.__setattr__(case.settings, "largest_file", 2000)
    desk.post("/add", files=[("files", ("big.txt", b"x" * 2001)), ("files", ("n.txt", ARTICLE.encode()))])
    wait(case)
    batch = case.inbox.batches[0]
    assert batch.read == 1
    assert "more than the limit" in batch.unread[0].reason
    assert "big.txt" in {source.file for source in case.store.record().unread}


def test_a_body_over_every_limit_is_refused(desk: TestClient):
    answer = desk.post("/queue", content=b"x" * 4_000_001)
    assert answer.status_code == 413


def test_a_stranger_adds_nothing(stranger, door):
    assert stranger.post("/add", files=[("files", ("a.txt", b"x"))]).status_code == 401


def test_when_the_reading_is_killed_the_batch_says_so(desk: TestClient, case: Case):
    desk.post("/add", files=[("files", ("norland.txt", ARTICLE.encode()))])
    while case.inbox._process is None:
        time.sleep(0.01)
    case.inbox._process.kill()
    wait(case)
    assert case.inbox.batches[0].stage is Stage.FAILED
    assert "drop the files again" in desk.get("/add").text
    desk.post("/add", files=[("files", ("norland.txt", ARTICLE.encode()))])
    wait(case)
    assert case.inbox.batches[0].read == 1


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("../../x.txt", "x.txt", id="up"),
        pytest.param("/etc/passwd", "etc/passwd", id="from the root"),
        pytest.param("a/./../b.txt", "a/b.txt", id="up in the middle"),
        pytest.param("..\\..\\x.txt", "x.txt", id="up, as on Windows"),
        pytest.param("...", "unnamed", id="dots alone"),
        pytest.param("a\x00b\n.txt", "ab.txt", id="control characters"),
        pytest.param("\u202egnp.txt", "gnp.txt", id="a name turned round"),
        pytest.param("переговоры 1.txt", "переговоры 1.txt", id="another script"),
    ],
)
def test_names_are_made_safe(name, safe):
    assert str(safe_name(name)) == safe


@given(st.text())
def test_no_name_leads_out_of_the_folder(name):
    path = safe_name(name)
    assert not path.is_absolute()
    assert path.parts
    for part in path.parts:
        assert part not in ("", ".", "..")
        assert not part.startswith(".")
        assert len(part.encode()) <= 255
    assert PurePosixPath("/f", path).is_relative_to("/f")


def test_another_file_of_the_same_name_does_not_take_its_place(tmp_path):
    first = keep(io.BytesIO(b"one"), "a.txt", tmp_path, 10)
    second = keep(io.BytesIO(b"two"), "a.txt", tmp_path, 10)
    again = keep(io.BytesIO(b"one"), "a.txt", tmp_path, 10)
    assert (first.name, second.name, again) == ("a.txt", "a (2).txt", first)
    assert first.read_bytes() == b"one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a (2).txt", "a.txt"]


def test_too_large_a_file_leaves_nothing_behind(tmp_path):
    with pytest.raises(UnreadableSource, match="more than the limit"):
        keep(io.BytesIO(b"x" * 11), "a.txt", tmp_path, 10)
    assert list(tmp_path.iterdir()) == []


def test_a_record_on_a_server_has_no_folder_beside_it():
    assert folder_of("postgresql+psycopg://ana@host/iran") is None
