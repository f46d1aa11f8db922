# ruff: noqa: E501  # markup is kept in one piece
"""Makes bundles in the shapes of the databases' exports, from stories of our own."""

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


@dataclass(frozen=True)
class Story:
    """What a bundle tells of an article."""

    title: str
    outlet: str
    author: str
    day: str
    page: str
    id: str
    body: tuple[str, ...]


STORIES = (
    Story(
        "River talks end without a day for more",
        "Lume Herald",
        "Ann Reed",
        "2010-06-09",
        "A3",
        "5AB1-0C11-X021-0001-00000-00",
        (
            "Envoys of Norland and Sudmark met for six hours on the sharing of the Lume river, officials said.",
            "Age: 44, said the form that each envoy had to fill in; Section: none.",
            "The envoys said that they would meet again, but they set no day for it.",
        ),
    ),
    Story(
        "Sudmark: no water before the treaty",
        "Harbor Gazette",
        "Jon Veld",
        "2010-06-11",
        "7",
        "5AB2-0C11-X021-0002-00000-00",
        (
            "Sudmark will not open its gates before a treaty is signed, its minister told farmers on Friday.",
            "“We have waited,” he said.",
        ),
    ),
)
MONTHS = {"en": ("June", "{m} {d}, {y}"), "de": ("Juni", "{d}. {m} {y}"), "fr": ("juin", "{d} {m} {y}")}


def day_in(story: Story, language: str = "en") -> str:
    """The story's day as an interface language writes it."""
    year, _, day = story.day.split("-")
    month, form = MONTHS[language]
    return form.format(m=month, d=int(day), y=year)


def nexis_lines(
    stories: Sequence[Story], *, cover: bool = True, language: str = "en"
) -> list[tuple[str, str | None]]:
    """Paragraphs of a Nexis Uni bundle with their links."""
    length, section, byline = {
        "en": ("Length", "Section", "Byline"),
        "de": ("Länge", "Rubrik", "Autor"),
        "fr": ("Longueur", "Rubrique", "Auteur"),
    }[language]
    lines: list[tuple[str, str | None]] = []
    if cover:
        lines += [("Date and Time: Friday, 5. July 2019 09:31:00 CEST", None), ("Job Number: 1", None)]
        lines += [(f"Documents ({len(stories)})", None)]
        for number, story in enumerate(stories, start=1):
            lines += [(f"{number}. {story.title}", _address(story)), ("Client/Matter: -None-", None)]
            lines += [("Search Terms: river", None), ("Narrowed by: ", None)]
    for story in stories:
        lines += [(story.title, None if cover else _address(story)), (story.outlet, None)]
        lines += [
            (f"{day_in(story, language)} Wednesday 9:03 AM GMT", None),
            ("Copyright 2010 A Company", None),
        ]
        lines += [(f"{section}:\u00a0NEWS; Pg. {story.page}", None), (f"{length}:\u00a0355 words", None)]
        lines += [(f"{byline}:\u00a0By {story.author}", None), ("Body", None), ("", None)]
        lines += [(paragraph, None) for paragraph in story.body]
        lines += [("Graphic", None), ("A map of the river", None), ("Classification", None)]
        lines += [("Language:\u00a0ENGLISH", None), ("Publication-Type:\u00a0Newspaper", None)]
        lines += [("Load-Date:\u00a0June 30, 2010", None), ("End of Document", None)]
    return lines


def _address(story: Story) -> str:
    return f"https://advance.lexis.com/api/document?id=urn:contentItem:{story.id}&idtype=PID"


