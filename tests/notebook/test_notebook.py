"""A notebook opens or reads a record, shows words in their context, and runs the negotiation."""

import ast
import doctest
import subprocess
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest

import detente
from detente.articles import Article, Unread
from detente.claims import Demand, Party, stable_id
from detente.errors import DetenteError, InvalidNegotiation, InvalidRecord, MissingExtra, UnknownItem
from detente.evidence import Evidence
from detente.notebook import frames
from detente.notebook.record import OpenRecord
from detente.record.edits import Action, decide_on
from detente.record.model import Record
from detente.record.store import Store
from detente.vocabulary import PartyKind

ROOT = Path(__file__).parents[2]
EVIL = "<script>alert('x')</script>"
YAML = """
negotiation: ferries
parties:
  - {id: lume, name: Lume}
  - {id: varda, name: "Varda <i>"}
options:
  - {id: return, by: lume, text: return the ferries}
  - {id: fees, by: varda, text: lift the harbour fees}
status_quo: "00"
preferences:
  lume: {weights: {return: -10, fees: [20, 40]}}
  varda: {weights: {return: 30, fees: -5}}
issues:
  - id: harbour
    label: The harbour
    positions: {lume: {position: 20, salience: 50}, varda: {position: 80, salience: 90}}
tables:
  - {id: both, parties: [lume, varda]}
"""


def small_record() -> Record:
    """Two demands: Lume's, told in June by an article with markup in it, and Varda's in July."""
    text = f"It rained.\n\nLume demanded that Varda {EVIL} lift the fees. They met again."
    later = "Varda demanded that Lume return the ferries at once."
    articles = (
        Article(id="a1", file="a.txt", sha256="0", text=text, title=f"Talks {EVIL}", published="2031-06-02"),
        Article(id="a2", file="b.txt", sha256="0", text=later, title="Ferries", published="2031-07"),
    )
    lume, varda, envoy = (stable_id("party", name) for name in ("Lume", "Varda", "Ana Reed"))

    def words(article: Article, quote: str) -> tuple[Evidence, ...]:
        start = article.text.index(quote)
        return (Evidence(article=article.id, start=start, end=start + len(quote), quote=quote),)

    return Record(
        articles=articles,
        parties=(
            Party(id=lume, name="Lume", kind=PartyKind.STATE, aliases=("Lumians",)),
            Party(id=varda, name="Varda", kind=PartyKind.STATE),
            Party(id=envoy, name="Ana Reed", kind=PartyKind.PERSON, member_of=varda),
        ),
        demands=(
            Demand(
                id="d1", by=lume, of=varda, what="lift the fees",
                evidence=words(articles[0], f"Varda {EVIL} lift the fees"),
            ),
            Demand(
                id="d2", by=envoy, of=lume, what="return",
                evidence=words(articles[1], "return the ferries"),
            ),
        ),
        unread=(Unread(file="c.pdf", reason=f"a scan {EVIL}"),),
    )  # fmt: skip


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # the parser's signature
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)
            self.tags.append("")


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    return parser


@pytest.fixture
def record() -> OpenRecord:
    return OpenRecord(small_record())


@pytest.fixture
def talks(tmp_path: Path) -> detente.OpenNegotiation:
    file = tmp_path / "ferries.yaml"
    file.write_text(YAML)
    return detente.open_negotiation(file)


def test_the_notebook_page_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(
        str(ROOT / "docs" / "notebook.md"),
        module_relative=False,
        globs={"folder": tmp_path},
        optionflags=doctest.ELLIPSIS,
    )
    assert tried > 15
    assert failed == 0


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, detente; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert not set(loaded.split()) & {"spacy", "numpy", "pandas", "sqlalchemy", "pydantic", "jinja2", "typer"}


