"""Where each party stands on each issue: its latest demand or position, how firm, how often, since when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from rapidfuzz import fuzz

from detente.brief.agenda import SAME_DEMAND
from detente.brief.context import shorten
from detente.brief.names import Names, squeeze
from detente.brief.sides import sides
from detente.claims import Claim, Demand, Signal, Statement
from detente.dates import When
from detente.desk.quoted import ordinal, told_on
from detente.record.model import Record
from detente.vocabulary import Act, SignalKind

Place: TypeAlias = tuple[str, str | None]
"""A party and an issue; ``None`` for what stands on no issue."""

_POSITIONS: Final = {
    Act.DEMAND: "demands",
    Act.OFFER: "offers",
    Act.REFUSAL: "refuses",
    Act.ACCEPTANCE: "accepts",
    Act.PROPOSAL: "proposes",
    Act.PRECONDITION: "sets the condition",
}
_SIGNALS: Final = {
    SignalKind.RED_LINE: ("red line", 4),
    SignalKind.FIRM: ("firm", 3),
    SignalKind.KEY: ("key to it", 2),
    SignalKind.FLEXIBLE: ("open to move", 1),
}
_LONGEST: Final = 150
# Wordings that the latest is compared with to tell since when it stands: the last ones of a busy cell.
_COMPARED: Final = 300


class Order(StrEnum):
    """How the rows are ordered."""

    WEIGHT = "weight"
    """The most talked of first."""
    NAME = "name"
    LATEST = "latest"
    SOURCES = "sources"
    FIRM = "firm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a party stands on an issue.

    Attributes:
        words: Its latest demand or position.
        verb: What it does with it: "asks", "refuses".
        firm: How firmly, in words; ``None`` for plain asking.
        firmness: The same from 0 to 4.
        sources: Articles that tell of it, copies of one story counted once.
        since: The first day it is told for in much the same words; ``latest``: the last.
        claims: Everything it rests on, the latest first.
    """

    verb: str
    words: str
    firm: str | None
    firmness: int
    sources: int
    since: When | None
    latest: When | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Parties by issues.

    Attributes:
        parties: Ids of camps, the most involved first.
        issues: Ids, the most talked of first; ``None``, where it is there, last.
    """

    parties: tuple[str, ...]
    issues: tuple[str | None, ...]
    stands: Mapping[Place, Stand]


def matrix(record: Record) -> Matrix:
    """The agenda of a record, rejected items and further tellings left out."""
    standing = record.standing()
    found: defaultdict[Place, list[Claim]] = defaultdict(list)
    for claim, party in _positions(standing):
        camp = standing.camp(party)
        if camp is not None and camp in standing.party:
            found[camp, getattr(claim, "issue", None)].append(claim)
    names = Names(standing)
    stands = {place: _stand(standing, names, claims) for place, claims in found.items()}
    weight: Counter[str | None] = Counter()
    for (_, issue), claims in found.items():
        weight[issue] += len(claims)
    asking = {party for party, _ in stands}
    ranked = [party for party in sides(standing) if party in asking]
    rest = sorted(asking - set(ranked), key=lambda one: standing.party[one].name)
    issues = sorted(weight, key=lambda issue: (issue is None, -weight[issue], issue or ""))
    return Matrix(parties=(*ranked, *rest), issues=tuple(issues), stands=stands)


def ordered(
    matrix: Matrix, labels: Mapping[str | None, str], order: Order, party: str | None
) -> tuple[str | None, ...]:
    """The issues in an order.

    Args:
        labels: By issue, what it is called.
        party: Whose column the order goes by; ``None``: all of them.
    """
    if order is Order.NAME:
        return tuple(sorted(matrix.issues, key=lambda issue: labels[issue].casefold()))
    if order is Order.WEIGHT and party is None:
        return matrix.issues

    def rank(issue: str | None) -> int:
        whose: Iterable[str] = matrix.parties if party is None else (party,)
        here = [matrix.stands[one, issue] for one in whose if (one, issue) in matrix.stands]
        return max((_rank(stand, order) for stand in here), default=-1)

    return tuple(sorted(matrix.issues, key=lambda issue: -rank(issue)))


def _rank(stand: Stand, order: Order) -> int:
    match order:
        case Order.LATEST:
            return ordinal(stand.latest)
        case Order.FIRM:
            return stand.firmness
        case Order.SOURCES:
            return stand.sources
        case _:
            return len(stand.claims)


def _positions(record: Record) -> Iterable[tuple[Claim, str | None]]:
    """Claims that show where somebody stands, and whose stand it is."""
    demands = {demand.statement for demand in record.demands if demand.statement}
    for demand in record.demands:
        if demand.by is None or record.camp(demand.by) != record.camp(demand.of):
            yield demand, demand.by
    for statement in record.statements:
        if statement.act in _POSITIONS and statement.id not in demands:
            yield statement, statement.affiliation or statement.speaker
    for signal in record.signals:
        yield signal, signal.party


def _stand(record: Record, names: Names, claims: Sequence[Claim]) -> Stand:
    latest = sorted(claims, key=lambda one: (-ordinal(told_on(record, one)), -one.confidence, one.id))
    spoken = [one for one in latest if not isinstance(one, Signal)] or latest
    # Of what was said last, a demand tells a stand best.
    last_day = told_on(record, spoken[0])
    same_day = [one for one in spoken if told_on(record, one) == last_day]
    chief = next((one for one in same_day if isinstance(one, Demand)), same_day[0])
    verb, words = _in_words(names, chief)
    firm, firmness = _firm(latest, chief)
    articles = (record.article.get(e.article) for one in claims for e in one.evidence)
    alike = [one for one in spoken[:_COMPARED] if _alike(words, _in_words(names, one)[1])]
    days = [day for one in (*alike, chief) if (day := told_on(record, one))]
    return Stand(
        verb=verb,
        words=words,
        firm=firm,
        firmness=firmness,
        sources=len({article.same_story_as or article.id for article in articles if article}),
        since=min(days, key=ordinal, default=None),
        latest=last_day,
        claims=tuple(latest),
    )


def _in_words(names: Names, claim: Claim) -> tuple[str, str]:
    """What a party does, and with what."""
    if isinstance(claim, Demand):
        of = f" of {names.party(claim.of)}" if claim.of else ""
        return f"asks{of}", _short(claim.what)
    if isinstance(claim, Signal):
        return _SIGNALS[claim.signal][0], _short(claim.about or claim.evidence[0].quote)
    verb = _POSITIONS[claim.act] if isinstance(claim, Statement) else "says"
    return verb, f"“{_short(claim.evidence[0].quote)}”"


def _firm(latest: Sequence[Claim], chief: Claim) -> tuple[str | None, int]:
    """How firm it is: by its latest signal, else by how the demand is put."""
    signal = next((one for one in latest if isinstance(one, Signal)), None)
    if signal is not None:
        return _SIGNALS[signal.signal]
    if isinstance(chief, Demand) and chief.firm >= 0.75:
        return "insisted on", 3
    if isinstance(chief, Demand) and chief.firm < 0.4:
        return "only floated", 1
    return None, 2


def _short(words: str) -> str:
    shown, was_cut = shorten(squeeze(words), _LONGEST)
    return f"{shown}…" if was_cut else shown


def _alike(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one.casefold(), other.casefold()) >= SAME_DEMAND
