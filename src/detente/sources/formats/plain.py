"""Plain text and Markdown: the file's characters are the article's text."""

from collections.abc import Iterator

from detente.settings import Settings
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft, Unusable
from detente.sources.exports.registry import text_bundle


def read_plain(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """One article, character for character, or the articles of a database's export."""
    text = decode(blob.content, blob.name)
    bundle = text_bundle(text)
    if bundle is not None:
        yield from bundle
    else:
        yield Draft(text=text)
