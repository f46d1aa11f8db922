"""Bodies named without their state: "the Foreign Ministry", "Parliament", "the cabinet".

Law: the state is the nearest one of the sentence, else of the paragraph, else the dateline's, else the
most named; never one that calls such a body by another name.
"""

import re
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc

from detente.reading.context import country_near
from detente.reading.gazetteer import Hit
from detente.reading.lexicon import country_by_name
from detente.reading.mentions import MentionForm
from detente.reading.roll import Roll
from detente.vocabulary import PartyKind

_BODY: Final = re.compile(
    r"\b((?:(?!The\b)[A-Z][a-z]+(?:,| and)? ){1,4}Ministry"
    r"|Ministry of (?:the )?[A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+)*"
    r"|National Security Council|Supreme Court|Central Bank|Parliament|Cabinet|National Assembly"
    r"|[Ff]oreign ministry|[Dd]efen[sc]e ministry|[Ii]nterior ministry)\b"
)
# The United States has departments.
_NO_MINISTRIES: Final = frozenset({"United States"})
_GENERIC: Final = frozenset({"foreign ministry", "defense ministry", "defence ministry", "interior ministry"})


def note_ministries(roll: Roll, doc: Doc, text: str, hits: Sequence[Hit]) -> None:
    """Notes bodies that leave their state to be understood."""
    states = [
        hit for hit in hits if hit.known.kind is PartyKind.STATE and hit.known.name not in _NO_MINISTRIES
    ]
    for found in _BODY.finditer(text):
        span = found.span(1)
        if roll.taken(span):
            continue
        words = found[1].title() if found[1].lower() in _GENERIC else found[1]
        known = [
            entry
            for entry in roll.entries.values()
            if entry.kind is PartyKind.GOVERNMENT_BODY and entry.name.endswith(" " + words)
        ]
        if len(known) == 1:
            roll.note(span, known[0].name, MentionForm.BODY)
            continue
        country = country_by_name().get(country_near(doc, span, states) or "")
        if country is None:
            continue
        name = f"{country.adjective} {words}"
        roll.enter(name, PartyKind.GOVERNMENT_BODY, member_of=country.name)
        roll.note(span, name, MentionForm.BODY)
