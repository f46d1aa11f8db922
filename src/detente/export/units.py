"""Offsets as Java and JavaScript count them: in UTF-16 units, two for a character outside the basic plane."""

from detente.evidence import Span


def utf16_span(text: str, span: Span) -> Span:
    """Where a stretch stands, in UTF-16 units.

    >>> utf16_span("a😀b", (2, 3))
    (3, 4)
    """
    start = span[0] + _astral(text[: span[0]])
    return start, start + span[1] - span[0] + _astral(text[span[0] : span[1]])


def code_point_span(text: str, span: Span) -> Span:
    """The same stretch in code points, from UTF-16 units.

    >>> code_point_span("a😀b", (3, 4))
    (2, 3)
    """
    if text.isascii():
        return span
    units = text.encode("utf-16-le", "surrogatepass")
    start, end = (len(units[: 2 * max(0, at)].decode("utf-16-le", "replace")) for at in span)
    return start, end


def _astral(text: str) -> int:
    return 0 if text.isascii() else sum(character > "\uffff" for character in text)
