"""Coming in and going out: the one-time link, the sign-in page, signing out."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.desk.door import COOKIE, Door
from detente.desk.guards import NotAllowed, NotSignedIn, TooManyTries, address_of, from_here, own_write
from detente.desk.pages import page
from detente.desk.people import Person

router = APIRouter(include_in_schema=False)


@router.get("/enter")
def enter(request: Request, link: str = "") -> Response:
    """Sign in by the one-time link."""
    door: Door = request.app.state.door
    person = door.enter_by_link(link)
    if person is None:
        raise NotSignedIn(
            "This link was used or is not the desk's; start `detente desk` again for a new one."
        )
    return _let_in(request, door.cookie_of(person), "/")


@router.get("/sign-in", response_class=HTMLResponse)
def ask(request: Request, then: str = "/") -> HTMLResponse:
    """Ask who it is."""
    door: Door = request.app.state.door
    return page(request, "sign_in.html", by_name=door.by_name, then=_inside(then), wrong=None, name="")


@router.post("/sign-in", response_class=HTMLResponse)
def enter_by_name(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    then: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in by name and password."""
    door: Door = request.app.state.door
    if not from_here(request):
        raise NotAllowed("This did not come from a page of the desk; load the page again.")
    keys = (f"{name.strip()} {address_of(request)}", address_of(request))
    wait = door.throttle.wait(*keys)
    if wait:
        raise TooManyTries(wait)
    user = door.enter_by_name(name, password)
    if user is None:
        door.throttle.failed(*keys)
        told = "This name and password do not belong together."
        return page(
            request,
            "sign_in.html",
            status=401,
            by_name=door.by_name,
            then=_inside(then),
            wrong=told,
            name=name,
        )
    door.throttle.succeeded(*keys)
    return _let_in(request, door.cookie_of(user.person, user.stamp), _inside(then))


@router.post("/sign-out")
def leave(request: Request, _: Annotated[Person, Depends(own_write)]) -> Response:
    """Sign out; the cookie opens nothing any longer, wherever it was copied to."""
    door: Door = request.app.state.door
    door.leave(request.cookies.get(COOKIE))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


def sign_in_address(request: Request) -> str:
    """Where to sign in, and to come back from."""
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/sign-in?then={quote(there, safe='/')}"


def _let_in(request: Request, cookie: str, then: str) -> Response:
    answer = RedirectResponse(then, status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, cookie, httponly=True, samesite="lax", secure=secure)
    return answer


def _inside(address: str) -> str:
    """The address, if it leads to a page of the desk; else the first page.

    >>> _inside("/queue?kind=demands"), _inside("//evil.example/"), _inside("https://evil.example")
    ('/queue?kind=demands', '/', '/')
    """
    inside = address.startswith("/") and not address.startswith("//")
    return address if inside and address.isascii() and address.isprintable() and "\\" not in address else "/"
