"""From a parse to a cast: known names, people, abbreviations, then the words that refer back.

Law: names first, then what leans on them; a speaker that nobody could name becomes a party of its own
words only where those words are a name or a crowd.
"""

import re
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc

from detente.articles import Article
from detente.evidence import Span
from detente.reading.cast import Cast, head_of
from detente.reading.context import home_of, settle_offices
from detente.reading.gazetteer import find_names, halves
from detente.reading.lexicon import role_words
from detente.reading.mentions import MentionForm
from detente.reading.ministries import note_ministries
from detente.reading.offices import phrase_span
from detente.reading.parse import visible
from detente.reading.people import note_people
from detente.reading.phrases import note_phrases
from detente.reading.refer import note_addressed, note_references
from detente.reading.roll import Roll
from detente.reading.shortforms import note_organizations
from detente.reading.stripped import is_stripped
from detente.vocabulary import PartyKind

_YEAR: Final = re.compile(r"\d{4}")


def build_cast(article: Article, doc: Doc, sources: Sequence[Span] = ()) -> Cast:
    """Who is who in an article.

    Args:
        article: The article.
        doc: Its parse, offset for offset.
        sources: Words that the encoder marked as naming a speaker.
    """
    text = visible(article)
    roll = Roll(article.id, article.text)
    hits = find_names(text, stripped=is_stripped(article.text))
    hits = sorted([*hits, *halves(text, hits)], key=lambda hit: hit.start)
    year = _YEAR.match(article.published or "")
    note_organizations(roll, text, hits)
    note_phrases(roll, doc, hits)
    note_ministries(roll, doc, text, hits)
    note_people(roll, doc, int(year[0]) if year else None)
    settle_offices(roll, doc, hits)
    for span in sources:
        _note_paper(roll, doc, span)
    note_references(roll, doc, sources, home_of(hits))
    for span in sources:
        _note_source(roll, doc, span)
    note_addressed(roll, doc)
    return Cast(parties=roll.parties(), mentions=roll.mentions(), doc=doc)


def _note_paper(roll: Roll, doc: Doc, span: Span) -> None:
    """Notes a newspaper by its name ("the official Kaleva newspaper"), so that "the paper" can mean it."""
    head = head_of(doc, span)
    if head is not None and head.lower_ in role_words("paper"):
        proper = [child for child in head.lefts if child.pos_ == "PROPN"]
        names = [child for child in proper if child.ent_type_ not in {"NORP", "GPE"}]
        words = " ".join(child.text for child in names)
        own = (int(head.idx), int(head.idx) + len(head.text))
        if words and not roll.taken(own) and not roll.taken((int(names[0].idx), own[1])):
            roll.enter(words, PartyKind.ORGANIZATION)
            roll.note((int(names[0].idx), own[1]), words, MentionForm.NAME)


def _note_source(roll: Roll, doc: Doc, span: Span) -> None:
    """Notes a speaker whose head names nobody yet: a name, or a crowd known by its own words."""
    head = head_of(doc, span)
    if head is None or roll.taken((head.idx, head.idx + len(head.text))):
        return
    if head.lower_ in role_words("both") or "<" in roll.words(span):
        return
    own = phrase_span(head)
    own = (max(own[0], span[0]), own[1])
    if roll.taken(own):
        own = (int(head.idx), own[1])
    plural = head.tag_ in {"NNS", "NNPS"}
    if head.pos_ != "PROPN" and not plural and head.lower_ not in role_words("crowd"):
        return
    phrase = doc.char_span(*own, alignment_mode="expand")
    words = [token.text for token in phrase or () if token.dep_ not in {"det", "nummod"}]
    name = " ".join(words).strip().replace(" - ", "-")
    if len(name) < 2 or head.pos_ == "PRON":
        return
    kind = PartyKind.ORGANIZATION if head.pos_ == "PROPN" else PartyKind.PERSON
    name = name[:1].upper() + name[1:]
    roll.enter(name, kind, independent=head.lower_ in role_words("witness"))
    roll.note(own, name, MentionForm.NAME if head.pos_ == "PROPN" else MentionForm.TITLE)
