"""The words that say what a claim is about."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from detente.record.lists import rows, table, word_list
from detente.record.names import words_of

_STOP: Final = word_list("stopwords")
NUMBERS: Final = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
"""Small numbers in words."""

# Endings that a word may lose and stay the word it is, longest first.
_ENDINGS: Final = (
    ("isations", "ize"), ("izations", "ize"), ("isation", "ize"), ("ization", "ize"), ("nesses", ""),
    ("ments", ""), ("ances", ""), ("ences", ""), ("ment", ""), ("ness", ""), ("ings", ""), ("ions", ""),
    ("ance", ""), ("ence", ""), ("ies", "y"), ("ing", ""), ("ion", ""), ("als", ""), ("ers", ""), ("ed", ""),
    ("er", ""), ("al", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending, so that "releasing" and "release" are one.

    >>> stem("releasing") == stem("release"), stem("withdrawal") == stem("withdraw")
    (True, True)
    """
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return _undoubled(word[: -len(ending)] + put).removesuffix("e")
    return word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt" else word


@lru_cache(maxsize=65536)
def content_terms(text: str, left_out: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Stems of the words that carry the sense, in order, each once.

    Args:
        text: Any words.
        left_out: Stems to leave out: names of the countries, which are about everything.

    >>> content_terms("They should release the five detained engineers")
    ('releas', 'detain', 'engin')
    """
    words = (word for word in words_of(text) if word not in _STOP and len(word) > 2 and not word.isdigit())
    stems = (stem(word) for word in words)
    return tuple(dict.fromkeys(term for term in stems if term not in left_out))


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[str, ...]:
    """Pairs of words that stand together, as stems, numbers and nationalities among them.

    >>> phrases("release the five Omanis")
    ('five omani',)
    """
    words = words_of(text)
    tells = [len(word) > 2 and (word not in _STOP or word in NUMBERS) for word in words]
    pairs = (
        f"{stem(words[n])} {stem(words[n + 1])}" for n in range(len(words) - 1) if tells[n] and tells[n + 1]
    )
    return tuple(dict.fromkeys(pairs))


@lru_cache(maxsize=4096)
def concepts(text: str) -> tuple[str, ...]:
    """The names of what a text speaks of among the things that talks are about anywhere.

    >>> concepts("They hold two of our sailors captive; free them")
    ('detainees',)
    """
    named = _concepts_by_stem()
    found = (
        name for word in words_of(text) for name in (*named.get(stem(word), ()), *named.get(f"={word}", ()))
    )
    return tuple(dict.fromkeys(found))


@cache
def _concepts_by_stem() -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for name, _, words in rows("concepts"):
        exact = [word for word in words.split() if word.startswith("=")]
        stems = (stem(part) for word in words.split() if word not in exact for part in words_of(word)[:1])
        for one in dict.fromkeys((*stems, *exact)):
            named[one] = (*named.get(one, ()), name)
    return named


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """Jaccard's measure of two sets of terms, 0 to 1; two empty ones are not alike.

    >>> likeness("ab", "bc")
    0.3333333333333333
    """
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def containment(one: Iterable[str], other: Iterable[str]) -> float:
    """How much of the smaller set the two share, 0 to 1.

    >>> containment("ab", "bcd")
    0.5
    """
    left, right = set(one), set(other)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


_START: Final = re.compile(
    r"^\W*(?:to |that |not |they |it |should |must |would |will |has |have )+", re.IGNORECASE
)
_CLAUSE: Final = re.compile(
    r"(?<=\w\w\w)(?:, | (?:who|which|that|because|as|in order|unless|until|before|after|since|charged|when) )"
)
_DANGLING: Final = re.compile(
    r"(?:[\s…,;:]+(?:in|of|to|on|at|by|for|with|from|and|or|the|a|an|must|will|that))*[\s…,;:]*$"
)
_SOON: Final = re.compile(r"\s+(?:soon|now|again|immediately|at once|as soon as possible)(?:,.*)?$|,\s.*$")
_BRACKETS: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_ARTICLE: Final = re.compile(r"^(?:the|a|an|its|their|his|her|all|any)\s+", re.IGNORECASE)


def noun_phrase(what: str) -> str | None:
    """A thing wanted, named as a thing: its verb turned into a noun; ``None`` where there is none to turn.

    The verb opens the words, or follows "to", "must" or a name.

    >>> noun_phrase("release the five engineers"), noun_phrase("a joint commission")
    ('Release of the five engineers', None)
    >>> noun_phrase("it was unhappy with the answer to its demand that Sudmark halt all shelling")
    'Halt of all shelling'
    """
    words = _bared(what).split()
    for at, head in enumerate(words[:-1]):
        rest = words[at + 1 :]
        if rest[0] == "of" and stem(head.lower()) in _nominal_stems() and len(rest) > 1:
            return _of(f"{head} of", rest[1:])
        before = words[at - 1] if at else "to"
        called = before in _BEFORE_VERB or before[:1].isupper() or head.endswith("ing")
        base = _nominal_base(head) if called else None
        noun = table("nominals")[base] if base is not None else ""
        if rest[0] == "to" and noun.endswith(" of"):
            noun = noun.removesuffix("of") + "to"
        while rest and rest[0] in _AFTER_VERB:
            rest = rest[1:]
        # "Joining of stabilizing": what follows is a deed, not a thing.
        deed = bool(rest) and rest[0].endswith("ing") and opens_with_verb(rest[0])
        if noun and rest and not deed and rest[0].lower() not in _NO_THING | _NO_START:
            return _of(noun, rest)
    return None


def is_short_name(label: str) -> bool:
    """Whether a label is a few words without a verb or pronoun that makes it a sentence.

    >>> is_short_name("Joint commission"), is_short_name("They were eager to talk")
    (True, False)
    """
    words = words_of(label)
    return 0 < len(words) <= 6 and not set(words) & _NO_THING


_MORE: Final = re.compile(
    r"\s(?:held|detained|jailed|seized|taken|captured|aimed|charged|signed|made|set|based|who|that|which|by|at|in"
    r"|from|to|on|with|for|under|if|when|until)\s"
)


_OPEN: Final = re.compile(
    r"\s(?:held|detained|jailed|seized|taken|captured|aimed|charged|signed|made|set|based|killed|who|that|which|by"
    r"|at|in|from|to|on|with|for|under)$"
)
_PEOPLE: Final = frozenset(
    words_of(
        "rebels rebel militia militias militants insurgents fighters group groups faction factions "
        "guerrillas officials forces troops side sides party parties leaders"
    )
)
_VAGUE: Final = re.compile(
    r"\b(?:the|its|their) (?:country|countries|nation|region|groups?|sides?|issues?|situation|neighbou?rs)$"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten) [A-Z][a-z]+(?:an|ish|ese|i)$"
    r"|\b(?:remaining|others?|same)\b|^\w+[’']s\b"
    r"|^(?:keeping|meeting|making|having|getting|taking|doing|adding|being)\b",
    re.I,
)


def names_people(label: str) -> bool:
    """Whether a label names who, and not what: "hill rebels".

    >>> names_people("Hill rebels"), names_people("River toll")
    (True, False)
    """
    return words_of(label)[-1:] != () and words_of(label)[-1] in _PEOPLE


def is_vague(label: str) -> bool:
    """Whether a label ends before it says what: "Stability of the country", "Release of five Norwegian".

    >>> is_vague("Stability of the country"), is_vague("Release of five Norwegian"), is_vague("Port dues")
    (True, True, False)
    """
    return _VAGUE.search(label) is not None


def brief_name(noun: str) -> str | None:
    """A noun phrase as a name for an issue: seven words at most, and of no purpose; ``None`` of no name.

    >>> brief_name("Release of the five engineers held by the harbour guard of Port Ansel")
    'Release of the five engineers'
    >>> brief_name("End to bid to topple the council") is None
    True
    """
    words = noun.split()
    if len(words) > _MOST_WORDS:
        parts = [noun[: found.start()] for found in _MORE.finditer(noun)]
        whole = [part for part in parts if 2 < len(part.split()) <= _MOST_WORDS and not _OPEN.search(part)]
        noun = max(whole, key=len, default=noun)
    words = noun.split()
    return noun if len(words) <= _MOST_WORDS and words.count("to") < 2 and words[-1] != "…" else None


_MOST_WORDS: Final = 7


_BEFORE_VERB: Final = frozenset(
    ("to", "not", "must", "should", "would", "will", "and", "or", "s", "they", "it")
)
_AFTER_VERB: Final = frozenset(
    ("down", "out", "over", "up", "with", "from", "in", "to", "by", "its", "their", "his", "her")
)
_NO_START: Final = frozenset(("and", "or", "but", "just", "yet", "more", "also", "at", "on", "as", "for"))
_NO_THING: Final = word_list("sentence_words")


@cache
def _nominal_stems() -> frozenset[str]:
    return frozenset(stem(words.split()[0]) for words in table("nominals").values())


def _of(noun: str, rest: list[str]) -> str:
    return _capital(f"{noun} {' '.join(rest)}")


def plain_phrase(words: str) -> str:
    """Words as a label: without brackets, quotation marks and an article in front.

    >>> plain_phrase("the “joint commission” (implied)")
    'Joint commission'
    """
    return _capital(_ARTICLE.sub("", _bared(words)))


def opens_with_verb(words: str) -> bool:
    """Whether words open with a verb whose noun is known.

    >>> opens_with_verb("pull troops"), opens_with_verb("troop levels")
    (True, False)
    """
    return _nominal_base(words.split(" ", maxsplit=1)[0]) is not None


@cache
def concept_labels() -> dict[str, str]:
    """The label of each concept.

    >>> concept_labels()["ceasefire"]
    'Ceasefire'
    """
    return {name: label for name, label, _ in rows("concepts")}


def _bared(words: str) -> str:
    words = _BRACKETS.sub(" ", words)
    words = "".join(c for c in words if c not in '“”"„«»')
    return " ".join(_START.sub("", words.strip()).strip(" .,;:'‘’").split())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _nominal_base(head: str) -> str | None:
    return next((form for form in _bases(head.lower()) if form in table("nominals")), None)


def _bases(verb: str) -> tuple[str, ...]:
    forms = [verb]
    if verb.endswith("ing") and len(verb) > 5:
        forms += [verb[:-3], verb[:-3] + "e", _undoubled(verb[:-3]), verb[:-4]]
    if verb.endswith("s"):
        forms += [verb[:-1], verb[:-2]]
    return tuple(forms)


def shortened(label: str, *, longest: int = 60) -> str:
    """A label cut at a phrase or a word, never within one.

    >>> shortened("Release of the engineers who were taken at the border in May", longest=40)
    'Release of the engineers'
    """
    label = _SOON.sub("", _DANGLING.sub("", label))
    if len(label) <= longest:
        return label
    phrase = _CLAUSE.split(label)[0]
    if 8 <= len(phrase) <= longest:
        return phrase
    return _DANGLING.sub("", label[: longest + 1].rsplit(" ", 1)[0]) + " …"
