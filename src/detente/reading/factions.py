"""Who within a camp is for or against: hard-liners, opposition parties, opponents of the talks.

Law: a faction belongs to a camp and says or does something; a group that is only named is none.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from detente.claims import Faction, stable_id
from detente.evidence import Span
from detente.reading.clauses import clause_span, objects_by, phrase_span
from detente.reading.demands import short_phrase
from detente.reading.lexicon import rows
from detente.reading.parts import own_voice, parties_of, same_camp
from detente.reading.scene import Scene
from detente.vocabulary import Act

_OF_WITHIN: Final = frozenset({"of", "in", "within", "at", "from", "inside", "among"})
_TAKES_SIDES: Final = frozenset(
    {
        Act.DEMAND,
        Act.REFUSAL,
        Act.ACCUSATION,
        Act.THREAT,
        Act.DENIAL,
        Act.PROPOSAL,
        Act.PRECONDITION,
        Act.ASSESSMENT,
    }
)
_SOME: Final = re.compile(
    r"^(?:some|other|many|several|certain|senior|most|a few|both|unnamed)\b", re.IGNORECASE
)
_PARTY: Final = re.compile(
    r"\b(?:opposition|ruling|party|parties|front|coalition|bloc|alliance|movement|union)\b", re.IGNORECASE
)


def read_factions(scene: Scene) -> tuple[Faction, ...]:
    """Every faction of the article with what it stands for, in order, each sentence's once."""
    if not own_voice(scene.article):
        return ()
    kept: dict[tuple[int, str], Faction] = {}
    for faction in (*_candidates(scene), *_within(scene)):
        kept.setdefault((faction.evidence[0].start, faction.faction), faction)
    return tuple(sorted(kept.values(), key=lambda f: f.evidence[0].start))


def _candidates(scene: Scene) -> Iterator[Faction]:
    for token in scene.doc:
        if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        span = phrase_span(scene.doc, token)
        name = " ".join(scene.article.text[span[0] : span[1]].split())
        if not _is_faction(token, name):
            continue
        verb = token.head
        evidence = scene.cut(_from_name(scene, token, verb))
        camp = _camp(scene, token, span)
        if camp is None:
            continue
        yield Faction(
            id=stable_id("faction", scene.article.id, evidence.start, evidence.end, name),
            party=camp,
            faction=name.removeprefix("The ").removeprefix("the "),
            position=short_phrase(scene.article.text[verb.idx : evidence.end]),
            evidence=(evidence,),
            stance=stance_of(verb, name),
            confidence=0.45,
        )


def _within(scene: Scene) -> Iterator[Faction]:
    """Who speaks to or against somebody of the own camp: a minister to a president, say."""
    for statement in scene.statements:
        speaker = scene.cast.party(statement.speaker)
        camp = scene.cast.camp(statement.speaker)
        if speaker is None or statement.cue is None or speaker.id in (camp, statement.target):
            continue
        if statement.act not in _TAKES_SIDES or not same_camp(scene.cast, speaker.id, statement.target):
            continue
        evidence = statement.evidence[0]
        yield Faction(
            id=stable_id("faction", scene.article.id, evidence.start, evidence.end, speaker.name),
            party=camp,
            faction=speaker.name,
            position=short_phrase(evidence.quote),
            evidence=(evidence,),
            stance=-1 if statement.act in {Act.REFUSAL, Act.ACCUSATION, Act.THREAT} else 0,
            confidence=0.4,
        )


def _from_name(scene: Scene, token: Token, verb: Token) -> Span:
    start, end = clause_span(scene.doc, verb)
    return min(start, phrase_span(scene.doc, token)[0]), end


def _is_faction(token: Token, name: str) -> bool:
    words = _words()["group"]
    if any(word.rstrip("s") in words for word in re.findall(r"[a-z]+(?:-[a-z]+)?", name.casefold())):
        return True
    if (
        token.lemma_.lower() in words
        or {c.lemma_.lower() for c in token.children if c.dep_ == "compound"} & words
    ):
        return True
    if token.lower_ in {
        "officials",
        "leaders",
        "members",
        "ministers",
        "generals",
        "aides",
        "politicians",
        "lawmakers",
    }:
        return bool(_SOME.match(name)) or any(c.lower_ in {"mainly", "mostly"} for c in token.subtree)
    return bool(_PARTY.search(name)) and any(c.dep_ in {"amod", "compound"} for c in token.children)


def _camp(scene: Scene, token: Token, span: Span) -> str | None:
    """The camp of the group: that of a party in its name, else of one named with it."""
    named = [p for n in objects_by(token, _OF_WITHIN) for p in parties_of(scene, n)]
    inside = [m.party for m in scene.cast.within(span) if m.party]
    for party in [*inside, *named]:
        camp = scene.cast.camp(party)
        if camp is not None:
            return camp
    return None


def stance_of(verb: Token, name: str) -> int:
    """1 for, -1 against, 0 not told: by its name ("opponents of"), else by its verb."""
    lowered = name.casefold()
    if re.search(r"\b(?:opponent|critic|hard-?liner|hawk|rejectionist)", lowered):
        return -1
    if re.search(r"\b(?:supporter|advocate|proponent|moderate|pragmatist|dove|reformist)", lowered):
        return 1
    lemma = verb.lemma_.lower()
    if lemma in _words()["against"]:
        return -1
    return 1 if lemma in _words()["for"] else 0


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    return {kind: frozenset(line.split()) for kind, line in rows("factions_words.tsv")}
