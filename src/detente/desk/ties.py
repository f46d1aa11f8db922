"""Who says what about whom: the busiest parties, the ties between them, and where to draw them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Final

import networkx

from detente.record.model import Record
from detente.vocabulary import Act

MOST_PARTIES: Final = 50
"""Parties drawn; more are a knot that nobody reads."""

_SEED: Final = 11
_IN_A_ROW: Final = 8
_ROW: Final = 0.09


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What one party says of another.

    Attributes:
        acts: How many statements of each act, the most frequent first.
        statements: Their ids, the surest first.
    """

    speaker: str
    target: str
    acts: Mapping[Act, int]
    statements: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How many statements."""
        return sum(self.acts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Parties and ties.

    Attributes:
        parties: Ids, the busiest first, each with how many statements it makes or is spoken of in.
        places: Where each stands, each coordinate from 0 to 1.
        left_out: Parties that are not drawn.
    """

    parties: Mapping[str, int]
    ties: tuple[Tie, ...]
    places: Mapping[str, tuple[float, float]]
    left_out: int


def network(record: Record, act: Act | None, *, camps: bool) -> Network:
    """The ties between the busiest parties.

    Args:
        act: Only statements of this act; ``None``: all.
        camps: Whether a party counts as the camp it speaks for.
    """
    spoken: defaultdict[tuple[str, str], list[tuple[float, str, Act]]] = defaultdict(list)
    for statement in record.standing().statements:
        if act is not None and statement.act is not act:
            continue
        speaker, target = statement.speaker or statement.affiliation, statement.target
        if camps:
            speaker, target = record.camp(speaker), record.camp(target)
        if speaker in record.party and target in record.party and speaker != target:
            spoken[str(speaker), str(target)].append((-statement.confidence, statement.id, statement.act))
    busy: Counter[str] = Counter()
    for pair, said in spoken.items():
        for party in pair:
            busy[party] += len(said)
    drawn = dict(sorted(busy.items(), key=lambda one: (-one[1], record.party[one[0]].name))[:MOST_PARTIES])
    ties = [_tie(*pair, said) for pair, said in spoken.items() if pair[0] in drawn and pair[1] in drawn]
    ties.sort(key=lambda tie: (-tie.weight, tie.speaker, tie.target))
    return Network(
        parties=drawn, ties=tuple(ties), places=_placed(drawn, ties), left_out=len(busy) - len(drawn)
    )


def _tie(speaker: str, target: str, said: list[tuple[float, str, Act]]) -> Tie:
    acts = Counter(act for _, _, act in said)
    return Tie(
        speaker=speaker,
        target=target,
        acts=dict(acts.most_common()),
        statements=tuple(item for _, item, _ in sorted(said)),
    )


def _placed(parties: Mapping[str, int], ties: list[Tie]) -> dict[str, tuple[float, float]]:
    """Places by springs, the same for the same ties, pushed apart and spread over the square."""
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(parties)
    for tie in ties:
        before = (
            graph.edges[tie.speaker, tie.target]["weight"] if graph.has_edge(tie.speaker, tie.target) else 0
        )
        graph.add_edge(tie.speaker, tie.target, weight=before + tie.weight**0.5)
    if len(graph) < 2:
        return dict.fromkeys(parties, (0.5, 0.5))
    groups = sorted(networkx.connected_components(graph), key=lambda one: (-len(one), min(one)))
    # Groups that speak of nobody else would push the others into a corner: they stand in rows below.
    alone = [party for group in groups[1:] for party in parties if party in group]
    rows = -(-len(alone) // _IN_A_ROW)
    deep = 1 - (0.04 + _ROW * rows if rows else 0)
    places = {party: (x, y * deep) for party, (x, y) in _sprung(graph, parties, groups[0]).items()}
    for at, party in enumerate(alone):
        row, column = divmod(at, _IN_A_ROW)
        places[party] = ((column + 0.5) / _IN_A_ROW, 1 - _ROW * (rows - 1 - row))
    return places


def _sprung(
    graph: "networkx.Graph[str]", parties: Iterable[str], together: set[str]
) -> dict[str, tuple[float, float]]:
    """Those that are tied to one another, laid out by springs."""
    part: networkx.Graph[str] = networkx.Graph()
    part.add_nodes_from(party for party in parties if party in together)  # in order: the same picture again
    for one, other in graph.edges:
        if one in together:
            part.add_edge(one, other, weight=graph.edges[one, other]["weight"])
    if len(part) < 2:
        return dict.fromkeys(part, (0.5, 0.5))
    start = networkx.circular_layout(part)
    laid = networkx.spring_layout(
        part, pos=start, k=2.2 / len(part) ** 0.5, iterations=120, weight="weight", seed=_SEED
    )
    points = {party: (float(x), float(y)) for party, (x, y) in laid.items()}
    return _spread(_apart(_spread(points), 0.55 / len(part) ** 0.5))


def _spread(points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The same over the whole square."""
    xs, ys = zip(*points.values(), strict=True)
    wide, high = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    return {party: ((x - min(xs)) / wide, (y - min(ys)) / high) for party, (x, y) in points.items()}


def _apart(points: dict[str, tuple[float, float]], least: float) -> dict[str, tuple[float, float]]:
    """The same with every two at least ``least`` apart, as far as a few rounds of pushing do."""
    placed = {party: list(at) for party, at in points.items()}
    names = list(placed)
    for _ in range(30):
        for at, one in enumerate(names):
            for other in names[at + 1 :]:
                dx, dy = placed[other][0] - placed[one][0], placed[other][1] - placed[one][1]
                far = hypot(dx, dy)
                if far < least:
                    push = (least - far) / 2
                    ux, uy = (dx / far, dy / far) if far else (1.0, 0.0)
                    placed[one][0] -= ux * push
                    placed[one][1] -= uy * push
                    placed[other][0] += ux * push
                    placed[other][1] += uy * push
    return {party: (at[0], at[1]) for party, at in placed.items()}
