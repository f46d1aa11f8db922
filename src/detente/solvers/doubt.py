"""How sure a verdict is: the share of drawn worlds where it holds, what drives it, what flips it and where.

Law: worlds are drawn from a stated seed; a flip is searched with every other weight at its middle.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.negotiation.model import Negotiation, Weights
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict
from detente.solvers.worlds import Draws, OpenWeight, draw_worlds, middles, open_weights, solve_worlds

Held: TypeAlias = NDArray[np.bool_]

_BUDGET: Final = 2**22  # states of all worlds: about five seconds for three parties
_FEWEST: Final = 50  # worlds drawn however many states there are
_WATCHED: Final = 12  # states whose drivers and flips are worked out
_DRIVERS: Final = 12  # weights tried for flips, those that matter most in the drawn worlds
_GRID: Final = 9  # values tried across a range
_FLIP_BUDGET: Final = 2**23  # states of all worlds solved in search of flips
_FLIPS: Final = 24  # told at most, those of the firmest states
_HALVINGS: Final = 9  # a flip is found to a 4,000th of its range


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often a state is an equilibrium.

    Attributes:
        share: Of the drawn worlds.
        low: End of Wilson's 90% interval for the share over all worlds that could be drawn.
        high: Its other end.
    """

    state: int
    concept: Concept
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How much one weight in doubt matters to a verdict.

    Attributes:
        when_low: Share of the worlds where the verdict holds, among those with the weight below its middle.
        when_high: The same above its middle.
    """

    state: int
    concept: Concept
    weight: OpenWeight
    when_low: float
    when_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A weight that turns a verdict round on its own.

    Attributes:
        holds: Whether the verdict holds at the middle, and so no longer beyond ``at``.
        at: The value nearest the middle where it turns.
    """

    state: int
    concept: Concept
    weight: OpenWeight
    holds: bool
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What doubt does to the verdicts.

    Attributes:
        worlds: Number drawn.
        seed: Of the random numbers.
        weights: Those in doubt.
        shares: Of every state and concept that holds in some world, or at the middles.
        drivers: Of the states watched, those that matter most first.
        flips: Of the states watched.
    """

    worlds: int
    seed: int
    weights: tuple[OpenWeight, ...]
    shares: tuple[Share, ...]
    drivers: tuple[Driver, ...]
    flips: tuple[Flip, ...]


def doubt_of(
    negotiation: Negotiation, conflict: Conflict, held_now: Held, *, samples: int, seed: int
) -> Doubt | None:
    """How sure the equilibria of a conflict are; ``None`` where nothing is in doubt.

    Args:
        negotiation: With its ranges.
        conflict: With the levels of the middles.
        held_now: Equilibria at the middles, shape (4, states).
        samples: Worlds asked for; fewer are drawn where states are many.
        seed: Of the random numbers.
    """
    weights = open_weights(negotiation)
    if not weights or samples < 1:
        return None
    size = len(conflict.space)
    worlds = min(samples, max(_FEWEST, _BUDGET // size))
    draws = draw_worlds(weights, worlds, seed)
    worker = _Worlds(negotiation, conflict, weights)
    held = worker.held(draws)
    counts = held.sum(axis=0)
    shares = tuple(_shares(counts, held_now, worlds))
    watched = _watched(counts, held_now)
    drivers = _drivers(held, draws, weights, watched)
    flips = worker.flips(held_now, watched, drivers)
    return Doubt(worlds=worlds, seed=seed, weights=weights, shares=shares, drivers=drivers, flips=flips)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 90% interval for a share.

    Source:
        Wilson (1927), *Journal of the American Statistical Association* 22: 209-212.

    >>> [round(end, 2) for end in wilson(8, 10)]
    [0.54, 0.93]
    """
    z = 1.6448536269514722
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


