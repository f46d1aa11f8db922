"""Whose office it is when the text does not say: "In Oslo, Foreign Minister …" is Norway's.

Law: the nearest place or state of the same sentence, else of the paragraph, else the dateline's, else
the state that the article names most.
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from detente.reading.gazetteer import Hit
from detente.reading.lexicon import country_by_name
from detente.reading.roll import Entry, Roll
from detente.vocabulary import PartyKind

_OFFICES = frozenset(
    [
        "president",
        "minister",
        "premier",
        "king",
        "chancellor",
        "secretary",
        "ambassador",
        "envoy",
        "negotiator",
        "delegate",
        "spokesman",
        "spokeswoman",
        "governor",
        "leader",
        "parliamentary",
    ]
)


def settle_offices(roll: Roll, doc: Doc, hits: Sequence[Hit]) -> None:
    """Gives people whose office names no country the country that the words around it tell."""
    states = [hit for hit in hits if hit.known.kind is PartyKind.STATE]
    for entry in list(roll.entries.values()):
        if entry.kind is PartyKind.PERSON and not entry.member_of and not entry.independent and _holds(entry):
            country = _country_around(doc, entry, states)
            if country is not None:
                entry.member_of = roll.enter_known(country).name


def _holds(entry: Entry) -> bool:
    return bool(set((entry.role or "").lower().split()) & _OFFICES)


def _country_around(doc: Doc, entry: Entry, states: Sequence[Hit]) -> str | None:
    """The country named nearest to a person's first mention: same sentence, then paragraph, then dateline."""
    for span in entry.spans[:1]:
        words = doc.char_span(*span, alignment_mode="expand")
        if words is None:
            return None
        sentence = (words.sent.start_char, words.sent.end_char)
        start = doc.text.rfind("\n", 0, span[0]) + 1
        for scope in (sentence, (start, span[0])):
            found = _nearest(states, scope, span[0])
            if found is not None:
                return found
    dateline = next((hit for hit in states if hit.place and hit.start < 600), None)
    return dateline.known.name if dateline else _most_named(states)


def _nearest(states: Sequence[Hit], scope: tuple[int, int], at: int) -> str | None:
    inside = [hit for hit in states if scope[0] <= hit.start < scope[1]]
    places = [hit for hit in inside if hit.place]
    best = min(places or inside, key=lambda hit: abs(hit.start - at), default=None)
    return best.known.name if best else None


def _most_named(states: Sequence[Hit]) -> str | None:
    names = [hit.known.name for hit in states if hit.known.name in country_by_name()]
    return max(sorted(set(names)), key=names.count) if names else None
