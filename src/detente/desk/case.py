"""The case on the desk: its record and what follows from it, kept while nothing changes."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock, RLock
from typing import Any, Final, TypeVar

from detente.desk.inbox import Inbox
from detente.desk.settling import Settling
from detente.desk.writing import Writing
from detente.errors import DetenteError
from detente.record.model import Record
from detente.record.store import Store
from detente.settings import Settings

T = TypeVar("T")

# What follows from a large record is made again after this many times as long as it took: decisions in a row
# must not keep a processor busy that requests need.
_RESTS: Final = 3.0


@dataclass
class _Kept:
    """What followed from a record.

    Attributes:
        held: The record, and what was made of it, together.
        alone: Held by who makes the next.
        rests_until: When it may be made again, by the monotonic clock.
    """

    held: tuple[Record, Any] | None = None
    alone: RLock = field(default_factory=RLock)
    rests_until: float = 0.0


@dataclass
class Case:
    """What every screen looks at. Threads may share one.

    Attributes:
        store: The record on disk.
        name: Shown at the top of every screen.
        inbox: Where dropped files are read.
        settling: Works out what changes mean.
        writing: Has what follows from a large record and takes seconds.
        alone: Held by who reads a note and writes it anew.
    """

    store: Store
    name: str
    settings: Settings = field(default_factory=Settings)
    inbox: Inbox = field(init=False, repr=False)
    settling: Settling = field(init=False, repr=False)
    writing: Writing = field(init=False, repr=False)
    alone: RLock = field(default_factory=RLock, repr=False)
    _lock: RLock = field(default_factory=RLock, repr=False)
    _kept: dict[str, _Kept] = field(default_factory=dict, repr=False)
    _makers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(8, thread_name_prefix="following"), repr=False
    )
    _one_by_one: Lock = field(default_factory=Lock, repr=False)
    _making: set[str] = field(default_factory=set, repr=False)
    _closed: bool = field(default=False, repr=False)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.store.where, self.settings)
        self.settling = Settling(self.store, lambda: self.inbox.busy)
        self.writing = Writing(self.store, self.record, self.settling)
        self.inbox.on_done = self.settling.now
        self.store.on_stale = self.settling.stale

    @property
    def working(self) -> bool:
        """Whether screens show what stood before a change that is still being worked out."""
        return bool(self._making) or self.settling.working

    def close(self) -> None:
        """Stop what runs in the background."""
        self._closed = True
        self.inbox.close()
        self.writing.stop()
        self.settling.stop()
        self._makers.shutdown(cancel_futures=True)

    def record(self) -> Record:
        """The record with every decision in it; what one means for other claims may not be worked out yet."""
        record = self.store.record(settled=False)
        if not self.store.is_settled():
            self.settling.soon()
        return record

    def following(self, name: str, make: Callable[[Record], T]) -> T:
        """What follows from the record, made once for each state of it.

        Of a large record, what followed from the state before is given while the new is being made.

        Args:
            name: Of what follows; one name, one ``make``.
            make: A function of the record alone.
        """
        record = self.record()
        with self._lock:
            kept = self._kept.setdefault(name, _Kept())
        held = kept.held
        if held is not None and held[0] is not record and not self.settling.is_small():
            self._renew(name, kept, make)
        elif held is None or held[0] is not record:
            with kept.alone:
                held = kept.held
                if held is None or held[0] is not record:
                    held = kept.held = (record, make(record))
        made: T = held[1]
        return made

    def _renew(self, name: str, kept: _Kept, make: Callable[[Record], T]) -> None:
        with self._lock:
            if name not in self._making:
                self._making.add(name)
                self._makers.submit(self._made_anew, name, kept, make)

    def _made_anew(self, name: str, kept: _Kept, make: Callable[[Record], T]) -> None:
        try:
            while not self._closed and (rest := kept.rests_until - time.monotonic()) > 0:
                time.sleep(min(rest, 0.2))
            with self._one_by_one, kept.alone:
                began = time.monotonic()
                record = self.record()
                kept.held = (record, make(record))
                kept.rests_until = time.monotonic() + _RESTS * (time.monotonic() - began)
        except DetenteError:
            kept.held = None  # whoever asks next is told why
        finally:
            self._making.discard(name)


def now() -> str:
    """This moment as edits write it: ISO 8601 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat()
