"""The file for the Discourse Network Analyzer, read as that program reads it."""

import base64
import csv
import hashlib
import io
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.articles import Article
from detente.claims import Demand, Issue, Party, Spans, Statement
from detente.evidence import Evidence, cut
from detente.export.dna import PASSWORD, coded
from detente.export.formats import FORMATS
from detente.record.model import Record
from detente.vocabulary import Act, PartyKind, Quotation, Review

TEXT = "🕊️ Talks 𝒳 in Lakeside\n\nAda Berg said Sudland must open the pass. Sudland refused to open it."

# What the program asks for to list its statements: one value of each variable, or the statement is lost.
QUERY = """
    SELECT s.ID, d.Title, substr(d.Text, 1) AS Text, s.Start, s.Stop, p.Value, o.Value, c.Value, b.Value
    FROM STATEMENTS s
    JOIN DOCUMENTS d ON d.ID = s.DocumentId
    JOIN DATASHORTTEXT dp ON dp.StatementId = s.ID AND dp.VariableId = 1 JOIN ENTITIES p ON p.ID = dp.Entity
    JOIN DATASHORTTEXT dn ON dn.StatementId = s.ID AND dn.VariableId = 2 JOIN ENTITIES o ON o.ID = dn.Entity
    JOIN DATASHORTTEXT dc ON dc.StatementId = s.ID AND dc.VariableId = 3 JOIN ENTITIES c ON c.ID = dc.Entity
    JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = 4
    ORDER BY s.ID
"""  # fmt: skip


def words(quote: str) -> tuple[Evidence, ...]:
    start = TEXT.index(quote)
    return (cut("a1", TEXT, (start, start + len(quote))),)


def statement(name: str, act: Act, quote: str, **more: object) -> Statement:
    values = {
        "id": name, "speaker": "b", "speaker_text": "Ada Berg", "affiliation": "n", "cue": "said",
        "quote": Quotation.INDIRECT, "act": act, "target": "s", "issue": "i", "spans": Spans(),
        "confidence": 0.9, "evidence": words(quote),
    }  # fmt: skip
    return Statement(**(values | more))


@pytest.fixture
def record() -> Record:
    return Record(
        articles=(
            Article(id="a1", file="talks.txt", sha256="0" * 64, text=TEXT, title="T" * 300,
                published="2010-05"),
        ),
        parties=(
            Party(id="n", name="Norland", kind=PartyKind.STATE, aliases=("Norland", "the Norlanders")),
            Party(id="s", name="Sudland", kind=PartyKind.STATE),
            Party(id="b", name="Ada Berg", kind=PartyKind.PERSON, member_of="n", role="envoy"),
        ),
        issues=(Issue(id="i", label="The pass"),),
        statements=(
            statement("one", Act.DEMAND, "Sudland must open the pass"),
            statement("two", Act.REFUSAL, "refused to open it", speaker="s", affiliation=None, target=None),
            statement("out", Act.REPORT, "open the pass", review=Review.REJECTED),
        ),
        demands=(
            Demand(id="d", by="b", of="s", what="open it", issue=None, evidence=words("open the pass")),
            Demand(id="e", by="n", of="s", what="open it", statement="one", evidence=words("open the pass")),
        ),
    )  # fmt: skip


@pytest.fixture
def database(record: Record, tmp_path: Path) -> sqlite3.Connection:
    path = tmp_path / "case.dna"
    path.write_bytes(b"".join(FORMATS["dna"].chunks(record)))
    return sqlite3.connect(path)


def test_every_statement_has_a_value_of_every_variable(database: sqlite3.Connection) -> None:
    rows = database.execute(QUERY).fetchall()
    assert [row[5:] for row in rows] == [
        ("Ada Berg", "Norland", "The pass", 1),
        ("", "Sudland", "The pass", 0),
        ("Ada Berg", "Norland", "", 1),
    ]


def test_offsets_count_as_java_counts(database: sqlite3.Connection) -> None:
    for _, _, text, start, stop, *_ in database.execute(QUERY):
        units = text.encode("utf-16-le")
        found = units[2 * start : 2 * stop].decode("utf-16-le")
        assert found in {"Sudland must open the pass", "refused to open it", "open the pass"}


def test_the_file_keeps_its_own_rules(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables >= {
        "SETTINGS", "CODERS", "CODERRELATIONS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "VARIABLELINKS",
        "ENTITIES", "ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES", "STATEMENTS", "DATABOOLEAN", "DATAINTEGER",
        "DATASHORTTEXT", "DATALONGTEXT", "REGEXES",
    }  # fmt: skip
    version = database.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()[0]
    assert version.startswith("3")


def test_the_administrator_gets_in_with_the_known_password(database: sqlite3.Connection) -> None:
    name, kept = database.execute("SELECT Name, Password FROM CODERS WHERE ID = 1").fetchone()
    whole = base64.b64decode(kept)
    digest = whole[:16] + PASSWORD.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert (name, digest) == ("Admin", whole[16:])


def test_a_long_title_is_cut_and_a_month_is_its_first_day(database: sqlite3.Connection) -> None:
    title, seconds = database.execute("SELECT Title, Date FROM DOCUMENTS").fetchone()
    assert len(title) == 190
    day = database.execute("SELECT date(?, 'unixepoch')", (seconds,)).fetchone()[0]
    assert day == "2010-05-01"


def test_what_is_known_of_a_party_stands_with_its_entity(database: sqlite3.Connection) -> None:
    known = database.execute(
        "SELECT e.Value, v.AttributeVariable, a.AttributeValue FROM ATTRIBUTEVALUES a "
        "JOIN ENTITIES e ON e.ID = a.EntityId JOIN ATTRIBUTEVARIABLES v ON v.ID = a.AttributeVariableId "
        "WHERE a.AttributeValue != ''"
    ).fetchall()
    assert ("Ada Berg", "Notes", "envoy") in known
    assert ("Norland", "Alias", "Norland; the Norlanders") in known


def test_what_was_rejected_and_what_is_coded_already_is_left_out(record: Record) -> None:
    assert [one.act for one in coded(record)] == ["demand", "refusal", "demand"]


def test_the_event_list_has_a_row_a_statement_and_the_words(record: Record) -> None:
    text = b"".join(FORMATS["dna-csv"].chunks(record)).decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["organization"] for row in rows] == ["Norland", "Sudland", "Norland"]
    assert [row["agreement"] for row in rows] == ["1", "0", "1"]
    assert rows[1]["text"] == "refused to open it"
    assert rows[0]["time"] == "2010-05-01 12:00:00"


@settings(deadline=None)
@given(st.text(min_size=1), st.text(min_size=1))
def test_hostile_names_break_no_table(name: str, text: str) -> None:
    article = Article(id="a1", file="f", sha256="0", text=text, title=name)
    held = Record(
        articles=(article,),
        parties=(Party(id="n", name=name, kind=PartyKind.STATE, aliases=(name,)),),
        statements=(
            statement("x", Act.REPORT, "Talks", speaker="n", evidence=(
                Evidence(article="a1", start=0, end=len(text), quote=text),
            )),
        ),
    )  # fmt: skip
    content = b"".join(FORMATS["dna"].chunks(held))
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    assert len(database.execute(QUERY).fetchall()) == 1
