"""What is still being worked out, asked for by a page that shows what stood before."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from detente.desk.guards import Reader
from detente.desk.pages import case_of, page

router = APIRouter()


@router.get("/working", response_class=HTMLResponse)
def working(request: Request, _: Reader) -> HTMLResponse:
    """A note while it is, then an offer to load the page again."""
    return page(request, "_working.html", still=case_of(request).working)
