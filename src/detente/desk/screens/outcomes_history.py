"""What was decided on the negotiation's sheet: who, when, what and why; all of it can be taken back."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.desk.decisions import take_back_all
from detente.desk.guards import Analyst, Reader
from detente.desk.pages import page
from detente.desk.screens.items import AtCase, may_decide
from detente.desk.sheet import open_sheet, sheet_history
from detente.desk.sheet_words import sheet_changes
from detente.errors import DetenteError, UnknownItem
from detente.record.edits import in_force

router = APIRouter()

_ROWS = 200


@router.get("/outcomes/history", response_class=HTMLResponse)
def history(request: Request, person: Reader, case: AtCase) -> HTMLResponse:
    """The latest changes of the sheet."""
    changes = sheet_changes(sheet_history(case), open_sheet(case).negotiation, person)
    return page(
        request,
        "outcomes_history.html",
        changes=changes[:_ROWS],
        older=max(0, len(changes) - _ROWS),
        may=may_decide(person),
    )


@router.post("/outcomes/undo")
def take_back(
    person: Analyst, case: AtCase, *, edit: Annotated[str, Form()], back: Annotated[str, Form()] = ""
) -> Response:
    """Take a change of the sheet back, all that was decided at its moment."""
    made = sheet_history(case)
    chosen = next((one for one in made if one.id == edit), None)
    if chosen is None:
        raise UnknownItem("No change of the sheet is known by this id.")
    together = [one for one in in_force(made) if (one.on, one.who) == (chosen.on, chosen.who)]
    if not together:
        raise DetenteError("This change was taken back already.")
    take_back_all(case, person, together)
    return RedirectResponse("/outcomes" if back == "sheet" else "/outcomes/history", status_code=303)
