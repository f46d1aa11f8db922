"""Numbered notes: each line's words in their context, who says them, and where.

A :class:`Desk` is what every section is written at: the record, its names, its sides, and the notebook
that gives each piece of evidence one number however often it is cited.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

from detente.brief.context import around, shorten
from detente.brief.model import Cite, Line, Mark, Note, Part, Source, Tone, Words
from detente.brief.names import Names, counted, source_name, squeeze
from detente.claims import Statement
from detente.evidence import Evidence
from detente.record.issues import country_terms
from detente.record.model import Record
from detente.vocabulary import Act, Genre, Modality, Review

MOST_NOTES: Final = 6
"""Note numbers printed in a row; the line says how many more there are."""

DOUBTFUL_BELOW: Final = 0.4
"""Below this confidence a line is marked as a doubtful reading."""


_CLOSES: Final = re.compile(r'[.,!?]?\s?"')
_TURNED_DOWN: Final = frozenset({Act.DENIAL, Act.REFUSAL})
_NOT: Final = re.compile(r"\b(?:not|never)\b|n[’']t\b", re.I)
# Past tenses: they are right for one and for many.
_HOW_TURNED_DOWN: Final = (
    (re.compile(r"\bden(?:y|ie[sd]|ying|ials?)\b", re.I), "denied"),
    (re.compile(r"\b(?:refus|declin)", re.I), "refused"),
    (
        re.compile(r"\b(?:reject|dismiss|rebuff|spurn|turn(?:s|ed|ing)? down|rul(?:e[sd]?|ing) out)", re.I),
        "rejected",
    ),
    (re.compile(r"\boppos", re.I), "opposed"),
    (re.compile(r"\bboycott", re.I), "boycotted"),
)


class Claimed(Protocol):
    """What every kind of claim has."""

    @property
    def id(self) -> str:
        """Stable id."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words."""

    @property
    def confidence(self) -> float:
        """From 0 to 1."""

    @property
    def review(self) -> Review:
        """What the analyst decided."""


EXPECTED: Final = frozenset({Modality.FUTURE, Modality.HYPOTHETICAL})
"""Of a claim that nobody has made yet: "may push for", "is expected to ask"."""


