"""A negotiation: parties, what each may do, who wants what. The value behind the YAML file.

Law: a number the text leaves in doubt is a :class:`Range`; a declared one has ``low == high``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from detente.dates import When


@dataclass(frozen=True, slots=True)
class Range:
    """A number as far as it is known, ends included.

    Raises:
        ValueError: The ends are not finite or not in order.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not float("-inf") < self.low <= self.high < float("inf"):
            raise ValueError(f"[{self.low}, {self.high}] is not a range: write [low, high].")

    @property
    def middle(self) -> float:
        """Half way between the ends."""
        return (self.low + self.high) / 2

    @property
    def is_open(self) -> bool:
        """Whether there is doubt."""
        return self.low < self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationParty:
    """Who sits, or could sit, at the table.

    Attributes:
        capability: Power to get its way, 0 to 100, or ``None``.
        evidence: Ids of the record's claims under it.
    """

    id: str
    name: str
    capability: Range | None = None
    evidence: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something a party may do, or leave.

    Attributes:
        by: The party that controls it.
        text: What it is, in words that follow the party's name: "release the five Iranians".
        irreversible: Once taken, never undone.
    """

    id: str
    by: str
    text: str
    issue: str | None = None
    irreversible: bool = False
    evidence: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """States from best to worst; those of one tier are a tie."""

    tiers: tuple[tuple[str, ...], ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Priorities:
    """Conditions on options, most important first (option prioritization)."""

    conditions: tuple[str, ...]
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each option, once taken, is worth to a party: above 0 it wants it, below 0 it does not.

    Attributes:
        values: By option id. Options left out are worth nothing to it.
        evidence: Ids of the claims under each weight, by option id.
        inferred: Options whose weight no text states.
    """

    values: Mapping[str, Range]
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inferred: frozenset[str] = frozenset()


Preference: TypeAlias = Ranking | Priorities | Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a party stands on an issue: position, salience and flexibility, each 0 to 100."""

    position: Range
    salience: Range
    flexibility: Range | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiationIssue:
    """A thing negotiated, with its scale from 0 to 100 and where each party stands on it."""

    id: str
    label: str
    scale: tuple[tuple[float, str], ...] = ()
    positions: Mapping[str, Position] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Who sits where.

    Attributes:
        parties: Ids of those who sit at it.
        options: Ids of what can be agreed there; ``None``: every option that a sitting party controls.
    """

    id: str
    parties: tuple[str, ...]
    options: tuple[str, ...] | None = None
    label: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """What a party will not accept: no package may break the condition.

    Attributes:
        condition: A condition on options that must hold, in the words of ``constraints``.
    """

    party: str
    condition: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A negotiation as a system that can be run.

    Attributes:
        id: Short name.
        on: The day it describes, or ``None``.
        states: Feasible combinations of options, a digit an option in order, ``-`` either; ``None``: all
            that satisfy every constraint.
        constraints: Conditions over option ids: ``and or not implies iff ( )``.
        status_quo: The state today, or ``None``.
        preferences: By party id.
        moves: By party id, the changes it can make arc by arc; a party left out can change its own
            options freely.
        disagreement: By party id, what no deal is worth to it; left out: the status quo's worth.
    """

    id: str
    on: When | None = None
    parties: tuple[NegotiationParty, ...] = ()
    options: tuple[Option, ...] = ()
    states: tuple[str, ...] | None = None
    constraints: tuple[str, ...] = ()
    status_quo: str | None = None
    preferences: Mapping[str, Preference] = field(default_factory=dict)
    moves: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    issues: tuple[NegotiationIssue, ...] = ()
    tables: tuple[Table, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    disagreement: Mapping[str, Range] = field(default_factory=dict)
