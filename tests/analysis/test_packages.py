"""Packages of small negotiations, worked by hand, and the laws that hold for all."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analysis.packages import packages, packages_json
from detente.errors import InvalidNegotiation
from detente.negotiation.model import (
    Negotiation,
    NegotiationParty,
    Option,
    Priorities,
    Range,
    Ranking,
    RedLine,
    Table,
    Weights,
)


def weights(**values):
    read = {option: Range(*v) if isinstance(v, tuple) else Range(v, v) for option, v in values.items()}
    return Weights(values=read)


def river(**changes):
    """Two neighbours: each wants two things of the other."""
    parts = {
        "id": "river",
        "parties": (
            NegotiationParty(id="ardia", name="Ardia"),
            NegotiationParty(id="belmark", name="Belmark"),
        ),
        "options": (
            Option(id="port", by="ardia", text="open the port", evidence=("c1",)),
            Option(id="troops", by="ardia", text="withdraw the troops"),
            Option(id="toll", by="belmark", text="drop the river toll"),
            Option(id="prisoners", by="belmark", text="free the prisoners"),
        ),
        "status_quo": "0000",
        "preferences": {
            "ardia": weights(port=-10, troops=-50, toll=50, prisoners=40),
            "belmark": weights(port=40, troops=30, toll=-20, prisoners=-15),
        },
    }
    return Negotiation(**{**parts, **changes})


def test_the_four_points_are_those_worked_by_hand():
    # Gains (Ardia, Belmark): port+toll 40, 20; all four 30, 35; port+toll+prisoners 80, 5;
    # port+prisoners 30, 25. Products 800, 1050, 400, 750. Shares of 80 and 35: 0.5 at port+toll.
    found = packages(river())
    assert set(found.nash.taken) == {"port", "troops", "toll", "prisoners"}
    assert set(found.kalai_smorodinsky.taken) == {"port", "toll"}
    assert set(found.egalitarian.taken) == {"port", "troops", "toll", "prisoners"}
    assert set(found.utilitarian.taken) == {"port", "toll", "prisoners"}
    assert {p.taken for p in found.frontier} == {
        ("port", "toll"),
        ("port", "troops", "toll", "prisoners"),
        ("port", "toll", "prisoners"),
    }
    assert (found.worlds, found.zone) == (1, 1.0)


def test_a_trade_says_who_gives_what_it_costs_and_to_whom_it_is_worth():
    found = packages(river())
    assert "Ardia gives “open the port”: costs it little, worth much to Belmark." in found.trades
    assert "c1" in found.evidence


def test_ending_what_is_done_today_is_a_gift_too():
    found = packages(river(status_quo="0100"))
    # Troops are out already, worth -50 to Ardia: they come back for the toll and the prisoners.
    assert found.disagreement == {"ardia": -50.0, "belmark": 30.0}
    back = [gift for gift in found.gifts if gift.option == "troops"]
    assert all(not gift.taken and gift.worth == {"ardia": 50.0, "belmark": -30.0} for gift in back)


def test_a_disagreement_value_as_given_replaces_the_status_quo():
    found = packages(river(disagreement={"belmark": Range(30, 30)}))
    assert {p.taken for p in found.frontier} == {("port", "troops", "toll", "prisoners")}


def test_a_disagreement_below_every_package_shuts_nothing_out():
    found = packages(river(disagreement={"ardia": Range(-500, -500), "belmark": Range(-500, -500)}))
    assert found.feasible == found.considered == 16


def test_constraints_and_red_lines_are_kept():
    found = packages(river(constraints=("toll implies troops",)))
    assert all("troops" in p.taken for p in found.frontier if "toll" in p.taken)
    held = packages(river(red_lines=(RedLine(party="ardia", condition="not troops"),)))
    assert all("troops" not in p.taken for p in held.frontier)


def test_only_what_is_on_the_table_moves():
    table = Table(id="small", parties=("ardia", "belmark"), options=("port", "toll"))
    found = packages(river(tables=(table,)), table="small")
    assert found.considered == 4
    assert found.nash.taken == ("port", "toll")
    with pytest.raises(InvalidNegotiation, match="choose one of small"):
        packages(river(tables=(table,)), table="large")


def test_where_nobody_gains_it_says_what_would_open_a_zone():
    # Ardia wants nothing of what Belmark can give: it would need more than 10 for opening the port.
    poor = river(preferences={"ardia": weights(port=-10, troops=-50), "belmark": weights(port=40, toll=-20)})
    found = packages(poor)
    assert not found.someone_gains
    assert found.nash.taken == ()
    nearest = found.relaxations[0]
    assert (nearest.party, nearest.option, nearest.shortfall) == ("ardia", "port", 10.0)


def test_a_red_line_that_closes_the_zone_is_named():
    shut = river(red_lines=(RedLine(party="ardia", condition="not port and not troops"),))
    found = packages(shut)
    assert not found.all_gain
    assert found.relaxations[0].red_line == "not port and not troops"


def test_doubt_gives_shares_and_the_weight_that_flips_the_choice():
    doubtful = river(
        preferences={
            "ardia": weights(port=-10, troops=(-60, -40), toll=50, prisoners=40),
            "belmark": weights(port=40, troops=30, toll=-20, prisoners=-15),
        }
    )
    found = packages(doubtful, samples=4000, seed=3)
    # All four: (80 + troops) * 35 beats port+toll, 40 * 20 = 800, above troops = -57.14.
    flip = found.tippings[0]
    assert (flip.party, flip.option) == ("ardia", "troops")
    assert flip.at == pytest.approx(800 / 35 - 80, abs=1e-4)
    # The range from -57.14 to -40 is 0.857 of the whole.
    assert found.nash.chosen == pytest.approx((80 - 800 / 35 - 40) / 20, abs=0.02)
    assert found == packages(doubtful, samples=4000, seed=3)


def test_an_order_of_states_is_used_as_equal_steps_and_said_so():
    order = ("11", "10", "00", "01")
    found = packages(
        Negotiation(
            id="order",
            parties=(NegotiationParty(id="a", name="A"), NegotiationParty(id="b", name="B")),
            options=(Option(id="x", by="a", text="x"), Option(id="y", by="b", text="y")),
            status_quo="00",
            preferences={
                "a": Ranking(tiers=tuple((s,) for s in order)),
                "b": Priorities(conditions=("x", "y")),
            },
        )
    )
    assert found.nash.taken == ("x", "y")
    assert any("only an order" in note for note in found.notes)


def test_a_party_nobody_knows_the_wishes_of_blocks_nothing_and_is_named():
    found = packages(river(preferences={"ardia": weights(toll=5)}))
    assert found.nash.taken == ("toll",)
    assert any("Belmark" in note for note in found.notes)


def test_the_json_has_the_keys_of_the_contract():
    shown = packages_json(packages(river()))
    assert shown["schema"] == "detente/packages/1"
    for point in ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian"):
        assert set(shown[point]) >= {"taken", "utility"}
    assert shown["disagreement"] == {"ardia": 0.0, "belmark": 0.0}


small_weights = st.lists(st.integers(-9, 9), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(small_weights, small_weights, st.integers(0, 15))
def test_every_package_is_feasible_and_the_best_of_all_combinations(first, second, status_quo):
    names = ("port", "troops", "toll", "prisoners")
    talks = river(
        status_quo=f"{status_quo:04b}",
        preferences={
            "ardia": weights(**dict(zip(names, first, strict=True))),
            "belmark": weights(**dict(zip(names, second, strict=True))),
        },
    )
    found = packages(talks)
    table = np.array([first, second])
    no_deal = table @ np.array([int(d) for d in f"{status_quo:04b}"])
    gains = {bits: tuple(table @ np.array(bits) - no_deal) for bits in itertools.product((0, 1), repeat=4)}
    feasible = {bits: gain for bits, gain in gains.items() if min(gain) >= 0}
    assert found.feasible == len(feasible)
    efficient = {
        bits
        for bits, gain in feasible.items()
        if not any(o != gain and all(x >= y for x, y in zip(o, gain, strict=True)) for o in feasible.values())
    }
    assert {tuple(int(n in p.taken) for n in names) for p in found.frontier} == efficient
    chosen = tuple(int(n in found.utilitarian.taken) for n in names)
    assert sum(gains[chosen]) == max(sum(gain) for gain in feasible.values())
