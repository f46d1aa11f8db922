"""A record as a REFI-QDA project (.qdpx) for NVivo, ATLAS.ti, MAXQDA, QualCoder and others.

Each article is a text source, each item a selection with its codes: what it is, its issue, who it is by.
Positions count Unicode code points from 0, as the standard has it, which is how Detente counts.

Source:
    Rotterdam Exchange Format Initiative (2019), *REFI-QDA Standard* 1.5, sections 8-11.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml import etree

from detente.articles import Article
from detente.brief.html import visible
from detente.claims import Claim, Dispute
from detente.evidence import Evidence
from detente.export.annotations import summary
from detente.export.case import Case
from detente.export.packing import Package, zipped
from detente.record.model import Record
from detente.vocabulary import Act, ClaimKind, EventType, MeetingStatus, PromiseStatus, SignalKind

_XML: Final = "urn:QDA-XML:project:1.0"
_SPACE: Final = uuid5(NAMESPACE_URL, "urn:detente")
_NAME: Final = 80
# The codes of each kind, by the field that tells them apart; kinds that are not here have one code.
_SORTS: Final[Mapping[ClaimKind, tuple[str, Sequence[str]]]] = {
    ClaimKind.STATEMENTS: ("act", tuple(Act)),
    ClaimKind.PROMISES: ("status", tuple(PromiseStatus)),
    ClaimKind.EVENTS: ("type", tuple(EventType)),
    ClaimKind.MEETINGS: ("status", tuple(MeetingStatus)),
    ClaimKind.SIGNALS: ("signal", tuple(SignalKind)),
    ClaimKind.DISPUTES: ("part", ("charge", "denial")),
}
_COLOURS: Final[Mapping[ClaimKind, str]] = {
    ClaimKind.STATEMENTS: "#4C78A8",
    ClaimKind.DEMANDS: "#E45756",
    ClaimKind.PROMISES: "#54A24B",
    ClaimKind.DISPUTES: "#B279A2",
    ClaimKind.EVENTS: "#F58518",
    ClaimKind.MEETINGS: "#72B7B2",
    ClaimKind.SIGNALS: "#EECA3B",
    ClaimKind.FACTIONS: "#9D755D",
}
_SPEAKERS: Final = ("speaker", "by", "party", "claimed_by")
_VARIABLES: Final = ("outlet", "author", "published", "genre", "url", "page", "source_id")


def qdpx(case: Case) -> Iterator[bytes]:
    """The project: ``project.qde`` and a text file a source."""
    record = case.record

    def fill(archive: Package) -> None:
        with (
            archive.open(archive.member("project.qde"), "w", force_zip64=True) as file,
            etree.xmlfile(file, encoding="utf-8") as xml,
        ):
            xml.write_declaration()
            _project(xml, record)
        for article in record.articles:
            path = f"Sources/{_guid('article', article.id)}.txt"
            archive.writestr(archive.member(path), article.text.encode("utf-8", "replace"))

    return zipped(fill)


def _project(xml: "etree._IncrementalFileWriter", record: Record) -> None:
    user = _code_guid("user", "")
    attributes = {"name": "Detente record", "origin": "Detente", "creatingUserGUID": user}
    with xml.element("Project", attributes, nsmap={None: _XML}):
        with xml.element("Users"):
            xml.write(etree.Element("User", guid=user, name="Detente"))
        with xml.element("CodeBook"), xml.element("Codes"):
            for code in _codes(record):
                xml.write(code)
        with xml.element("Variables"):
            for name in _VARIABLES:
                xml.write(etree.Element("Variable", _named("variable", name), typeOfVariable="Text"))
        if record.articles:
            held = _by_article(record)
            with xml.element("Sources"):
                for article in record.articles:
                    xml.write(_source(record, article, held[article.id]))


def _codes(record: Record) -> Iterator[etree._Element]:
    for kind in ClaimKind:
        sorts = _SORTS.get(kind, ("", ()))[1]
        code = _code(("kind", kind.value), kind.value, is_codable=not sorts, colour=_COLOURS[kind])
        for sort in sorts:
            code.append(_code((kind.value, sort), sort, colour=_COLOURS[kind]))
        yield code
    spoken_by = {party for _, claim in record.claims() if (party := _speaker(claim)) is not None}
    folders = (
        ("issue", "issues", [(issue.id, issue.label) for issue in record.issues]),
        ("party", "parties", [(p.id, p.name) for p in record.parties if p.id in spoken_by]),
    )
    for key, title, members in folders:
        folder = _code(("folder", key), title, is_codable=False)
        for one, name in members:
            folder.append(_code((key, one), name))
        yield folder


def _code(
    key: tuple[str, str], name: str, *, is_codable: bool = True, colour: str | None = None
) -> etree._Element:
    shown = visible(name) or "–"
    code = etree.Element("Code", guid=_code_guid(*key), name=shown, isCodable=str(is_codable).lower())
    if colour is not None:
        code.set("color", colour)
    return code


def _by_article(record: Record) -> Mapping[str, list[tuple[ClaimKind, str, Claim, Evidence]]]:
    """The words to be coded, article by article: of each item, and of a dispute also the denial."""
    found: dict[str, list[tuple[ClaimKind, str, Claim, Evidence]]] = defaultdict(list)
    for kind, claim in record.claims():
        field = _SORTS.get(kind, ("", ()))[0]
        sort = "charge" if field == "part" else str(getattr(claim, field, ""))
        words = claim.evidence[0]
        found[words.article].append((kind, sort, claim, words))
        if isinstance(claim, Dispute) and claim.denied_by is not None and len(claim.evidence) > 1:
            words = claim.evidence[1]
            found[words.article].append((kind, "denial", claim, words))
    return found


def _source(
    record: Record, article: Article, held: Sequence[tuple[ClaimKind, str, Claim, Evidence]]
) -> etree._Element:
    guid = _guid("article", article.id)
    source = etree.Element(
        "TextSource",
        guid=guid,
        name=visible(article.title or article.file),
        plainTextPath=f"internal://{guid}.txt",
        creatingUser=_code_guid("user", ""),
    )
    for kind, sort, claim, words in held:
        source.append(_selection(record, kind, sort, claim, words))
    for name in _VARIABLES:
        value = getattr(article, name)
        if value is not None:
            holder = etree.SubElement(source, "VariableValue")
            etree.SubElement(holder, "VariableRef", targetGUID=_guid("variable", name))
            etree.SubElement(holder, "TextValue").text = visible(str(value))
    return source


def _selection(record: Record, kind: ClaimKind, sort: str, claim: Claim, words: Evidence) -> etree._Element:
    user = _code_guid("user", "")
    selection = etree.Element(
        "PlainTextSelection",
        guid=_guid("selection", kind.value, sort, claim.id),
        name=" ".join(visible(words.quote[:_NAME]).split()),
        startPosition=str(words.start),
        endPosition=str(words.end),
        creatingUser=user,
    )
    note = etree.SubElement(selection, "Description")
    note.text = f"{visible(summary(record, claim))}; {claim.review.value} (item {claim.id})"
    codes = [(kind.value, sort) if sort else ("kind", kind.value)]
    issue = getattr(claim, "issue", None)
    if issue in record.issue:
        codes.append(("issue", str(issue)))
    speaker = _speaker(claim)
    if speaker in record.party:
        codes.append(("party", str(speaker)))
    for code in codes:
        coding = etree.SubElement(
            selection, "Coding", guid=_guid("coding", kind.value, sort, claim.id, *code), creatingUser=user
        )
        etree.SubElement(coding, "CodeRef", targetGUID=_code_guid(*code))
    return selection


def _speaker(claim: Claim) -> str | None:
    return next((party for name in _SPEAKERS if (party := getattr(claim, name, None)) is not None), None)


def _named(key: str, name: str) -> dict[str, str]:
    return {"guid": _guid(key, name), "name": name}


@cache
def _code_guid(kind: str, name: str) -> str:
    return _guid(kind, name)


def _guid(*key: str) -> str:
    """The same thing has the same GUID in every export."""
    made: UUID = uuid5(_SPACE, "\x1f".join(key).encode("utf-8", "replace").decode())
    return str(made)
