"""A negotiation in a notebook: run it, and look at what each finding rests on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from detente.analysis.forecast import ForecastFinding, Model, forecast, forecast_json
from detente.analysis.packages import PackagesFinding, packages, packages_json
from detente.analysis.paths import PathsFinding, paths, paths_json
from detente.analysis.spoilers import SpoilersFinding, spoilers, spoilers_json
from detente.analysis.stability import StabilityFinding, stability, stability_json
from detente.analysis.tables import TablesFinding, tables, tables_json
from detente.errors import InvalidNegotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.model import Negotiation, Weights
from detente.negotiation.wording import party_name
from detente.notebook.findings import (
    Shown,
    forecast_grid,
    packages_grid,
    paths_grid,
    spoilers_grid,
    stability_grid,
    tables_grid,
)
from detente.notebook.page import Grid, grid_html


class OpenNegotiation:
    """A negotiation that can be run.

    Attributes:
        value: The negotiation itself.
    """

    def __init__(self, value: Negotiation) -> None:
        self.value = value

    def stability(
        self, *, samples: int = 1000, seed: int = 0, every: bool = False
    ) -> Shown[StabilityFinding]:
        """Which outcomes would hold; see :func:`detente.analysis.stability.stability`."""
        found = stability(self.value, samples=samples, seed=seed, every=every)
        return Shown(value=found, json=stability_json(found), grid=stability_grid(self.value, found))

    def packages(
        self, table: str | None = None, *, samples: int = 1000, seed: int = 0
    ) -> Shown[PackagesFinding]:
        """What all at a table could accept; see :func:`detente.analysis.packages.packages`."""
        found = packages(self.value, table=table, samples=samples, seed=seed)
        return Shown(value=found, json=packages_json(found), grid=packages_grid(self.value, found))

    def paths(self, start: str | None = None) -> Shown[PathsFinding]:
        """Where things can go from a state, the status quo by default; see :mod:`detente.analysis.paths`."""
        found = paths(self.value, start=start)
        return Shown(value=found, json=paths_json(found), grid=paths_grid(self.value, found))

    def tables(self, *, samples: int = 1000, seed: int = 0) -> Shown[TablesFinding]:
        """Which table can deliver what; see :func:`detente.analysis.tables.tables`."""
        found = tables(self.value, samples=samples, seed=seed)
        return Shown(value=found, json=tables_json(found), grid=tables_grid(self.value, found))

    def forecast(self, *, model: str = "mean", samples: int = 1000, seed: int = 0) -> Shown[ForecastFinding]:
        """Where each issue would settle; ``model``: "mean" or "expected-utility"."""
        found = forecast(self.value, model=Model(model), samples=samples, seed=seed)
        return Shown(value=found, json=forecast_json(found), grid=forecast_grid(found))

    def spoilers(self, states: Sequence[str] = (), *, table: str | None = None) -> Shown[SpoilersFinding]:
        """Who would upset these outcomes, the firmest by default; see :mod:`detente.analysis.spoilers`."""
        found = spoilers(self.value, states=states, table=table)
        return Shown(value=found, json=spoilers_json(found), grid=spoilers_grid(found))

    def to_yaml(self) -> str:
        """The negotiation's file, to be edited and opened again with ``detente.open_negotiation``."""
        return dump_negotiation(self.value)

    def __repr__(self) -> str:
        held = self.value
        return f"<negotiation {held.id}: {len(held.parties)} parties, {len(held.options)} options>"

    def _repr_html_(self) -> str:
        return grid_html(self._grid())

    def _grid(self) -> Grid:
        held = self.value
        today = held.status_quo or "-" * len(held.options)
        labels = {issue.id: issue.label for issue in held.issues}
        return Grid(
            title=repr(self)[1:-1],
            columns=("option", "of", "what it would do", "issue", "today", *(p.name for p in held.parties)),
            rows=tuple(
                (
                    option.id,
                    party_name(held, option.by),
                    option.text,
                    labels.get(option.issue or "", option.issue),
                    {"0": "not done", "1": "done"}.get(digit, "open"),
                    *(self._worth(party.id, option.id) for party in held.parties),
                )
                for option, digit in zip(held.options, today, strict=True)
            ),
            notes=("Under each party: what the option is worth to it, as a range.",),
        )

    def _worth(self, party: str, option: str) -> Any:  # noqa: ANN401  # a cell
        wish = self.value.preferences.get(party)
        if not isinstance(wish, Weights) or option not in wish.values:
            return None
        value = wish.values[option]
        return f"{value.low:g} to {value.high:g}" if value.is_open else f"{value.low:g}"


def open_negotiation(where: str | Path) -> OpenNegotiation:
    """Open a negotiation's YAML file.

    Raises:
        InvalidNegotiation: It is not one; the message says which line.
    """
    path = Path(where)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidNegotiation(str(path), f"cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InvalidNegotiation(path.name, f"byte {error.start} is not UTF-8: save it as UTF-8.") from error
    return OpenNegotiation(load_negotiation(text, path.name))
