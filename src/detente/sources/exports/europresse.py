"""Europresse pages, old and new: outlet, header with section and date, title, body, document number."""

import re
from collections.abc import Iterator
from typing import Final

import lxml.html

from detente.sources.calendar_words import written_dates
from detente.sources.draft import Draft, Stated, Unusable
from detente.sources.exports.line import bundle_draft, page_in, stated_day, without_by
from detente.sources.masthead.bylines import lone_name

_IDENTITY: Final = re.compile(r"(news|doc|web|bio|rtv)[·.]\d{8}[·.]\w+[·.][\w.-]+")
_ISSUE: Final = re.compile(r",\s*n[o°º]\.?\s*\d.*$", re.IGNORECASE)
_MARKS: Final = {
    "docpublicationname": "\u241eoutlet\u241f",
    "docheader": "\u241eheader\u241f",
    "titrearticlevisu": "\u241etitle\u241f",
    "titrearticle": "\u241etitle\u241f",
    "docauthors": "\u241eauthor\u241f",
    "sm-margin-bottomnews": "\u241eauthor\u241f",
}
# The parser lets control characters in, but none be set.
_UNSETTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARK: Final = re.compile("\u241e(\\w+)\u241f")
_END: Final = re.compile(
    r"^(?:©.*|.*tous droits réservés.*|.*all rights reserved.*|num[ée]ro de document\s*:.*|"
    r"document number\s*:.*|"
    r"ce certificat est émis.*|this certificate is issued.*|(?:news|web)·\d{8}·.*|note\(s\)\s*:.*)$",
    re.IGNORECASE,
)


def recognises_page(html: str) -> bool:
    """Whether a page is such an export."""
    return "DocPublicationName" in html and bool(re.search("titreArticle", html, re.IGNORECASE))


def mark(tree: lxml.html.HtmlElement) -> None:
    """Set marks in the page's text where the masthead's parts begin."""
    for element in tree.iter():
        classes = element.get("class") if isinstance(element.tag, str) else None
        for name in (classes or "").casefold().split():
            if name in _MARKS and not any(
                _MARKS[name] in (above.text or "") for above in element.iterancestors()
            ):
                element.text = f"{_MARKS[name]}{_UNSETTABLE.sub(' ', element.text or '')}"
                break


def page_articles(lines: list[str]) -> Iterator[Draft | Unusable]:
    """The articles of a page's lines, marked by :func:`mark`."""
    starts = [i for i, line in enumerate(lines) if "\u241eoutlet\u241f" in line]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=False), start=1):
        yield _article(lines[start:end], number) or Unusable(
            part=str(number), reason="an article without a body in the bundle."
        )


def _article(lines: list[str], number: int) -> Draft | None:
    parts: dict[str, list[str]] = {}
    body: list[str] = []
    ended = False
    for line in lines:
        names = _MARK.findall(line)
        plain = " ".join(_MARK.sub("", line).split())
        if names:
            parts.setdefault(names[0], []).append(plain)
        elif _END.match(line.strip()):
            ended = True
        elif not ended and "title" in parts:
            body.append(line)
    title = (parts.get("title") or [""])[0] or None
    authors = parts.get("author", [])
    if not authors and len(body) > 1 and lone_name(body[0].strip()) == "author":
        authors = [body.pop(0).strip()]
    header = " ".join(parts.get("header", []))
    day = next(written_dates(header), None)
    section = header[: day.start].split(",")[0].strip() if day else header.split(",")[0]
    identity = _IDENTITY.search("\n".join(lines))
    stated = Stated(
        title=title,
        outlet=_ISSUE.sub("", (parts.get("outlet") or [""])[0]) or None,
        author=without_by(authors[0]) if authors else None,
        dates=stated_day(header, "header of the database"),
        page=page_in(header[day.end :]) if day else None,
        source_id=identity[0] if identity else None,
        section=section if section and not _is_weekday(section) else None,
        labelled=True,
    )
    return bundle_draft(number, title, body, stated)


def _is_weekday(word: str) -> bool:
    return bool(re.match(r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|\w+day$", word.casefold()))
