"""Items like one that was decided on, to be decided on together: the same words for a speaker, the same cue.

Law: only undecided items are among them, and their count is shown before anything is decided.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from detente.articles import Article
from detente.brief.names import Names, squeeze
from detente.claims import Claim, Statement
from detente.desk.case import Case, now
from detente.desk.decisions import standing_of, take_back, take_back_all
from detente.desk.people import Person
from detente.errors import DetenteError, EditConflict, UnknownItem
from detente.record.codec import kind_of
from detente.record.edits import Action, Edit, decide_on, in_force
from detente.record.model import Record
from detente.vocabulary import ClaimKind, Review

_MOST_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Undecided items that share something with one item; that item is not among them.

    Attributes:
        by: What they share: ``"alias"``, ``"speaker"``, ``"cue"`` or ``"sides"``.
        label: The same in words.
    """

    by: str
    label: str
    claims: tuple[Claim, ...]


def groups_like(claim: Claim, record: Record, names: Names) -> tuple[Group, ...]:
    """The groups that hold anything, the narrowest first."""
    kind = kind_of(claim)
    shared = [(by, key, value) for by, key in _KEYS[kind].items() if (value := key(claim)) is not None]
    found: dict[str, list[Claim]] = {by: [] for by, _, _ in shared}
    for other in getattr(record, kind.value):
        if other.review is Review.PROPOSED and other.id != claim.id and other.evidence:
            for by, key, value in shared:
                if key(other) == value:
                    found[by].append(other)
    groups = (
        Group(by=by, label=_label(by, claim, names), claims=tuple(found[by])) for by in found if found[by]
    )
    return tuple(sorted(groups, key=lambda group: len(group.claims)))


def decide_alike(case: Case, person: Person, claims: Sequence[Claim], action: Action) -> tuple[Edit, ...]:
    """Accept or reject all of these, or none: one moment, so that one undo takes all of it back."""
    if action not in (Action.ACCEPT, Action.REJECT):
        raise DetenteError(f"{action}: not a decision on many items at once.")
    if len(claims) > _MOST_AT_ONCE:
        raise DetenteError(f"{len(claims):,} items are too many at once; choose a narrower group.")
    record, on = case.record(), now()
    homes: dict[str, Article] = record.article
    edits = [
        decide_on(claim, homes[claim.evidence[0].article], action, who=person.name, on=on) for claim in claims
    ]
    return case.store.decide_all(edits)


def decide_all_like(
    case: Case, person: Person, item: str, *, by: str, action: Action, count: int, names: Names
) -> tuple[Edit, ...]:
    """Accept or reject an item and all like it, if they are still as many as were shown.

    Args:
        by: What they share.
        count: How many others were shown.

    Raises:
        UnknownItem: Nothing undecided is like it any longer.
        EditConflict: They are not as many by now.
    """
    held = case.store.item(item)
    group = group_like(held.claim, by, case.record(), names)
    if count != len(group.claims):
        raise EditConflict(f"There are {len(group.claims):,} of these by now; look at the count again.")
    mine = (held.claim,) if held.claim.review is Review.PROPOSED else ()
    return decide_alike(case, person, (*mine, *group.claims), action)


def group_like(claim: Claim, by: str, record: Record, names: Names) -> Group:
    """The undecided items that share this with a claim.

    Raises:
        UnknownItem: There are none.
    """
    for group in groups_like(claim, record, names):
        if group.by == by:
            return group
    raise UnknownItem("No undecided item is like this one any longer.")


def written_alike(claim: Claim, record: Record, scope: str, count: int) -> tuple[Statement, ...]:
    """The same as :func:`others_written_alike`, if they are still as many as were shown.

    Raises:
        EditConflict: They are not.
    """
    others = others_written_alike(claim, record, scope)
    if count != len(others):
        raise EditConflict(f"There are {len(others):,} written so by now; look again, then decide.")
    return others


def others_written_alike(claim: Claim, record: Record, scope: str) -> tuple[Statement, ...]:
    """Undecided statements whose speaker is written in the same words.

    Args:
        scope: ``"article"``: in the same article; ``"record"``: in all of them.
    """
    if not isinstance(claim, Statement) or not claim.speaker_text:
        return ()
    written = claim.speaker_text.casefold()
    home = claim.evidence[0].article
    return tuple(
        other
        for other in record.statements
        if other.review is Review.PROPOSED
        and other.id != claim.id
        and (other.speaker_text or "").casefold() == written
        and (scope == "record" or other.evidence[0].article == home)
    )


def give_speaker(case: Case, made: Edit, others: Sequence[Statement]) -> None:
    """Give others the speaker that an edit gave, at its moment, so that one undo takes all of it back."""
    said = {name: value for name, value in made.change.items() if name in ("speaker", "affiliation")}
    homes = case.record().article
    case.store.decide_all(
        [
            decide_on(
                other, homes[other.evidence[0].article], Action.EDIT, who=made.who, on=made.on, after=said
            )
            for other in others
        ]
    )


def undo_last(case: Case, person: Person) -> tuple[Edit, ...]:
    """Take back what the person decided last and still stands, all of it where it was many at once.

    Returns:
        The decisions that were taken back; none where there is nothing left.
    """
    standing = standing_of(case, person)
    if not standing:
        return ()
    together = tuple(edit for edit in standing if edit.on == standing[-1].on)
    take_back_all(case, person, together)
    return together


def undo_item(case: Case, person: Person, item: str) -> Edit:
    """Take back the latest decision on an item that still stands.

    Raises:
        NotAllowed: Somebody else made it, and the person is no lead.
    """
    standing = [edit for edit in in_force(case.store.history(item)) if edit.item == item]
    if not standing:
        raise DetenteError("Nothing was decided on this item, or all of it is taken back already.")
    return take_back(case, person, standing[-1])


def _label(by: str, claim: Claim, names: Names) -> str:
    if not isinstance(claim, Statement):
        return "the same sides"
    if by == "speaker":
        return f"the speaker {names.party(claim.speaker)}"
    if by == "alias":
        return f"the speaker written “{squeeze(claim.speaker_text or '')}”"
    return f"the word of saying “{squeeze(claim.cue or '')}”"


def _written(name: str) -> Callable[[Claim], object]:
    read = attrgetter(name)
    return lambda claim: (read(claim) or "").casefold() or None


def _same(*names: str, parties: int) -> Callable[[Claim], object]:
    """The values of these fields, where one of the first ``parties`` of them names anybody."""
    read = attrgetter(*names)
    return lambda claim: values if any((values := read(claim))[:parties]) else None


_KEYS: Final[Mapping[ClaimKind, Mapping[str, Callable[[Claim], object]]]] = {
    ClaimKind.STATEMENTS: {
        "alias": _written("speaker_text"),
        "speaker": attrgetter("speaker"),
        "cue": _written("cue"),
    },
    ClaimKind.DEMANDS: {"sides": _same("by", "of", parties=2)},
    ClaimKind.PROMISES: {"sides": _same("by", "to", parties=2)},
    ClaimKind.DISPUTES: {"sides": _same("claimed_by", "against", parties=2)},
    ClaimKind.EVENTS: {"sides": _same("by", "to", "type", parties=2)},
    ClaimKind.MEETINGS: {"sides": _same("parties", "status", parties=1)},
    ClaimKind.SIGNALS: {"sides": _same("party", "signal", parties=1)},
    ClaimKind.FACTIONS: {"sides": _same("party", "faction", parties=1)},
}
"""By kind and by what may be shared: its value in a claim; ``None`` where the claim has none."""
