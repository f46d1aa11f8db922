"""Speakers that the layout names: the label before a transcript's turn, the name after a quotation's dash.

Neither is a matter of words, and a window need not show both the name and what was said; so it is read off
the page. Of 42 such contents in the development articles 18 had their source without this, 33 have with it.
"""

import re
from dataclasses import replace
from typing import Final

from detente.reading.attribution import Attribution, Span

# "MORALES: We will stay", also after a quotation mark; capitals, so that "He said: We ..." is none.
_TURN: Final = re.compile(r"[\"“ \t]*(?P<source>[A-Z][A-Z.'’\- ]{0,38}[A-Z.])(?P<cue>:)\s*[\"“]?")
# "... at last." ― Ana Morales", to the end of the line.
_DASH: Final = re.compile(
    r"[\s.,!?\"”’]*(?P<cue>[―—–]|--)[^\S\n]*"
    r"(?P<source>[A-Z][\w.'’\-]*(?:[^\S\n][\w.'’\-]+){0,4}?)[^\S\n.]*(?:\n|\Z)"
)
# How far behind a content its dash and name may reach.
_DASH_CHARACTERS: Final = 120


def named_by_layout(text: str, attribution: Attribution) -> Attribution:
    """The attribution with the cue and source that the layout gives it, where it gives any."""
    if attribution.depth:
        return attribution
    (start, first_end), end = attribution.content[0], attribution.content[-1][1]
    line_start = text.rfind("\n", 0, start) + 1
    turn = _TURN.match(text, line_start)
    if turn and start <= turn.end() < first_end:
        content = ((max(start, turn.end()), first_end), *attribution.content[1:])
        return replace(attribution, content=content, cue=(turn.span("cue"),), source=(turn.span("source"),))
    dash = _DASH.match(text[end : end + _DASH_CHARACTERS])
    if dash and not text[line_start:start].strip('"“ \t\u00a0'):
        cue, source = _moved(dash.span("cue"), end), _moved(dash.span("source"), end)
        return replace(attribution, cue=(cue,), source=(source,))
    return attribution


def _moved(span: Span, offset: int) -> Span:
    return span[0] + offset, span[1] + offset
