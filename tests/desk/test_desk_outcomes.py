"""What could hold: worked out as weights move, kept with a version, every number leading to its words."""

import html
import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from detente.analysis.packages import packages
from detente.analysis.stability import stability
from detente.desk import sheet as sheets
from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.fields import NotTaken
from detente.desk.holding import Workshop, settled
from detente.desk.people import Person, Role
from detente.desk.sheet_form import MOST_IN_PLAY, first_tried, tried
from detente.errors import EditConflict
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Range, Weights
from detente.record.store import Store

ANA = Person("ana", Role.ANALYST)
TALKS = load_negotiation(
    """
negotiation: river
parties: [{id: v, name: Varda}, {id: o, name: Orland}]
options:
  - {id: open-dam, by: v, text: open the dam}
  - {id: pay, by: o, text: pay for the water}
  - {id: patrol, by: o, text: send patrols}
status_quo: "000"
preferences:
  v: {weights: {open-dam: -20, pay: [40, 60], patrol: -30}}
  o: {weights: {open-dam: 50, pay: -20, patrol: 10}}
red_lines: [{party: v, condition: not patrol}]
""",
    "river.yaml",
)


def test_figures_are_those_of_the_analyses():
    now = first_tried(TALKS)
    found = Workshop().work_out(now)
    exact = stability(settled(now), samples=0)
    assert found.considered == exact.considered == 8
    assert {str(c): n for c, n in found.counts.items()} == {
        str(c): len(states) for c, states in exact.equilibria.items()
    }
    deals = packages(settled(now), samples=1)
    assert deals.nash is not None
    assert found.outcomes[1].taken == frozenset(deals.nash.taken) == {"open-dam", "pay"}
    assert found.outcomes[1].gains == {"v": 30.0, "o": 30.0}


def test_a_moved_weight_changes_what_could_hold():
    shop = Workshop()
    dear = tried(TALKS, {"w-1-1-low": ["-90"], "w-1-1-high": ["-70"]})
    assert dear.negotiation.preferences["o"].values["pay"] == Range(-90, -70)
    assert shop.work_out(first_tried(TALKS)).deals.all_gain
    assert not shop.work_out(dear).deals.all_gain


def test_what_a_person_sets_is_no_longer_inferred():
    guessed = replace(TALKS.preferences["v"], inferred=frozenset({"pay", "patrol"}))
    talks = replace(TALKS, preferences={**TALKS.preferences, "v": guessed})
    wish = tried(talks, {"w-0-1-low": ["41"]}).negotiation.preferences["v"]
    assert isinstance(wish, Weights)
    assert wish.inferred == {"patrol"}


def test_options_out_of_play_stay_as_they_are_today():
    now = tried(TALKS, {"sheet": ["whole"], "play": ["0"], "today": ["1"], "red": ["0"]})
    found = Workshop().work_out(now)
    assert found.considered == 2
    assert all("pay" in one.taken for one in found.outcomes)


def test_a_red_line_can_be_dropped_and_drawn():
    assert tried(TALKS, {"sheet": ["whole"]}).negotiation.red_lines == ()
    form = {"sheet": ["whole"], "new-red-party": ["1"], "new-red-condition": ["not pay or open-dam"]}
    (line,) = tried(TALKS, form).negotiation.red_lines
    assert (line.party, line.condition) == ("o", "not pay or open-dam")


