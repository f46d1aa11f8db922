"""The stage's verb: paths in, articles out, in order, one at a time; what cannot be read is named and passed.

Law: no file, whatever it holds, stops the others.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

from detente.articles import Article, Unread
from detente.errors import UnreadableSource, one_line
from detente.settings import Settings
from detente.sources.archive import is_archive, open_archive
from detente.sources.assemble import article_of
from detente.sources.draft import Attached, Blob, Draft, Stated
from detente.sources.formats.tables import ColumnMap
from detente.sources.readers import reader_for
from detente.sources.walk import walk
from detente.sources.web import fetch, is_address

# A message in a message in a message is the deepest that people send.
_DEEPEST: Final = 3
UNFORESEEN: Final = "made in a way that its reader does not foresee"
_UNFORESEEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)


def gather(
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    columns: ColumnMap | None = None,
    allow_local: bool = False,
) -> Iterator[Article | Unread]:
    """The articles of these files, folders, archives and web addresses, in sorted order of their names.

    A folder is read with all below it, a zip like a folder. One file may hold many articles.

    Args:
        paths: Files, folders, and ``http`` or ``https`` addresses, which alone lead to the network.
        settings: Limits.
        columns: What the columns of tables hold, where their names do not tell.
        allow_local: Whether addresses of this machine and its network may be read.
    """
    for found in _opened(paths, settings, allow_local=allow_local):
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
            elif isinstance(found, Attached):
                yield from _attached(found, blob, settings)
            elif isinstance(found, Blob):
                yield from articles_of(found, settings, columns=columns, depth=depth + 1)
            else:
                yield Unread(
                    file=f"{blob.name}#{found.part}" if found.part else blob.name,
                    reason=one_line(found.reason),
                )
    except UnreadableSource as error:
        yield Unread(file=error.where, reason=error.reason)
        return
    except _UNFORESEEN as error:
        # The law of this module stands before finding the reader's fault here: the reason names it.
        yield Unread(file=blob.name, reason=f"{UNFORESEEN} ({type(error).__name__}); please report it.")
        return
    if not count:
        yield Unread(file=blob.name, reason="no article in it.")


def _opened(paths: Iterable[str | Path], settings: Settings, *, allow_local: bool) -> Iterator[Blob | Unread]:
    for path in paths:
        # A path object has lost one slash of the address that it was made from.
        address = re.sub(r"^(https?):/(?!/)", r"\1://", str(path))
        if not is_address(address):
            yield from walk([path], settings)
            continue
        try:
            yield fetch(address, settings, allow_local=allow_local)
        except UnreadableSource as error:
            yield Unread(file=error.where, reason=error.reason)


def _attached(attached: Attached, blob: Blob, settings: Settings) -> Iterator[Article | Unread]:
    """The articles of a file that a reference names, under the reference's masthead.

    Only files in or below the folder of the naming file are opened: a list from elsewhere could name any.
    """
    folder = Path(blob.name).parent
    path = folder / attached.path.replace("\\", "/")
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside or not path.is_file():
        yield Unread(
            file=f"{blob.name}#{attached.part}",
            reason=f"its file {one_line(attached.path)!r} is not beside the list; export the files with it.",
        )
        return
    for found in walk([path], settings):
        if isinstance(found, Unread):
            yield found
            continue
        try:
            drafts = list(reader_for(found)(found, settings))
        except UnreadableSource as error:
            yield Unread(file=error.where, reason=error.reason)
            continue
        sha256 = hashlib.sha256(found.content).hexdigest()
        for draft in drafts:
            if isinstance(draft, Draft):
                stated = _merged(attached.stated, draft.stated) if len(drafts) == 1 else draft.stated
                yield _made(replace(draft, stated=stated), found, sha256, settings)


def _merged(first: Stated, second: Stated) -> Stated:
    """What the first states, and of the rest what the second states."""
    return replace(second, **{f.name: v for f in fields(Stated) if (v := getattr(first, f.name))})


def _made(draft: Draft, blob: Blob, sha256: str, settings: Settings) -> Article | Unread:
    file = f"{blob.name}#{draft.part}" if draft.part else blob.name
    if not any(c.isalnum() for c in draft.text):
        return Unread(file=file, reason="no words in it.")
    if len(draft.text) > settings.largest_text:
        return Unread(
            file=file,
            reason=f"{len(draft.text):,} characters; the limit is {settings.largest_text:,}; split it.",
        )
    if blob.url is not None and draft.stated.url is None:
        draft = replace(draft, stated=replace(draft.stated, url=blob.url))
    return article_of(draft, file=blob.name, sha256=sha256)
