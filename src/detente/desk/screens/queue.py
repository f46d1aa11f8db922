"""The review queue: one item with its sentence, decided on by a key, the most doubtful first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from detente.articles import Article
from detente.brief.context import around, shorten
from detente.brief.names import squeeze
from detente.claims import Claim
from detente.desk.alike import decide_all_like, group_like, groups_like, undo_last
from detente.desk.cards import card_of, marks_of
from detente.desk.case import Case
from detente.desk.decisions import decide_item
from detente.desk.guards import Analyst, Reader
from detente.desk.pages import page
from detente.desk.people import Person
from detente.desk.screens.items import (
    KINDS,
    AtCase,
    Filling,
    card_for,
    edit_item,
    may_decide,
    names_of,
)
from detente.desk.segments import as_html, blocks
from detente.errors import UnknownItem
from detente.record.edits import Action, Edit
from detente.record.pages import Item, Order, Wanted
from detente.vocabulary import ClaimKind, Review

router = APIRouter()

_MOST_PARTIES: Final = 300
_MOST_CONTEXTS: Final = 4
# A speaker named further than this from the words is not shown with them.
_NEAR: Final = 600
_SAMPLE: Final = 8
_MOST_CARDS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in which queue somebody is.

    Attributes:
        at: How many items of the queue come before.
    """

    kind: ClaimKind | None = None
    party: str | None = None
    issue: str | None = None
    article: str | None = None
    at: int = 0

    @property
    def wanted(self) -> Wanted:
        """The undecided items of this queue; further tellings of one thing are left out."""
        return Wanted(
            kind=self.kind,
            party=self.party,
            issue=self.issue,
            article=self.article,
            review=Review.PROPOSED,
            retold=False,
        )

    @property
    def fields(self) -> dict[str, str]:
        """As a form or an address has it."""
        named = {"kind": self.kind, "party": self.party, "issue": self.issue, "article": self.article}
        return {name: str(value) for name, value in named.items() if value} | {"at": str(self.at)}

    def address(self, by: int = 0) -> str:
        """Of the queue, so many items further on."""
        return f"/queue?{urlencode(replace(self, at=max(0, self.at + by)).fields)}"


@dataclass(frozen=True, slots=True)
class Context:
    """Words of an item in the sentences around them."""

    source: str
    address: str
    html: Markup


