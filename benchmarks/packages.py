"""How long packages take: the exact frontier and the four points, up to 2^20 packages and three parties.

Beside the frontier stands the straightforward way, comparing every package with every other in blocks of
numpy; it is timed on as many packages as it can do in some seconds, and grows with their square.
"""

import time
from collections.abc import Callable

import numpy as np

from detente.analysis.packages import packages
from detente.negotiation.model import Negotiation, NegotiationParty, Option, Range, Weights
from detente.solvers.bargaining import fair_points, feasible_rows
from detente.solvers.frontier import FloatArray, IntArray, pareto_frontier

LIMIT_SECONDS = 2.0


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def utilities(options: int, parties: int) -> FloatArray:
    weights = np.random.default_rng(parties).normal(size=(options, parties))
    taken = ((np.arange(2**options)[:, None] >> np.arange(options)) & 1).astype(np.float64)
    return taken @ weights


def straightforward(table: FloatArray) -> IntArray:
    kept = []
    for start in range(0, len(table), 256):
        block = table[start : start + 256]
        at_least = (table[None] >= block[:, None]).all(axis=2)
        better = (table[None] > block[:, None]).any(axis=2)
        kept.append(start + np.flatnonzero(~(at_least & better).any(axis=1)))
    return np.concatenate(kept)


def doubtful(options: int, parties: int) -> Negotiation:
    draw = np.random.default_rng(1)
    return Negotiation(
        id="benchmark",
        parties=tuple(NegotiationParty(id=f"p{i}", name=f"P{i}") for i in range(parties)),
        options=tuple(Option(id=f"o{k}", by=f"p{k % parties}", text=f"do {k}") for k in range(options)),
        status_quo="0" * options,
        preferences={
            f"p{i}": Weights(
                values={
                    f"o{k}": Range(middle - 10, middle + 10)
                    for k, middle in enumerate(draw.integers(-40, 41, size=options).astype(float))
                }
            )
            for i in range(parties)
        },
    )


def main() -> None:
    print("frontier and four points, exact")
    print(f"{'packages':>10} {'parties':>8} {'frontier':>9} {'seconds':>8} {'straightforward':>16}")
    slow_enough = 2**12
    no_deal = np.zeros(3)
    for options in (8, 10, 12, 14, 16, 18, 20):
        table = utilities(options, 3)
        size = len(pareto_frontier(table))
        both = seconds(lambda t=table: (pareto_frontier(t), fair_points(t, no_deal)))
        plain = f"{seconds(lambda t=table: straightforward(t)):.2f}" if len(table) <= slow_enough else "—"
        print(f"{len(table):>10,} {3:>8} {size:>9,} {both:>8.3f} {plain:>16}")
        if len(table) <= slow_enough:
            assert pareto_frontier(table).tolist() == straightforward(table).tolist()
    assert both < LIMIT_SECONDS, f"2^20 packages took {both:.1f} s, the bar is {LIMIT_SECONDS:.0f} s"
    feasible = feasible_rows(table, no_deal)
    print(f"of 2^20 packages {len(feasible):,} lose nobody anything")
    whole = seconds(lambda: packages(doubtful(12, 3), samples=1000))
    print(f"4,096 packages, 3 parties, 36 weights in doubt, 1,000 worlds, with flips: {whole:.1f} s")


if __name__ == "__main__":
    main()
