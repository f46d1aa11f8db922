"""Fuzz one target with atheris: ``python fuzz/one.py TARGET [libFuzzer options] [corpus]``.

With a file in place of a corpus, the target reads that file once: how a fault is seen again.
"""

import hashlib
import sys
from pathlib import Path

import atheris

FOUND = Path(__file__).parent / "found"

# The readers and the libraries in Python under them: changes are kept where they reach new lines of these.
_WATCHED = [
    "detente.sources",
    "striprtf",
    "feedparser",
    "rispy",
    "bibtexparser",
    "warcio",
    "docx",
    "openpyxl",
]

with atheris.instrument_imports(include=_WATCHED):
    from targets import TARGETS, pdf_in_process


def main() -> None:
    """Run the target that the first argument names."""
    name = sys.argv.pop(1)
    target = TARGETS[name]

    def once(data: bytes) -> None:
        try:
            target(bytes(data))
        except Exception:
            # kept here too: libFuzzer leaves no file where the interpreter goes down with the fault
            digest = hashlib.sha256(data).hexdigest()[:12]
            (FOUND / f"{name}-{digest}").write_bytes(data)
            raise

    with pdf_in_process():
        atheris.Setup(sys.argv, once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
