"""Saved e-mails (.eml) and web archives (.mht, .mhtml): the message's words, then the attached files."""

import email
import email.errors
import email.header
import email.message
import email.policy
import email.utils
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft, Stated, StatedDate, Unusable
from detente.sources.exports.registry import page_bundle
from detente.sources.formats.page import page_draft

_REPLY: Final = re.compile(r"^(?:(?:re|fw|fwd|aw|wg|tr|rv)\s*:\s*)+", re.IGNORECASE)
_MOST_PARTS: Final = 1000
_LONGEST_HEADER: Final = 2000
# Headers of more than this are made to keep the library busy: the rest of the line is dropped.
_LONG_LINE: Final = re.compile(rb"^([A-Za-z-]{1,60}:[^\n]{4000})[^\n]+", re.MULTILINE)
# What the library raises on messages that are not ones.
_DAMAGE: Final = (
    email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError,
)  # fmt: skip


def read_mail(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable | Blob]:  # noqa: ARG001  # one signature
    """The message as one article, or a database's articles in it; and each attached file by itself.

    Raises:
        UnreadableSource: It is no message, or holds no words.
    """
    message = open_mail(blob)
    html = mail_page(message, blob.name)
    bundle = page_bundle(html, blob.name) if html else None
    if bundle is not None:
        yield from bundle
        return
    text = mail_text(message, blob.name)
    attached = list(_attached(message, blob.name))
    if not text.strip() and not attached:
        raise UnreadableSource(blob.name, "a message without words.")
    if text.strip():
        title = _REPLY.sub("", _header(message, "subject") or "") or None
        body = text.strip("\n")
        text = body if title is None or body.lstrip().startswith(title) else f"{title}\n\n{body}"
        yield Draft(text=text, stated=Stated(title=title, author=_sender(message), dates=_sent(message)))
    yield from attached


def read_web_archive(blob: Blob, settings: Settings) -> Iterator[Draft]:  # noqa: ARG001  # one signature
    """The page that a web archive holds.

    Raises:
        UnreadableSource: It holds no page.
    """
    message = open_mail(blob)
    for part in _parts(message):
        if part.get_content_type() == "text/html":
            html = _decoded(part, blob.name)
            url = _header(message, "snapshot-content-location") or _header(part, "content-location")
            yield page_draft(html, blob.name, url if url and url.startswith("http") else None)
            return
    raise UnreadableSource(blob.name, "a web archive without a page in it.")


def open_mail(blob: Blob) -> email.message.Message:
    """The message of a file.

    Raises:
        UnreadableSource: It has no headers, so it is no message.
    """
    try:
        content = _LONG_LINE.sub(rb"\1", blob.content)
        message = email.message_from_bytes(content, policy=email.policy.compat32)
    except _DAMAGE as error:
        raise UnreadableSource(blob.name, "not a saved e-mail, or a damaged one.") from error
    if not message.keys():
        raise UnreadableSource(blob.name, "not a saved e-mail: it has no headers.")
    return message


def mail_text(message: email.message.Message, where: str) -> str:
    """The message's words: the plain part, else the page; ``""`` where it has neither.

    Raises:
        UnreadableSource: Its page cannot be read.
    """
    texts = {
        part.get_content_type(): part for part in reversed(list(_parts(message))) if not _is_attachment(part)
    }
    if "text/plain" in texts:
        plain = _decoded(texts["text/plain"], where)
        if plain.strip():
            return plain
    if "text/html" in texts:
        return page_draft(_decoded(texts["text/html"], where), where).text
    return ""


def mail_page(message: email.message.Message, where: str) -> str | None:
    """The source of the message's page; ``None`` where it has none."""
    for part in _parts(message):
        if part.get_content_type() == "text/html" and not _is_attachment(part):
            return _decoded(part, where)
    return None


def _parts(message: email.message.Message) -> Iterator[email.message.Message]:
    for count, part in enumerate(message.walk()):
        if count >= _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _is_attachment(part: email.message.Message) -> bool:
    return part.get_content_disposition() == "attachment" or _file_name(part) is not None


def _attached(message: email.message.Message, where: str) -> Iterator[Blob]:
    for part in _parts(message):
        name = _file_name(part)
        if name is None or part.get_content_maintype() == "image":
            continue
        content = _bytes(part)
        if content:
            yield Blob(name=f"{where}/{name}", suffix=PurePosixPath(name).suffix.casefold(), content=content)


def _file_name(part: email.message.Message) -> str | None:
    try:
        name = part.get_filename()
    except _DAMAGE:
        return None
    return name.replace("\\", "/").rsplit("/", 1)[-1] if name else None


def _bytes(part: email.message.Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _DAMAGE:
        return b""
    return content if isinstance(content, bytes) else b""


def _decoded(part: email.message.Message, where: str) -> str:
    try:
        declared = part.get_content_charset()
    except _DAMAGE:
        declared = None
    return decode(_bytes(part), where, declared)


def _header(message: email.message.Message, name: str) -> str | None:
    try:
        value = str(message[name] or "")[:_LONGEST_HEADER]
        pieces = email.header.decode_header(value)
        decoded = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8", "replace")
            for piece, charset in pieces
        )
    except _DAMAGE:
        return None
    return " ".join(decoded.split()) or None


def _sender(message: email.message.Message) -> str | None:
    try:
        name, _ = email.utils.parseaddr(_header(message, "from") or "")
    except _DAMAGE:
        return None
    return name or None


def _sent(message: email.message.Message) -> tuple[StatedDate, ...]:
    try:
        sent = email.utils.parsedate_to_datetime(_header(message, "date") or "")
    except _DAMAGE:
        return ()
    # A forwarded article is older than its message, so a date in the text goes before.
    return (
        (StatedDate(when=f"{sent:%Y-%m-%d}", basis="the message's Date", weight=3),)
        if sent.year >= 1900
        else ()
    )
