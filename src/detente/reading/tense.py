"""Whether words speak of the past, the present or what is to come, by the verbs above them.

"will travel on Friday", "a visit planned for Friday" and "before talks open Friday" look forward; "met
on Friday" back.
"""

from enum import StrEnum
from typing import Final

from spacy.tokens import Doc, Token

_FUTURE_AUX: Final = frozenset(
    {"will", "shall", "'ll", "’ll", "wo", "would", "should", "may", "might", "could", "must"}
)
_PLANS: Final = frozenset(
    [
        "plan",
        "schedule",
        "expect",
        "set",
        "slate",
        "due",
        "agree",
        "intend",
        "aim",
        "want",
        "hope",
        "ask",
        "urge",
        "invite",
        "promise",
        "pledge",
        "vow",
        "demand",
        "seek",
        "prepare",
        "arrange",
        "call",
        "threaten",
        "decide",
        "propose",
        "suggest",
        "offer",
        "order",
        "tell",
        "warn",
        "likely",
        "ready",
        "able",
        "willing",
        "about",
        "try",
        "continue",
        "need",
        "refuse",
        "decline",
        "delay",
        "postpone",
        "adjourn",
        "put",
        "extend",
        "fix",
        "be",
        "have",
    ]
)
# In the present these tell a timetable: "the truce begins Thursday".
_TIMETABLE: Final = frozenset(
    [
        "begin",
        "open",
        "start",
        "resume",
        "end",
        "close",
        "expire",
        "convene",
        "arrive",
        "leave",
        "depart",
        "fly",
        "travel",
        "meet",
        "gather",
        "vote",
    ]
)
_TO_COME: Final = frozenset(
    ["deadline", "forthcoming", "upcoming", "scheduled", "planned", "expected", "proposed", "due"]
)
_VERBAL: Final = frozenset({"VERB", "AUX"})


class Tense(StrEnum):
    """Where a verb stands in time."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


def tense_at(doc: Doc, start: int, end: int) -> Tense | None:
    """The tense of the clause that the characters ``start`` to ``end`` stand in.

    Returns:
        ``None`` where there is no verb above or beside the words.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return None
    return tense_of(span.root)


def tense_of(token: Token) -> Tense | None:
    """The tense of the nearest clause above the token (the token itself where it is a verb)."""
    if _forward_preposition(token):
        return Tense.FUTURE
    below: Token | None = None
    for node in (token, *token.ancestors):
        if node.lower_ in _TO_COME or any(
            c.lower_ in _TO_COME for c in node.children if c.dep_ in {"amod", "acl", "compound"}
        ):
            return Tense.FUTURE
        if node.pos_ in _VERBAL and node.tag_.startswith(("V", "MD")):
            found = verb_tense(node, below)
            if found is not None:
                return found
        below = node
    return None


def verb_tense(verb: Token, below: Token | None = None) -> Tense | None:  # noqa: PLR0911  # one form after another reads best
    """The tense of one verb; ``None`` for a participle or infinitive that only its governor can place.

    Args:
        verb: The verb.
        below: Its child that the question comes from: "scheduled *to meet* on Friday" looks forward from
        below.
    """
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if helpers & _FUTURE_AUX:
        perfect = "have" in helpers and helpers & {"would", "could", "might", "may", "should", "must"}
        return Tense.PAST if perfect else Tense.FUTURE
    if verb.tag_ == "VB" and "to" in helpers:
        governor = verb.head
        return Tense.FUTURE if governor.lemma_.lower() in _PLANS or governor.pos_ == "NOUN" else None
    if verb.lemma_.lower() in {"schedule", "plan", "slate", "expect", "set", "postpone", "reschedule"} and (
        verb.tag_ == "VBN" and _hangs_by_for(below)
    ):
        return Tense.FUTURE
    if verb.tag_ == "VBG":
        going = {"is", "are", "'s", "’s", "'re", "am"} & helpers
        return Tense.FUTURE if going else None
    if verb.tag_ == "VBD" or {"was", "were", "had", "has", "have", "did", "been"} & helpers:
        return Tense.PAST
    if verb.tag_ == "VBN":
        return Tense.PAST if not {"is", "are"} & helpers else Tense.PRESENT
    if verb.tag_ not in {"VBZ", "VBP"}:
        return None
    return Tense.FUTURE if verb.lemma_.lower() in _TIMETABLE else Tense.PRESENT


def _hangs_by_for(below: Token | None) -> bool:
    return below is not None and (below.lower_ in {"for", "until", "till", "to"} or below.dep_ == "xcomp")


def _forward_preposition(token: Token) -> bool:
    """Whether "by Friday" or "until June" looks forward, in a clause that is not past."""
    head = token.head
    if head == token or head.dep_ != "prep" or head.lower_ not in {"by", "until", "till"}:
        return False
    verb = head.head
    return verb.tag_ != "VBD" and not any(c.lower_ in {"was", "were", "had"} for c in verb.children)
