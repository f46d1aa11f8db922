"""Labels of issues: short names, from the claims' own words."""

import pytest

from detente.claims import Demand, Party
from detente.evidence import Evidence
from detente.record.issues import group_issues
from detente.record.terms import brief_name, concepts, noun_phrase, shortened
from detente.vocabulary import PartyKind


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
        pytest.param(
            "Halt of all meddling in the fish quarrel of Lune",
            "Halt of all meddling",
            id="cut where it is whole",
        ),
        pytest.param(
            "Release of the nine crewmen held by the harbour guard of Port Ansel",
            "Release of the nine crewmen",
            id="no participle is left hanging",
        ),
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


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(
            (
                "the Orre rebels stop shelling",
                "the Orre rebels keep the truce",
                "the Orre rebels want a ceasefire",
            ),
            id="who it is about",
        ),
        pytest.param(
            ("hold fire so as to steady the country", "a ceasefire that steadies the country"),
            id="no thing named",
        ),
    ],
)
def test_what_it_is_about_goes_before_who_or_where(wanted):
    (label, *_) = _labels(*wanted)
    assert not label.endswith(("rebels", "country"))


def test_things_wanted_of_two_numbers_are_under_what_both_are_about():
    labels = _labels("release of five fishermen detained at sea", "release of nine sailors detained at sea")
    assert labels == ["Release of detainees"]


def test_a_group_named_past_the_cut_is_what_the_demand_is_about():
    front = Party(id="f", name="Saltmen", kind=PartyKind.ARMED_GROUP, aliases=("Saltmen",))
    quote = "that Meridia in every forum and with all the means it has break up the camps of the Saltmen"
    cut = Demand(
        id="d", by=None, of=None, what=f"{quote[:70]} …", firm=0.8, confidence=0.9,
        evidence=(Evidence(article="a", start=0, end=len(quote), quote=quote),),
    )  # fmt: skip
    (issue,) = group_issues([cut], (front,)).issues
    assert issue.label == "Saltmen"
