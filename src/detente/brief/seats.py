"""Who could upset an outcome and what holds them; which table can settle what, and whom it leaves outside."""

from collections.abc import Sequence
from typing import Final

from detente.analysis.spoilers import Spoiled, Spoiler, SpoilersFinding
from detente.analysis.tables import TableReading, TablesFinding
from detente.brief.model import Block, Cell, Line, Listing, Mark, Row, Table
from detente.brief.names import counted, listed, sentence, squeeze
from detente.brief.notes import quiet, say, strong
from detente.brief.outcomes import Outcome
from detente.brief.system import System, share

MOST_SPOILERS: Final = 5
MOST_TABLES: Final = 6
_ALL: Final = 0.995
_INFERRED: Final = (Mark.INFERRED,)


def spoilers_told(system: System, found: SpoilersFinding, every: tuple[Outcome, ...]) -> list[Block]:
    """For each outcome asked about that somebody would rather leave: who, and what holds them."""
    names = {one.taken: one.name for one in every}
    blocks: list[Block] = []
    for outcome in found.outcomes:
        name = names.get(frozenset(outcome.taken), system.deeds(outcome.taken, 3))
        blocks.append(Listing(heading=f"Who could upset {_the(name)}", lines=_lines(system, outcome)))
    return blocks


def spoiler_sentence(system: System, found: SpoilersFinding) -> Line | None:
    """Who could upset the first outcome asked about; ``None`` where none was looked at."""
    if not found.outcomes:
        return None
    outcome = found.outcomes[0]
    every = outcome.spoilers[:MOST_SPOILERS]
    known = [system.option[one] for one in outcome.taken if one in system.option]
    notes = system.cite((claim for option in known for claim in option.evidence[:1]), 3)
    free = [one for one in every if not one.held]
    if free:
        words = f"That package could be upset by {listed(system.party(one.party) for one in free)}: "
        return say(words, system.running(squeeze(free[0].words).rstrip(".")), notes, ".", marks=_INFERRED)
    if every:
        who = listed(system.party(one.party) for one in every)
        words = (
            f"Each of {who} would rather take what it is given there and give nothing, but would then get "
            "nothing in turn: that is what holds the package"
            if len(every) > 1
            else f"{sentence(who)} would rather take what it is given there and give nothing, but would then "
            "get nothing in turn: that is what holds it"
        )
        return say(words, notes, ".", marks=_INFERRED)
    return say("Nobody would gain by leaving that package", notes, ".", marks=_INFERRED)


def tables_told(system: System, found: TablesFinding) -> list[Block]:
    """The tables side by side, where there is more than one."""
    worked = [one for one in found.tables if one.refused is None][:MOST_TABLES]
    if len(worked) < 2:
        return []
    columns = (
        "Table",
        "Gains all who sit",
        "Issues settled",
        "Nobody who sits loses",
        "Left outside, and loses",
    )
    table = Table(
        caption="Which table can settle what",
        columns=columns,
        rows=tuple(_row(system, one) for one in worked),
    )
    return [Listing(heading="Which table?", lines=(_widest(system, found, worked),)), table]


def _widest(system: System, found: TablesFinding, worked: Sequence[TableReading]) -> Line:
    """Which table settles most, and at how many others nobody can be satisfied."""
    best = next((one for one in worked if one.table.id == found.widest), None)
    if best is None:
        return say("At none of these tables can a package gain everybody who sits there something.")
    who = listed(system.party(one) for one in best.table.parties)
    without = sum(not one.all_gain for one in worked)
    others = (
        f" At {counted(without, 'other table')} no package gains everybody who sits there." if without else ""
    )
    return say(
        f"{sentence(who)} can settle most together: {counted(len(best.issues), 'issue')}; nobody who sits "
        f"there loses by it {share(best.acceptable)}.{others}"
    )


def _lines(system: System, outcome: Spoiled) -> tuple[Line, ...]:
    if not outcome.spoilers:
        return (say("Nobody has a better move."),)
    return tuple(_spoiler(system, one) for one in outcome.spoilers[:MOST_SPOILERS])


def _spoiler(system: System, one: Spoiler) -> Line:
    seat = {True: " (at the table)", False: " (outside)", None: ""}[one.at_table]
    hold = "held" if one.held else "not held by anybody’s own interest"
    remedy = f" It would stay {squeeze(one.remedies[0].words)}." if one.remedies and not one.held else ""
    return say(
        strong(sentence(system.party(one.party))),
        quiet(f"{seat}, {hold}: "),
        system.running(squeeze(one.words) + remedy),
    )


def _row(system: System, one: TableReading) -> Row:
    outside = [
        f"{system.plain(out.party)} ({_part(-out.share)} it cares about)"
        for out in one.outsiders
        if out.share < 0
    ]
    return Row(
        head=say(sentence(squeeze(one.table.label or one.table.id))),
        cells=tuple(
            Cell(lines=(say(words),))
            for words in (
                sentence(f"{'yes' if one.all_gain else 'no'}; {share(one.zone)}"),
                counted(len(one.issues), "issue"),
                sentence(share(one.acceptable)) if one.package is not None else "no package",
                listed(outside, 3) or "nobody",
            )
        ),
    )


def _part(lost: float) -> str:
    return "all" if lost >= _ALL else f"{round(100 * lost)}% of what"


def _the(name: str) -> str:
    return "things as they are" if name == "as things are" else name
