"""Words that tell what somebody wants of somebody: found in the parse, with who wants it and of whom.

Law: a word needs what stands with it in the list ("call" is a wish only "for", "on" or "upon"), and is
no wish where it is negated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.clauses import (
    agent_of,
    clause_span,
    doer_of,
    is_negated,
    is_passive,
    object_of,
    objects_by,
    sentence_span,
    subject_of,
    telling_span,
)
from detente.reading.lexicon import rows, words
from detente.reading.parts import in_headline, parties_of, party_of
from detente.reading.scene import Scene
from detente.vocabulary import Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A word that tells a wish, with its parties.

    Attributes:
        token: The word.
        by: Party id of who wants it; ``None`` where not told.
        of: Party id of whom it is wanted; ``None`` where not told.
        span: The clause it is told in.
        modality: ``FUTURE`` or ``HYPOTHETICAL`` where it is only expected.
    """

    token: Token
    by: str | None
    of: str | None
    span: Span
    modality: tuple[Modality, ...]


@lru_cache(maxsize=1)
def _list() -> dict[tuple[str, bool], tuple[float, frozenset[str]]]:
    return {
        (lemma, pos == "V"): (float(firm), frozenset() if needs == "-" else frozenset(words(needs)))
        for pos, lemma, firm, needs in rows("demands_cues.tsv")
    }


def firmness(cue: str, said: str) -> float:
    """How firmly a demand is put, by its cue and its words, from 0 (floated) to 1 (insisted on).

    >>> firmness("insisted", "the port open"), firmness("suggested", "it must open"), firmness("mused", "x")
    (1.0, 0.9, 0.5)
    """
    head = cue.casefold().split()[0] if cue.strip() else ""
    known = (
        firm for (lemma, _), (firm, _) in _list().items() if head.startswith(lemma[: max(4, len(lemma) - 1)])
    )
    return max(next(known, 0.5), 0.9 if " must " in f" {said} " else 0.0)


def is_wish(token: Token) -> bool:
    """Whether the word tells a wish here."""
    entry = _list().get((token.lemma_.lower(), token.pos_ == "VERB"))
    if entry is None or token.pos_ not in {"VERB", "NOUN"}:
        return False
    stands = {c.dep_ for c in token.children}
    stands |= {c.lower_ for c in token.children if c.dep_ in {"prep", "mark", "dative", "dobj", "agent"}}
    if any(c.tag_ == "VB" for c in token.subtree if c.head in {token, *token.children}):
        stands.add("to")
    needed = entry[1]
    if needed:
        return bool(needed & stands)
    return bool(stands & {"dobj", "ccomp", "xcomp", "nsubjpass", "prep"})


def find_wishes(scene: Scene) -> Iterator[Wish]:
    """Every wish that a word of the text tells, in order, those without a party left out."""
    for token in scene.doc:
        if not is_wish(token) or in_headline(scene.article, token) or is_negated(token):
            continue
        wish = _of_verb(scene, token) if token.pos_ == "VERB" else _of_noun(scene, token)
        if wish is not None:
            yield wish


def _of_verb(scene: Scene, verb: Token) -> Wish | None:
    by_token = agent_of(verb) if is_passive(verb) else subject_of(verb)
    by = party_of(scene, by_token)
    if by is None and not (is_passive(verb) or by_token is None or by_token.pos_ == "PRON"):
        return None
    of = _addressee(scene, verb, by)
    if by is None and of is None:
        return None
    start, end = clause_span(scene.doc, verb)
    lo, hi = sentence_span(verb)
    return Wish(token=verb, by=by, of=of, span=(max(start, lo), min(end, hi)), modality=_expected(verb))


def _of_noun(scene: Scene, noun: Token) -> Wish | None:
    by = party_of(scene, doer_of(noun))
    nouns = objects_by(noun, frozenset({"to", "on", "for", "from"}))
    of = next((p for n in nouns for p in parties_of(scene, n) if p != by), None)
    if by is None and of is None:
        return None
    return Wish(token=noun, by=by, of=of, span=telling_span(scene.doc, noun), modality=())


def _addressee(scene: Scene, verb: Token, by: str | None) -> str | None:
    """Of whom: "urged Cairo to …", "called on Cairo to …", "wants Cairo out", "hopes Cairo will …"."""
    inner = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}), None)
    subject = subject_of(inner) if inner is not None else None
    nouns = [
        object_of(verb),
        *objects_by(verb, frozenset({"on", "upon", "to", "with", "of", "from", "for"})),
        subject,
    ]
    for noun in nouns:
        party = party_of(scene, noun)
        if party and party != by:
            return party
    return None


def _expected(token: Token) -> tuple[Modality, ...]:
    helpers = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if helpers & {"may", "might", "could"}:
        return (Modality.FUTURE, Modality.HYPOTHETICAL)
    planned = {"plan", "expect", "intend", "prepare", "eager"}
    if helpers & {"will", "shall", "'ll"} or (token.tag_ == "VB" and token.head.lemma_.lower() in planned):
        return (Modality.FUTURE,)
    return ()
