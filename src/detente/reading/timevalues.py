"""Arithmetic on TIMEX3 values: points shifted by units, and any value as a date of ``detente.dates``.

A value keeps the precision of the words: ``2007-W20`` is a week, ``2007-Q2`` a quarter, ``199`` a
decade, ``XXXX-05-28`` a day of an unknown year.

Source:
    Pustejovsky et al. (2010), ISO-TimeML, LREC; TIMEX3 as in TempEval-3 (UzZaman et al. 2013, SemEval).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from detente.dates import When

_SEASON_MONTHS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART: Final = re.compile(r"(\d{4})-([QH])(\d)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date that others are counted from, as precise as it is known.

    >>> Anchor.of("2007-05"), Anchor.of("2007-05-28/2007-06")
    (Anchor(year=2007, month=5, day=None), Anchor(year=2007, month=5, day=28))
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, when: When) -> "Anchor":
        """From a date of ``detente.dates``; of an interval its first end."""
        parts = [int(part) for part in when.split("/")[0].split("T")[0].split("-")]
        return cls(*parts)

    @property
    def date(self) -> date | None:
        """The day, or ``None`` where it is not known to the day."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def shift(anchor: Anchor, unit: str, by: int) -> str | None:
    """The value ``by`` units after the anchor, at the precision of the unit.

    >>> shift(Anchor(2007, 5, 28), "M", -1), shift(Anchor(2007, 1), "Y", -30), shift(Anchor(2007), "M", 1)
    ('2007-04', '1977', None)
    """
    if unit == "Y":
        return f"{anchor.year + by:04d}" if 0 < anchor.year + by < 10_000 else None
    if unit in {"M", "Q"}:
        if anchor.month is None:
            return None
        if unit == "Q":
            quarters = anchor.year * 4 + (anchor.month - 1) // 3 + by
            return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
        months = anchor.year * 12 + anchor.month - 1 + by
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    day = anchor.date
    if day is None or abs(by) > 4_000:
        return None
    moved = day + timedelta(days=7 * by if unit == "W" else by)
    return week_of(moved) if unit == "W" else moved.isoformat()


def week_of(day: date) -> str:
    """The week that holds the day.

    >>> week_of(date(2004, 11, 17))
    '2004-W47'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def when_of_value(value: str) -> When | None:  # noqa: PLR0911  # one form after another reads best
    """The value as a date of ``detente.dates``; ``None`` for durations, sets and what is not known.

    >>> when_of_value("2004-W47"), when_of_value("199"), when_of_value("2006-Q4"), when_of_value("P30Y")
    ('2004-11-15/2004-11-21', '1990/1999', '2006-10/2006-12', None)
    >>> when_of_value("2007-WI"), when_of_value("2009-12-15T18:00Z"), when_of_value("XXXX-05-28")
    ('2007-12/2008-02', '2009-12-15', None)
    """
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", value):
        return value
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        return value[:10]
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0/{value}9"
    if re.fullmatch(r"\d{2}", value):
        return f"{int(value):02d}00/{int(value):02d}99"
    week = _WEEK.fullmatch(value)
    if week:
        first = date.fromisocalendar(int(week[1]), int(week[2]), 6 if week[3] else 1)
        last = date.fromisocalendar(int(week[1]), int(week[2]), 7)
        return f"{first.isoformat()}/{last.isoformat()}"
    part = _PART.fullmatch(value)
    if part:
        length = 3 if part[2] == "Q" else 6
        end = int(part[3]) * length
        return f"{part[1]}-{end - length + 1:02d}/{part[1]}-{end:02d}"
    return _season_when(value)


def _season_when(value: str) -> When | None:
    year, _, season = value.partition("-")
    if season not in _SEASON_MONTHS or not year.isdigit():
        return None
    first, last = _SEASON_MONTHS[season]
    return f"{year}-{first:02d}/{int(year) + (last < first):04d}-{last:02d}"


def season_value(anchor: Anchor, season: str, by: int) -> str | None:
    """The season ``by`` seasons of that name from the one that holds or last preceded the anchor's month.

    >>> season_value(Anchor(2007, 5, 28), "WI", 0), season_value(Anchor(2007, 5), "SU", 1)
    ('2006-WI', '2007-SU')
    """
    if anchor.month is None:
        return None
    begun = anchor.month >= _SEASON_MONTHS[season][0]
    return f"{anchor.year - (not begun) + by:04d}-{season}"


def in_season(anchor: Anchor, season: str) -> bool:
    """Whether the anchor's month lies in the season."""
    first, last = _SEASON_MONTHS[season]
    month = anchor.month or 0
    return first <= month <= last if first < last else month >= first or 0 < month <= last


def valid_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day.

    >>> valid_day(2007, 2, 29)
    False
    """
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
