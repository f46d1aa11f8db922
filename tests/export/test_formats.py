"""Every export is opened by a real reader of its kind."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace

import bibtexparser
import icalendar
import jsonschema
import networkx
import openpyxl
import pandas as pd
import pytest
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from detente.articles import Article
from detente.claims import Demand, Dispute, Event, Issue, Meeting, Party, Spans, Statement
from detente.evidence import cut
from detente.export.case import Case
from detente.export.formats import FORMATS
from detente.export.rows import Tables, columns
from detente.export.sheets import defused
from detente.record.codec import from_json, to_json
from detente.record.edits import Action, decide_on, undo
from detente.record.model import Record
from detente.vocabulary import Act, ClaimKind, EventType, MeetingStatus, PartyKind, Quotation

TEXT = (
    "=SUM(A1) Border Talks\n\nNorland asked Sudland to open the pass. “Open it,” said Ada Berg. "
    "They met in Lakeside on 3 May 2010."
)


def words(quote: str) -> tuple:
    start = TEXT.index(quote)
    return (cut("a1", TEXT, (start, start + len(quote))),)


ARTICLE_FIELDS = {
    "id": "a1", "file": "talks.txt", "sha256": "0" * 64, "text": TEXT, "title": "=SUM(A1) Border Talks",
    "outlet": "Pass & Valley Post", "author": "Ida Holm", "published": "2010-05-04", "language": "en",
}  # fmt: skip
ARTICLE = Article(**ARTICLE_FIELDS)


@pytest.fixture
def record() -> Record:
    return Record(
        articles=(ARTICLE,),
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


def test_excel_gives_back_every_value_with_its_type(record: Record) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(record, "xlsx")))
    tables = Tables(Case(record=record))
    assert tuple(book.sheetnames) == tables.names
    for name in tables.names:
        rows = [tuple(cell.value for cell in row) for row in book[name].iter_rows()]
        assert rows[0] == columns(name)
        assert rows[1:] == [
            tuple(value if value != "" else None for value in row) for row in tables.rows(name)
        ]


@settings(deadline=None)
@given(st.text(st.characters(codec=None), min_size=1))
def test_any_text_is_one_cell_of_text(text: str) -> None:
    article = Article(**{**ARTICLE_FIELDS, "title": text})
    book = openpyxl.load_workbook(io.BytesIO(made(Record(articles=(article,)), "xlsx")))
    cell = book["articles"].cell(2, columns("articles").index("title") + 1)
    assert cell.data_type in {"s", "n"}
    shown = "".join(character for character in text if character.isalnum())
    assert "".join(c for c in unescape(str(cell.value)) if c.isalnum()) == shown


def test_a_text_longer_than_a_cell_is_cut(record: Record) -> None:
    article = Article(**{**ARTICLE_FIELDS, "text": "a" * 40_000})
    book = openpyxl.load_workbook(io.BytesIO(made(Record(articles=(article,)), "xlsx")))
    value = book["articles"].cell(2, columns("articles").index("text") + 1).value
    assert (len(value), value[-2:]) == (32_767, "a…")


def test_parquet_opens_in_pandas_with_every_column(record: Record) -> None:
    with zipfile.ZipFile(io.BytesIO(made(record, "parquet"))) as archive:
        frame = pd.read_parquet(io.BytesIO(archive.read("statements.parquet")))
    assert list(columns("statements")) == list(frame.columns)
    assert frame.loc[0, "speaker_name"] == "Ada Berg"


def test_every_table_names_each_column_once() -> None:
    for table in Tables(Case(record=Record())).names:
        assert len(set(columns(table))) == len(columns(table)), table


def test_a_decided_item_says_who_decided_when_and_why(record: Record) -> None:
    accepted = decide_on(
        record.demands[0], record.articles[0], Action.ACCEPT, who="Ida", on="2024-05-01T10:00:00",
        reason="=checked",
    )  # fmt: skip
    chunks = FORMATS["csv"].chunks(record, edits=(accepted,))
    with zipfile.ZipFile(io.BytesIO(b"".join(chunks))) as archive:
        row = pd.read_csv(archive.open("demands.csv"), encoding="utf-8-sig").iloc[0]
    assert row[["decided_by", "decided_on", "reason"]].tolist() == ["Ida", "2024-05-01T10:00:00", "'=checked"]


def test_a_decision_that_was_taken_back_is_not_named(record: Record) -> None:
    accepted = decide_on(record.demands[0], record.articles[0], Action.ACCEPT, who="Ida", on="2024-05-01")
    back = undo(accepted, who="Ida", on="2024-05-02")
    case = Case(record=record, edits=(accepted, back))
    row = dict(zip(columns("demands"), next(Tables(case).rows("demands")), strict=True))
    assert row["decided_by"] is None


def test_every_claim_has_its_article_offsets_quote_and_status_in_its_table(record: Record) -> None:
    wanted = {
        "review", "decided_by", "article", "file", "title", "outlet", "published", "start", "end", "quote",
    }  # fmt: skip
    for kind in ClaimKind:
        assert wanted <= set(columns(kind))
    row = dict(zip(columns("statements"), next(Tables(Case(record=record)).rows("statements")), strict=True))
    assert (row["quotation"], row["quote"]) == ("direct", "Open it")
    assert TEXT[row["start"] : row["end"]] == row["quote"]


@settings(deadline=None)
@given(st.text(min_size=1))
def test_no_cell_of_a_sheet_begins_like_a_formula(text: str) -> None:
    cell = str(defused(text))
    assert cell.lstrip()[:1] not in {"=", "+", "-", "@"}
    assert cell in (text, f"'{text}")


def test_a_wide_equals_sign_is_defused_too() -> None:
    assert defused("＝cmd|x") == "'＝cmd|x"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["answered", "unanswered"]), max_size=5))
def test_the_json_written_piece_by_piece_is_the_json_written_at_once(kinds: list[str]) -> None:
    disputes = tuple(
        Dispute(
            id=f"d{n}", claimed_by="n", against="s", denied_by="s" if kind == "answered" else None,
            evidence=words("Norland"),
        )
        for n, kind in enumerate(kinds)
    )  # fmt: skip
    whole = Record(articles=(ARTICLE,), disputes=disputes)
    assert b"".join(FORMATS["json"].chunks(whole)) == to_json(whole).encode()


def test_the_json_of_a_record_reads_back_as_the_record(record: Record) -> None:
    assert from_json(made(record, "json").decode()) == record


def test_two_exports_of_one_record_agree_byte_for_byte(record: Record) -> None:
    for name in ("csv", "jsonl", "parquet"):
        assert made(record, name) == made(record, name)


HOSTILE = ARTICLE_FIELDS | {
    "id": "a2",
    "title": "End} \\n@book{x, title={y\nER  - \nTY  - BOOK\nTI  - z", "author": "A {and B",
    "url": "https://post.example/a_b?c=%20&d={}",
}  # fmt: skip


def test_a_title_cannot_end_a_reference_or_begin_another() -> None:
    hostile = Record(articles=(Article(**HOSTILE), ARTICLE))
    ris = rispy.loads(made(hostile, "ris").decode())
    library = bibtexparser.parse_string(made(hostile, "bibtex").decode())
    assert [entry["type_of_reference"] for entry in ris] == ["NEWS", "NEWS"]
    assert not library.failed_blocks
    assert [entry.entry_type for entry in library.entries] == ["article", "article"]
    assert library.entries[0].fields_dict["url"].value == "https://post.example/a_b?c=%20&d=%7B%7D"


def test_json_is_exported_without_loading_what_other_forms_need() -> None:
    code = (
        "import sys\nfrom detente.export.formats import FORMATS\nfrom detente.record.model import Record\n"
        "list(FORMATS['json'].chunks(Record()))\n"
        "print(sorted({'pyarrow', 'networkx', 'lxml', 'docx', 'icalendar'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_every_json_line_keeps_to_the_schema_beside_it(record: Record) -> None:
    with zipfile.ZipFile(io.BytesIO(made(record, "jsonl"))) as archive:
        schema = json.loads(archive.read("schema.json"))
        jsonschema.Draft202012Validator.check_schema(schema)
        counted = 0
        for name, part in schema["$defs"].items():
            for line in archive.read(f"{name}.jsonl").splitlines():
                jsonschema.validate(json.loads(line), part)
                counted += 1
    assert counted == 9


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


ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "body", "target"],
    "properties": {
        "id": {"type": "string", "format": "iri"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["classifying", "tagging", "describing"]},
        "body": {
            "type": "array",
            "items": {
                "required": ["type", "value", "purpose"],
                "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}},
            },
        },
        "target": {
            "anyOf": [{"$ref": "#/$defs/target"}, {"type": "array", "items": {"$ref": "#/$defs/target"}}]
        },
    },
    "$defs": {
        "target": {
            "required": ["source", "selector"],
            "properties": {
                "source": {"type": "string", "pattern": "^[a-z]+:[!-~]+$"},
                "selector": {
                    "items": {
                        "oneOf": [
                            {
                                "properties": {"type": {"const": "TextQuoteSelector"}},
                                "required": ["type", "exact", "prefix", "suffix"],
                            },
                            {
                                "properties": {
                                    "type": {"const": "TextPositionSelector"},
                                    "start": {"type": "integer", "minimum": 0},
                                    "end": {"type": "integer", "minimum": 0},
                                },
                                "required": ["type", "start", "end"],
                            },
                        ]
                    }
                },
            },
        }
    },
}  # the part of the Web Annotation Data Model that a quotation uses: sections 3.1, 3.2.4 and 4.2


def test_annotations_keep_to_the_data_model(record: Record) -> None:
    address = Article(**{**ARTICLE_FIELDS, "url": "https://post.example/ä b?c=%20#d"})
    collection = json.loads(made(replace(record, articles=(address,)), "web-annotation"))
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == 4
    assert collection["first"]["partOf"] == collection["id"]
    for item in collection["first"]["items"]:
        jsonschema.validate(item, ANNOTATION)
    source = collection["first"]["items"][0]["target"]["source"]
    assert source == "https://post.example/%C3%A4%20b?c=%20#d"


@pytest.mark.parametrize(("name", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
def test_a_party_with_control_characters_breaks_no_network(record: Record, name: str, read: Callable) -> None:
    parties = tuple(replace(party, name=f"{party.name}\x00\x0b<&") for party in record.parties)
    graph = read(io.BytesIO(made(replace(record, parties=parties), name)))
    assert list(graph.edges) == [("b", "s")]


def test_plover_records_name_type_actor_and_day(record: Record) -> None:
    event = json.loads(made(record, "plover"))
    assert (event["event_type"], event["event_date"]) == ("CONSULT", "2010-05-03")
    assert event["actor"] == [{"name": "Norland", "country": "Norland"}]


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"genius", "option-form"}))
def test_an_empty_record_exports_to_every_format(name: str) -> None:
    assert made(Record(), name) is not None
