"""What each pattern of ``timewords`` means at its place in a text, as a TIMEX3 type and value.

Law: nothing here is more precise than the words, the article's date and the last date told allow;
``None`` for words
that are no time at all.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from detente.reading import timelengths, timewords
from detente.reading.tense import Tense
from detente.reading.timeplace import Found, Place
from detente.reading.timevalues import Anchor, in_season, season_value, shift, valid_day, week_of

_BACK: Final = frozenset({"last", "past", "previous", "this past"})
_AHEAD: Final = frozenset({"next", "coming", "following", "this coming"})


# --- points named by the calendar


def _iso(place: Place) -> Found:
    year, month, day = (int(place[g] or 0) for g in "ymd")
    if not valid_day(year, month, day):
        return None
    clock = place["clock"]
    return (
        ("TIME", f"{year}-{month:02d}-{day:02d}T{clock}")
        if clock
        else ("DATE", f"{year}-{month:02d}-{day:02d}")
    )


def _numeric(place: Place) -> Found:
    one, other, year = (int(place[g] or 0) for g in "aby")
    fits = {(m, d) for m, d in ((one, other), (other, one)) if valid_day(year, m, d)}
    if not fits:
        return None
    month, day = fits.pop() if len(fits) == 1 else (0, 0)
    return ("DATE", f"{year}-{month:02d}-{day:02d}") if month else ("DATE", str(year))


def _calendar_day(place: Place) -> Found:
    month = _month(place["month"])
    day = int(re.sub(r"\D", "", place["d"] or "0"))
    month2 = _month(place["month2"]) or month
    day2 = int(re.sub(r"\D", "", place["d2"] or "0"))
    if not valid_day(2000, month, day) or (day2 and not valid_day(2000, month2, day2)):
        return None
    year = int(place["y"]) if place["y"] else _year_of(place, month, day)
    if year is None:
        return "DATE", f"XXXX-{month:02d}-{day:02d}"
    if not valid_day(year, month, day):
        return None
    first = f"{year}-{month:02d}-{day:02d}"
    if not day2:
        return "DATE", first
    year += (month2, day2) < (month, day)
    return "DATE", f"{first}/{year}-{month2:02d}-{day2:02d}"


def _month(name: str | None) -> int:
    return timewords.MONTHS[name.rstrip(".")] if name else 0


def _year_of(place: Place, month: int, day: int = 0) -> int | None:
    """The year of a bare month or day: the nearest that the tense allows."""
    base = place.published
    if base is None or (base.month is None and place.tense is None):
        return None
    if base.month is None:
        return None
    here, there = (base.month, base.day or 15), (month, day or 15)
    if day == 0 and month == base.month:
        return base.year
    if place.tense is Tense.FUTURE:
        return base.year + (there < here)
    if place.tense is Tense.PAST or re.search(r"\bsince\s+$", place.before):
        return base.year - (there > here)
    ahead = (month - base.month) % 12
    return base.year + (ahead <= 4 and there < here) - (ahead > 4 and there > here)


def _calendar_month(place: Place) -> Found:
    month, base = _month(place["month"]), place.published
    if place["y"]:
        return "DATE", f"{place['y']}-{month:02d}"
    if place["year_word"]:
        year = _worded_year(place, place["year_word"])
        return ("DATE", f"{year}-{month:02d}") if year else ("DATE", f"XXXX-{month:02d}")
    which = (place["which"] or "").removeprefix("the ")
    if base is None or base.month is None:
        year = place.told.year if which in {"previous", "following"} and place.told else None
    elif which in _BACK:
        year = base.year - (month >= base.month)
    elif which in _AHEAD:
        year = base.year + (month <= base.month)
    elif which == "this":
        year = base.year
    else:
        year = _year_of(place, month)
    return "DATE", f"{year}-{month:02d}" if year else f"XXXX-{month:02d}"


def _worded_year(place: Place, word: str) -> int | None:
    word = word.removeprefix("the ")
    base = place.told or place.published if word in {"previous", "following", "that"} else place.published
    if base is None:
        return None
    return base.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)


def _month_range(place: Place) -> Found:
    one, two = _month(place["month"]), _month(place["month2"])
    year2 = int(place["y2"]) if place["y2"] else None
    year = int(place["y"]) if place["y"] else None
    if year is None and year2 is None:
        year = _year_of(place, one)
        if year is None:
            return "DATE", None
    if year is None and year2 is not None:
        year = year2 - (two < one)
    if year2 is None and year is not None:
        year2 = year + (two < one)
    return "DATE", f"{year}-{one:02d}/{year2}-{two:02d}"


def _decade(place: Place) -> Found:
    return "DATE", timewords.decade_of(place["decade"] or "")


def _century(place: Place) -> Found:
    return "DATE", f"{int(place['n'] or 0) - 1:02d}"


def _year(place: Place) -> Found:
    half = {"first half": "-H1", "second half": "-H2"}.get(place["phase"] or "", "")
    return "DATE", f"{place['y']}{half}"


def _year_range(place: Place) -> Found:
    first, last = place["y"] or "", place["y2"] or ""
    last = first[:2] + last if len(last) == 2 else last
    return ("DATE", f"{first}/{last}") if int(first) < int(last) else ("DATE", first)


def _short_year(place: Place) -> Found:
    year = int(place["yy"] or 0)
    latest = (place.published.year if place.published else 2030) % 100 + 10
    return "DATE", f"{20 if year <= latest else 19}{year:02d}"


# --- points counted from the article's day


def _weekday(place: Place) -> Found:
    number = timewords.WEEKDAYS[(place["weekday"] or "").rstrip(".")]
    base = place.published.date if place.published else None
    if base is None:
        return "DATE", f"XXXX-WXX-{number + 1}"
    which = (place["which"] or "").removeprefix("the ")
    back, ahead = (base.weekday() - number) % 7, (number - base.weekday()) % 7
    if place["week"]:
        weeks = {"last": -1, "this": 0, "next": 1}[place["week"]]
        day = base + timedelta(days=number - base.weekday() + 7 * weeks)
    elif which in _BACK:
        day = base - timedelta(days=back or 7)
    elif which in _AHEAD:
        day = base + timedelta(days=ahead or 7)
    elif which == "this":
        day = base + timedelta(days=ahead if place.tense is not Tense.PAST else -back)
    elif place.tense is Tense.FUTURE or (place.tense is Tense.PRESENT and _looks_ahead(place)):
        day = base + timedelta(days=ahead)
    else:
        day = base - timedelta(days=back)
    return _with_part(place, day.isoformat())


def _looks_ahead(place: Place) -> bool:
    return bool(re.search(r"\b(by|until|till|before|for)\s+(next\s+)?$", place.before))


def _with_part(place: Place, day: str) -> Found:
    clock = place["clock"] or place["clock2"]
    if clock:
        return "TIME", f"{day}T{_clock_value(clock)}"
    part = place["part"]
    if part:
        code = timewords.DAY_PARTS[part]
        return "TIME", day + (code if code.startswith("T") else f"T{code}")
    return "DATE", day


def _weekday_range(place: Place) -> Found:
    first = _weekday(place)
    if first is None or first[1] is None or "X" in first[1]:
        return "DATE", None
    start = Anchor.of(first[1]).date
    number = timewords.WEEKDAYS[(place["weekday2"] or "").rstrip(".")]
    if start is None:
        return None
    return (
        "DATE",
        f"{start.isoformat()}/{(start + timedelta(days=(number - start.weekday()) % 7)).isoformat()}",
    )


_DEICTIC: Final = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _deictic(place: Place) -> Found:
    word = place["word"] or ""
    day = shift(place.published, "D", _DEICTIC[word]) if place.published else None
    if day is None:
        return "DATE", None
    if word == "tonight":
        return "TIME", f"{day}TNI"
    return _with_part(place, day)


def _day_part(place: Place) -> Found:
    part = "overnight" if place["over"] else place["part"] or ""
    day = shift(place.published, "D", -1 if place["which"] == "last" else 0) if place.published else None
    code = timewords.DAY_PARTS[part]
    return "TIME", None if day is None else day + (code if code.startswith("T") else f"T{code}")


def _relative(place: Place) -> Found:
    which, unit = (place["which"] or ""), place["unit"] or ""
    which = which.removeprefix("the ").removeprefix("later ").removeprefix("very ")
    if which == "past":
        return _last_n_value(unit, 1)
    told = which in {"previous", "following", "same", "that", "that same"}
    base = (place.told or place.published) if told else place.published
    if base is None:
        return "DATE", None
    by = -1 if which in _BACK else 1 if which in _AHEAD else 0
    return "DATE", _relative_value(base, unit, by, edge=place["phase"])


def _relative_value(base: Anchor, unit: str, by: int, *, edge: str | None) -> str | None:  # noqa: PLR0911  # one form after another reads best
    if unit in timewords.SEASONS:
        season = timewords.SEASONS[unit]
        if by == 0 and not in_season(base, season):
            begun = season_value(base, season, 0)
            ahead = season != "WI" and begun is not None and not begun.startswith(str(base.year))
            return season_value(base, season, 1) if ahead else begun
        return season_value(base, season, by - (by < 0 and not in_season(base, season)) + (by < 0))
    if unit == "weekend":
        day = base.date
        if day is None:
            return None
        if by == 0 and day.weekday() < 2:
            by = 0
        return week_of(day + timedelta(days=7 * by)) + "-WE"
    if unit == "decade":
        return str(base.year // 10 + by)
    if unit == "century":
        return str(base.year // 100 + by)
    if unit in {"financial year", "fiscal year"}:
        return f"FY{base.year + by}"
    value = shift(base, timewords.UNITS[unit], by)
    if unit == "year" and edge in {"beginning", "start"} and value:
        return f"{value}-01"
    return value


def _same_period(place: Place) -> Found:
    base = place.told or place.published
    if base is None:
        return "DATE", None
    unit = place["unit"] or place["unit2"] or "year"
    ahead = place["which"] == "next"
    by = 0 if place["which"] == "this" else 1 if ahead else -1
    if unit != "year":
        return "DATE", shift(base, timewords.UNITS[unit], by)
    if base.month is not None and place["what"] == "quarter":
        return "DATE", shift(base, "Q", 4 * by)
    return "DATE", f"{base.year + by}-{base.month:02d}" if base.month else f"{base.year + by}"


def _ago(place: Place) -> Found:  # noqa: PLR0911  # one form after another reads best
    words, unit, way = place["n"], timelengths.unit_of(place["unit"]), place["way"] or ""
    if (
        words is None
        and way in {"later", "earlier", "before", "ago"}
        and not (place["unit"] or "").endswith("s")
    ):
        words = "a"
    if words is None and way != "ago":
        return None
    count = timewords.number_of(words) if words else None
    code = timewords.UNITS[unit]
    if way == "before" and count is None:
        return None
    if count is None:
        return ("DATE", "PAST_REF") if way == "ago" else ("DATE", None)
    if code.startswith("T"):
        return "TIME", None
    count *= timewords.UNIT_SIZES.get(unit, 1)
    if re.match(r"\s+than\b", place.after):
        return "DURATION", timelengths.length(words or "several", unit)
    base = place.published if way in {"ago", "from now", "hence"} else place.told or place.published
    if base is None or count != int(count):
        return "DATE", None
    back = way in {"ago", "earlier", "before", "prior", "previously", "beforehand"}
    return "DATE", shift(base, code, -int(count) if back else int(count))


def _weekday_ago(place: Place) -> Found:
    base = place.published.date if place.published else None
    count = timewords.number_of(place["n"] or "a")
    word = place["weekday"] or ""
    if base is None or count is None:
        return "DATE", None
    if word in _DEICTIC:
        day = base + timedelta(days=_DEICTIC[word])
    else:
        ahead = (timewords.WEEKDAYS[word] - base.weekday()) % 7
        day = base + timedelta(days=ahead if place["way"] == "from" else ahead - 7)
    weeks = int(count) if place["way"] == "from" else -int(count) + (word not in _DEICTIC)
    return "DATE", (day + timedelta(weeks=weeks)).isoformat()


def _within(place: Place) -> Found:
    """A point ahead for "in three weeks", where the verb looks ahead; else a length of time."""
    count = timewords.number_of(place["n"] or "")
    unit = timelengths.unit_of(place["unit"])
    code = timewords.UNITS[unit]
    whole = count is not None and count == int(count) and not code.startswith("T")
    if whole and count and place.published and place.tense is Tense.FUTURE:
        return "DATE", shift(place.published, code, int(count) * timewords.UNIT_SIZES.get(unit, 1))
    return "DURATION", timelengths.length(place["n"] or "", unit)


def _last_n(place: Place) -> Found:
    words, unit = place["n"], place["unit"] or ""
    if words is None:
        if unit.endswith("s"):
            back = (place["which"] or "") in _BACK
            return "DATE", "PAST_REF" if back else "FUTURE_REF"
        which = place["which"] or ""
        if which == "past":
            return _last_n_value(unit, 1)
        base = place.published
        by = -1 if which in _BACK else 1
        return "DATE", _relative_value(base, unit, by, edge=None) if base else None
    return "DURATION", timelengths.length(words, timelengths.unit_of(unit))


def _last_n_value(unit: str, count: int) -> Found:
    if unit in timewords.SEASONS or unit not in timewords.UNITS:
        return "DATE", None
    return "DURATION", timelengths.length(str(count), unit)


# --- parts of years and days


def _quarter(place: Place) -> Found:
    nth = timewords.ORDINALS.get(place["nth"] or "") or int(place["nth"] or 1)
    half = place["kind"] in {"half", "h"}
    letter = "H" if half else "Q"
    if place["nth"] in {"last", "final"}:
        nth = 2 if half else 4
    year = place["y"] or place["y2"]
    base = place.published
    if year is None and place["year_word"]:
        worded = _worded_year(place, place["year_word"])
        year = str(worded) if worded else None
    elif year is None and half:
        return None
    elif year is None and base is not None and base.month is not None and not half:
        if place["nth"] == "last":
            return "DATE", shift(base, "Q", -1)
        begun = (nth - 1) * 3 + 1 < base.month or (nth * 3 < base.month)
        year = str(base.year if begun or place.tense is Tense.FUTURE else base.year - 1)
    return "DATE", f"{year}-{letter}{nth}" if year else f"XXXX-{letter}{nth}"


def _season(place: Place) -> Found:
    return "DATE", f"{place['y']}-{timewords.SEASONS[place['season'] or '']}"


def _season_bare(place: Place) -> Found:
    base = place.published
    season = timewords.SEASONS[place["season"] or ""]
    if place["season"] in {"fall", "spring"} and "the " not in place.match[0]:
        return None
    if base is None:
        return "DATE", f"XXXX-{season}"
    return "DATE", season_value(
        base, season, int(place.tense is Tense.FUTURE and not in_season(base, season))
    )


def _feast(place: Place) -> Found:
    month, day = timewords.FEASTS[(place["feast"] or "").replace("’", "'").replace("‘", "'")]
    year = int(place["y"]) if place["y"] else _year_of(place, month, day)
    return "DATE", f"{year or 'XXXX'}-{month:02d}-{day:02d}"


def _clock(place: Place) -> Found:
    base = place.told if place.told and place.told.date else place.published
    if place["on"] and place.published:
        day = shift(place.published, "D", _DEICTIC[place["on"]])
    else:
        day = base.date.isoformat() if base and base.date else None
    return "TIME", f"{day or 'XXXX-XX-XX'}T{_clock_value(place['clock'] or '')}"


def _clock_value(words: str) -> str:
    if words.startswith(("noon", "midnight")):
        return "12:00" if words.startswith("noon") else "24:00"
    found = re.match(r"(\d{1,2})(?:[:.h]?(\d\d))?\s*(?:([ap])\.?\s?m)?", words)
    if found is None:
        return "XX:XX"
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    zulu = "Z" if re.search(r"(?:gmt|utc)(?!\s?[+-]\d)", words) else ""
    return f"{hour:02d}:{int(found[2] or 0):02d}{zulu}"


def _the_day(place: Place) -> Found:
    if re.match(r"\s(?:when|that|of|before|after|he|she|it|they|we|i)\b", place.after) or not re.search(
        r"\b(?:in|of|end|ended|ending|end)\s$", place.before + ("in " if " in " in place.match[0] else "")
    ):
        return None
    base = place.told if place.told and place.told.date else place.published
    return "DATE", base.date.isoformat() if base and base.date else None


def _nine_eleven(_place: Place) -> Found:
    return "DATE", "2001-09-11"


def _reference(place: Place) -> Found:
    return "DATE", timewords.REFERENCES[place["ref"] or ""]


RESOLVERS: Final[dict[str, Callable[[Place], Found]]] = {
    "iso": _iso,
    "numeric": _numeric,
    "nine_eleven": _nine_eleven,
    "month_day": _calendar_day,
    "day_month": _calendar_day,
    "month": _calendar_month,
    "month_range": _month_range,
    "decade": _decade,
    "decade_word": _decade,
    "century": _century,
    "year": _year,
    "year_range": _year_range,
    "short_year": _short_year,
    "weekday": _weekday,
    "weekday_range": _weekday_range,
    "deictic": _deictic,
    "day_part": _day_part,
    "relative": _relative,
    "same_period": _same_period,
    "ago": _ago,
    "weekday_ago": _weekday_ago,
    "within": _within,
    "last_n": _last_n,
    "duration": timelengths.duration,
    "duration_one": timelengths.duration,
    "duration_a": timelengths.duration_a,
    "duration_bare": timelengths.duration_bare,
    "unit_long": timelengths.unit_long,
    "set": timelengths.repetition,
    "often": timelengths.often,
    "quarter": _quarter,
    "quarter_code": _quarter,
    "season": _season,
    "season_bare": _season_bare,
    "feast": _feast,
    "clock": _clock,
    "the_day": _the_day,
    "reference": _reference,
}
