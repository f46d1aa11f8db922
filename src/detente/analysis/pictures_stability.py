"""Pictures of what holds: the graph of states as SVG, and the tornado of what drives a verdict as Vega-Lite.

Law: a picture says nothing that the finding does not; shape and words carry what colour carries.
"""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final
from xml.sax.saxutils import escape

from detente.negotiation.model import Negotiation
from detente.negotiation.wording import party_name, state_in_words
from detente.solvers.doubt import Driver
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict, Verdicts, build_conflict, solve_conflict
from detente.solvers.steps import temptations

_MOST: Final = 24  # states drawn; more are a tangle
_RADIUS: Final = 210
_CENTRE: Final = 280
# Okabe and Ito's colours, told apart by most colour-blind readers.
_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#666666")


def state_graph_svg(negotiation: Negotiation) -> str:
    """Stable states and improvements between states, as one SVG.

    Of many states, the stable ones are drawn and the status quo. A double ring is stable in the others'
    own interest (SEQ), a single ring by threats alone; the status quo is filled. Each arrow is a better
    move of one party, in its colour, named in its title.

    Raises:
        InvalidNegotiation: The negotiation cannot be enumerated.
    """
    conflict = build_conflict(negotiation)
    verdicts = solve_conflict(conflict)
    chosen = _chosen(negotiation, conflict, verdicts)
    place = {
        state: (
            _CENTRE + _RADIUS * sin(2 * pi * at / len(chosen)),
            _CENTRE - _RADIUS * cos(2 * pi * at / len(chosen)),
        )
        for at, state in enumerate(chosen)
    }
    height = 2 * _CENTRE + 24 * len(conflict.parties)
    body = [*_arrows(negotiation, conflict, place), *_nodes(negotiation, conflict, verdicts, place)]
    legend = [
        f'<text x="20" y="{2 * _CENTRE + 24 * at}" fill="{_COLOURS[at % len(_COLOURS)]}">'
        f"→ better for {escape(party_name(negotiation, party))}</text>"
        for at, party in enumerate(conflict.parties)
    ]
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _CENTRE} {height}" role="img" '
                'font-family="sans-serif" font-size="12">'
            ),
            f"<title>{escape(negotiation.id)}: what holds</title>",
            *body,
            *legend,
            "</svg>",
        ]
    )


def _chosen(negotiation: Negotiation, conflict: Conflict, verdicts: Verdicts) -> list[int]:
    if len(conflict.space) <= _MOST:
        return list(range(len(conflict.space)))
    strength = verdicts.for_all.sum(axis=0)
    stable = sorted(verdicts.any_equilibrium().tolist(), key=lambda state: -int(strength[state]))
    today = [] if negotiation.status_quo is None else [conflict.space.index(negotiation.status_quo)]
    return sorted(dict.fromkeys([*today, *stable][:_MOST]))


def _nodes(
    negotiation: Negotiation,
    conflict: Conflict,
    verdicts: Verdicts,
    place: dict[int, tuple[float, float]],
) -> list[str]:
    found = []
    for state, (x, y) in place.items():
        held = [c for at, c in enumerate(CONCEPTS) if verdicts.for_all[at, state]]
        pattern = conflict.space.pattern(state)
        words = state_in_words(negotiation, conflict.space.taken(state))
        title = f"{pattern}: {words}. Holds by: {', '.join(c.upper() for c in held) or 'nothing'}"
        fill = "#FFE9A8" if pattern == negotiation.status_quo else "#FFFFFF"
        rings = 2 if Concept.SEQ in held else min(1, len(held))
        found.append(f"<g><title>{escape(title)}</title>")
        found.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" fill="{fill}" stroke="#BBBBBB"/>')
        found += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{12 + 4 * ring}" fill="none" stroke="#222222"/>'
            for ring in range(rings)
        ]
        out = 1.17
        label_x, label_y = _CENTRE + (x - _CENTRE) * out, _CENTRE + (y - _CENTRE) * out
        found.append(
            f'<text x="{label_x:.1f}" y="{label_y + 4:.1f}" text-anchor="middle">{escape(pattern)}</text></g>'
        )
    return found


def _arrows(negotiation: Negotiation, conflict: Conflict, place: dict[int, tuple[float, float]]) -> list[str]:
    found = []
    for party, name in enumerate(conflict.parties):
        colour = _COLOURS[party % len(_COLOURS)]
        found.append(
            f'<marker id="m{party}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        )
        for start, (x, y) in place.items():
            for end in temptations(conflict, party, start).tolist():
                if end not in place:
                    continue
                to_x, to_y = place[end]
                length = max(1.0, ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5)
                step_x, step_y = 18 * (to_x - x) / length, 18 * (to_y - y) / length
                title = (
                    f"{party_name(negotiation, name)}: {conflict.space.pattern(start)} to "
                    f"{conflict.space.pattern(end)}"
                )
                found.append(
                    f'<line x1="{x + step_x:.1f}" y1="{y + step_y:.1f}" x2="{to_x - step_x:.1f}" '
                    f'y2="{to_y - step_y:.1f}" stroke="{colour}" marker-end="url(#m{party})">'
                    f"<title>{escape(title)}</title></line>"
                )
    return found


def tornado_spec(
    negotiation: Negotiation, drivers: Sequence[Driver], state: int, most: int = 12
) -> dict[str, object]:
    """What drives one state's verdict, the greatest first: a Vega-Lite specification.

    Each bar runs from the share of worlds where the verdict holds with a weight in the lower half of its
    range, to that in the upper half.

    Args:
        negotiation: For the names.
        drivers: Of a stability finding's doubt.
        state: Number of the state.
        most: Bars.
    """
    texts = {option.id: option.text for option in negotiation.options}
    rows = [
        {
            "weight": f"{party_name(negotiation, d.weight.party)}: {texts[d.weight.option]}",
            "when low": d.when_low,
            "when high": d.when_high,
            "way": "holds more when it is worth more"
            if d.when_high > d.when_low
            else "holds less when it is worth more",
        }
        for d in drivers
        if d.state == state
    ][:most]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": rows},
        "mark": "bar",
        "encoding": {
            "y": {
                "field": "weight",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": 360},
            },
            "x": {
                "field": "when low",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": {"format": "%"},
                "title": "share of worlds in which it holds",
            },
            "x2": {"field": "when high"},
            "color": {
                "field": "way",
                "type": "nominal",
                "title": None,
                "scale": {"range": list(_COLOURS[:2])},
            },
        },
    }
