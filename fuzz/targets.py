# ruff: noqa: E501  # files are kept in one piece
"""What is fuzzed: for each reader, how its bytes become a file, and made-up files to start from."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

TESTS = Path(__file__).parents[1] / "tests" / "sources"
sys.path.insert(0, str(TESTS))

import made_exports as bundles  # noqa: E402  # from the tests' folder
import made_files as made  # noqa: E402
from test_gather_fuzz import LIMITS, hold  # noqa: E402

from detente.articles import Article, Unread  # noqa: E402
from detente.errors import DetenteError  # noqa: E402
from detente.negotiation.file import load_negotiation  # noqa: E402
from detente.record.codec import from_json, to_json  # noqa: E402
from detente.record.model import Record  # noqa: E402
from detente.sources.archive import open_archive  # noqa: E402
from detente.sources.draft import Blob  # noqa: E402
from detente.sources.formats import pdf, pdf_pages  # noqa: E402
from detente.sources.watch import load_watch  # noqa: E402


@dataclass(frozen=True)
class Target:
    """One reader under test.

    Attributes:
        suffix: Of the file's name, which chooses the reader.
        seeds: Files to start from.
        wrap: Makes the file of the fuzzed bytes.
    """

    suffix: str
    seeds: tuple[bytes, ...]
    wrap: Callable[[bytes], bytes] = bytes

    def __call__(self, data: bytes) -> None:
        """Read the file that these bytes make, and hold the law."""
        hold(self.wrap(data), self.suffix)


class Archive(Target):
    """Zips are opened before any reader."""

    def __call__(self, data: bytes) -> None:
        """Open it, and hold the law."""
        for found in open_archive(Blob(name="a.zip", suffix=".zip", content=data), LIMITS):
            assert isinstance(found, Blob | Unread)
            if isinstance(found, Unread):
                assert "\n" not in found.reason


class Feed(Target):
    """A feed's articles have names of their own, by which the next look knows them."""

    def __call__(self, data: bytes) -> None:
        """Read it, and hold the law."""
        hold(data, self.suffix)
        found = list(pieces(data, self.suffix))
        assert len({one.file for one in found}) == len(found)


@dataclass(frozen=True)
class Loader(Target):
    """A file of our own forms, which is loaded or refused in one line.

    Attributes:
        load: From a text to its value.
    """

    load: Callable[[str, str], object] = lambda text, _where: text

    def __call__(self, data: bytes) -> None:
        """Load it, and hold the law."""
        refused = ""
        try:
            self.load(data.decode("utf-8", "replace"), f"a{self.suffix}")
        except DetenteError as error:
            refused = str(error)
        assert "\n" not in refused, refused


def pieces(data: bytes, suffix: str) -> Iterator[Article | Unread]:
    """What the file's bytes become."""
    from detente.sources.gather import articles_of  # noqa: PLC0415  # after instrumentation

    yield from articles_of(Blob(name=f"a{suffix}", suffix=suffix, content=data), LIMITS)


@contextmanager
def pdf_in_process() -> Iterator[None]:
    """Read PDF in this process: its own is for files that crash pdfium, and a fork a file is slow."""

    def read(blob: Blob, _settings: object) -> dict[str, Any]:
        found = pdf_pages._read(blob.content, 50, 100_000)
        if "error" in found:
            raise pdf.UnreadableSource(blob.name, "damaged")
        return found

    with mock.patch.object(pdf, "_in_a_process_of_its_own", read):
        yield


def _inside(whole: bytes, member: str) -> tuple[bytes, Callable[[bytes], bytes]]:
    """A member of a zip, and the zip with other bytes in its place."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return members[member], lambda data: made.package({**members, member: data})


def _utf8(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


STORIES = bundles.STORIES[:2]
LINES = [made.TITLE, *made.PARAGRAPHS]
NEXIS = bundles.nexis_lines(STORIES)
_RSS = b"""<rss version="2.0"><channel><title>Herald</title>
<item><guid>1</guid><title>Talks end</title>
<description>&lt;p&gt;They set no day.&lt;/p&gt;</description>
<pubDate>Wed, 09 Jun 2010 10:00:00 GMT</pubDate></item>
<item><title>More</title><description>They met.</description>
<link>https://herald.example/2</link></item></channel></rss>"""
_ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>Talks end</title>
<id>urn:1</id><updated>2010-06-09T10:00:00Z</updated>
<summary type="html">They &lt;b&gt;set&lt;/b&gt; no day.</summary>
<author><name>Ann Reed</name></author><link href="https://herald.example/1"/></entry></feed>"""
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://herald.example/1\r\n"
    b"WARC-Date: 2010-06-09T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 104\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b"<html><body><p>They met again.</p></body></html>\r\n\r\n"
)
_RIS = (
    "TY  - NEWS\nTI  - Talks end\nAU  - Reed, Ann\nPY  - 2010/06/09\nT2  - Herald\n"
    "AB  - They set no day for more.\nUR  - https://herald.example/1\nL1  - a.pdf\nER  - \n"
)
_BIB = (
    "@article{reed,\n title = {Talks {End}},\n author = {Reed, Ann and Holm, Ada},\n journal = {Herald},\n"
    " year = 2010, month = jun,\n abstract = {They set no day for more.},\n file = {:a.pdf:PDF}\n}\n"
)
_CSL = (
    '[{"id": "1", "type": "article-newspaper", "title": "Talks end", "container-title": "Herald", '
    '"author": [{"family": "Reed", "given": "Ann"}], "issued": {"date-parts": [[2010, 6, 9]]}, '
    '"abstract": "They set no day.", "full-text": "They set no day for more."}]'
)
_CSV = 'Title,Body,Date,Outlet\n"Talks end","They ""met"" again, for six hours.",2010-06-09,Herald\n'
_JSONL = '{"title": "Talks end", "text": "They met again.", "date": "2010-06-09"}\n{"text": "b"}\n'
_LABEL_STUDIO = (
    '[{"id": 1, "data": {"text": "They met again.", "title": "Talks end"}, "annotations": [{"result": [{"id": "a", '
    '"type": "labels", "from_name": "l", "to_name": "t", "value": {"start": 0, "end": 4, "labels": ["demand"]}}]}]}]'
)
_WATCH = 'record = "a.db"\nterms = ["Lume"]\nevery = "30m"\n[[feed]]\nurl = "https://a.example"\n[[folder]]\npath = "x"\n'
_NEGOTIATION = """negotiation: ferries
on: 2031-03-03
parties: [{id: lume, name: Lume, capability: [20, 40]}, {id: varda}]
options:
  - {id: return, by: lume, text: return the ferries, irreversible: true}
  - {id: fees, by: varda, text: lift the fees}
