"""Read and check: an article beside what was found in it."""

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from detente.articles import Article
from detente.brief.html import visible
from detente.brief.names import source_name
from detente.dates import in_words
from detente.desk.cards import KIND_NAMES, Card, card_of, marks_of
from detente.desk.case import Case
from detente.desk.decisions import ARTICLE_STATES, create_item, set_article_state
from detente.desk.fields import NotTaken, changes, filled
from detente.desk.guards import Analyst, Reader
from detente.desk.pages import page
from detente.desk.screens.items import KINDS, AtCase, Filling, may_decide, names_of
from detente.desk.segments import Block, Mark, as_html, blocks
from detente.evidence import cut
from detente.record.edits import in_force
from detente.record.pages import Item, Wanted
from detente.vocabulary import ClaimKind, RegionKind, Review

router = APIRouter()

_ROWS: Final = 100
# Far above what an article holds; beyond it the text still shows, with the first items marked.
_MOST_ITEMS: Final = 5_000
_MOST_PARTIES: Final = 1_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the page has it."""

    start: int
    region: RegionKind
    html: Markup


@router.get("/articles", response_class=HTMLResponse)
def list_articles(
    request: Request,
    _: Reader,
    case: AtCase,
    state: str | None = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Every article with how far its review is."""
    wanted = state if state in ARTICLE_STATES else None
    rows = case.store.article_rows(limit=_ROWS + 1, offset=offset, state=wanted)
    counts = case.store.counts()
    proposed = sum(of[Review.PROPOSED] for of in counts.values())
    return page(
        request,
        "articles.html",
        rows=rows[:_ROWS],
        more=len(rows) > _ROWS,
        offset=offset,
        step=_ROWS,
        state=wanted,
        states=ARTICLE_STATES,
        articles=len(case.record().articles),
        items=sum(sum(of.values()) for of in counts.values()),
        proposed=proposed,
        names=names_of(case),
    )


@router.get("/articles/{article}", response_class=HTMLResponse)
def read_and_check(
    request: Request,
    *,
    person: Reader,
    case: AtCase,
    article: str,
    item: str | None = None,
    at: str | None = None,
) -> HTMLResponse:
    """The article left, its items right.

    Args:
        item: Id of the item to go to.
        at: Words to go to, ``start-end`` in code points.
    """
    held = case.store.article(article)
    before, after = _neighbours(case, article)
    return page(
        request,
        "article.html",
        article=held,
        name=source_name(held),
        names=names_of(case),
        published=in_words(held.published),
        state=_state(case, held),
        before=before,
        after=after,
        states=ARTICLE_STATES,
        go_to=item or ("sought" if at else ""),
        parties=case.store.parties()[:_MOST_PARTIES],
        kinds=KINDS,
        may=may_decide(person),
        **_both_sides(case, held, at),
    )


@router.post("/articles/{article}/state", response_class=HTMLResponse)
def set_state(request: Request, person: Analyst, case: AtCase, article: str, form: Filling) -> HTMLResponse:
    """New, in review or done."""
    set_article_state(case, person, article, form.get("state", ""))
    held = case.store.article(article)
    return page(
        request,
        "_article_state.html",
        article=held,
        state=_state(case, held),
        states=ARTICLE_STATES,
        may=True,
    )


@router.get("/articles/{article}/new", response_class=HTMLResponse)
def new_form(
    request: Request,
    *,
    _: Analyst,
    case: AtCase,
    article: str,
    kind: ClaimKind = ClaimKind.STATEMENTS,
    start: int = 0,
    end: int = 0,
    words: str = "",
) -> HTMLResponse:
    """The form of a new item on the words that are selected; without any, they are to be written."""
    held = case.store.article(article)
    fixed = 0 <= start < end <= len(held.text)
    words = held.text[start:end] if fixed else words
    return page(
        request,
        "_item_new.html",
        article=held,
        kind=kind,
        kind_name=KIND_NAMES[kind],
        kinds=KINDS,
        start=start,
        end=end,
        fixed=fixed,
        words=words,
        fields=filled(kind, None, case.record(), words),
        issues=case.record().issues,
    )


