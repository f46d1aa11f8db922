"""Demands, promises and proposals become options: the same thing wanted in other words is one option.

Two tellings are one where the same camp would have to do it and their words share what they are about;
an issue they have in common lets fewer shared words suffice. A demand not to do a thing is never one with
a demand to do it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from detente.claims import Demand, Promise, Statement
from detente.negotiation.camps import Cast, Names, forms_of, standing, standing_camp
from detente.negotiation.phrases import base_form, imperative, openings, subject_of, without_afterthought
from detente.record.model import Record
from detente.record.names import words_of
from detente.record.terms import containment, content_terms, stem
from detente.vocabulary import Act, Genre, Modality, PromiseStatus

# Shared words of the shorter telling: half within one issue, two thirds across. Swept on the shared gold
# by hand: below, demands on the same people but for other deeds run together.
_ALIKE_IN_ISSUE: Final = 0.5
_ALIKE: Final = 2 / 3
# A further telling in the same article adds less than one in another.
_AGAIN: Final = 0.3
# What nobody asked for, only promised or proposed, shapes the talks less.
_UNASKED: Final = 0.7
# A proposal longer than this is an argument, not a thing that can be taken or left.
_LONGEST_PROPOSAL: Final = 140


# Of a sentence whose short form breaks off, as much is read again as one sentence holds.
_LONGEST_QUOTE: Final = 400
_MECHANISMS: Final = frozenset(
    content_terms(
        "mechanism commission committee channel group conference talks dialogue summit monitors force"
    )
)
_ARGUES: Final = re.compile(
    r"\b(?:needs?|should|must|could|might|is|are|was|were|has|have|not|never|no)\b|n[’']t\b", re.I
)
_PROMISED: Final = re.compile(r"\b(?:promise|pledge|commitment|vow|undertaking)s?\s+to\s", re.I)
_HELD_BY: Final = re.compile(
    r"\b(?:held|detained|seized|arrested|captured|imprisoned|jailed|kidnapped) by (?:the )?(?P<who>.+)", re.I
)
_MEANS_TO: Final = re.compile(
    r"\b(?:want|wish|seek|hope|plan|intend|mean)\w*\s+(?:to\s+)?$|\bsought\s+$"
    r"|\b(?:insist(?:s|ed|ing|ence)?|determin(?:ed|ation)|desire|right|refus(?:al|es?|ed|ing))\s+(?:to\s+)?$",
    re.I,
)
# What somebody only wishes to do is no promise to do it.
_WISHES_TO: Final = re.compile(r"\b(?:want|wish|seek|hope)\w*\s+(?:to\s+)?$|\bsought\s+$", re.I)
_POINTS_BACK: Final = re.compile(
    r"\b(?:remaining|others?|same|such|these|those|latter|former|further|more|rest|them|it|he|she|him|they)\b",
    re.I,
)
# What a camp says that it needs to do itself is counsel at home, and nobody else asks for it.
_ADVICE: Final = re.compile(r"\b(?:needs?|ought|ha[sd]|have) to\b|\b(?:should|must)\b", re.I)
# What talks are held about does not tell one round of them from another telling of it.
_ABOUT: Final = re.compile(
    r"(?<=\w\w\w)\s+(?:(?:on|over|about|regarding|concerning|aimed at|to discuss)\s.*|over\s*…)$", re.I
)
_TALKS: Final = re.compile(r"\b(?:talks?|rounds?|meetings?|dialogue|discussions?|negotiations?)\b", re.I)
# Who promises to wait or to look at a thing promises nothing that another can ask for.
_IDLE: Final = re.compile(
    r"(?:not )?(?:wait|see|watch|review|consider|study|entertain|look|think|hope|continue to)\b"
)
# In somebody's words told by another, a pronoun that will do something is the speaker.
_OWN_WORD: Final = re.compile(
    r"^(?:that\s+)?(?:it|he|she|we|they|I)\s+(?:would|will|shall|intends? to|plans? to)\b"
)


# A text in which a sentence ends has its stops: without them nothing tells where a phrase does.
_PRINTED: Final = re.compile(r"\.\s+[A-Z]")
_REST: Final = re.compile(r"(?:-\w+)?(?:\s[A-Za-z][\w-]*){0,4}")
_SMALL: Final = frozenset(
    words_of(
        "a an the and or but nor of to for with by in at on from as if into under over that which who whom "
        "whose when while where because after before since until unless than is are was were be been has "
        "have had will would should could can may might must not also it its they their he she his her these"
    )
)
# Words that no phrase ends with: they say of what sort the noun is that must follow.
_MODIFIER: Final = re.compile(
    r"(?:\b(?:of|and|or|the|an?)\s+\w+(?:ed|ive|ous|ful|ic|ical|able|ian|ese|ish)|\w+-\w+|\b\w+ian)$"
)
_MOST_LEFT: Final = 4


class Kind(StrEnum):
    """What an option was told as."""

    DEMAND = "demand"
    PROMISE = "promise"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One claim that makes an option.

    Attributes:
        id: The claim's.
        by: Camp that wants it, or to which it was promised; ``None`` where not told.
        of: Camp that would do it.
        firm: How firmly it is put, 0 to 1.
        text: What would be done, in words that follow the name of who would.
        what: The claim's own words.
        terms: Stems of what it is about.
        at: Article and its date, for counting and order.
    """

    id: str
    kind: Kind
    by: str | None
    of: str
    text: str
    what: str
    issue: str | None
    firm: float
    confidence: float
    terms: tuple[str, ...]
    at: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An option before it has a name: one thing that one camp may do.

    Attributes:
        of: Who would do it.
        text: What, after the party's name and "may".
        issue: The record's issue most tellings stand under, or ``None``.
        tellings: Oldest first.
        weight: How much is made of it: distinct articles, firmness, sureness.
    """

    of: str
    text: str
    issue: str | None
    tellings: tuple[Telling, ...]
    weight: float

    @property
    def askers(self) -> tuple[str, ...]:
        """Camps that want it, the loudest first."""
        camps = [t.by for t in self.tellings if t.by is not None and t.by != self.of]
        return tuple(sorted(dict.fromkeys(camps), key=lambda camp: -camps.count(camp)))

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the claims."""
        return tuple(t.id for t in self.tellings)


