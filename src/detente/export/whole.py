"""The record as the contract's JSON, written a few items at a time.

Law: the chunks together are ``to_json(record)``.
"""

from collections.abc import Iterator, Sequence
from json import dumps
from typing import Any, Final

from detente.export.case import Case
from detente.record.codec import to_tree
from detente.record.model import Record

_AT_ONCE: Final = 500


def json(case: Case) -> Iterator[bytes]:
    """The whole record."""
    for number, (key, empty) in enumerate(to_tree(Record()).items()):
        yield f"{', ' if number else '{'}{dumps(key)}: ".encode()
        if empty != []:
            yield dumps(empty).encode()
            continue
        yield b"["
        yield from _listed(_field(case.record, key), key)
        yield b"]"
    yield b"}"


def _listed(items: Sequence[Any], key: str) -> Iterator[bytes]:
    is_first = True
    for start in range(0, len(items), _AT_ONCE):
        some: dict[str, Any] = {_name(key): items[start : start + _AT_ONCE]}
        text = dumps(to_tree(Record(**some))[key], ensure_ascii=False, allow_nan=False)[1:-1]
        if text:
            yield text.encode() if is_first else f", {text}".encode()
            is_first = False


def _field(record: Record, key: str) -> Sequence[Any]:
    items: Sequence[Any] = getattr(record, _name(key))
    return items


def _name(key: str) -> str:
    """The record's field that a list of the JSON is made from: charges are told apart by their answers."""
    return "disputes" if key == "unanswered_charges" else key
