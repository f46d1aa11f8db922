"""Rich Text Format (.rtf): its words without its commands."""

import re
from collections.abc import Iterator
from typing import Final

from striprtf.striprtf import rtf_to_text

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.draft import Blob, Draft

# In a link's hidden field; the library would print its address into the text.
_HIDDEN_LINK: Final = re.compile(r"(\\fldinst[^A-Za-z\"]{0,40}?(?:\\[a-z]+-?\d* ?|[{}\s]){0,12})HYPERLINK")
# Pictures are half of most files, as hexadecimal digits.
_PICTURE: Final = re.compile(r"(?:[0-9a-fA-F]{60,}[\s]{0,3}){2,}")


def read_rich_text(blob: Blob, settings: Settings) -> Iterator[Draft]:  # noqa: ARG001  # one signature
    """The file's one article.

    Raises:
        UnreadableSource: It is not RTF, or damaged.
    """
    text = rich_text(blob.content, blob.name)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise UnreadableSource(blob.name, "a document without words.")
    yield Draft(text="\n\n".join(lines))


def rich_text(content: bytes, where: str) -> str:
    """All words of an RTF file, a line for each paragraph.

    Raises:
        UnreadableSource: It is not RTF, or damaged.
    """
    if not content.lstrip().startswith(b"{\\rtf"):
        raise UnreadableSource(where, "not a Rich Text file: it does not open with {\\rtf.")
    source = _PICTURE.sub("", content.decode("cp1252", errors="replace"))
    source = _HIDDEN_LINK.sub(r"\1LINK", source)
    try:
        return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]  # the library has no types
    except (ValueError, KeyError, IndexError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise UnreadableSource(where, "a damaged Rich Text file; open it and save it anew.") from error
