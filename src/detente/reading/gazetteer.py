"""Names known to everybody (states, capitals, peoples, bodies, groups) found in a text.

Law: names are matched whole and longest first; a capital after "in", "at" or "near" is a place and no party.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from detente.reading.lexicon import bodies, countries, rows
from detente.reading.mentions import MentionForm
from detente.vocabulary import PartyKind

_START: Final = re.compile(r"(?<![\w@/])(?:[A-ZÀ-Þ0-9]|al\b|the\b)\w*")
_FIRST: Final = re.compile(r"\w+")
_PLACE: Final = re.compile(
    r"(?:\b(?:in|at|near|outside|around|throughout|across)|\banti-?|\bpro-?|\bnon-?)\s*$", re.I
)
_AGAINST: Final = re.compile(r"\b(?:anti|pro|non|ex)-$", re.I)
_HALF: Final = re.compile(r"\b[Tt]he (North|South)(?=['’]s\b|[ ,.](?![A-Z]))")
_NO_HALVES: Final = frozenset({"South Africa", "North Macedonia"})
_DATELINE: Final = re.compile(r"(?:^|\n)[ \t]*$")
_AFTER_DATELINE: Final = re.compile(r"\s*(?:,[^\n]{0,30})?\s*(?:--|-|—|–|\(\w+\))\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One form of a known name.

    Attributes:
        form: As written.
        name: Canonical name of the party.
        kind: What the party is.
        how: Whether the form is a name, a demonym, a capital or a body's name.
    """

    form: str
    name: str
    kind: PartyKind
    how: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A known name in a text.

    Attributes:
        start: First character.
        end: After the last character.
        known: What is known of it.
        place: A capital that is only a place here, or a dateline's.
    """

    start: int
    end: int
    known: Known
    place: bool = False


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[Known, ...]]:
    """Known forms by their first word in small letters, the longest first."""
    found: dict[str, list[Known]] = {}

    def add(form: str, name: str, kind: PartyKind, how: MentionForm) -> None:
        bare = form.removeprefix("the ") if form != "the House" else form
        first = _FIRST.search(bare)
        if first is not None and first.start() == 0:
            found.setdefault(first[0].lower(), []).append(Known(form=bare, name=name, kind=kind, how=how))

    for country in countries():
        for form in (country.name, *country.others):
            add(form, country.name, PartyKind.STATE, MentionForm.NAME)
        for form in country.people:
            add(form, country.name, PartyKind.STATE, MentionForm.DEMONYM)
        for form in (*country.capitals, *country.seats):
            add(form, country.name, PartyKind.STATE, MentionForm.CAPITAL)
    add("U S", "United States", PartyKind.STATE, MentionForm.NAME)
    add("US", "United States", PartyKind.STATE, MentionForm.NAME)
    for body in bodies():
        for form in (body.name, *body.others):
            add(form, body.name, body.kind, MentionForm.BODY)
    for row in rows("places.tsv"):
        add(row[0], "", PartyKind.STATE, MentionForm.NAME)
    return {key: tuple(sorted(known, key=lambda k: -len(k.form))) for key, known in found.items()}


def find_names(text: str, *, stripped: bool = False) -> list[Hit]:
    """Known names in a text, in order, none within another.

    Args:
        text: The text.
        stripped: Whether its apostrophes are lost, so that "Irans" is "Iran's".

    >>> [hit.known.name for hit in find_names("Tehran and the U.S. met NATO.")]
    ['Iran', 'United States', 'NATO']
    """
    return list(_hits(text, stripped))


def _hits(text: str, stripped: bool) -> Iterator[Hit]:
    index = _index()
    at = 0
    while (found := _START.search(text, at)) is not None:
        start = found.start()
        at = found.end()
        key = _key(text, start)
        for known in index.get(key) or (index.get(key[:-1], ()) if stripped else ()):
            end = start + len(known.form)
            if not _same(text[start:end], known.form) or not _whole(text, end, stripped):
                continue
            if _AGAINST.search(text[max(0, start - 6) : start]):
                break
            at = end
            if not known.name:
                break
            place = known.how is MentionForm.CAPITAL and _is_place(text, start, end)
            yield Hit(start=start, end=end, known=known, place=place)
            break


def halves(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Hits for "the North" and "the South" of a country that the text names in full.

    >>> text = "North Korea spoke. The North said no."
    >>> [hit.known.name for hit in halves(text, find_names(text))]
    ['North Korea']
    """
    named = {hit.known.name for hit in hits}
    found: list[Hit] = []
    for half in _HALF.finditer(text):
        whole = [name for name in named if name.startswith(half[1] + " ") and name not in _NO_HALVES]
        if len(whole) == 1:
            known = Known(form=half[1], name=whole[0], kind=PartyKind.STATE, how=MentionForm.NAME)
            found.append(Hit(start=half.start(1), end=half.end(1), known=known))
    return found


def _key(text: str, start: int) -> str:
    first = _FIRST.match(text, start)
    return first[0].lower() if first else ""


def _same(surface: str, form: str) -> bool:
    """Whether the words are the form: as written, or a longer name in capitals or small letters within."""
    if surface == form:
        return True
    return len(form) > 3 and surface[:1].isupper() and surface.casefold() == form.casefold()


def _whole(text: str, end: int, stripped: bool) -> bool:
    """Whether the name ends where a word ends."""
    after = text[end : end + 1]
    if stripped and after == "s":
        after = text[end + 1 : end + 2]
    return not (after.isalnum() or after == "_") or text[end - 1 : end] == "."


def _is_place(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 14) : start]
    if _PLACE.search(before):
        return True
    return bool(_DATELINE.search(before) and _AFTER_DATELINE.match(text, end))
