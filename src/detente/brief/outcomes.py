"""Outcomes side by side: what is done in each, what it is worth, whether it would hold, and how surely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from detente.analysis.packages import Package, PackagesFinding
from detente.analysis.stability import StabilityFinding, StateVerdict
from detente.brief.model import Cell, Line, Listing, Row, Table
from detente.brief.names import counted, listed, number, sentence
from detente.brief.notes import quiet, say, strong
from detente.brief.system import System, share
from detente.negotiation.model import Weights
from detente.solvers.graph_model import Concept
from detente.solvers.sampling import doubt

MOST_PACKAGES: Final = 5
MOST_PARTIES: Final = 3
# Standard deviations either side that hold 90% of a normal distribution.
_NINE_OF_TEN: Final = 1.645
_SHORT: Final = {
    Concept.NASH: "yes, of itself",
    Concept.SEQ: "yes, by answers",
    Concept.SMR: "yes, by firm threats",
    Concept.GMR: "yes, by threats",
}
# From the firmest: what holds by Nash holds by all.
_HOW: Final = {
    Concept.NASH: "nobody has a better move",
    Concept.SEQ: "who moved would be answered, in the other’s own interest",
    Concept.SMR: "who moved would be answered, and could not make up for it",
    Concept.GMR: "who moved could be punished, at the other’s own cost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An outcome to show beside others.

    Attributes:
        name: What it is called: "as things are", "package 1".
        called: What else it is called: the fair points it is.
        package: Its worth; ``None`` for things as they are where no package finding has them.
        verdict: Whether it would hold; ``None`` where it would not, or where that was not worked out.
    """

    name: str
    called: str
    taken: frozenset[str]
    package: Package | None
    verdict: StateVerdict | None


def outcomes(
    system: System, stability: StabilityFinding | None, deals: PackagesFinding | None
) -> tuple[Outcome, ...]:
    """Things as they are, then the packages worth a column: the four fair points, then the frontier."""
    held = {frozenset(one.taken): one for one in stability.states if one.equilibrium} if stability else {}
    offers = listed_packages(deals) if deals else ()
    today = today_taken(system)
    found = [Outcome(name="as things are", called="", taken=today, package=None, verdict=held.get(today))]
    found += [
        Outcome(
            name=f"package {place}",
            called=called(deals, one) if deals else "",
            taken=frozenset(one.taken),
            package=one,
            verdict=held.get(frozenset(one.taken)),
        )
        for place, one in enumerate(offers, 1)
        if frozenset(one.taken) != today
    ]
    return tuple(found)


def listed_packages(found: PackagesFinding) -> tuple[Package, ...]:
    """The packages worth a column, each once."""
    named = (found.nash, found.kalai_smorodinsky, found.egalitarian, found.utilitarian)
    every = {one.taken: one for one in (*named, *found.frontier) if one is not None}
    return tuple(every.values())[:MOST_PACKAGES]


def called(found: PackagesFinding, package: Package) -> str:
    """Which of the four fair points a package is, in brackets, or nothing."""
    points: Mapping[str, Package | None] = {
        "Nash": found.nash,
        "Kalai–Smorodinsky": found.kalai_smorodinsky,
        "egalitarian": found.egalitarian,
        "utilitarian": found.utilitarian,
    }
    names = [name for name, point in points.items() if point is not None and point.taken == package.taken]
    return listed(names)


def today_taken(system: System) -> frozenset[str]:
    """What is done today, by the file's status quo; nothing where it gives none."""
    digits = system.negotiation.status_quo or ""
    return frozenset(o.id for o, d in zip(system.negotiation.options, digits, strict=False) if d == "1")


def stability_gist(system: System, found: StabilityFinding) -> Listing:
    """How many outcomes would hold, whether today's would, and how sure that is."""
    nash = len(found.equilibria.get(Concept.NASH, ()))
    holding = sum(bool(one.equilibrium) for one in found.states)
    lines = [
        say(
            f"Of {counted(found.considered, 'outcome')} possible, {number(holding)} would hold: "
            f"{number(nash)} because nobody has a better move (Nash), the others because a better move "
            "would be answered."
        )
    ]
    today = today_sentence(system, found)
    if today is not None:
        lines.append(today)
    lines.append(
        say(
            quiet(
                f"“Of itself”: {_HOW[Concept.NASH]}. “By answers”: {_HOW[Concept.SEQ]}. "
                f"“By threats”: {_HOW[Concept.GMR]}. In brackets: how often, where the texts leave doubt."
            )
        )
    )
    lines.append(
        say(
            quiet(
                "“Worth”: what a party gains or loses against things as they are, each deed weighing −100 to "
                "100 as in the negotiation file; in brackets nine worlds of ten. “Fair by”: Nash, the "
                "greatest product of gains; Kalai–Smorodinsky, each the same share of the most it could "
                "gain; egalitarian, the most for who gains least; utilitarian, the greatest sum."
            )
        )
    )
    return Listing(heading="Would it hold?", lines=tuple(lines))


