"""Which reader a file takes: by what it is recognised as, then by its name's ending."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from detente.errors import UnreadableSource
from detente.sources.draft import Blob, Reader
from detente.sources.formats.page import read_page
from detente.sources.formats.plain import read_plain

_BY_SUFFIX: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".md": read_plain,
        ".markdown": read_plain,
        ".html": read_page,
        ".htm": read_page,
        ".xhtml": read_page,
    }
)


def reader_for(blob: Blob) -> Reader:
    """The reader of this file.

    Raises:
        UnreadableSource: No reader knows such files.
    """
    reader = _BY_SUFFIX.get(blob.suffix)
    if reader is None:
        kind = f"{blob.suffix!r} files are" if blob.suffix else "a file without an ending is"
        raise UnreadableSource(blob.name, f"{kind} not read; see `detente read --help` for those that are.")
    return reader
