"""A few strokes of SVG, built as a tree so that every text in it is escaped.

Colours are classes, never values: the page's style sheet gives them for light, dark and print.
"""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from detente.brief.names import squeeze

LETTER: Final = 6.6
"""Width of a character in pixels at the pictures' 12-pixel text: measured on common sans faces."""

BOLD_LETTER: Final = 7.6
"""The same in bold."""


def canvas(width: float, height: float, *, key: str, title: str, description: str) -> Element:
    """An empty picture with its name and description for those who do not see it."""
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": f"{width:g}",
            "height": f"{height:g}",
            "role": "group",
            "aria-labelledby": f"{key}-title {key}-desc",
        },
    )
    SubElement(svg, "title", {"id": f"{key}-title"}).text = printable(title)
    SubElement(svg, "desc", {"id": f"{key}-desc"}).text = printable(description)
    return svg


def text(at: Element, x: float, y: float, words: str, *, kind: str = "", anchor: str = "start") -> Element:
    """Words at a point; their base line is ``y``."""
    found = SubElement(at, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor})
    if kind:
        found.set("class", kind)
    found.text = printable(words)
    return found


def stroke(at: Element, start: tuple[float, float], end: tuple[float, float], kind: str) -> Element:
    """A straight line."""
    (x1, y1), (x2, y2) = start, end
    places = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
    return SubElement(at, "line", {**places, "class": kind})


def box(at: Element, corner: tuple[float, float], size: tuple[float, float], kind: str) -> Element:
    """A rectangle from its upper left corner."""
    (x, y), (width, height) = corner, size
    places = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{max(0.0, width):.1f}", "height": f"{height:.1f}"}
    return SubElement(at, "rect", {**places, "class": kind})


def shape(at: Element, form: str, centre: tuple[float, float], kind: str, radius: float = 5.5) -> Element:
    """A mark at a point: ``circle``, ``square``, ``diamond`` or ``ring``."""
    x, y = centre
    if form in ("circle", "ring"):
        return SubElement(
            at, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:g}", "class": kind}
        )
    if form == "square":
        half = radius * 0.88
        return box(at, (x - half, y - half), (2 * half, 2 * half), kind)
    far = radius * 1.3
    points = f"{x:.1f},{y - far:.1f} {x + far:.1f},{y:.1f} {x:.1f},{y + far:.1f} {x - far:.1f},{y:.1f}"
    return SubElement(at, "polygon", {"points": points, "class": kind})


def link(at: Element, key: str, name: str) -> Element:
    """A link to an anchor of the page, with its name shown on hovering."""
    found = SubElement(at, "a", {"href": f"#{key}", "tabindex": "-1", "aria-label": printable(name)})
    SubElement(found, "title").text = printable(name)
    return found


def group(at: Element, name: str) -> Element:
    """Marks that belong together, with their name shown on hovering."""
    found = SubElement(at, "g")
    SubElement(found, "title").text = printable(name)
    return found


def written(svg: Element) -> str:
    """The picture as text for a page."""
    return tostring(svg, encoding="unicode", short_empty_elements=True)


def fitting(words: str, width: float) -> str:
    """The words as far as they fit, in pixels; wide enough for bold ones.

    >>> fitting("the United States", 60)
    'the Un…'
    """
    words = squeeze(words)
    most = max(1, int(width / BOLD_LETTER))
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def printable(words: str) -> str:
    r"""The words on one line, with control characters shown as a box: XML cannot carry them.

    >>> printable("a\n b\x00")
    'a b□'
    """
    return "".join(c if c.isprintable() or c == " " else "□" for c in squeeze(words))
