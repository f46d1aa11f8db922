"""One page from the web, fetched only when asked for: bounded in size and time, and never from inside.

Every address that a name stands for must be public, and the connection goes to the very address that
was checked, so that a name cannot change its mind in between. Each redirect is checked anew.
robots.txt is respected.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.draft import Blob

_AGENT: Final = "Detente (reads one page at a person's request)"
_ROBOT: Final = "Detente"
_SECONDS: Final = 30.0
_LARGEST: Final = 20_000_000
_MOST_REDIRECTS: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_SUFFIXES: Final = (
    ("text/html", ".html"),
    ("application/xhtml", ".html"),
    ("application/pdf", ".pdf"),
    ("rss", ".xml"),
    ("atom", ".xml"),
    ("xml", ".xml"),
    ("text/plain", ".txt"),
    ("application/json", ".json"),
    ("application/rtf", ".rtf"),
    ("text/csv", ".csv"),
)

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    kind: str
    location: str | None
    content: bytes


def is_address(path: object) -> bool:
    """Whether a path is a web address.

    >>> is_address("https://herald.example/river"), is_address("notes.txt")
    (True, False)
    """
    return isinstance(path, str) and path.casefold().startswith(("http://", "https://"))


def fetch(url: str, settings: Settings, *, allow_local: bool = False) -> Blob:
    """The page, feed or file at an address.

    Args:
        url: ``http`` or ``https``.
        settings: ``largest_file`` bounds it, and so do 20 MB.
        allow_local: Whether addresses of this machine and its network may be read.

    Raises:
        UnreadableSource: It is refused, cannot be reached, too large, too slow, or not for robots.
    """
    deadline = time.monotonic() + _SECONDS
    most = min(settings.largest_file, _LARGEST)
    address = url
    for _ in range(_MOST_REDIRECTS + 1):
        parts = _checked(address, url)
        _require_welcome(parts, url, deadline, allow_local=allow_local)
        answer = _ask(parts, url, deadline, most, allow_local=allow_local)
        if answer.location is None:
            break
        address = urljoin(address, answer.location)
    else:
        raise UnreadableSource(url, f"more than {_MOST_REDIRECTS} redirects.")
    if answer.status != http.client.OK:
        raise UnreadableSource(
            url, f"the site answers {answer.status} {http.client.responses.get(answer.status, '')}"
        )
    return Blob(name=url, suffix=_suffix(answer.kind, parts.path), content=answer.content, url=address)


def public_addresses(host: str, port: int, where: str, *, allow_local: bool = False) -> list[str]:
    """The numeric addresses of a name, all of them public.

    Raises:
        UnreadableSource: The name is not known, or leads inside.
    """
    try:
        found = list(
            dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        )
    except (OSError, UnicodeError) as error:
        raise UnreadableSource(where, f"no such site: {host!r}.") from error
    if not allow_local:
        for number in found:
            address = ipaddress.ip_address(number.partition("%")[0])
            mapped = getattr(address, "ipv4_mapped", None) or address
            if not mapped.is_global or mapped.is_multicast:
                raise UnreadableSource(
                    where, f"{host!r} is a private or local address; pass --allow-local to read it."
                )
    return found


def _checked(address: str, url: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise UnreadableSource(url, "not a web address.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise UnreadableSource(url, f"not a web address: {address[:80]!r}; only http and https are read.")
    if parts.username or parts.password:
        raise UnreadableSource(url, "an address with a name or password in it; leave them out.")
    return parts


def _require_welcome(parts: SplitResult, url: str, deadline: float, *, allow_local: bool) -> None:
    """Check the site's robots.txt; where it has none, all is allowed."""
    robots = urlsplit(f"{parts.scheme}://{parts.netloc}/robots.txt")
    answer = _ask(robots, url, deadline, 500_000, allow_local=allow_local)
    if answer.status >= 500 or answer.status in {401, 403}:  # RFC 9309: unreachable means no
        raise UnreadableSource(
            url, f"the site's robots.txt answers {answer.status}: it does not want robots."
        )
    if answer.status != http.client.OK or answer.location is not None:
        return
    rules = RobotFileParser()
    rules.parse(answer.content.decode("utf-8", "replace").splitlines())
    if not rules.can_fetch(_ROBOT, parts.geturl()):
        raise UnreadableSource(
            url, "the site's robots.txt asks robots not to read it; save the page by hand."
        )


def _ask(parts: SplitResult, url: str, deadline: float, most: int, *, allow_local: bool) -> _Answer:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    numbers = public_addresses(host, port, url, allow_local=allow_local)
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreadableSource(url, f"slower than {_SECONDS:.0f} seconds.")
    connection = http.client.HTTPConnection(host, port, timeout=left)
    try:
        # Connected here, to the address that was checked; the name is not looked up a second time.
        connection.sock = _connected(numbers[0], port, host, left, secure=parts.scheme == "https")
        target = parts.path or "/"
        connection.request(
            "GET",
            _ascii(f"{target}?{parts.query}" if parts.query else target),
            headers={"User-Agent": _AGENT, "Accept-Encoding": "identity", "Connection": "close"},
        )
        with contextlib.closing(connection.getresponse()) as response:
            location = response.getheader("Location") if response.status in _MOVED else None
            content = b"" if location else _read(response, url, deadline, most)
            return _Answer(response.status, response.getheader("Content-Type", ""), location, content)
    except TimeoutError as error:
        raise UnreadableSource(url, f"slower than {_SECONDS:.0f} seconds.") from error
    except ssl.SSLError as error:
        raise UnreadableSource(url, "its certificate does not hold.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise UnreadableSource(url, f"cannot be reached ({type(error).__name__}).") from error
    finally:
        connection.close()


def _connected(number: str, port: int, host: str, seconds: float, *, secure: bool) -> socket.socket:
    raw = socket.create_connection((number, port), timeout=seconds)
    if not secure:
        return raw
    try:
        return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except (OSError, ValueError):
        raw.close()
        raise


def _read(response: http.client.HTTPResponse, url: str, deadline: float, most: int) -> bytes:
    content = bytearray()
    while chunk := response.read(65_536):
        content += chunk
        if len(content) > most:
            raise UnreadableSource(url, f"more than {most / 1e6:,.0f} MB.")
        if time.monotonic() > deadline:
            raise UnreadableSource(url, f"slower than {_SECONDS:.0f} seconds.")
    return bytes(content)


def _ascii(target: str) -> str:
    return "".join(c if 32 < ord(c) < 127 else "".join(f"%{byte:02X}" for byte in c.encode()) for c in target)


def _suffix(kind: str, path: str) -> str:
    plain = kind.casefold()
    ending = "." + path.rsplit(".", 1)[-1].casefold() if "." in path.rsplit("/", 1)[-1] else ""
    if ending in {".docx", ".rtf", ".pdf", ".warc", ".xlsx", ".csv", ".zip"}:
        return ending
    return next((suffix for name, suffix in _SUFFIXES if name in plain), ".html")
