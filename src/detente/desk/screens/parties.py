"""Parties: merge, split, rename, say what they are and belong to; all of it can be taken back."""

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.brief.names import squeeze
from detente.claims import Party
from detente.desk.case import Case
from detente.desk.decisions import regroup_parties, undo_edit
from detente.desk.fields import NotTaken, party_named
from detente.desk.guards import Analyst, Lead, Reader
from detente.desk.naming import Cast, add_party, after_split, cast, decisions, stand_of
from detente.desk.pages import page
from detente.desk.people import Person, Role
from detente.desk.screens.agenda import stands_of
from detente.desk.screens.items import AtCase, may_decide
from detente.errors import UnknownItem
from detente.record.edits import Action, Json
from detente.vocabulary import PartyKind

router = APIRouter()

_ROWS: Final = 100
_MOST_MERGED: Final = 50
_DECISIONS: Final = 30
KIND_WORDS: Final = {kind: kind.value.replace("_", " ") for kind in PartyKind}

Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Text = Annotated[str, Form(max_length=2_000)]
Ids = Annotated[list[str], Form(max_length=_MOST_MERGED)]
Version = Annotated[int | None, Form()]


@router.get("/parties", response_class=HTMLResponse)
def parties(
    request: Request, person: Reader, case: AtCase, *, q: str = "", kind: str = "", offset: Offset = 0
) -> HTMLResponse:
    """The list, and the latest decisions."""
    chosen = _kind(kind) if kind else None
    rows = _cast(case).rows(q[:200], chosen)
    made = decisions(case)
    return page(
        request,
        "parties.html",
        rows=rows[offset : offset + _ROWS],
        every=len(rows),
        offset=offset,
        step=_ROWS,
        q=q,
        kind=chosen,
        kinds=KIND_WORDS,
        decisions=made[:_DECISIONS],
        older=max(0, len(made) - _DECISIONS),
        back="/parties",
        names=_all_names(case),
        address=lambda at: _list_address(q, kind, at),
        **may(person),
    )


@router.get("/parties/merge", response_class=HTMLResponse)
def ask_merge(
    request: Request, _: Lead, case: AtCase, party: Annotated[list[str] | None, Query()] = None
) -> HTMLResponse:
    """What a merge would move, before it is made."""
    known, chosen = _cast(case), list(dict.fromkeys(party or ()))[:_MOST_MERGED]
    if len(chosen) < 2:
        raise NotTaken("Choose two parties or more, then merge them.")
    rows = [known.row(_held(known, one)) for one in chosen]
    rows.sort(key=lambda row: -row.uses)
    return page(
        request,
        "parties_merge.html",
        rows=rows,
        moves=sum(row.uses for row in rows[1:]),
        versions={row.party.id: case.store.version(row.party.id) for row in rows},
        kinds=KIND_WORDS,
    )


@router.post("/parties/merge")
def merge(
    person: Lead, case: AtCase, *, kept: Annotated[str, Form()], party: Ids, reason: Text = ""
) -> Response:
    """Take several parties for one."""
    gone = [one for one in dict.fromkeys(party) if one != kept]
    regroup_parties(
        case, person, Action.MERGE_PARTIES, kept, {"gone": list(gone)}, reason=squeeze(reason) or None
    )
    return RedirectResponse(f"/parties/{kept}", status_code=303)


@router.post("/parties/new")
def new(person: Analyst, case: AtCase, *, name: Text, kind: Text, member_of: Text = "") -> Response:
    """Add a party that no reading named."""
    above = party_named(member_of, case.record().parties)
    add_party(case, person, name, _kind(kind), above)
    # Of a large record, its own page is there only once the change is worked out.
    return RedirectResponse("/parties", status_code=303)


@router.post("/parties/undo")
def take_back(
    person: Analyst, case: AtCase, *, edit: Annotated[str, Form()], back: Text = "/parties"
) -> Response:
    """Take a decision on names back."""
    stand_of(case, edit)
    undo_edit(case, person, edit)
    return RedirectResponse(back if back.startswith("/parties") else "/parties", status_code=303)


