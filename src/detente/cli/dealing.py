"""``detente packages``, ``tables`` and ``forecast``: findings as tables that a newcomer reads, or as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from detente.analysis.forecast import ForecastFinding, Model, forecast, forecast_json
from detente.analysis.packages import Package, PackagesFinding, Relaxation, packages, packages_json
from detente.analysis.tables import TableReading, TablesFinding, tables, tables_json
from detente.cli.files import write_whole
from detente.cli.given import FileArgument, RecordOption, given_negotiation
from detente.export.pictures import (
    Spec,
    acceptability_bars,
    forecast_ranges,
    package_scatter,
    to_svg,
    tornado,
)
from detente.negotiation.model import Negotiation
from detente.negotiation.wording import party_name

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Samples = Annotated[
    int, typer.Option(min=1, max=1_000_000, help="Worlds to draw where figures are in doubt.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of the random numbers: the same seed, the same figures.")]
TableId = Annotated[str | None, typer.Option("--table", metavar="ID", help="Who sits: a table of the file.")]
ModelName = Annotated[Model, typer.Option("--model", help="What the main figures come from.")]

Pictures = Annotated[
    Path | None, typer.Option("--pictures", metavar="DIR", help="Also draw SVG pictures into this folder.")
]

# Rows of a long frontier shown on a terminal; --json has them all.
_SHOWN = 12
_POINTS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "Egalitarian",
    "utilitarian": "Utilitarian",
}


def register(app: typer.Typer) -> None:
    """Add the three commands."""
    app.command("packages", help=_packages.__doc__)(_packages)
    app.command("tables", help=_tables.__doc__)(_tables)
    app.command("forecast", help=_forecast.__doc__)(_forecast)


def _packages(
    file: FileArgument = None,
    *,
    record: RecordOption = None,
    table: TableId = None,
    samples: Samples = 1000,
    seed: Seed = 0,
    pictures: Pictures = None,
    as_json: Json = False,
) -> None:
    """Packages that all at a table could accept: who gives what, what is fair, how sure it is.

    Example: [bold]detente packages negotiation.yaml --table bilateral[/bold]
    """
    negotiation = given_negotiation(file, record)
    finding = packages(negotiation, table=table, samples=samples, seed=seed)
    if pictures is not None:
        specs = {
            "packages": package_scatter(negotiation, finding),
            "acceptability": acceptability_bars(negotiation, finding),
            "flips": tornado(negotiation, finding),
        }
        _draw(pictures, specs)
    if as_json:
        typer.echo(json.dumps(packages_json(finding), ensure_ascii=False, indent=1))
    else:
        _show_packages(Console(highlight=False), negotiation, finding)


def _tables(
    file: FileArgument = None,
    *,
    record: RecordOption = None,
    samples: Samples = 1000,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Which table can deliver what: who sits, what can be agreed, what holds, who is left outside.

    Example: [bold]detente tables negotiation.yaml[/bold]
    """
    negotiation = given_negotiation(file, record)
    finding = tables(negotiation, samples=samples, seed=seed)
    if as_json:
        typer.echo(json.dumps(tables_json(finding), ensure_ascii=False, indent=1))
    else:
        _show_tables(Console(highlight=False), negotiation, finding)


def _forecast(
    file: FileArgument = None,
    *,
    record: RecordOption = None,
    model: ModelName = Model.MEAN,
    samples: Samples = 1000,
    seed: Seed = 0,
    pictures: Pictures = None,
    as_json: Json = False,
) -> None:
    """Where each issue would settle if every voice counted by its weight, with ranges.

    Example: [bold]detente forecast negotiation.yaml --model expected-utility[/bold]
    """
    finding = forecast(given_negotiation(file, record), model=model, samples=samples, seed=seed)
    if pictures is not None:
        _draw(pictures, {"forecast": forecast_ranges(finding)})
    if as_json:
        typer.echo(json.dumps(forecast_json(finding), ensure_ascii=False, indent=1))
    else:
        _show_forecast(Console(highlight=False), finding)


def _draw(folder: Path, specs: Mapping[str, Spec]) -> None:
    for name, spec in specs.items():
        write_whole(folder / f"{name}.svg", [to_svg(spec).encode()])


