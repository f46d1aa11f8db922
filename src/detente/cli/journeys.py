"""``detente paths`` and ``spoilers``: where things can go, and who upsets them."""

import json
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from detente.analysis.paths import Outcome, PathsFinding, paths, paths_json
from detente.analysis.spoilers import Spoiled, Spoiler, SpoilersFinding, spoilers, spoilers_json
from detente.cli.given import FileArgument, RecordOption, given_negotiation
from detente.negotiation.model import Negotiation
from detente.negotiation.wording import doing, party_name, state_in_words
from detente.solvers.steps import Step

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Start = Annotated[
    str | None, typer.Option("--state", metavar="0101", help="Start here instead of the status quo.")
]
States = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="0101", help="An outcome to look at; can be given again."),
]
TableId = Annotated[
    str | None, typer.Option("--table", metavar="ID", help="Tell who sits at this table of the file.")
]

_SHOWN: Final = 12  # rows on a terminal; --json has them all


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("paths", help=_paths.__doc__)(_paths)
    app.command("spoilers", help=_spoilers.__doc__)(_spoilers)


def _paths(
    file: FileArgument = None,
    *,
    record: RecordOption = None,
    state: Start = None,
    as_json: Json = False,
) -> None:
    """Where things can go from today: which stable outcomes, by whose moves, and where it stops.

    Example: [bold]detente paths negotiation.yaml[/bold]
    """
    negotiation = given_negotiation(file, record)
    finding = paths(negotiation, start=state)
    if as_json:
        typer.echo(json.dumps(paths_json(finding), ensure_ascii=False, indent=1))
    else:
        _show_paths(Console(highlight=False), negotiation, finding)


def _spoilers(
    file: FileArgument = None,
    *,
    record: RecordOption = None,
    state: States = None,
    table: TableId = None,
    as_json: Json = False,
) -> None:
    """Who has a move that upsets an outcome, which move, and what would take its reason away.

    Example: [bold]detente spoilers negotiation.yaml --state 0110 --table bilateral[/bold]
    """
    negotiation = given_negotiation(file, record)
    finding = spoilers(negotiation, states=state or (), table=table)
    if as_json:
        typer.echo(json.dumps(spoilers_json(finding), ensure_ascii=False, indent=1))
    else:
        _show_spoilers(Console(highlight=False), negotiation, finding)


def _show_paths(console: Console, negotiation: Negotiation, finding: PathsFinding) -> None:
    taken = [o.id for o, digit in zip(negotiation.options, finding.start, strict=True) if digit == "1"]
    console.print(f"From {finding.start}: {escape(state_in_words(negotiation, taken))}.")
    console.print(
        f"Improvements alone reach {finding.reached_by_improvements:,} other states; "
        f"moves of any kind {finding.reached_by_moves:,}."
    )
    console.print(_where_it_stops(finding))
    for step in finding.first_moves[:_SHOWN]:
        console.print(f"  Open today: {escape(_step_in_words(negotiation, step))} (to {step.end}).")
    grid = Grid(title="\nStable outcomes, the nearest first", title_justify="left", show_lines=True)
    for column in ("State", "Holds by", "How it is reached"):
        grid.add_column(column)
    for outcome in finding.outcomes[:_SHOWN]:
        row = (outcome.state, ", ".join(c.upper() for c in outcome.equilibrium))
        grid.add_row(*row, escape(_way(negotiation, outcome)))
    console.print(grid)
    more = len(finding.outcomes) - _SHOWN + finding.left_out
    if more > 0:
        console.print(f"… and {more:,} more: see --json.")


def _where_it_stops(finding: PathsFinding) -> str:
    if not finding.reached_by_improvements:
        return "Nobody has a better move of its own: it stops here."
    stops = f"Nobody would go on from {', '.join(finding.stops[:_SHOWN])}." if finding.stops else ""
    if len(finding.stops) > _SHOWN:
        stops = f"{stops[:-1]} and {len(finding.stops) - _SHOWN:,} more."
    if finding.circling:
        stops += f" From {finding.circling:,} of the states reached, improvements never come to a stop."
    return stops.strip()


def _way(negotiation: Negotiation, outcome: Outcome) -> str:
    if outcome.by_improvements == ():
        return "it is where things stand"
    if outcome.by_improvements:
        steps = "; then ".join(_step_in_words(negotiation, step) for step in outcome.by_improvements)
        return f"step by step, each better for who takes it: {steps}"
    steps = "; then ".join(_step_in_words(negotiation, step) for step in outcome.by_moves or ())
    return f"only against somebody's interest on the way: {steps}"


def _step_in_words(negotiation: Negotiation, step: Step) -> str:
    return f"{party_name(negotiation, step.party)} would {doing(negotiation, step.takes, step.drops)}"


def _show_spoilers(console: Console, negotiation: Negotiation, finding: SpoilersFinding) -> None:
    for outcome in finding.outcomes:
        by = ", ".join(c.upper() for c in outcome.equilibrium)
        console.print(f"\n[bold]{outcome.state}[/bold] ({f'holds by {by}' if by else 'does not hold'})")
        console.print(f"  {escape(state_in_words(negotiation, outcome.taken))}", style="dim")
        _show_outcome(console, outcome)


def _show_outcome(console: Console, outcome: Spoiled) -> None:
    if not outcome.spoilers:
        console.print("  No spoiler: nobody has a better move of its own.")
    for spoiler in outcome.spoilers:
        console.print(f"  • {escape(spoiler.words)}{_seat(spoiler)}")
        for remedy in spoiler.remedies:
            console.print(f"      Its reason would be gone {escape(remedy.words)}.")


def _seat(spoiler: Spoiler) -> str:
    if spoiler.at_table is None:
        return ""
    return " (at the table)" if spoiler.at_table else " (outside the table)"
