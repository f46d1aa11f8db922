"""PDF: lines on pages become paragraphs again. A scan without words is named as one."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.calendar_words import read_date
from detente.sources.draft import Blob, Draft, Stated, StatedDate

_MOST_PAGES: Final = 2000
_SECONDS: Final = 60
_MEMORY: Final = 4_000_000_000
_SCRIPT: Final = Path(__file__).with_name("pdf_pages.py")
_WHY: Final = {
    "locked": "locked with a password; save it without.",
    "damaged": "not a PDF, or a damaged one.",
    "pages": f"more than {_MOST_PAGES:,} pages; split it.",
    "characters": "more words than an article can have; split it.",
}
# A heading's letters are larger than the text's by at least this.
_HEADING: Final = 1.15
# A gap between lines that is half as large again as the usual one parts paragraphs.
_GAP: Final = 1.5


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    top: float
    bottom: float


def read_pdf(blob: Blob, settings: Settings) -> Iterator[Draft]:
    """The PDF's one article.

    Raises:
        UnreadableSource: It is locked, damaged, too long, or a scan.
    """
    found = _in_a_process_of_its_own(blob, settings)
    pages = [[_Line(*line) for line in page] for page in found["pages"]]
    lines = _without_margins(pages)
    if not any(c.isalnum() for line in lines for c in line.text):
        raise UnreadableSource(blob.name, "a PDF without words, probably a scan; run OCR over it first.")
    title = _title(lines)
    paragraphs = _paragraphs(lines, title)
    made = str(found["metadata"].get("CreationDate", ""))
    when = read_date(made.removeprefix("D:")[:8])
    dates = (StatedDate(when=when, basis="pdf CreationDate", weight=0),) if when else ()
    yield Draft(text="\n\n".join(paragraphs), stated=Stated(title=title, dates=dates))


def _in_a_process_of_its_own(blob: Blob, settings: Settings) -> dict:  # type: ignore[type-arg]  # JSON, checked below
    limits = [_MOST_PAGES, settings.largest_text, _SECONDS, _MEMORY]
    try:
        done = subprocess.run(  # noqa: S603  # our own script; the file goes in as bytes
            [sys.executable, "-I", str(_SCRIPT), *map(str, limits)],
            input=blob.content,
            capture_output=True,
            timeout=_SECONDS * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableSource(
            blob.name, f"a PDF that takes more than {_SECONDS} seconds to read."
        ) from error
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise UnreadableSource(
            blob.name, "a PDF that the reader could not finish; print it to a new PDF."
        ) from error
    if "error" in found:
        raise UnreadableSource(blob.name, _WHY[found["error"]])
    return dict(found)


def _without_margins(pages: list[list[_Line]]) -> list[_Line]:
    """All lines but page numbers and the running heads and feet of three pages or more."""
    edges = Counter(_shape(line.text) for page in pages for line in {*page[:2], *page[-2:]})
    kept = []
    for page in pages:
        for index, line in enumerate(page):
            edge = index < 2 or index >= len(page) - 2
            running = len(pages) >= 3 and edges[_shape(line.text)] >= max(3, len(pages) * 0.6)
            number = re.fullmatch(
                r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", line.text, re.IGNORECASE
            )
            if edge and (running or (number and len(pages) > 1)):
                continue
            kept.append(line)
    return kept


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _text_size(lines: list[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _title(lines: list[_Line]) -> str | None:
    """The lines of the largest letters among the first, where those are larger than the text's."""
    top = lines[:25]
    largest = max(line.size for line in top)
    if largest < _text_size(lines) * _HEADING:
        return None
    first = next(i for i, line in enumerate(top) if line.size == largest)
    run = []
    for line in top[first : first + 4]:
        if line.size != largest:
            break
        run.append(line.text)
    title = " ".join(run)
    return title if any(c.isalpha() for c in title) and len(title.split()) <= 40 else None


def _paragraphs(lines: list[_Line], title: str | None) -> list[str]:
    size = _text_size(lines)
    steps = sorted(a.top - b.top for a, b in pairwise(lines) if 0 < a.top - b.top < 60)
    step = steps[len(steps) // 2] if steps else 0.0
    full = sorted(len(line.text) for line in lines)[int(len(lines) * 0.9)]
    paragraphs: list[str] = []
    last: _Line | None = None
    for line in lines:
        if last is not None and _runs_on(last, line, step=step, full=full, size=size, title=title):
            paragraphs[-1] = _linked(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
        last = line
    return [_whole(p) for p in paragraphs]


def _runs_on(last: _Line, line: _Line, *, step: float, full: int, size: float, title: str | None) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    if last.size != line.size:
        return False
    if title is not None and last.size >= size * _HEADING:
        return last.text in title and line.text in title
    over_page = line.top > last.top
    ended = bool(re.search(r"""[.!?:]["”’)]*$""", last.text))
    if over_page:
        return not ended
    if step and last.top - line.top > step * _GAP:
        return False
    return not (ended and len(last.text) < full * 0.85) and len(last.text) >= full * 0.5


def _linked(above: str, line: str) -> str:
    # U+FFFE and U+0002 are the reader's marks for a hyphen that the line's end put in.
    return above[:-1] + line if above[-1:] in {"\ufffe", "\x02"} else f"{above} {line}"


def _whole(paragraph: str) -> str:
    return paragraph.replace("\ufffe", "-").replace("\x02", "-").replace("\x00", "")