@pytest.mark.parametrize(
    ("form", "error", "says"),
    [
        ({"w-0-1-low": ["much"]}, NotTaken, "not a number"),
        ({"w-0-1-low": ["nan"]}, NotTaken, "not a number"),
        ({"w-0-1-low": ["1e300"]}, NotTaken, "not a number"),
        ({"w-0-1-low": ["70"]}, NotTaken, "not a range"),
        ({"w-9-1-low": ["7"]}, EditConflict, "open it again"),
        ({"text-0": [" "]}, NotTaken, "needs words"),
        (
            {"sheet": ["whole"], "new-red-party": ["0"], "new-red-condition": ["open("]},
            NotTaken,
            "Red line",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(form, error, says):
    with pytest.raises(error, match=says):
        tried(TALKS, form)


def test_too_many_options_at_once_are_refused():
    many = replace(TALKS, options=tuple(replace(TALKS.options[0], id=f"o{n}") for n in range(20)))
    with pytest.raises(NotTaken, match=f"at most {MOST_IN_PLAY}"):
        tried(many, {"sheet": ["whole"], "play": [str(n) for n in range(13)]})


def form_of(page: str) -> dict[str, list[str]]:
    """The sheet's form as a browser would send it."""
    inner = page.split('<form id="sheet"')[1].split("</form>", maxsplit=1)[0]
    form: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", inner):
        name = re.search(r'name="([^"]+)"', tag)
        box = 'type="checkbox"' in tag
        if name and (not box or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            form.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?([^<]*)', inner):
        form[name] = [html.unescape(text)]
    return form


def gist(page: str) -> str:
    return page.split('class="gist"')[1].split("</p>", maxsplit=1)[0]


def test_the_untouched_form_is_the_sheet(desk, case):
    form = form_of(desk.get("/outcomes").text)
    sheet = sheets.open_sheet(case)
    now = tried(sheet.negotiation, form)
    assert now.negotiation.options == sheet.negotiation.options
    assert now.negotiation.preferences == sheet.negotiation.preferences
    assert now.negotiation.status_quo == sheet.negotiation.status_quo
    assert now.play == first_tried(sheet.negotiation).play


def test_trying_keeps_nothing_and_keeping_does(desk, case):
    page = desk.get("/outcomes").text
    form = form_of(page)
    for name in form:
        if name.startswith("w-0-"):
            form[name] = ["-100"]
    found = desk.post("/outcomes/try", data=form)
    assert found.status_code == 200
    assert gist(found.text) != gist(page)
    assert not sheets.open_sheet(case).kept
    kept = desk.post("/outcomes/keep", data=form)
    assert kept.status_code == 200
    assert gist(kept.text) == gist(found.text)
    where = sheets.sheet_file(case)
    assert where is not None
    assert load_negotiation(where.read_text(encoding="utf-8"), where.name).preferences


def test_the_second_of_two_who_keep_is_told(desk, case):
    form = form_of(desk.get("/outcomes").text)
    desk.post("/outcomes/keep", data=form | {"w-0-0-low": ["-77"]})
    late = desk.post("/outcomes/keep", data=form | {"w-0-0-low": ["-55"]})
    assert late.status_code == 409
    assert "changed" in late.text
    first = next(iter(sheets.open_sheet(case).negotiation.preferences.values()))
    assert isinstance(first, Weights)
    assert next(iter(first.values.values())).low == -77


def test_a_reader_may_try_and_not_keep(desk, case, door):
    door.owner = Person("rea", Role.READER)
    page = desk.get("/outcomes").text
    assert "Keep the sheet" not in page
    form = form_of(page)
    assert desk.post("/outcomes/try", data=form).status_code == 200
    assert desk.post("/outcomes/keep", data=form).status_code == 403
    assert not sheets.open_sheet(case).kept


def test_every_option_and_weight_leads_to_its_words(desk):
    page = desk.get("/outcomes").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/outcomes/evidence[^"]+)"', page)]
    assert len(links) > 10
    for link in (links[0], next(link for link in links if "party=" in link)):
        behind = desk.get(link)
        assert behind.status_code == 200
        assert 'href="/articles/' in behind.text
    assert desk.get("/outcomes/evidence", params={"option": "none"}).status_code == 404


def test_what_would_have_to_change_is_told(desk):
    page = desk.get("/outcomes").text
    state = re.search(r"\"state\": \"([01]+)\"", page)
    assert state is not None
    form = form_of(page) | {"state": [state[1]]}
    answer = desk.post("/outcomes/change", data=form)
    assert answer.status_code == 200
    assert "What would have to change" in answer.text
    assert desk.post("/outcomes/change", data=form | {"state": ["2"]}).status_code == 400


def test_a_sheet_that_cannot_be_run_says_why_in_its_place(desk):
    form = form_of(desk.get("/outcomes").text)
    form |= {"new-red-party": ["0"], "new-red-condition": ["nothing-like-it"]}
    answer = desk.post("/outcomes/try", data=form, headers={"hx-request": "true"})
    assert answer.status_code == 400
    assert "nothing-like-it" in answer.text


def test_the_file_can_be_changed_by_hand_and_a_fault_is_told_with_its_line(desk, case):
    page = desk.get("/outcomes/file").text
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version is not None
    text = sheets.open_sheet(case).text
    wrong = desk.post("/outcomes/file", data={"text": text + "\nsurprise: 1\n", "version": version[1]})
    assert wrong.status_code == 422
    assert "surprise" in wrong.text
    assert "negotiation.yaml:" in wrong.text
    named = re.sub(r"^negotiation: .*$", "negotiation: by-hand", text, flags=re.MULTILINE)
    assert desk.post("/outcomes/file", data={"text": named, "version": version[1]}).status_code == 200
    assert sheets.open_sheet(case).negotiation.id == "by-hand"
    assert "by-hand" in desk.get("/outcomes/negotiation.yaml").text


def test_a_broken_file_is_told_and_left_alone(desk, case):
    where = sheets.sheet_file(case)
    assert where is not None
    where.write_text("parties: [", encoding="utf-8")
    page = desk.get("/outcomes")
    assert page.status_code == 200
    assert "cannot be read as a negotiation" in page.text
    assert where.read_text(encoding="utf-8") == "parties: ["


def test_what_is_new_in_the_record_comes_under_what_was_written(case):
    sheet = sheets.open_sheet(case)
    mine = replace(sheet.negotiation.options[0], text="words of my own")
    fewer = replace(sheet.negotiation, options=(mine, *sheet.negotiation.options[1:]))
    sheets.keep_sheet(case, ANA, fewer, sheet.version)
    sheets.bring_up(case, ANA, sheets.open_sheet(case).version)
    assert sheets.open_sheet(case).negotiation.options[0].text == "words of my own"
    sheets.start_over(case, ANA, sheets.open_sheet(case).version)
    assert sheets.open_sheet(case).negotiation.options == sheet.negotiation.options


def test_an_empty_record_has_no_sheet_and_says_so(tmp_path, door):
    with Store.open(tmp_path / "empty.db") as store:
        held = Case(store, "empty")
        desk = TestClient(create_app(held, door), base_url="http://127.0.0.1")
        desk.get("/enter", params={"link": door.link or ""}, follow_redirects=False)
        for path in ("/outcomes", "/agenda", "/timeline", "/disputes", "/parties", "/issues", "/network"):
            answer = desk.get(path)
            assert answer.status_code == 200, path
            assert "<h1" in answer.text
        held.close()
