"""Detente reads the reporting on a negotiation, builds the system it describes, and runs it.

In a notebook: ``record = detente.open("talks.db")``, then ``record.demands`` or ``record.negotiation()``.

Law: ``import detente`` loads nothing else; each name is loaded when it is first used. The names and their
types stand in ``__init__.pyi``.
"""

from importlib import import_module
from typing import Any, Final

# name: module, and what it is called there
_NAMES: Final = {
    "Article": ("articles", "Article"),
    "DetenteError": ("errors", "DetenteError"),
    "Evidence": ("evidence", "Evidence"),
    "Negotiation": ("negotiation.model", "Negotiation"),
    "OpenNegotiation": ("notebook.negotiation", "OpenNegotiation"),
    "OpenRecord": ("notebook.record", "OpenRecord"),
    "Record": ("record.model", "Record"),
    "Settings": ("settings", "Settings"),
    "open": ("notebook.record", "open_record"),
    "open_negotiation": ("notebook.negotiation", "open_negotiation"),
    "read": ("notebook.record", "read"),
}

__all__ = [  # given by __getattr__ below
    "Article",
    "DetenteError",
    "Evidence",
    "Negotiation",
    "OpenNegotiation",
    "OpenRecord",
    "Record",
    "Settings",
    "__version__",
    "open",
    "open_negotiation",
    "read",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # one of several types: see __init__.pyi
    if name == "__version__":
        found: Any = import_module("importlib.metadata").version("detente")
    elif name in _NAMES:
        module, own = _NAMES[name]
        found = getattr(import_module(f"detente.{module}"), own)
    else:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
