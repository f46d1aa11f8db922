"""An article: the text exactly as its file has it, and what is known about it."""

from dataclasses import dataclass

from detente.dates import When
from detente.evidence import Evidence, Span
from detente.vocabulary import Genre, RegionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch of the text and what it is. Regions lie in order, do not overlap, and cut nothing.

    Attributes:
        kind: What it is.
        start: First character, code points from 0.
        end: After the last character.
    """

    kind: RegionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """A date that the article could be of, or that somebody printed on it.

    Attributes:
        when: The date.
        basis: Why it is a candidate: ``"date line under the title"``, ``"day the page was fetched"``,
            ``"html meta article:published_time"``.
        because: The words it rests on; ``None`` where it comes from metadata outside the text.
        chosen: Whether it is taken as the article's own date.
    """

    when: When
    basis: str
    because: Evidence | None
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article. Its text is never cleaned: what is not the article's own is marked as a region.

    Attributes:
        id: From the canonical text alone, so that the same text is the same article.
        file: Where it came from, as given: ``seeds/001.txt``, ``bundle.docx#3``.
        sha256: Of the original bytes, in hex.
        text: Canonical text: Unicode NFC, line ends as LF, else character for character.
        title: As it stands in the text or the metadata; ``None`` where there is none.
        outlet: Who published it; ``None`` where the source does not say.
        author: Byline; ``None`` where the source does not say.
        published: The article's own date, never the day it was fetched; ``None`` where not known.
        date_candidates: Every date considered, with what it rests on.
        genre: Report, opinion or analysis.
        language: ISO 639-1, ``"en"``; ``None`` where too short to tell.
        regions: The text's parts, in order.
        source_id: Id in the database or feed it came from (Nexis, Factiva, ProQuest …), or ``None``.
        url: Address it was published under, or ``None``.
        page: Page as printed ("A1"), or ``None``.
        same_story_as: ``Article.id`` of the copy that this one repeats (wire copy), or ``None``.
    """

    id: str
    file: str
    sha256: str
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: When | None = None
    date_candidates: tuple[DateCandidate, ...] = ()
    genre: Genre = Genre.REPORT
    language: str | None = None
    regions: tuple[Region, ...] = ()
    source_id: str | None = None
    url: str | None = None
    page: str | None = None
    same_story_as: str | None = None

    def spans(self, *kinds: RegionKind) -> tuple[Span, ...]:
        """The stretches of these kinds, in order; the whole text is body where no region is marked."""
        if not self.regions:
            whole = ((0, len(self.text)),) if self.text else ()
            return whole if RegionKind.BODY in kinds else ()
        return tuple((r.start, r.end) for r in self.regions if r.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A source that could not be read, and why.

    Attributes:
        file: Where it was, as given.
        reason: One line for the person who chose it.
    """

    file: str
    reason: str
