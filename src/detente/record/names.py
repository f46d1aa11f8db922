"""Names compared: how two spellings of one name are told from two names.

Law: likeness of letters alone never makes two countries one, nor two words that are both names of their own.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from detente.record.lists import word_list

_WORD: Final = re.compile(r"[^\W_]+")
_VOWELS: Final = re.compile(r"[aeiouy]")
_TWICE: Final = re.compile(r"(.)\1+")

_PARTICLES: Final = word_list("particles")

# A name that has only one word beside these is a short form.
HONORIFICS: Final = word_list("honorifics")

# Transliterations that letters alone keep apart.
_SOUNDS: Final = (("ph", "f"), ("gh", "q"), ("kh", "k"), ("ch", "c"), ("q", "k"), ("ou", "u"), ("w", "v"))

# "Mohammed" and "Mohammad" have 88, "Hizballah" and "Hezbollah" 78, "Hasan" and "Husain" 73.
_SAME_SPELLING: Final = 75.0


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, points and possessives.

    >>> words_of("The U.S.’s Mujahedin-e-Khalq")
    ('the', 'us', 'mujahedin', 'e', 'khalq')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’s", "").replace("'s", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", plain).replace("'", "").replace("’", "").replace("‘", "")
    return tuple(_WORD.findall(plain))


def core_of(name: str) -> tuple[str, ...]:
    """The words that carry a name: without particles.

    >>> core_of("Moqtada al-Sadr"), core_of("the People's Front of the South")
    (('moqtada', 'sadr'), ('people', 'front', 'south'))
    """
    words = words_of(name)
    return tuple(word for word in words if word not in _PARTICLES) or words


def without_titles(name: str) -> tuple[str, ...]:
    """The words of a person's name without office and address; empty where there is no name among them.

    >>> without_titles("Foreign Minister Yusuf bin Alawi"), without_titles("the envoy")
    (('yusuf', 'alawi'), ())
    """
    return tuple(word for word in words_of(name) if word not in _PARTICLES and word not in HONORIFICS)


def skeleton(word: str) -> str:
    """The consonants of a word, written one way for the sounds that are transliterated in several.

    >>> skeleton("khalq") == skeleton("kahlq"), skeleton("qaddafi") == skeleton("kaddafi")
    (True, True)
    """
    head, rest = word[:1], word
    for written, sound in _SOUNDS:
        rest = rest.replace(written, sound)
    rest = _TWICE.sub(r"\1", _VOWELS.sub("", rest).replace("h", ""))
    return rest or head


def same_word(one: str, other: str) -> bool:
    """Whether two words are spellings of one.

    >>> same_word("mujahedin", "mojahedine"), same_word("hasan", "husain"), same_word("iran", "iraq")
    (True, False, False)
    """
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    return skeleton(one) == skeleton(other) and fuzz.ratio(one, other) >= _SAME_SPELLING


def same_spelling(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names, as words, are spellings of one: word by word, or written apart and together.

    >>> same_spelling(core_of("Mujahedine e Kahlq"), core_of("Mojahedin-e-Khalq"))
    True
    """
    if len(one) == len(other):
        return all(map(same_word, one, other))
    return "".join(one) == "".join(other) and min(len(one), len(other)) > 0


def initials(name: str) -> frozenset[str]:
    """What a name may be abbreviated to: its initials, with and without its particles.

    >>> sorted(initials("Mujahedin-e-Khalq")), sorted(initials("Bay States Union"))
    (['mek', 'mk'], ['bsu'])
    """
    words = words_of(name)
    core = core_of(name)
    full = tuple(word for word in words if word not in ("the", "and"))
    both = ("".join(word[0] for word in part) for part in (words, core, full))
    return frozenset(short for short in both if len(short) >= 2)


def is_abbreviation(alias: str) -> bool:
    """Whether a form is an abbreviation: two to six capitals, with or without points.

    >>> is_abbreviation("MEK"), is_abbreviation("P.M.O.I."), is_abbreviation("Oman")
    (True, True, False)
    """
    letters = alias.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()
