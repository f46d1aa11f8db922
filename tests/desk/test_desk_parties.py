"""Parties and issues: merged, split, renamed, moved, and all of it taken back."""

import html
import re

import pytest

from detente.claims import Demand, Issue, Party
from detente.desk.naming import cast
from detente.desk.people import Person, Role
from detente.evidence import Evidence
from detente.record.codec import claim_to_json
from detente.record.model import Record
from detente.record.pages import Wanted


@pytest.fixture
def two(case) -> tuple[Party, Party]:
    """Two parties, the more frequent first."""
    (one, _), (other, _) = case.store.parties()[3:5]
    return one, other


def undo(desk, page: str):
    edit = re.search(r'name="edit" value="([^"]+)"', page)
    assert edit is not None
    return desk.post("/parties/undo", data={"edit": edit[1], "back": "/parties"})


def merge(desk, two) -> str:
    said = {"kept": two[0].id, "party": [one.id for one in two], "reason": "the same man"}
    return desk.post("/parties/merge", data=said).text


def test_what_a_merge_moves_is_told_before(desk, case, two):
    fewer = min(
        sum(f'"{party.id}"' in claim_to_json(claim) for _, claim in case.record().claims()) for party in two
    )
    page = desk.get("/parties/merge", params={"party": [one.id for one in two]}).text
    assert f"{fewer} items move" in page
    assert two[1].id in case.record().party


def test_a_merge_is_in_the_record_and_in_the_history_and_taken_back(desk, case, two):
    page = merge(desk, two)
    assert two[1].id not in case.record().party
    assert two[1].name in html.unescape(page)
    assert "the same man" in page
    taken_back = undo(desk, page)
    assert "taken back" in taken_back.text
    assert two[1].id in case.record().party


def test_a_merged_party_can_be_split_off(desk, case, two):
    merge(desk, two)
    answer = desk.post(f"/parties/{two[0].id}/split", data={"apart": [two[1].id]})
    assert answer.status_code == 200
    assert two[1].id in case.record().party


def test_a_split_shows_first_how_many_items_each_would_be_in(desk, case, two):
    before = cast(case.record()).uses
    merge(desk, two)
    page = desk.get(f"/parties/{two[0].id}/split", params={"apart": two[1].id}).text
    counts = [int(count) for count in re.findall(r'<td class="number">(\d+)</td>', page)]
    assert counts == [before[two[0].id], before[two[1].id]]
    assert two[1].id not in case.record().party
    assert desk.get(f"/parties/{two[0].id}/split", params={"apart": "nobody"}).status_code == 400


def test_a_party_is_renamed_and_put_under_another(desk, case, two):
    above = case.store.parties()[0][0]
    said = {"name": "Ada Holm", "kind": "person", "member_of": above.name, "version": "0"}
    desk.post(f"/parties/{two[0].id}/change", data=said)
    held = case.record().party[two[0].id]
    assert (held.name, held.member_of) == ("Ada Holm", above.id)
    assert "speaks for" in desk.get(f"/parties/{two[0].id}").text
    late = desk.post(f"/parties/{two[0].id}/change", data=said | {"name": "Ada", "version": "0"})
    assert late.status_code == 409


def test_what_nobody_changed_is_no_decision(desk, case, two):
    party = two[0]
    above = case.record().party.get(party.member_of or "")
    said = {"name": party.name, "kind": party.kind.value, "member_of": above.name if above else ""}
    desk.post(f"/parties/{party.id}/change", data=said)
    assert case.store.edits() == ()


def test_a_party_can_be_added_once(desk, case):
    said = {"name": "Harbour Guild", "kind": "organization"}
    assert desk.post("/parties/new", data=said).status_code == 200
    assert any(party.name == "Harbour Guild" for party in case.record().parties)
    assert desk.post("/parties/new", data=said).status_code == 409


def test_an_analyst_merges_nothing(desk, case, two, door):
    door.owner = Person("ana", Role.ANALYST)
    said = {"kept": two[0].id, "party": [one.id for one in two]}
    assert desk.post("/parties/merge", data=said).status_code == 403
    assert case.store.edits() == ()
    assert "Merge the chosen" not in desk.get("/parties").text


def test_parties_are_found_by_an_alias(desk, case):
    party = next(one for one in case.record().parties if any(a != one.name for a in one.aliases))
    alias = next(a for a in party.aliases if a != party.name)
    assert f"/parties/{party.id}" in desk.get("/parties", params={"q": alias}).text
    assert "No party is called so" in desk.get("/parties", params={"q": "zzzz"}).text


def test_issues_are_merged_renamed_and_taken_back(desk, case):
    one, other = case.record().issues[:2]
    page = desk.post("/issues/merge", data={"kept": one.id, "issue": [one.id, other.id]}).text
    assert other.id not in case.record().issue
    assert f"“{other.label}”" in html.unescape(page)
    undo(desk, page)
    assert other.id in case.record().issue
    desk.post(f"/issues/{one.id}/rename", data={"label": "The harbour"})
    assert case.record().issue[one.id].label == "The harbour"


def test_items_move_from_one_issue_to_another_and_back(desk, case):
    one, other = [issue.id for issue, count in case.store.issues() if count][:2]
    moved = case.store.page(Wanted(issue=one), limit=2).items
    ids = [item.claim.id for item in moved]
    desk.post(f"/issues/{one}/regroup", data={"item": ids, "to": other})
    assert {case.store.item(item).claim.issue for item in ids} == {other}
    desk.post(f"/issues/{other}/regroup", data={"item": ids, "to": ""})
    assert {case.store.item(item).claim.issue for item in ids} == {None}


def test_a_hostile_name_shows_as_text(desk):
    desk.post("/parties/new", data={"name": "<script>alert(1)</script>", "kind": "state"})
    page = desk.get("/parties").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_decision_is_taken_back_once(desk, two):
    page = merge(desk, two)
    undo(desk, page)
    assert undo(desk, page).status_code == 400


def test_a_party_shows_where_it_stands_and_each_stand_leads_to_its_words(desk):
    agenda = desk.get("/agenda").text
    camp = re.search(r"/agenda/evidence\?party=(\w+)", agenda)[1]
    page = desk.get(f"/parties/{camp}").text
    stands = page.split('id="stands"')[1].split("</section>")[0]
    address = re.search(r'href="(/agenda/evidence[^"]+)"', stands)[1].replace("&amp;", "&")
    assert desk.get(address).status_code == 200


def test_a_stem_is_shown_as_the_word_its_items_have_for_it():
    words = Evidence(article="a", start=0, end=31, quote="Norland stabilizes the new dam.")
    demand = Demand(id="d", by=None, of=None, what="", evidence=(words,), issue="i")
    issue = Issue(id="i", label="The dam", terms=("stabiliz", "dam", "molvia"))
    known = cast(Record(issues=(issue,), demands=(demand,)))
    assert known.known_by(issue, 9) == ("stabilizes", "dam", "molvia")
    assert known.known_by(issue, 1) == ("stabilizes",)
