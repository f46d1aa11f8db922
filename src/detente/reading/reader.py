"""Reads articles: each becomes its parties, claims and gaps, in order, in memory that stays flat.

Law: what goes wrong in one article is a gap of that article; the next one is read all the same.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from spacy.tokens import Doc

from detente.articles import Article
from detente.claims import Claims, Gap, Party, Reading
from detente.reading.attribution import AttributionReader, Marks
from detente.reading.cast import Cast
from detente.reading.casting import build_cast
from detente.reading.encoder import EncoderReader
from detente.reading.findings import named_in, read_claims
from detente.reading.mending import mend
from detente.reading.parse import load_parser, masked, model_name, parse_all, parser_version
from detente.reading.scene import Scene
from detente.reading.speech import read_statements
from detente.settings import Settings
from detente.vocabulary import PartyKind

# Articles parsed and marked together; the parser's memory is given back after each batch.
BATCH: Final = 16

_Claim = TypeVar("_Claim")


class Reader:
    """Reads articles with a spaCy model and the encoder.

    Attributes:
        name: Models and versions, by which a newer reader knows what to read again.
    """

    def __init__(self, settings: Settings, *, marker: AttributionReader | None = None) -> None:
        model = model_name(settings)
        self._nlp = load_parser(model)
        self._marker = marker if marker is not None else EncoderReader(threads=settings.threads)
        own = getattr(self._marker, "name", type(self._marker).__name__)
        self.name = f"{parser_version(model)}; {own}"

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """The reading of each article, in order, as they come."""
        source = iter(articles)
        while batch := list(islice(source, BATCH)):
            with self._nlp.memory_zone():
                yield from self._read_batch(batch)

    def _read_batch(self, batch: list[Article]) -> list[Reading]:
        texts = [masked(article) for article in batch]
        all_marks = list(self._marker.read(texts))
        try:
            docs: list[Doc | None] = list(parse_all(self._nlp, batch))
        except (ValueError, IndexError, RecursionError):
            docs = [None] * len(batch)
        return [
            self._read_one(article, marks, doc)
            for article, marks, doc in zip(batch, all_marks, docs, strict=True)
        ]

    def _read_one(self, article: Article, marks: Marks, doc: Doc | None) -> Reading:
        try:
            own = doc if doc is not None else next(parse_all(self._nlp, [article]))
            return self._understand(article, own, marks)
        except (ValueError, IndexError, RecursionError) as error:
            whole = Gap(
                article=article.id,
                start=0,
                end=len(article.text),
                reason=f"could not be parsed: {error}"[:300],
            )
            return Reading(article=article.id, parties=(), claims=Claims(), gaps=(whole,), reader=self.name)

    def _understand(self, article: Article, doc: Doc, marks: Marks) -> Reading:
        marks = mend(doc, marks)
        cast = build_cast(article, doc, [span for a in marks.attributions for span in a.source])
        statements = read_statements(article, doc, cast, marks)
        scene = Scene(article=article, doc=doc, cast=cast, marks=marks, statements=statements)
        claims = read_claims(scene)
        return Reading(
            article=article.id, parties=_present(cast, claims), claims=claims, gaps=(), reader=self.name
        )


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
