"""Parties and issues as a person regroups them: what is there, what a merge moves, what was decided."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from detente.brief.names import listed, squeeze
from detente.claims import Issue, Party, stable_id
from detente.desk.case import Case, now
from detente.desk.people import Person
from detente.errors import DetenteError, EditConflict
from detente.record.build import build_record
from detente.record.edits import Action, Edit, Json, decide, in_force
from detente.record.lookup import sides
from detente.record.model import Merge, Record
from detente.vocabulary import PartyKind

NAMED: Final = ("parties", "issues")
CALLED: Final = "called"
"""In a merge of issues: the labels of those that went, by id; no record holds them any longer."""

_MOST_ALIASES: Final = 6
# Items of an issue whose words are looked through for what its terms are stems of.
_TOLD_BY: Final = 60
_ENDING: Final = 5
# Articles of a record that is put together again to count what a split would move.
_MOST_COUNTED: Final = 100
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_FIELD_WORDS: Final = {"member_of": "speaks for", "kind": "is a", "name": "is called"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A party in the list.

    Attributes:
        uses: Items it is in.
        camp: Name of what it belongs to.
        members: How many belong to it; ``merged``: how many were taken for it.
    """

    party: Party
    uses: int
    camp: str | None
    aliases: tuple[str, ...]
    members: int
    merged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision on names, for a person to read.

    Attributes:
        edit: Its id.
        stands: Whether nobody took it back.
        what: In a line: "took A for B".
    """

    edit: str
    who: str
    on: str
    what: str
    reason: str | None
    stands: bool


@dataclass(frozen=True)
class Cast:
    """The parties and issues of a record, with how many items each is in.

    Attributes:
        uses: Items by party; ``said``: items by issue.
        telling: By issue, words of some of its items, each with how often it stands there.
    """

    record: Record
    uses: Mapping[str, int]
    said: Mapping[str, int]
    members: Mapping[str, int]
    merged: Mapping[str, tuple[Merge, ...]]
    telling: Mapping[str, Counter[str]]
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def known_by(self, issue: Issue, most: int) -> tuple[str, ...]:
        """The terms of an issue, their stems as the words that its items have for them."""
        if issue.id not in self._known:
            words = self.telling.get(issue.id, Counter())
            known = (" ".join(_whole(stem, words) for stem in squeeze(term).split()) for term in issue.terms)
            self._known[issue.id] = tuple(dict.fromkeys(known))
        return self._known[issue.id][:most]

    def rows(self, words: str, kind: PartyKind | None) -> list[Row]:
        """The parties whose name or alias has these words, the most frequent first."""
        wanted = squeeze(words).casefold()
        found = [one for one in self.record.parties if kind in (None, one.kind) and _fits(one, wanted)]
        found.sort(key=lambda one: (-self.uses.get(one.id, 0), one.name.casefold()))
        return [self.row(one) for one in found]

    def row(self, party: Party) -> Row:
        """One party for the list."""
        above = self.record.party.get(party.member_of or "")
        other = [squeeze(alias) for alias in party.aliases if squeeze(alias) != party.name]
        shown = tuple(dict.fromkeys(other))
        left = len(shown) - _MOST_ALIASES
        return Row(
            party=party,
            uses=self.uses.get(party.id, 0),
            camp=above.name if above else None,
            aliases=(*shown[:_MOST_ALIASES], f"{left} more") if left > 0 else shown,
            members=self.members.get(party.id, 0),
            merged=len(self.merged.get(party.id, ())),
        )

    def issues(self, words: str) -> list[tuple[Issue, int]]:
        """The issues whose label or terms have these words, the most frequent first."""
        wanted = squeeze(words).casefold()
        found = [
            (one, self.said.get(one.id, 0))
            for one in self.record.issues
            if wanted in one.label.casefold() or any(wanted in term.casefold() for term in one.terms)
        ]
        return sorted(found, key=lambda one: (-one[1], one[0].label.casefold()))


def cast(record: Record) -> Cast:
    """What is counted once for each state of the record."""
    uses: Counter[str] = Counter()
    said: Counter[str] = Counter()
    telling: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _, claim in record.claims():
        uses.update(set(sides(claim)))
        issue = getattr(claim, "issue", None)
        if issue is not None:
            said[issue] += 1
            if said[issue] <= _TOLD_BY and claim.evidence:
                telling[issue].update(_WORD.findall(claim.evidence[0].quote.casefold()))
    merged: defaultdict[str, list[Merge]] = defaultdict(list)
    for merge in record.merges:
        merged[merge.kept].append(merge)
    return Cast(
        record=record,
        uses=uses,
        said=said,
        members=Counter(one.member_of for one in record.parties if one.member_of),
        merged={kept: tuple(merges) for kept, merges in merged.items()},
        telling=telling,
    )


def _whole(stem: str, words: Counter[str]) -> str:
    """The most frequent word that begins so, with few letters more; the stem where none does.

    >>> _whole("stabiliz", Counter({"stabilizing": 2, "stabilize": 1})), _whole("Muna", Counter())
    ('stabilizing', 'Muna')
    """
    if stem in words:
        return stem
    near = [word for word in words if word.startswith(stem) and len(word) <= len(stem) + _ENDING]
    return max(near, key=lambda word: (words[word], -len(word), word), default=stem)


def after_split(case: Case, person: Person, party: str, apart: Sequence[str]) -> list[tuple[str, int]] | None:
    """Who there would be after a split, each with the items it would be in.

    Returns:
        ``None`` of a large record: it takes seconds to work out.
    """
    if len(case.record().articles) > _MOST_COUNTED:
        return None
    said: dict[str, Json] = {"apart": list(apart)}
    split = decide(Action.SPLIT_PARTY, "parties", party, who=person.name, on=now(), after=said)
    store = case.store
    then = cast(build_record(store.articles(), store.readings(), (*store.edits(), split)))
    there = [one for one in (party, *apart) if one in then.record.party]
    return [(then.record.party[one].name, then.uses.get(one, 0)) for one in there]


def decisions(case: Case, kinds: Sequence[str] = NAMED, item: str | None = None) -> list[Decision]:
    """What was decided on names, the latest first, undos left out and what they took back marked.

    Args:
        item: Only on this party or issue, as the one that stays or one that goes.
    """
    edits = case.store.edits()
    about = [edit for edit in edits if edit.kind in kinds and _concerns(edit, item)]
    if not about:
        return []
    stand = {edit.id for edit in in_force(edits)}
    called = _names_of(case.record(), edits)
    return [
        Decision(
            edit=edit.id,
            who=edit.who,
            on=edit.on[:16].replace("T", " "),
            what=_in_words(edit, called),
            reason=edit.reason,
            stands=edit.id in stand,
        )
        for edit in reversed(about)
    ]


def told_in_words(record: Record, edits: Sequence[Edit], near: Sequence[Edit]) -> dict[str, str]:
    """What decisions on names did, in words, by the edit's id.

    Args:
        near: Decisions that may tell what something was called that is not in the record now.
    """
    called = _names_of(record, near)
    return {edit.id: _in_words(edit, called) for edit in edits}


def stand_of(case: Case, edit: str) -> Edit:
    """The edit of a standing decision on names.

    Raises:
        DetenteError: There is none, or it was taken back already.
    """
    found = next((one for one in in_force(case.store.edits()) if one.id == edit and one.kind in NAMED), None)
    if found is None:
        raise DetenteError("This decision was taken back already.")
    return found


def add_party(case: Case, person: Person, name: str, kind: PartyKind, member_of: str | None) -> Edit:
    """A party that no reading named.

    Raises:
        EditConflict: There is one of this name.
    """
    name = squeeze(name)
    if not name:
        raise DetenteError("A party needs a name.")
    made = stable_id("party", name)
    if made in case.record().party:
        raise EditConflict(f"There is a party {name!r} already.")
    after: dict[str, Json] = {"id": made, "name": name, "kind": kind.value, "member_of": member_of}
    return case.store.decide(decide(Action.CREATE, "parties", made, who=person.name, on=now(), after=after))


def _fits(party: Party, wanted: str) -> bool:
    return wanted in party.name.casefold() or any(wanted in alias.casefold() for alias in party.aliases)


def _concerns(edit: Edit, item: str | None) -> bool:
    others = (*edit.change.get("gone", ()), *edit.change.get("apart", ())) if item else ()
    return item is None or edit.item == item or item in others


def _names_of(record: Record, edits: Sequence[Edit]) -> dict[str, str]:
    """What parties and issues are, or were, called."""
    called = {merge.gone: merge.gone_name for merge in record.merges}
    for edit in edits:
        made = edit.change if edit.action is Action.CREATE and edit.kind in NAMED else {}
        if made:
            called[edit.item] = str(made.get("name") or made.get("label") or "")
        if edit.action is Action.MERGE_ISSUES:
            called |= dict(edit.change.get(CALLED, {}))
    called |= {issue.id: issue.label for issue in record.issues}
    return called | {party.id: party.name for party in record.parties}


def _in_words(edit: Edit, called: Mapping[str, str]) -> str:
    def name(item: object) -> str:
        return f"“{squeeze(called.get(str(item)) or 'one not in the record now')}”"

    change = edit.change
    match edit.action:
        case Action.MERGE_PARTIES | Action.MERGE_ISSUES:
            return f"took {listed(name(one) for one in change.get('gone', ()))} for {name(edit.item)}"
        case Action.SPLIT_PARTY:
            return f"split {listed(name(one) for one in change.get('apart', ()))} off {name(edit.item)}"
        case Action.RENAME_PARTY:
            return f"renamed {name(edit.item)} to “{squeeze(str(change.get('name', '')))}”"
        case Action.RENAME_ISSUE:
            return f"renamed {name(edit.item)} to “{squeeze(str(change.get('label', '')))}”"
        case Action.CREATE:
            return f"added {name(edit.item)}"
        case _:
            shown = {
                field: name(value) if field == "member_of" and value else value
                for field, value in change.items()
            }
            parts = [
                f"{_FIELD_WORDS.get(field, field)} {value or 'itself'}" for field, value in shown.items()
            ]
            return f"changed {name(edit.item)}: {'; '.join(parts)}"