def nexis_word(lines: Sequence[tuple[str, str | None]]) -> bytes:
    """The bundle as .docx, linked titles as real links."""
    document = docx.Document()
    for text, link in lines:
        paragraph = document.add_paragraph()
        if link is None:
            paragraph.add_run(text)
            continue
        anchor = OxmlElement("w:hyperlink")
        anchor.set(qn("r:id"), document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = text
        run.append(words)
        anchor.append(run)
        paragraph._p.append(anchor)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def escaped(text: str) -> str:
    """Characters of a .rtf."""
    return "".join(c if ord(c) < 128 else "\\~" if c == "\u00a0" else f"\\u{ord(c)}?" for c in text)


def nexis_rich_text(lines: Sequence[tuple[str, str | None]]) -> bytes:
    """The bundle as .rtf, links as fields."""
    out = ["{\\rtf1\\ansi\\ansicpg1252\n"]
    for text, link in lines:
        words = escaped(text)
        if link is not None:
            words = f'{{\\field{{\\*\\fldinst{{HYPERLINK "{link}"}}}}{{\\fldrslt{{{words}}}}}}}'
        out.append(f"\\pard {words}\\par\n")
    return ("".join(out) + "}").encode("ascii")


def _wrapped(text: str, width: int = 60) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def classic_text(stories: Sequence[Story], *, german: bool = False) -> bytes:
    """A LexisNexis bundle as plain text, cut at a column."""
    labels = (
        ("AUTOR", "RUBRIK", "LÄNGE", "SPRACHE") if german else ("BYLINE", "SECTION", "LENGTH", "LANGUAGE")
    )
    out = ["Download Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2018\n\n"]
    for number, story in enumerate(stories, start=1):
        header = (
            f"Dokument {number} von {len(stories)}" if german else f"{number} of {len(stories)} DOCUMENTS"
        )
        day = day_in(story, "de" if german else "en")
        out.append(f"\n{' ' * 30}{header}\n\n\n{' ' * 30}{story.outlet}\n\n{' ' * 25}{day} Wednesday\n\n")
        out.append(f"{_wrapped(story.title, 25)}\n\n{labels[0]}: By {story.author}\n\n")
        out.append(f"{labels[1]}: NEWS; Pg. {story.page}\n\n{labels[2]}: 355 words\n\n")
        out += [f"{_wrapped(paragraph)}\n\n" for paragraph in story.body]
        out.append(f"LOAD-DATE: June 30, 2010\n\n{labels[3]}: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n")
        out.append(f"{' ' * 23}Copyright 2010 A Company\n{' ' * 30}All Rights Reserved\n\n")
    return "".join(out).encode("cp1252")


def classic_page(stories: Sequence[Story]) -> bytes:
    """A LexisNexis bundle as a page."""
    out = ["<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>\n"]
    for number, story in enumerate(stories):

        def block(text: str, label: str = "") -> str:
            bold = f'<SPAN CLASS="c8">{label}: </SPAN>' if label else ""
            return f'<BR><DIV CLASS="c5"><P CLASS="c6">{bold}<SPAN CLASS="c2">{text}</SPAN></P>\n</DIV>\n'

        out.append(
            f'<A NAME="DOC_ID_0_{number}"></A><!-- Hide XML section from browser\n<DOC NUMBER={number + 1}>\n-->'
        )
        out.append(block(f"{number + 1} of {len(stories)} DOCUMENTS") + block(story.outlet))
        month, rest = day_in(story).split(" ", 1)
        out.append(block(f'<SPAN CLASS="c4">{month}</SPAN> {rest}, Wednesday<BR>Correction Appended'))
        first, second = story.title.rsplit(" ", 2)[0], " ".join(story.title.rsplit(" ", 2)[1:])
        out.append(block(f"{first}<BR>{second}") + block(f"By {story.author}", "BYLINE"))
        out.append(block(f"NEWS; Page {story.page}; Column 2", "SECTION") + block("355 words", "LENGTH"))
        out.append(
            '<BR><DIV CLASS="c5">'
            + "".join(f'<P CLASS="c9">{html.escape(p)}</P>' for p in story.body)
            + "</DIV>"
        )
        out.append(block("June 30, 2010", "LOAD-DATE") + block("ENGLISH", "LANGUAGE"))
        out.append(
            block("A map of the river", "GRAPHIC") + block("Copyright 2010 A Company") + "<!-- </DOC> -->"
        )
    return "".join([*out, "</BODY></HTML>"]).encode()


def factiva_page(stories: Sequence[Story], *, codes: bool, language: str = "en") -> bytes:
    """A Factiva page with field codes or without."""
    words, document = {"en": ("words", "Document"), "de": ("Wörter", "Dokument"), "fr": ("mots", "Document")}[
        language
    ]
    tongue = {"en": "English", "de": "Englisch", "fr": "Anglais"}[language]
    out = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body>']
    for story in stories:
        paragraphs = "".join(
            f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}  </p>\n' for p in story.body
        )
        if codes:
            rows = [
                ("SE", "News"),
                ("HD", f"<b class='enHeadline'>{story.title}</b>"),
                ("BY", f"By {story.author}"),
            ]
            rows += [
                ("WC", f"355 {words}"),
                ("PD", day_in(story, language)),
                ("ET", "15:32"),
                ("SN", story.outlet),
            ]
            rows += [
                ("SC", "LUME"),
                ("PG", story.page),
                ("LA", tongue),
                ("CY", "(c) A Company"),
                ("LP", paragraphs),
            ]
            rows += [("NS", "gdip : Diplomacy | gcat : News"), ("IPC", "RIVER"), ("PUB", "A Company")]
            rows += [("AN", f"{document} {factiva_id(story)}")]
            cells = "".join(f"<tr><td><b>{code}</b>&nbsp;</td><td>{value}</td></tr>" for code, value in rows)
            out.append(f'<div class="article enArticle"><table>{cells}</table><br/></div><br/>')
            continue
        out.append(
            '<div class="article enArticle"><p></p><div>News; 1</div><div id="hd"><span class="enHeadline">'
        )
        out.append(
            f'{story.title}  </span></div><div class="author">By {story.author} </div><div>355 {words}</div>'
        )
        out.append(
            f"<div>{day_in(story, language)}</div><div>{story.outlet}</div><div>LUME</div><div>{story.page}</div>"
        )
        out.append(
            f"<div>{tongue}</div><div>Copyright 2010 A Company. All Rights Reserved. </div><p></p>{paragraphs}"
        )
        out.append(f"<p>A Company</p><p>{document} {factiva_id(story)}</p></div><br/>")
    return "".join([*out, "<div>© 2011 Factiva, Inc.</div></body></html>"]).encode("cp1252")


