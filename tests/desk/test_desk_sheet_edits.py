"""Changes of the sheet are decisions like any other: who, when, before, after, why; and can be undone."""

import json
import multiprocessing
import os
import re
import signal
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.desk import alike, decisions
from detente.desk import sheet as sheets
from detente.desk.case import Case
from detente.desk.guards import NotAllowed
from detente.desk.people import Person, Role
from detente.desk.sheet_edits import change_edit, changes_of, first_edit, negotiation_of, parts_of, standing
from detente.desk.sheet_words import sheet_changes
from detente.errors import EditConflict, InvalidNegotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.model import Negotiation, Option, Range, Weights
from detente.record.edits import NEGOTIATION, undo
from detente.record.store import Store

ANA, BORIS = Person("ana", Role.ANALYST), Person("boris", Role.ANALYST)
LEAD = Person("lea", Role.LEAD)
TALKS = load_negotiation(
    """
negotiation: river
on: 2021-03
parties: [{id: v, name: Varda, capability: [30, 40]}, {id: "o/r~", name: Orland}]
options:
  - {id: open-dam, by: v, text: open the dam, irreversible: true, evidence: [d1, d2]}
  - {id: pay, by: "o/r~", text: "pay: 12, or \\"more\\""}
  - {id: patrol, by: "o/r~", text: send patrols}
constraints: ["not (pay and patrol)"]
status_quo: "010"
preferences:
  v: {weights: {open-dam: -20.5, pay: [40, 60]}, inferred: [pay], evidence: {pay: [d1]}}
  "o/r~": {weights: {}}
issues:
  - {id: water, label: "no", scale: [[0, none], [100, all]], positions: {v: {position: 9, salience: [5, 6]}}}
tables: [{id: both, parties: [v, "o/r~"]}]
red_lines: [{party: v, condition: not patrol}]
disagreement: {v: -3}
""",
    "river.yaml",
)


def words(text: str) -> "st.SearchStrategy[str]":
    return (
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip).map(str)
    )


OPTIONS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=5)


@st.composite
def negotiations(draw: st.DrawFn) -> Negotiation:
    ids = draw(OPTIONS)
    ends = st.tuples(st.integers(-100, 100), st.integers(0, 50)).map(
        lambda at: Range(at[0], at[0] + at[1] / 4)
    )
    weights = {one: draw(ends) for one in ids if draw(st.booleans())}
    return replace(
        TALKS,
        options=tuple(
            Option(id=one, by="v", text=draw(words("text")), irreversible=draw(st.booleans())) for one in ids
        ),
        constraints=(),
        status_quo=None,
        red_lines=(),
        preferences={"v": Weights(values=weights)} if draw(st.booleans()) else {},
    )


@given(negotiations())
def test_a_negotiation_is_the_sum_of_its_parts(talks):
    assert negotiation_of(parts_of(talks)) == talks


def test_every_sort_of_part_comes_back():
    assert negotiation_of(json.loads(json.dumps(parts_of(TALKS)))) == TALKS


@given(st.lists(negotiations(), min_size=2, max_size=5))
def test_replaying_changes_gives_each_sheet_again(sheets_in_turn):
    parts = [parts_of(one) for one in sheets_in_turn]
    made = [first_edit(dump_negotiation(sheets_in_turn[0]), None, who="ana", on="0")]
    for n, (before, after) in enumerate(pairwise(parts), 1):
        edit = change_edit(before, after, None, who="ana", on=str(n))
        made += [edit] if edit else []
        stand = standing(made)
        assert stand is not None
        assert stand.parts == after
        assert parts_of(negotiation_of(stand.parts)) == after


def test_parts_that_do_not_fit_are_refused():
    with pytest.raises(InvalidNegotiation, match="single value"):
        negotiation_of({"/parties": "v", "/parties/v/name": "Varda"})


