"""The network: ties by act, places that stay, at most fifty parties."""

from dataclasses import replace
from xml.etree import ElementTree

from detente.articles import Article
from detente.brief.names import Names
from detente.claims import Party, Spans, Statement
from detente.desk.ties import MOST_PARTIES, network
from detente.desk.ties_drawing import drawn
from detente.evidence import Evidence
from detente.record.model import Record
from detente.vocabulary import Act, PartyKind, Quotation, Review

WORDS = Evidence(article="a", start=0, end=4, quote="They")


def statement(n: int, speaker: str, target: str, act: Act = Act.DEMAND) -> Statement:
    return Statement(
        id=f"s{n}",
        speaker=speaker,
        speaker_text=None,
        affiliation=None,
        cue=None,
        quote=Quotation.INDIRECT,
        act=act,
        target=target,
        spans=Spans(),
        confidence=0.5,
        evidence=(WORDS,),
    )


def record(*statements: Statement) -> Record:
    names = sorted({one for said in statements for one in (said.speaker, said.target) if one})
    return Record(
        articles=(Article(id="a", file="a.txt", sha256="", text="They"),),
        parties=tuple(Party(id=name, name=f"<{name}>", kind=PartyKind.STATE) for name in names),
        statements=statements,
    )


TWO = record(statement(1, "v", "o"), statement(2, "v", "o", Act.THREAT), statement(3, "o", "v"))


def test_a_tie_counts_its_acts():
    tie = network(TWO, None, camps=True).ties[0]
    assert (tie.speaker, tie.target, tie.weight) == ("v", "o", 2)
    assert dict(tie.acts) == {Act.DEMAND: 1, Act.THREAT: 1}


def test_only_the_act_asked_for_counts():
    assert [tie.weight for tie in network(TWO, Act.THREAT, camps=True).ties] == [1]


def test_who_speaks_of_its_own_camp_has_no_tie():
    envoy = Party(id="envoy", name="Ada Holm", kind=PartyKind.PERSON, member_of="v")
    inside = record(statement(1, "envoy", "v"))
    held = Record(articles=inside.articles, parties=(envoy, inside.parties[-1]), statements=inside.statements)
    assert network(held, None, camps=True).ties == ()
    assert len(network(held, None, camps=False).ties) == 1


def test_a_rejected_statement_is_no_tie():
    rejected = replace(statement(1, "v", "o"), review=Review.REJECTED)
    assert network(replace(TWO, statements=(rejected,)), None, camps=True).ties == ()


def test_fifty_parties_are_drawn_at_most_and_stand_apart():
    held = record(*(statement(n, f"p{n:02}", f"p{(n * 7 + 1) % 70:02}") for n in range(70)))
    found = network(held, None, camps=True)
    assert len(found.parties) == MOST_PARTIES
    assert found.left_out == 20
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in found.places.values())
    assert found.places == network(held, None, camps=True).places


def test_a_hostile_name_is_text_in_the_picture():
    found = network(TWO, None, camps=True)
    svg = ElementTree.fromstring(drawn(found, Names(TWO), {}))
    assert "<v>" in [each.text for each in svg.iter()]
    assert not any(each.get("style") for each in svg.iter())


def test_a_number_leads_to_what_is_said(desk, case):
    page = desk.get("/network").text
    link = page.split('href="/network/said?')[1].split('"')[0].replace("&amp;", "&")
    said = desk.get(f"/network/said?{link}")
    assert said.status_code == 200
    assert 'href="/articles/' in said.text
    assert desk.get("/network", params={"act": "sing"}).status_code == 400
    assert desk.get("/network/said", params={"speaker": "x", "target": "y"}).status_code == 404


def test_a_name_stands_beside_its_disc_where_below_it_would_cover_another():
    held = record(statement(1, "a" * 20, "b" * 20))
    found = replace(network(held, None, camps=False), places={"a" * 20: (0.5, 0.5), "b" * 20: (0.56, 0.5)})
    svg = ElementTree.fromstring(drawn(found, Names(held), {}))  # our own picture
    names = [each for each in svg.iter() if each.tag.endswith("text")]
    assert len({(each.get("y"), each.get("text-anchor")) for each in names}) == 2


def test_groups_that_speak_of_nobody_else_stand_below_the_others():
    busy = [statement(n, f"n{n}", "hub") for n in range(6)]
    held = record(*busy, statement(7, "x", "y"), statement(8, "z", "w"))
    places = network(held, None, camps=False).places
    lowest = max(places[party][1] for party in places if party.startswith(("n", "hub")))
    assert all(places[party][1] > lowest for party in "wxyz")
    assert len({places[party] for party in "wxyz"}) == 4
    assert network(held, None, camps=False).places == places
