"""What a person at the desk decides, checked before it is stored: the screens and the API both decide here.

Law: nothing is stored that would make the record unreadable: an edited or new claim is built once, whole,
before its edit is. ``expected`` is the version of the item that the person saw; somebody else's decision
since then is an :class:`~detente.errors.EditConflict`, never a lost edit.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from detente.articles import Article
from detente.claims import ALL_PARTY_FIELDS, stable_id
from detente.desk.case import Case, now
from detente.desk.guards import NotAllowed
from detente.desk.people import Person, Role
from detente.desk.sheet import store_undos
from detente.errors import DetenteError, UnknownItem
from detente.evidence import Evidence, cut
from detente.record.codec import claim_from_json, claim_tree, named_to_json, party_from_changes
from detente.record.decisions import apply_decisions
from detente.record.edits import Action, Edit, Json, decide, decide_on, in_force, undo
from detente.vocabulary import ClaimKind

ON_CLAIMS: Final = (
    Action.ACCEPT,
    Action.REJECT,
    Action.EDIT,
    Action.REGROUP,
    Action.SET_PROMISE_STATUS,
)
"""What can be decided on a claim that is there."""

_OF_LEADS: Final = frozenset({Action.MERGE_PARTIES, Action.SPLIT_PARTY, Action.MERGE_ISSUES})

ARTICLE_STATES: Final = ("new", "in review", "done")

# What the record works out or the text fixes is not typed in.
_NOT_TYPED: Final = frozenset(
    (
        "id",
        "review",
        "evidence",
        "spans",
        "same_as",
        "retells",
        "reports",
        "inside",
        "statement",
        "meets",
        "confidence",
    )
)
_PUT_FIRST: Final[Mapping[ClaimKind, Mapping[str, Json]]] = {
    ClaimKind.STATEMENTS: {
        **dict.fromkeys(("speaker", "speaker_text", "affiliation", "cue", "target")),
        "quote": "indirect",
        "act": "report",
    },
    ClaimKind.DEMANDS: dict.fromkeys(("by", "of")),
    ClaimKind.PROMISES: {**dict.fromkeys(("by", "to", "made")), "status": "pending"},
    ClaimKind.DISPUTES: dict.fromkeys(("claimed_by", "against", "denied_by")),
    ClaimKind.EVENTS: {**dict.fromkeys(("by", "to", "when", "where", "asserted_by")), "type": "CONSULT"},
    ClaimKind.MEETINGS: {"parties": [], "date": None, "place": None, "status": "held"},
    ClaimKind.SIGNALS: {"party": None, "signal": "firm"},
    ClaimKind.FACTIONS: {"party": None, "faction": "unnamed"},
}
# The field that holds what is claimed, in words; left out, the selected words stand there.
_IN_WORDS: Final = {
    ClaimKind.DEMANDS: "what",
    ClaimKind.PROMISES: "what",
    ClaimKind.EVENTS: "what",
    ClaimKind.SIGNALS: "about",
    ClaimKind.FACTIONS: "position",
}


def editable_fields(kind: ClaimKind) -> tuple[str, ...]:
    """The fields of a kind that a person can type in, in the order of the claim.

    >>> editable_fields(ClaimKind.SIGNALS)
    ('party', 'signal', 'issue', 'about')
    """
    first = claim_from_json(kind, json.dumps(_blank(kind, Evidence(article="a", start=0, end=1, quote="x"))))
    return tuple(name for name in claim_tree(first) if name not in _NOT_TYPED and name != "candidates")


def decide_item(
    case: Case,
    person: Person,
    item: str,
    action: Action,
    *,
    expected: int | None = None,
    after: Mapping[str, Json] | None = None,
    reason: str | None = None,
) -> Edit:
    """Accept, reject, edit, regroup a claim, or say what became of a promise.

    Raises:
        UnknownItem: No such claim, or a field names a party or issue that is not there.
        InvalidRecord: A value that the field cannot have.
        EditConflict: Somebody decided on it since.
    """
    if action not in ON_CLAIMS:
        raise DetenteError(f"{action}: not a decision on an item.")
    held = case.store.item(item)
    if after is not None:
        _check_fields(case, held.kind, after)
    elif action in (Action.EDIT, Action.REGROUP, Action.SET_PROMISE_STATUS):
        raise DetenteError(f"{action}: say what changes.")
    home = case.store.article(held.claim.evidence[0].article)
    edit = decide_on(held.claim, home, action, who=person.name, on=now(), after=after, reason=reason)
    apply_decisions((held.claim,), (edit,), (home,))
    return case.store.decide(edit, expected)


def create_item(
    case: Case,
    person: Person,
    kind: ClaimKind,
    *,
    article: str,
    spans: Sequence[tuple[int, int]],
    fields: Mapping[str, Json] | None = None,
    reason: str | None = None,
) -> Edit:
    """A new claim under words that a person selected; ``edit.item`` is its id.

    Args:
        spans: Code points, end exclusive; the first holds what is claimed, further ones what belongs to it
            (of a dispute, the denial).
        fields: What is known of it; the rest is as in a claim nobody is named in.

    Raises:
        FalseEvidence: A span holds no words.
    """
    home = case.store.article(article)
    words = tuple(cut(home.id, home.text, span) for span in spans)
    if not words:
        raise DetenteError("Select the words that the new item rests on.")
    fields = fields or {}
    _check_fields(case, kind, fields)
    on = now()
    tree = _blank(kind, *words) | dict(fields)
    tree["id"] = stable_id("by hand", kind, home.id, words[0].start, words[0].end, person.name, on)
    claim = claim_from_json(kind, json.dumps(tree))
    edit = decide_on(claim, home, Action.CREATE, who=person.name, on=on, reason=reason)
    return case.store.decide(edit)


def undo_edit(case: Case, person: Person, edit_id: str, *, reason: str | None = None) -> Edit:
    """Take a decision back; an undo can be undone.

    Raises:
        NotAllowed: Somebody else made it, and the person is no lead.
    """
    made = next((edit for edit in case.store.edits() if edit.id == edit_id), None)
    if made is None:
        raise UnknownItem(f"no decision {edit_id!r} to take back.")
    return take_back(case, person, made, reason=reason)


def take_back(case: Case, person: Person, made: Edit, *, reason: str | None = None) -> Edit:
    """Undo a decision, one's own or as a lead.

    Raises:
        NotAllowed: Somebody else made it, and the person is no lead.
    """
    return take_back_all(case, person, (made,), reason=reason)[0]


def take_back_all(
    case: Case, person: Person, made: Sequence[Edit], *, reason: str | None = None
) -> tuple[Edit, ...]:
    """Undo several decisions, or none of them.

    Raises:
        NotAllowed: Somebody else made one, and the person is no lead.
    """
    others = next((edit.who for edit in made if edit.who != person.name), None)
    if others is not None and not person.role.may_act_as(Role.LEAD):
        raise NotAllowed(f"{others} decided that; a lead can take it back.")
    on = now()
    return store_undos(case, [undo(edit, who=person.name, on=on, reason=reason) for edit in made])


def standing_of(case: Case, person: Person) -> tuple[Edit, ...]:
    """The person's decisions that still stand, oldest first; ``u`` takes the last one back."""
    return tuple(edit for edit in in_force(case.store.edits()) if edit.who == person.name)


