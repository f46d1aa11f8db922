"""``export`` writes every form to a file, with the analyst's decisions and negotiation."""

import csv
import io
import zipfile
from pathlib import Path

import docx
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from detente.articles import Article
from detente.claims import Claims, Demand, Party, Reading
from detente.cli import taking
from detente.errors import InvalidNegotiation, NotEnoughEvidence
from detente.evidence import cut
from detente.export.formats import FORMATS
from detente.record.edits import Action, decide_on
from detente.record.store import Store
from detente.vocabulary import PartyKind

TEXT = "Norland asked Sudland to open the pass."
TOLL = """\
negotiation: toll
parties: [{id: n, name: Norland}, {id: s, name: Sudland}]
options: [{id: open, by: s, text: open the gate}]
preferences: {n: {weights: {open: 5}}, s: {weights: {open: -3}}}
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    demand = Demand(id="d", by="n", of="s", what="open the pass", evidence=(cut("a1", TEXT, (25, 38)),))
    article = Article(id="a1", file="talks.txt", sha256="0", text=TEXT, title="Talks", published="2010-05-04")
    parties = (
        Party(id="n", name="Norland", kind=PartyKind.STATE, aliases=("Norland",)),
        Party(id="s", name="Sudland", kind=PartyKind.STATE, aliases=("Sudland",)),
    )
    reading = Reading(article="a1", parties=parties, claims=Claims(demands=(demand,)), gaps=(), reader="hand")
    with Store.open(tmp_path / "talks.db") as store:
        store.add(article, reading)
        store.decide(decide_on(demand, article, Action.ACCEPT, who="Ida", on="2024-05-01T10:00:00"))
    return tmp_path / "talks.db"


def export(record: Path, *arguments: str | Path) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    taking.register(app)
    command = ["export", "--record", str(record), *map(str, arguments)]
    return CliRunner().invoke(app, command, catch_exceptions=False)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_form_is_written_to_a_file(record: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "toll.yaml").write_text(TOLL, encoding="utf-8")
    out = tmp_path / f"out{FORMATS[name].suffix}"
    result = export(record, "--format", name, "--negotiation", tmp_path / "toll.yaml", "-o", out)
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 0 or name in {"plover"}


def test_the_table_names_who_accepted_an_item(record: Path, tmp_path: Path) -> None:
    export(record, "--format", "csv", "-o", tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        text = archive.read("demands.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["review"], row["decided_by"]) == ("accepted", "Ida")


def test_the_analysts_own_negotiation_goes_into_the_form(record: Path, tmp_path: Path) -> None:
    (tmp_path / "toll.yaml").write_text(TOLL, encoding="utf-8")
    result = export(record, "--format", "option-form", "--negotiation", tmp_path / "toll.yaml")
    assert "open the gate" in result.stdout


def test_the_dossier_bears_its_day(record: Path, tmp_path: Path) -> None:
    export(record, "--format", "docx", "-o", tmp_path / "out.docx")
    document = docx.Document(str(tmp_path / "out.docx"))
    (under_title,) = (p.text for p in document.paragraphs if p.style.name == "Subtitle")
    assert under_title.split(". ")[0].split()[-1].isdigit()


def test_a_form_that_is_none_is_told_with_those_there_are(record: Path) -> None:
    result = export(record, "--format", "pptx")
    assert result.exit_code == 2
    assert "option-form" in result.output.replace("\n", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"negotiation: \xff", "not UTF-8", id="another charset"),
        pytest.param(b"negotiation: x", "no parties", id="no negotiation"),
    ],
)
def test_a_negotiation_that_is_none_is_refused_in_one_line(
    record: Path, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "toll.yaml").write_bytes(content)
    with pytest.raises(InvalidNegotiation, match=reason):
        export(record, "--format", "genius", "--negotiation", tmp_path / "toll.yaml")


def test_a_record_without_a_negotiation_is_told_so(tmp_path: Path) -> None:
    Store.open(tmp_path / "empty.db").close()
    with pytest.raises(NotEnoughEvidence):
        export(tmp_path / "empty.db", "--format", "genius")
