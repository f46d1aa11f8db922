"""What the analyses found on one negotiation, gathered for the brief."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from detente.analysis.forecast import ForecastFinding, forecast
from detente.analysis.packages import PackagesFinding, packages
from detente.errors import DetenteError
from detente.negotiation.model import Negotiation
from detente.settings import Settings

FindingT = TypeVar("FindingT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Findings on one negotiation; ``None`` where an analysis was not run or had nothing to go on.

    Attributes:
        not_run: Why an analysis gave nothing, a line each.
    """

    packages: PackagesFinding | None = None
    forecast: ForecastFinding | None = None
    not_run: tuple[str, ...] = ()


def analyse(negotiation: Negotiation, settings: Settings) -> Findings:
    """Run every analysis that the brief tells of. One that cannot run is named, not raised."""
    reasons: list[str] = []

    def tried(name: str, run: Callable[[], FindingT]) -> FindingT | None:
        try:
            return run()
        except DetenteError as error:
            reasons.append(f"{name}: {error}")
            return None

    samples, seed = settings.samples, settings.seed
    return Findings(
        packages=tried("Packages", lambda: packages(negotiation, samples=samples, seed=seed)),
        forecast=tried("Forecast", lambda: forecast(negotiation, samples=samples, seed=seed)),
        not_run=tuple(reasons),
    )
