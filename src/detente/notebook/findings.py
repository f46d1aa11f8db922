"""Findings as a notebook shows them: the value itself, its main table, and the claims it rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from detente.analysis.forecast import ForecastFinding
from detente.analysis.packages import PackagesFinding
from detente.analysis.paths import Outcome, PathsFinding
from detente.analysis.spoilers import SpoilersFinding
from detente.analysis.stability import StabilityFinding, StateVerdict
from detente.analysis.tables import TablesFinding
from detente.negotiation.model import Negotiation
from detente.negotiation.wording import doing, listed, party_name, state_in_words
from detente.notebook.frames import to_frame
from detente.notebook.page import Grid, grid_html
from detente.solvers.graph_model import Concept

if TYPE_CHECKING:
    import pandas as pd

T_co = TypeVar("T_co", covariant=True)

_POINTS: Final = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Generic[T_co]):
    """A finding.

    Attributes:
        value: The finding itself, with every figure, range and parameter.
        json: The same as ``--json`` prints it.
        grid: Its main table.
    """

    value: T_co
    json: Mapping[str, object]
    grid: Grid

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the record's claims under it; none where the negotiation was written by hand."""
        return tuple(dict.fromkeys(_claims(self.value)))

    def to_frame(self) -> "pd.DataFrame":
        """The main table, figures as they are.

        Raises:
            MissingExtra: pandas is not installed.
        """
        return to_frame(self.grid.columns, self.grid.rows)

    def __repr__(self) -> str:
        lead = f": {self.grid.lead[0]}" if self.grid.lead else ""
        return f"<{self.grid.title}{lead}>"

    def _repr_html_(self) -> str:
        return grid_html(self.grid)


def stability_grid(negotiation: Negotiation, finding: StabilityFinding) -> Grid:
    """What would hold, the firmest first."""
    rank = {state: at for at, state in enumerate(finding.firmest)}
    ordered = sorted(finding.states, key=lambda state: rank.get(state.state, len(rank)))
    holding = sum(bool(state.equilibrium) for state in finding.states)
    doubt = finding.doubt
    drawn = f"Shares are of {doubt.worlds:,} drawn worlds (seed {doubt.seed})." if doubt else ""
    return Grid(
        title="What would hold, the firmest first",
        columns=("state", "what is done", "holds by", "better for", "worse for", "share of worlds"),
        rows=tuple(
            (
                state.state,
                state_in_words(negotiation, state.taken),
                ", ".join(c.upper() for c in state.equilibrium),
                listed([party_name(negotiation, party) for party in state.better]),
                listed([party_name(negotiation, party) for party in state.worse]),
                _share(state),
            )
            for state in ordered
        ),
        lead=(f"{holding:,} of {finding.considered:,} states would hold by at least one concept.",),
        notes=(drawn,) if drawn else (),
    )


def packages_grid(negotiation: Negotiation, finding: PackagesFinding) -> Grid:
    """The four fair packages, then the rest of the frontier."""
    texts = {o.id: f"{party_name(negotiation, o.by)}: {o.text}" for o in negotiation.options}
    names = [party_name(negotiation, party) for party in finding.table.parties]
    fair: dict[tuple[str, ...], list[str]] = {}
    told = {package.taken: package for package in finding.frontier}
    for point, label in _POINTS.items():
        package = getattr(finding, point)
        if package is not None:
            fair.setdefault(package.taken, []).append(label)
            told.setdefault(package.taken, package)
    ordered = [*fair, *(taken for taken in told if taken not in fair)]
    return Grid(
        title="Packages that could be agreed",
        columns=("fair by", "package", *(f"gain of {name}" for name in names), "acceptable to all"),
        rows=tuple(
            (
                ", ".join(fair.get(taken, ())),
                tuple(texts[option] for option in taken) or ("nothing",),
                *(
                    told[taken].utility[party] - finding.disagreement[party]
                    for party in finding.table.parties
                ),
                told[taken].acceptable,
            )
            for taken in ordered
        ),
        lead=(
            f"At the table: {listed(names)}.",
            f"{finding.feasible:,} of {finding.considered:,} packages leave nobody worse off than no deal.",
        ),
        notes=(*finding.trades, *finding.notes),
    )


