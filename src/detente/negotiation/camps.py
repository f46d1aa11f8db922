"""Who is at the table, by what the record tells: two main camps, a host, groups outside, factions at home."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final, TypeVar

from detente.claims import Claim, Faction, Meeting, Party
from detente.errors import NotEnoughEvidence
from detente.reading.lexicon import countries
from detente.record.model import Record
from detente.record.names import words_of
from detente.record.terms import content_terms, stem
from detente.vocabulary import PartyKind, Review

# What a claim between two camps adds to their pair: a demand shapes a negotiation more than a mention.
_DEMAND, _PROMISE, _MEETING, _DISPUTE, _STATEMENT = 3.0, 2.0, 2.0, 1.0, 0.5
_AGAINST: Final = re.compile(
    r"\b(?:opponents?|oppos\w+|hard-?lin\w+|extremists?|hawks?|reject\w*|sabotag\w+|s[ck]epti\w+|derail\w*"
    r"|against (?:the|any) (?:talks|dialogue|deal))\b",
    re.I,
)
_FOR: Final = re.compile(
    r"\b(?:pragmatis\w+|moderates?|doves?|supporters? of (?:the )?(?:talks|dialogue|deal)"
    r"|(?:backs?|backed|favou?rs?|favou?red) (?:the |a )?(?:talks|dialogue|deal))\b",
    re.I,
)
# Groups named by their sort alone, and what such a name may add.
_SORTS: Final = frozenset(
    map(stem, words_of("militia militias insurgents rebels militants guerrillas fighters gunmen extremists"))
)
_OF_A_SORT: Final = frozenset(
    words_of(
        "armed ethnic extremist foreign insurgent islamist local militant militia opposition rebel sectarian "
        "separatist shia shiite sunni tribal"
    )
)
# Letters that a name and its adjective share: "Ardia", "Ardian".
_ROOT: Final = 4
_Claim = TypeVar("_Claim", bound=Claim)

_SIDES: Final = frozenset(
    {
        PartyKind.STATE,
        PartyKind.ARMED_GROUP,
        PartyKind.ORGANIZATION,
        PartyKind.GOVERNMENT_BODY,
        PartyKind.INTERNATIONAL_BODY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A current within a camp: those there who are against the talks, or for them.

    Attributes:
        camp: The camp's record id.
        stance: 1 for, -1 against.
        names: What the texts call it.
        evidence: Ids of the claims.
    """

    camp: str
    stance: int
    names: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Roles, as record ids.

    Attributes:
        main: The two camps that deal with each other most.
        host: A third party that brings them together, or ``None``.
        others: Further camps that ask or are asked something, those most heard first.
        homes: Currents within the main camps.
        meetings: Ids of the meetings each camp sits in.
        names: The parties' names, to find them in words.
    """

    main: tuple[str, str]
    host: str | None
    others: tuple[str, ...]
    homes: tuple[Home, ...]
    meetings: Mapping[str, tuple[str, ...]]
    names: "Names"


def standing_camp(record: Record, party: str | None) -> str | None:
    """The camp of a party that can be a side; ``None`` for experts and those whose camp is not known."""
    camp = record.camp(party)
    if camp is None or camp not in record.party:
        return None
    top = record.party[camp]
    if top.independent or (party in record.party and record.party[party].independent):
        return None
    return camp if top.kind in _SIDES else None


def find_cast(record: Record) -> Cast:
    """Who plays which part.

    Raises:
        NotEnoughEvidence: No two camps ask, promise or meet one another.
    """
    pairs, alone = _dealings(record)
    if not pairs:
        raise NotEnoughEvidence(
            "The record shows no two parties that ask, promise or meet one another: read more articles, or "
            "say on the desk who speaks for whom."
        )
    one, other = max(pairs, key=lambda pair: (pairs[pair], alone[pair[0]] + alone[pair[1]], pair))
    main = (one, other) if (alone[one], other) >= (alone[other], one) else (other, one)
    meetings = _meetings(record)
    host = _host(record, main)
    rest = sorted((camp for camp in alone if camp not in (*main, host)), key=lambda camp: -alone[camp])
    return Cast(
        main=main,
        host=host,
        others=tuple(rest),
        homes=_homes(record, main),
        meetings=meetings,
        names=Names(record),
    )


class Names:
    """The names of a record's parties, by their first words, so that a text is not held against each."""

    def __init__(self, record: Record) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._told: dict[str, str] = {}
        self._by_word: dict[str, list[Party]] = {}
        self._first: dict[tuple[PartyKind, frozenset[str]], str] = {}
        for party in record.parties:
            forms = [words_of(form.removeprefix("the ")) for form in forms_of(party)]
            heads = {form[0] for form in forms if form}
            for head in sorted(heads):
                self._by_word.setdefault(head, []).append(party)
            own = frozenset(content_terms(party.name))
            if own:
                self._first.setdefault((party.kind, own), party.id)

    def maybe_in(self, words: str) -> list[Party]:
        """Parties of which a name could stand in the words, each once."""
        found = {p.id: p for word in words_of(words) for p in self._by_word.get(word, ())}
        return list(found.values())

    def pattern(self, party: Party) -> re.Pattern[str]:
        """The party's names as whole words."""
        if party.id not in self._patterns:
            self._patterns[party.id] = name_pattern(party)
        return self._patterns[party.id]

    def unified(self, words: str) -> str:
        """The words with groups and bodies under one name each ("party" and an id), states left out."""
        if words not in self._told:
            told = words
            for party in self.maybe_in(words):
                if party.kind is PartyKind.STATE:
                    told = self.pattern(party).sub(" ", told)
                elif party.kind is not PartyKind.PERSON and not is_general(party):
                    told = self.pattern(party).sub(f" party{self.one_of(party)} ", told)
            self._told[words] = told
        return self._told[words]

    def one_of(self, party: Party) -> str:
        """Id of the party that stands for all of one name: "militia", "the militias"."""
        return self._first.get((party.kind, frozenset(content_terms(party.name))), party.id)

    def mentioned(self, words: str, kinds: Iterable[PartyKind]) -> list[str]:
        """Ids of the parties of these kinds that the words name."""
        wanted = frozenset(kinds)
        named = (p for p in self.maybe_in(words) if p.kind in wanted and self.pattern(p).search(words))
        return list(dict.fromkeys(self.one_of(party) for party in named))