@dataclass
class Desk:
    """What a section is written from.

    Attributes:
        numbers: Number of each piece of evidence cited so far.
    """

    record: Record
    numbers: dict[Evidence, int] = field(default_factory=dict)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Stems of the names of countries, which say nothing of what words are about."""
        return country_terms(self.record.parties)

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.record)

    def cite(
        self, evidence: Iterable[Evidence], most: int = MOST_NOTES, *, tell_more: bool = True
    ) -> tuple[Part, ...]:
        """Numbers of these pieces of evidence, at most ``most`` of them and how many more there are."""
        every = list(dict.fromkeys(e for e in evidence if e.article in self.record.article))
        if not every:
            return ()
        shown = tuple(self.numbers.setdefault(one, len(self.numbers) + 1) for one in every[:most])
        left = len(every) - most if tell_more else 0
        more = (Words(f" and {left} more", Tone.QUIET),) if left > 0 else ()
        return (Cite(tuple(dict.fromkeys(shown))), *more)

    def quote(self, evidence: Evidence, most: int = 220) -> tuple[Part, ...]:
        """The quoted words, cut after a word where they are long, and their number."""
        bare = evidence.quote.removeprefix("that ")
        if bare.count('"') % 2:
            bare += self._closing(evidence)
        if bare[:1] in {"“", '"'} and not re.search('[”"]', bare[1:]):
            bare = bare[1:]  # its other half stands beyond the words
        words, was_cut = shorten(bare, most)
        tail = (Words("…"),) if was_cut else ()
        return (Words("“"), Words(words, Tone.QUOTE), *tail, Words("”"), *self.cite((evidence,)))

    def _closing(self, evidence: Evidence) -> str:
        """What follows the words up to a quotation mark that closes one in them; nothing where none does."""
        article = self.record.article.get(evidence.article)
        found = _CLOSES.match(article.text, evidence.end) if article is not None else None
        return found[0] if found is not None else ""

    def turned_down(self, evidence: Evidence) -> str:
        """How the words are told to be turned down, before them: "denied "; nothing where they are said.

        What somebody denies or refuses is quoted without the denying, and would read as said.
        """
        told = next((s for s in self._said_at.get(evidence, ()) if s.act in _TURNED_DOWN), None)
        if told is None or not told.cue or told.cue in evidence.quote:
            return ""
        if _NOT.search(told.cue):
            return f"{squeeze(told.cue)} "
        return next((f"{word} " for cue, word in _HOW_TURNED_DOWN if cue.search(told.cue)), "")

    def marks(self, *claims: Claimed) -> tuple[Mark, ...]:
        """What a reader must know about these claims, as marks."""
        found: list[Mark] = []
        if claims and all(EXPECTED & set(_modality(claim)) for claim in claims):
            found.append(Mark.EXPECTED)
        if any(claim.review in (Review.ACCEPTED, Review.EDITED) for claim in claims):
            found.append(Mark.CHECKED)
        elif claims and max(claim.confidence for claim in claims) < DOUBTFUL_BELOW:
            found.append(Mark.DOUBTFUL)
        if self.only_opinion(e for claim in claims for e in claim.evidence):
            found.append(Mark.OPINION)
        return tuple(found)

    def only_opinion(self, evidence: Iterable[Evidence]) -> bool:
        """Whether all of it stands in opinion pieces."""
        genres = {self.record.article[e.article].genre for e in evidence if e.article in self.record.article}
        return genres == {Genre.OPINION}

    def stories(self, evidence: Iterable[Evidence]) -> int:
        """In how many articles it stands, copies of one story counted once."""
        articles = (self.record.article.get(e.article) for e in evidence)
        return len({article.same_story_as or article.id for article in articles if article})

    def speaker_of(self, evidence: Evidence) -> str | None:
        """Who says these words, by the shortest statement they stand in; ``None``: the article itself."""
        told = self._innermost(evidence)
        if told is None:
            return None
        name = self.names.speaker(told)
        via = f", as relayed by “{squeeze(told.via)}”" if told.via else ""
        return None if name == "the writer" else name + via

    def notes(self, used: Collection[int]) -> tuple[Note, ...]:
        """The notes of these numbers, in their order."""
        numbers = {source.article: source.number for source in self.sources}
        cited = ((e, n) for e, n in self.numbers.items() if n in used)
        return tuple(self._note(e, n, numbers[e.article]) for e, n in cited)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every article, numbered in the record's order."""
        return tuple(
            Source(
                number=number,
                article=article.id,
                name=source_name(article),
                kind=article.genre.value,
                detail=_detail(article.author, article.page, article.url),
            )
            for number, article in enumerate(self.record.articles, 1)
        )

    def _note(self, evidence: Evidence, number: int, source: int) -> Note:
        text = self.record.article[evidence.article].text
        start, end = around(text, (evidence.start, evidence.end))
        return Note(
            number=number,
            evidence=evidence,
            before=text[start : evidence.start],
            after=text[evidence.end : end],
            source=source,
            said_by=self.speaker_of(evidence),
        )

    def _innermost(self, evidence: Evidence) -> Statement | None:
        here = self._statements.get(evidence.article, ())
        starts = [one.evidence[0].start for one in here]
        fits = [
            one
            for one in here[: bisect_right(starts, evidence.end)]
            if _covers(one.evidence[0], evidence) or _covers(evidence, one.evidence[0])
        ]
        return min(fits, key=lambda one: one.evidence[0].end - one.evidence[0].start, default=None)

    @cached_property
    def _said_at(self) -> Mapping[Evidence, Sequence[Statement]]:
        said: defaultdict[Evidence, list[Statement]] = defaultdict(list)
        for statement in self.record.statements:
            said[statement.evidence[0]].append(statement)
        return said

    @cached_property
    def _statements(self) -> Mapping[str, Sequence[Statement]]:
        by_article: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in sorted(self.record.statements, key=lambda one: one.evidence[0].start):
            by_article[statement.evidence[0].article].append(statement)
        return by_article


def say(
    *parts: str | Part | tuple[Part, ...], marks: tuple[Mark, ...] = (), of: Iterable[Claimed] = ()
) -> Line:
    """A line from words, notes and runs of both."""
    flat: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            flat.append(Words(part))
        elif isinstance(part, tuple):
            flat.extend(part)
        else:
            flat.append(part)
    return Line(parts=tuple(flat), marks=marks, claims=tuple(claim.id for claim in of))


def strong(text: str) -> Words:
    """Words that lead a line."""
    return Words(text, Tone.STRONG)


def quiet(text: str) -> Words:
    """Words that stand back."""
    return Words(text, Tone.QUIET)


def capped(lines: Sequence[Line], most: int, noun: str, plural: str | None = None) -> tuple[Line, ...]:
    """The first lines, and one that says how many more there are.

    >>> [line.text for line in capped([say("a"), say("b"), say("c")], 2, "demand")]
    ['a', 'b', 'and one more demand']
    """
    if len(lines) <= most:
        return tuple(lines)
    left = counted(len(lines) - most, f"more {noun}", f"more {plural}" if plural else None)
    return (*lines[:most], say(quiet(f"and {left}")))


def _covers(outer: Evidence, inner: Evidence) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _modality(claim: Claimed) -> tuple[Modality, ...]:
    found: tuple[Modality, ...] = getattr(claim, "modality", ())
    return found


def _detail(author: str | None, page: str | None, url: str | None) -> str:
    parts = (f"by {squeeze(author)}" if author else "", f"page {squeeze(page)}" if page else "", url or "")
    return ", ".join(part for part in parts if part)
