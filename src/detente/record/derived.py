"""What follows from articles, readings and edits, kept so that a page is one query.

Law: what stands here after ``save`` is exactly the record. ``follow`` brings decisions on single claims
into it at once; what a decision means for other claims is settled by the next ``save``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from detente.articles import Article, Unread
from detente.claims import (
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Gap,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Statement,
)
from detente.record.codec import claim_from_json, claim_to_json, named_from_json, named_to_json
from detente.record.decisions import apply_decisions
from detente.record.edits import NEGOTIATION, NEW, Edit, edit_from_json, in_force
from detente.record.model import Merge, Record
from detente.record.schema import edits, items, named
from detente.record.search import add_words, remove_words
from detente.vocabulary import ClaimKind

# How much hangs on a claim of each kind being right, for the order of the review queue.
_WEIGHT: Final = {
    ClaimKind.STATEMENTS: 0.5,
    ClaimKind.DEMANDS: 1.0,
    ClaimKind.PROMISES: 1.0,
    ClaimKind.DISPUTES: 0.9,
    ClaimKind.EVENTS: 0.5,
    ClaimKind.MEETINGS: 0.7,
    ClaimKind.SIGNALS: 0.8,
    ClaimKind.FACTIONS: 0.5,
}


def save(connection: Connection, record: Record) -> None:
    """Put the record in place of what stood here; only what differs is written."""
    rows = {
        claim.id: _row(kind, claim, place)
        for kind in ClaimKind
        for place, claim in enumerate(getattr(record, kind.value))
    }
    held = {row["id"]: dict(row) for row in connection.execute(select(items)).mappings()}
    gone = [ident for ident in held if ident not in rows]
    new = [row for ident, row in rows.items() if held.get(ident) != row]
    stale = [*gone, *(row["id"] for row in new if row["id"] in held)]
    _away(connection, stale, all_of=len(held))
    if new:
        connection.execute(insert(items), new)
    were = dict(
        connection.execute(select(named.c.id, named.c.whole).where(named.c.sort == "parties")).tuples().all()
    )
    connection.execute(delete(named))
    names = [*_parties(record), *_issues(record), *_rest(record)]
    if names:
        connection.execute(insert(named), names)
    now = {name["id"]: name["whole"] for name in names if name["sort"] == "parties"}
    others = {party for party in were.keys() | now.keys() if were.get(party) != now.get(party)}
    _enter(connection, record, {*gone, *(row["id"] for row in new), *others})


# One by one, each is looked for in the whole index; above this it is quicker to write the index anew.
_FEW: Final = 100


def _away(connection: Connection, stale: Sequence[str], all_of: int) -> None:
    if len(stale) == all_of:
        connection.execute(delete(items))
        return
    for at in range(0, len(stale), 500):
        connection.execute(delete(items).where(items.c.id.in_(stale[at : at + 500])))


def _enter(connection: Connection, record: Record, changed: Set[str]) -> None:
    """Bring the index of quotes and names up to the record."""
    words = {claim.id: _words(claim) for _, claim in record.claims() if claim.evidence}
    for party in record.parties:
        words[party.id] = " · ".join(dict.fromkeys((party.name, *party.aliases)))
    few = len(changed) <= _FEW
    remove_words(connection, "search_items", sorted(changed) if few else None)
    wanted = [ident for ident in words if ident in changed] if few else list(words)
    add_words(connection, "search_items", [(ident, words[ident]) for ident in wanted])


def load(connection: Connection, articles: tuple[Article, ...], unread: tuple[Unread, ...]) -> Record:
    """The record that was saved."""
    claims: dict[str, list[Any]] = {kind.value: [] for kind in ClaimKind}
    query = select(items.c.kind, items.c.claim).order_by(items.c.kind, items.c.place)
    for kind, claim in connection.execute(query):
        claims[kind].append(claim_from_json(ClaimKind(kind), claim))
    rest: dict[str, list[str]] = {"parties": [], "issues": [], "merges": [], "gaps": [], "unplaced": []}
    for sort, whole in connection.execute(
        select(named.c.sort, named.c.whole).order_by(named.c.sort, named.c.place)
    ):
        rest[sort].append(whole)
    return Record(
        articles=articles,
        parties=tuple(named_from_json(Party, whole) for whole in rest["parties"]),
        issues=tuple(named_from_json(Issue, whole) for whole in rest["issues"]),
        merges=tuple(named_from_json(Merge, whole) for whole in rest["merges"]),
        gaps=tuple(named_from_json(Gap, whole) for whole in rest["gaps"]),
        unplaced=tuple(rest["unplaced"]),
        unread=unread,
        **{kind: tuple(found) for kind, found in claims.items()},
    )


def can_follow(kind: str) -> bool:
    """Whether a decision on such an item changes it alone, and nothing that others are grouped by."""
    return kind in ("articles", NEGOTIATION) or kind in set(ClaimKind)


def follow(connection: Connection, subjects: Sequence[str]) -> dict[str, Claim | None]:
    """Bring the decisions on these claims into the pages.

    Returns:
        The claims as they stand now; ``None`` for one that was created and is taken back.
    """
    changed: dict[str, Claim | None] = {}
    for subject in dict.fromkeys(subjects):
        query = select(edits.c.edit).where(edits.c.subject == subject).order_by(edits.c.seq)
        made = [edit_from_json(text) for text in connection.scalars(query)]
        on_claim = [edit for edit in made if edit.kind in set(ClaimKind)]
        if on_claim:
            changed[subject] = _put(connection, subject, on_claim[0], made)
    return changed


def _put(connection: Connection, subject: str, first: Edit, made: Sequence[Edit]) -> Claim | None:
    kind = ClaimKind(first.kind)
    decided = _decided(kind, first, made)
    held = connection.execute(select(items.c.place).where(items.c.id == subject)).first()
    connection.execute(delete(items).where(items.c.id == subject))
    remove_words(connection, "search_items", [subject])
    if decided is not None:
        connection.execute(insert(items), [_row(kind, decided, held.place if held else 1_000_000_000)])
        add_words(connection, "search_items", [(subject, _words(decided))])
    return decided


def _decided(kind: ClaimKind, first: Edit, made: Sequence[Edit]) -> Claim | None:
    """The claim as the machine gave it, with every decision in force."""
    created = first.action in NEW
    standing = in_force(made)
    if created and not any(edit.action in NEW for edit in standing):
        return None
    base = claim_from_json(kind, (first.after if created else first.before) or "{}")
    return apply_decisions((base,), standing, ()).claims[0]


def _row(kind: ClaimKind, claim: Claim, place: int) -> dict[str, Any]:
    by, to = _sides(claim)
    words = claim.evidence[0] if claim.evidence else None
    return {
        "id": claim.id,
        "kind": kind.value,
        "place": place,
        "article": words.article if words else None,
        "start": words.start if words else 0,
        "by_party": by,
        "to_party": to,
        "issue": getattr(claim, "issue", None),
        "review": claim.review.value,
        "retells": getattr(claim, "retells", None),
        "doubt": round((1 - claim.confidence) * _WEIGHT[kind] + (0.1 if by is None else 0.0), 4),
        "claim": claim_to_json(claim),
    }


def _sides(claim: Claim) -> tuple[str | None, str | None]:
    match claim:
        case Statement():
            return claim.speaker or claim.affiliation, claim.target
        case Demand():
            return claim.by, claim.of
        case Promise() | Event():
            return claim.by, claim.to
        case Dispute():
            return claim.claimed_by, claim.against
        case Meeting():
            both = (*claim.parties, None, None)
            return both[0], both[1]
        case Signal() | Faction():
            return claim.party, None


def _words(claim: Claim) -> str:
    return " … ".join(dict.fromkeys(evidence.quote for evidence in claim.evidence))


def _parties(record: Record) -> Iterable[dict[str, Any]]:
    counts = Counter(side for _, claim in record.claims() for side in set(_sides(claim)) if side)
    for place, party in enumerate(record.parties):
        yield _named("parties", party.id, place, named_to_json(party), party.name) | {
            "uses": counts[party.id]
        }


def _issues(record: Record) -> Iterable[dict[str, Any]]:
    counts = Counter(getattr(claim, "issue", None) for _, claim in record.claims())
    for place, issue in enumerate(record.issues):
        yield _named("issues", issue.id, place, named_to_json(issue), issue.label) | {
            "uses": counts[issue.id]
        }


def _rest(record: Record) -> Iterable[dict[str, Any]]:
    for place, merge in enumerate(record.merges):
        yield _named("merges", merge.gone, place, named_to_json(merge))
    for place, gap in enumerate(record.gaps):
        yield _named("gaps", str(place), place, named_to_json(gap))
    for place, edit in enumerate(record.unplaced):
        yield _named("unplaced", edit, place, edit)


def _named(sort: str, ident: str, place: int, whole: str, name: str = "") -> dict[str, Any]:
    return {"sort": sort, "id": ident, "place": place, "name": name, "uses": 0, "whole": whole}
