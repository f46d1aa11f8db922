"""Works out what a change means for the whole record: at once where that is quick, else in another process.

Law: no request waits for a large record; it shows what stood before, and the page says that more is to come.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Final

from detente.errors import DetenteError
from detente.record.store import Store

# Up to this many items the whole is worked out in a fraction of a second: 44,000 take ten.
QUICK_ITEMS: Final = 4_000
# Single decisions in a row are worked out together, when nobody decided for so long.
_PAUSE_SECONDS: Final = 2.0
_LONG_PAUSE_SECONDS: Final = 15.0
# While files are read, each of which changes the record, not more often than this.
_BETWEEN_SECONDS: Final = 30.0
_TRIES_AGAIN_SECONDS: Final = 5.0


@dataclass
class Settling:
    """Keeps a store's pages up with its changes.

    Attributes:
        busy: Whether files are being read just now.
        quick_items: Up to how many items a request waits.
        elsewhere: Whether more than that is worked out in a process of its own.
        alone: Held by who works on the whole record, for the memory that takes.
    """

    store: Store
    busy: Callable[[], bool]
    quick_items: int = QUICK_ITEMS
    elsewhere: bool = True
    _wanted: Event = field(default_factory=Event, repr=False)
    alone: Lock = field(default_factory=Lock, repr=False)
    _starting: Lock = field(default_factory=Lock, repr=False)
    _thread: Thread | None = field(default=None, repr=False)
    _stopped: bool = False
    _small: bool | None = None
    _urgent: bool = False

    @property
    def working(self) -> bool:
        """Whether what pages show is still to be worked out."""
        return self._urgent

    def stale(self) -> None:
        """Somebody asked for what is not worked out yet."""
        if self.is_small():
            self.now()
            return
        self._urgent = True
        self._start()

    def soon(self) -> None:
        """Pages show what was decided; what it means for other items is worked out when there is time."""
        self._start()

    def _start(self) -> None:
        self._wanted.set()
        with self._starting:
            if self._thread is None and not self._stopped:
                self._thread = Thread(target=self._work, name="settling", daemon=True)
                self._thread.start()

    def now(self) -> None:
        """Work everything out, and come back when that is done."""
        with self.alone:
            while not self._settled() and not self._stopped:
                pass
            self._small = None

    def stop(self) -> None:
        """Leave it as it is; the next start goes on."""
        self._stopped = True
        self._wanted.set()
        thread = self._thread
        if thread is not None:
            thread.join(timeout=30)

    def is_small(self) -> bool:
        """Whether a request waits until all is worked out."""
        if self._small is None:
            self._small = self.store.item_count() <= self.quick_items
        return self._small

    def _work(self) -> None:
        while True:
            self._wanted.wait()
            if not self._urgent:
                self._wait_for_quiet()
            if self._stopped:
                return
            try:
                with self.alone:
                    done = self._settled()
            except DetenteError:
                # The disk is full, or another program holds the file: what stood is still shown.
                self._rest(_TRIES_AGAIN_SECONDS)
                continue
            if done:
                self._urgent = False
                self._wanted.clear()
            if self.busy():
                self._rest(_BETWEEN_SECONDS)

    def _settled(self) -> bool:
        """Work it out; say whether nothing is left to do."""
        if self.is_small() or not self.elsewhere or self.store.where == ":memory:":
            return self.store.settle()
        if self.store.is_settled():
            return True
        done = subprocess.run(
            [sys.executable, "-m", "detente.desk.settling_process"],
            input=self.store.where,
            encoding="utf-8",
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode:
            return self.store.settle()
        self.store.reload()
        return self.store.is_settled()

    def _wait_for_quiet(self) -> None:
        pause = _PAUSE_SECONDS if self.is_small() else _LONG_PAUSE_SECONDS
        seen = None
        while seen != (seen := self.store.revision()) and not (self._urgent or self._stopped):
            self._rest(pause)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        was_urgent = self._urgent
        while time.monotonic() < until and not self._stopped and self._urgent == was_urgent:
            time.sleep(0.1)
            if seconds == _BETWEEN_SECONDS and not self.busy():
                return
