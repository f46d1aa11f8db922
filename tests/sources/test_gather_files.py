"""Files, folders and archives become articles; what cannot be read is named in one line, the rest is read."""

import hashlib
import os
import time
import zipfile
from pathlib import Path

import pytest

from detente.articles import Article, Unread
from detente.claims import stable_id
from detente.settings import Settings
from detente.sources.gather import gather

# Each takes less than two on two slow cores; quadratic ones took minutes.
MOST_SECONDS = 20
STORY = (
    "River talks end\n\nEnvoys met for six hours on the sharing of the river, officials on both sides said.\n"
)


RUSSIAN = "Переговоры по реке закончились без решения, стороны снова встретятся в мае. "


def read(*paths: Path, **limits) -> list[Article | Unread]:
    return list(gather(paths, Settings(**limits)))


def reason(path: Path, **limits) -> str:
    (found,) = read(path, **limits)
    assert isinstance(found, Unread), found
    assert "\n" not in found.reason
    return found.reason


def test_the_text_is_the_files_own_character_for_character(tmp_path):
    text = "“Ta\u00adlks” — on\u00a0the ﬁrst\u2009day…\n\nThe en\u2011voys said it’s so, and said no more.\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    (article,) = read(tmp_path / "a.txt")
    assert article.text == text
    assert article.id == stable_id("article", text)
    assert article.sha256 == hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()


def test_folders_are_read_in_sorted_order_with_what_lies_below(tmp_path):
    for name in ("b.txt", "a/c.md", "a/b.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{STORY}{name}.\n")
    assert [Path(a.file).relative_to(tmp_path).as_posix() for a in read(tmp_path)] == [
        "a/b.txt",
        "a/c.md",
        "b.txt",
    ]


def test_a_briefs_own_folder_is_not_read_as_news(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "detente-brief").mkdir()
    for name in ("record.json", "brief.html", "negotiation.yaml", "brief.md"):
        (tmp_path / "detente-brief" / name).write_text("x")
    assert [Path(a.file).name for a in read(tmp_path)] == ["a.txt"]


