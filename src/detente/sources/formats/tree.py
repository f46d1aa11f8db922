"""A web page's tree and the words it shows, block by block, character for character."""

import re
from typing import Final

import lxml.etree
import lxml.html

from detente.errors import UnreadableSource

# Deeper nesting is no page that a person wrote; the parser's own limit is 256.
_DEEPEST: Final = 250
_SILENT: Final = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "head",
        "select",
        "button",
        "textarea",
    }
)
_AROUND: Final = frozenset({"nav", "footer", "form", "menu"})
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SPACE: Final = re.compile("[ \t\r\n\f]+")


def parse_page(html: str, where: str) -> lxml.html.HtmlElement:
    """The page's tree.

    Raises:
        UnreadableSource: No parser makes a page of it, or it nests absurdly deep.
    """
    try:
        tree = lxml.html.document_fromstring(_without_declaration(html))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableSource(where, "not a web page, or an empty one.") from error
    deepest = 0
    depth = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise UnreadableSource(where, f"a page nested {deepest} levels deep; no article is.")
    return tree


def shown_lines(tree: lxml.html.HtmlElement, *, breaks: str | None = None) -> list[str]:
    """The page's words block by block; white space as HTML has it, every other character as it stands.

    Args:
        tree: The page.
        breaks: What a line break within a block becomes; ``None``: it parts blocks.
    """
    lines: list[str] = []
    pieces: list[str] = []

    def close() -> None:
        line = _SPACE.sub(" ", "".join(pieces)).strip(" ")
        line = re.sub(" *\x0b *", breaks or " ", line).strip(" \n")
        if line.strip():
            lines.append(line)
        pieces.clear()

    def walk(element: lxml.html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        shown = bool(tag) and tag not in _SILENT and tag not in _AROUND and not _is_hidden(element)
        if shown:
            block = tag in _BLOCKS and not (tag == "br" and breaks is not None)
            if tag == "br" and breaks is not None:
                pieces.append("\x0b")
            if block:
                close()
            pieces.append(element.text or "")
            for child in element:
                walk(child)
            if block:
                close()
        pieces.append(element.tail or "")

    body = tree.find(".//body")
    walk(body if body is not None else tree)
    close()
    return lines


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").casefold()
    return (
        element.get("hidden") is not None or "display:none" in style or element.get("aria-hidden") == "true"
    )


def _without_declaration(html: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\x00", ""))
