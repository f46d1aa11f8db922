"""The REFI-QDA project, held against the standard's order of elements and its way of counting."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from detente.articles import Article
from detente.claims import Dispute, Issue, Party, Spans, Statement
from detente.evidence import Evidence, cut
from detente.export.formats import FORMATS
from detente.record.model import Record
from detente.vocabulary import Act, PartyKind, Quotation, Review

Q = "{urn:QDA-XML:project:1.0}"
TEXT = "🕊️ Talks 𝒳 in Lakeside\n\nAda Berg said Sudland arms the raiders. Sudland denied that."

# The part of the standard's schema that a project of texts uses: what may stand where, and what must.
CONTENT = {
    "Project": (["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes"], {"name"}),
    "Users": (["User"], set()),
    "User": ([], {"guid"}),
    "CodeBook": (["Codes"], set()),
    "Codes": (["Code"], set()),
    "Code": (["Description", "NoteRef", "Code"], {"guid", "name", "isCodable"}),
    "Variables": (["Variable"], set()),
    "Variable": (["Description"], {"guid", "name", "typeOfVariable"}),
    "Sources": (["TextSource"], set()),
    "TextSource": (
        ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
        {"guid"},
    ),
    "PlainTextSelection": (["Description", "Coding", "NoteRef"], {"guid", "startPosition", "endPosition"}),
    "Coding": (["CodeRef", "NoteRef"], {"guid"}),
    "CodeRef": ([], {"targetGUID"}),
    "VariableValue": (["VariableRef", "TextValue"], set()),
    "VariableRef": ([], {"targetGUID"}),
    "Description": ([], set()),
    "TextValue": ([], set()),
}  # fmt: skip
NOT_EMPTY = {"Users", "Codes", "Variables", "Sources"}


def words(quote: str) -> Evidence:
    start = TEXT.index(quote)
    return cut("a1", TEXT, (start, start + len(quote)))


def record_of(name: str = "Ada Berg", title: str = "Talks") -> Record:
    return Record(
        articles=(
            Article(id="a1", file="talks.txt", sha256="0", text=TEXT, title=title, outlet="Pass Post"),
            Article(id="a2", file="none.txt", sha256="1", text="Nothing here."),
        ),
        parties=(
            Party(id="b", name=name, kind=PartyKind.PERSON, member_of="n"),
            Party(id="s", name="Sudland", kind=PartyKind.STATE),
        ),
        issues=(Issue(id="i", label="The raiders"),),
        statements=(
            Statement(
                id="st", speaker="b", speaker_text="Ada Berg", affiliation="n", cue="said",
                quote=Quotation.INDIRECT, act=Act.ACCUSATION, target="s", issue="i", spans=Spans(),
                confidence=0.9, evidence=(words("Sudland arms the raiders"),), review=Review.ACCEPTED,
            ),
        ),
        disputes=(
            Dispute(
                id="dp", claimed_by="b", against="s", denied_by="s", issue="i", meets=1.0,
                evidence=(words("Sudland arms the raiders"), words("Sudland denied that")),
            ),
        ),
    )  # fmt: skip


def opened(record: Record) -> tuple[etree._Element, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(b"".join(FORMATS["refi-qda"].chunks(record)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return etree.fromstring(files.pop("project.qde")), files


def require_standard(element: etree._Element) -> None:
    name = element.tag.removeprefix(Q)
    allowed, needed = CONTENT[name]
    children = [child.tag.removeprefix(Q) for child in element]
    places = [allowed.index(child) for child in children]
    assert places == sorted(places), f"{name}: {children}"
    assert needed <= set(element.keys()), name
    assert children or name not in NOT_EMPTY, f"{name} is empty"
    for child in element:
        require_standard(child)


@pytest.fixture
def project() -> tuple[etree._Element, dict[str, bytes]]:
    return opened(record_of())


def test_elements_stand_in_the_order_of_the_standard(project: tuple) -> None:
    assert project[0].tag == f"{Q}Project"
    require_standard(project[0])


def test_a_project_without_articles_keeps_to_the_standard_too() -> None:
    require_standard(opened(Record())[0])


def test_every_reference_leads_to_a_guid_that_is_there_once(project: tuple) -> None:
    guids = [element.get("guid") for element in project[0].iter() if element.get("guid")]
    targets = {element.get("targetGUID") for element in project[0].iter() if element.get("targetGUID")}
    assert len(guids) == len(set(guids))
    assert targets <= set(guids)


def test_positions_count_code_points_of_the_source_file(project: tuple) -> None:
    root, files = project
    quotes = []
    for source in root.iter(f"{Q}TextSource"):
        path = source.get("plainTextPath").replace("internal://", "Sources/")
        text = files[path].decode()
        quotes += [
            text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            for selection in source.iter(f"{Q}PlainTextSelection")
        ]
    assert quotes == ["Sudland arms the raiders", "Sudland arms the raiders", "Sudland denied that"]


def test_a_passage_is_coded_with_its_act_its_issue_and_its_speaker(project: tuple) -> None:
    names = {code.get("guid"): code.get("name") for code in project[0].iter(f"{Q}Code")}
    codes = [
        [names[ref.get("targetGUID")] for ref in selection.iter(f"{Q}CodeRef")]
        for selection in project[0].iter(f"{Q}PlainTextSelection")
    ]
    assert codes[0] == ["accusation", "The raiders", "Ada Berg"]
    assert [found[0] for found in codes[1:]] == ["charge", "denial"]


def test_what_was_decided_stands_in_the_note(project: tuple) -> None:
    notes = [note.text for note in project[0].iter(f"{Q}Description")]
    assert "accusation; speaker: Ada Berg; target: Sudland; accepted" in notes[0]


def test_two_projects_of_one_record_agree() -> None:
    one, other = (b"".join(FORMATS["refi-qda"].chunks(record_of())) for _ in range(2))
    assert one == other


@settings(deadline=None)
@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)))
def test_hostile_names_and_titles_break_no_project(name: str, title: str) -> None:
    root, files = opened(record_of(name, title))
    require_standard(root)
    assert len(files) == 2
