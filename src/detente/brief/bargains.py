"""Packages in words: what both sides could accept, who gives what, and how sure that is."""

from math import isclose
from typing import Final

from detente.analysis.packages import Gift, Package, PackagesFinding
from detente.brief.model import Block, Cell, Line, Listing, Mark, Picture, Row, Table
from detente.brief.names import counted, listed, number, sentence, squeeze
from detente.brief.notes import MOST_NOTES, quiet, say
from detente.brief.outcomes import Outcome
from detente.brief.pictures_packages import Offer, scatter
from detente.brief.system import System, share

MOST_PARTIES: Final = 3
# A package by which somebody loses in more worlds than not is no package to put first.
_LIKELY: Final = 0.5
_INFERRED: Final = (Mark.INFERRED,)


def packages_told(system: System, found: PackagesFinding) -> list[Block]:
    """The gist on packages, and who gives what in the most even-handed one."""
    blocks: list[Block] = [Listing(heading="What both sides could accept", lines=_gist(system, found))]
    if found.gifts:
        blocks.append(_gifts(system, found))
    return blocks


def package_sentence(system: System, found: PackagesFinding) -> Line:
    """Packages in one sentence, for the state of play."""
    whom = listed(system.party(one) for one in found.table.parties)
    best = found.nash
    if best is None or not found.all_gain:
        return say(
            f"On what the texts say each wants, no package of these deeds would leave {whom} all better off "
            f"than no deal; {_in_worlds(found)}.",
            marks=_INFERRED,
        )
    cited = [
        one for option in best.taken if (known := system.option.get(option)) for one in known.evidence[:1]
    ]
    if not is_likely(best):
        return say(
            f"No package is likely to leave {whom} all better off than no deal; nearest comes this: "
            f"{system.trade(best.taken)}",
            system.cite(cited, MOST_NOTES),
            f"; nobody loses by it in {round(100 * (best.acceptable or 0.0))}% of the worlds that the "
            "texts leave open.",
            marks=_INFERRED,
        )
    return say(
        f"A package that would leave {whom} better off than no deal: {system.trade(best.taken)}",
        system.cite(cited, MOST_NOTES),
        f"; where the texts leave doubt, nobody loses by it {_often(best.acceptable)}.",
        marks=_INFERRED,
    )


def is_likely(package: Package) -> bool:
    """Whether nobody loses by a package in more worlds than not, as far as that was worked out."""
    return package.acceptable is None or package.acceptable >= _LIKELY


def _in_worlds(found: PackagesFinding) -> str:
    """How often a package gains everybody something, of the worlds that the texts leave open."""
    if found.zone < 0.005:
        return "nor would one in any of the worlds drawn from what the texts leave open"
    return f"one would in {round(100 * found.zone)}% of the worlds drawn from what the texts leave open"


def packages_picture(system: System, found: PackagesFinding, every: tuple[Outcome, ...]) -> Picture | None:
    """The packages as points, where there is more than one and two parties to draw them for."""
    offers = [one for one in every if one.package is not None]
    if len(found.table.parties) < 2 or len(offers) < 2:
        return None
    first, second = found.table.parties[:2]
    points = [
        Offer(
            x=one.package.utility[first] - found.disagreement[first],
            y=one.package.utility[second] - found.disagreement[second],
            number=int(one.name.rsplit(" ", 1)[-1]),
            best=found.nash is not None and one.taken == frozenset(found.nash.taken),
        )
        for one in offers
        if one.package is not None
    ]
    return scatter(points, (system.plain(first), system.plain(second)))


