"""How fast stability is, beside a straightforward matrix method, and how its cost grows.

    python benchmarks/stability.py [--quick]

The matrix method is the textbook's: reachability as n x n matrices, joint moves as their products
(Xu, Hipel & Kilgour 2009, IEEE Transactions on SMC A 39: 1082-1092). It costs n^3; ours grows with n.
Seconds are of the processor, so that other programs on the machine do not count.
"""

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np

from detente.negotiation.model import Negotiation, NegotiationParty, Option, Range, Weights
from detente.solvers.doubt import doubt_of
from detente.solvers.graph_model import Conflict, build_conflict, solve

TARGETS = [(12, 3, 0.1), (16, 4, 1.0), (18, 6, 6.0)]  # options, parties, seconds


def conflict_of(
    options: int, parties: int, *, irreversible: int = 0, seed: int = 0
) -> tuple[Conflict, list[np.ndarray]]:
    """Every combination of options; each party ranks all states at random, without ties."""
    names = [f"p{i}" for i in range(parties)]
    negotiation = Negotiation(
        id="benchmark",
        parties=tuple(NegotiationParty(id=name, name=name) for name in names),
        options=tuple(
            Option(id=f"o{k}", by=names[k % parties], text="act", irreversible=k < irreversible)
            for k in range(options)
        ),
    )
    conflict = build_conflict(negotiation)
    random = np.random.default_rng(seed)
    return conflict, [random.permutation(2**options).astype(np.int32) for _ in names]


def matrix_method(conflict: Conflict, levels: list[np.ndarray]) -> np.ndarray:
    """All four concepts by reachability matrices; shape (4, parties, states)."""
    size, parties = len(conflict.space), len(levels)
    moves = []
    for each in conflict.moves:
        matrix = np.zeros((size, size), dtype=bool)
        matrix[each.arcs] = True
        moves.append(matrix)
    better = [m & (level[None, :] > level[:, None]) for m, level in zip(moves, levels, strict=True)]
    stable = np.empty((4, parties, size), dtype=bool)
    for i, level in enumerate(levels):
        others = [j for j in range(parties) if j != i]
        worse = level[None, :] <= level[:, None]  # [s, k]: k is not better than s
        joint, joint_better = (joint_moves([kind[j] for j in others]) for kind in (moves, better))
        escapes = (moves[i].astype(np.float32) @ (~worse).astype(np.float32).T) > 0  # [k, s]
        final = worse & ~escapes.T
        for at, (reached, enough) in enumerate(
            [(joint, worse), (joint, final), (joint_better, worse)], start=1
        ):
            deterred = (reached.astype(np.float32) @ enough.astype(np.float32).T) > 0  # [q, s]
            stable[at, i] = ~(better[i] & ~deterred.T).any(axis=1)
        stable[0, i] = ~better[i].any(axis=1)
    return stable


def joint_moves(matrices: list[np.ndarray]) -> np.ndarray:
    """Sequences in which nobody moves twice in a row, by last mover, to a fixed point."""
    last = [matrix.copy() for matrix in matrices]
    while True:
        after = []
        for j, matrix in enumerate(matrices):
            before = np.logical_or.reduce(
                [last[k] for k in range(len(last)) if k != j] or [np.zeros_like(matrix)]
            )
            after.append(last[j] | ((before.astype(np.float32) @ matrix.astype(np.float32)) > 0))
        if all(np.array_equal(a, b) for a, b in zip(after, last, strict=True)):
            return np.logical_or.reduce(after)
        last = after


def timed(run: Callable[[], object]) -> tuple[float, object]:
    """Processor seconds of the best of three runs, or of one that is long."""
    best, result = float("inf"), None
    for _ in range(3):
        start = time.process_time()
        result = run()
        best = min(best, time.process_time() - start)
        if best > 2:
            break
    return best, result


def side_by_side(largest: int) -> None:
    print("\nBeside the matrix method, 3 parties")
    print(f"{'states':>8} {'matrices':>10} {'ours':>10} {'times':>8}")
    for options in range(6, largest + 1):
        conflict, levels = conflict_of(options, 3)
        slow, expected = timed(lambda: matrix_method(conflict, levels))  # noqa: B023  # run at once
        fast, found = timed(lambda: solve(conflict.moves, levels).stable)  # noqa: B023  # run at once
        same = "" if np.array_equal(expected, found) else "  DIFFERENT"
        print(f"{2**options:>8,} {slow:>9.3f}s {fast:>9.4f}s {slow / fast:>7.0f}x{same}")


def curve(largest: int) -> None:
    print("\nGrowth, 4 parties: near-linear keeps the last column level")
    print(f"{'states':>10} {'build':>9} {'solve':>9} {'a state':>12}")
    for options in range(10, largest + 1, 2):
        build, made = timed(lambda: conflict_of(options, 4))  # noqa: B023  # run at once
        conflict, levels = made
        seconds, _ = timed(lambda: solve(conflict.moves, levels))  # noqa: B023  # run at once
        print(f"{2**options:>10,} {build:>8.3f}s {seconds:>8.3f}s {seconds / 2**options * 1e6:>9.2f} µs")


def targets() -> None:
    print("\nTargets: all four concepts, from the negotiation to the verdicts")
    for options, parties, limit in TARGETS:
        for irreversible in (0, options // 2):
            build, (conflict, levels) = timed(
                lambda: conflict_of(options, parties, irreversible=irreversible)  # noqa: B023  # run at once
            )
            seconds, _ = timed(lambda: solve(conflict.moves, levels))  # noqa: B023  # run at once
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            verdict = "ok" if build + seconds < limit and peak < 2 else "MISSED"
            print(
                f"{2**options:>8,} states x {parties}, {irreversible} irreversible: "
                f"{build:.3f} + {seconds:.3f} s of {limit} s, peak so far {peak:.2f} GB: {verdict}"
            )


def worlds(samples: int) -> None:
    parties, options = [f"p{i}" for i in range(3)], [f"o{k}" for k in range(12)]
    random = np.random.default_rng(0)
    negotiation = Negotiation(
        id="worlds",
        parties=tuple(NegotiationParty(id=p, name=p) for p in parties),
        options=tuple(Option(id=o, by=parties[k % 3], text="act") for k, o in enumerate(options)),
        preferences={
            p: Weights(
                values={o: Range(w - 5, w + 5) for o in options for w in [float(random.integers(-30, 30))]}
            )
            for p in parties
        },
    )
    conflict = build_conflict(negotiation)
    held = solve(conflict.moves, conflict.levels).for_all
    started, clock = time.process_time(), time.monotonic()
    doubt = doubt_of(negotiation, conflict, held, samples=samples, seed=0)
    seconds, clock = time.process_time() - started, time.monotonic() - clock
    drawn = doubt.worlds if doubt else 0
    print(
        f"\n{drawn:,} drawn worlds of 4,096 states, drivers and flips included: "
        f"{seconds:.1f} s of 20 s ({clock:.1f} s by the clock)"
    )


def main() -> None:
    """Print every table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="smaller sizes, in a few seconds")
    quick = arguments.parse_args().quick
    side_by_side(8 if quick else 11)
    curve(14 if quick else 20)
    targets()
    worlds(100 if quick else 1000)


if __name__ == "__main__":
    main()
