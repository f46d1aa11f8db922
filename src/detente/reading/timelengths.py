"""How long and how often: durations and repetitions as TIMEX3 values.

Law: a length is never a date; a vague number ("several weeks") is ``X``.
"""

import re

from detente.reading import timewords
from detente.reading.timeplace import Found, Place


def unit_of(words: str | None) -> str:
    """The unit in the singular, as in ``timewords.UNITS``; a day where none is told."""
    words = words or "day"
    if words == "centuries":
        return "century"
    return words if words in timewords.UNITS else words.removesuffix("s")


def length(words: str, unit: str) -> str:
    """A TIMEX3 duration; a vague number is ``X``."""
    code = timewords.UNITS[unit]
    count = timewords.number_of(words)
    prefix, letter = ("PT", code[1]) if code.startswith("T") else ("P", code)
    if count is None:
        return (
            f"P{'X'}{'DE' if unit == 'decade' else 'CE' if unit == 'century' else letter}"
            if prefix == "P"
            else f"PTX{letter}"
        )
    count *= timewords.UNIT_SIZES.get(unit, 1)
    return f"{prefix}{int(count) if count == int(count) else count}{letter}"


def duration(place: Place) -> Found:
    """A number of units: "three weeks", "27-year"."""
    words, unit = place["n"] or "", unit_of(place["unit"])
    vague = timewords.number_of(words) is None
    if unit == "second" or (vague and words in {"the", "these", "those", "some"}):
        return None
    if vague and not (place["unit"] or "").endswith(("s", "centuries")):
        return None
    if unit == "quarter" and words in {"a", "the"}:
        return None
    return "DURATION", length(words, unit)


def duration_a(place: Place) -> Found:
    """A single unit: "a month"; a rate ("a day") is a repetition."""
    unit = place["unit"] or "day"
    if unit in {"second", "quarter"}:
        return None
    rate = re.search(
        r"(?:\d|\b(?:million|billion|dollars|euros|barrels|tons|tonnes|people|times|much|more|less))\s*$",
        place.before,
    )
    if place["n"] in {"a", "an"} and rate:
        return "SET", length("1", unit)
    if (
        unit in {"day", "night"}
        and place["n"] in {"a", "an"}
        and re.match(r"\s(?:of|when|that|in which|for)\b", place.after)
    ):
        return None
    return "DURATION", length("1", unit)


def duration_bare(place: Place) -> Found:
    """Units without a number: "for years"."""
    unit = unit_of(place["unit"])
    if re.match(r"\s*-?(?:old)?\s*(?:of the week)", place.after) or re.search(
        r"\d\s*$|these\s$|those\s$", place.before
    ):
        return None
    return "DURATION", length("several", unit)


def unit_long(place: Place) -> Found:
    """A unit with "-long" or "-old"."""
    plural = place.match[0].casefold().split("-")[0].endswith("s")
    return "DURATION", length("several" if plural else "1", unit_of(place["unit"]))


def repetition(place: Place) -> Found:
    """How often: "every two weeks", "twice a month"."""
    words = place["plural"] or place["unit"] or place["unit2"] or ""
    if words in timewords.WEEKDAYS:
        return "SET", f"XXXX-WXX-{timewords.WEEKDAYS[words] + 1}"
    if words in timewords.SEASONS:
        return "SET", f"XXXX-{timewords.SEASONS[words]}"
    if words in timewords.DAY_PARTS:
        return "SET", f"XXXX-XX-XX{timewords.DAY_PARTS[words]}"
    count = {"other": "2"}.get(place["n"] or "", place["n"] or "1")
    return "SET", length(count, unit_of(words))


def often(place: Place) -> Found:
    """How often, in one word: "annual"."""
    return "SET", timewords.OFTEN[place["often"] or ""]