def set_article_state(
    case: Case, person: Person, article: str, state: str, *, expected: int | None = None
) -> Edit:
    """Mark how far the review of an article is."""
    if state not in ARTICLE_STATES:
        raise DetenteError(f"{state!r} is none of {', '.join(ARTICLE_STATES)}.")
    held: Article = case.store.article(article)
    edit = decide(
        Action.ARTICLE_STATE, "articles", held.id, who=person.name, on=now(), after={"state": state}
    )
    return case.store.decide(edit, expected)


def _require_lead(person: Person, action: Action) -> None:
    """What puts things together or apart is a lead's; to name them is an analyst's."""
    if action in _OF_LEADS and not person.role.may_act_as(Role.LEAD):
        raise NotAllowed(person.role.refused(Role.LEAD, person.name))


def regroup_parties(
    case: Case,
    person: Person,
    action: Action,
    party: str,
    after: Mapping[str, Json],
    *,
    expected: int | None = None,
    reason: str | None = None,
) -> Edit:
    """Merge parties into one, split one off, rename or edit one.

    Args:
        action: ``MERGE_PARTIES``, ``SPLIT_PARTY``, ``RENAME_PARTY`` or ``EDIT``.
        party: The one that stays.
        after: As the action says.
    """
    _require_lead(person, action)
    record = case.record()
    held = record.party.get(party)
    if held is None:
        raise UnknownItem(f"no party {party!r}.")
    match action:
        case Action.MERGE_PARTIES:
            known = set(record.party)
            others = _others(after, "gone", party)
        case Action.SPLIT_PARTY:
            known = {merge.gone for merge in record.merges}
            others = _others(after, "apart", party)
        case Action.RENAME_PARTY | Action.EDIT:
            party_from_changes(held, after)
            if "id" in after or "evidence" in after:
                raise DetenteError("A party's id and words are not edited.")
            if action is Action.RENAME_PARTY and not str(after.get("name", "")).strip():
                raise DetenteError("A party needs a name.")
            above = after.get("member_of")
            known, others = set(record.party), [] if above is None else [str(above)]
            if above == party:
                raise DetenteError("A party is no member of itself.")
        case _:
            raise DetenteError(f"{action}: not a decision on a party.")
    for other in others:
        if other not in known:
            raise UnknownItem(f"no party {other!r} for that.")
    edit = decide(
        action,
        "parties",
        party,
        who=person.name,
        on=now(),
        after=after,
        before=named_to_json(held),
        reason=reason,
    )
    return case.store.decide(edit, expected)


