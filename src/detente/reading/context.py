"""Whose office it is when the text does not say: "In Oslo, Foreign Minister …" is Norway's.

Law: the nearest place or state of the same sentence, else of the paragraph, else the dateline's, else
the state that the article names most.
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from detente.evidence import Span
from detente.reading.gazetteer import Hit
from detente.reading.lexicon import UNITED_STATES, country_by_name
from detente.reading.roll import Entry, Roll
from detente.reading.sentences import sentence_span, text_of
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
            able = [hit for hit in states if not _without_ministers(entry, hit)]
            country = country_near(doc, entry.spans[0], able) if entry.spans else None
            if country is not None:
                entry.member_of = roll.enter_known(country).name


def _holds(entry: Entry) -> bool:
    return bool(set((entry.role or "").lower().split()) & _OFFICES)


def _without_ministers(entry: Entry, hit: Hit) -> bool:
    """Whether an office is one that a state does not have: the United States has secretaries."""
    role = (entry.role or "").lower().split()
    return hit.known.name == UNITED_STATES and bool({"minister", "premier", "king", "chancellor"} & set(role))


def country_near(doc: Doc, span: Span, states: Sequence[Hit]) -> str | None:
    """The country nearest to some words: of the sentence, the paragraph, the dateline, or the most named."""
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return None
    sentence = sentence_span(words.root)
    start = text_of(doc).rfind("\n", 0, span[0]) + 1
    for scope in (sentence, (start, span[0])):
        found = _nearest(states, scope, span[0])
        if found is not None:
            return found
    return home_of(states)


def home_of(hits: Sequence[Hit]) -> str | None:
    """The country an article is written from: its dateline's, else the one it names most."""
    states = [hit for hit in hits if hit.known.kind is PartyKind.STATE]
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
