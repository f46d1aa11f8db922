"""The forecast in words: where each issue would settle, with its range."""

from typing import Final

from detente.analysis.forecast import ForecastFinding, IssueForecast
from detente.brief.model import Block, Cell, Listing, Row, Table
from detente.brief.names import sentence, squeeze
from detente.brief.notes import quiet, say
from detente.brief.system import System

MOST_ISSUES: Final = 12


def forecast_told(system: System, found: ForecastFinding) -> list[Block]:
    """The block on the forecast: a row an issue, the widest range said as such."""
    rows = tuple(_row(system, one) for one in found.issues[:MOST_ISSUES])
    table = Table(
        caption="Where each issue would settle if each party pulled with its weight (0 to 100)",
        columns=("Issue", "Middle", "Nine worlds of ten", "What the scale says there", "Who pulls most"),
        rows=rows,
    )
    notes = tuple(say(quiet(squeeze(note))) for note in found.notes)
    return [table, *([Listing(lines=notes)] if notes else [])]


def _row(system: System, one: IssueForecast) -> Row:
    pulls = sorted(one.voices, key=lambda party: (-abs(one.voices[party].pull), party))
    cells = (
        say(f"{one.mean:.0f}"),
        say(f"{one.low:.0f} to {one.high:.0f}{_wide(one)}"),
        say(squeeze(one.says or "not told")),
        say(system.plain(pulls[0]) if pulls else "nobody"),
    )
    return Row(
        head=say(sentence(squeeze(one.label)), system.cite(one.evidence, 3)),
        cells=tuple(Cell(lines=(cell,)) for cell in cells),
    )


def _wide(one: IssueForecast) -> str:
    width = one.high - one.low
    return " (wide: little can be said)" if width > 40 else " (narrow)" if width < 10 else ""
