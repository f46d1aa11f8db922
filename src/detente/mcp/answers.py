"""What a client is answered: plain values, each item with its words, where they stand and their source.

No slots: the SDK makes its schemas from class attributes.
"""

from dataclasses import dataclass
from typing import Final

from detente.brief.context import around
from detente.brief.leads import lead_of
from detente.brief.names import Names
from detente.claims import Claim
from detente.evidence import Evidence
from detente.record.codec import kind_of
from detente.record.model import Record

MOST: Final = 50
"""Items of one answer: a model reads no more of a longer list."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A quote.

    Attributes:
        article: Id of the article.
        source: Outlet, title and date.
        published: ISO date, or ``None``.
        start: First character in the article's text; ``end``: after the last.
        quote: The words, character for character.
        context: The sentences around them.
    """

    article: str
    source: str
    published: str | None
    start: int
    end: int
    quote: str
    context: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """An item of the record.

    Attributes:
        item: Its id, to ask ``evidence`` about.
        kind: What it is.
        says: The item in a line. It says what an article tells, not what is so.
        status: Whether an analyst decided on it: proposed, accepted, rejected, edited.
        issue: What it is about, or ``None``.
    """

    item: str
    kind: str
    says: str
    status: str
    issue: str | None
    words: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Items.

    Attributes:
        found: How many there are; ``items`` holds the first of them.
    """

    found: int
    items: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One thing that is otherwise than before."""

    what: str
    party: str
    was: str | None
    now: str
    on: str | None
    item: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What changed."""

    found: int
    items: tuple[Changed, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An outcome that would hold.

    Attributes:
        holds_by: Concepts of stability by which it holds for all: nash, gmr, smr, seq.
        share: Share of drawn worlds where it holds by the strongest of them, with its 90% interval; empty
            where nothing is in doubt.
    """

    state: str
    done: str
    holds_by: tuple[str, ...]
    better_for: tuple[str, ...]
    worse_for: tuple[str, ...]
    share: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """What would hold.

    Attributes:
        considered: Feasible states.
        holding: How many of them hold by at least one concept.
        moved: What can be done or left in them; everything else stays as it is today.
        rests_on: Ids of items under the preferences; preferences are derived, not stated.
    """

    considered: int
    holding: int
    moved: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody did with an item."""

    on: str
    who: str
    action: str
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Evidenced:
    """An item with everything under it."""

    item: Told
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A proposal in the review queue."""

    item: str
    note: str


def answer(record: Record, claims: list[Claim], limit: int) -> Answer:
    """The first of these items."""
    names = Names(record)
    shown = claims[: max(1, min(limit, MOST))]
    return Answer(found=len(claims), items=tuple(told(record, claim, names, most=2) for claim in shown))


def told(record: Record, claim: Claim, names: Names, *, most: int) -> Told:
    """One item with its first words."""
    issue = record.issue.get(getattr(claim, "issue", None) or "")
    return Told(
        item=claim.id,
        kind=kind_of(claim).value,
        says=lead_of(claim, names),
        status=claim.review.value,
        issue=issue.label if issue else None,
        words=tuple(words_of(record, evidence, names) for evidence in claim.evidence[:most]),
    )


def words_of(record: Record, evidence: Evidence, names: Names) -> Words:
    """A quote in its sentence."""
    article = record.article[evidence.article]
    low, high = around(article.text, (evidence.start, evidence.end))
    return Words(
        article=article.id,
        source=names.source(article.id),
        published=article.published,
        start=evidence.start,
        end=evidence.end,
        quote=evidence.quote,
        context=article.text[low:high],
    )
