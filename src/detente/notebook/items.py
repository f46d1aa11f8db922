"""Items of a record as a sequence: filtered, as a data frame, and shown with their words in context."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Final, Generic, TypeVar, overload

from detente.articles import Article
from detente.brief.leads import lead_of
from detente.brief.names import Names
from detente.claims import Claim, Issue, Party
from detente.dates import When, earliest, latest
from detente.export.case import Case
from detente.export.rows import Tables, columns
from detente.notebook.frames import to_frame
from detente.notebook.page import MOST_SHOWN, Grid, grid_html, in_context, quotes_html
from detente.record.codec import kind_of
from detente.record.edits import Edit
from detente.record.lookup import issue_ids, party_ids, sides
from detente.record.model import Record
from detente.vocabulary import ClaimKind

if TYPE_CHECKING:
    import pandas as pd

T_co = TypeVar("T_co", bound=Article | Party | Issue | Claim, covariant=True)


CLAIMS: Final = "claims"
"""The table of items of several kinds."""


class Items(Sequence[T_co], Generic[T_co]):
    """Articles, parties, issues or claims of one record, in its order.

    A slice is ``Items`` again; ``items[0]`` is the value itself.
    """

    def __init__(
        self,
        record: Record,
        table: str,
        held: Sequence[T_co],
        edits: Callable[[], Sequence[Edit]] = lambda: (),
    ) -> None:
        self._record = record
        self._table = table
        self._held = tuple(held)
        self._edits = edits

    @overload
    def __getitem__(self, at: int) -> T_co: ...
    @overload
    def __getitem__(self, at: slice) -> "Items[T_co]": ...
    def __getitem__(self, at: int | slice) -> "T_co | Items[T_co]":
        if isinstance(at, slice):
            return Items(self._record, self._table, self._held[at], self._edits)
        return self._held[at]

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._held)

    def __repr__(self) -> str:
        return f"<{len(self):,} {self._table}>"

    def where(  # one keyword for each thing that can be asked of a claim
        self,
        keep: Callable[[T_co], bool] | None = None,
        *,
        party: str | None = None,
        issue: str | None = None,
        since: When | None = None,
        until: When | None = None,
    ) -> "Items[T_co]":
        """Those of them that meet every condition.

        Args:
            keep: Any condition on one of them.
            party: Name, alias or id of a party that is on one of its sides, or one of its members.
            issue: Id of an issue, or words of its label.
            since: Told in an article of this day or later; ``until``: of this day or earlier.

        Raises:
            UnknownItem: The record knows no such party or issue.
        """
        held: list[T_co] = [one for one in self._held if keep is None or keep(one)]
        if party is not None:
            ids = party_ids(self._record, party)
            held = [one for one in held if ids & set(sides(one))]
        if issue is not None:
            issues = issue_ids(self._record, issue)
            held = [one for one in held if getattr(one, "issue", None) in issues]
        if since is not None or until is not None:
            held = [one for one in held if self._told_between(one, since, until)]
        return Items(self._record, self._table, held, self._edits)

    def to_frame(self) -> "pd.DataFrame":
        """A row an item, every column, its words and where they stand: the columns of the CSV export.

        Raises:
            MissingExtra: pandas is not installed.
        """
        if self._table == CLAIMS:
            return to_frame(("kind", "id", "what", "article", "start", "end", "quote"), self._mixed())
        keys = {getattr(one, "id", None) for one in self._held}
        at = columns(self._table).index("id")
        every = Tables(Case(record=self._record, edits=self._edits())).rows(self._table)
        return to_frame(columns(self._table), (row for row in every if row[at] in keys))

    def _repr_html_(self) -> str:
        if self._table not in {CLAIMS, *ClaimKind}:
            return grid_html(self._grid())
        names = Names(self._record)
        quotes = [
            in_context(
                claim.evidence[0],
                self._record.article[claim.evidence[0].article],
                lead=lead_of(claim, names),
                source=names.source(claim.evidence[0].article),
            )
            for claim in self._held[:MOST_SHOWN]
            if not isinstance(claim, Article | Party | Issue)
        ]
        return quotes_html(repr(self)[1:-1], quotes, len(self) - len(quotes))

    def _mixed(self) -> Iterator[tuple[object, ...]]:
        names = Names(self._record)
        for claim in self._held:
            if not isinstance(claim, Article | Party | Issue):
                words = claim.evidence[0]
                lead = lead_of(claim, names)
                yield (
                    kind_of(claim).value, claim.id, lead, words.article, words.start, words.end, words.quote,
                )  # fmt: skip

    def _grid(self) -> Grid:
        shown = [one for one in columns(self._table) if one not in {"text", "sha256", "url"}]
        held = [field for field in shown if self._held and field in {f.name for f in fields(self._held[0])}]
        rows = tuple(tuple(getattr(one, field) for field in held) for one in self._held)
        return Grid(title=repr(self)[1:-1], columns=tuple(held), rows=rows)

    def _told_between(self, one: object, since: When | None, until: When | None) -> bool:
        evidence = getattr(one, "evidence", ())
        article = self._record.article.get(evidence[0].article) if evidence else one
        day = getattr(article, "published", None)
        if day is None:
            return False
        after = since is None or latest(day) >= earliest(since)
        return after and (until is None or earliest(day) <= latest(until))
