"""Promises and what became of them, and the mechanisms that somebody proposed."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from detente.brief.agenda import issue_label
from detente.brief.model import Cell, Line, Listing, Part, Row, Section, Table
from detente.brief.names import counted, in_short, listed, number, says_enough, sentence, squeeze, toward
from detente.brief.notes import Desk, capped, quiet, say, strong
from detente.claims import Promise, Statement, StatusReport
from detente.dates import earliest, in_words
from detente.evidence import Evidence
from detente.vocabulary import Act, PromiseStatus, Quotation

MOST_PROMISES: Final = 30
MOST_PROPOSALS: Final = 15
_ORDER: Final = (PromiseStatus.BROKEN, PromiseStatus.DISPUTED, PromiseStatus.PENDING, PromiseStatus.KEPT)
_STATUS: Final = {
    PromiseStatus.BROKEN: "told as broken",
    PromiseStatus.DISPUTED: "disputed",
    PromiseStatus.PENDING: "open",
    PromiseStatus.KEPT: "told as kept",
}


def promises(desk: Desk) -> Section:
    """The section: each promise with who says what became of it."""
    every = in_order(desk.record.promises)
    if not every:
        blocks: tuple[Table | Listing, ...] = (Listing(lines=(say("The texts tell of no promise."),)),)
        return Section(key="promises", title="Promises and what became of them", blocks=blocks)
    groups = _told_alike(every)
    rows = tuple(_row(desk, group) for group in groups[:MOST_PROMISES])
    columns = ("By whom, to whom", "What was promised", "Made", "What became of it, and who says so")
    table = Table(caption="Each promise and its fate", columns=columns, rows=rows)
    left = len(groups) - MOST_PROMISES
    more = (Listing(lines=(say(quiet(f"and {counted(left, 'more promise')}")),)),) if left > 0 else ()
    return Section(
        key="promises",
        title="Promises and what became of them",
        blocks=(table, *more),
        lead=sentence(f"{tally(every)}."),
    )


def tally(every: Sequence[Promise]) -> str:
    """How many promises stand how: "of three promises on record one is told as broken and two are open"."""
    count = Counter(one.status for one in every)
    parts = [
        f"{number(count[status])} {'is' if count[status] == 1 else 'are'} {_STATUS[status]}"
        for status in _ORDER
        if count[status]
    ]
    if len(count) == 1:
        (status,) = count
        whole = {1: "the one promise", 2: "both promises"}.get(
            len(every), f"all {counted(len(every), 'promise')}"
        )
        return f"{whole} on record {'is' if len(every) == 1 else 'are'} {_STATUS[status]}"
    return f"of {counted(len(every), 'promise')} on record {listed(parts)}"


def in_order(every: Sequence[Promise]) -> tuple[Promise, ...]:
    """Promises with trouble first, then open ones, then those kept; in each the surest, then the latest."""
    return tuple(
        sorted(
            every,
            key=lambda p: (_ORDER.index(p.status), -p.confidence, -_day_made(p), p.id),
        )
    )


def _day_made(promise: Promise) -> int:
    return earliest(promise.made).toordinal() if promise.made else 0


def proposals(desk: Desk) -> Section:
    """The section: what somebody proposed as a way forward: mechanisms, formats, third parties."""
    made = [one for one in desk.record.statements if one.act in (Act.PROPOSAL, Act.OFFER)]
    made.sort(key=lambda one: (-one.confidence, one.evidence[0].article, one.evidence[0].start))
    made = [one for one in made if says_enough(one.evidence[0].quote)]
    told: dict[Evidence, list[Statement]] = {}
    for one in made:
        if one.speaker or one.speaker_text:
            told.setdefault(one.evidence[0], []).append(one)
    lines = [_proposal_line(desk, group) for group in told.values()]
    if not lines:
        lines = [say("The texts tell of no proposal.")]
    return Section(
        key="mechanisms",
        title="Mechanisms and offers proposed",
        blocks=(Listing(lines=capped(lines, MOST_PROPOSALS, "proposal")),),
    )


def _told_alike(every: Sequence[Promise]) -> list[list[Promise]]:
    """Promises in order; one given to several, or by each to the other, in the same words is one row."""
    groups: dict[tuple[object, ...], list[Promise]] = {}
    for promise in every:
        groups.setdefault((promise.what, promise.status, promise.evidence), []).append(promise)
    return list(groups.values())


def _row(desk: Desk, group: Sequence[Promise]) -> Row:
    promise = group[0]
    doers = dict.fromkeys(desk.names.with_camp(one.by) for one in group)
    others = dict.fromkeys(desk.names.with_camp(one.to) for one in group if one.to)
    issue = f" — {in_short(issue_label(desk, promise.issue))}" if promise.issue else ""
    head = say(
        sentence(toward(list(doers), list(others), "to")),
        quiet(issue),
        marks=desk.marks(*group),
        of=group,
    )
    what = say(squeeze(promise.what), desk.cite(promise.evidence), of=(promise,))
    made = say(in_words(promise.made) if promise.made else "not told")
    return Row(head=head, cells=(Cell(lines=(what,)), Cell(lines=(made,)), Cell(lines=_fate(desk, promise))))


def _fate(desk: Desk, promise: Promise) -> tuple[Line, ...]:
    now = sentence(_STATUS[promise.status])
    if not promise.reports:
        return (say(now, quiet("; nobody in these texts says more"), of=(promise,)),)
    if len(promise.reports) == 1 and promise.reports[0].status is promise.status:
        only = promise.reports[0]
        return (say(f"{now}, says {_teller(desk, only)}", desk.cite((only.because,)), of=(promise,)),)
    told = (
        say(
            f"{sentence(_teller(desk, one))}: {_STATUS[one.status]}", desk.cite((one.because,)), of=(promise,)
        )
        for one in promise.reports
    )
    return (say(strong(now), of=(promise,)), *told)


def _teller(desk: Desk, report: StatusReport) -> str:
    who = desk.names.with_camp(report.by) if report.by else "the writer"
    return f"{who}, {in_words(report.on)}" if report.on else who


def _proposal_line(desk: Desk, told: Sequence[Statement]) -> Line:
    """A proposal; one that several make in the same words is one line."""
    statement = told[0]
    verb = "offered" if statement.act is Act.OFFER else "proposed"
    if statement.quote is Quotation.INDIRECT:
        verb += ", as reported"
    to: tuple[Part, ...] = ()
    if statement.target and len(told) == 1:
        to = say(quiet(f" (to {desk.names.party(statement.target)})")).parts
    return say(
        f"{sentence(listed(dict.fromkeys(desk.names.speaker(one) for one in told)))} {verb}: ",
        desk.quote(statement.evidence[0]),
        to,
        marks=desk.marks(*told),
        of=told,
    )
