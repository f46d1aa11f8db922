"""Disputes and promises: charge and denial face to face; each promise and what became of it."""

from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.claims import Promise
from detente.desk.alike import undo_item
from detente.desk.case import Case
from detente.desk.decisions import decide_item
from detente.desk.faces import STATUSES, Undertaking, face, quarrels, tallied, undertaking
from detente.desk.guards import Analyst, Reader
from detente.desk.pages import page
from detente.desk.screens.items import AtCase, may_decide, names_of
from detente.errors import UnknownItem
from detente.record.edits import Action
from detente.vocabulary import PromiseStatus

router = APIRouter()

_ROWS: Final = 20

Offset = Annotated[int, Query(ge=0, le=10_000_000)]


class Answer(StrEnum):
    """Which charges are shown."""

    ALL = "all"
    ANSWERED = "answered"
    OPEN = "open"


@router.get("/disputes", response_class=HTMLResponse)
def disputes_and_promises(
    request: Request,
    *,
    person: Reader,
    case: AtCase,
    answer: Answer = Answer.ALL,
    status: PromiseStatus | None = None,
    offset: Offset = 0,
    later: Offset = 0,
) -> HTMLResponse:
    """Both lists.

    Args:
        answer: Which charges are wanted.
        status: Which promises are wanted; all where left out.
        offset: The first charge shown; ``later``: the first promise.
    """
    names, found = names_of(case), case.following("quarrels", quarrels)
    charges = [
        one
        for one in found.disputes
        if answer is Answer.ALL or (one.id in found.answered) == (answer is Answer.ANSWERED)
    ]
    promises = [one for one in found.promises if status in (None, one.status)]
    shown = promises[later : later + _ROWS]
    versions = case.store.versions([one.id for one in shown])
    place = {
        "answer": answer.value,
        "status": status.value if status else "",
        "offset": offset,
        "later": later,
    }
    return page(
        request,
        "disputes.html",
        faces=[
            face(one, names, answered=one.id in found.answered) for one in charges[offset : offset + _ROWS]
        ],
        charges=len(charges),
        answered=len(found.answered),
        every=len(found.disputes),
        undertakings=[undertaking(one, versions.get(one.id, 0), names) for one in shown],
        promises=len(promises),
        tally=tallied(found.promises),
        statuses=STATUSES,
        answer=answer,
        fate=status,
        offset=offset,
        later=later,
        rows=_ROWS,
        may=may_decide(person),
        address=lambda **changed: _address(place | changed),
    )


@router.get("/promises/{promise}", response_class=HTMLResponse)
def show_promise(request: Request, person: Reader, case: AtCase, promise: str) -> HTMLResponse:
    """One promise, as a part of the page."""
    return _part(request, case, promise, may=may_decide(person))


@router.post("/promises/{promise}/status")
def set_status(
    request: Request,
    *,
    person: Analyst,
    case: AtCase,
    promise: str,
    status: Annotated[PromiseStatus, Form()],
    reason: Annotated[str, Form(max_length=2_000)] = "",
    version: Annotated[int | None, Form()] = None,
) -> Response:
    """Say what became of a promise."""
    _promise(case, promise)
    decide_item(
        case,
        person,
        promise,
        Action.SET_PROMISE_STATUS,
        expected=version,
        after={"status": status.value},
        reason=reason.strip() or None,
    )
    if "hx-request" in request.headers:
        return _part(request, case, promise, may=True)
    return RedirectResponse(f"/disputes#p-{promise}", status_code=303)


@router.post("/promises/{promise}/undo")
def take_back(request: Request, person: Analyst, case: AtCase, promise: str) -> Response:
    """Take the latest decision on a promise back."""
    _promise(case, promise)
    undo_item(case, person, promise)
    if "hx-request" in request.headers:
        return _part(request, case, promise, may=True)
    return RedirectResponse(f"/disputes#p-{promise}", status_code=303)


def _part(request: Request, case: Case, promise: str, *, may: bool) -> HTMLResponse:
    shown = _shown(case, _promise(case, promise))
    return page(request, "_promise.html", one=shown, statuses=STATUSES, may=may)


def _shown(case: Case, promise: Promise) -> Undertaking:
    return undertaking(promise, case.store.version(promise.id), names_of(case))


def _promise(case: Case, item: str) -> Promise:
    held = case.store.item(item).claim
    if not isinstance(held, Promise):
        raise UnknownItem(f"no promise {item!r}.")
    return held


def _address(place: dict[str, object]) -> str:
    kept = {name: value for name, value in place.items() if value not in ("", 0, "all")}
    return f"/disputes?{urlencode(kept)}" if kept else "/disputes"
