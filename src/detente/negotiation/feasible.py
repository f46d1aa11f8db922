"""Options and constraints become the combinations that can be.

Law: a combination is one number; the first option is its highest bit, so numbers and written
states (``"0101"``) sort alike.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.negotiation.expressions import Expression, Truth

Bits: TypeAlias = NDArray[np.uint64]

MOST_STATES: Final = 2**22  # 4,194,304: beyond, an analysis takes minutes and gigabytes
MOST_OPTIONS: Final = 62  # bits of one number


class TooManyStates(ValueError):
    """More combinations than are enumerated."""


def feasible_bits(options: Sequence[str], constraints: Sequence[Expression], most: int = MOST_STATES) -> Bits:
    """Every combination of options that satisfies every constraint, in ascending order.

    A constraint is applied as soon as its last option is reached, so forty options that exclude
    each other in groups stay few.

    Args:
        options: Ids, in the order of the file.
        constraints: Conditions over them.
        most: Where to give up.

    Raises:
        TooManyStates: More than ``most`` combinations remain on the way, or more than 62 options.

    >>> from detente.negotiation.expressions import parse_expression
    >>> feasible_bits(["a", "b"], [parse_expression("a implies b", ["a", "b"])]).tolist()
    [0, 1, 3]
    """
    if len(options) > MOST_OPTIONS:
        raise TooManyStates(f"{len(options)} options; at most {MOST_OPTIONS} can be combined")
    place = {option: at for at, option in enumerate(options)}
    due: dict[int, list[Expression]] = {}
    for constraint in constraints:
        due.setdefault(max(place[name] for name in constraint.names), []).append(constraint)
    bits = np.zeros(1, dtype=np.uint64)
    for at in range(len(options)):
        shifted = bits << np.uint64(1)
        bits = np.stack([shifted, shifted | np.uint64(1)], axis=1).reshape(-1)
        for constraint in due.get(at, ()):
            bits = bits[constraint.holds(column_of(bits, place, at))]
        if len(bits) > most:
            raise TooManyStates(
                f"more than {most:,} feasible states after {at + 1} of {len(options)} options"
            )
    return bits


def column_of(bits: Bits, place: dict[str, int], last: int) -> Callable[[str], Truth]:
    """Whether an option is taken in each combination, by its id.

    Args:
        bits: Combinations of the first ``last + 1`` options.
        place: Each option's place in the order, from 0.
        last: Place of the option in the lowest bit.
    """

    def column(name: str) -> Truth:
        return (bits & np.uint64(1 << (last - place[name]))).astype(np.bool_)

    return column
