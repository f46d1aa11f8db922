"""Packages in words: what both sides could accept, who gives what, and how sure that is."""

from collections.abc import Sequence
from typing import Final

from detente.analysis.packages import Gift, Package, PackagesFinding
from detente.brief.model import Block, Cell, Line, Listing, Mark, Row, Table
from detente.brief.names import counted, listed, number, sentence, squeeze
from detente.brief.notes import quiet, say, strong
from detente.brief.pictures_packages import Offer, scatter
from detente.brief.system import System, share

MOST_PACKAGES: Final = 8
MOST_PARTIES: Final = 3
_INFERRED: Final = (Mark.INFERRED,)


def packages_told(system: System, found: PackagesFinding) -> list[Block]:
    """The blocks on packages: the gist, who gives what, the picture and the table of packages."""
    blocks: list[Block] = [Listing(heading="What both sides could accept", lines=_gist(system, found))]
    if found.gifts:
        blocks.append(_gifts(system, found))
    offers = listed_packages(found)
    if len(found.table.parties) >= 2 and len(offers) > 1:
        first, second = found.table.parties[:2]
        blocks.append(
            scatter(
                [_offer(one, row, found) for row, one in enumerate(offers, 1)],
                (system.plain(first), system.plain(second)),
                (found.disagreement[first], found.disagreement[second]),
            )
        )
    if offers:
        blocks.append(_table(system, found, offers))
    changers = _changers(system, found)
    if changers:
        blocks.append(Listing(heading="What would change it", lines=tuple(changers)))
    return blocks


def package_sentence(system: System, found: PackagesFinding) -> Line:
    """Packages in one sentence, for the state of play."""
    whom = listed(system.party(one) for one in found.table.parties)
    best = found.nash
    if best is None or not found.all_gain:
        return say(
            f"On what the texts say each wants, no package would leave all of {whom} better off "
            f"than no deal; of the worlds that the texts leave open, {round(100 * found.zone)}% have one.",
            marks=_INFERRED,
        )
    return say(
        f"A package that would leave {whom} better off than no deal: {system.deeds(best.taken, 4)}",
        system.cite(found.evidence, 3),
        f"; where the texts leave doubt, nobody loses by it {_often(best.acceptable)}.",
        marks=_INFERRED,
    )


def listed_packages(found: PackagesFinding) -> tuple[Package, ...]:
    """The packages worth a row: the four fair points first, then the frontier, each once."""
    named = (found.nash, found.kalai_smorodinsky, found.egalitarian, found.utilitarian)
    every = {one.taken: one for one in (*named, *found.frontier) if one is not None}
    return tuple(every.values())[:MOST_PACKAGES]


def _gist(system: System, found: PackagesFinding) -> tuple[Line, ...]:
    whom = listed(system.party(one) for one in found.table.parties)
    lines = [
        say(
            f"Of {counted(found.considered, 'combination')} that break no constraint and no red line, "
            f"{number(found.feasible)} would leave nobody among {whom} worse off than no deal, and "
            f"{counted(len(found.frontier), 'package')} cannot be bettered for one without loss to another.",
            marks=_INFERRED,
        ),
        say(
            f"How sure: of {counted(found.worlds, 'world')} drawn from what the texts leave open, "
            f"{round(100 * found.zone)}% have a package that gains everybody something.",
            marks=_INFERRED,
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
        marks=_INFERRED,
    )


def _gifts(system: System, found: PackagesFinding) -> Table:
    parties = found.table.parties[:MOST_PARTIES]
    rows = tuple(
        Row(
            head=say(_deed(system, gift), system.cite_option(gift.option)),
            cells=tuple(Cell(lines=(say(_weighs(gift.stake.get(party)), marks=()),)) for party in parties),
        )
        for gift in found.gifts
    )
    heads = tuple(f"For {system.party(party)}" for party in parties)
    return Table(
        caption="The most even-handed package (Nash): who gives what, and what it weighs",
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
    return f"gains {much}" if stake > 0 else f"costs {much}"


def _offer(package: Package, row: int, found: PackagesFinding) -> Offer:
    first, second = found.table.parties[:2]
    return Offer(
        x=package.utility[first],
        y=package.utility[second],
        number=row,
        best=found.nash is not None and package.taken == found.nash.taken,
        key=f"package-{row}",
    )


def _table(system: System, found: PackagesFinding, offers: Sequence[Package]) -> Table:
    parties = found.table.parties[:MOST_PARTIES]
    rows = tuple(
        Row(
            key=f"package-{row}",
            head=say(strong(str(row)), quiet(_called(found, one))),
            cells=(
                Cell(lines=_taken(system, one)),
                *(Cell(lines=(say(_gain(one, found, party)),)) for party in parties),
                Cell(lines=(say(sentence(_often(one.acceptable))),)),
            ),
        )
        for row, one in enumerate(offers, 1)
    )
    gains = tuple(f"Gain of {system.party(party)}" for party in parties)
    columns = ("Package", "What is done", *gains, "Nobody loses by it")
    return Table(caption="Packages that nobody can better alone", columns=columns, rows=rows)


def _taken(system: System, package: Package) -> tuple[Line, ...]:
    lines = tuple(say(system.deed(option), system.cite_option(option, 1)) for option in package.taken)
    return lines or (say("Nothing is done."),)


def _called(found: PackagesFinding, package: Package) -> str:
    points = (
        (found.nash, "Nash"),
        (found.kalai_smorodinsky, "Kalai–Smorodinsky"),
        (found.egalitarian, "egalitarian"),
        (found.utilitarian, "utilitarian"),
    )
    names = [name for point, name in points if point is not None and point.taken == package.taken]
    return f" ({', '.join(names)})" if names else ""


def _gain(package: Package, found: PackagesFinding, party: str) -> str:
    return f"{package.utility[party] - found.disagreement[party]:+.3g}".replace("-", "−")


def _often(acceptable: float | None) -> str:
    return "not worked out" if acceptable is None else share(acceptable)


def _changers(system: System, found: PackagesFinding) -> list[Line]:
    return [
        say(
            f"If “{system.deed(one.option)}” weighed {one.at:.3g} for {system.party(one.party)} (taken as "
            f"{one.middle:.3g}, from {one.low:.3g} to {one.high:.3g}), the even-handed package would be: "
            f"{system.deeds(one.becomes)}.",
            system.cite_option(one.option),
            marks=_INFERRED,
        )
        for one in found.tippings[:5]
    ]
