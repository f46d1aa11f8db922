"""Take the record elsewhere."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from detente.desk.guards import Reader
from detente.desk.pages import page
from detente.export.formats import FORMATS

router = APIRouter()


@router.get("/export", response_class=HTMLResponse)
def choose(request: Request, _: Reader) -> HTMLResponse:
    """The forms to take it in."""
    return page(request, "export.html", forms=tuple(FORMATS.values()))
