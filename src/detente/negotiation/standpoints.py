"""Where each party stands on each issue, 0 to 100: 0 is nothing of what is asked, 100 all of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from detente.negotiation.asks import Ask
from detente.negotiation.camps import Names
from detente.negotiation.model import NegotiationIssue, Option, Position, Range, Weights
from detente.negotiation.wants import signals_of, strongest
from detente.record.model import Record
from detente.vocabulary import SignalKind

_ASKER: Final[Mapping[SignalKind | None, Range]] = {
    SignalKind.RED_LINE: Range(95, 100),
    SignalKind.FIRM: Range(90, 100),
    SignalKind.KEY: Range(85, 100),
    None: Range(80, 100),
    SignalKind.FLEXIBLE: Range(60, 90),
}
_DOER: Final[Mapping[SignalKind | None, Range]] = {
    SignalKind.RED_LINE: Range(0, 5),
    SignalKind.FIRM: Range(0, 15),
    SignalKind.KEY: Range(0, 25),
    None: Range(0, 30),
    SignalKind.FLEXIBLE: Range(25, 60),
}
_FLEXIBLE: Final[Mapping[SignalKind | None, Range]] = {
    SignalKind.RED_LINE: Range(0, 5),
    SignalKind.FIRM: Range(0, 20),
    SignalKind.KEY: Range(10, 40),
    None: Range(10, 50),
    SignalKind.FLEXIBLE: Range(40, 80),
}


def find_issue(
    record: Record,
    names: Names,
    *,
    id: str,  # noqa: A002  # the field's own name in the file
    label: str,
    options: Sequence[Option],
    asks: Mapping[str, Ask],
    preferences: Mapping[str, Weights],
    camps: Mapping[str, str],
) -> NegotiationIssue:
    """An issue with everybody's position on it.

    The scale runs with the camp that asks most on it: 100 is all of its demands met.

    Args:
        record: What the asks were found in.
        names: Its parties' names.
        id: Of the issue in the file.
        label: Of the issue, readable.
        options: Those under the issue, the weightiest first.
        asks: By option id.
        preferences: By party id.
        camps: By party id, the record's id of the camp it is; currents at home are left out.
    """
    lead = options[0].by
    asked = [option for option in options if option.by == lead]
    positions: dict[str, Position] = {}
    for party, weights in preferences.items():
        position = _position(
            record,
            names,
            party=party,
            camp=camps.get(party),
            lead=lead,
            asked=asked,
            asks=asks,
            weights=weights,
        )
        if position is not None:
            positions[party] = position
    return NegotiationIssue(
        id=id,
        label=label,
        scale=((0.0, f"not done: {asked[0].text}"), (100.0, f"done: {asked[0].text}")),
        positions=positions,
        evidence=tuple(dict.fromkeys(e for option in options for e in option.evidence)),
    )


def _position(
    record: Record,
    names: Names,
    *,
    party: str,
    camp: str | None,
    lead: str,
    asked: Sequence[Option],
    asks: Mapping[str, Ask],
    weights: Weights,
) -> Position | None:
    """Where one party stands; ``None`` where it has no weight on the issue."""
    held = [option.id for option in asked if option.id in weights.values]
    if not held:
        return None
    signals = [] if camp is None else [s for o in held for s in signals_of(record, names, camp, asks[o])]
    kind = strongest(signals)
    if party == lead:
        where = _DOER[kind]
    elif camp is not None and any(camp in asks[o].askers for o in held):
        where = _ASKER[kind]
    else:
        where = _leaning([weights.values[o] for o in held])
    evidence = [e for o in held for e in weights.evidence.get(o, ())] + [s.id for s in signals]
    return Position(
        position=where,
        salience=_salience([weights.values[o] for o in held]),
        flexibility=_FLEXIBLE[kind],
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _leaning(ranges: Sequence[Range]) -> Range:
    """A party that neither asks nor does: its weight put on the scale, -100 to 0 and 100 to 100."""
    low = min(r.low for r in ranges)
    high = max(r.high for r in ranges)
    return Range(round(50 + low / 2), round(50 + high / 2))


def _salience(ranges: Sequence[Range]) -> Range:
    """How much it cares: the size of its largest weight."""
    small = [min(abs(r.low), abs(r.high)) for r in ranges]
    large = [max(abs(r.low), abs(r.high)) for r in ranges]
    return Range(round(max([10.0, *small])), round(max([20.0, *large])))
