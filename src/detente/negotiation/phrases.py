"""What is wanted, in the text's words, becomes what its party may do: "ending its raids" to "end its raids".

Law: no word is put in that changes the sense: a thing that is not a deed is only prefixed with "agree to",
and words that are neither a deed nor a short thing to agree to give nothing.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from detente.record.lists import table
from detente.record.spelling import reprinted

_LONGEST: Final = 80
# A thing to agree to has a name; a longer one is a clause that could not be read.
_LONGEST_THING: Final = 14
_ASIDE: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_EDGE: Final = " \t\n.,;:“”\"'‘’…-–—"
_MUST: Final = (
    r"(?:must|should|shall|has to|have to|had to|needs? to|ought to|will|would|can|could|may|might|is to"
    r"|are to)"
)
_OPENING: Final = re.compile(
    r"^(?:that|for|to|by|from|first|also|again|please|immediately|and|when|while)\s+", re.I
)
_SUBJECT: Final = re.compile(
    r"^(?:they|it|he|she|we|you|both (?:sides|countries|governments|parties)|the (?:[\w.]+ ){0,2}?(?:sides?"
    rf"|government|regime|administration|countries|parties|others?|officials))\s+(?:{_MUST}\s+)?",
    re.I,
)
_NEGATED: Final = re.compile(r"^(?:do(?:es)? not|don[’']t|not to|not|never|no longer|must not)\s+", re.I)
# Words that tell of a demand, a bid or a promise: what is wanted follows them.
_TOLD: Final = re.compile(
    r"\b(?:(?:demand|insist|urg|call|press|push|ask|want|lobb|propos|suggest|request|encourag|convinc|persuad)"
    r"(?:e|s|es|ed|ing|y|ies|ied)?|seek|seeks|seeking"
    r"|sought|(?:promise|pledge|commitment|bid|demand|offer|obligation|vow|need)s?)"
    r"(?:\s+(?:it|them|him|her|us))?\s+(?P<mark>that|for|to|on|upon|an|a|the)\s+",
    re.I,
)
# How a thing was asked, before what was asked: "both in public and in private that …".
_HOW_TOLD: Final = re.compile(
    r"^(?:both|in|through|by|at|during|via|publicly|privately|repeatedly)\b[^,.;:]{0,60}?\sthat\s+(?=\w)",
    re.I,
)
_HANGING: Final = re.compile(
    r"(?:\s+(?:against|of|to|for|with|by|in|on|from|at|as|and|or|but|the|a|an|all|any|its|their|his|her|these|that"
    r"|which|who|if|when|while|under|into|about|than|because))+$",
    re.I,
)
# Where a long deed may break off: before a phrase that only says more of it.
_BREAK: Final = re.compile(
    r",?\s+(?=(?:and|or|that|which|who|whose|if|when|while|unless|until|because|before|after|since"
    r"|in order|as|with|for|in|on|by|from|at|to|charged|aimed|held|made|including|such as|according)\b)|,\s+",
    re.I,
)
_SHORTEST: Final = 28
# A verb in the past where a thing should stand: "the accord breached trade rules", "missed a deadline".
_TOLD_AS_PAST: Final = re.compile(
    r"^\w{3,}ed\s+(?:an?|the|its|their)\b|^(?:in|on|by|for|from|with|of|as)\b"
    r"|(?<!^a)(?<!\ban)(?<!\bthe)\s\w{3,}ed\s+(?:the|an?|its|their|his|her|it|[A-Z]\w+)\b"
)
# What is said of the thing once it is named: "a joint commission, a proposal that …".
_AFTERTHOUGHT: Final = re.compile(r",\s+(?:an?|one|which|who|whose|that|although|though|but)\s", re.I)
_TURN: Final = re.compile(
    r"^(?:take (?:steps|action|measures) to|move to|do more to|make efforts to|aims? to"
    r"|agree to(?= \w+ (?:the|its|a)\b))\s+",
    re.I,
)
_CLAUSE: Final = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|does|did|reflects?|raised|says?|said|thinks?|believes?|wants?|needs?"
    r"|seeks?|calls?|urges?|agrees?|demands?|should|would|could|must)\b",
    re.I,
)
_POINTING: Final = re.compile(
    r"^(?:that|this|these|those|they|it|he|she|we|you|there|such|what|how|why|whether|if|which|who|both"
    r"|the same)\b",
    re.I,
)
# A verb and something it is done to: not "do that", not "stop".
_HAS_OBJECT: Final = re.compile(
    r"^\w+(?:\s+(?:the|an?|to|with|for|from|on|in|out|up|down|off|over|so|it|them|him|her|this|that|these|those"
    r"|all|any|such|idea|thing|things|proposals?|same|outright))*\s+(?!(?:the|an?|to|with|for|from|on|in|out|up|down|off|over|so|it"
    r"|them|him|her|this|that|these|those|all|any|such|idea|things?|proposals?|same|outright)\b)\w",
    re.I,
)


def imperative(what: str, names: Iterable[str] = (), *, longest: int = _LONGEST) -> str | None:
    """What the party may do, as words that follow its name after "may".

    Args:
        what: The thing wanted.
        names: Forms of the party's name, which are taken off the front.
        longest: Characters from which the words are broken off.

    Returns:
        The words; ``None`` where they tell of nothing that can be done.

    >>> imperative("that Ardia must stop arming the rebels", ["Ardia"])
    'stop arming the rebels'
    >>> imperative("releasing the five (expected)."), imperative("not to block the river")
    ('release the five', 'not block the river')
    >>> imperative("an end to the raids"), imperative("a timetable for withdrawal")
    ('end the raids', 'agree to a timetable for withdrawal')
    >>> imperative("envoys, among other things, demanded that Ardia free the crew", ["Ardia"])
    'free the crew'
    >>> imperative("an end to Ardia's raids", ["Ardia"]), imperative("talk to Ardia", ["Ardia"])
    ('end its raids', None)
    >>> imperative("that") is None
    True
    """
    forms = tuple(sorted({name for name in names if name.strip()}, key=len, reverse=True))
    tries = _wordings(what)
    found = next((deed for attempt in tries if (deed := _deed(attempt, forms)) is not None), None)
    if found is None:
        things = (_thing(_without_subject(attempt, ())) for attempt in reversed(tries))
        found = next((f"agree to {thing}" for thing in things if thing is not None), None)
    found = _of_itself(found, forms) if found is not None else None
    if found is None or _is_done_to(found, forms):
        return None
    return _cut(_its_own(found, forms), longest)


def _of_itself(deed: str, forms: tuple[str, ...]) -> str:
    """What others would make the party do, as its own deed: "bring Ardia back to the talks" is to return.

    >>> _of_itself("bring Ardia back to the talks", ("Ardia",)), _of_itself("get Ardia to pay", ("Ardia",))
    ('return to the talks', 'pay')
    """
    own = _any_of(forms)
    if own is None:
        return deed
    made = rf"^(?:get|bring|draw|lure|coax|press|persuade|convince|push|force)\s+(?:the\s+)?(?:{own})\s+"
    deed = re.sub(rf"^(?:stop|keep|prevent)\s+(?:the\s+)?(?:{own})\s+(?:from\s+)?(?=\w+ing\b)", "stop ", deed)
    deed = re.sub(rf"{made}(?:back|to return)\s+to\s+", "return to ", deed, flags=re.I)
    return re.sub(rf"{made}to\s+", "", deed, flags=re.I)


def _is_done_to(deed: str, forms: tuple[str, ...]) -> bool:
    """Whether the party itself stands in the deed as the other: nobody talks to itself."""
    own = _any_of(forms)
    if own is None:
        return False
    owned = r"(?![\w-])(?!['’]s)"
    alone = rf"\b(?:with|between)\s+(?:the\s+)?(?:{own}){owned}(?!\s*,|\s+(?:and|or)\b)"
    if re.match(rf"(?:allow|let|permit|enable)\s+(?:the\s+)?(?:{own}){owned}", deed, re.I):
        return True
    found = re.search(
        rf"\b(?:to|from|against|at|toward|towards)\s+(?:the\s+)?(?:{own}){owned}|{alone}", deed, re.I
    )
    # "Return to the strait", "withdraw to Ardia": going home is a deed of its own.
    return found is not None and not re.match(r"(?:return|withdraw|go|come|pull)\b", deed, re.I)


def _its_own(deed: str, forms: tuple[str, ...]) -> str:
    """What the party owns, told without its name: "end Ardia's raids" as "end its raids"."""
    own = _any_of(tuple(form.removeprefix("the ") for form in forms))
    return re.sub(rf"\b(?:the\s+)?(?:{own})['’]s?(?=\s)", "its", deed, flags=re.I) if own else deed


def _any_of(forms: tuple[str, ...]) -> str | None:
    return "|".join(re.escape(form) for form in forms) or None


def _cut(words: str, longest: int) -> str:
    """The words, broken off where a phrase ends, or else between two words, where they are too many."""
    if len(words) <= longest:
        return words
    breaks = [found.start() for found in _BREAK.finditer(words, _SHORTEST) if found.start() <= longest]
    # "activists charged …" says less than "activists …".
    whole = [end for end in breaks if not words[:end].endswith(("ed", "ing"))]
    end = max(whole) if whole else max(words.rfind(" ", 0, longest), _SHORTEST)
    return _HANGING.sub("", words[:end].rstrip(" ,;:")) + " …"


def is_deed(what: str, names: Iterable[str] = ()) -> bool:
    """Whether the words open with something that a party does.

    >>> is_deed("free the crew"), is_deed("a joint commission")
    (True, False)
    """
    text = imperative(what, names)
    return text is not None and not text.removeprefix("not ").startswith("agree to ")


@lru_cache(maxsize=4096)
def _wordings(what: str) -> list[str]:
    """The words as they stand, and what follows a word of demanding or promising in them, if any does.

    Words that open with the demanding itself ("proposing a truce") are only what follows.
    """
    printed = reprinted(" ".join(what.split()))
    words = re.sub('[“”"]', "", _ASIDE.sub("", printed)).replace(" ‘s", "’s").strip(_EDGE)
    words = _HOW_TOLD.sub("", words)
    told = _TOLD.search(words)
    words = without_afterthought(words)
    if told is None:
        return [words]
    kept = told["mark"] if told["mark"].casefold() in {"an", "a", "the"} else ""
    wanted = without_afterthought(f"{kept} {told.string[told.end() :]}".strip())
    return [wanted] if told.start() == 0 else [words, wanted]


def without_afterthought(words: str) -> str:
    """The words up to what is only said of the thing once it is named.

    >>> without_afterthought("a joint commission, a proposal that surprised many")
    'a joint commission'
    """
    return _AFTERTHOUGHT.split(words, maxsplit=1)[0]


def subject_of(what: str, forms: Iterable[str]) -> str | None:
    """The form that the words open with as the one who is to act, or ``None``.

    >>> subject_of("the Ardians to free the crew", ["Ardians", "Belmark"])
    'Ardians'
    """
    longest_first = sorted(forms, key=len, reverse=True)
    for words in openings(what):
        for form in longest_first:
            bare = form.removeprefix("the ")
            if not words.casefold().startswith(bare.casefold()) or words[len(bare) : len(bare) + 1].isalnum():
                continue
            rest = _without_subject(words[len(bare) :].strip(), ()).split()
            if rest and base_form(rest[0].casefold()) == rest[0].casefold():
                return form
    return None


def openings(what: str) -> list[str]:
    """The words from where the one who is to act could stand: after "that", "for", "the".

    >>> openings("that the Ardians free the crew")
    ['Ardians free the crew']
    """
    return [re.sub(r"^the\s+", "", _OPENING.sub("", told), flags=re.I) for told in _wordings(what)]


def base_form(word: str) -> str | None:
    """The plain form of a verb that the list knows; ``None`` of any other word.

    >>> base_form("stopping"), base_form("withdraws"), base_form("timetable")
    ('stop', 'withdraw', None)
    """
    return _forms().get(word)


def _deed(words: str, names: Iterable[str]) -> str | None:
    """The words as a deed, or ``None``."""
    words = _without_subject(words, names)
    negated = _NEGATED.match(words)
    words = _TURN.sub("", words[negated.end() :] if negated else words)
    head, _, rest = words.partition(" ")
    verb = base_form(head.casefold())
    text = _from_nominal(words) or (f"{verb} {rest}".strip() if verb else None)
    text = _HANGING.sub("", text) if text else None
    if text is None or not _HAS_OBJECT.match(text):
        return None
    return f"not {text}" if negated else text


def _thing(words: str) -> str | None:
    """A short thing that can be agreed to, or ``None``."""
    size = len(words.split())
    told = _CLAUSE.search(words) or _POINTING.match(words) or _TOLD_AS_PAST.search(words)
    if told or not 2 <= size <= _LONGEST_THING:
        return None
    # The thing itself comes early; later words only say of what.
    known = _things() & set(re.findall(r"[\w-]+", words.casefold())[:5])
    return _lower_first(words) if known and not re.search('[“”"]', words) else None


@cache
def _things() -> frozenset[str]:
    return frozenset(_listed("things"))


def _listed(name: str) -> list[str]:
    text = (files("detente.negotiation") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


def _from_nominal(words: str) -> str | None:
    """``the release of X`` as ``release X``, ``an end to X`` as ``end X``; ``None`` of other words."""
    found = re.match(
        r"((?:(?:the|an?|its|their|any|all|full|immediate)\s+)*)(\w+)\s+(of|to|from)\s+", words, re.I
    )
    if not found:
        return None
    noun = found[2].casefold()
    # "Return to the talks" is a verb with its particle; "end to the raids" is not.
    if not found[1] and found[3].casefold() != "of" and noun not in {"end", "halt", "stop"}:
        return None
    verb = _nominals().get(noun)
    # Of "the withdrawal of troops is the only way" only the subject names what is wanted.
    rest = re.sub(r"^what (?:\w+ ){1,2}?calls? ", "", words[found.end() :], flags=re.I)
    named = _CLAUSE.split(rest, maxsplit=1)[0].strip()
    return f"{verb} {named}" if verb else None


@cache
def _nominals() -> dict[str, str]:
    """Verbs by the noun that stands for them."""
    known = {noun.split()[0]: verb for verb, noun in table("nominals").items()}
    return {**known, "end": "end", "halt": "halt", "stop": "stop"}


@cache
def _forms() -> dict[str, str]:
    verbs = _listed("verbs")
    known: dict[str, str] = {}
    for verb in verbs:
        for form in (_gerund(verb), _third_person(verb)):
            known.setdefault(form, verb)
    known |= {verb: verb for verb in verbs}
    return known


# Two-syllable verbs that double their last letter: stress on the last syllable.
_DOUBLING: Final = frozenset({"admit", "commit", "submit", "permit", "refer", "defer", "recommit"})


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb)
    return verb + verb[-1] + "ing" if short or verb in _DOUBLING else verb + "ing"


def _third_person(verb: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _without_subject(words: str, names: Iterable[str]) -> str:
    """The words without "that", "to", and the party's own name and modal in front."""
    forms = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    own = "|".join(re.escape(form) for form in forms)
    subject = re.compile(rf"^(?:the\s+)?(?:{own})(?!\w)\s+(?:{_MUST}\s+)?", re.I) if own else None
    for _ in range(4):
        before = words
        words = _OPENING.sub("", words, count=1)
        words = _SUBJECT.sub("", words, count=1)
        words = subject.sub("", words, count=1) if subject else words
        words = re.sub(rf"^{_MUST}\s+(?=\w)", "", words, count=1, flags=re.I)
        if words == before or not words:
            return words or before
    return words


def _lower_first(words: str) -> str:
    """Without the capital of a sentence's start: only articles and plain openers are known to be no name."""
    head, space, rest = words.partition(" ")
    if head in {"A", "An", "The", "All", "Any", "Its", "Their", "Further", "More", "New", "Another"}:
        return head.lower() + space + rest
    return words
