"""Factiva: pages and .rtf, with and without field codes, in any language of its interface.

The body is LP and TD (lead and tail). Without codes only some of the metadata lines are there, so they
are known by their shape, never by their place: the word count, the date, the source's code in capitals.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import lxml.html

from detente.sources.calendar_words import written_dates
from detente.sources.draft import Draft, Stated, Unusable
from detente.sources.exports.line import Line, bundle_draft, language_code, stated_day, without_by

_CODES: Final = frozenset(
    {
        "AN",
        "ART",
        "BY",
        "CLM",
        "CO",
        "CR",
        "CT",
        "CX",
        "CY",
        "DJID",
        "DLN",
        "ED",
        "ET",
        "FDS",
        "GC",
        "HD",
        "IN",
        "IPC",
        "IPD",
        "LA",
        "LP",
        "NGC",
        "NS",
        "PD",
        "PG",
        "PUB",
        "RE",
        "RF",
        "SC",
        "SE",
        "SN",
        "TD",
        "VOL",
        "WC",
    }
)
_CODED_LINE: Final = re.compile(r"^\s*([A-Z]{2,4})\s*(?:\t|\|| {2,}|\u00a0)\s*(.*)$", re.DOTALL)
_WORD_COUNT: Final = re.compile(r"^\d[\d.,\u00a0 ]*\s*[^\W\d]\S{0,14}$|^\d+\s*[字語단]\S*$")
_SOURCE_CODE: Final = re.compile(r"^[A-Z][A-Z0-9]{2,9}$")
_PAGE: Final = re.compile(r"^[A-Z]{0,3}[-.]?\d{1,4}[A-Z]?$")
_HOUR: Final = re.compile(r"^\d{1,2}:\d{2}(?:\s*[AP]M)?$", re.IGNORECASE)
_IDENTITY: Final = re.compile(r"^\S{2,12}\s+([A-Z][A-Z0-9]{3,9}0{2,4}\d[0-9A-Za-z]{10,})\s*$")
_RIGHTS: Final = re.compile(r"^(?:copyright|\(c\)|©)", re.IGNORECASE)
# Lines of metadata that stand above a body at most.
_MOST_ABOVE: Final = 12
_SUMMARY: Final = re.compile(
    r"^(?:search summary|suchzusammenfassung|résumé de la recherche|resumen de la búsqueda)$", re.IGNORECASE
)


def recognises_page(html: str) -> bool:
    """Whether a page is such an export."""
    return bool(re.search(r"""class\s*=\s*["']article\s+\w{2}Article""", html))


def page_articles(tree: lxml.html.HtmlElement) -> Iterator[Draft | Unusable]:
    """The articles of a page."""
    found = [
        div
        for div in tree.iter("div")
        if re.search(r"(?:^|\s)article\s+\w{2}Article", div.get("class") or "")
    ]
    for number, division in enumerate(found, start=1):
        coded = _coded_rows(division)
        draft = _of_codes(coded, number) if coded else _of_shapes(division, number)
        yield draft or Unusable(part=str(number), reason="an article without a body in the bundle.")


def recognises_lines(lines: Sequence[Line]) -> bool:
    """Whether the lines of a .rtf are such an export."""
    return _has_codes(lines) or _is_bare(lines)


def line_articles(lines: Sequence[Line]) -> Iterator[Draft | Unusable]:
    """The articles of a .rtf."""
    return _coded_articles(lines) if _has_codes(lines) else _bare_articles(lines)


def _has_codes(lines: Sequence[Line]) -> bool:
    codes = {found[0] for line in lines[:3000] if (found := _coded(line.text)) is not None}
    return {"HD", "PD"} <= codes and bool({"LP", "TD"} & codes)


def _is_bare(lines: Sequence[Line]) -> bool:
    """Whether a count of words stands near the top, and below it the database's own name of an article."""
    counts = any(_WORD_COUNT.match(line.text) for line in lines[:_MOST_ABOVE])
    return counts and any(_IDENTITY.match(line.text) for line in lines[:3000])


def _bare_articles(lines: Sequence[Line]) -> Iterator[Draft | Unusable]:
    """Without codes an article ends with the line that names it."""
    held: list[str] = []
    number = 0
    for line in lines:
        if _SUMMARY.match(line.text):
            return
        if line.text:
            held.append(line.text)
        if _IDENTITY.match(line.text):
            number += 1
            yield _of_bare_lines(held, number) or Unusable(
                part=str(number), reason="an article without a body in the bundle."
            )
            held = []


def _of_bare_lines(lines: Sequence[str], number: int) -> Draft | None:
    count = next((at for at, line in enumerate(lines[:_MOST_ABOVE]) if _WORD_COUNT.match(line)), None)
    if count is None:
        return None
    above = list(lines[:count])
    author = above.pop() if len(above) > 1 and without_by(above[-1]) != above[-1] else None
    body = _body_starts(lines, count)
    known = _known_by_shape(lines[count:body])
    rights = lines[body - 1] if _RIGHTS.match(lines[body - 1]) else ""
    identity = _IDENTITY.match(lines[-1])
    paragraphs = lines[body:-1]
    if rights and paragraphs and paragraphs[-1] in rights:  # the publisher, once more
        paragraphs = paragraphs[:-1]
    stated = Stated(
        title=above[-1] if above else None,
        outlet=known.get("outlet"),
        author=without_by(author),
        dates=stated_day(known.get("date"), "date line of the database"),
        page=known.get("page"),
        source_id=identity[1] if identity else None,
        language=language_code(known.get("language")),
        section=", ".join(above[:-1]) or None,
        labelled=True,
    )
    return bundle_draft(number, stated.title, paragraphs, stated)


