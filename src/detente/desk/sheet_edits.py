"""The negotiation's sheet as decisions: what of it each changed, and the sheet again from those in force.

A part is named by where it stands in the file, as JSON Pointer (RFC 6901) does: ``/options/open-dam/text``,
``/preferences/varda/weights/open-dam``. Things with an id stand under it; ``/options/`` holds their order.

Law: replaying the edits in force gives the sheet; ``negotiation_of(parts_of(n)) == n``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detente.errors import InvalidNegotiation
from detente.negotiation.file import load_negotiation
from detente.negotiation.model import Negotiation
from detente.negotiation.tree import Items, Pairs, Tree, Word, read_tree
from detente.negotiation.writing import dump_negotiation
from detente.record.edits import NEGOTIATION, Action, Edit, Json, decide, in_force

FILE: Final = "negotiation.yaml"
_WORDS: Final[Mapping[str, Json]] = {"true": True, "false": False}

Parts = dict[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How the sheet stands by its edits.

    Attributes:
        parts: Of the sheet.
        derived: The file of the derivation that it was last brought up to; ``None``: not known.
    """

    parts: Parts
    derived: str | None


def parts_of(negotiation: Negotiation) -> Parts:
    """Every part of a negotiation by its name, in the order of the file.

    Raises:
        InvalidNegotiation: Its words cannot be written down.
    """
    return dict(_flat(_plain(read_tree(dump_negotiation(negotiation), FILE)), ""))


def negotiation_of(parts: Mapping[str, Json]) -> Negotiation:
    """The negotiation that these parts make up.

    Raises:
        InvalidNegotiation: They do not fit together.
    """
    top: dict[str, Json] = {}
    orders: dict[str, list[Json]] = {}
    for name, value in parts.items():
        above, _, last = name.rpartition("/")
        if not last and isinstance(value, list):
            orders[above] = value
        place = _within(top, above)
        if last and not (value == {} and _read(last) in place):
            place[_read(last)] = value
    for name, order in orders.items():
        above, _, last = name.rpartition("/")
        place = _within(top, above)
        place[_read(last)] = _in_order(place.get(_read(last)), order)
    return load_negotiation(json.dumps(top), FILE)


def first_edit(text: str, derived: str | None, *, who: str, on: str, reason: str | None = None) -> Edit:
    """The sheet is kept from now on, as its file says."""
    after: dict[str, Json] = {"file": text, **({"derived": derived} if derived is not None else {})}
    return decide(Action.CREATE, NEGOTIATION, NEGOTIATION, who=who, on=on, after=after, reason=reason)


def change_edit(
    before: Parts, after: Parts, derived: str | None, *, who: str, on: str, reason: str | None = None
) -> Edit | None:
    """What turns one sheet into another; ``None`` where that is nothing.

    Args:
        before: How the sheet stands; ``after``: as it is to be.
        derived: Where the change brings the sheet up to another derivation, the file of that one.
    """
    names = dict.fromkeys((*before, *after))
    changed = [name for name in names if before.get(name) != after.get(name)]
    if not changed:
        return None
    now: dict[str, Json] = {"parts": {name: after.get(name) for name in changed}}
    return decide(
        Action.EDIT,
        NEGOTIATION,
        NEGOTIATION,
        who=who,
        on=on,
        after=now | ({"derived": derived} if derived is not None else {}),
        before=json.dumps({"parts": {name: before.get(name) for name in changed}}, ensure_ascii=False),
        reason=reason,
    )


def standing(edits: Sequence[Edit]) -> Stand | None:
    """The sheet by its edits, undone ones and undos among them; ``None``: none is kept.

    Raises:
        InvalidNegotiation: One in force changes a sheet that was taken back.
    """
    parts: Parts | None = None
    derived: str | None = None
    for edit in in_force(edits):
        change = edit.change
        if edit.action is Action.CREATE:
            parts, derived = parts_of(load_negotiation(change["file"], FILE)), None
        elif parts is None:
            raise InvalidNegotiation(FILE, f"{edit.who} changed it at {edit.on}, and it was not kept then.")
        else:
            gone = {name for name, value in change["parts"].items() if value is None}
            parts = {name: value for name, value in (parts | change["parts"]).items() if name not in gone}
        derived = change.get("derived", derived)
    return None if parts is None else Stand(parts=parts, derived=derived)


def changes_of(edit: Edit) -> list[tuple[str, Json, Json]]:
    """Name, value before and value after of every part that an edit changed; ``None``: not there."""
    if edit.action is not Action.EDIT or edit.before is None:
        return []
    before = json.loads(edit.before)["parts"]
    return [(name, before.get(name), value) for name, value in edit.change["parts"].items()]


def steps(name: str) -> list[str]:
    """Where a part stands, step by step.

    >>> steps("/preferences/varda~1orland/weights/pay")
    ['preferences', 'varda/orland', 'weights', 'pay']
    """
    return [_read(step) for step in name.split("/")[1:]]


def _flat(value: Json, name: str) -> Iterator[tuple[str, Json]]:
    ids = _ids(value)
    if ids is not None and isinstance(value, list):
        yield f"{name}/", ids
        for one in value:
            if isinstance(one, dict):
                rest = {key: part for key, part in one.items() if key != "id"}
                yield from _flat(rest, f"{name}/{_written(str(one['id']))}")
    elif isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _flat(part, f"{name}/{_written(key)}")
    else:
        yield name, value


def _ids(value: Json) -> list[Json] | None:
    """The ids of a list of things that have one; ``None``: it is none."""
    if not isinstance(value, list) or not value:
        return None
    ids = [one.get("id") if isinstance(one, dict) else None for one in value]
    return (
        ids
        if all(isinstance(one, str) and one for one in ids) and len(set(map(str, ids))) == len(ids)
        else None
    )


def _within(top: dict[str, Json], name: str) -> dict[str, Json]:
    """The mapping of this name, made where it is missing.

    Raises:
        InvalidNegotiation: Something else stands there.
    """
    place = top
    for step in steps(name) if name else ():
        inner = place.setdefault(step, {})
        if not isinstance(inner, dict):
            raise InvalidNegotiation(FILE, f"{name}: a single value stands where several are wanted.")
        place = inner
    return place


def _in_order(things: Json, order: Sequence[Json]) -> Json:
    """Things by id as a list again: in their order, those that it does not name last."""
    held = things if isinstance(things, dict) else {}
    ids = [str(one) for one in order if str(one) in held]
    listed: list[Json] = []
    for one in (*ids, *(name for name in held if name not in set(ids))):
        fields = held[one]
        listed.append({"id": one, **(fields if isinstance(fields, dict) else {})})
    return listed


def _plain(tree: Tree) -> Json:
    match tree:
        case Word(text=text, bare=True):
            return _WORDS[text] if text in _WORDS else _number(text)
        case Word(text=text):
            return text
        case Items(items=items):
            return [_plain(item) for item in items]
        case Pairs(pairs=pairs):
            return {key.text: _plain(value) for key, value in pairs}


def _number(text: str) -> Json:
    """A number, where the words are one; only words that begin with a letter stand without quotes."""
    if text[:1] not in "-0123456789":
        return text
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _written(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _read(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")
