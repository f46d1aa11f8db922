"""What each party wants of another: spoken by the party, or told by the writer.

Law: a demand's words are the article's; what is only expected says so in its modality; one content that
asks for two things gives two demands. In an opinion piece the author's own wishes are no party's demand.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from spacy.tokens import Span as Words
from spacy.tokens import Token

from detente.claims import Demand, Statement, stable_id
from detente.evidence import Span
from detente.reading.asking import asked_beside, asker_and_asked, is_duty
from detente.reading.clauses import (
    clause_span,
    is_passive,
    subject_of,
)
from detente.reading.mending import carried_on
from detente.reading.parts import (
    covering,
    overlap,
    own_voice,
    party_of,
    principal,
    same_camp,
    wanting,
)
from detente.reading.passages import further_passages, statement_of
from detente.reading.scene import Scene
from detente.reading.wishes import find_wishes, firmness, only_asks
from detente.vocabulary import Act, Modality

_DEMANDING: Final = frozenset({Act.DEMAND, Act.PRECONDITION, Act.PROPOSAL})
_PLAIN: Final = frozenset({Act.ASSESSMENT, Act.REPORT})
# What is given only in return for something asks for it; of a threat's conditions half are no demand.
_GIVING: Final = frozenset({Act.OFFER, Act.PROMISE, Act.AGREEMENT, Act.ACCEPTANCE})
_CONDITIONS: Final = frozenset({"if", "unless", "until", "once", "provided"})
# Of three words and fewer that the encoder alone marks ("in return for"), one in ten is a demand.
_LEAST_WORDS: Final = 4


def read_demands(scene: Scene) -> tuple[Demand, ...]:
    """Every demand of the article, in order, each once."""
    kept: list[Demand] = []
    for demand in sorted(_candidates(scene), key=lambda d: -d.confidence):
        if not any(_same(demand, other) for other in kept):
            kept.append(demand)
    kept += _marked(scene, kept)
    kept += [twin for demand in kept for twin in _twins(scene, demand)]
    kept.sort(key=lambda d: (d.evidence[0].start, d.evidence[0].end))
    return tuple(kept)


def _marked(scene: Scene, kept: list[Demand]) -> list[Demand]:
    """What the encoder marks as a demand and no rule finds."""
    found = []
    for passage in further_passages(
        scene, "demand", ((d.evidence[0].start, d.evidence[0].end) for d in kept)
    ):
        span = (passage.span[0], carried_on(scene.doc, passage.span))
        if len(scene.cut(passage.span).quote.split()) < _LEAST_WORDS:
            continue
        statement = statement_of(scene, span)
        by, of = asker_and_asked(scene, span, statement)
        found.append(
            _demand(
                scene,
                span=span,
                by=by,
                of=of,
                cue=(statement.cue or "") if statement else "",
                statement=statement.id if statement else None,
                modality=(),
                confidence=round(0.7 * passage.confidence, 2),
            )
        )
    return found


def _twins(scene: Scene, demand: Demand) -> Iterator[Demand]:
    """The same demand of everybody else it is made of: "urged both sides to"."""
    if demand.of is None:
        return
    start, end = demand.evidence[0].start, demand.evidence[0].end
    said = next((s for s in scene.statements if s.id == demand.statement), None)
    for other in asked_beside(scene, (start, end), demand.of, said):
        if not same_camp(scene.cast, other, demand.by):
            yield replace(demand, id=stable_id("demand", scene.article.id, start, end, other), of=other)


def _same(one: Demand, other: Demand) -> bool:
    a, b = one.evidence[0], other.evidence[0]
    return overlap((a.start, a.end), (b.start, b.end)) > 0.5


def _candidates(scene: Scene) -> Iterator[Demand]:
    for statement in scene.statements:
        if statement.cue is None:
            continue
        if statement.act in _DEMANDING:
            if not _asks(scene, statement):
                yield from _spoken(scene, statement)
        elif statement.act in _GIVING:
            yield from _in_return(scene, statement)
        elif statement.act is Act.ACCUSATION:
            yield from _implied(scene, statement)
        elif statement.act in _PLAIN:
            yield from _owed(scene, statement)
    yield from _told(scene)


# --- spoken by the party


def _spoken(scene: Scene, statement: Statement) -> Iterator[Demand]:
    for content in statement.spans.content:
        pieces = asked_things(scene, content) if len(statement.spans.content) == 1 else [content]
        for piece in pieces:
            span = piece if len(pieces) > 1 else _in_full(scene, statement)
            by, of = asker_and_asked(scene, span, statement)
            yield _demand(
                scene,
                span=span,
                by=by,
                of=of,
                cue=statement.cue or "",
                statement=statement.id,
                modality=statement.modality,
                confidence=0.85 * max(statement.confidence, 0.5) if statement.act is Act.DEMAND else 0.55,
            )
        if len(statement.spans.content) > 1:
            return


def _asks(scene: Scene, statement: Statement) -> bool:
    """Whether it asks a question, or something of a reporter."""
    words = scene.doc.char_span(*statement.spans.cue[-1], alignment_mode="expand")
    return words is not None and any(only_asks(t) for t in words if t.pos_ in {"VERB", "NOUN"})


def _in_full(scene: Scene, statement: Statement) -> Span:
    """What is said, with its cue's clause where it is only a word or two ("the soldiers", "on Cairo")."""
    said = (statement.evidence[0].start, statement.evidence[0].end)
    if len(statement.evidence[0].quote.split()) > 4 or not statement.spans.cue:
        return said
    cue = scene.doc.char_span(*statement.spans.cue[0], alignment_mode="expand")
    if cue is None:
        return said
    start, end = clause_span(scene.doc, cue.root)
    return min(start, said[0]), max(end, said[1])


