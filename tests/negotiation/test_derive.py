"""A negotiation from a record made by hand: two states over a river, a host, rebels, currents at home."""

from dataclasses import replace

import pytest

from detente.articles import Article
from detente.claims import (
    Demand,
    Faction,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Spans,
    Statement,
    stable_id,
)
from detente.errors import NotEnoughEvidence
from detente.evidence import Evidence
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.merging import merge_derived
from detente.negotiation.model import Range, Table, Weights
from detente.record.model import Record
from detente.vocabulary import (
    Act,
    Genre,
    MeetingStatus,
    Modality,
    PartyKind,
    PromiseStatus,
    Quotation,
    Review,
    SignalKind,
)

ARDIA, BELMARK, CORA, REBELS, MINISTER = (
    stable_id("party", name) for name in ("Ardia", "Belmark", "Cora", "Hill Front", "Ana Brel")
)
PARTIES = (
    Party(id=ARDIA, name="Ardia", kind=PartyKind.STATE, aliases=("Ardian", "the Ardians")),
    Party(id=BELMARK, name="Belmark", kind=PartyKind.STATE, aliases=("Belmarkers",)),
    Party(id=CORA, name="Cora", kind=PartyKind.STATE),
    Party(id=REBELS, name="Hill Front", kind=PartyKind.ARMED_GROUP, aliases=("the Front",)),
    Party(id=MINISTER, name="Ana Brel", kind=PartyKind.PERSON, member_of=ARDIA),
)
TOLL, FRONT = (Issue(id=stable_id("issue", name), label=name) for name in ("River toll", "Hill Front"))


def words(text, article="a1"):
    return (Evidence(article=article, start=0, end=len(text), quote=text),)


def demand(by, of, what, *, article="a1", issue=None, **more):
    return Demand(
        id=stable_id("demand", by, of, what, article),
        by=by,
        of=of,
        what=what,
        evidence=words(what, article),
        issue=issue.id if issue else None,
        **more,
    )


def record(**changes):
    parts = {
        "articles": tuple(
            Article(id=a, file=f"{a}.txt", sha256="0", text="x", published=day)
            for a, day in (("a1", "2031-03-01"), ("a2", "2031-04-02"))
        ),
        "parties": PARTIES,
        "issues": (TOLL, FRONT),
        "demands": (
            demand(ARDIA, BELMARK, "drop the river toll", issue=TOLL, firm=0.9, confidence=0.9),
            demand(MINISTER, BELMARK, "dropping its toll on the river", article="a2", issue=TOLL),
            demand(BELMARK, ARDIA, "that Ardia expel the Hill Front", issue=FRONT, confidence=0.9),
            demand(BELMARK, ARDIA, "free the nine detained fishermen"),
        ),
        "meetings": (
            Meeting(
                id="m1",
                parties=(ARDIA, BELMARK, CORA),
                date="2031-03",
                place="Cora",
                status=MeetingStatus.HELD,
                evidence=words("they met"),
            ),
        ),
    }
    return Record(**{**parts, **changes})


def weight(negotiation, party, option):
    return negotiation.preferences[party].values.get(option)


def test_each_demand_is_an_option_of_the_party_it_is_made_of():
    found = derive_negotiation(record())
    assert {(o.by, o.text) for o in found.options} == {
        ("belmark", "drop the river toll"),
        ("ardia", "expel the Hill Front"),
        ("ardia", "free the nine detained fishermen"),
    }
    assert found.status_quo == "000"
    assert found.on == "2031-04-02"


def test_the_same_demand_in_other_words_a_month_later_is_one_option_with_both_claims():
    toll = next(o for o in derive_negotiation(record()).options if o.by == "belmark")
    assert len(toll.evidence) == 2


def test_the_asker_wants_it_the_doer_does_not_and_both_say_from_what():
    found = derive_negotiation(record())
    toll = next(o.id for o in found.options if o.by == "belmark")
    assert weight(found, "ardia", toll).low > 0
    assert weight(found, "belmark", toll).high < 0
    assert toll in found.preferences["belmark"].inferred
    assert toll not in found.preferences["ardia"].inferred
    for party in ("ardia", "belmark"):
        assert found.preferences[party].evidence[toll]


