"""The forms a record is taken elsewhere in: name, file ending, what it is for, and how it is made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from detente.record.codec import to_json
from detente.record.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A form of the record.

    Attributes:
        name: As given to ``--format``.
        suffix: Of the file's name, with its dot.
        about: What it is and who opens it, one line.
        chunks: The bytes of the file, piece by piece.
    """

    name: str
    suffix: str
    about: str
    chunks: Callable[[Record], Iterable[bytes]]


def _json(record: Record) -> Iterable[bytes]:
    yield to_json(record).encode()


_ALL: Final = (
    Format(name="json", suffix=".json", about="the record, by its published schema", chunks=_json),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({form.name: form for form in _ALL})
