"""Files that people drop, kept beside the record under names that are safe and say where they came from.

The originals are kept, byte for byte, so that a figure can be traced to the very file; ``iran.db`` has them
in ``iran-articles/``. A record on a server has no such place: there only the text is kept, in the record.
Law: no name leads out of the folder, and nothing that is there is overwritten.
"""

import hashlib
import os
import tempfile
import unicodedata
from pathlib import Path, PurePosixPath
from typing import IO, Final

from detente.errors import UnreadableSource
from detente.sources.walk import too_large

# Of one part of a path, in UTF-8; most systems allow 255, and a number may be put behind.
_LONGEST_PART: Final = 180
_DEEPEST: Final = 8
_FORBIDDEN: Final = frozenset('<>:"|?*\\')
_CHUNK: Final = 1 << 20


def folder_of(where: str) -> Path | None:
    """Where the originals of a record's articles are kept; ``None`` for a record on a server or in memory.

    >>> str(folder_of("cases/iran.db"))
    'cases/iran-articles'
    """
    if "://" in where or where == ":memory:":
        return None
    path = Path(where)
    return path.with_name(f"{path.stem}-articles")


def safe_name(name: str) -> PurePosixPath:
    r"""A relative path that any system can have, as near to the name as it goes.

    >>> str(safe_name("../../etc/passwd")), str(safe_name("C:\\talks\\day 1.txt")), str(safe_name("\x00"))
    ('etc/passwd', 'C_/talks/day 1.txt', 'unnamed')
    """
    parts = [_safe_part(part) for part in unicodedata.normalize("NFC", name).replace("\\", "/").split("/")]
    kept = [part for part in parts if part]
    return PurePosixPath(*kept[-_DEEPEST:]) if kept else PurePosixPath("unnamed")


def _safe_part(part: str) -> str:
    seen = "".join("_" if c in _FORBIDDEN else c for c in part if c.isprintable())
    seen = seen.encode("utf-8", "ignore").decode()
    path = PurePosixPath(seen.strip().lstrip(".").strip() or ".")
    stem, suffix = path.stem, path.suffix[:20]
    room = _LONGEST_PART - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + suffix if stem else ""


def keep(source: IO[bytes], name: str, folder: Path, largest: int) -> Path:
    """Put a file into the folder; the same file again is where it was.

    Args:
        name: As its sender calls it.
        largest: Bytes.

    Returns:
        Where it is now: under its name, with a number behind where another file has that name.

    Raises:
        UnreadableSource: Larger than ``largest``.
    """
    wanted = folder / safe_name(name)
    wanted.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=wanted.parent, prefix=".dropped.")
    try:
        sha256, size = hashlib.sha256(), 0
        with os.fdopen(handle, "wb") as file:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > largest:
                    raise UnreadableSource(name, too_large(_size_left(source, size), largest))
                sha256.update(chunk)
                file.write(chunk)
        return _placed(Path(part), wanted, sha256.digest())
    finally:
        Path(part).unlink(missing_ok=True)


def _placed(part: Path, wanted: Path, sha256: bytes) -> Path:
    number = 1
    while True:
        place = wanted if number == 1 else wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
        try:
            os.link(part, place)
        except FileExistsError:
            if place.is_file() and _sha256(place) == sha256:
                return place
            number += 1
        except OSError:
            # A file system without hard links: nearly as good, as one process alone takes drops in.
            if not place.exists():
                part.replace(place)
                return place
            number += 1
        else:
            return place


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _size_left(source: IO[bytes], size: int) -> int:
    while chunk := source.read(_CHUNK):
        size += len(chunk)
    return size
