"""The timeline as SVG: lanes and columns; marks where they fit, counts where they do not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from detente.brief.svg import box, canvas, fitting, printable, shape, stroke, text, written
from detente.desk.timeline import Column, Mark
from detente.vocabulary import PromiseStatus

_WIDTH: Final = 1280.0
_LEFT: Final = 150.0
_TOP: Final = 34.0
_SLOT: Final = 15.0
_ROWS: Final = 4
_LANE: Final = _SLOT * _ROWS + 10
_FORMS: Final = {
    "talk": "circle",
    "press": "circle",
    "force": "circle",
    "meetings": "ring",
    "demands": "square",
    "promises": "diamond",
    "statements": "circle",
}


@dataclass
class _Places:
    """Where the marks of each promise came to stand, by promise and lane.

    Attributes:
        made: Where it is made; ``fates``: where it is told what became of it, with how.
    """

    made: dict[tuple[str, int], tuple[float, float]] = field(default_factory=dict)
    fates: list[tuple[str, int, float, float, PromiseStatus]] = field(default_factory=list)


def drawn(
    cells: Mapping[tuple[int, int], Sequence[Mark]],
    lanes: Sequence[str],
    columns: Sequence[Column],
    closer: Callable[[Column], str],
) -> str:
    """The picture.

    Args:
        cells: Marks by lane and column.
        lanes: Their names.
        closer: The address of a column looked at closer.
    """
    height = _TOP + _LANE * len(lanes) + 8
    svg = canvas(
        _WIDTH,
        height,
        key="time",
        title="Timeline",
        description=f"A lane a party, from {columns[0].label} on; the table says the same.",
    )
    wide = (_WIDTH - _LEFT - 4) / len(columns)
    _frame(svg, lanes, columns, closer, wide)
    lines = SubElement(svg, "g", {"class": "fates"})
    places = _Places()
    for (lane, at), marks in sorted(cells.items()):
        corner = (_LEFT + wide * at, _TOP + _LANE * lane)
        room = max(1, int((wide - 4) // _SLOT)) * _ROWS
        if len(marks) <= room:
            _marks(svg, marks, lane, corner=corner, wide=wide, places=places)
        else:
            _count(svg, marks, lane, corner=corner, wide=wide, address=closer(columns[at]), places=places)
    _lines(lines, places)
    return written(svg)


def _frame(
    svg: Element,
    lanes: Sequence[str],
    columns: Sequence[Column],
    closer: Callable[[Column], str],
    wide: float,
) -> None:
    bottom = _TOP + _LANE * len(lanes)
    for at, name in enumerate(lanes):
        top = _TOP + _LANE * at
        box(svg, (0, top), (_WIDTH, _LANE), f"lane l{at % 2}")
        text(svg, 8, top + _LANE / 2 + 4, fitting(name, _LEFT - 14), kind="lane-name")
    for at, column in enumerate(columns):
        x = _LEFT + wide * at
        stroke(svg, (x, _TOP - 6), (x, bottom), "rule")
        link = SubElement(svg, "a", {"href": closer(column), "class": "head"})
        text(link, x + wide / 2, _TOP - 12, column.label, anchor="middle")


def _marks(
    svg: Element,
    marks: Sequence[Mark],
    lane: int,
    *,
    corner: tuple[float, float],
    wide: float,
    places: _Places,
) -> None:
    """Marks one beside the other, in columns of a few from the middle of the lane."""
    across = min(-(-len(marks) // _ROWS), max(1, int((wide - 4) // _SLOT)))
    deep = -(-len(marks) // across)
    left = corner[0] + (wide - across * _SLOT) / 2 + _SLOT / 2
    top = corner[1] + (_LANE - deep * _SLOT) / 2 + _SLOT / 2
    for at, mark in enumerate(marks):
        x, y = left + _SLOT * (at // deep), top + _SLOT * (at % deep)
        link = SubElement(
            svg,
            "a",
            {"href": f"/articles/{mark.article}?item={mark.item}", "class": "mark", "tabindex": "-1"},
        )
        link.set("aria-label", printable(mark.words))
        SubElement(link, "title").text = printable(mark.words)
        if mark.fate is not None:
            _sign(link, (x, y), mark)
            places.fates.append((mark.item, lane, x, y, mark.fate))
        else:
            look = mark.look if mark.sure else f"{mark.look} unsure"
            radius = 4.0 if mark.look == "statements" else 5.2
            shape(link, _FORMS[mark.look], (x, y), look, radius)
            places.made[mark.item, lane] = (x, y)


def _sign(at: Element, centre: tuple[float, float], mark: Mark) -> None:
    """A tick for kept, a cross for broken, a question mark for disputed."""
    x, y = centre
    signs = {PromiseStatus.KEPT: "✓", PromiseStatus.BROKEN: "✗"}
    sign = text(at, x, y + 4.5, signs.get(mark.fate or PromiseStatus.DISPUTED, "?"), anchor="middle")
    sign.set("class", mark.look)


def _count(
    svg: Element,
    marks: Sequence[Mark],
    lane: int,
    *,
    corner: tuple[float, float],
    wide: float,
    address: str,
    places: _Places,
) -> None:
    """One disc that says how many there are, and leads closer."""
    x, y = corner[0] + wide / 2, corner[1] + _LANE / 2
    link = SubElement(svg, "a", {"href": address, "class": "many"})
    kinds: dict[str, int] = {}
    for mark in marks:
        kinds[mark.kind.value] = kinds.get(mark.kind.value, 0) + 1
        if mark.fate is not None:
            places.fates.append((mark.item, lane, x, y, mark.fate))
        else:
            places.made[mark.item, lane] = (x, y)
    words = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    SubElement(link, "title").text = f"{words}: look closer"
    link.set("aria-label", f"{words}: look closer")
    radius = min(wide / 2 - 2, 11 + 1.6 * len(str(len(marks))) + len(marks) ** 0.5 * 0.3, _LANE / 2 - 2)
    shape(link, "circle", (x, y), "", radius)
    text(link, x, y + 4, f"{len(marks):,}", anchor="middle")


def _lines(at: Element, places: _Places) -> None:
    """From each promise to what became of it, where both are on the screen."""
    for item, lane, x, y, status in places.fates:
        made = places.made.get((item, lane))
        if made is None or made == (x, y):
            continue
        (x1, y1), rise = made, min(26.0, abs(x - made[0]) * 0.25 + 8)
        path = f"M{x1:.1f} {y1:.1f}C{x1:.1f} {y1 - rise:.1f} {x:.1f} {y - rise:.1f} {x:.1f} {y:.1f}"
        SubElement(at, "path", {"d": path, "class": status.value, "fill": "none"})