def factiva_id(story: Story) -> str:
    """A Factiva id for the story."""
    return f"LUME0000{story.day.replace('-', '')}e669{story.id[3]}00ab"


def factiva_rich_text(stories: Sequence[Story]) -> bytes:
    """A Factiva bundle as .rtf, a code and a tab before each field."""
    out = ["{\\rtf1\\ansi\\ansicpg1252\n"]
    for story in stories:
        rows = [("HD", story.title), ("BY", f"By {story.author}"), ("WC", "355 words"), ("PD", day_in(story))]
        rows += [
            ("SN", story.outlet),
            ("SC", "LUME"),
            ("PG", story.page),
            ("LA", "English"),
            ("LP", story.body[0]),
        ]
        out += [f"{{\\b {code}}}\\tab {escaped(value)}\\par\n" for code, value in rows]
        out.append(f"{{\\b TD}}\\tab {escaped(story.body[1])}\\par\n")
        out += [f"{escaped(p)}\\par\n" for p in story.body[2:]]
        out.append(
            f"{{\\b NS}}\\tab gdip : Diplomacy\\par\n{{\\b AN}}\\tab Document {factiva_id(story)}\\par\n\\par\n"
        )
    out.append("Search Summary\\par\nText\\tab river and water\\par\nDate\\tab All Dates\\par\n}")
    return "".join(out).encode("ascii")


def factiva_rich_text_without_codes(stories: Sequence[Story], *, language: str = "en") -> bytes:
    """A Factiva bundle as .rtf whose fields stand one below another, without codes."""
    words, document = {"en": ("words", "Document"), "de": ("Wörter", "Dokument"), "fr": ("mots", "Document")}[
        language
    ]
    tongue = {"en": "English", "de": "Englisch", "fr": "Anglais"}[language]
    out = ["{\\rtf1\\ansi\\ansicpg1252\n"]
    for number, story in enumerate(stories):
        section = ["News"] if number == 0 else []
        lines = [
            *section,
            story.title,
            f"By {story.author}",
            f"355 {words}",
            day_in(story, language),
            "15:32",
        ]
        lines += [
            story.outlet,
            "LUME",
            story.page,
            tongue,
            "Copyright 2010 A Company. All Rights Reserved.",
            "",
        ]
        lines += [*story.body, "", f"{document} {factiva_id(story)}", "", ""]
        out += [f"{escaped(line)}\\par\n" for line in lines]
    out.append("Search Summary\\par\nText\\tab river and water\\par\nDate\\tab All Dates\\par\n}")
    return "".join(out).encode("ascii")


def factiva_xml(stories: Sequence[Story]) -> bytes:
    """A Factiva bundle as its web service hands it out."""
    out = [
        '<?xml version="1.0" encoding="utf-8"?><PPSResponse><ppsArticleResponse xmlns="http://x.example/2.0">'
    ]
    for story in stories:
        head, *tail = (f"<paragraph>{html.escape(p)}</paragraph>" for p in story.body)
        out.append(
            f"<ppsarticle><article><accessionNo>{factiva_id(story)}</accessionNo><baseLanguage>EN</baseLanguage>"
            f"<byline>By {story.author}</byline><copyright>(c) 2010 A Company</copyright>"
            f"<headline><paragraph><hlt>{story.title[:5]}</hlt>{story.title[5:]}</paragraph></headline>"
            f"<leadParagraph>{head}</leadParagraph><pages>{story.page}</pages>"
            f"<publicationDate><dateTime>{story.day}T01:35:58Z</dateTime></publicationDate>"
            f"<sourceName>{story.outlet}</sourceName><tailParagraphs>{''.join(tail)}</tailParagraphs>"
            "<newsSubject><name>Diplomacy</name></newsSubject><notes>A map</notes></article></ppsarticle>"
        )
    return "".join([*out, "</ppsArticleResponse></PPSResponse>"]).encode()


