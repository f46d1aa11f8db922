# ruff: noqa: E501  # markup is kept in one piece
"""Feeds, crawlers' archives and reference managers' lists become articles with their mastheads."""

import gzip
import json

import made_files as made
import pytest

from detente.articles import Article, Unread
from detente.settings import Settings
from detente.sources.gather import gather

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Lume Herald</title><item><title>River talks end</title><link>https://herald.example/1</link><guid>LH-1</guid>
<pubDate>Wed, 09 Jun 2010 23:30:00 +0200</pubDate><author>Ann Reed</author><category>Editorial</category>
<description>Short.</description><content:encoded><![CDATA[<p>Envoys met for “six” hours&nbsp;&mdash; no more.</p>
<p>They set no day.</p><script>x</script>]]></content:encoded></item>
<item><title>Water &amp; bread</title><link>javascript:x</link><description>A plain line.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lume Herald</title><entry><title>River talks end</title>
<id>tag:1</id><updated>2010-06-10T00:00:00Z</updated><published>2010-06-09T08:00:00Z</published>
<author><name>Ann Reed</name></author><link href="https://herald.example/1"/><summary>They set no day.</summary></entry></feed>"""


def read(tmp_path, name, content):
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(content)
    return list(gather([tmp_path / name], Settings()))


def test_a_feeds_entries_are_articles(tmp_path):
    first, second = read(tmp_path, "a.rss", RSS.encode())
    assert first.text == "River talks end\n\nEnvoys met for “six” hours\u00a0— no more.\n\nThey set no day."
    told = (
        first.title,
        first.outlet,
        first.author,
        first.published,
        first.source_id,
        first.url,
        first.genre.value,
    )
    assert told == (
        "River talks end",
        "Lume Herald",
        "Ann Reed",
        "2010-06-09",
        "LH-1",
        "https://herald.example/1",
        "opinion",
    )
    assert (second.title, second.url) == ("Water & bread", None)
    (third,) = read(tmp_path, "a.xml", ATOM.encode())
    assert (third.published, third.source_id) == ("2010-06-09", "tag:1")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xml", b"<a><b/></a>", "not a feed"),
        ("a.rss", b"/etc/passwd", "not a feed"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><rss><channel/></rss>', "entities"),
        ("a.warc", b"hello", "not a WARC"),
        ("a.gz", b"\x1f\x8bhello", "not a WARC"),
        ("a.ris", b"hello", ""),
        ("a.bib", b"hello", "no BibTeX entry"),
    ],
)
def test_what_is_no_feed_archive_or_list_is_named(tmp_path, name, content, why):
    (found,) = read(tmp_path, name, content)
    assert isinstance(found, Unread)
    assert why in found.reason


def warc(pages, *, gzipped):
    out = b""
    for address, status, kind, body in pages:
        answer = f"HTTP/1.0 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2020-01-02T00:00:00Z\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record) if gzipped else record
    return out


@pytest.mark.parametrize("gzipped", [True, False])
def test_pages_of_a_crawl_are_articles_and_the_crawls_day_is_not_theirs(tmp_path, gzipped):
    page = "<h1>River talks end</h1>" + "".join(f"<p>{p}</p>" for p in made.PARAGRAPHS)
    content = warc(
        [
            ("https://herald.example/2010/06/09/river", "200 OK", "text/html; charset=utf-8", page.encode()),
            ("https://herald.example/gone", "404 Not Found", "text/html", b"<p>gone</p>"),
            ("https://herald.example/a.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://herald.example/b.pdf", "200 OK", "application/pdf", made.story_pdf()),
        ],
        gzipped=gzipped,
    )
    article, pdf = read(tmp_path, "a.warc.gz" if gzipped else "a.warc", content)
    assert (article.title, article.published) == ("River talks end", "2010-06-09")
    assert article.url == "https://herald.example/2010/06/09/river"
    assert ("2020-01-02", False) in [(c.when, c.chosen) for c in article.date_candidates]
    assert pdf.title == "River talks end without a day for more"
    cut = read(tmp_path, "b.warc", content[:-400])
    assert cut[0].text == article.text


RIS = """TY  - NEWS
TI  - River talks end
AU  - Reed, Ann
AU  - Veld, Jon
T2  - Lume Herald
DA  - 2010/06/09/
SP  - A3
LA  - en
UR  - https://herald.example/1
AN  - LH-1
L1  - {file}
ER  -
"""
BIB = """@article{{reed_river_2010,
  title = {{River talks {{end}}}},
  author = {{Reed, Ann and Veld, Jon}},
  journal = {{Lume Herald}},
  date = {{2010-06-09}},
  pages = {{A3}},
  url = {{https://herald.example/1}},
  file = {{Full Text:{file}:application/pdf}}
}}
"""


@pytest.mark.parametrize(("name", "form"), [("refs.ris", RIS), ("refs.bib", BIB)])
def test_a_reference_gives_its_attached_file_the_masthead(tmp_path, name, form):
    (tmp_path / "files" / "12").mkdir(parents=True)
    (tmp_path / "files" / "12" / "x.pdf").write_bytes(made.story_pdf())
    (article,) = read(tmp_path, name, form.format(file="files/12/x.pdf").encode())
    told = (article.title, article.outlet, article.author, article.published, article.page, article.url)
    assert told == (
        "River talks end",
        "Lume Herald",
        "Ann Reed and Jon Veld",
        "2010-06-09",
        "A3",
        "https://herald.example/1",
    )
    assert article.file.endswith("x.pdf")
    assert made.PARAGRAPHS[0] in article.text


@pytest.mark.parametrize("file", ["/etc/passwd", "../secret.txt", "gone.pdf", "a\x00b", "C:\\Users\\x.pdf"])
def test_files_outside_the_lists_folder_are_never_opened(tmp_path, file):
    (tmp_path / "secret.txt").write_text(
        "A secret that nobody should read here, said the keeper of it to us."
    )
    (found,) = read(tmp_path, "list/refs.ris", RIS.format(file=file).encode())
    assert isinstance(found, Unread)
    assert "not beside the list" in found.reason


def test_references_of_csl_with_text_are_read_and_those_without_are_named(tmp_path):
    entries = [
        {"id": "x", "type": "article-newspaper", "title": "River talks end", "container-title": "Lume Herald",
         "author": [{"family": "Reed", "given": "Ann"}], "issued": {"date-parts": [[2010, 6, "9"]]},
         "full-text": made.PARAGRAPHS[0]},
        {"id": "y", "type": "article-newspaper", "title": "Nothing", "issued": {"raw": "2010"}},
    ]  # fmt: skip
    article, bare = read(tmp_path, "a.json", json.dumps(entries).encode())
    assert isinstance(article, Article)
    assert (article.title, article.author, article.published) == ("River talks end", "Ann Reed", "2010-06-09")
    assert isinstance(bare, Unread)
