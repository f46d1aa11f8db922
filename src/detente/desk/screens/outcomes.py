"""What could hold: the negotiation as a sheet, worked out again as its sliders move."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.analysis.forecast import ForecastFinding, forecast
from detente.analysis.inverse import inverse
from detente.brief.names import Names, squeeze
from detente.claims import Claim
from detente.desk.cards import Card, card_of
from detente.desk.case import Case
from detente.desk.guards import Analyst, Reader
from detente.desk.holding import Holding, Workshop, settled
from detente.desk.outcome_words import CONCEPT_WORDS, described
from detente.desk.pages import page
from detente.desk.quoted import Quoted, quoted
from detente.desk.remembered import Remembered
from detente.desk.screens.items import AtCase, may_decide, names_of
from detente.desk.sheet import (
    Sheet,
    bring_up,
    brought_up,
    derived_version,
    follows,
    keep_sheet,
    keep_text,
    open_sheet,
    sheet_history,
    start_over,
)
from detente.desk.sheet_form import MOST_IN_PLAY, Tried, tried
from detente.desk.sheet_words import first_standing, sheet_changes
from detente.desk.sureness import Sureness, how_sure
from detente.desk.takeaway import disposition
from detente.desk.writing import NotMadeYet
from detente.errors import EditConflict, InvalidNegotiation, NotEnoughEvidence, UnknownItem
from detente.negotiation.model import Negotiation, Weights
from detente.record.codec import kind_of
from detente.record.edits import NEGOTIATION
from detente.record.model import Record
from detente.record.pages import Item

router = APIRouter()

_MOST_FIELDS: Final = 20_000
_MOST_QUOTES: Final = 60
_FORECAST_WORLDS: Final = 200
_WORKSHOP: Final = Workshop()
# By the version of the sheet, of the last ones that were looked at.
_FORECASTS: Final = Remembered[ForecastFinding | None](most=2)
_HOLDINGS: Final = Remembered[Holding](most=8)
_BEHIND: Final = Remembered[bool](most=8)


async def filled_sheet(request: Request) -> Mapping[str, list[str]]:
    """Every field of the sheet's form, with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in (await request.form(max_fields=_MOST_FIELDS)).multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


Filled = Annotated[Mapping[str, list[str]], Depends(filled_sheet)]


@router.get("/outcomes", response_class=HTMLResponse)
def outcomes(
    request: Request,
    *,
    person: Reader,
    case: AtCase,
    play: Annotated[list[str] | None, Query(max_length=_MOST_FIELDS)] = None,
    table: str | None = None,
) -> HTMLResponse:
    """The sheet, and what could hold on it as it is kept.

    Args:
        play: Places of the options that move; left out: the weightiest.
        table: Id of the table that packages are agreed at; left out: the first.
    """
    try:
        sheet = open_sheet(case)
    except NotMadeYet:
        return page(request, "outcomes_wait.html")
    except NotEnoughEvidence as error:
        return page(request, "outcomes_none.html", why=str(error))
    except InvalidNegotiation as error:
        return page(request, "outcomes_broken.html", why=str(error), may=may_decide(person))
    place = {"play": play or [], "table": [table or ""]}
    given = {name: place[name] for name, value in (("play", play), ("table", table)) if value is not None}
    first = tried(sheet.negotiation, given)
    return page(
        request,
        "outcomes.html",
        sheet=sheet,
        talks=sheet.negotiation,
        tried=first,
        weights=_weights(sheet),
        most=MOST_IN_PLAY,
        reach=_reach(sheet.negotiation),
        behind=_is_behind(case, sheet),
        follows=follows(case),
        may=may_decide(person),
        latest=first_standing(sheet_changes(sheet_history(case), sheet.negotiation, person)),
        **_found(first, sheet.version),
    )


@router.get("/outcomes/working", response_class=HTMLResponse)
def working(request: Request, _: Reader, case: AtCase, *, waits: bool = False) -> Response:
    """No answer while what the record shows is being worked out, then a word that it is.

    Args:
        waits: Whether the page waits for the first sheet; it is then loaded again.
    """
    state = follows(case)
    if state is None or not (state or waits):
        return Response(status_code=204)
    if waits:
        return HTMLResponse(headers={"HX-Refresh": "true"})
    return page(request, "_outcomes_working.html", follows=True)


