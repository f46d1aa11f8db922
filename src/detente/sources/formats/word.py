"""Word documents (.docx): paragraphs and tables in their order, footnotes and endnotes below them."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

import docx
import docx.document
import docx.oxml.exceptions
import docx.table
import docx.text.paragraph
import lxml.etree
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.draft import Blob, Draft, Stated, Unusable
from detente.sources.exports.line import Line
from detente.sources.exports.registry import line_bundle

_NOTE_PARTS: Final = ("w:t", "w:tab", "w:br", "w:p")
_TITLE_STYLES: Final = frozenset({"title", "titel", "titre", "heading 1", "überschrift 1", "titre 1"})

_DAMAGED: Final = "a damaged Word document; open it in Word and save it anew."

# What the libraries below raise on files that are not what they say.
_DAMAGE: Final = (
    PackageNotFoundError,
    docx.oxml.exceptions.InvalidXmlError,
    lxml.etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def read_word(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:
    """The document's one article, or the articles of a database's export.

    Raises:
        UnreadableSource: It is locked, damaged, or not a Word document.
    """
    document = open_word(blob, settings)
    try:
        # the tree is walked only here: a part that is of the wrong sort shows as late as this
        paragraphs = [p for p in paragraphs_of(document) if p.text.strip()]
    except _DAMAGE as error:
        raise UnreadableSource(blob.name, _DAMAGED) from error
    bundle = line_bundle([Line(text=p.text.strip(), link=_link(p)) for p in paragraphs])
    if bundle is not None:
        yield from bundle
        return
    notes = [f"[{number}] {words}" for number, words in enumerate(notes_of(document, blob.name), 1)]
    lines = [p.text for p in paragraphs]
    title = next((" ".join(p.text.split()) for p in paragraphs[:10] if style_of(p) in _TITLE_STYLES), None)
    if not lines:
        raise UnreadableSource(blob.name, "a document without words; pictures of text need OCR first.")
    yield Draft(
        text="\n\n".join([*lines, *notes]),
        stated=Stated(title=title),
        notes=frozenset(unicodedata.normalize("NFC", note) for note in notes),
    )


def open_word(blob: Blob, settings: Settings) -> docx.document.Document:
    """The document, after its package has been weighed.

    Raises:
        UnreadableSource: It cannot be opened.
    """
    require_sound_package(blob, settings, "word/document.xml", "a Word document")
    try:
        return docx.Document(io.BytesIO(blob.content))
    except _DAMAGE as error:
        raise UnreadableSource(blob.name, _DAMAGED) from error


def require_sound_package(blob: Blob, settings: Settings, part: str, kind: str) -> None:
    """Check that an office file is a whole zip, has its main part, and unpacks to no more than the limit.

    Raises:
        UnreadableSource: It is not.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(blob.content)) as package:
            sizes = {member.filename: member.file_size for member in package.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableSource(blob.name, f"not {kind}, or cut short.") from error
    if part not in sizes:
        raise UnreadableSource(blob.name, f"not {kind}: it has no {part}.")
    if sum(sizes.values()) > settings.largest_unpacked:
        raise UnreadableSource(blob.name, "unpacks to more than the limit: a zip bomb.")
    if sizes[part] > max(len(blob.content) * 200, 1_000_000):
        raise UnreadableSource(blob.name, "packed more than two hundredfold: a zip bomb.")


def paragraphs_of(document: docx.document.Document) -> Iterator[docx.text.paragraph.Paragraph]:
    """Every paragraph in the order of the page, those in tables included."""
    for part in document.iter_inner_content():
        if isinstance(part, docx.table.Table):
            yield from _in_table(part, 0)
        else:
            yield part


def notes_of(document: docx.document.Document, where: str) -> Iterator[str]:
    """The document's footnotes, then its endnotes, each on one line, in the order of its own numbering.

    Raises:
        UnreadableSource: They are damaged.
    """
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        try:
            content = document.part.part_related_by(kind).blob
        except (KeyError, ValueError):
            continue
        try:
            root = lxml.etree.fromstring(content, lxml.etree.XMLParser(resolve_entities=False))
        except lxml.etree.XMLSyntaxError as error:
            raise UnreadableSource(where, _DAMAGED) from error
        for note in root:
            # Notes with a type are the rules between text and notes.
            words = _words(note) if note.get(qn("w:type")) in (None, "normal") else ""
            if words:
                yield words


def _words(note: lxml.etree._Element) -> str:
    parts = (e.text or "" if e.tag == qn("w:t") else " " for e in note.iter(*map(qn, _NOTE_PARTS)))
    return " ".join("".join(parts).split())


def style_of(paragraph: docx.text.paragraph.Paragraph) -> str:
    """The name of the paragraph's style, in small letters; ``""`` where the document's styles are damaged."""
    try:
        style = paragraph.style
    except (KeyError, ValueError, AttributeError):
        return ""
    return (style.name or "").casefold() if style is not None else ""


def _link(paragraph: docx.text.paragraph.Paragraph) -> str | None:
    try:
        return next((link.address for link in paragraph.hyperlinks if link.address), None)
    except (KeyError, ValueError, AttributeError):
        return None


def _in_table(table: docx.table.Table, depth: int) -> Iterator[docx.text.paragraph.Paragraph]:
    seen: set[int] = set()
    for cell in table._cells if depth < 5 else []:  # .rows is quadratic in the number of cells
        if id(cell._tc) in seen:  # a merged cell stands in several places
            continue
        seen.add(id(cell._tc))
        for part in cell.iter_inner_content():
            if isinstance(part, docx.table.Table):
                yield from _in_table(part, depth + 1)
            else:
                yield part
