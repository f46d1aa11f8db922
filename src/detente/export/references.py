"""The articles as references: CSL-JSON, RIS and BibTeX for Zotero, EndNote, JabRef and word processors."""

import json
import re
from collections.abc import Iterator

import rispy

from detente.articles import Article
from detente.dates import When
from detente.record.model import Record


def csl_json(record: Record) -> Iterator[bytes]:
    """CSL-JSON, as Zotero and pandoc read it."""
    yield json.dumps([_csl(article) for article in record.articles], ensure_ascii=False, indent=1).encode()


def ris(record: Record) -> Iterator[bytes]:
    """RIS, as EndNote and Zotero read it."""
    entries = [_without_none(_ris(article)) for article in record.articles]
    yield rispy.dumps(entries).encode()


def bibtex(record: Record) -> Iterator[bytes]:
    """BibTeX, special characters escaped."""
    for article in record.articles:
        yield _bibtex(article).encode()


def _csl(article: Article) -> dict[str, object]:
    return _without_none(
        {
            "id": article.id,
            "type": "article-newspaper",
            "title": article.title,
            "container-title": article.outlet,
            "author": [{"literal": article.author}] if article.author else None,
            "issued": {"date-parts": [_date_parts(article.published)]} if article.published else None,
            "page": article.page,
            "URL": article.url,
            "language": article.language,
            "genre": article.genre.value,
            "note": article.source_id,
        }
    )


def _ris(article: Article) -> dict[str, object]:
    parts = _date_parts(article.published) if article.published else []
    date = "/".join(f"{part:02}" for part in parts) + "/" * (3 - len(parts)) if parts else None
    return {
        "type_of_reference": "NEWS",
        "title": article.title,
        "secondary_title": article.outlet,
        "authors": [article.author] if article.author else None,
        "date": date,
        "year": str(parts[0]) if parts else None,
        "start_page": article.page,
        "urls": [article.url] if article.url else None,
        "language": article.language,
        "id": article.id,
    }


def _bibtex(article: Article) -> str:
    parts = _date_parts(article.published) if article.published else []
    fields = {
        "title": article.title,
        "journal": article.outlet,
        "author": f"{{{article.author}}}" if article.author else None,
        "year": str(parts[0]) if parts else None,
        "month": str(parts[1]) if len(parts) > 1 else None,
        "day": str(parts[2]) if len(parts) > 2 else None,
        "pages": article.page,
        "url": article.url,
        "langid": article.language,
    }
    lines = [f"  {name} = {{{_tex(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{article.id},", *lines, "}", ""]) + "\n"


def _tex(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", r"\textbackslash ")
    return re.sub(r"(?<!\\)([%&#_$])", r"\\\1", plain)


def _date_parts(when: When) -> list[int]:
    return [int(part) for part in when.split("/")[0].split("-")]


def _without_none(values: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}
