"""Every database that Detente knows, each by how it is recognised and how its articles are taken out."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import lxml.html

from detente.sources.draft import Draft, Unusable
from detente.sources.exports import europresse, factiva, lexis_classic, nexis_uni, proquest
from detente.sources.exports.line import Line
from detente.sources.formats.tree import parse_page, shown_lines

# A label in capitals opens a paragraph of its own, also where no empty line stands above it.
_LABEL: Final = re.compile(r"[A-ZÄÖÜÉÈÀ-]{4,30}:")
Found: TypeAlias = Iterator[Draft | Unusable]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBundle:
    """A database's bundles as lines of text: .docx, .rtf and .txt.

    Attributes:
        wrapped: Whether its plain text is cut at a column, so that lines are to be joined first.
    """

    name: str
    recognises: Callable[[Sequence[Line]], bool]
    articles: Callable[[Sequence[Line]], Found]
    wrapped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBundle:
    """A database's bundles as web pages."""

    name: str
    recognises: Callable[[str], bool]
    articles: Callable[[str, str], Found]


def _factiva_page(html: str, where: str) -> Found:
    return factiva.page_articles(parse_page(html, where))


def _proquest_page(html: str, where: str) -> Found:
    return proquest.page_articles(_lines_of(parse_page(proquest.with_marked_labels(html), where)))


def _europresse_page(html: str, where: str) -> Found:
    tree = parse_page(html, where)
    europresse.mark(tree)
    return europresse.page_articles(_lines_of(tree))


def _lexis_page(html: str, where: str) -> Found:
    lines = shown_lines(parse_page(html, where), breaks="\n")
    return lexis_classic.articles([Line(text=line.strip()) for line in lines])


def _recognises_lexis_page(html: str) -> bool:
    return "DOC_ID_0_" in html or "LXNComment" in html


def _lines_of(tree: lxml.html.HtmlElement) -> list[str]:
    return shown_lines(tree)


LINE_BUNDLES: Final = (
    LineBundle(name="Nexis Uni", recognises=nexis_uni.recognises, articles=nexis_uni.articles),
    LineBundle(
        name="LexisNexis", recognises=lexis_classic.recognises, articles=lexis_classic.articles, wrapped=True
    ),
    LineBundle(name="Factiva", recognises=factiva.recognises_lines, articles=factiva.line_articles),
    LineBundle(name="ProQuest", recognises=proquest.recognises_lines, articles=proquest.line_articles),
)
PAGE_BUNDLES: Final = (
    PageBundle(name="Factiva", recognises=factiva.recognises_page, articles=_factiva_page),
    PageBundle(name="ProQuest", recognises=proquest.recognises_page, articles=_proquest_page),
    PageBundle(name="Europresse", recognises=europresse.recognises_page, articles=_europresse_page),
    PageBundle(name="LexisNexis", recognises=_recognises_lexis_page, articles=_lexis_page),
)


def line_bundle(lines: Sequence[Line]) -> Found | None:
    """The articles of a bundle in lines; ``None`` where no database is recognised."""
    for bundle in LINE_BUNDLES:
        if bundle.recognises(lines):
            return bundle.articles(lines)
    return None


def text_bundle(text: str) -> Found | None:
    """The articles of a bundle in plain text; ``None`` where no database is recognised."""
    lines = [Line(text=line.strip(), indented=line[:8].isspace()) for line in text.split("\n")]
    for bundle in LINE_BUNDLES:
        if bundle.recognises(lines):
            return bundle.articles(_unwrapped(text) if bundle.wrapped else lines)
    return None


def page_bundle(html: str, where: str) -> Found | None:
    """The articles of a bundle in a page; ``None`` where no database is recognised.

    Raises:
        UnreadableSource: It is one, but no page.
    """
    for bundle in PAGE_BUNDLES:
        if bundle.recognises(html):
            return bundle.articles(html, where)
    return None


def _unwrapped(text: str) -> list[Line]:
    """Paragraphs between empty lines, their lines joined; a change of indentation parts them too."""
    lines: list[Line] = []
    open_indent: bool | None = None
    for raw in text.split("\n"):
        words, indented = raw.strip(), raw[:8].isspace() and bool(raw.strip())
        if not words:
            open_indent = None
        elif open_indent is indented and lines and not _LABEL.match(words):
            lines[-1] = Line(text=f"{lines[-1].text} {words}", indented=indented)
        else:
            lines.append(Line(text=words, indented=indented))
            open_indent = indented
    return lines
