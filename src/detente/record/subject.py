"""What a case is about, as its record has it: the camps that ask, promise and accuse, and the things asked.

It tells, before anything is read, whether an article that comes in can speak of the case.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.articles import Article
from detente.claims import Party
from detente.reading.lexicon import body_by_name, country_by_name
from detente.record.model import Record
from detente.record.names import words_of
from detente.record.terms import content_terms, stem
from detente.vocabulary import PartyKind

# A camp in one claim of twenty sits at the table, and a word in one ask of twenty is its matter.
_SHARE: Final = 0.05
_FEWEST: Final = 2
# One word of an issue ("support") stands in any news; two are seldom there by chance.
_WORDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The camps of a case, each by its names, and the words of its issues.

    Attributes:
        camps: For each camp its names, as lists of words.
        terms: Stems of the words of the issues' labels and of what is asked, names of the camps left out.
    """

    camps: tuple[frozenset[tuple[str, ...]], ...] = ()
    terms: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell an article by: two camps, and enough words."""
        return len(self.camps) >= _WORDS and len(self.terms) >= _WORDS

    def met_by(self, article: Article) -> bool:
        """Whether an article names two camps and two words of the issues; any does while none is known."""
        if not self.is_known:
            return True
        words = words_of(article.text)
        if len(self.terms & {stem(word) for word in set(words)}) < _WORDS:
            return False
        text = f" {' '.join(words)} "
        named = (any(f" {' '.join(name)} " in text for name in camp) for camp in self.camps)
        return sum(named) >= _WORDS


def subject_of(record: Record) -> Subject:
    """What a record is about; of an empty one nothing is known."""
    standing = record.standing()
    told = Counter(_camps(standing))
    fewest = max(_FEWEST, _SHARE * told.total())
    camps = tuple(
        names
        for camp in sorted(told)
        if told[camp] >= fewest and (names := frozenset(_names(standing.party[camp])))
    )
    own = frozenset(stem(word) for camp in camps for name in camp for word in name)
    labels = (term for issue in standing.issues for term in content_terms(issue.label))
    return Subject(camps=camps, terms=frozenset({*labels, *_asked(standing)} - own))


def _asked(record: Record) -> Iterator[str]:
    """The words of what is asked and promised, once the record is large only those asked again and again."""
    asks = [*(demand.what for demand in record.demands), *(promise.what for promise in record.promises)]
    told = Counter(term for what in asks for term in content_terms(what))
    return (term for term, times in told.items() if times >= _SHARE * len(asks))


def _camps(record: Record) -> Iterator[str]:
    """The camps on either side of each demand, promise and dispute."""
    sides = [
        *((demand.by, demand.of) for demand in record.demands),
        *((promise.by, promise.to) for promise in record.promises),
        *((dispute.claimed_by, dispute.against) for dispute in record.disputes),
    ]
    for pair in sides:
        for party in pair:
            camp = record.camp(party)
            if camp is not None and camp in record.party:
                yield camp


def _names(party: Party) -> Iterator[tuple[str, ...]]:
    """The names that are this party's alone: those the lists know, and forms of its own name."""
    own = words_of(party.name)
    country, body = country_by_name().get(party.name), body_by_name().get(party.name)
    known = [party.name]
    if country is not None:
        known += [*country.people, *country.capitals, *country.others, country.adjective]
    if body is not None:
        known += body.others
    known += [form for form in party.aliases if set(words_of(form)) & set(own) or _is_short(form)]
    if party.kind is PartyKind.PERSON and own:
        known.append(own[-1])
    for form in known:
        # "us" is a pronoun once case is gone; "U.S." is written with its points or in capitals
        words = words_of(form)
        if words and words != ("us",):
            yield words


def _is_short(form: str) -> bool:
    """Whether it is an abbreviation: "MEK"."""
    return re.fullmatch(r"[A-Z]{3,8}", form) is not None
