"""State of play: what the brief says, live, and what changed since one's last visit or between two dates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias
from weakref import WeakKeyDictionary
from zlib import crc32

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from detente.brief.compose import compose
from detente.brief.context import shorten
from detente.brief.names import Names, sentence, squeeze
from detente.desk.case import Case
from detente.desk.fields import NotTaken
from detente.desk.front_page import front_page
from detente.desk.guards import Reader
from detente.desk.lately import Lately
from detente.desk.others import Others, others_since
from detente.desk.pages import page
from detente.desk.people import Person
from detente.desk.screens.items import AtCase, names_of
from detente.desk.visits import as_it_was, visit
from detente.desk.written import BRIEF, pieces
from detente.evidence import Evidence
from detente.record.changes import Change, Movement, changes_between, changes_from
from detente.record.model import Record
from detente.record.store import Store

router = APIRouter()

# Seconds a request waits for what is made beside it; the screen shows the last one meanwhile.
_PATIENCE: Final = 0.08
_LONGEST_QUOTE: Final = 240
_MOST_KEPT: Final = 20

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


Groups: TypeAlias = Sequence[tuple[str, Sequence[News]]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is made beside the requests for one record on the desk.

    Attributes:
        quick: The brief without what could hold; ``whole``: with it.
        changes: What changed, by what it is counted from.
    """

    quick: Lately[Markup]
    whole: Lately[Markup]
    changes: dict[tuple[str, str], Lately[Groups]]


_KEPT: "WeakKeyDictionary[Store, Kept]" = WeakKeyDictionary()


@router.get("/", response_class=HTMLResponse)
def state_of_play(
    request: Request, person: Reader, case: AtCase, *, since: str = "", until: str = ""
) -> HTMLResponse:
    """The whole screen."""
    changed = _changed(case, person, since, until)
    brief, brief_current = _brief(case)
    return page(request, "play.html", brief=brief, brief_current=brief_current, have=_mark(brief), **changed)


@router.get("/play/brief", response_class=HTMLResponse)
def brief_part(request: Request, _: Reader, case: AtCase, have: str = "") -> Response:
    """The brief alone, asked for until it is of the record as it stands.

    Args:
        have: The mark of the one that the page has; while there is no other, nothing is answered.
    """
    brief, current = _brief(case)
    if not current and have == _mark(brief):
        return Response(status_code=204)
    return page(request, "_play_brief.html", brief=brief, brief_current=current, have=_mark(brief))


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


def _kept(case: Case) -> Kept:
    return _KEPT.setdefault(case.store, Kept(Lately(_quick), Lately(_whole), {}))


def _brief(case: Case) -> tuple[Markup | None, bool]:
    """The brief and whether it is of the record as it stands; ``None`` while the first is being made."""
    if not case.settling.is_small():
        piece, current = case.writing.of(BRIEF)
        return (Markup(piece.text) if piece else None), current  # noqa: S704  # escaped there
    kept, record = _kept(case), case.record()
    whole, current = kept.whole.of(record, 0)
    if current:
        return whole, True
    quick, quick_current = kept.quick.of(record, _PATIENCE)
    return (quick if quick_current or whole is None else whole), False


def _mark(brief: Markup | None) -> str:
    """What tells a brief from another one."""
    return f"{crc32(brief.encode()):x}" if brief is not None else "none"


def _quick(record: Record) -> Markup:
    return Markup(front_page(compose(record), record))  # noqa: S704  # escaped there


def _whole(record: Record) -> Markup:
    return Markup(list(pieces(record, brief_first=False))[-1].text)  # noqa: S704  # escaped there


def _changed(case: Case, person: Person, since: str, until: str) -> dict[str, Any]:
    """What changed between two dates, or since the person's last visit where none is given."""
    shown: dict[str, Any] = {
        "since": since,
        "until": until,
        "from_visit": None,
        "current": True,
        "groups": (),
        "others": Others(),
    }
    if since or until:
        after, before = _day(since, date.min), _day(until, date.max)
        counted = _counted(case, (since, until), lambda record: changes_between(record, after, before))
    else:
        was = visit(case, person.name).before
        if was is None:
            return shown | {"first_visit": True, "count": 0}
        shown["from_visit"] = was.on[:16].replace("T", " ")
        shown["others"] = others_since(case, person, was.on, names_of(case))
        counted = _counted(
            case, (person.name, was.on), lambda record: changes_from(as_it_was(record, was), record)
        )
    groups, current = counted.of(case.record(), _PATIENCE)
    return shown | {
        "first_visit": False,
        "current": current,
        "groups": groups or (),
        "count": sum(len(news) for _, news in groups or ()),
    }


def _counted(
    case: Case, key: tuple[str, str], find_changes: Callable[[Record], Sequence[Change]]
) -> Lately[Groups]:
    """What makes and keeps these changes; only the last few are kept."""
    changes = _kept(case).changes
    for old in list(changes)[: max(0, len(changes) - _MOST_KEPT)]:
        changes.pop(old, None)
    made = Lately(lambda record: _grouped(find_changes(record), Names(record)))
    return changes.setdefault(key, made)


def _grouped(found: Sequence[Change], names: Names) -> Groups:
    groups: list[tuple[str, Sequence[News]]] = []
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
