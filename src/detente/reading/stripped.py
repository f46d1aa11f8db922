"""Text that a database stripped of case, punctuation and digits: capitals set again, for the parser.

One character for one: offsets stay those of the original. What is lost (digits, marks) is never invented.
"""

import re
from functools import lru_cache
from typing import Final

from detente.reading.lexicon import bodies, countries, rows, words

_WORD: Final = re.compile(r"[a-z]+")
# Text of this many letters without a capital or a full stop was stripped; a note typed in haste is shorter.
LEAST_LETTERS: Final = 250
_EXPERTS: Final = "scholar|analyst|expert|professor|fellow|researcher|historian|economist|author"
_AFTER_TITLE: Final = re.compile(r"([a-z]+) ([a-z]{3,})")
_BEFORE_OFFICE: Final = re.compile(rf"\b([a-z]{{3,}}) ([a-z]{{4,}}) an? (?:[a-z]+ ){{0,5}}?(?:{_EXPERTS})\b")
_AFTER_OFFICE: Final = re.compile(
    r"\b(?:ambassador to [a-z]+|spokesman|spokeswoman|minister|president|leader) ([a-z]{3,}) ([a-z]{4,})"
)
_TITLES: Final = frozenset(
    {
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
        "ayatollah",
    }
)


def is_stripped(text: str) -> bool:
    """Whether the text has lost its capitals and its punctuation.

    >>> is_stripped("iran said no " * 40), is_stripped("Iran said no. " * 40)
    (True, False)
    """
    stops = text.count(".") + text.count(",")
    if len(text) < LEAST_LETTERS or stops >= len(text) / 400:
        return False
    letters = sum(c.isalpha() for c in text)
    if letters < LEAST_LETTERS:
        return False
    capitals = sum(c.isupper() for c in text)
    return capitals < letters / 500 and stops < letters / 400


@lru_cache(maxsize=2)
def _plain(use: str) -> frozenset[str]:
    return frozenset(word for row in rows("plain.tsv") if row[0] == use for word in words(row[1]))


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
        if form and form.lower() not in _plain("ordinary") and len(form) > 1:
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
                _raise(text, letters, _AFTER_TITLE.match(text, start))
    for named in (*_BEFORE_OFFICE.finditer(text), *_AFTER_OFFICE.finditer(text)):
        _raise(text, letters, named)
    return "".join(letters)


def _raise(text: str, letters: list[str], found: re.Match[str] | None) -> None:
    """Capital letters for the words that a pattern finds, unless one of them is no name."""
    if found is None or any(word in _plain("no_name") for word in found.groups() if word):
        return
    for group, word in enumerate(found.groups(), start=1):
        if word:
            letters[found.start(group)] = text[found.start(group)].upper()
