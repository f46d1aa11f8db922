"""What the desk reads page by page, without the whole record in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, case, func, or_, select

from detente.claims import Claim, Issue, Party
from detente.record.codec import claim_from_json, named_from_json
from detente.record.edits import edit_from_json, in_force
from detente.record.schema import articles, edits, items, named
from detente.record.search import find_words
from detente.vocabulary import ClaimKind, Review


class Order(StrEnum):
    """How items are ordered."""

    TEXT = "text"
    """By article, then by where the words stand."""
    DOUBT = "doubt"
    """What is most doubtful and matters most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A claim as it stands.

    Attributes:
        version: How many decisions were made on it.
        doubt: From 0 up: how unsure it is, times how much hangs on it.
    """

    kind: ClaimKind
    claim: Claim
    version: int
    doubt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A stretch of a longer list.

    Attributes:
        total: How long the list is.
    """

    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which items are wanted; ``None`` is any.

    Attributes:
        party: On either side of the claim.
        review: Where none is given, rejected items are left out.
        retold: Whether further tellings of one thing are wanted too.
    """

    kind: ClaimKind | None = None
    article: str | None = None
    review: Review | None = None
    party: str | None = None
    issue: str | None = None
    retold: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article in a list.

    Attributes:
        state: What the analyst set: "new", "in review", "done".
        items: How many claims it holds; ``proposed``: how many of them are undecided.
    """

    id: str
    file: str
    title: str | None
    outlet: str | None
    published: str | None
    length: int
    state: str
    items: int
    proposed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place where the words that were looked for stand.

    Attributes:
        sort: ``"articles"``, ``"parties"`` or a ``ClaimKind``.
        parts: The words around, in order; the flag says whether a part is what was looked for.
    """

    sort: str
    id: str
    article: str | None
    title: str | None
    parts: tuple[tuple[str, bool], ...]


def read_page(connection: Connection, wanted: Wanted, order: Order, limit: int, offset: int) -> Page:
    """The items that are wanted, from ``offset`` on."""
    query = _filtered(select(items), wanted)
    total = connection.scalar(_filtered(select(func.count()).select_from(items), wanted)) or 0
    if order is Order.DOUBT:
        query = query.order_by(items.c.doubt.desc(), items.c.id.desc())
    elif wanted.article is not None:
        query = query.order_by(items.c.start, items.c.kind, items.c.id)
    else:
        query = query.order_by(items.c.kind, items.c.place)
    rows = connection.execute(query.limit(limit).offset(offset)).mappings().all()
    return Page(items=_items(connection, rows), total=total)


def read_item(connection: Connection, item: str) -> Item | None:
    """One item; ``None`` where there is none of this id."""
    rows = connection.execute(select(items).where(items.c.id == item)).mappings().all()
    found = _items(connection, rows)
    return found[0] if found else None


def read_counts(connection: Connection) -> Mapping[ClaimKind, Mapping[Review, int]]:
    """How many items of each kind are proposed, accepted, rejected and edited."""
    query = select(items.c.kind, items.c.review, func.count()).group_by(items.c.kind, items.c.review)
    counts: dict[ClaimKind, dict[Review, int]] = {kind: dict.fromkeys(Review, 0) for kind in ClaimKind}
    for kind, review, count in connection.execute(query):
        counts[ClaimKind(kind)][Review(review)] = count
    return counts


def read_articles(
    connection: Connection, limit: int, offset: int, state: str | None
) -> tuple[ArticleRow, ...]:
    """Articles by date, undated last, with how far their review is."""
    states = _states(connection)
    columns = (articles.c.id, articles.c.file, articles.c.title, articles.c.outlet, articles.c.published)
    query = (
        select(*columns, articles.c.length)
        .where(~articles.c.superseded)
        .order_by(articles.c.published.is_(None), articles.c.published, articles.c.file)
    )
    if state == "new":
        query = query.where(articles.c.id.not_in([one for one, at in states.items() if at != "new"]))
    elif state is not None:
        query = query.where(articles.c.id.in_([one for one, at in states.items() if at == state]))
    rows = connection.execute(query.limit(limit).offset(offset)).mappings().all()
    counted = _counted(connection, [row["id"] for row in rows])
    found = []
    for row in rows:
        held, proposed = counted.get(row["id"], (0, 0))
        state_now = states.get(row["id"], "new")
        found.append(ArticleRow(**row, state=state_now, items=held, proposed=proposed))
    return tuple(found)


def _counted(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many items each article holds, and how many of them are undecided."""
    undecided = func.sum(case((items.c.review == Review.PROPOSED.value, 1), else_=0))
    query = (
        select(items.c.article, func.count(), undecided)
        .where(items.c.article.in_(ids))
        .group_by(items.c.article)
    )
    return {article: (held, int(proposed)) for article, held, proposed in connection.execute(query)}


