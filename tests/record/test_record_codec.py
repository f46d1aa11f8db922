import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from border_case import MARCH, MARCH_READ, MAY, MAY_READ
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.articles import Article, DateCandidate, Region, Unread
from detente.claims import (
    Demand,
    Dispute,
    Event,
    Faction,
    Gap,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Spans,
    Statement,
    StatusReport,
)
from detente.errors import InvalidRecord
from detente.evidence import Evidence
from detente.record.build import build_record
from detente.record.codec import (
    claim_from_json,
    claim_to_json,
    from_json,
    is_answered,
    json_schema,
    kind_of,
    to_json,
    to_tree,
)
from detente.record.model import Merge, Record
from detente.vocabulary import ClaimKind

RECORD = build_record([MARCH, MAY], [MARCH_READ, MAY_READ])

_TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)
_WHEN = st.sampled_from([None, "2007", "2007-05", "2007-05-28", "2007-05/2007-07"])
_SHARE = st.floats(0, 1, allow_nan=False)


@st.composite
def _records(draw: st.DrawFn) -> Record:
    text = draw(st.text(st.characters(exclude_categories=("Cs",)), min_size=3, max_size=60))
    evidence = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(
            lambda end: Evidence(article="a", start=start, end=end, quote=text[start:end])
        )
    )
    some = st.lists(evidence, min_size=1, max_size=2).map(tuple)
    plain = {
        "id": _TEXT,
        "evidence": some,
        "confidence": _SHARE,
        "when": _WHEN,
        "made": _WHEN,
        "date": _WHEN,
        "quote": ...,
        "meets": st.none() | _SHARE,
        "firm": _SHARE,
    }

    def several(kind: type) -> st.SearchStrategy[tuple]:
        names = {name: value for name, value in plain.items() if name in kind.__dataclass_fields__}
        return st.lists(st.builds(kind, **names), max_size=2).map(tuple)

    st.register_type_strategy(Evidence, evidence)
    disputes = draw(several(Dispute))
    article = draw(
        st.builds(
            Article,
            id=st.just("a"),
            text=st.just(text),
            published=_WHEN,
            date_candidates=st.lists(st.builds(DateCandidate, when=st.just("2007")), max_size=1).map(tuple),
            regions=st.lists(st.builds(Region, start=st.just(0), end=st.just(1)), max_size=1).map(tuple),
        )
    )
    return Record(
        articles=(article,),
        parties=draw(several(Party)),
        issues=draw(several(Issue)),
        statements=draw(several(Statement)),
        demands=draw(several(Demand)),
        promises=draw(several(Promise)),
        disputes=tuple(sorted(disputes, key=lambda d: not is_answered(d))),
        events=draw(several(Event)),
        meetings=draw(several(Meeting)),
        signals=draw(several(Signal)),
        factions=draw(several(Faction)),
        gaps=draw(several(Gap)),
        unread=draw(several(Unread)),
        merges=draw(several(Merge)),
        unplaced=draw(st.lists(_TEXT, max_size=2).map(tuple)),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=_records())
def test_a_record_comes_back_from_its_json_as_it_was(record):
    text = to_json(record)
    assert from_json(text) == record
    assert to_json(from_json(text)) == text
    text.encode("utf-8")


def test_the_json_is_the_contracts():
    tree = to_tree(RECORD)
    assert tree["schema"] == "detente/record/1"
    assert tree["statements"][0]["status"] == "proposed"
    assert "review" not in tree["statements"][0]
    assert tree["demands"][0]["review"] == "proposed"
    assert set(tree["demands"][0]["evidence"][0]) == {"article", "start", "end", "quote"}
    assert tree["statements"][0]["spans"]["content"] == [
        [RECORD.statements[0].evidence[0].start, RECORD.statements[0].evidence[0].end]
    ]
    assert len(tree["disputes"][0]["evidence"]) == 2


def test_a_charge_without_an_answer_stands_apart_from_the_disputes():
    tree = to_tree(build_record([MARCH], [MARCH_READ]))
    assert tree["disputes"] == []
    assert len(tree["unanswered_charges"]) == 1


def test_the_published_schema_is_the_one_of_the_code_and_takes_a_record():
    published = Path(__file__).parents[2] / "docs" / "record.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == json_schema()
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(to_json(RECORD)))


def _broken(change):
    tree = json.loads(to_json(RECORD))
    change(tree)
    return json.dumps(tree)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("{", "not JSON", id="cut off"),
        pytest.param("[]", "an object is wanted", id="a list"),
        pytest.param("{}", "schema None is not 'detente/record/1'", id="no schema"),
        pytest.param('{"schema": "detente/record/9"}', "detente/record/9", id="a newer schema"),
        pytest.param("[" * 100_000, "not JSON", id="a tower of brackets"),
        pytest.param(_broken(lambda t: t.update(mood="fair")), "mood", id="an unknown key at the top"),
        pytest.param(
            _broken(lambda t: t["demands"][0].update(mood="fair")), "demands[0].mood", id="an unknown key"
        ),
        pytest.param(
            _broken(lambda t: t["statements"][0].update(review="accepted")),
            "statements[0].review",
            id="a statement's status under another name",
        ),
        pytest.param(
            _broken(lambda t: t["demands"][0]["evidence"][0].update(start="7")),
            "demands[0].evidence[0].start",
            id="a number as text",
        ),
        pytest.param(
            _broken(lambda t: t["statements"][0].update(act="shouting")),
            "statements[0].act",
            id="no such act",
        ),
        pytest.param(
            _broken(lambda t: t["demands"][0]["evidence"][0].update(quote="set them free")),
            "no such words",
            id="words that do not stand there",
        ),
        pytest.param(
            _broken(lambda t: t["demands"][0]["evidence"][0].update(article="zz")),
            "no such article: 'zz'",
            id="an article that is not there",
        ),
        pytest.param(_broken(lambda t: t.update(demands=3)), "demands", id="no list"),
        pytest.param(
            _broken(lambda t: t.update(statements={"a": 1})), "statements", id="an object for a list"
        ),
    ],
)
def test_a_damaged_record_is_refused_with_its_path_in_one_line(text, message):
    with pytest.raises(InvalidRecord) as caught:
        from_json(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ClaimKind)
def test_single_claims_come_back_too(kind):
    evidence = (Evidence(article="a", start=0, end=1, quote="x"),)
    claims = {
        ClaimKind.DISPUTES: Dispute(id="d", claimed_by=None, against=None, denied_by=None, evidence=evidence),
        ClaimKind.FACTIONS: Faction(
            id="f", party=None, faction="guards", position="against", evidence=evidence
        ),
    }
    found = (
        [claim for _, claim in RECORD.claims(kind)] or [claims[kind]]
        if kind in claims
        else [claim for _, claim in RECORD.claims(kind)]
    )
    for claim in found:
        assert kind_of(claim) is kind
        assert claim_from_json(kind, claim_to_json(claim)) == claim


def test_reports_of_a_promise_keep_their_words():
    evidence = RECORD.promises[0].evidence[0]
    report = StatusReport(status=RECORD.promises[0].status, by=None, on="2011", because=evidence)
    record = replace(RECORD, promises=(replace(RECORD.promises[0], reports=(report,)),))
    assert from_json(to_json(record)).promises[0].reports == (report,)


def test_spans_of_several_parts_stay_several():
    spans = Spans(speaker=((0, 3),), content=((4, 9), (12, 20)))
    record = replace(RECORD, statements=(replace(RECORD.statements[0], spans=spans),))
    assert from_json(to_json(record)).statements[0].spans == spans
