"""What the analyst decides: an append-only list of edits, from which history, undo and the record follow.

Law: an edit is never changed or removed; an undo is an edit of its own that names the one it takes back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeAlias

from pydantic import TypeAdapter

from detente.articles import Article
from detente.claims import Claim, stable_id
from detente.record.codec import claim_to_json, kind_of

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


class Action(StrEnum):
    """What an edit does, and what its ``after`` holds."""

    ACCEPT = "accept"
    """A claim; no ``after``."""
    REJECT = "reject"
    """A claim; no ``after``."""
    EDIT = "edit"
    """A claim or a party; ``after``: the fields that change."""
    CREATE = "create"
    """A claim, a party or an issue; ``after``: all of its fields."""
    PROPOSE = "propose"
    """A claim that a machine found after the reading; ``after``: all of its fields. Nobody decided yet."""
    MERGE_PARTIES = "merge_parties"
    """``item``: the one that stays; ``after``: ``{"gone": [ids]}``."""
    SPLIT_PARTY = "split_party"
    """``item``: the one that stays; ``after``: ``{"apart": [ids]}``."""
    RENAME_PARTY = "rename_party"
    """``after``: ``{"name": ...}``."""
    MERGE_ISSUES = "merge_issues"
    """``item``: the one that stays; ``after``: ``{"gone": [ids]}``."""
    RENAME_ISSUE = "rename_issue"
    """``after``: ``{"label": ...}``."""
    REGROUP = "regroup"
    """A claim; ``after``: ``{"issue": id or null}``."""
    SET_PROMISE_STATUS = "set_promise_status"
    """A promise; ``after``: ``{"status": ...}``."""
    ARTICLE_STATE = "article_state"
    """``after``: ``{"state": "new" | "in review" | "done"}``."""
    UNDO = "undo"
    """``item``: the id of the edit that is taken back; an undo can be undone."""


NEW: Final = frozenset({Action.CREATE, Action.PROPOSE})
"""Actions that bring a claim with them."""

NEGOTIATION: Final = "negotiation"
"""Kind and id of the negotiation's sheet: ``CREATE`` has its ``file``, ``EDIT`` the ``parts`` that change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where the words of a decided item stood, to find them again after another reading.

    Attributes:
        file: ``Article.file``, which stays when the text changes.
    """

    article: str
    file: str
    start: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One decision.

    Attributes:
        id: Of the edit itself.
        on: When, ISO 8601 with seconds.
        who: Who decided.
        kind: What ``item`` is: a ``ClaimKind``, ``"parties"``, ``"issues"``, ``"articles"``,
            ``"negotiation"`` or ``"edits"``.
        item: Id of what it is about.
        before: The item as it was, JSON; ``None`` where there was none.
        after: What changes, JSON as its action says; ``None`` where the action says it all.
        reason: Why, in the analyst's words, or ``None``.
        version: How many edits the item has with this one; given by the store.
    """

    id: str
    on: str
    who: str
    action: Action
    kind: str
    item: str
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    version: int = 1
    anchor: Anchor | None = None

    @property
    def change(self) -> dict[str, Any]:
        """``after`` as a mapping; empty where there is none.

        >>> Edit(id="e", on="", who="", action=Action.RENAME_PARTY, kind="parties", item="p",
        ...      after='{"name": "Oman"}').change
        {'name': 'Oman'}
        """
        return dict(json.loads(self.after)) if self.after else {}


_EDIT: Final = TypeAdapter(Edit)


def decide(
    action: Action,
    kind: str,
    item: str,
    *,
    who: str,
    on: str,
    after: Mapping[str, Json] | None = None,
    before: str | None = None,
    reason: str | None = None,
) -> Edit:
    """An edit of a party, an issue, an article, or of another edit."""
    changed = json.dumps(after, ensure_ascii=False, sort_keys=True) if after is not None else None
    return Edit(
        id=stable_id("edit", on, who, action, kind, item, changed),
        on=on,
        who=who,
        action=action,
        kind=kind,
        item=item,
        before=before,
        after=changed,
        reason=reason,
    )


def decide_on(
    claim: Claim,
    article: Article,
    action: Action,
    *,
    who: str,
    on: str,
    after: Mapping[str, Json] | None = None,
    reason: str | None = None,
) -> Edit:
    """An edit of a claim, holding all that is needed to find or restore it after another reading.

    For a new claim pass ``Action.CREATE``, or ``Action.PROPOSE`` for a machine's, and the claim itself.
    """
    whole = claim_to_json(claim)
    new = action in NEW
    edit = decide(
        action,
        kind_of(claim).value,
        claim.id,
        who=who,
        on=on,
        after=json.loads(whole) if new else after,
        before=None if new else whole,
        reason=reason,
    )
    words = claim.evidence[0]
    anchor = Anchor(article=article.id, file=article.file, start=words.start, quote=words.quote)
    return replace(edit, anchor=anchor)


def undo(edit: Edit, *, who: str, on: str, reason: str | None = None) -> Edit:
    """The edit that takes another one back."""
    return decide(Action.UNDO, "edits", edit.id, who=who, on=on, reason=reason)


def in_force(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that nobody took back, oldest first, without the undos.

    >>> e = decide(Action.ACCEPT, "demands", "d1", who="ana", on="2024-01-01T10:00:00")
    >>> u = undo(e, who="ana", on="2024-01-01T10:01:00")
    >>> redo = undo(u, who="ana", on="2024-01-01T10:02:00")
    >>> len(in_force([e])), len(in_force([e, u])), len(in_force([e, u, redo]))
    (1, 0, 1)
    """
    undone: set[str] = set()
    kept: list[Edit] = []
    for edit in reversed(tuple(edits)):
        if edit.id in undone:
            continue
        if edit.action is Action.UNDO:
            undone.add(edit.item)
        else:
            kept.append(edit)
    return tuple(reversed(kept))


def history(edits: Sequence[Edit], item: str) -> tuple[Edit, ...]:
    """Every edit of an item, and every undo of one of them, oldest first."""
    about = {edit.id for edit in edits if edit.item == item}
    found = []
    for edit in edits:
        if edit.id in about or (edit.action is Action.UNDO and edit.item in about):
            about.add(edit.id)
            found.append(edit)
    return tuple(found)


def edit_to_json(edit: Edit) -> str:
    """An edit as the store keeps it."""
    return _EDIT.dump_json(edit).decode()


def edit_from_json(text: str) -> Edit:
    """An edit from :func:`edit_to_json`."""
    return _EDIT.validate_json(text, strict=True, extra="forbid")
