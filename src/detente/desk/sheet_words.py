"""What was decided on the negotiation's sheet, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from detente.brief.names import listed, squeeze
from detente.desk.outcome_words import Described, described
from detente.desk.people import Person, Role
from detente.desk.sheet_edits import changes_of, steps
from detente.negotiation.model import Negotiation
from detente.record.edits import Action, Edit, Json, in_force

_MOST_LINES: Final = 8
_LONGEST: Final = 160
# What moves along with weights and says nothing of its own.
_BESIDE: Final = frozenset({"evidence", "inferred"})
_WORDS: Final = {
    "negotiation": "name",
    "on": "day",
    "parties": "parties",
    "options": "options",
    "states": "feasible states",
    "constraints": "conditions that always hold",
    "status_quo": "as things are today",
    "preferences": "wants",
    "moves": "moves",
    "issues": "issues",
    "tables": "tables",
    "red_lines": "red lines",
    "disagreement": "what no deal is worth",
    "irreversible": "once done, never undone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody decided on the sheet at one moment.

    Attributes:
        edit: Id of an edit of that moment, to take it back by.
        lines: What changed; ``more``: how many further parts did.
        stands: Whether nobody took it back; ``mine``: whether this person may.
    """

    edit: str
    who: str
    on: str
    lines: tuple[str, ...]
    more: int
    reason: str | None
    stands: bool
    mine: bool


def sheet_changes(edits: Sequence[Edit], talks: Negotiation, person: Person) -> list[Change]:
    """The decisions on a sheet, the latest first, undos left out and what they took back marked.

    Args:
        edits: Of the sheet, oldest first.
        talks: The sheet as it is, for what things are called.
        person: Who looks at it.
    """
    told, stand = described(talks), {edit.id for edit in in_force(edits)}
    moments: dict[tuple[str, str], list[Edit]] = {}
    for edit in edits:
        if edit.action is not Action.UNDO:
            moments.setdefault((edit.on, edit.who), []).append(edit)
    return [_change(together, told, stand, person) for together in reversed(moments.values())]


def _change(together: Sequence[Edit], told: Described, stand: set[str], person: Person) -> Change:
    last = together[-1]
    lines = [line for edit in together for line in _lines(edit, told)]
    return Change(
        edit=last.id,
        who=last.who,
        on=last.on[:16].replace("T", " "),
        lines=tuple(lines[:_MOST_LINES]),
        more=max(0, len(lines) - _MOST_LINES),
        reason=last.reason,
        stands=last.id in stand,
        mine=person.role.may_act_as(Role.ANALYST if last.who == person.name else Role.LEAD),
    )


def _lines(edit: Edit, told: Described) -> list[str]:
    if edit.action is Action.CREATE:
        return ["kept the sheet from here on"]
    lines = [_line(steps(name), before, after, told) for name, before, after in changes_of(edit)]
    said = [line for line in lines if line is not None]
    return said or (["brought it up to the record"] if "derived" in edit.change else ["evidence"])


def _line(where: Sequence[str], before: Json, after: Json, told: Described) -> str | None:
    """What happened to one part; ``None`` where it only goes along with another."""
    match where:
        case [*_, name] if name in _BESIDE:
            return None
        case ["preferences", party, "weights", option]:
            what = f"worth to {told.party(party)} of “{told.deed(option)}”"
        case ["options", option, "text"]:
            what = f"words of {option}"
        case ["options", option, "irreversible"]:
            what = f"“{told.deed(option)}” once done, never undone"
        case ["options" | "parties" | "issues" | "tables" as things, ""]:
            return _listed(things, before, after, told)
        case ["options" | "parties" | "issues" | "tables" as things, one, *rest]:
            if before is None and "id" not in rest:
                return None  # it is new, and told of as such
            what = f"{_WORDS[things]}: {' '.join(_called(step, told) for step in (one, *rest))}"
        case ["status_quo"]:
            return _today(before, after, told)
        case [top, *rest]:
            what = " ".join((_WORDS.get(top, top), *(_called(step, told) for step in rest)))
        case _:
            what = "the sheet"
    return f"{what}: {_shown(before)} → {_shown(after)}"


def _listed(things: str, before: Json, after: Json, told: Described) -> str | None:
    were, are = _names(before), _names(after)
    new = listed(_called(one, told) for one in are if one not in set(were))
    gone = listed(_called(one, told) for one in were if one not in set(are))
    parts = [f"added {new}"] * bool(new) + [f"took out {gone}"] * bool(gone)
    return f"{things}: {'; '.join(parts) or 'put in another order'}"


def _today(before: Json, after: Json, told: Described) -> str:
    was, now = str(before or ""), str(after or "")
    options = list(told.options)
    if not len(was) == len(now) == len(options):
        return f"as things are today: {_shown(before)} → {_shown(after)}"
    words = {"1": "done", "0": "not done", "-": "either"}
    changed = [
        f"“{told.deed(option)}” {words.get(new, new)}"
        for option, old, new in zip(options, was, now, strict=True)
        if old != new
    ]
    return f"as things are today: {'; '.join(changed)}"


def _names(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _called(step: str, told: Described) -> str:
    return told.deed(step) if step in told.options else told.party(_WORDS.get(step, step))


def _shown(value: Json) -> str:
    match value:
        case None:
            words = "nothing"
        case bool():
            words = "yes" if value else "no"
        case [int() | float() as low, int() | float() as high]:
            words = f"{low:g} to {high:g}"
        case int() | float():
            words = f"{value:g}"
        case list():
            words = "; ".join(_item(one) for one in value) or "nothing"
        case dict():
            words = _item(value) or "nothing"
        case _:
            words = f"“{value}”"
    words = squeeze(words)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _item(value: Json) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for key, part in value.items() if key not in _BESIDE)
    return " ".join(map(_item, value)) if isinstance(value, list) else str(value)


def first_standing(changes: Iterable[Change]) -> Change | None:
    """The latest change, where it stands and the person may take it back."""
    latest = next((change for change in changes if change.stands), None)
    return latest if latest is not None and latest.mine else None
