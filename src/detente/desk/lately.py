"""What takes long to make from a record, made beside the requests: the last one shows till the next is ready.

Law: nobody waits longer than their patience, and at most one is being made at a time.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Final, Generic, TypeVar

from detente.record.model import Record

T = TypeVar("T")

_TURN: Final = 0.0005


@dataclass
class Lately(Generic[T]):
    """One thing that follows from the record. Threads may share it.

    Attributes:
        make: A function of the record alone.
    """

    make: Callable[[Record], T]
    _lock: Lock = field(default_factory=Lock, repr=False)
    _made: tuple[Record, T] | None = field(default=None, repr=False)
    _failed: tuple[Record, Exception] | None = field(default=None, repr=False)
    _ready: Event | None = field(default=None, repr=False)

    def of(self, record: Record, patience: float) -> tuple[T | None, bool]:
        """The latest that was made, and whether it is of this very record.

        Args:
            record: As it stands.
            patience: Seconds to wait at most.

        Raises:
            Exception: What making it of this record raised.
        """
        with self._lock:
            if self._made is not None and self._made[0] is record:
                return self._made[1], True
            if self._failed is not None and self._failed[0] is record:
                raise self._failed[1]
            if self._ready is None:
                self._ready = Event()
                Thread(target=self._work, args=(record, self._ready), daemon=True).start()
            ready = self._ready
        ready.wait(patience)
        with self._lock:
            if self._failed is not None and self._failed[0] is record:
                raise self._failed[1]
            made = self._made
        return (made[1], made[0] is record) if made is not None else (None, False)

    def _work(self, record: Record, ready: Event) -> None:
        # Requests get their turn ten times sooner than Python gives it by itself; with 5 ms, one that
        # takes 30 ms took 400.
        sys.setswitchinterval(_TURN)
        try:
            made = self.make(record)
        except Exception as error:  # noqa: BLE001  # told to whoever asks for it
            with self._lock:
                self._failed = (record, error)
        else:
            with self._lock:
                self._made, self._failed = (record, made), None
        finally:
            with self._lock:
                self._ready = None
            ready.set()
