"""Footnotes of a Word document: the part that python-docx does not write.

Law: the first citation of a note is its footnote; a later one refers to that footnote's number, since Word
lets no footnote be called twice.

Source:
    ECMA-376-1 (2016), *Office Open XML File Formats*, 17.11 (footnotes) and 17.16.5.36 (NOTEREF).
"""

from collections.abc import Iterator, Sequence
from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

_TEXT: Final = "FootnoteText"
_MARK: Final = "FootnoteReference"
_RULES: Final = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The footnotes of one document, in the order of their numbers.

    Each is a run of pieces: words, and whether they are set bold.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._cited: set[int] = set()
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        _add_styles(document)
        for number, kind in _RULES:
            self._root.append(_rule(number, kind))

    def cite(self, paragraph: Paragraph, number: int, pieces: Sequence[tuple[str, bool]]) -> None:
        """Put the number after what the paragraph holds; the note itself where it is cited first.

        Args:
            paragraph: Where it is cited.
            number: From 1, in the order of first citation, as Word counts.
            pieces: The note's words; used at its first citation.
        """
        if number in self._cited:
            for element in _reference(number):
                paragraph._p.append(element)
            return
        self._cited.add(number)
        for element in _first_call(number):
            paragraph._p.append(element)
        self._root.append(_note(number, pieces))

    def close(self) -> None:
        """Put the footnotes into the document."""
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True),
            self._document.part.package,
        )
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        declared = OxmlElement("w:footnotePr")
        for number, _ in _RULES:
            declared.append(OxmlElement("w:footnote", {qn("w:id"): str(number)}))
        compat = settings.find(qn("w:compat"))
        settings.insert(list(settings).index(compat) if compat is not None else 0, declared)


def _add_styles(document: Document) -> None:
    """The two styles, under the names by which Word knows them as its own."""
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(8.5)
    text.paragraph_format.space_after = Pt(2)
    text.element.set(qn("w:styleId"), _TEXT)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    mark.element.set(qn("w:styleId"), _MARK)


def _rule(number: int, kind: str) -> etree._Element:
    return parse_xml(
        f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" '
        f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    )


def _note(number: int, pieces: Sequence[tuple[str, bool]]) -> etree._Element:
    note = OxmlElement("w:footnote", {qn("w:id"): str(number)})
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(OxmlElement("w:pStyle", {qn("w:val"): _TEXT}))
    paragraph.append(properties)
    paragraph.append(_run(OxmlElement("w:footnoteRef"), mark=True))
    paragraph.append(_run(_text(" ")))
    for words, is_bold in pieces:
        paragraph.append(_run(_text(words), bold=is_bold))
    note.append(paragraph)
    return note


def _first_call(number: int) -> Iterator[etree._Element]:
    call = OxmlElement("w:footnoteReference", {qn("w:id"): str(number)})
    named = {qn("w:id"): str(number), qn("w:name"): _bookmark(number)}
    yield OxmlElement("w:bookmarkStart", named)
    yield _run(call, mark=True)
    yield OxmlElement("w:bookmarkEnd", {qn("w:id"): str(number)})


def _reference(number: int) -> Iterator[etree._Element]:
    instruction = OxmlElement("w:instrText", {qn("xml:space"): "preserve"})
    instruction.text = f" NOTEREF {_bookmark(number)} \\f \\h "
    for element in (_field("begin"), instruction, _field("separate"), _text(str(number)), _field("end")):
        yield _run(element, mark=True)


def _field(kind: str) -> etree._Element:
    return OxmlElement("w:fldChar", {qn("w:fldCharType"): kind})


def _run(content: etree._Element, *, mark: bool = False, bold: bool = False) -> etree._Element:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if mark:
        properties.append(OxmlElement("w:rStyle", {qn("w:val"): _MARK}))
    if bold:
        properties.append(OxmlElement("w:b"))
    if len(properties):
        run.append(properties)
    run.append(content)
    return run


def _text(words: str) -> etree._Element:
    text = OxmlElement("w:t", {qn("xml:space"): "preserve"})
    text.text = words
    return text


def _bookmark(number: int) -> str:
    return f"_RefNote{number}"
