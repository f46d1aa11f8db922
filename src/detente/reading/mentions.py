"""A mention: words of an article that name somebody, and whom they name.

Law: a mention is not its party. Where two parties fit, ``party`` is ``None`` and both are listed.
"""

from dataclasses import dataclass
from enum import StrEnum

from detente.evidence import Span


class MentionForm(StrEnum):
    """How somebody is named."""

    NAME = "name"
    SHORT = "short"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    BODY = "body"
    TITLE = "title"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name somebody.

    Attributes:
        span: Where they stand, in the article's text.
        party: ``Party.id`` of whom they name; ``None`` where nobody, or more than one, fits.
        candidates: The parties that fit where more than one does.
        together: The parties that are all meant ("both sides"); ``party`` is ``None`` then.
        form: A name, a short form, "Iranian", "Tehran", "the ministry", "the minister", or a pronoun.
    """

    span: Span
    party: str | None
    form: MentionForm
    candidates: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
