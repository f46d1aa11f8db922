import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from border_case import MARCH, MARCH_READ, MAY, MAY_READ, article, demand, pid, reading, words
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from detente.articles import Unread
from detente.claims import Demand
from detente.errors import EditConflict, FalseEvidence, InvalidRecord, UnknownItem
from detente.record.build import build_record
from detente.record.edits import Action, decide, decide_on, undo
from detente.record.pages import Order, Wanted
from detente.record.store import Store
from detente.vocabulary import ClaimKind, Review

ANA = {"who": "ana", "on": "2024-05-01T10:00:00"}


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        where = str(tmp_path / "record.db")
    else:
        server = request.getfixturevalue("postgres")
        name = f"case_{abs(hash(request.node.nodeid)) % 10**12}"
        engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        where = f"{server.rsplit('/', 1)[0]}/{name}"
    with Store.open(where) as opened:
        yield opened


@pytest.fixture
def case(store):
    store.add(MARCH, MARCH_READ)
    store.add(MAY, MAY_READ)
    return store


def _demand(store) -> Demand:
    return store.page(Wanted(kind=ClaimKind.DEMANDS, article=MARCH.id)).items[0].claim


def test_the_record_of_a_store_is_the_one_that_is_built(case):
    case.add_unread([Unread(file="locked.pdf", reason="password")])
    built = build_record(
        [MARCH, MAY], [MARCH_READ, MAY_READ], (), [Unread(file="locked.pdf", reason="password")]
    )
    assert case.record() == built
    again = Store.open(case._where)
    assert again.record() == built
    again.close()


def test_the_same_article_twice_changes_nothing(case):
    before = case.record()
    assert case.has_article(MARCH, "by hand")
    assert not case.has_article(MARCH, "a newer reader")
    assert not case.add(MARCH, MARCH_READ)
    assert case.record() is before


def test_a_changed_file_replaces_its_claims_and_keeps_decisions(case):
    quote = "release the five engineers held since January"
    case.decide(decide_on(_demand(case), MARCH, Action.REJECT, **ANA))
    changed = article("A correction was made. " + MARCH.text, MARCH.file, "2011-03-03")
    assert case.add(changed, reading(changed, demand(changed, quote, "Norland", "Sudmark")))
    record = case.record()
    assert {a.id for a in record.articles} == {changed.id, MAY.id}
    (found,) = [d for d in record.demands if d.evidence[0].article == changed.id]
    assert found.review is Review.REJECTED
    assert case.article(MARCH.id).text == MARCH.text
    assert not case.has_article(MARCH, "by hand")
    assert case.add(MARCH, MARCH_READ)
    assert {a.id for a in case.articles()} == {MARCH.id, MAY.id}


def test_a_claim_without_true_words_is_refused_and_nothing_is_stored(store):
    false = replace(MARCH_READ.claims.demands[0].evidence[0], quote="set free")
    wrong = replace(MARCH_READ.claims.demands[0], evidence=(false,))
    with pytest.raises(FalseEvidence):
        store.add(MARCH, reading(MARCH, wrong))
    assert store.articles() == ()


def test_decisions_show_at_once_and_the_settled_record_agrees(case):
    claim = _demand(case)
    case.record()
    edit = case.decide(decide_on(claim, MARCH, Action.REJECT, **ANA), 0)
    assert edit.version == 1
    assert case.item(claim.id).claim.review is Review.REJECTED
    assert case.item(claim.id).version == 1
    assert case.counts()[ClaimKind.DEMANDS][Review.REJECTED] == 1
    assert case.page(Wanted(kind=ClaimKind.DEMANDS)).total == 1
    at_once = {d.id: d.review for d in case.record(settled=False).demands}
    assert at_once[claim.id] is Review.REJECTED
    assert {d.id: d.review for d in case.record().demands} == at_once
    assert case.record() == build_record(case.articles(), case.readings(), case.edits())


def test_a_decision_on_one_claim_builds_nothing_anew(case, monkeypatch):
    claim = _demand(case)
    case.record()
    monkeypatch.setattr("detente.record.store.build_record", None)
    edit = case.decide(decide_on(claim, MARCH, Action.ACCEPT, **ANA))
    assert case.item(claim.id).claim.review is Review.ACCEPTED
    assert {d.review for d in case.record(settled=False).demands} == {Review.ACCEPTED, Review.PROPOSED}
    case.decide(undo(edit, who="ana", on="2024-05-01T10:02:00"))
    assert case.page(Wanted(review=Review.ACCEPTED)).total == 0
    with Store.open(case._where) as another:
        assert another.record(settled=False) == case.record(settled=False)


def test_what_a_decision_means_for_other_claims_is_settled_in_the_record(case):
    charge = case.page(Wanted(kind=ClaimKind.STATEMENTS, article=MARCH.id)).items[0].claim
    assert len(case.record().disputes) == 1
    case.decide(decide_on(charge, MARCH, Action.REJECT, **ANA))
    assert case.record().disputes == ()
    assert case.page(Wanted(kind=ClaimKind.DISPUTES)).total == 0


