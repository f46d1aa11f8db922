"""States as a file writes them (``"01-0"``): which there are, and whether one that is named is among them."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from detente.negotiation.expressions import Expression
from detente.negotiation.feasible import Bits, TooManyStates, column_of, feasible_bits
from detente.negotiation.fields import Fields
from detente.negotiation.model import Option
from detente.negotiation.tree import Items, Tree, Word


class WrittenStates:
    """The states of one file.

    Attributes:
        listed: Those that the file lists; ``None``: all combinations that satisfy every constraint.
    """

    def __init__(self, top: Fields, options: Sequence[Option], constraints: Sequence[Expression]) -> None:
        self._top = top
        self._options = options
        self._ids = tuple(option.id for option in options)
        self._constraints = constraints
        self.listed = None if top.get("states") is None else self._list()
        self._among = frozenset(self.listed or ())
        if self.listed is None and self._bits is not None and len(self._bits) == 0:
            top.fail(
                "the constraints contradict each other: no combination of options satisfies them all.",
                "constraints",
            )

    def named(self, tree: Tree, key: str) -> str:
        """A written state that must be feasible.

        Raises:
            InvalidNegotiation: It is malformed, or not one of the states.
        """
        pattern = self._pattern(tree, key)
        if self.listed is None:
            if "-" in pattern:
                self._top.fail(f"{key!r} holds {pattern!r}: '-' stands only in states that are listed.", tree)
            feasible = self._is_combination(pattern)
        else:
            feasible = pattern in self._among or sum(_covers(s, pattern) for s in self.listed) == 1
        if not feasible:
            self._top.fail(f"{key!r} holds {pattern!r}, which is not a feasible state.", tree)
        return pattern

    def missing(self, seen: set[str]) -> list[str]:
        """The states that are not among those seen.

        Raises:
            TooManyStates: They cannot be enumerated.
        """
        if self.listed is not None:
            return [state for state in self.listed if state not in seen]
        size = len(self._ids)
        bits = feasible_bits(self._ids, self._constraints) if self._bits is None else self._bits
        return [pattern for b in bits.tolist() if (pattern := f"{b:0{size}b}" if size else "") not in seen]

    def arc(self, tree: Tree, party: str) -> tuple[str, str]:
        """One move of a party, from a state to another.

        Raises:
            InvalidNegotiation: It is no pair of states, stands still, or undoes what is irreversible.
        """
        if not isinstance(tree, Items) or len(tree.items) != 2:
            self._top.fail(f'moves of {party} must be a list of pairs of states such as ["00", "01"].', tree)
        start, end = (self.named(part, "moves") for part in tree.items)
        if start == end:
            self._top.fail(f"moves of {party}: {start!r} to itself is no move.", tree)
        for before, after, option in zip(start, end, self._options, strict=True):
            if option.irreversible and (before, after) == ("1", "0"):
                self._top.fail(
                    f"moves of {party}: {start!r} to {end!r} undoes {option.id!r}, which is irreversible.",
                    tree,
                )
        return start, end

    def _list(self) -> tuple[str, ...]:
        items = self._top.items("states")
        states = tuple(self._pattern(item, "states") for item in items)
        if not states:
            self._top.fail("'states' is empty: list the feasible states, or leave the key out.", "states")
        for pattern, count in Counter(states).items():
            if count > 1:
                self._top.fail(f"state {pattern!r} is listed twice.", items[states.index(pattern)])
        for item, pattern in zip(items, states, strict=True):
            if not self._allowed(pattern):
                self._top.fail(f"state {pattern!r} breaks a constraint: take one of them out.", item)
        return states

    @cached_property
    def _bits(self) -> Bits | None:
        """Every feasible combination; ``None``: too many, and the analyses say what to do."""
        try:
            return feasible_bits(self._ids, self._constraints)
        except TooManyStates:
            return None

    def _is_combination(self, pattern: str) -> bool:
        if self._bits is None:
            return self._allowed(pattern)
        bits = np.uint64(int(pattern or "0", 2))
        at = int(np.searchsorted(self._bits, bits))
        return at < len(self._bits) and bool(self._bits[at] == bits)

    def _allowed(self, pattern: str) -> bool:
        """Whether some combination that the pattern covers satisfies every constraint."""
        if not self._constraints:
            return True
        place = {option: at for at, option in enumerate(self._ids)}
        spoken_of = {name for constraint in self._constraints for name in constraint.names}
        unknown = [at for at, digit in enumerate(pattern) if digit == "-" and self._ids[at] in spoken_of]
        if len(unknown) > 16 or len(pattern) > 62:
            return True  # 65,536 combinations of one state: taken on trust
        bits = np.array([int(pattern.replace("-", "0") or "0", 2)], dtype=np.uint64)
        for at in unknown:
            bits = np.concatenate([bits, bits | np.uint64(1 << (len(pattern) - 1 - at))])
        column = column_of(bits, place, len(pattern) - 1)
        return bool(np.logical_and.reduce([c.holds(column) for c in self._constraints]).any())

    def _pattern(self, tree: Tree, key: str) -> str:
        """A written state: a digit an option."""
        if not isinstance(tree, Word):
            self._top.fail(f"{key!r} must hold states, each a word of 0, 1 and -.", tree)
        if len(tree.text) != len(self._ids) or set(tree.text) - set("01-"):
            self._top.fail(
                f"{key!r} holds {tree.text!r}: write 0, 1 or - for each of the {len(self._ids)} options,"
                " in their order.",
                tree,
            )
        return tree.text


def _covers(state: str, pattern: str) -> bool:
    """Whether every combination that ``pattern`` means is one that ``state`` means."""
    return all(s in {"-", p} for s, p in zip(state, pattern, strict=True))
