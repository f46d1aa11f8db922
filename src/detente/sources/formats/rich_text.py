"""Rich Text Format (.rtf): its words without its commands."""

import re
from collections.abc import Iterator
from typing import Final

from striprtf.striprtf import rtf_to_text

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.draft import Blob, Draft, Unusable
from detente.sources.exports.line import Line
from detente.sources.exports.registry import line_bundle

# The hidden field whole: its address is set between marks, which no file has, to be taken out again.
_LINK: Final = re.compile(
    r'\{\\\*\\fldinst[^"{}]{0,80}\{?[^"{}]{0,120}HYPERLINK[^"{}]{0,20}"([^"{}]{1,1000})"[^{}]{0,200}\}?\s*\}'
)
_MARKED: Final = re.compile("\u241e([^\u241e\u241f]*)\u241f ?")
# Pictures are half of most files, as hexadecimal digits.
_PICTURE: Final = re.compile(r"(?:[0-9a-fA-F]{60,}[\s]{0,3}){2,}")


def read_rich_text(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature
    """The file's one article, or the articles of a database's export.

    Raises:
        UnreadableSource: It is not RTF, or damaged.
    """
    lines = [line for line in rich_lines(blob.content, blob.name) if line.text]
    bundle = line_bundle(lines)
    if bundle is not None:
        yield from bundle
        return
    if not lines:
        raise UnreadableSource(blob.name, "a document without words.")
    yield Draft(text="\n\n".join(line.text for line in lines))


def rich_lines(content: bytes, where: str) -> list[Line]:
    """The paragraphs of an RTF file, each with the address that it leads to.

    Raises:
        UnreadableSource: It is not RTF, or damaged.
    """
    if not content.lstrip().startswith(b"{\\rtf"):
        raise UnreadableSource(where, "not a Rich Text file: it does not open with {\\rtf.")
    source = _PICTURE.sub("", content.decode("cp1252", errors="replace"))
    source = _LINK.sub(lambda m: f" \\u9246?{m[1].replace(chr(92), '')}\\u9247? ", source)
    # The library looks for fields with a pattern that a hostile file makes run for ever; a space stops it.
    source = source.replace("\\field{", "\\field {")
    try:
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]  # the library has no types
    except (ValueError, KeyError, IndexError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise UnreadableSource(where, "a damaged Rich Text file; open it and save it anew.") from error
    return [_line(line) for line in text.split("\n")]


def _line(text: str) -> Line:
    links = _MARKED.findall(text)
    return Line(text=_MARKED.sub("", text).strip(), link=links[0] if links else None)
