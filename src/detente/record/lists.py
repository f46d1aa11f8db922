"""The package's own word lists, read once."""

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of ``data/<name>.txt``; lines that open with ``#`` say where they come from.

    >>> "the" in word_list("particles")
    True
    """
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def table(name: str) -> dict[str, str]:
    """The two columns of ``data/<name>.txt``.

    >>> table("nominals")["withdraw"]
    'withdrawal of'
    """
    return {row[0]: row[1] for row in rows(name)}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>.txt``, split at tabs.

    >>> rows("concepts")[0][:2]
    ('talks', 'Talks and their continuation')
    """
    return tuple(tuple(line.split("\t")) for line in _lines(name))


@cache
def number_words() -> dict[str, float]:
    """Numbers by their words.

    >>> number_words()["twelve"]
    12.0
    """
    return {word: float(number) for word, number in rows("numbers")}


def _lines(name: str) -> list[str]:
    text = (files("detente.record") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
