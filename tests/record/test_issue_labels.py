"""Labels of issues: short names, from the claims' own words."""

import pytest

from detente.claims import Demand
from detente.evidence import Evidence
from detente.record.issues import group_issues
from detente.record.terms import brief_name, concepts, noun_phrase, shortened


def _demands(*wanted):
    return [
        Demand(
            id=f"d{n}", by=None, of=None, what=words, firm=0.5, confidence=0.9,
            evidence=(Evidence(article=f"a{n}", start=0, end=len(words), quote=words),),
        )
        for n, words in enumerate(wanted)
    ]  # fmt: skip


def _labels(*wanted):
    return [issue.label for issue in group_issues(_demands(*wanted), ()).issues]


def test_a_label_of_a_stripped_article_stops_where_the_sentence_does():
    wanted = [f"stabilizing norway oslo is calling for {more} help" for more in ("much", "some", "swift")]
    (label,) = _labels(*wanted)
    assert "calling" not in label
    assert "oslo" not in label.casefold()


def test_a_number_and_a_people_are_no_label():
    labels = _labels(*[f"free the five norwegian officials held in {p} oslo" for p in "abc"])
    assert labels == ["Release of the five Norwegian officials"]


def test_a_deed_within_a_deed_is_named_itself():
    assert noun_phrase("join in closing the harbour") == "Closure of the harbour"


@pytest.mark.parametrize(
    ("noun", "label"),
    [
        pytest.param("Withdrawal of the patrol boats", "Withdrawal of the patrol boats", id="a name"),
        pytest.param("End to bid to topple the council", None, id="a purpose"),
        pytest.param(
            "Reduction of the yearly catch of cod by a third",
            "Reduction of the yearly catch of cod",
            id="long",
        ),
    ],
)
def test_a_brief_label_is_a_name(noun, label):
    assert brief_name(noun) == label


def test_a_label_loses_what_only_says_how_soon():
    assert shortened("Return to the harbour talks soon, without terms") == "Return to the harbour talks"


def test_a_settlement_of_a_quarrel_is_no_matter_of_land():
    assert concepts("a fair settlement") == ()
    assert concepts("the settlements on the ridge") == ("borders",)