def weighed(case: Case, low: float, *, at: int = 0) -> tuple[Negotiation, str]:
    """The sheet with the first party's weight of one option set, and what that option is."""
    talks = sheets.open_sheet(case).negotiation
    party = next(
        p for p, wish in talks.preferences.items() if isinstance(wish, Weights) and len(wish.values) > at
    )
    wish = talks.preferences[party]
    assert isinstance(wish, Weights)
    option = list(wish.values)[at]
    changed = replace(wish, values={**wish.values, option: Range(low, low)})
    return replace(talks, preferences={**talks.preferences, party: changed}), option


def keep(case: Case, person: Person, low: float, *, at: int = 0, reason: str | None = None) -> None:
    talks, _ = weighed(case, low, at=at)
    sheets.keep_sheet(case, person, talks, sheets.open_sheet(case).version, reason=reason)


def shown(case: Case, at: int = 0) -> float:
    talks = sheets.open_sheet(case).negotiation
    wish = next(w for w in talks.preferences.values() if isinstance(w, Weights) and len(w.values) > at)
    return list(wish.values.values())[at].low


def test_a_change_is_an_edit_with_who_before_after_and_why(case):
    keep(case, ANA, 11)
    keep(case, BORIS, 22, reason="he said so at lunch")
    edit = case.store.edits()[-1]
    assert (edit.who, edit.kind, edit.item, edit.reason) == (
        "boris",
        NEGOTIATION,
        NEGOTIATION,
        "he said so at lunch",
    )
    changed = [(before, after) for name, before, after in changes_of(edit) if "/weights/" in name]
    assert changed == [(11, 22)]
    assert edit.version == len(case.store.history(NEGOTIATION)) == case.store.version(NEGOTIATION)


def test_the_last_change_is_taken_back_by_the_same_undo_as_any_decision(case):
    keep(case, ANA, 11)
    keep(case, ANA, 22)
    alike.undo_last(case, ANA)
    assert shown(case) == 11
    text = sheets.sheet_file(case).read_text(encoding="utf-8")
    assert load_negotiation(text, "negotiation.yaml") == sheets.open_sheet(case).negotiation
    alike.undo_last(case, ANA)
    assert not sheets.open_sheet(case).kept
    assert not sheets.sheet_file(case).exists()
    assert alike.undo_last(case, ANA) == ()


def test_an_undo_is_taken_back_too(case):
    keep(case, ANA, 11)
    keep(case, ANA, 22)
    undone = decisions.undo_edit(case, ANA, case.store.edits()[-1].id)
    assert shown(case) == 11
    decisions.undo_edit(case, ANA, undone.id)
    assert shown(case) == 22


def test_an_earlier_change_is_taken_back_from_under_a_later_one(case):
    keep(case, ANA, 11, at=0)
    keep(case, ANA, 7, at=1)
    first = case.store.history(NEGOTIATION)[1]
    before = next(before for name, before, _ in changes_of(first) if "/weights/" in name)
    decisions.undo_edit(case, ANA, first.id)
    assert shown(case, 1) == 7
    assert shown(case, 0) == (before[0] if isinstance(before, list) else before)


def test_what_later_changes_rest_on_is_not_taken_back(case):
    keep(case, ANA, 11)
    talks = sheets.open_sheet(case).negotiation
    more = Option(id="new-one", by=talks.parties[0].id, text="do something new")
    longer = replace(talks, options=(*talks.options, more), status_quo=(talks.status_quo or "") + "0")
    sheets.keep_sheet(case, ANA, longer, sheets.open_sheet(case).version)
    added = case.store.edits()[-1]
    taken = replace(longer, constraints=(*longer.constraints, "not new-one"))
    sheets.keep_sheet(case, ANA, taken, sheets.open_sheet(case).version)
    with pytest.raises(EditConflict, match="take those back first"):
        decisions.undo_edit(case, ANA, added.id)
    assert sheets.open_sheet(case).negotiation == taken


def test_only_a_lead_takes_back_what_another_set(case):
    keep(case, ANA, 11)
    made = case.store.edits()[-1]
    with pytest.raises(NotAllowed, match="ana decided that"):
        decisions.undo_edit(case, BORIS, made.id)
    decisions.undo_edit(case, LEAD, made.id)
    assert shown(case) != 11


