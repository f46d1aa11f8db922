"""Bytes to text: UTF-8 strictly, then what the file declares, then cp1252, then a guess.

Law: canonical text is Unicode NFC with LF line ends, and in every other respect the file's own
characters: curly quotes, ligatures, odd dashes and no-break spaces stay.
"""

import codecs
import re
import unicodedata
from typing import Final

from charset_normalizer import from_bytes

from detente.errors import UnreadableSource

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text has: a file with more than a few of them is no text.
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# The bytes that cp1252 leaves undefined.
_NOT_CP1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def decode(content: bytes, where: str, declared: str | None = None) -> str:
    r"""The text of these bytes, in canonical form.

    Args:
        content: The bytes.
        where: For the error message.
        declared: Encoding that the file names; taken only where UTF-8 fails and it fits.

    Raises:
        UnreadableSource: These bytes are no text.

    >>> decode(b"caf\xe9 \x93no\x94", "a.txt")
    'café “no”'
    """
    for bom, name in _BOMS:
        if content.startswith(bom):
            try:
                return canonical(_require_text(content.decode(name), where))
            except UnicodeDecodeError:
                break
    for name in ("utf-8", *_known(declared)):
        try:
            return canonical(_require_text(content.decode(name), where))
        except UnicodeDecodeError:
            continue
    if content.count(b"\x00") > 2:
        raise UnreadableSource(where, "binary data, not text.")
    return canonical(_require_text(_single_byte(content, where), where))


def canonical(text: str) -> str:
    r"""NFC and LF; nothing else is changed.

    >>> canonical("a\r\nb\u2028e\u0301") == "a\nb\u2028\u00e9"
    True
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))


def _single_byte(content: bytes, where: str) -> str:
    # Western text is cp1252 unless letters outside ASCII are most of it (Cyrillic, Greek, Arabic, CJK).
    # Below 64 bytes any guess is noise.
    sample = content[:200_000]
    foreign = len(sample) >= 64 and sum(byte > 0x7F for byte in sample) > len(sample) * 0.25
    if not foreign and not _NOT_CP1252.search(content):
        return content.decode("cp1252")
    best = from_bytes(content[:1_000_000]).best()
    if best is None:
        raise UnreadableSource(where, "no known text encoding fits; save it as UTF-8.")
    return content.decode(best.encoding, errors="replace")


def _known(declared: str | None) -> tuple[str, ...]:
    if not declared:
        return ()
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ()
    # The web's rule: a page that says Latin-1 or ASCII is cp1252.
    if name in {"iso8859-1", "ascii"}:
        return ("cp1252",)
    return (name,) if name not in {"utf-8", "hex", "base64", "rot13", "zlib", "bz2", "quopri", "uu"} else ()


def _require_text(text: str, where: str) -> str:
    sample = text[:200_000]
    controls = len(_CONTROL.findall(sample))
    if controls > max(2, len(sample) // 1000):
        raise UnreadableSource(where, "binary data, not text.")
    return text
