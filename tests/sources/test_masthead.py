"""Mastheads read from the words alone, on invented dispatches of an invented dispute over a river."""

import pytest

from detente.articles import Article
from detente.sources.assemble import article_of
from detente.sources.draft import Draft
from detente.vocabulary import Genre, RegionKind

BODY = (
    "HARBOR CITY — Envoys from Norland and Sudmark met for six hours on the sharing of the Lume river, "
    "officials on both sides said.\n\n"
    "“We asked for the sluice gates to be opened,” said Norland spokesman Ivo Tamm after the session.\n\n"
    "Sudmark officials complained that an earlier pledge made in 2009 had not been kept.\n\n"
    "The envoys said they would meet again, but they set no day for it."
)
ARGUMENT = (
    "Talks over the Lume river came at a decisive hour. Norland must open the gates before harvest. "
    "It should do so without another conference.\n\n"
    "We cannot afford another summer of empty canals. The cabinet in Sudmark needs to say so aloud. "
    "Nothing else will move its neighbour. The farmers have waited for nine years.\n\n"
    "Our patience is a resource, and it should be spent with care. The gates should be opened by spring. "
    "A treaty must follow. There is no other road."
)


def read(text: str, file: str = "story.txt") -> Article:
    return article_of(Draft(text=text), file=file, sha256="0" * 64)


def kinds(article: Article) -> dict[str, str]:
    return {r.kind.value: article.text[r.start : r.end].strip() for r in article.regions}


def test_a_date_under_the_title_wins_over_the_day_the_page_was_fetched():
    article = read(f"April 2, 2019\n\nRiver Talks End Without a Day for More\n\nJune 9, 2010\n\n{BODY}")
    assert article.title == "River Talks End Without a Day for More"
    assert article.published == "2010-06-09"
    fetched = next(c for c in article.date_candidates if c.when == "2019-04-02")
    assert not fetched.chosen
    assert fetched.because is not None
    assert fetched.because.quote == "April 2, 2019"


def test_a_lone_date_at_the_top_years_after_all_that_is_told_is_not_believed():
    article = read(f"April 2, 2019\n\nRiver Talks End Without a Day for More\n\n{BODY}")
    assert article.published is None
    assert [c.when for c in article.date_candidates] == ["2019-04-02"]


def test_a_lone_date_at_the_top_is_believed_where_nothing_speaks_against_it():
    assert read(f"June 9, 2010\n\nRiver Talks End\n\n{BODY}").published == "2010-06-09"


def test_a_date_beside_a_menu_is_the_days_on_which_the_page_was_fetched():
    article = read(
        f"Monday, June 14, 2010\nHomeRiver NewsWorld NewsRiver talks end\n\nRiver talks end\n\n{BODY}"
    )
    assert article.title == "River talks end"
    assert article.published is None
    assert article.regions[0].kind is RegionKind.CHROME


@pytest.mark.parametrize(
    ("line", "outlet", "author", "published"),
    [
        pytest.param("Lume Herald, June 9, 2010", "Lume Herald", None, "2010-06-09", id="outlet and date"),
        pytest.param("By Ann Reed | June 9, 2010", None, "Ann Reed", "2010-06-09", id="byline and date"),
        pytest.param("By ANN REED and JON VELD", None, "ANN REED and JON VELD", None, id="two in capitals"),
        pytest.param("Source: Lume Herald", "Lume Herald", None, None, id="source line"),
        pytest.param(
            "By Ann Reed, Globe Staff", "The Boston Globe", "Ann Reed", None, id="a house's own staff line"
        ),
        pytest.param("Published: 9 June 2010 at 10:15 GMT", None, None, "2010-06-09", id="labelled date"),
        pytest.param("Updated 9. Juni 2010", None, None, "2010-06-09", id="a German date"),
    ],
)
def test_lines_under_the_title_tell_outlet_author_and_date(line, outlet, author, published):
    article = read(f"River Talks End\n\n{line}\n\n{BODY}")
    assert (article.outlet, article.author, article.published) == (outlet, author, published)
    assert article.title == "River Talks End"


def test_an_agency_in_the_dateline_is_the_outlet():
    text = BODY.replace("HARBOR CITY — ", "HARBOR CITY, June 9 (Reuters) - ")
    article = read(f"River talks end\n\n{text}")
    assert article.outlet == "Reuters"
    assert kinds(article)["dateline"] == "HARBOR CITY, June 9 (Reuters) -"


def test_a_text_that_opens_with_a_sentence_has_no_title():
    article = read(BODY.removeprefix("HARBOR CITY — "))
    assert article.title is None
    assert [r.kind for r in article.regions] == [RegionKind.BODY]


def test_furniture_notes_and_biography_are_marked_and_nothing_is_cut():
    text = (
        f"OPINION\n\nOpen the gates\n\nBy Ann Reed\n\n{ARGUMENT}\n\n——————\n\nREFERENCES\n\n"
        "[1] Lume Board, 4 May 2010\n[2] Harbor Gazette, 6 May 2010\n\n"
        "Ann Reed is a fellow of the Lume Institute and author of two books.\n"
        "Sign up for our weekly letter"
    )
    article = read(text)
    assert article.genre is Genre.OPINION
    assert "".join(text[r.start : r.end] for r in article.regions) == text
    found = [r.kind.value for r in article.regions]
    assert found == ["chrome", "headline", "byline", "body", "footnotes", "chrome"]
    assert kinds(article)["chrome"].startswith("Ann Reed is a fellow")


