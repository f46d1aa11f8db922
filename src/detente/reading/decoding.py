"""The encoder's scores for a window become marks on its pieces: the best legal tags, linked by the pointers.

Law: tags are decoded as one most probable legal path, so a span always begins where it begins; every link
leads to a span that was decoded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.reading import heads
from detente.reading.pieces import Pieces, Window

Scores = NDArray[np.float32]
Tags = NDArray[np.int64]

PieceSpan = tuple[int, int]
"""First and last word of a span, both as the word's first piece in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Biases:
    """What is added to the score of the tag "outside" of each layer, to trade recall for precision."""

    outer: float = 0.0
    inner: float = 0.0
    demand: float = 0.0
    promise: float = 0.0
    event: float = 0.0
    meeting: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkedContent:
    """A content span with the cue and the source it points to, and the scores of its act."""

    content: PieceSpan
    cue: PieceSpan | None
    source: PieceSpan | None
    layer: int
    acts: Scores
    confidence: float


@dataclass(frozen=True, slots=True)
class HeldSpan:
    """A span of a kind, with the probabilities of its labels (empty for kinds without)."""

    kind: int
    span: PieceSpan
    labels: Scores
    confidence: float


@dataclass(frozen=True, slots=True)
class WindowMarks:
    """What was found in the pieces that a window owns."""

    contents: tuple[LinkedContent, ...]
    held: tuple[HeldSpan, ...]


@dataclass(frozen=True, slots=True)
class WindowScores:
    """The encoder's answer for a window, without padding; `places` as in `WindowInput`."""

    columns: Scores
    links: Scores
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Span:
    """Words at positions `start` to `end` (inclusive) of a window."""

    role: int
    start: int
    end: int
    confidence: float


def log_softmax(scores: Scores) -> Scores:
    """Logarithms of the probabilities along the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    out: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return out


def best_paths(scores: Scores, lengths: NDArray[np.int64], legal: NDArray[np.bool_]) -> Tags:
    """The most probable legal tags of several sequences at once (Viterbi).

    Args:
        scores: Log-probabilities, (sequences, longest, tags).
        lengths: Length of each sequence; what follows it is not read.
        legal: Which tag may follow which; before the first word stands tag 0.

    Returns:
        Tags, (sequences, longest); 0 beyond a sequence's end.
    """
    count, longest, tags = scores.shape
    moves = np.where(legal, 0.0, -1e4).astype(np.float32)
    best = np.empty((count, longest, tags), dtype=np.int64)
    live = (np.arange(longest) < lengths[:, None])[:, :, None]
    total = scores[:, 0] + moves[0]
    for at in range(1, longest):
        ways = total[:, :, None] + moves
        best[:, at] = ways.argmax(1)
        total = np.where(live[:, at], ways.max(1) + scores[:, at], total)
    path = np.zeros((count, longest), dtype=np.int64)
    rows = np.arange(count)
    tag = total.argmax(-1)
    for at in range(longest - 1, -1, -1):
        path[:, at] = np.where(live[:, at, 0], tag, 0)
        if at:
            tag = np.where(live[:, at, 0], best[rows, at, tag], tag)
    return path


def decode(batch: list[tuple[Pieces, Window, WindowScores]], biases: Biases) -> list[WindowMarks]:
    """The marks of several windows; they are decoded together only for speed."""
    words = [_word_positions(pieces, scores) for pieces, _, scores in batch]
    columns = [scores.columns[at] for (_, _, scores), at in zip(batch, words, strict=True)]
    layers = _tagged(
        columns,
        [heads.COLUMNS[name] for name in heads.LAYERS],
        heads.LEGAL_ROLE_MOVES,
        (biases.outer, biases.inner),
    )
    kinds = _tagged(
        columns,
        [_kind_columns(kind) for kind in range(len(heads.KINDS))],
        heads.LEGAL_KIND_MOVES,
        (biases.demand, biases.promise, biases.event, biases.meeting),
    )
    marks = []
    for row, (pieces, window, scores) in enumerate(batch):
        seen = _Seen(scores, words[row], window.start, pieces)
        contents = [c for layer in range(len(layers)) for c in _linked(seen, layers[layer][row], layer)]
        held = [h for kind in range(len(kinds)) for h in _held(seen, kinds[kind][row], kind)]
        marks.append(WindowMarks(tuple(contents), tuple(held)))
    return marks


def _word_positions(pieces: Pieces, scores: WindowScores) -> NDArray[np.int64]:
    real = scores.places >= 0
    first = pieces.first[np.maximum(scores.places, 0)]
    return np.nonzero(real & first)[0]


def _kind_columns(kind: int) -> slice:
    start = heads.COLUMNS["kinds"].start + kind * heads.KIND_TAGS
    return slice(start, start + heads.KIND_TAGS)


def _tagged(
    columns: list[Scores], parts: list[slice], legal: NDArray[np.bool_], biases: tuple[float, ...]
) -> list[list[tuple[Tags, Scores]]]:
    """For each part and window its words' tags, and its words' probabilities of all tags.

    Args:
        columns: The scores of each window's words.
        parts: Columns that are tagged alike, each on its own; their paths are sought together.
        legal: Which tag may follow which.
        biases: What the tag "outside" gets in each part.
    """
    lengths = np.asarray([len(c) for c in columns] * len(parts), dtype=np.int64)
    longest = max(1, int(lengths.max(initial=0)))
    scores = np.zeros((len(parts), len(columns), longest, legal.shape[0]), dtype=np.float32)
    for row, words in enumerate(columns):
        for at, part in enumerate(parts):
            scores[at, row, : len(words)] = words[:, part]
    scores[..., heads.OUTSIDE] += np.asarray(biases, dtype=np.float32)[:, None, None]
    logs = log_softmax(scores).reshape(len(lengths), longest, -1)
    paths = best_paths(logs, lengths, legal)
    tagged = [(paths[row, :n], np.exp(logs[row, :n])) for row, n in enumerate(lengths)]
    return [tagged[at * len(columns) : (at + 1) * len(columns)] for at in range(len(parts))]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A window's scores beside its words.

    Attributes:
        scores: The encoder's answer.
        words: Positions of the words' first pieces in the window.
        owned_from: The first piece of the text that the window owns.
        pieces: The text.
    """

    scores: WindowScores
    words: NDArray[np.int64]
    owned_from: int
    pieces: Pieces

    def place(self, word: int) -> int:
        """The piece of the text at which a word stands."""
        return int(self.scores.places[self.words[word]])

    def owns(self, span: _Span) -> bool:
        """Whether a span is this window's to tell."""
        return self.place(span.start) >= self.owned_from

    def in_text(self, span: _Span) -> PieceSpan:
        """The span on the text's pieces."""
        return self.place(span.start), self.place(span.end)

    def columns_of(self, span: _Span, head: str) -> Scores:
        """A head's scores for the words of a span."""
        part: Scores = self.scores.columns[self.words[span.start : span.end + 1], heads.COLUMNS[head]]
        return part


