"""Two parties divide what they dispute: adjusted winner.

Every option that one wants taken and the other not is an item; each party spreads 100 points over the
items by its weights. Each item goes to whoever gives it more points; then items move from the party
ahead to the other, the one with the closest points first, until both stand level. At most one item is
split. Constraints between options are not looked at: compare the result with the packages.

Source:
    Brams & Taylor (1996), *Fair Division*, Cambridge, ch. 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedWinner:
    """Who gets its way on what.

    Attributes:
        first: Options decided as the first party wants, in order of its points.
        second: Options decided as the second party wants.
        split: The option that is shared, or ``None``.
        share: The first party's share of it, from 0 to 1.
        points: What each of the two ends with, of 100.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    split: str | None
    share: float
    points: tuple[float, float]


def adjusted_winner(first: Mapping[str, float], second: Mapping[str, float]) -> AdjustedWinner | None:
    """The division, or ``None`` where the two dispute nothing.

    Args:
        first: What each option, once taken, is worth to the first party.
        second: The same for the second.

    >>> found = adjusted_winner({"a": 60, "b": 30, "c": 10}, {"a": -50, "b": -30, "c": -20})
    >>> found.first, found.second, found.split, [round(p, 1) for p in found.points]
    ((), ('b', 'c'), 'a', [54.5, 54.5])
    >>> adjusted_winner({"a": 1}, {"a": 2}) is None
    True
    """
    disputed = [o for o in first if first[o] * second.get(o, 0.0) < 0]
    if not disputed:
        return None
    mine = _points(first, disputed)
    yours = _points(second, disputed)
    to_first = {o for o in disputed if mine[o] >= yours[o]}
    ahead = sum(mine[o] for o in to_first) - sum(yours[o] for o in disputed if o not in to_first)
    richer, poorer = (mine, yours) if ahead >= 0 else (yours, mine)
    holds = to_first if ahead >= 0 else set(disputed) - to_first
    moved, split, part = _level(sorted(holds), richer, poorer, abs(ahead))
    to_first ^= moved
    share = 1 - part if ahead >= 0 else part
    whole = [o for o in disputed if o != split]
    return AdjustedWinner(
        first=tuple(sorted((o for o in whole if o in to_first), key=lambda o: -mine[o])),
        second=tuple(sorted((o for o in whole if o not in to_first), key=lambda o: -yours[o])),
        split=split,
        share=share,
        points=(
            sum(mine[o] for o in whole if o in to_first) + (mine[split] * share if split else 0.0),
            sum(yours[o] for o in whole if o not in to_first)
            + (yours[split] * (1 - share) if split else 0.0),
        ),
    )


def _level(
    holds: list[str], richer: Mapping[str, float], poorer: Mapping[str, float], gap: float
) -> tuple[set[str], str | None, float]:
    """What moves from the party ahead: whole options, the one that is split, and how much of it moves."""
    moved: set[str] = set()
    for option in sorted(holds, key=lambda o: richer[o] / poorer[o]):
        both = richer[option] + poorer[option]
        if gap < both:
            return moved, (option if gap > 0 else None), gap / both
        gap -= both
        moved.add(option)
    return moved, None, 0.0


def _points(weights: Mapping[str, float], disputed: list[str]) -> dict[str, float]:
    total = sum(abs(weights[o]) for o in disputed)
    return {o: 100 * abs(weights[o]) / total for o in disputed}
