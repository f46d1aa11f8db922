"""The words around a quote: its sentence, and a neighbour where the sentence is short."""

import re
from typing import Final

from detente.evidence import Span

MOST_AROUND: Final = 280
"""Characters shown on either side. Two sentences of a newspaper are about 250."""

ENOUGH_AROUND: Final = 60
"""With fewer characters than this before the quote, the sentence before it is shown too."""

# A stop, its closing quotes, white space; not after an initial or a short title ("U.S. ", "Gen. ").
_STOP: Final = re.compile(
    r"(?<![A-Z]\.)(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bCol)(?<!\bSen)(?<!\bRep)"
    r"[.!?…]+[\"”’')\]]*(?:\[\d+\])?\s+(?=[\"“‘'(\[]?[A-Z0-9])"
    r"|\n\s*\n"
)


def around(text: str, span: Span) -> Span:
    """Where the sentences around ``span`` start and end, at most :data:`MOST_AROUND` either side.

    Neither end cuts a word, and a paragraph is not left.

    >>> text = "It rained. He said no to the plan. She left."
    >>> start, end = around(text, (18, 20))
    >>> text[start:end]
    'It rained. He said no to the plan. She left.'
    """
    start, end = span
    floor, roof = max(0, start - MOST_AROUND), min(len(text), end + MOST_AROUND)
    breaks = [match.end() for match in _STOP.finditer(text, max(0, floor - 1), start)]
    blank = text.rfind("\n\n", floor, start)
    low = breaks[-1] if breaks else floor
    if start - low < ENOUGH_AROUND and len(breaks) != 1:
        low = breaks[-2] if len(breaks) > 1 else floor
    elif start - low < ENOUGH_AROUND:
        low = floor
    low = max(low, blank + 2) if blank >= 0 else low
    return _whole_words(text, (low, _high(text, end, roof)), span)


def _high(text: str, end: int, roof: int) -> int:
    paragraph = text.find("\n\n", end, roof)
    roof = paragraph if paragraph >= 0 else roof
    for match in _STOP.finditer(text, max(0, end - 2), roof):
        if match.end() - end >= ENOUGH_AROUND:
            return match.end()
    return roof


def _whole_words(text: str, around_it: Span, span: Span) -> Span:
    low, high = around_it
    if low > 0 and not text[low - 1].isspace():
        space = text.find(" ", low, span[0])
        low = space + 1 if space >= 0 else span[0]
    if high < len(text) and not text[high].isspace() and not text[high - 1].isspace():
        space = text.rfind(" ", span[1], high)
        high = space if space >= 0 else span[1]
    return min(low, span[0]), max(high, span[1])


def shorten(quote: str, most: int = 220) -> tuple[str, bool]:
    """The quote's first words, at most ``most`` characters, and whether something was left out.

    >>> shorten("one two three", 8)
    ('one two', True)
    >>> shorten("one two", 8)
    ('one two', False)
    """
    if len(quote) <= most:
        return quote, False
    cut = quote.rfind(" ", most // 2, most + 1)
    return quote[: cut if cut > 0 else most].rstrip(" ,;:—–-"), True
