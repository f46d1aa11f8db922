"""What would have to change: the fewest changes of preference that make a wanted state hold, by party.

Law: one party changes at a time, all else as the file has it. A change by weight is the smallest of one
weight; a change by states is the fewest that the party must stop preferring to the wanted one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from math import factorial
from typing import Final

import numpy as np

from detente.negotiation.model import Negotiation, Range, Weights
from detente.negotiation.wording import party_name
from detente.solvers.closure import Threats
from detente.solvers.demotions import fewest_demotions
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict, build_conflict, solve, solve_conflict
from detente.solvers.preferences import worth
from detente.solvers.worlds import OpenWeight, solve_worlds

_RANKED: Final = 7  # states of which all 5,040 strict rankings are counted
_TRIED: Final = 256  # values of one weight, the smallest changes first
_BEYOND: Final = 1e-3  # past a value where two states tie; weights are exact to a ten-thousandth or finer


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightChange:
    """The smallest change of one weight that is enough.

    Attributes:
        option: Whose worth changes.
        now: Its weight, the middle where it is in doubt.
        at: Where it must go: to this value, or just beyond.
        settles: Whether the state is then stable for all.
    """

    party: str
    option: str
    now: float
    at: float
    settles: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChange:
    """What one party would have to change for one concept.

    Attributes:
        states: States, as written, that it must stop preferring to the wanted one; none: it holds already.
        exact: Whether fewer would not do.
        weights: Single weights whose change is enough, the smallest change first.
    """

    party: str
    concept: Concept
    states: tuple[str, ...]
    exact: bool
    weights: tuple[WeightChange, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InverseFinding:
    """What would have to change for a state to hold.

    Attributes:
        wanted: As written in the file.
        holds: Concepts by which it holds already for all.
        changes: By party and concept, those that need a change.
        rankings: How many strict rankings of all states each party can have.
        counted: By party and concept, with how many of them the state is stable for all; ``None`` where
            the states are too many to count.
    """

    negotiation: str
    wanted: str
    holds: tuple[Concept, ...]
    changes: tuple[PartyChange, ...]
    rankings: int
    counted: Mapping[str, Mapping[Concept, int]] | None


def inverse(negotiation: Negotiation, wanted: str) -> InverseFinding:
    """What would have to change for a state to hold.

    Args:
        negotiation: With its preferences.
        wanted: The state, as written in the file.

    Raises:
        InvalidNegotiation: There is no such state.
    """
    conflict = build_conflict(negotiation)
    state = conflict.space.index(wanted)
    stable = solve_conflict(conflict).stable[:, :, state]
    size = len(conflict.space)
    return InverseFinding(
        negotiation=negotiation.id,
        wanted=conflict.space.pattern(state),
        holds=tuple(c for at, c in enumerate(CONCEPTS) if stable[at].all()),
        changes=tuple(
            _change(negotiation, conflict, party, state, concept)
            for at, concept in enumerate(CONCEPTS)
            for party in range(len(conflict.parties))
            if not stable[at, party]
        ),
        rankings=factorial(size) if size <= _RANKED else 0,
        counted=_counted(conflict, state) if size <= _RANKED else None,
    )


def _change(
    negotiation: Negotiation, conflict: Conflict, party: int, wanted: int, concept: Concept
) -> PartyChange:
    demotion = fewest_demotions(conflict, party, wanted, concept)
    weights = tuple(
        sorted(_weights(negotiation, conflict, party, wanted, concept), key=lambda w: abs(w.at - w.now))
    )
    states = tuple(conflict.space.patterns(demotion.states))
    name = party_name(negotiation, conflict.parties[party])
    many = "1 state" if len(states) == 1 else f"{len(states):,} states"
    words = f"{name} would have to stop preferring {'' if demotion.exact else 'at most '}{many} to it"
    if weights:
        text = next(o.text for o in negotiation.options if o.id == weights[0].option)
        words += (
            f"; it would be enough that to {text} were worth {weights[0].at:g} to it, not {weights[0].now:g}"
        )
    return PartyChange(
        party=conflict.parties[party],
        concept=concept,
        states=states,
        exact=demotion.exact,
        weights=weights,
        words=f"{words}.",
    )


def _weights(
    negotiation: Negotiation, conflict: Conflict, party: int, wanted: int, concept: Concept
) -> Iterator[WeightChange]:
    """For each weight of the party, the smallest change that makes the state stable for it."""
    name = conflict.parties[party]
    preference = negotiation.preferences.get(name)
    if not isinstance(preference, Weights):
        return
    values = worth(preference, conflict.space)
    at = CONCEPTS.index(concept)
    for option in conflict.space.options:
        now = preference.values[option].middle if option in preference.values else 0.0
        tried = _turning_points(conflict, option, wanted, values)
        if len(tried) == 0:
            continue
        changed = Weights(values={**preference.values, option: Range(now, now)})
        doubt = OpenWeight(party=name, option=option, range=Range(now, now), inferred=False)
        draws = (now + tried)[:, None]
        for world, verdicts in solve_worlds(conflict, {name: changed}, [doubt], draws):
            stable = verdicts.stable[at, :, wanted]
            if stable[party]:
                at_value = round(float(draws[world, 0]), 4)
                settles = bool(stable.all())
                yield WeightChange(party=name, option=option, now=now, at=at_value, settles=settles)
                break


def _turning_points(conflict: Conflict, option: str, wanted: int, values: np.ndarray) -> np.ndarray:
    """Changes of a weight at which some state comes to tie with the wanted one, and just beyond them."""
    column = conflict.space.column(option)
    gap = (values - values[wanted])[column != column[wanted]]
    points = np.unique(np.round(gap if column[wanted] else -gap, 9))
    points = points[points != 0]
    tried = np.concatenate([points, points + np.sign(points) * _BEYOND])
    return tried[np.argsort(np.abs(tried), kind="stable")][:_TRIED]


def _counted(conflict: Conflict, wanted: int) -> dict[str, dict[Concept, int]]:
    """With how many of a party's strict rankings the state is stable for all, for each party and concept."""
    size = len(conflict.space)
    ranks = np.array(list(permutations(range(size))), dtype=np.int32)
    moves = [each.tiled(len(ranks)) for each in conflict.moves]
    threats = Threats(moves)
    found = {}
    for party, name in enumerate(conflict.parties):
        levels = [np.tile(level, len(ranks)) for level in conflict.levels]
        levels[party] = ranks.reshape(-1)
        held = solve(moves, levels, threats).for_all[:, wanted::size]
        found[name] = {concept: int(held[at].sum()) for at, concept in enumerate(CONCEPTS)}
    return found


def inverse_json(finding: InverseFinding) -> dict[str, object]:
    """The finding as JSON."""
    return {
        "schema": "detente/inverse/1",
        "negotiation": finding.negotiation,
        "wanted": finding.wanted,
        "holds": [str(c) for c in finding.holds],
        "changes": [
            {
                "party": change.party,
                "concept": str(change.concept),
                "states": list(change.states),
                "exact": change.exact,
                "weights": [
                    {"option": w.option, "now": w.now, "at": w.at, "settles": w.settles}
                    for w in change.weights
                ],
                "words": change.words,
            }
            for change in finding.changes
        ],
        "rankings": finding.rankings or None,
        "counted": None
        if finding.counted is None
        else {
            party: {str(c): n for c, n in by_concept.items()} for party, by_concept in finding.counted.items()
        },
    }
