"""Parties and issues: who there is, what is at stake, and putting them together or apart."""

from dataclasses import dataclass

from fastapi import APIRouter

from detente.claims import Issue, Party
from detente.desk.api.answers import Id, IssueDecision, NewIssue, NewParty, PartyDecision
from detente.desk.api.asking import AtCase, Limit, Offset
from detente.desk.decisions import regroup_issues, regroup_parties
from detente.desk.guards import Analyst, Reader
from detente.desk.naming import add_party
from detente.errors import UnknownItem
from detente.record.edits import Action, Edit, Json
from detente.record.model import Merge

router = APIRouter(tags=["parties and issues"])


@dataclass(frozen=True, slots=True)
class PartyUse:
    """A party and how many claims it is in."""

    party: Party
    uses: int


@dataclass(frozen=True, slots=True)
class IssueUse:
    """An issue and how many claims are under it."""

    issue: Issue
    uses: int


@router.get("/parties")
def list_parties(_: Reader, case: AtCase, limit: Limit = 100, offset: Offset = 0) -> tuple[PartyUse, ...]:
    """Parties, the most frequent first."""
    return tuple(PartyUse(*one) for one in case.store.parties()[offset : offset + limit])


@router.get("/parties/{party}")
def get_party(_: Reader, case: AtCase, party: Id) -> Party:
    """One party."""
    found = case.record().party.get(party)
    if found is None:
        raise UnknownItem(f"no party {party!r}.")
    return found


@router.post("/parties", status_code=201)
def create_party(person: Analyst, case: AtCase, told: NewParty) -> Edit:
    """A new party; ``item`` of the answer is its id."""
    if told.member_of is not None and told.member_of not in case.record().party:
        raise UnknownItem(f"no party {told.member_of!r}.")
    return add_party(case, person, told.name, told.kind, told.member_of)


@router.post("/parties/{party}/decisions", status_code=201)
def decide_on_party(person: Analyst, case: AtCase, party: Id, told: PartyDecision) -> Edit:
    """Merge, split (both a lead's to do), rename or edit a party."""
    return regroup_parties(
        case,
        person,
        told.action,
        party,
        told.after,
        expected=told.expected_version,
        reason=told.reason,
    )


@router.get("/merges")
def list_merges(_: Reader, case: AtCase) -> tuple[Merge, ...]:
    """Which parties were taken for one, and why."""
    return case.record().merges


@router.get("/issues")
def list_issues(_: Reader, case: AtCase, limit: Limit = 100, offset: Offset = 0) -> tuple[IssueUse, ...]:
    """Issues with how many claims are under each."""
    return tuple(IssueUse(*one) for one in case.store.issues()[offset : offset + limit])


@router.post("/issues", status_code=201)
def create_issue(person: Analyst, case: AtCase, told: NewIssue) -> Edit:
    """A new issue; ``item`` of the answer is its id."""
    after: dict[str, Json] = {"label": told.label, "terms": list(told.terms)}
    return regroup_issues(case, person, Action.CREATE, "", after, reason=told.reason)


@router.post("/issues/{issue}/decisions", status_code=201)
def decide_on_issue(person: Analyst, case: AtCase, issue: Id, told: IssueDecision) -> Edit:
    """Merge or rename an issue."""
    return regroup_issues(
        case,
        person,
        told.action,
        issue,
        told.after,
        expected=told.expected_version,
        reason=told.reason,
    )
