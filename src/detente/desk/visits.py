"""When somebody was at the desk before, and how the record stood then.

A visit goes on while its screens are asked for within half an hour of each other.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from detente.desk.case import Case, now
from detente.errors import InvalidRecord
from detente.record.model import Record
from detente.vocabulary import PromiseStatus

_SAME_VISIT: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is kept of a record to tell later what changed.

    Attributes:
        on: When it was seen.
        articles: Ids; ``promises``: the status of each, by id.
    """

    on: str
    articles: tuple[str, ...]
    promises: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A person's visit.

    Attributes:
        before: The state when the visit before this one ended; ``None`` at a first visit.
        last: The state when it was last looked at.
    """

    before: State | None
    last: State


def visit(case: Case, who: str, *, seen: bool = False) -> Visit:
    """Note that somebody looks at the record now.

    Args:
        seen: Whether they have seen what changed, so that what changes is counted from now on.
    """
    record, on = case.record(), now()
    here = State(
        on=on,
        articles=tuple(article.id for article in record.articles),
        promises={promise.id: promise.status.value for promise in record.promises},
    )
    held = _held(case, who)
    if held is None:
        made = Visit(before=here if seen else None, last=here)
    elif seen or _apart(held.last.on, on):
        made = Visit(before=here if seen else held.last, last=here)
    else:
        made = Visit(before=held.before, last=here)
    if held is None or made.before != held.before or _differ(held.last, here):
        with suppress(InvalidRecord):  # a record that cannot be written is looked at all the same
            case.store.keep(_key(who), json.dumps(_tree(made)))
    return made


def as_it_was(record: Record, state: State) -> Record:
    """As much of the record of then as tells what changed since: its articles and promises."""
    articles = set(state.articles)
    return Record(
        articles=tuple(article for article in record.articles if article.id in articles),
        promises=tuple(
            replace(promise, status=PromiseStatus(state.promises[promise.id]))
            for promise in record.promises
            if promise.id in state.promises
        ),
    )


def _differ(one: State, other: State) -> bool:
    """Whether a later state is worth keeping: something else stands in it, or some minutes went by."""
    later = datetime.fromisoformat(other.on) - datetime.fromisoformat(one.on) > timedelta(minutes=1)
    return later or one.articles != other.articles or one.promises != other.promises


def _apart(last: str, on: str) -> bool:
    return datetime.fromisoformat(on) - datetime.fromisoformat(last) > _SAME_VISIT


def _key(who: str) -> str:
    return f"visit of {who}"


def _held(case: Case, who: str) -> Visit | None:
    kept = case.store.kept(_key(who))
    if kept is None:
        return None
    tree = json.loads(kept)
    before = tree["before"]
    return Visit(before=_state(before) if before else None, last=_state(tree["last"]))


def _state(tree: dict[str, object]) -> State:
    articles, promises = tree["articles"], tree["promises"]
    return State(
        on=str(tree["on"]),
        articles=tuple(articles) if isinstance(articles, list) else (),
        promises=dict(promises) if isinstance(promises, dict) else {},
    )


def _tree(made: Visit) -> dict[str, object]:
    return {
        name: {"on": state.on, "articles": state.articles, "promises": state.promises} if state else None
        for name, state in (("before", made.before), ("last", made.last))
    }
