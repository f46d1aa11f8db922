"""The timeline: a lane a party, by year, month or day; the same as a table."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from detente.brief.names import Names
from detente.dates import in_words
from detente.desk.cards import KIND_NAMES
from detente.desk.fields import NotTaken
from detente.desk.guards import Reader
from detente.desk.pages import page
from detente.desk.screens.items import AtCase, names_of
from detente.desk.timeline import (
    COLUMNS,
    SHOWN,
    Column,
    Mark,
    Timeline,
    Zoom,
    by_cell,
    columns,
    fitting_zoom,
    in_words_of,
    moved,
    timeline,
    wanted,
)
from detente.desk.timeline_drawing import drawn
from detente.vocabulary import Act, ClaimKind

router = APIRouter()

_ROWS: Final = 100
_FIRST_SHOWN: Final = (ClaimKind.EVENTS, ClaimKind.MEETINGS, ClaimKind.DEMANDS, ClaimKind.PROMISES)
_FINER: Final = {Zoom.YEAR: Zoom.MONTH, Zoom.MONTH: Zoom.DAY, Zoom.DAY: Zoom.DAY}


@router.get("/timeline", response_class=HTMLResponse)
def show(
    request: Request,
    *,
    _: Reader,
    case: AtCase,
    kind: Annotated[list[str] | None, Query()] = None,
    act: str = "",
    zoom: str = "",
    start: str = "",
    view: str = "picture",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """One screen of it.

    Args:
        kind: The kinds shown.
        act: Of statements, only this act.
        zoom: How long a column is; empty: the finest at which everything fits.
        start: A day in the first column; empty: where the last marks stand.
        view: ``"picture"`` or ``"table"``.
        offset: The first row of the table.
    """
    names, found = names_of(case), case.following("timeline", timeline)
    kinds = [one for one in SHOWN if one.value in (kind or ())] or list(_FIRST_SHOWN)
    chosen = _act(act)
    if chosen is not None and ClaimKind.STATEMENTS not in kinds:
        kinds.append(ClaimKind.STATEMENTS)
    marks = wanted(found, kinds, chosen)
    closeness = _zoom(zoom) or fitting_zoom(marks)
    first = _start(start, closeness, marks)
    shown = columns(closeness, first, marks[-1].day if marks else None)
    here = wanted(found, kinds, chosen, shown[0].start, shown[-1].end)
    place = {"kind": [one.value for one in kinds], "act": act, "zoom": closeness.value, "view": view}

    def address(**changed: object) -> str:
        kept = {"start": first.isoformat(), **place, **changed}
        return f"/timeline?{urlencode({name: value for name, value in kept.items() if value}, doseq=True)}"

    as_table = view == "table"
    return page(
        request,
        "timeline.html",
        picture=None
        if as_table
        else _picture(found, here, shown, names=names, closeness=closeness, address=address),
        rows=[_row(found, mark, names) for mark in here[offset : offset + _ROWS]] if as_table else [],
        counted=len(here),
        every=len(marks),
        undated=found.undated,
        kinds=kinds,
        every_kind=[(one, KIND_NAMES[one]) for one in SHOWN],
        acts=Act,
        act=chosen,
        zoom=closeness,
        zooms=Zoom,
        start=first,
        span=f"{in_words(_day(shown[0].start))} to {in_words(_day(shown[-1].end))}",
        view=view,
        offset=offset,
        step=_ROWS,
        address=address,
        earlier=moved(closeness, first, -COLUMNS[closeness] + 1),
        later=moved(closeness, first, COLUMNS[closeness] - 1),
        has_earlier=bool(marks) and marks[0].day < shown[0].start,
        has_later=bool(marks) and marks[-1].day > shown[-1].end,
    )


def _picture(
    found: Timeline,
    here: Sequence[Mark],
    shown: Sequence[Column],
    *,
    names: Names,
    closeness: Zoom,
    address: Callable[..., str],
) -> Markup:
    cells = by_cell(here, shown)
    busy = sorted({lane for lane, _ in cells})
    lanes = {lane: _lane_name(found, lane, names) for lane in busy}

    def closer(column: Column) -> str:
        finest = closeness is Zoom.DAY
        view = "table" if finest else "picture"
        return address(zoom=_FINER[closeness].value, start=_day(column.start), view=view)

    return Markup(drawn(cells, lanes, shown, names=names, closer=closer))  # noqa: S704  # escaped as XML


def _lane_name(found: Timeline, lane: int, names: Names) -> str:
    return names.plain(found.lanes[lane]) if lane < len(found.lanes) else "Others"


def _row(found: Timeline, mark: Mark, names: Names) -> dict[str, object]:
    words = in_words_of(mark, names)
    return {
        "on": in_words(mark.when),
        "who": ", ".join(_lane_name(found, lane, names) for lane in mark.lanes),
        "kind": "What became of a promise" if mark.report else KIND_NAMES[mark.kind],
        "sure": mark.sure,
        "words": words if mark.report else words.partition(". ")[2],
        "address": f"/articles/{mark.article}?{urlencode({'item': mark.claim.id})}",
        "source": names.short_source(mark.article),
    }


def _start(written: str, zoom: Zoom, marks: list[Mark]) -> date:
    """The first day shown: the one asked for, or so that the last marks stand at the end."""
    if written:
        try:
            return moved(zoom, date.fromisoformat(written), 0)
        except ValueError as error:
            raise NotTaken(f"{written!r} is no day; write 2007-05-28.") from error
    if not marks:
        return moved(zoom, date.today(), 1 - COLUMNS[zoom])  # noqa: DTZ011  # any day will do: nothing is shown
    first = moved(zoom, date.fromordinal(marks[0].day), 0)
    last = moved(zoom, date.fromordinal(marks[-1].day), 1 - COLUMNS[zoom])
    return max(first, last)


def _day(at: int) -> str:
    return date.fromordinal(at).isoformat()


def _zoom(written: str) -> Zoom | None:
    try:
        return Zoom(written) if written else None
    except ValueError as error:
        raise NotTaken(f"{written!r} is no zoom: choose year, month or day.") from error


def _act(written: str) -> Act | None:
    try:
        return Act(written) if written else None
    except ValueError as error:
        raise NotTaken(f"{written!r} is no act; there are {', '.join(Act)}.") from error