def _at(
    kind: str = "",
    party: str = "",
    issue: str = "",
    article: str = "",
    at: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Place:
    return _place({"kind": kind, "party": party, "issue": issue, "article": article, "at": str(at)})


AtPlace = Annotated[Place, Depends(_at)]


def _place(form: Filling) -> Place:
    """From a form or an address; what is not of a queue is left out."""
    kind = form.get("kind", "")
    at = form.get("at", "")
    return Place(
        kind=ClaimKind(kind) if kind in set(ClaimKind) else None,
        party=form.get("party") or None,
        issue=form.get("issue") or None,
        article=form.get("article") or None,
        at=min(int(at), 10_000_000) if at.isdecimal() and len(at) < 12 else 0,
    )


@router.get("/queue", response_class=HTMLResponse)
def show(
    request: Request, person: Reader, case: AtCase, place: AtPlace, item: str | None = None
) -> HTMLResponse:
    """The queue at a place, or with one item of one's choice in front."""
    whole = "hx-request" not in request.headers
    front = case.store.item(item) if item else None
    shown = _shown(case, person, place, front=front)
    if not whole:
        return page(request, "_queue.html", **shown)
    record = case.record()
    return page(
        request,
        "queue.html",
        kinds=KINDS,
        parties=[party for party, _ in case.store.parties()[:_MOST_PARTIES]],
        issues=record.issues,
        names=names_of(case),
        **shown,
    )


@router.post("/queue/accept", response_class=HTMLResponse)
def accept(request: Request, person: Analyst, case: AtCase, form: Filling) -> HTMLResponse:
    """Accept the item and go on."""
    return _decided(request, person, case, form, Action.ACCEPT)


@router.post("/queue/reject", response_class=HTMLResponse)
def reject(request: Request, person: Analyst, case: AtCase, form: Filling) -> HTMLResponse:
    """Reject the item and go on."""
    return _decided(request, person, case, form, Action.REJECT)


@router.post("/queue/edit", response_class=HTMLResponse)
def edit(request: Request, person: Analyst, case: AtCase, form: Filling) -> HTMLResponse:
    """Change the item and go on."""
    told = edit_item(case, person, form.get("item", ""), form)
    return page(request, "_queue.html", **_shown(case, person, _queue_of(form), told=told))


@router.get("/queue/like", response_class=HTMLResponse)
def ask_alike(
    request: Request, _: Analyst, case: AtCase, *, item: str, by: str, action: Action = Action.ACCEPT
) -> HTMLResponse:
    """How many items like it there are, and some of them, before anything is decided."""
    group = group_like(case.store.item(item).claim, by, case.record(), names_of(case))
    sample = [_in_short(claim) for claim in group.claims[:_SAMPLE]]
    return page(request, "_queue_like.html", group=group, sample=sample, item=item, action=action.value)


@router.post("/queue/like", response_class=HTMLResponse)
def settle_alike(request: Request, person: Analyst, case: AtCase, form: Filling) -> HTMLResponse:
    """Decide on the item and on all like it, if they are still as many as were shown."""
    item, by = form.get("item", ""), form.get("by", "")
    action = Action.REJECT if form.get("action") == Action.REJECT else Action.ACCEPT
    count = form.get("count", "")
    counted = int(count) if count.isdecimal() and len(count) < 12 else -1
    made = decide_all_like(case, person, item, by=by, action=action, count=counted, names=names_of(case))
    told = f"{len(made):,} items {action.value}ed. Undo takes all of them back."
    return page(request, "_queue.html", **_shown(case, person, _queue_of(form), told=told))


@router.post("/undo", response_class=HTMLResponse)
def take_back(request: Request, person: Analyst, case: AtCase, form: Filling) -> HTMLResponse:
    """Take back what the person decided last, wherever that was."""
    undone = undo_last(case, person)
    if form.get("place") == "article":
        return _cards_again(request, person, case, undone)
    front = _front(case, undone)
    told = _undone(undone)
    return page(request, "_queue.html", **_shown(case, person, _queue_of(form), told=told, front=front))


def _decided(request: Request, person: Person, case: Case, form: Filling, action: Action) -> HTMLResponse:
    version = form.get("version", "")
    expected = int(version) if version.isdecimal() else None
    decide_item(case, person, form.get("item", ""), action, expected=expected)
    told = f"{action.value.capitalize()}ed."
    return page(request, "_queue.html", **_shown(case, person, _queue_of(form), told=told))


def _queue_of(form: Filling) -> Place:
    """The queue that a form was sent from; its fields have names of their own beside an item's."""
    return _place(
        {name.removeprefix("queue_"): value for name, value in form.items() if name.startswith("queue_")}
    )


def _shown(
    case: Case, person: Person, place: Place, *, told: str = "", front: Item | None = None
) -> dict[str, Any]:
    """What the queue shows at a place."""
    found = case.store.page(place.wanted, order=Order.DOUBT, limit=1, offset=place.at)
    item = front or (found.items[0] if found.items else None)
    counts = case.store.counts()
    every = sum(sum(of.values()) for of in counts.values())
    proposed = sum(of[Review.PROPOSED] for of in counts.values())
    shown: dict[str, Any] = {
        "place": place,
        "left": found.total,
        "decided": every - proposed,
        "every": every,
        "told": told,
        "may": may_decide(person),
        "card": None,
        "contexts": (),
        "groups": (),
    }
    if item is not None:
        names = names_of(case)
        shown["card"] = card_of(item, names)
        shown["contexts"] = tuple(_contexts(case, item))
        shown["groups"] = groups_like(item.claim, case.record(), names)
    return shown


def _contexts(case: Case, item: Item) -> Iterable[Context]:
    """The item's words where they stand, those of one article together."""
    articles = dict.fromkeys(e.article for e in item.claim.evidence)
    record, names = case.record(), names_of(case)
    for article in list(articles)[:_MOST_CONTEXTS]:
        held = record.article.get(article)
        if held is not None:
            yield _context(held, item, names.source(article))


def _context(article: Article, item: Item, source: str) -> Context:
    marks = list(marks_of(item, article.id))
    words = next(e for e in item.claim.evidence if e.article == article.id)
    near = [mark for mark in marks if abs(mark.start - words.start) < _NEAR or mark.start < words.end]
    start = min([words.start, *(mark.start for mark in near if words.start - mark.start < _NEAR)])
    end = max([words.end, *(mark.end for mark in near if mark.end - words.end < _NEAR)])
    low, high = around(article.text, (start, end))
    shifted = [replace(mark, start=mark.start - low, end=mark.end - low) for mark in marks]
    pieces = (as_html(block) for block in blocks(article.text[low:high], shifted))
    return Context(
        source=source,
        address=f"/articles/{article.id}?{urlencode({'item': item.claim.id})}",
        html=Markup("").join(pieces),
    )


def _in_short(claim: Claim) -> str:
    words, was_cut = shorten(squeeze(claim.evidence[0].quote), 140)
    return f"{words}…" if was_cut else words


def _front(case: Case, undone: tuple[Edit, ...]) -> Item | None:
    """The item to show again; ``None`` where it is gone with the undo, or was no item."""
    if not undone or undone[0].kind not in set(ClaimKind):
        return None
    try:
        return case.store.item(undone[0].item)
    except UnknownItem:
        return None


def _undone(undone: tuple[Edit, ...]) -> str:
    if not undone:
        return "There is nothing of yours to take back."
    many = (
        f"{len(undone):,} decisions" if len(undone) > 1 else f"“{undone[0].action.value}”".replace("_", " ")
    )
    return f"Taken back: {many}."


def _cards_again(request: Request, person: Person, case: Case, undone: tuple[Edit, ...]) -> HTMLResponse:
    """The cards of what was taken back; the whole page again where it is more than cards."""
    items = {edit.item for edit in undone if edit.kind in set(ClaimKind) and edit.action is not Action.CREATE}
    if undone and (len(items) != len(undone) or len(items) > _MOST_CARDS):
        return HTMLResponse(headers={"HX-Refresh": "true"})
    cards = [card_for(case, case.store.item(item)) for item in items]
    return page(request, "_cards_again.html", cards=cards, told=_undone(undone), may=may_decide(person))
