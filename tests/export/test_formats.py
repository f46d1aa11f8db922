"""Every export is opened by a real reader of its kind."""

import io
import json
import zipfile

import bibtexparser
import icalendar
import networkx
import openpyxl
import pandas as pd
import pytest
import rispy

from detente.articles import Article
from detente.claims import Demand, Event, Issue, Meeting, Party, Spans, Statement
from detente.evidence import cut
from detente.export.formats import FORMATS
from detente.export.rows import tables
from detente.record.model import Record
from detente.vocabulary import Act, EventType, MeetingStatus, PartyKind, Quotation

TEXT = (
    "=SUM(A1) Border Talks\n\nNorland asked Sudland to open the pass. “Open it,” said Ada Berg. "
    "They met in Lakeside on 3 May 2010."
)


def words(quote: str) -> tuple:
    start = TEXT.index(quote)
    return (cut("a1", TEXT, (start, start + len(quote))),)


@pytest.fixture
def record() -> Record:
    return Record(
        articles=(
            Article(
                id="a1", file="talks.txt", sha256="0" * 64, text=TEXT, title="=SUM(A1) Border Talks",
                outlet="Pass & Valley Post", author="Ida Holm", published="2010-05-04", language="en",
            ),
        ),
        parties=(
            Party(id="n", name="Norland", kind=PartyKind.STATE, aliases=("Norland",)),
            Party(id="s", name="Sudland", kind=PartyKind.STATE, aliases=("Sudland",)),
            Party(id="b", name="Ada Berg", kind=PartyKind.PERSON, member_of="n", role="envoy"),
        ),
        issues=(Issue(id="i", label="The pass"),),
        statements=(
            Statement(
                id="st", speaker="b", speaker_text="Ada Berg", affiliation="n", cue="said",
                quote=Quotation.DIRECT, act=Act.DEMAND, target="s", issue="i", spans=Spans(),
                confidence=0.9, evidence=words("Open it"),
            ),
        ),
        demands=(
            Demand(id="d", by="n", of="s", what="open the pass", issue="i", evidence=words("open the pass")),
        ),
        events=(
            Event(
                id="e", type=EventType.CONSULT, by="n", to="s", what="met", when="2010-05-03",
                where="Lakeside", asserted_by=None, evidence=words("They met in Lakeside"),
            ),
        ),
        meetings=(
            Meeting(
                id="m", parties=("n", "s"), date="2010-05-03", place="Lakeside",
                status=MeetingStatus.HELD, evidence=words("They met in Lakeside on 3 May 2010"),
            ),
        ),
    )  # fmt: skip


def made(record: Record, name: str) -> bytes:
    return b"".join(FORMATS[name].chunks(record))


def test_csv_opens_in_pandas_with_the_words_and_names(record: Record) -> None:
    with zipfile.ZipFile(io.BytesIO(made(record, "csv"))) as archive:
        demands = pd.read_csv(archive.open("demands.csv"), encoding="utf-8-sig")
        articles = pd.read_csv(archive.open("articles.csv"), encoding="utf-8-sig")
    assert demands.loc[0, ["by_name", "of_name", "quote"]].tolist() == ["Norland", "Sudland", "open the pass"]
    assert TEXT[demands.loc[0, "start"] : demands.loc[0, "end"]] == "open the pass"
    assert articles.loc[0, "title"] == "'=SUM(A1) Border Talks"


def test_excel_holds_a_formula_like_title_as_text(record: Record) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(record, "xlsx")))
    head = [cell.value for cell in book["articles"][1]]
    cell = book["articles"].cell(2, head.index("title") + 1)
    assert (cell.value, cell.data_type) == ("=SUM(A1) Border Talks", "s")


def test_parquet_opens_in_pandas_with_every_column(record: Record) -> None:
    with zipfile.ZipFile(io.BytesIO(made(record, "parquet"))) as archive:
        frame = pd.read_parquet(io.BytesIO(archive.read("statements.parquet")))
    assert set(next(tables(record)["statements"]())) == set(frame.columns)
    assert frame.loc[0, "speaker_name"] == "Ada Berg"


def test_json_lines_hold_one_item_a_line(record: Record) -> None:
    with zipfile.ZipFile(io.BytesIO(made(record, "jsonl"))) as archive:
        lines = archive.read("events.jsonl").splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["CONSULT"]


def test_networks_open_in_networkx_with_their_ties(record: Record) -> None:
    for name, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        graph = read(io.BytesIO(made(record, name)))
        assert list(graph.edges) == [("b", "s")]
        assert graph.edges["b", "s"]["act"] == "demand"
        assert graph.nodes["b"]["camp"] == "Norland"


def test_references_keep_title_outlet_author_and_date(record: Record) -> None:
    csl = json.loads(made(record, "csl-json"))[0]
    ris = rispy.loads(made(record, "ris").decode())[0]
    bibtex = bibtexparser.parse_string(made(record, "bibtex").decode()).entries[0].fields_dict
    assert csl["issued"] == {"date-parts": [[2010, 5, 4]]}
    assert ris["secondary_title"] == csl["container-title"] == "Pass & Valley Post"
    assert ris["authors"] == ["Ida Holm"]
    assert bibtex["journal"].value == r"Pass \& Valley Post"
    assert bibtex["year"].value == "2010"


def test_the_calendar_holds_the_meeting_on_its_day(record: Record) -> None:
    calendar = icalendar.Calendar.from_ical(made(record, "ical"))
    event = calendar.walk("VEVENT")[0]
    assert event["DTSTART"].dt.isoformat() == "2010-05-03"
    assert event["STATUS"] == "CONFIRMED"
    assert "Norland" in event["SUMMARY"]


def test_web_annotations_point_at_the_words(record: Record) -> None:
    page = json.loads(made(record, "web-annotation"))["first"]
    selectors = [item["target"]["selector"] for item in page["items"]]
    assert len(selectors) == 4
    for quote, position in selectors:
        assert TEXT[position["start"] : position["end"]] == quote["exact"]


def test_plover_records_name_type_actor_and_day(record: Record) -> None:
    event = json.loads(made(record, "plover"))
    assert (event["event_type"], event["event_date"]) == ("CONSULT", "2010-05-03")
    assert event["actor"] == [{"name": "Norland", "country": "Norland"}]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_empty_record_exports_to_every_format(name: str) -> None:
    assert made(Record(), name) is not None