def test_undo_restores_the_item_and_the_record(case):
    before, claim = case.record(), _demand(case)
    edit = case.decide(decide_on(claim, MARCH, Action.EDIT, after={"what": "free them"}, **ANA))
    assert case.item(claim.id).claim.what == "free them"
    case.decide(undo(edit, who="bob", on="2024-05-01T10:05:00"))
    assert case.item(claim.id).claim == claim
    assert case.record() == before
    assert [e.action for e in case.history(claim.id)] == [Action.EDIT, Action.UNDO]
    assert case.version(claim.id) == 2


def test_the_second_of_two_people_is_told_who_was_first(case):
    claim = _demand(case)
    case.decide(decide_on(claim, MARCH, Action.ACCEPT, **ANA), 0)
    late = decide_on(claim, MARCH, Action.REJECT, who="bob", on="2024-05-01T10:00:09")
    with pytest.raises(EditConflict, match="ana decided on it at 2024-05-01T10:00:00"):
        case.decide(late, 0)
    assert len(case.edits()) == 1
    case.decide(late, 1)
    assert case.item(claim.id).claim.review is Review.REJECTED


def test_many_decisions_are_stored_all_or_none(case):
    claims = [item.claim for item in case.page(Wanted(kind=ClaimKind.DEMANDS)).items]
    homes = {MARCH.id: MARCH, MAY.id: MAY}
    edits = [decide_on(c, homes[c.evidence[0].article], Action.ACCEPT, **ANA) for c in claims]
    with pytest.raises(EditConflict):
        case.decide_all(edits, [0, 7])
    assert case.edits() == ()
    case.decide_all(edits, [0, 0])
    assert {d.review for d in case.record().demands} == {Review.ACCEPTED}


def test_a_new_item_needs_words_that_stand_in_the_article(case):
    made = Demand(id="own", by=None, of=None, what="x", evidence=(words(MAY, "A second meeting"),))
    case.decide(decide_on(made, MAY, Action.CREATE, **ANA))
    assert case.item("own").claim.review is Review.ACCEPTED
    false = replace(made, id="other", evidence=(replace(made.evidence[0], quote="A third meeting"),))
    with pytest.raises(FalseEvidence):
        case.decide(decide_on(false, MAY, Action.CREATE, **ANA))
    with pytest.raises(UnknownItem):
        case.item("other")


def test_an_undone_new_item_is_gone(case):
    made = Demand(id="own", by=None, of=None, what="x", evidence=(words(MAY, "A second meeting"),))
    case.record()
    edit = case.decide(decide_on(made, MAY, Action.CREATE, **ANA))
    case.decide(undo(edit, who="ana", on="2024-05-01T10:02:00"))
    with pytest.raises(UnknownItem, match="own"):
        case.item("own")
    assert case.page(Wanted(kind=ClaimKind.DEMANDS)).total == 2


def test_parties_are_merged_counted_and_unmerged(case):
    names = [one.name for one, _ in case.parties()]
    assert names == ["Sudmark", "Norland"]
    edit = decide(Action.MERGE_PARTIES, "parties", pid("Norland"), after={"gone": [pid("Sudmark")]}, **ANA)
    case.decide(edit)
    assert [one.name for one, _ in case.parties()] == ["Norland"]
    case.decide(undo(edit, who="ana", on="2024-05-01T10:03:00"))
    assert sorted(one.name for one, _ in case.parties()) == ["Norland", "Sudmark"]


def test_an_edit_that_was_never_made_cannot_be_undone(case):
    ghost = decide(Action.ACCEPT, "demands", "nowhere", **ANA)
    with pytest.raises(UnknownItem):
        case.decide(undo(ghost, who="ana", on="2024-05-01T10:03:00"))


def test_pages_are_stretches_of_one_order(case):
    whole = case.page(limit=100)
    parts = [case.page(limit=2, offset=n).items for n in range(0, whole.total, 2)]
    assert tuple(item for part in parts for item in part) == whole.items
    doubt = [item.doubt for item in case.page(order=Order.DOUBT).items]
    assert doubt == sorted(doubt, reverse=True)
    in_text = case.page(Wanted(article=MARCH.id)).items
    starts = [item.claim.evidence[0].start for item in in_text]
    assert starts == sorted(starts)
    about = case.page(Wanted(party=pid("Norland"), kind=ClaimKind.DEMANDS))
    assert about.total == 2
    issue = case.issues()[0][0]
    assert case.page(Wanted(issue=issue.id)).total == case.issues()[0][1]


def test_articles_are_listed_with_their_state(case):
    rows = case.article_rows()
    assert [(row.title, row.state) for row in rows] == [
        ("Envoys meet in Lunvia", "new"),
        ("Convoys pass", "new"),
    ]
    assert rows[0].items == rows[0].proposed == 5
    case.decide(decide(Action.ARTICLE_STATE, "articles", MARCH.id, after={"state": "done"}, **ANA))
    assert [row.state for row in case.article_rows()] == ["done", "new"]
    assert [row.id for row in case.article_rows(state="done")] == [MARCH.id]
    assert [row.id for row in case.article_rows(state="new")] == [MAY.id]