def _spans(tags: Tags, probabilities: Scores) -> Iterator[_Span]:
    """The spans of a path; a span's confidence is the mean probability of its words' being in its role."""
    at, count = 0, len(tags)
    while at < count:
        tag = int(tags[at])
        if tag == heads.OUTSIDE:
            at += 1
            continue
        role, end = (tag - 1) // 2, at + 1
        while end < count and tags[end] == heads.inside(role):
            end += 1
        sure = probabilities[at:end, [heads.begin(role), heads.inside(role)]].sum(-1).mean()
        yield _Span(role, at, end - 1, float(sure))
        at = end


def _linked(seen: _Seen, tagged: tuple[Tags, Scores], layer: int) -> Iterator[LinkedContent]:
    """The owned contents of a layer, each with the cue it points to and that cue's source."""
    spans = list(_spans(*tagged))
    cues = [s for s in spans if s.role == heads.CUE]
    sources = [s for s in spans if s.role == heads.SOURCE]
    links = seen.scores.links
    for content in (s for s in spans if s.role == heads.CONTENT and seen.owns(s)):
        cue = _pointed(links[heads.content_to_cue(layer)], seen, content, cues)
        if cue is None and layer:
            # Without a cue of its own it is but the outer statement's content, marked again.
            continue
        source = _source_of(links[heads.cue_to_source(layer)], seen, cue, sources) if cue else None
        acts = seen.columns_of(content, "act_of_content").mean(0)
        if cue:
            acts = acts + seen.columns_of(cue, "act_of_cue")[0]
        yield LinkedContent(
            seen.in_text(content),
            seen.in_text(cue) if cue else None,
            seen.in_text(source) if source else None,
            layer,
            acts,
            content.confidence,
        )


def _pointed(link: Scores, seen: _Seen, start: _Span, ends: list[_Span]) -> _Span | None:
    """The span a span's first word points to most."""
    if not ends:
        return None
    scores = link[seen.words[start.start], seen.words[[e.start for e in ends]]]
    return ends[int(scores.argmax())]


def _source_of(link: Scores, seen: _Seen, cue: _Span, sources: list[_Span]) -> _Span | None:
    """The source a cue points to most, ``None`` where it points to the window's first mark rather."""
    at = seen.words[cue.start]
    source = _pointed(link, seen, cue, sources)
    if source is None or link[at, 0] > link[at, seen.words[source.start]]:
        return None
    return source


def _held(seen: _Seen, tagged: tuple[Tags, Scores], kind: int) -> Iterator[HeldSpan]:
    head = {"event": "event_type", "meeting": "meeting_status"}.get(heads.KINDS[kind])
    for span in _spans(*tagged):
        if seen.owns(span):
            scores = seen.columns_of(span, head).mean(0) if head else np.zeros(0, dtype=np.float32)
            labels = np.exp(log_softmax(scores)) if head else scores
            yield HeldSpan(kind, seen.in_text(span), labels, span.confidence)
