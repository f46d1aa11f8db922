"""Files that fuzzing found a fault with, each mended: see fuzz/README.md."""

import io
import zipfile

import made_exports as bundles
import made_files as made
import pytest
from test_gather_fuzz import hold

from detente.articles import Unread
from detente.settings import Settings
from detente.sources.draft import Blob
from detente.sources.gather import articles_of


def inside(whole: bytes, member: str, change: tuple[bytes, bytes]) -> bytes:
    """A zip in which a member has other bytes."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert change[0] in members[member]
    return made.package({**members, member: members[member].replace(*change)})


FOUND = [
    pytest.param(
        ".csv", b'Talks end","They ""mBody,Date,Oate,Out\ne"ltT ""mBody,Date,Oate,Out\ne"lt,206-09,Herald\n',
        id="a column's name with a line break in it, told in the reason",
    ),
    pytest.param(
        ".docx",
        inside(made.word(["They met."]), "word/document.xml", (b"w:document", b"w:documenT")),
        id="a Word document whose main part is of another sort",
    ),
    pytest.param(
        ".html",
        bundles.europresse_page(bundles.STORIES[:1]).replace(b"Herald", b"\x02"),
        id="a control character in the masthead of a Europresse page",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "content"), FOUND)
def test_a_file_that_once_went_wrong_is_read_or_told_in_one_line(suffix: str, content: bytes) -> None:
    hold(content, suffix)


@pytest.mark.parametrize(("ids", "files"), [("11", ["1", "2"]), ("22", ["2", "2+"]), ("21", ["2", "1"])])
def test_entries_of_a_feed_are_told_apart_whatever_their_ids(ids: str, files: list[str]) -> None:
    item = "<item><guid>{0}</guid><title>T {1}</title><description>They met again.</description></item>"
    items = "".join(item.format(own, number) for number, own in enumerate(ids))
    blob = Blob(name="a.rss", suffix=".rss", content=f"<rss version='2.0'><channel>{items}".encode())
    found = [one for one in articles_of(blob, Settings()) if not isinstance(one, Unread)]
    assert [one.file.removeprefix("a.rss#") for one in found] == files