def _body_starts(lines: Sequence[str], count: int) -> int:
    """The line after the one on rights; where there is none, after the last that has metadata's shape."""
    near = range(count + 1, min(len(lines), count + _MOST_ABOVE))
    rights = next((at for at in near if _RIGHTS.match(lines[at])), None)
    if rights is not None:
        return rights + 1
    shaped = (at for at in near if _SOURCE_CODE.match(lines[at]) or language_code(lines[at]))
    return max(shaped, default=count) + 1


def _coded_articles(lines: Sequence[Line]) -> Iterator[Draft | Unusable]:
    """A code opens a field, lines without a code go on with it."""
    fields: dict[str, list[str]] = {}
    last: str | None = None
    number = 0
    for line in [*lines, Line(text="Search Summary")]:
        found = _coded(line.text)
        closed = bool(_SUMMARY.match(line.text)) or (found is not None and "AN" in fields)
        if closed and fields:
            number += 1
            yield _of_codes(fields, number) or Unusable(
                part=str(number), reason="an article without a body in the bundle."
            )
            fields, last = {}, None
        if _SUMMARY.match(line.text):
            return
        if found is not None:
            last = found[0]
            fields.setdefault(last, []).append(found[1])
        elif last is not None and line.text and last != "AN":
            fields[last].append(line.text)


def _coded(text: str) -> tuple[str, str] | None:
    found = _CODED_LINE.match(text if text.strip() not in _CODES else f"{text.strip()}\t")
    return (found[1], found[2].strip(" |\t")) if found and found[1] in _CODES else None


def _coded_rows(division: lxml.html.HtmlElement) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for row in division.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        code = _words(cells[0]) if len(cells) >= 2 else ""
        if code in _CODES:
            paragraphs = [_words(p) for p in cells[1].iter("p")]
            fields.setdefault(code, []).extend([p for p in paragraphs if p] or [_words(cells[1])])
    return fields


def _of_codes(fields: dict[str, list[str]], number: int) -> Draft | None:
    def one(code: str) -> str | None:
        return " ".join(" ".join(fields.get(code, [])).split()) or None

    stated = Stated(
        title=one("HD"),
        outlet=one("SN") or one("PUB"),
        author=without_by(one("BY")),
        dates=stated_day(one("PD"), "field PD"),
        page=one("PG"),
        source_id=(one("AN") or "").split(" ")[-1] or None,
        language=language_code(one("LA")),
        section=", ".join(filter(None, (one("SE"), one("CLM")))) or None,
        labelled=True,
    )
    return bundle_draft(number, one("HD"), [*fields.get("LP", []), *fields.get("TD", [])], stated)


def _of_shapes(division: lxml.html.HtmlElement, number: int) -> Draft | None:
    body = [_words(p) for p in division.iter("p") if "articleParagraph" in (p.get("class") or "")]
    title = next(
        (_words(e) for e in division.iter() if e.get("id") == "hd" or "Headline" in (e.get("class") or "")),
        None,
    )
    author = next((_words(e) for e in division.iter("div") if (e.get("class") or "") == "author"), None)
    bare = [
        _words(d) for d in division.iter("div") if not d.attrib and len(d.findall(".//p")) == 0 and _words(d)
    ]
    known = _known_by_shape(bare)
    identity = next((m[1] for p in division.iter("p") if (m := _IDENTITY.match(_words(p)))), None)
    stated = Stated(
        title=title,
        outlet=known.get("outlet"),
        author=without_by(author),
        dates=stated_day(known.get("date"), "date line of the database"),
        page=known.get("page"),
        source_id=identity,
        language=language_code(known.get("language")),
        section=known.get("section"),
        labelled=True,
    )
    return bundle_draft(number, title, body, stated)


def _known_by_shape(lines: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    day = next(
        (i for i, line in enumerate(lines) if len(line) <= 40 and next(written_dates(line), None)), None
    )
    if day is None:
        return known
    known["date"] = lines[day]
    if day >= 2 and not _WORD_COUNT.match(lines[0]):
        known["section"] = lines[0]
    for line in lines[day + 1 :]:
        if "outlet" not in known and not _HOUR.match(line):
            known["outlet"] = line
        elif language_code(line) and " " not in line:
            known.setdefault("language", line)
        elif _PAGE.match(line) and not _SOURCE_CODE.match(line):
            known.setdefault("page", line)
    return known


def _words(element: lxml.html.HtmlElement) -> str:
    # Hits of the search are wrapped in <b>: the words are one text whatever stands around them.
    return re.sub("[ \t\r\n\f]+", " ", element.text_content()).strip(" \u00a0")
