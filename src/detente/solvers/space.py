"""A negotiation's states as numbers, and who can move where.

A state is a combination of options; one written with ``-`` leaves those options open and is a single,
indistinct state. Law: the order of states is the file's, or ascending where the file lists none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import InvalidNegotiation
from detente.negotiation.expressions import Truth, parse_expression
from detente.negotiation.feasible import MOST_OPTIONS, MOST_STATES, Bits, TooManyStates, feasible_bits
from detente.negotiation.model import Negotiation

States: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class StateSpace:
    """All feasible states.

    Attributes:
        options: Ids, in the order of the file; the first is the highest bit.
        bits: Options taken in each state, shape (states,).
        open: Options a state leaves open (``-``), shape (states,); ``None`` where no state does.
    """

    options: tuple[str, ...]
    bits: Bits
    open: Bits | None = None

    def __len__(self) -> int:
        return len(self.bits)

    def bit(self, option: str) -> np.uint64:
        """The option's bit."""
        return np.uint64(1 << (len(self.options) - 1 - self.options.index(option)))

    def mask(self, options: Iterable[str]) -> np.uint64:
        """The bits of several options."""
        return np.uint64(sum(int(self.bit(option)) for option in options))

    def column(self, option: str) -> Truth:
        """Whether each state takes the option; one that leaves it open does not."""
        return (self.bits & self.bit(option)).astype(np.bool_)

    def pattern(self, state: int) -> str:
        """The state as it is written in the file: ``"01-0"``.

        >>> StateSpace(("a", "b"), np.array([2], dtype=np.uint64)).pattern(0)
        '10'
        """
        size = len(self.options)
        digits = list(f"{int(self.bits[state]):0{size}b}") if size else []
        if self.open is not None:
            unknown = f"{int(self.open[state]):0{size}b}"
            digits = ["-" if u == "1" else d for d, u in zip(digits, unknown, strict=True)]
        return "".join(digits)

    def patterns(self, states: Iterable[int] | States) -> list[str]:
        """Several states as they are written."""
        chosen = np.asarray(list(states), dtype=np.int64)
        size = len(self.options)
        if self.open is not None or not size:
            return [self.pattern(int(state)) for state in chosen]
        return [f"{bits:0{size}b}" for bits in self.bits[chosen].tolist()]

    def taken(self, state: int) -> tuple[str, ...]:
        """Ids of the options the state takes."""
        return self.taken_in(self.pattern(state))

    def taken_in(self, pattern: str) -> tuple[str, ...]:
        """Ids of the options that a written state takes."""
        return tuple(o for o, digit in zip(self.options, pattern, strict=True) if digit == "1")

    def find(self, pattern: str) -> int | None:
        """The state written so, or the only one the pattern falls into; ``None`` where there is none."""
        if len(pattern) != len(self.options) or set(pattern) - set("01-"):
            return None
        bits, unknown = parse_pattern(pattern)
        if (bits, unknown) in self._places:
            return self._places[bits, unknown]
        if self.open is None:
            return None
        apart = (self.bits ^ np.uint64(bits) | np.uint64(unknown)) & ~self.open
        around = np.flatnonzero(apart == 0)
        return int(around[0]) if len(around) == 1 else None

    def index(self, pattern: str) -> int:
        """The state that is written so.

        Raises:
            InvalidNegotiation: No state, or more than one, is meant.
        """
        found = self.find(pattern)
        if found is None:
            raise InvalidNegotiation(
                f"state {pattern!r}",
                f"is not one of the {len(self):,} feasible states: write a digit an option.",
            )
        return found

    @cached_property
    def _places(self) -> dict[tuple[int, int], int]:
        unknown = [0] * len(self) if self.open is None else self.open.tolist()
        return {pair: at for at, pair in enumerate(zip(self.bits.tolist(), unknown, strict=True))}


def build_space(negotiation: Negotiation) -> StateSpace:
    """The feasible states: those listed, or every combination that satisfies every constraint.

    Raises:
        InvalidNegotiation: None is feasible, or there are more than 2^22, or more than 62 options.
    """
    options = tuple(option.id for option in negotiation.options)
    if len(options) > MOST_OPTIONS:
        raise InvalidNegotiation(
            negotiation.id, f"{len(options)} options; at most {MOST_OPTIONS} can be combined: take some out."
        )
    if negotiation.states is not None:
        if len(negotiation.states) > MOST_STATES:
            raise InvalidNegotiation(
                negotiation.id,
                f"{len(negotiation.states):,} states; at most {MOST_STATES:,} can be analysed.",
            )
        return _listed(options, negotiation.states)
    constraints = [parse_expression(text, options) for text in negotiation.constraints]
    try:
        bits = feasible_bits(options, constraints)
    except TooManyStates as error:
        raise InvalidNegotiation(
            negotiation.id,
            f"{error}; at most {MOST_STATES:,} can be analysed: "
            "take options out, add constraints or list the states.",
        ) from error
    if len(bits) == 0:
        raise InvalidNegotiation(
            negotiation.id,
            "the constraints contradict each other: no combination of options satisfies them all.",
        )
    return StateSpace(options, bits)


def parse_pattern(pattern: str) -> tuple[int, int]:
    """Bits taken and bits left open of a written state.

    >>> parse_pattern("1-0")
    (4, 2)
    """
    taken = int(pattern.replace("-", "0") or "0", 2)
    unknown = int(pattern.replace("1", "0").replace("-", "1") or "0", 2)
    return taken, unknown


def _listed(options: tuple[str, ...], states: Sequence[str]) -> StateSpace:
    read = [parse_pattern(state) for state in states]
    bits = np.array([taken for taken, _ in read], dtype=np.uint64)
    unknown = np.array([left for _, left in read], dtype=np.uint64)
    return StateSpace(options, bits, unknown if unknown.any() else None)


def columns(space: StateSpace) -> Callable[[str], Truth]:
    """``space.column`` that computes each option once."""
    known: dict[str, Truth] = {}

    def column(option: str) -> Truth:
        if option not in known:
            known[option] = space.column(option)
        return known[option]

    return column
