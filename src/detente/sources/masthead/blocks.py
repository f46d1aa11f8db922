"""A text's blocks: its lines, or its paragraphs where the lines are cut at a column."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Final

_PROSE_END: Final = re.compile(r"""[.!?…:;]["'”’»)\]]*(?:\[\d+\])*$""")
_INNER_END: Final = re.compile(r"""[a-z0-9)”"][.!?]["”’]?\s+["“‘(]?[A-Z]""")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:[A-Z]\.){1,4}|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|Mr|No)\.)$")
# As in: "(Reuters) - ", "(CNN) -- ".
_AGENCY_ALONE: Final = re.compile(r"^(?P<place>)(?P<rest>\([A-Z][^()]{1,30}\))\s*(?:—|–|--|-)\s*(?=\S)")
# "The minister said:" opens what the minister said.
_HANDS_OVER: Final = re.compile(r"\b(?:said|says|stated|declared|added|wrote):$")
# As in: "WASHINGTON — ", "TOKYO, March 3 - ", "GENEVA (Reuters) - ", "Paris, 4 May (AFP) —".
DATELINE: Final = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][\w'’.À-ÿ-]*(?:[ ,/]+(?:[A-ZÀ-Þ][\w'’.À-ÿ-]*|de|la|el|al|da|di|of|the)){0,5})"
    r"(?P<rest>,?\s*(?:\d{1,2}\s+)?(?:[A-Z][a-z]{2,8}\.?\s*\d{0,2})?(?:,?\s*\d{4})?(?:,\s*[A-Z]{2,8})?\s*"
    r"(?:\([^()]{2,40}\))?)"
    r"\s*(?:—|–|--|―| - |: ?—)\s*(?=\S)"
)
_SMALL: Final = frozenset(
    {"from", "with", "that", "over", "into", "after", "before", "than", "when", "about"}
)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A line or paragraph of a text, without white space at its ends."""

    start: int
    end: int
    text: str

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @cached_property
    def dateline(self) -> re.Match[str] | None:
        """The place (and date, and agency) that the paragraph opens with."""
        found = DATELINE.match(self.text) or _AGENCY_ALONE.match(self.text)
        if found is None:
            return None
        place, rest = found["place"], found["rest"].strip()
        # A capital letter and a dash open many a sentence; a dateline is in capitals, or is dated or signed.
        shouted = place.replace(" ", "").split(",")[0].isupper() and len(place) > 2
        return found if shouted or "(" in rest or any(c.isdigit() for c in rest) else None

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as a sentence or more, not as a heading, label or line of a menu.

        Ten words is where headlines that end in a full stop become rare.
        """
        if self.words >= 40 or (self.dateline is not None and self.words >= 8):
            return True
        if _HANDS_OVER.search(self.text):
            return True
        ended = bool(_PROSE_END.search(self.text)) and not _ABBREVIATION.search(self.text)
        if self.words >= 12 and _INNER_END.search(self.text):
            return True
        if self.is_title_case:
            return False
        return ended and self.words >= (10 if self.text[-1] != "?" else 16)

    @cached_property
    def is_title_case(self) -> bool:
        """Whether nearly every longer word is capitalized, as in a headline of the American kind."""
        long = [word for word in re.findall(r"[^\W\d_]{4,}", self.text) if word.casefold() not in _SMALL]
        return len(long) >= 4 and self.words <= 24 and sum(w[0].isupper() for w in long) >= len(long) * 0.85


def blocks_of(text: str) -> tuple[Block, ...]:
    r"""The text's blocks in order; empty lines belong to none.

    >>> [b.text for b in blocks_of("One.\n\nTwo.")]
    ['One.', 'Two.']
    """
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    if _is_cut_at_a_column(text, spans):
        spans = _joined(text, spans)
    made = []
    for start, end in spans:
        words = text[start:end]
        first = start + len(words) - len(words.lstrip())
        made.append(Block(start=first, end=first + len(words.strip()), text=words.strip()))
    return tuple(made)


def _is_cut_at_a_column(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether lines end where a column does: most long lines end within a word's reach of one length."""
    if len(spans) < 8:
        return False
    lengths = [end - start for start, end in spans]
    longest = sorted(lengths)[int(len(lengths) * 0.95)]
    if longest > 110 or median(lengths) < longest * 0.6:
        return False
    runs_on = sum(
        1
        for (_, end), (start, _) in pairwise(spans)
        if text[end:start].count("\n") == 1 and text[start : start + 40].lstrip()[:1].islower()
    )
    return runs_on >= len(spans) * 0.25


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined = [spans[0]]
    for start, end in spans[1:]:
        last_start, last_end = joined[-1]
        if text[last_end:start].count("\n") == 1:
            joined[-1] = (last_start, end)
        else:
            joined.append((start, end))
    return joined
