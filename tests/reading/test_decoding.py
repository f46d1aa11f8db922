from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from detente.reading import heads
from detente.reading.decoding import best_paths, log_softmax

TAGS = heads.ROLE_TAGS


def scores_of(*tags: int, sure: float = 5.0) -> np.ndarray:
    scores = np.zeros((1, len(tags), TAGS), dtype=np.float32)
    scores[0, np.arange(len(tags)), tags] = sure
    return log_softmax(scores)


def path_of(scores: np.ndarray) -> list[int]:
    lengths = np.asarray([scores.shape[1]])
    return best_paths(scores, lengths, heads.LEGAL_ROLE_MOVES)[0].tolist()


def test_a_legal_path_stays_as_it_is():
    legal = [0, heads.begin(heads.CUE), heads.begin(heads.CONTENT), heads.inside(heads.CONTENT), 0]
    assert path_of(scores_of(*legal)) == legal


def test_a_span_always_begins_where_it_begins():
    inside = heads.inside(heads.CONTENT)
    assert path_of(scores_of(0, inside, inside)) in (
        [0, heads.begin(heads.CONTENT), inside],
        [heads.begin(heads.CONTENT), inside, inside],
    )


@given(arrays(np.float32, (3, 9, TAGS), elements=st.floats(-4, 4, width=32)), st.permutations([9, 4, 1]))
def test_every_path_is_legal_and_ends_at_its_length(scores, lengths):
    paths = best_paths(log_softmax(scores), np.asarray(lengths), heads.LEGAL_ROLE_MOVES)
    for path, length in zip(paths, lengths, strict=True):
        steps = [0, *path[:length].tolist()]
        assert all(heads.LEGAL_ROLE_MOVES[a, b] for a, b in pairwise(steps))
        assert not path[length:].any()


@given(arrays(np.float32, (2, 6, TAGS), elements=st.floats(-4, 4, width=32)))
def test_a_sequence_is_decoded_the_same_beside_a_longer_one(scores):
    logs = log_softmax(scores)
    alone = best_paths(logs[:1, :4], np.asarray([4]), heads.LEGAL_ROLE_MOVES)[0]
    beside = best_paths(logs, np.asarray([4, 6]), heads.LEGAL_ROLE_MOVES)[0, :4]
    assert alone.tolist() == beside.tolist()


def test_the_columns_of_the_heads_do_not_overlap():
    covered = [i for part in heads.COLUMNS.values() for i in range(part.start, part.stop)]
    assert sorted(covered) == list(range(heads.WIDTH))
