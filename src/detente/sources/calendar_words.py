"""Calendar dates as people write them, in the languages of ``data/months.tsv``, to ISO dates.

Only what is written counts: a day whose month cannot be told from it (``05/06/2007``) gives the year
alone, and a date without a year gives nothing here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.dates import When, is_when
from detente.sources.lists import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date found in a text, and where it stands."""

    when: When
    start: int
    end: int


@cache
def _months() -> dict[str, int]:
    named: dict[str, int] = {}
    for row in rows("months.tsv"):
        for number, forms in enumerate(row[1:], start=1):
            for form in forms.split():
                # "mar" and "mai" agree in every language that has them; English wins where two differ.
                named.setdefault(form, number)
    return named


# A month is any word here and looked up after: four hundred names at every place of a text take minutes.
_MONTH: Final = r"(?P<n>[^\W\d_]{3,15})"
_DAY: Final = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|º|°)?"
_YEARS: Final = r"(?P<y>(?:1[89]|20)\d\d)"
_GAP: Final = r"[\s\u00a0]{1,3}"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2007-05-28, 2007/05/28, 2007-05-28T10:00
        r"(?<![\w/-])(?P<y>(?:1[89]|20)\d\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>[0-3]?\d)(?![-/.]?\d)",
        # 28 May 2007, 28. Mai 2007, 1er juin 2007, 28 de mayo de 2007, 28-May-2007
        rf"(?<!\w){_DAY}\.?[\s-]{{1,3}}(?:de\s|of\s)?{_MONTH}\.?,?[\s-]{{1,3}}(?:del?\s)?{_YEARS}(?!\w)",
        # May/June 2007, July-August 2007: an issue of two months
        rf"(?<!\w){_MONTH}\.?\s?[/–-]\s?(?P<n2>[^\W\d_]{{3,15}})\.?,?{_GAP}{_YEARS}(?!\w)",
        # May 28, 2007; May 28th 2007; mayo 28, 2007
        rf"(?<!\w){_MONTH}\.?{_GAP}{_DAY}(?:\s?,\s?|{_GAP}){_YEARS}(?!\w)",
        # 2007. május 28; 2007 May 28
        rf"(?<!\w){_YEARS}\.?{_GAP}{_MONTH}\.?{_GAP}{_DAY}(?!\w)",
        # 2018 年 10 月 7 日, 2018년 10월 7일
        r"(?P<y>(?:19|20)\d\d)\s?[年년]\s?(?P<m>1[0-2]|0?[1-9])\s?[月월]\s?(?P<d>[0-3]?\d)\s?[日일]",
        # 28/05/2007, 5-28-2007, 28.05.2007
        r"(?<![\w/.-])(?P<a>[0-3]?\d)(?P<s>[/.-])(?P<b>[0-3]?\d)(?P=s)(?P<y>(?:1[89]|20)\d\d)(?![\w/-])",
        # May 2007, mai 2007, May, 2007
        rf"(?<!\w){_MONTH}\.?,?{_GAP}(?:de\s)?{_YEARS}(?!\w)",
    )
)
# Every date has a year, and stands within this many characters of it.
_REACH: Final = 45
_ANY_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_YEAR: Final = re.compile(r"(?<![\w$€£#./:-])(?:1[89]|20)\d\d(?![\w%:]|[.,/-]\d)")


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Dates with a year, in order; where two readings overlap, the more precise one.

    >>> [d.when for d in written_dates("Met on May 28, 2007 and in June 2007, not 05/06/2007.")]
    ['2007-05-28', '2007-06', '2007']
    """
    for start, end in _near_years(text):
        found: list[WrittenDate] = []
        for pattern in _PATTERNS:
            for match in pattern.finditer(text, start, end):
                when = _value(match)
                if when and not any(f.start < match.end() and match.start() < f.end for f in found):
                    found.append(WrittenDate(when=when, start=match.start(), end=match.end()))
        yield from sorted(found, key=lambda f: f.start)


def _near_years(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around years, none overlapping another, cut into pieces that stay quick to search."""
    start = end = -1
    for match in _ANY_YEAR.finditer(text):
        if end >= 0 and match.start() - _REACH <= end and match.end() - start < 2000:
            end = match.end() + _REACH
            continue
        if end >= 0:
            yield start, min(end, len(text))
        start, end = max(match.start() - _REACH, end, 0), match.end() + _REACH
    if end >= 0:
        yield start, min(end, len(text))


def read_date(text: str) -> When | None:
    """The one date that a field holds, or its year; ``None`` where there is none.

    >>> read_date("Samedi 1er décembre 2012"), read_date("20070528"), read_date("n.d.")
    ('2012-12-01', '2007-05-28', None)
    """
    first = next(written_dates(text), None)
    if first is not None:
        return first.when
    packed = re.search(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)", text)
    if packed and is_when("-".join(packed.groups())):
        return "-".join(packed.groups())
    bare = re.search(r"(?<!\d)((?:1[89]|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?!\d)", text)
    return bare[0] if bare else None


def written_years(text: str) -> Iterator[int]:
    """Years that stand alone, as numbers that can be nothing else.

    >>> list(written_years("the 2001 war cost $2003 in 1999"))
    [2001, 1999]
    """
    for match in _YEAR.finditer(text):
        yield int(match[0])


def _value(match: re.Match[str]) -> When | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if "a" in parts:
        one, two = int(parts["a"]), int(parts["b"])
        if one > 12 >= two or one == two or parts["s"] == ".":
            month, day = two, one
        elif two > 12 >= one:
            month, day = one, two
        else:
            return str(year)
    else:
        month = int(parts["m"]) if parts.get("m") else _months().get(parts["n"].casefold(), 0)
        day = int(parts["d"]) if parts.get("d") else 0
    until = _months().get(parts["n2"].casefold()) if parts.get("n2") else month
    if not month or not until:
        return None
    if until != month:
        when = f"{year}-{month:02}/{year}-{until:02}"
        return when if is_when(when) else None
    when = f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
    return when if is_when(when) else None
