"""The stage's verb: paths in, articles out, in order, one at a time; what cannot be read is named and passed.

Law: no file, whatever it holds, stops the others.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from detente.articles import Article, Unread
from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.archive import is_archive, open_archive
from detente.sources.assemble import article_of
from detente.sources.draft import Blob, Draft
from detente.sources.formats.tables import ColumnMap
from detente.sources.readers import reader_for
from detente.sources.walk import walk

# A message in a message in a message is the deepest that people send.
_DEEPEST: Final = 3


def gather(
    paths: Iterable[str | Path], settings: Settings, *, columns: ColumnMap | None = None
) -> Iterator[Article | Unread]:
    """The articles of these files, folders and archives, in sorted order of their names.

    A folder is read with all below it, a zip like a folder. One file may hold many articles.

    Args:
        paths: Files and folders.
        settings: Limits.
        columns: What the columns of tables hold, where their names do not tell.
    """
    for found in walk(paths, settings):
        if isinstance(found, Unread):
            yield found
        elif is_archive(found):
            for member in open_archive(found, settings):
                yield from (
                    (member,)
                    if isinstance(member, Unread)
                    else articles_of(member, settings, columns=columns)
                )
        else:
            yield from articles_of(found, settings, columns=columns)


def articles_of(
    blob: Blob, settings: Settings, *, columns: ColumnMap | None = None, depth: int = 0
) -> Iterator[Article | Unread]:
    """The articles of one file, and of the files within it."""
    if depth > _DEEPEST:
        yield Unread(file=blob.name, reason="files within files, too deep; take it out first.")
        return
    if not blob.content.strip(b"\x00 \t\r\n\f\x0b"):
        yield Unread(file=blob.name, reason="empty." if not blob.content else "nothing but white space.")
        return
    sha256 = hashlib.sha256(blob.content).hexdigest()
    count = 0
    try:
        for found in reader_for(blob, columns)(blob, settings):
            count += 1
            if isinstance(found, Draft):
                yield _made(found, blob, sha256, settings)
            elif isinstance(found, Blob):
                yield from articles_of(found, settings, columns=columns, depth=depth + 1)
            else:
                yield Unread(
                    file=f"{blob.name}#{found.part}" if found.part else blob.name, reason=found.reason
                )
    except UnreadableSource as error:
        yield Unread(file=error.where, reason=error.reason)
        return
    if not count:
        yield Unread(file=blob.name, reason="no article in it.")


def _made(draft: Draft, blob: Blob, sha256: str, settings: Settings) -> Article | Unread:
    file = f"{blob.name}#{draft.part}" if draft.part else blob.name
    if not any(c.isalnum() for c in draft.text):
        return Unread(file=file, reason="no words in it.")
    if len(draft.text) > settings.largest_text:
        return Unread(
            file=file,
            reason=f"{len(draft.text):,} characters; the limit is {settings.largest_text:,}; split it.",
        )
    return article_of(draft, file=blob.name, sha256=sha256)