def _show_packages(console: Console, negotiation: Negotiation, finding: PackagesFinding) -> None:
    names = {party.id: party.name for party in negotiation.parties}
    texts = {option.id: f"{names[option.by]}: {option.text}" for option in negotiation.options}
    sitting = ", ".join(names[party] for party in finding.table.parties)
    _say(console, f"At the table: {sitting}.")
    smaller = [table.id for table in negotiation.tables if len(table.parties) < len(finding.table.parties)]
    if smaller and not finding.all_gain:
        _say(console, f"Fewer can sit: --table {smaller[0]} (the brief's first), or another of the file's.")
    if finding.counted:
        _say(
            console,
            f"{finding.feasible:,} of {finding.considered:,} packages leave nobody worse off than no deal; "
            f"on {len(finding.frontier):,} of them nobody can improve without somebody losing.",
        )
    _show_verdict(console, finding, names, texts)
    _show_fair(console, finding, names, texts)
    _show_frontier(console, finding, names, texts)
    _show_trades(console, finding)
    _show_doubt(console, finding, names, texts)
    for note in finding.notes:
        _say(console, f"Note: {note}")


def _show_fair(
    console: Console, finding: PackagesFinding, names: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    """The four points, those that name the same package in one row."""
    named: dict[tuple[str, ...], tuple[Package, list[str]]] = {}
    for point, label in _POINTS.items():
        package = getattr(finding, point)
        if package is not None:
            named.setdefault(package.taken, (package, []))[1].append(label)
    if not named:
        return
    grid = _package_grid("The fair packages", first="By")
    for package, labels in named.values():
        grid.add_row("\n".join(labels), _contents(package, texts), *_figures(package, finding, names))
    console.print(grid)


def _package_grid(title: str, first: str | None = None) -> Grid:
    grid = Grid(title=title, title_justify="left", show_lines=True)
    if first:
        grid.add_column(first)
    grid.add_column("Package")
    grid.add_column("Gains over no deal")
    grid.add_column("Acceptable\nto all", justify="right")
    return grid


def _show_verdict(
    console: Console, finding: PackagesFinding, names: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    if finding.all_gain:
        return
    if finding.someone_gains:
        _say(console, "No package gains everybody something; some gain one party and cost nobody.")
    elif finding.feasible:
        _say(console, "Nobody gains: no package is better for one without being worse for another.")
    else:
        _say(console, "No package leaves everybody at least as well off as no deal.")
    for one in finding.relaxations[:3]:
        _say(console, f"What would open a zone of agreement: {_opening(one, names, texts)}")


def _opening(one: Relaxation, names: Mapping[str, str], texts: Mapping[str, str]) -> str:
    package = "; ".join(texts[option] for option in one.package) or "nothing"
    if one.red_line is not None:
        return f"{names[one.party]} drops its red line “{one.red_line}” ({package})."
    most = f", most of it for “{texts[one.option]}”" if one.option else ""
    return (
        f"{names[one.party]} needs {one.shortfall:.3g} more ({one.share:.0%} of all it cares about){most}, "
        f"for this package: {package}."
    )


def _show_frontier(
    console: Console, finding: PackagesFinding, names: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    if len(finding.frontier) < 2:
        return
    grid = _package_grid("The frontier, the fairest first")
    for package in finding.frontier[:_SHOWN]:
        grid.add_row(_contents(package, texts), *_figures(package, finding, names))
    console.print(grid)
    if len(finding.frontier) > _SHOWN:
        _say(console, f"… and {len(finding.frontier) - _SHOWN:,} more: --json has them all.")


def _show_trades(console: Console, finding: PackagesFinding) -> None:
    if finding.trades:
        _say(console, "\nWho gives what in the Nash package:")
        for sentence in finding.trades:
            _say(console, f"  · {sentence}")


def _show_doubt(
    console: Console, finding: PackagesFinding, names: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    if finding.worlds == 1:
        return
    _say(
        console,
        f"\nIn {finding.zone:.0%} of {finding.worlds:,} worlds drawn from the ranges (seed {finding.seed}) "
        "some package gains everybody something.",
    )
    for tip in finding.tippings[:5]:
        _say(
            console,
            f"  · The Nash package changes if “{texts[tip.option]}” is worth {tip.at:.3g} to "
            f"{names[tip.party]} (taken as {tip.middle:.3g}, from {tip.low:.3g} to {tip.high:.3g}).",
        )


def _show_tables(console: Console, negotiation: Negotiation, finding: TablesFinding) -> None:
    if finding.derived:
        _say(console, "The file names no tables: every two parties that can act, and everybody.")
    grid = Grid(title="Which table can deliver what", title_justify="left", show_lines=True)
    for column in ("Table", "All who sit gain", "Settles", "Holds there", "Left outside"):
        grid.add_column(column)
    for reading in finding.tables:
        grid.add_row(*(escape(cell) for cell in _table_row(negotiation, finding, reading)))
    console.print(grid)
    _say(console, finding.words)
    for reading in finding.tables:
        _say(console, f"\n{reading.table.label or reading.table.id}. {reading.words}")
        for outsider in reading.outsiders:
            if outsider.takes or outsider.drops:
                _say(console, f"  · {outsider.words}")


def _table_row(negotiation: Negotiation, finding: TablesFinding, reading: TableReading) -> tuple[str, ...]:
    mark = " ←" if reading.table.id == finding.widest else ""
    seats = f"{reading.table.label or reading.table.id}{mark}"
    if reading.refused is not None:
        return seats, "—", reading.refused, "—", "—"
    settled = len([issue for issue in reading.issues if issue])
    options = sum(len(changed) for changed in reading.issues.values())
    settles = f"{options} options" + (f" on {settled} issues" if settled else "")
    outside = [
        f"{party_name(negotiation, one.party)} {one.share:+.0%}" for one in reading.outsiders if one.share < 0
    ]
    holds = ", ".join(concept.upper() for concept in reading.holds) or "does not hold"
    gain = f"{'yes' if reading.all_gain else 'no'} ({reading.zone:.0%})"
    return seats, gain, settles, holds, "\n".join(outside) or "nobody loses"


def _show_forecast(console: Console, finding: ForecastFinding) -> None:
    main = "weighted mean" if finding.model is Model.MEAN else "expected-utility model"
    grid = Grid(title=f"Where each issue would settle, 0 to 100, by {main}", title_justify="left")
    for column in ("Issue", "Mean", "9 of 10 worlds", "Median", "The scale says"):
        grid.add_column(column, justify="right" if column in {"Mean", "Median"} else "left")
    for issue in finding.issues:
        grid.add_row(
            escape(issue.label),
            f"{issue.mean:.1f}",
            f"{issue.low:.1f} to {issue.high:.1f}",
            f"{issue.median:.1f}",
            escape(issue.says or "—"),
        )
    console.print(grid)
    _say(
        console,
        f"{finding.samples:,} worlds, seed {finding.seed}; positions within their ranges, saliences and "
        f"capabilities up to {finding.noise:.0%} off.",
    )
    _show_alternative(console, finding)
    for note in finding.notes:
        _say(console, f"Note: {note}")


def _show_alternative(console: Console, finding: ForecastFinding) -> None:
    moving = [issue for issue in finding.issues if issue.rounds]
    if not moving:
        return
    grid = Grid(title="For comparison: the expected-utility model, known to jump", title_justify="left")
    for column in ("Issue", "Median by round", "9 of 10 worlds end", "Its four variants end"):
        grid.add_column(column)
    for issue in moving:
        ends = sorted(issue.variants.values())
        grid.add_row(
            escape(issue.label),
            " ".join(f"{at.median:.0f}" for at in issue.rounds),
            f"{issue.rounds_low:.0f} to {issue.rounds_high:.0f}",
            " ".join(f"{end:.0f}" for end in ends),
        )
    console.print(grid)


def _contents(package: Package, texts: Mapping[str, str]) -> str:
    return "\n".join(escape(texts[option]) for option in package.taken) or "nothing"


def _figures(package: Package, finding: PackagesFinding, names: Mapping[str, str]) -> tuple[str, str]:
    gains = [
        f"{escape(names[party])} {package.utility[party] - finding.disagreement[party]:+.3g}"
        for party in finding.table.parties
    ]
    sure = "—" if package.acceptable is None or finding.worlds == 1 else f"{package.acceptable:.0%}"
    return "\n".join(gains), sure


def _say(console: Console, text: str) -> None:
    console.print(escape(text))
