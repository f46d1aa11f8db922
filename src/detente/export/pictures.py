"""Findings as pictures: Vega-Lite specifications, and SVG made from them on this machine.

Law: what a colour says, a shape or a word says too; colours are Okabe and Ito's, which people tell apart
however they see colour, and everything else is a grey that reads on white and on black.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from detente.analysis.forecast import ForecastFinding
from detente.analysis.packages import Package, PackagesFinding
from detente.negotiation.model import Negotiation

Spec: TypeAlias = dict[str, object]

_GREY: Final = "#767676"  # 4.5 to 1 on white as on black
_BLUE: Final = "#0072B2"
_ORANGE: Final = "#D55E00"
_GREEN: Final = "#009E73"
_BARS: Final = 12
_PLAIN: Final = "on the frontier"
_POINTS: Final[Mapping[str, str]] = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
_LOOK: Final[Spec] = {
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": _GREY,
        "titleColor": _GREY,
        "gridColor": _GREY,
        "gridOpacity": 0.2,
        "domainColor": _GREY,
        "tickColor": _GREY,
        "labelLimit": 360,
    },
    "legend": {"labelColor": _GREY, "titleColor": _GREY},
    "title": {"color": _GREY, "anchor": "start"},
}


def package_scatter(negotiation: Negotiation, finding: PackagesFinding) -> Spec:
    """What each package of the frontier is worth to two parties, over no deal; the fair ones are named.

    With more than two at the table, the first two are drawn.
    """
    names = _names(negotiation)
    sides = [*finding.table.parties, *finding.table.parties][:2]
    rows = [
        {
            "x": package.utility[sides[0]] - finding.disagreement[sides[0]],
            "y": package.utility[sides[1]] - finding.disagreement[sides[1]],
            "kind": _kind(finding, package),
            "package": _contents(negotiation, package.taken),
        }
        for package in finding.frontier
    ]
    # The fair ones last, so that they lie on top.
    rows.sort(key=lambda row: row["kind"] != _PLAIN)
    x = {"field": "x", "type": "quantitative", "title": f"gain of {names[sides[0]]} over no deal"}
    y = {"field": "y", "type": "quantitative", "title": f"gain of {names[sides[1]]} over no deal"}
    point = {
        "mark": {"type": "point", "filled": True, "opacity": 0.9},
        "encoding": {
            "x": x,
            "y": y,
            "shape": {"field": "kind", "type": "nominal", "title": "package"},
            "color": {
                "condition": {"test": f"datum.kind === '{_PLAIN}'", "value": _BLUE},
                "value": _ORANGE,
            },
            "size": {"condition": {"test": f"datum.kind === '{_PLAIN}'", "value": 60}, "value": 170},
            "tooltip": [{"field": "kind"}, {"field": "package"}, {"field": "x"}, {"field": "y"}],
        },
    }
    zero = [
        {"mark": {"type": "rule", "color": _GREY, "strokeDash": [4, 4]}, "encoding": {axis: {"datum": 0}}}
        for axis in ("x", "y")
    ]
    return _picture("What each package is worth to either side", rows, {"layer": [*zero, point]}, height=320)


def acceptability_bars(negotiation: Negotiation, finding: PackagesFinding) -> Spec:
    """In how many of the drawn worlds each package loses nobody anything; and for each party alone.

    Packages are numbered in the order of the frontier, the fairest first.
    """
    names = _names(negotiation)
    rows: list[Mapping[str, object]] = []
    for number, package in enumerate(finding.frontier[:_BARS], start=1):
        if package.acceptable is None or package.acceptable_to is None:
            continue
        label = f"package {number:>2}, {_kind(finding, package)}"
        contents = _contents(negotiation, package.taken)
        rows.append(
            {"package": label, "contents": contents, "whom": "everybody", "share": package.acceptable}
        )
        rows += [
            {"package": label, "contents": contents, "whom": names[party], "share": share}
            for party, share in package.acceptable_to.items()
        ]
    shape = {
        "mark": {"type": "point", "filled": True, "size": 80},
        "encoding": {
            "y": {"field": "package", "type": "nominal", "title": None, "sort": None},
            "x": _share_axis("share", "worlds in which it loses them nothing"),
            "shape": {"field": "whom", "type": "nominal", "title": None},
            "color": {"condition": {"test": "datum.whom === 'everybody'", "value": _ORANGE}, "value": _BLUE},
            "tooltip": [{"field": "whom"}, {"field": "share", "format": ".0%"}, {"field": "contents"}],
        },
    }
    bar = {
        "transform": [{"filter": "datum.whom === 'everybody'"}],
        "mark": {"type": "bar", "color": _GREY, "opacity": 0.35},
        "encoding": {
            "y": {"field": "package", "type": "nominal", "title": None, "sort": None},
            "x": _share_axis("share", "worlds in which it loses them nothing"),
        },
    }
    return _picture("How sure each package is", rows, {"layer": [bar, shape]})


def tornado(negotiation: Negotiation, finding: PackagesFinding) -> Spec:
    """The weights that change the choice on their own: their range, where they stand, where it flips."""
    names = _names(negotiation)
    texts = {option.id: option.text for option in negotiation.options}
    rows = [
        {
            "input": f"{names[tip.party]}: {texts[tip.option]}",
            "low": tip.low,
            "high": tip.high,
            "middle": tip.middle,
            "at": tip.at,
        }
        for tip in finding.tippings[:_BARS]
    ]
    y = {"field": "input", "type": "nominal", "title": None, "sort": None}
    span = {
        "mark": {"type": "bar", "height": 10, "color": _BLUE, "opacity": 0.45},
        "encoding": {
            "y": y,
            "x": {"field": "low", "type": "quantitative", "title": "worth (line: where it stands)"},
            "x2": {"field": "high"},
        },
    }
    stands = {
        "mark": {"type": "tick", "color": _GREY, "thickness": 3, "size": 16},
        "encoding": {"y": y, "x": {"field": "middle", "type": "quantitative"}},
    }
    flips = {
        "mark": {"type": "point", "shape": "diamond", "filled": True, "size": 110, "color": _ORANGE},
        "encoding": {
            "y": y,
            "x": {"field": "at", "type": "quantitative"},
            "tooltip": [{"field": "input"}, {"field": "at", "title": "flips at"}],
        },
    }
    title = "What flips the Nash package (diamond: from where on another is chosen)"
    return _picture(title, rows, {"layer": [span, stands, flips]})


def forecast_ranges(finding: ForecastFinding) -> Spec:
    """Where each issue would settle: nine worlds of ten, the mean (dot) and the median (diamond)."""
    rows = [
        {
            "issue": issue.label,
            "low": issue.low,
            "high": issue.high,
            "mean": issue.mean,
            "median": issue.median,
        }
        for issue in finding.issues
    ]
    y = {"field": "issue", "type": "nominal", "title": None, "sort": None}
    scale = {"domain": [0, 100]}
    span = {
        "mark": {"type": "bar", "height": 8, "color": _BLUE, "opacity": 0.45},
        "encoding": {
            "y": y,
            "x": {"field": "low", "type": "quantitative", "title": "position, 0 to 100", "scale": scale},
            "x2": {"field": "high"},
        },
    }
    marks = [
        {
            "mark": {"type": "point", "shape": shape, "filled": True, "size": 90, "color": color},
            "encoding": {
                "y": y,
                "x": {"field": field, "type": "quantitative"},
                "tooltip": [{"field": "issue"}, {"field": field, "format": ".1f"}],
            },
        }
        for field, shape, color in (("mean", "circle", _BLUE), ("median", "diamond", _GREEN))
    ]
    title = "Where each issue would settle (dot: mean, diamond: median)"
    return _picture(title, rows, {"layer": [span, *marks]})


def to_svg(spec: Spec) -> str:
    """The picture as SVG, drawn on this machine without a network."""
    import vl_convert  # noqa: PLC0415  # a browser engine: loaded only to draw

    svg: str = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version="5.20", allowed_base_urls=[])
    return svg


def _picture(
    title: str, rows: Sequence[Mapping[str, object]], body: Spec, *, height: int | None = None
) -> Spec:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": title,
        "description": title,
        "width": 520,
        "height": height or {"step": 30},
        "data": {"values": list(rows)},
        "config": _LOOK,
        **body,
    }


def _share_axis(field: str, title: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%"},
    }


def _kind(finding: PackagesFinding, package: Package) -> str:
    named = [
        label
        for point, label in _POINTS.items()
        if (chosen := getattr(finding, point)) is not None and chosen.taken == package.taken
    ]
    return ", ".join(named) or _PLAIN


def _contents(negotiation: Negotiation, taken: Sequence[str]) -> str:
    return "; ".join(option.text for option in negotiation.options if option.id in taken) or "nothing"


def _names(negotiation: Negotiation) -> dict[str, str]:
    return {party.id: party.name for party in negotiation.parties}
