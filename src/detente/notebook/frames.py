"""Rows as a data frame of pandas, which is installed on its own: ``pip install 'detente[notebook]'``."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.errors import MissingExtra

if TYPE_CHECKING:
    import pandas as pd


def to_frame(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> "pd.DataFrame":
    """The rows as a data frame, with these columns also where there are no rows.

    Raises:
        MissingExtra: pandas is not installed.

    >>> to_frame(("party", "demands"), [("Lume", 2)]).to_dict("records")
    [{'party': 'Lume', 'demands': 2}]
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise MissingExtra("data frames need pandas: pip install 'detente[notebook]'.") from error
    frame: pd.DataFrame = pandas.DataFrame(list(rows), columns=list(columns))
    return frame
