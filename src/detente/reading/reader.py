"""Reads articles: each becomes its parties, claims and gaps, in order, in memory that stays flat.

The encoder marks the next articles in a thread of its own while these are parsed and understood.

Law: what goes wrong in one article is a gap of that article; the next one is read all the same.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from spacy.tokens import Doc

from detente.articles import Article
from detente.claims import Claims, Gap, Party, Reading
from detente.reading.attribution import AttributionReader, Marks
from detente.reading.cast import Cast
from detente.reading.casting import build_cast
from detente.reading.encoder import EncoderReader, shipped_weights, weights_name
from detente.reading.findings import named_in, read_claims
from detente.reading.mending import mend
from detente.reading.parse import (
    load_parser,
    masked,
    model_name,
    one_thread,
    parse_all,
    parser_version,
)
from detente.reading.scene import Scene
from detente.reading.speech import read_statements
from detente.settings import Settings
from detente.vocabulary import PartyKind

# Articles parsed and marked together, up to so many characters; the parser's memory is given back after each
# batch.
BATCH: Final = 16
BATCH_CHARACTERS: Final = 400_000

# A parser's memory can be given back to one reader at a time only.
_PARSING: Final = Lock()


class Reader:
    """Reads articles with a spaCy model and the encoder.

    Attributes:
        name: Models, rules and word lists, by which another reader knows what to read again.
    """

    def __init__(self, settings: Settings, *, marker: AttributionReader | None = None) -> None:
        model = model_name(settings)
        self._nlp = load_parser(model)
        self._marker = marker if marker is not None else EncoderReader(threads=max(1, settings.threads - 1))
        own = getattr(self._marker, "name", type(self._marker).__name__)
        self.name = _name(model, own)
        self._ahead = settings.threads > 1

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order, as they come."""
        coming = batches(articles)
        batch = next(coming, None)
        marks = self._marking(batch) if batch else None
        while batch and marks:
            following = next(coming, None)
            with _PARSING, self._nlp.memory_zone(), one_thread():
                docs = self._parsed(batch)
                marked = marks()
                marks = self._marking(following) if following else None
                readings = [self._read_one(*one) for one in zip(batch, marked, docs, strict=True)]
            yield from readings
            batch = following

    def _marking(self, batch: list[Article]) -> Callable[[], list[Marks]]:
        """Starts to mark the articles; what it returns waits for their marks."""

        def mark() -> list[Marks]:
            return list(self._marker.read([masked(article) for article in batch]))

        return _in_thread(mark) if self._ahead else mark

    def _parsed(self, batch: list[Article]) -> list[Doc | None]:
        try:
            return list(parse_all(self._nlp, batch))
        except (ValueError, IndexError, RecursionError):
            return [None] * len(batch)

    def _read_one(self, article: Article, marks: Marks, doc: Doc | None) -> Reading:
        try:
            own = doc if doc is not None else next(parse_all(self._nlp, [article]))
            return self._understand(article, own, marks)
        except (ValueError, IndexError, RecursionError) as error:
            return unread_as_a_whole(article, self.name, f"could not be parsed: {error}"[:300])

    def _understand(self, article: Article, doc: Doc, marks: Marks) -> Reading:
        marks = mend(doc, marks)
        cast = build_cast(article, doc, [span for a in marks.attributions for span in a.source])
        statements = read_statements(article, doc, cast, marks)
        scene = Scene(article=article, doc=doc, cast=cast, marks=marks, statements=statements)
        claims = read_claims(scene)
        return Reading(
            article=article.id, parties=_present(cast, claims), claims=claims, gaps=(), reader=self.name
        )


def reader_name(settings: Settings) -> str:
    """The name that a :class:`Reader` of these settings has, told without loading it."""
    return _name(model_name(settings), weights_name(shipped_weights()))


def _name(model: str, marker: str) -> str:
    return f"{parser_version(model)}; {marker}; {rules_name()}"


@cache
def rules_name(folder: Path = Path(__file__).parent) -> str:
    """Which rules and word lists read, by the checksum of a folder's modules and data; this package's own."""
    content = hashlib.sha256()
    for file in sorted([*folder.glob("*.py"), *folder.glob("data/*.tsv")]):
        content.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return f"rules {content.hexdigest()[:8]}"


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles, some at a time: no more than the parser can well hold at once, but one at least."""
    batch: list[Article] = []
    size = 0
    for article in articles:
        if batch and (len(batch) == BATCH or size + len(article.text) > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += len(article.text)
    if batch:
        yield batch


def unread_as_a_whole(article: Article, reader: str, reason: str) -> Reading:
    """The reading of an article that could not be read: one gap."""
    whole = Gap(article=article.id, start=0, end=len(article.text), reason=reason)
    return Reading(article=article.id, parties=(), claims=Claims(), gaps=(whole,), reader=reader)


def _in_thread(mark: Callable[[], list[Marks]]) -> Callable[[], list[Marks]]:
    """Starts a thread that dies with the process, so that nobody who stops a reading waits for it."""
    marks: Future[list[Marks]] = Future()

    def work() -> None:
        try:
            marks.set_result(mark())
        except BaseException as error:  # noqa: BLE001  # whoever waits for the marks gets it
            marks.set_exception(error)

    Thread(target=work, name="detente-encoder", daemon=True).start()
    return marks.result


def _present(cast: Cast, claims: Claims) -> tuple[Party, ...]:
    """The parties that matter: those that a claim names, those named in so many words, and all above them."""
    kept = named_in(claims)
    for party in cast.parties:
        if party.kind is not PartyKind.ORGANIZATION or party.role:
            kept.add(party.id)
    for party in cast.parties:
        if party.id in kept:
            above = cast.party(party.member_of)
            while above is not None and above.id not in kept:
                kept.add(above.id)
                above = cast.party(above.member_of)
    return tuple(party for party in cast.parties if party.id in kept)