def test_words_are_found_in_articles_quotes_and_names(case):
    sorts = {hit.sort for hit in case.search("engineers")}
    assert {"articles", "demands"} <= sorts
    assert case.search("engineer")  # by stem
    assert case.search("convoy*")
    assert "parties" in {hit.sort for hit in case.search("Norlanders")}
    (hit, *_) = [hit for hit in case.search('"hill militias"') if hit.sort == "articles"]
    assert ("hill" in part.lower() for part, found in hit.parts if found)
    assert case.search("zebra") == ()
    assert case.search("engineers zebra") == ()


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "*", "AND OR NOT (", "a:b -c ^d", "'; DROP TABLE articles; --", "x" * 900]
)
def test_no_query_breaks_the_search(case, query):
    assert isinstance(case.search(query), tuple)
    assert len(case.articles()) == 2


# --- files


def test_a_file_that_is_no_record_is_refused_in_one_line(tmp_path):
    page = tmp_path / "page.db"
    page.write_text("<html>not a record, but long enough to have a head</html>")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE songs (title)")
    connection.close()
    newer = tmp_path / "newer.db"
    Store.open(newer).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    cut = tmp_path / "cut.db"
    cut.write_bytes(newer.read_bytes()[:5000])
    for where, message in (
        (page, "is not a record"),
        (other, "another program"),
        (newer, "newer Detente"),
        (cut, "damaged"),
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "such" / "folder.db", "folder exists"),
        ("nonsense://x", "no such kind of database"),
    ):
        with pytest.raises(InvalidRecord, match=message) as caught:
            Store.open(where)
        assert "\n" not in str(caught.value)


def test_a_missing_record_is_an_error_where_none_is_to_be_made(tmp_path):
    with pytest.raises(InvalidRecord, match="no such record"):
        Store.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_becomes_a_record(tmp_path):
    where = tmp_path / "empty.db"
    where.touch()
    with Store.open(where) as store:
        assert store.record().articles == ()


def test_a_read_only_record_is_read_and_not_written(tmp_path):
    where = tmp_path / "record.db"
    with Store.open(where) as store:
        store.add(MARCH, MARCH_READ)
        expected = store.record()
    where.chmod(0o444)
    with Store.open(where) as store:
        assert store.record() == expected
        with pytest.raises(InvalidRecord, match="cannot be written"):
            store.add(MAY, MAY_READ)


def test_a_name_with_odd_characters_is_a_file_name(tmp_path):
    where = tmp_path / "a?b#c%20 d;é.db"
    with Store.open(where) as store:
        store.add(MARCH, MARCH_READ)
    assert where.exists()


def test_two_stores_on_one_file_see_each_other(tmp_path):
    where = tmp_path / "record.db"
    with Store.open(where) as one, Store.open(where) as other:
        one.add(MARCH, MARCH_READ)
        assert len(other.record().articles) == 1
        other.add(MAY, MAY_READ)
        assert len(one.record().articles) == 2


_WRITER = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, {helpers!r})
    from border_case import article, demand, reading
    from detente.record.edits import Action, decide_on
    from detente.record.store import Store
    store = Store.open({where!r})
    for n in range(10_000):
        text = article(f"Norland asks to open gate number {{n}} of the dam.", f"{{n}}.txt", "2011-01-01")
        wanted = demand(text, f"open gate number {{n}} of the dam", "Norland", "Sudmark")
        store.add(text, reading(text, wanted))
        store.decide(decide_on(wanted, text, Action.ACCEPT, who="ana", on=f"2024-01-01T00:00:{{n}}"))
        print(n, flush=True)
    """
)


def test_a_kill_at_any_point_leaves_a_whole_record_with_all_that_was_answered(tmp_path):
    where = str(tmp_path / "record.db")
    code = _WRITER.format(helpers=str(Path(__file__).parent), where=where)
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    answered = -1
    for line in writer.stdout:
        answered = int(line)
        if answered >= 12:
            os.kill(writer.pid, signal.SIGKILL)
            break
    answered = max([answered, *(int(line) for line in writer.stdout)])
    writer.wait()
    writer.stdout.close()
    with Store.open(where, create=False) as store:
        record = store.record()
        files = {a.file for a in record.articles}
        assert {f"{n}.txt" for n in range(answered + 1)} <= files
        assert len(files) <= answered + 2
        accepted = sum(d.review is Review.ACCEPTED for d in record.demands)
        assert answered + 1 <= accepted <= len(record.demands) == len(files)
        assert len(store.edits()) == accepted
    with sqlite3.connect(where) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_stored_article_is_text_and_masthead_apart(tmp_path):
    where = tmp_path / "record.db"
    with Store.open(where) as store:
        store.add(MARCH, MARCH_READ)
    with sqlite3.connect(where) as connection:
        masthead, body = connection.execute("SELECT masthead, text FROM articles").fetchone()
    connection.close()
    assert json.loads(masthead)["text"] == ""
    assert body == MARCH.text
