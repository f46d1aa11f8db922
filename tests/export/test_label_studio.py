"""Labels go out to Label Studio and come back as gold; the words are the same on both ways."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from detente.articles import Article
from detente.claims import Demand, Dispute, Event, Issue, Meeting, Party, Promise, Signal, Spans, Statement
from detente.errors import UnreadableSource
from detente.evidence import Evidence, cut
from detente.export.formats import FORMATS
from detente.export.gold import find_words, gold_of
from detente.export.labels import LABELS
from detente.export.units import code_point_span, utf16_span
from detente.record.model import Record
from detente.settings import Settings
from detente.sources.formats.label_studio import tasks_of
from detente.sources.gather import gather
from detente.vocabulary import (
    Act,
    EventType,
    MeetingStatus,
    PartyKind,
    PromiseStatus,
    Quotation,
    Review,
    SignalKind,
)

TEXT = (
    "🕊️ Talks 𝒳 in Lakeside\n\nAda Berg said Sudland arms the raiders. Sudland denied that. "
    "Norland asked Sudland to open the pass and promised grain by May. They met in Lakeside on 3 May 2010."
)


def words(quote: str) -> tuple[Evidence, ...]:
    start = TEXT.index(quote)
    return (cut("a1", TEXT, (start, start + len(quote))),)


def span(quote: str) -> tuple[int, int]:
    return words(quote)[0].start, words(quote)[0].end


@pytest.fixture
def record() -> Record:
    return Record(
        articles=(
            Article(
                id="a1", file="case/talks.txt", sha256="0", text=TEXT, title="🕊️ Talks 𝒳 in Lakeside",
                outlet="Pass Post", published="2010-05-04", language="en",
            ),
        ),
        parties=(
            Party(id="n", name="Norland", kind=PartyKind.STATE, evidence=words("Norland")),
            Party(id="s", name="Sudland", kind=PartyKind.STATE, evidence=words("Sudland")),
            Party(
                id="b", name="Ada Berg", kind=PartyKind.PERSON, member_of="n", evidence=words("Ada Berg")
            ),
        ),
        issues=(Issue(id="i", label="The raiders"),),
        statements=(
            Statement(
                id="st", speaker="b", speaker_text="Ada Berg", affiliation="n", cue="said",
                quote=Quotation.INDIRECT, act=Act.ACCUSATION, target="s", issue="i", confidence=0.9,
                spans=Spans(speaker=(span("Ada Berg"),), cue=(span("said"),)),
                evidence=words("Sudland arms the raiders"), review=Review.ACCEPTED,
            ),
            Statement(
                id="no", speaker="s", speaker_text=None, affiliation=None, cue=None,
                quote=Quotation.INDIRECT, act=Act.REPORT, target=None, confidence=0.9, spans=Spans(),
                evidence=words("They met"), review=Review.REJECTED,
            ),
        ),
        demands=(Demand(id="d", by="n", of="s", what="open the pass", evidence=words("open the pass")),),
        promises=(
            Promise(
                id="pr", by="n", to="s", what="grain", made="2010-05", status=PromiseStatus.PENDING,
                evidence=words("promised grain by May"),
            ),
        ),
        disputes=(
            Dispute(
                id="dp", claimed_by="b", against="s", denied_by="s", meets=1.0,
                evidence=(*words("Sudland arms the raiders"), *words("Sudland denied that")),
            ),
        ),
        events=(
            Event(
                id="e", type=EventType.CONSULT, by="n", to="s", what="met", when="2010-05-03",
                where="Lakeside", asserted_by=None, evidence=words("They met in Lakeside"),
            ),
        ),
        meetings=(
            Meeting(
                id="m", parties=("n", "s"), date="2010-05-03", place="Lakeside", status=MeetingStatus.HELD,
                evidence=words("They met in Lakeside on 3 May 2010"),
            ),
        ),
        signals=(Signal(id="sg", party="n", signal=SignalKind.FLEXIBLE, evidence=words("promised grain")),),
    )  # fmt: skip


def tasks(record: Record) -> list[dict]:
    return json.loads(b"".join(FORMATS["label-studio"].chunks(record)))


def annotated(task: dict) -> dict:
    """The task as it comes back when an annotator has submitted the predictions as they are."""
    return {
        "id": task["id"],
        "data": task["data"],
        "annotations": [{"result": task["predictions"][0]["result"]}],
    }


def test_offsets_count_as_the_browser_counts_and_carry_the_words(record: Record) -> None:
    units = TEXT.encode("utf-16-le")
    regions = [one for one in tasks(record)[0]["predictions"][0]["result"] if one.get("type") == "labels"]
    assert len(regions) == 13
    for region in regions:
        value = region["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]


def test_a_speaker_and_a_cue_are_tied_to_what_is_said(record: Record) -> None:
    results = tasks(record)[0]["predictions"][0]["result"]
    label = {one["id"]: one["value"]["labels"][0] for one in results if one.get("type") == "labels"}
    ties = [
        (label[one["from_id"]], one["labels"][0], label[one["to_id"]])
        for one in results
        if one["type"] == "relation"
    ]
    assert ties == [
        ("speaker", "says", "content"),
        ("cue", "says", "content"),
        ("denial", "denies", "charge"),
    ]


def test_only_what_was_decided_is_an_annotation_and_nothing_rejected_goes_out(record: Record) -> None:
    task = tasks(record)[0]
    decided = {one.get("id") for one in task["annotations"][0]["result"] if one.get("from_name") == "part"}
    assert "st" in decided
    assert "d" not in decided
    assert "no" not in json.dumps([one.get("id") for one in task["predictions"][0]["result"]])


def test_every_label_and_control_of_a_task_is_in_the_interface(record: Record) -> None:
    view = etree.fromstring(b"".join(FORMATS["label-studio-config"].chunks(record)))
    controls = {one.get("name"): one for one in view.iter() if one.get("toName")}
    assert {one.get("value") for one in view.iter("Label")} == set(LABELS)
    for one in tasks(record)[0]["predictions"][0]["result"]:
        if one["type"] == "relation":
            assert one["labels"][0] in {relation.get("value") for relation in view.iter("Relation")}
            continue
        control = controls[one["from_name"]]
        assert control.tag.casefold() == one["type"]
        if one["type"] == "choices":
            assert set(one["value"]["choices"]) <= {choice.get("value") for choice in control}


def test_labels_come_back_as_gold(record: Record) -> None:
    gold = gold_of(annotated(tasks(record)[0]))
    assert gold is not None
    assert (gold.name, gold.lost) == ("talks", 0)
    tree = gold.tree
    assert tree["statements"] == [
        {
            "id": "s1", "speaker": "Ada Berg", "speaker_text": "Ada Berg", "named": True,
            "affiliation": "Norland", "cue": "said", "content": "Sudland arms the raiders",
            "quote": "indirect", "act": "accusation", "target": "Sudland", "issue": "the-raiders",
            "via": None, "channel": None,
        }
    ]  # fmt: skip
    assert tree["demands"] == [
        {
            "by": "Norland", "of": "Sudland", "what": "open the pass", "issue": None,
            "evidence": "open the pass",
        }
    ]  # fmt: skip
    assert tree["promises"][0]["status"] == "pending"
    assert tree["disputes"] == [
        {
            "claim": "Sudland arms the raiders", "claimed_by": "Ada Berg", "against": "Sudland",
            "denial": "Sudland denied that", "denied_by": "Sudland",
        }
    ]  # fmt: skip
    assert tree["events"][0]["type"] == "CONSULT"
    assert tree["meetings"][0]["parties"] == ["Norland", "Sudland"]
    assert tree["flexibility"][0]["signal"] == "flexible"
    assert tree["issues"] == [{"slug": "the-raiders", "label": "The raiders"}]
    assert {party["name"]: party["kind"] for party in tree["parties"]} == {
        "Norland": "state", "Sudland": "state", "Ada Berg": "person",
    }  # fmt: skip


def quotations(value: object) -> list[str]:
    if isinstance(value, dict):
        here = [value[name] for name in ("content", "evidence", "claim", "denial") if value.get(name)]
        return here + [one for part in value.values() for one in quotations(part)]
    return [one for part in value for one in quotations(part)] if isinstance(value, list) else []


def test_every_quotation_of_the_gold_stands_in_the_text(record: Record) -> None:
    gold = gold_of(annotated(tasks(record)[0]))
    assert gold is not None
    assert len(quotations(gold.tree)) == 8
    assert all(quote in TEXT for quote in quotations(gold.tree))


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1), st.data())
def test_units_and_code_points_lead_to_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert code_point_span(text, utf16_span(text, (start, end))) == (start, end)
    found = find_words(text, *utf16_span(text, (start, end)), text[start:end])
    assert found is None if not text[start:end].strip() else text[slice(*found)] == text[start:end].strip()


@pytest.mark.parametrize(
    ("start", "end", "quote", "found"),
    [
        pytest.param(4, 9, "Talks", "Talks", id="code points"),
        pytest.param(40, 45, "Talks", "Talks", id="elsewhere: the nearest place"),
        pytest.param(4, 9, "Nothing of the sort", None, id="words that are not there"),
        pytest.param(9, 4, "Talks", None, id="ends crossed"),
        pytest.param("4", None, "Talks", None, id="no numbers"),
        pytest.param(-3, 10**9, "Talks", None, id="far outside"),
    ],
)
def test_words_are_found_where_they_stand_or_not_at_all(
    start: object, end: object, quote: str, found: str | None
) -> None:
    place = find_words(TEXT, start, end, quote)
    assert (TEXT[slice(*place)] if place else None) == found


def test_the_annotation_marked_as_the_truth_is_taken() -> None:
    def labelled(quote: str, **more: object) -> dict:
        start, end = utf16_span(TEXT, span(quote))
        value = {"start": start, "end": end, "text": quote, "labels": ["demand"]}
        return {
            "result": [{"id": "x", "from_name": "part", "to_name": "text", "type": "labels", "value": value}],
            **more,
        }

    task = {
        "id": 1,
        "data": {"text": TEXT},
        "annotations": [
            labelled("denied that", updated_at="2024-02-01"),
            labelled("open the pass", updated_at="2024-01-01", ground_truth=True),
            labelled("They met", updated_at="2024-03-01", was_cancelled=True, ground_truth=True),
        ],
    }
    gold = gold_of(task)
    assert gold is not None
    assert [demand["evidence"] for demand in gold.tree["demands"]] == ["open the pass"]


@pytest.mark.parametrize(
    "task",
    [
        {}, {"data": None}, {"data": {"text": 3}, "annotations": [{"result": [{}]}]},
        {"data": {"text": "x"}, "annotations": "y"}, {"data": {"text": "x"}, "annotations": [{"result": 3}]},
        {"data": {"text": "x"}, "predictions": [{"result": []}]},
    ],
)  # fmt: skip
def test_a_task_without_annotations_gives_no_gold(task: dict) -> None:
    assert gold_of(task) is None


RESULT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["id", "value", "labels", "start", "end", "text", "type", "from_name", "from_id",
                         "to_id", "direction", "choices"]) | st.text(max_size=3), inner, max_size=6),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(RESULT, max_size=4))
def test_damaged_results_are_passed_over(results: list) -> None:
    gold = gold_of({"data": {"text": TEXT}, "annotations": [{"result": [*results, {"id": 1}]}]})
    assert gold is not None
    assert all(quote in TEXT for quote in quotations(gold.tree))


def test_an_annotator_who_found_nothing_gives_empty_gold() -> None:
    gold = gold_of({"data": {"text": TEXT}, "annotations": [{"result": []}]})
    assert gold is not None
    assert quotations(gold.tree) == []


def test_the_tasks_are_read_back_as_the_same_articles(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_text(json.dumps([annotated(task) for task in tasks(record)]), encoding="utf-8")
    (article,) = gather([path], Settings())
    assert isinstance(article, Article)
    assert article.text == TEXT
    assert (article.title, article.outlet, article.published) == (
        "🕊️ Talks 𝒳 in Lakeside", "Pass Post", "2010-05-04",
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"[", b'{"a": 1', b"\xff\xfe["])
def test_a_damaged_export_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match="not JSON"):
        tasks_of(content, "project.json")


def test_a_task_without_text_is_named_and_the_rest_read(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    good = {"id": 1, "data": {"text": TEXT}, "annotations": []}
    path.write_text(json.dumps([good, {"id": 2, "data": {"image": "x.png"}, "annotations": []}]))
    found = list(gather([path], Settings()))
    assert [type(one).__name__ for one in found] == ["Article", "Unread"]


@pytest.fixture
def script() -> Callable[..., subprocess.CompletedProcess[str]]:
    path = Path(__file__).parents[2] / "scripts" / "gold_from_label_studio.py"

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(path), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


def test_the_script_writes_a_folder_of_gold(record: Record, tmp_path: Path, script: Callable) -> None:
    path = tmp_path / "project.json"
    path.write_text(json.dumps([annotated(task) for task in tasks(record)]), encoding="utf-8")
    done = script(path, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    gold = json.loads((tmp_path / "out/gold/talks.json").read_text(encoding="utf-8"))
    assert gold["doc"] == "talks.txt"
    assert (tmp_path / "out/talks.txt").read_text(encoding="utf-8") == TEXT
    parties = json.loads((tmp_path / "out/gold/parties.json").read_text(encoding="utf-8"))
    assert {party["name"] for party in parties} == {"Norland", "Sudland", "Ada Berg"}


def test_the_script_refuses_what_is_no_export_in_one_line(tmp_path: Path, script: Callable) -> None:
    (tmp_path / "project.json").write_text("not json")
    done = script(tmp_path / "project.json", tmp_path / "out")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
