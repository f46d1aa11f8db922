"""What the model should answer for a window: tags, links, acts, labels of items; -100 is "not known"."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from annotated import Annotated, Said, Span

from detente.reading import heads
from detente.reading.pieces import Integers, Pieces, Window, input_of, paragraph_starts_of, windows_of

UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Pooled:
    """A label of some places: an act of a cue and its content, or an item's type."""

    head: str
    cue: int
    places: tuple[int, ...]
    label: int
    weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """A window's input and what should come of it."""

    ids: Integers
    looks: Integers
    roles: Integers
    kinds: Integers
    links: Integers
    pooled: tuple[Pooled, ...]


@dataclass(slots=True)
class _Marked:
    """An article's pieces with their targets, before it is cut into windows."""

    pieces: Pieces
    roles: Integers
    kinds: Integers
    links: dict[tuple[int, int], int] = field(default_factory=dict)
    pooled: list[tuple[str, int, tuple[int, ...], int, float]] = field(default_factory=list)


NO_SOURCE = -1


def mark(article: Annotated, pieces: Pieces) -> _Marked:
    """The targets of an article's pieces."""
    count = len(pieces.ids)
    first = pieces.first
    roles = np.where(first, heads.OUTSIDE, UNKNOWN)[None].repeat(len(heads.LAYERS), 0)
    kinds = np.full((len(heads.KINDS), count), UNKNOWN)
    marked = _Marked(pieces, roles, kinds)
    for said in article.said:
        if not said.inside_known:
            for words in _words_of_all(pieces, said.content):
                roles[1, words] = UNKNOWN
    for said in sorted(article.said, key=lambda s: -_length(s.content)):
        _mark_said(marked, said)
    if article.kinds_known:
        kinds[:, first] = heads.OUTSIDE
        for held in sorted(article.held, key=lambda h: h.span[0] - h.span[1]):
            _mark_held(marked, held.kind, held.span, held.label)
    return marked


def _length(spans: tuple[Span, ...]) -> int:
    return sum(end - start for start, end in spans)


def _words(pieces: Pieces, span: Span) -> Integers:
    """The first pieces of the words that a span touches."""
    low = int(np.searchsorted(pieces.ends, span[0], "right"))
    high = int(np.searchsorted(pieces.starts, span[1], "left"))
    places = np.arange(low, high)
    return places[pieces.first[low:high]]


def _words_of_all(pieces: Pieces, spans: tuple[Span, ...]) -> list[Integers]:
    return [words for span in spans if len(words := _words(pieces, span))]


def _mark_said(marked: _Marked, said: Said) -> None:
    row = marked.roles[said.depth]
    parts = [_words_of_all(marked.pieces, spans) for spans in (said.source, said.cue, said.content)]
    content = parts[heads.CONTENT]
    if not content:
        return
    taken = {heads.begin(heads.CONTENT), heads.inside(heads.CONTENT)}
    if any(int(tag) in taken for words in content for tag in row[words]) and said.depth:
        return
    for role in (heads.CONTENT, heads.SOURCE, heads.CUE):
        for words in parts[role]:
            row[words] = heads.inside(role)
            row[words[0]] = heads.begin(role)
    cue = int(parts[heads.CUE][0][0]) if parts[heads.CUE] else -1
    if cue >= 0:
        for words in content:
            marked.links.setdefault((heads.content_to_cue(said.depth), int(words[0])), cue)
        source = parts[heads.SOURCE]
        near = min((int(words[0]) for words in source), key=lambda s: abs(s - cue)) if source else NO_SOURCE
        marked.links.setdefault((heads.cue_to_source(said.depth), cue), near)
    if said.act is not None:
        places = tuple(int(i) for words in content for i in words)
        marked.pooled.append(("act", cue, places, heads.ACTS.index(said.act), said.act_weight))


def _mark_held(marked: _Marked, kind: str, span: Span, label: str | None) -> None:
    row = marked.kinds[heads.KINDS.index(kind)]
    words = _words(marked.pieces, span)
    if not len(words):
        return
    if label is not None:
        names: tuple[str, ...] = heads.EVENT_TYPES if kind == "event" else heads.MEETING_STATUSES
        head = "event_type" if kind == "event" else "meeting_status"
        marked.pooled.append((head, -1, tuple(int(i) for i in words), names.index(label), 1.0))
    if (row[words] != heads.OUTSIDE).any():
        return
    row[words] = heads.inside(0)
    row[words[0]] = heads.begin(0)


def examples_of(marked: _Marked, chance: random.Random, size: int) -> Iterator[Example]:
    """The windows of an article as examples, cut elsewhere each time."""
    breaks = paragraph_starts_of(marked.pieces)
    shifted = chance.randint(size // 2, size - 2)
    context = chance.choice((0, 0, 20, 40, 64))
    for window in windows_of(marked.pieces, size=size, context=context, first_size=shifted):
        yield _example(marked, window, breaks)


def _example(marked: _Marked, window: Window, breaks: frozenset[int]) -> Example:
    given = input_of(marked.pieces, window, breaks)
    here = {int(place): at for at, place in enumerate(given.places) if place >= 0}
    owned = given.places >= window.start
    places = np.maximum(given.places, 0)
    roles = np.where(owned, marked.roles[:, places], UNKNOWN)
    kinds = np.where(owned, marked.kinds[:, places], UNKNOWN)
    links = np.full((heads.LINKS, len(given.ids)), UNKNOWN)
    for (link, start), end in marked.links.items():
        if start in here:
            links[link, here[start]] = 0 if end == NO_SOURCE else here.get(end, UNKNOWN)
    pooled = tuple(
        Pooled(head, here.get(cue, -1), seen, label, weight)
        for head, cue, all_places, label, weight in marked.pooled
        if all_places[0] in here and (seen := tuple(here[p] for p in all_places if p in here))
    )
    return Example(given.ids, given.looks, roles, kinds, links, pooled)
