from dataclasses import replace
from datetime import date

import pytest
from border_case import (
    MARCH,
    MARCH_READ,
    MAY,
    MAY_READ,
    article,
    demand,
    event,
    meeting,
    pid,
    reading,
    signal,
    statement,
)

from detente.claims import StatusReport
from detente.record.build import build_record
from detente.record.changes import Movement, changes_between, changes_from
from detente.record.contradictions import Clash, counted_things, find_contradictions
from detente.vocabulary import Modality, PromiseStatus

CASE = ([MARCH, MAY], [MARCH_READ, MAY_READ])
APRIL = date(2011, 4, 1)
END = date(2011, 12, 31)


def _found(record, movement, since=APRIL, until=END):
    return [change for change in changes_between(record, since, until) if change.movement is movement]


def test_a_demand_put_more_firmly_has_moved():
    (moved,) = _found(build_record(*CASE), Movement.MOVED_DEMAND)
    assert moved.now.endswith("(put more firmly)")
    assert (moved.party, moved.on, moved.because.article) == (pid("Norland"), "2011-05-20", MAY.id)
    assert moved.before is not None
    assert moved.before.article == MARCH.id


def test_a_demand_repeated_as_it_was_is_no_change():
    again = article(
        "Norland repeated: release the five engineers held since January.", "again.txt", "2011-05-01"
    )
    same = demand(again, "release the five engineers held since January", "Norland", "Sudmark")
    record = build_record([MARCH, again], [MARCH_READ, reading(again, same)])
    assert not changes_between(record, APRIL, END)


def test_a_demand_never_heard_before_is_new():
    dam = article("Norland wants Sudmark to share the water of the dam.", "dam.txt", "2011-05-01")
    wanted = demand(dam, "share the water of the dam", "Norland", "Sudmark")
    (new,) = _found(build_record([MARCH, dam], [MARCH_READ, reading(dam, wanted)]), Movement.NEW_DEMAND)
    assert (new.item, new.was) == (wanted.id, None)


def test_a_demand_is_dropped_only_where_its_party_deals_on_the_issue_and_leaves_it_out():
    silent = article("Nothing was heard of Norland for weeks.", "silent.txt", "2011-05-01")
    assert not _found(build_record([MARCH, silent], [MARCH_READ, reading(silent)]), Movement.DROPPED_DEMAND)
    held = "The held engineers are well"
    speaks = article(f"{held}, Norland said of the detained men.", "speaks.txt", "2011-05-01")
    for act, to, dropped in (
        ("report", None, []),
        ("accusation", "Sudmark", []),
        ("acceptance", "Sudmark", ["not repeated"]),
    ):
        said = statement(speaks, held, "Norland", act, to)
        record = build_record([MARCH, speaks], [MARCH_READ, reading(speaks, said)])
        assert [c.now for c in _found(record, Movement.DROPPED_DEMAND)] == dropped, act


def test_the_fate_of_a_promise_that_a_later_article_tells_is_a_change():
    (change,) = _found(build_record(*CASE), Movement.PROMISE)
    assert change.now == "kept"
    assert change.because.article == MAY.id


def test_a_position_that_moved_gives_both_words():
    firm = article("Norland will never give up the dam, it said.", "firm.txt", "2011-03-05")
    soft = article("Norland is ready to talk about the dam, it said.", "soft.txt", "2011-05-05")
    wanted = demand(firm, "give up the dam", "Norland", "Sudmark", firm=1.0)
    record = build_record(
        [firm, soft],
        [
            reading(firm, wanted, signal(firm, "never give up the dam", "Norland", "red_line", "the dam")),
            reading(soft, signal(soft, "ready to talk about the dam", "Norland", "flexible", "the dam")),
        ],
    )
    record = replace(record, signals=tuple(replace(one, issue="dam") for one in record.signals))
    (change,) = _found(record, Movement.POSITION)
    assert (change.was, change.now) == ("red line", "flexible")


def test_changes_from_an_earlier_record_are_those_of_the_new_articles():
    before = build_record([MARCH], [MARCH_READ])
    after = build_record(*CASE)
    assert {c.because.article for c in changes_from(before, after)} == {MAY.id}
    assert changes_from(after, after) == ()


