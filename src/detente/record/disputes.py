"""Accusations and denials paired over articles.

A charge is paired with what the accused's camp denies of it; where nobody denies it, it stands without
an answer. Answered disputes that reading found within one article stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detente.claims import Dispute, Statement, stable_id
from detente.evidence import Evidence
from detente.reading.denials import how_denial_meets
from detente.record.codec import is_answered
from detente.record.tellings import Camps
from detente.record.terms import containment, content_terms, likeness
from detente.vocabulary import Act, Review

# A charge and a denial that speak of one thing share a third of the shorter's words.
_ONE_THING: Final = 0.34


@dataclass(frozen=True, slots=True)
class _Denial:
    statement: Statement
    terms: tuple[str, ...]


def pair_disputes(
    found: Sequence[Dispute],
    statements: Iterable[Statement],
    camps: Camps,
    issue_of: Mapping[str, str],
) -> tuple[Dispute, ...]:
    """The answered disputes that reading found, and each other charge with the best answer to it."""
    standing = [s for s in statements if s.review is not Review.REJECTED and s.evidence]
    denials: dict[str | None, list[_Denial]] = defaultdict(list)
    for statement in standing:
        if statement.act is Act.DENIAL:
            denials[camps.of(_side(statement))].append(_Denial(statement, _terms(statement)))
    answered = [dispute for dispute in found if is_answered(dispute)]
    by_article: dict[str, list[Evidence]] = defaultdict(list)
    for dispute in answered:
        by_article[dispute.evidence[0].article].append(dispute.evidence[0])
    disputes = list(answered)
    for charge in standing:
        if charge.act is Act.ACCUSATION and charge.target is not None and not _is_told(charge, by_article):
            answers = denials.get(camps.of(charge.target), ())
            disputes.append(_dispute(charge, answers, camps, issue_of))
    return tuple(disputes)


def _side(statement: Statement) -> str | None:
    return statement.affiliation or statement.speaker


def _terms(statement: Statement) -> tuple[str, ...]:
    return content_terms(statement.evidence[0].quote)


def _is_told(charge: Statement, told: Mapping[str, Sequence[Evidence]]) -> bool:
    words = charge.evidence[0]
    return any(words.start < other.end and other.start < words.end for other in told.get(words.article, ()))


def _dispute(
    charge: Statement, answers: Sequence[_Denial], camps: Camps, issue_of: Mapping[str, str]
) -> Dispute:
    accuser = camps.of(_side(charge))
    terms = _terms(charge)
    best: tuple[float, str, Statement] | None = None
    for answer in answers:
        denial = answer.statement
        if denial.target is not None and camps.of(denial.target) not in (accuser, camps.of(charge.target)):
            continue
        fit = _fit(charge, terms, answer, issue_of)
        if fit > 0 and (best is None or (fit, denial.id) > best[:2]):
            best = (fit, denial.id, denial)
    denial_by = best[2] if best else None
    meets, gap = (None, None)
    if denial_by:
        words = f"{denial_by.cue or ''} {denial_by.evidence[0].quote}".strip()
        meets, gap = how_denial_meets(charge.evidence[0].quote, words)
    return Dispute(
        id=stable_id("dispute", charge.id, denial_by.id if denial_by else None),
        claimed_by=charge.speaker or charge.affiliation,
        against=charge.target,
        denied_by=(denial_by.speaker or denial_by.affiliation) if denial_by else None,
        evidence=(charge.evidence[0], *(denial_by.evidence[:1] if denial_by else ())),
        issue=issue_of.get(charge.id),
        meets=meets,
        gap=gap,
        confidence=round(min(charge.confidence, denial_by.confidence), 3) if denial_by else charge.confidence,
    )


def _fit(charge: Statement, terms: Sequence[str], answer: _Denial, issue_of: Mapping[str, str]) -> float:
    """How well a denial answers a charge, 0 where it speaks of something else."""
    common = containment(terms, answer.terms)
    issue = issue_of.get(charge.id)
    same_issue = issue is not None and issue == issue_of.get(answer.statement.id)
    shared = len(set(terms) & set(answer.terms))
    if common < _ONE_THING or shared < (1 if same_issue else 2):
        return 0.0
    here = charge.evidence[0].article == answer.statement.evidence[0].article
    return likeness(terms, answer.terms) + 0.2 * same_issue + 0.1 * here