def test_the_last_day_named_is_kept_as_the_earliest_it_can_be_of():
    article = read(f"Open the gates\n\n{ARGUMENT}\n\nNotes\n\n[1] Lume Board, 4 May 2010")
    assert article.published is None
    assert [(c.when, c.chosen) for c in article.date_candidates] == [("2010-05-04", False)]


def test_a_chronology_of_its_own_is_a_sidebar():
    rows = "1998: Norland dams the river.\n2004: Sudmark sues.\nMay 2009 – Both sign a pledge."
    article = read(f"River talks end\n\n{BODY}\n\nA river's history\n\n{rows}")
    assert kinds(article)["sidebar"].startswith("A river's history")


def test_an_argument_without_a_label_is_an_opinion_and_a_dispatch_is_a_report():
    assert read(f"Open the gates\n\nBy Ann Reed\n\n{ARGUMENT}").genre is Genre.OPINION
    assert read(f"River talks end\n\n{BODY}").genre is Genre.REPORT


def test_a_label_over_the_title_decides_the_genre():
    assert read(f"NEWS ANALYSIS\n\nRiver talks end\n\n{BODY}").genre is Genre.ANALYSIS


def test_a_statement_by_an_office_is_no_opinion_though_it_says_we_must():
    text = f"Minister's words on the river\n\nThe minister, Ivo Tamm, said:\n\n{ARGUMENT}"
    assert read(text).genre is Genre.REPORT


def test_front_matter_of_markdown_tells_title_and_date():
    article = read(f"---\ntitle: River talks end\ndate: 2010-06-09\n---\n\n{BODY}", file="story.md")
    assert (article.title, article.published) == ("River talks end", "2010-06-09")


def test_a_date_in_the_file_name_serves_where_the_text_has_none():
    assert read(f"River talks end\n\n{BODY}", file="clips/2010-06-09_herald.txt").published == "2010-06-09"
    assert read(f"River talks end\n\n{BODY}", file="clips/2021-06-09_herald.txt").published is None


def test_languages_are_told_by_their_small_words():
    assert read(f"River talks end\n\n{BODY}").language == "en"
    german = "Die Gespräche über den Fluss sind zu Ende, und beide Seiten haben sich auf keinen Tag für das"
    assert read(german + " nächste Treffen geeinigt, wie ein Sprecher am Montag sagte.").language == "de"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        pytest.param(
            "River Talks End\n\nJuly 24, 2010 -- Updated 1425 GMT (2225 HKT)",
            ("2010-07-24", None, None),
            id="hours",
        ),
        pytest.param(
            "World | Europe\n\nRiver Talks End\n\nAnn Reed\n24 July 2010",
            ("2010-07-24", "Ann Reed", None),
            id="a name",
        ),
        pytest.param(
            "River Talks End\n\nThe Lume Herald\nMay/June 2010",
            ("2010-05/2010-06", None, "The Lume Herald"),
            id="issue",
        ),
        pytest.param(
            "Menu\nSkip to content\n\nRiver Talks End\n\n5 min read\n\nBy Ann Reed",
            (None, "Ann Reed", None),
            id="menu",
        ),
        pytest.param(
            "River Talks End\n\nBY ANN REED\nLume Herald Staff Writer",
            (None, "ANN REED", None),
            id="staff line",
        ),
        pytest.param(
            "Copyright 2010 The Lume Herald\n\nRiver Talks End",
            (None, None, "The Lume Herald"),
            id="copyright",
        ),
    ],
)
def test_heads_of_pages_tell_what_they_can(head, told):
    article = read(f"{head}\n\n{BODY}")
    assert (article.published, article.author, article.outlet) == told
    assert article.title == "River Talks End"


def test_an_agency_alone_opens_a_dispatch():
    text = BODY.replace("HARBOR CITY — ", "(Reuters) - ")
    assert read(f"River Talks End\n\n{text}").outlet == "Reuters"


def test_a_headline_that_ends_in_a_full_stop_is_one_where_its_words_are_capitalized():
    assert read(f"River Talks End Without Any Day Set for Another Round.\n\n{BODY}").title is not None


@pytest.mark.parametrize(
    ("head", "told"),
    [
        pytest.param("BBC NEWS\nRiver talks end", ("BBC News", None, None), id="an outlet in capitals"),
        pytest.param(
            "River talks end\nTue Jul 24, 2007 10:15am EDT", (None, None, "2007-07-24"), id="an hour glued on"
        ),
        pytest.param(
            "River talks end\nTue Jul 24, 6:10 PM ET", (None, None, None), id="a day without its year"
        ),
        pytest.param(
            "River talks end | The Guardian", ("The Guardian", None, None), id="an outlet behind a bar"
        ),
        pytest.param(
            "River talks end\nAnn Reed in Geneva\nThe Guardian, Tuesday 24 July 2007",
            ("The Guardian", "Ann Reed", "2007-07-24"),
            id="a name and place",
        ),
        pytest.param(
            "River talks end\nBy ANN REED, AP Diplomatic Writer",
            ("The Associated Press", "ANN REED", None),
            id="an agency's writer",
        ),
    ],
)
def test_lines_of_agencies_and_papers_are_no_titles(head, told):
    article = read(f"{head}\n\n{BODY}")
    assert (article.outlet, article.author, article.published) == told
    assert article.title == "River talks end"