def _shelled(file, quote, what, when, **more):
    text = article(f"{quote}. The rest is quiet.", file, "2011-05-05")
    return text, reading(text, event(text, quote, "ASSAULT", "Sudmark", "Norland", what, when, **more))


def _contradictions(*told):
    return find_contradictions(build_record([text for text, _ in told], [read for _, read in told]))


def test_two_figures_for_one_event_contradict_each_other():
    (found,) = _contradictions(
        _shelled(
            "a.txt", "Sudmark killed 12 border guards at Ost", "killed border guards at Ost", "2011-05-04"
        ),
        _shelled(
            "b.txt", "Sudmark killed nine border guards at Ost", "killed border guards at Ost", "2011-05-04"
        ),
    )
    assert found.clash is Clash.NUMBER
    assert sorted(found.what.split(" / ")) == ["12 border guards", "nine border guards"]
    assert len({evidence.article for evidence in found.because}) == 2


def test_an_event_that_one_source_denies_is_a_contradiction():
    (found,) = _contradictions(
        _shelled("a.txt", "Sudmark shelled the port of Ost", "shelled the port of Ost", "2011-05-04"),
        _shelled(
            "b.txt",
            "Sudmark did not shell the port of Ost",
            "shelled the port of Ost",
            "2011-05-04",
            modality=(Modality.NEGATED,),
        ),
    )
    assert found.clash is Clash.WHETHER


@pytest.mark.parametrize("when", ["2011-05-09", None, "2011"])
def test_another_day_or_a_vague_one_contradicts_nothing(when):
    told = _contradictions(
        _shelled(
            "a.txt", "Sudmark killed 12 border guards at Ost", "killed border guards at Ost", "2011-05-04"
        ),
        _shelled("b.txt", "Sudmark killed nine border guards at Ost", "killed border guards at Ost", when),
    )
    assert told == ()


def test_a_meeting_held_and_fizzled_on_one_day_is_a_contradiction():
    other = article("The meeting of 2 March in Lunvia fizzled.", "other.txt", "2011-03-04")
    fizzled = meeting(other, "fizzled", ("Norland", "Sudmark"), "2011-03-02", "Lunvia", "fizzled")
    record = build_record([MARCH, other], [MARCH_READ, reading(other, fizzled)])
    (found,) = find_contradictions(record)
    assert found.clash is Clash.WHETHER
    assert set(found.what.split(" / ")) == {"held", "fizzled"}


def test_two_places_of_one_meeting_are_a_contradiction_and_two_names_of_one_place_are_not():
    other = article("Envoys met on 2 March at a villa in Lunvia, or in Ostgard.", "other.txt", "2011-03-04")

    def clashes(place):
        again = meeting(other, "Envoys met on 2 March", ("Norland", "Sudmark"), "2011-03-02", place)
        return [
            c.clash
            for c in find_contradictions(build_record([MARCH, other], [MARCH_READ, reading(other, again)]))
        ]

    assert clashes("Ostgard") == [Clash.WHERE]
    assert clashes("a villa in Lunvia") == []
    assert clashes(None) == []


def test_a_promise_kept_for_one_and_broken_for_another_is_a_contradiction():
    record = build_record(*CASE)
    (kept,) = record.promises
    charge = StatusReport(
        status=PromiseStatus.BROKEN,
        by=pid("Norland"),
        on="2011-06",
        because=MAY_READ.claims.demands[0].evidence[0],
    )
    disputed = replace(kept, reports=(*kept.reports, charge))
    (found,) = find_contradictions(replace(record, promises=(disputed,)))
    assert found.clash is Clash.FATE
    assert found.by == (None, pid("Norland"))
    assert _found(replace(record, promises=(disputed,)), Movement.CONTRADICTION)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        pytest.param("took 3 trucks", {"truck": 3.0}, id="digits"),
        pytest.param("took three trucks", {"truck": 3.0}, id="words"),
        pytest.param("took 1,200 trucks", {"truck": 1200.0}, id="a thousand with a comma"),
        pytest.param("took 3 trucks, then 4 trucks", {}, id="counted twice"),
        pytest.param("paid 4 million", {}, id="a scale is no thing"),
        pytest.param("on 4 of them", {}, id="no thing at all"),
    ],
)
def test_what_is_counted(text, things):
    assert {thing: number for thing, (number, _) in counted_things(text).items()} == things
