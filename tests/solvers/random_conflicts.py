"""Small random negotiations of every form, for comparing solvers."""

import random

from oracle import states_of

from detente.negotiation.model import (
    Negotiation,
    NegotiationParty,
    Option,
    Priorities,
    Range,
    Ranking,
    Weights,
)


def random_negotiation(seed: int, most_options: int = 6) -> Negotiation:
    """2 to 5 parties; ties, irreversible options, constraints, listed and indistinct states, arcs."""
    r = random.Random(seed)
    parties = [f"p{i}" for i in range(r.randint(2, 5))]
    size = r.randint(1, most_options)
    irreversible = r.random() < 0.4
    options = tuple(
        Option(id=f"o{k}", by=r.choice(parties), text="act", irreversible=irreversible and r.random() < 0.5)
        for k in range(size)
    )
    names = [o.id for o in options]
    form = r.choice(["all", "all", "constraints", "listed", "indistinct"])
    constraints: tuple[str, ...] = ()
    states = None
    everything = [f"{b:0{size}b}" for b in range(2**size)]
    if form == "constraints":
        constraints = tuple(
            f"not ({r.choice(['', 'not '])}{r.choice(names)} and {r.choice(['', 'not '])}{r.choice(names)})"
            for _ in range(r.randint(1, 2))
        )
    elif form == "listed":
        states = tuple(r.sample(everything, r.randint(1, len(everything))))
    elif form == "indistinct":
        drawn = r.sample(everything, r.randint(1, len(everything)))
        drawn = ["".join("-" if r.random() < 0.15 else d for d in s) for s in drawn]
        states = tuple(dict.fromkeys(drawn))
    n = Negotiation(
        id="random",
        parties=tuple(NegotiationParty(id=p, name=p) for p in parties),
        options=options,
        states=states,
        constraints=constraints,
    )
    order = states_of(n)
    if not order:
        return random_negotiation(seed + 1_000_003, most_options)
    preferences = {p: random_preference(r, order, names) for p in parties}
    moves = {}
    if r.random() < 0.25 and len(order) > 1:
        for p in r.sample(parties, r.randint(1, len(parties))):
            pairs = {tuple(r.sample(order, 2)) for _ in range(r.randint(0, 2 * len(order)))}
            fixed = [k for k, o in enumerate(options) if o.irreversible]
            moves[p] = tuple(
                sorted((a, b) for a, b in pairs if not any(a[k] == "1" and b[k] == "0" for k in fixed))
            )
    return Negotiation(
        id="random",
        parties=n.parties,
        options=options,
        states=states,
        constraints=constraints,
        preferences=preferences,
        moves=moves,
    )


def random_preference(r: random.Random, states: list[str], options: list[str]):
    form = r.choice(["ranking", "ranking", "priorities", "weights"])
    if form == "ranking":
        shuffled = r.sample(states, len(states))
        tiers, tie = [], r.choice([0, 0.2, 0.7])
        for s in shuffled:
            if tiers and r.random() < tie:
                tiers[-1].append(s)
            else:
                tiers.append([s])
        return Ranking(tiers=tuple(tuple(tier) for tier in tiers))
    if form == "priorities":
        chosen = r.sample(options, r.randint(1, len(options)))
        conditions = [r.choice(["", "not "]) + o for o in chosen]
        if len(options) > 1 and r.random() < 0.5:
            conditions.insert(0, f"{r.choice(options)} if {r.choice(options)}")
        return Priorities(conditions=tuple(conditions))
    return Weights(values={o: Range(w, w) for o in options for w in [r.choice([-2, -1, 0, 0, 1, 2, 3])]})
