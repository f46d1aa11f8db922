"""Whose voices each article carries, as bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from detente.brief import svg
from detente.brief.model import Picture

WIDTH: Final = 980.0
LEFT: Final = 330.0
BAR: Final = 20.0
STEP: Final = 30.0
COLOURS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One bar: an article and how many statements each group makes in it."""

    name: str
    counts: tuple[int, ...]


def shares(bars: Sequence[Share], groups: Sequence[str]) -> Picture:
    """Bars of equal length, each split by group; the number in a part is a count of statements."""
    title = "Whose voices are heard"
    description = (
        "A bar for each article, split by who makes its statements. The table after it gives the figures."
    )
    head = 30.0
    picture = svg.canvas(
        WIDTH, head + STEP * len(bars) + 8, key="voices", title=title, description=description
    )
    x = LEFT
    for number, group in enumerate(groups):
        svg.box(picture, (x, 6), (12, 12), f"share c{number % COLOURS}")
        svg.text(picture, x + 17, 16, svg.fitting(group, 140), kind="tick")
        x += 34 + min(len(group) * svg.LETTER, 140)
    for row, bar in enumerate(bars):
        y = head + STEP * row
        svg.text(picture, LEFT - 12, y + 14, svg.fitting(bar.name, LEFT - 16), kind="lane-name", anchor="end")
        whole, x = sum(bar.counts), LEFT
        for number, count in enumerate(bar.counts):
            width = (WIDTH - LEFT - 12) * count / whole if whole else 0.0
            if not count:
                continue
            svg.box(picture, (x, y), (width, BAR), f"share c{number % COLOURS}")
            if width > 18:
                svg.text(
                    picture,
                    x + width / 2,
                    y + 14.5,
                    str(count),
                    kind=f"on c{number % COLOURS}",
                    anchor="middle",
                )
            x += width
    return Picture(title=title, description=description, svg=svg.written(picture))
