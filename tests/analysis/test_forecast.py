"""Forecasts of issues worked by hand, and of the EU case."""

import json

import pytest

from detente.analysis.forecast import Model, forecast, forecast_json
from detente.errors import NotEnoughEvidence
from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    NegotiationParty,
    Position,
    Range,
)


def at(position, salience=50):
    read = position if isinstance(position, tuple) else (position, position)
    return Position(position=Range(*read), salience=Range(salience, salience))


def talks(positions, capabilities=None, **issue):
    named = capabilities or dict.fromkeys(positions)
    return Negotiation(
        id="talks",
        parties=tuple(
            NegotiationParty(id=p, name=p.title(), capability=None if c is None else Range(c, c))
            for p, c in named.items()
        ),
        issues=(NegotiationIssue(id="toll", label="River toll", positions=positions, **issue),),
    )


def test_voices_count_by_salience_times_capability():
    # By hand: (0 * 100 * 50 + 100 * 50 * 50) / (5000 + 2500) = 33.3
    found = forecast(talks({"ardia": at(0), "belmark": at(100)}, {"ardia": 100, "belmark": 50})).issues[0]
    assert found.mean == pytest.approx(100 / 3, abs=1e-5)
    assert found.median == 0
    assert found.low < found.mean < found.high
    assert found.voices["belmark"].weight == pytest.approx(1 / 3, abs=1e-5)
    assert found.voices["belmark"].pull == pytest.approx(100 / 3, abs=1e-5)


def test_without_capabilities_all_count_the_same_and_it_says_so():
    found = forecast(talks({"ardia": at(20), "belmark": at(40)}))
    assert found.issues[0].mean == pytest.approx(30)
    assert "No capability is given" in found.notes[0]


def test_one_unknown_capability_is_drawn_between_the_others():
    found = forecast(
        talks(
            {"ardia": at(0), "belmark": at(0), "cora": at(100)},
            {"ardia": 20, "belmark": 60, "cora": None},
        )
    )
    assert found.issues[0].mean == pytest.approx(100 * 40 / 120, abs=1e-5)
    assert "Cora" in found.notes[0]


def test_a_range_of_positions_widens_the_range_of_the_forecast():
    sure = forecast(talks({"ardia": at(20), "belmark": at(60)})).issues[0]
    unsure = forecast(talks({"ardia": at((0, 40)), "belmark": at(60)})).issues[0]
    assert unsure.mean == pytest.approx(sure.mean)
    assert unsure.high - unsure.low > 3 * (sure.high - sure.low)


def test_the_same_seed_gives_the_same_forecast():
    case = talks({"ardia": at((0, 40)), "belmark": at(60)})
    assert forecast(case, seed=4) == forecast(case, seed=4)
    assert forecast(case, seed=4) != forecast(case, seed=5)


def test_those_who_agree_have_no_rounds():
    found = forecast(talks({"ardia": at(40), "belmark": at(40)})).issues[0]
    assert (found.mean, found.rounds, found.rounds_low) == (40.0, (), None)


def test_the_scale_puts_the_mean_into_words():
    found = forecast(
        talks(
            {"ardia": at(0), "belmark": at(90)}, scale=((0.0, "kept"), (50.0, "halved"), (100.0, "dropped"))
        )
    )
    assert found.issues[0].says == "halved"


def test_nothing_to_forecast_from_is_one_clear_line():
    with pytest.raises(NotEnoughEvidence, match="give positions under 'issues'"):
        forecast(talks({"ardia": at(10, salience=0)}))


def test_the_json_has_the_keys_of_the_contract():
    shown = json.loads(json.dumps(forecast_json(forecast(talks({"ardia": at(0), "belmark": at(90)})))))
    assert shown["schema"] == "detente/forecast/1"
    assert set(shown["issues"][0]) >= {"id", "mean", "median", "low", "high", "rounds"}
    assert set(shown["issues"][0]["rounds"][0]) >= {"round", "mean", "median"}


@pytest.mark.shared
def test_the_eu_standards_give_the_computed_baseline_and_show_how_the_model_jumps(shared):
    case = json.loads((shared / "cases" / "forecast" / "eu_emission_standards.json").read_text("utf-8"))
    names = {actor["name"].lower(): actor for actor in case["actors"]}
    eu = talks(
        {n: at(a["position"], 100 * a["salience"]) for n, a in names.items()},
        {n: 100 * a["capability"] for n, a in names.items()},
    )
    base = forecast(eu, samples=4000).issues[0]
    assert base.mean == pytest.approx(
        case["computed"]["runs"]["prob=scholz,compromise=scholz"][0]["mean"], abs=1e-6
    )
    assert base.median == 7.0
    # The notes beside the case give 7.25 to 7.54 for 400 draws of the same noise.
    assert (base.low, base.high) == pytest.approx((7.25, 7.54), abs=0.03)
    assert [r.median for r in base.rounds[:3]] == pytest.approx([7.0, 8.415932, 9.610859], abs=1e-5)
    assert sorted({round(v, 2) for v in base.variants.values()}) == [7.0, 9.88]
    assert base.rounds_high - base.rounds_low > 10 * (base.high - base.low)
    other = forecast(eu, model=Model.EXPECTED_UTILITY).issues[0]
    assert (other.mean, other.median) == pytest.approx((7.242131, 7.0), abs=1e-5)
