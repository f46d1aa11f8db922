"""How well a denial meets its charge, from the words of both alone.

Law: a denial of the charge as such ("denied the accusation", "baseless") meets it whole; one that denies
another act or speaks of another thing leaves a gap, and the gap is named in the words of the two.
"""

import re
from functools import lru_cache
from typing import Final

from detente.reading.lexicon import rows

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_WHOLE: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:e|es|ed|ing)|call(?:s|ed)?)\b[^.;]{0,40}?"
    r"(?:\b(?:charges?|accusations?|allegations?|claims?|reports?|involvement|responsibility|wrongdoing)\b"
    r"|\b(?:it|that|this|them)\b(?=\s*(?:[.,;:”\"]|and\b|as\b|$)))"
    r"|\b(?:baseless|groundless|unfounded|untrue|false|fabricat\w+|lies?|nonsense|absurd|farfetched|far-fetched|ridiculous|"
    r"no truth|not true|pure invention|slander|propaganda|without foundation)\b"
    r"|\bcharges?\b[^.;]{0,20}\bdenied\b|\bwhich\b[^.;]{0,30}\bden(?:y|ies|ied)\b",
    re.IGNORECASE,
)
_SMALL: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "that",
        "which",
        "it",
        "its",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "by",
        "with",
        "from",
        "at",
        "as",
        "has",
        "have",
        "had",
        "not",
        "no",
        "any",
        "all",
        "their",
        "his",
        "her",
        "they",
        "he",
        "she",
        "we",
        "our",
        "us",
        "i",
        "you",
        "this",
        "these",
        "those",
        "there",
        "who",
        "whom",
        "what",
        "when",
        "while",
        "also",
        "but",
        "than",
        "then",
        "would",
        "could",
        "should",
        "will",
        "may",
        "might",
        "can",
        "do",
        "does",
        "did",
        "said",
        "says",
        "say",
        "told",
        "deny",
        "denied",
        "denies",
        "denying",
        "accused",
        "accuse",
        "accuses",
        "charged",
        "charge",
        "charges",
        "alleged",
        "allegedly",
        "claim",
        "claims",
        "claimed",
        "blamed",
        "blame",
        "never",
        "ever",
        "into",
        "over",
        "against",
        "about",
        "only",
        "very",
        "such",
        "some",
        "other",
        "more",
        "most",
        "out",
        "up",
        "down",
        "off",
    ]
)


def how_denial_meets(charge: str, denial: str) -> tuple[float, str | None]:  # noqa: PLR0911  # one form after another reads best
    """How far a denial meets a charge, and what it leaves open.

    Args:
        charge: The words of the charge.
        denial: The words of the denial, its cue among them where there is one.

    Returns:
        From 0 (speaks of something else) to 1 (denies just that), and the gap in words or ``None``.

    >>> how_denial_meets("supporting the militias in the south", "denied using militias in the south")
    (0.5, 'denies using, charged with supporting')
    >>> how_denial_meets("supplying the rebels with rockets", "rejected the accusation as baseless")
    (1.0, None)
    >>> how_denial_meets("supporting the militias in the south", "denied that it uses militias in the south")
    (0.5, 'answers in part')
    >>> how_denial_meets("shelling the port", "said the harvest was good")
    (0.0, 'speaks of other things than the charge')
    """
    acts_charged, acts_denied = _acts(charge), _acts(denial)
    charged, denied = _things(charge), _things(denial)
    shared_acts = {a for a in acts_charged if any(_alike(a, b) for b in acts_denied)}
    shared_things = {a for a in charged - acts_charged if any(_alike(a, b) for b in denied)}
    if _WHOLE.search(denial) and (
        not (acts_denied - _denying(acts_denied)) or not acts_charged or shared_acts
    ):
        return 1.0, None
    if acts_charged and acts_denied and not shared_acts and shared_things:
        return (
            0.5,
            f"denies {_as_written(denial, acts_denied)}, charged with {_as_written(charge, acts_charged)}",
        )
    least = max(1, min(len(charged), len(denied)))
    share = len(shared_things | shared_acts) / least
    if share == 0:
        if _WHOLE.search(denial):
            return 0.8, None
        return 0.0, "speaks of other things than the charge"
    if shared_acts and (shared_things or share >= 0.5):
        return min(1.0, 0.7 + 0.3 * share), None
    if shared_acts:
        return 0.6, "denies the act, says nothing of what it was done to"
    return min(0.6, 0.3 + 0.3 * share), "answers in part"


def denies_whole(words: str) -> bool:
    """Whether the words deny a charge as such, whatever it is.

    >>> denies_whole("dismissed the allegations"), denies_whole("said the harvest was good")
    (True, False)
    """
    return bool(_WHOLE.search(words))


def _acts(words: str) -> frozenset[str]:
    """The words for what is done: "-ing" forms, and what follows "to", by stem."""
    found = set[str]()
    for match in re.finditer(r"\b([a-z]{2,}ing)\b|\bto ([a-z]{3,})\b", words):
        word = match[1] or match[2]
        if word not in _SMALL and word not in {
            "thing",
            "nothing",
            "anything",
            "something",
            "during",
            "according",
            "king",
            "being",
        }:
            found.add(_stem(word))
    return frozenset(found)


def _denying(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(s for s in stems if s.startswith(("deny", "reject", "dismiss", "refut", "call", "say")))


def _things(words: str) -> frozenset[str]:
    return frozenset(_stem(w) for w in _WORD.findall(words) if w.casefold() not in _SMALL and len(w) > 2)


def _stem(word: str) -> str:
    """A word without its endings, roughly.

    >>> [_stem(w) for w in ("supporting", "supports", "supplied", "militias")]
    ['support', 'support', 'suppl', 'militia']
    """
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for ending in ("ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line[0].split()) for line in rows("disputes_alike.tsv"))


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return not _groups_of(one).isdisjoint(_groups_of(other))


@lru_cache(maxsize=65536)
def _groups_of(stem: str) -> frozenset[int]:
    return frozenset(number for number, group in enumerate(_groups()) if _in(stem, group))


def _in(stem: str, group: tuple[str, ...]) -> bool:
    return any(stem.startswith(word) or (len(stem) > 3 and word.startswith(stem)) for word in group)


def _as_written(words: str, stems: frozenset[str]) -> str:
    for match in _WORD.finditer(words):
        if _stem(match[0]) in stems and match[0].casefold() not in _SMALL:
            return match[0]
    return min(stems)
