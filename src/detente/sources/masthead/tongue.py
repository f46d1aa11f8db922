"""The language of a text, by its script and its commonest function words."""

import re
from collections import Counter
from functools import cache
from typing import Final

from detente.sources.lists import rows

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
)
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_PERSIAN: Final = re.compile("[پچژگی]")
_WORD: Final = re.compile(r"[^\W\d_]+")
# Below fifteen words, two languages share too many of them.
_FEWEST_WORDS: Final = 15


def tell_language(text: str) -> str | None:
    """ISO 639-1 code; ``None`` where the text is too short or no language fits.

    >>> tell_language("The two sides said that they will meet again in the spring, and that it is not over.")
    'en'
    >>> tell_language("Hm.")
    """
    sample = text[:20_000]
    letters = sum(c.isalpha() for c in sample) or 1
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) / letters > (0.1 if code == "ja" else 0.4):
            return code
    if len(_ARABIC.findall(sample)) / letters > 0.4:
        return "fa" if len(_PERSIAN.findall(sample)) / letters > 0.03 else "ar"
    words = [w.casefold() for w in _WORD.findall(sample)]
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    shares = {code: sum(counts[w] for w in stop) / len(words) for code, stop in _profiles().items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= 0.12 else None


@cache
def _profiles() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in rows("stopwords.tsv")}
