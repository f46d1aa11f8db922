"""How well marks agree with annotations: overlap of words, pairs one to one.

A word is a run of word signs. Two attributions pair where the Jaccard overlap of their contents' words is
0.5 or more,
the best first. A source is right where it holds half of the annotated source's words and a quarter of its
own words
are among them; where the annotation names none, the reader must name none. An item of a kind pairs where the
overlap is 0.3 or more, or one holds the other and three words are common.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotated import Annotated, Held, Said, Span

from detente.reading.attribution import Attribution, Marks, Passage

_WORD = re.compile(r"\w+")
Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Rate:
    """Annotated, found, and both."""

    gold: int
    found: int
    right: int

    @property
    def f1(self) -> float:
        """F1 in percent."""
        return 200 * self.right / max(1, self.gold + self.found)

    def __str__(self) -> str:
        precision, recall = 100 * self.right / max(1, self.found), 100 * self.right / max(1, self.gold)
        counts = f"({self.right} of {self.gold}, {self.found} found)"
        return f"P {precision:5.1f}  R {recall:5.1f}  F1 {self.f1:5.1f}   {counts}"


class Score:
    """Counts over articles; `rate` and `share` read them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def rate(self, name: str, right: str | None = None) -> Rate:
        """The rate of a kind."""
        counts = self.counts
        return Rate(counts[f"{name} gold"], counts[f"{name} found"], counts[right or f"{name} right"])

    def share(self, name: str) -> str:
        """In how many pairs a field is right."""
        right, of = self.counts[f"{name} right"], self.counts[f"{name} of"]
        return f"{name} right in {right} of {of} pairs ({100 * right / max(1, of):.1f} %)"

    def add(self, article: Annotated, marks: Marks, *, outer_only: bool) -> None:
        """Scores one article."""
        bounds = [m.span() for m in _WORD.finditer(article.text)]
        gold = list(article.said)
        found = [a for a in marks.attributions if a.depth == 0 or not outer_only]
        self._add_said(bounds, gold, found)
        for kind in ("demand", "promise", "event", "meeting") if article.kinds_known else ():
            held = [h for h in article.held if h.kind == kind]
            self._add_held(bounds, kind, held, [p for p in marks.passages if p.kind == kind])

    def _add_said(self, bounds: list[Span], gold: list[Said], found: list[Attribution]) -> None:
        counts = self.counts
        gold_words = [_words(bounds, g.content) for g in gold]
        found_words = [_words(bounds, f.content) for f in found]
        counts["content gold"] += len(gold)
        counts["content found"] += len(found)
        for g in gold:
            counts[f"depth {g.depth} gold"] += 1
            counts[f"by act {g.act} gold"] += 1
        for g, f in _pairs(gold_words, found_words, least=0.5, holding=False):
            counts["content right"] += 1
            counts[f"depth {gold[g].depth} right"] += 1
            counts[f"by act {gold[g].act} right"] += 1
            counts["source right"] += _source_right(
                _words(bounds, gold[g].source), _words(bounds, found[f].source)
            )
            if gold[g].act is not None and gold[g].act_weight == 1:
                counts["act of"] += 1
                counts["act right"] += gold[g].act == found[f].act

    def _add_held(self, bounds: list[Span], kind: str, gold: list[Held], found: list[Passage]) -> None:
        counts = self.counts
        counts[f"{kind} gold"] += len(gold)
        counts[f"{kind} found"] += len(found)
        gold_words = [_words(bounds, (g.span,)) for g in gold]
        found_words = [_words(bounds, (f.span,)) for f in found]
        for g, f in _pairs(gold_words, found_words, least=0.3, holding=True):
            counts[f"{kind} right"] += 1
            if gold[g].label is not None:
                counts[f"{kind} label of"] += 1
                counts[f"{kind} label right"] += gold[g].label == found[f].label


def _words(bounds: list[Span], spans: Sequence[Span]) -> Words:
    return frozenset(
        i for i, (s, e) in enumerate(bounds) if any(s < end and start < e for start, end in spans)
    )


def _source_right(gold: Words, found: Words) -> bool:
    if not gold:
        return not found
    both = len(gold & found)
    return both >= 0.5 * len(gold) and both >= 0.25 * len(found) > 0


def _pairs(gold: list[Words], found: list[Words], *, least: float, holding: bool) -> list[tuple[int, int]]:
    ranked = []
    for g, gold_words in enumerate(gold):
        for f, found_words in enumerate(found):
            both = len(gold_words & found_words)
            overlap = both / max(1, len(gold_words | found_words))
            held = holding and both >= 3 and both == min(len(gold_words), len(found_words))
            if both and (overlap >= least or held):
                ranked.append((-overlap, g, f))
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, g, f in sorted(ranked):
        if g not in taken_gold and f not in taken_found:
            taken_gold.add(g)
            taken_found.add(f)
            pairs.append((g, f))
    return pairs