def proquest_id(story: Story) -> str:
    """A ProQuest number for the story."""
    return f"10000000{story.id[3]}"


PROXY = "https://proxy.example/login?url=https://www.proquest.com/docview/{}/se-2?accountid=1"


def _proquest_fields(story: Story) -> list[tuple[str, str]]:
    address = PROXY.format(proquest_id(story))
    return [
        ("Subject", "Rivers; Treaties"), ("Location", "Norland"), ("Title", story.title),
        ("Publication title", f"{story.outlet}; Harbor City"), ("First page", story.page), ("Publication year", "2010"),
        ("Publication date", f"Jun {int(story.day[-2:])}, 2010"), ("Section", "News"), ("Publisher", "A Company"),
        ("Language of publication", "English"), ("Document type", "News"), ("ProQuest document ID", proquest_id(story)),
        ("Document URL", address), ("Copyright", "Copyright A Company 2010"), ("Last updated", "2017-11-07"),
        ("Database", "Newsstream"),
    ]  # fmt: skip


def proquest_text(stories: Sequence[Story]) -> bytes:
    """A ProQuest bundle as plain text."""
    rule, out = "_" * 60, []
    for story in stories:
        out.append(
            f"{rule}\n\n{story.title}\n\nPublication info: {story.outlet} ; Harbor City. 09 June 2010: 3.\n\n"
        )
        out.append(
            f"{PROXY.format(proquest_id(story))}\n\nAbstract: They met.\n\nLinks: https://resolver.example/x\n\n"
        )
        out.append("Full text: " + "\n".join(story.body) + f"\nCREDIT: {story.author}\n\n")
        out += [f"{label}: {value}\n\n" for label, value in _proquest_fields(story)]
    out.append(
        f"{rule}\n\nContact us at: http://about.proquest.com/x\nDatabase copyright © 2022 ProQuest LLC.\n"
    )
    return "".join(out).replace("\n", "\r\n").encode()


def proquest_page(stories: Sequence[Story], *, damaged: bool = False) -> str:
    """A ProQuest page; damaged as its e-mails are, with spaces lost from labels."""
    out = [
        "<html><body><div>John Smith sent you the following:</div><p>Email 1 of 1</p>"
        if damaged
        else "<html><body>"
    ]
    for story in stories:
        out.append(
            f'<div><a name="DocID_MSTAR_{proquest_id(story)}"></a><p></p><p style="font-weight:bold;">{story.title}</p>'
        )
        out.append(
            f"<p><strong>Author:  </strong>{story.author}</p><p><strong>Abstract:  </strong></p><p>They met.</p>"
        )
        out.append('<p><strong>Full text: </strong><text wordcount="239"><meta name="x"><title></title>')
        out.append("".join(f"<p>{html.escape(p)}</p>     " for p in story.body) + "</text></p>")
        for label, value in _proquest_fields(story):
            shown = label.replace(" document ID", " documentID") if damaged else label
            out.append(f"<p><strong>{shown}: </strong>{value}</p>")
        out.append("</div>")
    return "".join([*out, "</body></html>"])


def europresse_page(stories: Sequence[Story]) -> bytes:
    """A Europresse page."""
    out = [
        '<html><head><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>'
    ]
    for story in stories:
        number = f"news·{story.day.replace('-', '')}·LH·{story.id[3]}"
        out.append(f'<table><tr><td><span class="DocPublicationName">{story.outlet}, no. 5968</span><br>')
        out.append(
            '<span class="DocHeader">Monde, </span><span class="DocHeader">mercredi </span><span class="DocHeader">'
        )
        out.append(f"{day_in(story, 'fr')}, p. {story.page}</span><br><br>")
        out.append(
            f'<span class="TitreArticleVisu"><span style="color:red">{story.title[:5]}</span>{story.title[5:]}</span>'
        )
        out.append(f"<br><br>{story.author}<br><p></p>" + "<p></p>".join(html.escape(p) for p in story.body))
        out.append("<p></p><b><i>© 2010 A Company. Tous droits réservés.</i></b><p></p>")
        out.append(f"Numéro de document : {number}<br><table><tr><td>{number}</td></tr><tr><td>")
        out.append(
            "Ce certificat est émis à <b>University</b> à des fins de visualisation.</td></tr></table></td></tr></table>"
        )
    return "".join([*out, "</body></html>"]).encode("cp1252")
