"""The desk as an ASGI application: the gate, the door, the screens, the API."""

import json
from collections.abc import Collection
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import Final

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from detente import __version__
from detente.brief.names import sentence
from detente.desk import entering, screens
from detente.desk.api import routes
from detente.desk.case import Case
from detente.desk.door import COOKIE, Door
from detente.desk.gate import HEADERS, BoundedBodies, KnownHosts, SafeHeaders
from detente.desk.guards import NotAllowed, NotSignedIn, TooManyTries, own_write
from detente.desk.pages import page
from detente.desk.writing import NotMadeYet
from detente.errors import DetenteError, EditConflict, UnknownItem, one_line

_STATUS: Final = {
    NotSignedIn: 401,
    NotAllowed: 403,
    UnknownItem: 404,
    EditConflict: 409,
    TooManyTries: 429,
    NotMadeYet: 503,
}
# The largest thing that is not an upload is a negotiation's sheet.
_LARGEST_BODY: Final = 4_000_000
_HEADINGS: Final = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    409: "Somebody was quicker",
    422: "Not understood",
    429: "Too many tries",
    500: "The desk failed",
    503: "Not ready yet",
}
_LONGEST_MESSAGE: Final = 600
LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
API: Final = "/api/"


def create_app(case: Case, door: Door, hosts: Collection[str] = LOOPBACK_HOSTS) -> FastAPI:
    """The application.

    Args:
        case: What is on the desk.
        door: Who is let in.
        hosts: Names, or ``name:port``, under which the desk answers; any other is refused (DNS rebinding).
    """
    app = FastAPI(title="Detente", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.case, app.state.door = case, door
    largest = case.settings.largest_unpacked
    app.add_middleware(
        BoundedBodies, most=_LARGEST_BODY, larger={"/add": largest, "/api/v1/articles": largest}
    )
    app.add_middleware(KnownHosts, hosts=hosts)
    app.add_middleware(SafeHeaders)
    app.add_exception_handler(DetenteError, _told)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(UnicodeEncodeError, _half_a_character)
    app.add_exception_handler(Exception, _failed)
    app.include_router(entering.router)
    app.include_router(routes.router, dependencies=[Depends(own_write)])
    for module in iter_modules(screens.__path__, f"{screens.__name__}."):
        app.include_router(import_module(module.name).router, dependencies=[Depends(own_write)])
    own, briefs = str(files("detente.desk") / "static"), ("detente.brief", "look")
    app.mount("/static", StaticFiles(directory=own, packages=[briefs]), name="static")
    return app


async def _told(request: Request, error: Exception) -> Response:
    """What is wrong: as JSON for the API, a line for htmx, a page for a person."""
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 400)
    door: Door = request.app.state.door
    if status == 401 and door.by_name and request.method == "GET" and _wants_a_page(request):
        return RedirectResponse(entering.sign_in_address(request), status_code=303)
    case: Case = request.app.state.case
    answer = _answer(request, status, str(error).removeprefix(f"{case.store.where}: "))
    if isinstance(error, TooManyTries):
        answer.headers["retry-after"] = str(error.seconds)
    if status == 401 and request.url.path.startswith(API):
        answer.headers["www-authenticate"] = "Bearer"
    return answer


async def _refused(request: Request, error: Exception) -> Response:
    """An address or a method that is not there."""
    status, said = (
        (error.status_code, str(error.detail)) if isinstance(error, HTTPException) else (400, str(error))
    )
    answer = _answer(request, status, "There is nothing at this address." if status == 404 else said)
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return answer


async def _malformed(request: Request, error: Exception) -> Response:
    """A request whose parts are not what they should be."""
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    said = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:3])
    return _answer(request, 422, one_line(said) or "not understood.")


async def _half_a_character(request: Request, _: Exception) -> Response:
    """JSON can escape half of a surrogate pair, which no text in the record can hold."""
    return _answer(request, 422, "Half of a character (a lone surrogate) stands in what was sent.")


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of the desk's own: the person is told, and the terminal has where it was."""
    said = f"The desk failed at this ({type(error).__name__}); what was decided is kept. Please report it."
    answer = _answer(request, 500, said)
    answer.headers.update(HEADERS)
    return answer


def _answer(request: Request, status: int, message: str) -> Response:
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}…"
    if request.url.path.startswith(API):
        # As ASCII, so that half of a surrogate pair in somebody's request cannot break the answer.
        return _AsciiJSON({"error": message}, status_code=status)
    message = sentence(message.encode("utf-8", "replace").decode())
    if "hx-request" in request.headers:
        return page(request, "_wrong.html", status=status, message=message)
    _recognise(request)
    return page(
        request, "wrong.html", status=status, message=message, heading=_HEADINGS.get(status, "Not done")
    )


def _recognise(request: Request) -> None:
    """So that a page about an address that is not there has the menu of whoever is signed in."""
    door: Door = request.app.state.door
    visitor = door.visitor(request.cookies.get(COOKIE))
    if visitor is not None:
        request.state.person, request.state.csrf = visitor


def _wants_a_page(request: Request) -> bool:
    return "hx-request" not in request.headers and not request.url.path.startswith(API)


class _AsciiJSON(JSONResponse):
    def render(self, content: object) -> bytes:
        return json.dumps(content).encode("ascii")
