"""The year of an undated article, by the company it keeps: office-holders that dated words name.

An article that prints no date still names "Ryan Crocker, the U.S. ambassador"; where another article
of the case, or a dated line in one, names the same person in one year only, that year is the best
known date of both. Rule: rather unknown than wrong. All the dated company has to agree on one year,
and the article's own words must not speak of a later one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from detente.articles import Article, DateCandidate
from detente.claims import Party, Reading
from detente.dates import earliest
from detente.evidence import Evidence, cut
from detente.sources.calendar_words import written_dates, written_years
from detente.vocabulary import PartyKind, RegionKind

# References of one text that lie this close together, and end it, are its own time (three footnotes
# of July): an article appears within months of the last thing it cites.
_CLUSTER_DAYS: Final = 45
_CLUSTER_SIZE: Final = 3
_LAST_MONTH: Final = 10
# Heads of state and ministers stay too long to tell a year by.
_POST: Final = re.compile(
    r"(?i)\b(?:ambassador|envoy|spokes(?:man|woman|person)|negotiator|commander|coordinator|representative"
    r"|chargé d.affaires|mediator)\b"
)
_INITIAL: Final = re.compile(r"\b\w\.?\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A person met in words of a known year."""

    year: int
    because: Evidence | None


def date_by_company(
    articles: Sequence[Article], readings: Sequence[Reading], *, dated: Iterable[Article] = ()
) -> tuple[Article, ...]:
    """Those of the articles whose year follows from the others, with that date and what it rests on.

    Args:
        articles: The articles just read.
        readings: Their readings, in the same order.
        dated: Further articles with their dates known, of which no reading is needed.
    """
    known = {article.id: article for article in (*dated, *articles)}
    seen = _people_by_year(articles, readings)
    found = []
    for article, reading in zip(articles, readings, strict=True):
        if article.published is None:
            candidate = _own_cluster(article) or _of_company(article, reading, seen, known)
            if candidate is not None:
                dates = (*article.date_candidates, candidate)
                found.append(replace(article, published=candidate.when, date_candidates=dates))
    return tuple(found)


def _people_by_year(
    articles: Sequence[Article], readings: Sequence[Reading]
) -> Mapping[str, tuple[_Seen, ...]]:
    """For each person in office, the years in which dated words name it."""
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for article, reading in zip(articles, readings, strict=True):
        for party in _in_office(reading):
            if article.published is not None and "/" not in article.published:
                seen[_key(party)].append(_Seen(year=int(article.published[:4]), because=None))
            elif article.published is None:
                seen[_key(party)].extend(_dated_lines(article, party))
    return {key: tuple(values) for key, values in seen.items()}


def _dated_lines(article: Article, party: Party) -> Iterable[_Seen]:
    """Lines of an undated text that name the person beside a date with its day."""
    surname = party.name.split()[-1]
    for match in re.finditer(r"[^\n]*\b" + re.escape(surname) + r"\b[^\n]*", article.text):
        days = [d for d in written_dates(match[0]) if len(d.when) == len("2007-05-28")]
        # A long paragraph tells of many times; a footnote or caption has one.
        if len(days) == 1 and len(match[0]) < 300:
            yield _Seen(year=int(days[0].when[:4]), because=cut(article.id, article.text, match.span()))


def _of_company(
    article: Article, reading: Reading, seen: Mapping[str, tuple[_Seen, ...]], known: Mapping[str, Article]
) -> DateCandidate | None:
    met = [(party, one) for party in _in_office(reading) for one in seen.get(_key(party), ())]
    years = {one.year for _, one in met}
    spoken = [*written_years(article.text), *(int(d.when[:4]) for d in written_dates(article.text))]
    if len(years) != 1 or (spoken and max(spoken) > min(years)):
        return None
    party, one = next(((p, s) for p, s in met if s.because), met[0])
    source = known.get(one.because.article) if one.because else None
    where = f" in {source.title!r}" if source is not None and source.title else ""
    basis = f"year by its company: {party.name}, {party.role}, named in words of {one.year}{where}"
    return DateCandidate(when=str(one.year), basis=basis, because=one.because, chosen=True)


def _own_cluster(article: Article) -> DateCandidate | None:
    """The year of a text whose last references lie close together, early enough in that year."""
    own = article.spans(RegionKind.BODY, RegionKind.SIDEBAR, RegionKind.FOOTNOTES)
    days = [
        (earliest(d.when), (start + d.start, start + d.end))
        for start, end in own
        for d in written_dates(article.text[start:end])
        if len(d.when) == len("2007-05-28")
    ]
    last = sorted(set(days))[-_CLUSTER_SIZE:]
    if len({day for day, _ in last}) < _CLUSTER_SIZE or (last[-1][0] - last[0][0]).days > _CLUSTER_DAYS:
        return None
    if last[-1][0].month > _LAST_MONTH:
        return None
    basis = f"year of the last {_CLUSTER_SIZE} days that the text refers to"
    because = cut(article.id, article.text, last[-1][1])
    return DateCandidate(when=str(last[-1][0].year), basis=basis, because=because, chosen=True)


def _in_office(reading: Reading) -> Iterable[Party]:
    """Persons whom the article names in full, with a post that changes hands every few years."""
    for party in reading.parties:
        if party.kind is PartyKind.PERSON and " " in party.name and _POST.search(party.role or ""):
            yield party


def _key(party: Party) -> str:
    return _INITIAL.sub("", party.name).casefold()