def is_general(party: Party) -> bool:
    """Whether it is no group of its own but a sort of them: "sectarian militias", "the insurgents".

    Words for such groups stay words: what is asked about "Shiite militias" is asked about "the militias" too.
    """
    *told, last = words_of(party.name) or ("",)
    known = _OF_A_SORT | _peoples()
    return party.kind is PartyKind.ARMED_GROUP and stem(last) in _SORTS and known.issuperset(told)


@cache
def _peoples() -> frozenset[str]:
    """What is of a country, in a word each: "iraqi"."""
    return frozenset(words_of(" ".join(country.adjective for country in countries() if country.adjective)))


def forms_of(party: Party) -> tuple[str, ...]:
    """Names that are surely the party's: of a country those everybody knows, of others those like its name.

    What texts call a party ("the government", "aides") fits others as well and is left out.
    """
    known = _country_forms().get(party.name, ()) if party.kind is PartyKind.STATE else ()
    own = {term[:_ROOT] for term in content_terms(party.name)}
    alike = (
        form
        for form in party.aliases
        if own & {term[:_ROOT] for term in content_terms(form)} or (form.isupper() and len(form) > 1)
    )
    forms = (party.name, *known, *(alike if party.kind is not PartyKind.STATE or not known else ()))
    return tuple(dict.fromkeys(forms))


