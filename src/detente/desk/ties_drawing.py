"""The network as SVG: a disc a party, an arrow a tie; everything in the picture stands in the table too."""

from dataclasses import dataclass
from math import hypot
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement

from detente.brief.names import Names, counted
from detente.brief.svg import canvas, fitting, printable, text, written
from detente.desk.ties import Network, Tie

_SIZE: Final = 760.0
_MARGIN: Final = 70.0
# A letter's width at the size of the names, as a mean.
_LETTER: Final = 6.6
# Ties drawn; the faintest of a dense net only hide the others. The table has them all.
MOST_TIES: Final = 150

_Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def drawn(network: Network, names: Names, colours: dict[str, int]) -> str:
    """The picture.

    Args:
        colours: By party, the number of its colour class.
    """
    svg = canvas(
        _SIZE,
        _SIZE,
        key="net",
        title="Who speaks of whom",
        description=f"{counted(len(network.parties), 'party', 'parties')} and "
        f"{counted(len(network.ties), 'tie')}; the table beside says the same.",
    )
    places = {party: _at(network.places[party]) for party in network.parties}
    sizes = _sizes(network)
    heaviest = max((tie.weight for tie in network.ties), default=1)
    ties = SubElement(svg, "g", {"class": "ties"})
    for tie in reversed(network.ties[:MOST_TIES]):
        width = 1 + 5 * (tie.weight / heaviest) ** 0.5
        _arrow(ties, tie, places=places, sizes=sizes, names=names, width=width)
    labels = _labels(network, names, places, sizes)
    for party in reversed(list(network.parties)):
        kind = f"node c{colours.get(party, 5)}"
        _disc(svg, party, place=places[party], size=sizes[party], label=labels[party], kind=kind)
    return written(svg)


@dataclass(frozen=True, slots=True)
class _Label:
    """A name where it is free to stand.

    Attributes:
        x, y: Of its base line's ``anchor``.
        name: In full; ``shown``: as far as it fits.
    """

    x: float
    y: float
    anchor: str
    name: str
    shown: str

    @property
    def box(self) -> _Box:
        wide = _LETTER * len(self.shown)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - 11, left + wide, self.y + 4


def _labels(
    network: Network, names: Names, places: dict[str, tuple[float, float]], sizes: dict[str, float]
) -> dict[str, _Label]:
    """The names, the busiest first: below a disc, or beside it where they would cover another."""
    taken = [(x - r, y - r, x + r, y + r) for party, (x, y) in places.items() for r in (sizes[party],)]
    labels: dict[str, _Label] = {}
    for party in network.parties:
        (x, y), size, name = places[party], sizes[party], names.plain(party)
        shown = fitting(name, 150)
        around = (
            _Label(x, y + size + 13, "middle", name, shown),
            _Label(x, y - size - 5, "middle", name, shown),
            _Label(x + size + 4, y + 4, "start", name, shown),
            _Label(x - size - 4, y + 4, "end", name, shown),
        )
        free = (one for one in around if _inside(one.box) and not any(_meet(one.box, box) for box in taken))
        labels[party] = next(free, around[0])
        taken.append(labels[party].box)
    return labels


def _inside(box: _Box) -> bool:
    return min(box) >= 0 and max(box) <= _SIZE


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sizes(network: Network) -> dict[str, float]:
    most = max(network.parties.values(), default=1)
    return {party: 6 + 16 * (weight / most) ** 0.5 for party, weight in network.parties.items()}


def _at(place: tuple[float, float]) -> tuple[float, float]:
    inner = _SIZE - 2 * _MARGIN
    return _MARGIN + place[0] * inner, _MARGIN + place[1] * inner


def _arrow(
    at: Element,
    tie: Tie,
    *,
    places: dict[str, tuple[float, float]],
    sizes: dict[str, float],
    names: Names,
    width: float,
) -> None:
    """A bent line that ends at the disc it points to, with a head; the one back bends the other way."""
    (x1, y1), (x2, y2) = places[tie.speaker], places[tie.target]
    far = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    bend = min(40.0, far * 0.14)
    cx, cy = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    back = hypot(x2 - cx, y2 - cy) or 1.0
    wx, wy = (x2 - cx) / back, (y2 - cy) / back
    ex, ey = x2 - wx * (sizes[tie.target] + 2), y2 - wy * (sizes[tie.target] + 2)
    head = 5 + width
    bx, by = ex - wx * head, ey - wy * head
    link = SubElement(at, "a", {"href": f"#t-{tie.speaker}-{tie.target}", "class": "tie", "tabindex": "-1"})
    acts = ", ".join(f"{act.value} {count}" for act, count in list(tie.acts.items())[:4])
    words = printable(f"{names.plain(tie.speaker)} on {names.plain(tie.target)}: {acts}")
    SubElement(link, "title").text = words
    link.set("aria-label", words)
    path = f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}"
    SubElement(link, "path", {"d": path, "stroke-width": f"{width:.1f}", "fill": "none"})
    half = head * 0.5
    corners = ((ex, ey), (bx - wy * half, by + wx * half), (bx + wy * half, by - wx * half))
    SubElement(link, "polygon", {"points": " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)})


def _disc(
    svg: Element, party: str, *, place: tuple[float, float], size: float, label: _Label, kind: str
) -> None:
    x, y = place
    link = SubElement(svg, "a", {"href": f"/network?party={party}", "class": kind})
    link.set("aria-label", printable(label.name))
    SubElement(link, "title").text = printable(label.name)
    SubElement(link, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{size:.1f}"})
    text(link, label.x, label.y, label.shown, anchor=label.anchor)
