"""The articles as references: CSL-JSON, RIS and BibTeX for Zotero, EndNote, JabRef and word processors.

Law: nothing that stands in an article's title can end an entry or begin another.
"""

import json
from collections.abc import Iterator
from typing import Final

from detente.articles import Article
from detente.dates import When
from detente.export.case import Case

_TEX: Final = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "%&#_$"},
}


def csl_json(case: Case) -> Iterator[bytes]:
    """CSL-JSON, as Zotero and pandoc read it."""
    for number, article in enumerate(case.record.articles):
        yield (b",\n" if number else b"[\n") + json.dumps(_csl(article), ensure_ascii=False).encode()
    yield b"\n]\n" if case.record.articles else b"[]\n"


def ris(case: Case) -> Iterator[bytes]:
    """RIS, as EndNote and Zotero read it."""
    for article in case.record.articles:
        lines = [f"{tag}  - {_on_a_line(value)}" for tag, value in _ris(article) if value]
        yield "\r\n".join([*lines, "ER  - ", "", ""]).encode()


def bibtex(case: Case) -> Iterator[bytes]:
    """BibTeX, special characters escaped."""
    for article in case.record.articles:
        yield _bibtex(article).encode()


def _csl(article: Article) -> dict[str, object]:
    values = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "container-title": article.outlet,
        "author": [{"literal": article.author}] if article.author else None,
        "issued": {"date-parts": _issued(article.published)} if article.published else None,
        "page": article.page,
        "URL": article.url,
        "language": article.language,
        "genre": article.genre.value,
        "note": article.source_id,
    }
    return {key: value for key, value in values.items() if value is not None}


def _issued(when: When) -> list[list[int]]:
    return [_parts(point) for point in when.split("/")]


def _ris(article: Article) -> Iterator[tuple[str, str | None]]:
    parts = _parts(article.published) if article.published else []
    yield "TY", "NEWS"
    yield "ID", article.id
    yield "TI", article.title
    yield "T2", article.outlet
    yield "AU", article.author
    yield "PY", str(parts[0]) if parts else None
    yield "DA", "/".join(f"{part:02}" for part in parts) + "/" * (3 - len(parts)) if parts else None
    yield "SP", article.page
    yield "UR", article.url
    yield "LA", article.language
    yield "AN", article.source_id


def _bibtex(article: Article) -> str:
    parts = _parts(article.published) if article.published else []
    fields = {
        "title": _tex(article.title),
        "journal": _tex(article.outlet),
        # In braces of its own, so that "Ministry of Peace and Order" is one author.
        "author": f"{{{_tex(article.author)}}}" if article.author else None,
        "year": str(parts[0]) if parts else None,
        "month": str(parts[1]) if len(parts) > 1 else None,
        "day": str(parts[2]) if len(parts) > 2 else None,
        "pages": _tex(article.page),
        "url": _address(article.url),
        "langid": _tex(article.language),
        "note": _tex(article.source_id),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{article.id},", *lines, "}", ""]) + "\n"


def _tex(text: str | None) -> str | None:
    """The text with everything escaped that TeX would act on."""
    return "".join(_TEX.get(sign, sign) for sign in _on_a_line(text)) if text else None


def _address(url: str | None) -> str | None:
    """An address stays as it is, but for what would close the field."""
    return "".join(f"%{ord(c):02X}" if c in "{}\\" else c for c in _on_a_line(url)) if url else None


def _on_a_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _parts(when: When) -> list[int]:
    return [int(part) for part in when.split("/")[0].split("-")]
