"""Tables compared: who sits where, what can be agreed there, what would hold, and who is left outside.

Law: at a table only its own options move; everything else stays as it is today. Whoever does not sit
cannot refuse, but keeps its own options, and may answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Final

import numpy as np

from detente.errors import InvalidNegotiation, NotEnoughEvidence
from detente.negotiation.model import Negotiation, Table, Weights
from detente.negotiation.wording import doing, listed, party_name
from detente.solvers.acceptability import acceptability
from detente.solvers.bargaining import fair_points
from detente.solvers.deals import Deals, deals_at, movable, narrowed
from detente.solvers.graph_model import CONCEPTS, Conflict, build_conflict, solve_conflict
from detente.solvers.space import StateSpace
from detente.solvers.steps import temptations

SCHEMA: Final = "detente/tables/1"
_STABLE_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """Somebody who does not sit, and what the table's package is to it.

    Attributes:
        party: Its id.
        change: What the package adds to its worth, by the middle of its weights; ``None`` where only an
            order is known.
        share: The change as a share of all its weights, from -1 to 1.
        takes: Options it would take in answer, to its own advantage; with ``drops``, empty where it
            has no better move.
        drops: Options it would end.
        words: The same as a sentence.
    """

    party: str
    change: float | None
    share: float
    takes: tuple[str, ...]
    drops: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """One table.

    Attributes:
        table: Who sits; ``table.options`` are those that move.
        only_here: Options that move at no smaller table of the comparison.
        considered: Packages that keep every constraint and the sitting parties' red lines.
        feasible: Those that leave nobody who sits worse off.
        all_gain: Whether one gains all of them something.
        zone: Share of worlds in which one does.
        package: Ids of the options of the Nash package, ``None`` where none is feasible.
        gains: What it adds, by sitting party.
        acceptable: Share of worlds in which nobody who sits loses by it.
        issues: Ids of the issues it settles something of, with the options.
        holds: Concepts by which it is stable for those who sit.
        stable: Packages stable for all who sit by looking at the others' own interest (SEQ), those
            that change least first; at most five.
        stable_count: How many there are.
        outsiders: Who is left outside and loses by it or would answer, the greatest loss first.
        words: What the table can deliver, in a sentence or two.
        refused: Why the table could not be worked out, or ``None``.
    """

    table: Table
    only_here: tuple[str, ...] = ()
    considered: int = 0
    feasible: int = 0
    all_gain: bool = False
    zone: float = 0.0
    package: tuple[str, ...] | None = None
    gains: Mapping[str, float]
    acceptable: float = 0.0
    issues: Mapping[str, tuple[str, ...]]
    holds: tuple[str, ...] = ()
    stable: tuple[tuple[str, ...], ...] = ()
    stable_count: int = 0
    outsiders: tuple[Outsider, ...] = ()
    words: str
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesFinding:
    """All tables, side by side.

    Attributes:
        tables: In the order of the file.
        widest: Id of the table whose package settles something of most issues and gains all who sit; of
            several, the one of the surest package, then of the fewest outsiders who would answer.
            ``None`` where no table gains all.
        words: The comparison in a sentence.
        derived: Whether the file names no tables, so that the obvious ones were taken.
    """

    negotiation: str
    tables: tuple[TableReading, ...]
    widest: str | None
    words: str
    derived: bool
    samples: int
    seed: int


def tables(negotiation: Negotiation, *, samples: int = 1000, seed: int = 0) -> TablesFinding:
    """What each table can deliver, what would hold there and whom it leaves outside.

    Args:
        negotiation: The file; without tables of its own, every two parties and all of them are taken.
        samples: Worlds to draw where weights are ranges.
        seed: Of the random numbers.

    Raises:
        NotEnoughEvidence: Fewer than two parties.
    """
    chosen = negotiation.tables or obvious_tables(negotiation)
    if not chosen:
        raise NotEnoughEvidence(f"{negotiation.id}: fewer than two parties: there is no table to compare.")
    whole = _whole(negotiation)
    read = tuple(
        _read(negotiation, table, others=chosen, whole=whole, samples=samples, seed=seed) for table in chosen
    )
    widest = _widest(read)
    return TablesFinding(
        negotiation=negotiation.id,
        tables=read,
        widest=widest.table.id if widest else None,
        words=_compared(negotiation, read, widest),
        derived=not negotiation.tables,
        samples=samples,
        seed=seed,
    )


def tables_json(finding: TablesFinding) -> dict[str, object]:
    """The finding as ``detente tables --json`` prints it, schema ``detente/tables/1``."""
    return {"schema": SCHEMA, **asdict(finding)}


def obvious_tables(negotiation: Negotiation) -> tuple[Table, ...]:
    """Every two parties that both control options, and everybody."""
    acting = [p.id for p in negotiation.parties if any(o.by == p.id for o in negotiation.options)]
    pairs = [
        Table(id=f"{one}+{other}", parties=(one, other), label=_names(negotiation, (one, other)))
        for one, other in combinations(acting, 2)
    ]
    everyone = tuple(party.id for party in negotiation.parties)
    if len(everyone) > 2 or (not pairs and len(everyone) > 1):
        pairs.append(Table(id="all", parties=everyone, label="everybody"))
    return tuple(pairs)


def _read(
    negotiation: Negotiation,
    table: Table,
    *,
    others: Sequence[Table],
    whole: Conflict | None,
    samples: int,
    seed: int,
) -> TableReading:
    seated = Table(
        id=table.id,
        parties=table.parties,
        options=movable(negotiation, table),
        label=table.label or _names(negotiation, table.parties),
        evidence=table.evidence,
    )
    try:
        deals = deals_at(negotiation, table)
    except InvalidNegotiation as error:
        return TableReading(table=seated, gains={}, issues={}, words=error.reason, refused=error.reason)
    points = fair_points(deals.utilities, deals.disagreement)
    rows = np.array([] if points.nash is None else [points.nash], dtype=np.int64)
    sure = acceptability(deals, rows, samples=samples, seed=seed)
    package = None if points.nash is None else deals.taken(points.nash)
    holds, stable = _stable(negotiation, table, package)
    outsiders = _outsiders(deals, whole, points.nash)
    gains = {} if points.nash is None else _gains(deals, points.nash)
    return TableReading(
        table=seated,
        only_here=_only_here(negotiation, table, others),
        considered=len(deals.space),
        feasible=points.feasible,
        all_gain=points.all_gain,
        zone=sure.zone,
        package=package,
        gains=gains,
        acceptable=float(sure.to_all[0]) if len(rows) else 0.0,
        issues=_settled(deals, package or ()),
        holds=holds,
        stable=stable[:_STABLE_SHOWN],
        stable_count=len(stable),
        outsiders=outsiders,
        words=_told(negotiation, package, gains, outsiders, all_gain=points.all_gain),
    )


def _gains(deals: Deals, row: int) -> dict[str, float]:
    gains = deals.utilities[row] - deals.disagreement
    return {party: round(float(x), 9) + 0.0 for party, x in zip(deals.parties, gains, strict=True)}


def _settled(deals: Deals, package: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Options that the package changes, by issue; those under no issue stand under an empty name."""
    taken = frozenset(package)
    found: dict[str, list[str]] = {}
    for option in deals.negotiation.options:
        today = bool(int(deals.space.bit(option.id)) & deals.status_quo)
        if (option.id in taken) != today:
            found.setdefault(option.issue or "", []).append(option.id)
    return {issue: tuple(options) for issue, options in found.items()}


