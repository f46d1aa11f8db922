"""What the reader marks in a text: words attributed to somebody, and words that hold an item of a kind.

Law: every span is a piece of the text as it came, in code points, end exclusive, never empty; the spans of
one mark
stand in the order of the text. Nothing here is resolved: a source is the words that name it, not a party.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from detente.vocabulary import Act

Span = tuple[int, int]
"""Start and end of some words of a text, in code points; the end is exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Words that the text puts into somebody's mouth.

    Attributes:
        content: What is said, one utterance; several parts where the cue or the source interrupts it
            ("Peace, he said, is near").
        cue: The words that say that something is said; empty where nothing does (a transcript).
        source: The words that name who says it; empty where the text names nobody.
        acts: What the words do, most probable first, with probabilities; three at least.
        depth: 0 in the text's own voice, 1 where another attribution's content tells it.
        confidence: How sure the reader is, from 0 to 1.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    acts: tuple[tuple[Act, float], ...]
    depth: int
    confidence: float

    @property
    def act(self) -> Act:
        """The most probable act."""
        return self.acts[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that hold an item of a kind, whoever tells it.

    Attributes:
        kind: "demand", "promise", "event" or "meeting".
        span: The words.
        label: For an event its PLOVER type, for a meeting its status, the most probable; ``None`` for the
            rest.
        labels: All labels of the kind, most probable first, with probabilities; empty where ``label`` is
            ``None``.
        confidence: How sure the reader is, from 0 to 1.
    """

    kind: str
    span: Span
    label: str | None
    labels: tuple[tuple[str, float], ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All marks of one text, each kind in the order of the text."""

    attributions: tuple[Attribution, ...]
    passages: tuple[Passage, ...]


class AttributionReader(Protocol):
    """Whatever marks texts; the encoder is one, and a better one can take its place."""

    def read(self, texts: Sequence[str]) -> Iterator[Marks]:
        """The marks of each text, in order, with memory that does not grow with the number of texts."""
        ...