def paths_grid(negotiation: Negotiation, finding: PathsFinding) -> Grid:
    """Which stable outcomes can be reached, and how."""
    return Grid(
        title="Stable outcomes, the nearest first",
        columns=("state", "what is done", "holds by", "how it is reached"),
        rows=tuple(
            (
                outcome.state,
                state_in_words(negotiation, outcome.taken),
                ", ".join(c.upper() for c in outcome.equilibrium),
                _way(negotiation, outcome),
            )
            for outcome in finding.outcomes
        ),
        lead=(
            f"From {finding.start}, improvements reach {finding.reached_by_improvements:,} other states.",
            f"Moves of any kind reach {finding.reached_by_moves:,}.",
        ),
    )


def tables_grid(negotiation: Negotiation, finding: TablesFinding) -> Grid:
    """Which table can deliver what."""
    texts = {o.id: f"{party_name(negotiation, o.by)}: {o.text}" for o in negotiation.options}
    return Grid(
        title="Which table can deliver what",
        columns=("table", "all who sit gain", "in share of worlds", "package", "holds by", "left outside"),
        rows=tuple(
            (
                reading.table.label or reading.table.id,
                reading.all_gain,
                reading.zone,
                tuple(texts[option] for option in reading.package or ()),
                ", ".join(concept.upper() for concept in reading.holds),
                tuple(outsider.words for outsider in reading.outsiders),
            )
            for reading in finding.tables
        ),
        lead=(finding.words,),
        notes=tuple(reading.words for reading in finding.tables),
    )


def forecast_grid(finding: ForecastFinding) -> Grid:
    """Where each issue would settle, 0 to 100."""
    return Grid(
        title="Where each issue would settle, 0 to 100",
        columns=("issue", "mean", "low", "high", "median", "the scale says"),
        rows=tuple(
            (issue.label, issue.mean, issue.low, issue.high, issue.median, issue.says)
            for issue in finding.issues
        ),
        lead=(f"Nine of ten of {finding.samples:,} worlds (seed {finding.seed}) lie from low to high.",),
        notes=finding.notes,
    )


def spoilers_grid(finding: SpoilersFinding) -> Grid:
    """Who upsets which outcome."""
    return Grid(
        title="Who would upset what",
        columns=("state", "holds by", "spoiler", "held", "what would take its reason away"),
        rows=tuple(
            (
                outcome.state,
                ", ".join(c.upper() for c in outcome.equilibrium),
                spoiler.words,
                spoiler.held,
                tuple(remedy.words for remedy in spoiler.remedies),
            )
            for outcome in finding.outcomes
            for spoiler in outcome.spoilers
        ),
        lead=(f"{len(finding.outcomes):,} outcomes looked at.",),
    )


def _share(state: StateVerdict) -> float | None:
    """The share for the strongest concept that has one."""
    concepts = (Concept.SEQ, Concept.SMR, Concept.GMR, Concept.NASH)
    return next((state.shares[c][0] for c in concepts if c in state.shares), None)


def _way(negotiation: Negotiation, outcome: Outcome) -> tuple[str, ...]:
    if outcome.by_improvements == ():
        return ("it is where things stand",)
    steps = outcome.by_improvements or outcome.by_moves or ()
    told = tuple(
        f"{party_name(negotiation, step.party)} would {doing(negotiation, step.takes, step.drops)}"
        for step in steps
    )
    return told if outcome.by_improvements else ("against somebody's interest on the way:", *told)


def _claims(finding: object) -> Iterator[str]:
    yield from getattr(finding, "evidence", ())
    for issue in getattr(finding, "issues", ()):
        yield from issue.evidence
