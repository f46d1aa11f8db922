"""Whose wording some words are in: which stretches of a text stand in quotation marks.

Law: quotation marks of every shape, unbalanced too; a mark left open closes with its paragraph.
"""

import re
from typing import Final

from detente.evidence import Span
from detente.vocabulary import Quotation

_MARK: Final = re.compile(r"[“”\"«»„]|(?<![\w])[‘'](?=\w)|(?<=[\w.,!?])['’](?!\w)")
_WORD: Final = re.compile(r"\w+")
_OPEN: Final = frozenset("“«„")
_CLOSE: Final = frozenset("”»")
# Of all words of the content, this share and more in marks is direct, this share and less is a scare quote.
MOSTLY: Final = 0.8
HARDLY: Final = 0.08


def quoted_spans(text: str) -> tuple[Span, ...]:
    r"""The stretches in quotation marks, the marks left out, in order.

    >>> quoted_spans('"No," he said, "never."')
    ((1, 4), (16, 22))
    >>> quoted_spans("“Left open.\nNext line.")
    ((1, 11),)
    """
    found: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found += _in_line(text, start, start + len(line.rstrip("\n")))
        start += len(line)
    return tuple(found)


def _in_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    opened: tuple[int, str] | None = None
    for mark in _MARK.finditer(text, start, end):
        sign = mark[0]
        if sign in "‘'’":
            opened = _single(found, opened, mark)
        elif opened is None or opened[1] == "'":
            if sign not in _CLOSE:
                opened = (mark.end(), '"')
            elif not found:
                found.append((start, mark.start()))
        elif sign not in _OPEN:
            found.append((opened[0], mark.start()))
            opened = None
    if opened is not None and opened[1] == '"':
        found.append((opened[0], end))
    return found


def _single(found: list[Span], opened: tuple[int, str] | None, mark: re.Match[str]) -> tuple[int, str] | None:
    """What a single mark does: opens where a word follows, closes what a single mark opened."""
    opens = not (mark.start() and mark.string[mark.start() - 1].isalnum()) and mark[0] != "’"
    if opened is None:
        return (mark.end(), "'") if opens and mark[0] == "‘" else None
    if opened[1] == "'" and mark[0] in "’'":
        found.append((opened[0], mark.start()))
        return None
    return opened


def quotation_of(text: str, content: tuple[Span, ...], quoted: tuple[Span, ...]) -> Quotation:
    """Whether the words of a content are the speaker's own, the writer's, or mixed."""
    total = inside = 0
    for start, end in content:
        for word in _WORD.finditer(text, start, end):
            total += 1
            inside += any(a <= word.start() and word.end() <= b for a, b in quoted)
    share = inside / total if total else 0.0
    if share >= MOSTLY:
        return Quotation.DIRECT
    return Quotation.INDIRECT if share <= HARDLY else Quotation.MIXED
