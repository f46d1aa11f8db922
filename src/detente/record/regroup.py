"""The analyst's decisions on issues, applied over the machine's grouping.

An issue that a new grouping gives under another id is found again by its terms.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from detente.claims import Issue
from detente.record.edits import Action, Edit
from detente.record.issues import Grouping
from detente.record.terms import containment

# Half of the terms that an issue was known by name it still.
_SAME_ISSUE: Final = 0.5


def regroup_issues(
    grouping: Grouping, edits: Sequence[Edit], regrouped: Mapping[str, str | None]
) -> Grouping:
    """Merge, rename and create issues as decided, then move the claims that were moved by hand.

    Args:
        grouping: The machine's.
        edits: Those in force, oldest first.
        regrouped: By claim id, the issue that the analyst put it under.
    """
    issues = {issue.id: issue for issue in grouping.issues}
    now: dict[str, str] = {}
    for edit in edits:
        if edit.kind == "issues":
            _apply(edit, issues, now)
    of = {claim: now.get(issue, issue) for claim, issue in grouping.of.items()}
    for claim, issue in regrouped.items():
        target = now.get(issue, issue) if issue is not None else None
        if target is None or target not in issues:
            of.pop(claim, None)
        else:
            of[claim] = target
    return Grouping(issues=tuple(issues.values()), of=of)


def _apply(edit: Edit, issues: dict[str, Issue], now: dict[str, str]) -> None:
    """Change ``issues``, and note in ``now`` where those that are gone went."""
    change = edit.change
    if edit.action is Action.CREATE:
        terms = tuple(map(str, change.get("terms", ())))
        issues[edit.item] = Issue(id=edit.item, label=str(change["label"]), terms=terms)
        return
    here = _current(edit, issues, now)
    if here is None:
        return
    if edit.action is Action.RENAME_ISSUE:
        issues[here] = replace(issues[here], label=str(change["label"]))
    elif edit.action is Action.MERGE_ISSUES:
        for gone in change.get("gone", ()):
            _merge(here, now.get(gone, gone), issues, now)


def _merge(here: str, gone: str, issues: dict[str, Issue], now: dict[str, str]) -> None:
    if gone not in issues or gone == here:
        return
    terms = dict.fromkeys((*issues[here].terms, *issues.pop(gone).terms))
    issues[here] = replace(issues[here], terms=tuple(terms))
    now |= {old: here for old, new in now.items() if new == gone} | {gone: here}


def _current(edit: Edit, issues: Mapping[str, Issue], now: dict[str, str]) -> str | None:
    """The id that the edit's issue stands under now; ``None`` where nothing of it is left."""
    here = now.get(edit.item, edit.item)
    if here in issues or edit.before is None:
        return here if here in issues else None
    terms = json.loads(edit.before).get("terms", ())
    near = max(issues.values(), key=lambda issue: (containment(terms, issue.terms), issue.id), default=None)
    if near is None or containment(terms, near.terms) < _SAME_ISSUE:
        return None
    now[edit.item] = near.id
    return near.id
