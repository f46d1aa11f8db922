"""Packages: what those at a table could all accept, who gives what, and how sure that is.

Law: a package is feasible if it keeps every constraint and red line and leaves nobody who sits worse off
than without a deal. The four fair points and the frontier are taken over feasible packages only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from detente.negotiation.model import Negotiation, Option, RedLine, Table, Weights
from detente.solvers.acceptability import Acceptability, acceptability, flips
from detente.solvers.adjusted_winner import AdjustedWinner, adjusted_winner
from detente.solvers.bargaining import FairPoints, fair_points, feasible_rows
from detente.solvers.deals import Deals, deals_at, find_table, movable
from detente.solvers.frontier import SAME, FloatArray, IntArray, pareto_frontier

SCHEMA: Final = "detente/packages/1"
# Acceptability is worked out for this many packages of a long frontier, the fairest first.
_LISTED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A combination of options that could be agreed.

    Attributes:
        taken: Ids of the options taken.
        utility: What it is worth, by party.
        acceptable: Share of worlds in which nobody at the table loses by it; ``None`` where not drawn.
        acceptable_to: The same for each party on its own.
        chosen: Share of worlds in which it is the Nash package.
    """

    taken: tuple[str, ...]
    utility: Mapping[str, float]
    acceptable: float | None = None
    acceptable_to: Mapping[str, float] | None = None
    chosen: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """An option that a package changes, and what the change is worth.

    Attributes:
        option: Its id.
        by: Who controls it.
        taken: Whether the package takes it; ``False``: it ends something done today.
        worth: To each party at the table, by the middle of its weight.
        stake: The same as a share of the party's largest weight, from -1 to 1.
    """

    option: str
    by: str
    taken: bool
    worth: Mapping[str, float]
    stake: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """The least that would have to give so that everybody gains something.

    Attributes:
        party: Who would have to give way.
        red_line: The condition it would have to drop; ``None`` where a weight is in the way.
        option: The option that stands most in its way, where a weight is.
        shortfall: How much more the package would have to be worth to it; 0 for a red line.
        share: The shortfall as a share of all its weights together.
        package: Ids of the options of the package that opens.
    """

    party: str
    red_line: str | None
    option: str | None
    shortfall: float
    share: float
    package: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """A weight in doubt that changes the Nash package on its own.

    Attributes:
        low: End of the range it was drawn from; ``high``: the other.
        middle: Where it stands.
        at: The value nearest the middle from which another package is chosen.
        becomes: Ids of the options of that package.
    """

    party: str
    option: str
    low: float
    high: float
    middle: float
    at: float
    becomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagesFinding:
    """What can be agreed at one table.

    Attributes:
        table: Who sits; options that move are in ``table.options``.
        considered: Combinations that keep every constraint and red line.
        feasible: Those of them that leave nobody worse off.
        frontier: Feasible packages on which nobody can improve without somebody losing.
        disagreement: What no deal is worth, by party.
        all_gain: Whether a package gains everybody something; else ``relaxations`` says what would.
        someone_gains: Whether one gains somebody something and nobody loses.
        zone: Share of worlds in which a package gains everybody something.
        gifts: What the Nash package changes.
        trades: The same in sentences.
        worlds: Worlds drawn; 1 where nothing is in doubt.
        gap: Of the points found by integer programming, the proven distance to the best; 0 is exact.
        notes: What a reader must know before using the figures.
        evidence: Ids of the claims under the options and weights of the Nash package.
    """

    negotiation: str
    table: Table
    considered: int
    feasible: int
    frontier: tuple[Package, ...]
    nash: Package | None
    kalai_smorodinsky: Package | None
    egalitarian: Package | None
    utilitarian: Package | None
    disagreement: Mapping[str, float]
    all_gain: bool
    someone_gains: bool
    zone: float
    gifts: tuple[Gift, ...]
    trades: tuple[str, ...]
    adjusted_winner: AdjustedWinner | None
    relaxations: tuple[Relaxation, ...]
    tippings: tuple[Tipping, ...]
    samples: int
    seed: int
    worlds: int
    gap: float
    notes: tuple[str, ...]
    evidence: tuple[str, ...]


