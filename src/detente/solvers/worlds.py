"""What the file leaves in doubt becomes drawn worlds: each a weight for every open range.

Law: the same seed draws the same worlds; a weight that is not in doubt is the same in all of them, so
declared ties stay ties.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.negotiation.model import Negotiation, Range, Weights
from detente.solvers.closure import Threats
from detente.solvers.graph_model import Conflict, Verdicts, solve
from detente.solvers.preferences import Levels, drawn_levels

Draws: TypeAlias = NDArray[np.float64]

_BATCH: Final = 2**14  # states of all worlds solved at once: small conflicts share the cost of a call


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWeight:
    """A weight in doubt.

    Attributes:
        range: Where it lies. A weight that is one number, but inferred, is known by its sign alone: it
            is drawn between 0 and twice its value.
    """

    party: str
    option: str
    range: Range
    inferred: bool


def open_weights(negotiation: Negotiation) -> tuple[OpenWeight, ...]:
    """Every weight in doubt, in the order of the file."""
    found = []
    for party, preference in negotiation.preferences.items():
        if not isinstance(preference, Weights):
            continue
        for option, value in preference.values.items():
            inferred = option in preference.inferred
            span = value
            if inferred and not value.is_open:
                span = Range(min(0.0, 2 * value.low), max(0.0, 2 * value.low))
            if span.is_open:
                found.append(OpenWeight(party=party, option=option, range=span, inferred=inferred))
    return tuple(found)


def draw_worlds(doubts: Sequence[OpenWeight], samples: int, seed: int) -> Draws:
    """Weights drawn evenly and one apart from another, shape (samples, doubts)."""
    low = np.array([doubt.range.low for doubt in doubts])
    high = np.array([doubt.range.high for doubt in doubts])
    drawn: Draws = low + (high - low) * np.random.default_rng(seed).random((samples, len(doubts)))
    return drawn


def middles(doubts: Sequence[OpenWeight], times: int = 1) -> Draws:
    """The world of the middles, ``times`` over."""
    return np.tile(np.array([doubt.range.middle for doubt in doubts]), (times, 1))


def solve_worlds(
    conflict: Conflict,
    preferences: Mapping[str, Weights],
    doubts: Sequence[OpenWeight],
    draws: Draws,
) -> Iterator[tuple[int, Verdicts]]:
    """The verdicts of each world, with its number, several worlds at a time.

    Args:
        conflict: With the levels of the middles.
        preferences: Of the parties whose weights are in doubt.
        doubts: What was drawn.
        draws: Shape (worlds, doubts).
    """
    size = len(conflict.space)
    batch = max(1, _BATCH // size)
    threats = Threats([moves.tiled(min(batch, max(1, len(draws)))) for moves in conflict.moves])
    for first in range(0, len(draws), batch):
        part = draws[first : first + batch]
        if len(part) * size != threats.moves[0].size:
            threats = Threats([moves.tiled(len(part)) for moves in conflict.moves])
        levels = _batch_levels(conflict, preferences, doubts, part)
        stable = solve(threats.moves, levels, threats).stable
        shape = (*stable.shape[:2], len(part), size)
        for at in range(len(part)):
            yield first + at, Verdicts(stable.reshape(shape)[:, :, at])


def _batch_levels(
    conflict: Conflict, preferences: Mapping[str, Weights], doubts: Sequence[OpenWeight], draws: Draws
) -> list[Levels]:
    found = []
    for party, own in zip(conflict.parties, conflict.levels, strict=True):
        mine = [at for at, doubt in enumerate(doubts) if doubt.party == party]
        if not mine:
            found.append(np.tile(own, len(draws)))
            continue
        drawn = {doubts[at].option: draws[:, at] for at in mine}
        found.append(drawn_levels(preferences[party], conflict.space, drawn).reshape(-1))
    return found
