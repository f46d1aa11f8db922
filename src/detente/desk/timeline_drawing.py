"""The timeline as SVG: lanes and columns; marks where they fit, counts where they do not."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from detente.brief.names import Names
from detente.brief.svg import box, canvas, fitting, printable, shape, stroke, text, written
from detente.desk.timeline import Column, Mark, in_words_of
from detente.vocabulary import ClaimKind, PromiseStatus

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
        names: What parties are called.
        made: Where it is made; ``fates``: where it is told what became of it, with how.
    """

    names: Names
    made: dict[tuple[str, int], tuple[float, float]] = field(default_factory=dict)
    fates: list[tuple[str, int, float, float, PromiseStatus]] = field(default_factory=list)


def drawn(
    cells: Mapping[tuple[int, int], Sequence[Mark]],
    lanes: Mapping[int, str],
    columns: Sequence[Column],
    *,
    names: Names,
    closer: Callable[[Column], str],
) -> str:
    """The picture.

    Args:
        cells: Marks by lane and column.
        lanes: The names of the lanes that are drawn, from the top.
        columns: Their heads.
        names: What parties are called.
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
    addresses = [closer(column) for column in columns]
    _frame(svg, len(lanes), columns, addresses, wide)
    lines = SubElement(svg, "g", {"class": "fates"})
    places = _Places(names)
    rows = {lane: row for row, lane in enumerate(lanes)}
    room = max(1, int((wide - 4) // _SLOT)) * _ROWS
    for (lane, at), marks in sorted(cells.items()):
        corner = (_LEFT + wide * at, _TOP + _LANE * rows[lane])
        if len(marks) <= room:
            _marks(svg, marks, lane, corner=corner, wide=wide, places=places)
        else:
            _count(svg, marks, lane, corner=corner, wide=wide, address=addresses[at], places=places)
    _lines(lines, places)
    _names(svg, tuple(lanes.values()))
    return written(svg)


def _frame(
    svg: Element,
    lanes: int,
    columns: Sequence[Column],
    addresses: Sequence[str],
    wide: float,
) -> None:
    bottom = _TOP + _LANE * lanes
    for at in range(lanes):
        box(svg, (0, _TOP + _LANE * at), (_WIDTH, _LANE), f"lane l{at % 2}")
    for at, column in enumerate(columns):
        x = _LEFT + wide * at
        stroke(svg, (x, _TOP - 6), (x, bottom), "rule")
        link = SubElement(svg, "a", {"href": addresses[at], "class": "head"})
        text(link, x + wide / 2, _TOP - 12, column.label, anchor="middle")


def _names(svg: Element, lanes: Sequence[str]) -> None:
    """What the lanes are called, above all else: the page keeps them in sight."""
    group = SubElement(svg, "g", {"class": "lane-names"})
    box(group, (0, 0), (_LEFT - 2, _TOP), "lane l0")
    for at, name in enumerate(lanes):
        top = _TOP + _LANE * at
        box(group, (0, top), (_LEFT - 2, _LANE), f"lane l{at % 2}")
        text(group, 8, top + _LANE / 2 + 4, fitting(name, _LEFT - 14), kind="lane-name")


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
        address = f"/articles/{mark.article}?item={mark.claim.id}"
        words = printable(in_words_of(mark, places.names))
        link = SubElement(svg, "a", {"href": address, "class": "mark", "tabindex": "-1", "aria-label": words})
        SubElement(link, "title").text = words
        if mark.report is not None:
            _sign(link, (x, y), mark)
            places.fates.append((mark.claim.id, lane, x, y, mark.report.status))
        else:
            look = mark.look if mark.sure else f"{mark.look} unsure"
            radius = 4.0 if mark.look == "statements" else 5.2
            shape(link, _FORMS[mark.look], (x, y), look, radius)
            places.made[mark.claim.id, lane] = (x, y)


def _sign(at: Element, centre: tuple[float, float], mark: Mark) -> None:
    """A tick for kept, a cross for broken, a question mark for disputed."""
    x, y = centre
    status = mark.report.status if mark.report else PromiseStatus.DISPUTED
    signs = {PromiseStatus.KEPT: "✓", PromiseStatus.BROKEN: "✗"}
    sign = text(at, x, y + 4.5, signs.get(status, "?"), anchor="middle")
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
    kinds = Counter(mark.kind for mark in marks)
    for mark in marks:
        if mark.kind is not ClaimKind.PROMISES:
            continue
        if mark.report is not None:
            places.fates.append((mark.claim.id, lane, x, y, mark.report.status))
        else:
            places.made[mark.claim.id, lane] = (x, y)
    words = ", ".join(f"{count} {kind.value}" for kind, count in kinds.items())
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
