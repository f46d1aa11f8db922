"""What every request passes before it is looked at: safe headers out, known hosts and bounded bodies in."""

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
}


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


class KnownHosts:
    """Refuses requests for other names than the desk's own (DNS rebinding).

    Args:
        hosts: ``name`` on any port, or ``name:port`` on that one.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("host", "").casefold()
        name = asked.rpartition(":")[0] if asked.rpartition(":")[2].isdecimal() else asked
        if asked in self.hosts or name in self.hosts:
            await self.app(scope, receive, send)
            return
        refused = PlainTextResponse("This desk does not answer to that host name.", status_code=400)
        await refused(scope, receive, send)


class BoundedBodies:
    """Refuses bodies that are longer than the path allows, announced or not.

    Args:
        most: Bytes, on every path but ``larger``.
        larger: By path, how many bytes.
    """

    def __init__(self, app: ASGIApp, most: int, larger: dict[str, int]) -> None:
        self.app = app
        self.most = most
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.larger.get(scope["path"], self.most)
        announced = Headers(scope=scope).get("content-length", "0")
        too_long = PlainTextResponse(
            f"Too much at once: more than {most / 1e6:,.0f} MB.",
            status_code=413,
            headers={"connection": "close"},
        )
        if not announced.isdecimal() or int(announced) > most:
            await too_long(scope, receive, send)
            return
        come, begun = 0, False

        async def counted() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > most:
                raise _TooLong
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooLong:
            if not begun:
                await too_long(scope, receive, send)


class _TooLong(Exception):
    pass
