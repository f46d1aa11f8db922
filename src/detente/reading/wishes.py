"""Words that tell what somebody wants of somebody: found in the parse, with who wants it and of whom.

Law: a word needs what stands with it in the list ("call" is a wish only "for", "on" or "upon"), and is
no wish where it is negated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.clauses import (
    agent_of,
    clause_span,
    doer_of,
    is_negated,
    is_passive,
    is_to_be_done,
    object_of,
    objects_by,
    sentence_span,
    subject_of,
    telling_span,
)
from detente.reading.lexicon import rows, words
from detente.reading.parts import in_headline, parties_of, party_of, same_camp
from detente.reading.scene import Scene
from detente.vocabulary import Modality

# "insisted that the road be opened" is a wish, "insisted that it was open" a claim.
_OR_CLAIMS: Final = frozenset({"insist", "suggest", "warn"})
_ASKS: Final = frozenset({"ask", "request", "beg"})
_QUESTIONS: Final = frozenset({"whether", "if", "why", "how", "who", "what", "when", "where", "which"})
# To hope for something of oneself asks nobody.
_HOPES: Final = frozenset({"hope", "hopeful", "eager", "keen", "anxious", "impatient"})
_NOBODY: Final = frozenset({"nobody", "none", "neither", "no"})
# Said of the talk with a reporter, not of what is negotiated.
_TO_REPORTERS: Final = frozenset(
    {"identify", "name", "quote", "call", "describe", "anonymity", "comment", "question", "interview"}
)


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
    if entry is None or token.pos_ not in {"VERB", "NOUN", "ADJ"}:
        return False
    beside = [c for c in token.children if not _tells_time(c)]
    stands = {c.dep_ for c in beside}
    stands |= {c.lower_ for c in beside if c.dep_ in {"prep", "mark", "dative", "dobj", "agent"}}
    around = {token, *(c for c in beside if c.dep_ not in {"conj", "advcl", "parataxis"})}
    if any(c.tag_ == "VB" and c.dep_ != "conj" for c in token.subtree if c.head in around):
        stands.add("to")
    needed = entry[1]
    if needed:
        return bool(needed & stands)
    return bool(stands & {"dobj", "ccomp", "xcomp", "nsubjpass", "prep"})


def only_claims(token: Token) -> bool:
    """Whether a verb that can wish only says that something is so: "insisted that it was open"."""
    clause = next((c for c in token.rights if c.dep_ == "ccomp"), None)
    return token.lemma_.lower() in _OR_CLAIMS and clause is not None and not is_to_be_done(clause)


def only_asks(token: Token) -> bool:
    """Whether a verb asks a question, or something of a reporter: "asked why", "asked not to be named"."""
    if token.lemma_.lower() not in _ASKS:
        return False
    if any(child.lemma_.lower() in _TO_REPORTERS for child in token.subtree if child.i > token.i):
        return True
    if token.pos_ != "VERB":
        return False
    clause = next((c for c in token.rights if c.dep_ in {"ccomp", "advcl", "parataxis"}), None)
    opens = {c.lower_ for c in clause.subtree if c.i <= clause.i} if clause is not None else set()
    on = {c.lower_ for c in token.rights if c.dep_ == "prep"}
    stands = any(c.dep_ in {"xcomp", "dobj"} for c in token.rights) or bool(on)
    return bool(opens & _QUESTIONS) or not (stands or (clause is not None and is_to_be_done(clause)))


def _wants_nothing(token: Token) -> bool:
    """Whether nobody wants it, or what is wanted is left open: "nobody asked", "what they want"."""
    subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
    subjects += [c for a in token.children if a.dep_ == "agent" for c in a.children]
    if any({c.lower_, *(d.lower_ for d in c.lefts)} & _NOBODY for c in subjects):
        return True
    open_object = any(c.dep_ in {"dobj", "pobj"} and c.tag_ == "WP" for c in token.lefts)
    return open_object and not any(c.dep_ in {"xcomp", "ccomp", "prep"} for c in token.rights)


def _tells_time(child: Token) -> bool:
    """Whether a preposition only tells when: "called a truce on Monday" calls on nobody."""
    return child.dep_ == "prep" and any(c.ent_type_ in {"DATE", "TIME"} for c in child.children)


def find_wishes(scene: Scene) -> Iterator[Wish]:
    """Every wish that a word of the text tells, in order, those without a party left out."""
    for token in scene.doc:
        if not is_wish(token) or in_headline(scene.article, token) or is_negated(token):
            continue
        if only_claims(token) or only_asks(token) or _wants_nothing(token):
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
    feels = noun.pos_ == "ADJ" and noun.head.pos_ in {"VERB", "AUX"}
    by = party_of(scene, subject_of(noun.head) if feels else doer_of(noun))
    clauses = [c for c in noun.rights if c.dep_ in {"acl", "ccomp", "relcl"} and c.pos_ in {"VERB", "AUX"}]
    nouns = [*objects_by(noun, frozenset({"to", "on", "for", "from"})), *map(subject_of, clauses)]
    of = next((p for n in nouns for p in parties_of(scene, n) if p != by), None)
    if by is None and of is None:
        return None
    if noun.lemma_.lower() in _HOPES and (by is None or of is None or same_camp(scene.cast, by, of)):
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
