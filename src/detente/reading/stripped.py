"""Text that a database stripped of case, punctuation and digits: capitals set again, for the parser.

One character for one: offsets stay those of the original. What is lost (digits, marks) is never invented.
"""

import re
from functools import lru_cache
from typing import Final

from detente.reading.lexicon import bodies, countries

_WORD: Final = re.compile(r"[a-z]+")
# Text of this many letters without a capital or a full stop was stripped; a note typed in haste is shorter.
LEAST_LETTERS: Final = 250
# Names that are words of their own when not capital.
_ORDINARY: Final = frozenset(
    [
        "us",
        "turkey",
        "chad",
        "male",
        "let",
        "who",
        "fed",
        "the",
        "house",
        "guardian",
        "amal",
        "fars",
        "ap",
        "ec",
        "eta",
        "ira",
        "gam",
        "bra",
        "kia",
        "who",
        "mend",
        "rally",
        "contras",
        "interfax",
        "pole",
        "poles",
        "finn",
        "dane",
        "swede",
        "turk",
        "turks",
        "serb",
        "wagner",
        "dpr",
        "nice",
        "reading",
        "polish",
        "thai",
        "lao",
        "georgia",
        "niger",
        "mali",
        "togo",
        "cuba",
        "diet",
        "rada",
        "congress",
        "dawa",
        "aids",
        "it",
        "gia",
        "ia",
        "isi",
        "sana",
        "male",
        "let",
        "sla",
        "slm",
        "adf",
        "bla",
        "ice",
    ]
) - {"congress", "niger", "mali", "togo", "cuba", "georgia", "thai"}
_TITLES: Final = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "gen",
    "sen",
    "rep",
    "president",
    "secretary",
    "senator",
    "general",
    "colonel",
    "admiral",
    "ayatollah",
]


def is_stripped(text: str) -> bool:
    """Whether the text has lost its capitals and its punctuation.

    >>> is_stripped("iran said no " * 40), is_stripped("Iran said no. " * 40)
    (True, False)
    """
    letters = sum(c.isalpha() for c in text)
    if letters < LEAST_LETTERS:
        return False
    capitals = sum(c.isupper() for c in text)
    stops = text.count(".") + text.count(",")
    return capitals < letters / 500 and stops < letters / 400


@lru_cache(maxsize=1)
def _known() -> dict[str, list[str]]:
    """Names by their first word in small letters, the longest first, in the words of stripped text."""
    forms: set[str] = set()
    for country in countries():
        forms |= {country.name, *country.people, *country.capitals, *country.others, *country.seats}
    for body in bodies():
        forms |= {body.name, *body.others}
    plain = {" ".join(re.findall(r"[A-Za-zÀ-ÿ]+", form)) for form in forms}
    by_first: dict[str, list[str]] = {}
    for form in plain:
        if form and form.lower() not in _ORDINARY and len(form) > 1:
            by_first.setdefault(form.split()[0].lower(), []).append(form)
    for names in by_first.values():
        names.sort(key=len, reverse=True)
    return by_first


def restore(text: str) -> str:
    """The text with capitals on names it knows, and on names after titles; of the same length."""
    letters = list(text)
    known = _known()
    at = 0
    while (found := _WORD.search(text, at)) is not None:
        start = found.start()
        at = found.end()
        for name in known.get(found[0], known.get(found[0].removesuffix("s"), ())):
            end = start + len(name)
            if text[start:end] != name.lower() or (
                text[end : end + 1].isalpha() and text[end : end + 1] != "s"
            ):
                continue
            letters[start:end] = name
            at = max(at, end)
            break
        else:
            if found[0] in _TITLES:
                _raise_name(text, letters, start, at)
    return "".join(letters)


def _raise_name(text: str, letters: list[str], start: int, end: int) -> None:
    """Capital letters for a title and the two words after it."""
    letters[start] = letters[start].upper()
    for _ in range(2):
        following = re.compile(r" ([a-z]{3,})").match(text, end)
        if following is None:
            return
        letters[following.start(1)] = following[1][0].upper()
        end = following.end()
