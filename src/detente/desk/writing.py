"""What follows from a large record, made beside the requests and kept with the record for the next start.

Law: nobody waits for it. Whoever asks gets what was made last, and whether that is of the record as it
stands; the asking starts the next making. One process at a time works on a whole record, for the memory
that takes.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from threading import Lock, Thread
from typing import Any, Final
from weakref import ref

from detente import __version__
from detente.desk.settling import Settling
from detente.desk.writing_process import state_of, stated
from detente.desk.written import BRIEF, DERIVED, Piece, pieces
from detente.errors import DetenteError, InvalidRecord, one_line
from detente.record.model import Record
from detente.record.store import Store

NOTE: Final = "what follows"
# It is made again after this many times as long as it took: many decisions must not keep a processor busy.
_RESTS: Final = 3.0
_STEP_SECONDS: Final = 0.1


class NotMadeYet(DetenteError):
    """It is being made for the first time; ask again in some seconds."""


@dataclass(frozen=True)
class _Made:
    """What was made, and of which state of the record.

    Attributes:
        of: The record itself, while it is in memory: some decisions change its state and nothing in it.
    """

    state: tuple[int, bool]
    pieces: dict[str, Piece]
    of: Callable[[], Record | None] = lambda: None


@dataclass
class Writing:
    """Keeps the pieces that follow from a store's record. Threads may share it.

    Attributes:
        record: Gives the record as it stands.
        settling: Works on the same record, and says whether another process may.
    """

    store: Store
    record: Callable[[], Record]
    settling: Settling
    _made: _Made | None = field(default=None, repr=False)
    _failed: tuple[tuple[int, bool], str] | None = field(default=None, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)
    _thread: Thread | None = field(default=None, repr=False)
    _process: "subprocess.Popen[str] | None" = field(default=None, repr=False)
    _rests_until: float = 0.0
    _remembered: bool = False
    _stopped: bool = False

    def of(self, name: str) -> tuple[Piece | None, bool]:
        """The latest piece of this name, and whether it is of the record as it stands.

        Raises:
            DetenteError: Making it of this very record failed, and nothing was made before.
        """
        record = self.record()
        self._remember()
        made = self._made
        piece = made.pieces.get(name) if made else None
        if made is not None and (made.of() is record or made.state == state_of(self.store)):
            self._recognise(made, record)
            if len(made.pieces) > 1 and all(one.is_whole for one in made.pieces.values()):
                return piece, True
        if self._failed is not None and self._failed[0] == state_of(self.store):
            if piece is None:
                raise DetenteError(self._failed[1])
        else:
            self._start()
        return piece, False

    def begin(self) -> None:
        """Look up what was kept, and make it again where it is old."""
        with suppress(DetenteError):
            self.of(BRIEF)

    def stop(self) -> None:
        """Leave it; the next start goes on."""
        self._stopped = True
        process, thread = self._process, self._thread
        if process is not None:
            process.terminate()
        if thread is not None:
            thread.join(timeout=30)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None and not self._stopped:
                self._thread = Thread(target=self._work, name="writing", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        try:
            while not self._stopped and (self.settling.working or time.monotonic() < self._rests_until):
                time.sleep(_STEP_SECONDS)
            with self.settling.alone:
                began = time.monotonic()
                if not self._stopped and not self._elsewhere():
                    self._here()
                self._rests_until = time.monotonic() + _RESTS * (time.monotonic() - began)
        finally:
            with self._lock:
                self._thread = None

    def _elsewhere(self) -> bool:
        """Make it in another process; say whether that was done."""
        if not self.settling.elsewhere or self.store.where == ":memory:":
            return False
        with subprocess.Popen(
            [sys.executable, "-m", "detente.desk.writing_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ) as process:
            self._process = process
            if process.stdin is None or process.stdout is None:
                return False
            with suppress(BrokenPipeError):
                asked = {"record": self.store.where, "brief_first": self._knows_no_brief()}
                process.stdin.write(json.dumps(asked) + "\n")
                process.stdin.close()
            state: tuple[int, bool] | None = None
            for line in process.stdout:
                told = json.loads(line)
                if "state" in told:
                    state = (told["state"][0], told["state"][1])
                elif state is not None:
                    self._take(state, Piece(**told["piece"]))
        self._process = None
        return process.returncode == 0 or self._stopped

    def _here(self) -> None:
        """Make it in this process."""
        state, record = stated(self.store)
        try:
            for piece in pieces(record, brief_first=self._knows_no_brief()):
                if self._stopped:
                    return
                self._take(state, piece)
        except Exception as error:  # noqa: BLE001  # told to whoever asks for it
            self._failed = (state, f"The desk could not work this out: {one_line(str(error))}")

    def _knows_no_brief(self) -> bool:
        return self._made is None or BRIEF not in self._made.pieces

    def _take(self, state: tuple[int, bool], piece: Piece) -> None:
        """Show a piece from now on, and keep it with the record."""
        if piece.name == DERIVED and piece.why_not is None:
            _ = piece.negotiation  # taken apart here, not in a request
        # While one piece is still of another state, all of them count as of that.
        others = dict(self._made.pieces) if self._made else {}
        whole = piece.name == BRIEF and piece.is_whole
        held = self._made.state if self._made and not whole else state
        made = _Made(held, {**others, piece.name: piece})
        with self._lock:
            self._made = made
        tree = {
            "by": __version__,
            "state": made.state,
            "pieces": [asdict(one) for one in made.pieces.values()],
        }
        with suppress(InvalidRecord):  # a record that cannot be written is looked at all the same
            self.store.keep(NOTE, json.dumps(tree))

    def _recognise(self, made: _Made, record: Record) -> None:
        """What was made is of this record, whatever is decided that changes nothing in it."""
        if made.of() is not record:
            with self._lock:
                if self._made is made:
                    self._made = replace(made, of=ref(record))

    def _remember(self) -> None:
        """What was kept before this start; what another version of Detente made counts as old."""
        if self._remembered:
            return
        with self._lock:
            if self._remembered:
                return
            kept = self.store.kept(NOTE)
            if kept is not None:
                tree: dict[str, Any] = json.loads(kept)
                known = [Piece(**piece) for piece in tree["pieces"]]
                state = (tree["state"][0], tree["state"][1]) if tree["by"] == __version__ else (-1, False)
                self._made = _Made(state, {piece.name: piece for piece in known})
            self._remembered = True
