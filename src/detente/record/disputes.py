"""Accusations and denials paired over articles.

A charge is paired with what the accused's camp denies of it; where nobody denies it, it stands without
an answer. Answered disputes that reading found within one article stay as they are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from detente.claims import Dispute, Statement, stable_id
from detente.evidence import Evidence
from detente.reading.denials import how_denial_meets
from detente.record.codec import is_answered
from detente.record.issues import Grouping
from detente.record.tellings import Camps
from detente.record.terms import content_terms
from detente.vocabulary import Act, Review

# A charge and a denial that speak of one thing share a third of the shorter's words.
_ONE_THING: Final = 0.34


class _Denials:
    """What one camp denies, found by its words."""

    def __init__(self, countries: frozenset[str]) -> None:
        self._countries = countries
        self._said: list[tuple[Statement, int]] = []
        self._with: dict[str, list[int]] = defaultdict(list)

    def add(self, denial: Statement) -> None:
        terms = self._terms(denial)
        for term in terms:
            self._with[term].append(len(self._said))
        self._said.append((denial, len(terms)))

    def _terms(self, statement: Statement) -> tuple[str, ...]:
        return content_terms(statement.evidence[0].quote, self._countries)

    def sharing(self, charge: Statement) -> Iterator[tuple[Statement, int, int, int]]:
        """Denials with a word in common: how many they share, how many the denial has, and the charge."""
        terms = self._terms(charge)
        for number, shared in Counter(n for term in terms for n in self._with.get(term, ())).items():
            denial, length = self._said[number]
            yield denial, shared, length, len(terms)


def pair_disputes(
    found: Sequence[Dispute],
    statements: Iterable[Statement],
    camps: Camps,
    grouping: Grouping,
    countries: frozenset[str] = frozenset(),
) -> tuple[Dispute, ...]:
    """The answered disputes that reading found, and each other charge with the best answer to it.

    ``countries``: stems of words that every sentence has, and that say nothing of what it is about.
    """
    standing = [s for s in statements if s.review is not Review.REJECTED and s.evidence]
    denials: dict[str | None, _Denials] = defaultdict(lambda: _Denials(countries))
    for statement in standing:
        if statement.act is Act.DENIAL:
            denials[camps.of(_side(statement))].add(statement)
    answered = [dispute for dispute in found if is_answered(dispute)]
    by_article: dict[str, list[Evidence]] = defaultdict(list)
    for dispute in answered:
        by_article[dispute.evidence[0].article].append(dispute.evidence[0])
    disputes = list(answered)
    for charge in standing:
        if charge.act is Act.ACCUSATION and charge.target is not None and not _is_told(charge, by_article):
            dispute = _dispute(charge, denials[camps.of(charge.target)], camps, grouping)
            disputes.append(dispute)
            if is_answered(dispute):  # a charge told within this one is the same charge
                by_article[charge.evidence[0].article].append(charge.evidence[0])
    return tuple(disputes)


def _side(statement: Statement) -> str | None:
    return statement.affiliation or statement.speaker


def _is_told(charge: Statement, told: Mapping[str, Sequence[Evidence]]) -> bool:
    words = charge.evidence[0]
    return any(words.start < other.end and other.start < words.end for other in told.get(words.article, ()))


def _dispute(charge: Statement, answers: _Denials, camps: Camps, grouping: Grouping) -> Dispute:
    denial_by = _best_answer(charge, answers, camps, grouping)
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
        issue=grouping.of.get(charge.id),
        meets=meets,
        gap=gap,
        confidence=round(min(charge.confidence, denial_by.confidence), 3) if denial_by else charge.confidence,
    )


def _best_answer(charge: Statement, answers: _Denials, camps: Camps, grouping: Grouping) -> Statement | None:
    """The denial that speaks most of what the charge speaks of; ``None`` where none does."""
    sides = (None, camps.of(_side(charge)), camps.of(charge.target))
    issue = grouping.of.get(charge.id)
    best: tuple[float, str, Statement] | None = None
    for denial, shared, length, charged in answers.sharing(charge):
        same_issue = issue is not None and issue == grouping.of.get(denial.id)
        if shared < min(2 - same_issue, charged) or shared / min(length, charged) < _ONE_THING:
            continue
        if camps.of(denial.target) not in sides:
            continue
        here = charge.evidence[0].article == denial.evidence[0].article
        fit = shared / (length + charged - shared) + 0.2 * same_issue + 0.1 * here
        if best is None or (fit, denial.id) > best[:2]:
            best = (fit, denial.id, denial)
    return best[2] if best else None
