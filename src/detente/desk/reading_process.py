"""Reads dropped files in a process of its own: the screens stay quick, and the models' memory is given back.

It is told, a JSON line each, first which record and settings, then which files; it tells how far it is, and
at last what came of each batch, a JSON line each. It ends when nobody tells it more.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from detente.articles import Article, Unread
from detente.errors import DetenteError
from detente.record.intake import take_in_gathered
from detente.record.store import Store
from detente.settings import Settings
from detente.sources.gather import gather

_FURTHER_BACK: Final = 5


def main() -> None:
    """Take in what the standard input names."""
    os.nice(_FURTHER_BACK)
    first = json.loads(sys.stdin.readline())
    settings = Settings(**first["settings"])
    with Store.open(first["record"], create=False) as store:
        for line in sys.stdin:
            batch = json.loads(line)
            try:
                _tell(**_taken(store, settings, batch["paths"], Path(batch["folder"]), batch["prefix"]))
            except (DetenteError, OSError) as error:
                _tell(error=str(error))


def _taken(store: Store, settings: Settings, paths: list[str], folder: Path, prefix: str) -> dict[str, Any]:
    def told(stage: str, done: int, of: int | None) -> None:
        _tell(stage=stage, done=done, of=of)

    def gathered() -> Iterator[Article | Unread]:
        for count, source in enumerate(_renamed(gather(paths, settings), folder, prefix), 1):
            told("gathering", count, None)
            yield source

    intake = take_in_gathered(store, gathered(), settings, on_progress=told)
    return {
        "read": len(intake.read),
        "known": len(intake.known),
        "unread": [[source.file, source.reason] for source in intake.unread],
    }


def _renamed(sources: Iterable[Article | Unread], folder: Path, prefix: str) -> Iterator[Article | Unread]:
    """Each under a name that stays true when the record and its folder are moved together."""
    before = f"{folder}{os.sep}"
    for source in sources:
        yield replace(source, file=prefix + source.file.removeprefix(before))


def _tell(**said: object) -> None:
    # As ASCII, whatever is in a name: half of a surrogate pair must not stop the telling.
    print(json.dumps(said), flush=True)  # noqa: T201  # how it answers


if __name__ == "__main__":
    main()
