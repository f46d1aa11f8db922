"""The one library that the desk's pages load: where it stands, and what to do where it does not."""

from importlib.resources import files
from typing import Final

from detente.errors import MissingExtra

_LIBRARY: Final = "static/vendor/htmx.org/htmx.min.js"


def require_front_end() -> None:
    """Do nothing where the pages can work.

    Raises:
        MissingExtra: The library was not fetched into this copy.
    """
    if not files("detente.desk").joinpath(_LIBRARY).is_file():
        raise MissingExtra(
            "the desk's front end is not in this copy of Detente: run `make desk`, "
            "or `python scripts/fetch_front_end.py`, or install the released wheel."
        )
