"""Plain text and Markdown: the file's characters are the article's text."""

from collections.abc import Iterator

from detente.settings import Settings
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft


def read_plain(blob: Blob, settings: Settings) -> Iterator[Draft]:  # noqa: ARG001  # one signature for every reader
    """One article, character for character."""
    yield Draft(text=decode(blob.content, blob.name))
