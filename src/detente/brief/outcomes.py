"""Stability in words: which outcomes would hold, by what, and how sure that is."""

from collections.abc import Sequence
from typing import Final

from detente.analysis.packages import PackagesFinding
from detente.analysis.stability import StabilityFinding, StateVerdict
from detente.brief.bargains import listed_packages
from detente.brief.model import Block, Cell, Line, Listing, Mark, Row, Table
from detente.brief.names import counted, number, sentence, squeeze
from detente.brief.notes import quiet, say, strong
from detente.brief.system import System, share
from detente.solvers.graph_model import Concept

MOST_OUTCOMES: Final = 5
MOST_HOLDS: Final = 4
# From the firmest: what holds by Nash holds by all.
_HOW: Final = {
    Concept.NASH: "nobody has a better move",
    Concept.SEQ: "a better move would be met by an answer in the other’s own interest",
    Concept.SMR: "a better move would be met by an answer that cannot be made up for",
    Concept.GMR: "a better move could be punished, though perhaps at the other’s own cost",
}


def outcomes_told(system: System, found: StabilityFinding, deals: PackagesFinding | None) -> list[Block]:
    """The blocks on stability: the gist, and the firmest outcomes with what holds each party in them."""
    gist = Listing(heading="Outcomes that would hold", lines=_gist(system, found))
    firm = firmest(found, deals)
    if not firm:
        return [gist]
    rows = tuple(_row(system, one, place, found) for place, one in enumerate(firm, 1))
    columns = ("Outcome", "What is done", "Held by", "Holds where the texts leave doubt")
    table = Table(caption="The outcomes that would hold most firmly", columns=columns, rows=rows)
    return [gist, table]


def outcome_sentence(system: System, found: StabilityFinding) -> Line | None:
    """Whether things as they are would hold, for the state of play; ``None`` where that is not known."""
    today = _today(found)
    if found.status_quo is None:
        return None
    if today is None:
        return say(
            "Things as they are would not hold: somebody gains by moving, whatever the others answer.",
            marks=(Mark.INFERRED,),
        )
    return say(
        f"Things as they are would hold: {_HOW[_best(today)]}{_sure(today)}.",
        system.cite(found.evidence, 3),
        marks=(Mark.INFERRED,),
    )


def firmest(found: StabilityFinding, deals: PackagesFinding | None) -> tuple[StateVerdict, ...]:
    """The outcomes worth a row: today's, packages that would hold, then the firmest others."""
    offers = {frozenset(one.taken) for one in listed_packages(deals)} if deals else set()
    order = list(_HOW)

    def rank(one: StateVerdict) -> tuple[object, ...]:
        best = _best(one)
        kept = one.shares[best][0] if best in one.shares else 0.0
        is_offer = frozenset(one.taken) in offers
        return (one.state != found.status_quo, not is_offer, order.index(best), -kept, one.state)

    holding = [one for one in found.states if one.equilibrium]
    return tuple(sorted(holding, key=rank)[:MOST_OUTCOMES])


def _gist(system: System, found: StabilityFinding) -> tuple[Line, ...]:
    nash = len(found.equilibria.get(Concept.NASH, ()))
    holding = sum(bool(one.equilibrium) for one in found.states)
    lines = [
        say(
            f"Of {counted(found.considered, 'outcome')} possible, {number(holding)} would hold at all and "
            f"{number(nash)} because nobody has a better move (Nash); the others only because a better move "
            "would be answered.",
            marks=(Mark.INFERRED,),
        )
    ]
    today = outcome_sentence(system, found)
    if today is not None:
        lines.append(today)
    if found.doubt is not None:
        worlds = counted(found.doubt.worlds, "world")
        lines.append(
            say(quiet(f"How sure: {worlds} drawn from what the texts leave open; shares below are of these."))
        )
    return tuple(lines)


def _row(system: System, one: StateVerdict, place: int, found: StabilityFinding) -> Row:
    today = " (as things are)" if one.state == found.status_quo else ""
    best = _best(one)
    holds = [hold.words for hold in one.holds if "has no move of its own" not in hold.words]
    held = [say(sentence(_HOW[best]), marks=(Mark.INFERRED,))] + [
        say(quiet(squeeze(words))) for words in holds[:MOST_HOLDS]
    ]
    if best is Concept.NASH:
        held = held[:1]
    done = tuple(say(system.deed(option), system.cite_option(option, 1)) for option in one.taken)
    return Row(
        head=say(strong(str(place)), quiet(today)),
        cells=(
            Cell(lines=done or (say("Nothing is done."),)),
            Cell(lines=tuple(held)),
            Cell(lines=(say(_sure_cell(one, best)),)),
        ),
    )


def _sure_cell(one: StateVerdict, best: Concept) -> str:
    if best not in one.shares:
        return "not in doubt" if not one.shares else "not worked out"
    kept, low, high = one.shares[best]
    return sentence(f"{share(kept)}; from {round(100 * low)}% to {round(100 * high)}%")


def _sure(one: StateVerdict) -> str:
    best = _best(one)
    return f" — {share(one.shares[best][0])} where the texts leave doubt" if best in one.shares else ""


def _best(one: StateVerdict) -> Concept:
    return next(concept for concept in _HOW if concept in one.equilibrium)


def _today(found: StabilityFinding) -> StateVerdict | None:
    same: Sequence[StateVerdict] = [
        one for one in found.states if one.state == found.status_quo and one.equilibrium
    ]
    return same[0] if same else None