def test_told_twice_and_firmly_weighs_more_than_told_once():
    found = derive_negotiation(record())
    toll = next(o.id for o in found.options if "toll" in o.text)
    fishermen = next(o.id for o in found.options if "free" in o.text)
    assert weight(found, "ardia", toll).middle > weight(found, "belmark", fishermen).middle


@pytest.mark.parametrize(
    ("signal", "low", "high"),
    [(SignalKind.FLEXIBLE, -30, 5), (SignalKind.FIRM, -80, -40), (SignalKind.RED_LINE, -100, -60)],
)
def test_a_signal_of_the_doer_moves_what_it_would_cost(signal, low, high):
    sign = Signal(id="s1", party=BELMARK, signal=signal, evidence=words("so"), issue=TOLL.id)
    found = derive_negotiation(record(signals=(sign,)))
    toll = next(o.id for o in found.options if "toll" in o.text)
    assert weight(found, "belmark", toll) == Range(low, high)
    assert found.preferences["belmark"].evidence[toll] == ("s1",)
    lines = [(r.party, r.condition) for r in found.red_lines]
    assert lines == ([("belmark", f"not {toll}")] if signal is SignalKind.RED_LINE else [])


def test_a_group_that_a_demand_is_about_is_at_stake_and_gets_a_table():
    found = derive_negotiation(record())
    expel = next(o.id for o in found.options if "expel" in o.text)
    assert weight(found, "hill-front", expel) == Range(-100, -50)
    assert expel in found.preferences["hill-front"].inferred
    assert {"ardia", "belmark", "hill-front"} in [set(t.parties) for t in found.tables]


def test_whoever_sits_with_both_is_the_host():
    found = derive_negotiation(record())
    assert "with-cora" in {t.id for t in found.tables}
    assert {t.id for t in found.tables} >= {"bilateral", "with-hill-front", "everybody"}


@pytest.mark.parametrize(
    "guests", [("Dorn", "Esk", "Cora"), ("Esk", "Dorn", "Cora"), ("Cora", "Esk", "Dorn")]
)
def test_of_several_that_sit_with_both_equally_often_the_first_named_is_the_host(guests):
    ids = [stable_id("party", name) for name in guests]
    more = tuple(
        Party(id=one, name=name, kind=PartyKind.STATE) for one, name in zip(ids, guests, strict=True)
    )
    meeting = replace(record().meetings[0], parties=(ARDIA, *ids, BELMARK))
    held = record(parties=(*(p for p in PARTIES if p.id != CORA), *more), meetings=(meeting,))
    assert f"with-{guests[0].lower()}" in {table.id for table in derive_negotiation(held).tables}


def test_opponents_at_home_are_a_party_that_concessions_cost():
    against = Faction(
        id="f1", party=ARDIA, faction="the river lobby", position="against", evidence=words("x"), stance=-1
    )
    found = derive_negotiation(record(factions=(against,)))
    home = next(p for p in found.parties if p.id == "ardia-against")
    assert "the river lobby" in home.note
    expel = next(o.id for o in found.options if "expel" in o.text)
    assert weight(found, "ardia-against", expel).high < 0
    assert found.preferences["ardia-against"].evidence[expel] == ("f1",)


def test_a_faction_without_a_camp_belongs_to_the_one_its_name_names_and_is_read_by_its_words():
    loose = Faction(
        id="f2",
        party=None,
        faction="hard-liners on the Belmark side",
        position="of talks",
        evidence=words("x"),
    )
    nobodys = replace(loose, id="f3", faction="Opponents of the talks")
    found = derive_negotiation(record(factions=(loose, nobodys)))
    assert next(p for p in found.parties if p.id == "belmark-against").evidence == ("f2",)


def test_a_promise_made_is_an_option_that_costs_its_maker_little_and_one_kept_is_none():
    def promised(status):
        return Promise(
            id="p1",
            by=BELMARK,
            to=ARDIA,
            what="reopen the eastern bridge",
            made=None,
            status=status,
            evidence=words("x"),
        )

    pending = derive_negotiation(record(promises=(promised(PromiseStatus.PENDING),)))
    bridge = next(o for o in pending.options if "bridge" in o.text)
    assert weight(pending, "belmark", bridge.id) == Range(-25, 5)
    kept = derive_negotiation(record(promises=(promised(PromiseStatus.KEPT),)))
    assert not any("bridge" in o.text for o in kept.options)


