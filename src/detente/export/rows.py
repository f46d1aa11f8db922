"""A record as plain tables: one a kind, one row an item, every column, the words and where they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Final, TypeAlias, get_args, get_type_hints

from detente.articles import Article, Unread
from detente.claims import (
    ALL_PARTY_FIELDS,
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
from detente.evidence import Evidence
from detente.export.case import Case
from detente.record.model import Merge
from detente.vocabulary import ClaimKind

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = Sequence[Value]
"""The values of a row, in the order of the table's columns."""

_TYPE_OF: Final[Mapping[str, type]] = {
    "articles": Article,
    "parties": Party,
    "issues": Issue,
    ClaimKind.STATEMENTS: Statement,
    ClaimKind.DEMANDS: Demand,
    ClaimKind.PROMISES: Promise,
    ClaimKind.DISPUTES: Dispute,
    ClaimKind.EVENTS: Event,
    ClaimKind.MEETINGS: Meeting,
    ClaimKind.SIGNALS: Signal,
    ClaimKind.FACTIONS: Faction,
    "gaps": Gap,
    "merges": Merge,
    "unread": Unread,
}
TABLES: Final = tuple(str(name) for name in _TYPE_OF)
"""Every table, in the order they are written."""

# Fields that hold a party's id, or the ids of several: a table shows the names beside them.
_PARTY_FIELDS: Final = frozenset({*ALL_PARTY_FIELDS, "member_of", "candidates"})
_LEFT_OUT: Final = frozenset({"evidence", "spans", "reports", "regions", "date_candidates"})
# A statement's ``quote`` says whose wording it is; the column of that name holds the words themselves.
_SHOWN_AS: Final = {"quote": "quotation"}
_DECIDED: Final = ("decided_by", "decided_on", "reason")
_WHERE: Final = ("article", "file", "title", "outlet", "published", "start", "end", "quote", "further_quotes")


class Tables:
    """Every table of a case: names, columns, and rows that are made as they are asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._party = case.record.party
        self._issue = case.record.issue

    @property
    def names(self) -> tuple[str, ...]:
        """The tables, in the order they are written."""
        return TABLES

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table; their values stand in the order of :func:`columns`."""
        items: Sequence[object] = getattr(self._case.record, str(table))
        own = _fields(table)
        if table in set(ClaimKind):
            for claim in items:
                yield [*self._own(claim, own), *self._decision(claim), *self._where(claim)]  # type: ignore[arg-type]  # a table of a kind of claims holds claims
        else:
            for one in items:
                yield self._own(one, own)

    def _own(self, item: object, own: Sequence[tuple[str, bool, bool]]) -> list[Value]:
        row: list[Value] = []
        for name, is_party, is_issue in own:
            value = getattr(item, name)
            row.append(_plain(value))
            if is_party:
                row.append(self._names(value))
            elif is_issue:
                row.append(self._issue[value].label if value in self._issue else None)
        return row

    def _names(self, value: str | tuple[str, ...] | None) -> str | None:
        ids = value if isinstance(value, tuple) else (value,)
        return "; ".join(self._party[one].name for one in ids if one in self._party) or None

    def _decision(self, claim: Claim) -> tuple[Value, ...]:
        edit = self._case.decided.get(claim.id)
        return (edit.who, edit.on, edit.reason) if edit is not None else (None, None, None)

    def _where(self, claim: Claim) -> tuple[Value, ...]:
        first: Evidence = claim.evidence[0]
        article = self._case.record.article[first.article]
        further = " | ".join(evidence.quote for evidence in claim.evidence[1:])
        return (
            article.id, article.file, article.title, article.outlet, article.published,
            first.start, first.end, first.quote, further or None,
        )  # fmt: skip


@cache
def columns(table: str) -> tuple[str, ...]:
    """The columns of a table, in order, also where it has no rows.

    >>> columns("issues")
    ('id', 'label', 'terms')
    """
    own: list[str] = []
    for name, is_party, is_issue in _fields(table):
        shown = _SHOWN_AS.get(name, name)
        own += [shown, f"{shown}_name"] if is_party else [shown]
        own += ["issue_label"] if is_issue else []
    return (*own, *_DECIDED, *_WHERE) if table in set(ClaimKind) else tuple(own)


@cache
def numbers(table: str) -> Mapping[str, type]:
    """The columns of a table that hold no text, each with its type: ``int``, ``float`` or ``bool``.

    >>> numbers("parties")
    {'independent': <class 'bool'>}
    """
    hints = get_type_hints(_TYPE_OF[table])
    found = {}
    for name, _, _ in _fields(table):
        parts = set(get_args(hints[name]) or (hints[name],)) - {NoneType}
        if len(parts) == 1 and (sort := parts.pop()) in (int, float, bool):
            found[name] = sort
    return {**found, "start": int, "end": int} if table in set(ClaimKind) else found


@cache
def _fields(table: str) -> tuple[tuple[str, bool, bool], ...]:
    """The fields that a table shows: name, whether it names parties, whether it names an issue."""
    return tuple(
        (
            field.name,
            # ``Merge.by`` is an analyst, no party.
            (field.name in _PARTY_FIELDS and table != "merges")
            or (field.name == "parties" and table in set(ClaimKind)),
            field.name == "issue",
        )
        for field in fields(_TYPE_OF[table])
        if field.name not in _LEFT_OUT
    )


def _plain(value: object) -> Value:
    if value is None or type(value) is str or isinstance(value, int | float | bool):
        return value
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return "; ".join(str(_plain(part)) for part in value) or None
    raise TypeError(f"{type(value).__name__} has no place in a table")
