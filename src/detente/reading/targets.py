"""Whom a statement addresses, asks or accuses.

Law: whoever is the object of the cue; else another camp that the content speaks of, its subject first;
else, for words that need somebody to be said to, the speaker's counterpart in the article. Never the
speaker's own side, no reporter.
"""

import math
from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.cast import SUBJECT, Cast
from detente.reading.lexicon import news_names
from detente.reading.mentions import Mention, MentionForm
from detente.reading.sentences import sentence_number
from detente.vocabulary import Act

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
# Said to the other side of the table whatever else is spoken of.
_TO_COUNTERPART: Final = frozenset(
    {Act.OFFER, Act.PROMISE, Act.REFUSAL, Act.ACCEPTANCE, Act.DENIAL, Act.AGREEMENT, Act.PRECONDITION}
)
# What tells a counterpart: sentences shared, sentences near by, agency. Of 1,057 demands and promises
# whose two parties are annotated it finds .65 by these, .57 by agency alone.
_NEAR: Final = 2.0
_SENTENCES: Final = 2.0
_ACTING: Final = 0.1
# "called on the minister in a letter to": whoever is asked stands at the content's start.
_AT_ONCE: Final = 12


def target_of(
    cast: Cast,
    *,
    act: Act,
    speaker: str | None,
    cue: Sequence[Span],
    content: Sequence[Span],
    beside: str | None = None,
) -> str | None:
    """The party that a statement is to or about, or ``None``.

    Args:
        cast: Who is who.
        act: What the words do.
        speaker: Who says it.
        cue: The words of saying.
        content: What is said.
        beside: Who says it together with the speaker: two who agree agree with each other.
    """
    asked = addressee_of(cast, act=act, speaker=speaker, cue=cue, content=content)
    if asked is not None:
        return asked
    if act in _ADDRESSED and beside is not None and cast.camp(beside) != cast.camp(speaker):
        return beside
    opposite = counterpart(cast, speaker, content[0][0] if content else None)
    spoken_of = _spoken_of(cast, speaker, content, opposite)
    if act in _TO_COUNTERPART and opposite is not None:
        told = cast.party(spoken_of)
        return spoken_of if told is not None and cast.camp(told.id) == opposite else opposite
    return spoken_of or (opposite if act in _ADDRESSED else None)


def addressee_of(
    cast: Cast, *, act: Act, speaker: str | None, cue: Sequence[Span], content: Sequence[Span]
) -> str | None:
    """The party right after the cue: "accused X of", "told X that", "urged X to"; ``None`` without one."""
    if not cue or not content:
        return None
    end, start = cue[-1][1], content[0][0]
    if not end <= start <= end + 120:
        return None
    for mention in cast.within((end, start)):
        if mention.span[0] >= end and _addressable(cast, speaker, mention):
            return mention.party
    return _opens_content(cast, speaker, content[0]) if act is Act.DEMAND and start <= end + 6 else None


def _opens_content(cast: Cast, speaker: str | None, content: Span) -> str | None:
    """Whoever stands at the start of what is wanted: "told [his security forces to hold the truce]"."""
    at = content[0]
    for mention in cast.within(content):
        if mention.span[0] - at >= _AT_ONCE:
            return None
        if _addressable(cast, speaker, mention):
            return mention.party
        if mention.form is not MentionForm.PRONOUN:
            return None
        at = mention.span[1]  # an owner stands before whoever is told
    return None


def _addressable(cast: Cast, speaker: str | None, mention: Mention) -> bool:
    """Whether a mention can be spoken to: anybody but the speaker, its own state, and reporters."""
    party = cast.party(mention.party)
    if party is None or party.id in {speaker, cast.camp(speaker)}:
        return False
    return party.name not in news_names() and not party.independent


def _spoken_of(cast: Cast, speaker: str | None, content: Sequence[Span], opposite: str | None) -> str | None:
    """Another camp's party in the content: the counterpart's first, then a subject, then the first named."""
    best: tuple[int, str | None] = (0, None)
    for span in content:
        for mention in cast.within(span):
            if not _other(cast, speaker, mention):
                continue
            weight = 1 + 2 * _is_subject(cast, mention) + 3 * (cast.camp(mention.party) == opposite)
            if weight > best[0]:
                best = (weight, mention.party)
    return best[1]


def _other(cast: Cast, speaker: str | None, mention: Mention) -> bool:
    """Whether a mention is of another camp than the speaker's, and no news agency's."""
    party = cast.party(mention.party)
    if party is None or party.name in news_names():
        return False
    return cast.camp(party.id) != cast.camp(speaker) and not party.independent


def _is_subject(cast: Cast, mention: Mention) -> bool:
    head: Token | None = None
    words = cast.doc.char_span(*mention.span, alignment_mode="expand")
    if words is not None:
        head = words.root
    return head is not None and head.dep_ in SUBJECT


def counterpart(cast: Cast, speaker: str | None, at: int | None = None) -> str | None:
    """The camp that a party deals with: named most often beside it, and near; ``None`` for two as often.

    Args:
        cast: Who is who.
        speaker: The party.
        at: Where in the text; ``None`` for the article as a whole.
    """
    own = cast.camp(speaker)
    weights = {camp: _ACTING * times for camp, times in cast.acting.items() if camp != own and times}
    for camp in [camp for camp in weights if (party := cast.party(camp)) and party.name in news_names()]:
        del weights[camp]
    here = sentence_number(cast.doc, at) if at is not None else 0
    for number, camps in cast.company.items():
        near = math.exp(-abs(number - here) / _SENTENCES) if at is not None else 0.0
        for camp in camps & weights.keys():
            weights[camp] += (1 + near) * (own in camps) + _NEAR * near
    best = sorted(weights.values())[-2:]
    if not best or (len(best) == 2 and best[0] == best[1]):
        return None
    return max(weights, key=lambda camp: weights[camp])
