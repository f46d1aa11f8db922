"""The agenda: parties by issues, each cell leading to its evidence."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from detente.brief.names import Names, sentence, squeeze
from detente.dates import in_words
from detente.desk.agenda import Matrix, Order, Stand, matrix, ordered
from detente.desk.cards import card_of
from detente.desk.case import Case
from detente.desk.guards import Reader
from detente.desk.pages import page
from detente.desk.quoted import quoted, told_on
from detente.desk.screens.items import AtCase, names_of
from detente.desk.takeaway import disposition
from detente.errors import UnknownItem
from detente.export.sheets import defused
from detente.record.codec import kind_of
from detente.record.pages import Item

router = APIRouter()

_ROWS: Final = 25
_COLUMNS: Final = 6
_EVIDENCE: Final = 50
NO_ISSUE: Final = "none"
"""What stands in an address for no issue."""

Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A cell of the agenda by itself.

    Attributes:
        how: How firm, in how many sources and since when.
        address: Of its evidence.
    """

    issue: str
    verb: str
    words: str
    how: str
    address: str


@router.get("/agenda", response_class=HTMLResponse)
def agenda(
    request: Request,
    *,
    _: Reader,
    case: AtCase,
    order: Order = Order.WEIGHT,
    party: str = "",
    offset: Offset = 0,
    across: Offset = 0,
) -> HTMLResponse:
    """The matrix.

    Args:
        order: How the issues are ordered.
        party: Whose column they are ordered by; empty: all.
        offset: The first issue shown; ``across``: the first party.
    """
    found, names = _matrix(case), names_of(case)
    by = party if party in found.parties else None
    issues = _ordered(found, names, order, by)
    place: dict[str, object] = {"order": order.value, "party": by or "", "offset": offset, "across": across}
    return page(
        request,
        "agenda.html",
        matrix=found,
        names=names,
        labels=_labels(found, names),
        parties=found.parties[across : across + _COLUMNS],
        issues=issues[offset : offset + _ROWS],
        order=order,
        orders=Order,
        by=by,
        offset=offset,
        across=across,
        rows=_ROWS,
        columns=_COLUMNS,
        written=_written,
        sentence=sentence,
        address=lambda **changed: _address(place | changed),
        cell=_cell_address,
    )


@router.get("/agenda/evidence", response_class=HTMLResponse)
def evidence(
    request: Request, _: Reader, case: AtCase, party: str, issue: str, offset: Offset = 0
) -> HTMLResponse:
    """What a cell rests on, the latest first."""
    found, names = _matrix(case), names_of(case)
    stand = found.stands.get((party, None if issue == NO_ISSUE else issue))
    if stand is None:
        raise UnknownItem("Nothing is told of this party on this issue.")
    shown = stand.claims[offset : offset + _EVIDENCE]
    return page(
        request,
        "agenda_evidence.html",
        who=names.plain(party),
        label=_labels(found, names)[None if issue == NO_ISSUE else issue],
        stand=stand,
        cards=[
            (
                card_of(Item(kind=kind_of(one), claim=one, version=0, doubt=0.0), names),
                quoted(one.evidence[0], names, item=one.id, most=400),
                in_words(told_on(names.record, one)),
            )
            for one in shown
        ],
        offset=offset,
        step=_EVIDENCE,
        more=len(stand.claims) > offset + _EVIDENCE,
        address=f"/agenda/evidence?{urlencode({'party': party, 'issue': issue})}",
        written=_written,
    )


@router.get("/agenda.csv")
def as_csv(_: Reader, case: AtCase, order: Order = Order.WEIGHT, party: str = "") -> Response:
    """The whole matrix for a sheet: a row an issue, five columns a party; no cell runs as a formula."""
    found, names = _matrix(case), names_of(case)
    issues = _ordered(found, names, order, party if party in found.parties else None)
    buffer = io.StringIO()
    buffer.write("\N{ZERO WIDTH NO-BREAK SPACE}")
    writer = csv.writer(buffer)
    for row in _sheet(found, names, issues):
        writer.writerow([defused(value) for value in row])
    return Response(
        buffer.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": disposition(f"{case.name}-agenda.csv")},
    )


def stands_of(case: Case, party: str) -> tuple[Standing, ...]:
    """Where a party stands, the issue most talked of first."""
    found, names = _matrix(case), names_of(case)
    labels = _labels(found, names)
    return tuple(
        Standing(
            issue=labels[issue],
            verb=sentence(stand.verb),
            words=stand.words,
            how=_written(stand),
            address=_cell_address(party, issue),
        )
        for issue in found.issues
        if (stand := found.stands.get((party, issue))) is not None
    )


def _sheet(found: Matrix, names: Names, issues: Sequence[str | None]) -> Iterator[list[str | int | None]]:
    labels = _labels(found, names)
    head: list[str | int | None] = ["Issue"]
    for party in found.parties:
        name = names.plain(party)
        head += [name, f"{name}: how firm", f"{name}: sources", f"{name}: since", f"{name}: latest"]
    yield head
    for issue in issues:
        row: list[str | int | None] = [labels[issue]]
        for party in found.parties:
            stand = found.stands.get((party, issue))
            if stand is None:
                row += ["", "", "", "", ""]
            else:
                words = f"{stand.verb}: {stand.words}"
                row += [words, stand.firm, stand.sources, stand.since, stand.latest]
        yield row


def _matrix(case: Case) -> Matrix:
    return case.following("agenda", matrix)


def _ordered(found: Matrix, names: Names, order: Order, party: str | None) -> tuple[str | None, ...]:
    return ordered(found, _labels(found, names), order, party)


def _labels(found: Matrix, names: Names) -> dict[str | None, str]:
    known = names.record.issue
    return {
        issue: sentence(squeeze(known[issue].label)) if issue in known else "No issue named"
        for issue in found.issues
    }


def _written(stand: Stand) -> str:
    """How firm, how often and since when, in words."""
    sources = f"{stand.sources} source{'' if stand.sources == 1 else 's'}"
    since = f"since {in_words(stand.since)}" if stand.since else "date unknown"
    return " · ".join(part for part in (stand.firm, sources, since) if part)


def _address(place: dict[str, object]) -> str:
    kept = {name: str(value) for name, value in place.items() if value not in ("", 0, Order.WEIGHT.value)}
    return f"/agenda?{urlencode(kept)}" if kept else "/agenda"


def _cell_address(party: str, issue: str | None) -> str:
    return f"/agenda/evidence?{urlencode({'party': party, 'issue': issue or NO_ISSUE})}"
