"""The package's own lists of facts, one row a line; lines that open with # are remarks."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>``, cut at tabs.

    >>> rows("months.tsv")[0][:3]
    ('en', 'january jan', 'february feb')
    """
    text = (files("detente.sources") / "data" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))
