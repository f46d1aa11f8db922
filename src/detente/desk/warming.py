"""What the screens of a large record rest on, made while the desk starts: no first look waits for it."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread
from typing import Any, Final

from fastapi import FastAPI

from detente.brief.names import Names
from detente.desk.agenda import matrix
from detente.desk.case import Case
from detente.desk.environment import templates
from detente.desk.faces import quarrels
from detente.desk.naming import cast
from detente.desk.timeline import timeline
from detente.errors import DetenteError
from detente.record.model import Record

# By the names that the screens ask for them, in the order of the menu.
_FOLLOWS: Final[Mapping[str, Callable[[Record], Any]]] = {
    "names": Names,
    "agenda": matrix,
    "timeline": timeline,
    "quarrels": quarrels,
    "cast": cast,
}
_TURN: Final = 0.0005


# An address that no route has, so that each is asked.
_NOWHERE: Final = {"type": "http", "method": "GET", "path": "/-", "root_path": "", "headers": []}


def warm(case: Case, app: FastAPI) -> Thread:
    """Begin it beside the requests; one that needs what is being made waits for no more than that.

    The routes, which the framework makes ready when it first looks for one (0.3 s), are ready on return.
    """
    for route in app.routes:
        route.matches(dict(_NOWHERE))
    thread = Thread(target=_warm, args=(case,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(case: Case) -> None:
    # Requests get their turn ten times sooner than Python gives it by itself.
    sys.setswitchinterval(_TURN)
    with suppress(DetenteError):  # whoever asks for it is told
        case.record()
        if not case.settling.is_small():
            case.writing.begin()
    for name in ("base.html", *templates().list_templates(extensions=["html"])):
        templates().get_template(name)
    with suppress(DetenteError):
        for name, make in _FOLLOWS.items():
            case.following(name, make)