def today_sentence(system: System, found: StabilityFinding) -> Line | None:
    """Whether things as they are would hold; ``None`` where the file gives no status quo."""
    if found.status_quo is None:
        return None
    today = [one for one in found.states if one.state == found.status_quo and one.equilibrium]
    if not today:
        return say("Things as they are would not hold: somebody gains by moving, whatever the others answer.")
    best = firmest_concept(today[0])
    doubt = (
        f" — {share(today[0].shares[best][0])} where the texts leave doubt" if best in today[0].shares else ""
    )
    return say(f"Things as they are would hold: {_HOW[best]}{doubt}.", system.cite(found.evidence, 3))


def firmest_concept(verdict: StateVerdict) -> Concept:
    """The firmest concept by which it holds."""
    return next(concept for concept in _HOW if concept in verdict.equilibrium)


def grid(
    system: System, every: Sequence[Outcome], moved: Sequence[str], deals: PackagesFinding | None
) -> Table:
    """Options down, outcomes across; then what each is worth and whether it would hold."""
    shown = [option for option in moved if any(option in one.taken for one in every)]
    rows = [
        Row(
            head=say(system.deed(option), system.cite_option(option, 2)),
            cells=tuple(_cell("yes" if option in one.taken else "–") for one in every),
        )
        for option in shown
    ]
    if deals is not None:
        rows.append(Row(head=say(strong("Fair by")), cells=tuple(_cell(one.called or "–") for one in every)))
        for party in deals.table.parties[:MOST_PARTIES]:
            gains = tuple(_cell(_gain(system, one, deals, party)) for one in every)
            rows.append(Row(head=say(strong(f"Worth to {system.party(party)}")), cells=gains))
        sure = tuple(_cell(_nobody_loses(one)) for one in every)
        rows.append(Row(head=say(strong("Nobody loses by it")), cells=sure))
    rows.append(Row(head=say(strong("Would it hold?")), cells=tuple(_cell(_holds(one)) for one in every)))
    columns = ("What is done", *(sentence(one.name) for one in every))
    return Table(caption="Outcomes side by side", columns=columns, rows=tuple(rows), is_grid=True)


def _cell(words: str) -> Cell:
    return Cell(lines=(say(quiet(words) if words == "–" else words),))


def _gain(system: System, one: Outcome, deals: PackagesFinding, party: str) -> str:
    if one.package is None:
        return "–"
    middle = one.package.utility[party] - deals.disagreement[party]
    spread = _spread(system, one.taken ^ today_taken(system), party)
    doubt = f" ({_signed(middle - spread)} to {_signed(middle + spread)})" if spread else ""
    return f"{_signed(middle)}{doubt}"


def _signed(value: float) -> str:
    return f"{round(value):+d}".replace("-", "−") if round(value) else "0"


def _spread(system: System, changed: frozenset[str], party: str) -> float:
    """Half the width of nine worlds of ten of a sum of weights, each as likely anywhere in its range.

    The sum of several such ranges is near a normal one of their variances together.
    """
    wishes = system.negotiation.preferences.get(party)
    if not isinstance(wishes, Weights):
        return 0.0
    known = [doubt(wishes, option) for option in changed if option in wishes.values]
    return _NINE_OF_TEN * sqrt(sum((one.high - one.low) ** 2 / 12 for one in known))


def _nobody_loses(one: Outcome) -> str:
    if one.package is None:
        return "–"
    return "not worked out" if one.package.acceptable is None else sentence(share(one.package.acceptable))


def _holds(one: Outcome) -> str:
    if one.verdict is None:
        return "No"
    best = firmest_concept(one.verdict)
    sure = f"; {share(one.verdict.shares[best][0])}" if best in one.verdict.shares else ""
    return sentence(f"{_SHORT[best]}{sure}")