def regroup_issues(
    case: Case,
    person: Person,
    action: Action,
    issue: str,
    after: Mapping[str, Json],
    *,
    expected: int | None = None,
    reason: str | None = None,
) -> Edit:
    """Merge issues into one, rename one, or make a new one (``issue`` is then not looked at).

    Args:
        action: ``MERGE_ISSUES``, ``RENAME_ISSUE`` or ``CREATE``.
        issue: The one that stays.
        after: As the action says.
    """
    _require_lead(person, action)
    record = case.record()
    on = now()
    label = str(after.get("label", "")).strip()
    if action is Action.CREATE:
        issue = stable_id("by hand", "issue", label, person.name, on)
        held = None
    else:
        held = record.issue.get(issue)
        if held is None:
            raise UnknownItem(f"no issue {issue!r}.")
    if action is Action.MERGE_ISSUES:
        for other in _others(after, "gone", issue):
            if other not in record.issue:
                raise UnknownItem(f"no issue {other!r} to merge.")
    elif action not in (Action.RENAME_ISSUE, Action.CREATE):
        raise DetenteError(f"{action}: not a decision on an issue.")
    elif not label:
        raise DetenteError("An issue needs a label.")
    before = named_to_json(held) if held else None
    edit = decide(action, "issues", issue, who=person.name, on=on, after=after, before=before, reason=reason)
    return case.store.decide(edit, expected)


def regroup_items(
    case: Case, person: Person, items: Iterable[str], issue: str | None, *, reason: str | None = None
) -> tuple[Edit, ...]:
    """Put items under another issue, or under none: all of them at one moment, or none.

    Raises:
        UnknownItem: No such item or issue.
    """
    if issue is not None and issue not in case.record().issue:
        raise UnknownItem(f"no issue {issue!r}.")
    on, edits = now(), []
    for item in dict.fromkeys(items):
        claim = case.store.item(item).claim
        home = case.store.article(claim.evidence[0].article)
        after: dict[str, Json] = {"issue": issue}
        edits.append(
            decide_on(claim, home, Action.REGROUP, who=person.name, on=on, after=after, reason=reason)
        )
    return case.store.decide_all(edits)


def _others(after: Mapping[str, Json], name: str, kept: str) -> list[str]:
    others = after.get(name)
    if not isinstance(others, list) or not others or not all(isinstance(one, str) for one in others):
        raise DetenteError(f"Name the others under {name!r}.")
    if kept in others:
        raise DetenteError("A thing cannot be put together with itself or taken apart from itself.")
    return [str(one) for one in others]


def _check_fields(case: Case, kind: ClaimKind, fields: Mapping[str, Any]) -> None:
    """Only fields that can be typed, naming only parties and issues that are there."""
    known = editable_fields(kind)
    for name in fields:
        if name not in known:
            raise DetenteError(
                f"{kind.value} have no field {name!r} to fill in; they have {', '.join(known)}."
            )
    record = case.record()
    named = [value for name, value in fields.items() if name in ALL_PARTY_FIELDS and value is not None]
    named += list(fields.get("parties") or ())
    for party in named:
        if party not in record.party:
            raise UnknownItem(f"no party {party!r}.")
    issue = fields.get("issue")
    if issue is not None and issue not in record.issue:
        raise UnknownItem(f"no issue {issue!r}.")


def _blank(kind: ClaimKind, *words: Evidence) -> dict[str, Any]:
    """A claim of this kind in which nobody is named."""
    evidence = [
        {"article": one.article, "start": one.start, "end": one.end, "quote": one.quote} for one in words
    ]
    tree: dict[str, Any] = {"id": "new", "evidence": evidence, "confidence": 1.0, **_PUT_FIRST[kind]}
    if kind is ClaimKind.STATEMENTS:
        tree["spans"] = {"content": [[words[0].start, words[0].end]]}
    if kind in _IN_WORDS:
        tree[_IN_WORDS[kind]] = " ".join(words[0].quote.split())
    return tree