@router.get("/outcomes/behind", response_class=HTMLResponse)
def behind_part(request: Request, person: Reader, case: AtCase) -> Response:
    """Whether the record shows more than the sheet, once that is known; until then no answer."""
    sheet = open_sheet(case)
    behind = _is_behind(case, sheet)
    if behind is None:
        return Response(status_code=204)
    return page(request, "_outcomes_behind.html", sheet=sheet, behind=behind, may=may_decide(person))


@router.post("/outcomes/try", response_class=HTMLResponse)
def try_out(request: Request, _: Reader, case: AtCase, form: Filled) -> HTMLResponse:
    """What could hold on the sheet as it is set just now; nothing is kept."""
    return page(request, "_outcomes_found.html", **_found(_tried(case, form)))


@router.post("/outcomes/change", response_class=HTMLResponse)
def change(request: Request, _: Reader, case: AtCase, form: Filled) -> HTMLResponse:
    """What would have to change for an outcome to hold."""
    now = _tried(case, form)
    wanted = (form.get("state") or [""])[-1]
    focus = settled(now)
    found = inverse(focus, wanted)
    told = described(now.negotiation)
    return page(
        request,
        "_outcomes_change.html",
        found=found,
        told=told,
        taken=[o.id for o, digit in zip(focus.options, found.wanted, strict=True) if digit == "1"],
        concepts=CONCEPT_WORDS,
    )


@router.post("/outcomes/sure", response_class=HTMLResponse)
def sure(request: Request, _: Reader, case: AtCase, form: Filled) -> HTMLResponse:
    """How sure it is, over worlds drawn from the ranges."""
    now = _tried(case, form)
    found: Sureness = how_sure(now)
    return page(request, "_outcomes_sure.html", found=found, told=described(now.negotiation))


@router.get("/outcomes/forecast", response_class=HTMLResponse)
def ahead(request: Request, _: Reader, case: AtCase) -> HTMLResponse:
    """Where each issue would settle."""
    sheet = open_sheet(case)
    found = _FORECASTS.of((sheet.version,), lambda: _forecast(sheet.negotiation))
    if found is None:
        return page(request, "_outcomes_forecast.html", found=None)
    talks = sheet.negotiation
    return page(request, "_outcomes_forecast.html", found=found, told=described(talks))


@router.post("/outcomes/keep")
def keep(person: Analyst, case: AtCase, form: Filled) -> Response:
    """Keep the sheet as it is set."""
    changed = _tried(case, form).negotiation
    keep_sheet(case, person, changed, _version(form), reason=_why((form.get("reason") or [""])[-1]))
    # What moves and who sits is no part of the sheet, and stays as it was chosen.
    shown = {name: form[name] for name in ("play", "table") if name in form}
    return RedirectResponse(f"/outcomes?{urlencode(shown, doseq=True)}", status_code=303)


@router.post("/outcomes/update")
def update(person: Analyst, case: AtCase, version: Annotated[str, Form()]) -> Response:
    """Add what is new in the record; what was written stays."""
    bring_up(case, person, version)
    return RedirectResponse("/outcomes", status_code=303)


@router.post("/outcomes/again")
def again(person: Analyst, case: AtCase, version: Annotated[str, Form()]) -> Response:
    """Start over from what the record shows."""
    start_over(case, person, version)
    return RedirectResponse("/outcomes", status_code=303)


@router.get("/outcomes/file", response_class=HTMLResponse)
def show_file(request: Request, person: Reader, case: AtCase) -> HTMLResponse:
    """The sheet as its file, to be changed by hand."""
    sheet = open_sheet(case)
    return page(
        request,
        "outcomes_file.html",
        text=sheet.text,
        version=sheet.version,
        why=None,
        may=may_decide(person),
    )


