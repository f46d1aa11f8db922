"""Words of an article that lost its capitals and stops, as they would have been printed: for labels alone.

Law: evidence is never spelt anew, and words that have a capital of their own stay as they are.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from detente.reading.lexicon import countries
from detente.reading.stripped import restore
from detente.record.lists import word_list

_INITIALS: Final = re.compile(r"\b([A-Z]) (?=[A-Z]\b)")
# "A" before "U S" is an article, not the first letter of a union.
_ARTICLE: Final = re.compile(r"\bA U s\b")
_VERB: Final = (
    r"\s+(?:also |still |now |first )?"
    r"(?:is|are|was|were|has|have|had|will|would|wants?|says?|said|includes?|seeks?|sees?|views?|den(?:y|ies|ied)"
    r"|accuse[sd]?|call(?:s|ed)|demand(?:s|ed)|insist(?:s|ed)|warn(?:s|ed)|hop(?:es|ed)|believe[sd]?)\b"
)
_MONTH: Final = re.compile(
    r"\b((?:in|since|until|of|by|last|next|early|late|on) )(january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b"
)
# After these a subject and its verb are still part of the sentence: "that Tehran is", "what it wants".
_JOINING: Final = re.compile(
    r"\b(?:that|which|wh\w+|because|if|as|and|or|but|than|say|says|said|after|before|since|until|unless|though"
    r"|although|so|how|believes|insists|claims|alleges|the|an?)\s+$",
    re.I,
)


def reprinted(words: str, names: Iterable[str] = ()) -> str:
    """The words with capitals and apostrophes set again, up to where the next sentence begins.

    Args:
        words: What a label or a line is made from.
        names: Abbreviations known from elsewhere ("NLA"), which it writes in small letters.

    >>> reprinted("free the sailors held in iran since may tehran is calling for talks")
    'free the sailors held in Iran since May'
    >>> reprinted("the withdrawal of u s troops from iraqs north")
    "the withdrawal of US troops from Iraq's north"
    >>> reprinted("open the border"), reprinted("Tell Iran it is over")
    ('open the border', 'Tell Iran it is over')
    """
    restored = _restored(words)
    if restored is None:
        return words
    text = _INITIALS.sub(r"\1", restored[: sentence_end(words)].rstrip())
    text = _MONTH.sub(lambda found: found[1] + found[2].capitalize(), _owning().sub(r"\1's", text))
    known = {name.casefold(): name for name in names if name.isupper() and len(name) > 2}
    known = {small: name for small, name in known.items() if small not in word_list("stopwords")}
    return re.sub(r"[a-z]{3,}", lambda word: known.get(word[0], word[0]), text) if known else text


def sentence_end(words: str) -> int:
    """Where the first sentence of stripped words ends; the whole length of all others.

    >>> words = "leave iraq tehran says it is time"
    >>> words[:sentence_end(words)]
    'leave iraq '
    """
    restored = _restored(words)
    if restored is None:
        return len(words)
    ends = [found.start() for found in _subject().finditer(restored) if _begins(restored, found.start())]
    ends += [found.start(1) for found in _after_a_name().finditer(restored)]
    return min(ends, default=len(words))


def _begins(text: str, at: int) -> bool:
    before = text[:at]
    return len(before.split()) >= 2 and _JOINING.search(before) is None


@lru_cache(maxsize=8192)
def _restored(words: str) -> str | None:
    """The words with their capitals; ``None`` of words that were not stripped, or name nobody."""
    if words != words.lower():
        return None
    restored = _ARTICLE.sub("a U S", restore(words))
    return restored if restored != words else None


@cache
def _places() -> str:
    names = {place for one in countries() for place in (one.name, *one.capitals) if place.isalpha()}
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def _subject() -> re.Pattern[str]:
    """A sentence that begins without a stop before it: who, and the verb that makes it one."""
    return re.compile(rf"(?<=\s)(?:{_places()}|these|this|they|he|she|it|we|there|but|meanwhile){_VERB}")


@cache
def _owning() -> re.Pattern[str]:
    """A country's name has no plural: with an s it owns something."""
    return re.compile(rf"\b({_places()})s\b")


@cache
def _after_a_name() -> re.Pattern[str]:
    """One country, then another that owns what follows: "leave iraq | irans envoy"."""
    return re.compile(rf"\b(?:{_places()}) ((?:{_places()})s\b)")
