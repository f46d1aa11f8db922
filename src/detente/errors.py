"""What can go wrong, in names a caller can act on.

    DetenteError
    ├── UnreadableSource      a file, page or export that cannot be read
    ├── FalseEvidence         words that do not stand where they are said to stand
    ├── InvalidRecord         a record file that is not one, or is damaged
    ├── InvalidNegotiation    a negotiation file with a line that is wrong
    ├── UnknownItem           an id that the record does not hold
    ├── EditConflict          somebody else decided on the same item first
    ├── NotEnoughEvidence     a figure that was asked for has nothing under it
    └── MissingExtra          an optional part that is not installed

Every message says where, what, the value, and what to do: one line.
"""


class DetenteError(Exception):
    """The root of everything that Detente raises on purpose."""


class UnreadableSource(DetenteError):
    """A source that cannot be read.

    Attributes:
        where: The file, archive member or address.
        reason: Why, in words for the person who chose it.
    """

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = one_line(reason)
        super().__init__(f"{one_line(where)}: {self.reason}")


class FalseEvidence(DetenteError):
    """Words that do not stand in the article where they are said to stand."""


class InvalidRecord(DetenteError):
    """A record that is damaged, of another kind, or from a newer Detente."""


class InvalidNegotiation(DetenteError):
    """A negotiation file that breaks a rule.

    Attributes:
        where: File name and, where known, line: ``talks.yaml:12``.
        reason: What is wrong and what to write in its place.
    """

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{one_line(where)}: {one_line(reason)}")


class UnknownItem(DetenteError):
    """An id that is not in the record."""


class EditConflict(DetenteError):
    """An edit made against a version of the item that is no longer the latest."""


class NotEnoughEvidence(DetenteError):
    """A figure that cannot be given because nothing supports it."""


class MissingExtra(DetenteError):
    """A part of Detente that is installed on its own, and is not here."""


def one_line(message: str) -> str:
    r"""The message without line breaks or control characters, at most 500 characters long.

    >>> one_line("a\nb\x1b[31m")
    'a b [31m'
    """
    words = "".join(c if c.isprintable() else " " for c in message).split()
    line = " ".join(words)
    return line if len(line) <= 500 else line[:499] + "…"
