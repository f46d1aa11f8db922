"""A tree of words becomes fields of the right kind, or one line that says what is wrong and where."""

import difflib
import math
import re
from collections.abc import Iterable, Iterator
from typing import Final, NoReturn

from detente.dates import is_when
from detente.errors import InvalidNegotiation
from detente.negotiation.model import Range
from detente.negotiation.tree import Items, Pairs, Tree, Word

_NUMBER: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_YES: Final = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_NO: Final = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})


class Fields:
    """One mapping of the file, read key by key.

    Attributes:
        what: What it describes, for errors: ``"option 'leave'"``.
        line: Where it starts.
    """

    def __init__(self, tree: Tree, where: str, what: str, known: Iterable[str]) -> None:
        self._where = where
        self.what = what
        self.line = tree.line
        if not isinstance(tree, Pairs):
            self.fail(f"{what} must be a mapping: 'key: value'.", tree)
        self._found = {key.text: value for key, value in tree.pairs}
        self._keys = {key.text: key for key, _ in tree.pairs}
        choice = list(known)
        for key, _ in tree.pairs:
            if key.text not in choice:
                self.fail(f"{what} has no key {key.text!r}{_meant(key.text, choice)}", key)

    def get(self, key: str) -> Tree | None:
        """The value, or ``None`` where the key is absent or has none."""
        value = self._found.get(key)
        return None if isinstance(value, Word) and value.is_nothing else value

    def line_of(self, key: str) -> int:
        """The line of a key, of the mapping where it is absent."""
        return self._keys[key].line if key in self._keys else self.line

    def text(self, key: str, *, default: str | None = None) -> str:
        """A word or sentence that must be there.

        Raises:
            InvalidNegotiation: It is missing, empty or no word.
        """
        value = self.optional_text(key)
        if value is None:
            if default is None:
                self.fail(f"{self.what} needs {key!r}.", self.line)
            return default
        return value

    def optional_text(self, key: str) -> str | None:
        """A word or sentence, or ``None``."""
        value = self.get(key)
        return None if value is None else self.word(value, key)

    def word(self, value: Tree, key: str) -> str:
        """The text of a value that must be one."""
        if not isinstance(value, Word):
            self.fail(f"{key!r} of {self.what} must be a single word or sentence.", value)
        if not value.text.strip():
            self.fail(f"{key!r} of {self.what} is empty.", value)
        if not value.text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value.text):
            self.fail(f"{key!r} of {self.what} holds half a character.", value)
        return value.text

    def when(self, key: str) -> str | None:
        """A date as precise as known, or ``None``."""
        value = self.optional_text(key)
        if value is not None and not is_when(value):
            self.fail(f"{key!r} is {value!r}, which is no date: write 2007, 2007-05 or 2007-05-28.", key)
        return value

    def flag(self, key: str) -> bool:
        """Whether something is so; absent is no."""
        value = self.get(key)
        if value is None:
            return False
        text = self.word(value, key)
        if text not in _YES | _NO:
            self.fail(f"{key!r} of {self.what} is {text!r}: write true or false.", value)
        return text in _YES

    def items(self, key: str) -> tuple[Tree, ...]:
        """The items of a list; none where it is absent."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, Items):
            self.fail(f"{key!r} of {self.what} must be a list.", value)
        return value.items

    def words(self, key: str) -> tuple[str, ...]:
        """The words of a list; none where it is absent."""
        return tuple(self.word(item, key) for item in self.items(key))

    def words_of(self, value: Tree, key: str) -> tuple[str, ...]:
        """The words of a value that must be a list."""
        if not isinstance(value, Items):
            self.fail(f"{key!r} of {self.what} must hold a list of ids.", value)
        return tuple(self.word(item, key) for item in value.items)

    def pairs(self, key: str) -> Iterator[tuple[Word, Tree]]:
        """The keys and values of a mapping; none where it is absent."""
        value = self.get(key)
        if value is None:
            return
        if not isinstance(value, Pairs):
            self.fail(f"{key!r} of {self.what} must be a mapping: 'key: value'.", value)
        yield from value.pairs

    def optional_range(self, key: str, *, percent: bool = False) -> Range | None:
        """A number or ``[low, high]``, or ``None``."""
        value = self.get(key)
        return None if value is None else self.range(value, key, percent=percent)

    def range(self, value: Tree, key: str, *, percent: bool = False) -> Range:
        """A number or ``[low, high]``.

        Args:
            value: What the file holds.
            key: Its name, for errors.
            percent: Whether it must lie between 0 and 100.
        """
        ends = value.items if isinstance(value, Items) else (value, value)
        if len(ends) != 2:
            self.fail(f"{key!r} of {self.what} must be a number or [low, high].", value)
        low, high = (self.number(end, key) for end in ends)
        if low > high:
            self.fail(f"{key!r} of {self.what} is [{low:g}, {high:g}]: write the lower end first.", value)
        if percent and not 0 <= low <= high <= 100:
            self.fail(f"{key!r} of {self.what} must lie between 0 and 100.", value)
        return Range(low, high)

    def number(self, value: Tree, key: str) -> float:
        """A finite number."""
        text = self.word(value, key)
        if not _NUMBER.fullmatch(text):
            self.fail(f"{key!r} of {self.what} is {text!r}, which is no number.", value)
        number = float(text)
        if not math.isfinite(number):
            self.fail(f"{key!r} of {self.what} is {text!r}, which is too large.", value)
        return number

    def known(self, name: str, choice: Iterable[str], kind: str, at: Tree | int) -> str:
        """A name that must be one of those declared.

        Raises:
            InvalidNegotiation: It is not.
        """
        names = list(choice)
        if name not in names:
            self.fail(f"{self.what}: no {kind} {name!r}{_meant(name, names)}", at)
        return name

    def fail(self, reason: str, at: Tree | int | str | None = None) -> NoReturn:
        """Refuse the file, with the line of ``at``: a value, a line, or a key of this mapping."""
        if isinstance(at, str):
            line = self.line_of(at)
        elif isinstance(at, int):
            line = at
        else:
            line = at.line if at is not None else self.line
        raise InvalidNegotiation(f"{self._where}:{line}" if line else self._where, reason)


def _meant(word: str, choice: list[str]) -> str:
    close = difflib.get_close_matches(word[:80], choice, n=1) if len(choice) <= 1000 else []
    if close:
        return f"; did you mean {close[0]!r}?"
    return f": it is one of {', '.join(choice)}." if 0 < len(choice) <= 14 else "."
