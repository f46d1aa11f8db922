"""Which candidates are events: what only tells another again, or is what another is about, is left out.

Law: a candidate is left out or turned for its form and for what stands around it, never for who does it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from detente.claims import Statement
from detente.reading.acts import act_of_cue
from detente.reading.candidates import MATERIAL, Candidate, retyped
from detente.reading.clauses import is_negated
from detente.reading.parts import overlap
from detente.reading.scene import Scene
from detente.reading.triggers import Trigger
from detente.vocabulary import Act, EventType

# What a noun stands in that a verb is about: "rejected [a call] for elections".
_ABOUT: Final = frozenset({"dobj", "nsubjpass", "pobj", "prep", "compound", "poss", "agent"})
# Words told in these acts are guessed or denied: 17 to 24 in 100 are events for annotators.
_UNREAL: Final = frozenset({Act.DENIAL})
_COMPLEMENTS: Final = frozenset({"xcomp", "ccomp", "acomp"})
_HOSTILE: Final = frozenset({EventType.SANCTION, EventType.COERCE, EventType.ASSAULT, EventType.MOBILIZE})
_FRIENDLY: Final = frozenset({EventType.AID, EventType.COOPERATE, EventType.RETREAT, EventType.CONCEDE})


def sift(scene: Scene, candidates: Sequence[Candidate], triggers: dict[int, Trigger]) -> list[Candidate]:
    """The candidates that are events, each told once by its surest words."""
    kept: list[Candidate] = []
    for one in sorted(
        _turned(scene, candidates, triggers), key=lambda c: (-_whole(c), -c.events[0].confidence)
    ):
        if one.type is not None and not any(_same(one, other) for other in kept):
            kept.append(one)
    return [one for one in kept if not _is_left_out(scene, one, kept)]


def _is_left_out(scene: Scene, one: Candidate, others: Sequence[Candidate]) -> bool:
    if one.origin == "statement":
        return (
            _is_named_by_its_verb(one, others) or _only_reports(scene, one, others) or _is_about(one, others)
        )
    if one.statement is not None and one.statement.act in _UNREAL:
        return True
    if _is_reason(one, others) or (one.origin == "meeting" and _is_wanted(one)):
        return True
    return one.origin == "noun" and _is_about(one, others)


def _is_named_by_its_verb(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether the word of saying tells another event by itself: "apologized for the raid" is no charge."""
    return any(
        other.origin == "verb" and other.token.i == one.token.i and other.type is not one.type
        for other in others
    )


def _only_reports(scene: Scene, one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a charge is none but news: a plain word of saying, and a deed told in what is said."""
    if one.type is not EventType.ACCUSE or one.statement is None:
        return False
    if act_of_cue(scene.doc, one.statement.spans.cue) is not None:
        return False
    return any(other.type in MATERIAL and _tells(one.statement, other) for other in others)


def _tells(statement: Statement, other: Candidate) -> bool:
    return any(start <= other.token.idx < end for start, end in statement.spans.content)


def _is_reason(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether it is but what somebody is charged with or praised for: "arrested [for collaborating]"."""
    token = one.token
    if token.dep_ != "pcomp" or token.head.lower_ not in {"for", "of"}:
        return False
    return any(other.token.i == token.head.head.i for other in others)


def _is_wanted(one: Candidate) -> bool:
    """Whether an infinitive tells it: "a settlement [to be reached] in talks"."""
    return one.token.tag_ == "VB" or any(c.tag_ == "TO" for c in one.token.lefts)


def _is_about(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a noun is but what a refusal is about: "rejected the call for elections"."""
    refusals = {other.token.i for other in others if other.type is EventType.REJECT and other is not one}
    node = one.token
    while node.dep_ in _ABOUT and node.head != node:
        node = node.head
        if node.i in refusals:
            return True
    return False


def _turned(
    scene: Scene, candidates: Sequence[Candidate], triggers: dict[int, Trigger]
) -> Iterator[Candidate]:
    """The candidates, a promise of harm as a threat and a threat of help as a promise."""
    for one in candidates:
        told = _deed_of(scene, one, triggers)
        if one.type is EventType.AGREE and told in _HOSTILE:
            yield _as(one, EventType.THREATEN)
        elif one.type is EventType.THREATEN and told in _FRIENDLY:
            yield _as(one, EventType.AGREE)
        else:
            yield one


def _deed_of(scene: Scene, one: Candidate, triggers: dict[int, Trigger]) -> EventType | None:
    """The type of the deed that is spoken of: "is prepared [to impose] a curfew"."""
    node = _spoken_of(scene, one)
    while node is not None:
        if node.i in triggers and not is_negated(node):
            return triggers[node.i].cue.type
        node = _complement(node)
    return None


def _spoken_of(scene: Scene, one: Candidate) -> Token | None:
    """The head of what a statement says, or of what a verb has for its complement."""
    if one.origin != "statement" or one.statement is None:
        return _complement(one.token) if one.origin == "verb" else None
    evidence = one.statement.evidence[0]
    words = scene.doc.char_span(evidence.start, evidence.end, alignment_mode="expand")
    return words.root if words is not None and len(words) else None


def _complement(token: Token) -> Token | None:
    below = (c for c in token.children if c.dep_ in _COMPLEMENTS and c.tag_ in {"VB", "JJ", "VBN"})
    return next(below, None)


def _as(one: Candidate, kind: EventType) -> Candidate:
    return replace(one, type=kind, events=tuple(retyped(event, kind) for event in one.events))


def _same(one: Candidate, other: Candidate) -> bool:
    return one.type is other.type and overlap(one.span, other.span) > 0.6


def _whole(candidate: Candidate) -> int:
    return max((event.by is not None) + (event.to is not None) for event in candidate.events)
