"""One party under one name over all articles.

Law: the outcome does not depend on the order of the readings, and a short form that fits two parties joins
neither. Every merge has its reason and can be taken back by a ``split_party`` edit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, TypeAlias

from detente.claims import Party, Reading
from detente.record.codec import party_from_changes
from detente.record.edits import Action, Edit
from detente.record.lists import word_list
from detente.record.model import Merge
from detente.record.names import (
    core_of,
    initials,
    is_abbreviation,
    same_spelling,
    same_word,
    skeleton,
    without_titles,
    words_of,
)
from detente.vocabulary import PartyKind

Words: TypeAlias = tuple[str, ...]

GENERIC: Final = word_list("generic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who is who.

    Attributes:
        parties: Merged, by name.
        merges: What was taken for one, and why.
        canonical: From every party id of the readings to the id it stands under.
    """

    parties: tuple[Party, ...]
    merges: tuple[Merge, ...]
    canonical: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Seen:
    """One id over all readings."""

    party: Party
    articles: frozenset[str]

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return self.party.kind is PartyKind.PERSON

    @property
    def is_body(self) -> bool:
        """Whether it is neither a person nor a country."""
        return self.party.kind not in (PartyKind.PERSON, PartyKind.STATE)


def resolve_parties(readings: Iterable[Reading], edits: Sequence[Edit] = ()) -> Identity:
    """Merge the parties of all readings. ``edits`` are those in force; a decision goes before every rule."""
    seen = _gathered(readings)
    for edit in edits:
        if edit.kind == "parties" and edit.action is Action.CREATE and edit.item not in seen:
            seen[edit.item] = Seen(party=party_from_changes(None, edit.change), articles=frozenset())
    clusters = _Clusters(seen, edits)
    for rule in (_same_name, _spelt_otherwise, _abbreviated, _part_of_name, _surname_only, _title_only):
        for gone, kept, reason in rule(seen, clusters):
            clusters.join(gone, kept, reason)
    return _identity(seen, clusters, edits)


_Proposal: TypeAlias = tuple[str, str, str]


class _Clusters:
    """Parties in sets, each set one party; never two together that the analyst set apart."""

    def __init__(self, seen: Mapping[str, Seen], edits: Sequence[Edit]) -> None:
        self._root = {party: party for party in sorted(seen)}
        self.members: dict[str, list[str]] = {party: [party] for party in self._root}
        self.reasons: dict[str, tuple[str, str | None]] = {}
        self.chosen: set[str] = set()
        self._apart: set[frozenset[str]] = set()
        self._decided(edits)

    def find(self, party: str) -> str:
        return self._root[party]

    def join(self, gone: str, kept: str, reason: str, by: str | None = None) -> None:
        one, other = self._root[gone], self._root[kept]
        if one == other or self._are_apart(one, other):
            return
        self.reasons.setdefault(gone if gone == one else one, (reason, by))
        for party in self.members.pop(one):
            self._root[party] = other
            self.members[other].append(party)

    def _are_apart(self, one: str, other: str) -> bool:
        return (
            any(frozenset((a, b)) in self._apart for a in self.members[one] for b in self.members[other])
            if self._apart
            else False
        )

    def _decided(self, edits: Sequence[Edit]) -> None:
        """A later merge lifts an earlier split of the same two, and the other way round."""
        merges: dict[frozenset[str], Edit] = {}
        for edit in edits:
            if edit.action is Action.MERGE_PARTIES:
                pairs = {frozenset((edit.item, gone)) for gone in edit.change.get("gone", ())}
                self._apart -= pairs
                merges.update(dict.fromkeys(pairs, edit))
            elif edit.action is Action.SPLIT_PARTY:
                pairs = {frozenset((edit.item, other)) for other in edit.change.get("apart", ())}
                self._apart |= pairs
                for pair in pairs:
                    merges.pop(pair, None)
        for pair, edit in merges.items():
            for gone in sorted(pair - {edit.item}):
                if gone in self._root and edit.item in self._root:
                    self.chosen.add(edit.item)
                    self.join(gone, edit.item, edit.reason or "decided by the analyst", edit.who)


def _gathered(readings: Iterable[Reading]) -> dict[str, Seen]:
    """Each id once: what most readings say of it, all its forms and mentions."""
    told: dict[str, list[tuple[str, Party]]] = defaultdict(list)
    for reading in readings:
        for party in reading.parties:
            told[party.id].append((reading.article, party))
    seen = {}
    for party_id in sorted(told):
        tellings = sorted(
            told[party_id],
            key=lambda telling: (telling[0], repr(telling[1])) if len(told[party_id]) > 1 else telling[0],
        )
        seen[party_id] = Seen(
            party=_one([party for _, party in tellings]),
            articles=frozenset(article for article, _ in tellings),
        )
    return seen


def _one(parties: Sequence[Party]) -> Party:
    """Several tellings of one party as one: most votes, then by alphabet."""
    if len(parties) == 1:
        return parties[0]
    member_of = _most(party.member_of for party in parties)
    return replace(
        parties[0],
        kind=PartyKind(_most(party.kind for party in parties) or parties[0].kind),
        member_of=member_of,
        role=_most(party.role for party in parties),
        independent=member_of is None and any(party.independent for party in parties),
        aliases=tuple(sorted({alias for party in parties for alias in party.aliases})),
        evidence=tuple(dict.fromkeys(e for party in parties for e in party.evidence)),
    )


