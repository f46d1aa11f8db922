"""Makes small files of every kind from words, as the programs that people use would write them."""

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

import docx
import openpyxl
from docx.opc.packuri import PackURI
from docx.opc.part import Part

TITLE = "River talks end"
PARAGRAPHS = (
    "Envoys of Norland and Sudmark met for six hours on the sharing of the Lume river, officials said.",
    "“We asked for the sluice gates to be opened,” said Norland spokesman Ivo Tamm after the session.",
    "The envoys said that they would meet again, but they set no day for it.",
)


def pdf(pages: Sequence[Sequence[tuple[float, str]]], *, encrypt: bool = False) -> bytes:
    """A PDF by hand: each line of each page with the size of its letters."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for lines in pages:
        y, stream = 780.0, b"BT\n"
        for size, line in lines:
            shown = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            stream += b"/F1 %.1f Tf 1 0 0 1 60 %.1f Tm (%s) Tj\n" % (size, y, shown)
            y -= size * 1.3 if line else 12
        stream += b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if encrypt:
        objects.append(
            b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
        )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    locked = b"/Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if encrypt else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        locked,
        start,
    )
    return bytes(out)


def story_pdf() -> bytes:
    """A page with a large title over two lines and paragraphs cut into lines of print."""
    lines: list[tuple[float, str]] = [(20, "River talks end without"), (20, "a day for more"), (11, "")]
    for paragraph in PARAGRAPHS:
        words, line = paragraph.split(), ""
        for word in words:
            if len(line) + len(word) > 60:
                lines.append((11, line))
                line = ""
            line = f"{line} {word}".strip()
        lines += [(11, line), (11, "")]
    return pdf([lines])


def word(lines: Sequence[str], *, title: str | None = None, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A .docx with a title in its style, paragraphs, and a table."""
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_notes(lines: Sequence[str], notes: Sequence[str], *, endnotes: Sequence[str] = ()) -> bytes:
    """A .docx whose paragraphs are followed by footnotes and endnotes as Word keeps them."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for kind, held in (("footnote", notes), ("endnote", endnotes)):
        rule = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        told = "".join(
            f'<w:{kind} w:id="{n}"><w:p><w:r><w:{kind}Ref/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {note}</w:t></w:r></w:p></w:{kind}>'
            for n, note in enumerate(held, 1)
        )
        content = f"<w:{kind}s {space}>{rule}{told}</w:{kind}s>".encode()
        sort = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        part = Part(PackURI(f"/word/{kind}s.xml"), sort, content, document.part.package)
        document.part.relate_to(
            part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rich_text(lines: Sequence[str]) -> bytes:
    """An .rtf with every character outside ASCII as \\uN?."""

    def escaped(text: str) -> str:
        return "".join(
            f"\\{c}"
            if c in "\\{}"
            else c
            if ord(c) < 128
            else f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?"
            for c in text
        )

    body = "".join(f"{escaped(line)}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{body}}}".encode("ascii")


def mail(
    lines: Sequence[str], *, subject: str, attached: tuple[str, bytes] | None = None, html: str | None = None
) -> bytes:
    """An .eml as a mail program saves it."""
    message = EmailMessage()
    message["From"] = "Ann Reed <ann@herald.example>"
    message["Subject"] = subject
    message["Date"] = "Wed, 09 Jun 2010 10:00:00 +0200"
    message.set_content("\n\n".join(lines))
    if html is not None:
        message.add_alternative(html, subtype="html")
    if attached is not None:
        message.add_attachment(
            attached[1], maintype="application", subtype="octet-stream", filename=attached[0]
        )
    return message.as_bytes()


def web_archive(html: str, url: str) -> bytes:
    """An .mht as a browser saves it."""
    head = f"From: <Saved>\r\nSnapshot-Content-Location: {url}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related; type="text/html"; boundary="b0"\r\n\r\n'
    part = f"--b0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {url}\r\n\r\n"
    part += f"{html}\r\n--b0--\r\n"
    return (head + part).encode()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def package(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()
