"""The day an article is of, from all that speaks of one. Rule: rather unknown than wrong.

A date under the title, in the byline or in metadata is the article's own. A date alone at the very
top may be the day somebody fetched or printed the page: it is taken only where no other date is
printed, no menu stands beside it and the text itself reaches that far.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from detente.articles import DateCandidate
from detente.dates import When, compatible, earliest, latest
from detente.evidence import Evidence, Span, cut
from detente.sources.calendar_words import WrittenDate, read_date, written_dates, written_years
from detente.sources.draft import StatedDate
from detente.sources.masthead.blocks import Block
from detente.sources.masthead.opening import FETCHED, UPDATED, Headed, Role

# A page is fetched years after it was written: news dated three years after every year it names
# is not of that day.
_SILENT_YEARS: Final = 3
_DATE_IN_NAME: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3]\d)(?!\d)")
# Of a book-long text, the first part tells its time as well as all of it.
_LONGEST: Final = 300_000
Told: TypeAlias = tuple[WrittenDate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """A candidate with how far it is believed: 0 is never chosen, 1 only where the text agrees."""

    when: When
    basis: str
    span: Span | None
    weight: int


def date_article(
    article: str,
    text: str,
    *,
    blocks: tuple[Block, ...],
    opening: tuple[Headed, ...],
    stated: tuple[StatedDate, ...],
    file: str,
) -> tuple[When | None, tuple[DateCandidate, ...]]:
    """The article's own date, and every date considered.

    Args:
        article: Its id, for the evidence.
        text: Its text.
        blocks: Of the text.
        opening: The blocks above the first paragraph.
        stated: Dates that metadata states.
        file: Name of its file, which often carries a date.

    Returns:
        The date, ``None`` where nothing can be trusted, and the candidates, the chosen one marked.
    """
    offset = opening[-1].block.end if opening else 0
    below = text[offset : offset + _LONGEST]
    told = tuple(written_dates(below))
    weighed = [_Weighed(when=s.when, basis=s.basis, span=None, weight=s.weight) for s in stated]
    weighed += _of_opening(opening)
    weighed += _of_closing(blocks[max(len(opening), len(blocks) - 3) :])
    weighed += _of_dateline(blocks[len(opening) : len(opening) + 1], weighed)
    weighed += _of_name(file)
    spoken = max([*(int(d.when[:4]) for d in told), *written_years(below)], default=None)
    weighed = [_doubted(w, below, told, spoken) for w in weighed]
    chosen = _choose(weighed)
    weighed += _not_before(told, offset, weighed)
    return (chosen.when if chosen else None), tuple(
        DateCandidate(
            when=w.when,
            basis=w.basis,
            because=_evidence(article, text, w.span),
            chosen=w is chosen,
        )
        for w in weighed
    )


def _of_opening(opening: tuple[Headed, ...]) -> list[_Weighed]:
    title_at = next((i for i, h in enumerate(opening) if h.role is Role.TITLE), None)
    has_menu = any(h.role is Role.FURNITURE for h in opening[: title_at or 0])
    found: list[_Weighed] = []
    for index, headed in enumerate(opening):
        if headed.when is None:
            continue
        above = title_at is not None and index < title_at
        span = (headed.block.start, headed.block.end)
        if FETCHED.search(headed.block.text):
            weight, basis = 0, "day the page was fetched or printed"
        elif headed.role in {Role.BYLINE, Role.OUTLET}:
            weight, basis = 4, f"date in the {headed.role.value} line"
        elif above and has_menu:
            weight, basis = 0, "date line beside a site's menu: the day the page was fetched"
        elif above or title_at is None:
            weight, basis = 1, "date line above the title"
        else:
            weight, basis = (3 if UPDATED.search(headed.block.text) else 4), "date line under the title"
        found.append(_Weighed(when=headed.when, basis=basis, span=span, weight=weight))
    return found


def _of_closing(blocks: tuple[Block, ...]) -> list[_Weighed]:
    """Dates in the last lines: "Published May 3, 2007", "(Daily Lantern, 3 May 2007)"."""
    found = []
    for block in blocks:
        if block.words > 16 or (
            block.is_prose and not re.match(r"(?i)\W*(?:published|posted|first published)", block.text)
        ):
            continue
        if re.match(r"^\W*(?:\[\d|copyright|©)", block.text, re.IGNORECASE):
            continue
        written = next(written_dates(block.text), None)
        if written is None or len(written.when) < 10:
            continue
        span = (block.start + written.start, block.start + written.end)
        if FETCHED.search(block.text):
            found.append(
                _Weighed(when=written.when, basis="day the page was fetched or printed", span=span, weight=0)
            )
        else:
            found.append(_Weighed(when=written.when, basis="date line under the text", span=span, weight=2))
    return found


def _of_dateline(blocks: tuple[Block, ...], others: list[_Weighed]) -> list[_Weighed]:
    """A dateline with its year ("Geneva, 4 May 2007 (Reuters) - "), which is the day of writing."""
    for block in blocks:
        if block.dateline is None:
            continue
        written = next(written_dates(block.dateline[0]), None)
        if written is not None and not any(o.when == written.when for o in others):
            span = (block.start + written.start, block.start + written.end)
            return [_Weighed(when=written.when, basis="dateline", span=span, weight=4)]
    return []


def _of_name(file: str) -> list[_Weighed]:
    name = re.split(r"[/\\]", file)[-1]
    found = _DATE_IN_NAME.search(name)
    when = read_date("-".join(found.groups())) if found else None
    return [_Weighed(when=when, basis="date in the file's name", span=None, weight=1)] if when else []


def _doubted(one: _Weighed, below: str, told: Told, spoken: int | None) -> _Weighed:
    """The candidate, no longer to be chosen where the text speaks against it."""
    if one.weight not in {1, 2}:
        return one
    year = int(one.when[:4])
    if spoken is not None and year - spoken >= _SILENT_YEARS:
        basis = f"{one.basis}, years after all that the text speaks of"
        return _Weighed(when=one.when, basis=basis, span=one.span, weight=0)
    last = max((earliest(d.when) for d in told if len(d.when) == 10), default=None)
    if last is not None and (last - latest(one.when)).days > 366 and _tells_the_past(below):
        basis = f"{one.basis}, before dates that the text speaks of"
        return _Weighed(when=one.when, basis=basis, span=one.span, weight=0)
    return one


def _tells_the_past(below: str) -> bool:
    return bool(re.search(r"\b(?:said|met|was|were|had)\b", below))


def _choose(weighed: list[_Weighed]) -> _Weighed | None:
    """The heaviest; of equals that disagree, none, unless one only makes the other more precise."""
    best = max((w.weight for w in weighed), default=0)
    if best == 0:
        return None
    heaviest = [w for w in weighed if w.weight == best]
    first = max(heaviest, key=lambda w: len(w.when))
    if all(compatible(first.when, w.when) for w in heaviest):
        return first
    # Two dates under one title are the day of printing and of the web page: within a few days, the earlier.
    days = sorted(heaviest, key=lambda w: earliest(w.when))
    close = (earliest(days[-1].when) - earliest(days[0].when)).days <= 3
    if close or (best >= 4 and all(w.basis == heaviest[0].basis for w in heaviest)):
        return days[0] if close else heaviest[0]
    return heaviest[0] if best == 5 else None


def _not_before(told: Told, offset: int, weighed: list[_Weighed]) -> list[_Weighed]:
    """The latest day that the text tells of: where no date is known, the article is not older than that."""
    if any(w.weight for w in weighed):
        return []
    days = [d for d in told if len(d.when) == 10]
    if not days:
        return []
    last = max(days, key=lambda d: d.when)
    span = (offset + last.start, offset + last.end)
    return [
        _Weighed(when=last.when, basis="latest day the text names: it is not of before", span=span, weight=0)
    ]


def _evidence(article: str, text: str, span: Span | None) -> Evidence | None:
    return cut(article, text, span) if span is not None else None
