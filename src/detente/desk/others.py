"""What other people decided since somebody was last at the desk: who, what, and on which words.

A decision that was taken back since is left out together with its undo.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from detente.brief.names import Names, counted, squeeze
from detente.desk.case import Case
from detente.desk.naming import NAMED, told_in_words
from detente.desk.people import Person
from detente.desk.quoted import Quoted, quoted
from detente.desk.sheet import open_sheet
from detente.desk.sheet_words import sheet_changes
from detente.errors import DetenteError
from detente.evidence import Evidence
from detente.record.edits import NEGOTIATION, Action, Edit, in_force
from detente.vocabulary import ClaimKind

MOST_EDITS: Final = 500
MOST_WORDS: Final = 3
_LONGEST: Final = 160
_DONE: Final = {
    Action.ACCEPT: "accepted",
    Action.REJECT: "rejected",
    Action.EDIT: "edited",
    Action.CREATE: "found by hand",
    Action.PROPOSE: "proposed",
    Action.REGROUP: "put under another issue",
    Action.SET_PROMISE_STATUS: "set what became of",
    Action.UNDO: "took back what was decided on",
}
_NOUNS: Final = {kind: kind.value.removesuffix("s") for kind in ClaimKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody decided, alike decisions together.

    Attributes:
        what: "accepted 12 demands", "took “Oman” for “Sultanate of Oman”".
        words: Of the first ones; ``more``: how many others there are.
        address: Where to look, where no words lead there.
    """

    what: str
    words: tuple[Quoted, ...] = ()
    more: int = 0
    address: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody, and what they decided.

    Attributes:
        last: When they decided last, to the minute.
    """

    who: str
    last: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What everybody else decided.

    Attributes:
        earlier: How many decisions are too many to tell of.
    """

    colleagues: tuple[Colleague, ...] = ()
    earlier: int = 0


def others_since(case: Case, person: Person, on: str, names: Names) -> Others:
    """What everybody but this person decided after a moment, who decided last first.

    Args:
        on: The moment, as edits have it.
        names: Of the record as it stands.
    """
    every, earlier = case.store.edits_since(on, but_by=person.name, most=MOST_EDITS)
    made = _standing(every)
    by: dict[str, list[Edit]] = {}
    for edit in reversed(made):
        by.setdefault(edit.who, []).append(edit)
    colleagues = tuple(
        Colleague(
            who=who,
            last=edits[0].on[:16].replace("T", " "),
            deeds=tuple(_deeds(case, edits, every, person=person, names=names)),
        )
        for who, edits in by.items()
    )
    return Others(colleagues=colleagues, earlier=earlier)


def _standing(edits: Sequence[Edit]) -> list[Edit]:
    """Those that nobody took back, and undos of what was decided before them."""
    here, undone = {edit.id for edit in edits}, {e.item for e in edits if e.action is Action.UNDO}
    stand = {edit.id for edit in in_force(edits)}
    return [
        edit
        for edit in edits
        if edit.id in stand
        or (edit.action is Action.UNDO and edit.item not in here and edit.id not in undone)
    ]


def _deeds(
    case: Case, edits: Sequence[Edit], every: Sequence[Edit], *, person: Person, names: Names
) -> Iterator[Deed]:
    """The latest first: decisions on items by what was done, then each of the others."""
    on_claims: dict[tuple[Action, str], list[Edit]] = {}
    for edit in edits:
        if edit.kind in _NOUNS or edit.action is Action.UNDO:
            on_claims.setdefault((edit.action, edit.kind), []).append(edit)
    for (action, kind), alike in on_claims.items():
        yield _on_claims(case, action, kind, alike, names)
    states: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.action is Action.ARTICLE_STATE:
            states.setdefault(str(edit.change.get("state", "")), []).append(edit)
    for state, alike in states.items():
        yield _on_articles(state, alike, names)
    named = [edit for edit in edits if edit.kind in NAMED]
    told = told_in_words(names.record, named, every) if named else {}
    for edit in named:
        address = f"/{edit.kind}/{edit.item}"
        yield Deed(what=told[edit.id], address=address, reason=edit.reason)
    sheet = [edit for edit in edits if edit.kind == NEGOTIATION]
    if sheet:
        yield from _on_sheet(case, sheet, person)


def _on_claims(case: Case, action: Action, kind: str, alike: Sequence[Edit], names: Names) -> Deed:
    if action is Action.UNDO:
        about = [made for edit in alike if (made := case.store.edit(edit.item)) is not None]
        noun = "decision"
        what = f"took back {counted(len(alike), 'earlier decision')}"
    else:
        about, noun = list(alike), _NOUNS[ClaimKind(kind)]
        what = f"{_DONE.get(action, action.value)} {counted(len(alike), noun)}"
    places = [words for edit in about if (words := _words(edit)) is not None]
    shown = tuple(_short(words, names) for words in places[:MOST_WORDS])
    reasons = {edit.reason for edit in alike}
    return Deed(
        what=what,
        words=shown,
        more=len(alike) - len(shown) if shown else 0,
        reason=squeeze(alike[0].reason) if len(reasons) == 1 and alike[0].reason else None,
    )


def _words(edit: Edit) -> Evidence | None:
    at = edit.anchor
    if at is None:
        return None
    return Evidence(article=at.article, start=at.start, end=at.start + len(at.quote), quote=at.quote)


def _short(words: Evidence, names: Names) -> Quoted:
    return quoted(words, names, most=_LONGEST)


def _on_articles(state: str, alike: Sequence[Edit], names: Names) -> Deed:
    told = "; ".join(names.short_source(edit.item) for edit in alike[:MOST_WORDS])
    left = len(alike) - MOST_WORDS
    more = f" and {left} more" if left > 0 else ""
    return Deed(
        what=f"marked {counted(len(alike), 'article')} as {state}: {told}{more}",
        address=f"/articles/{alike[0].item}" if len(alike) == 1 else f"/articles?state={state}",
    )


def _on_sheet(case: Case, edits: Sequence[Edit], person: Person) -> Iterator[Deed]:
    try:
        talks = open_sheet(case).negotiation
    except DetenteError:  # it is broken or not there now; that it was changed is told all the same
        yield Deed(what="changed what could hold", address="/outcomes/history")
        return
    for change in sheet_changes(list(reversed(edits)), talks, person):
        more = f"; and {change.more} more" if change.more else ""
        yield Deed(
            what=f"changed what could hold: {'; '.join(change.lines)}{more}",
            address="/outcomes/history",
            reason=change.reason,
        )
