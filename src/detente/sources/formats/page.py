"""Web pages: the article's own blocks as the browser shows them, and the metadata of the page's head.

trafilatura finds which blocks are the article and reads the metadata, but it rewrites characters
(no-break and thin spaces, soft hyphens, list marks), so the words are taken from the page itself.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

import lxml.html
import trafilatura

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.calendar_words import read_date
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft, Stated, StatedDate, Unusable
from detente.sources.exports.registry import page_bundle
from detente.sources.formats.tree import parse_page, shown_lines

# A page of more than this is a data dump; the longest news pages are under 5 MB.
_LARGEST_PAGE: Final = 20_000_000
_MOST_LINES: Final = 5_000
_MOST_ELEMENTS: Final = 30_000
# Shorter lines are links, captions and prompts as often as sentences.
_SENTENCE: Final = 8
_DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read_page(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """The page's one article, or the articles of a database's export.

    Raises:
        UnreadableSource: The page is too large, or holds no words.
    """
    if len(blob.content) > _LARGEST_PAGE:
        raise UnreadableSource(blob.name, "a web page of more than 20 MB; save the article alone.")
    html = decode(blob.content, blob.name, declared_charset(blob.content))
    bundle = page_bundle(html, blob.name)
    if bundle is not None:
        yield from bundle
    else:
        yield page_draft(html, blob.name)


def declared_charset(content: bytes) -> str | None:
    """The encoding that a page's head names."""
    found = _DECLARED.search(content[:4096])
    return found[1].decode("ascii", "replace") if found else None


def page_draft(html: str, where: str, url: str | None = None) -> Draft:
    """The article of a page's source.

    Raises:
        UnreadableSource: It holds no words, or is not a page at all.
    """
    tree = parse_page(html, where)
    lines = shown_lines(tree)
    stated = _stated(tree, url)
    # A list of thousands of lines or links is all there is, and takes the extractor minutes.
    simple = len(lines) <= _MOST_LINES and sum(1 for _ in tree.iter()) <= _MOST_ELEMENTS
    own, furniture = _own_lines(lines, html, stated.title) if simple else (lines, frozenset())
    if stated.title and not any(_key(line) == _key(stated.title) for line in own):
        own = [stated.title, *own]
    text = "\n\n".join(own)
    if not text.strip():
        raise UnreadableSource(
            where, "a page without words: its text may be drawn by a script; print it to PDF."
        )
    return Draft(text=text, stated=stated, furniture=furniture)


def _own_lines(lines: list[str], html: str, title: str | None) -> tuple[list[str], frozenset[str]]:
    """From the title, or the first line of the article, to its last line; and the furniture between them."""
    found = trafilatura.extract(html, include_comments=False, favor_recall=True, deduplicate=False) or ""
    keys = {_key(line) for line in found.splitlines() if _key(line)}
    own = [i for i, line in enumerate(lines) if _key(line) in keys]
    # Pages laid out in tables can leave the extractor with a menu and lose the article.
    if not own or _prose(lines[own[0] : own[-1] + 1]) < _prose(lines) * 0.2:
        return lines, frozenset()
    first, last = own[0], own[-1]
    heads = [i for i, line in enumerate(lines[: last + 1]) if title and _key(line) == _key(title)]
    near = [i for i in heads if i <= first]
    between = [line for line in lines[first : last + 1] if _key(line) not in keys and not _prose([line])]
    return lines[near[-1] if near else first : last + 1], frozenset(line.strip() for line in between)


def _prose(lines: list[str]) -> int:
    """How many words stand in lines that read as sentences."""
    counts = (len(line.split()) for line in lines if re.search(r"""[.!?:]["”’)]*$""", line.strip()))
    return sum(count for count in counts if count >= _SENTENCE)


def _key(line: str) -> str:
    return "".join(c for c in line.casefold() if c.isalnum())


def _stated(tree: lxml.html.HtmlElement, url: str | None) -> Stated:
    meta = _meta(tree)
    linked = _linked_data(tree)
    title = meta.get("og:title") or linked.get("headline") or _heading(tree) or _page_title(tree)
    author = meta.get("author") or meta.get("article:author") or meta.get("byl") or linked.get("author") or ""
    author = re.sub(r"^by\s+", "", author, flags=re.IGNORECASE).strip()
    if author.startswith("http"):
        author = ""
    dates = []
    for name in (
        "article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "sailthru.date",
        "parsely-pub-date",
        "citation_publication_date",
        "citation_date",
        "og:published_time",
        "ptime",
        "article.published",
    ):
        when = read_date(meta[name]) if name in meta else None
        if when:
            dates.append(StatedDate(when=when, basis=f"html meta {name}"))
    if linked.get("datePublished"):
        when = read_date(linked["datePublished"])
        dates += [StatedDate(when=when, basis="html linked data datePublished")] if when else []
    dates += _time_elements(tree) if not dates else []
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)") or meta.get("og:url") or None
    return Stated(
        title=title or None,
        outlet=meta.get("og:site_name") or linked.get("publisher") or meta.get("application-name") or None,
        author=author or None,
        dates=tuple(dates),
        url=url or canonical,
        language=_language(tree),
        section=meta.get("article:section") or linked.get("articleSection") or None,
    )


def _meta(tree: lxml.html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name.casefold(), value)
    return found


def _linked_data(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """Headline, author, publisher and date of the first JSON-LD article."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _things(value):
            kind = str(item.get("@type", ""))
            if "Article" in kind or "Report" in kind or "Posting" in kind:
                return {
                    key: name
                    for key in ("headline", "author", "publisher", "datePublished", "articleSection")
                    if (name := _name(item.get(key)))
                }
    return {}


def _things(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        graph = value.get("@graph")
        if isinstance(graph, list):
            yield from (thing for thing in graph if isinstance(thing, dict))
    elif isinstance(value, list):
        yield from (thing for thing in value if isinstance(thing, dict))


def _name(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(name for name in map(_name, value) if name)
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _heading(tree: lxml.html.HtmlElement) -> str | None:
    heads = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    heads = [h for h in heads if h]
    return heads[0] if len(heads) == 1 else None


def _page_title(tree: lxml.html.HtmlElement) -> str | None:
    """The window's title without the site's name behind its last bar or dash."""
    whole = " ".join((tree.findtext(".//title") or "").split())
    pieces = re.split(r"\s+[|–—«»:·-]\s+", whole)
    return max(pieces, key=len) if len(pieces) > 1 else whole or None


def _time_elements(tree: lxml.html.HtmlElement) -> list[StatedDate]:
    found = []
    for element in tree.iter("time"):
        when = read_date(element.get("datetime") or "")
        if when and (
            element.get("pubdate") is not None or "publish" in (element.get("itemprop") or "").casefold()
        ):
            found.append(StatedDate(when=when, basis="html time element"))
    return found[:1]


def _language(tree: lxml.html.HtmlElement) -> str | None:
    code = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].casefold()
    return code if re.fullmatch(r"[a-z]{2}", code) else None