def changers(system: System, found: PackagesFinding, every: tuple[Outcome, ...]) -> list[Line]:
    """Which weights in doubt would make another package the most even-handed, each on its own."""
    names = {one.taken: one.name for one in every}
    lines = []
    for one in sorted(found.tippings, key=lambda one: frozenset(one.becomes) not in names):
        if isclose(one.at, one.middle, rel_tol=1e-3):
            continue  # a tie: the other package is as even-handed already
        other = frozenset(one.becomes)
        becomes = names.get(other) or _in_place(system, found, other)
        way = "less" if abs(one.at) < abs(one.middle) else "more"
        party = system.party(one.party)
        matters = f"cost {party} {way}" if one.middle < 0 else f"were worth {way} to {party}"
        lines.append(
            say(
                f"If “{system.deed(one.option)}” {matters} than is taken here ({_size(one.at)} instead of "
                f"{_size(one.middle)} of 100; the texts leave open {_span(one.low, one.high)}): {becomes}.",
                system.cite_option(one.option),
            )
        )
    return lines[:5]


def _in_place(system: System, found: PackagesFinding, other: frozenset[str]) -> str:
    """How another package differs from the most even-handed one."""
    known = frozenset(found.nash.taken) if found.nash is not None else frozenset()
    more = [f"“{system.deed(one)}”" for one in system.option if one in other - known]
    less = [f"“{system.deed(one)}”" for one in system.option if one in known - other]
    parts = [f"with {listed(more, 2)}" if more else "", f"without {listed(less, 2)}" if less else ""]
    return f"the package {listed(part for part in parts if part)}"


def _size(value: float) -> str:
    return f"{abs(value):.2g}" if abs(value) < 100 else "100"


def _span(low: float, high: float) -> str:
    if low < 0 < high:
        return f"anything from a cost of {_size(low)} to a gain of {_size(high)}"
    least, most = sorted((abs(low), abs(high)))
    return f"{_size(least)} to {_size(most)}"


def _gist(system: System, found: PackagesFinding) -> tuple[Line, ...]:
    whom = listed(system.party(one) for one in found.table.parties)
    combinations = counted(found.considered, "combination")
    lines = [
        say(
            f"Of {combinations} that break no constraint and no red line, {number(found.feasible)} would "
            f"leave nobody among {whom} worse off than no deal; {number(len(found.frontier))} of these "
            "cannot be bettered for one without loss to another.",
        ),
        say(
            f"How sure: of {counted(found.worlds, 'world')} drawn from what the texts leave open, "
            f"{round(100 * found.zone)}% have a package that gains everybody something.",
        ),
    ]
    if not found.all_gain:
        lines += [_relaxed(system, found, place) for place in range(min(2, len(found.relaxations)))]
    lines += [say(quiet(squeeze(note))) for note in found.notes]
    return tuple(lines)


def _relaxed(system: System, found: PackagesFinding, place: int) -> Line:
    one = found.relaxations[place]
    if one.red_line is not None:
        way = f"if {system.party(one.party)} dropped its red line “{squeeze(one.red_line)}”"
    elif one.option is not None:
        way = f"if “{system.deed(one.option)}” cost {system.party(one.party)} less"
    else:
        way = f"if {system.party(one.party)} could be given a little more"
    return say(
        f"One would open {way}: {system.deeds(one.package)}.",
        system.cite_option(one.option) if one.option else (),
    )


def _gifts(system: System, found: PackagesFinding) -> Table:
    parties = found.table.parties[:MOST_PARTIES]
    rows = tuple(
        Row(
            head=say(_deed(system, gift), system.cite_option(gift.option)),
            cells=tuple(Cell(lines=(say(_weighs(gift.stake.get(party))),)) for party in parties),
        )
        for gift in found.gifts
    )
    heads = tuple(f"For {system.party(party)}" for party in parties)
    return Table(
        caption="The most even-handed package (package 1, by Nash): who gives what, and what it weighs",
        columns=("Given", *heads),
        rows=rows,
    )


def _deed(system: System, gift: Gift) -> str:
    return system.deed(gift.option) if gift.taken else f"an end to: {system.deed(gift.option)}"


def _weighs(stake: float | None) -> str:
    if not stake:
        return "nothing told"
    size = abs(stake)
    much = "little" if size < 1 / 3 else "something" if size < 2 / 3 else "much"
    return sentence(f"gains {much}" if stake > 0 else f"costs {much}")


def _often(acceptable: float | None) -> str:
    return "so far as was worked out" if acceptable is None else share(acceptable)
