"""Zip archives, read in memory: nothing is ever written to disk, so no name in them can reach outside.

Bombs are met by three limits: bytes of one member, bytes of all together, and the ratio of packing.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from detente.articles import Unread
from detente.settings import Settings
from detente.sources.draft import Blob
from detente.sources.walk import is_left_behind, too_large

# Text packs to a tenth; a thousand times is a bomb. Small members may be empty forms of anything.
_MOST_PACKED: Final = 1000
_SMALL: Final = 1_000_000
_MOST_MEMBERS: Final = 100_000
_DEEPEST: Final = 2


def is_archive(blob: Blob) -> bool:
    """Whether the file is a zip of files, not an office document."""
    return blob.suffix == ".zip"


def open_archive(blob: Blob, settings: Settings) -> Iterator[Blob | Unread]:
    """The archive's members in order of name, archives within opened too."""
    yield from _open(blob, settings, [settings.largest_unpacked], 1)


def _open(blob: Blob, settings: Settings, left: list[int], depth: int) -> Iterator[Blob | Unread]:
    if not blob.content:
        yield Unread(file=blob.name, reason="empty.")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(blob.content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        yield Unread(file=blob.name, reason=f"not a zip archive, or cut short ({type(error).__name__}).")
        return
    members = sorted(
        (m for m in archive.infolist() if not m.filename.endswith("/")), key=lambda m: m.filename
    )
    members = [m for m in members if not any(is_left_behind(p) for p in _safe(m.filename).split("/"))]
    if len(members) > _MOST_MEMBERS:
        yield Unread(
            file=blob.name, reason=f"{len(members):,} files in one archive; the limit is {_MOST_MEMBERS:,}."
        )
        return
    if not members:
        yield Unread(file=blob.name, reason="an archive without files.")
    for member in members:
        name = f"{blob.name}/{_safe(member.filename)}"
        read = _read(archive, member, name, settings, left)
        if isinstance(read, Blob) and is_archive(read):
            if depth >= _DEEPEST:
                yield Unread(file=name, reason="archives nested too deep; unpack it first.")
            else:
                yield from _open(read, settings, left, depth + 1)
        else:
            yield read


def _safe(name: str) -> str:
    # For show alone: a member's name is never used as a path.
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}) or "?"


def _read(  # noqa: PLR0911  # one return for each reason not to unpack
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, settings: Settings, left: list[int]
) -> Blob | Unread:
    if member.flag_bits & 0x1:
        return Unread(file=name, reason="locked with a password; unpack it first.")
    if member.file_size > settings.largest_file:
        return Unread(file=name, reason=too_large(member.file_size, settings.largest_file))
    if member.file_size > _SMALL and member.file_size > member.compress_size * _MOST_PACKED:
        return Unread(file=name, reason="packed more than a thousandfold: a zip bomb.")
    if member.file_size > left[0]:
        return Unread(file=name, reason="the archive unpacks to more than the limit; split it.")
    try:
        with archive.open(member) as opened:
            content = opened.read(min(settings.largest_file, left[0]) + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return Unread(file=name, reason="damaged in the archive, or packed in a way that is not known.")
    if len(content) > min(settings.largest_file, left[0]):
        return Unread(file=name, reason="unpacks to more than it says: a zip bomb.")
    left[0] -= len(content)
    return Blob(name=name, suffix=PurePosixPath(member.filename).suffix.casefold(), content=content)