def test_a_zip_is_read_like_a_folder_and_a_zip_within_too(tmp_path):
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("deep.txt", STORY)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("b/two.txt", STORY + "two")
        archive.writestr("../../one.txt", STORY + "one")
        archive.write(tmp_path / "inner.zip", "inner.zip")
    found = read(tmp_path / "all.zip")
    assert [a.file.split("all.zip/")[1] for a in found] == ["one.txt", "b/two.txt", "inner.zip/deep.txt"]
    assert not (tmp_path.parent / "one.txt").exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        pytest.param("a.txt", b"", "empty", id="empty"),
        pytest.param("a.txt", b" \n\t ", "white space", id="white space only"),
        pytest.param("a.txt", b"-- ** --", "no words", id="no words"),
        pytest.param("a.txt", bytes(range(256)) * 20, "binary", id="binary"),
        pytest.param("a.html", b"", "empty", id="an empty page"),
        pytest.param(
            "a.html", b"<html><body><script>1</script></body></html>", "without words", id="a page of script"
        ),
        pytest.param("a.html", b"<div>" * 4000 + b"x" + b"</div>" * 4000, "", id="a page nested without end"),
        pytest.param("a.zip", b"PK\x03\x04 cut", "not a zip", id="a cut zip"),
        pytest.param("a.xyz", b"text", "'.xyz'", id="an unknown ending"),
        pytest.param("noending", b"\x01\x02\x03\x04\x05", "ending", id="no ending"),
    ],
)
def test_bad_content_is_named_in_one_line(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    assert why in reason(tmp_path / name)


def test_missing_paths_pipes_devices_and_empty_folders_are_named(tmp_path):
    assert "no such file" in reason(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in reason(tmp_path / "pipe.txt")
    assert "device" in reason(Path("/dev/zero"))
    (tmp_path / "none").mkdir()
    assert "empty folder" in reason(tmp_path / "none")
    assert "not a name" in reason(Path("a\x00b"))
    assert "longer" in reason(tmp_path / ("x" * 5000))


def test_links_that_lead_back_are_followed_once(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = read(tmp_path)
    assert [type(f) for f in found] == [Article, Unread, Unread]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_named(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.txt").chmod(0)
    assert "permission" in reason(tmp_path / "a.txt")


def test_large_files_are_refused_before_they_are_read(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)
    assert "200 MB" in reason(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text(STORY * 100)
    assert "characters" in reason(tmp_path / "b.txt", largest_text=1000)


def test_bombs_are_met_by_ratio_by_member_and_in_total(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\x00" * 50_000_000)
    assert "zip bomb" in reason(tmp_path / "bomb.zip")
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", STORY * 10)
    found = read(tmp_path / "many.zip", largest_unpacked=len(STORY) * 25)
    assert [type(f) for f in found] == [Article, Article, Unread, Unread]
    assert "unpacks to more" in found[-1].reason


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "b.txt").write_text(STORY)
    assert [type(f) for f in read(tmp_path)] == [Unread, Article]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param("caf\u00e9 “no”".encode("cp1252"), "caf\u00e9 “no”", id="cp1252"),
        pytest.param(RUSSIAN.encode("cp1251") * 4, "Переговоры", id="cp1251 is guessed"),
        pytest.param("River “talks”".encode("utf-16"), "River “talks”", id="utf-16 with its mark"),
    ],
)
def test_encodings_are_utf8_then_cp1252_then_guessed(tmp_path, content, word):
    (tmp_path / "a.txt").write_bytes(content)
    (article,) = read(tmp_path)
    assert word in article.text


PAGE = """<html lang="en"><head><title>River talks end | Lume Herald</title>
<meta property="og:site_name" content="Lume Herald">
<meta property="article:published_time" content="2010-06-09T08:00:00Z">
<meta name="author" content="By Ann Reed"><meta property="article:section" content="News analysis"></head>
<body>
<nav><a>Home</a><a>World</a></nav><h1>River talks end</h1><div class="share">Share</div>
<p>Envoys met for “six” hours — on\u00a0the sharing of the ﬁne river, oﬃcials\u2009on both
sides said, and it’s&nbsp;so.</p>
<p>They asked for the sluice gates to be opened, and they were told that the gates would stay as they are
until spring.</p><p>The envoys said that they would meet again in the old hall, but they set no day.</p>
<footer>Copyright Lume Herald</footer></body></html>"""


def test_a_page_keeps_its_characters_and_tells_its_masthead(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (article,) = read(tmp_path)
    assert "“six” hours — on\u00a0the sharing of the ﬁne river, oﬃcials\u2009on both" in article.text
    assert article.text.startswith("River talks end\n\n")
    assert "Copyright" not in article.text
    told = (
        article.title,
        article.outlet,
        article.author,
        article.published,
        article.genre.value,
        article.language,
    )
    assert told == ("River talks end", "Lume Herald", "Ann Reed", "2010-06-09", "analysis", "en")


def test_notes_about_a_folder_are_passed_over_unless_they_are_named(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    for name in ("README.md", "coding_notes.md"):
        (tmp_path / name).write_text(STORY + name)
    assert [type(f) for f in read(tmp_path)] == [Unread, Unread, Article]
    assert [type(f) for f in read(tmp_path / "README.md")] == [Article]


HOSTILE = [
    pytest.param("a.txt", b"x" + b" " * 300_000 + b"x", id="spaces"),
    pytest.param("a.txt", b"May 3, 2007 " * 20_000, id="dates"),
    pytest.param("a.txt", b"Aa Bb Cc Dd\n" * 20_000, id="names"),
    pytest.param("a.txt", b"1 of 10 DOCUMENTS\n" * 10_000, id="headers of bundles"),
    pytest.param("a.html", b"<p>a</p>" * 20_000, id="paragraphs"),
    pytest.param(
        "a.rtf", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{ HYPERLINK " * 10_000, id="links without end"
    ),
    pytest.param("a.eml", b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nx y z", id="coded headers"),
    pytest.param("a.eml", b"From: " + b"(a," * 50_000 + b"\n\nx y z", id="remarks in remarks"),
    pytest.param("a.xml", b"<a>" * 100_000, id="elements without end"),
]


@pytest.mark.parametrize(("name", "content"), HOSTILE)
def test_no_file_is_made_to_take_for_ever(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    start = time.process_time()
    for found in read(tmp_path / name):
        assert isinstance(found, Article | Unread)
    assert time.process_time() - start < MOST_SECONDS