class _Worlds:
    """Solves drawn worlds of one conflict."""

    def __init__(self, negotiation: Negotiation, conflict: Conflict, weights: Sequence[OpenWeight]) -> None:
        self._conflict = conflict
        self._weights = weights
        self._preferences = {p: w for p, w in negotiation.preferences.items() if isinstance(w, Weights)}

    def held(self, draws: Draws) -> Held:
        """Equilibria of each world, shape (worlds, 4, states)."""
        found = np.empty((len(draws), len(CONCEPTS), len(self._conflict.space)), dtype=np.bool_)
        for world, verdicts in solve_worlds(self._conflict, self._preferences, self._weights, draws):
            found[world] = verdicts.stable.all(axis=1)
        return found

    def flips(
        self, held_now: Held, watched: Sequence[tuple[int, int]], drivers: Sequence[Driver]
    ) -> tuple[Flip, ...]:
        """Where single weights turn the watched verdicts, each as (concept, state)."""
        room = _FLIP_BUDGET // len(self._conflict.space) // 2 // _GRID
        tried = list(dict.fromkeys(self._weights.index(driver.weight) for driver in drivers))
        tried = tried[: min(_DRIVERS, max(2, room))]
        if not tried:
            return ()
        grids = [np.linspace(w.range.low, w.range.high, _GRID) for w in self._weights]
        draws = middles(self._weights, len(tried) * _GRID)
        for at, weight in enumerate(tried):
            draws[at * _GRID : (at + 1) * _GRID, weight] = grids[weight]
        held = self.held(draws).reshape(len(tried), _GRID, *held_now.shape)
        brackets = [
            (concept, state, weight, grids[weight][inner], grids[weight][outer])
            for concept, state in watched
            for at, weight in enumerate(tried)
            for inner, outer in _turns(held[at, :, concept, state], bool(held_now[concept, state]))
        ]
        return tuple(self._halved(held_now, brackets[: min(_FLIPS, max(2, room))]))

    def _halved(
        self, held_now: Held, brackets: Sequence[tuple[int, int, int, float, float]]
    ) -> Iterator[Flip]:
        """Each flip between a value where the verdict stands and one where it does not, by halving."""
        inner = np.array([bracket[3] for bracket in brackets])
        outer = np.array([bracket[4] for bracket in brackets])
        for _ in range(_HALVINGS if brackets else 0):
            half = (inner + outer) / 2
            draws = middles(self._weights, len(brackets))
            for row, bracket in enumerate(brackets):
                draws[row, bracket[2]] = half[row]
            held = self.held(draws)
            same = np.array(
                [held[row, c, s] == held_now[c, s] for row, (c, s, *_) in enumerate(brackets)], dtype=np.bool_
            )
            inner, outer = np.where(same, half, inner), np.where(same, outer, half)
        for row, (concept, state, weight, *_) in enumerate(brackets):
            yield Flip(
                state=state,
                concept=CONCEPTS[concept],
                weight=self._weights[weight],
                holds=bool(held_now[concept, state]),
                at=float((inner[row] + outer[row]) / 2),
            )


def _turns(held: Held, now: bool) -> Iterator[tuple[int, int]]:  # a verdict, no switch
    """Places on the grid between which the verdict first turns, from the middle down and up."""
    middle = _GRID // 2
    for way in (range(middle - 1, -1, -1), range(middle + 1, _GRID)):
        before = middle
        for at in way:
            if bool(held[at]) != now:
                yield before, at
                break
            before = at


def _shares(counts: NDArray[np.int64], held_now: Held, worlds: int) -> Iterator[Share]:
    for concept, state in np.argwhere((counts > 0) | held_now):
        count = int(counts[concept, state])
        low, high = wilson(count, worlds)
        yield Share(state=int(state), concept=CONCEPTS[concept], share=count / worlds, low=low, high=high)


def _watched(counts: NDArray[np.int64], held_now: Held) -> list[tuple[int, int]]:
    """(concept, state) of the states that hold most often, each by the strongest concept it holds by."""
    strength = [CONCEPTS.index(c) for c in (Concept.NASH, Concept.SEQ, Concept.SMR, Concept.GMR)]
    order = np.lexsort([-counts[c] for c in reversed(strength)] + [-held_now.any(axis=0).astype(int)])
    found = []
    for state in order[:_WATCHED]:
        now = [c for c in strength if held_now[c, state]]
        ever = [c for c in strength if counts[c, state]]
        if now or ever:
            found.append(((now or ever)[0], int(state)))
    return found


def _drivers(
    held: Held, draws: Draws, weights: Sequence[OpenWeight], watched: Sequence[tuple[int, int]]
) -> tuple[Driver, ...]:
    found = []
    for at, weight in enumerate(weights):
        above = draws[:, at] > weight.range.middle
        if above.all() or not above.any():
            continue
        for concept, state in watched:
            verdict = held[:, concept, state]
            driver = Driver(
                state=state,
                concept=CONCEPTS[concept],
                weight=weight,
                when_low=float(verdict[~above].mean()),
                when_high=float(verdict[above].mean()),
            )
            if driver.when_low != driver.when_high:
                found.append(driver)
    return tuple(sorted(found, key=lambda d: -abs(d.when_high - d.when_low)))
