"""Factiva's XML, as its web service and some libraries' portals hand it out: one file, many articles.

The body is the lead paragraph and the tail, as on its pages.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.draft import Blob, Draft, Stated, Unusable
from detente.sources.exports.line import bundle_draft, stated_day, without_by

_KNOWN: Final = re.compile(rb"<(?:\w+:)?(?:ppsarticle|distarticle)\b|<(?:\w+:)?accessionNo>", re.IGNORECASE)
_ARTICLE: Final = "{*}article"


def is_factiva_xml(content: bytes) -> bool:
    """Whether an XML file is such an export.

    >>> is_factiva_xml(b"<ppsarticle><article><accessionNo>T1</accessionNo></article></ppsarticle>")
    True
    """
    return bool(_KNOWN.search(content[:100_000]))


def read_factiva_xml(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """The articles of the file.

    Raises:
        UnreadableSource: It is not well-formed, declares entities of its own, or holds no article.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(blob.content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableSource(blob.name, "not well-formed XML, or cut short.") from error
    if tree.getroottree().docinfo.doctype:
        raise UnreadableSource(blob.name, "XML with a document type of its own; Factiva's has none.")
    articles = [one for one in tree.iter(_ARTICLE) if one.find("{*}accessionNo") is not None]
    if not articles:
        raise UnreadableSource(blob.name, "Factiva XML, but without articles.")
    for number, article in enumerate(articles, 1):
        draft = _draft(article, number)
        yield draft or Unusable(part=str(number), reason="an article without a body in the bundle.")


def _draft(article: etree._Element, number: int) -> Draft | None:
    language = _one(article, "baseLanguage")
    stated = Stated(
        title=_one(article, "headline"),
        outlet=_one(article, "sourceName") or _one(article, "publisherName"),
        author=without_by(_one(article, "byline")),
        dates=stated_day((_one(article, "publicationDate") or "")[:10], "field publicationDate"),
        page=_one(article, "pages"),
        source_id=_one(article, "accessionNo"),
        language=language.casefold() if language and len(language) == 2 else None,
        section=_one(article, "sectionName") or _one(article, "columnName"),
        labelled=True,
    )
    body = [
        _words(paragraph)
        for name in ("leadParagraph", "tailParagraphs")
        for part in article.findall(f"{{*}}{name}")
        for paragraph in (part.findall("{*}paragraph") or [part])
    ]
    return bundle_draft(number, stated.title, body, stated)


def _one(article: etree._Element, name: str) -> str | None:
    found = article.find(f"{{*}}{name}")
    return (_words(found) or None) if found is not None else None


def _words(element: etree._Element) -> str:
    # Hits of the search are wrapped in an element of their own; comments hold no words.
    parts = (part for part in element.itertext(tag=etree.Element) if isinstance(part, str))
    return " ".join("".join(parts).split())
