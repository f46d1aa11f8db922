"""Works out a large record in a process of its own, so that the desk's requests do not wait for their turn.

It is told on the standard input where the record is: on a command line, others could read a password.
"""

import os
import sys

from detente.errors import DetenteError
from detente.record.store import Store

_FURTHER_BACK = 5


def main() -> int:
    """Settle the record, and say by the exit code whether that was done."""
    os.nice(_FURTHER_BACK)
    try:
        with Store.open(sys.stdin.readline().rstrip("\n"), create=False) as store:
            store.settle()
    except DetenteError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
