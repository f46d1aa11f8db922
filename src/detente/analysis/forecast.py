"""Where each issue would settle if every voice counted by its weight, with ranges; and a second model.

The forecast is the mean of the positions weighted by salience times capability, with the median beside
it: the baseline that more elaborate models have not reliably beaten. The expected-utility model is run
as a labelled alternative, together with what shows its instability: its variants, and its spread under
the same noise.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from detente.errors import NotEnoughEvidence
from detente.negotiation.model import Negotiation, NegotiationIssue, Range
from detente.solvers.expected_utility import SCHOLZ, Variant, rounds_of_challenges
from detente.solvers.frontier import FloatArray
from detente.solvers.positions import weighted_mean, weighted_median

SCHEMA: Final = "detente/forecast/1"
# Saliences and capabilities are judgments: every world moves each of them by up to a tenth.
NOISE: Final = 0.10
# Ends of the reported range: nine worlds of ten lie between.
_LOW, _HIGH = 5.0, 95.0
_ROUNDS: Final = 10
_VARIANTS: Final = {
    "votes on all pairs, Scholz's compromises": SCHOLZ,
    "votes on all pairs, least move": Variant(least_move=True),
    "votes on each pair, Scholz's compromises": Variant(pairwise_votes=True),
    "votes on each pair, least move": Variant(pairwise_votes=True, least_move=True),
}


class Model(StrEnum):
    """What the four main figures of an issue come from."""

    MEAN = "mean"
    EXPECTED_UTILITY = "expected-utility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Where the expected-utility model stands after a round; round 0 is the start.

    Attributes:
        positions: By party.
    """

    round: int
    mean: float
    median: float
    positions: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A party's part in the forecast.

    Attributes:
        position: From 0 to 100, the middle of its range.
        weight: Its share of all salience times capability.
        pull: How far the mean would move without it.
    """

    position: float
    weight: float
    pull: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueForecast:
    """One issue.

    Attributes:
        id: The issue's.
        mean: Where it would settle; of the model asked for.
        median: The position that would win every vote of two.
        low: Nine worlds of ten have their mean from here …
        high: … to here.
        median_low: The same for the median.
        median_high: The same for the median.
        rounds: The expected-utility model, round by round, at the middle of every range; empty where
            fewer than two positions differ.
        variants: Median after the last round by each variant of that model, by its name.
        rounds_low: Nine worlds of ten have that model's last median from here …
        rounds_high: … to here; ``None`` without rounds.
        says: What the scale says nearest to the mean, or ``None``.
        voices: By party.
        evidence: Ids of the claims under the positions.
    """

    id: str
    label: str
    mean: float
    median: float
    low: float
    high: float
    median_low: float
    median_high: float
    rounds: tuple[Round, ...]
    variants: Mapping[str, float]
    rounds_low: float | None
    rounds_high: float | None
    says: str | None
    voices: Mapping[str, Voice]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastFinding:
    """All issues on which positions are known.

    Attributes:
        model: What ``mean``, ``median``, ``low`` and ``high`` come from.
        noise: Share by which saliences and capabilities are moved in every world, up or down.
        samples: Worlds drawn.
        notes: What a reader must know before using the figures.
    """

    negotiation: str
    model: Model
    issues: tuple[IssueForecast, ...]
    noise: float
    samples: int
    seed: int
    notes: tuple[str, ...]


def forecast(
    negotiation: Negotiation, *, model: Model = Model.MEAN, samples: int = 1000, seed: int = 0
) -> ForecastFinding:
    """Where each issue would settle, with ranges.

    Args:
        negotiation: The file; its issues need positions.
        model: What the main figures come from; the other is given beside them.
        samples: Worlds to draw, at least 1.
        seed: Of the random numbers.

    Raises:
        NotEnoughEvidence: No issue has a position of a party with salience above 0.

    Source:
        Weighted mean as baseline: Achen (2006), in Thomson et al., *The European Union Decides*,
        Cambridge, ch. 10.
    """
    capability, notes = _capabilities(negotiation)
    heard = [issue for issue in negotiation.issues if _heard(issue, capability)]
    if not heard:
        raise NotEnoughEvidence(
            f"{negotiation.id}: no issue has a position with a salience above 0: "
            "give positions under 'issues'."
        )
    chance = np.random.default_rng(seed)
    found = tuple(_forecast(issue, capability, model, samples, chance) for issue in heard)
    silent = [issue.label for issue in negotiation.issues if issue not in heard]
    if silent:
        notes = (*notes, f"No position is known on: {', '.join(silent)}.")
    return ForecastFinding(
        negotiation=negotiation.id,
        model=model,
        issues=found,
        noise=NOISE,
        samples=samples,
        seed=seed,
        notes=notes,
    )


def forecast_json(finding: ForecastFinding) -> dict[str, object]:
    """The finding in the form that scripts rely on, schema ``detente/forecast/1``."""
    return {"schema": SCHEMA, **asdict(finding)}


def _heard(issue: NegotiationIssue, capability: Mapping[str, Range]) -> bool:
    return any(at.salience.middle > 0 and capability[p].middle > 0 for p, at in issue.positions.items())


def _capabilities(negotiation: Negotiation) -> tuple[dict[str, Range], tuple[str, ...]]:
    """Each party's capability; where it is not given, anything between the least and most that are."""
    given = {p.id: p.capability for p in negotiation.parties if p.capability is not None}
    missing = [party for party in negotiation.parties if party.id not in given]
    if not any(capability.high > 0 for capability in given.values()):
        alike = dict.fromkeys((party.id for party in negotiation.parties), Range(1, 1))
        return alike, ("No capability is given: every party's counts the same.",)
    between = Range(min(c.low for c in given.values()), max(c.high for c in given.values()))
    if not missing:
        return given, ()
    names = ", ".join(party.name for party in missing)
    note = f"No capability is given for {names}: drawn between the least and the greatest of the others."
    return {party.id: given.get(party.id, between) for party in negotiation.parties}, (note,)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Worlds:
    """Inputs in every world, the middle of all ranges first: worlds by parties."""

    parties: tuple[str, ...]
    position: FloatArray
    capability: FloatArray
    salience: FloatArray

    @property
    def weight(self) -> FloatArray:
        return self.capability * self.salience


