"""A negotiation as GENIUS XML: a domain and a profile a party, for GENIUS, GeniusWeb and NegMAS.

GENIUS adds up issues and knows no constraints. Where every party has weights and every combination of
options is feasible, each option is an issue ("done", "not done"); else the whole outcome is one issue, an
item for each feasible state. Law: a profile's utility rises and falls with what the negotiation's solvers
make of the same state: it is that worth, moved and stretched to reach from 0 to 1.

Source:
    Lin, Kraus, Baarslag, Tykhonov, Hindriks & Jonker (2014), *Computational Intelligence* 30: 48-70.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from lxml import etree

from detente.brief.html import visible
from detente.errors import InvalidNegotiation
from detente.export.case import Case
from detente.export.packing import Package, zipped
from detente.negotiation.model import Negotiation, Weights
from detente.solvers.preferences import Worth, party_levels, worth
from detente.solvers.space import StateSpace, build_space

MOST_STATES: Final = 20_000
"""Items of the one issue that a negotiation with constraints becomes; more than GENIUS can be asked for."""

_DONE: Final = ("done", "not done")


def genius(case: Case) -> Iterator[bytes]:
    """A zip of the domain and the profiles, each party's of its own name.

    Raises:
        NotEnoughEvidence: The record shows no negotiation.
        InvalidNegotiation: It has constraints, and more states than can be listed.
    """
    negotiation = case.negotiation
    parties = [party.id for party in negotiation.parties]
    if _adds_up(negotiation):
        trees = [_domain(_by_option(negotiation)), *(_added(negotiation, party) for party in parties)]
    else:
        space = _listable(negotiation)
        outcomes = [("outcome", [_outcome(negotiation, space, state) for state in range(len(space))])]
        profiles = (_listed(negotiation, space, outcomes, party) for party in parties)
        trees = [_domain(outcomes), *profiles]
    names = _file_names(["domain", *parties])

    def fill(archive: Package) -> None:
        for name, tree in zip(names, trees, strict=True):
            content = etree.tostring(tree, pretty_print=True, encoding="utf-8", xml_declaration=True)
            archive.writestr(archive.member(name), content)

    return zipped(fill)


def _adds_up(negotiation: Negotiation) -> bool:
    """Whether the worth of an outcome is the sum of its options', and every combination is feasible."""
    return (
        bool(negotiation.options)
        and negotiation.states is None
        and not negotiation.constraints
        and all(isinstance(wish, Weights) for wish in negotiation.preferences.values())
    )


def _by_option(negotiation: Negotiation) -> list[tuple[str, Sequence[str]]]:
    names = {party.id: party.name for party in negotiation.parties}
    return [(f"{names[option.by]}: {option.text}", _DONE) for option in negotiation.options]


def _listable(negotiation: Negotiation) -> StateSpace:
    space = build_space(negotiation)
    if len(space) > MOST_STATES:
        raise InvalidNegotiation(
            negotiation.id,
            f"{len(space):,} states; GENIUS takes at most {MOST_STATES:,} where there are constraints: "
            "take options out.",
        )
    return space


def _outcome(negotiation: Negotiation, space: StateSpace, state: int) -> str:
    """An outcome in words, and as it is written, which tells it from every other."""
    texts = {option.id: option.text for option in negotiation.options}
    done = "; ".join(texts[option] for option in space.taken(state)) or "nothing is done"
    return f"{space.pattern(state)} {done}".strip()


def _domain(issues: Sequence[tuple[str, Sequence[str]]]) -> etree._Element:
    template = etree.Element("negotiation_template")
    space = etree.SubElement(template, "utility_space", number_of_issues=str(len(issues)))
    _objective(space, issues)
    return template


def _added(negotiation: Negotiation, party: str) -> etree._Element:
    """A profile with an issue an option: its share of all that the party wants or fears is its weight."""
    wish = negotiation.preferences.get(party)
    values = {
        option.id: wish.values[option.id].middle
        if isinstance(wish, Weights) and option.id in wish.values
        else 0.0
        for option in negotiation.options
    }
    total = sum(map(abs, values.values()))
    # A party that wants nothing finds all outcomes alike; GENIUS wants weights that add up to 1.
    weights = [abs(value) / total if total else 1 / len(values) for value in values.values()]
    evaluations = [(float(value >= 0), float(value <= 0)) for value in values.values()]
    floor = sum(value for value in values.values() if value < 0)
    held = _no_deal(negotiation, party, values)
    reserved = (held - floor) / total if total and held is not None else 0.0
    return _profile(_by_option(negotiation), evaluations, weights, reserved)