def packages(
    negotiation: Negotiation, *, table: str | None = None, samples: int = 1000, seed: int = 0
) -> PackagesFinding:
    """What can be agreed at a table, who gives what, and how sure that is.

    Args:
        negotiation: The file.
        table: Id of one of its tables; ``None``: everybody sits and everything can be agreed.
        samples: Worlds to draw where weights are ranges; fewer are drawn of very long lists.
        seed: Of the random numbers.

    Raises:
        InvalidNegotiation: No such table, or nothing can be agreed at it under the constraints.
    """
    deals = deals_at(negotiation, find_table(negotiation, table))
    points = fair_points(deals.utilities, deals.disagreement)
    feasible = feasible_rows(deals.utilities, deals.disagreement)
    frontier = feasible[pareto_frontier(deals.utilities[feasible])]
    frontier = frontier[_fairest_first(deals, frontier)]
    chosen = _chosen(points)
    shown = np.array(list(dict.fromkeys([*chosen, *frontier[:_LISTED].tolist()])), dtype=np.int64)
    sure = acceptability(deals, shown, samples=samples, seed=seed)
    told = {int(row): _package(deals, int(row), sure, k) for k, row in enumerate(shown)}
    named = {row: told[row] for row in chosen}
    gifts = () if points.nash is None else _gifts(deals, points.nash)
    inputs = deals.worlds(samples=1, seed=seed).open_inputs
    return PackagesFinding(
        negotiation=negotiation.id,
        table=Table(
            id=deals.table.id,
            parties=deals.parties,
            options=movable(negotiation, deals.table),
            label=deals.table.label,
        ),
        considered=len(deals.space),
        feasible=len(feasible),
        frontier=tuple(told.get(int(row)) or _package(deals, int(row)) for row in frontier),
        nash=_named(named, points.nash),
        kalai_smorodinsky=_named(named, points.kalai_smorodinsky),
        egalitarian=_named(named, points.egalitarian),
        utilitarian=_named(named, points.utilitarian),
        disagreement=_by_party(deals, deals.disagreement),
        all_gain=points.all_gain,
        someone_gains=points.someone_gains,
        zone=sure.zone,
        gifts=gifts,
        trades=trades_in_words(negotiation, deals.parties, gifts),
        adjusted_winner=_adjusted(negotiation, deals),
        relaxations=() if points.all_gain else _relaxations(negotiation, deals),
        tippings=tuple(
            Tipping(
                party=flip.input.party,
                option=flip.input.option,
                low=flip.input.range.low,
                high=flip.input.range.high,
                middle=flip.middle,
                at=flip.at,
                becomes=deals.taken(flip.becomes),
            )
            for flip in flips(deals, inputs)
        ),
        samples=samples,
        seed=seed,
        worlds=sure.worlds,
        gap=0.0,
        notes=tuple(_notes(deals, samples, sure.worlds)),
        evidence=_evidence(negotiation, deals, gifts),
    )


def trades_in_words(
    negotiation: Negotiation, parties: Sequence[str], gifts: Iterable[Gift]
) -> tuple[str, ...]:
    """Who gives what, a sentence a gift: what it costs the giver and what it is worth to the others."""
    names = {party.id: party.name for party in negotiation.parties}
    texts = {option.id: option.text for option in negotiation.options}
    return tuple(_sentence(gift, texts[gift.option], names, parties) for gift in gifts)


def packages_json(finding: PackagesFinding) -> dict[str, object]:
    """The finding in the form that scripts rely on, schema ``detente/packages/1``."""
    return {"schema": SCHEMA, **asdict(finding)}


