"""What the words of a statement do, by the encoder, by the cue and by the form of the content.

Law: the three are added as log weights; none alone decides.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.lexicon import rows, words
from detente.vocabulary import Act

# Weight of the cue's own act beside the encoder's log probabilities; swept 0-3 on the training articles.
CUE_WEIGHT: Final = 1.5
FORM_WEIGHT: Final = 1.0
_FLOOR: Final = 1e-3

_MUST: Final = re.compile(
    r"\b(?:must|should|has to|have to|had to|ought to|needs? to|need not|cannot be"
    r"|we call (?:on|for)|we urge|we demand|we expect)\b",
    re.I,
)
_WILL: Final = re.compile(
    r"\b(?:we|it|he|she|they|I|government)"
    r"(?: will|'ll|’ll| intends? to| is committed| are committed| plans? to)\b",
    re.I,
)
_IF: Final = re.compile(
    r"\b(?:only if|unless|until|as long as|provided that|on condition|before (?:any|it|they))\b", re.I
)
_NOT: Final = re.compile(
    r"\b(?:will not|won't|would not|wouldn't|never|cannot|no (?:plans|intention))\b", re.I
)


@lru_cache(maxsize=1)
def cue_acts() -> dict[str, Act]:
    """The act that a cue does by itself, by its lemma or its lemma and particle."""
    return {form: Act(row[0]) for row in rows("cues.tsv") for form in words(row[1])}


def act_of(doc: Doc, cue: Sequence[Span], content: str, encoder: Sequence[tuple[Act, float]]) -> Act:
    """The act of a statement.

    Args:
        doc: The parse.
        cue: The words of saying; empty in a transcript.
        content: What is said.
        encoder: The encoder's acts with their probabilities.
    """
    weights = {act: math.log(max(share, _FLOOR)) for act, share in encoder}
    lowest = min(weights.values(), default=0.0)
    for act in Act:
        weights.setdefault(act, min(lowest, math.log(_FLOOR)))
    own = act_of_cue(doc, cue)
    if own is not None:
        weights[own] += CUE_WEIGHT
    for act in _forms(content):
        weights[act] += FORM_WEIGHT
    return max(weights, key=lambda act: weights[act])


def act_of_cue(doc: Doc, cue: Sequence[Span]) -> Act | None:
    """The act that the cue's words do by themselves, ``None`` for plain words of saying."""
    known = cue_acts()
    tokens = [token for span in cue for token in _tokens(doc, span)]
    lemmas = [_lemma(token) for token in tokens]
    for i, lemma in enumerate(lemmas):
        if i + 1 < len(lemmas) and f"{lemma} {lemmas[i + 1]}" in known:
            return known[f"{lemma} {lemmas[i + 1]}"]
    following = doc[tokens[-1].i + 1].lower_ if tokens and tokens[-1].i + 1 < len(doc) else ""
    for lemma in reversed(lemmas):
        if f"{lemma} {following}" in known:
            return known[f"{lemma} {following}"]
        if lemma in known:
            return known[lemma]
    return None


def _tokens(doc: Doc, span: Span) -> list[Token]:
    words_of = doc.char_span(*span, alignment_mode="expand")
    return list(words_of) if words_of is not None else []


def _lemma(token: Token) -> str:
    return str(token.lemma_).lower() if token.lemma_ else str(token.lower_)


def _forms(content: str) -> list[Act]:
    """Acts that the content's own form speaks for."""
    found: list[Act] = []
    if _MUST.search(content):
        found.append(Act.DEMAND)
    if _IF.search(content):
        found.append(Act.PRECONDITION)
    if _NOT.search(content):
        found.append(Act.REFUSAL)
    elif _WILL.search(content):
        found.append(Act.PROMISE)
    return found