def _no_deal(negotiation: Negotiation, party: str, values: Mapping[str, float]) -> float | None:
    """What no deal is worth: as the file says, or what is done today; ``None`` where neither is known."""
    if party in negotiation.disagreement:
        return negotiation.disagreement[party].middle
    if negotiation.status_quo is None:
        return None
    today = zip(values.values(), negotiation.status_quo, strict=True)
    return sum(value for value, digit in today if digit == "1")


def _listed(
    negotiation: Negotiation, space: StateSpace, issues: Sequence[tuple[str, Sequence[str]]], party: str
) -> etree._Element:
    """A profile with the whole outcome as its one issue."""
    wish = negotiation.preferences.get(party)
    values: Worth = (
        worth(wish, space)
        if isinstance(wish, Weights)
        else party_levels(negotiation, space, party).astype(np.float64)
    )
    low, high = float(values.min()), float(values.max())
    reach = high - low
    scaled = (values - low) / reach if reach else np.ones(len(space))
    today = space.find(negotiation.status_quo) if negotiation.status_quo is not None else None
    reserved = float(scaled[today]) if today is not None and reach else 0.0
    if isinstance(wish, Weights) and party in negotiation.disagreement and reach:
        reserved = (negotiation.disagreement[party].middle - low) / reach
    return _profile(issues, [tuple(scaled.tolist())], [1.0], reserved)


def _profile(
    issues: Sequence[tuple[str, Sequence[str]]],
    evaluations: Sequence[Sequence[float]],
    weights: Sequence[float],
    reserved: float,
) -> etree._Element:
    profile = etree.Element("utility_space")
    etree.SubElement(profile, "reservation", value=_number(min(1.0, max(0.0, reserved))))
    objective = _objective(profile, issues, evaluations)
    for index, weight in enumerate(weights, 1):
        etree.SubElement(objective, "weight", index=str(index), value=_number(weight))
    etree.SubElement(profile, "discount_factor", value="1.0")
    return profile


def _objective(
    parent: etree._Element,
    issues: Sequence[tuple[str, Sequence[str]]],
    evaluations: Sequence[Sequence[float]] | None = None,
) -> etree._Element:
    root = etree.SubElement(
        parent, "objective", index="0", name="root", description="", type="objective", etype="objective"
    )
    names = _distinct([name for name, _ in issues])
    for index, (name, (_, items)) in enumerate(zip(names, issues, strict=True), 1):
        kind = {"type": "discrete", "etype": "discrete", "vtype": "discrete"}
        issue = etree.SubElement(root, "issue", index=str(index), name=name, **kind)
        for place, item in enumerate(_distinct(items)):
            attributes = {"index": str(place + 1), "value": item, "cost": "0"}
            if evaluations is None:
                attributes["description"] = item
            else:
                attributes["evaluation"] = _number(evaluations[index - 1][place])
            etree.SubElement(issue, "item", attributes)
    return root


def _distinct(names: Sequence[str]) -> list[str]:
    """The names on a line each, with numbers after those that came before: GENIUS tells things by name."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        line = " ".join(visible(name).split())
        seen[line] = seen.get(line, 0) + 1
        found.append(line if seen[line] == 1 else f"{line} ({seen[line]})")
    return found


def _number(value: float) -> str:
    """A number without an exponent and without digits that only a machine sees.

    >>> _number(1.0), _number(1 / 3), _number(1e-9)
    ('1', '0.333333333333', '0.000000001')
    """
    return f"{value:.12f}".rstrip("0").rstrip(".")


def _file_names(names: Sequence[str]) -> list[str]:
    stems = _distinct([re.sub(r"[^\w-]+", "-", name).strip("-") or "party" for name in names])
    return [f"{stem.replace(' ', '')}.xml" for stem in stems]
