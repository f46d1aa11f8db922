"""The words of time in English: months, weekdays, units and numbers, and the patterns made of them.

Rule: a pattern only finds; what it means is ``times.read_times``' business. Each pattern names its
parts, and at one
place the longest match wins.
"""

import re
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS: Final = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "noon": "T12:00",
    "midday": "TMI",
    "midnight": "T24:00",
    "tonight": "TNI",
    "overnight": "TNI",
    "dawn": "TMO",
    "dusk": "TEV",
}
UNITS: Final = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "Y",
    "century": "Y",
    "generation": "Y",
}
UNIT_SIZES: Final = {"decade": 10, "century": 100, "fortnight": 2}
OFTEN: Final = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "quarterly": "P1Q",
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
    "biannual": "P6M",
}
FEASTS: Final = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "valentine's day": (2, 14),
    "may day": (5, 1),
    "halloween": (10, 31),
}
REFERENCES: Final = {
    "currently": "PRESENT_REF",
    "at present": "PRESENT_REF",
    "at the moment": "PRESENT_REF",
    "for the time being": "PRESENT_REF",
    "the time being": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "recently": "PAST_REF",
    "in the past": "PAST_REF",
    "of the past": "PAST_REF",
    "in the near future": "FUTURE_REF",
    "in the future": "FUTURE_REF",
    "in the coming years": "FUTURE_REF",
    "the future": "FUTURE_REF",
}
ORDINALS: Final = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th final last"), start=1)
    for word in words.split()
}

_SMALL: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_DECADES: Final = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def number_of(words: str) -> float | None:
    """The number that the words give; ``None`` for a vague one ("several", "decades of").

    >>> number_of("twenty-seven"), number_of("two and a half"), number_of("a"), number_of("several")
    (27, 2.5, 1, None)
    """
    words = re.sub(r"[\s-]+", " ", words.strip().casefold())
    if re.fullmatch(r"\d[\d,]*(\.\d+)?", words):
        exact = float(words.replace(",", ""))
        return int(exact) if exact == int(exact) else exact
    fixed = {"a": 1, "an": 1, "half a": 0.5, "half an": 0.5, "a dozen": 12, "a couple of": 2, "couple of": 2}
    if words in fixed:
        return fixed[words]
    halved = re.fullmatch(r"(.+) and a half", words)
    if halved:
        whole = number_of(halved[1])
        return None if whole is None else whole + 0.5
    total = 0
    for word in words.split():
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _SMALL or word in _TENS:
            total += _SMALL.get(word, _TENS.get(word, 0))
        else:
            return None
    return total


def decade_of(words: str) -> str | None:
    """The first three digits of the decade's years.

    >>> decade_of("1990s"), decade_of("'80s"), decade_of("seventies"), decade_of("2010's")
    ('199', '198', '197', '201')
    """
    words = words.casefold()
    if words in _DECADES:
        return f"19{_DECADES[words] // 10}"
    digits = "".join(c for c in words if c.isdigit())
    if len(digits) == 4:
        return digits[:3]
    return f"{'20' if digits[0] in '012' else '19'}{digits[0]}" if len(digits) == 2 else None


def _any(words: "dict[str, int] | dict[str, str] | dict[str, tuple[int, int]]") -> str:
    return "|".join(re.escape(w).replace("'", "['’‘]") for w in sorted(words, key=lambda w: (-len(w), w)))