def test_a_mechanism_proposed_to_nobody_by_name_is_for_the_other_side_to_agree_to():
    proposal = Statement(
        id="st1",
        speaker=ARDIA,
        speaker_text="Ardia",
        affiliation=ARDIA,
        cue="proposed",
        quote=Quotation.INDIRECT,
        act=Act.PROPOSAL,
        target=None,
        spans=Spans(),
        confidence=0.9,
        evidence=words("a joint commission on the river"),
    )
    found = derive_negotiation(record(statements=(proposal,)))
    assert ("belmark", "agree to a joint commission on the river") in {(o.by, o.text) for o in found.options}


def test_what_is_rejected_denied_or_asked_of_ones_own_camp_is_no_option():
    dropped = (
        demand(ARDIA, BELMARK, "close the airport", review=Review.REJECTED),
        demand(ARDIA, BELMARK, "close the harbour", modality=(Modality.NEGATED,)),
        demand(MINISTER, ARDIA, "close the bank"),
        demand(ARDIA, BELMARK, "that"),
    )
    found = derive_negotiation(record(demands=(*record().demands, *dropped)))
    assert not any("close" in o.text or "that" in o.text for o in found.options)


def test_what_a_party_means_to_do_itself_is_no_demand_on_another():
    text = "Ardia wants to rebuild the lighthouse. Ardia wants Belmark to rebuild the ferry."
    told = [
        Demand(
            id=f"d{start}",
            by=ARDIA,
            of=BELMARK,
            what=text[start:end],
            evidence=(Evidence(article="a3", start=start, end=end, quote=text[start:end]),),
        )
        for start, end in ((12, 37), (51, 79))
    ]
    article = Article(id="a3", file="a3.txt", sha256="0", text=text)
    base = record()
    found = derive_negotiation(
        replace(base, articles=(*base.articles, article), demands=(*base.demands, *told))
    )
    texts = " ".join(o.text for o in found.options)
    assert "rebuild the ferry" in texts
    assert "lighthouse" not in texts


def test_the_words_say_who_is_to_act_where_the_reader_took_the_wrong_side():
    turned = demand(ARDIA, BELMARK, "the Ardians to dismantle the border posts")
    found = derive_negotiation(record(demands=(*record().demands, turned)))
    posts = next(o for o in found.options if "posts" in o.text)
    assert posts.by == "ardia"
    assert weight(found, "belmark", posts.id).low > 0


def test_many_demands_leave_twelve_options_at_most():
    goods = ("barley", "copper", "timber", "cotton", "sugar", "cement", "rubber", "salt", "coal", "zinc")
    many = tuple(demand(ARDIA, BELMARK, f"buy more {thing} of Ardian make") for thing in goods)
    more = tuple(demand(BELMARK, ARDIA, f"sell cheaper {thing}") for thing in goods)
    found = derive_negotiation(record(demands=(*record().demands, *many, *more)))
    assert len(found.options) <= 12
    assert {o.by for o in found.options} == {"ardia", "belmark"}


def test_positions_stand_at_the_ends_of_the_issue_they_are_asked_on():
    found = derive_negotiation(record())
    toll = next(issue for issue in found.issues if issue.label == "River toll")
    assert toll.positions["ardia"].position.low > toll.positions["belmark"].position.high


def test_the_derived_file_is_read_back_as_it_was():
    found = derive_negotiation(record())
    assert load_negotiation(dump_negotiation(found), "talks.yaml") == found


def test_nothing_asked_is_one_clear_line():
    with pytest.raises(NotEnoughEvidence, match="no two parties"):
        derive_negotiation(Record(parties=PARTIES))
    with pytest.raises(NotEnoughEvidence, match="nothing that one party asks"):
        derive_negotiation(record(demands=()))


def later():
    """The record a month on: one more demand, and one more telling of an old one."""
    more = (
        demand(ARDIA, BELMARK, "open the air corridor", article="a2"),
        demand(BELMARK, ARDIA, "expel the Front", article="a2", issue=FRONT, firm=1.0),
    )
    return record(demands=(*record().demands, *more))


