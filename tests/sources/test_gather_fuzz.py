"""Whatever bytes a file holds, it becomes articles or one line each; nothing else ever comes out."""

import made_files as made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.articles import Article, Unread
from detente.settings import Settings
from detente.sources.archive import open_archive
from detente.sources.draft import Blob
from detente.sources.gather import UNFORESEEN, articles_of
from detente.sources.readers import _BY_SUFFIX

LIMITS = Settings(largest_file=2_000_000, largest_text=200_000, largest_unpacked=4_000_000)
WHOLE = {
    ".docx": made.word(made.PARAGRAPHS, title=made.TITLE, table=[["a", "b"], ["c", "d"]]),
    ".rtf": made.rich_text([made.TITLE, *made.PARAGRAPHS]),
    ".eml": made.mail(made.PARAGRAPHS, subject="x", html="<p>y</p>", attached=("a.txt", b"hello there")),
    ".mht": made.web_archive("<p>hello there</p>", "https://x.example"),
    ".html": b"<html><head><meta charset='latin-1'></head><body><p>hello there</p></body></html>",
    ".xlsx": made.workbook([("Title", "Body"), ("a", "b c d")]),
    ".csv": b'Title,Body\n"a","b ""c"" d"\n',
    ".jsonl": b'{"title": "a", "text": "b c d"}\n',
    ".json": b'[{"title": "a", "text": "b c d"}]',
    ".txt": "River talks end\n\nBy Ann Reed\n\nMay 3, 2007\n\nThey met — “again”.".encode(),
}
SUFFIXES = sorted(
    set(_BY_SUFFIX) - {".pdf"}
)  # a PDF takes a process of its own: too slow to draw a hundred of


def hold(content: bytes, suffix: str) -> None:
    for found in articles_of(Blob(name=f"a{suffix}", suffix=suffix, content=content), LIMITS):
        assert isinstance(found, Article | Unread)
        if isinstance(found, Unread):
            assert found.reason
            assert UNFORESEEN not in found.reason, found.reason
            assert "\n" not in found.reason, found.reason
        else:
            assert "\r" not in found.text
            covered = "".join(found.text[r.start : r.end] for r in found.regions)
            assert covered == found.text
            for candidate in found.date_candidates:
                because = candidate.because
                assert because is None or found.text[because.start : because.end] == because.quote


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_name(content, suffix):
    hold(content, suffix)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), suffix=st.sampled_from(sorted(WHOLE)))
def test_whole_files_with_bytes_changed_cut_or_doubled(data, suffix):
    whole = bytearray(WHOLE[suffix])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(whole) - 1, 0)))
        match data.draw(st.sampled_from(["change", "cut", "double"])):
            case "change":
                whole[at : at + 1] = data.draw(st.binary(min_size=1, max_size=3))
            case "cut":
                del whole[at : at + data.draw(st.integers(1, 200))]
            case _:
                whole[at:at] = whole[at : at + 50]
    hold(bytes(whole), suffix)


LINES = st.lists(
    st.sampled_from(
        ["May 3, 2007", "By Ann Reed", "Source: Herald", "REFERENCES", "[1] Note", "OPINION", "—————", "# H",
         "1999: x", "Title: y", "\u00a0", "日本 2018 年 10 月 7 日",
         "WASHINGTON — He said no more than he had said before to those who asked him."]
    )
    | st.text(max_size=60),
    max_size=25,
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=LINES)
def test_any_lines_of_text(lines):
    hold("\n".join(lines).encode("utf-8", "surrogatepass"), ".txt")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_archives_with_bytes_changed(data):
    whole = bytearray(
        made.package(
            {
                "a.txt": b"hello there, said he",
                "b/c.html": b"<p>x</p>",
                "d.zip": made.package({"e.txt": b"f"}),
            }
        )
    )
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for found in open_archive(Blob(name="a.zip", suffix=".zip", content=bytes(whole)), LIMITS):
        assert isinstance(found, Blob | Unread)
