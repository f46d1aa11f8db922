"""``detente stability``: what would hold, as tables that a newcomer reads, or as JSON."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid
from vl_convert import svg_to_png

from detente.analysis.inverse import InverseFinding, inverse, inverse_json
from detente.analysis.pictures_stability import state_graph_svg
from detente.analysis.stability import StabilityFinding, StateVerdict, stability, stability_json
from detente.cli import journeys
from detente.cli.files import write_whole
from detente.cli.given import FileArgument, RecordOption, given_negotiation
from detente.negotiation.model import Negotiation
from detente.negotiation.wording import doing, listed, party_name, state_in_words
from detente.solvers.coalitions import Coalition
from detente.solvers.graph_model import Concept

Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Wanted = Annotated[
    str | None,
    typer.Option("--state", metavar="0101", help="Also say what would have to change for this to hold."),
]
Picture = Annotated[
    Path | None,
    typer.Option("--picture", metavar="FILE", help="Draw the graph of states into a .svg or .png file."),
]
Every = Annotated[bool, typer.Option("--all", help="List every state, not only those that hold.")]
Samples = Annotated[
    int, typer.Option(min=0, max=1_000_000, help="Worlds to draw where weights are in doubt; 0: none.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of the random numbers: the same seed, the same figures.")]

_SHOWN: Final = 12  # rows on a terminal; --json has them all
_INDENTED: Final = 5_000  # states from which JSON is on one line: indenting takes longer than solving
_MEANING: Final = {
    Concept.NASH: "nobody has a better move of its own",
    Concept.SEQ: "every better move would be answered, in the others' own interest",
    Concept.SMR: "every better move could be answered for good, at whatever cost",
    Concept.GMR: "every better move could be answered, at whatever cost",
}


def register(app: typer.Typer) -> None:
    """Add ``stability``, ``paths`` and ``spoilers``."""
    app.command("stability", help=_stability.__doc__)(_stability)
    journeys.register(app)


def _stability(
    file: FileArgument = None,
    *,
    record: RecordOption = None,
    state: Wanted = None,
    every: Every = False,
    samples: Samples = 1000,
    seed: Seed = 0,
    picture: Picture = None,
    as_json: Json = False,
) -> None:
    """Which outcomes would hold, by what each party is held, and how sure that is.

    With --state, also what would have to change for that state to hold.

    Example: [bold]detente stability negotiation.yaml --state 0110[/bold]
    """
    negotiation = given_negotiation(file, record)
    finding = stability(negotiation, samples=samples, seed=seed, every=every)
    change = None if state is None else inverse(negotiation, state)
    if picture is not None:
        _draw(negotiation, picture)
    if as_json:
        told = stability_json(finding)
        if change is not None:
            told["inverse"] = inverse_json(change)
        indent = 1 if len(finding.states) <= _INDENTED else None
        typer.echo(json.dumps(told, ensure_ascii=False, indent=indent))
        return
    console = Console(highlight=False)
    _show_stability(console, negotiation, finding)
    if change is not None:
        _show_change(console, change)


def _draw(negotiation: Negotiation, file: Path) -> None:
    if file.suffix.lower() not in {".svg", ".png"}:
        raise typer.BadParameter(f"{file.name!r} ends in neither .svg nor .png.", param_hint="--picture")
    svg = state_graph_svg(negotiation)
    drawn = svg_to_png(svg, scale=2) if file.suffix.lower() == ".png" else svg.encode()
    write_whole(file, [drawn])


def _show_stability(console: Console, negotiation: Negotiation, finding: StabilityFinding) -> None:
    holding = [state for state in finding.states if state.equilibrium]
    console.print(f"{len(holding):,} of {finding.considered:,} states would hold by at least one concept.\n")
    for concept, meaning in _MEANING.items():
        console.print(f"  [bold]{concept.upper()}[/bold]  {len(finding.equilibria[concept]):,}: {meaning}")
    rank = {state: at for at, state in enumerate(finding.firmest)}
    ordered = sorted(finding.states, key=lambda state: rank.get(state.state, len(rank)))
    shown = ordered if len(ordered) <= _SHOWN else ordered[: len(rank)]
    title = "\nWhat would hold, the firmest first"
    grid = Grid(title=title, title_justify="left", show_lines=True, expand=True)
    grid.add_column("State", no_wrap=True)
    grid.add_column("What is done, and who is better or worse off than today", ratio=1)
    grid.add_column("Holds by", max_width=9)
    if finding.doubt:
        grid.add_column("Share of worlds", justify="right", max_width=9)
    for state in shown:
        today = "\n(today)" if state.state == finding.status_quo else ""
        done = escape(state_in_words(negotiation, state.taken)).replace("; ", "\n")
        against = _against_today(negotiation, state)
        told = f"{done}\n[dim]({escape(against)})[/dim]" if against else done
        row = [state.state + today, told, _concepts(state)]
        grid.add_row(*row, *([_share(state)] if finding.doubt else []))
    console.print(grid)
    if len(ordered) > len(shown):
        console.print(f"… and {len(ordered) - len(shown):,} more: see --json.")
    _show_holds(console, negotiation, shown)
    _show_doubt(console, negotiation, finding)


def _against_today(negotiation: Negotiation, state: StateVerdict) -> str:
    names = [
        listed([party_name(negotiation, party) for party in parties])
        for parties in (state.better, state.worse)
    ]
    parts = [f"{verb} {who}" for verb, who in zip(("better for", "worse for"), names, strict=True) if who]
    return "; ".join(parts)


def _concepts(state: StateVerdict) -> str:
    return ", ".join(c.upper() for c in state.equilibrium) or "not for all"


def _share(state: StateVerdict) -> str:
    """The share for the strongest concept that has one."""
    for concept in (Concept.SEQ, Concept.SMR, Concept.GMR, Concept.NASH):
        if concept in state.shares and (concept in state.equilibrium or not state.equilibrium):
            share, low, high = state.shares[concept]
            return f"{share:.0%} ({low:.0%}–{high:.0%})"
    return "0%"


def _show_holds(console: Console, negotiation: Negotiation, states: list[StateVerdict]) -> None:
    """What holds each party in the states where somebody is tempted, and who would leave together."""
    for state in states:
        sentences = [hold.words for hold in state.holds if hold.deterred]
        sentences += [_coalition(negotiation, group) for group in state.coalitions]
        if sentences:
            console.print(f"\n[bold]{state.state}[/bold]")
            for sentence in sentences:
                console.print(f"  {escape(sentence)}")


def _coalition(negotiation: Negotiation, group: Coalition) -> str:
    names = listed([party_name(negotiation, party) for party in group.parties])
    steps = [
        f"{party_name(negotiation, s.party)} would {doing(negotiation, s.takes, s.drops)}"
        for s in group.steps
    ]
    return f"Together, {names} would all be better off elsewhere: {listed(steps, 'and')}."


def _show_doubt(console: Console, negotiation: Negotiation, finding: StabilityFinding) -> None:
    if finding.doubt is None:
        return
    console.print(
        f"\nWeights in doubt: {len(finding.doubt.weights)}; shares are of {finding.doubt.worlds:,} drawn "
        f"worlds (seed {finding.doubt.seed}), with their 90% interval."
    )
    texts = {option.id: option.text for option in negotiation.options}
    grid = Grid(title="What would flip a verdict on its own", title_justify="left")
    for column in ("State", "By", "What", "worth to", "turns at", "within"):
        grid.add_column(column)
    for flip in finding.doubt.flips[:_SHOWN]:
        weight = flip.weight
        grid.add_row(
            finding.names[flip.state],
            flip.concept.upper(),
            escape(texts[weight.option]),
            escape(party_name(negotiation, weight.party)),
            f"{flip.at:.3g}",
            f"{weight.range.low:g} to {weight.range.high:g}",
        )
    if finding.doubt.flips:
        console.print(grid)


def _show_change(console: Console, finding: InverseFinding) -> None:
    holds = ", ".join(c.upper() for c in finding.holds)
    console.print(f"\n[bold]What would have to change for {finding.wanted} to hold[/bold]")
    console.print(f"  It holds already by {holds}." if holds else "  It holds by no concept today.")
    for change in finding.changes:
        console.print(f"  For {change.concept.upper()}: {escape(change.words)}")
    for party, by_concept in (finding.counted or {}).items():
        counts = ", ".join(f"{c.upper()} {n:,}" for c, n in by_concept.items())
        console.print(
            f"  Of {finding.rankings:,} strict rankings of {escape(party)}, it holds with: {counts}."
        )
