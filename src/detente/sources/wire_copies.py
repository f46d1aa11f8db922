"""Wire copies: one story under several mastheads is one source with several outlets.

Near-duplicates are found by MinHash over runs of words, and each pair that is found is then compared
in full, so that a chance of the sketch never joins two stories. Nothing is dropped: a copy names the
article that it repeats.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from datasketch import MinHash, MinHashLSH

from detente.articles import Article
from detente.dates import earliest
from detente.vocabulary import RegionKind

_WORD: Final = re.compile(r"\w+")
# Two reports of one event share names and phrases of three or four words, not runs of five.
_RUN: Final = 5
# A cut copy keeps the lead paragraphs: most of the shorter text stands in the longer one.
_CONTAINED: Final = 0.7
_SKETCHED: Final = 0.25
_PERMUTATIONS: Final = 128
_FEWEST_RUNS: Final = 20


def mark_copies(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles in their order, each copy marked with the article that it repeats.

    Of one story's copies, the first of the earliest known date is the original; where no date is
    known, the longest. An article with the same id as an earlier one is left as it is.

    Returns:
        As many articles as came in; ``same_story_as`` is set on copies alone.
    """
    all_of_them = tuple(articles)
    runs = [_runs(article) for article in all_of_them]
    joined = _joined(runs)
    original = {}
    for group in joined:
        first = min(group, key=lambda i: _age(all_of_them[i], i))
        for i in group:
            if i != first and all_of_them[i].id != all_of_them[first].id:
                original[i] = all_of_them[first].id
    return tuple(
        replace(article, same_story_as=original[i]) if i in original else article
        for i, article in enumerate(all_of_them)
    )


def likeness(one: Article, other: Article) -> float:
    """Share of the shorter article's runs of words that stand in the other one, from 0 to 1."""
    return _contained(_runs(one), _runs(other))


def _runs(article: Article) -> frozenset[str]:
    body = " ".join(article.text[start:end] for start, end in article.spans(RegionKind.BODY))
    words = [word.casefold() for word in _WORD.findall(body)]
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _joined(runs: Sequence[frozenset[str]]) -> list[list[int]]:
    """Groups of two or more that repeat one another, directly or through a third."""
    index = MinHashLSH(threshold=_SKETCHED, num_perm=_PERMUTATIONS)
    group = list(range(len(runs)))
    for i, own in enumerate(runs):
        if len(own) < _FEWEST_RUNS:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
        sketch.update_batch([run.encode() for run in own])
        for found in index.query(sketch):
            j = int(str(found))
            if _contained(own, runs[j]) >= _CONTAINED:
                group[_top(group, i)] = _top(group, j)
        index.insert(str(i), sketch)
    members: dict[int, list[int]] = {}
    for i in range(len(runs)):
        members.setdefault(_top(group, i), []).append(i)
    return [found for found in members.values() if len(found) > 1]


def _top(group: list[int], i: int) -> int:
    while group[i] != i:
        i = group[i]
    return i


def _age(article: Article, place: int) -> tuple[bool, str, int, int]:
    known = article.published is not None
    day = earliest(article.published).isoformat() if article.published is not None else ""
    return (not known, day, -len(article.text), place)
