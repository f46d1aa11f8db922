"""Whom a statement addresses, asks or accuses.

Law: whoever is the object of the cue; else another camp that the content speaks of, its subject first;
else, for words that need somebody to be said to, the speaker's counterpart in the article. Never the
speaker's own side, no reporter.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.cast import Cast
from detente.reading.lexicon import news_names
from detente.reading.mentions import Mention, MentionForm
from detente.vocabulary import Act, PartyKind

_ADDRESSED: Final = frozenset(
    {
        Act.DEMAND,
        Act.OFFER,
        Act.PROMISE,
        Act.REFUSAL,
        Act.ACCEPTANCE,
        Act.THREAT,
        Act.ACCUSATION,
        Act.DENIAL,
        Act.AGREEMENT,
        Act.PRECONDITION,
    }
)
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "poss"})


def target_of(
    cast: Cast,
    *,
    act: Act,
    speaker: str | None,
    cue: Sequence[Span],
    content: Sequence[Span],
) -> str | None:
    """The party that a statement is to or about, or ``None``."""
    asked = _object_of(cast, speaker, cue, content)
    if asked is not None:
        return asked
    spoken_of = _spoken_of(cast, speaker, content)
    if spoken_of is not None:
        return spoken_of
    return counterpart(cast, speaker) if act in _ADDRESSED else None


def _object_of(cast: Cast, speaker: str | None, cue: Sequence[Span], content: Sequence[Span]) -> str | None:
    """The party right after the cue, before the content: "accused X of", "told X that", "urged X to"."""
    if not cue or not content:
        return None
    end, start = cue[-1][1], content[0][0]
    if not end <= start <= end + 120:
        return None
    for mention in cast.within((end, start)):
        if (
            mention.span[0] >= end
            and _other(cast, speaker, mention)
            and mention.form is not MentionForm.PRONOUN
        ):
            return mention.party
    return None


def _spoken_of(cast: Cast, speaker: str | None, content: Sequence[Span]) -> str | None:
    """Another camp's party in the content: a subject first, else the first named."""
    first: str | None = None
    for span in content:
        for mention in cast.within(span):
            if not _other(cast, speaker, mention):
                continue
            if _is_subject(cast, mention):
                return mention.party
            first = first or mention.party
    return first


def _other(cast: Cast, speaker: str | None, mention: Mention) -> bool:
    """Whether a mention is of another camp than the speaker's, and no news agency's."""
    party = cast.party(mention.party)
    if party is None or party.name in news_names():
        return False
    return cast.camp(party.id) != cast.camp(speaker)


def _is_subject(cast: Cast, mention: Mention) -> bool:
    head: Token | None = None
    words = cast.doc.char_span(*mention.span, alignment_mode="expand")
    if words is not None:
        head = words.root
    return head is not None and head.dep_ in _SUBJECT


def counterpart(cast: Cast, speaker: str | None) -> str | None:
    """The camp other than the speaker's that the article names most; ``None`` for two as often."""
    own = cast.camp(speaker)
    counts: Counter[str] = Counter()
    for mention in cast.mentions:
        camp = cast.camp(mention.party)
        party = cast.party(camp)
        if party is not None and camp != own and party.kind in {PartyKind.STATE, PartyKind.ARMED_GROUP}:
            counts[party.id] += 1
    best = counts.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]