def asked_things(scene: Scene, content: Span) -> list[Span]:
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


# --- implied: who is charged with not doing it


def _implied(scene: Scene, statement: Statement) -> Iterator[Demand]:
    """A duty broken is a thing wanted: "accused the port of failing to open"."""
    for content in statement.spans.content:
        words = scene.doc.char_span(*content, alignment_mode="expand")
        if words is None:
            continue
        if any(is_duty(t) for t in words):
            by, of = asker_and_asked(scene, content, statement)
            yield _demand(
                scene,
                span=content,
                by=by,
                of=of,
                cue=statement.cue or "",
                statement=statement.id,
                modality=statement.modality,
                confidence=0.45,
            )
            return


# --- in return: "would open the border if the boats were released", "in exchange for the boats"


def _in_return(scene: Scene, statement: Statement) -> Iterator[Demand]:
    """What somebody who offers or promises wants for it."""
    for content in statement.spans.content:
        words = scene.doc.char_span(*content, alignment_mode="expand")
        for span in _wanted_for_it(words) if words is not None else ():
            start, end = max(content[0], span[0]), min(content[1], span[1])
            if len(scene.article.text[start:end].split()) < _LEAST_WORDS:
                continue
            by, of = asker_and_asked(scene, (start, end), statement)
            yield _demand(
                scene,
                span=(start, end),
                by=by,
                of=of,
                cue=statement.cue or "",
                statement=statement.id,
                modality=(Modality.CONDITIONAL,),
                confidence=0.5,
            )


def _wanted_for_it(words: Words) -> Iterator[Span]:
    """The conditions in some words, and what follows "in exchange for"."""
    for token in words:
        if token.lower_ in {"exchange", "return"} and token.i > words.start and token.nbor(-1).lower_ == "in":
            following = next((c for c in token.rights if c.lower_ == "for"), None)
            if following is not None:
                yield int(token.nbor(-1).idx), int(following.right_edge.idx) + len(following.right_edge)
        elif token.lower_ in _CONDITIONS and token.dep_ in {"mark", "advmod", "prep"}:
            verb = token if token.lower_ == "provided" else token.head
            if verb.i >= words.start and (verb.dep_ == "advcl" or token.lower_ == "provided"):
                yield int(token.idx), int(verb.right_edge.idx) + len(verb.right_edge)


# --- told by the writer


def _told(scene: Scene) -> Iterator[Demand]:
    for wish in find_wishes(scene):
        if covering(scene.statements, wish.token) is None and not own_voice(scene.article):
            continue
        if any(_speaks(s, wish.token) for s in scene.statements):
            continue
        by, of = asker_and_asked(scene, wish.span, covering(scene.statements, wish.token), wish=wish)
        yield _demand(
            scene,
            span=wish.span,
            by=by,
            of=of,
            cue=wish.token.lemma_.lower(),
            statement=None,
            modality=wish.modality,
            confidence=0.5 if wish.by and wish.of else 0.4,
        )


def _speaks(statement: Statement, token: Token) -> bool:
    """Whether the word is the cue of a demand that is spoken, and so given already."""
    if statement.act not in _DEMANDING:
        return False
    return any(start <= token.idx < end for start, end in statement.spans.cue)


# --- spoken as a duty: "the port must open"


def _owed(scene: Scene, statement: Statement) -> Iterator[Demand]:
    by = wanting(scene.cast, statement, toward=statement.target)
    for content in statement.spans.content:
        words = scene.doc.char_span(*content, alignment_mode="expand")
        if words is None:
            continue
        for token in words:
            if not _is_owed(token, words.root):
                continue
            of = party_of(scene, subject_of(token))
            if same_camp(scene.cast, of, by) or (of is None and not is_passive(token)):
                continue
            yield _demand(
                scene,
                span=(max(content[0], clause_span(scene.doc, token)[0]), content[1]),
                by=by,
                of=principal(scene.cast, of or statement.target),
                cue="must" if "must" in {c.lower_ for c in token.children} else statement.cue or "",
                statement=statement.id,
                modality=(),
                confidence=0.5,
            )
            return


def _is_owed(token: Token, root: Token) -> bool:
    """Whether a verb at the top of what is said is something that has to be done."""
    if root not in (token, token.head):
        return False
    if any(c.dep_ == "aux" and c.lower_ in {"must", "should", "ought"} for c in token.children):
        return not any(c.lower_ == "have" for c in token.children)
    return token.lemma_.lower() in {"need", "have"} and any(
        c.dep_ == "xcomp" and c.tag_ == "VB" for c in token.children
    )


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
    return Demand(
        id=stable_id("demand", scene.article.id, evidence.start, evidence.end),
        by=by,
        of=of if of != by else None,
        what=short_phrase(evidence.quote),
        evidence=(evidence,),
        modality=modality,
        firm=firmness(cue, evidence.quote),
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