def edited(negotiation):
    """What an analyst may do to a file: new words, a weight, a table, an option taken out."""
    toll = next(o for o in negotiation.options if "toll" in o.text)
    fishermen = next(o for o in negotiation.options if "fishermen" in o.text)
    mine = negotiation.preferences["ardia"]
    return replace(
        negotiation,
        options=tuple(
            replace(o, text="halve the toll") if o == toll else o
            for o in negotiation.options
            if o != fishermen
        ),
        status_quo="0" * (len(negotiation.options) - 1),
        preferences={
            party: Weights(
                values={o: w for o, w in wish.values.items() if o != fishermen.id},
                evidence={o: e for o, e in wish.evidence.items() if o != fishermen.id},
                inferred=wish.inferred - {fishermen.id},
            )
            for party, wish in negotiation.preferences.items()
        }
        | {"ardia": replace(mine, values={**mine.values, toll.id: Range(77, 77)})},
        tables=(*negotiation.tables, Table(id="mine", parties=("ardia", "cora"))),
    )


def test_an_analysts_edits_survive_the_next_derivation():
    mine = edited(derive_negotiation(record()))
    merged = merge_derived(mine, derive_negotiation(later()))
    toll = next(o for o in merged.options if o.text == "halve the toll")
    assert weight(merged, "ardia", toll.id) == Range(77, 77)
    assert "mine" in {t.id for t in merged.tables}
    assert any("corridor" in o.text for o in merged.options)
    assert len(merged.status_quo) == len(merged.options)
    assert load_negotiation(dump_negotiation(merged), "talks.yaml") == merged


def test_with_the_derivation_it_started_from_what_was_taken_out_stays_out_and_the_rest_moves_on():
    start = derive_negotiation(record())
    merged = merge_derived(edited(start), derive_negotiation(later()), start)
    assert not any("fishermen" in o.text for o in merged.options)
    expel = next(o for o in merged.options if "expel" in o.text)
    assert len(expel.evidence) == 2
    assert weight(merged, "belmark", expel.id) != weight(start, "belmark", expel.id)
    toll = next(o for o in merged.options if o.text == "halve the toll")
    assert weight(merged, "ardia", toll.id) == Range(77, 77)


def test_nothing_new_changes_nothing():
    found = derive_negotiation(record())
    assert merge_derived(found, found) == found
    assert merge_derived(found, found, found) == found


def test_a_file_with_its_own_states_takes_no_new_options():
    found = derive_negotiation(record())
    listed = replace(found, states=("000", "111"))
    merged = merge_derived(listed, derive_negotiation(later()))
    assert merged.options == listed.options
    assert merged.states == ("000", "111")


def told_in(text, quote, article="a1"):
    """The words as they stand in a text."""
    start = text.index(quote)
    return (Evidence(article=article, start=start, end=start + len(quote), quote=quote),)


def asks_of(of, *whats, **changes):
    """What one camp may do, when another asks all of this of it in one article."""
    by = ARDIA if of == BELMARK else BELMARK
    made = tuple(demand(by, of, what, confidence=0.9) for what in whats)
    return [o.text for o in derive_negotiation(record(demands=made, **changes)).options]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "stop its support of hill militia groups",
            "end its support of tribal militias and their smuggling",
            id="groups named by their sort alone are one sort",
        ),
        pytest.param(
            "take action against the Hill Front", "break up the Hill Front and its camps", id="one group"
        ),
        pytest.param(
            "agree to a third round",
            "agree to a third round of talks aimed at saving the salt harvest",
            id="what talks are about does not part them",
        ),
    ],
)
def test_close_twins_asked_of_one_camp_are_one_option(one, other):
    militias = tuple(
        Party(id=stable_id("party", name), name=name, kind=PartyKind.ARMED_GROUP)
        for name in ("Tribal militias", "Militia")
    )
    shared = None if "round" in one else FRONT
    by = tuple(demand(ARDIA, BELMARK, what, issue=shared, confidence=0.9) for what in (one, other))
    found = derive_negotiation(record(demands=by, parties=(*PARTIES, *militias)))
    (option,) = found.options
    assert set(option.evidence) == {claim.id for claim in by}