def _draw(
    issue: NegotiationIssue, capability: Mapping[str, Range], samples: int, chance: np.random.Generator
) -> _Worlds:
    parties = tuple(p for p, at in issue.positions.items() if at.salience.high > 0)
    held = [issue.positions[party] for party in parties]
    position = _drawn([at.position for at in held], samples, chance)
    salience = _drawn([at.salience for at in held], samples, chance)
    power = _drawn([capability[party] for party in parties], samples, chance)
    for figures in (salience, power):
        figures[1:] *= chance.uniform(1 - NOISE, 1 + NOISE, figures[1:].shape)
    return _Worlds(
        parties=parties,
        position=position,
        capability=power,
        salience=np.clip(salience / 100, 0.0, 1.0),
    )


def _drawn(ranges: list[Range], samples: int, chance: np.random.Generator) -> FloatArray:
    """The middles, then as many evenly drawn rows."""
    low, high = np.array([r.low for r in ranges]), np.array([r.high for r in ranges])
    rows: FloatArray = low + (high - low) * chance.random((samples, len(ranges)))
    return np.vstack([(low + high) / 2, rows])


def _forecast(
    issue: NegotiationIssue,
    capability: Mapping[str, Range],
    model: Model,
    samples: int,
    chance: np.random.Generator,
) -> IssueForecast:
    worlds = _draw(issue, capability, samples, chance)
    means = weighted_mean(worlds.position, worlds.weight)
    medians = weighted_median(worlds.position, worlds.weight)
    history = _history(worlds)
    variants: dict[str, float] = {}
    rounds_range: tuple[float, float] | None = None
    if history is not None:
        ends = weighted_median(history[:, -1], worlds.weight)
        rounds_range = _range(ends)
        variants = {name: _last_median(worlds, variant) for name, variant in _VARIANTS.items()}
        if model is Model.EXPECTED_UTILITY:
            means, medians = weighted_mean(history[:, -1], worlds.weight), ends
    low, high = _range(means)
    median_low, median_high = _range(medians)
    return IssueForecast(
        id=issue.id,
        label=issue.label,
        mean=_figure(means[0]),
        median=_figure(medians[0]),
        low=low,
        high=high,
        median_low=median_low,
        median_high=median_high,
        rounds=() if history is None else _rounds(worlds, history[0]),
        variants=variants,
        rounds_low=rounds_range[0] if rounds_range else None,
        rounds_high=rounds_range[1] if rounds_range else None,
        says=_says(issue, float(means[0])),
        voices=_voices(worlds),
        evidence=tuple(dict.fromkeys(e for at in issue.positions.values() for e in at.evidence)),
    )


def _history(worlds: _Worlds) -> FloatArray | None:
    """Positions by world and round, or ``None`` where nobody differs."""
    if len(worlds.parties) < 2 or not np.ptp(worlds.position[0]):
        return None
    return rounds_of_challenges(worlds.position, worlds.capability, worlds.salience, rounds=_ROUNDS)


def _last_median(worlds: _Worlds, variant: Variant) -> float:
    middle = slice(0, 1)
    history = rounds_of_challenges(
        worlds.position[middle],
        worlds.capability[middle],
        worlds.salience[middle],
        rounds=_ROUNDS,
        variant=variant,
    )
    return _figure(weighted_median(history[0, -1], worlds.weight[0]))


def _rounds(worlds: _Worlds, history: FloatArray) -> tuple[Round, ...]:
    weight = worlds.weight[0]
    return tuple(
        Round(
            round=number,
            mean=_figure(weighted_mean(at, weight)),
            median=_figure(weighted_median(at, weight)),
            positions={party: _figure(x) for party, x in zip(worlds.parties, at, strict=True)},
        )
        for number, at in enumerate(history)
    )


def _voices(worlds: _Worlds) -> dict[str, Voice]:
    weight, position = worlds.weight[0], worlds.position[0]
    share = weight / weight.sum()
    mean = float((share * position).sum())
    pulls = [
        0.0 if share[k] >= 1 else share[k] * (position[k] - mean) / (1 - share[k])
        for k in range(len(worlds.parties))
    ]
    return {
        party: Voice(position=_figure(position[k]), weight=_figure(share[k]), pull=_figure(pulls[k]))
        for k, party in enumerate(worlds.parties)
    }


def _says(issue: NegotiationIssue, mean: float) -> str | None:
    """The words of the scale nearest to the mean."""
    nearest = min(issue.scale, key=lambda mark: abs(mark[0] - mean), default=None)
    return nearest[1] if nearest else None


def _range(figures: FloatArray) -> tuple[float, float]:
    low, high = np.percentile(figures, [_LOW, _HIGH])
    return _figure(low), _figure(high)


def _figure(value: float | FloatArray) -> float:
    return round(float(value), 6) + 0.0
