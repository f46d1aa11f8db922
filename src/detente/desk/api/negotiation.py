"""The negotiation on the desk, and what follows from it."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from detente.analysis.forecast import forecast, forecast_json
from detente.analysis.inverse import inverse, inverse_json
from detente.analysis.packages import packages, packages_json
from detente.analysis.paths import paths, paths_json
from detente.analysis.spoilers import spoilers, spoilers_json
from detente.analysis.stability import stability, stability_json
from detente.analysis.tables import tables, tables_json
from detente.desk.api.answers import Id, Reason
from detente.desk.api.asking import AtCase
from detente.desk.guards import Analyst, Reader
from detente.desk.sheet import Sheet, bring_up, keep_sheet, open_sheet, sheet_history, start_over
from detente.errors import InvalidNegotiation, UnknownItem
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Negotiation
from detente.record.edits import Edit

router = APIRouter(tags=["negotiation"])

# Some kilobytes are usual; a hundred thousand states listed one by one are two megabytes.
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000_000)]


class Asked(BaseModel):
    """What a finding is asked for.

    Attributes:
        samples: Worlds drawn from the ranges; ``seed``: of the draw.
        state: An outcome as the file writes it: where ``paths`` start, whom ``spoilers`` upset, what is to
            hold by ``inverse``, which needs it.
        table: Id of the table that ``packages`` are agreed at and ``spoilers`` sit at.
    """

    samples: Annotated[int, Field(ge=1, le=2000)] = 200
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    state: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None
    table: Id | None = None


def _inverse(held: Negotiation, asked: Asked) -> dict[str, object]:
    if asked.state is None:
        raise InvalidNegotiation("state", "say which outcome is to hold, as the file writes it.")
    return inverse_json(inverse(held, asked.state))


_FINDINGS: Final[dict[str, Callable[[Negotiation, Asked], dict[str, object]]]] = {
    "stability": lambda held, a: stability_json(stability(held, samples=a.samples, seed=a.seed)),
    "packages": lambda held, a: packages_json(packages(held, table=a.table, samples=a.samples, seed=a.seed)),
    "tables": lambda held, a: tables_json(tables(held, samples=a.samples, seed=a.seed)),
    "forecast": lambda held, a: forecast_json(forecast(held, samples=a.samples, seed=a.seed)),
    "paths": lambda held, a: paths_json(paths(held, start=a.state)),
    "spoilers": lambda held, a: spoilers_json(
        spoilers(held, states=[a.state] if a.state else (), table=a.table)
    ),
    "inverse": _inverse,
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
def get_finding(_: Reader, case: AtCase, finding: Id, asked: Annotated[Asked, Query()]) -> dict[str, object]:
    """What follows from the negotiation on the desk, as the commands print it.

    ``finding`` is stability, packages, tables, forecast, paths, spoilers, or inverse: what would have to
    change.
    """
    return _found(finding, open_sheet(case).negotiation, asked)


@router.post("/negotiation/{finding}")
def try_finding(_: Reader, finding: Id, told: Tried, asked: Annotated[Asked, Query()]) -> dict[str, object]:
    """The same of another negotiation, which is not kept."""
    return _found(finding, load_negotiation(told.text, "text"), asked)


def _found(finding: str, negotiation: Negotiation, asked: Asked) -> dict[str, object]:
    make = _FINDINGS.get(finding)
    if make is None:
        raise UnknownItem(f"no finding {finding!r}; there are {', '.join(_FINDINGS)}.")
    return make(negotiation, asked)


def _told(sheet: Sheet) -> Held:
    return Held(version=sheet.version, kept=sheet.kept, text=sheet.text)
