"""An item by itself: its card, its form, its history, and the decisions on it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse

from detente.brief.names import Names
from detente.claims import Statement
from detente.desk.alike import give_speaker, others_written_alike, undo_item, written_alike
from detente.desk.cards import KIND_NAMES, Card, card_of
from detente.desk.case import Case
from detente.desk.decisions import decide_item
from detente.desk.fields import Turned, changes, differing, filled, turned
from detente.desk.guards import Analyst, Reader
from detente.desk.pages import case_of, page
from detente.desk.people import Person, Role
from detente.record.edits import Action, Edit, in_force
from detente.record.model import Record
from detente.record.pages import Item
from detente.vocabulary import ClaimKind

router = APIRouter()

AtCase = Annotated[Case, Depends(case_of)]
_DECISIONS: Final = {
    Action.ACCEPT: "accepted",
    Action.REJECT: "rejected",
    Action.EDIT: "edited",
    Action.CREATE: "found by hand",
    Action.PROPOSE: "proposed by a program",
    Action.REGROUP: "put under another issue",
    Action.SET_PROMISE_STATUS: "status set",
    Action.UNDO: "taken back",
}


async def filling(request: Request) -> Mapping[str, str]:
    """The fields of the form that was sent, files left out."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


Filling = Annotated[Mapping[str, str], Depends(filling)]


@dataclass(frozen=True, slots=True)
class Told:
    """A decision for a person to read.

    Attributes:
        what: "accepted", "edited".
        turned: What it changed, where it changed more than the state of review.
        stands: Whether nobody took it back.
    """

    who: str
    on: str
    what: str
    reason: str | None
    stands: bool
    turned: tuple[Turned, ...] = ()


def names_of(case: Case) -> Names:
    """What things are called in the record as it stands."""
    return case.following("names", Names)


def may_decide(person: Person) -> bool:
    """Whether buttons that decide are shown."""
    return person.role.may_act_as(Role.ANALYST)


def card_for(case: Case, item: Item) -> Card:
    """The card of an item with the names of now."""
    return card_of(item, names_of(case))


def told(edits: tuple[Edit, ...], record: Record) -> tuple[Told, ...]:
    """A history for a person to read, the latest first."""
    stand = {edit.id for edit in in_force(edits)}
    return tuple(
        Told(
            who=edit.who,
            on=edit.on[:16].replace("T", " "),
            what=_DECISIONS.get(edit.action, edit.action.value),
            reason=edit.reason,
            stands=edit.id in stand,
            turned=_turned(edit, record),
        )
        for edit in reversed(edits)
    )


def _turned(edit: Edit, record: Record) -> tuple[Turned, ...]:
    if edit.before is None or edit.after is None or edit.kind not in set(ClaimKind):
        return ()
    return turned(ClaimKind(edit.kind), json.loads(edit.before), edit.change, record)


@router.get("/items/{item}", response_class=HTMLResponse)
def show(request: Request, person: Reader, case: AtCase, item: str) -> HTMLResponse:
    """The card."""
    return _card(request, person, case, item)


@router.get("/items/{item}/form", response_class=HTMLResponse)
def form(request: Request, _: Analyst, case: AtCase, item: str, place: str = "list") -> HTMLResponse:
    """The form to edit it.

    Args:
        place: ``"queue"``: the form answers to the queue.
    """
    held = case.store.item(item)
    record = case.record()
    alike = {scope: len(others_written_alike(held.claim, record, scope)) for scope in ("article", "record")}
    return page(
        request,
        "_item_form.html",
        alike=alike,
        written=getattr(held.claim, "speaker_text", None) or "",
        card=card_for(case, held),
        fields=filled(held.kind, held.claim, record),
        issues=record.issues,
        place=place,
    )


@router.get("/items/{item}/history", response_class=HTMLResponse)
def history(request: Request, _: Reader, case: AtCase, item: str) -> HTMLResponse:
    """Every decision on it."""
    return page(request, "_item_history.html", told=told(case.store.history(item), case.record()))


@router.post("/items/{item}/edit", response_class=HTMLResponse)
def edit(request: Request, person: Analyst, case: AtCase, item: str, form: Filling) -> HTMLResponse:
    """Change what the form changed; where it changed more than the one, the whole page is loaded again."""
    if edit_item(case, person, item, form) != "Saved.":
        return HTMLResponse(headers={"HX-Refresh": "true"})
    return _card(request, person, case, item)


@router.post("/items/{item}/undo", response_class=HTMLResponse)
def take_back(request: Request, person: Analyst, case: AtCase, item: str) -> HTMLResponse:
    """Take the latest decision on it back."""
    undone = undo_item(case, person, item)
    if undone.item and undone.action is Action.UNDO and not _is_there(case, item):
        return HTMLResponse(headers={"HX-Refresh": "true"})
    return _card(request, person, case, item)


@router.post("/items/{item}/{decision}", response_class=HTMLResponse)
def settle(
    request: Request,
    *,
    person: Analyst,
    case: AtCase,
    item: str,
    decision: Action,
    version: Annotated[int | None, Form()] = None,
) -> HTMLResponse:
    """Accept or reject it."""
    decide_item(case, person, item, decision, expected=version)
    return _card(request, person, case, item)


def edit_item(case: Case, person: Person, item: str, form: Mapping[str, str]) -> str:
    """Store what a filled form changed; one that changed nothing accepts the item as it stands.

    Returns:
        What was done, for the person.

    Raises:
        EditConflict: Somebody decided on it since, or others like it are not as many as the form said.
    """
    held = case.store.item(item)
    record = case.record()
    said = differing(held.claim, changes(held.kind, form, record))
    expected = int(form["version"]) if form.get("version", "").isdecimal() else None
    reason = form.get("reason", "").strip() or None
    others: tuple[Statement, ...] = ()
    if form.get("alike") and "speaker" in said:
        scope, _, count = form["alike"].partition(" ")
        counted = int(count) if count.isdecimal() and len(count) < 12 else -1
        others = written_alike(held.claim, record, scope, counted)
    action = Action.EDIT if said else Action.ACCEPT
    made = decide_item(case, person, item, action, expected=expected, after=said or None, reason=reason)
    if not others:
        return "Saved."
    give_speaker(case, made, others)
    return f"Saved, and {len(others):,} more got this speaker. Undo takes all of it back."


def _is_there(case: Case, item: str) -> bool:
    return any(claim.id == item for _, claim in case.record().claims())


def _card(request: Request, person: Person, case: Case, item: str) -> HTMLResponse:
    held = case.store.item(item)
    return page(request, "_item_card.html", card=card_for(case, held), may=may_decide(person))


KINDS: Final = tuple((kind.value, name) for kind, name in KIND_NAMES.items())
