"""Which reader a file takes: by what its first bytes say it is, then by its name's ending."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from detente.errors import UnreadableSource
from detente.sources.draft import Blob, Reader
from detente.sources.exports.factiva_xml import is_factiva_xml, read_factiva_xml
from detente.sources.formats.feed import read_feed
from detente.sources.formats.label_studio import is_label_studio, read_label_studio
from detente.sources.formats.mail import read_mail, read_web_archive
from detente.sources.formats.page import read_page
from detente.sources.formats.pdf import read_pdf
from detente.sources.formats.plain import read_plain
from detente.sources.formats.references import is_csl, read_bibtex, read_csl, read_ris
from detente.sources.formats.rich_text import read_rich_text
from detente.sources.formats.tables import ColumnMap, read_csv, read_json, read_json_lines, read_spreadsheet
from detente.sources.formats.warc import read_warc
from detente.sources.formats.word import read_word

_TABLES: Final = MappingProxyType(
    {
        ".csv": read_csv,
        ".tsv": read_csv,
        ".jsonl": read_json_lines,
        ".ndjson": read_json_lines,
        ".json": read_json,
        ".xlsx": read_spreadsheet,
    }
)
_BY_SUFFIX: Final[Mapping[str, Reader]] = MappingProxyType(
    {
        ".txt": read_plain,
        ".text": read_plain,
        ".md": read_plain,
        ".markdown": read_plain,
        ".html": read_page,
        ".htm": read_page,
        ".xhtml": read_page,
        ".pdf": read_pdf,
        ".docx": read_word,
        ".rtf": read_rich_text,
        ".eml": read_mail,
        ".mht": read_web_archive,
        ".mhtml": read_web_archive,
        ".xml": read_feed,
        ".rss": read_feed,
        ".atom": read_feed,
        ".warc": read_warc,
        ".gz": read_warc,
        ".ris": read_ris,
        ".bib": read_bibtex,
        ".bibtex": read_bibtex,
        **_TABLES,
    }
)
# Other programs' files whose names are often misleading: what they are by their first bytes.
_BY_MAGIC: Final[tuple[tuple[bytes, Reader], ...]] = ((b"%PDF-", read_pdf), (b"{\\rtf", read_rich_text))
# Files whose ending says less than what is in them.
_BY_CONTENT: Final[tuple[tuple[str, Callable[[bytes], bool], Reader], ...]] = (
    (".xml", is_factiva_xml, read_factiva_xml),
    (".json", is_label_studio, read_label_studio),
    (".json", lambda content: is_csl(content[:4096]), read_csl),
    (".doc", lambda content: b"<html" in content[:4096].lower(), read_page),
)
_NOT_READ: Final[tuple[tuple[bytes, str], ...]] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old or a locked Office file; save it as .docx without a password.",
    ),
    (b"\x89PNG\r\n", "a picture; run OCR over it first."),
    (b"\xff\xd8\xff", "a picture; run OCR over it first."),
    (b"GIF8", "a picture; run OCR over it first."),
    (b"II*\x00", "a picture; run OCR over it first."),
    (b"MM\x00*", "a picture; run OCR over it first."),
    (b"RIFF", "sound or pictures, not text."),
    (b"ID3", "sound, not text."),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first."),
    (b"7z\xbc\xaf'\x1c", "a 7z archive; unpack it first."),
    (b"\x7fELF", "a program, not text."),
    (b"MZ\x90", "a program, not text."),
    (b"SQLite format 3\x00", "a database, not an article."),
)


def reader_for(blob: Blob, columns: ColumnMap | None = None) -> Reader:
    """The reader of this file.

    Args:
        blob: The file.
        columns: What a table's columns hold, where their names do not tell.

    Raises:
        UnreadableSource: No reader knows such files.
    """
    head = blob.content[:4096]
    for magic, why in _NOT_READ:
        if head.startswith(magic):
            raise UnreadableSource(blob.name, why)
    for magic, reader in _BY_MAGIC:
        if head.lstrip().startswith(magic):
            return reader
    if columns is not None and blob.suffix in _TABLES:
        return partial(_TABLES[blob.suffix], columns=columns)
    for suffix, is_such, reader in _BY_CONTENT:
        if blob.suffix == suffix and is_such(blob.content):
            return reader
    found = _BY_SUFFIX.get(blob.suffix)
    if found is None:
        kind = f"{blob.suffix!r} files are" if blob.suffix else "a file without an ending is"
        known = " ".join(_BY_SUFFIX)
        raise UnreadableSource(blob.name, f"{kind} not read; known are {known} .zip")
    return found
