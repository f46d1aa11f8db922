"""ProQuest: text with records between lines of underscores, pages, and the e-mails that it sends.

A record's first line is its title; then ``Label: value`` blocks, ``Full text`` among them. Lines of an
article can look like labels, so only ProQuest's own labels end it. Its addresses lead through the
user's library: only the document's number is kept.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from detente.sources.draft import Draft, Stated, Unusable
from detente.sources.exports.line import Line, bundle_draft, language_code, stated_day, without_by

_COUNT: Final = re.compile(r"^(?:document|dokument|documento)\s+\d+\s+(?:of|de|von)\s+\d+$", re.IGNORECASE)
_RULE: Final = re.compile(r"^_{40,}$")
# Without their spaces: some of its e-mails lose them.
_LABELS: Final = frozenset(
    {
        "abstract",
        "accessionnumber",
        "author",
        "authoraffiliation",
        "businessindexingterm",
        "caption",
        "classification",
        "column",
        "columns",
        "company/organization",
        "companyorganization",
        "copyright",
        "correspondenceauthor",
        "countryofpublication",
        "credit",
        "database",
        "dateacquired",
        "dateline",
        "documentfeature",
        "documentlink",
        "documenttype",
        "documenturl",
        "e-issn",
        "edition",
        "eissn",
        "endpage",
        "firstpage",
        "fulltext",
        "identifier/keyword",
        "identifierkeyword",
        "identifiers",
        "illustration",
        "isbn",
        "issn",
        "issue",
        "languageofpublication",
        "lastupdated",
        "links",
        "location",
        "numberofpages",
        "ornetitle",
        "pages",
        "people",
        "personal",
        "placeofpublication",
        "proquestdocumentid",
        "publicationdate",
        "publicationinfo",
        "publicationsubject",
        "publicationtitle",
        "publicationyear",
        "publisher",
        "references",
        "section",
        "sourcetype",
        "startpage",
        "subject",
        "supplement",
        "title",
        "volume",
    }
)
_LABEL: Final = re.compile(r"^(?P<label>[A-Za-z][A-Za-z /-]{2,40}?)\s?:(?:\s+|$)(?P<value>.*)$", re.DOTALL)
_AFTER_TEXT: Final = frozenset({"credit", "caption", "illustration"})
# Set around the labels that a page prints in bold, so that no line of an article can be taken for one.
_BOLD: Final = re.compile(
    r"<(strong|b)\b[^>]*>\s*([A-Za-z][A-Za-z /-]{2,40}?)\s*:\s*(?:&nbsp;|\s)*</\1>", re.IGNORECASE
)
_MARK: Final = "\u241e"


def recognises_lines(lines: Sequence[Line]) -> bool:
    """Whether these lines are such an export."""
    labels = {found[0] for line in lines[:2000] if (found := _labelled(line.text)) is not None}
    ruled = any(_RULE.match(line.text) for line in lines[:2000])
    return ruled and "proquestdocumentid" in labels


def line_articles(lines: Sequence[Line]) -> Iterator[Draft | Unusable]:
    """The records between the lines of underscores; the notice below the last one is none."""
    records: list[list[str]] = [[]]
    for line in lines:
        if _RULE.match(line.text):
            records.append([])
        else:
            records[-1].append(line.text)
    yield from _articles(records, marked=False)


def recognises_page(html: str) -> bool:
    """Whether a page, or a message's page, is such an export."""
    return "DocID_MSTAR_" in html or bool(
        re.search(r"<strong[^>]*>\s*ProQuest\s*document\s*ID", html, re.IGNORECASE)
    )


def with_marked_labels(html: str) -> str:
    """The page's source with a mark at each bold label and each record's start."""
    html = re.sub(r"""<a\s+name\s*=\s*["']?DocID_MSTAR_[^>]*>\s*(?:</a>)?""", f"<p>{'_' * 60}</p>", html)
    return _BOLD.sub(lambda m: f"<br/>{_MARK}{m[2]}: ", html)


def page_articles(lines: Sequence[str]) -> Iterator[Draft | Unusable]:
    """The records of a page whose labels are marked."""
    records: list[list[str]] = [[]]
    for line in lines:
        if _RULE.match(line.strip()):
            records.append([])
        else:
            records[-1].append(line.strip())
    yield from _articles(records, marked=True)


def _articles(records: Sequence[Sequence[str]], *, marked: bool) -> Iterator[Draft | Unusable]:
    number = 0
    for record in records:
        title, fields, body = _record(record, marked=marked)
        if "proquestdocumentid" not in fields and "publicationdate" not in fields and not body:
            continue
        number += 1
        draft = _draft(number, title, fields, body)
        yield draft or Unusable(part=str(number), reason="a record without its full text, only an abstract.")


def _record(lines: Sequence[str], *, marked: bool) -> tuple[str | None, dict[str, str], list[str]]:
    heads: list[str] = []
    fields: dict[str, str] = {}
    body: list[str] = []
    last: str | None = None
    above = ""
    for line in lines:
        found = _labelled(line, marked=marked)
        # In text, paragraphs follow line by line, and every label but these stands below an empty line.
        if found and last == "fulltext" and above and not marked and found[0] not in _AFTER_TEXT:
            found = None
        above = line
        if found is not None:
            last, value = found
            if last == "fulltext":
                body += [value] if value else []
            elif last not in fields:
                fields[last] = value
        elif last is None:
            heads += [line] if line and not _COUNT.match(line) else []
        elif last == "fulltext":
            body.append(line)
        elif not fields.get(last) and line:
            fields[last] = line
    if body and body[0].casefold().startswith("not available"):
        body = []
    return (" ".join(heads) or fields.get("title")), fields, body


def _draft(number: int, title: str | None, fields: dict[str, str], body: list[str]) -> Draft | None:
    identity = re.sub(r"\D", "", fields.get("proquestdocumentid", "")) or None
    stated = Stated(
        title=" ".join(title.split()) if title else None,
        outlet=re.split(r"\s*;\s", fields.get("publicationtitle", ""))[0].strip() or None,
        author=without_by(fields.get("author") or fields.get("credit")),
        dates=stated_day(fields.get("publicationdate") or fields.get("publicationyear"), "Publication date"),
        page=fields.get("firstpage") or fields.get("pages") or None,
        source_id=identity,
        url=f"https://www.proquest.com/docview/{identity}" if identity else None,
        language=language_code(fields.get("languageofpublication")),
        section=", ".join(v for v in (fields.get("section"), fields.get("documenttype")) if v) or None,
        labelled=True,
    )
    return bundle_draft(number, title, body, stated)


def _labelled(line: str, *, marked: bool = False) -> tuple[str, str] | None:
    """ProQuest's own label at the line's start, without its spaces, and its value."""
    if marked:
        if not line.startswith(_MARK):
            return None
        line = line.removeprefix(_MARK)
    found = _LABEL.match(line)
    if found is None:
        return None
    label = "".join(found["label"].casefold().split())
    return (label, found["value"].strip()) if label in _LABELS else None
