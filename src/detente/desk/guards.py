"""What stands before every screen: who is asking, whether they may, and that the request is their own."""

import hmac
from typing import Annotated, Final

from fastapi import Depends, Request

from detente.desk.door import COOKIE, Door
from detente.desk.people import Person, Role
from detente.errors import DetenteError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


class NotSignedIn(DetenteError):
    """Nobody is signed in."""


class NotAllowed(DetenteError):
    """Signed in, and not allowed to do this."""


class TooManyTries(DetenteError):
    """Somebody guesses, or mistypes too often.

    Attributes:
        seconds: How long to wait.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"Too many tries; wait {self.seconds} seconds, then try again.")


def signed_in(request: Request) -> Person:
    """Who is asking: by the key of a program, or by the cookie of a browser.

    Raises:
        NotSignedIn: Nobody.
        TooManyTries: Somebody tries keys.
    """
    door: Door = request.app.state.door
    said = request.headers.get("authorization")
    if said is not None:
        return _program(request, door, said)
    visitor = door.visitor(request.cookies.get(COOKIE))
    if visitor is None:
        raise NotSignedIn(
            "Sign in first." if door.by_name else "Sign in first: open the link that `detente desk` printed."
        )
    request.state.person, request.state.csrf = visitor
    return visitor[0]


def _program(request: Request, door: Door, said: str) -> Person:
    sort, _, key = said.partition(" ")
    caller = address_of(request)
    wait = door.throttle.wait(caller)
    if wait:
        raise TooManyTries(wait)
    person = door.program(key.strip()) if sort.casefold() == "bearer" else None
    if person is None:
        door.throttle.failed(caller)
        raise NotSignedIn("This key opens nothing: make one with `detente user token NAME`.")
    request.state.person, request.state.csrf = person, None
    return person


async def own_write(request: Request, person: Annotated[Person, Depends(signed_in)]) -> Person:
    """Who is asking, after a browser's write showed the session's token, in a header or in its form.

    A program shows its key with every request, and no page can make a browser send that.
    """
    if request.method in SAFE_METHODS or request.state.csrf is None:
        return person
    shown = request.headers.get("x-csrf")
    if shown is None and request.headers.get("content-type", "").startswith(_FORMS):
        form = await request.form()
        shown = str(form.get("csrf", ""))
    if not from_here(request) or not hmac.compare_digest((shown or "").encode(), request.state.csrf.encode()):
        raise NotAllowed("This did not come from a page of the desk; load the page again.")
    return person


def from_here(request: Request) -> bool:
    """Whether a page of the desk sent this; a program that says nothing of where it comes from is no page."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        return False
    return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def address_of(request: Request) -> str:
    """Where a request comes from, as a key to count by."""
    return f"from {request.client.host}" if request.client else "from nowhere"


def _at_least(role: Role) -> object:
    async def checked(person: Annotated[Person, Depends(own_write)]) -> Person:
        if not person.role.may_act_as(role):
            raise NotAllowed(person.role.refused(role, person.name))
        return person

    return Depends(checked)


Reader = Annotated[Person, _at_least(Role.READER)]
"""Whoever is signed in."""
Analyst = Annotated[Person, _at_least(Role.ANALYST)]
"""Somebody who may decide."""
Lead = Annotated[Person, _at_least(Role.LEAD)]
"""Somebody who may regroup."""
