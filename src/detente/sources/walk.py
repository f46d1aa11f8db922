"""From the paths a person names to the bytes of each file, in sorted order, each link followed at most once.

What cannot be opened is an :class:`~detente.articles.Unread`, and the walk goes on.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from detente.articles import Unread
from detente.settings import Settings
from detente.sources.draft import Blob

# Files that systems and editors leave behind, and that nobody means when naming a folder.
_LEFT_BEHIND: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
# Documentation that lies among articles; a file that is named by itself is read whatever its name.
_ABOUT: Final = re.compile(
    r"(?:readme|license|licence|changelog|contributing|copying)(?:\.(?:md|txt|rst))?|(?:.*[_ -])?notes\.md",
    re.IGNORECASE,
)
_WHY: Final = {
    errno.ENOENT: "no such file or folder.",
    errno.EACCES: "no permission to read it.",
    errno.EPERM: "no permission to read it.",
    errno.ELOOP: "a link that leads back to itself.",
    errno.ENAMETOOLONG: "a name longer than this system allows.",
    errno.EISDIR: "a folder where a file was expected.",
    errno.EIO: "the disk cannot read it.",
}


def walk(paths: Iterable[str | Path], settings: Settings) -> Iterator[Blob | Unread]:
    """Every file under these paths."""
    for path in paths:
        yield from _under(Path(path), settings, (), named=True)


def _under(
    path: Path, settings: Settings, above: tuple[tuple[int, int], ...], *, named: bool
) -> Iterator[Blob | Unread]:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            here = (status.st_dev, status.st_ino)
            if here in above:
                yield Unread(file=str(path), reason="a link to a folder that holds it; not followed.")
                return
            if _is_own_output(path):
                return
            names = sorted(os.listdir(path))  # noqa: PTH208  # names alone: the order must not depend on the folder
        else:
            yield _open(path, status, settings)
            return
    except (OSError, ValueError) as error:
        yield Unread(file=str(path), reason=why_not(error))
        return
    left = [name for name in names if not is_left_behind(name)]
    for name in [name for name in left if _ABOUT.fullmatch(name)]:
        left.remove(name)
        yield Unread(
            file=str(path / name), reason="a note about the folder; name the file itself to read it."
        )
    if named and not left:
        yield Unread(file=str(path), reason="an empty folder.")
    for name in left:
        yield from _under(path / name, settings, (*above, here), named=False)


def _open(path: Path, status: os.stat_result, settings: Settings) -> Blob | Unread:
    if not stat.S_ISREG(status.st_mode):
        return Unread(file=str(path), reason="a device, pipe or socket, not a file.")
    if status.st_size > settings.largest_file:
        return Unread(file=str(path), reason=too_large(status.st_size, settings.largest_file))
    with path.open("rb") as opened:
        content = opened.read(settings.largest_file + 1)
    if len(content) > settings.largest_file:
        return Unread(file=str(path), reason=too_large(len(content), settings.largest_file))
    return Blob(name=str(path), suffix=path.suffix.casefold(), content=content)


def why_not(error: OSError | ValueError) -> str:
    """Why the system would not open a file, in words.

    >>> why_not(FileNotFoundError(errno.ENOENT, "x"))
    'no such file or folder.'
    """
    if isinstance(error, OSError) and error.errno is not None:
        return _WHY.get(error.errno, f"cannot be opened: {os.strerror(error.errno).lower()}.")
    return "not a name that a file can have."


def too_large(size: int, most: int) -> str:
    """The reason why a large file is not read."""
    return f"{size / 1e6:,.0f} MB, more than the limit of {most / 1e6:,.0f} MB; split it."


def is_left_behind(name: str) -> bool:
    """Whether a file is hidden, temporary or of the system.

    >>> is_left_behind(".DS_Store"), is_left_behind("~$talks.docx"), is_left_behind("talks.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$")) or name.endswith("~") or name.casefold() in _LEFT_BEHIND


def _is_own_output(folder: Path) -> bool:
    """Whether Detente wrote this folder: a brief is not to be read as an article of the next one."""
    return all((folder / name).is_file() for name in ("record.json", "brief.html", "negotiation.yaml"))
