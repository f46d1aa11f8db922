"""What each party wants of another: spoken by the party, or told by the writer.

Law: a demand's words are the article's; what is only expected says so in its modality; one content that
asks for two things gives two demands. In an opinion piece the author's own wishes are no party's demand.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from spacy.tokens import Token

from detente.claims import Demand, Statement, stable_id
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
from detente.reading.parts import (
    covering,
    in_headline,
    overlap,
    own_voice,
    parties_of,
    party_of,
    principal,
    same_camp,
)
from detente.reading.scene import Scene
from detente.vocabulary import Act, Modality

# How firmly a cue puts it, from floated to insisted on; cues not listed are in the middle.
FIRMNESS: Final = {
    "demand": 0.9,
    "insist": 1.0,
    "must": 0.9,
    "order": 0.9,
    "require": 0.8,
    "warn": 0.8,
    "call": 0.6,
    "urge": 0.6,
    "press": 0.6,
    "push": 0.6,
    "want": 0.5,
    "ask": 0.4,
    "appeal": 0.4,
    "request": 0.4,
    "propose": 0.3,
    "suggest": 0.2,
    "hope": 0.2,
    "invite": 0.2,
}
# Verbs that tell of a wish, with the words one of which must stand with them (none: an object or
# clause will do).
_WISHES: Final[dict[str, frozenset[str]]] = {
    "demand": frozenset(),
    "urge": frozenset(),
    "call": frozenset({"for", "on", "upon"}),
    "appeal": frozenset({"to", "for"}),
    "ask": frozenset({"to", "for", "xcomp", "ccomp"}),
    "press": frozenset({"for", "xcomp", "ccomp", "to"}),
    "push": frozenset({"for", "xcomp", "ccomp"}),
    "pressure": frozenset(),
    "insist": frozenset({"that", "on", "ccomp"}),
    "request": frozenset(),
    "persuade": frozenset({"xcomp", "ccomp"}),
    "convince": frozenset({"xcomp"}),
    "encourage": frozenset({"xcomp", "ccomp"}),
    "want": frozenset({"ccomp", "dobj"}),
    "seek": frozenset({"dobj"}),
    "instruct": frozenset(),
    "order": frozenset({"xcomp", "ccomp"}),
    "tell": frozenset({"xcomp"}),
    "force": frozenset({"xcomp", "ccomp"}),
    "invite": frozenset(),
    "exhort": frozenset(),
    "implore": frozenset(),
    "beg": frozenset(),
    "plead": frozenset({"for", "with"}),
    "lobby": frozenset(),
    "propose": frozenset(),
    "recommend": frozenset(),
    "require": frozenset({"xcomp", "ccomp"}),
}
_WISH_NOUNS: Final = frozenset(
    ["demand", "call", "appeal", "request", "plea", "ultimatum", "insistence", "pressure"]
)
_DEMANDING: Final = frozenset({Act.DEMAND, Act.PRECONDITION, Act.PROPOSAL})
_DUTY: Final = frozenset(
    ["fail", "refuse", "violate", "renege", "breach", "break", "ignore", "disregard", "flout", "neglect"]
)
_DUTY_NOUNS: Final = frozenset(["failure", "refusal", "violation", "breach"])


def read_demands(scene: Scene) -> tuple[Demand, ...]:
    """Every demand of the article, in order, each once."""
    kept: list[Demand] = []
    for demand in sorted(_candidates(scene), key=lambda d: -d.confidence):
        if not any(_same(demand, other) for other in kept):
            kept.append(demand)
    kept.sort(key=lambda d: (d.evidence[0].start, d.evidence[0].end))
    return tuple(kept)


def _same(one: Demand, other: Demand) -> bool:
    a, b = one.evidence[0], other.evidence[0]
    return overlap((a.start, a.end), (b.start, b.end)) > 0.5


def _candidates(scene: Scene) -> Iterator[Demand]:
    for statement in scene.statements:
        if statement.cue is None:
            continue
        if statement.act in _DEMANDING:
            yield from _spoken(scene, statement)
        elif statement.act is Act.ACCUSATION:
            yield from _implied(scene, statement)
    yield from _told(scene)


# --- spoken by the party


def _spoken(scene: Scene, statement: Statement) -> Iterator[Demand]:
    for content in statement.spans.content:
        pieces = demanded_things(scene, content) if len(statement.spans.content) == 1 else [content]
        for piece in pieces:
            whole = (statement.evidence[0].start, statement.evidence[0].end)
            span = piece if len(pieces) > 1 else whole
            by = principal(scene.cast, statement.affiliation or statement.speaker)
            of = statement.target or _asked(scene, span, by)
            yield _demand(
                scene,
                span=span,
                by=by,
                of=principal(scene.cast, of),
                cue=statement.cue or "",
                statement=statement.id,
                modality=statement.modality,
                confidence=0.85 * max(statement.confidence, 0.5) if statement.act is Act.DEMAND else 0.55,
            )
        if len(statement.spans.content) > 1:
            return


def demanded_things(scene: Scene, content: Span) -> list[Span]:
    """The parts of a content that ask for one thing each: coordinated verbs at its top are parted."""
    words = scene.doc.char_span(*content, alignment_mode="expand")
    if words is None:
        return [content]
    top = words.root
    verbs = [t for t in (top, *top.conjuncts) if t.pos_ in {"VERB", "AUX"} and words.start <= t.i < words.end]
    if len(verbs) < 2:
        return [content]
    cuts = sorted({max(content[0], clause_span(scene.doc, v)[0]) for v in verbs[1:]})
    edges = [content[0], *[c for c in cuts if content[0] + 8 < c < content[1] - 8], content[1]]
    parts = [_stripped(scene, (a, b)) for a, b in pairwise(edges)]
    return [p for p in parts if p[1] - p[0] > 8] or [content]


def _stripped(scene: Scene, span: Span) -> Span:
    """The span without a comma or "and" at its end."""
    words = scene.article.text[span[0] : span[1]].rstrip(" ,;\n")
    for tail in (" and", " or", " but"):
        words = words.removesuffix(tail).rstrip(" ,;\n")
    return span[0], span[0] + len(words)


def _asked(scene: Scene, span: Span, by: str | None) -> str | None:
    """Of whom: who should do it by the content itself, else the one other camp named in it."""
    words = scene.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return None
    root = words.root
    for candidate in (
        subject_of(root) if root.pos_ in {"VERB", "AUX"} else None,
        object_of(root) if root.pos_ == "VERB" else None,
    ):
        party = party_of(scene, candidate)
        if party and not same_camp(scene.cast, party, by):
            return party
    others = [m.party for m in scene.cast.everyone(span) if not same_camp(scene.cast, m.party, by)]
    return others[0] if others else None


# --- implied: who is charged with not doing it


def _implied(scene: Scene, statement: Statement) -> Iterator[Demand]:
    """A duty broken is a thing wanted: "accused the port of failing to open"."""
    for content in statement.spans.content:
        words = scene.doc.char_span(*content, alignment_mode="expand")
        if words is None:
            continue
        if any(_is_duty(t) for t in words):
            yield _demand(
                scene,
                span=content,
                by=principal(scene.cast, statement.affiliation or statement.speaker),
                of=principal(scene.cast, statement.target),
                cue=statement.cue or "",
                statement=statement.id,
                modality=statement.modality,
                confidence=0.45,
            )
            return


def _is_duty(token: Token) -> bool:
    if token.pos_ == "VERB":
        if token.lemma_.lower() in _DUTY:
            return any(c.dep_ in {"xcomp", "dobj", "prep"} for c in token.children)
        return is_negated(token) and token.lemma_.lower() in {
            "live",
            "comply",
            "abide",
            "fulfil",
            "fulfill",
            "honor",
            "honour",
            "do",
            "keep",
            "meet",
            "implement",
            "follow",
            "cooperate",
        }
    return token.pos_ == "NOUN" and token.lemma_.lower() in _DUTY_NOUNS


# --- told by the writer


def _told(scene: Scene) -> Iterator[Demand]:
    for token in scene.doc:
        if not _is_wish(token) or in_headline(scene.article, token):
            continue
        inside = covering(scene.statements, token)
        if inside is None and not own_voice(scene.article):
            continue
        if any(_tells(s, token) for s in scene.statements):
            continue
        if is_negated(token):
            continue
        if token.pos_ == "VERB":
            by_token = agent_of(token) if is_passive(token) else subject_of(token)
            by = party_of(scene, by_token)
            of = _addressee(scene, token, by)
            span = _wish_span(scene, token)
        else:
            by = party_of(scene, doer_of(token))
            of = next(
                (
                    p
                    for n in objects_by(token, frozenset({"to", "on", "for", "from"}))
                    for p in parties_of(scene, n)
                ),
                None,
            )
            span = telling_span(scene.doc, token)
        if by is None and of is None:
            continue
        if of is None:
            of = _asked(scene, span, by)
        modality = _expected(token)
        yield _demand(
            scene,
            span=span,
            by=principal(scene.cast, by),
            of=principal(scene.cast, of),
            cue=token.lemma_.lower(),
            statement=None,
            modality=modality,
            confidence=0.5 if by and of else 0.4,
        )


def _is_wish(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in _WISHES:
        needed = _WISHES[lemma]
        stands = {c.dep_ for c in token.children} | {
            c.lower_ for c in token.children if c.dep_ in {"prep", "mark", "dative"}
        }
        if needed:
            return bool(needed & stands)
        return bool(stands & {"dobj", "ccomp", "xcomp", "nsubjpass", "prep"})
    if token.pos_ == "NOUN" and lemma in _WISH_NOUNS:
        return any(
            (c.dep_ == "prep" and c.lower_ in {"for", "on", "by", "from"})
            or c.dep_ in {"acl", "relcl", "poss"}
            for c in token.children
        )
    return False


def _tells(statement: Statement, token: Token) -> bool:
    """Whether the word is the cue of a statement, which speaks for itself."""
    return any(start <= token.idx < end for start, end in statement.spans.cue)


def _addressee(scene: Scene, verb: Token, by: str | None) -> str | None:
    """Of whom a told demand is made: "urged Cairo to …", "called on Cairo to …", "wants Cairo out"."""
    nouns = [object_of(verb), *objects_by(verb, frozenset({"on", "upon", "to", "with", "of", "from"}))]
    for noun in nouns:
        party = party_of(scene, noun)
        if party and party != by:
            return party
    return None


def _wish_span(scene: Scene, verb: Token) -> Span:
    start, end = clause_span(scene.doc, verb)
    lo, hi = sentence_span(verb)
    return max(start, lo), min(end, hi)


def _expected(token: Token) -> tuple[Modality, ...]:
    helpers = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if helpers & {"may", "might", "could"}:
        return (Modality.FUTURE, Modality.HYPOTHETICAL)
    if helpers & {"will", "shall", "'ll"} or (
        token.tag_ == "VB" and token.head.lemma_.lower() in {"plan", "expect", "intend", "prepare", "eager"}
    ):
        return (Modality.FUTURE,)
    return ()


def _demand(
    scene: Scene,
    *,
    span: Span,
    by: str | None,
    of: str | None,
    cue: str,
    statement: str | None,
    modality: tuple[Modality, ...],
    confidence: float,
) -> Demand:
    evidence = scene.cut(span)
    head = cue.casefold().split()[0] if cue.strip() else ""
    firm = next((v for k, v in FIRMNESS.items() if head.startswith(k[:5])), 0.5)
    if " must " in f" {evidence.quote} ":
        firm = max(firm, FIRMNESS["must"])
    return Demand(
        id=stable_id("demand", scene.article.id, evidence.start, evidence.end),
        by=by,
        of=of if of != by else None,
        what=short_phrase(evidence.quote),
        evidence=(evidence,),
        modality=modality,
        firm=firm,
        statement=statement,
        confidence=confidence,
    )


def short_phrase(words: str) -> str:
    """The thing wanted in a dozen words or so: without a leading "to" or "that", cut at a clause's end.

    >>> short_phrase("that the army leave the valley, which it took in May")
    'the army leave the valley'
    """
    plain = " ".join(words.split()).strip(" \"“”'‘’.,;")
    for lead in ("that ", "to ", "for ", "on ", "upon "):
        if plain.casefold().startswith(lead):
            plain = plain[len(lead) :]
            break
    for stop in (", which", ", who", ", where", "; ", " -- ", ", saying", ", after", ", as "):
        at = plain.find(stop)
        if at > 12:
            plain = plain[:at]
    parts = plain.split()
    return plain if len(parts) <= 18 else " ".join(parts[:16]) + " …"