@router.post("/outcomes/file")
def keep_file(
    request: Request,
    person: Analyst,
    case: AtCase,
    *,
    text: Annotated[str, Form()],
    version: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Keep the sheet written as a file; what is wrong is told with its line, and nothing is lost."""
    try:
        keep_text(case, person, text, version, reason=_why(reason))
    except InvalidNegotiation as error:
        return page(
            request, "outcomes_file.html", status=422, text=text, version=version, why=str(error), may=True
        )
    return RedirectResponse("/outcomes", status_code=303)


@router.get("/outcomes/negotiation.yaml")
def download(_: Reader, case: AtCase) -> Response:
    """The sheet as a file to take elsewhere."""
    return Response(
        open_sheet(case).text,
        media_type="application/yaml; charset=utf-8",
        headers={"content-disposition": disposition("negotiation.yaml")},
    )


@router.get("/outcomes/evidence", response_class=HTMLResponse)
def evidence(request: Request, _: Reader, case: AtCase, *, option: str, party: str = "") -> HTMLResponse:
    """The words under an option, or under what it is worth to a party."""
    talks = open_sheet(case).negotiation
    known = next((one for one in talks.options if one.id == option), None)
    if known is None:
        raise UnknownItem("This option is not on the sheet.")
    told = described(talks)
    wish = talks.preferences.get(party)
    ids = wish.evidence.get(option, ()) if isinstance(wish, Weights) else known.evidence
    value = wish.values.get(option) if isinstance(wish, Weights) else None
    return page(
        request,
        "outcomes_evidence.html",
        option=known,
        told=told,
        party=party if isinstance(wish, Weights) else None,
        value=value,
        inferred=isinstance(wish, Weights) and option in wish.inferred,
        cards=_cards(case, ids[:_MOST_QUOTES]),
        more=max(0, len(ids) - _MOST_QUOTES),
    )


def _found(now: Tried, version: str | None = None) -> dict[str, Any]:
    """What the part with the findings is printed from; what is wrong with the sheet is told there.

    Args:
        version: Of the sheet, where it is shown as it is kept: that is worked out once.
    """
    shown: dict[str, Any] = {"told": described(now.negotiation), "now": now, "concepts": CONCEPT_WORDS}
    try:
        if version is None:
            found = _WORKSHOP.work_out(now)
        else:
            key = (version, tuple(now.play), now.table)
            found = _HOLDINGS.of(key, lambda: _WORKSHOP.work_out(now))
    except InvalidNegotiation as error:
        return shown | {"found": None, "wrong": str(error)}
    done = frozenset[str]().union(*(one.taken for one in found.outcomes))
    return shown | {"found": found, "wrong": None, "shown": [o for o in now.play if o in done]}


def _forecast(talks: Negotiation) -> ForecastFinding | None:
    try:
        return forecast(talks, samples=_FORECAST_WORLDS)
    except NotEnoughEvidence:
        return None


def _is_behind(case: Case, sheet: Sheet) -> bool | None:
    """Whether the record shows more than the sheet; ``None`` where that is still being worked out."""
    if not sheet.kept:
        return False
    try:
        key = (case.store.where, sheet.version, derived_version(case), case.store.version(NEGOTIATION))
    except NotMadeYet:
        return None
    look = _BEHIND.of if case.settling.is_small() else _BEHIND.soon
    return look(key, lambda: brought_up(case) != sheet.negotiation)


def _tried(case: Case, form: Mapping[str, list[str]]) -> Tried:
    """The sheet as the form has it.

    Raises:
        EditConflict: The form was made from another version of it.
    """
    sheet = open_sheet(case)
    if _version(form) != sheet.version:
        raise EditConflict("The sheet was changed since you opened it; open it again, then change it.")
    return tried(sheet.negotiation, form)


def _why(reason: str) -> str | None:
    return squeeze(reason)[:2_000] or None


def _version(form: Mapping[str, list[str]]) -> str:
    return (form.get("version") or [""])[-1]


def _weights(sheet: Sheet) -> list[tuple[int, str, Weights]]:
    """The parties whose wants are weights, with their place on the sheet; of no wants, none."""
    talks = sheet.negotiation
    found = []
    for at, party in enumerate(talks.parties):
        wish = talks.preferences.get(party.id)
        if wish is None or isinstance(wish, Weights):
            found.append((at, party.id, wish or Weights(values={})))
    return found


def _reach(talks: Negotiation) -> int:
    """How far a slider goes: to 100, or to the weightiest of the sheet."""
    wishes = (wish for wish in talks.preferences.values() if isinstance(wish, Weights))
    ends = [max(abs(value.low), abs(value.high)) for wish in wishes for value in wish.values.values()]
    return ceil(max([100.0, *ends]))


def _cards(case: Case, ids: Iterable[str]) -> list[tuple[Card, Quoted]]:
    names, claims = names_of(case), case.following("claims by id", _by_id)
    found = [claims[one] for one in ids if one in claims and claims[one].evidence]
    return [_carded(claim, names) for claim in found]


def _carded(claim: Claim, names: Names) -> tuple[Card, Quoted]:
    card = card_of(Item(kind=kind_of(claim), claim=claim, version=0, doubt=0.0), names)
    return card, quoted(claim.evidence[0], names, item=claim.id, most=400)


def _by_id(record: Record) -> dict[str, Claim]:
    return {claim.id: claim for _, claim in record.claims()}
