"""The negotiation on the desk, and what follows from it."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from detente.analysis.forecast import forecast, forecast_json
from detente.analysis.packages import packages, packages_json
from detente.analysis.stability import stability, stability_json
from detente.analysis.tables import tables, tables_json
from detente.desk.api.answers import Id, Reason
from detente.desk.api.asking import AtCase
from detente.desk.guards import Analyst, Reader
from detente.desk.sheet import Sheet, bring_up, keep_sheet, open_sheet, sheet_history, start_over
from detente.errors import UnknownItem
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Negotiation
from detente.record.edits import Edit

router = APIRouter(tags=["negotiation"])

Samples = Annotated[int, Query(ge=1, le=2000)]
Seed = Annotated[int, Query(ge=0, le=2**31)]
# Some kilobytes are usual; a hundred thousand states listed one by one are two megabytes.
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000_000)]

_FINDINGS: Final[dict[str, Callable[[Negotiation, int, int], dict[str, Any]]]] = {
    "stability": lambda held, samples, seed: stability_json(stability(held, samples=samples, seed=seed)),
    "packages": lambda held, samples, seed: packages_json(packages(held, samples=samples, seed=seed)),
    "tables": lambda held, samples, seed: tables_json(tables(held, samples=samples, seed=seed)),
    "forecast": lambda held, samples, seed: forecast_json(forecast(held, samples=samples, seed=seed)),
}


class Written(BaseModel):
    """A negotiation as its file has it, YAML.

    Attributes:
        expected_version: The version that it was edited from; where somebody edited it since, 409.
    """

    model_config = ConfigDict(extra="forbid")
    text: Text
    expected_version: Id | None = None
    reason: Reason = None


class OfVersion(BaseModel):
    """Which version of the negotiation is meant; where somebody edited it since, 409."""

    model_config = ConfigDict(extra="forbid")
    expected_version: Id | None = None
    reason: Reason = None


class Held(BaseModel):
    """The negotiation on the desk.

    Attributes:
        version: What tells it from every other.
        kept: Whether somebody edited it; else it is just what the record shows.
        text: Its file, YAML.
    """

    version: str
    kept: bool
    text: str


class Tried(BaseModel):
    """A negotiation to run without putting it on the desk."""

    model_config = ConfigDict(extra="forbid")
    text: Text


@router.get("/negotiation")
def get_negotiation(_: Reader, case: AtCase) -> Held:
    """The negotiation that the analyses run on."""
    return _told(open_sheet(case))


@router.put("/negotiation")
def put_negotiation(person: Analyst, case: AtCase, told: Written) -> Held:
    """Put an edited one on the desk."""
    negotiation = load_negotiation(told.text, "text")
    with case.alone:
        version = told.expected_version or open_sheet(case).version
        keep_sheet(case, person, negotiation, version, reason=told.reason)
        return _told(open_sheet(case))


@router.get("/negotiation/history")
def get_history(_: Reader, case: AtCase) -> tuple[Edit, ...]:
    """Every decision on the negotiation, those that were taken back too, oldest first.

    Parts are named by where they stand in the file; take one back with ``/edits/{edit}/undo``.
    """
    return sheet_history(case)


@router.post("/negotiation/bring-up")
def post_bring_up(person: Analyst, case: AtCase, told: OfVersion) -> Held:
    """Put what is new in the record into the negotiation; what was written stays."""
    with case.alone:
        bring_up(case, person, told.expected_version or open_sheet(case).version, reason=told.reason)
        return _told(open_sheet(case))


@router.post("/negotiation/start-over")
def post_start_over(person: Analyst, case: AtCase, told: OfVersion) -> Held:
    """Put just what the record shows now in place of the negotiation."""
    with case.alone:
        start_over(case, person, told.expected_version or open_sheet(case).version, reason=told.reason)
        return _told(open_sheet(case))


@router.get("/negotiation/{finding}")
def get_finding(
    _: Reader, case: AtCase, finding: Id, samples: Samples = 200, seed: Seed = 0
) -> dict[str, Any]:
    """Stability, packages, tables or forecast of the negotiation on the desk, as the commands print them."""
    return _found(finding, open_sheet(case).negotiation, samples, seed)


@router.post("/negotiation/{finding}")
def try_finding(
    _: Reader, finding: Id, told: Tried, samples: Samples = 200, seed: Seed = 0
) -> dict[str, Any]:
    """The same of another negotiation, which is not kept."""
    return _found(finding, load_negotiation(told.text, "text"), samples, seed)


def _found(finding: str, negotiation: Negotiation, samples: int, seed: int) -> dict[str, Any]:
    make = _FINDINGS.get(finding)
    if make is None:
        raise UnknownItem(f"no finding {finding!r}; there are {', '.join(_FINDINGS)}.")
    return make(negotiation, samples, seed)


def _told(sheet: Sheet) -> Held:
    return Held(version=sheet.version, kept=sheet.kept, text=sheet.text)