def _by_party(deals: Deals, figures: FloatArray) -> dict[str, float]:
    """Figures by party, without the noise of the last binary digits."""
    return {party: round(float(x), 9) + 0.0 for party, x in zip(deals.parties, figures, strict=True)}


def _chosen(points: FairPoints) -> list[int]:
    rows = (points.nash, points.kalai_smorodinsky, points.egalitarian, points.utilitarian)
    return list(dict.fromkeys(row for row in rows if row is not None))


def _named(named: Mapping[int, Package], row: int | None) -> Package | None:
    return None if row is None else named[row]


def _fairest_first(deals: Deals, rows: IntArray) -> IntArray:
    """Order by the smallest share of a party's best gain, then by how little changes."""
    gains = deals.utilities[rows] - deals.disagreement
    best = gains.max(axis=0, initial=0.0)
    shares = gains[:, best > 0] / best[best > 0]
    smallest = shares.min(axis=1) if shares.shape[1] else np.zeros(len(rows))
    order: IntArray = np.argsort(-np.round(smallest, 9), kind="stable")
    return order


def _package(deals: Deals, row: int, sure: Acceptability | None = None, place: int = 0) -> Package:
    utility = _by_party(deals, deals.utilities[row])
    if sure is None:
        return Package(taken=deals.taken(row), utility=utility)
    return Package(
        taken=deals.taken(row),
        utility=utility,
        acceptable=float(sure.to_all[place]),
        acceptable_to=_by_party(deals, sure.to_each[place]),
        chosen=float(sure.chosen[row]),
    )


def _gifts(deals: Deals, row: int) -> tuple[Gift, ...]:
    """What the package changes of the status quo, the dearest to its giver first."""
    taken = frozenset(deals.taken(row))
    changed = [
        option
        for option in deals.negotiation.options
        if (option.id in taken) != bool(int(deals.space.bit(option.id)) & deals.status_quo)
    ]
    gifts = [_gift(deals, option, taken=option.id in taken) for option in changed]
    return tuple(sorted(gifts, key=lambda gift: (gift.by, gift.worth.get(gift.by, 0.0))))


def _gift(deals: Deals, option: Option, *, taken: bool) -> Gift:
    sign = 1.0 if taken else -1.0
    worth: dict[str, float] = {}
    stake: dict[str, float] = {}
    for party in deals.parties:
        preference = deals.negotiation.preferences.get(party)
        if isinstance(preference, Weights):
            largest = max((abs(value.middle) for value in preference.values.values()), default=0.0)
            value = preference.values[option.id].middle if option.id in preference.values else 0.0
            worth[party] = sign * value
            stake[party] = sign * value / largest if largest else 0.0
    return Gift(option=option.id, by=option.by, taken=taken, worth=worth, stake=stake)


def _sentence(gift: Gift, text: str, names: Mapping[str, str], parties: Sequence[str]) -> str:
    """``Ardia gives “open the port”: costs it little, worth much to Belmark.``."""
    giver = names.get(gift.by, gift.by)
    act = f"“{text}”" if gift.taken else f"an end to “{text}”"
    own = gift.stake.get(gift.by, 0.0)
    weighs = ["costs it nothing" if own == 0 else _weighs(own, "it")]
    weighs += [
        _weighs(gift.stake[party], names[party])
        for party in sorted(parties, key=lambda p: -gift.stake.get(p, 0.0))
        if party != gift.by and gift.stake.get(party)
    ]
    return f"{giver} gives {act}: {', '.join(weighs)}."


def _weighs(share: float, whom: str) -> str:
    much = _how_much(abs(share))
    return f"worth {much} to {whom}" if share > 0 else f"costs {whom} {much}"


def _how_much(share: float) -> str:
    """A share of a party's largest weight in words: thirds."""
    return "little" if share < 1 / 3 else "something" if share < 2 / 3 else "much"


