"""How a statement came to be known: in public, in private, from an unnamed official, through another.

Law: where the words do not tell, nothing is told.
"""

import re
from typing import Final

from detente.reading.attribution import Attribution
from detente.reading.cast import Cast
from detente.vocabulary import Channel, PartyKind

_PRIVATE: Final = re.compile(
    r"\b(?:privately|in private|behind closed doors|in a (?:private )?letter|confidential\w*)\b", re.I
)
_UNNAMED: Final = re.compile(r"\b(?:officials?|diplomats?|aides?|one of them|source close)\b", re.I)
_OPEN: Final = re.compile(
    r"\b(?:spokes\w+|announced|statement|news conference|press conference|reporters)\b", re.I
)
_RELAY: Final = re.compile(
    r"\s*,?\s*(?:was quoted (?:as saying )?by|as quoted by|quoted by|according to|told)\s+"
    r"((?:the |a )?[A-Z\w][\w.’' -]{2,60}?)(?=[,.;\n\"”]|$)"
)


def channel_of(cast: Cast, speaker: str | None, words: str | None, cue: str | None) -> Channel | None:
    """How a statement was made, as far as its own words show it."""
    around = f"{words or ''} {cue or ''}"
    party = cast.party(speaker)
    if _PRIVATE.search(around):
        return Channel.PRIVATE
    if party is not None and party.kind is PartyKind.PERSON and not party.independent:
        return Channel.PUBLIC
    if _OPEN.search(around):
        return Channel.PUBLIC
    if words is not None and _UNNAMED.search(words):
        return Channel.UNNAMED_OFFICIAL
    return None


def relayed_by(text: str, cast: Cast, attribution: Attribution) -> str | None:
    """Who relayed a statement ("was quoted by the agency", "according to two officials"), or ``None``."""
    if not attribution.cue or not attribution.source:
        return None
    after = max(attribution.cue[-1][1], attribution.source[-1][1])
    found = _RELAY.match(text, after)
    if found is None or "told" in found[0].split()[:1]:
        return None
    return found[1].strip() if cast.within(found.span(1)) or found[1][:1].islower() else None
