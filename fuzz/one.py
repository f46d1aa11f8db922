"""Fuzz one target with atheris: ``python fuzz/one.py TARGET [libFuzzer options] [corpus]``.

With a file in place of a corpus, the target reads that file once: how a fault is seen again.
"""

import sys

import atheris

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
    target = TARGETS[sys.argv.pop(1)]
    with pdf_in_process():
        atheris.Setup(sys.argv, lambda data: target(bytes(data)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
