"""What a pact binds its parties to: "the accord calls on the port to open and to lower its dues".

Law: a term is told by a verb that the pact governs, or under it ("under the accord, the port was to open");
several deeds joined by "and" are a term each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.clauses import clause_span, lemma_of, object_of, objects_by, subject_of
from detente.reading.parts import parties_of
from detente.reading.scene import Scene

PACTS: Final = frozenset(["agreement", "pact", "accord", "treaty", "deal"])
TRUCES: Final = frozenset({"ceasefire", "cease-fire", "truce"})
_SCHEMES: Final = PACTS | TRUCES | {"plan", "map", "roadmap", "protocol", "settlement"}
_BINDS: Final = frozenset(["call", "require", "oblige", "commit", "bind", "aim", "provide", "stipulate"])
_MADE: Final = frozenset(
    ["sign", "reach", "conclude", "strike", "agree", "hammer", "negotiate", "ink", "ratify", "seal", "make"]
)
_KEEPS: Final = frozenset({"observe", "declare", "extend", "keep", "violate"})
_AGE: Final = re.compile(r"\d|old|year|month|week|ongoing|current|existing|shaky|fragile|observe|declare")
_DEEDS: Final = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "acl", "conj"})
_ON: Final = frozenset({"on", "for", "upon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing a pact binds somebody to.

    Attributes:
        deed: The verb.
        by: Party id of who is bound; ``None`` where not told.
        span: The words of the term.
    """

    deed: Token
    by: str | None
    span: Span


def is_scheme(token: Token) -> bool:
    """Whether a noun is a pact, a truce or a plan that can bind somebody."""
    return token.pos_ == "NOUN" and lemma_of(token) in _SCHEMES


def terms_of(scene: Scene, pact: Token) -> tuple[Term, ...]:
    """What the sentence says that a pact, truce or plan binds its parties to."""
    return (*_governed(scene, pact), *_under(scene, pact))


def _governed(scene: Scene, pact: Token) -> Iterator[Term]:
    for verb in pact.sent:
        if verb.i <= pact.i or verb.pos_ != "VERB" or verb.lemma_.lower() not in _BINDS:
            continue
        if subject_of(verb) != pact and pact not in verb.ancestors:
            continue
        deeds = list(_deeds(verb))
        bound = next((p for n in objects_by(verb, _ON) for p in parties_of(scene, n)), None)
        bound = bound or next(iter(parties_of(scene, object_of(verb))), None)
        for at, deed in enumerate(deeds):
            start, end = clause_span(scene.doc, deed, with_subject=False)
            if at == 0:
                start = min(start, int(verb.idx))
            if at + 1 < len(deeds):
                end = _before(scene, start, end, deeds[at + 1])
            by = bound or next(iter(parties_of(scene, _own_subject(deed))), None)
            named = scene.cast.everyone((start, end))
            yield Term(deed=deed, by=by or (named[0].party if named else None), span=(start, end))


def _before(scene: Scene, start: int, end: int, following: Token) -> int:
    """Where a term ends that another one follows: before its "and to"."""
    cut = int(following.left_edge.idx)
    words = scene.article.text[start:cut].rstrip(" ,")
    for tail in (" at", " and", " or"):
        words = words.removesuffix(tail).rstrip(" ,")
    return min(end, start + len(words))


def _deeds(verb: Token) -> Iterator[Token]:
    """The deeds that a binding verb leads to: its infinitives or gerunds, and those joined with them."""
    stack = [c for c in verb.rights if c.dep_ in _DEEDS and c.tag_ in {"VB", "VBG"}]
    stack += [g for c in verb.rights if c.dep_ == "prep" for g in c.children if g.dep_ == "pcomp"]
    found: list[Token] = []
    while stack:
        deed = stack.pop(0)
        if deed.pos_ not in {"VERB", "AUX"} or deed in found:
            continue
        found.append(deed)
        inner = [deed, *(c for c in deed.rights if c.dep_ == "xcomp")]
        stack += [c for node in inner for c in node.rights if c.dep_ == "conj" and c.tag_ in {"VB", "VBG"}]
    return iter(sorted(found, key=lambda token: token.i))


def _own_subject(deed: Token) -> Token | None:
    return next((c for c in deed.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)


def _under(scene: Scene, pact: Token) -> Iterator[Term]:
    """What follows a pact in a phrase of its own: "under the accord, the port was to open"."""
    if pact.dep_ != "pobj" or pact.head.lower_ != "under" or pact.head.head.pos_ not in {"VERB", "AUX"}:
        return
    verb = pact.head.head
    bound = any(c.dep_ == "aux" and c.lower_ in {"must", "would", "will", "shall"} for c in verb.children)
    deed = next((c for c in verb.rights if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
    if verb.lemma_.lower() != "be" and not bound:
        return
    if deed is None and not bound:
        return
    by = next(iter(parties_of(scene, _own_subject(verb))), None)
    if by is not None:
        yield Term(deed=deed or verb, by=by, span=clause_span(scene.doc, verb))


def is_made(token: Token) -> bool:
    """Whether a pact is told with its making ("an agreement signed in May")."""
    made = any(c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in _MADE | {"aim"} for c in token.children)
    return made or (token.dep_ in {"nsubjpass", "nsubj"} and token.head.lemma_.lower() in _MADE | {"aim"})


def is_declared(token: Token) -> bool:
    """Whether a truce is told with its making: "declared a truce"."""
    return lemma_of(token) in TRUCES and token.dep_ == "dobj" and token.head.lemma_.lower() == "declare"


def stands(token: Token) -> bool:
    """Whether a truce is told as one that stands: with its age or its year, or as being kept."""
    if lemma_of(token) not in TRUCES:
        return False
    before = " ".join(t.lower_ for t in token.subtree if t.i <= token.i)
    return bool(_AGE.search(before)) or (token.dep_ == "dobj" and token.head.lemma_.lower() in _KEEPS)