@router.post("/articles/{article}/items", response_class=HTMLResponse)
def make_item(request: Request, person: Analyst, case: AtCase, article: str, form: Filling) -> HTMLResponse:
    """A new item on selected words; the text and the list are shown again with it."""
    held = case.store.article(article)
    kind = _kind(form.get("kind", ""))
    span = _span(held, form)
    said = changes(kind, form, case.record())
    reason = form.get("reason", "").strip() or None
    made = create_item(case, person, kind, article=held.id, spans=(span,), fields=said, reason=reason)
    return page(
        request,
        "_article_both.html",
        article=held,
        made=made.item,
        may=True,
        **_both_sides(case, held, None),
    )


def _both_sides(case: Case, article: Article, at: str | None) -> dict[str, Any]:
    """The text in blocks, and the cards beside it."""
    standing = case.store.page(Wanted(article=article.id), limit=_MOST_ITEMS)
    rejected = case.store.page(Wanted(article=article.id, review=Review.REJECTED), limit=_MOST_ITEMS).items
    marks = [mark for item in (*standing.items, *rejected) for mark in marks_of(item, article.id)]
    gaps = [gap for gap in case.record().gaps if gap.article == article.id]
    marks += [Mark(item="gap", start=gap.start, end=gap.end, look="gap") for gap in gaps]
    marks += _sought(at)
    return {
        "blocks": [_shown(block) for block in blocks(article.text, marks, article.regions)],
        "cards": _cards(case, standing.items),
        "of_kind": _counted(standing.items),
        "rejected": _cards(case, rejected),
        "total": standing.total,
        "gaps": gaps,
    }


def _counted(items: tuple[Item, ...]) -> list[tuple[str, str, int]]:
    """The kinds that there are, each with its name and how many."""
    counts = Counter(item.kind for item in items)
    return [(kind.value, name, counts[kind]) for kind, name in KIND_NAMES.items() if counts[kind]]


def _neighbours(case: Case, article: str) -> tuple[Article | None, Article | None]:
    """The articles before and after this one, by date."""
    every = case.record().articles
    at = next((n for n, one in enumerate(every) if one.id == article), None)
    if at is None:
        return None, None
    return every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None


def _cards(case: Case, items: tuple[Item, ...]) -> list[Card]:
    names = names_of(case)
    return [card_of(item, names) for item in items]


def _shown(block: Block) -> Shown:
    return Shown(block.start, block.region, as_html(block))


def _sought(at: str | None) -> list[Mark]:
    start, _, end = (at or "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(at or "") < 30):
        return []
    return [Mark(item="sought", start=int(start), end=int(end), look="sought")]


def _state(case: Case, article: Article) -> str:
    """What the article was last set to."""
    edits = in_force(case.store.history(article.id))
    return str(edits[-1].change.get("state", "new")) if edits else "new"


def _bare(words: str) -> str:
    """The words as a form gives them back: without white space, control characters as pictures."""
    return "".join(visible(words).split())


def _kind(written: str) -> ClaimKind:
    try:
        return ClaimKind(written)
    except ValueError as error:
        raise NotTaken(f"{written!r} is no kind of item.") from error


def _span(article: Article, form: Filling) -> tuple[int, int]:
    """Where the selected words stand; written words are looked for in the text.

    Raises:
        NotTaken: They stand nowhere, or the text under the selection is another.
    """
    words, start, end = form.get("words", ""), form.get("start", ""), form.get("end", "")
    if start.isdecimal() and end.isdecimal() and int(start) < int(end):
        span = int(start), int(end)
        found = cut(article.id, article.text, span)
        if _bare(words) != _bare(found.quote):
            raise NotTaken("The text has changed under the selection; load the page and select again.")
        return found.start, found.end
    wanted = words.strip()
    if not wanted:
        raise NotTaken("Select words in the text, or write them here as they stand there.")
    places = article.text.count(wanted)
    if places != 1:
        often = "nowhere" if places == 0 else f"{places} times"
        raise NotTaken(f"These words stand {often} in the text; write them so that they stand there once.")
    at = article.text.index(wanted)
    return at, at + len(wanted)
