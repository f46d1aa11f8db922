"""The timeline as a picture: a lane per party, meetings across the lanes of those who met.

Drawn by hand, not by Altair: a broken axis, lanes crossed by meetings, and colours that follow the page
into dark and print are a few strokes here and a struggle there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from detente.brief import svg
from detente.brief.model import Picture
from detente.dates import When, earliest, in_words, latest

WIDTH: Final = 980.0
LEFT: Final = 176.0
RIGHT: Final = 24.0
ROW: Final = 15.0
MOST_ROWS: Final = 4
BROAD: Final = 0.16
"""No stretch without events takes more than this share of the axis; a longer one is broken."""

FORMS: Final = {"talk": "circle", "press": "diamond", "force": "square", "meet": "ring"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something to show on the timeline.

    Attributes:
        lanes: Lanes it stands in; a meeting stands in several and is joined across them.
        kind: ``talk``, ``press``, ``force`` or ``meet``.
        sure: Whether it happened, as told; planned and denied things are drawn hollow.
        key: Anchor of its row in the table.
    """

    when: When
    lanes: tuple[int, ...]
    kind: str
    sure: bool
    name: str
    key: str


def timeline(moments: Sequence[Moment], lanes: Sequence[str]) -> Picture:
    """The timeline of these moments; ``lanes`` are the parties' names, from the top."""
    axis = Axis.over([moment.when for moment in moments])
    rows = _stacked(moments, axis, len(lanes))
    heights = [max(30.0, 14 + ROW * min(MOST_ROWS, rows.depth[lane])) for lane in range(len(lanes))]
    tops = [34 + sum(heights[:lane]) for lane in range(len(lanes))]
    foot = 34 + sum(heights)
    title = "Timeline by party"
    description = (
        f"{len(moments)} dated events and meetings in {len(lanes)} lanes, one for each of "
        f"{', '.join(lanes)}. The table after the picture tells each of them."
    )
    picture = svg.canvas(WIDTH, foot + 58, key="timeline", title=title, description=description)
    for lane, name in enumerate(lanes):
        svg.box(picture, (0, tops[lane]), (WIDTH, heights[lane]), "lane even" if lane % 2 else "lane")
        svg.text(
            picture, 10, tops[lane] + heights[lane] / 2 + 4, svg.fitting(name, LEFT - 16), kind="lane-name"
        )
    _draw_axis(picture, axis, foot)
    for moment in sorted(moments, key=lambda one: one.kind != "meet"):
        _draw(picture, moment, axis, rows, tops)
    _overflow(picture, rows, tops)
    _legend(picture, foot + 46)
    return Picture(title=title, description=description, svg=svg.written(picture))


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to pixels, with long empty stretches broken.

    Attributes:
        days: Ordinals where something starts or ends, in order.
        places: Their pixels.
        breaks: Pixels in the middle of each broken stretch.
    """

    days: tuple[int, ...]
    places: tuple[float, ...]
    breaks: tuple[float, ...]

    @classmethod
    def over(cls, dates: Sequence[When]) -> "Axis":
        """The axis on which all these dates stand."""
        days = sorted({d.toordinal() for when in dates for d in (earliest(when), latest(when))})
        gaps = [float(after - before) for before, after in pairwise(days)]
        cap = max(gaps, default=0.0)
        for _ in range(20 if len(gaps) > 1 / BROAD else 0):
            cap = max(BROAD * sum(min(gap, cap) for gap in gaps), 1.0)
        room = WIDTH - LEFT - RIGHT
        scale = room / max(1.0, sum(min(gap, cap) for gap in gaps))
        places, breaks = [LEFT], []
        for gap in gaps:
            if gap > cap:
                breaks.append(places[-1] + cap * scale / 2)
            places.append(places[-1] + min(gap, cap) * scale)
        return cls(tuple(days), tuple(places), tuple(breaks))

    def ends(self, when: When) -> tuple[float, float]:
        """The pixels of the first and the last day a date can mean."""
        index = dict(zip(self.days, self.places, strict=True))
        return index[earliest(when).toordinal()], index[latest(when).toordinal()]

    def middle(self, when: When) -> float:
        """Where the mark of a date stands: half way between its ends."""
        return sum(self.ends(when)) / 2


@dataclass(frozen=True, slots=True)
class _Rows:
    at: dict[tuple[str, int], int]
    depth: dict[int, int]
    hidden: dict[int, list[float]]


def _stacked(moments: Sequence[Moment], axis: Axis, lanes: int) -> _Rows:
    taken: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    rows = _Rows({}, dict.fromkeys(range(lanes), 1), defaultdict(list))
    for moment in sorted(moments, key=lambda one: (one.kind != "meet", axis.middle(one.when))):
        x = axis.middle(moment.when)
        for lane in moment.lanes:
            free = (row for row in range(MOST_ROWS) if all(abs(x - at) > ROW for at in taken[lane, row]))
            row = next(free, MOST_ROWS)
            if row == MOST_ROWS:
                rows.hidden[lane].append(x)
                continue
            taken[lane, row].append(x)
            rows.at[moment.key, lane] = row
            rows.depth[lane] = max(rows.depth[lane], row + 1)
    return rows


def _draw(picture: Element, moment: Moment, axis: Axis, rows: _Rows, tops: Sequence[float]) -> None:
    x = axis.middle(moment.when)
    start, end = axis.ends(moment.when)
    spots = [
        tops[lane] + 15 + ROW * rows.at[moment.key, lane]
        for lane in moment.lanes
        if (moment.key, lane) in rows.at
    ]
    if not spots:
        return
    mark = svg.link(picture, moment.key, f"{in_words(moment.when)}: {moment.name}")
    look = f"mark {moment.kind}" + ("" if moment.sure else " hollow")
    if moment.kind == "meet" and len(spots) > 1:
        svg.stroke(mark, (x, min(spots)), (x, max(spots)), "join" if moment.sure else "join planned")
    for y in spots:
        if end - start > 2:
            svg.stroke(mark, (start, y), (end, y), "reach")
        svg.shape(mark, FORMS[moment.kind], (x, y), look)


def _overflow(picture: Element, rows: _Rows, tops: Sequence[float]) -> None:
    for lane, hidden in rows.hidden.items():
        middle = sum(hidden) / len(hidden)
        svg.text(
            picture,
            middle,
            tops[lane] + 14 + ROW * MOST_ROWS,
            f"+{len(hidden)}",
            kind="more",
            anchor="middle",
        )


def _draw_axis(picture: Element, axis: Axis, foot: float) -> None:
    svg.stroke(picture, (LEFT, foot), (WIDTH - RIGHT + 8, foot), "axis")
    for x in axis.breaks:
        for step in (-3, 3):
            svg.stroke(picture, (x + step - 3, foot + 6), (x + step + 3, foot - 6), "axis")
    last = -1e9
    for day, x in zip(axis.days, axis.places, strict=True):
        words = _tick(axis, day)
        half = len(words) * svg.LETTER / 2
        if x - half < last + 10 or x + half > WIDTH:
            continue
        svg.stroke(picture, (x, foot), (x, foot + 5), "axis")
        svg.text(picture, x, foot + 19, words, kind="tick", anchor="middle")
        last = x + half


def _tick(axis: Axis, day: int) -> str:
    from_day = _day(day)
    close = axis.days[-1] - axis.days[0] < 120
    return in_words(from_day if close else from_day[:7])


def _day(ordinal: int) -> When:
    return date.fromordinal(ordinal).isoformat()


def _legend(picture: Element, y: float) -> None:
    entries = (
        ("circle", "mark talk", "talks, agrees, yields"),
        ("diamond", "mark press", "asks, accuses, refuses"),
        ("square", "mark force", "sanctions, force"),
        ("ring", "mark meet", "meeting"),
        ("circle", "mark talk hollow", "planned, possible or denied"),
    )
    x = LEFT + 4
    for form, look, words in entries:
        svg.shape(picture, form, (x, y - 4), look, 5)
        svg.text(picture, x + 11, y, words, kind="tick")
        x += 30 + len(words) * svg.LETTER
