"""The case on the desk: its record and what follows from it, kept while nothing changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any, TypeVar

from detente.desk.inbox import Inbox
from detente.record.model import Record
from detente.record.store import Store
from detente.settings import Settings

T = TypeVar("T")


@dataclass
class Case:
    """What every screen looks at. Threads may share one.

    Attributes:
        store: The record on disk.
        name: Shown at the top of every screen.
        inbox: Where dropped files are read.
        alone: Held by who reads a note and writes it anew.
    """

    store: Store
    name: str
    settings: Settings = field(default_factory=Settings)
    inbox: Inbox = field(init=False, repr=False)
    alone: RLock = field(default_factory=RLock, repr=False)
    _lock: RLock = field(default_factory=RLock, repr=False)
    _kept: dict[str, tuple[Record, Any]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.store.where, self.settings)

    def close(self) -> None:
        """Stop what runs in the background."""
        self.inbox.close()

    def record(self) -> Record:
        """The record with every decision in it; what one means for other claims may not be worked out yet."""
        return self.store.record(settled=False)

    def following(self, name: str, make: Callable[[Record], T]) -> T:
        """What follows from the record, made once for each state of it.

        Args:
            name: Of what follows; one name, one ``make``.
            make: A function of the record alone.
        """
        with self._lock:
            record = self.record()
            held = self._kept.get(name)
            if held is None or held[0] is not record:
                held = (record, make(record))
                self._kept[name] = held
            made: T = held[1]
            return made


def now() -> str:
    """This moment as edits write it: ISO 8601 in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat()