def find_asks(record: Record, cast: Cast) -> tuple[Ask, ...]:
    """Every option the record tells of, the weightiest first.

    What only opinion pieces tell is left out, unless nothing else is told.
    """
    tellings = sorted(_tellings(record, cast), key=lambda t: (t.at[1] or "9999", t.id))
    groups = _Groups()
    for telling in tellings:
        groups.take(telling)
    reported = [group for group in groups.held if any(_is_reported(record, told) for told in group)]
    asks = [_ask(group) for group in reported or groups.held]
    return tuple(sorted(asks, key=lambda ask: (-ask.weight, ask.text)))


def _is_reported(record: Record, telling: Telling) -> bool:
    article = record.article.get(telling.at[0])
    return article is None or article.genre is not Genre.OPINION


def _tellings(record: Record, cast: Cast) -> Iterator[Telling]:
    for demand in standing(record.demands):
        told = _demanded(record, cast.names, demand)
        if told is not None:
            yield told
    for promise in standing(record.promises):
        of = standing_camp(record, promise.by)
        kept = promise.status is PromiseStatus.KEPT or _opens_after(record, promise, _WISHES_TO)
        if of is not None and not kept:
            told = _telling(
                record, cast.names, promise, kind=Kind.PROMISE, by=promise.to or _opposite(cast, of), of=of
            )
            if told is not None:
                yield told
    for statement in standing(record.statements):
        of = _whom_it_needs(record, cast, statement)
        if of is not None:
            by = standing_camp(record, statement.affiliation or statement.speaker)
            by = statement.target or _opposite(cast, of) if by == of else by
            told = _telling(record, cast.names, statement, kind=Kind.PROPOSAL, by=by, of=of)
            if told is not None:
                yield told


def _demanded(record: Record, names: Names, demand: Demand) -> Telling | None:
    """A demand on another camp; ``None`` for one that is denied, or within a camp.

    What somebody asks of its own camp is the camp's affair: it tells of factions, not of a deal. Where the
    words open with who is to act, that settles of whom it is asked. A promise not kept is still asked for.
    """
    if is_denied(demand):
        return None
    if is_own_intention(record, demand):
        return None
    of, by = standing_camp(record, demand.of), standing_camp(record, demand.by)
    doer = by if _OWN_WORD.match(demand.what) else _named_doer(record, names, demand.what)
    doer = _holder(record, names, demand.what) or doer
    if doer is not None and doer != of:
        if by == doer and _ADVICE.search(demand.what):
            return None
        by = of if by == doer else by
        of = doer
    if of is None or by == of:
        return None
    return _telling(record, names, demand, kind=Kind.DEMAND, by=by, of=of)


def is_denied(demand: Demand) -> bool:
    """Whether it is told as not made; a promise that was not kept is asked for all the same."""
    return Modality.NEGATED in demand.modality and not _PROMISED.search(demand.what)


