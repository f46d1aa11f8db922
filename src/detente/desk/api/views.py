"""The record as the screens put it: who stands where, what happened when, who speaks of whom, what is new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query

from detente.claims import StatusReport
from detente.dates import When
from detente.desk.agenda import matrix
from detente.desk.api.answers import Id
from detente.desk.api.asking import AtCase, Limit, Offset
from detente.desk.guards import Reader
from detente.desk.ties import Tie, network
from detente.desk.timeline import SHOWN, timeline, wanted
from detente.desk.visits import as_it_was, visit
from detente.record.changes import Change, changes_from
from detente.vocabulary import Act, ClaimKind

router = APIRouter(tags=["views"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a party stands on an issue.

    Attributes:
        party: Id of a camp; ``issue``: null for what stands on none.
        verb: What it does with it: "asks", "refuses"; ``words``: its latest demand or position.
        firm: How firmly, in words; ``firmness``: the same from 0 to 4.
        sources: Articles that tell of it, copies of one story counted once.
        items: Ids of everything it rests on, the latest first.
    """

    party: str
    issue: str | None
    verb: str
    words: str
    firm: str | None
    firmness: int
    sources: int
    since: When | None
    latest: When | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something at a time.

    Attributes:
        item: Id of the claim.
        on: The first day that ``when`` can mean.
        parties: Ids of the camps it concerns that have a lane of their own.
        report: Where it tells what became of a promise: who said so.
        sure: Whether it is told as a plain fact.
    """

    item: str
    kind: ClaimKind
    when: When
    on: date
    parties: tuple[str, ...]
    report: StatusReport | None
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """Who speaks of whom.

    Attributes:
        parties: Ids of the busiest, each with how many statements it makes or is spoken of in.
        ties: What one says of another; ``left_out``: parties that are too many to be here.
    """

    parties: Mapping[str, int]
    ties: tuple[Tie, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed since a visit.

    Attributes:
        since: When that visit ended; null at the first one, when nothing is counted yet.
    """

    since: str | None
    changes: tuple[Change, ...]


@router.get("/agenda")
def get_agenda(_: Reader, case: AtCase, limit: Limit = 1000, offset: Offset = 0) -> tuple[Standing, ...]:
    """Where each party stands on each issue, the most talked of issues first."""
    found = case.following("agenda", matrix)
    places = ((party, issue) for issue in found.issues for party in found.parties)
    there = ((place, found.stands[place]) for place in places if place in found.stands)
    return tuple(
        Standing(
            party=party,
            issue=issue,
            verb=stand.verb,
            words=stand.words,
            firm=stand.firm,
            firmness=stand.firmness,
            sources=stand.sources,
            since=stand.since,
            latest=stand.latest,
            items=tuple(claim.id for claim in stand.claims),
        )
        for (party, issue), stand in islice(there, offset, offset + limit)
    )


@router.get("/timeline")
def get_timeline(
    _: Reader,
    case: AtCase,
    *,
    kind: Annotated[list[ClaimKind] | None, Query(max_length=20)] = None,
    act: Act | None = None,
    since: date = date.min,
    until: date = date.max,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> tuple[Happening, ...]:
    """What happened from ``since`` to ``until``, both included, in order of time."""
    found = case.following("timeline", timeline)
    kinds = [one for one in SHOWN if kind is None or one in kind]
    marks = wanted(found, kinds, act, since.toordinal(), until.toordinal())
    return tuple(
        Happening(
            item=mark.claim.id,
            kind=mark.kind,
            when=mark.when,
            on=date.fromordinal(mark.day),
            parties=tuple(found.lanes[lane] for lane in mark.lanes if lane < len(found.lanes)),
            report=mark.report,
            sure=mark.sure,
        )
        for mark in marks[offset : offset + limit]
    )


@router.get("/network")
def get_network(_: Reader, case: AtCase, act: Act | None = None, *, camps: bool = True) -> Ties:
    """Who says what about whom; ``camps``: a person counts as the camp they speak for."""
    found = case.following(f"network {act} {camps}", lambda record: network(record, act, camps=camps))
    return Ties(parties=found.parties, ties=found.ties, left_out=found.left_out)


@router.get("/visit")
def get_visit(person: Reader, case: AtCase) -> News:
    """What changed since your last visit; visits are half an hour or more apart."""
    return _news(case, person.name, seen=False)


@router.post("/visit")
def post_visit(person: Reader, case: AtCase) -> News:
    """You have seen what changed: from now on what changes is counted."""
    return _news(case, person.name, seen=True)


def _news(case: AtCase, who: Id, *, seen: bool) -> News:
    was = visit(case, who, seen=seen).before
    record = case.record()
    return News(
        since=was.on if was else None, changes=changes_from(as_it_was(record, was), record) if was else ()
    )
