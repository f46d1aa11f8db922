"""The encoder reader: texts become marks, by a small network run with onnxruntime on the processor.

The network sees windows of whole paragraphs, one at a time; what some windows yield is reduced to spans at
once, so memory grows neither with a text's size nor with their number.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from detente.errors import DetenteError
from detente.reading import heads
from detente.reading.attribution import Attribution, Marks, Passage, Span
from detente.reading.decoding import (
    Biases,
    HeldSpan,
    LinkedContent,
    PieceSpan,
    Scores,
    WindowMarks,
    WindowScores,
    decode,
    log_softmax,
)
from detente.reading.layout import named_by_layout
from detente.reading.pieces import (
    Pieces,
    Window,
    WindowInput,
    cut_into_pieces,
    input_of,
    paragraph_starts_of,
    windows_of,
)

# Windows whose scores are decoded together: enough to share the steps, few enough to hold (a megabyte each).
DECODED_WINDOWS: Final = 16

OPENING_QUOTES: Final = '"“«„'
CLOSING_QUOTES: Final = '"”»'
_CONJUNCTION: Final = re.compile(r"\b(?:and|or|but|while|also)\b")


@dataclass(frozen=True, slots=True)
class _Job:
    """A window of the text of a number, to be run."""

    text: int
    pieces: Pieces
    window: Window
    given: WindowInput


class EncoderReader:
    """Reads attributions and passages with the weights of a folder.

    Args:
        weights: Folder with `reader.onnx`, `tokenizer.json` and `decoding.json`; the package's own without
            one.
        threads: Threads the network may use.

    Attributes:
        name: Which weights these are, by their checksum; a record keeps it to know what to read again.
    """

    def __init__(self, weights: Path | None = None, *, threads: int = 2) -> None:
        folder = weights if weights is not None else shipped_weights()
        for name in ("reader.onnx", "tokenizer.json", "decoding.json"):
            if not (folder / name).is_file():
                raise DetenteError(
                    f"{folder}: no {name}. Train the reader (training/README.md) or reinstall."
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Idle threads would spin and take the processor from the parser.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The arena keeps the memory of the largest batch for good.
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.name = weights_name(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._biases = Biases(**json.loads((folder / "decoding.json").read_text(encoding="utf-8")))

    def read(self, texts: Sequence[str]) -> Iterator[Marks]:
        """The marks of each text, in order; a text's marks do not depend on the texts beside it."""
        return self.read_stream(texts)

    def read_stream(self, texts: Iterable[str]) -> Iterator[Marks]:
        """The same for texts that come one by one."""
        open_texts: dict[int, _Open] = {}
        next_out = 0
        jobs = self._jobs(texts, open_texts)
        while gathered := list(islice(jobs, DECODED_WINDOWS)):
            for job, marks in self._run(gathered):
                open_texts[job.text].found.append((job.window.start, marks))
            while next_out in open_texts and open_texts[next_out].done:
                yield open_texts.pop(next_out).close()
                next_out += 1
        while next_out in open_texts:
            yield open_texts.pop(next_out).close()
            next_out += 1

    def _jobs(self, texts: Iterable[str], open_texts: "dict[int, _Open]") -> Iterator[_Job]:
        for number, text in enumerate(texts):
            pieces = cut_into_pieces(text, self._tokenizer)
            breaks = paragraph_starts_of(pieces)
            opened = open_texts[number] = _Open(text, pieces)
            for window in windows_of(pieces):
                opened.windows += 1
                yield _Job(number, pieces, window, input_of(pieces, window, breaks))
            opened.cut = True

    def _run(self, jobs: list[_Job]) -> Iterator[tuple[_Job, WindowMarks]]:
        scored = [(job.pieces, job.window, self._scores(job.given)) for job in jobs]
        yield from zip(jobs, decode(scored, self._biases), strict=True)

    def _scores(self, given: WindowInput) -> WindowScores:
        """The network's answer for one window.

        Windows are run one by one: the network's whole numbers are scaled by the largest value of all that is
        run together, so that a window's marks would depend on those beside it. It is faster, too (145 windows
        in 3.8 s of one core against 4.8 s by eights), and takes 100 MB less.
        """
        columns, links = self._session.run(None, {"ids": given.ids[None], "looks": given.looks[None]})
        return WindowScores(columns[0], links[0], given.places)


def shipped_weights() -> Path:
    """The folder of the package's own weights."""
    return Path(str(resources.files("detente.reading") / "weights"))


def weights_name(folder: Path) -> str:
    """Which weights a folder holds, by their checksum."""
    with (folder / "reader.onnx").open("rb") as file:
        return f"encoder {hashlib.file_digest(file, 'sha256').hexdigest()[:8]}"


