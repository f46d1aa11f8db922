"""Several items at once, and taking back: each at one moment, so that one undo takes all of it back."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from detente.desk.alike import (
    decide_all_like,
    give_speaker,
    groups_like,
    others_written_alike,
    undo_item,
    undo_last,
    written_alike,
)
from detente.desk.api.answers import Id, Reason, Told, Version
from detente.desk.api.asking import AtCase
from detente.desk.decisions import decide_item, regroup_items
from detente.desk.guards import Analyst, Reader
from detente.desk.screens.items import names_of
from detente.record.edits import Action, Edit

router = APIRouter(tags=["several at once"])

By = Literal["alias", "speaker", "cue", "sides"]
Scope = Literal["article", "record"]
Count = Annotated[int, Field(ge=0, le=2**31)]


@dataclass(frozen=True, slots=True)
class Alike:
    """Undecided items that share something with an item, which is not among them.

    Attributes:
        by: What they share; ``label``: the same in words.
        count: How many they are: to be shown again when deciding on them.
        items: Their ids.
    """

    by: By
    label: str
    count: int
    items: tuple[str, ...]


class DecisionOnAlike(Told):
    """A decision on an item and on all like it.

    Attributes:
        count: How many others there were when somebody looked; refused with 409 where that has changed.
    """

    by: By
    action: Literal[Action.ACCEPT, Action.REJECT]
    count: Count


class SpeakerOfAlike(Told):
    """Who said this, and everything undecided whose speaker is written in the same words.

    Attributes:
        speaker: Id of a party; null: nobody known.
        affiliation: Whom they speak for; left out: as it is.
        scope: In the same article, or in all of them.
        count: How many others there were when somebody looked; refused with 409 where that has changed.
    """

    speaker: Id | None
    affiliation: Id | None = None
    scope: Scope
    count: Count
    reason: Reason = None
    expected_version: Version = None


class Regrouping(Told):
    """Items to be put under an issue; ``issue`` null: under none."""

    items: Annotated[list[Id], Field(min_length=1, max_length=1000)]
    issue: Id | None
    reason: Reason = None


@router.get("/items/{item}/alike")
def list_alike(_: Reader, case: AtCase, item: Id) -> tuple[Alike, ...]:
    """The groups of undecided items that are like this one, the smallest first."""
    held = case.store.item(item)
    groups = groups_like(held.claim, case.record(), names_of(case))
    return tuple(
        Alike(one.by, one.label, len(one.claims), tuple(claim.id for claim in one.claims))  # type: ignore[arg-type]  # one of By
        for one in groups
    )


@router.post("/items/{item}/alike", status_code=201)
def decide_on_alike(person: Analyst, case: AtCase, item: Id, told: DecisionOnAlike) -> tuple[Edit, ...]:
    """Accept or reject an item and all like it."""
    return decide_all_like(
        case, person, item, by=told.by, action=told.action, count=told.count, names=names_of(case)
    )


@router.get("/items/{item}/written-alike")
def list_written_alike(_: Reader, case: AtCase, item: Id, scope: Scope = "record") -> tuple[Id, ...]:
    """Ids of undecided statements whose speaker is written in the same words."""
    others = others_written_alike(case.store.item(item).claim, case.record(), scope)
    return tuple(other.id for other in others)


@router.post("/items/{item}/speaker", status_code=201)
def give_them_a_speaker(person: Analyst, case: AtCase, item: Id, told: SpeakerOfAlike) -> Edit:
    """Give a statement its speaker, and with it all others written so; the answer is its own edit."""
    held = case.store.item(item)
    others = written_alike(held.claim, case.record(), told.scope, told.count)
    after = told.model_dump(include={"speaker", "affiliation"}, exclude_unset=True)
    made = decide_item(
        case,
        person,
        item,
        Action.EDIT,
        expected=told.expected_version,
        after=after,
        reason=told.reason,
    )
    give_speaker(case, made, others)
    return made


@router.post("/items/regroup", status_code=201)
def put_under(person: Analyst, case: AtCase, told: Regrouping) -> tuple[Edit, ...]:
    """Put items under another issue, or under none."""
    return regroup_items(case, person, told.items, told.issue, reason=told.reason)


@router.post("/items/{item}/undo", status_code=201)
def undo_on_item(person: Analyst, case: AtCase, item: Id) -> Edit:
    """Take back the latest decision on an item that still stands."""
    return undo_item(case, person, item)


@router.post("/undo", status_code=201)
def undo_my_last(person: Analyst, case: AtCase) -> tuple[Edit, ...]:
    """Take back what you decided last, wherever that was; the answer is what was taken back."""
    return undo_last(case, person)
