"""What the parse adds to the encoder's marks: the speaker that a cue's own grammar names.

Law: the encoder's source stands where it shares a sentence with its cue; a cue without one takes its
subject, its agent or its owner.
"""

from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.attribution import Attribution, Marks
from detente.reading.cast import merge_spans
from detente.reading.clauses import doer_of, subject_of
from detente.reading.offices import phrase_span
from detente.reading.refer import is_role

_MODIFIES = frozenset({"amod", "compound", "nmod", "det", "poss", "nummod"})


def mend(doc: Doc, marks: Marks) -> Marks:
    """The marks, with the sources that the parse gives where the encoder's are missing or astray."""
    return replace(marks, attributions=tuple(_mended(doc, a) for a in marks.attributions))


def _mended(doc: Doc, attribution: Attribution) -> Attribution:
    source = attribution.source
    if source and not _astray(doc, attribution):
        return replace(attribution, source=_whole(doc, source))
    found = source_of(doc, attribution)
    return replace(attribution, source=(found,)) if found is not None else attribution


def _astray(doc: Doc, attribution: Attribution) -> bool:
    """Whether a source stands in another sentence than its cue."""
    cue, source = merge_spans(attribution.cue), merge_spans(attribution.source)
    if cue is None or source is None:
        return False
    one = doc.char_span(*cue, alignment_mode="expand")
    other = doc.char_span(*source, alignment_mode="expand")
    return one is not None and other is not None and one.root.sent != other.root.sent


def _whole(doc: Doc, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """A source that stops short of its noun ("Norwegian" of "Norwegian officials"), carried on to it."""
    words = doc.char_span(*source[-1], alignment_mode="expand")
    if words is None or len(source) > 1:
        return source
    last = words[-1]
    head = last.head
    if last.dep_ not in _MODIFIES or not last.i < head.i <= last.i + 5 or last.pos_ == "PRON":
        return source
    if last.dep_ == "poss" or not is_role(head.lower_):
        return source
    return ((source[0][0], int(head.idx) + len(head.text)),)


def source_of(doc: Doc, attribution: Attribution) -> Span | None:
    """The words that a cue's grammar names as the speaker, or ``None``."""
    cue = merge_spans(attribution.cue)
    words = doc.char_span(*cue, alignment_mode="expand") if cue is not None else None
    if words is None:
        return None
    token = _speaker(words.root)
    if token is None or token.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ"} or token.lower_ in {"it", "there"}:
        return None
    span = phrase_span(token)
    content = merge_spans(attribution.content)
    if content is not None and span[0] < content[1] and span[1] > content[0]:
        inside = content[0] <= span[0] and span[1] <= content[1]
        split = any(a <= span[0] < b for a, b in attribution.content)
        if inside and split:
            return None
    return span


def _speaker(cue: Token) -> Token | None:
    """Who says, by the grammar of a cue's head."""
    if cue.lower_ in {"according", "per"}:
        for child in cue.subtree:
            if child.dep_ == "pobj":
                return child
        return None
    if cue.pos_ in {"VERB", "AUX"}:
        return subject_of(cue)
    if cue.pos_ == "NOUN":
        return doer_of(cue)
    return None
