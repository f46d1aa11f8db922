"""What a case is about tells which articles can speak of it."""

from border_case import article

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


def test_an_empty_record_is_about_anything() -> None:
    assert subject_of(Record()).met_by(article("Bread was dearer.", "e"))
