"""Packages: what those at a table could all accept, who gives what, and how sure that is.

Law: a package is feasible if it keeps every constraint and red line and leaves nobody who sits worse off
than without a deal. The four fair points and the frontier are taken over feasible packages only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Final

import numpy as np

from detente.errors import InvalidNegotiation
from detente.negotiation.feasible import TooManyStates
from detente.negotiation.model import Negotiation, Table, Weights
from detente.solvers.acceptability import Acceptability, acceptability, flips, tied_with_nash
from detente.solvers.adjusted_winner import AdjustedWinner, adjusted_winner
from detente.solvers.bargaining import FairPoints, fair_points, feasible_rows
from detente.solvers.deals import Deals, deals_at, find_table, movable
from detente.solvers.frontier import FloatArray, IntArray, pareto_frontier
from detente.solvers.gifts import Gift, gifts_of, trades_in_words
from detente.solvers.programme import search_deals
from detente.solvers.relaxations import Relaxation, relaxations_of

__all__ = ["Gift", "Package", "PackagesFinding", "Relaxation", "Tipping", "packages", "packages_json"]

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
        counted: Whether all packages were looked at; else both counts are of the packages that integer
            programmes found, and the frontier is what they found of it.
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
    counted: bool = True
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
    found = _found(negotiation, find_table(negotiation, table))
    deals, points, gap, counted = found.deals, found.points, found.gap, found.counted
    frontier = found.frontier[_fairest_first(deals, found.frontier)]
    chosen = _chosen(points)
    shown = np.array(list(dict.fromkeys([*chosen, *frontier[:_LISTED].tolist()])), dtype=np.int64)
    sure = acceptability(deals, shown, samples=samples, seed=seed)
    if not counted:
        sure = replace(sure, chosen=np.full(len(deals.space), np.nan))
    told = {int(row): _package(deals, int(row), sure, k) for k, row in enumerate(shown)}
    named = {row: told[row] for row in chosen}
    gifts = () if points.nash is None else gifts_of(deals, points.nash)
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
        feasible=points.feasible,
        counted=counted,
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
        relaxations=relaxations_of(deals) if counted and not points.all_gain else (),
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
            for flip in (flips(deals, inputs) if counted else ())
        ),
        samples=samples,
        seed=seed,
        worlds=sure.worlds,
        gap=gap,
        notes=(*found.notes, *_notes(deals, samples, sure.worlds)),
        evidence=_evidence(negotiation, deals, gifts),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Found:
    """Packages, the four points and the frontier, however they were found."""

    deals: Deals
    points: FairPoints
    frontier: IntArray
    gap: float
    counted: bool
    notes: tuple[str, ...]


def _found(negotiation: Negotiation, table: Table) -> _Found:
    """By looking at every package; where they are too many, by integer programmes."""
    try:
        deals = deals_at(negotiation, table)
    except InvalidNegotiation as error:
        if not isinstance(error.__cause__, TooManyStates):
            raise
        sought = search_deals(negotiation, table)
        part = "" if sought.whole else " The frontier shown is a part of it."
        note = (
            "There are too many packages to look at each: integer programmes found the four points, proven "
            f"best to within {sought.gap:.1%}.{part}"
        )
        return _Found(
            deals=sought.deals,
            points=sought.points,
            frontier=sought.frontier,
            gap=sought.gap,
            counted=False,
            notes=(note,),
        )
    feasible = feasible_rows(deals.utilities, deals.disagreement)
    return _Found(
        deals=deals,
        points=fair_points(deals.utilities, deals.disagreement),
        frontier=feasible[pareto_frontier(deals.utilities[feasible])],
        gap=0.0,
        counted=True,
        notes=(),
    )


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
        chosen=None if np.isnan(sure.chosen[row]) else float(sure.chosen[row]),
    )


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
    ties = len(tied_with_nash(deals))
    if ties > 1:
        yield (
            f"{ties:,} packages tie for the Nash point; the one shown leaves the worst-off party best, then "
            "changes least."
        )
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
