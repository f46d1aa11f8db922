"""Packages as points: what each is worth to either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from detente.brief import svg
from detente.brief.model import Picture

WIDTH: Final = 640.0
HEIGHT: Final = 380.0
LEFT: Final = 60.0
TOP: Final = 24.0
FOOT: Final = 52.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A package.

    Attributes:
        x: Gain of the first side over no deal; ``y``: of the second.
        number: Of the package in the table.
        best: Whether it is the Nash package.
    """

    x: float
    y: float
    number: int
    best: bool


def scatter(offers: Sequence[Offer], sides: tuple[str, str]) -> Picture:
    """The packages, the line of no deal on both axes, and their numbers."""
    title = "What each package is worth to either side"
    description = (
        f"{len(offers)} packages: further right is worth more to {sides[0]}, further up more to {sides[1]}. "
        "The cross is no deal; the ringed point is the most even-handed package. The table gives the figures."
    )
    picture = svg.canvas(WIDTH, HEIGHT, key="packages", title=title, description=description)
    frame = _Frame.over([(one.x, one.y) for one in offers] + [(0.0, 0.0)])
    x0, y0 = frame.at(0.0, 0.0)
    svg.box(picture, (x0, TOP), (WIDTH - 20 - x0, y0 - TOP), "lane")
    svg.stroke(picture, (x0, TOP), (x0, HEIGHT - FOOT), "axis faint")
    svg.stroke(picture, (LEFT, y0), (WIDTH - 20, y0), "axis faint")
    svg.stroke(picture, (LEFT, HEIGHT - FOOT), (WIDTH - 20, HEIGHT - FOOT), "axis")
    svg.stroke(picture, (LEFT, TOP), (LEFT, HEIGHT - FOOT), "axis")
    svg.text(
        picture, (LEFT + WIDTH - 20) / 2, HEIGHT - 16, f"gain of {sides[0]} →", kind="tick", anchor="middle"
    )
    upright = svg.text(picture, 0, 0, f"gain of {sides[1]} →", kind="tick", anchor="middle")
    upright.set("transform", f"translate(22 {(TOP + HEIGHT - FOOT) / 2:.0f}) rotate(-90)")
    _cross(picture, x0, y0)
    places: dict[tuple[float, float], list[Offer]] = {}
    for one in sorted(offers, key=lambda offer: offer.number):
        places.setdefault((one.x, one.y), []).append(one)
    for here in places.values():
        _point(picture, here, frame, sides)
    return Picture(title=title, description=description, svg=svg.written(picture))


@dataclass(frozen=True, slots=True)
class _Frame:
    low: tuple[float, float]
    high: tuple[float, float]

    @classmethod
    def over(cls, points: Sequence[tuple[float, float]]) -> "_Frame":
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return cls((min(xs), min(ys)), (max(xs), max(ys)))

    def at(self, x: float, y: float) -> tuple[float, float]:
        across, up = self.high[0] - self.low[0] or 1.0, self.high[1] - self.low[1] or 1.0
        left, right, top, foot = LEFT + 26, WIDTH - 60, TOP + 24, HEIGHT - FOOT - 24
        return left + (x - self.low[0]) / across * (right - left), foot - (y - self.low[1]) / up * (
            foot - top
        )


def _cross(picture: Element, x: float, y: float) -> None:
    for step in (-5, 5):
        svg.stroke(picture, (x - 5, y + step), (x + 5, y - step), "axis")
    svg.text(picture, x + 9, y + 15, "no deal", kind="tick")


def _point(picture: Element, here: Sequence[Offer], frame: _Frame, sides: tuple[str, str]) -> None:
    one = here[0]
    x, y = frame.at(one.x, one.y)
    numbers = ", ".join(str(offer.number) for offer in here)
    name = f"Package {numbers}: {one.x:.3g} to {sides[0]}, {one.y:.3g} to {sides[1]}"
    mark = svg.group(picture, name)
    if any(offer.best for offer in here):
        svg.shape(mark, "ring", (x, y), "halo", 11)
    svg.shape(mark, "circle", (x, y), "mark deal", 6)
    svg.text(mark, x + 14, y - 7, numbers, kind="lane-name")
