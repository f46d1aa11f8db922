"""What a user can set, read once at the rim (command line, desk) and passed down as one value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and choices with their defaults.

    Attributes:
        largest_file: Bytes; a larger file is listed as unread.
        largest_text: Characters of one article; a longer one is listed as unread.
        largest_unpacked: Bytes that one archive may unpack to, all members together.
        threads: Threads of one reading process.
        workers: Reading processes.
        spacy_model: Name of an installed spaCy model; ``None``: the largest official English one installed.
        samples: Worlds drawn where a figure is in doubt.
        seed: Of every random number.
    """

    largest_file: int = 100_000_000
    largest_text: int = 5_000_000
    largest_unpacked: int = 500_000_000
    threads: int = 2
    workers: int = 1
    spacy_model: str | None = None
    samples: int = 1000
    seed: int = 0
