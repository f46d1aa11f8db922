"""Reads articles in several processes, on this machine or on others, with Ray (``detente[ray]``).

Law: the readings are those of one process, in the same order; a process that dies takes down no article but
the one it died of, which is a gap.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final, Protocol, TypeAlias

from detente.articles import Article
from detente.claims import Reading
from detente.errors import DetenteError, MissingExtra, one_line
from detente.reading.reader import Reader, batches, reader_name, unread_as_a_whole
from detente.settings import Settings

# Tasks under way for each process: one that is read, one that waits.
_AHEAD: Final = 2
# Articles and readings on their way between processes; Ray would take a third of the machine's memory.
_STORE_BYTES: Final = 300_000_000

# What Ray is told where the user says nothing else.
_SURROUNDINGS: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",  # it would tell its makers of every start
    "RAY_AUTH_MODE": "token",  # nobody else may talk to its ports
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",  # it would write among the results; a gap tells what went wrong
}

_UnderWay: TypeAlias = tuple[list[Article], object]
"""Articles, and the task that reads them."""


class ArticleReader(Protocol):
    """Whatever reads articles: :class:`Reader` in this process, :class:`Workers` in several."""

    name: str

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order."""
        ...


def open_reader(settings: Settings) -> ArticleReader:
    """The reader that the settings ask for.

    Raises:
        MissingExtra: More than one process is asked for, and Ray is not installed.
    """
    return Reader(settings) if settings.workers < 2 else Workers(settings)


class Workers:
    """Reads articles in several processes; they run while something is read, and end with it.

    Where ``RAY_ADDRESS`` names a Ray cluster, its machines read: they need Detente, the articles go there.

    Attributes:
        name: That of :class:`Reader`: the readings are the same.
    """

    def __init__(self, settings: Settings) -> None:
        if find_spec("ray") is None:
            raise MissingExtra(
                "Reading in several processes needs Ray: pip install 'detente[ray]', or read in one."
            )
        self._workers = settings.workers
        self._settings = replace(settings, workers=1, threads=1)
        self.name = reader_name(settings)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order."""
        with _started(self._workers) as ray:
            task = ray.remote(max_retries=0)(read_batch)

            def submit(batch: list[Article]) -> _UnderWay:
                return batch, task.remote(batch, self._settings)

            under_way: deque[_UnderWay] = deque()
            for batch in batches(articles):
                under_way.append(submit(batch))
                if len(under_way) >= self._workers * _AHEAD:
                    yield from self._finished(ray, submit, under_way.popleft())
            while under_way:
                yield from self._finished(ray, submit, under_way.popleft())

    def _finished(
        self, ray: ModuleType, submit: Callable[[list[Article]], _UnderWay], one: _UnderWay
    ) -> Iterator[Reading]:
        """The readings of a batch; where its process died, those of its articles one by one."""
        batch, task = one
        try:
            readings: list[Reading] = ray.get(task)
        except ray.exceptions.RayError as error:
            if len(batch) == 1:
                yield unread_as_a_whole(batch[0], self.name, _reason(error))
                return
            for article in batch:
                yield from self._finished(ray, submit, submit([article]))
        else:
            yield from readings


def read_batch(batch: list[Article], settings: Settings) -> list[Reading]:
    """The readings of some articles, in a process that keeps its models from call to call."""
    return list(_own_reader(settings).read(batch))


@lru_cache(maxsize=1)
def _own_reader(settings: Settings) -> Reader:
    return Reader(settings)


def _reason(error: Exception) -> str:
    cause = getattr(error, "cause", None) or error
    return f"reading stopped: {type(cause).__name__}: {one_line(str(cause))}"[:300]


@contextmanager
def _started(workers: int) -> Iterator[ModuleType]:
    """Ray, started where it does not run yet, and then ended again."""
    for name, value in _SURROUNDINGS.items():
        os.environ.setdefault(name, value)
    ray = import_module("ray")
    if ray.is_initialized():
        yield ray
        return
    try:
        _start(ray, workers)
        yield ray
    finally:
        ray.shutdown()


def _start(ray: ModuleType, workers: int) -> None:
    """Starts Ray; a machine that is too busy for its own time limits gets a second try."""
    options: dict[str, object] = {"log_to_driver": False, "logging_level": "error"}
    if not os.environ.get("RAY_ADDRESS"):
        options |= {
            "address": "local",
            "num_cpus": workers,
            "object_store_memory": _STORE_BYTES,
            "include_dashboard": False,
            "_system_config": {"agent_register_timeout_ms": 120_000},
        }
    for again in (True, False):
        try:
            ray.init(**options)
        except Exception as error:  # Ray raises this very class where its processes do not come up
            ray.shutdown()
            if not again:
                raise DetenteError(
                    f"Ray did not start: {one_line(str(error))} Read in one process, or try again."
                ) from error
        else:
            return
