"""Claims and the decisions on them."""

from typing import Annotated

from fastapi import APIRouter, Query

from detente.desk.api.answers import Decision, Id, NewItem, TakingBack, WantedItems
from detente.desk.api.asking import AtCase, Limit, Offset
from detente.desk.decisions import create_item, decide_item, undo_edit
from detente.desk.guards import Analyst, Reader
from detente.record.edits import Edit
from detente.record.pages import Item, Page, Wanted

router = APIRouter(tags=["items"])


@router.get("/items")
def list_items(_: Reader, case: AtCase, asked: Annotated[WantedItems, Query()]) -> Page:
    """The items that are wanted; rejected ones only where ``review`` says so."""
    wanted = Wanted(**asked.model_dump(exclude={"order", "limit", "offset"}))
    return case.store.page(wanted, order=asked.order, limit=asked.limit, offset=asked.offset)


@router.post("/items", status_code=201)
def create(person: Analyst, case: AtCase, told: NewItem) -> Edit:
    """A new item under words that somebody selected; ``item`` of the answer is its id."""
    return create_item(
        case,
        person,
        told.kind,
        article=told.article,
        spans=told.spans,
        fields=told.fields,
        reason=told.reason,
    )


@router.get("/items/{item}")
def get_item(_: Reader, case: AtCase, item: Id) -> Item:
    """One item with its version."""
    return case.store.item(item)


@router.get("/items/{item}/history")
def get_history(_: Reader, case: AtCase, item: Id) -> tuple[Edit, ...]:
    """Every decision on an item, a party or an issue, those that were taken back too, oldest first."""
    return case.store.history(item)


@router.post("/items/{item}/decisions", status_code=201)
def decide(person: Analyst, case: AtCase, item: Id, told: Decision) -> Edit:
    """Accept, reject, edit or regroup an item, or say what became of a promise."""
    return decide_item(
        case,
        person,
        item,
        told.action,
        expected=told.expected_version,
        after=told.after,
        reason=told.reason,
    )


@router.get("/edits")
def list_edits(_: Reader, case: AtCase, limit: Limit = 100, offset: Offset = 0) -> tuple[Edit, ...]:
    """Every decision, the newest first."""
    edits = case.store.edits()
    return edits[::-1][offset : offset + limit]


@router.post("/edits/{edit}/undo", status_code=201)
def undo(person: Analyst, case: AtCase, edit: Id, told: TakingBack | None = None) -> Edit:
    """Take a decision back; an undo can be undone."""
    return undo_edit(case, person, edit, reason=told.reason if told else None)
