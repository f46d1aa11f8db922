"""Web archives of crawlers (.warc, .warc.gz): each page that was answered with success is an article."""

import io
import zlib
from collections.abc import Iterator
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.calendar_words import read_date
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft, Stated, StatedDate, Unusable
from detente.sources.formats.page import declared_charset, page_draft

_LARGEST_PAGE: Final = 5_000_000
_DAMAGE: Final = (
    ArchiveLoadFailed,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)


def read_warc(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable | Blob]:
    """The archive's pages, and its PDFs to be read by themselves.

    Raises:
        UnreadableSource: It is no such archive.
    """
    records = iter(ArchiveIterator(io.BytesIO(blob.content)))
    number, left = 0, settings.largest_unpacked
    while True:
        try:
            record = next(records, None)
            content = _content(record, min(_LARGEST_PAGE, left)) if record is not None else None
        except _DAMAGE as error:
            if number == 0:
                raise UnreadableSource(blob.name, "not a WARC file, or a damaged one.") from error
            yield Unusable(part=None, reason="damaged from here on; what stands before was read.")
            return
        if record is None:
            return
        if content is None:
            continue
        number += 1
        left -= len(content)
        if left <= 0:
            yield Unusable(part=None, reason="the archive unpacks to more than the limit; split it.")
            return
        yield from _page(record, content, number, blob)


def _content(record: ArcWarcRecord, most: int) -> bytes | None:
    """The bytes of a page or a PDF that was answered; ``None`` for all other records."""
    if record.rec_type not in {"response", "resource"}:
        return None
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return None
    kind = _kind(record)
    if "html" not in kind and "pdf" not in kind:
        return None
    content = record.content_stream().read(most + 1)
    return content if isinstance(content, bytes) and 0 < len(content) <= most else None


def _kind(record: ArcWarcRecord) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").casefold()


def _page(
    record: ArcWarcRecord, content: bytes, number: int, blob: Blob
) -> Iterator[Draft | Unusable | Blob]:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if "pdf" in _kind(record):
        yield Blob(name=f"{blob.name}/{address or number}", suffix=".pdf", content=content)
        return
    declared = _kind(record).partition("charset=")[2].split(";")[0] or declared_charset(content)
    try:
        draft = page_draft(decode(content, blob.name, declared), blob.name, address or None)
    except UnreadableSource as error:
        yield Unusable(part=str(number), reason=error.reason)
        return
    fetched = read_date(str(record.rec_headers.get_header("WARC-Date") or ""))
    seen = (StatedDate(when=fetched, basis="day the page was fetched", weight=0),) if fetched else ()
    stated = draft.stated
    yield Draft(
        text=draft.text,
        part=str(number),
        stated=Stated(
            title=stated.title,
            outlet=stated.outlet,
            author=stated.author,
            dates=(*stated.dates, *seen),
            source_id=stated.source_id,
            url=address or stated.url,
            language=stated.language,
            section=stated.section,
        ),
    )
