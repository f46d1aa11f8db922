"""The last few things that were worked out, by what they were worked out from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Generic, TypeVar

from detente.errors import DetenteError

T = TypeVar("T")


@dataclass
class Remembered(Generic[T]):
    """Keeps the last ones that were asked for. Threads may share it.

    Attributes:
        most: How many are kept.

    >>> squares = Remembered[int](most=1)
    >>> squares.of(3, lambda: 9), squares.of(3, lambda: 10)
    (9, 9)
    >>> squares.of(4, lambda: 16), squares.of(3, lambda: 11)
    (16, 11)
    """

    most: int
    _making: set[Hashable] = field(default_factory=set, repr=False)
    _held: "OrderedDict[Hashable, T]" = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for this key, made now where it is not at hand; two may make it at once.

        Args:
            key: Everything that it follows from.
        """
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return made

    def soon(self, key: Hashable, make: Callable[[], T]) -> T | None:
        """The same, made beside the requests: ``None`` until it is there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            if key not in self._making:
                self._making.add(key)
                Thread(target=self._make, args=(key, make), daemon=True).start()
        return None

    def _make(self, key: Hashable, make: Callable[[], T]) -> None:
        with suppress(DetenteError):  # it is tried again when it is asked for again
            self.of(key, make)
        with self._lock:
            self._making.discard(key)
