"""A record as plain tables: one a kind, one row an item, every column, the words and where they stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Final, TypeAlias

from detente.articles import Article
from detente.claims import Claim, Demand, Dispute, Event, Faction, Meeting, Promise, Signal, Statement
from detente.evidence import Evidence
from detente.record.model import Record
from detente.vocabulary import ClaimKind

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = Mapping[str, Value]

_CLAIM_TYPE: Final[Mapping[ClaimKind, type]] = {
    ClaimKind.STATEMENTS: Statement,
    ClaimKind.DEMANDS: Demand,
    ClaimKind.PROMISES: Promise,
    ClaimKind.DISPUTES: Dispute,
    ClaimKind.EVENTS: Event,
    ClaimKind.MEETINGS: Meeting,
    ClaimKind.SIGNALS: Signal,
    ClaimKind.FACTIONS: Faction,
}
# Fields that hold a party's id: a table shows the name beside it.
_PARTY_FIELDS: Final = frozenset(
    {
        "speaker", "affiliation", "target", "by", "of", "to",
        "claimed_by", "against", "denied_by", "asserted_by", "party", "member_of",
    }
)  # fmt: skip
_LEFT_OUT: Final = frozenset({"evidence", "spans", "reports"})
_WHERE: Final = ("article", "file", "title", "outlet", "published", "start", "end", "quote", "further_quotes")


def tables(record: Record) -> Mapping[str, Callable[[], Iterator[Row]]]:
    """Every table of a record by name; call one for its rows. A table's rows all have the same columns."""
    made: dict[str, Callable[[], Iterator[Row]]] = {
        "articles": lambda: map(_article_row, record.articles),
        "parties": lambda: (_row(record, party) for party in record.parties),
        "issues": lambda: (_row(record, issue) for issue in record.issues),
    }
    for kind in ClaimKind:
        made[kind.value] = lambda kind=kind: (  # type: ignore[misc]  # the default binds this turn's kind
            {**_row(record, claim), **_where(record, claim)} for _, claim in record.claims(kind)
        )
    made["gaps"] = lambda: (_row(record, gap) for gap in record.gaps)
    made["unread"] = lambda: (_row(record, source) for source in record.unread)
    return made


def columns(kind: ClaimKind) -> tuple[str, ...]:
    """The columns of a kind's table, in order, also where it has no rows."""
    own: list[str] = []
    for field in fields(_CLAIM_TYPE[kind]):
        if field.name not in _LEFT_OUT:
            own += [field.name, f"{field.name}_name"] if field.name in _PARTY_FIELDS else [field.name]
            own += ["issue_label"] if field.name == "issue" else []
    return (*own, *_WHERE)


def _article_row(article: Article) -> Row:
    left_out = {"regions", "date_candidates"}
    return {f.name: _plain(getattr(article, f.name)) for f in fields(article) if f.name not in left_out}


def _row(record: Record, item: object) -> dict[str, Value]:
    row: dict[str, Value] = {}
    for field in fields(item):  # type: ignore[arg-type]  # every item of a record is a dataclass
        if field.name in _LEFT_OUT:
            continue
        value = getattr(item, field.name)
        row[field.name] = _plain(value)
        if field.name in _PARTY_FIELDS:
            row[f"{field.name}_name"] = record.party[value].name if value in record.party else None
        if field.name == "issue":
            row["issue_label"] = record.issue[value].label if value in record.issue else None
    return row


def _where(record: Record, claim: Claim) -> dict[str, Value]:
    first: Evidence = claim.evidence[0]
    article = record.article[first.article]
    further = " | ".join(evidence.quote for evidence in claim.evidence[1:])
    values = (
        article.id, article.file, article.title, article.outlet, article.published,
        first.start, first.end, first.quote, further or None,
    )  # fmt: skip
    return dict(zip(_WHERE, values, strict=True))


def _plain(value: object) -> Value:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return "; ".join(str(_plain(part)) for part in value) or None
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a table")
