"""Which words of a text tell that something happened: the trigger list laid over the parse.

Law: a trigger needs the words that stand with it in the list: "call" is a request only "for", "on" or
"upon" something.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from detente.reading.clauses import lemma_of, subject_of
from detente.reading.lexicon import rows
from detente.vocabulary import EventType

_VERB_TAGS: Final = frozenset({"VERB", "AUX"})
_NOMINAL: Final = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "amod"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One line of the list for one lemma.

    Attributes:
        type: PLOVER type.
        mode: PLOVER mode, or ``None``.
        verb: Whether it is a verb; else a noun.
        beside: Words one of which must stand with it; empty where it needs none. "by:worker" is a subject.
        further: More such sets; one word of each must stand with it.
    """

    type: EventType
    mode: str | None
    verb: bool
    beside: frozenset[str]
    further: tuple[frozenset[str], ...] = ()

    def fits(self, words: frozenset[str]) -> bool:
        """Whether the words that stand with a token are those that the line asks for."""
        needed = (self.beside, *self.further) if self.beside else self.further
        return all(words & some for some in needed)


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
        needed = tuple(frozenset(group.split()) for group in beside.split("&")) if beside != "-" else ()
        cue = Cue(
            type=EventType(kind),
            mode=None if mode == "-" else mode,
            verb=pos == "V",
            beside=needed[0] if needed else frozenset(),
            further=needed[1:],
        )
        for lemma in lemmas.split():
            found.setdefault((lemma, cue.verb), []).append(cue)
    return {key: tuple(sorted(those, key=_generality)) for key, those in found.items()}


def _generality(cue: Cue) -> int:
    """Less for a line that asks for more."""
    return -len(cue.further) if cue.beside else 1


@lru_cache(maxsize=1)
def _inflected() -> dict[str, str]:
    """Forms in -s, -ed and -ing of the listed verbs that the lemmatizer may take for another's ("stag")."""
    forms: dict[str, str] = {}
    for lemma, verb in cues():
        if not verb:
            continue
        stem = lemma.removesuffix("e")
        last = lemma[-1] if lemma[-1:] in "bdgklmnprt" else ""
        for base, endings in (
            (stem, ("ed", "ing")),
            (lemma, ("s", "es", "ed", "ing")),
            (lemma + last, ("ed", "ing")),
        ):
            for ending in endings:
                forms.setdefault(base + ending, lemma)
    return forms


def _lemma(token: Token, *, verb: bool) -> str:
    lemma = lemma_of(token)
    if verb and (lemma, True) not in cues() and token.lower_ != lemma:
        return _inflected().get(token.lower_, lemma)
    return lemma


def find_triggers(doc: Doc) -> Iterator[Trigger]:
    """Every trigger of the doc, in order, one for a token."""
    table = cues()
    for token in doc:
        verb = token.pos_ in _VERB_TAGS
        if not verb and token.pos_ != "NOUN":
            continue
        if token.dep_ == "compound" or (verb and token.dep_ in _NOMINAL):
            continue  # "ceasefire agreement", "the wounded", "the besieged town"
        options = table.get((_lemma(token, verb=verb), verb), ())
        words = beside(token) if options else frozenset()
        fitting = next((cue for cue in options if cue.fits(words)), None)
        if fitting is not None:
            yield Trigger(token=token, cue=fitting)


def beside(token: Token) -> frozenset[str]:
    """The words that stand with a token: objects, particles, prepositions and their nouns."""
    words = set[str]()
    for child in token.children:
        if child.dep_ in {"dobj", "prt", "prep", "agent", "advmod", "nsubjpass", "oprd", "acomp", "dative"}:
            words |= {child.lower_, lemma_of(child)}
        if child.dep_ in {"dobj", "nsubjpass"}:
            words |= {c.lemma_.lower() for c in child.children if c.dep_ in {"compound", "conj", "amod"}}
            words |= {c.lemma_.lower() for c in child.conjuncts}
            words |= {g.lemma_.lower() for c in child.children if c.dep_ == "prep" for g in c.children}
        if child.dep_ == "prep":
            words |= {lemma_of(g) for g in child.children if g.dep_ == "pobj"}
        if child.dep_ in {"xcomp", "acl"} and child.tag_ == "VB":
            words |= {"to", lemma_of(child)}
        if child.dep_ in {"ccomp", "acl", "relcl"}:
            words |= {"that", child.lower_}
    if token.dep_ in {"acl", "relcl"}:
        words.add(token.head.lemma_.lower())
    if token.pos_ in _VERB_TAGS:
        words.update(_doers(token))
    return frozenset(words)


def _doers(verb: Token) -> Iterator[str]:
    """Who does it, as "by:worker"; of "thousands of workers" both nouns."""
    subject = subject_of(verb)
    while subject is not None:
        yield from (f"by:{lemma_of(t)}" for t in (subject, *subject.lefts) if t.dep_ != "det")
        of = next((c for c in subject.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        subject = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