def _only_here(negotiation: Negotiation, table: Table, others: Sequence[Table]) -> tuple[str, ...]:
    """Options that none of the tables with fewer seats can move."""
    smaller = [other for other in others if len(other.parties) < len(table.parties)]
    elsewhere = {option for other in smaller for option in movable(negotiation, other)}
    return tuple(option for option in movable(negotiation, table) if option not in elsewhere)


def _stable(
    negotiation: Negotiation, table: Table, package: tuple[str, ...] | None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """By what concepts the package holds among those who sit, and which packages hold by SEQ."""
    try:
        conflict = build_conflict(narrowed(negotiation, table))
    except InvalidNegotiation:
        return (), ()
    verdicts = solve_conflict(conflict).for_all
    space = conflict.space
    held = np.flatnonzero(verdicts[CONCEPTS.index(CONCEPTS[-1])])
    taken = [space.taken(int(state)) for state in held]
    here = None if package is None else _place(space, package)
    holds = () if here is None else tuple(str(c) for at, c in enumerate(CONCEPTS) if verdicts[at, here])
    return holds, tuple(sorted(taken, key=len))


def _place(space: StateSpace, package: Iterable[str]) -> int | None:
    taken = frozenset(package)
    return space.find("".join("1" if option in taken else "0" for option in space.options))


def _whole(negotiation: Negotiation) -> Conflict | None:
    """Everybody's moves; ``None`` where there are too many states to look at what outsiders answer."""
    try:
        return build_conflict(negotiation)
    except InvalidNegotiation:
        return None


def _outsiders(deals: Deals, whole: Conflict | None, row: int | None) -> tuple[Outsider, ...]:
    """Those not at the table who lose by the package or have a better move after it."""
    if row is None:
        return ()
    found = []
    for party in deals.negotiation.parties:
        if party.id not in deals.parties:
            outsider = _outsider(deals, whole, row, party.id)
            if (outsider.change or 0.0) < 0 or outsider.takes or outsider.drops:
                found.append(outsider)
    return tuple(sorted(found, key=lambda one: one.share))


def _outsider(deals: Deals, whole: Conflict | None, row: int, party: str) -> Outsider:
    change = share = None
    preference = deals.negotiation.preferences.get(party)
    if isinstance(preference, Weights):
        now = {o for o in deals.space.options if int(deals.space.bit(o)) & deals.status_quo}
        then = frozenset(deals.taken(row))
        worth = {option: value.middle for option, value in preference.values.items()}
        change = round(sum(w * ((o in then) - (o in now)) for o, w in worth.items()), 9) + 0.0
        total = sum(abs(w) for w in worth.values())
        share = change / total if total else 0.0
    takes, drops = _answer(whole, deals.taken(row), party)
    return Outsider(
        party=party,
        change=change,
        share=share or 0.0,
        takes=takes,
        drops=drops,
        words=_outside_told(deals.negotiation, party, share, takes, drops),
    )


def _answer(
    whole: Conflict | None, package: Sequence[str], party: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outsider's best move after the package, or nothing."""
    state = _place(whole.space, package) if whole else None
    if whole is None or state is None:
        return (), ()
    wished = temptations(whole, whole.parties.index(party), state)
    if not len(wished):
        return (), ()
    before, after = frozenset(package), frozenset(whole.space.taken(int(wished[0])))
    order = whole.space.options
    return tuple(o for o in order if o in after - before), tuple(o for o in order if o in before - after)


def _outside_told(
    negotiation: Negotiation, party: str, share: float | None, takes: Sequence[str], drops: Sequence[str]
) -> str:
    name = party_name(negotiation, party)
    if share is not None and share < 0:
        loss = f"{name} is left outside and loses {-share:.0%} of all it cares about"
    else:
        loss = f"{name} is left outside"
    if takes or drops:
        return f"{loss}; it would answer: {doing(negotiation, takes, drops)}."
    return f"{loss}; it has no better move of its own here."


def _told(
    negotiation: Negotiation,
    package: tuple[str, ...] | None,
    gains: Mapping[str, float],
    outsiders: Sequence[Outsider],
    *,
    all_gain: bool,
) -> str:
    if package is None:
        return "No package leaves everybody who sits at least as well off as no deal."
    if not any(gain > 0 for gain in gains.values()):
        return "Nobody gains: the best that can be agreed here is to leave things as they are."
    best = "All who sit gain" if all_gain else "Nobody who sits loses"
    texts = {option.id: option.text for option in negotiation.options}
    by = {party.id: [o for o in negotiation.options if o.by == party.id] for party in negotiation.parties}
    parts = [
        f"{party_name(negotiation, party)}: {listed([texts[o.id] for o in options if o.id in package])}"
        for party, options in by.items()
        if any(o.id in package for o in options)
    ]
    loses = [one for one in outsiders if one.share < 0]
    left = f" Outside, {_names(negotiation, [one.party for one in loses])} would lose." if loses else ""
    return f"{best} by this: {'; '.join(parts) or 'an end to what is done today'}.{left}"


def _widest(read: Sequence[TableReading]) -> TableReading | None:
    """Most issues settled with a gain for all who sit; then the surest; then the fewest to answer it."""

    def reach(reading: TableReading) -> tuple[int, float, int, int]:
        answers = sum(bool(one.takes or one.drops) for one in reading.outsiders)
        return len(reading.issues), reading.acceptable, -answers, -len(reading.table.parties)

    gaining = [reading for reading in read if reading.all_gain and reading.package]
    return max(gaining, key=reach, default=None)


def _compared(negotiation: Negotiation, read: Sequence[TableReading], widest: TableReading | None) -> str:
    if widest is None:
        return "No table gains everybody who sits at it something."
    without = [reading for reading in read if not reading.all_gain]
    count = len([issue for issue in widest.issues if issue])
    issues = f"{count} issue{'' if count == 1 else 's'}" if count else f"{len(widest.package or ())} options"
    told = (
        f"{widest.table.label or widest.table.id} can settle most: {issues}, acceptable to all who sit in "
        f"{widest.acceptable:.0%} of worlds."
    )
    if without:
        names = listed([reading.table.label or reading.table.id for reading in without])
        told += f" Nothing that gains everybody can be agreed by: {names}."
    answering = [one.party for one in widest.outsiders if one.takes or one.drops]
    if answering:
        told += f" Left outside, {_names(negotiation, answering)} would answer it."
    return told


def _names(negotiation: Negotiation, parties: Sequence[str]) -> str:
    return listed([party_name(negotiation, party) for party in parties])
