"""What could hold: packages, stable outcomes, spoilers, tables and the forecast, in words."""

from detente.brief.bargains import changers, is_likely, package_sentence, packages_picture, packages_told
from detente.brief.findings import Findings
from detente.brief.forecasts import forecast_told
from detente.brief.model import Block, Line, Listing, Mark, Section
from detente.brief.names import counted, listed, squeeze
from detente.brief.notes import Desk, quiet, say
from detente.brief.outcomes import Outcome, grid, outcomes, stability_gist
from detente.brief.seats import spoiler_sentence, spoilers_told, tables_told
from detente.brief.system import System
from detente.dates import in_words
from detente.negotiation.model import Negotiation, Weights


def holds(desk: Desk, negotiation: Negotiation | None, findings: Findings) -> Section | None:
    """The section; ``None`` where nothing was to be analysed."""
    if negotiation is None or not (negotiation.options or negotiation.issues):
        return _nothing(findings)
    system = System(desk, negotiation)
    every = outcomes(system, findings.stability, findings.packages)
    blocks = [
        *_accepted(system, findings, every),
        *_held(system, findings, every),
        *_seated(system, findings, every),
        *_ahead(system, findings),
    ]
    if not blocks:
        return None
    lead = _lead(system, findings)
    return Section(
        key="holds", title="What could hold", blocks=tuple(blocks), lead=lead, marks=(Mark.INFERRED,)
    )


def _nothing(findings: Findings) -> Section | None:
    """Why nothing was worked out; ``None`` where nothing was asked for."""
    lines = tuple(say(squeeze(reason)) for reason in findings.not_run)
    if not lines:
        return None
    return Section(key="holds", title="What could hold", blocks=(Listing(lines=lines),))


def _accepted(system: System, findings: Findings, every: tuple[Outcome, ...]) -> list[Block]:
    if findings.packages is None:
        return []
    picture = packages_picture(system, findings.packages, every)
    return [*packages_told(system, findings.packages), *([picture] if picture else [])]


def _held(system: System, findings: Findings, every: tuple[Outcome, ...]) -> list[Block]:
    if findings.stability is None and findings.packages is None:
        return []
    gist = [stability_gist(system, findings.stability)] if findings.stability else []
    return [*gist, grid(system, every, findings.moved, findings.packages)]


def _seated(system: System, findings: Findings, every: tuple[Outcome, ...]) -> list[Block]:
    blocks: list[Block] = []
    if findings.spoilers is not None:
        blocks += spoilers_told(system, findings.spoilers, every)
    if findings.tables is not None:
        blocks += tables_told(system, findings.tables)
    tipped = changers(system, findings.packages, every) if findings.packages else []
    if tipped:
        heading = "What would make another package the most even-handed"
        blocks.append(Listing(heading=heading, lines=tuple(tipped)))
    return blocks


def _ahead(system: System, findings: Findings) -> list[Block]:
    blocks = forecast_told(system, findings.forecast) if findings.forecast else []
    if findings.not_run:
        lines = tuple(say(quiet(squeeze(reason))) for reason in findings.not_run)
        blocks.append(Listing(heading="Not worked out", lines=lines))
    return blocks


def in_a_sentence(desk: Desk, negotiation: Negotiation | None, findings: Findings) -> list[Line]:
    """What could hold, for the state of play."""
    if negotiation is None or findings.packages is None:
        return []
    system = System(desk, negotiation)
    lines = [package_sentence(system, findings.packages)]
    found = findings.packages
    # Of a package that is not likely to be taken, who could upset it is no matter for the first page.
    if findings.spoilers is not None and found.nash is not None and found.all_gain and is_likely(found.nash):
        upset = spoiler_sentence(system, findings.spoilers)
        lines += [upset] if upset is not None else []
    return lines


def _lead(system: System, findings: Findings) -> str:
    talks = system.negotiation
    on = f", as of {in_words(talks.on)}" if talks.on else ""
    doubts = sum(
        value.is_open
        for preference in talks.preferences.values()
        if isinstance(preference, Weights)
        for value in preference.values.values()
    )
    inputs = listed(
        part
        for part in (
            counted(len(talks.parties), "party", "parties"),
            _moved(system, findings),
            counted(doubts, "weight left open by the texts", "weights left open by the texts")
            if doubts
            else "",
        )
        if part
    )
    return (
        f"A model, not a prophecy: {inputs}{on}. What a party may do comes from what is asked of it; what it "
        "wants, from how often and how firmly it asks. Change the negotiation file, and the findings change."
    )


def _moved(system: System, findings: Findings) -> str:
    every = len(system.negotiation.options)
    moved = len(findings.moved) or every
    which = f" (the weightiest of {every}; the others stay as they are)" if moved < every else ""
    return counted(moved, "thing they may do", "things they may do") + which