def test_an_option_is_named_by_words_that_point_at_nothing_before_them():
    made = ("release the remaining three", "release five fishermen seized off the delta")
    found = record(demands=tuple(demand(BELMARK, ARDIA, what, issue=TOLL, confidence=0.9) for what in made))
    texts = [option.text for option in derive_negotiation(found).options]
    assert texts == ["release five fishermen seized off the delta"]


def test_what_only_an_opinion_piece_tells_is_no_option_beside_what_is_reported():
    opinion = Article(id="a2", file="a2.txt", sha256="0", text="x", genre=Genre.OPINION)
    report = Article(id="a1", file="a1.txt", sha256="0", text="x")
    told = record(
        articles=(report, opinion),
        demands=(
            demand(ARDIA, BELMARK, "drop the river toll"),
            demand(ARDIA, BELMARK, "expel the envoy of Cora", article="a2"),
        ),
    )
    assert [o.text for o in derive_negotiation(told).options] == ["drop the river toll"]
    alone = replace(told, demands=told.demands[1:])
    assert [o.text for o in derive_negotiation(alone).options] == ["expel the envoy of Cora"]


def test_counsel_that_a_camp_gives_itself_is_asked_by_nobody():
    assert "reach an understanding with Belmark" not in asks_of(
        BELMARK, "drop the river toll", "Ardia needs to reach an understanding with Belmark"
    )


def test_words_cut_off_before_their_noun_are_read_on():
    text = "Ardia wants Belmark to halt its sale of sophisticated river mines that sink barges. It said so."
    what = "halt its sale of sophisticated"
    told = replace(demand(ARDIA, BELMARK, what), evidence=told_in(text, what))
    article = Article(id="a1", file="a1.txt", sha256="0", text=text)
    found = derive_negotiation(record(articles=(article,), demands=(told,)))
    assert [o.text for o in found.options] == ["halt its sale of sophisticated river mines"]


def test_what_a_party_insists_to_keep_for_itself_is_asked_of_nobody():
    text = "Belmark frets over Ardia's insistence to retain the upper dam. It said so."
    own = replace(
        demand(ARDIA, BELMARK, "retain the upper dam"), evidence=told_in(text, "to retain the upper dam")
    )
    article = Article(id="a1", file="a1.txt", sha256="0", text=text)
    found = derive_negotiation(
        record(articles=(article,), demands=(own, demand(ARDIA, BELMARK, "drop the river toll")))
    )
    assert [o.text for o in found.options] == ["drop the river toll"]


def test_of_groups_named_by_their_sort_one_sits_for_all():
    militias = tuple(
        Party(id=stable_id("party", name), name=name, kind=PartyKind.ARMED_GROUP)
        for name in ("Tribal militias", "Militia", "Local rebels")
    )
    asked = (
        demand(ARDIA, BELMARK, "stop arming the tribal militias"),
        demand(BELMARK, ARDIA, "shelter no local rebels"),
        demand(BELMARK, ARDIA, "stop paying the militia"),
    )
    found = derive_negotiation(record(demands=asked, parties=(*PARTIES, *militias)))
    names = {party.name for party in found.parties}
    assert len(names & {"Tribal militias", "Militia", "Local rebels"}) == 1


def test_an_option_says_who_asked_for_it_when_and_in_which_words():
    toll = next(o for o in derive_negotiation(record()).options if o.by == "belmark")
    assert toll.note == "asked by Ardia, 2031-03-01, told 2 times: “drop the river toll”"


def test_a_promise_to_wait_and_see_is_nothing_to_trade():
    waits = Promise(
        id="p1", by=BELMARK, to=ARDIA, made=None, what="wait to see what happens next on the river",
        evidence=words("wait to see what happens next on the river"), status=PromiseStatus.PENDING,
    )  # fmt: skip
    assert not any("wait" in o.text for o in derive_negotiation(record(promises=(waits,))).options)


def test_a_file_names_few_claims_under_a_party_however_often_it_met():
    met = tuple(
        Meeting(
            id=f"m{n}", parties=(ARDIA, BELMARK, CORA), date=None, place=None,
            status=MeetingStatus.HELD, evidence=words(f"they met {n}"),
        )
        for n in range(30)
    )  # fmt: skip
    found = derive_negotiation(record(meetings=met))
    assert all(len(party.evidence) <= 6 for party in found.parties)
    assert all(len(table.evidence) <= 6 for table in found.tables)
