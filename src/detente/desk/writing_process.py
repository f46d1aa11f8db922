"""Makes what follows from a large record in a process of its own, so that no request waits for its turn.

It is told on the standard input, as JSON, where the record is, since on a command line others could read a
password. It tells, a JSON line each, which state of the record it read, then every piece.
"""

import json
import os
import sys
from dataclasses import asdict
from typing import Any

from detente.desk.written import pieces
from detente.errors import DetenteError
from detente.record.model import Record
from detente.record.store import Store

_FURTHER_BACK = 5
_TRIES = 3


def main() -> int:
    """Tell the pieces, and say by the exit code whether that is all of them."""
    os.nice(_FURTHER_BACK)
    asked = json.loads(sys.stdin.readline())
    try:
        with Store.open(asked["record"], create=False) as store:
            state, record = stated(store)
    except DetenteError:
        return 1
    _tell(state=state)
    for piece in pieces(record, brief_first=asked["brief_first"]):
        _tell(piece=asdict(piece))
    return 0


def stated(store: Store) -> tuple[tuple[int, bool], Record]:
    """The record, and which state of it that is: its revision, and whether all of it is worked out.

    Where somebody decides all the while, an earlier state is told: it counts as not of the latest record.
    """
    for _ in range(_TRIES):
        before = state_of(store)
        record = store.record(settled=False)
        if state_of(store) == before:
            break
    return before, record


def state_of(store: Store) -> tuple[int, bool]:
    """Which state of its record a store has."""
    return store.revision(), store.is_settled()


def _tell(**told: Any) -> None:  # noqa: ANN401  # JSON
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