def test_the_second_of_two_is_told_who_was_first(case):
    version = sheets.open_sheet(case).version
    talks, _ = weighed(case, 11)
    other, _ = weighed(case, 33)
    sheets.keep_sheet(case, ANA, talks, version)
    with pytest.raises(EditConflict, match=r"ana changed the sheet at .* open it again"):
        sheets.keep_sheet(case, BORIS, other, version)
    assert shown(case) == 11


def test_another_desk_on_the_same_record_is_told_too(case):
    """Two processes: the store's own versions stand in for the lock they do not share."""
    keep(case, ANA, 11)
    with Store.open(case.store.where) as store:
        other = Case(store, "iraq-talks")
        late = case.store.version(NEGOTIATION)
        keep(other, BORIS, 22)
        with pytest.raises(EditConflict, match="boris decided on it"):
            case.store.decide(undo(case.store.edits()[0], who="ana", on="2031-01-01T00:00:00"), late)
        assert shown(case) == 22
        other.close()


def test_what_was_written_into_the_file_is_an_edit_before_the_next(case):
    keep(case, ANA, 11)
    where = sheets.sheet_file(case)
    where.write_text(re.sub(r"^negotiation: .*$", "negotiation: by-hand", where.read_text(), flags=re.M))
    assert sheets.open_sheet(case).negotiation.id == "by-hand"
    keep(case, ANA, 22)
    hand = case.store.edits()[-2]
    assert (hand.who, hand.change["parts"]) == (where.name, {"/negotiation": "by-hand"})
    alike.undo_last(case, ANA)
    assert (sheets.open_sheet(case).negotiation.id, shown(case)) == ("by-hand", 11)


def test_comments_in_the_file_are_no_change(case):
    keep(case, ANA, 11)
    version = sheets.open_sheet(case).version
    where = sheets.sheet_file(case)
    where.write_text(where.read_text() + "\n# checked on Monday\n")
    assert sheets.open_sheet(case).version == version
    assert "checked on Monday" in sheets.open_sheet(case).text


def test_a_lost_file_comes_back_from_the_record(case):
    keep(case, ANA, 11)
    sheets.sheet_file(case).unlink()
    assert shown(case) == 11
    keep(case, ANA, 22)
    assert sheets.sheet_file(case).exists()


def test_a_file_that_cannot_be_written_keeps_nothing(case, monkeypatch):
    keep(case, ANA, 11)
    before = case.store.version(NEGOTIATION)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sheets.tempfile, "mkstemp", refuse)
    with pytest.raises(InvalidNegotiation, match="No space left"):
        keep(case, ANA, 22)
    assert (case.store.version(NEGOTIATION), shown(case)) == (before, 11)


def test_a_change_of_the_sheet_leaves_the_record_as_it_is(case):
    record = case.record()
    case.settling.now()
    keep(case, ANA, 11)
    assert case.record() is record
    assert case.store.is_settled()


def _keep_for_ever(where: str, told: "multiprocessing.connection.Connection") -> None:
    with Store.open(where) as store:
        case = Case(store, "iraq-talks")
        for low in range(1, 10_000):
            keep(case, ANA, low)
            told.send(low)


def test_a_killed_desk_loses_no_change_that_was_answered(case):
    process = multiprocessing.get_context("spawn")
    ours, theirs = process.Pipe(duplex=False)
    desk = process.Process(target=_keep_for_ever, args=(case.store.where, theirs))
    desk.start()
    answered = 0
    while answered < 12:
        assert ours.poll(60)
        answered = ours.recv()
    os.kill(desk.pid, signal.SIGKILL)
    desk.join(30)
    while ours.poll():
        answered = ours.recv()
    with Store.open(case.store.where) as store:
        again = Case(store, "iraq-talks")
        stand = standing(store.history(NEGOTIATION))
        assert stand is not None
        assert shown(again) in (answered, answered + 1)
        sheets.sheet_file(again).unlink()
        assert shown(again) in (answered, answered + 1)
        again.close()


