"""The file is read whole, refused by the line, and written back the same."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import InvalidNegotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    NegotiationParty,
    Option,
    Position,
    Priorities,
    Range,
    Ranking,
    RedLine,
    Table,
    Weights,
)

GOOD = """\
negotiation: harbour
on: 2019-04
parties:
  - {id: north, name: The North, capability: [40, 60]}
  - {id: south}
options:
  - {id: open-port, by: north, text: open the port, issue: port}
  - id: pay
    by: south
    text: "pay: the toll"
    irreversible: yes
constraints: [pay implies open-port]
status_quo: 00
preferences:
  north: {weights: {open-port: -3, pay: [5, 9.5]}, inferred: [pay]}
  south: {priorities: [open-port, not pay if open-port]}
issues:
  - {id: port, label: The port, scale: [[0, shut], [100, open]],
     positions: {north: {position: 10, salience: 80}}}
tables: [{id: both, parties: [north, south]}]
red_lines: [{party: north, condition: not (open-port and not pay)}]
disagreement: {north: -1.5}
"""


def test_a_file_is_read_whole():
    talks = load_negotiation(GOOD, "harbour.yaml")
    assert talks.id == "harbour"
    assert talks.on == "2019-04"
    assert talks.parties[0].capability == Range(40, 60)
    assert talks.parties[1].name == "south"
    assert talks.options[1] == Option(id="pay", by="south", text="pay: the toll", irreversible=True)
    assert talks.status_quo == "00"
    assert talks.preferences["north"] == Weights(
        values={"open-port": Range(-3, -3), "pay": Range(5, 9.5)}, inferred=frozenset({"pay"})
    )
    assert talks.preferences["south"] == Priorities(conditions=("open-port", "not pay if open-port"))
    assert talks.issues[0].scale == ((0, "shut"), (100, "open"))
    assert talks.tables[0].parties == ("north", "south")
    assert talks.red_lines[0].party == "north"
    assert talks.disagreement == {"north": Range(-1.5, -1.5)}


def test_on_is_a_key_and_no_is_a_name():
    talks = load_negotiation(
        "on: 2020\nparties: [{id: no}]\noptions: [{id: yes, by: no, text: off}]\n", "x.yaml"
    )
    assert (talks.on, talks.parties[0].id, talks.options[0].id, talks.options[0].text) == (
        "2020",
        "no",
        "yes",
        "off",
    )


def swap(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


WHOLE = [
    ("", "empty"),
    ("# only a comment\n", "empty"),
    ("parties: [", "not YAML"),
    ("a: 1\na: 2\n", "stands twice"),
    ("- 1\n", "must be a mapping"),
    ("parties: []\n", "no parties"),
    (GOOD + "---\nmore: 1\n", "second document"),
    (GOOD + "status-quo: 00\n", "did you mean 'status_quo'"),
    (GOOD + "states: []\n", "is empty"),
]
CHANGED = [
    ("by: north", "by: nroth", "did you mean 'north'"),
    ("id: pay", "id: open-port", "declared twice"),
    ("id: south", "id: north", "declared twice"),
    ("id: pay", "id: and", "cannot stand in a condition"),
    ("id: pay", "id: pay now", "cannot stand in a condition"),
    ("irreversible: yes", "irreversible: maybe", "true or false"),
    ("pay implies open-port", "pay implies", "breaks off"),
    ("pay implies open-port", "payy", "no option 'payy'"),
    ("[pay implies open-port]", "[pay, not pay]", "contradict each other"),
    ("status_quo: 00", "status_quo: 01", "not a feasible state"),
    ("status_quo: 00", "status_quo: 000", "0, 1 or -"),
    ("status_quo: 00", "status_quo: 0x", "0, 1 or -"),
    ("status_quo: 00", "status_quo: 0-", "only in states"),
    ("-3", ".nan", "no number"),
    ("-3", "-.inf", "no number"),
    ("-3", "1e999", "too large"),
    ("[5, 9.5]", "[9.5, 5]", "lower end first"),
    ("[5, 9.5]", "[1, 2, 3]", "number or"),
    ("[40, 60]", "[40, 160]", "between 0 and 100"),
    ("on: 2019-04", "on: 2019-13", "no date"),
    ("{weights: {open-port", "{ranking: [00], weights: {open-port", "exactly one"),
    ("{priorities: [open-port, not pay if open-port]}", "{}", "exactly one"),
    ("not pay if open-port]", "not open-port]", "circle"),
    ("not pay if open-port]", "pay, open-port]", "circle"),
    ("parties: [north, south]", "parties: [west]", "no party 'west'"),
    ("issue: port", "issue: prot", "did you mean 'port'"),
    ("{position: 10, salience: 80}", "{position: 10}", "needs 'position'"),
]


@pytest.mark.parametrize(("text", "says"), WHOLE + [(swap(old, new), says) for old, new, says in CHANGED])
def test_a_wrong_file_gets_one_line(text, says):
    with pytest.raises(InvalidNegotiation, match=says) as caught:
        load_negotiation(text, "h.yaml")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("h.yaml")


def test_the_line_is_the_right_one():
    for text, where in [
        (swap("by: north", "by: nroth"), "h.yaml:7:"),
        (swap("-3", ".nan"), "h.yaml:15:"),
        (swap("status_quo: 00", "status_quo: 01"), "h.yaml:13:"),
        (GOOD + "status-quo: 00\n", "h.yaml:23:"),
    ]:
        with pytest.raises(InvalidNegotiation) as caught:
            load_negotiation(text, "h.yaml")
        assert str(caught.value).startswith(where)


def ranked(states: str, ranking: str, more: str = "") -> str:
    return (
        "parties: [{id: p}]\noptions: [{id: a, by: p, text: do a}, {id: b, by: p, text: do b}]\n"
        f"states: {states}\npreferences: {{p: {{ranking: {ranking}}}}}\n{more}"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(ranked("[00, 01]", "[00]"), "leave out 1 states, '01'", id="a state without a place"),
        pytest.param(ranked("[00, 01]", "[00, 01, 00]"), "rank '00' twice", id="a state with two places"),
        pytest.param(ranked("[00, 01]", "[00, 11, 01]"), "not a feasible state", id="no such state"),
        pytest.param(ranked("[00, 01, 00]", "[00, 01]"), "listed twice", id="a state listed twice"),
        pytest.param(ranked("[00, 01]", "[00, [], 01]"), "empty tie", id="a tie of nothing"),
        pytest.param(
            ranked("[00, 01]", "[00, 01]", "constraints: [a or b]\n"), "breaks a constraint", id="broken"
        ),
        pytest.param(ranked("[00, 01]", "[00, 01]", "moves: {p: [[00, 00]]}\n"), "is no move", id="still"),
        pytest.param(ranked("[00, 01]", "[00, 01]", "moves: {p: [[00]]}\n"), "pairs of states", id="half"),
        pytest.param(ranked("[00, 01]", "[00, 01]", "moves: {p: [[00, 11]]}\n"), "not a feasible", id="far"),
        pytest.param(ranked("[00, 01]", "[00, 01]", "moves: {q: []}\n"), "no party 'q'", id="nobody moves"),
        pytest.param(ranked("[0, 01]", "[00, 01]"), "0, 1 or -", id="a digit short"),
    ],
)
def test_states_and_rankings_are_checked(text, says):
    with pytest.raises(InvalidNegotiation, match=says):
        load_negotiation(text, "r.yaml")


def test_an_irreversible_option_is_not_undone_by_a_move():
    text = (
        "parties: [{id: p}]\noptions: [{id: a, by: p, text: do a, irreversible: true}]\n"
        "moves: {p: [['1', '0']]}\n"
    )
    with pytest.raises(InvalidNegotiation, match="irreversible"):
        load_negotiation(text, "m.yaml")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "a: &a [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1 if i else ''}]\n" for i in range(1, 30)),
            id="laughs",
        ),
        pytest.param("parties: " + "[" * 50_000, id="deep lists"),
        pytest.param('{"parties": ' + "[" * 50_000 + "]" * 50_000 + "}", id="deep JSON"),
        pytest.param("parties: !!python/object/apply:os.system [ls]\n", id="a tag"),
        pytest.param("x" * 6_000_000, id="six million characters"),
        pytest.param("parties: [{id: a\x00b}]", id="a null character"),
        pytest.param('{"parties": [{"id": "\\ud800"}]}', id="half a character"),
        pytest.param('{"parties": [{"id": "p", "capability": NaN}]}', id="JSON that is none"),
        pytest.param('{"parties": [{"id": "p"}], "parties": [{"id": "q"}]}', id="a JSON key twice"),
        pytest.param("? [a, b]\n: c\n", id="a list as a key"),
    ],
)
def test_hostile_text_costs_one_line(text):
    started = time.monotonic()
    with pytest.raises(InvalidNegotiation) as caught:
        load_negotiation(text, "evil.yaml")
    assert "\n" not in str(caught.value)
    assert time.monotonic() - started < 5


def test_json_errors_name_their_line_too():
    text = json.dumps({"parties": [{"id": "p"}], "options": [{"id": "a", "by": "q", "text": "do"}]}, indent=1)
    with pytest.raises(InvalidNegotiation, match=r"^n\.json:10: option 'a': no party 'q'"):
        load_negotiation(text, "n.json")


letters = st.sampled_from("aZ09éß漢🙂 '\"\\:#-{}[],&*!|>%@`~\n\t\x85\u2028")
words = st.text(letters, min_size=1, max_size=12).filter(lambda s: s.strip() != "")
ids = st.lists(words, min_size=1, max_size=4, unique=True)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-100, 100).map(float)
spans = st.tuples(numbers, numbers).map(lambda p: Range(min(p), max(p)))
percents = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(lambda p: Range(min(p), max(p)))
option_ids = st.lists(
    st.from_regex(r"[a-z][a-z0-9.-]{0,6}", fullmatch=True).filter(
        lambda s: s not in {"and", "or", "not", "implies", "iff", "if"}
    ),
    min_size=1,
    max_size=3,
    unique=True,
)


@st.composite
def negotiations(draw):
    parties, options = draw(ids), draw(option_ids)
    patterns = [f"{n:0{len(options)}b}" for n in range(2 ** len(options))]
    order = draw(st.permutations(patterns))
    evidence = st.lists(words, max_size=2).map(tuple)
    preferences = {}
    for party in parties:
        preferences[party] = draw(
            st.sampled_from(
                [
                    Ranking(tiers=(tuple(order[:2]), *((s,) for s in order[2:])), evidence=draw(evidence)),
                    Priorities(conditions=tuple(options), evidence={options[0]: ("e1",)}),
                    Weights(
                        values={o: draw(spans) for o in options},
                        evidence={options[-1]: draw(evidence)},
                        inferred=frozenset(options[:1]),
                    ),
                ]
            )
        )
    return Negotiation(
        id=draw(words),
        on=draw(st.sampled_from([None, "2007", "2007-05-28", "2007-05/2007-07"])),
        parties=tuple(
            NegotiationParty(
                id=p, name=draw(words), capability=draw(st.none() | percents), evidence=draw(evidence)
            )
            for p in parties
        ),
        options=tuple(
            Option(
                id=o,
                by=parties[0],
                text=draw(words),
                irreversible=draw(st.booleans()),
                note=draw(st.none() | words),
            )
            for o in options
        ),
        states=draw(st.sampled_from([None, tuple(order)])),
        constraints=draw(st.sampled_from([(), (f"{options[0]} or not {options[0]}",)])),
        status_quo=draw(st.none() | st.sampled_from(patterns)),
        preferences=preferences,
        issues=tuple(
            NegotiationIssue(
                id=i,
                label=draw(words),
                scale=((0.0, draw(words)), (50.5, draw(words))),
                positions={
                    parties[0]: Position(
                        position=draw(percents), salience=draw(percents), evidence=draw(evidence)
                    )
                },
            )
            for i in draw(ids)
        ),
        tables=(Table(id="t", parties=tuple(parties), options=draw(st.none() | st.just(tuple(options)))),),
        red_lines=(RedLine(party=parties[0], condition=f"not {options[0]}", evidence=draw(evidence)),),
        disagreement={parties[0]: draw(spans)},
    )


@settings(max_examples=50, deadline=None)
@given(negotiations())
def test_what_is_written_is_read_back_the_same(talks):
    assert load_negotiation(dump_negotiation(talks), "again.yaml") == talks


@given(st.text(max_size=300))
def test_any_text_is_a_negotiation_or_one_line(text):
    try:
        load_negotiation(text, "any.yaml")
    except InvalidNegotiation as error:
        message = str(error)
    else:
        message = ""
    assert "\n" not in message


def test_long_lists_are_wrapped_and_read_back():
    ids = tuple(f"e{at:03}" for at in range(60))
    states = tuple(f"{at:05b}" for at in range(32))
    talks = Negotiation(
        id="talks",
        parties=(NegotiationParty(id="p", name="P", evidence=ids),),
        options=tuple(Option(id=f"o{at}", by="p", text="act") for at in range(5)),
        states=states,
    )
    text = dump_negotiation(talks)
    assert max(len(line) for line in text.splitlines()) <= 110
    assert len(text.splitlines()) < 25
    assert load_negotiation(text, "long.yaml") == talks