def is_own_intention(record: Record, demand: Demand) -> bool:
    """Whether the words only tell what the party itself means to do: "wants to keep", not "wants it to"."""
    return _opens_after(record, demand, _MEANS_TO)


def _opens_after(record: Record, claim: Demand | Promise, told: re.Pattern[str]) -> bool:
    """Whether the claim's words open with a deed, right after words of this kind."""
    evidence = claim.evidence[0]
    article = record.article.get(evidence.article)
    head = evidence.quote.split(maxsplit=1)[0].casefold()
    if article is None or (head != "to" and base_form(head) != head):
        return False
    return bool(told.search(article.text[max(0, evidence.start - 24) : evidence.start]))


def _holder(record: Record, names: Names, what: str) -> str | None:
    """The camp that holds those who are to be freed: "the crew held by Ardia" is Ardia's to release."""
    held = _HELD_BY.search(what)
    if held is None:
        return None
    for party in names.maybe_in(held["who"]):
        if names.pattern(party).match(held["who"]):
            return standing_camp(record, party.id)
    return None


def _named_doer(record: Record, names: Names, what: str) -> str | None:
    """The camp that the words open with as the one to act."""
    heads = {words_of(words)[0] for words in openings(what) if words_of(words)}
    for party in names.maybe_in(" ".join(sorted(heads))):
        camp = standing_camp(record, party.id)
        if camp is not None and subject_of(what, forms_of(party)) is not None:
            return camp
    return None


def _telling(
    record: Record,
    names: Names,
    claim: Demand | Promise | Statement,
    *,
    kind: Kind,
    by: str | None,
    of: str,
) -> Telling | None:
    """The claim as a telling; ``None`` where its words give nothing that can be done."""
    what = whole_words(record, claim)
    text = imperative(what, _names(record, of))
    if text is None or (kind is not Kind.DEMAND and _IDLE.match(text)):
        return None
    firm = {Kind.PROMISE: 0.4, Kind.PROPOSAL: 0.3}.get(kind, 0.5)
    if isinstance(claim, Demand):
        expected = {Modality.FUTURE, Modality.HYPOTHETICAL} & set(claim.modality)
        firm = claim.firm * (0.6 if expected else 1.0)
    article = claim.evidence[0].article
    published = record.article[article].published if article in record.article else None
    return Telling(
        id=claim.id,
        kind=kind,
        by=standing_camp(record, by),
        of=of,
        text=text,
        what=what,
        issue=claim.issue,
        firm=firm,
        confidence=claim.confidence,
        terms=terms_of(names, text),
        at=(article, published or ""),
    )


def whole_words(record: Record, claim: Demand | Promise | Statement) -> str:
    """The words of a claim, read on where they were cut short: after "…", or before their last noun."""
    evidence = claim.evidence[0]
    what = evidence.quote if isinstance(claim, Statement) else claim.what
    if what.endswith("…") and len(evidence.quote) < _LONGEST_QUOTE:
        return evidence.quote
    article = record.article.get(evidence.article)
    if article is None or not evidence.quote.endswith(what) or not _PRINTED.search(article.text):
        return what
    # "distribution of sophisticated": what follows belongs to it, as far as the next small word or stop.
    rest = _REST.match(article.text, evidence.end)
    follows = re.split(r"\s", rest[0]) if rest is not None else [""]
    told = next((n for n, word in enumerate(follows) if word.casefold() in _SMALL), len(follows))
    cut = _MODIFIER.search(what) is not None and 1 < told <= _MOST_LEFT
    return what + " ".join(follows[:told]) if cut else what


def points_back(words: str) -> bool:
    """Whether only a reader of the sentence before can place the words: "release the remaining three"."""
    return _POINTS_BACK.search(words) is not None


def _whom_it_needs(record: Record, cast: Cast, statement: Statement) -> str | None:
    """The camp that would have to agree to a proposal: the one addressed, else the other main camp.

    A proposal addressed to nobody counts only where it is of a mechanism to deal with each other.
    """
    if statement.act not in {Act.PROPOSAL, Act.OFFER} or statement.inside is not None:
        return None
    words = without_afterthought(statement.evidence[0].quote)
    if len(words) > _LONGEST_PROPOSAL or _ARGUES.search(words):
        return None
    by = standing_camp(record, statement.affiliation or statement.speaker)
    to = standing_camp(record, statement.target)
    if by is None or to == by:
        return None
    if _OWN_WORD.match(words):
        return by
    if to is not None:
        return to
    return _opposite(cast, by) if _MECHANISMS & set(content_terms(words)) else None


