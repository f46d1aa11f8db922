"""Time expressions of a text and their TIMEX3 values, counted from the article's date.

Laws: a value is never more precise than the words and the article's date allow; a duration ("a 27-year
freeze") is not
a point; a bare weekday or day is the nearest one that the tense of its verb allows ("will travel on
Friday": the coming
Friday). Without the article's date only what the text itself says is given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from detente.dates import When, is_when
from detente.evidence import Span
from detente.reading import timewords
from detente.reading.sentences import text_of
from detente.reading.timeplace import Place
from detente.reading.timepoints import RESOLVERS
from detente.reading.timevalues import Anchor, when_of_value


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that tell when, how long or how often.

    Attributes:
        span: The words.
        type: ``DATE``, ``TIME``, ``DURATION`` or ``SET``, as in TIMEX3.
        value: TIMEX3 value ("2007-05-28", "2007-W20", "P30Y"); ``None`` where the text does not tell.
        precision: Of a point: day, week, month, quarter, season, year, decade, century, time; else ``None``.
    """

    span: Span
    type: str
    value: str | None
    precision: str | None

    @property
    def when(self) -> When | None:
        """The value as a date of ``detente.dates``; ``None`` for durations, sets and unknown points."""
        if self.value is None or self.type in {"DURATION", "SET"}:
            return None
        when = when_of_value(self.value)
        return when if when is not None and is_when(when) else None


def read_times(doc: Doc, published: When | None) -> tuple[TimeExpression, ...]:
    """Every time expression of the text, in order, none overlapping another.

    Args:
        doc: Parsed by spaCy; an unparsed one is read without tenses.
        published: The article's own date.
    """
    anchor = Anchor.of(published) if published else None
    told: Anchor | None = None
    found: list[TimeExpression] = []
    for name, match in _matches(text_of(doc)):
        if found and match.start() < found[-1].span[1]:
            continue
        place = Place(match, doc, anchor, told)
        value = RESOLVERS[name](place)
        if value is None:
            continue
        kind, timex = value
        one = TimeExpression(span=match.span(), type=kind, value=timex, precision=_precision(kind, timex))
        found.append(one)
        if one.when is not None:
            told = Anchor.of(one.when)
    return tuple(found)


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Matches of all rules, leftmost first, at each place the longest first."""
    every = [
        (match.start(), -match.end(), order, name, match)
        for order, (name, pattern) in enumerate(timewords.RULES)
        for match in pattern.finditer(text)
    ]
    every.sort(key=lambda one: one[:3])
    for _, _, _, name, match in every:
        if _stands_alone(name, match):
            yield name, match


_SHOUTED: Final = frozenset({"may", "march", "mar", "dec", "sun.", "sat.", "mon.", "fall", "spring"})


def _stands_alone(name: str, match: re.Match[str]) -> bool:
    """Whether an ambiguous word ("may", "march", "2000 soldiers", "second") is a time here."""
    text, start, end = match.string, match.start(), match.end()
    words = match[0].casefold()
    before = text[max(0, start - 16) : start]
    if name == "month" and words in _SHOUTED:
        hint = re.search(
            r"\b(in|since|last|next|until|by|early|late|mid|of|from|during|on|through)[\s-]+$", before, re.I
        )
        return bool(hint) and match[0][0].isupper()
    if name in {"month_day", "month"} and words.startswith(("may ", "march ")):
        return match[0][0].isupper() or text == text.lower()
    if name == "year":
        follows = re.match(
            r"\s?(?:[a-z]+ed\s|[-\s]?(?:people|soldiers|troops|men|women|tons|tonnes|dollars|euros|feet|"
            r"miles|kilomet|homes|pages|words|workers|families|prisoners|refugees|fighters|jobs))",
            text[end : end + 20],
        )
        counted = re.search(
            r"(?:\b(?:about|nearly|some|over|than|least|resolution|no\.|number|flight|article|room)\s|[#/]|\d,)$",
            before,
            re.I,
        )
        return not counted and not (
            follows
            and words.isdigit()
            and not re.search(r"\b(?:in|since|of|by|the|for|until)\s+$", before, re.I)
        )
    if name == "short_year":
        return not re.match(r"['’‘]", text[end : end + 1])
    return True


def _precision(kind: str, value: str | None) -> str | None:
    if value is None or kind in {"DURATION", "SET"} or value.endswith("_REF"):
        return None
    for pattern, precision in (
        (r"[\dX]{4}-[\dX]{2}-[\dX]{2}T.*", "time"),
        (r".*/.*", "interval"),
        (r"[\dX]{4}-W.*", "week"),
        (r"[\dX]{4}-[QH]\d", "quarter"),
        (r"[\dX]{4}-(SP|SU|FA|WI)", "season"),
        (r"[\dX]{4}-[\dX]{2}-[\dX]{2}", "day"),
        (r"[\dX]{4}-[\dX]{2}", "month"),
        (r"[\dX]{4}", "year"),
        (r"\d{3}", "decade"),
        (r"\d{2}", "century"),
    ):
        if re.fullmatch(pattern, value):
            return precision
    return None
