"""State of play: what the brief says, live, and what changed since one's last visit or between two dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from detente.brief.compose import compose
from detente.brief.context import shorten
from detente.brief.findings import find
from detente.brief.html import for_template
from detente.brief.names import Names, sentence, squeeze
from detente.desk.case import Case
from detente.desk.fields import NotTaken
from detente.desk.guards import Reader
from detente.desk.lately import Lately
from detente.desk.pages import page, templates
from detente.desk.people import Person
from detente.desk.screens.items import AtCase, names_of
from detente.desk.visits import as_it_was, visit
from detente.evidence import Evidence
from detente.negotiation.derive import derive_negotiation
from detente.record.changes import Change, Movement, changes_between, changes_from
from detente.record.model import Record
from detente.record.store import Store

router = APIRouter()

# Seconds a request waits for what is made beside it; the screen shows the last one meanwhile.
_PATIENCE: Final = 0.08
# The analyses on a larger record take minutes of both cores; their own screen runs them when asked.
_MOST_CLAIMS: Final = 10_000
_LONGEST_QUOTE: Final = 240

_HEADINGS: Final[Mapping[Movement, str]] = {
    Movement.NEW_DEMAND: "New demands",
    Movement.MOVED_DEMAND: "Demands that moved",
    Movement.DROPPED_DEMAND: "Demands not repeated",
    Movement.PROMISE: "Promises whose fate changed",
    Movement.POSITION: "Positions that moved",
    Movement.CONTRADICTION: "New contradictions",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A quote that leads to its place.

    Attributes:
        source: The article and its date, short.
    """

    quote: str
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class News:
    """One change, for the page."""

    who: str
    was: str | None
    now: str
    issue: str | None
    words: Words
    before: Words | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is made beside the requests for one record on the desk.

    Attributes:
        quick: The brief without what could hold; ``whole``: with it.
    """

    quick: Lately[Markup]
    whole: Lately[Markup]


_KEPT: "WeakKeyDictionary[Store, Kept]" = WeakKeyDictionary()


@router.get("/", response_class=HTMLResponse)
def state_of_play(
    request: Request, person: Reader, case: AtCase, *, since: str = "", until: str = ""
) -> HTMLResponse:
    """The whole screen."""
    brief, current = _brief(case)
    return page(
        request,
        "play.html",
        brief=brief,
        current=current,
        unread=case.record().unread,
        **_changed(case, person, since, until),
    )


@router.get("/play/brief", response_class=HTMLResponse)
def brief_part(request: Request, _: Reader, case: AtCase) -> HTMLResponse:
    """The brief alone, asked for until it is of the record as it stands."""
    brief, current = _brief(case)
    return page(request, "_play_brief.html", brief=brief, current=current)


@router.get("/play/changes", response_class=HTMLResponse)
def changes_part(
    request: Request, person: Reader, case: AtCase, *, since: str = "", until: str = ""
) -> HTMLResponse:
    """What changed, alone."""
    return page(request, "_play_changes.html", **_changed(case, person, since, until))


@router.post("/play/seen")
def seen(person: Reader, case: AtCase) -> Response:
    """Count what changes from now on."""
    visit(case, person.name, seen=True)
    return RedirectResponse("/", status_code=303)


def _brief(case: Case) -> tuple[Markup | None, bool]:
    """The brief and whether it is of the record as it stands; ``None`` while the first is being made."""
    kept = _KEPT.setdefault(case.store, Kept(Lately(_quick), Lately(_whole)))
    record = case.record()
    whole, current = kept.whole.of(record, 0)
    if current:
        return whole, True
    quick, quick_current = kept.quick.of(record, _PATIENCE)
    return (quick if quick_current or whole is None else whole), False


def _quick(record: Record) -> Markup:
    return _printed(record, with_analyses=False)


def _whole(record: Record) -> Markup:
    return _printed(record, with_analyses=sum(1 for _ in record.claims()) <= _MOST_CLAIMS)


def _printed(record: Record, *, with_analyses: bool) -> Markup:
    if with_analyses:
        negotiation = derive_negotiation(record)
        brief = compose(record, negotiation, find(negotiation))
    else:
        brief = compose(record)
    return Markup(templates().get_template("_brief.html").render(**for_template(brief)))  # noqa: S704  # escaped there


def _changed(case: Case, person: Person, since: str, until: str) -> dict[str, Any]:
    """What changed between two dates, or since the person's last visit where none is given."""
    record, names = case.record(), names_of(case)
    shown: dict[str, Any] = {"since": since, "until": until, "first_visit": False, "from_visit": None}
    if since or until:
        found = changes_between(record, _day(since, date.min), _day(until, date.max))
    else:
        here = visit(case, person.name)
        shown["first_visit"] = here.before is None
        shown["from_visit"] = here.before.on[:16].replace("T", " ") if here.before else None
        found = changes_from(as_it_was(record, here.before), record) if here.before else ()
    return shown | {"groups": _grouped(found, names), "count": len(found)}


def _grouped(found: Sequence[Change], names: Names) -> list[tuple[str, list[News]]]:
    groups = []
    for movement, heading in _HEADINGS.items():
        news = [_news(change, names) for change in found if change.movement is movement]
        if news:
            groups.append((heading, news))
    return groups


def _news(change: Change, names: Names) -> News:
    issue = names.record.issue.get(change.issue or "")
    return News(
        who=sentence(names.with_camp(change.party)),
        was=squeeze(change.was) if change.was else None,
        now=squeeze(change.now),
        issue=squeeze(issue.label) if issue else None,
        words=_words(change.because, names),
        before=_words(change.before, names) if change.before else None,
    )


def _words(evidence: Evidence, names: Names) -> Words:
    quote, was_cut = shorten(squeeze(evidence.quote), _LONGEST_QUOTE)
    return Words(
        quote=f"{quote}…" if was_cut else quote,
        address=f"/articles/{evidence.article}?at={evidence.start}-{evidence.end}",
        source=names.short_source(evidence.article),
    )


def _day(written: str, otherwise: date) -> date:
    if not written.strip():
        return otherwise
    try:
        return date.fromisoformat(written.strip())
    except ValueError as error:
        raise NotTaken(f"{written!r} is no day; write 2007-05-28.") from error
