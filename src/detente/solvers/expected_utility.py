"""The expected-utility model of group decisions, round by round: a labelled alternative, not the forecast.

Parties meet in pairs; who expects to lose gives way. The model is known to be unstable: details that
the papers leave open (:class:`Variant`) and inputs 10 % apart lead to different ends. Use it beside the
weighted mean, never alone.

Source:
    Bueno de Mesquita (1994), in *European Community Decision Making*, ch. 4; formulas as in Scholz,
    Calbert & Smith (2011), *Journal of Theoretical Politics* 23: 510-531. Where the paper and the
    authors' program differ, :class:`Variant` says which is followed.
"""

from dataclasses import dataclass

import numpy as np

from detente.solvers.frontier import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What the papers leave open.

    Attributes:
        pairwise_votes: Whether the chance to win a challenge counts the votes on that pair of positions
            alone, so that both chances sum to 1, rather than the votes on all pairs (Scholz).
        least_move: Whether a party takes the compromise that moves it least, as the papers say, rather
            than the one nearest the low end of the scale (Scholz's program).
    """

    pairwise_votes: bool = False
    least_move: bool = False


SCHOLZ = Variant()


def rounds_of_challenges(
    positions: FloatArray,
    capability: FloatArray,
    salience: FloatArray,
    *,
    rounds: int = 10,
    variant: Variant = SCHOLZ,
) -> FloatArray:
    """Positions after each round, the start first.

    Args:
        positions: Worlds by parties, any scale.
        capability: Worlds by parties, at least 0.
        salience: Worlds by parties, from 0 to 1: the chance that a challenged party resists.
        rounds: How many to run.
        variant: What the papers leave open.

    Returns:
        Worlds by rounds + 1 by parties. A world whose parties agree from the start does not move.
    """
    span = np.ptp(positions, axis=1)
    scaled = (positions - positions.min(axis=1)[:, None]) / np.where(span > 0, span, 1.0)[:, None]
    history = [scaled]
    for _ in range(rounds):
        history.append(_next_round(history[-1], capability * salience, salience, variant))
    low = positions.min(axis=1)[:, None, None]
    moved: FloatArray = low + np.stack(history, axis=1) * span[:, None, None]
    return moved


def _next_round(at: FloatArray, votes: FloatArray, salience: FloatArray, variant: Variant) -> FloatArray:
    """Every party weighs the others' challenges and gives way at most once."""
    even = np.ones_like(at)
    danger = _expected(at, votes, salience, even, variant).sum(axis=1)
    risk = _risk_exponent(danger)
    chance = _chance_to_win(at, votes, risk, variant)
    # Axes: world, i, j; what i expects of challenging j, and of being challenged by it, in i's own eyes.
    mine = _challenge(at, chance, salience, risk[:, :, None])
    theirs = _challenge(at, chance, salience, risk[:, None, :]).swapaxes(1, 2)
    apart = at[:, :, None] != at[:, None, :]
    confronted = apart & (theirs > mine) & (mine > 0)
    pressed = apart & (theirs > 0) & (mine < 0)
    compromised = pressed & (theirs > -mine)
    capitulated = pressed & (theirs < -mine)
    here, there = at[:, :, None], at[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        halfway = np.where(compromised, here + (there - here) * np.abs(mine / theirs), here)
        balance = np.where(
            compromised,
            (np.abs(mine) * here + np.abs(theirs) * there) / (np.abs(mine) + np.abs(theirs)),
            np.inf,
        )
    steps = np.abs(halfway - here)
    target = np.broadcast_to(there, halfway.shape)
    moved = at
    # The later line wins: a confrontation before a compromise before a capitulation.
    moved = _take(moved, capitulated, np.abs(there - here), target)
    moved = _take(moved, compromised, steps if variant.least_move else balance, halfway)
    return _take(moved, confronted, np.abs(there - here), target)


def _take(moved: FloatArray, offered: BoolArray, cost: FloatArray, target: FloatArray) -> FloatArray:
    """Each party with an offer of this kind takes the one of least cost, the earlier party's in a tie."""
    best = np.where(offered, cost, np.inf).argmin(axis=2)[:, :, None]
    chosen = np.take_along_axis(target, best, axis=2)[:, :, 0]
    taken: FloatArray = np.where(offered.any(axis=2), chosen, moved)
    return taken


def _expected(
    at: FloatArray, votes: FloatArray, salience: FloatArray, risk: FloatArray, variant: Variant
) -> FloatArray:
    """What i expects of challenging j, where everybody takes risks alike; nothing of itself."""
    chance = _chance_to_win(at, votes, risk, variant)
    gain = _challenge(at, chance, salience, risk[:, :, None])
    gain[:, np.arange(at.shape[1]), np.arange(at.shape[1])] = 0.0
    return gain


def _risk_exponent(danger: FloatArray) -> FloatArray:
    """From the danger of holding its position, how a party bends its utilities: 1/2 to 2."""
    most, least = danger.max(axis=1)[:, None], danger.min(axis=1)[:, None]
    spread = most - least
    standing = np.where(spread > 0, (2 * danger - most - least) / np.where(spread > 0, spread, 1.0), 0.0)
    exponent: FloatArray = (1 - standing / 3) / (1 + standing / 3)
    return exponent


def _chance_to_win(at: FloatArray, votes: FloatArray, risk: FloatArray, variant: Variant) -> FloatArray:
    """[world, i, j]: the share of votes for i's position against j's."""
    # Axes: world, position, voter.
    distance = np.abs(at[:, :, None] - at[:, None, :]) ** risk[:, None, :]
    worth = votes[:, None, :] * distance
    # Axes: world, i, j, voter; how much the voter prefers i's position.
    lead = worth[:, None, :, :] - worth[:, :, None, :]
    for_i = np.maximum(lead, 0.0).sum(axis=3)
    cast = np.abs(lead).sum(axis=3)
    if not variant.pairwise_votes:
        cast = np.broadcast_to(cast.sum(axis=(1, 2))[:, None, None], cast.shape)
    chance: FloatArray = np.where(cast > 0, for_i / np.where(cast > 0, cast, 1.0), 0.0)
    return chance


def _challenge(at: FloatArray, chance: FloatArray, salience: FloatArray, risk: FloatArray) -> FloatArray:
    """[world, i, j]: expected utility of i challenging j, utilities bent by the exponent of the viewer."""
    half = np.abs(at[:, :, None] - at[:, None, :]) / 2
    won = 2 - 4 * np.maximum(0.5 - half, 0.0) ** risk
    lost = 2 - 4 * (0.5 + half) ** risk
    as_it_is = 2 - 4 * 0.5**risk
    resists = salience[:, None, :]
    gain: FloatArray = resists * (chance * won + (1 - chance) * lost) + (1 - resists) * won - as_it_is
    return gain
