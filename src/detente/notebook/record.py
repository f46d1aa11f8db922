"""A record in a notebook: opened or read, its items as sequences, its negotiation ready to run.

Law: what is shown is always the record as it stands; a decision made on the desk is there at the next look.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

from detente.articles import Article
from detente.brief.names import Names
from detente.claims import (
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Statement,
)
from detente.dates import When, earliest, in_words, latest
from detente.errors import InvalidRecord
from detente.negotiation.derive import derive_negotiation
from detente.notebook.findings import Shown
from detente.notebook.items import CLAIMS, Items
from detente.notebook.negotiation import OpenNegotiation
from detente.notebook.page import Grid, grid_html, joined
from detente.record.changes import Change, changes_between
from detente.record.codec import from_json, to_json
from detente.record.intake import take_in
from detente.record.lookup import sides
from detente.record.model import Record
from detente.record.store import Store
from detente.settings import Settings
from detente.vocabulary import ClaimKind

Paths: TypeAlias = str | Path | Iterable[str | Path]
T = TypeVar("T", bound=Article | Party | Issue | Claim)


class OpenRecord:
    """A record to look at.

    Items that the analyst rejected, and further tellings of one thing, are left out; ``value`` has all.
    """

    def __init__(self, held: Store | Record) -> None:
        self._held = held

    @property
    def value(self) -> Record:
        """The record itself, whole."""
        return self._held.record() if isinstance(self._held, Store) else self._held

    @property
    def articles(self) -> Items[Article]:
        """By date, the undated last."""
        return self._items("articles", self.value.articles)

    @property
    def parties(self) -> Items[Party]:
        """Everybody named."""
        return self._items("parties", self.value.parties)

    @property
    def issues(self) -> Items[Issue]:
        """What is negotiated."""
        return self._items("issues", self.value.issues)

    @property
    def statements(self) -> Items[Statement]:
        """Who said what."""
        return self._items("statements", self.value.standing().statements)

    @property
    def demands(self) -> Items[Demand]:
        """Who wants what of whom."""
        return self._items("demands", self.value.standing().demands)

    @property
    def promises(self) -> Items[Promise]:
        """Who undertook what, and what became of it."""
        return self._items("promises", self.value.standing().promises)

    @property
    def disputes(self) -> Items[Dispute]:
        """Charges and what the accused says to them."""
        return self._items("disputes", self.value.standing().disputes)

    @property
    def events(self) -> Items[Event]:
        """What is said to have happened."""
        return self._items("events", self.value.standing().events)

    @property
    def meetings(self) -> Items[Meeting]:
        """Who met, or did not."""
        return self._items("meetings", self.value.standing().meetings)

    @property
    def signals(self) -> Items[Signal]:
        """Signs of how far a party can move."""
        return self._items("signals", self.value.standing().signals)

    @property
    def factions(self) -> Items[Faction]:
        """Who within a camp is for or against."""
        return self._items("factions", self.value.standing().factions)

    def read(self, paths: Paths) -> Self:
        """Read more files, folders or web addresses into it; what it holds already is left as it is.

        Raises:
            InvalidRecord: It was opened from a JSON file, which is not read into.
        """
        if not isinstance(self._held, Store):
            raise InvalidRecord("a record opened from JSON is not read into; read into a .db file instead.")
        take_in(self._held, [paths] if isinstance(paths, str | Path) else paths, Settings())
        return self

    def negotiation(self) -> OpenNegotiation:
        """The negotiation that the record describes.

        Raises:
            NotEnoughEvidence: The record shows none.
        """
        return OpenNegotiation(derive_negotiation(self.value))

    def changes(self, since: When, until: When | None = None) -> Shown[tuple[Change, ...]]:
        """What articles after ``since`` tell that earlier ones did not; see :mod:`detente.record.changes`."""
        record, names = self.value, Names(self.value)
        found = changes_between(record, latest(since), latest(until) if until else date.max)
        grid = Grid(
            title=f"What changed after {since}",
            columns=("what", "whose", "now", "was", "on", "words"),
            rows=tuple(
                (c.movement.value, names.plain(c.party), c.now, c.was, c.on, c.because.quote) for c in found
            ),
            lead=(f"{len(found):,} changes.",),
        )
        told = [dict(zip(grid.columns, row, strict=True)) for row in grid.rows]
        return Shown(value=found, json={"changes": told}, grid=grid)

    def because(self, finding: Shown[object]) -> Items[Claim]:
        """The claims that a finding rests on, each with its words in their sentence."""
        wanted = set(finding.evidence)
        record = self.value
        return Items(record, CLAIMS, [claim for _, claim in record.claims() if claim.id in wanted])

    def to_json(self) -> str:
        """The record as its published JSON."""
        return to_json(self.value)

    def close(self) -> None:
        """Let the file go."""
        if isinstance(self._held, Store):
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        standing = self.value.standing()
        counts = ", ".join(
            f"{len(getattr(standing, k)):,} {k}" for k in ("statements", "demands", "promises")
        )
        return f"<record of {len(standing.articles):,} articles: {counts}>"

    def _repr_html_(self) -> str:
        return joined(*(grid_html(grid) for grid in _overview(self.value.standing())))

    def _items(self, table: str, held: tuple[T, ...]) -> Items[T]:
        edits = self._held.edits if isinstance(self._held, Store) else tuple
        return Items(self.value, table, held, edits)


def open_record(where: str | Path) -> OpenRecord:
    """Open a record: a ``.db`` file, an address of PostgreSQL, or a ``.json`` that was exported.

    Raises:
        InvalidRecord: There is none, or it is something else.
    """
    path = Path(where)
    if path.suffix != ".json" or "://" in str(where):
        return OpenRecord(Store.open(where, create=False))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidRecord(f"{path}: cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InvalidRecord(f"{path.name}: byte {error.start} is not UTF-8.") from error
    return OpenRecord(from_json(text))


def read(paths: Paths, record: str | Path | None = None) -> OpenRecord:
    """Read files, folders or web addresses.

    Args:
        paths: One, or several.
        record: A record to read into, made where there is none; ``None``: kept in memory.
    """
    return OpenRecord(Store.open(":memory:" if record is None else record)).read(paths)


def _overview(record: Record) -> tuple[Grid, ...]:
    counted = [(kind.value, len(getattr(record, kind.value))) for kind in ClaimKind]
    days = [article.published for article in record.articles if article.published is not None]
    dated = f"{in_words(min(days, key=earliest))} to {in_words(max(days, key=latest))}" if days else "undated"
    unread = tuple(f"Not read: {source.file}: {source.reason}" for source in record.unread[:5])
    more = (
        (f"… and {len(record.unread) - 5:,} more that could not be read.",) if len(record.unread) > 5 else ()
    )
    uses = Counter(
        camp for _, claim in record.claims() for camp in {record.camp(one) for one in sides(claim)}
    )
    camps = tuple((record.party[one].name, n) for one, n in uses.most_common(10) if one in record.party)
    under = Counter(issue for _, claim in record.claims() if (issue := getattr(claim, "issue", None)))
    issues = tuple((record.issue[one].label, n) for one, n in under.most_common(10) if one in record.issue)
    return (
        Grid(
            title=f"A record of {len(record.articles):,} articles, {dated}",
            columns=tuple(name for name, _ in counted),
            rows=(tuple(n for _, n in counted),),
            notes=(*unread, *more),
        ),
        Grid(title="Who is in most of it", columns=("party", "items"), rows=camps),
        Grid(title="What it is about", columns=("issue", "items"), rows=issues),
    )
