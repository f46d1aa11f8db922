"""Small signs of what a statement does: its cue, its verb, its helping verbs, whose deed it tells.

Law: a sign alone decides nothing; each speaks for or against every act with the weight that
``training/train_acts.py`` learned from annotated statements.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span as Words
from spacy.tokens import Token

from detente.reading.lexicon import rows
from detente.vocabulary import Act

Weights = NDArray[np.float32]

ACTS: Final = tuple(Act)
_CUE: Final = frozenset({"VERB", "NOUN", "ADJ"})
_NAMES: Final = frozenset({"NOUN", "PROPN", "PRON"})
_WE: Final = frozenset({"we", "our", "us", "i", "my"})
_YOU: Final = frozenset({"you", "your"})
_IF: Final = frozenset({"if", "unless", "until", "once"})
_LENGTHS: Final = (3, 8, 20)


@lru_cache(maxsize=1)
def _learned() -> dict[str, Weights]:
    """What each sign speaks for: a weight for every act, in the order of ``ACTS``."""
    hundredths = {row[0]: np.asarray(row[1].split(), dtype=np.float32) for row in rows("act_signs.tsv")}
    return {sign: weights / np.float32(100) for sign, weights in hundredths.items()}


def weigh(signs: Iterable[str]) -> Weights:
    """What some signs speak for together, a weight for every act in the order of ``ACTS``."""
    total: Weights = np.zeros(len(ACTS), dtype=np.float32)
    for sign in signs:
        learned = _learned().get(sign)
        if learned is not None:
            total += learned
    return total


def signs_of_cue(cue: Sequence[Token], lemmas: Sequence[str], act: Act | None) -> Iterator[str]:
    """The signs of the words of saying.

    Args:
        cue: The words; none in a transcript.
        lemmas: Their lemmas, a noun's being its verb's.
        act: What the cue does by itself.
    """
    yield f"cue act {act or 'none'}"
    if not cue:
        yield "no cue"
    for token, lemma in zip(cue, lemmas, strict=True):
        if token.pos_ in _CUE:
            yield f"cue {lemma}"
    if any(token.pos_ == "NOUN" for token in cue):
        yield "cue noun"


def signs_of_forms(forms: Iterable[str], subject: str | None, *, cued: bool) -> Iterator[str]:
    """The signs of the forms of what is said, by themselves and with whose deed it tells."""
    yield f"subject {subject or 'none'}"
    for form in forms:
        yield f"form {form}"
        yield f"form {form} {subject or 'none'}"
        if cued:
            yield f"form {form} cued"


def signs_of_words(words: Words, subject: str | None) -> Iterator[str]:
    """The signs of the words said: how they open, their verb with its helping verbs, how many they are."""
    root = words.root
    first = next((token for token in words if not token.is_punct and token.lower_ != "that"), words[0])
    if first.tag_ == "TO":
        yield "opens to"
    elif any(token.tag_ == "TO" and token.head.head.i < words.start for token in words):
        yield "is to do"  # "told [owners to leave]"
    if first.lower_ in _IF:
        yield "opens if"
    if root.pos_ not in {"PROPN", "NUM"}:
        yield f"root {root.lemma_.lower()}"
    if root.pos_ in _NAMES:
        yield "noun"
    else:
        yield "verb"
        yield f"tag {root.tag_} {subject or 'none'}"
        for helping in {c.lower_ for c in root.children if c.dep_ in {"aux", "auxpass"}}:
            yield f"aux {helping}"
            yield f"aux {helping} {subject or 'none'}"
    low = {token.lower_ for token in words}
    for name, some in (("we", _WE), ("if", _IF), ("you", _YOU)):
        if low & some:
            yield name
    yield f"length {sum(len(words) > length for length in _LENGTHS)}"