class _Open:
    """A text of which some windows are still to be run."""

    def __init__(self, text: str, pieces: Pieces) -> None:
        self.text = text
        self.pieces = pieces
        self.windows = 0
        self.cut = False
        self.found: list[tuple[int, WindowMarks]] = []

    @property
    def done(self) -> bool:
        """Whether all of its windows are in."""
        return self.cut and len(self.found) == self.windows

    def close(self) -> Marks:
        """The text's marks."""
        self.found.sort(key=lambda found: found[0])
        contents = [c for _, marks in self.found for c in marks.contents]
        held = [h for _, marks in self.found for h in marks.held]
        return Marks(
            attributions=_attributions(self.text, self.pieces, contents),
            passages=tuple(sorted((_passage(self.pieces, h) for h in held), key=lambda p: (p.span, p.kind))),
        )


def _attributions(text: str, pieces: Pieces, contents: list[LinkedContent]) -> tuple[Attribution, ...]:
    """One attribution a cue, with the contents that are one utterance; a content without a cue is its own."""
    by_cue: dict[tuple[int, PieceSpan], list[LinkedContent]] = {}
    for content in contents:
        by_cue.setdefault((content.layer, content.cue or content.content), []).append(content)
    utterances = (u for parts in by_cue.values() for u in _utterances(text, pieces, parts))
    found = (named_by_layout(text, _attribution(pieces, utterance)) for utterance in utterances)
    return tuple(sorted(found, key=lambda a: (a.content[0], a.depth)))


def _utterances(text: str, pieces: Pieces, parts: list[LinkedContent]) -> Iterator[list[LinkedContent]]:
    """The contents of one cue, apart where they are several statements.

    "Peace, he said, is near" is one statement, "said that A, and that B" is two: parts that a conjunction
    joins are apart, unless the cue interrupts them or both are quoted; so are parts of two paragraphs. With
    every two parts of a paragraph as one, contents had F1 77.1 on talks and 74.1 on general news, with this
    rule 78.0 and 74.2.
    """
    parts.sort(key=lambda part: part.content)
    utterance = parts[:1]
    for part in parts[1:]:
        cue_at = int(pieces.starts[part.cue[0]]) if part.cue else None
        if _is_interrupted(text, _span(pieces, utterance[-1].content), _span(pieces, part.content), cue_at):
            utterance.append(part)
        else:
            yield utterance
            utterance = [part]
    yield utterance


def _is_interrupted(text: str, before: Span, after: Span, cue_at: int | None) -> bool:
    """Whether two parts of one cue are one utterance, and what stands between only interrupts it."""
    between = text[before[1] : after[0]]
    if "\n" in between:
        return False
    by_cue = cue_at is not None and before[1] <= cue_at < after[0]
    quoted = text[before[1] - 1] in CLOSING_QUOTES and text[after[0]] in OPENING_QUOTES
    return by_cue or quoted or not _CONJUNCTION.search(between)


def _attribution(pieces: Pieces, parts: list[LinkedContent]) -> Attribution:
    first = parts[0]
    lengths = [part.content[1] - part.content[0] + 1 for part in parts]
    weights = np.asarray(lengths, dtype=np.float32) / sum(lengths)
    scores: Scores = np.einsum("p,pa->a", weights, np.stack([part.acts for part in parts]))
    probabilities = np.exp(log_softmax(scores))
    acts = tuple((heads.ACTS[int(i)], float(probabilities[i])) for i in np.argsort(-probabilities))
    return Attribution(
        content=tuple(sorted(_span(pieces, part.content) for part in parts)),
        cue=(_span(pieces, first.cue),) if first.cue else (),
        source=(_span(pieces, first.source),) if first.source else (),
        acts=acts,
        depth=first.layer,
        confidence=float(np.dot(weights, [part.confidence for part in parts])),
    )


def _passage(pieces: Pieces, held: HeldSpan) -> Passage:
    kind = heads.KINDS[held.kind]
    names = {"event": heads.EVENT_TYPES, "meeting": heads.MEETING_STATUSES}.get(kind, ())
    order = np.argsort(-held.labels)
    labels = tuple((str(names[int(i)]), float(held.labels[i])) for i in order)
    return Passage(
        kind=kind,
        span=_span(pieces, held.span),
        label=labels[0][0] if labels else None,
        labels=labels,
        confidence=held.confidence,
    )


def _span(pieces: Pieces, span: PieceSpan) -> Span:
    return int(pieces.starts[span[0]]), int(pieces.ends[span[1]])


@cache
def shipped_reader(threads: int = 2) -> EncoderReader:
    """The reader with the package's own weights, loaded once a process."""
    return EncoderReader(threads=threads)
