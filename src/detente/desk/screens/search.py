"""Search: where words stand in texts, quotes and names, each leading to its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from detente.brief.names import Names, sentence
from detente.claims import Claim
from detente.desk.cards import KIND_NAMES, line_of
from detente.desk.case import Case
from detente.desk.guards import Reader
from detente.desk.pages import page
from detente.desk.screens.items import AtCase, names_of
from detente.record.model import Record
from detente.record.pages import Hit
from detente.vocabulary import ClaimKind

router = APIRouter()

_MOST_HITS: Final = 200
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Found:
    """A hit for the page.

    Attributes:
        address: Where the words stand.
        source: What the article is called; ``None`` for a party.
        says: Of an item, who does what in it.
    """

    address: str
    source: str | None
    parts: tuple[tuple[str, bool], ...]
    says: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one sort."""

    name: str
    found: tuple[Found, ...]


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request, _: Reader, case: AtCase, q: Annotated[str, Query(description="What is looked for")] = ""
) -> HTMLResponse:
    """The hits for a query, by sort."""
    query = q[:_LONGEST].strip()
    hits = case.store.search(query, limit=_MOST_HITS) if query else ()
    template = "_search_found.html" if "hx-request" in request.headers else "search.html"
    return page(
        request,
        template,
        query=query,
        groups=_groups(case, hits),
        count=len(hits),
        more=len(hits) >= _MOST_HITS,
    )


def _groups(case: Case, hits: Sequence[Hit]) -> list[Group]:
    """Parties first, then the kinds of claims, then texts; sorts without a hit are left out."""
    titles = {"parties": "Parties"} | {kind.value: f"{name}s" for kind, name in KIND_NAMES.items()}
    titles["articles"] = "Articles"
    record, names = case.record(), names_of(case)
    claims = case.following("claims", _by_id)
    groups = []
    for sort, title in titles.items():
        found = tuple(_found(hit, record, names, claims) for hit in hits if hit.sort == sort)
        if found:
            groups.append(Group(title, found))
    return groups


def _by_id(record: Record) -> dict[str, Claim]:
    return {claim.id: claim for _, claim in record.claims()}


def _found(hit: Hit, record: Record, names: Names, claims: Mapping[str, Claim]) -> Found:
    source = names.source(hit.article) if hit.article else None
    if hit.sort == "parties":
        return Found(f"/parties/{hit.id}", None, hit.parts)
    if hit.sort in set(ClaimKind):
        claim = claims.get(hit.id)
        who, what = line_of(claim, names) if claim else ("", "")
        return Found(f"/articles/{hit.article}?item={hit.id}", source, hit.parts, (sentence(who), what))
    return Found(f"/articles/{hit.id}{_place(hit, record)}", source, hit.parts)


def _place(hit: Hit, record: Record) -> str:
    """Where in the text the first word that was looked for stands, as an address has it; or nothing."""
    article = record.article.get(hit.id)
    first = next((n for n, (_, is_hit) in enumerate(hit.parts) if is_hit), None)
    if article is None or first is None:
        return ""
    head = f"{article.title or ''}\n"  # the title is searched with the text
    words = "".join(words for words, _ in hit.parts).strip("…")
    before = "".join(words for words, _ in hit.parts[:first]).removeprefix("…")
    at = f"{head}{article.text}".find(words)
    start = at + len(before) - len(head)
    return f"?at={start}-{start + len(hit.parts[first][0])}" if at >= 0 and start >= 0 else ""
