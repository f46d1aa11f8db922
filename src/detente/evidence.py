"""The words under a claim, and the law that they are a true copy.

Rule: ``article.text[start:end] == quote``, in code points, from 0, end exclusive.
"""

from dataclasses import dataclass
from typing import TypeAlias

from detente.errors import FalseEvidence

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """Words of one article, and where they stand.

    Attributes:
        article: ``Article.id``.
        start: Offset of the first character, in code points, from 0.
        end: Offset after the last character, so ``text[start:end] == quote``.
        quote: The words, character for character.
    """

    article: str
    start: int
    end: int
    quote: str


def cut(article: str, text: str, span: Span) -> Evidence:
    """Evidence for the words of ``span``, white space at its ends left out.

    Raises:
        FalseEvidence: The span lies outside the text or holds no words.

    >>> cut("a1", "He said no. ", (8, 12)).quote
    'no.'
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise FalseEvidence(f"{article}: no such span {start}-{end} in {len(text)} characters.")
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    quote = words.strip()
    if not quote:
        raise FalseEvidence(f"{article}: nothing but white space at {span[0]}-{span[1]}.")
    return Evidence(article=article, start=start, end=start + len(quote), quote=quote)


def require_true_copy(evidence: Evidence, text: str) -> None:
    """Check the law of this module.

    Raises:
        FalseEvidence: The words do not stand there.
    """
    if text[evidence.start : evidence.end] != evidence.quote or not evidence.quote:
        raise FalseEvidence(
            f"{evidence.article}: no such words at {evidence.start}-{evidence.end}: "
            f"{evidence.quote!r}. Evidence is copied character for character; "
            "check dashes and curly quotes."
        )
