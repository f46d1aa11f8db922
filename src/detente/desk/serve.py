"""Runs the desk on an address of this machine."""

import ipaddress
import socket
from collections.abc import Sequence

import uvicorn
from fastapi import FastAPI

from detente.desk.app import LOOPBACK_HOSTS
from detente.desk.door import Door
from detente.errors import DetenteError


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address.

    >>> [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "desk.example.org", "")]
    [True, True, True, False, False, False]
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket on the address.

    Args:
        port: TCP port; 0 for any free one.

    Raises:
        DetenteError: The address is not this machine's, or taken.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        opened = socket.socket(family, kind, proto)
    except (OSError, OverflowError, UnicodeError) as error:
        raise DetenteError(f"{host}: not an address of this machine.") from error
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen()  # who follows the link at once waits for the desk, and is not refused
    except (OSError, OverflowError) as error:
        opened.close()
        raise DetenteError(
            f"{host}:{port}: cannot be answered on ({error}); choose another --port, or 0 for a free one."
        ) from error
    return opened


def hosts_of(host: str, port: int, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The names under which the desk answers.

    Args:
        host: Address it listens on; of every address of the machine only its own name is known.
        names: Further ones, as people type them, on whatever port a proxy has.

    >>> hosts_of("192.0.2.7", 80, ["desk.example.org"])
    ('192.0.2.7:80', '192.0.2.7', 'desk.example.org')
    """
    if is_loopback(host):
        return (*(f"{name}:{port}" for name in (*LOOPBACK_HOSTS, host)), *names)
    own = socket.gethostname() if host in ("0.0.0.0", "::", "[::]") else host  # noqa: S104  # a comparison
    bare = (own,) if port in (80, 443) else ()
    return (f"{own}:{port}", *bare, *names)


def serve(app: FastAPI, door: Door, opened: socket.socket, *, host: str) -> None:
    """Serve until interrupted; how to sign in is printed first.

    Args:
        app: From ``create_app``.
        door: The same that the application has.
        opened: From ``listen``.
    """
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, ws="none", lifespan="off", timeout_graceful_shutdown=2
    )
    port = opened.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    way = "sign-in" if door.by_name else f"enter?link={door.link}"
    print(f"Open http://{shown}:{port}/{way}", flush=True)  # noqa: T201  # the way in
    uvicorn.Server(config).run(sockets=[opened])
