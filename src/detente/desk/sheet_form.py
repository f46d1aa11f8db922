"""The sheet's form: what a person set on it, as a negotiation.

Fields are named by place (``w-0-3-low``: the first party's weight of the fourth option), for the version
of the sheet that the form was made from.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from detente.brief.findings import weightiest
from detente.desk.fields import NotTaken
from detente.errors import EditConflict
from detente.negotiation.expressions import BadExpression, parse_expression
from detente.negotiation.model import Negotiation, Option, Preference, Range, RedLine, Weights

T = TypeVar("T")

MOST_IN_PLAY: Final = 12
"""Options that move at once on the desk: 4,096 outcomes."""

_FIRST_IN_PLAY: Final = 11
_FIELD: Final = re.compile(r"w-(\d{1,4})-(\d{1,4})-(low|high)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A sheet as it is being tried.

    Attributes:
        play: Ids of the options that move; the others stay as they are today.
        table: Id of the table that packages are agreed at, or ``None``: everybody sits.
    """

    negotiation: Negotiation
    play: tuple[str, ...]
    table: str | None


Form = Mapping[str, Sequence[str]]


def first_tried(negotiation: Negotiation) -> Tried:
    """The sheet before anybody touched it."""
    table = negotiation.tables[0].id if negotiation.tables else None
    play = weightiest(negotiation, _FIRST_IN_PLAY)
    return Tried(negotiation=negotiation, play=play, table=table)


def tried(negotiation: Negotiation, form: Form) -> Tried:
    """The sheet as the form has it; what the form leaves out stays.

    Raises:
        NotTaken: Not a number, ends out of order, too many options at once, or no condition.
    """
    options = _options(negotiation, form)
    changed = replace(
        negotiation,
        options=options,
        status_quo=_today(negotiation, form),
        preferences=_preferences(negotiation, form),
        red_lines=_red_lines(negotiation, form),
    )
    return Tried(negotiation=changed, play=_play(negotiation, form), table=_table(negotiation, form))


def _options(negotiation: Negotiation, form: Form) -> tuple[Option, ...]:
    fixed = set(form.get("fixed", ())) if "sheet" in form else None
    found = []
    for at, option in enumerate(negotiation.options):
        text = " ".join(_one(form, f"text-{at}", option.text).split())
        if not text:
            raise NotTaken("An option needs words.")
        once = option.irreversible if fixed is None else str(at) in fixed
        found.append(replace(option, text=text[:500], irreversible=once))
    return tuple(found)


def _today(negotiation: Negotiation, form: Form) -> str | None:
    if "sheet" not in form:
        return negotiation.status_quo
    today = set(form.get("today", ()))
    if not today and negotiation.status_quo is None:
        return None
    before = negotiation.status_quo or "0" * len(negotiation.options)
    return "".join(
        "-" if digit == "-" and str(at) not in today else "01"[str(at) in today]
        for at, digit in enumerate(before)
    )


def _preferences(negotiation: Negotiation, form: Form) -> Mapping[str, Preference]:
    """Weights with the ends that the form gives them; rankings and priorities stay."""
    ends: dict[tuple[str, str], dict[str, float]] = {}
    for name, values in form.items():
        field = _FIELD.fullmatch(name)
        if field is not None and values[-1].strip():
            party, option = _at(negotiation.parties, field[1]).id, _at(negotiation.options, field[2]).id
            ends.setdefault((party, option), {})[field[3]] = _number(values[-1])
    found = dict(negotiation.preferences)
    for (party, option), given in ends.items():
        known = found.get(party, Weights(values={}))
        if not isinstance(known, Weights):
            continue
        before = known.values.get(option, Range(0, 0))
        low, high = given.get("low", before.low), given.get("high", before.high)
        if low > high:
            raise NotTaken(f"{low:g} to {high:g} is not a range: the first number is the lower one.")
        if (low, high) == (before.low, before.high):
            continue
        # What a person sets is no longer inferred.
        found[party] = replace(
            known, values={**known.values, option: Range(low, high)}, inferred=known.inferred - {option}
        )
    return found


def _red_lines(negotiation: Negotiation, form: Form) -> tuple[RedLine, ...]:
    if "sheet" not in form:
        return negotiation.red_lines
    held = set(form.get("red", ()))
    kept = [line for at, line in enumerate(negotiation.red_lines) if str(at) in held]
    party, condition = _one(form, "new-red-party", ""), _one(form, "new-red-condition", "").strip()
    if party and condition:
        try:
            parse_expression(condition, [option.id for option in negotiation.options])
        except BadExpression as error:
            raise NotTaken(f"Red line {error}") from error
        kept.append(RedLine(party=_at(negotiation.parties, party).id, condition=condition))
    return tuple(kept)


def _play(negotiation: Negotiation, form: Form) -> tuple[str, ...]:
    if negotiation.states is not None:
        return tuple(option.id for option in negotiation.options)
    if "sheet" not in form and "play" not in form:
        return weightiest(negotiation, _FIRST_IN_PLAY)
    chosen = {_at(negotiation.options, at).id for at in form.get("play", ())}
    if len(chosen) > MOST_IN_PLAY:
        raise NotTaken(
            f"{len(chosen)} options in play; at most {MOST_IN_PLAY} move at once here: take some out, "
            "or use `detente stability`, which takes more."
        )
    return tuple(option.id for option in negotiation.options if option.id in chosen)


def _table(negotiation: Negotiation, form: Form) -> str | None:
    if "table" not in form:
        return first_tried(negotiation).table
    wanted = _one(form, "table", "")
    return wanted if wanted in {table.id for table in negotiation.tables} else None


def _one(form: Form, name: str, otherwise: str) -> str:
    values = form.get(name, ())
    return values[-1] if values else otherwise


def _at(things: Sequence[T], place: str) -> T:
    if not place.isdecimal() or int(place) >= len(things):
        raise EditConflict("The sheet has changed since you opened it; open it again.")
    return things[int(place)]


def _number(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        number = math.nan
    if not abs(number) <= 1e6:
        raise NotTaken(f"{written[:40]!r} is not a number; write one such as 40 or -10.")
    return number
