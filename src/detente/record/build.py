"""Readings become one record. Law: the same articles, readings and edits give one record, in any order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from detente.articles import Article, Unread
from detente.claims import (
    PARTY_FIELDS,
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Meeting,
    Party,
    Promise,
    Reading,
    Signal,
    Statement,
)
from detente.dates import earliest
from detente.record.codec import is_answered, kind_of
from detente.record.decisions import altered, apply_decisions
from detente.record.disputes import pair_disputes
from detente.record.edits import Edit, in_force
from detente.record.identity import resolve_parties
from detente.record.issues import country_terms, group_issues
from detente.record.ledger import settle_promises
from detente.record.model import Record
from detente.record.regroup import regroup_issues
from detente.record.tellings import (
    Camps,
    fold_copies,
    mark_disputes,
    mark_events,
    mark_meetings,
    mark_promises,
)
from detente.vocabulary import ClaimKind

_C = TypeVar("_C", Statement, Demand, Promise, Dispute, Event, Meeting, Signal, Faction)


def build_record(
    articles: Iterable[Article],
    readings: Iterable[Reading],
    edits: Sequence[Edit] = (),
    unread: Iterable[Unread] = (),
) -> Record:
    """Put readings together: who is who, what is at stake, who answers whom, what became of promises.

    Args:
        articles: Every article that is read.
        readings: One per article.
        edits: The analyst's, oldest first.
        unread: What could not be read.
    """
    articles = tuple(sorted(articles, key=by_date))
    readings = tuple(sorted(readings, key=lambda reading: reading.article))
    edits = in_force(edits)
    identity = resolve_parties(readings, edits)
    on_disputes = [edit for edit in edits if edit.kind == ClaimKind.DISPUTES]
    on_others = [edit for edit in edits if edit.kind != ClaimKind.DISPUTES]
    decided = apply_decisions(fold_copies(_claims(readings), articles), on_others, articles)
    claims = tuple(resolved(claim, identity.canonical) for claim in decided.claims)
    grouping = regroup_issues(group_issues(claims, identity.parties), edits, decided.regrouped)
    found = _Found(under(claim, grouping.of) for claim in claims)
    camps = camps_of(identity.parties, articles)
    countries = country_terms(identity.parties)
    charged = pair_disputes(found.of(Dispute), found.of(Statement), camps, grouping, countries)
    ruled = apply_decisions(charged, on_disputes, articles)
    disputes = [resolved(dispute, identity.canonical) for dispute in ruled.claims]
    disputes = [under(d, dict(ruled.regrouped)) if d.id in ruled.regrouped else d for d in disputes]
    promises = settle_promises(found.of(Promise), found.of(Statement), found.of(Event), camps)
    place = _Place(articles)
    return Record(
        articles=articles,
        parties=identity.parties,
        issues=grouping.issues,
        statements=place.sort(found.of(Statement)),
        demands=place.sort(found.of(Demand)),
        promises=place.sort(mark_promises(promises, camps)),
        disputes=_answered_first(place.sort(mark_disputes(_Found(disputes).of(Dispute), camps))),
        events=place.sort(mark_events(found.of(Event), camps)),
        meetings=place.sort(mark_meetings(found.of(Meeting), camps)),
        signals=place.sort(found.of(Signal)),
        factions=place.sort(found.of(Faction)),
        gaps=tuple(gap for reading in readings for gap in reading.gaps),
        unread=tuple(sorted(set(unread), key=lambda source: (source.file, source.reason))),
        merges=identity.merges,
        unplaced=tuple(sorted({*decided.unplaced, *ruled.unplaced})),
    )


def resolved(claim: Claim, canonical: Mapping[str, str]) -> Claim:
    """The claim with each party under the id it stands under; one that no reading knows is left out."""
    changes: dict[str, Any] = {}
    for name in PARTY_FIELDS[kind_of(claim)]:
        party = getattr(claim, name)
        if party is not None and canonical.get(party) != party:
            changes[name] = canonical.get(party)
    if isinstance(claim, Meeting):
        changes["parties"] = _all_resolved(claim.parties, canonical)
    elif isinstance(claim, Statement) and claim.candidates:
        changes |= _candidates_resolved(claim, canonical)
    return altered(claim, changes) if changes else claim


def under(claim: Claim, issue_of: Mapping[str, str | None]) -> Claim:
    """The claim under its issue; a meeting has none."""
    if isinstance(claim, Meeting) or claim.issue == issue_of.get(claim.id):
        return claim
    return altered(claim, {"issue": issue_of.get(claim.id)})


def camps_of(parties: Sequence[Party], articles: Iterable[Article]) -> Camps:
    """Who speaks for whom, and when each article was published."""
    whole = Record(parties=tuple(parties))
    camp = {party.id: whole.camp(party.id) or party.id for party in parties}
    return Camps(camp, {article.id: article.published for article in articles if article.published})


def _all_resolved(parties: Iterable[str], canonical: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(canonical[party] for party in parties if party in canonical))


def _candidates_resolved(statement: Statement, canonical: Mapping[str, str]) -> dict[str, Any]:
    """Candidates that turned out to be one party are the speaker."""
    candidates = _all_resolved(statement.candidates, canonical)
    if len(candidates) == 1 and statement.speaker is None:
        return {"speaker": candidates[0], "candidates": ()}
    return {"candidates": candidates}


def _claims(readings: Iterable[Reading]) -> Iterator[Claim]:
    """Every claim of every reading, each id once."""
    seen: set[tuple[ClaimKind, str]] = set()
    for reading in readings:
        for kind in ClaimKind:
            for claim in getattr(reading.claims, kind.value):
                if (kind, claim.id) not in seen:
                    seen.add((kind, claim.id))
                    yield claim


class _Found:
    """Claims by their type."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims: dict[type, list[Any]] = defaultdict(list)
        for claim in claims:
            self._claims[type(claim)].append(claim)

    def of(self, sort: type[_C]) -> list[_C]:
        return self._claims[sort]


class _Place:
    """The order of the texts: by article, then by where the words stand, then as they were read.

    "Norway and Sweden said" is two statements with the same words: Norway's comes first.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._rank = {article.id: number for number, article in enumerate(articles)}

    def sort(self, claims: Iterable[_C]) -> tuple[_C, ...]:
        return tuple(sorted(claims, key=self._key))

    def _key(self, claim: Claim) -> tuple[int, int]:
        if not claim.evidence:
            return len(self._rank), 0
        words = claim.evidence[0]
        return self._rank.get(words.article, len(self._rank)), words.start


def _answered_first(disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
    return tuple(sorted(disputes, key=lambda dispute: not is_answered(dispute)))


def by_date(article: Article) -> tuple[bool, str, str, str]:
    """The order of articles in a record: by date, unknown dates last."""
    published = article.published
    day = earliest(published).isoformat() if published else ""
    return published is None, day, article.file, article.id
