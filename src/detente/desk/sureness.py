"""How sure it is what could hold, over worlds drawn from the ranges of a sheet: slow, one at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from detente.analysis.packages import PackagesFinding, packages
from detente.analysis.stability import StabilityFinding, stability
from detente.desk.holding import in_focus
from detente.desk.sheet_form import Tried
from detente.errors import DetenteError
from detente.solvers.graph_model import Concept

_WORLDS: Final = 200
_ONE_AT_A_TIME: Final = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """What doubt does to the findings.

    Attributes:
        deals: Packages, with how often each is accepted and which weights tip the choice.
        holds: By written state, the share of worlds where it holds by the others' interest (SEQ).
        reasons: Why something could not be worked out.
    """

    deals: PackagesFinding | None
    stability: StabilityFinding | None
    holds: Mapping[str, float]
    reasons: tuple[str, ...]


def how_sure(sheet: Tried) -> Sureness:
    """The findings over drawn worlds."""
    focus, reasons = in_focus(sheet), []
    deals: PackagesFinding | None = None
    held: StabilityFinding | None = None
    with _ONE_AT_A_TIME:
        try:
            deals = packages(focus, table=sheet.table, samples=_WORLDS)
        except DetenteError as error:
            reasons.append(f"Packages: {error}")
        try:
            held = stability(focus, samples=_WORLDS)
        except DetenteError as error:
            reasons.append(f"Stability: {error}")
    shares = (
        {one.state: one.shares.get(Concept.SEQ, (0.0, 0.0, 0.0))[0] for one in held.states} if held else {}
    )
    return Sureness(deals=deals, stability=held, holds=shares, reasons=tuple(reasons))
