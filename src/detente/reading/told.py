"""What the encoder leaves out and the grammar shows: "its offer to resume talks", ", which Oslo denies".

Law: only words of a short list, only where their owner or subject is told, and never what a mark covers
already.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.attribution import Attribution, Marks
from detente.reading.cast import merge_spans
from detente.reading.clauses import subject_of
from detente.reading.lexicon import rows, words
from detente.reading.offices import phrase_span
from detente.reading.sentences import text_of
from detente.vocabulary import Act

# What the grammar alone shows is less sure than what the encoder marks.
CONFIDENCE: Final = 0.5
_EVEN: Final = tuple((act, 1 / len(Act)) for act in Act)
_OPENS: Final = {"for": frozenset({"offer", "proposal", "call", "demand", "request", "appeal"})}
_PREPOSITIONS: Final = frozenset({"for", "of", "on", "with", "against", "about"})
_AFTER_NOUN: Final = frozenset({"acl", "ccomp", "relcl", "advcl", "xcomp"})


@lru_cache(maxsize=2)
def _listed(part: str) -> frozenset[str]:
    return frozenset(word for row in rows("told.tsv") if row[0] == part for word in words(row[1]))


def add_told(doc: Doc, marks: Marks) -> Marks:
    """The marks, with what the grammar tells besides, in order of the text."""
    covered = [span for a in marks.attributions for span in a.cue]
    known = [span for a in marks.attributions if (span := merge_spans(a.content)) is not None]
    found = list(marks.attributions)
    for attribution in _told(doc):
        cue, content = attribution.cue[0], attribution.content[0]
        if any(cue[0] < end and cue[1] > start for start, end in covered):
            continue
        if any(_alike(content, other) for other in known):
            continue
        found.append(attribution)
        known.append(content)
    found.sort(key=lambda a: a.content[0])
    return Marks(attributions=tuple(found), passages=marks.passages)


def _alike(one: Span, other: Span) -> bool:
    """Whether two contents are the same words for the most part."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0.5 * max(one[1] - one[0], other[1] - other[0])


def _told(doc: Doc) -> Iterator[Attribution]:
    for token in doc:
        if token.pos_ == "NOUN" and token.lemma_.lower() in _listed("noun"):
            owner, content = _owner(token), _after_noun(token)
        elif token.pos_ == "VERB" and token.lemma_.lower() in _listed("verb"):
            owner, content = subject_of(token), _after_verb(token)
        else:
            continue
        if owner is None or content is None or owner.pos_ not in {"PROPN", "NOUN", "PRON", "ADJ"}:
            continue
        source = phrase_span(owner) if owner.pos_ != "PRON" else _span(owner, owner)
        cue = _span(token, token)
        if (source[0] < content[1] and content[0] < source[1]) or "\n" in text_of(doc)[slice(*content)]:
            continue
        yield Attribution(
            content=(content,), cue=(cue,), source=(source,), acts=_EVEN, depth=0, confidence=CONFIDENCE
        )


def _owner(noun: Token) -> Token | None:
    """Whose words a noun of saying tells of: "Norway's offer", "the Norwegian offer", "an offer by it"."""
    for child in noun.lefts:
        if child.dep_ == "poss" or (
            child.dep_ in {"amod", "compound"} and child.ent_type_ in {"NORP", "GPE"}
        ):
            return child
    for child in noun.rights:
        if child.lower_ in {"by", "from"}:
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def _after_noun(noun: Token) -> Span | None:
    """The infinitive, clause or phrase that tells what was said."""
    for child in noun.rights:
        that = any(inner.lower_ == "that" for inner in child.lefts)
        if child.dep_ in _AFTER_NOUN and (that or child.tag_ == "VB"):
            return _clause(child)
        if child.dep_ == "prep" and noun.lemma_.lower() in _OPENS.get(child.lower_, frozenset()):
            return _span(child, child.right_edge)
    return None


def _after_verb(verb: Token) -> Span | None:
    """What a verb of saying says: its clause, its infinitive, its object."""
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    kinds = {child.dep_: child for child in verb.rights if not child.is_punct}
    for kind in ("ccomp", "xcomp"):
        if kind in kinds:
            return _clause(kinds[kind])
    which = next((c for c in verb.lefts if c.lower_ == "which" and c.dep_ in {"dobj", "pobj"}), None)
    if which is not None and verb.dep_ == "relcl":
        return _antecedent(verb)
    for child in verb.rights:
        if child.dep_ == "prep" and child.lower_ in _PREPOSITIONS:
            inner = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
            return _span(inner.left_edge, inner.right_edge) if inner is not None else None
    return _span(kinds["dobj"].left_edge, kinds["dobj"].right_edge) if "dobj" in kinds else None


def _antecedent(verb: Token) -> Span | None:
    """The words before ", which" that are denied: the gerund or the phrase they are."""
    head = verb.head
    while head.dep_ in {"dobj", "pobj", "attr"} and head.head.pos_ in {"VERB", "ADP"}:
        head = head.head
        if head.tag_ == "VBG":
            break
    end = min((c.i for c in verb.subtree), default=verb.i) - 1
    while end > head.i and head.doc[end].is_punct:
        end -= 1
    start = head.left_edge if head.pos_ != "VERB" else head
    return _span(start, head.doc[end]) if end >= start.i else None


def _clause(verb: Token) -> Span:
    """A clause without the punctuation at its end."""
    last = verb.right_edge
    while last.i > verb.i and last.is_punct:
        last = last.nbor(-1)
    return _span(verb.left_edge, last)


def _span(first: Token, last: Token) -> Span:
    return int(first.idx), int(last.idx) + len(last.text)
