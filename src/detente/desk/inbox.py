"""The inbox: batches of dropped files, read one after another in the background, with how far each is."""

import json
import queue
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

from detente.articles import Unread
from detente.desk.uploads import folder_of
from detente.errors import DetenteError
from detente.settings import Settings

# Batches that are still told of; what was read and what was not is in the record anyway.
_REMEMBERED: Final = 50
# After this long without a drop the process ends and gives its memory back.
_IDLE_SECONDS: Final = 60.0


class Stage(StrEnum):
    """How far a batch is."""

    WAITING = "waiting"
    GATHERING = "opening the files"
    READING = "reading"
    PUTTING_TOGETHER = "putting it together"
    DONE = "done"
    FAILED = "not done"


@dataclass
class Batch:
    """Files that were dropped together.

    Attributes:
        names: As their sender calls them.
        who: Who dropped them.
        done: Articles read so far, ``of`` so many; ``None`` while that is not known.
        unread: What could not be read, those refused at the door among them.
        error: Why nothing came of it, or ``None``.
    """

    number: int
    names: tuple[str, ...]
    who: str
    paths: tuple[Path, ...]
    stage: Stage = Stage.WAITING
    done: int = 0
    of: int | None = None
    read: int = 0
    known: int = 0
    unread: tuple[Unread, ...] = ()
    error: str | None = None

    @property
    def open(self) -> bool:
        """Whether it is still worked on."""
        return self.stage not in (Stage.DONE, Stage.FAILED)


@dataclass
class Inbox:
    """Takes batches in, one process reading at a time.

    Attributes:
        record: Where the record is, as ``Store.open`` takes it.
        on_done: Called after each batch is read, in the inbox's own thread; then the batch is done.
    """

    record: str
    settings: Settings
    on_done: Callable[[], None] = lambda: None
    _batches: deque[Batch] = field(default_factory=lambda: deque(maxlen=_REMEMBERED), repr=False)
    _waiting: "queue.Queue[Batch | None]" = field(default_factory=queue.Queue, repr=False)
    _numbers: "count[int]" = field(default_factory=lambda: count(1), repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)
    _thread: Thread | None = field(default=None, repr=False)
    _process: "subprocess.Popen[str] | None" = field(default=None, repr=False)
    _spare: Path | None = field(default=None, repr=False)

    @property
    def folder(self) -> Path:
        """Where dropped files are put: beside the record, or for a record on a server for this run alone."""
        beside = folder_of(self.record)
        if beside is not None:
            return beside
        with self._lock:
            if self._spare is None:
                self._spare = Path(tempfile.mkdtemp(prefix="detente-"))
            return self._spare

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The newest first."""
        with self._lock:
            return tuple(reversed(self._batches))

    @property
    def busy(self) -> bool:
        """Whether any batch is still worked on."""
        return any(batch.open for batch in self.batches)

    def put(
        self, paths: Sequence[Path], *, names: Sequence[str], who: str, unread: Sequence[Unread] = ()
    ) -> Batch:
        """Have files read.

        Args:
            paths: Under ``folder``.
            unread: What was refused at the door.
        """
        with self._lock:
            batch = Batch(next(self._numbers), tuple(names), who, tuple(paths), unread=tuple(unread))
            self._batches.append(batch)
            if not paths:
                batch.stage = Stage.DONE
                return batch
            self._waiting.put(batch)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="inbox", daemon=True)
                self._thread.start()
        return batch

    def batch(self, number: int) -> Batch | None:
        """A batch by its number, while it is remembered."""
        return next((batch for batch in self.batches if batch.number == number), None)

    def close(self) -> None:
        """Stop after the batch at hand; what was read is in the record."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            self._waiting.put(None)
            if self._process is not None:
                self._process.terminate()
            thread.join(timeout=10)
        if self._spare is not None:
            shutil.rmtree(self._spare, ignore_errors=True)

    def _work(self) -> None:
        while True:
            try:
                batch = self._waiting.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                with self._lock:
                    if not self._waiting.empty():
                        continue
                    self._thread = None
                self._end()
                return
            if batch is None:
                self._end()
                return
            self._read(batch)
            self._put_together(batch)

    def _read(self, batch: Batch) -> None:
        try:
            process = self._running()
            folder = self.folder
            prefix = f"{folder.name}/" if folder_of(self.record) is not None else ""
            asked = {"paths": [str(path) for path in batch.paths], "folder": str(folder), "prefix": prefix}
            _say(process, asked)
            while batch.stage is not Stage.PUTTING_TOGETHER:
                line = process.stdout.readline() if process.stdout else ""
                if not line:
                    raise BrokenPipeError
                _follow(batch, json.loads(line))
        except (OSError, ValueError):
            self._end()
            batch.error = "the reading stopped; what was read is kept: drop the files again for the rest."

    def _put_together(self, batch: Batch) -> None:
        try:
            self.on_done()
        except DetenteError as error:
            batch.error = str(error)
        batch.stage = Stage.FAILED if batch.error else Stage.DONE

    def _running(self) -> "subprocess.Popen[str]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "detente.desk.reading_process"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
            _say(self._process, {"record": self.record, "settings": asdict(self.settings)})
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with process:
            process.terminate()


def _say(process: "subprocess.Popen[str]", said: dict[str, Any]) -> None:
    if process.stdin is None:
        raise BrokenPipeError
    process.stdin.write(json.dumps(said) + "\n")
    process.stdin.flush()


def _follow(batch: Batch, told: dict[str, Any]) -> None:
    if "stage" in told:
        batch.stage = Stage.READING if told["stage"] == "reading" else Stage.GATHERING
        batch.done, batch.of = told["done"], told["of"]
    elif "error" in told:
        batch.error, batch.stage = told["error"], Stage.PUTTING_TOGETHER
    else:
        batch.read, batch.known = told["read"], told["known"]
        batch.unread += tuple(Unread(file=file, reason=reason) for file, reason in told["unread"])
        batch.stage = Stage.PUTTING_TOGETHER
