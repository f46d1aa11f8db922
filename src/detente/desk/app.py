"""The desk as an ASGI application: the door, the screens, the API."""

from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from detente import __version__
from detente.desk import screens
from detente.desk.case import Case
from detente.desk.door import COOKIE, Door
from detente.desk.guards import NotAllowed, NotSignedIn, SafeHeaders, own_write
from detente.desk.pages import page
from detente.errors import DetenteError, EditConflict, UnknownItem

_STATUS = {NotSignedIn: 401, NotAllowed: 403, UnknownItem: 404, EditConflict: 409}


def create_app(case: Case, door: Door, hosts: tuple[str, ...] = ("127.0.0.1", "localhost")) -> FastAPI:
    """The application.

    Args:
        case: What is on the desk.
        door: Who is let in.
        hosts: Names under which the desk answers; any other is refused (DNS rebinding).
    """
    app = FastAPI(title="Detente", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.case, app.state.door = case, door
    app.add_middleware(SafeHeaders)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_exception_handler(DetenteError, _told)
    app.get("/enter", include_in_schema=False)(enter)
    for module in iter_modules(screens.__path__, f"{screens.__name__}."):
        app.include_router(import_module(module.name).router, dependencies=[Depends(own_write)])
    app.mount("/static", StaticFiles(directory=str(files("detente.desk") / "static")), name="static")
    return app


async def enter(request: Request, link: Annotated[str, "what the printed link ends with"] = "") -> Response:
    """Sign in by the one-time link."""
    door: Door = request.app.state.door
    person = door.enter_by_link(link)
    if person is None:
        raise NotSignedIn(
            "This link was used or is not the desk's; start `detente desk` again for a new one."
        )
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        COOKIE,
        door.cookie_of(person),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


async def _told(request: Request, error: Exception) -> HTMLResponse:
    """A page, or for htmx a line, that says what is wrong."""
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 400)
    part = "hx-request" in request.headers
    return page(request, "_wrong.html" if part else "wrong.html", status=status, message=str(error))