def _opposite(cast: Cast, camp: str) -> str | None:
    """The other of the two main camps; ``None`` for a camp that is neither."""
    one, other = cast.main
    return {one: other, other: one}.get(camp)


def terms_of(names: Names, what: str) -> tuple[str, ...]:
    """What it is about: groups and bodies under one name each, names of states left out."""
    talks = _TALKS.search(what)
    if talks is not None:
        what = what[: talks.end()] + _ABOUT.sub("", what[talks.end() :], count=1)
    alike = _alike_words()
    return tuple(dict.fromkeys(alike.get(term, term) for term in content_terms(names.unified(what))))


@cache
def _alike_words() -> dict[str, str]:
    """By stem, the stem that stands for all words that ask for the same thing."""
    text = (files("detente.negotiation") / "data" / "alike.txt").read_text(encoding="utf-8")
    groups = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {stem(word): stem(group[0]) for group in groups for word in group}


def _names(record: Record, camp: str) -> Sequence[str]:
    return forms_of(record.party[camp])


@dataclass(frozen=True, slots=True)
class _Sense:
    """All of a telling that decides which others it is one with."""

    of: str
    negated: bool
    issue: str | None
    terms: frozenset[str]


class _Groups:
    """Tellings of one thing, put together as they come.

    Only groups that share a term are compared, each sense in them once: two tellings without a term in
    common are never one, and many a thing is asked for in the same words.
    """

    def __init__(self) -> None:
        self.held: list[list[Telling]] = []
        self._senses: list[dict[_Sense, None]] = []
        self._holding: dict[tuple[str, bool, str], dict[int, None]] = defaultdict(dict)

    def take(self, telling: Telling) -> None:
        """Put it to the group that it is most like, the first of several; to one of its own where none is."""
        sense = _Sense(telling.of, telling.text.startswith("not "), telling.issue, frozenset(telling.terms))
        places = [(sense.of, sense.negated, term) for term in sense.terms]
        near = sorted({number for place in places for number in self._holding.get(place, ())})
        home, best = len(self.held), 0.0
        for number in near:
            nearness = max(_alike(sense, other) for other in self._senses[number])
            if nearness > best:
                home, best = number, nearness
        if home == len(self.held):
            self.held.append([])
            self._senses.append({})
        self.held[home].append(telling)
        self._senses[home][sense] = None
        for place in places:
            self._holding[place][home] = None


def _alike(one: _Sense, other: _Sense) -> float:
    """How like two tellings are that the same camp would do; 0 where they are not one thing."""
    if one.of != other.of or one.negated != other.negated:
        return 0.0
    shared = containment(one.terms, other.terms)
    both = one.terms & other.terms
    if one.issue is not None and one.issue == other.issue:
        return shared if shared >= _ALIKE_IN_ISSUE else 0.0
    if one.terms == other.terms:
        return 1.0
    # A group named in both is as good as a common issue.
    enough = _ALIKE_IN_ISSUE if any(term.startswith("party") for term in both) else _ALIKE
    return shared if shared >= enough and len(both) >= 2 else 0.0


def _ask(tellings: Sequence[Telling]) -> Ask:
    issues = [t.issue for t in tellings if t.issue is not None]
    articles = {t.at[0] for t in tellings}
    sure = max(t.confidence for t in tellings)
    firm = max(t.firm for t in tellings)
    told = len(articles) + _AGAIN * (len(tellings) - len(articles))
    asked = 1.0 if any(t.kind is Kind.DEMAND for t in tellings) else _UNASKED
    named = min(tellings, key=_awkwardness)
    return Ask(
        of=tellings[0].of,
        text=named.text,
        issue=max(dict.fromkeys(issues), key=issues.count) if issues else None,
        tellings=tuple(tellings),
        weight=told * (0.5 + firm) * (0.3 + 0.7 * sure) * asked,
    )


def _awkwardness(telling: Telling) -> tuple[bool, bool, bool, bool, float, int, str]:
    """The telling that names the option best comes first: a deed, demanded, surely read, some six words."""
    thing = telling.text.removeprefix("not ").startswith("agree to ")
    bare = thing and not telling.text.startswith(("agree to a ", "agree to an ", "agree to the "))
    return (
        points_back(telling.text),
        thing or telling.text.endswith("…"),
        bare,
        telling.kind is Kind.PROPOSAL,
        -round(telling.confidence, 1),
        abs(len(telling.text.split()) - 6),
        telling.id,
    )