def read_parties(connection: Connection) -> tuple[tuple[Party, int], ...]:
    """Every party and how many claims it is in, the most frequent first."""
    rows = connection.execute(_named("parties").order_by(named.c.uses.desc(), named.c.name))
    return tuple((named_from_json(Party, row.whole), row.uses) for row in rows)


def read_issues(connection: Connection) -> tuple[tuple[Issue, int], ...]:
    """Every issue and how many claims are under it."""
    rows = connection.execute(_named("issues").order_by(named.c.place))
    return tuple((named_from_json(Issue, row.whole), row.uses) for row in rows)


def search_record(connection: Connection, query: str, limit: int) -> tuple[Hit, ...]:
    """Where words stand: names of parties first, then quotes and articles, the best of each first."""
    found = find_words(connection, "search_items", query, limit=limit)
    ids = [one.id for one in found]
    kinds = select(items.c.id, items.c.kind, items.c.article, articles.c.title).outerjoin(
        articles, articles.c.id == items.c.article
    )
    claims = {row.id: row for row in connection.execute(kinds.where(items.c.id.in_(ids)))}
    people = set(connection.scalars(select(named.c.id).where(named.c.sort == "parties", named.c.id.in_(ids))))
    parties = [
        Hit(sort="parties", id=one.id, article=None, title=None, parts=one.parts)
        for one in found
        if one.id in people
    ]
    quotes = [
        Hit(
            sort=claims[one.id].kind,
            id=one.id,
            article=claims[one.id].article,
            title=claims[one.id].title,
            parts=one.parts,
        )
        for one in found
        if one.id in claims
    ]
    texts = find_words(connection, "search_texts", query, limit=limit)
    heads = select(articles.c.id, articles.c.title).where(
        articles.c.id.in_([one.id for one in texts]), ~articles.c.superseded
    )
    titles = dict(connection.execute(heads).tuples().all())
    whole = [
        Hit(sort="articles", id=one.id, article=one.id, title=titles[one.id], parts=one.parts)
        for one in texts
        if one.id in titles
    ]
    return tuple((*parties, *_taking_turns(quotes, whole))[:limit])


def _taking_turns(one: list[Hit], other: list[Hit]) -> list[Hit]:
    both = zip_longest(one, other)
    return [hit for pair in both for hit in pair if hit is not None]


def _named(sort: str) -> Select[str, int]:
    query: Select[str, int] = select(named.c.whole, named.c.uses).where(named.c.sort == sort)
    return query


def _filtered(query: Select[*tuple[Any, ...]], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    exact = {"kind": wanted.kind, "article": wanted.article, "issue": wanted.issue}
    conditions = [items.c[name] == str(value) for name, value in exact.items() if value is not None]
    if wanted.review is not None:
        conditions.append(items.c.review == wanted.review.value)
    else:
        conditions.append(items.c.review != Review.REJECTED.value)
    if wanted.party is not None:
        conditions.append(or_(items.c.by_party == wanted.party, items.c.to_party == wanted.party))
    if not wanted.retold:
        conditions.append(items.c.retells.is_(None))
    return query.where(and_(*conditions))


def _items(connection: Connection, rows: Sequence[RowMapping]) -> tuple[Item, ...]:
    query = (
        select(edits.c.subject, func.count())
        .where(edits.c.subject.in_([row["id"] for row in rows]))
        .group_by(edits.c.subject)
    )
    versions: dict[str, int] = dict(connection.execute(query).tuples().all())
    return tuple(
        Item(
            kind=ClaimKind(row["kind"]),
            claim=claim_from_json(ClaimKind(row["kind"]), row["claim"]),
            version=versions.get(row["id"], 0),
            doubt=row["doubt"],
        )
        for row in rows
    )


def _states(connection: Connection) -> dict[str, str]:
    """The state that each article was last set to; an undone setting does not count."""
    from_edits = select(edits.c.edit).where(edits.c.kind.in_(("articles", "edits"))).order_by(edits.c.seq)
    decided = in_force(edit_from_json(text) for text in connection.scalars(from_edits))
    return {edit.item: str(edit.change.get("state", "new")) for edit in decided if edit.kind == "articles"}
