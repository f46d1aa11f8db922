"""What each party undertook, and what the article itself says became of it.

Law: a status other than pending rests on words of the article, which the report holds.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from detente.claims import Promise, Statement, StatusReport, stable_id
from detente.evidence import Span
from detente.reading.candidates import modality_of
from detente.reading.clauses import (
    agent_of,
    clause_span,
    doer_of,
    is_negated,
    is_passive,
    lemma_of,
    objects_by,
    phrase_span,
    sentence_span,
    subject_of,
    telling_span,
)
from detente.reading.demands import asked_things, short_phrase
from detente.reading.pacts import PACTS, TRUCES, is_declared, is_made, is_scheme, stands, terms_of
from detente.reading.parts import (
    covering,
    in_headline,
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
from detente.reading.targets import counterpart
from detente.reading.times import TimeExpression, read_times
from detente.vocabulary import Act, Modality, PromiseStatus

_PROMISING: Final = frozenset({Act.PROMISE, Act.AGREEMENT})
_VERBS: Final = frozenset(["agree", "pledge", "promise", "vow", "commit", "undertake"])
_NOUNS: Final = frozenset(["pledge", "promise", "commitment", "vow", "undertaking"])
_YIELDING: Final = frozenset(
    {"withdraw", "withdrawal", "release", "free", "transfer", "handover", "share", "lift", "pullout"}
)
# What is asked, refused or threatened of a promise is none.
_WANTED: Final = frozenset({Act.DEMAND, Act.PRECONDITION, Act.REFUSAL, Act.THREAT})
_MUTUAL: Final = frozenset({"agree", "pledge", "promise", "vow"}) | TRUCES
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
    """Whether two are one: the same words by the same party, or one of them told and one spoken."""
    a, b = one.evidence[0], other.evidence[0]
    alike = (
        one.by == other.by
        or None in {one.by, other.by}
        or (one.statement is None) != (other.statement is None)
    )
    return alike and overlap((a.start, a.end), (b.start, b.end)) > 0.5


def _candidates(scene: Scene, times: tuple[TimeExpression, ...]) -> Iterator[Promise]:
    for statement in scene.statements:
        if statement.cue is not None and statement.act in _PROMISING:
            yield from _spoken(scene, statement)
    seen = set[str]()
    for token in scene.doc:
        if in_headline(scene.article, token):
            continue
        if token.pos_ == "VERB" and token.lemma_.lower() in _VERBS and _has_object(token):
            yield from _told(scene, times, token, 0.55)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in _NOUNS and _has_object(token):
            yield from _told(scene, times, token, 0.5)
        elif is_scheme(token):
            yield from _of_pact(scene, times, token, seen)
        elif token.lemma_.lower() in _YIELDING and _is_planned(token):
            yield from _told(scene, times, token, 0.4)


def _is_given(token: Token) -> bool:
    """Whether a promise is told as given: not denied, wished for or only supposed.

    Whoever "has not kept its promise" has given one.
    """
    if token.pos_ == "NOUN":
        unsure = {"no", "any", "possible", "proposed", "future", "potential"}
        return not any(c.lower_ in unsure for c in token.children)
    modality = modality_of(token)
    supposed = {Modality.NEGATED, Modality.HYPOTHETICAL, Modality.CONDITIONAL}
    return not supposed & set(modality)


def _opens_infinitive(token: Token) -> bool:
    """Whether a noun is followed by what was promised: "a promise to open the road"."""
    return token.pos_ == "NOUN" and token.i + 2 < len(token.doc) and token.nbor().tag_ == "TO"


def _has_object(token: Token) -> bool:
    if _opens_infinitive(token):
        return True
    if token.lemma_.lower() == "commit":  # "commits a crime"
        return any(c.lower_ == "to" or c.dep_ == "xcomp" for c in token.rights)
    return any(
        c.dep_ in {"xcomp", "ccomp", "acl", "dobj"}
        or (c.dep_ == "prep" and c.lower_ in {"to", "on", "of", "by", "from", "in"})
        for c in token.children
    )


def _of_pact(
    scene: Scene, times: tuple[TimeExpression, ...], pact: Token, seen: set[str]
) -> Iterator[Promise]:
    """What a pact binds its parties to, or the pact itself where it is made or stands and tells no terms."""
    inside = covering(scene.statements, pact)
    if inside is None and not own_voice(scene.article):
        return
    terms = terms_of(scene, pact)
    for term in terms:
        named = [m.party for m in scene.cast.everyone(sentence_span(pact))]
        others = (p for p in named if not same_camp(scene.cast, p, term.by))
        yield _promise(
            scene,
            span=term.span,
            by=principal(scene.cast, term.by),
            to=principal(scene.cast, next(others, None) or counterpart(scene.cast, term.by, term.span[0])),
            made=time_of(times, term.span, sentence_span(pact), pact.idx),
            statement=None,
            confidence=0.45,
        )
    known = lemma_of(pact) in seen
    seen.add(lemma_of(pact))
    made = lemma_of(pact) in PACTS and is_made(pact)
    if not terms and (made or is_declared(pact) or (not known and stands(pact))):
        yield from _told(scene, times, pact, 0.4)


def _is_planned(token: Token) -> bool:
    """Whether a plan says that something will be given up: "plans to withdraw"."""
    if token.pos_ == "NOUN":
        return any(
            c.lower_ in {"planned", "upcoming", "promised", "scheduled", "announced"} for c in token.children
        )
    head = token.head
    return (
        token.pos_ == "VERB"
        and token.tag_ == "VB"
        and head.lemma_.lower() in {"plan", "decision", "intention"}
    )


def _spoken(scene: Scene, statement: Statement) -> Iterator[Promise]:
    whole = (statement.evidence[0].start, statement.evidence[0].end)
    pieces = asked_things(scene, whole) if len(statement.spans.content) == 1 else [whole]
    for piece in pieces:
        yield _promise(
            scene,
            span=piece,
            by=wanting(scene.cast, statement, toward=statement.target),
            to=statement.target,
            made=month_of(scene.article.published),
            statement=statement.id,
            confidence=(0.85 if statement.act is Act.PROMISE else 0.6) * max(statement.confidence, 0.5),
        )


def _told(  # noqa: C901  # one form after another reads best
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
    standing = lemma_of(token) in PACTS | TRUCES
    if inside is not None and inside.act in _WANTED and not standing:
        return
    if not _is_given(token):
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
        if _opens_infinitive(token):
            span = span[0], max(span[1], clause_span(scene.doc, token.nbor().head, with_subject=False)[1])
        elif any(c.dep_ in {"acl", "relcl"} for c in token.children):
            span = span[0], max(span[1], *(t.idx + len(t) for t in token.subtree if not t.is_punct))
    others = [p for n in objects_by(token, frozenset({"with", "to"})) for p in parties_of(scene, n)]
    if not makers and inside is None:
        makers = tuple(m.party for m in scene.cast.everyone(sentence_span(token)) if m.party)[:1]
    named = [m.party for m in scene.cast.everyone(sentence_span(token))]
    mutual = lemma_of(token) in _MUTUAL and not others
    if not makers and token.pos_ == "VERB" and inside is None:
        return
    for by in (makers[:2] if mutual else makers[:1]) or (None,):
        to = next((p for p in [*others, *makers, *named] if not same_camp(scene.cast, p, by)), None)
        for piece in _pieces(scene, token, span):
            yield _promise(
                scene,
                span=piece,
                by=principal(scene.cast, by),
                to=principal(scene.cast, to),
                made=time_of(times, span, sentence_span(token), token.idx),
                statement=None,
                confidence=confidence if by else confidence - 0.15,
            )


def _pieces(scene: Scene, token: Token, span: Span) -> list[Span]:
    """Each thing undertaken on its own: "agreed to stop firing and to open the road" is two."""
    inner = next((c for c in token.rights if c.dep_ in {"xcomp", "acl"} and c.tag_ == "VB"), None)
    further = [c for c in inner.conjuncts if c.tag_ == "VB"] if inner is not None else []
    spans = [clause_span(scene.doc, verb, with_subject=False) for verb in further]
    first = (span[0], min([span[1], *(s[0] - 1 for s in spans if s[0] - 1 > span[0])]))
    return [first, *spans]


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
        id=stable_id("promise", scene.article.id, evidence.start, evidence.end, by),
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
        if shared >= 2 or (shared >= 1 and near) or (near and words & PACTS):
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