def _adjusted(negotiation: Negotiation, deals: Deals) -> AdjustedWinner | None:
    """Adjusted winner, where just two sit and both have weights."""
    if len(deals.parties) != 2:
        return None
    tables: list[dict[str, float]] = []
    for party in deals.parties:
        preference = negotiation.preferences.get(party)
        if not isinstance(preference, Weights):
            return None
        tables.append(
            {
                option: preference.values[option].middle if option in preference.values else 0.0
                for option in movable(negotiation, deals.table)
            }
        )
    return adjusted_winner(*tables)


def _relaxations(negotiation: Negotiation, deals: Deals) -> tuple[Relaxation, ...]:
    """What would open a zone of agreement: one party's shortfall, or one red line; the smallest first."""
    found = [one for k in range(len(deals.parties)) if (one := _shortfall(deals, k)) is not None]
    found.sort(key=lambda one: one.share)
    lines = [line for line in negotiation.red_lines if line.party in deals.parties]
    opened = [one for line in lines if (one := _without(negotiation, deals.table, line)) is not None]
    return (*opened, *found)


def _shortfall(deals: Deals, column: int) -> Relaxation | None:
    """The least by which one party falls short of a package that gains all others something."""
    gains = deals.utilities - deals.disagreement
    gains[np.abs(gains) <= SAME * np.abs(deals.utilities).max(initial=1e-300)] = 0.0
    others = np.delete(np.arange(gains.shape[1]), column)
    open_to_others = np.flatnonzero((gains[:, others] > 0).all(axis=1))
    if not len(open_to_others) or not len(others):
        return None
    row = int(open_to_others[np.argmax(gains[open_to_others, column])])
    party = deals.parties[column]
    preference = deals.negotiation.preferences.get(party)
    weights = preference.values if isinstance(preference, Weights) else {}
    total = sum(abs(weight.middle) for weight in weights.values())
    costs = {o: weights[o].middle for o in deals.taken(row) if o in weights and weights[o].middle < 0}
    short = max(0.0, float(-gains[row, column]))
    return Relaxation(
        party=party,
        red_line=None,
        option=min(costs, key=lambda o: costs[o]) if costs else None,
        shortfall=short,
        share=short / total if total else 1.0,
        package=deals.taken(row),
    )


def _without(negotiation: Negotiation, table: Table, line: RedLine) -> Relaxation | None:
    """What opens if one red line falls, or ``None``."""
    deals = deals_at(negotiation, table, without=(line,))
    points = fair_points(deals.utilities, deals.disagreement)
    if not points.all_gain or points.nash is None:
        return None
    return Relaxation(
        party=line.party,
        red_line=line.condition,
        option=None,
        shortfall=0.0,
        share=0.0,
        package=deals.taken(points.nash),
    )


def _notes(deals: Deals, samples: int, worlds: int) -> Iterable[str]:
    names = {party.id: party.name for party in deals.negotiation.parties}
    if deals.ordinal:
        yield (
            f"Of {_list(names[p] for p in deals.ordinal)} only an order of states is known: each step in it "
            "counts 1. The frontier holds; the four points and gains lean on the equal steps. Give weights "
            "to be sure."
        )
    if deals.silent:
        yield f"No preference is stated for {_list(names[p] for p in deals.silent)}: any package suits it."
    if deals.negotiation.status_quo is None and len(deals.disagreement_ranges) > sum(
        given is not None for given in deals.disagreement_ranges
    ):
        yield "The file gives no status quo: no deal is counted as no option taken."
    if 1 < worlds < samples:
        yield f"{worlds:,} worlds were drawn, not {samples:,}: the list of packages is long."


def _evidence(negotiation: Negotiation, deals: Deals, gifts: Sequence[Gift]) -> tuple[str, ...]:
    options = {option.id: option for option in negotiation.options}
    found = [one for gift in gifts for one in options[gift.option].evidence]
    for party in deals.parties:
        preference = negotiation.preferences.get(party)
        if isinstance(preference, Weights):
            found += [one for gift in gifts for one in preference.evidence.get(gift.option, ())]
    return tuple(dict.fromkeys(found))


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
