"""A negotiation in option form: a table as the graph model for conflict resolution writes it, as CSV.

A row an option, a column a state: Y where it is taken, N where not, "open" where it is left open. Below them,
each state's decimal as GMCR counts it, where the status quo is, and each party's rank of every state.

Source:
    Howard (1971), *Paradoxes of Rationality*; Fang, Hipel & Kilgour (1993), *Interactive Decision Making*.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from detente.errors import InvalidNegotiation
from detente.export.case import Case
from detente.export.sheets import defused
from detente.negotiation.model import Negotiation
from detente.solvers.preferences import party_levels
from detente.solvers.space import StateSpace, build_space

MOST_STATES: Final = 16_000
"""Columns that a sheet has room for."""

_SIGNS: Final = str.maketrans("10", "YN")


def option_form(case: Case) -> Iterator[bytes]:
    """The table, with a byte order mark so that Excel reads it.

    Raises:
        NotEnoughEvidence: The record shows no negotiation.
        InvalidNegotiation: It has more states than a sheet has columns.
    """
    negotiation = case.negotiation
    space = build_space(negotiation)
    if len(space) > MOST_STATES:
        raise InvalidNegotiation(
            negotiation.id,
            f"{len(space):,} states; a table has at most {MOST_STATES:,} columns: "
            "take options out or add constraints.",
        )
    yield "\N{ZERO WIDTH NO-BREAK SPACE}".encode()
    for row in _rows(negotiation, space):
        buffer = io.StringIO()
        csv.writer(buffer).writerow([defused(value) for value in row])
        yield buffer.getvalue().encode()


def _rows(negotiation: Negotiation, space: StateSpace) -> Iterator[Sequence[str | int]]:
    names = {party.id: party.name for party in negotiation.parties}
    states = range(len(space))
    patterns = space.patterns(states)
    yield ["row", "party", "option", *(state + 1 for state in states)]
    for at, option in enumerate(negotiation.options):
        kind = "irreversible option" if option.irreversible else "option"
        # A left-open option is written in words: "-" alone would be defused as a formula.
        taken = [pattern[at].translate(_SIGNS).replace("-", "open") for pattern in patterns]
        yield [kind, names[option.by], option.text, *taken]
    yield ["decimal", "", "first option counts 1, second 2, third 4", *map(_decimal, patterns)]
    today = space.find(negotiation.status_quo) if negotiation.status_quo is not None else None
    yield ["status quo", "", "", *("x" if state == today else "" for state in states)]
    for party in negotiation.parties:
        if party.id not in negotiation.preferences:
            yield ["rank", party.name, "not known", *("" for _ in states)]
            continue
        levels = party_levels(negotiation, space, party.id).tolist()
        place = {level: rank for rank, level in enumerate(sorted(set(levels), reverse=True), 1)}
        yield ["rank", party.name, "1 is best; the same rank is a tie", *(place[level] for level in levels)]


def _decimal(pattern: str) -> int | str:
    """A state's number in GMCR; nothing where it leaves an option open.

    >>> _decimal("110"), _decimal("001")
    (3, 4)
    """
    return "" if "-" in pattern else int(pattern[::-1] or "0", 2)