def test_history_is_told_in_words(case):
    keep(case, ANA, 11, reason="the minister's speech")
    keep(case, BORIS, 22)
    talks = sheets.open_sheet(case).negotiation
    changes = sheet_changes(sheets.sheet_history(case), talks, BORIS)
    assert [(one.who, one.stands, one.mine) for one in changes] == [
        ("boris", True, True),
        ("ana", True, False),
    ]
    assert changes[0].lines[0].endswith("11 → 22")
    assert changes[1].lines[0] == "kept the sheet from here on"
    assert changes[1].reason == "the minister's speech"


def test_every_sort_of_change_is_told_in_words():
    changed = replace(
        TALKS,
        options=(replace(TALKS.options[0], text="open it", irreversible=False), TALKS.options[2]),
        constraints=("not open-dam",),
        status_quo="10",
        red_lines=(),
        tables=(),
        parties=(replace(TALKS.parties[0], name="Vardania"), TALKS.parties[1]),
        preferences={"v": Weights(values={"open-dam": Range(1, 2)})},
    )
    edit = change_edit(parts_of(TALKS), parts_of(changed), None, who="ana", on="2021-01-01T10:00:00")
    assert edit is not None
    first = first_edit(dump_negotiation(TALKS), None, who="ana", on="2020-01-01T10:00:00")
    (made, _) = sheet_changes([first, edit], changed, ANA)
    assert made.more
    told = " | ".join(made.lines)
    for part in (
        "options: took out pay",
        "words of open-dam: “open the dam” → “open it”",
        "once done, never undone: yes → nothing",
    ):
        assert part in told


def test_history_and_undo_are_on_the_screen(desk, case):
    version = desk.get("/api/v1/negotiation").json()["version"]
    talks, _ = weighed(case, 77)
    sheets.keep_sheet(case, Person("owner", Role.LEAD), talks, version, reason="<b>shouted</b>")
    page = desk.get("/outcomes/history").text
    assert "&lt;b&gt;shouted&lt;/b&gt;" in page
    edit = re.search(r'name="edit" value="([^"]+)"', page)
    assert edit is not None
    assert "data-undo" in desk.get("/outcomes").text
    csrf = {"csrf": desk.headers["x-csrf"]}
    assert desk.post("/outcomes/undo", data={"edit": edit[1], **csrf}).status_code == 200
    assert not sheets.open_sheet(case).kept
    assert "taken back" in desk.get("/outcomes/history").text
    assert desk.post("/outcomes/undo", data={"edit": edit[1], **csrf}).status_code == 400
    assert desk.post("/outcomes/undo", data={"edit": "none", **csrf}).status_code == 404


def test_a_reader_sees_the_history_and_takes_nothing_back(desk, case, door):
    keep(case, ANA, 11)
    door.owner = Person("rea", Role.READER)
    assert "ana" in desk.get("/outcomes/history").text
    edit = case.store.edits()[-1].id
    assert desk.post("/outcomes/undo", data={"edit": edit}).status_code == 403
    assert desk.post("/outcomes/keep", data={}).status_code == 403
    assert shown(case) == 11


def test_the_api_brings_up_starts_over_and_tells_the_history(desk, case):
    keep(case, ANA, 11)
    held = desk.get("/api/v1/negotiation").json()
    told = {"expected_version": held["version"], "reason": "again"}
    assert desk.post("/api/v1/negotiation/bring-up", json=told).json()["kept"]
    assert desk.post("/api/v1/negotiation/start-over", json={"expected_version": "other"}).status_code == 409
    version = desk.get("/api/v1/negotiation").json()["version"]
    over = desk.post("/api/v1/negotiation/start-over", json={"expected_version": version})
    assert over.status_code == 200, over.text
    assert shown(case) != 11
    made = desk.get("/api/v1/negotiation/history").json()
    assert [edit["action"] for edit in made] == ["create", "edit", "edit"]
    assert desk.post(f"/api/v1/edits/{made[-1]['id']}/undo").status_code == 201
    assert shown(case) == 11
