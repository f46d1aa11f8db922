"""Issues: merge, rename, add, and put items under another one; all of it can be taken back."""

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.brief.names import squeeze
from detente.claims import Issue
from detente.desk.cards import card_of
from detente.desk.case import Case
from detente.desk.decisions import regroup_issues, regroup_items
from detente.desk.fields import NotTaken
from detente.desk.guards import Analyst, Lead, Reader
from detente.desk.naming import CALLED, Cast, cast, decisions
from detente.desk.pages import page
from detente.desk.screens.items import AtCase, names_of
from detente.desk.screens.parties import Ids, Offset, Text, Version, may
from detente.errors import UnknownItem
from detente.record.edits import Action, Json
from detente.record.pages import Wanted

router = APIRouter()

_ROWS: Final = 100
_ITEMS: Final = 50
_DECISIONS: Final = 30


@router.get("/issues", response_class=HTMLResponse)
def issues(
    request: Request, person: Reader, case: AtCase, *, q: str = "", offset: Offset = 0
) -> HTMLResponse:
    """The list, and the latest decisions."""
    rows = _cast(case).issues(q[:200])
    made = decisions(case, ("issues",))
    return page(
        request,
        "issues.html",
        rows=rows[offset : offset + _ROWS],
        known_by=_cast(case).known_by,
        every=len(rows),
        offset=offset,
        step=_ROWS,
        q=q,
        decisions=made[:_DECISIONS],
        older=max(0, len(made) - _DECISIONS),
        back="/issues",
        address=lambda at: f"/issues?{urlencode({'q': q, 'offset': at})}",
        **may(person),
    )


@router.get("/issues/merge", response_class=HTMLResponse)
def ask_merge(
    request: Request, _: Lead, case: AtCase, issue: Annotated[list[str] | None, Query()] = None
) -> HTMLResponse:
    """What a merge would move, before it is made."""
    known = _cast(case)
    chosen = [_held(known, one) for one in dict.fromkeys(issue or ())]
    if len(chosen) < 2:
        raise NotTaken("Choose two issues or more, then merge them.")
    rows = sorted(((one, known.said.get(one.id, 0)) for one in chosen), key=lambda row: -row[1])
    return page(request, "issues_merge.html", rows=rows, moves=sum(count for _, count in rows[1:]))


@router.post("/issues/merge")
def merge(
    person: Lead, case: AtCase, *, kept: Annotated[str, Form()], issue: Ids, reason: Text = ""
) -> Response:
    """Take several issues for one."""
    gone = [one for one in dict.fromkeys(issue) if one != kept]
    known = case.record().issue
    called: dict[str, Json] = {one: known[one].label for one in gone if one in known}
    said: dict[str, Json] = {"gone": list(gone), CALLED: called}
    regroup_issues(case, person, Action.MERGE_ISSUES, kept, said, reason=squeeze(reason) or None)
    return RedirectResponse(f"/issues/{kept}", status_code=303)


@router.post("/issues/new")
def new(person: Analyst, case: AtCase, *, label: Text) -> Response:
    """Add an issue, to put items under."""
    regroup_issues(case, person, Action.CREATE, "", {"label": squeeze(label)})
    return RedirectResponse("/issues", status_code=303)


@router.get("/issues/{issue}", response_class=HTMLResponse)
def show(request: Request, person: Reader, case: AtCase, issue: str, offset: Offset = 0) -> HTMLResponse:
    """One issue and its items."""
    known, names = _cast(case), names_of(case)
    held = _held(known, issue)
    items = case.store.page(Wanted(issue=issue), limit=_ITEMS, offset=offset)
    return page(
        request,
        "issue.html",
        issue=held,
        known_by=known.known_by(held, 20),
        cards=[card_of(item, names) for item in items.items],
        total=items.total,
        offset=offset,
        step=_ITEMS,
        others=[one for one, _ in known.issues("") if one.id != issue],
        version=case.store.version(issue),
        decisions=decisions(case, ("issues",), issue),
        older=0,
        back=f"/issues/{issue}",
        **may(person),
    )


@router.post("/issues/{issue}/rename")
def rename(
    person: Analyst, case: AtCase, issue: str, *, label: Text, reason: Text = "", version: Version = None
) -> Response:
    """Give it another label."""
    if squeeze(label) != _held(_cast(case), issue).label:
        regroup_issues(
            case,
            person,
            Action.RENAME_ISSUE,
            issue,
            {"label": squeeze(label)},
            expected=version,
            reason=squeeze(reason) or None,
        )
    return RedirectResponse(f"/issues/{issue}", status_code=303)


@router.post("/issues/{issue}/regroup")
def regroup(person: Analyst, case: AtCase, issue: str, *, item: Ids, to: Text = "") -> Response:
    """Put chosen items under another issue, or under none."""
    regroup_items(case, person, item, to or None)
    return RedirectResponse(f"/issues/{issue}", status_code=303)


def _cast(case: Case) -> Cast:
    return case.following("cast", cast)


def _held(known: Cast, issue: str) -> Issue:
    held = known.record.issue.get(issue)
    if held is None:
        raise UnknownItem("This issue is not in the record now; it may have been merged into another.")
    return held