def _most(values: Iterable[str | None]) -> str | None:
    votes = Counter(value for value in values if value is not None)
    return min(votes, key=lambda value: (-votes[value], value), default=None)


def _fit(one: Seen, other: Seen) -> bool:
    """Whether two names could be one party's: of one sort, and not of two camps."""
    sort = one.is_person == other.is_person and one.is_body == other.is_body
    camps = one.party.member_of, other.party.member_of
    return sort and (None in camps or camps[0] == camps[1])


def _same_name(seen: Mapping[str, Seen], _clusters: _Clusters) -> Iterator[_Proposal]:
    """Names alike but for case, marks, particles and titles."""
    groups: dict[tuple[bool, Words], list[str]] = defaultdict(list)
    for party, one in sorted(seen.items()):
        words = without_titles(one.party.name) if one.is_person else core_of(one.party.name)
        if words and (len(words) > 1 or not one.is_person):
            groups[one.is_person, words].append(party)
    for group in groups.values():
        yield from _pairs(group, seen, "the same name, written otherwise")


def _spelt_otherwise(seen: Mapping[str, Seen], _clusters: _Clusters) -> Iterator[_Proposal]:
    """Spellings of one name; never of a country, whose names differ by a letter."""
    groups: dict[tuple[bool, Words], list[str]] = defaultdict(list)
    words = {
        party: _telling_words(one) for party, one in seen.items() if one.party.kind is not PartyKind.STATE
    }
    for party in sorted(words):
        name = words[party]
        if len("".join(name)) >= 6 and (len(name) > 1 or seen[party].is_body):
            groups[seen[party].is_person, tuple(map(skeleton, name))].append(party)
            groups[seen[party].is_person, ("".join(name),)].append(party)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if same_spelling(words[one], words[other]) and _fit(seen[one], seen[other]):
                yield (
                    one,
                    other,
                    f"spellings of one name: {seen[one].party.name} and {seen[other].party.name}",
                )


def _telling_words(one: Seen) -> Words:
    """A name without titles, or without the word for what sort of body it is where enough is left."""
    if one.is_person:
        return without_titles(one.party.name)
    words = core_of(one.party.name)
    short = tuple(word for word in words if word not in GENERIC)
    return short if len(short) >= 2 or len("".join(short)) >= 8 else words


def _abbreviated(seen: Mapping[str, Seen], clusters: _Clusters) -> Iterator[_Proposal]:
    """Bodies that share an abbreviation and a word, or whose initials it is; one fitting name alone."""
    bodies = {party: one for party, one in sorted(seen.items()) if one.is_body}
    groups: dict[str, list[str]] = defaultdict(list)
    for party, body in bodies.items():
        for form in sorted({body.party.name, *body.party.aliases}):
            if is_abbreviation(form):
                groups[form.replace(".", "")].append(party)
    for short, group in sorted(groups.items()):
        named = [party for party in group if not is_abbreviation(seen[party].party.name)]
        for one, other in combinations(named, 2):
            if _share_a_word(seen[one], seen[other]) and _fit(seen[one], seen[other]):
                yield other, one, f"both are called {short}"
        meant = named or [p for p, body in bodies.items() if short.lower() in initials(body.party.name)]
        if len({clusters.find(party) for party in meant}) == 1:
            name = seen[meant[0]].party.name
            bare = (party for party in group if is_abbreviation(seen[party].party.name))
            yield from ((party, meant[0], f"{short} stands for {name}") for party in bare)


def _share_a_word(one: Seen, other: Seen) -> bool:
    """Whether the two names have a word in common, spelt one way or another, that is not a generic one."""
    left, right = (
        [w for w in core_of(s.party.name) if w not in GENERIC and len(w) > 3] for s in (one, other)
    )
    return any(same_word(a, b) for a in left for b in right)


def _part_of_name(seen: Mapping[str, Seen], clusters: _Clusters) -> Iterator[_Proposal]:
    """First and last name of somebody whose middle names another article gives."""
    full = _people(seen, least=2)
    by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for party, words in full.items():
        by_ends[words[0], words[-1]].append(party)
    for group in by_ends.values():
        for short in sorted(group):
            longer = [p for p in group if set(full[p]) > set(full[short]) and _fit(seen[p], seen[short])]
            if longer and len({clusters.find(party) for party in longer}) == 1:
                yield short, longer[0], f"{seen[short].party.name} is {seen[longer[0]].party.name} in short"


