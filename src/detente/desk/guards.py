"""What stands before every screen: who is asking, whether they may, and that the request is their own."""

import hmac
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.desk.door import COOKIE, Door
from detente.desk.people import Person, Role
from detente.errors import DetenteError

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class NotSignedIn(DetenteError):
    """Nobody is signed in."""


class NotAllowed(DetenteError):
    """Signed in, and not allowed to do this."""


def signed_in(request: Request) -> Person:
    """Who is asking; a write must show the token of their session.

    Raises:
        NotSignedIn: Nobody.
        NotAllowed: The write does not come from a page of the desk.
    """
    door: Door = request.app.state.door
    visitor = door.visitor(request.cookies.get(COOKIE))
    if visitor is None:
        raise NotSignedIn("Sign in first: open the link that `detente desk` printed.")
    person, token = visitor
    request.state.person, request.state.csrf = person, token
    return person


async def own_write(request: Request, person: Annotated[Person, Depends(signed_in)]) -> Person:
    """Who is asking, after the write showed the session's token, in a header or in its form."""
    if request.method in _SAFE_METHODS:
        return person
    shown = request.headers.get("x-csrf")
    if shown is None:
        form = await request.form()
        shown = str(form.get("csrf", ""))
    origin = request.headers.get("origin")
    same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not same or not hmac.compare_digest(shown.encode(), request.state.csrf.encode()):
        raise NotAllowed("This did not come from a page of the desk; load the page again.")
    return person


def _at_least(role: Role) -> object:
    async def checked(person: Annotated[Person, Depends(own_write)]) -> Person:
        if not person.role.may_act_as(role):
            raise NotAllowed(f"{person.name} is a {person.role}; this needs a {role}.")
        return person

    return Depends(checked)


Reader = Annotated[Person, _at_least(Role.READER)]
"""Whoever is signed in."""
Analyst = Annotated[Person, _at_least(Role.ANALYST)]
"""Somebody who may decide."""
Lead = Annotated[Person, _at_least(Role.LEAD)]
"""Somebody who may regroup."""


class SafeHeaders:
    """Puts ``HEADERS`` on every answer that does not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)
