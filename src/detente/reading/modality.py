"""What keeps a statement from being plain fact: to come, supposed, conditional, denied, at a distance.

Law: marks are read off words and tenses; nothing is concluded from what is not there.
"""

import re
from typing import Final

from detente.vocabulary import Modality

_SIGNS: Final = (
    (
        Modality.FUTURE,
        re.compile(
            r"\b(?:will|shall|won['’]t|going to|plans? to|intends? to|is expected to|are expected to)\b", re.I
        ),
    ),
    (
        Modality.HYPOTHETICAL,
        re.compile(r"\b(?:may|might|could|would|perhaps|possibly|any \w+ (?:it|they|he|she) might)\b", re.I),
    ),
    (
        Modality.CONDITIONAL,
        re.compile(r"\b(?:if|unless|provided that|as long as|on condition|in case|until)\b", re.I),
    ),
    (Modality.NEGATED, re.compile(r"\b(?:not|never|no longer|nor|neither)\b|n['’]t\b", re.I)),
    (
        Modality.HISTORICAL,
        re.compile(r"\b(?:years ago|decades ago|in the past|historically|in (?:1[89]\d\d))\b", re.I),
    ),
    (
        Modality.DISTANCED,
        re.compile(
            r"\b(?:alleged(?:ly)?|so-called|purported(?:ly)?|supposed(?:ly)?"
            r"|what (?:they|he|she|it) calls?)\b",
            re.I,
        ),
    ),
)


def modality_of(words: str) -> tuple[Modality, ...]:
    """The modes that some words show.

    >>> [mode.value for mode in modality_of("It would agree if they did not attack.")]
    ['hypothetical', 'conditional', 'negated']
    """
    return tuple(mode for mode, sign in _SIGNS if sign.search(words))
