"""YAML or JSON text becomes a tree of words, lists and mappings, each with its line.

Law: every word stays as written (``on``, ``no``, ``0100`` are text), and hostile text costs no more than
its length: no tags, no anchors or aliases, no second document, nesting at most 20 deep, 5 MB at most.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias

import yaml

from detente.errors import InvalidNegotiation

LARGEST_FILE: Final = 5_000_000
_DEEPEST: Final = 20
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # LibYAML's is about ten times as fast


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar, as written.

    Attributes:
        line: From 1; 0 where the text is JSON that was not read for lines.
        bare: Whether it stood without quotes.
    """

    text: str
    line: int
    bare: bool = True

    @property
    def is_nothing(self) -> bool:
        """Whether it stands for no value."""
        return self.bare and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Tree", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping; a key that stands twice has been refused."""

    pairs: tuple[tuple[Word, "Tree"], ...]
    line: int


Tree: TypeAlias = Word | Items | Pairs


def read_tree(text: str, where: str) -> Tree:
    """The tree of a YAML document, of which JSON is one.

    Args:
        text: The whole file.
        where: Its name, for errors.

    Raises:
        InvalidNegotiation: It cannot be read, or is more than a plain document.
    """
    if len(text) > LARGEST_FILE:
        raise InvalidNegotiation(where, f"{len(text):,} characters; at most {LARGEST_FILE:,} are read.")
    if not text.strip():
        raise InvalidNegotiation(where, "is empty: a negotiation needs parties and options.")
    try:
        return _Composer(text, where).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise InvalidNegotiation(
            f"{where}{line}", f"is not YAML: {error.problem or error.context}."
        ) from error
    except yaml.YAMLError as error:
        raise InvalidNegotiation(where, f"is not YAML: {error}.") from error


def read_json(text: str) -> Tree | None:
    """The tree of a JSON text, without lines, or ``None`` where it is not plain JSON.

    Ten times as fast as reading it as YAML; a file with an error in it is read again for its lines.
    """
    if len(text) > LARGEST_FILE or not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(
            text, object_pairs_hook=_Object, parse_float=str, parse_int=str, parse_constant=_refuse
        )
        return _of_json(value, 0)
    except (ValueError, RecursionError):
        return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


class _Object:
    """A JSON object on its way to be a tree."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        self.pairs = pairs
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("a key stands twice")


def _of_json(value: object, depth: int) -> Tree:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, _Object):
        return Pairs(tuple((Word(k, 0, bare=False), _of_json(v, depth + 1)) for k, v in value.pairs), 0)
    if isinstance(value, list):
        return Items(tuple(_of_json(part, depth + 1) for part in value), 0)
    if value is None:
        return Word("", 0)
    if isinstance(value, bool):
        return Word("true" if value else "false", 0)
    return Word(str(value), 0, bare=False)


class _Composer:
    """Events of one YAML document, made into a tree."""

    def __init__(self, text: str, where: str) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._where = where

    def document(self) -> Tree:
        self._next()  # the stream starts
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            raise InvalidNegotiation(self._where, "is empty: a negotiation needs parties and options.")
        tree = self._tree(self._next(), 0)
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._fail(after, "a second document starts here: keep one negotiation a file.")
        return tree

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _tree(self, event: yaml.Event, depth: int) -> Tree:
        if depth > _DEEPEST:
            self._fail(event, f"nested more than {_DEEPEST} deep.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._fail(event, "anchors and aliases (& and *) are not read: write the value out.")
        if getattr(event, "tag", None) not in {None, "!"}:
            self._fail(event, "tags (!...) are not read: write the plain value.")
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            return Word(event.value, line, bare=event.style in {None, ""})
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth)), line)
        return Pairs(tuple(self._mapping(depth)), line)

    def _items(self, depth: int) -> Iterator[Tree]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._tree(event, depth + 1)

    def _mapping(self, depth: int) -> Iterator[tuple[Word, Tree]]:
        seen: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._tree(event, depth + 1)
            if not isinstance(key, Word):
                self._fail(event, "a key must be a plain word.")
            if key.text in seen:
                self._fail(event, f"the key {key.text!r} stands twice.")
            seen.add(key.text)
            yield key, self._tree(self._next(), depth + 1)

    def _fail(self, event: yaml.Event, reason: str) -> NoReturn:
        raise InvalidNegotiation(f"{self._where}:{_line(event)}", reason)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
