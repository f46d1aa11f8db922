"""The record: everything read so far, one party under one name, every item with its words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from detente.articles import Article, Unread
from detente.claims import (
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Gap,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Statement,
)
from detente.vocabulary import ClaimKind, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two parties taken for one, and why. Undone by splitting ``gone`` off again.

    Attributes:
        kept: Id of the party that stays.
        gone: Id, and ``gone_name``: name, of the one that went into it.
        reason: In words for the analyst.
        by: Who decided; ``None`` where a rule did.
    """

    kept: str
    gone: str
    gone_name: str
    reason: str
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """All articles and claims, with the analyst's decisions applied.

    Rejected items are kept, marked ``Review.REJECTED``, and so are further tellings of one event, meeting
    or promise, marked ``retells``; :meth:`standing` leaves both out.

    Attributes:
        articles: In order of date, unknown dates last.
        parties: Over all articles, merged.
        issues: Over all articles, grouped and labelled.
        unread: Sources that could not be read.
        merges: Which parties were taken for one.
        unplaced: Ids of decisions whose words no article holds any longer.
    """

    articles: tuple[Article, ...] = ()
    parties: tuple[Party, ...] = ()
    issues: tuple[Issue, ...] = ()
    statements: tuple[Statement, ...] = ()
    demands: tuple[Demand, ...] = ()
    promises: tuple[Promise, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    events: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    signals: tuple[Signal, ...] = ()
    factions: tuple[Faction, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unread: tuple[Unread, ...] = ()
    merges: tuple[Merge, ...] = ()
    unplaced: tuple[str, ...] = ()

    @cached_property
    def article(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def party(self) -> dict[str, Party]:
        """Parties by id."""
        return {party.id: party for party in self.parties}

    @cached_property
    def issue(self) -> dict[str, Issue]:
        """Issues by id."""
        return {issue.id: issue for issue in self.issues}

    def claims(self, *kinds: ClaimKind) -> Iterator[tuple[ClaimKind, Claim]]:
        """Every claim of these kinds, all kinds where none is named."""
        for kind in kinds or tuple(ClaimKind):
            for claim in getattr(self, kind.value):
                yield kind, claim

    def standing(self) -> "Record":
        """The record as it is to be shown and counted: nothing rejected, and everything told once."""
        return replace(
            self,
            **{
                kind.value: tuple(
                    claim
                    for claim in getattr(self, kind.value)
                    if claim.review is not Review.REJECTED and getattr(claim, "retells", None) is None
                )
                for kind in ClaimKind
            },
        )

    def camp(self, party: str | None) -> str | None:
        """The top of a party's chain of membership: the camp it speaks for; ``None`` where it is not known.

        An independent expert is a camp of its own.
        """
        seen: set[str] = set()
        while party is not None and party not in seen:
            seen.add(party)
            above = self.party[party].member_of if party in self.party else None
            if above is None:
                return party
            party = above
        return party
