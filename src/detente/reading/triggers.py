"""Which words of a text tell that something happened: the trigger list laid over the parse.

Law: a trigger needs the words that stand with it in the list: "call" is a request only "for", "on" or
"upon" something.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from detente.reading.clauses import lemma_of
from detente.reading.lexicon import rows
from detente.vocabulary import EventType

_VERB_TAGS: Final = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One line of the list for one lemma.

    Attributes:
        type: PLOVER type.
        mode: PLOVER mode, or ``None``.
        verb: Whether it is a verb; else a noun.
        beside: Words one of which must stand with it; empty where it needs none.
    """

    type: EventType
    mode: str | None
    verb: bool
    beside: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word of the text that tells an event."""

    token: Token
    cue: Cue


@lru_cache(maxsize=1)
def cues() -> dict[tuple[str, bool], tuple[Cue, ...]]:
    """The list by lemma and part of speech, the more particular lines first."""
    found: dict[tuple[str, bool], list[Cue]] = {}
    for kind, mode, pos, beside, lemmas in rows("events_triggers.tsv"):
        cue = Cue(
            type=EventType(kind),
            mode=None if mode == "-" else mode,
            verb=pos == "V",
            beside=frozenset() if beside == "-" else frozenset(beside.split()),
        )
        for lemma in lemmas.split():
            found.setdefault((lemma, cue.verb), []).append(cue)
    return {key: tuple(sorted(those, key=lambda c: not c.beside)) for key, those in found.items()}


def find_triggers(doc: Doc) -> Iterator[Trigger]:
    """Every trigger of the doc, in order, one for a token."""
    table = cues()
    for token in doc:
        verb = token.pos_ in _VERB_TAGS
        if not verb and token.pos_ != "NOUN":
            continue
        for cue in table.get((lemma_of(token), verb), ()):
            if not cue.beside or beside(token) & cue.beside:
                yield Trigger(token=token, cue=cue)
                break


def beside(token: Token) -> frozenset[str]:
    """The words that stand with a token: objects, particles, prepositions and their nouns."""
    words = set[str]()
    for child in token.children:
        if child.dep_ in {"dobj", "prt", "prep", "agent", "advmod", "nsubjpass", "oprd", "acomp", "dative"}:
            words |= {child.lower_, lemma_of(child)}
        if child.dep_ in {"dobj", "nsubjpass"}:
            words |= {c.lemma_.lower() for c in child.children if c.dep_ in {"compound", "conj"}}
            words |= {c.lemma_.lower() for c in child.conjuncts}
            words |= {g.lemma_.lower() for c in child.children if c.dep_ == "prep" for g in c.children}
        if child.dep_ == "prep":
            words |= {lemma_of(g) for g in child.children if g.dep_ == "pobj"}
        if child.dep_ in {"xcomp", "acl"} and child.tag_ == "VB":
            words.add("to")
        if child.dep_ in {"ccomp", "acl", "relcl"}:
            words |= {"that", child.lower_}
    if token.dep_ in {"acl", "relcl"}:
        words.add(token.head.lemma_.lower())
    return frozenset(words)
