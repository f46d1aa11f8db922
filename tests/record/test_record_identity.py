import itertools

import pytest
from border_case import NORLAND, article, party, pid, reading
from hypothesis import given
from hypothesis import strategies as st

from detente.record.build import build_record
from detente.record.edits import Action, decide, undo
from detente.record.identity import resolve_parties

_MADE = itertools.count()


def _readings(*casts):
    made = []
    for n, cast in enumerate(casts):
        text = article(f"Report number {n}.", f"{n}.txt")
        made.append(reading(text, parties=cast))
    return made


def _names(*casts, edits=()):
    return [one.name for one in resolve_parties(_readings(*casts), edits).parties]


def test_the_same_name_in_two_articles_is_one_party_with_all_its_forms():
    one = party("Norland", aliases=("Norlanders",))
    two = party("Norland", aliases=("the Norlandic cabinet",))
    (merged,) = resolve_parties(_readings([one], [two])).parties
    assert {"Norlanders", "the Norlandic cabinet"} <= set(merged.aliases)


def test_five_spellings_of_one_group_are_one_party():
    spellings = [
        "Jundallah Brigades",
        "Jund-Allah Brigades",
        "Jondallah",
        "Jundullah Brigades",
        "Jundollah Brigade",
    ]
    casts = [[party(name, "armed_group", aliases=("JAB",))] for name in spellings]
    assert len(_names(*casts)) == 1


def test_names_that_differ_by_a_letter_are_two_countries():
    assert _names([party("Norland"), party("Morland")]) == ["Morland", "Norland"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Trade of Norland", "Ministry of Trade of Sudmark"),
        ("Northern Front", "Southern Front"),
        ("Hassan Tarek", "Husain Tarek"),
    ],
)
def test_names_that_are_only_alike_stay_two(one, other):
    kind = "person" if "Tarek" in one else "organization"
    assert len(_names([party(one, kind), party(other, kind)])) == 2


def test_an_abbreviation_joins_the_one_body_whose_initials_it_is():
    cast = [party("Hill People Front", "armed_group"), party("HPF", "armed_group")]
    assert _names(cast) == ["Hill People Front"]


def test_an_abbreviation_that_fits_two_bodies_joins_neither():
    cast = [
        party("Hill People Front", "armed_group"),
        party("Harbour Pilots Federation", "organization"),
        party("HPF", "organization"),
    ]
    assert len(_names(cast)) == 3


def test_a_surname_joins_the_one_person_of_that_name():
    cast = [NORLAND, party("Mara Ilves", "person", "Norland"), party("Ilves", "person")]
    found = resolve_parties(_readings(cast))
    assert found.canonical[pid("Ilves")] == pid("Mara Ilves")
    (merge,) = found.merges
    assert merge.gone_name == "Ilves"
    assert "Mara Ilves" in merge.reason


def test_two_candidates_resolve_to_nobody():
    cast = [party("Mara Ilves", "person"), party("Jon Ilves", "person"), party("Ilves", "person")]
    assert len(_names(cast)) == 3


def test_a_surname_goes_to_the_person_of_its_own_article():
    found = resolve_parties(
        _readings([party("Mara Ilves", "person"), party("Ilves", "person")], [party("Jon Ilves", "person")])
    )
    assert found.canonical[pid("Ilves")] == pid("Mara Ilves")


def test_two_spellings_of_one_full_name_are_one_candidate():
    cast = [party("Mohammed Ilvesi", "person"), party("Mohammad Ilvesi", "person"), party("Ilvesi", "person")]
    assert len(_names(cast)) == 1


def test_a_person_of_another_camp_is_another_person():
    cast = [
        NORLAND,
        party("Sudmark"),
        party("Mara Ilves", "person", "Norland"),
        party("Ilves", "person", "Sudmark"),
    ]
    assert len(_names(cast)) == 4


def test_a_title_goes_to_its_one_holder_in_the_article():
    cast = [
        NORLAND,
        party("Mara Ilves", "person", "Norland", role="foreign minister"),
        party("Foreign Minister", "person", "Norland"),
    ]
    assert _names(cast) == ["Mara Ilves", "Norland"]


def test_a_membership_that_leads_back_to_itself_is_left_out():
    one = party("Hill Council", "organization", "Valley Council")
    other = party("Valley Council", "organization", "Hill Council")
    parties = resolve_parties(_readings([one, other])).parties
    record = build_record([], _readings([one, other]))
    assert sum(p.member_of is None for p in parties) >= 1
    assert {record.camp(p.id) for p in parties} <= {p.id for p in parties}


_EDIT = {"who": "ana", "on": "2024-05-01T10:00:00"}


def test_the_analyst_merges_two_parties_and_takes_it_back():
    casts = [[NORLAND, party("Karst Movement", "organization")]]
    edit = decide(
        Action.MERGE_PARTIES, "parties", pid("Norland"), after={"gone": [pid("Karst Movement")]}, **_EDIT
    )
    merged = build_record([], _readings(*casts), [edit])
    assert [p.name for p in merged.parties] == ["Norland"]
    assert merged.merges[0].by == "ana"
    restored = build_record([], _readings(*casts), [edit, undo(edit, who="ana", on="2024-05-01T10:01:00")])
    assert restored == build_record([], _readings(*casts))


def test_the_analyst_splits_what_a_rule_merged():
    cast = [party("Mara Ilves", "person"), party("Ilves", "person")]
    edit = decide(Action.SPLIT_PARTY, "parties", pid("Mara Ilves"), after={"apart": [pid("Ilves")]}, **_EDIT)
    assert _names(cast) == ["Mara Ilves"]
    assert _names(cast, edits=[edit]) == ["Ilves", "Mara Ilves"]


def test_a_merge_after_a_split_wins():
    cast = [party("Mara Ilves", "person"), party("Ilves", "person")]
    split = decide(Action.SPLIT_PARTY, "parties", pid("Mara Ilves"), after={"apart": [pid("Ilves")]}, **_EDIT)
    merge = decide(
        Action.MERGE_PARTIES, "parties", pid("Mara Ilves"), after={"gone": [pid("Ilves")]}, **_EDIT
    )
    assert _names(cast, edits=[split, merge]) == ["Mara Ilves"]


def test_a_renamed_party_keeps_its_id():
    edit = decide(
        Action.RENAME_PARTY, "parties", pid("Norland"), after={"name": "Republic of Norland"}, **_EDIT
    )
    (one,) = resolve_parties(_readings([NORLAND]), [edit]).parties
    assert (one.id, one.name) == (pid("Norland"), "Republic of Norland")


_CASTS = st.lists(
    st.lists(
        st.builds(
            party,
            st.sampled_from(
                ["Mara Ilves", "Ilves", "M. Ilves", "HPF", "Hill People Front", "Hill Peoples Front"]
            ),
            st.sampled_from(["person", "armed_group"]),
        ),
        max_size=4,
        unique_by=lambda one: one.id,
    ),
    min_size=1,
    max_size=4,
)


@given(casts=_CASTS, order=st.randoms())
def test_merging_does_not_depend_on_the_order(casts, order):
    readings = _readings(*casts)
    shuffled = list(readings)
    order.shuffle(shuffled)
    assert resolve_parties(readings) == resolve_parties(sorted(shuffled, key=lambda r: r.article))
    found = resolve_parties(shuffled)
    assert set(found.canonical.values()) <= {one.id for one in found.parties}
    assert found == resolve_parties(readings)