def _surname_only(seen: Mapping[str, Seen], clusters: _Clusters) -> Iterator[_Proposal]:
    """A surname goes to the one person of that name in the same articles, else in all of them."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for party, words in _people(seen, least=2).items():
        by_word[words[-1]].append(party)
        if len(words) == 3 and "-" in seen[party].party.name.split(" ", 1)[-1]:
            by_word[words[0]].append(party)  # family name first: Roh Moo-hyun
    for party, one in sorted(seen.items()):
        words = without_titles(one.party.name) if one.is_person and _is_named(one.party.name) else ()
        if len(words) != 1:
            continue
        fitting = [p for p in by_word[words[0]] if p != party and _fit(seen[p], one)]
        near = [p for p in fitting if seen[p].articles & one.articles]
        for among, where in ((near, "in the same article"), (fitting, "in all the articles")):
            if among and len({clusters.find(p) for p in among}) == 1:
                yield party, among[0], f"{one.party.name}: the only {seen[among[0]].party.name} {where}"
                break
            if among:
                break


def _title_only(seen: Mapping[str, Seen], clusters: _Clusters) -> Iterator[_Proposal]:
    """An office without a name goes to the one person of that camp who holds it in the same article."""
    people = [p for p, words in _people(seen, least=2).items() if seen[p].party.role and words]
    for party, one in sorted(seen.items()):
        if not one.is_person or without_titles(one.party.name) or one.party.member_of is None:
            continue
        office = set(core_of(one.party.name))
        fitting = [
            p
            for p in people
            if seen[p].party.member_of == one.party.member_of
            and seen[p].articles & one.articles
            and office <= set(words_of(seen[p].party.role or ""))
        ]
        if fitting and len({clusters.find(p) for p in fitting}) == 1:
            yield party, fitting[0], f"the only {one.party.name} in the same article"


def _people(seen: Mapping[str, Seen], *, least: int) -> dict[str, Words]:
    named = {
        party: without_titles(one.party.name)
        for party, one in sorted(seen.items())
        if one.is_person and _is_named(one.party.name)
    }
    return {party: words for party, words in named.items() if len(words) >= least}


def _is_named(name: str) -> bool:
    """Whether a name is one: its last word has a capital ("Student activists" has none)."""
    return name.split()[-1:] != [] and name.rsplit(maxsplit=1)[-1][:1].isupper()


def _pairs(group: Sequence[str], seen: Mapping[str, Seen], reason: str) -> Iterator[_Proposal]:
    for one, other in combinations(group, 2):
        if _fit(seen[one], seen[other]) or core_of(seen[one].party.name) == core_of(seen[other].party.name):
            yield other, one, reason


def _identity(seen: Mapping[str, Seen], clusters: _Clusters, edits: Sequence[Edit]) -> Identity:
    named = {root: _best_named(members, seen, clusters) for root, members in clusters.members.items()}
    canonical = {party: named[clusters.find(party)] for party in seen}
    merged = {}
    for root, members in clusters.members.items():
        best = named[root]
        others = sorted(member for member in members if member != best)
        whole = _one([seen[best].party, *(seen[other].party for other in others)])
        names = {seen[member].party.name for member in members} if others else set()
        merged[best] = replace(
            whole,
            id=best,
            name=seen[best].party.name,
            kind=seen[best].party.kind,
            aliases=tuple(sorted({*whole.aliases, *names})),
            member_of=canonical.get(whole.member_of or "", whole.member_of),
        )
    for edit in edits:
        if edit.kind == "parties" and edit.action in (Action.RENAME_PARTY, Action.EDIT):
            best = canonical.get(edit.item, edit.item)
            if best in merged:
                merged[best] = party_from_changes(merged[best], edit.change)
    merges = tuple(
        sorted(
            (
                _merge(member, named[root], seen, clusters)
                for root, members in clusters.members.items()
                for member in members
                if member != named[root]
            ),
            key=lambda merge: (merge.kept, merge.gone),
        )
    )
    parties = _without_loops(merged)
    return Identity(parties=parties, merges=merges, canonical=canonical)


def _merge(gone: str, kept: str, seen: Mapping[str, Seen], clusters: _Clusters) -> Merge:
    reason, by = clusters.reasons.get(gone) or clusters.reasons.get(kept) or ("the same party", None)
    return Merge(kept=kept, gone=gone, gone_name=seen[gone].party.name, reason=reason, by=by)


def _best_named(members: Sequence[str], seen: Mapping[str, Seen], clusters: _Clusters) -> str:
    """The fullest name of a person; of a body the one most used, a full name before an abbreviation."""

    def rank(party: str) -> tuple[object, ...]:
        one = seen[party].party
        fullness = len(without_titles(one.name)) if seen[party].is_person else 0
        return (
            party not in clusters.chosen,
            is_abbreviation(one.name),
            -fullness,
            -len(seen[party].articles),
            -len(one.evidence),
            -len(one.name),
            one.name,
        )

    return min(members, key=rank)


def _without_loops(parties: Mapping[str, Party]) -> tuple[Party, ...]:
    """Parties by name; a membership that leads back to itself, or nowhere, is left out."""
    above = {party: one.member_of for party, one in parties.items()}
    for party in sorted(parties):
        seen = {party}
        at = above[party]
        while at is not None and at in above and at not in seen:
            seen.add(at)
            at = above[at]
        if at == party or above[party] not in above:
            above[party] = None
    ordered = sorted(parties.values(), key=lambda party: (party.name, party.id))
    return tuple(replace(party, member_of=above[party.id]) for party in ordered)
