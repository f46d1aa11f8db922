"""Signs of how far a party can move: flexible, firm, a red line, a key thing.

Law: a signal has the party whose move it is; words of an opinion piece's author give none.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from detente.claims import Signal, Statement, stable_id
from detente.evidence import Span
from detente.reading.clauses import clause_span, subject_of
from detente.reading.demands import short_phrase
from detente.reading.lexicon import rows
from detente.reading.parts import covering, overlap, own_voice, party_of, principal
from detente.reading.scene import Scene
from detente.vocabulary import Act, SignalKind

# Acts that are signals by themselves; with these eight the training talks are read best (F1 0.46 -> 0.57).
_ACTS: Final = {
    Act.REFUSAL: SignalKind.FIRM,
    Act.OFFER: SignalKind.FLEXIBLE,
    Act.ACCEPTANCE: SignalKind.FLEXIBLE,
    Act.AGREEMENT: SignalKind.FLEXIBLE,
    Act.PRECONDITION: SignalKind.KEY,
    Act.THREAT: SignalKind.FIRM,
    Act.PROMISE: SignalKind.FLEXIBLE,
    Act.DENIAL: SignalKind.FIRM,
}


def read_signals(scene: Scene) -> tuple[Signal, ...]:
    """Every signal of the article, in order; one for a passage, the strongest."""
    kept: list[Signal] = []
    for signal in sorted(_candidates(scene), key=lambda s: -s.confidence):
        if not any(_same(signal, other) for other in kept):
            kept.append(signal)
    kept.sort(key=lambda s: (s.evidence[0].start, s.evidence[0].end))
    return tuple(kept)


def _same(one: Signal, other: Signal) -> bool:
    a, b = one.evidence[0], other.evidence[0]
    return overlap((a.start, a.end), (b.start, b.end)) > 0.5


def _candidates(scene: Scene) -> Iterator[Signal]:
    for statement in scene.statements:
        if statement.cue is None:
            continue
        yield from _of_statement(scene, statement)
    for kind, pattern in cues():
        for match in pattern.finditer(scene.article.text):
            word = scene.doc.char_span(*match.span(), alignment_mode="expand")
            if word is None:
                continue
            yield from _told(scene, kind, word.root)


def _of_statement(scene: Scene, statement: Statement) -> Iterator[Signal]:
    evidence = statement.evidence[0]
    kind, sure = _ACTS.get(statement.act), 0.6
    for named, pattern in cues():
        if pattern.search(evidence.quote):
            kind, sure = named, 0.7
            break
    if kind is None:
        return
    yield _signal(
        scene,
        kind,
        party=principal(scene.cast, statement.affiliation or statement.speaker),
        span=(evidence.start, evidence.end),
        confidence=sure * max(0.5, statement.confidence),
    )


def _told(scene: Scene, kind: SignalKind, token: Token) -> Iterator[Signal]:
    if covering(scene.statements, token) is not None or not own_voice(scene.article):
        return
    verb = (
        token
        if token.pos_ in {"VERB", "AUX"}
        else next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), None)
    )
    if verb is None:
        return
    party = party_of(scene, subject_of(verb))
    if party is None:
        return
    yield _signal(
        scene, kind, party=principal(scene.cast, party), span=clause_span(scene.doc, verb), confidence=0.45
    )


def _signal(scene: Scene, kind: SignalKind, *, party: str | None, span: Span, confidence: float) -> Signal:
    evidence = scene.cut(span)
    return Signal(
        id=stable_id("signal", scene.article.id, evidence.start, evidence.end, kind),
        party=party,
        signal=kind,
        evidence=(evidence,),
        about=short_phrase(evidence.quote),
        confidence=confidence,
    )


@lru_cache(maxsize=1)
def cues() -> tuple[tuple[SignalKind, re.Pattern[str]], ...]:
    """The list, the most telling first: red lines, keys, firm, flexible."""
    return tuple(
        (SignalKind(kind), re.compile(pattern, re.IGNORECASE)) for kind, pattern in rows("signals_cues.tsv")
    )
