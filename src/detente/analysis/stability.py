"""Stability: which outcomes would hold, by what each party is held, and how sure that is.

Law: a state is an equilibrium by a concept where it is stable for every party by it. Where weights are
in doubt, the verdict is that of their middles, and its share is that of the drawn worlds where it holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from detente.negotiation.model import Negotiation, Priorities, Weights
from detente.negotiation.wording import doing, listed, party_name
from detente.solvers.coalitions import Coalition, coalitions
from detente.solvers.doubt import Doubt, doubt_of
from detente.solvers.graph_model import CONCEPTS, Concept, Conflict, Verdicts, build_conflict, solve_conflict
from detente.solvers.steps import Deterrence, Step, deterrences, step_by, step_json, temptations

SCHEMA: Final = "detente/stability/1"

_EXPLAINED: Final = 12  # equilibria whose holds and coalitions are worked out, the firmest first
_TEMPTATIONS: Final = 3  # of one party in one state, the greatest first
_BITS: Final = 1 << np.arange(len(CONCEPTS))
_COMBINATIONS: Final = tuple(
    tuple(concept for at, concept in enumerate(CONCEPTS) if code >> at & 1)
    for code in range(1 << len(CONCEPTS))
)
_THREATS: Final = {
    Concept.SMR: "a threat that could not be made up for, though perhaps against its own interest",
    Concept.GMR: "a threat, though perhaps against its own interest",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """By what one party is held in a state.

    Attributes:
        by: The firmest concept by which the state is stable for it; ``None``: it is not held.
        improvements: How many moves it would like to make.
        deterred: Its greatest temptations, each with the others' answer; where it is not held, without.
        words: The same as a sentence.
    """

    party: str
    by: Concept | None
    improvements: int
    deterred: tuple[Deterrence, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateVerdict:
    """What can be said of one state.

    Attributes:
        state: As written in the file.
        taken: Ids of the options taken.
        stable: By party, the concepts by which it is stable for it.
        equilibrium: The concepts by which it is stable for all.
        holds: By what each party is held; only of the equilibria that are explained.
        coalitions: Groups that would leave together, each member strictly better off; likewise.
        better: Parties that prefer it to the status quo; none where there is no status quo.
        worse: Parties that prefer the status quo to it.
        shares: By concept, the share of drawn worlds where it is an equilibrium, with its 90% interval.
    """

    state: str
    taken: tuple[str, ...]
    stable: Mapping[str, tuple[Concept, ...]]
    equilibrium: tuple[Concept, ...]
    holds: tuple[Hold, ...] = ()
    coalitions: tuple[Coalition, ...] = ()
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    shares: Mapping[Concept, tuple[float, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityFinding:
    """Which outcomes would hold.

    Attributes:
        negotiation: Its id.
        considered: Feasible states.
        states: Those stable for all by at least one concept, or all where asked for, in order.
        equilibria: By concept, states as written, in order.
        firmest: Equilibria that are explained: the status quo where it is one; then those by interest
            (SEQ), of these those that cost nobody anything against it, and hold in most worlds.
        status_quo: The state today, or ``None``.
        doubt: What doubt does to the verdicts; ``None`` where nothing is in doubt.
        names: Of the states that ``doubt`` speaks of, as written, by number.
        evidence: Ids of the record's claims under the preferences.
    """

    negotiation: str
    considered: int
    states: tuple[StateVerdict, ...]
    equilibria: Mapping[Concept, tuple[str, ...]]
    firmest: tuple[str, ...]
    status_quo: str | None
    doubt: Doubt | None
    names: Mapping[int, str]
    evidence: tuple[str, ...]


def stability(
    negotiation: Negotiation, *, samples: int = 1000, seed: int = 0, every: bool = False
) -> StabilityFinding:
    """What would hold.

    Args:
        negotiation: With its preferences; a party without any is content with all states.
        samples: Worlds drawn where weights are in doubt; fewer where states are many; 0: none.
        seed: Of the random numbers.
        every: Whether to list every state, not only those that hold.

    Raises:
        InvalidNegotiation: It cannot be enumerated, or a preference does not fit its states.

    Source:
        Fang, Hipel & Kilgour (1993), *Interactive Decision Making*, Wiley.
    """
    conflict = build_conflict(negotiation)
    verdicts = solve_conflict(conflict)
    doubt = doubt_of(negotiation, conflict, verdicts.for_all, samples=samples, seed=seed)
    shares: dict[int, dict[Concept, tuple[float, float, float]]] = {}
    for share in doubt.shares if doubt else ():
        shares.setdefault(share.state, {})[share.concept] = (share.share, share.low, share.high)
    today = None if negotiation.status_quo is None else conflict.space.index(negotiation.status_quo)
    order = _firmest(conflict, verdicts, shares, today)
    holding_now = [today] if today is not None and today in order else []
    firmest = holding_now + [state for state in order[:_EXPLAINED] if state != today]
    explained = set(firmest)
    chosen = list(range(len(conflict.space))) if every else verdicts.any_equilibrium().tolist()
    watched = {d.state for d in doubt.drivers} | {f.state for f in doubt.flips} if doubt else set()
    listed_states = [
        replace(
            _verdict(conflict, verdicts, state, pattern, shares.get(state, {})),
            better=_preferring(conflict, today, state),
            worse=_preferring(conflict, state, today),
        )
        for state, pattern in zip(chosen, conflict.space.patterns(chosen), strict=True)
    ]
    return StabilityFinding(
        negotiation=negotiation.id,
        considered=len(conflict.space),
        states=tuple(
            _explained(negotiation, conflict, verdicts, state, verdict) if state in explained else verdict
            for state, verdict in zip(chosen, listed_states, strict=True)
        ),
        equilibria={
            concept: tuple(conflict.space.patterns(verdicts.equilibria(concept))) for concept in CONCEPTS
        },
        firmest=tuple(conflict.space.patterns(firmest)),
        status_quo=negotiation.status_quo,
        doubt=doubt,
        names={state: conflict.space.pattern(state) for state in sorted(watched)},
        evidence=_evidence(negotiation),
    )


def stability_json(finding: StabilityFinding) -> dict[str, object]:
    """The finding as ``detente stability --json`` prints it."""
    return {
        "schema": SCHEMA,
        "negotiation": finding.negotiation,
        "considered": finding.considered,
        "status_quo": finding.status_quo,
        "states": [_state_json(state) for state in finding.states],
        "equilibria": {str(concept): list(states) for concept, states in finding.equilibria.items()},
        "firmest": list(finding.firmest),
        "doubt": None if finding.doubt is None else _doubt_json(finding, finding.doubt),
        "evidence": list(finding.evidence),
    }


def _firmest(
    conflict: Conflict,
    verdicts: Verdicts,
    shares: Mapping[int, Mapping[Concept, tuple[float, float, float]]],
    today: int | None,
) -> list[int]:
    """Equilibria: by interest (SEQ) first, then by who loses and who gains against today, then by share."""
    states = verdicts.any_equilibrium()
    held = verdicts.for_all[:, states]
    likely = [shares.get(s, {}).get(Concept.SEQ, (0.0, 0.0, 0.0))[0] for s in states.tolist()]
    nobody = np.zeros(len(states), dtype=np.int64)
    losers = sum((level[states] < level[today] for level in conflict.levels if today is not None), nobody)
    winners = sum((level[states] > level[today] for level in conflict.levels if today is not None), nobody)
    soft = ~held[CONCEPTS.index(Concept.SEQ)]
    order = np.lexsort((states, -held.sum(axis=0), -np.array(likely), -winners, losers, soft))
    found: list[int] = states[order].tolist()
    return found


def _preferring(conflict: Conflict, less: int | None, more: int | None) -> tuple[str, ...]:
    """Parties that prefer the second state to the first."""
    if less is None or more is None:
        return ()
    return tuple(
        p for p, level in zip(conflict.parties, conflict.levels, strict=True) if level[more] > level[less]
    )


def _verdict(
    conflict: Conflict,
    verdicts: Verdicts,
    state: int,
    pattern: str,
    shares: Mapping[Concept, tuple[float, float, float]],
) -> StateVerdict:
    stable = verdicts.stable[:, :, state]
    codes = (_BITS @ stable).tolist()
    return StateVerdict(
        state=pattern,
        taken=conflict.space.taken_in(pattern),
        stable={party: _COMBINATIONS[code] for party, code in zip(conflict.parties, codes, strict=True)},
        equilibrium=_COMBINATIONS[int(_BITS @ stable.all(axis=1))],
        shares=shares,
    )


def _explained(
    negotiation: Negotiation, conflict: Conflict, verdicts: Verdicts, state: int, verdict: StateVerdict
) -> StateVerdict:
    """The verdict with what holds each party, and who would leave together."""
    parties = range(len(conflict.parties))
    return replace(
        verdict,
        holds=tuple(_hold(negotiation, conflict, verdicts, party, state) for party in parties),
        coalitions=tuple(coalitions(negotiation, conflict, state)),
    )


def _hold(negotiation: Negotiation, conflict: Conflict, verdicts: Verdicts, party: int, state: int) -> Hold:
    firm = (Concept.NASH, Concept.SEQ, Concept.SMR, Concept.GMR)
    by = next((c for c in firm if verdicts.stable[CONCEPTS.index(c), party, state]), None)
    wished = temptations(conflict, party, state)
    deterred: tuple[Deterrence, ...] = ()
    if by is None:
        steps = [step_by(conflict, party, state, int(end)) for end in wished[:_TEMPTATIONS]]
        deterred = tuple(Deterrence(temptation=step, answer=()) for step in steps)
    elif by is not Concept.NASH:
        deterred = deterrences(conflict, party, state, by, _TEMPTATIONS)
    name = conflict.parties[party]
    words = _hold_in_words(negotiation, name, by, deterred, movable=bool(conflict.moves[party].lists))
    return Hold(party=name, by=by, improvements=len(wished), deterred=deterred, words=words)


def _hold_in_words(
    negotiation: Negotiation,
    party: str,
    by: Concept | None,
    deterred: tuple[Deterrence, ...],
    *,
    movable: bool,
) -> str:
    name = party_name(negotiation, party)
    if not movable:
        return f"{name} has no move of its own."
    if by is Concept.NASH:
        return f"{name} has no better move of its own."
    first = deterred[0]
    move = doing(negotiation, first.temptation.takes, first.temptation.drops)
    if by is None:
        return f"{name} is not held: it would rather {move}."
    would = "would" if by is Concept.SEQ else "could"
    answer = listed([_step_in_words(negotiation, step, would) for step in first.answer], "then")
    if by is Concept.SEQ:
        why = "and be better off for it" if len(first.answer) == 1 else "each better off for its step"
    else:
        why = _THREATS[by]
    return f"If {name} were to {move}, then {answer}, {why}.".replace("were to not ", "were not to ")


def _step_in_words(negotiation: Negotiation, step: Step, would: str) -> str:
    return f"{party_name(negotiation, step.party)} {would} {doing(negotiation, step.takes, step.drops)}"


def _evidence(negotiation: Negotiation) -> tuple[str, ...]:
    """Ids of the claims under the preferences, each once."""
    found: dict[str, None] = {}
    for preference in negotiation.preferences.values():
        if isinstance(preference, Weights | Priorities):
            for ids in preference.evidence.values():
                found.update(dict.fromkeys(ids))
        else:
            found.update(dict.fromkeys(preference.evidence))
    return tuple(found)


def _state_json(state: StateVerdict) -> dict[str, object]:
    found: dict[str, object] = {
        "state": state.state,
        "taken": list(state.taken),
        "stable": {party: [str(c) for c in concepts] for party, concepts in state.stable.items()},
    }
    found["better"], found["worse"] = list(state.better), list(state.worse)
    if state.shares:
        found["shares"] = {
            str(c): {"share": share, "low": low, "high": high}
            for c, (share, low, high) in state.shares.items()
        }
    if state.holds:
        found["holds"] = [_hold_json(hold) for hold in state.holds]
        found["coalitions"] = [
            {"parties": list(c.parties), "steps": [step_json(step) for step in c.steps]}
            for c in state.coalitions
        ]
    return found


def _hold_json(hold: Hold) -> dict[str, object]:
    return {
        "party": hold.party,
        "by": None if hold.by is None else str(hold.by),
        "improvements": hold.improvements,
        "deterred": [
            {"temptation": step_json(d.temptation), "answer": [step_json(step) for step in d.answer]}
            for d in hold.deterred
        ],
        "words": hold.words,
    }


def _doubt_json(finding: StabilityFinding, doubt: Doubt) -> dict[str, object]:
    return {
        "worlds": doubt.worlds,
        "seed": doubt.seed,
        "weights": [
            {
                "party": w.party,
                "option": w.option,
                "low": w.range.low,
                "high": w.range.high,
                "inferred": w.inferred,
            }
            for w in doubt.weights
        ],
        "drivers": [
            {
                "state": finding.names[d.state],
                "concept": str(d.concept),
                "party": d.weight.party,
                "option": d.weight.option,
                "when_low": d.when_low,
                "when_high": d.when_high,
            }
            for d in doubt.drivers[:50]
        ],
        "flips": [
            {
                "state": finding.names[f.state],
                "concept": str(f.concept),
                "party": f.weight.party,
                "option": f.weight.option,
                "holds": f.holds,
                "at": f.at,
            }
            for f in doubt.flips
        ],
    }
