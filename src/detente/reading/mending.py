"""What the parse adds to the encoder's marks: the speaker that a cue's own grammar names.

Law: the encoder's source stands where it shares a sentence with its cue; a cue without one takes its
subject, its agent or its owner.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpanOfWords

from detente.evidence import Span
from detente.reading.attribution import Attribution, Marks
from detente.reading.cast import merge_spans
from detente.reading.clauses import doer_of, subject_of
from detente.reading.offices import phrase_span
from detente.reading.refer import is_role
from detente.reading.sentences import sentence_of, text_of
from detente.reading.told import add_told

_ABBREVIATED = frozenset({"U.S.", "U.N.", "U.K."})
_LEANS = frozenset(
    {"amod", "compound", "det", "poss", "nummod", "nmod", "aux", "auxpass", "mark", "nsubj", "case", "punct"}
)
# Characters that a content is carried on at most: about two lines.
_FURTHEST = 160
_MODIFIES = frozenset({"amod", "compound", "nmod", "det", "poss", "nummod", "preconj", "cc:preconj"})


def mend(doc: Doc, marks: Marks) -> Marks:
    """The marks, with the sources that the parse gives where the encoder's are missing or astray."""
    whole = [replace(a, content=_completed(doc, a), cue=_main_verb(doc, a)) for a in marks.attributions]
    return add_told(doc, replace(marks, attributions=tuple(_mended(doc, a) for a in whole)))


def _completed(doc: Doc, attribution: Attribution) -> tuple[Span, ...]:
    """The content, carried on where it stops in the middle of a phrase: "the U.S.-led", "sold by"."""
    start, end = attribution.content[-1]
    taken = (*attribution.cue, *attribution.source)
    return (*attribution.content[:-1], (start, carried_on(doc, (start, end), taken)))


def carried_on(doc: Doc, span: Span, taken: Sequence[Span] = ()) -> int:
    """Where some words end that stop in the middle of a phrase, once they are carried on to its end.

    Args:
        doc: The parse.
        span: The words.
        taken: Other words that the phrase may not run into.
    """
    start, end = span
    phrase = doc.char_span(start, end, alignment_mode="expand")
    reach = _reach(phrase) if phrase is not None else None
    if phrase is None or reach is None:
        return end
    while reach.i > phrase[-1].i and reach.is_punct:
        reach = reach.nbor(-1)
    stop = int(reach.idx) + len(reach.text)
    crossed = any(end <= a < stop for a, _ in taken)
    if crossed or any(mark in text_of(doc)[end:stop] for mark in '"\n') or stop - end > _FURTHEST:
        stop = int(phrase[-1].idx) + len(phrase[-1].text)
    return max(end, stop)


def _reach(phrase: SpanOfWords) -> Token | None:
    """The last word of the phrase that some words break off in; ``None`` where they end with it."""
    last = phrase[-1]
    doc = phrase.doc
    if last.i + 1 >= len(doc) or doc[last.i + 1].is_sent_start:
        return None
    if last.head.i > last.i and last.dep_ in _LEANS:
        return last.head.right_edge
    if last.pos_ in {"ADP", "PART"} and last.right_edge.i > last.i:
        return last.right_edge
    following = doc[last.i + 1 : last.i + 3]
    if len(following) == 2 and following[0].lower_ in {"and", "or"} and following[1].lower_ == "to":
        return following[1].head.right_edge if following[1].tag_ == "TO" else None
    return last if last.text in _ABBREVIATED else None


def _main_verb(doc: Doc, attribution: Attribution) -> tuple[Span, ...]:
    """The cue, carried on from a helping verb alone to its verb ("has" of "has refused")."""
    cue = merge_spans(attribution.cue)
    words = doc.char_span(*cue, alignment_mode="expand") if cue is not None else None
    if words is None or len(attribution.cue) != 1 or any(token.pos_ != "AUX" for token in words):
        return attribution.cue
    verb = words[-1].head
    end = int(verb.idx) + len(verb.text)
    first = min((start for start, _ in attribution.content), default=end)
    if verb.pos_ != "VERB" or not words[-1].i < verb.i <= words[-1].i + 3 or end > first:
        return attribution.cue
    return ((attribution.cue[0][0], end),)


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
    return one is not None and other is not None and sentence_of(one.root) != sentence_of(other.root)


def _whole(doc: Doc, source: tuple[Span, ...]) -> tuple[Span, ...]:
    """A source that stops short of its noun ("Norwegian" of "Norwegian officials"), carried on to it."""
    words = doc.char_span(*source[-1], alignment_mode="expand")
    if words is None or len(source) > 1:
        return source
    last = words[-1]
    source = ((_with_others(words[0]), source[0][1]),)
    if last.lower_ == "both":
        noun = next((token for token in doc[last.i + 1 : last.i + 7] if is_role(token.lower_)), None)
        return ((source[0][0], int(noun.idx) + len(noun.text)),) if noun is not None else source
    if last.lower_ == "and":  # "U.S. and", of "U.S. and Norwegian officials"
        last = last.head
    head = last.head
    if last.dep_ not in _MODIFIES or not last.i < head.i <= last.i + 5 or last.pos_ == "PRON":
        return source
    if last.dep_ == "poss" or not is_role(head.lower_):
        return source
    return ((source[0][0], int(head.idx) + len(head.text)),)


def _with_others(first: Token) -> int:
    """Where a source begins that stops short on the left: "U.S. and Norwegian officials"."""
    doc = first.doc
    if first.i < 2 or first.ent_type_ not in {"NORP", "GPE"} or doc[first.i - 1].lower_ != "and":
        return int(first.idx)
    before = doc[first.i - 2]
    same = before.ent_type_ in {"NORP", "GPE"} and sentence_of(before) == sentence_of(first)
    return int(before.idx) if same and before.dep_ not in {"pobj", "dobj"} else int(first.idx)


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
