"""What stands on the first page, and in which words: an invented case."""

from dataclasses import replace

import pytest
import varda

from detente.articles import Article
from detente.brief.agenda import asked
from detente.brief.compose import compose
from detente.brief.findings import find
from detente.brief.forecasts import meaning
from detente.brief.model import Listing, Table
from detente.brief.notes import Desk
from detente.evidence import Evidence
from detente.settings import Settings
from detente.vocabulary import Act, Genre, MeetingStatus, PromiseStatus


def _section(brief, key):
    return next(one for one in brief.sections if one.key == key)


def _texts(brief, key):
    blocks = (block for block in _section(brief, key).blocks if isinstance(block, Listing))
    return [line.text for block in blocks for line in block.lines]


def first_page(record, **changes):
    return _texts(compose(replace(record, **changes)), "play")


def _turned_down(record, act, cue):
    """The record's first answered dispute alone, its answer told by this act and in these words."""
    dispute = next(d for d in record.disputes if len(d.evidence) > 1 and d.denied_by)
    told = replace(record.statements[0], act=act, cue=cue, evidence=dispute.evidence[1:2])
    return replace(record, disputes=(replace(dispute, meets=0.9),), statements=(told,))


def test_what_is_denied_is_never_quoted_as_if_it_were_said(record):
    brief = compose(_turned_down(record, Act.DENIAL, "have previously denied"))
    (table,) = (block for block in _section(brief, "charges").blocks if isinstance(block, Table))
    assert "denied “" in table.rows[0].cells[1].lines[0].text
    assert any("denied “" in text for text in _texts(brief, "play"))


def test_a_refusal_that_is_told_in_the_negative_keeps_its_words(record):
    told = _turned_down(record, Act.REFUSAL, "did not rule out")
    assert Desk(told).turned_down(told.statements[0].evidence[0]) == "did not rule out "


def test_a_meeting_without_a_date_shows_the_articles_own_words_for_its_day(record):
    text = "Envoys of Varda and Meridia met in Port Ansel last Monday, aides said."
    article = Article(id="n1", file="n1.txt", sha256="0" * 64, text=text)
    met = replace(
        varda.MEETINGS[0],
        id="m-new",
        date=None,
        evidence=(Evidence(article="n1", start=0, end=57, quote=text[:57]),),
    )
    brief = compose(replace(record, articles=(*record.articles, article), meetings=(met,)))
    (table,) = (block for block in _section(brief, "meetings").blocks if isinstance(block, Table))
    assert table.rows[0].head.text == "“last Monday” as told, no date"


def test_a_meeting_that_came_to_nothing_is_told_where_none_is_ahead(record):
    newest = max(a.published for a in record.articles if a.published)
    off = replace(varda.MEETINGS[0], status=MeetingStatus.FIZZLED, date=newest)
    page = first_page(record, meetings=(off,))
    assert any(text.startswith("No next meeting is told of") and "came to nothing" in text for text in page)


def test_one_thin_article_leads_with_what_it_does_hold(record):
    demand = replace(record.demands[0], by=None, of=None)
    page = first_page(
        record,
        demands=(demand,),
        statements=(),
        promises=(),
        disputes=(),
        events=(),
        meetings=(),
        signals=(),
        factions=(),
        parties=(),
    )
    assert page[0].startswith("Somebody asks of nobody named")


def test_what_a_side_means_to_do_itself_is_asked_of_nobody(record):
    text = "Varda wants to keep the Orre light for itself. So it said."
    article = Article(id="n2", file="n2.txt", sha256="0" * 64, text=text)
    words = "to keep the Orre light for itself"
    at = text.index(words)
    own = replace(
        record.demands[0], id="own", what=words, issue=None,
        evidence=(Evidence(article="n2", start=at, end=at + len(words), quote=words),),
    )  # fmt: skip
    found = asked(replace(record, articles=(*record.articles, article), demands=(own,)))
    assert found[0].own
    assert found[0].deed is None


def test_an_opinion_piece_does_not_say_on_the_first_page_what_a_side_wants(record):
    opinion = tuple(replace(article, genre=Genre.OPINION) for article in record.articles)
    assert not any(" wants " in text for text in first_page(record, articles=opinion))


@pytest.mark.parametrize(
    ("low", "mean", "high", "words"),
    [
        (60, 70, 80, "leans to being done: pay the toll"),
        (10, 20, 30, "leans to not being done: pay the toll"),
        (30, 55, 70, "open either way: pay the toll"),
    ],
)
def test_a_forecast_says_open_where_its_range_crosses_the_middle(low, mean, high, words):
    scale = ((0.0, "not done: pay the toll"), (100.0, "done: pay the toll"))
    says = scale[mean > 50][1]
    assert meaning(low, high, says, scale) == words


def test_promises_that_all_stand_alike_are_told_at_once(record):
    open_ones = tuple(replace(p, status=PromiseStatus.PENDING, reports=()) for p in record.promises)
    whole = {1: "The one promise on record is open", 2: "Both promises on record are open"}
    expected = whole.get(len(open_ones), "All ")
    assert any(text.startswith(expected) for text in first_page(record, promises=open_ones))


def test_a_faction_of_no_known_side_stands_in_the_side_that_its_name_names(record):
    faction = replace(
        record.factions[0],
        party=None,
        faction="opponents of the talks on the Meridian side",
        position="oppose them",
    )
    stranger = replace(faction, id="f-new", faction="Opponents of any deal")
    nobody = replace(faction, id="f-none", faction="No further session of the two")
    brief = compose(replace(record, factions=(faction, stranger, nobody)))
    (table,) = (block for block in _section(brief, "camps").blocks if isinstance(block, Table))
    assert [row.head.text for row in table.rows] == ["Meridia", "Camp not named"]
    assert not any("No further session" in text for text in _texts(brief, "play"))


def test_a_proposal_of_several_in_the_same_words_is_one_line(record):
    made = next(s for s in record.statements if s.speaker)
    one = replace(made, act=Act.PROPOSAL)
    other = replace(one, id="s-other", speaker=None, speaker_text="both delegations", affiliation=None)
    lines = _texts(compose(replace(record, statements=(one, other))), "mechanisms")
    assert len(lines) == 1
    assert "both delegations" in lines[0]


@pytest.mark.parametrize(("acceptable", "likely"), [(None, True), (0.97, True), (0.17, False)])
def test_a_package_that_somebody_loses_by_more_often_than_not_is_told_as_unlikely(record, acceptable, likely):
    talks = varda.negotiation()
    found = find(talks, Settings(samples=50))
    best = replace(found.packages.nash, acceptable=acceptable)
    page = compose(record, talks, replace(found, packages=replace(found.packages, nash=best)))
    told = " ".join(_texts(page, "play"))
    assert ("No package is likely" in told) is not likely
    assert ("holds the package" in told or "leaving that package" in told) is likely
