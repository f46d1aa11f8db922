"""What each party undertook, and what the article itself says became of it.

Law: a status other than pending rests on words of the article, which the report holds.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from detente.claims import Promise, Statement, StatusReport, stable_id
from detente.evidence import Span
from detente.reading.clauses import (
    agent_of,
    clause_span,
    doer_of,
    is_negated,
    is_passive,
    objects_by,
    phrase_span,
    sentence_span,
    subject_of,
    telling_span,
)
from detente.reading.demands import short_phrase
from detente.reading.events import modality_of
from detente.reading.parts import (
    covering,
    month_of,
    overlap,
    own_voice,
    parties_of,
    principal,
    same_camp,
    time_of,
    wanting,
)
from detente.reading.scene import Scene
from detente.reading.times import TimeExpression, read_times
from detente.vocabulary import Act, Modality, PromiseStatus

_PROMISING: Final = frozenset({Act.PROMISE, Act.AGREEMENT})
_VERBS: Final = frozenset(["agree", "pledge", "promise", "vow", "commit", "undertake"])
_NOUNS: Final = frozenset(["pledge", "promise", "commitment", "vow", "undertaking"])
_PACTS: Final = frozenset(["agreement", "pact", "accord", "treaty"])
_MADE: Final = frozenset(
    ["sign", "reach", "conclude", "strike", "agree", "hammer", "negotiate", "ink", "ratify", "seal", "make"]
)
_KEPT: Final = frozenset(
    [
        "honor",
        "honour",
        "keep",
        "fulfil",
        "fulfill",
        "comply",
        "implement",
        "abide",
        "observe",
        "respect",
        "complete",
        "meet",
        "live",
        "follow",
    ]
)
_BREAK: Final = frozenset(["violate", "renege", "breach", "break", "abandon", "flout", "scrap"])


def read_promises(scene: Scene, times: tuple[TimeExpression, ...] | None = None) -> tuple[Promise, ...]:
    """Every promise of the article, in order, with what the article says became of it."""
    if times is None:
        times = read_times(scene.doc, scene.article.published)
    kept: list[Promise] = []
    for promise in sorted(_candidates(scene, times), key=lambda p: -p.confidence):
        if not any(_same(promise, other) for other in kept):
            kept.append(promise)
    kept.sort(key=lambda p: (p.evidence[0].start, p.evidence[0].end))
    fates = tuple(_fates(scene))
    return tuple(_with_fate(scene, promise, fates) for promise in kept)


def _same(one: Promise, other: Promise) -> bool:
    a, b = one.evidence[0], other.evidence[0]
    return overlap((a.start, a.end), (b.start, b.end)) > 0.5


def _candidates(scene: Scene, times: tuple[TimeExpression, ...]) -> Iterator[Promise]:
    for statement in scene.statements:
        if statement.cue is not None and statement.act in _PROMISING:
            yield _spoken(scene, statement)
    for token in scene.doc:
        if token.pos_ == "VERB" and token.lemma_.lower() in _VERBS and _has_object(token):
            yield from _told(scene, times, token, 0.55)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS and _has_object(token):
            yield from _told(scene, times, token, 0.5)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in _PACTS and _is_a_pact(token):
            yield from _told(scene, times, token, 0.4)


def _has_object(token: Token) -> bool:
    return any(
        c.dep_ in {"xcomp", "ccomp", "acl", "dobj"}
        or (c.dep_ == "prep" and c.lower_ in {"to", "on", "of", "by", "from", "in"})
        for c in token.children
    )


def _is_a_pact(token: Token) -> bool:
    """An agreement that was made, told with its making or its parties."""
    made = any(c.dep_ in {"acl", "relcl"} and c.lemma_.lower() in _MADE for c in token.children)
    return made or (token.dep_ == "nsubjpass" and token.head.lemma_.lower() in _MADE)


def _spoken(scene: Scene, statement: Statement) -> Promise:
    return _promise(
        scene,
        span=(statement.evidence[0].start, statement.evidence[0].end),
        by=wanting(scene.cast, statement, toward=statement.target),
        to=statement.target,
        made=month_of(scene.article.published),
        statement=statement.id,
        confidence=(0.85 if statement.act is Act.PROMISE else 0.6) * max(statement.confidence, 0.5),
    )


def _told(
    scene: Scene, times: tuple[TimeExpression, ...], token: Token, confidence: float
) -> Iterator[Promise]:
    inside = covering(scene.statements, token)
    if inside is None and not own_voice(scene.article):
        return
    if any(
        start <= token.idx < end
        for s in scene.statements
        for start, end in s.spans.cue
        if s.act not in _PROMISING | {Act.REPORT}
    ):
        return
    modality = modality_of(token)
    if Modality.NEGATED in modality or Modality.HYPOTHETICAL in modality:
        return
    if token.pos_ == "VERB":
        makers = parties_of(scene, agent_of(token) if is_passive(token) else subject_of(token))
        span = clause_span(scene.doc, token)
    else:
        makers = parties_of(scene, doer_of(token))
        span = (
            phrase_span(scene.doc, token)
            if token.lemma_.lower() in _NOUNS
            else telling_span(scene.doc, token)
        )
        if any(c.dep_ in {"acl", "relcl"} for c in token.children):
            span = span[0], max(span[1], *(t.idx + len(t) for t in token.subtree if not t.is_punct))
    others = [p for n in objects_by(token, frozenset({"with", "to"})) for p in parties_of(scene, n)]
    by = makers[0] if makers else None
    to = next((p for p in [*others, *makers[1:]] if not same_camp(scene.cast, p, by)), None)
    if by is None and inside is None:
        around = [m.party for m in scene.cast.everyone(sentence_span(token))]
        by = around[0] if around else None
    if to is None:
        named = [m.party for m in scene.cast.everyone(sentence_span(token))]
        to = next((p for p in named if not same_camp(scene.cast, p, by)), None)
    yield _promise(
        scene,
        span=span,
        by=principal(scene.cast, by),
        to=principal(scene.cast, to),
        made=time_of(times, span, sentence_span(token), token.idx),
        statement=None,
        confidence=confidence if by else confidence - 0.15,
    )


def _promise(
    scene: Scene,
    *,
    span: Span,
    by: str | None,
    to: str | None,
    made: str | None,
    statement: str | None,
    confidence: float,
) -> Promise:
    evidence = scene.cut(span)
    return Promise(
        id=stable_id("promise", scene.article.id, evidence.start, evidence.end),
        by=by,
        to=to if to != by else None,
        what=short_phrase(evidence.quote),
        made=made,
        status=PromiseStatus.PENDING,
        evidence=(evidence,),
        statement=statement,
        confidence=confidence,
    )


# --- what became of it


def _fates(scene: Scene) -> Iterator[tuple[str | None, StatusReport, frozenset[str]]]:
    """Whose promise, what became of it by whose word, and the words it is told in."""
    for token in scene.doc:
        status = _fate_of(token)
        if status is None:
            continue
        inside = covering(scene.statements, token)
        if inside is None and not own_voice(scene.article):
            continue
        who = parties_of(scene, subject_of(token) if token.pos_ in {"VERB", "AUX"} else doer_of(token))
        span = (
            clause_span(scene.doc, token) if token.pos_ in {"VERB", "AUX"} else telling_span(scene.doc, token)
        )
        report = StatusReport(
            status=status,
            by=inside.speaker if inside else None,
            on=scene.article.published,
            because=scene.cut(span),
        )
        yield principal(scene.cast, who[0] if who else None), report, _content_words(scene, span)


def _fate_of(token: Token) -> PromiseStatus | None:
    lemma = token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX"}:
        if lemma in _KEPT and is_negated(token):
            return PromiseStatus.BROKEN
        if lemma == "fail" and any(c.dep_ == "xcomp" for c in token.children):
            return PromiseStatus.BROKEN
        if lemma in _BREAK and any(
            c.lemma_.lower()
            in {
                "promise",
                "pledge",
                "agreement",
                "pact",
                "accord",
                "truce",
                "ceasefire",
                "deal",
                "commitment",
                "treaty",
            }
            for c in token.subtree
        ):
            return PromiseStatus.BROKEN
        if (
            lemma in {"honor", "honour", "fulfil", "fulfill", "keep", "comply"}
            and any(
                c.lemma_.lower() in {"promise", "pledge", "commitment", "obligation"} for c in token.subtree
            )
            and token.tag_ in {"VBD", "VBN"}
        ):
            return PromiseStatus.KEPT
    elif token.pos_ == "NOUN" and lemma in {"failure", "violation", "breach"}:
        return PromiseStatus.BROKEN
    return None


def _content_words(scene: Scene, span: Span) -> frozenset[str]:
    words = scene.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return frozenset()
    return frozenset(t.lemma_.lower() for t in words if t.pos_ in {"NOUN", "VERB", "PROPN"} and not t.is_stop)


def _with_fate(
    scene: Scene, promise: Promise, fates: tuple[tuple[str | None, StatusReport, frozenset[str]], ...]
) -> Promise:
    own = promise.evidence[0]
    words = _content_words(scene, (own.start, own.end))
    told = []
    for who, report, said in fates:
        if who is not None and not same_camp(scene.cast, who, promise.by):
            continue
        near = abs(report.because.start - own.start) < 400
        shared = len(words & said)
        if shared >= 2 or (shared >= 1 and near) or (near and words & _PACTS):
            told.append(report)
    if not told:
        return promise
    if (
        any(r.status is PromiseStatus.KEPT for r in told)
        and any(r.status is PromiseStatus.BROKEN for r in told)
    ) or (told[0].status is PromiseStatus.BROKEN and all(r.by is not None for r in told)):
        status = PromiseStatus.DISPUTED
    else:
        status = told[0].status
    return replace(promise, status=status, reports=tuple(told))
