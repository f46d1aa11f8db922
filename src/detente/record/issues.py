"""What is negotiated: claims grouped over articles by what they are about, under labels from their own words.

Law: the same claims give the same issues, in any order. A group of one is an issue only where it matters;
what fits nowhere has none. An analyst's regrouping goes before everything here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix

from detente.claims import (
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Issue,
    Party,
    Promise,
    Signal,
    Statement,
    stable_id,
)
from detente.record.names import is_abbreviation, words_of
from detente.record.spelling import reprinted
from detente.record.terms import (
    NUMBERS,
    brief_name,
    concept_labels,
    concepts,
    content_terms,
    is_short_name,
    is_vague,
    names_people,
    noun_phrase,
    opens_with_verb,
    phrases,
    plain_phrase,
    shortened,
    stem,
)
from detente.vocabulary import Act, PartyKind, Review, SignalKind

# A brief shows 6 to 14 issues; more make the agenda matrix unreadable.
MOST_ISSUES: Final = 14
# Of a sentence cut short, as much is read as one sentence holds.
_LONGEST_QUOTE: Final = 400
_LARGEST_CORE: Final = 1200

# Tuned on annotated articles of six other talks: pairs of claims rightly put together, F1 0.45 without
# concepts, 0.57 with them; cuts of 0.72, 0.8, 0.86 and 0.92 were tried, and a group's weight from 1.5 (0.59)
# to 3.5: at that weight what becomes of a group is told from what else is said of arms.
_CUT: Final = 0.8
_NEAR: Final = 0.18
_GROUP_WEIGHT: Final = 3.5
_CONCEPT_WEIGHT: Final = 3.0
_PHRASE_WEIGHT: Final = 0.7

_AT_STAKE: Final = {
    Act.DEMAND: 1.0,
    Act.OFFER: 1.0,
    Act.PROMISE: 1.0,
    Act.PROPOSAL: 1.0,
    Act.PRECONDITION: 1.0,
    Act.REFUSAL: 0.7,
    Act.ACCUSATION: 0.7,
    Act.DENIAL: 0.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The issues, and which claim is under which.

    Attributes:
        of: From claim id to issue id; a claim without an issue is left out.
    """

    issues: tuple[Issue, ...]
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a claim is about: its terms, and how much it says of what is at stake."""

    claim: Claim
    terms: tuple[str, ...]
    weight: float


def group_issues(claims: Iterable[Claim], parties: Sequence[Party]) -> Grouping:
    """Find the issues of these claims and put each claim under the one it is nearest to."""
    subjects = _subjects(claims, parties)
    core = _core(subjects)
    if not core:
        return Grouping(issues=(), of={})
    index = _Index(subjects)
    groups = _clusters(core, index)
    issues, centres = _named(groups, index, {party.id: party for party in parties})
    return Grouping(issues=issues, of=_nearest(subjects, index, issues, centres))


def words_about(claim: Claim) -> str:
    """The words of a claim that say what it is about.

    >>> words_about(Faction(id="f", party=None, faction="the guards", position="no talks", evidence=()))
    'no talks'
    """
    match claim:
        case Demand() | Promise() | Event():
            return claim.what
        case Faction():
            return claim.position
        case Signal() if claim.about:
            return claim.about
        case Dispute():
            return " ".join(evidence.quote for evidence in claim.evidence[:2])
        case _:
            return claim.evidence[0].quote if claim.evidence else ""


def _uncut(claim: Demand | Promise) -> str:
    """What is wanted; where it was cut short, from there to the end of the words it rests on."""
    if not claim.what.endswith("…") or not claim.evidence:
        return claim.what
    quote = claim.evidence[0].quote
    at = quote.find(claim.what.rstrip("… "))
    return quote[at:] if at >= 0 and len(quote) <= _LONGEST_QUOTE else claim.what


def _subjects(claims: Iterable[Claim], parties: Sequence[Party]) -> list[_Subject]:
    countries = country_terms(parties)
    claims = sorted(claims, key=lambda claim: claim.id)
    groups = _Groups(parties, _at_the_table(claims))
    subjects = []
    for claim in claims:
        if claim.review is Review.REJECTED:
            continue
        words = words_about(claim)
        told = tuple(f"#{name}" for name in concepts(words))
        # A group named where the words were cut short is what they are about all the same.
        whole = _uncut(claim) if isinstance(claim, Demand | Promise) else words
        terms = (*groups.named(whole), *told, *content_terms(words, countries), *phrases(words))
        if terms:
            subjects.append(_Subject(claim, tuple(dict.fromkeys(terms)), _weight(claim)))
    return subjects


def country_terms(parties: Iterable[Party]) -> frozenset[str]:
    """The stems of the names of countries: words that every claim of their talks is about.

    >>> sorted(country_terms([Party(id="p", name="Norland", kind=PartyKind.STATE, aliases=("Norlanders",))]))
    ['norland']
    """
    return frozenset(
        stem(word)
        for party in parties
        if party.kind is PartyKind.STATE
        for name in (party.name, *party.aliases)
        for word in words_of(name)
    )


def _at_the_table(claims: Iterable[Claim]) -> frozenset[str]:
    """The parties that ask, promise and speak: three times at least, and a tenth as often as the first."""
    spoken: Counter[str] = Counter()
    for claim in claims:
        match claim:
            case Statement():
                spoken.update({side for side in (claim.speaker, claim.affiliation) if side})
            case Demand() | Promise() if claim.by:
                spoken[claim.by] += 1
    least = max(3.0, 0.1 * max(spoken.values(), default=0))
    return frozenset(party for party, times in spoken.items() if times >= least)


class _Groups:
    """The armed groups that words name, and that others talk about: what becomes of one is an issue."""

    def __init__(self, parties: Sequence[Party], at_the_table: frozenset[str]) -> None:
        self._by_words: dict[tuple[str, ...], str] = {}
        for party in parties:
            if party.kind is PartyKind.ARMED_GROUP and party.id not in at_the_table:
                for name in party.aliases:
                    if len(name) > 2 and any(word[:1].isupper() for word in name.split()):
                        self._by_words[words_of(name)] = party.id
        self._longest = max(map(len, self._by_words), default=0)

    def named(self, text: str) -> tuple[str, ...]:
        words = words_of(text)
        spans = range(1, min(self._longest, len(words)) + 1)
        found = (self._by_words.get(words[i : i + n]) for n in spans for i in range(len(words) - n + 1))
        return tuple(f"@{party}" for party in found if party)


def _weight(claim: Claim) -> float:
    match claim:
        case Demand():
            return 1 + claim.firm
        case Promise():
            return 1.5
        case Signal():
            return 1.5 if claim.signal in (SignalKind.KEY, SignalKind.RED_LINE) else 0.8
        case Statement():
            return 0.6 * _AT_STAKE.get(claim.act, 0.0)
        case _:
            return 0.0


def _core(subjects: Sequence[_Subject]) -> list[_Subject]:
    """The claims that say what is at stake, alike ones as one; the weightiest where there are too many."""
    weights: dict[frozenset[str], float] = defaultdict(float)
    first: dict[frozenset[str], _Subject] = {}
    for subject in subjects:
        if subject.weight > 0:
            key = frozenset(subject.terms)
            weights[key] += subject.weight
            kept = first.setdefault(key, subject)
            if isinstance(kept.claim, Statement) and not isinstance(subject.claim, Statement):
                first[key] = subject
    heaviest = sorted(weights, key=lambda key: (-weights[key], first[key].claim.id))[:_LARGEST_CORE]
    return [_Subject(first[key].claim, first[key].terms, weights[key]) for key in heaviest]


class _Index:
    """Terms as columns, weighted by how rare they are."""

    def __init__(self, subjects: Sequence[_Subject]) -> None:
        counts = Counter(term for subject in subjects for term in subject.terms)
        self.column = {term: n for n, term in enumerate(sorted(counts))}
        self.terms = sorted(counts)
        rarity = np.log(1 + len(subjects) / np.array([counts[term] for term in self.terms], dtype=float))
        boost = np.array([_boost(term) for term in self.terms])
        self.weight: NDArray[np.float64] = rarity * boost

    def rows(self, subjects: Sequence[_Subject]) -> csr_matrix:
        """One row of unit length per subject."""
        columns = [self.column[term] for subject in subjects for term in subject.terms]
        ends = np.cumsum([0, *(len(subject.terms) for subject in subjects)])
        values = self.weight[columns]
        lengths = np.sqrt(np.add.reduceat(values**2, ends[:-1]))
        values /= np.repeat(lengths, np.diff(ends))
        return csr_matrix((values, columns, ends), shape=(len(subjects), len(self.terms)))


def _boost(term: str) -> float:
    if term[0] == "@":
        return _GROUP_WEIGHT
    if term[0] == "#":
        return _CONCEPT_WEIGHT
    return _PHRASE_WEIGHT if " " in term else 1.0


def _clusters(core: Sequence[_Subject], index: _Index) -> list[list[_Subject]]:
    """Groups of claims that are alike, the weightiest first; single ones only where they matter."""
    if len(core) == 1:
        return [list(core)]
    rows = index.rows(core)
    apart = np.clip(1 - (rows @ rows.T).toarray(), 0, None)
    condensed = apart[np.triu_indices(len(core), 1)]
    labels = fcluster(linkage(condensed, "average"), t=_CUT, criterion="distance")
    groups: dict[int, list[_Subject]] = defaultdict(list)
    for label, subject in zip(labels, core, strict=True):
        groups[int(label)].append(subject)
    ranked = sorted(groups.values(), key=lambda group: (-sum(s.weight for s in group), group[0].claim.id))
    return [group for group in ranked if _matters(group)]


def _matters(group: Sequence[_Subject]) -> bool:
    """Whether claims are an issue: three sentences of one thing, or fewer on what talks are about anywhere.

    A sentence that no other is like is an issue where it is told often, insisted on, or called key.
    """
    sentences = len({_sentence(subject) for subject in group})
    known = any(term[0] in "#@" for subject in group for term in subject.terms)
    if sentences == 1:
        wanted = any(not isinstance(subject.claim, Statement) for subject in group)
        return known and wanted and sum(subject.weight for subject in group) >= 1.5
    return sentences >= 3 or known


def _sentence(subject: _Subject) -> tuple[str, int]:
    """Where a claim stands, coarsely: a demand and the statement it is made in are one sentence."""
    words = subject.claim.evidence[:1]
    return (words[0].article, words[0].start // 200) if words else (subject.claim.id, 0)


def _named(
    groups: Sequence[Sequence[_Subject]], index: _Index, parties: Mapping[str, Party]
) -> tuple[tuple[Issue, ...], NDArray[np.float64]]:
    """Each group with an id from its strongest term and a label from its words; a row per centre."""
    issues: list[Issue] = []
    centres: list[NDArray[np.float64]] = []
    for group in groups:
        weights = np.array([subject.weight for subject in group])
        rows = index.rows(group)
        centre = np.asarray(weights @ rows).ravel()
        centre /= np.linalg.norm(centre)
        strongest = np.argsort(-centre, kind="stable")[:6]
        terms = [index.terms[column] for column in strongest if centre[column] > 0]
        order = np.argsort(-np.asarray(rows @ centre).ravel(), kind="stable")
        label = _label([group[int(n)] for n in order], terms, parties, {issue.label for issue in issues})
        if label is not None and len(issues) < MOST_ISSUES:
            fresh = _fresh_id(terms, {issue.id for issue in issues})
            issues.append(Issue(id=fresh, label=label, terms=_readable(terms, parties)))
            centres.append(centre)
    return tuple(issues), np.array(centres).reshape(len(issues), len(index.terms))


def _fresh_id(terms: Sequence[str], taken: set[str]) -> str:
    """An id from as few of the strongest terms as tell the issue from the others."""
    ids = (stable_id("issue", *terms[:size]) for size in range(1, len(terms) + 1))
    return next((one for one in ids if one not in taken), stable_id("issue", *terms, len(taken)))


def _readable(terms: Sequence[str], parties: Mapping[str, Party]) -> tuple[str, ...]:
    return tuple(parties[term[1:]].name if term[0] == "@" else term.lstrip("#") for term in terms)


def _label(
    group: Sequence[_Subject], terms: Sequence[str], parties: Mapping[str, Party], taken: set[str]
) -> str | None:
    """A name for what the group is about, from its own words where they give one.

    The party it is about; the phrase that most share; the most central thing wanted, as a noun; the name of
    what it speaks of; else the most central words as they are.
    """
    labels = (label for label in _labels(group, terms, parties) if label is not None)
    return next((label for label in labels if label not in taken), None)


def _labels(
    group: Sequence[_Subject], terms: Sequence[str], parties: Mapping[str, Party]
) -> Iterator[str | None]:
    if terms[0].startswith("@"):
        yield _party_label(parties[terms[0][1:]])
    people = {
        term
        for party in parties.values()
        if party.kind is PartyKind.PERSON
        for term in content_terms(party.name)
    }
    told: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for subject in group:
        for term in subject.terms:
            if " " in term and not people & set(term.split()):
                told[term].add(_sentence(subject))
    known = [concept_labels()[term[1:]] for term in terms if term[0] == "#"]
    for phrase, sentences in sorted(told.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        if len(sentences) < 2 or 3 * len(sentences) < len(group):
            break
        label = _as_written(phrase, group)
        # What is known to be talked about anywhere says more than who it is talked about.
        if label is None or not known or not (names_people(label) or is_vague(label)):
            yield label
    wanted = [_whole(s.claim) for s in group if isinstance(s.claim, Demand | Promise)]
    nouns = [shortened(noun) for what in wanted[:3] if (noun := noun_phrase(what)) is not None]
    short = [name for noun in nouns if (name := brief_name(noun)) is not None]
    # Two things wanted of different numbers are under what both are about.
    if known and len({_numbers(name) for name in short} - {frozenset()}) > 1:
        yield known[0]
    yield from (name for name in short if not (known and is_vague(name)))
    yield from known
    plain = (plain_phrase(words) for words in (*wanted, *(reprinted(words_about(s.claim)) for s in group)))
    yield from (label for label in plain if is_short_name(label))
    yield from nouns


def _numbers(label: str) -> frozenset[str]:
    """The small numbers in a label."""
    return frozenset(NUMBERS) & frozenset(words_of(label))


def _whole(claim: Demand | Promise) -> str:
    """What is wanted, not cut short, as it would be printed."""
    words = " ".join(claim.what.split())
    quote = " ".join(claim.evidence[0].quote.split()) if claim.evidence else words
    at = quote.find(words.rstrip("… ")) if words.endswith("…") else -1
    return reprinted(quote[at:] if at >= 0 else words)


def _party_label(party: Party) -> str:
    short = sorted((alias for alias in party.aliases if is_abbreviation(alias)), key=lambda a: (len(a), a))
    return f"{party.name} ({short[0]})" if short and short[0] not in party.name else party.name


def _as_written(phrase: str, group: Sequence[_Subject]) -> str | None:
    """Two stems in a row as some text writes them; ``None`` where they open with a verb."""
    for subject in group:
        for one, other in pairwise(reprinted(words_about(subject.claim)).split()):
            pair = " ".join(stem(word) for part in (one, other) for word in words_of(part))
            if pair == phrase and _is_a_thing(one, other):
                return plain_phrase(f"{one} {other}")
    return None


def _is_a_thing(one: str, other: str) -> bool:
    """Whether two words name a thing: no number, verb or adverb in front, no mark between, no proper name."""
    if one.casefold() in NUMBERS:
        return False
    proper = one[:1].isupper() and other[:1].isupper()
    verbal = opens_with_verb(one) or one.endswith(("ly", "ing")) or other.endswith("ing")
    return one[-1:].isalpha() and not (verbal or proper)


def _nearest(
    subjects: Sequence[_Subject], index: _Index, issues: Sequence[Issue], centres: NDArray[np.float64]
) -> dict[str, str]:
    if not issues:
        return {}
    near = np.asarray(index.rows(subjects) @ centres.T)
    best = near.argmax(axis=1)
    return {
        subject.claim.id: issues[int(issue)].id
        for subject, issue, likeness in zip(subjects, best, near.max(axis=1), strict=True)
        if likeness >= _NEAR
    }
