"""The fewest demotions are the fewest, checked by trying everything."""

from itertools import combinations

import pytest
from random_conflicts import random_negotiation

from detente.solvers.demotions import fewest_demotions
from detente.solvers.graph_model import CONCEPTS, build_conflict, solve


def fewest_by_trying(conflict, party, wanted, at) -> int:
    level = conflict.levels[party]
    liked = [s for s in range(len(level)) if level[s] > level[wanted]]
    for size in range(len(liked) + 1):
        for chosen in combinations(liked, size):
            tried = list(conflict.levels)
            tried[party] = level.copy()
            tried[party][list(chosen)] = level[wanted]
            if solve(conflict.moves, tried).stable[at, party, wanted]:
                return size
    raise AssertionError


@pytest.mark.parametrize("seed", range(5000, 5030))
def test_the_fewest_demotions_are_the_fewest(seed):
    conflict = build_conflict(random_negotiation(seed, most_options=3))
    for wanted in range(0, len(conflict.space), 3):
        for at, concept in enumerate(CONCEPTS):
            for party in range(len(conflict.parties)):
                found = fewest_demotions(conflict, party, wanted, concept)
                assert found.exact
                assert len(found.states) == fewest_by_trying(conflict, party, wanted, at)
