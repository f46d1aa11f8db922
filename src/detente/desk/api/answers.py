"""What the API is told and answers, beside the record's own types."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from detente.record.edits import Action
from detente.record.pages import Order
from detente.vocabulary import ClaimKind, PartyKind, Review

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(max_length=2000)] | None
Version = Annotated[int, Field(ge=0, le=2**31)] | None


class Told(BaseModel):
    """What a request says; a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Wrong(BaseModel):
    """Why a request was not done, in one line."""

    error: str


class Decision(Told):
    """A decision on a claim.

    Attributes:
        after: The fields that change, as the action says.
        expected_version: The version of the item that was looked at; where somebody decided since, this is
            refused with 409. Left out: whatever it is.
    """

    action: Literal[Action.ACCEPT, Action.REJECT, Action.EDIT, Action.REGROUP, Action.SET_PROMISE_STATUS]
    after: dict[str, Any] | None = None
    reason: Reason = None
    expected_version: Version = None


class WantedItems(BaseModel):
    """Which items, in what order.

    Attributes:
        party: On either side of the claim.
        review: Where none is given, rejected items are left out.
        retold: Whether further tellings of one thing are wanted too.
    """

    kind: ClaimKind | None = None
    article: Id | None = None
    review: Review | None = None
    party: Id | None = None
    issue: Id | None = None
    retold: bool = True
    order: Order = Order.TEXT
    limit: Annotated[int, Field(ge=1, le=1000)] = 50
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0


class NewItem(Told):
    """A claim that a person found.

    Attributes:
        spans: Start and end of the words, in code points, end exclusive; the first holds what is claimed.
        fields: What is known of it; the rest is as in a claim nobody is named in.
    """

    kind: ClaimKind
    article: Id
    spans: Annotated[
        list[tuple[Annotated[int, Field(ge=0, le=2**31)], Annotated[int, Field(ge=0, le=2**31)]]],
        Field(min_length=1, max_length=20),
    ]
    fields: dict[str, Any] = Field(default_factory=dict)
    reason: Reason = None


class TakingBack(Told):
    """Why a decision is taken back."""

    reason: Reason = None


class ArticleState(Told):
    """How far the review of an article is."""

    state: Literal["new", "in review", "done"]
    expected_version: Version = None


class PartyDecision(Told):
    """A decision on a party.

    Attributes:
        after: ``{"gone": [ids]}`` for a merge, ``{"apart": [ids]}`` for a split, ``{"name": ...}`` for a new
            name, the fields that change for an edit.
    """

    action: Literal[Action.MERGE_PARTIES, Action.SPLIT_PARTY, Action.RENAME_PARTY, Action.EDIT]
    after: dict[str, Any]
    reason: Reason = None
    expected_version: Version = None


class IssueDecision(Told):
    """A decision on an issue: ``after`` is ``{"gone": [ids]}`` for a merge, ``{"label": ...}`` for a name."""

    action: Literal[Action.MERGE_ISSUES, Action.RENAME_ISSUE]
    after: dict[str, Any]
    reason: Reason = None
    expected_version: Version = None


class NewParty(Told):
    """A party that no reading named.

    Attributes:
        member_of: Id of the party it speaks for.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
    kind: PartyKind
    member_of: Id | None = None


class NewIssue(Told):
    """An issue that the machine did not see."""

    label: Annotated[str, StringConstraints(min_length=1, max_length=300, strip_whitespace=True)]
    terms: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=100)] = []
    reason: Reason = None


class State(BaseModel):
    """What is on the desk.

    Attributes:
        counts: By kind of claim and how it was decided.
        being_read: Whether dropped files are being read.
    """

    name: str
    articles: int
    parties: int
    issues: int
    unread: int
    counts: dict[str, dict[str, int]]
    being_read: bool


class BatchState(BaseModel):
    """How far a batch of dropped files is.

    Attributes:
        done: Articles read so far, ``of`` so many; ``of`` is null while that is not known.
        read: How many were new; ``known``: how many the record had.
        unread: File and reason of each that could not be read.
    """

    number: int
    stage: str
    done: int
    of: int | None
    read: int
    known: int
    unread: list[tuple[str, str]]
    error: str | None
