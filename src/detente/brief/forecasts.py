"""The forecast in words: where each issue would settle, with its range."""

from collections.abc import Sequence
from typing import Final

from detente.analysis.forecast import ForecastFinding, IssueForecast
from detente.brief.model import Block, Cell, Listing, Row, Table
from detente.brief.names import sentence, squeeze
from detente.brief.notes import quiet, say
from detente.brief.system import System

MOST_ISSUES: Final = 12


def forecast_told(system: System, found: ForecastFinding) -> list[Block]:
    """The block on the forecast: a row an issue, the widest range said as such."""
    scales = {issue.id: issue.scale for issue in system.negotiation.issues}
    rows = tuple(_row(system, one, scales.get(one.id, ())) for one in found.issues[:MOST_ISSUES])
    table = Table(
        caption="Where each issue would settle if each party pulled with its weight (0: not done, 100: done)",
        columns=("Issue", "Middle", "Nine worlds of ten", "What that means", "Who pulls most"),
        rows=rows,
    )
    notes = tuple(say(quiet(squeeze(note))) for note in found.notes)
    return [table, *([Listing(lines=notes)] if notes else [])]


def _row(system: System, one: IssueForecast, scale: Sequence[tuple[float, str]]) -> Row:
    pulls = sorted(one.voices, key=lambda party: (-abs(one.voices[party].pull), party))
    cells = (
        say(f"{one.mean:.0f}"),
        say(f"{one.low:.0f} to {one.high:.0f}{_wide(one)}"),
        say(sentence(squeeze(meaning(one.low, one.high, one.says, scale)))),
        say(system.plain(pulls[0]) if pulls else "nobody"),
    )
    return Row(
        head=say(sentence(squeeze(one.label)), system.cite(one.evidence, 3)),
        cells=tuple(Cell(lines=(cell,)) for cell in cells),
    )


def meaning(low: float, high: float, says: str | None, scale: Sequence[tuple[float, str]]) -> str:
    """What the figures say in the scale's words; where the range crosses its middle, that it is open."""
    if not scale or says is None:
        return "not told"
    ends = [min(scale, key=lambda mark: abs(mark[0] - at))[1] for at in (low, high)]
    if ends[0] == ends[1]:
        leans = {"done: ": "leans to being done: ", "not done: ": "leans to not being done: "}
        for mark, words in leans.items():
            if says.startswith(mark):
                return words + says.removeprefix(mark)
        return says
    bare = [words.removeprefix("not ").removeprefix("done: ") for words in ends]
    return (
        f"open either way: {bare[0]}" if bare[0] == bare[1] else f"open between “{ends[0]}” and “{ends[1]}”"
    )


def _wide(one: IssueForecast) -> str:
    width = one.high - one.low
    return " (wide: little can be said)" if width > 40 else " (narrow)" if width < 10 else ""
