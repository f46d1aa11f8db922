"""Accusations and what the accused says to them, within one article.

Rule: only a denial answers a charge; one who accuses in turn has denied nothing. Charges that nobody
answers come from
``read_unanswered``, apart, since most charges of an article are none of a dispute.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from detente.claims import Dispute, Spans, Statement, stable_id
from detente.evidence import Evidence, Span
from detente.reading.asking import OWED, is_duty
from detente.reading.clauses import clause_span, doer_of, is_negated, phrase_span, subject_of
from detente.reading.denials import denies_whole, how_denial_meets
from detente.reading.lexicon import rows
from detente.reading.lexicon import words as words_of_cell
from detente.reading.parts import in_headline, overlap, own_voice, party_of, same_camp, same_people
from detente.reading.scene import Scene
from detente.reading.triggers import find_triggers
from detente.vocabulary import Act, EventType, Quotation

__all__ = ["how_denial_meets", "read_disputes", "read_unanswered"]

_CHARGES: Final = frozenset({Act.ACCUSATION})
# Words by which the accused clears itself without the word of denial.
_CLEARS: Final = re.compile(
    r"\b(?:abid(?:e|es|ed|ing) by|compl(?:y|ies|ied|ying)|implementing|liv(?:e|es|ed|ing) up to|good faith|faithfully"  # noqa: E501  # one pattern, one line
    r"|done (?:all|what) (?:it|they) can|unrelated to|nothing to do with|due to|innocent|peaceful)\b",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(
    r"(?:ha(?:s|ve|d) |also |strongly |repeatedly |flatly )*(?:den(?:y|ies|ied|ying)|reject|dismiss|refut|rebut)",  # noqa: E501  # one pattern, one line
    re.IGNORECASE,
)
_ON: Final = 60  # "dismissed the charge that …, saying …": what is said on stands this near
_NOT: Final = re.compile(r"\b(?:not|never|no|none)\b|n['’]t\b", re.IGNORECASE)
# A charge further off than this many characters is another passage's.
_FAR: Final = 2500
_AT_MOST: Final = 3
# A sentence that is not marked as a denial has to speak of the act charged and of what it was done to.
_SURE: Final = 0.65
# "The Norwegian charges were unfounded" answers each of them.
_ALL: Final = re.compile(r"\b(?:charges|accusations|allegations|claims|complaints)\b", re.IGNORECASE)


def read_disputes(scene: Scene) -> tuple[Dispute, ...]:
    """Every charge with its denial, in the order of the denials."""
    found: list[Dispute] = []
    for denial in (*_denials(scene), *_told_denials(scene)):
        held = _charge_within(scene, denial)
        if held is not None:
            found.append(held)
            continue
        charges = [] if _clause_denied(scene, denial) else _charges_met(scene, denial)
        if charges:
            found += [_dispute(scene, charge, denial, score) for charge, score in charges]
        elif _DENIES.match(denial.cue or ""):
            told = _told_charge(scene, denial)
            if told is not None:
                found.append(_told_dispute(scene, told, denial))
    return tuple(found)


def read_unanswered(scene: Scene) -> tuple[Dispute, ...]:
    """Every charge that nobody in the article denies, in order."""
    answered = {d.evidence[0] for d in read_disputes(scene)}
    return tuple(
        Dispute(
            id=stable_id("dispute", scene.article.id, s.evidence[0].start, s.evidence[0].end),
            claimed_by=s.speaker,
            against=s.target,
            denied_by=None,
            evidence=s.evidence[:1],
            confidence=0.8 * s.confidence,
        )
        for s in scene.statements
        if s.act in _CHARGES and s.cue is not None and s.evidence[0] not in answered
    )


def _denials(scene: Scene) -> tuple[Statement, ...]:
    """What is said as a denial, and what one who is accused says that reads as one."""
    accused = {s.target for s in scene.statements if s.act in _CHARGES} - {None}
    return tuple(
        s
        for s in scene.statements
        if s.cue is not None
        and (
            s.act is Act.DENIAL
            or _charge_named(scene, s) is not None
            or (
                _reads_as_denial(s)
                and any(same_people(scene.cast, _camp_of(scene, s), party) for party in accused)
            )
        )
    )


def _camp_of(scene: Scene, statement: Statement) -> str | None:
    return scene.cast.camp(statement.affiliation or statement.speaker)


def _reads_as_denial(statement: Statement) -> bool:
    if statement.act in {Act.DEMAND, Act.THREAT, Act.PROMISE, Act.OFFER, Act.PRECONDITION}:
        return False
    words = f"{statement.cue} {statement.evidence[0].quote}"
    return (
        denies_whole(words) or bool(_CLEARS.search(words)) or bool(_NOT.search(statement.evidence[0].quote))
    )


def _charges_met(scene: Scene, denial: Statement) -> list[tuple[Statement, float]]:
    """The charges that a denial may answer, the likeliest first."""
    scored = []
    for charge in scene.statements:
        if charge.act not in _CHARGES or charge.cue is None or charge.id == denial.id:
            continue
        score = _fit(scene, charge, denial)
        if score > 0:
            scored.append((charge, score))
    scored.sort(key=lambda pair: -pair[1])
    apart: list[tuple[Statement, float]] = []
    for charge, score in scored:
        told_again = any(overlap(_span(charge), _span(other)) > 0.5 for other, _ in apart)
        if not told_again and (score >= scored[0][1] - 0.35 or _denies_all(scene, charge, denial)):
            apart.append((charge, score))
    return apart[:_AT_MOST]


def _denies_all(scene: Scene, charge: Statement, denial: Statement) -> bool:
    """Whether a denial denies every charge of its accuser: "Norway's charges were unfounded"."""
    words = _words_of(denial)
    accuser = charge.affiliation or charge.speaker
    told = denies_whole(words) and bool(_ALL.search(words)) and _tells_a_deed(scene, charge)
    return told and _speaks_of(scene, denial, accuser)


def _fit(scene: Scene, charge: Statement, denial: Statement) -> float:  # noqa: PLR0911  # one form after another reads best
    """How well a denial answers a charge, by who, what of and how far apart; 0 where it cannot."""
    denier = denial.affiliation or denial.speaker
    accuser = charge.affiliation or charge.speaker
    if denier is not None and same_camp(scene.cast, denier, accuser):
        return 0.0
    apart = abs(charge.evidence[0].start - denial.evidence[0].start)
    if apart > _FAR:
        return 0.0
    accused = same_people(scene.cast, charge.target, denier)
    addressed = same_camp(scene.cast, denial.target, accuser) or _speaks_of(scene, denial, accuser)
    words = _words_of(denial)
    meets, _ = how_denial_meets(charge.evidence[0].quote, words)
    if not accused and not addressed and meets < 0.6:
        return 0.0
    if meets < 0.3 and not (accused and _DENIES.match(denial.cue or "")):
        return 0.0
    if overlap(_span(charge), _span(denial)) > 0.3:
        return 0.0
    if denial.act is not Act.DENIAL and not (accused and _answers(charge, denial, words, meets)):
        return 0.0
    bare = 0.0 if _tells_a_deed(scene, charge) else 0.5  # "its complaint against the pact"
    return accused * 1.0 + addressed * 0.6 + meets * 0.5 + 0.5 * (1 - apart / _FAR) - bare


def _speaks_of(scene: Scene, denial: Statement, accuser: str | None) -> bool:
    """Whether a denial names the accuser ("the Norwegian charges")."""
    return any(same_camp(scene.cast, m.party, accuser) for m in scene.cast.within(_span(denial)))


def _tells_a_deed(scene: Scene, charge: Statement) -> bool:
    words = scene.doc.char_span(*_span(charge), alignment_mode="expand")
    return words is not None and any(t.pos_ == "VERB" or is_duty(t) for t in words)


def _answers(charge: Statement, denial: Statement, words: str, meets: float) -> bool:
    """Whether what is not marked as a denial answers this very charge, told before it."""
    if denial.evidence[0].start < charge.evidence[0].start:
        return bool(_CLEARS.search(words)) and meets >= _SURE
    return denies_whole(words) or meets >= _SURE or (bool(_CLEARS.search(words)) and meets > 0)


def _span(statement: Statement) -> Span:
    return statement.evidence[0].start, statement.evidence[0].end


def _told_denials(scene: Scene) -> Iterator[Statement]:
    """Denials that stand beside their charge and are no statement of their own: "which the port denies"."""
    for token in scene.doc:
        if token.lemma_.lower() != "deny" or token.pos_ != "VERB" or is_negated(token):
            continue
        if any(s <= token.idx < e for one in _denials(scene) for s, e in (*one.spans.cue, _span(one))):
            continue
        denier = party_of(scene, subject_of(token))
        if denier is None or not own_voice(scene.article):
            continue
        start, end = clause_span(scene.doc, token)
        if token.dep_ == "acl" and token.head.pos_ == "NOUN":
            start = min(start, phrase_span(scene.doc, token.head)[0])
        evidence = scene.cut((start, end))
        yield Statement(
            id=stable_id("told denial", scene.article.id, evidence.start, evidence.end),
            speaker=denier,
            speaker_text=None,
            affiliation=scene.cast.camp(denier),
            cue=token.text,
            quote=Quotation.INDIRECT,
            act=Act.DENIAL,
            target=None,
            spans=Spans(
                cue=((token.idx, token.idx + len(token)),), content=((evidence.start, evidence.end),)
            ),
            confidence=0.6,
            evidence=(evidence,),
        )


def _words_of(denial: Statement) -> str:
    """What a denial says; its cue too where that denies ("denied using them")."""
    quote = denial.evidence[0].quote
    return f"{denial.cue} {quote}" if _DENIES.match(denial.cue or "") else quote


def _dispute(scene: Scene, charge: Statement, denial: Statement, score: float) -> Dispute:
    meets, gap = how_denial_meets(charge.evidence[0].quote, _words_of(denial))
    return Dispute(
        id=stable_id(
            "dispute",
            scene.article.id,
            charge.evidence[0].start,
            denial.evidence[0].start,
            denial.evidence[0].end,
        ),
        claimed_by=charge.speaker,
        against=charge.target or denial.speaker,
        denied_by=denial.speaker,
        evidence=(charge.evidence[0], denial.evidence[0]),
        meets=round(meets, 2),
        gap=gap,
        confidence=min(0.9, 0.3 * score),
    )


# --- a charge told in its own denial: "dismissed Norwegian fears that the dam would break"


def _charge_within(scene: Scene, denial: Statement) -> Dispute | None:
    """The charge that the words of a denial name and tell, denied in these and in what is said on."""
    noun = _charge_named(scene, denial)
    if noun is None:
        return None
    clause = next((c for c in noun.rights if c.dep_ in {"acl", "ccomp", "relcl"} and _with_that(c)), None)
    if clause is None:
        return None
    told = clause_span(scene.doc, clause)
    charge = scene.cut((told[0], min(told[1], _span(denial)[1])))
    accuser = party_of(scene, doer_of(noun))
    start, end = denial.spans.cue[0][0], _span(denial)[1]
    said = [s for s in scene.statements if s.speaker == denial.speaker and s.evidence[0].start >= end]
    following = min(said, key=lambda s: s.evidence[0].start, default=None)
    if following is not None and following.evidence[0].start - end < _ON:
        end = following.evidence[0].end
    accuser = None if same_camp(scene.cast, accuser, denial.speaker) else accuser
    return _of_charge(scene, charge, denial, (start, end), accuser)


@lru_cache(maxsize=1)
def _charge_nouns() -> frozenset[str]:
    return frozenset(w for part, cell in rows("told.tsv") if part == "charge" for w in words_of_cell(cell))


def _charge_named(scene: Scene, denial: Statement) -> Token | None:
    """The noun that names a charge and is denied: "denied reports that"."""
    phrase = scene.doc.char_span(*_span(denial), alignment_mode="expand")
    noun = phrase.root if phrase is not None else None
    named = noun is not None and noun.lower_.removesuffix("s") in _charge_nouns()
    return noun if named and _DENIES.search(denial.cue or "") else None


def _with_that(clause: Token) -> bool:
    return any(c.lower_ == "that" for c in clause.lefts)


# --- a charge that no statement makes: told by the writer


def _told_charge(scene: Scene, denial: Statement) -> Evidence | None:
    """The clause denied: what the denial hangs on, else the deed told that its words fit best."""
    above = _clause_denied(scene, denial)
    if above is not None:
        return above
    start, end = _span(denial)
    cue = denial.spans.cue[0] if denial.spans.cue else (start, start + 1)
    words = scene.doc.char_span(*cue, alignment_mode="expand")
    if words is None:
        return None
    said = {t.lemma_.lower() for t in words.root.sent if t.pos_ in {"NOUN", "VERB"} and not t.is_stop}
    deeds = {EventType.ASSAULT, EventType.COERCE, EventType.ACCUSE}
    near = [
        t.token
        for t in find_triggers(scene.doc)
        if t.cue.type in deeds
        and start - 600 < t.token.idx < cue[0]
        and (t.token.lemma_.lower() in said or {c.lemma_.lower() for c in t.token.sent} & said)
    ]
    if near:
        return scene.cut(clause_span(scene.doc, _verb_of(near[-1])))
    return _deed_alike(scene, denial, (min(start, cue[0]), end))


def _deed_alike(scene: Scene, denial: Statement, own: Span) -> Evidence | None:
    """The clause elsewhere in the article that tells the very act denied."""
    best: tuple[float, Evidence] | None = None
    for verb in scene.doc:
        if verb.tag_ not in {"VBG", "VBN", "VBD", "VBZ", "VBP"} or abs(verb.idx - own[0]) > _FAR:
            continue
        span = clause_span(scene.doc, verb, with_subject=False)
        kept = verb.lemma_.lower() in OWED
        if overlap(span, own) > 0 or in_headline(scene.article, verb) or is_negated(verb) or kept:
            continue
        clause = scene.cut(span)
        meets, gap = how_denial_meets(clause.quote, f"{denial.cue} {denial.evidence[0].quote}")
        if gap is None and 3 <= len(clause.quote.split()) <= 40 and (best is None or meets > best[0]):
            best = meets, clause
    return best[1] if best and best[0] >= 0.85 else None


def _clause_denied(scene: Scene, denial: Statement) -> Evidence | None:
    """The clause that "…, which the port denies" stands beside."""
    if not denial.spans.cue:
        return None
    words = scene.doc.char_span(*denial.spans.cue[0], alignment_mode="expand")
    above = _clause_above(words.root) if words is not None else None
    if above is None:
        return None
    start, end = clause_span(scene.doc, above)
    own = denial.evidence[0].start
    return scene.cut((start, own) if start + 3 < own < end else (start, end))


def _clause_above(denying: Token) -> Token | None:
    if denying.dep_ in {"relcl", "acl", "advcl", "ccomp"} and any(c.tag_ == "WDT" for c in denying.children):
        return next((a for a in denying.ancestors if a.pos_ == "VERB"), None)
    return None


def _verb_of(token: Token) -> Token:
    if token.pos_ == "VERB":
        return token
    return next((a for a in token.ancestors if a.pos_ == "VERB"), token)


def _told_dispute(scene: Scene, charge: Evidence, denial: Statement) -> Dispute:
    return _of_charge(scene, charge, denial, _span(denial), denial.target)


def _of_charge(
    scene: Scene, charge: Evidence, denial: Statement, denied: Span, accuser: str | None
) -> Dispute:
    words = scene.cut(denied)
    meets, gap = how_denial_meets(charge.quote, f"{denial.cue} {words.quote}")
    return Dispute(
        id=stable_id("dispute", scene.article.id, charge.start, words.start, words.end),
        claimed_by=accuser,
        against=denial.speaker,
        denied_by=denial.speaker,
        evidence=(charge, words),
        meets=round(meets, 2),
        gap=gap,
        confidence=0.35,
    )


def unanswered(disputes: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Those of some disputes that nobody denied."""
    return tuple(d for d in disputes if d.denied_by is None)
