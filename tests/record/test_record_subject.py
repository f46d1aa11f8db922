"""What a case is about tells which articles can speak of it."""

from border_case import NORLAND, SUDMARK, article, demand

from detente.record.model import Record
from detente.record.subject import Subject, subject_of

CASE = Subject(
    camps=(
        frozenset({("norland",), ("norlanders",)}),
        frozenset({("south", "mark"), ("smk",)}),
        frozenset({("oman",)}),
    ),
    terms=frozenset({"engin", "bord"}),
)


def test_an_article_of_the_case_names_two_camps_and_two_words_of_its_issues() -> None:
    assert CASE.met_by(article("Norland’s engineers wait at the border post of South Mark.", "a"))
    assert not CASE.met_by(article("Norland’s engineers wait at the border post.", "b"))
    assert not CASE.met_by(article("Norland met South Mark at football, near the border.", "c"))
    assert not CASE.met_by(article("Norlandia and Oman speak of engineers at the border.", "d"))


def test_the_case_is_about_what_its_camps_ask_also_where_no_issue_has_a_label() -> None:
    told = article(
        "Norland wants Sudmark to free the engineers. Sudmark wants the toll lifted by Norland.", "a"
    )
    asks = (
        demand(told, "free the engineers", "Norland", "Sudmark"),
        demand(told, "the toll lifted", "Sudmark", "Norland"),
    )
    subject = subject_of(Record(articles=(told,), parties=(NORLAND, SUDMARK), demands=asks))
    assert subject.is_known
    assert subject.met_by(article("Sudmark spoke to Norland of engineers and of lifting the toll.", "b"))
    assert not subject.met_by(article("Sudmark beat Norland at football, three goals to none.", "c"))


def test_an_empty_record_is_about_anything() -> None:
    assert subject_of(Record()).met_by(article("Bread was dearer.", "e"))
