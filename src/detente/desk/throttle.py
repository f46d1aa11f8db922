"""Slows down whoever guesses: after a few failures, the next try waits."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

# Five mistyped passwords are one person's bad morning; a guesser then gets some 100 tries a day.
_FREE_TRIES: Final = 5
_LONGEST_WAIT_SECONDS: Final = 900.0
_FORGOTTEN_AFTER_SECONDS: Final = 3600.0
# More keys than this and the oldest are forgotten: a flood of names must not fill the memory.
_MOST_KEYS: Final = 10_000


@dataclass
class Throttle:
    """Failures by key: a name, an address.

    >>> at = iter([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]).__next__
    >>> throttle = Throttle(clock=at)
    >>> for _ in range(5): throttle.failed("ana")
    >>> throttle.wait("ana")
    30.0
    """

    clock: Callable[[], float] = time.monotonic
    _failures: dict[str, tuple[int, float]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def wait(self, *keys: str) -> float:
        """Seconds until the next try is looked at; 0: now."""
        at = self.clock()
        with self._lock:
            return max(0.0, *(self._until(key) - at for key in keys))

    def failed(self, *keys: str) -> None:
        """Note a failure."""
        at = self.clock()
        with self._lock:
            for key in keys:
                count, last = self._failures.pop(key, (0, at))
                count = 0 if at - last > _FORGOTTEN_AFTER_SECONDS else count
                self._failures[key] = (count + 1, at)
            while len(self._failures) > _MOST_KEYS:
                self._failures.pop(next(iter(self._failures)))

    def succeeded(self, *keys: str) -> None:
        """Forget the failures."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)

    def _until(self, key: str) -> float:
        count, last = self._failures.get(key, (0, 0.0))
        if count < _FREE_TRIES:
            return float("-inf")
        return last + min(30.0 * 2.0 ** min(count - _FREE_TRIES, 20), _LONGEST_WAIT_SECONDS)
