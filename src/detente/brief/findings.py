"""What the analyses found on one negotiation, gathered for the brief."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from detente.analysis.forecast import ForecastFinding, forecast
from detente.analysis.packages import PackagesFinding, packages
from detente.analysis.spoilers import SpoilersFinding, spoilers
from detente.analysis.stability import StabilityFinding, stability
from detente.analysis.tables import TablesFinding, tables
from detente.errors import DetenteError
from detente.negotiation.model import Negotiation, Weights
from detente.settings import Settings

FindingT = TypeVar("FindingT")

MOST_OPTIONS: Final = 8
"""Options that the brief's analyses move; 10 take 4 s on one core, 12 take 50 s. The commands take all."""

MOST_WORLDS: Final = 200
"""Worlds drawn for the brief's stability: the 90% interval of a share is then 12 points wide at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Findings on one negotiation; ``None`` where an analysis was not run or had nothing to go on.

    Attributes:
        moved: Ids of the options that stability and packages move; the others stay as they are today.
        not_run: Why an analysis gave nothing, a line each.
    """

    stability: StabilityFinding | None = None
    packages: PackagesFinding | None = None
    forecast: ForecastFinding | None = None
    spoilers: SpoilersFinding | None = None
    tables: TablesFinding | None = None
    moved: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()


def find(negotiation: Negotiation, settings: Settings | None = None) -> Findings:
    """Run every analysis that the brief tells of. One that cannot run is named, not raised.

    Packages are those of the file's first table: who sits there comes first in a derived file.
    """
    settings = settings or Settings()
    reasons: list[str] = []

    def tried(name: str, run: Callable[[], FindingT]) -> FindingT | None:
        try:
            return run()
        except DetenteError as error:
            reasons.append(f"{name}: {error}")
            return None

    samples, seed = settings.samples, settings.seed
    moved = weightiest(negotiation)
    focus = leaving(negotiation, moved)
    table = negotiation.tables[0].id if negotiation.tables else None
    few = min(samples, MOST_WORLDS)
    ahead = None
    if negotiation.issues:
        ahead = tried("Forecast", lambda: forecast(negotiation, samples=samples, seed=seed))
    if not moved:
        return Findings(forecast=ahead, not_run=tuple(reasons))
    found = tried("Packages", lambda: packages(focus, table=table, samples=samples, seed=seed))
    upset = _pattern(negotiation, found)
    return Findings(
        stability=tried("Stability", lambda: stability(focus, samples=few, seed=seed)),
        packages=found,
        spoilers=tried("Spoilers", lambda: spoilers(focus, states=upset, table=table)) if upset else None,
        tables=tried("Tables", lambda: tables(focus, samples=few, seed=seed)),
        forecast=ahead,
        moved=moved,
        not_run=tuple(reasons),
    )


def weightiest(negotiation: Negotiation, most: int = MOST_OPTIONS) -> tuple[str, ...]:
    """Ids of the options that matter most to all parties together, in the file's order.

    Each of the two parties that can do most has at least a quarter of them, where it has as many.
    """
    if negotiation.states is not None or len(negotiation.options) <= most:
        return tuple(option.id for option in negotiation.options)
    ranked = sorted(negotiation.options, key=lambda option: -_weight(negotiation, option.id))
    by = {option.by for option in ranked}
    movers = sorted(by, key=lambda party: -sum(option.by == party for option in ranked))[:2]
    kept = [o.id for party in movers for o in [one for one in ranked if one.by == party][: most // 4]]
    kept += [option.id for option in ranked if option.id not in kept][: most - len(kept)]
    return tuple(option.id for option in negotiation.options if option.id in kept)


def _weight(negotiation: Negotiation, option: str) -> float:
    wishes = (wish for wish in negotiation.preferences.values() if isinstance(wish, Weights))
    return sum(abs(wish.values[option].middle) for wish in wishes if option in wish.values)


def _pattern(negotiation: Negotiation, found: PackagesFinding | None) -> tuple[str, ...]:
    """The most even-handed package as a state; nothing where there is none, or it changes nothing."""
    if found is None or found.nash is None or not found.gifts:
        return ()
    return ("".join("01"[option.id in found.nash.taken] for option in negotiation.options),)


def leaving(negotiation: Negotiation, moved: tuple[str, ...]) -> Negotiation:
    """The same negotiation in which every other option stays as it is today."""
    today = negotiation.status_quo or "0" * len(negotiation.options)
    still = tuple(
        option.id if digit == "1" else f"not {option.id}"
        for option, digit in zip(negotiation.options, today, strict=True)
        if option.id not in moved
    )
    return replace(negotiation, constraints=(*negotiation.constraints, *still))
