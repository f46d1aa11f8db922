"""Marks that are no statements: what the encoder is unsure of, a stray word, the same words twice.

Law: what is dropped here is dropped for its form alone, never for who says it.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc

from detente.evidence import Span
from detente.reading.acts import act_of_cue
from detente.reading.attribution import Attribution
from detente.reading.cast import Cast, head_of, merge_spans
from detente.reading.lexicon import rows, words
from detente.reading.offices import phrase_span
from detente.reading.refer import is_role
from detente.reading.sentences import text_of
from detente.reading.told import CONFIDENCE as OF_GRAMMAR

# A mark that the encoder is less sure of is none; a mark without a speaker, without a word of saying or of a
# single word needs more, and so does a thing that shows something. On 100 articles of PolNeAR's training part
# contents of 0.65 are right in half of the cases, those of 0.55 in a fifth; swept 0.55-0.75, 0.65-0.9, 0.8-1.
UNSURE: Final = 0.65
UNSURE_OF_SCRAPS: Final = 0.78
UNSURE_OF_THINGS: Final = 0.95


@lru_cache(maxsize=2)
def _things(use: str) -> frozenset[str]:
    return frozenset(word for row in rows("things.tsv") if row[0] == use for word in words(row[1]))


def apart(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without those whose words another one by the same speaker holds, at the same cue."""
    kept: list[Attribution] = []
    for one in sorted(attributions, key=lambda a: (-_length(a), -a.confidence)):
        if not any(_repeats(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda a: a.content[0])


def _length(attribution: Attribution) -> int:
    return sum(end - start for start, end in attribution.content)


def _repeats(one: Attribution, other: Attribution) -> bool:
    """Whether one is a piece of the other: words within its words, at a cue that touches its cue."""
    inner, outer = merge_spans(one.content), merge_spans(other.content)
    if inner is None or outer is None or not (outer[0] <= inner[0] and inner[1] <= outer[1]):
        return False
    cue, their = merge_spans(one.cue), merge_spans(other.cue)
    if cue is None or their is None:
        return one.source == other.source
    return cue[0] <= their[1] + 1 and their[0] <= cue[1] + 1


def is_junk(doc: Doc, cast: Cast, attribution: Attribution) -> bool:
    """Whether nothing is said by it."""
    span = merge_spans(attribution.content)
    if span is None:
        return True
    spoken = [word for word in text_of(doc)[span[0] : span[1]].split() if any(c.isalnum() for c in word)]
    if not spoken or _only_helps(doc, attribution.cue):
        return True
    if attribution.confidence == OF_GRAMMAR:
        return False
    return attribution.confidence < _least(doc, cast, attribution, single=len(spoken) == 1)


def _least(doc: Doc, cast: Cast, attribution: Attribution, *, single: bool) -> float:
    """How sure the encoder must be of a mark of this form."""
    source, span = merge_spans(attribution.source), merge_spans(attribution.content)
    if source is not None and _is_thing(doc, cast, source, attribution.cue):
        return UNSURE_OF_THINGS
    scrap = single and span is not None and not _quoted(doc, span)
    return UNSURE_OF_SCRAPS if scrap or source is None or not _says(doc, attribution.cue) else UNSURE


def _quoted(doc: Doc, span: Span) -> bool:
    return '"' in text_of(doc)[max(0, span[0] - 2) : span[1] + 2]


def _only_helps(doc: Doc, cue: Sequence[Span]) -> bool:
    """Whether a cue is a helping verb with no verb to help ("can")."""
    tokens = [token for span in cue for token in doc.char_span(*span, alignment_mode="expand") or ()]
    return bool(tokens) and all(token.tag_ == "MD" for token in tokens)


def _says(doc: Doc, cue: Sequence[Span]) -> bool:
    """Whether the words of a cue are listed as words of saying, or tell an act by themselves."""
    lemmas = {
        token.lemma_.lower() for span in cue for token in doc.char_span(*span, alignment_mode="expand") or ()
    }
    return not cue or bool(lemmas & _things("saying")) or act_of_cue(doc, cue) is not None


def _is_thing(doc: Doc, cast: Cast, source: Span, cue: Sequence[Span]) -> bool:
    """Whether the speaker is a thing that only shows something ("the fact suggests")."""
    head = head_of(doc, source)
    lemmas = {token.lemma_ for span in cue for token in doc.char_span(*span, alignment_mode="expand") or ()}
    shows = bool(lemmas & _things("shows"))
    if head is None or (shows and (head.lower_ == "it" or _is_owner(doc, source))):
        return head is not None
    if head.pos_ not in {"NOUN", "PRON"} or is_role(head.lower_):
        return False
    mention = cast.at(int(head.idx))
    if mention is not None and (mention.party or mention.together):
        return False
    own = phrase_span(head)
    if head.lemma_ in _things("document") or any(m.span[1] == own[1] for m in cast.within(own)):
        return False
    return shows


def _is_owner(doc: Doc, source: Span) -> bool:
    """Whether a source only owns what does it ("Norway's refusal shows")."""
    return text_of(doc)[source[0] : source[1]].endswith(("'s", "s'"))