def test_every_public_name_is_there_sorted_and_typed() -> None:
    assert detente.__all__ == sorted(detente.__all__)
    assert set(detente.__all__) <= set(dir(detente))
    assert all(getattr(detente, name) is not None for name in detente.__all__)
    stub = ast.parse((ROOT / "src" / "detente" / "__init__.pyi").read_text())
    typed = {
        alias.asname or alias.name
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed | {"__version__"} == set(detente.__all__)
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = detente.opne


def test_a_quote_stands_highlighted_in_its_sentence_and_markup_in_it_is_only_words(
    record: OpenRecord,
) -> None:
    html = record.demands._repr_html_()
    assert seen(html).marked == [f"Varda {EVIL} lift the fees", "return the ferries"]
    assert "It rained." not in html
    assert "Lume demanded that <mark>" in html
    for shown in (html, record._repr_html_(), record.articles._repr_html_(), record.parties._repr_html_()):
        assert not {"script", "i"} & set(seen(shown).tags)


def test_items_are_asked_for_by_party_issue_and_day(record: OpenRecord) -> None:
    by = lambda **asked: [demand.id for demand in record.demands.where(**asked)]  # noqa: E731
    assert by(party="lumians") == ["d1", "d2"]
    assert by(party="Ana Reed") == ["d2"]
    assert by(party="Varda", since="2031-07-15") == ["d2"]
    assert by(until="2031-06") == ["d1"]
    assert by(keep=lambda demand: demand.what == "return") == ["d2"]
    assert [article.id for article in record.articles.where(since="2031-07")] == ["a2"]
    with pytest.raises(UnknownItem, match="no party 'Oman'"):
        by(party="Oman")
    with pytest.raises(UnknownItem, match="no issue"):
        by(issue="fees")


def test_a_slice_is_shown_like_the_whole_and_one_is_the_value(record: OpenRecord) -> None:
    assert repr(record.demands[1:]) == "<1 demands>"
    assert isinstance(record.demands[0], Demand)
    assert list(record.demands)[-1].id == "d2"


def test_a_frame_has_names_words_and_where_they_stand(record: OpenRecord) -> None:
    frame = record.demands[1:].to_frame()
    assert frame[["by_name", "of_name", "quote", "start"]].to_dict("records") == [
        {"by_name": "Ana Reed", "of_name": "Lume", "quote": "return the ferries", "start": 25}
    ]
    assert next(iter(record.promises.to_frame().columns)) == "id"
    assert list(record.parties.to_frame()["name"]) == ["Lume", "Varda", "Ana Reed"]


def test_without_pandas_a_frame_says_what_to_install(
    record: OpenRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(frames, "import_module", missing)
    with pytest.raises(MissingExtra, match=r"pip install 'detente\[notebook\]'"):
        record.demands.to_frame()


def test_what_changed_is_told_with_its_words(record: OpenRecord) -> None:
    changes = record.changes("2031-06-30")
    assert [change.item for change in changes.value] == ["d2"]
    assert changes.to_frame()["words"].tolist() == ["return the ferries"]


def test_an_exported_record_opens_and_is_not_read_into(record: OpenRecord, tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(record.to_json(), encoding="utf-8")
    again = detente.open(file)
    assert again.value == record.value
    with pytest.raises(InvalidRecord, match="opened from JSON"):
        again.read(tmp_path)
    with pytest.raises(InvalidRecord, match="no such record"):
        detente.open(tmp_path / "none.db")
    with pytest.raises(InvalidRecord, match="cannot be opened"):
        detente.open(tmp_path / "none.json")


def test_read_keeps_a_record_in_a_file_that_opens_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Ferries\n\n3 March 2031\n\nFrance demanded on Monday that Turkey return the seized ferries.\n"
    )
    (tmp_path / "b.txt").touch()
    with detente.read(tmp_path / "a.txt", tmp_path / "talks.db") as first:
        assert len(first.read([tmp_path / "b.txt"]).demands) == 1
    with detente.open(tmp_path / "talks.db") as again:
        assert [demand.what for demand in again.demands] == [demand.what for demand in first.demands]
        assert "b.txt: empty" in again._repr_html_()


def test_a_frame_says_who_decided(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Ferries\n\n3 March 2031\n\nFrance demanded on Monday that Turkey return the seized ferries.\n"
    )
    with (
        detente.read(tmp_path / "a.txt", tmp_path / "talks.db") as record,
        Store.open(tmp_path / "talks.db") as desk,
    ):
        demand, article = record.demands[0], record.articles[0]
        desk.decide(decide_on(demand, article, Action.ACCEPT, who="ana", on="2031-03-04T10:00:00"))
        decided = record.demands.to_frame()[["review", "decided_by"]].to_dict("records")
    assert decided == [{"review": "accepted", "decided_by": "ana"}]


def test_every_finding_is_a_table_with_its_figures(talks: detente.OpenNegotiation) -> None:
    finding = talks.stability(samples=20)
    assert "11" in finding.to_frame()["state"].tolist()
    assert finding.value.considered == finding.json["considered"] == 4
    (package,) = talks.packages("both", samples=20).to_frame().to_dict("records")
    assert package["package"] == ("Lume: return the ferries", "Varda <i>: lift the harbour fees")
    assert package["gain of Varda <i>"] == 25
    assert talks.paths().to_frame()["state"].tolist()[0] in {"00", "11"}
    assert talks.tables(samples=20).to_frame()["all who sit gain"].tolist() == [True]
    assert talks.forecast(samples=20).to_frame()["issue"].tolist() == ["The harbour"]
    assert set(talks.spoilers().to_frame().columns) >= {"state", "spoiler"}
    for shown in (finding, talks.packages(samples=20), talks):
        assert "i" not in seen(shown._repr_html_()).tags
        assert "Varda &lt;i&gt;" in shown._repr_html_()


def test_a_negotiation_is_written_and_opened_again(talks: detente.OpenNegotiation, tmp_path: Path) -> None:
    file = tmp_path / "again.yaml"
    file.write_text(talks.to_yaml(), encoding="utf-8")
    assert detente.open_negotiation(file).value == talks.value
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidNegotiation, match="not UTF-8"):
        detente.open_negotiation(file)
    with pytest.raises(DetenteError, match="cannot be opened"):
        detente.open_negotiation(tmp_path / "none.yaml")


@pytest.mark.parametrize("module", ["frames", "page", "items", "findings", "negotiation", "record"])
def test_each_module_says_what_it_is(module: str) -> None:
    assert import_module(f"detente.notebook.{module}").__doc__