def name_pattern(party: Party) -> re.Pattern[str]:
    """The party's names as whole words, in any case where they are longer than an abbreviation."""
    forms = sorted(forms_of(party), key=len, reverse=True)
    words = [re.escape(form) if len(form) <= 3 else f"(?i:{re.escape(form)})" for form in forms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")


@cache
def _country_forms() -> dict[str, tuple[str, ...]]:
    """By common name, what a country, its people and its government are called, points left out too."""
    found = {}
    for country in countries():
        forms = (country.name, *country.people, *country.capitals, *country.others, *country.seats)
        plain = [form.replace(".", " ").strip() for form in forms if "." in form]
        found[country.name] = (*forms, *plain, *(f"{form} officials" for form in country.people))
    return found


def _dealings(record: Record) -> tuple[dict[tuple[str, str], float], dict[str, float]]:
    """How much each pair of camps has to do with each other, and each camp with anybody."""
    pairs: dict[tuple[str, str], float] = {}
    alone: dict[str, float] = {}
    for one, other, much in _ties(record):
        camps = sorted({c for c in (standing_camp(record, one), standing_camp(record, other)) if c})
        for camp in camps:
            alone[camp] = alone.get(camp, 0.0) + much
        if len(camps) == 2:
            pair = (camps[0], camps[1])
            pairs[pair] = pairs.get(pair, 0.0) + much
    return pairs, alone


def _ties(record: Record) -> Iterator[tuple[str | None, str | None, float]]:
    """Who has to do with whom, and how much, claim by claim; what the analyst rejected is left out."""
    for demand in standing(record.demands):
        yield demand.by, demand.of, _DEMAND
    for promise in standing(record.promises):
        yield promise.by, promise.to, _PROMISE
    for dispute in standing(record.disputes):
        yield dispute.claimed_by, dispute.against, _DISPUTE
    for statement in standing(record.statements):
        yield statement.affiliation, statement.target, _STATEMENT
    for meeting in standing(record.meetings):
        for one, other in combinations(meeting.parties, 2):
            yield one, other, _MEETING


def standing(claims: Iterable[_Claim]) -> Iterator[_Claim]:
    """The claims that the analyst has not rejected."""
    return (claim for claim in claims if claim.review is not Review.REJECTED)


def _meetings(record: Record) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meeting in standing(record.meetings):
        for camp in _camps_of(record, meeting):
            found.setdefault(camp, []).append(meeting.id)
    return {camp: tuple(ids) for camp, ids in found.items()}


def _camps_of(record: Record, meeting: Meeting) -> tuple[str, ...]:
    """The camps that met, each once, in the order of the meeting's parties: of equals the first counts."""
    camps = (standing_camp(record, party) for party in meeting.parties)
    return tuple(dict.fromkeys(camp for camp in camps if camp is not None))


def _host(record: Record, main: tuple[str, str]) -> str | None:
    """The third camp that most often sits with both, or asks something of both."""
    seen: Counter[str] = Counter()
    for meeting in standing(record.meetings):
        camps = _camps_of(record, meeting)
        if set(main) <= set(camps):
            seen.update(camp for camp in camps if camp not in main)
    asked: dict[str, set[str]] = {}
    for demand in standing(record.demands):
        by, of = standing_camp(record, demand.by), standing_camp(record, demand.of)
        if by and of in main and by not in main:
            asked.setdefault(by, set()).add(str(of))
    seen.update(camp for camp, of in asked.items() if len(of) == 2)
    states = [camp for camp, _ in seen.most_common() if record.party[camp].kind is not PartyKind.ARMED_GROUP]
    return states[0] if states else None


def _homes(record: Record, main: tuple[str, str]) -> tuple[Home, ...]:
    """Currents by camp and stance, the opponents first: they are whom a deal must get past."""
    found: dict[tuple[str, int], list[Faction]] = {}
    for faction in standing(record.factions):
        camp = _home_camp(record, faction, main)
        stance = faction.stance or _stance_in_words(f"{faction.faction} {faction.position}")
        if camp is not None and stance:
            found.setdefault((camp, stance), []).append(faction)
    homes = [
        Home(
            camp=camp,
            stance=stance,
            names=tuple(dict.fromkeys(f.faction for f in factions)),
            evidence=tuple(f.id for f in factions),
        )
        for (camp, stance), factions in found.items()
    ]
    return tuple(sorted(homes, key=lambda home: (home.stance, main.index(home.camp))))


def _home_camp(record: Record, faction: Faction, main: tuple[str, str]) -> str | None:
    """The main camp a faction belongs to; where its party is none, the only one that its name names."""
    camp = standing_camp(record, faction.party)
    if camp in main:
        return camp
    named = [camp for camp in main if name_pattern(record.party[camp]).search(faction.faction)]
    return named[0] if len(named) == 1 else None


def _stance_in_words(words: str) -> int:
    """-1 for words against the talks, 1 for words for them, 0 for neither or both."""
    return bool(_FOR.search(words)) - bool(_AGAINST.search(words))
