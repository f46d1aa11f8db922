"""An undated article takes its year from dated company, and from nothing less."""

import hashlib

from detente.articles import Article
from detente.claims import Claims, Party, Reading, stable_id
from detente.record.company import date_by_company
from detente.vocabulary import PartyKind


def article(text: str, published: str | None = None) -> Article:
    return Article(
        id=stable_id("article", text),
        file="a.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        published=published,
    )


def reading(of: Article, name: str, role: str | None) -> Reading:
    person = Party(id=stable_id("party", name), name=name, kind=PartyKind.PERSON, role=role)
    return Reading(article=of.id, parties=(person,), claims=Claims(), gaps=())


def dated(people: dict[Article, str], role: str = "envoy") -> tuple[Article, ...]:
    articles = tuple(people)
    return date_by_company(articles, [reading(one, people[one], role) for one in articles])


def years(people: dict[Article, str], role: str = "envoy") -> list[str | None]:
    return [found.published for found in dated(people, role)]


UNDATED = article("Envoy Mira Tolan said the bridge would open.")
DATED = article("Mira Tolan, the envoy, met both sides.", published="1994-03-02")
LATER = article("Envoy Mira Tolan left her post.", published="1996")


def test_an_envoy_named_in_one_dated_article_gives_the_year() -> None:
    assert years({UNDATED: "Mira Tolan", DATED: "Mira Q. Tolan"}) == ["1994"]


def test_two_years_of_company_give_none() -> None:
    assert years(dict.fromkeys([UNDATED, DATED, LATER], "Mira Tolan")) == []


def test_a_president_stays_too_long_to_tell_a_year_by() -> None:
    assert years(dict.fromkeys([UNDATED, DATED], "Mira Tolan"), role="president") == []


def test_a_text_that_speaks_of_a_later_year_is_not_dated_before_it() -> None:
    late = article("In 2001 envoy Mira Tolan looked back.")
    assert years(dict.fromkeys([late, DATED], "Mira Tolan")) == []


def test_a_dated_footnote_is_company_and_its_words_are_kept() -> None:
    noted = article("A long essay.\n\n[1] Briefing by envoy Mira Tolan; 9 June 1999\n")
    (found,) = [one for one in dated(dict.fromkeys([UNDATED, noted], "Mira Tolan")) if one.id == UNDATED.id]
    chosen = found.date_candidates[-1]
    assert (found.published, chosen.chosen) == ("1999", True)
    assert chosen.because is not None
    assert "9 June 1999" in chosen.because.quote
