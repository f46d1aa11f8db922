"""The four concepts straight from their definitions, with Python sets: slow, nothing else to get wrong."""

from detente.negotiation.model import Negotiation, Priorities, Ranking, Weights


def states_of(n: Negotiation) -> list[str]:
    if n.states is not None:
        return list(n.states)
    size = len(n.options)
    every = [f"{b:0{size}b}" if size else "" for b in range(2**size)]
    return [s for s in every if all(truth(c, s, n) for c in n.constraints)]


def truth(text: str, state: str, n: Negotiation) -> bool:
    """By Python's own reading of an expression that holds only not, and, or, brackets."""
    env = {o.id: digit == "1" for o, digit in zip(n.options, state, strict=True)}
    if " if " in text:
        then, when = text.split(" if ")
        return not truth(when, state, n) or truth(then, state, n)
    return bool(eval(text, {"__builtins__": {}}, env))


def score(n: Negotiation, party: str, state: str):
    preference = n.preferences[party]
    if isinstance(preference, Ranking):
        return -next(i for i, tier in enumerate(preference.tiers) if state in tier)
    if isinstance(preference, Priorities):
        return tuple(truth(c, state, n) for c in preference.conditions)
    assert isinstance(preference, Weights)
    return sum(
        preference.values[o.id].middle
        for o, d in zip(n.options, state, strict=True)
        if d == "1" and o.id in preference.values
    )


def moves_of(n: Negotiation, party: str, states: list[str]) -> dict[str, set[str]]:
    if party in n.moves:
        return {s: {b for a, b in n.moves[party] if a == s} for s in states}
    found = {}
    for s in states:
        found[s] = set()
        for t in states:
            changed = [k for k in range(len(s)) if s[k] != t[k] and "-" not in (s[k], t[k])]
            own = all(n.options[k].by == party for k in changed)
            undone = any(n.options[k].irreversible and s[k] == "1" for k in changed)
            if changed and own and not undone:
                found[s].add(t)
    return found


def reached(start: str, group: list[str], step) -> set[str]:
    """States reached by sequences of the group's moves in which nobody moves twice in a row."""
    seen: set[tuple[str, str]] = set()
    todo = [(start, "")]
    while todo:
        state, last = todo.pop()
        for mover in group:
            if mover != last:
                for after in step(mover, state):
                    if (after, mover) not in seen:
                        seen.add((after, mover))
                        todo.append((after, mover))
    return {state for state, _ in seen}


def verdicts(n: Negotiation) -> dict[str, dict[str, set[str]]]:
    """For each state and party, the concepts by which it is stable."""
    states = states_of(n)
    parties = [p.id for p in n.parties]
    level = {p: {s: score(n, p, s) for s in states} for p in parties}
    move = {p: moves_of(n, p, states) for p in parties}
    better = {p: {s: {t for t in move[p][s] if level[p][t] > level[p][s]} for s in states} for p in parties}
    found = {s: {} for s in states}
    for i in parties:
        others = [p for p in parties if p != i]
        by_moves = {s: reached(s, others, lambda p, x: move[p][x]) for s in states}
        by_better = {s: reached(s, others, lambda p, x: better[p][x]) for s in states}
        for s in states:
            mine = level[i][s]
            holds = set()
            if not better[i][s]:
                holds.add("nash")
            if all(any(level[i][k] <= mine for k in by_moves[q]) for q in better[i][s]):
                holds.add("gmr")
            if all(
                any(level[i][k] <= mine and all(level[i][h] <= mine for h in move[i][k]) for k in by_moves[q])
                for q in better[i][s]
            ):
                holds.add("smr")
            if all(any(level[i][k] <= mine for k in by_better[q]) for q in better[i][s]):
                holds.add("seq")
            found[s][i] = holds
    return found