@router.get("/parties/{party}", response_class=HTMLResponse)
def show(request: Request, person: Reader, case: AtCase, party: str) -> HTMLResponse:
    """One party: its names, its members, what was taken for it."""
    known = _cast(case)
    held = _held(known, party)
    inside = [known.row(one) for one in known.record.parties if one.member_of == party]
    inside.sort(key=lambda row: -row.uses)
    above = known.record.party.get(held.member_of or "")
    return page(
        request,
        "party.html",
        party=held,
        row=known.row(held),
        stands=stands_of(case, party),
        aliases=list(dict.fromkeys(squeeze(one) for one in held.aliases)),
        above=above,
        inside=inside[:_ROWS],
        merged=known.merged.get(party, ()),
        version=case.store.version(party),
        kinds=KIND_WORDS,
        decisions=decisions(case, ("parties",), party),
        older=0,
        back=f"/parties/{party}",
        names=_all_names(case),
        **may(person),
    )


@router.post("/parties/{party}/change")
def change(
    person: Analyst,
    case: AtCase,
    party: str,
    *,
    name: Text,
    kind: Text,
    member_of: Text = "",
    reason: Text = "",
    version: Version = None,
) -> Response:
    """Rename it, or change what it is and belongs to."""
    known = _cast(case)
    held, why = _held(known, party), squeeze(reason) or None
    above = party_named(member_of, known.record.parties)
    differs = {
        field: value
        for field, value, now in (
            ("name", squeeze(name), held.name),
            ("kind", _kind(kind).value, held.kind.value),
            ("member_of", above, held.member_of),
        )
        if value != now
    }
    if not differs.get("name", held.name):
        raise NotTaken("A party needs a name.")
    if differs:
        action = Action.RENAME_PARTY if set(differs) == {"name"} else Action.EDIT
        regroup_parties(case, person, action, party, differs, expected=version, reason=why)
    return RedirectResponse(f"/parties/{party}", status_code=303)


@router.get("/parties/{party}/split", response_class=HTMLResponse)
def ask_split(
    request: Request,
    *,
    person: Lead,
    case: AtCase,
    party: str,
    apart: Annotated[list[str] | None, Query()] = None,
    reason: str = "",
) -> HTMLResponse:
    """What a split would leave, before it is made."""
    known, chosen = _cast(case), list(dict.fromkeys(apart or ()))[:_MOST_MERGED]
    held = _held(known, party)
    names = {merge.gone: merge.gone_name for merge in known.merged.get(party, ())}
    if not chosen or not set(chosen) <= set(names):
        raise NotTaken("Choose among the names that were merged into it, then split them off.")
    return page(
        request,
        "parties_split.html",
        party=held,
        uses=known.uses.get(party, 0),
        names=[names[one] for one in chosen],
        apart=chosen,
        rows=after_split(case, person, party, chosen),
        reason=reason,
        version=case.store.version(party),
    )


@router.post("/parties/{party}/split")
def split(
    person: Lead, case: AtCase, party: str, *, apart: Ids, reason: Text = "", version: Version = None
) -> Response:
    """Take parties apart that were taken for one."""
    said: dict[str, Json] = {"apart": list(dict.fromkeys(apart))}
    regroup_parties(
        case, person, Action.SPLIT_PARTY, party, said, expected=version, reason=squeeze(reason) or None
    )
    return RedirectResponse(f"/parties/{party}", status_code=303)


def may(person: Person) -> dict[str, bool]:
    """Which buttons are shown."""
    return {"may": may_decide(person), "leads": person.role.may_act_as(Role.LEAD)}


def _cast(case: Case) -> Cast:
    return case.following("cast", cast)


def _all_names(case: Case) -> list[str]:
    """Names to choose from, the most frequent first."""
    known = _cast(case)
    ranked = sorted(known.record.parties, key=lambda one: -known.uses.get(one.id, 0))
    return [one.name for one in ranked[:1_000]]


def _held(known: Cast, party: str) -> Party:
    held = known.record.party.get(party)
    if held is None:
        raise UnknownItem("This party is not in the record now; it may have been merged into another.")
    return held


def _kind(written: str) -> PartyKind:
    try:
        return PartyKind(written)
    except ValueError as error:
        raise NotTaken(f"{written!r} is no kind of party.") from error


def _list_address(q: str, kind: str, offset: int) -> str:
    kept = {name: value for name, value in (("q", q), ("kind", kind), ("offset", offset)) if value}
    return f"/parties?{urlencode(kept)}" if kept else "/parties"