constraints: ["fees implies return", "not (fees and return) or fees"]
status_quo: "00"
preferences:
  lume: {weights: {return: -10, fees: [20, 40]}}
  varda: {priorities: ["return", "not fees if return"]}
issues: [{id: i, label: Harbour, scale: [[0, no], [100, yes]], positions: {lume: {position: 20, salience: [1, 5]}}}]
tables: [{id: t, parties: [lume, varda]}]
"""
_RECORD = (
    '{"schema": "detente/record/1", "articles": [{"id": "a", "file": "a.txt", "sha256": "0", "text": "They met."}], '
    '"demands": [{"id": "d", "by": null, "of": null, "what": "met", "evidence": '
    '[{"article": "a", "start": 5, "end": 8, "quote": "met"}]}]}'
)
_TEXT = "River talks end\n\nBy Ann Reed\n\nMay 3, 2007\n\nLUME (Herald) — They met “again”.\n\n[1] A note.\n"
_DOCX, _DOCX_WRAP = _inside(
    made.word(made.PARAGRAPHS, title=made.TITLE, table=[["a", "b"]]), "word/document.xml"
)
_NEXIS_DOCX, _NEXIS_WRAP = _inside(bundles.nexis_word(NEXIS), "word/document.xml")
_XLSX, _XLSX_WRAP = _inside(made.workbook([("Title", "Body"), ("a", 1)]), "xl/worksheets/sheet1.xml")
_ZIP = made.package({"a.txt": b"hello there, said he", "b.zip": made.package({"c.txt": b"d e f"})})

TARGETS: dict[str, Target] = {
    "text": Target(".txt", (_utf8(_TEXT),)),
    "html": Target(
        ".html", (b"<html><head><meta charset='latin-1'><title>T</title></head><body><h1>T</h1><p>p q</p>",)
    ),
    "docx": Target(".docx", (_DOCX,), _DOCX_WRAP),
    "rtf": Target(".rtf", (made.rich_text(LINES),)),
    "xlsx": Target(".xlsx", (_XLSX,), _XLSX_WRAP),
    "pdf": Target(".pdf", (made.story_pdf(),)),
    "nexis-docx": Target(".docx", (_NEXIS_DOCX,), _NEXIS_WRAP),
    "nexis-rtf": Target(".rtf", (bundles.nexis_rich_text(NEXIS),)),
    "lexisnexis-txt": Target(
        ".txt", (bundles.classic_text(STORIES), bundles.classic_text(STORIES, german=True))
    ),
    "lexisnexis-html": Target(".html", (bundles.classic_page(STORIES),)),
    "factiva-html": Target(
        ".html", tuple(bundles.factiva_page(STORIES, codes=codes) for codes in (True, False))
    ),
    "factiva-rtf": Target(".rtf", (bundles.factiva_rich_text(STORIES),)),
    "proquest-txt": Target(".txt", (bundles.proquest_text(STORIES),)),
    "proquest-html": Target(
        ".html", tuple(_utf8(bundles.proquest_page(STORIES, damaged=damaged)) for damaged in (True, False))
    ),
    "europresse": Target(".html", (bundles.europresse_page(STORIES),)),
    "eml": Target(
        ".eml", (made.mail(LINES, subject="x", html="<p>y</p>", attached=("a.txt", b"hello there")),)
    ),
    "mhtml": Target(".mht", (made.web_archive("<p>hello there</p>", "https://x.example"),)),
    "feed": Feed(".rss", (_RSS, _ATOM)),
    "warc": Target(".warc", (_WARC,)),
    "ris": Target(".ris", (_utf8(_RIS),)),
    "bibtex": Target(".bib", (_utf8(_BIB),)),
    "csl-json": Target(".json", (_utf8(_CSL),)),
    "csv": Target(".csv", (_utf8(_CSV),)),
    "jsonl": Target(".jsonl", (_utf8(_JSONL),)),
    "label-studio": Target(".json", (_utf8(_LABEL_STUDIO),)),
    "zip": Archive(".zip", (_ZIP,)),
    "watch": Loader(".toml", (_utf8(_WATCH),), load=load_watch),
    "negotiation": Loader(".yaml", (_utf8(_NEGOTIATION),), load=load_negotiation),
    "record": Loader(
        ".json", (to_json(Record()).encode(), _utf8(_RECORD)), load=lambda text, _: from_json(text)
    ),
}