_WORD_NUMBER: Final = (
    rf"(?:(?:{_any(_TENS)})(?:[- ](?:{_any(_SMALL)}))?|(?:one |a )?hundred(?: and)?(?: \w+)?|{_any(_SMALL)})"
)
_EXACT: Final = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_WORD_NUMBER})(?:[- ]and[- ]a[- ]half)?|half an?|a dozen"
)
_VAGUE: Final = (
    r"several|a few|few|many|some|dozens of|hundreds of|a number of|a couple of|the|these|those|countless"
)
_ABOUT: Final = (
    r"(?:(?:about|almost|nearly|around|roughly|approximately|over|under|more than|less than|fewer than"
    r"|at least|at most|up to|just over|just under|as many as|as much as|as long as|some|only|well over"
    r"|the better part of|close to)\s+)"
)
_UNIT: Final = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|generation)s?|century|centuries"  # noqa: E501  # one pattern, one line
_WEEKDAY_FULL: Final = r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_WEEKDAY: Final = rf"{_WEEKDAY_FULL}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\."
_MONTH: Final = (
    r"january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.,:]\d|%)(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,:]\d)"
_PART: Final = r"(?:morning|afternoon|evening|night|noon|midnight|midday)"
_PHASE: Final = (
    r"(?:(?:early|late|mid|earlier|later)[- ](?:in\s+)?(?:the\s+)?|(?:the\s+)?(?:very\s+)?"
    r"(?P<phase>beginning|start|end|middle|close|first half|second half)\s+of\s+(?:the\s+)?)"
)
_SEASON: Final = r"spring|summer|autumn|fall|winter"
_CLOCK: Final = (
    r"(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?\s?[ap]\.?\s?m\b\.?|(?:[01]?\d|2[0-3])[:h][0-5]\d(?:\s?hours)?"
    r"|(?:[01]\d|2[0-3])[0-5]\d\s(?:GMT|UTC|hours)|noon|midnight)"
    r"(?:,?\s\(?(?:GMT|UTC|EST|EDT|local time|Eastern(?: time)?)(?:\s?[+-]\d+)?\)?)?"
)

RULES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(rf"(?<![\w$€£.])(?:{pattern})(?![\w])", re.IGNORECASE))
    for name, pattern in (
        ("iso", r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T(?P<clock>\d\d:\d\d)(?::\d\d)?Z?)?"),
        ("numeric", r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:19|20)\d\d)"),
        ("nine_eleven", r"9/11|(?:September|Sept\.?)\s+11(?:th)?\s+(?:terrorist\s+)?attacks"),
        (
            "month_day",
            (
                rf"(?:(?P<weekday>{_WEEKDAY}),?[ ]+)?(?P<month>{_MONTH})\s+(?P<d>{_DAY})"
                rf"(?:(?:\s?[-–—]\s?|\s+(?:to|through|until|and)\s+)(?:(?P<month2>{_MONTH})\s+)?(?P<d2>{_DAY}))?"
                rf"(?:,?\s+(?P<y>{_YEAR}))?"
            ),
        ),
        (
            "day_month",
            (
                rf"(?:(?P<weekday>{_WEEKDAY}),?[ ]+)?(?:the\s+)?(?P<d>{_DAY})"
                rf"(?:(?:\s?[-–—]\s?|\s+(?:to|through|until|and)\s+)(?P<d2>{_DAY}))?"
                rf"\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<y>{_YEAR}))?"
            ),
        ),
        (
            "month",
            (
                rf"{_PHASE}?(?:(?P<which>last|next|this|this past|this coming|the previous|the following)\s+)?"  # noqa: E501  # one pattern, one line
                rf"(?P<month>{_MONTH})(?:,?\s+(?:of\s+)?(?:(?P<y>{_YEAR})|(?P<year_word>last|next|this|the previous"  # noqa: E501  # one pattern, one line
                r"|the following|that)\s+year))?"
            ),
        ),
        (
            "month_range",
            (
                rf"(?:between|from)\s+(?P<month>{_MONTH})(?:\s+(?P<y>{_YEAR}))?\s+(?:and|to|until|through)\s+"
                rf"(?P<month2>{_MONTH})(?:\s+(?P<y2>{_YEAR}))?"
            ),
        ),
        ("decade", rf"{_PHASE}?(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’‘]?[1-9]0s)"),
        (
            "decade_word",
            (
                r"(?:the\s+)(?:early |late |mid-?)?(?P<decade>twenties|thirties|forties|fifties|sixties|seventies"  # noqa: E501  # one pattern, one line
                r"|eighties|nineties)"
            ),
        ),
        ("century", r"(?:the\s+)?(?P<n>1\d|20|21)(?:th|st)[\s-]+century"),
        ("year", rf"{_PHASE}?(?P<y>{_YEAR})"),
        (
            "year_range",
            rf"(?:between\s+|from\s+)?(?P<y>{_YEAR})\s?(?:[-–—/]|\s(?:and|to|until|through))\s?(?P<y2>{_YEAR}|\d\d)(?!\d)",
        ),
        ("short_year", r"['’‘](?P<yy>\d\d)"),
        (
            "weekday",
            (
                rf"(?:(?P<clock>{_CLOCK})(?:\s+on)?\s+)?(?:(?:early|late)\s+)?"
                rf"(?:(?P<which>last|next|this|this past|this coming|the previous|the following|past|coming)\s+)?"  # noqa: E501  # one pattern, one line
                rf"(?P<weekday>{_WEEKDAY})(?:\s+(?P<part>{_PART}))?"
                rf"(?:\s+(?:of\s+)?(?P<week>last|next|this)\s+week)?(?:,?\s+(?:at\s+)?(?P<clock2>{_CLOCK}))?"
            ),
        ),
        (
            "weekday_range",
            rf"(?:from\s+|between\s+)?(?P<weekday>{_WEEKDAY})\s?(?:[-–—]|\s(?:to|through|until)\s)\s?(?P<weekday2>{_WEEKDAY})",
        ),
        (
            "deictic",
            (
                rf"(?:(?P<clock>{_CLOCK})(?:\s+on)?\s+)?(?:(?:early|late|earlier|later)\s+)?"
                rf"(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight)"
                rf"(?:\s+(?P<part>{_PART}))?"
            ),
        ),
        (
            "day_part",
            rf"(?:(?:early|late|earlier|later)\s+)?(?P<which>this|last)\s+(?P<part>{_PART})|(?P<over>overnight)",
        ),
        (
            "relative",
            (
                rf"{_PHASE}?(?P<which>last|past|previous|next|coming|this|current|the\s+(?:last|past|previous|next|coming"
                rf"|current|following|same)|that\s+same|that|the\s+very\s+same|later\s+(?:this|that))\s+"
                rf"(?P<unit>day|week|weekend|month|quarter|year|decade|century|financial year|fiscal year|{_SEASON})"  # noqa: E501  # one pattern, one line
            ),
        ),
        (
            "same_period",
            (
                r"the\s+same\s+(?P<what>period|month|week|day|quarter|time)\s+(?:(?:of\s+)?(?P<which>(?:the\s+)?last|the\s+previous"
                r"|next|this)\s+(?P<unit>year|month|week)|a\s+(?P<unit2>year|month|week)\s+(?P<way>ago|earlier|before))"
            ),
        ),
        (
            "ago",
            (
                rf"(?:(?:late|early)\s+)?(?:{_ABOUT})?(?:(?P<n>{_EXACT}|{_VAGUE}|an?)[\s-]+)?(?P<unit>{_UNIT})\s+"
                r"(?P<way>ago|earlier|later|before|from now|hence|afterwards?|prior|previously|beforehand)"
            ),
        ),
        (
            "weekday_ago",
            rf"(?P<n>{_EXACT}|an?)\s+weeks?\s+(?:ago\s+)?(?P<way>from|ago)\s+(?P<weekday>{_WEEKDAY}|today|tomorrow|yesterday)",
        ),
        (
            "within",
            rf"(?:in)\s+(?:{_ABOUT})?(?P<n>{_EXACT}|an?|several|a few|a couple of)\s+(?P<unit>{_UNIT})(?:['’]s?\s+time)?",  # noqa: E501  # one pattern, one line
        ),
        (
            "last_n",
            (
                rf"(?:(?:in|over|during|for|within)\s+)?(?:(?:the|these|this)\s+)?(?P<which>last|past|next|coming|previous|following)\s+(?:{_ABOUT})?"
                rf"(?:(?P<n>{_EXACT}|{_VAGUE})\s+)?(?:\w+\s+)?(?P<unit>{_UNIT})"
            ),
        ),
        (
            "duration",
            (
                rf"(?:{_ABOUT})?(?P<n>{_EXACT}|{_VAGUE})(?:[\s-]+)(?:(?:consecutive|straight|full|whole|more|long|further|additional)\s+)?"
                rf"(?P<unit>{_UNIT})(?:[\s-](?:old|long))?"
            ),
        ),
        ("duration_one", rf"(?:{_ABOUT})(?P<n>an?)\s+(?P<unit>{_UNIT})(?:-(?:old|long))?"),
        (
            "duration_a",
            (
                r"(?P<n>an?|one|single)[\s-]+(?:(?:full|whole|single|further)\s+)?(?P<unit>second|minute|hour|day|night|week|weekend|fortnight|month"
                r"|quarter|year|decade|century)(?:[- ](?:old|long))?"
            ),
        ),
        ("duration_bare", r"(?P<unit>minutes|hours|days|weeks|months|years|decades|centuries|generations)"),
        ("unit_long", r"(?P<unit>minute|hour|day|week|month|year|decade|century)s?-(?:long|old)"),
        (
            "set",
            (
                rf"(?:(?:every|each|per)\s+(?:(?P<n>{_EXACT}|other|few)\s+)?(?P<unit>{_UNIT}|{_WEEKDAY_FULL}|{_SEASON}|{_PART})"
                rf"|(?P<times>once|twice|(?:{_EXACT}|several) times)\s+(?:an?|every|each)\s+(?P<unit2>{_UNIT})"  # noqa: E501  # one pattern, one line
                rf"|on\s+(?P<plural>(?:{_WEEKDAY_FULL}))s)"
            ),
        ),
        ("often", rf"(?P<often>{_any(OFTEN)})"),
        (
            "quarter",
            (
                r"(?:the\s+)?(?P<nth>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-]+(?P<kind>quarter|half)"
                rf"(?:\s+of\s+(?:(?P<y>{_YEAR})|(?P<year_word>last|this|next|the)\s+(?:fiscal\s+|financial\s+)?year)|,?\s+(?P<y2>{_YEAR}))?"
            ),
        ),
        ("quarter_code", rf"(?P<kind>[QH])(?P<nth>[1-4])\s+(?:of\s+)?(?P<y>{_YEAR})"),
        (
            "season",
            rf"(?:(?:in|by|until|since|during)\s+)?(?:(?:early|late|mid)[- ])?(?:the\s+)?(?P<season>{_SEASON})(?:\s+of)?\s+(?P<y>{_YEAR})",  # noqa: E501  # one pattern, one line
        ),
        (
            "season_bare",
            rf"(?:in|by|until|since|during)\s+(?:early\s+|late\s+)?(?:the\s+)?(?P<season>{_SEASON})",
        ),
        ("feast", rf"(?P<feast>{_any(FEASTS)})(?:,?\s+(?P<y>{_YEAR}))?"),
        ("clock", rf"(?P<clock>{_CLOCK})(?:\s+(?:on\s+)?(?P<on>today|tomorrow|yesterday))?"),
        ("the_day", r"(?:later\s+|late\s+|earlier\s+|early\s+)?(?:in\s+)?the\s+day"),
        ("reference", rf"(?P<ref>{_any(REFERENCES)})"),
    )
)
