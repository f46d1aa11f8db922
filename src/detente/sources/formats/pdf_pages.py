"""Reads a PDF's lines in a process of its own: a file made to crash or to run on ends only that process.

Run by :mod:`detente.sources.formats.pdf` as a script, so it imports nothing of Detente. Bytes of the PDF come
in on stdin; out goes JSON: ``{"pages": [[[text, size, top, bottom], ...], ...]}`` or ``{"error": why}``.
"""

import json
import sys
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

# Longest a page of print can be; a page with more characters is a drawing or a bomb.
_MOST_CHARACTERS_A_PAGE: Final = 200_000


def main() -> int:
    """Read stdin, write stdout. Arguments: most pages, characters, seconds and bytes of memory."""
    most_pages, most_characters, seconds, memory = (int(argument) for argument in sys.argv[1:5])
    _limit(seconds, memory)
    print(json.dumps(_read(sys.stdin.buffer.read(), most_pages, most_characters)))  # noqa: T201  # its only channel
    return 0


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  # only where the system has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read(content: bytes, most_pages: int, most_characters: int) -> dict[str, object]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        return {"error": "locked" if locked or "password" in str(error).casefold() else "damaged"}
    if len(document) > most_pages:
        return {"error": "pages", "count": len(document)}
    pages, characters = [], 0
    for number in range(len(document)):
        try:
            text_page = document[number].get_textpage()
        except pypdfium2.PdfiumError:
            continue
        count = text_page.count_chars()
        characters += max(count, 0)
        if count > _MOST_CHARACTERS_A_PAGE or characters > most_characters:
            return {"error": "characters", "count": characters}
        pages.append(_lines(text_page))
    return {"pages": pages, "metadata": document.get_metadata_dict(skip_empty=True)}


def _lines(text_page: pypdfium2.PdfTextPage) -> list[tuple[str, float, float, float]]:
    """Each line: its text, size of letters, upper and lower edge in points from the page's foot."""
    lines = []
    start = 0
    for line in text_page.get_text_range().split("\n"):
        words = line.rstrip("\r")
        inked = next((i for i, c in enumerate(words) if not c.isspace()), None)
        if inked is not None:
            size = pdfium.FPDFText_GetFontSize(text_page.raw, start + inked)
            try:
                _, bottom, _, top = text_page.get_charbox(start + inked, loose=True)
            except (pypdfium2.PdfiumError, IndexError, ValueError):
                bottom = top = 0.0
            lines.append((words.strip(), round(size, 1), round(top, 1), round(bottom, 1)))
        start += len(line) + 1
    return lines


if __name__ == "__main__":
    sys.exit(main())
