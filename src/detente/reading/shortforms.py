"""Organizations by name, and the short forms that a text gives them: "the Free Lake Front (FLF)".

Law: a short form stands for the one long form it was given with; a spelling near a known name's is
that name's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from detente.evidence import Span
from detente.reading.gazetteer import Hit, Known
from detente.reading.lexicon import bodies, body_by_name
from detente.reading.mentions import MentionForm
from detente.reading.roll import Roll
from detente.vocabulary import PartyKind

_CAP: Final = r"(?:(?!(?:The|A|An|In)\b)[A-ZÀ-Þ][\w'’]{0,30}(?:-[\w'’]{1,30}){0,3})"
# Lengths are bounded, so that no text however odd is searched for long.
_LONG: Final = rf"(?<!\w){_CAP}(?:[ -](?:of|for|the|de|del|and|to|in|e|al|y|&|{_CAP})){{0,7}}[ -]{_CAP}"
_GIVEN: Final = re.compile(
    rf"({_LONG})(?:'s)? ?(?:\(|, (?:or|also known as|known as) (?:the )?)"
    rf"([A-Z][A-Za-z.&-]{{1,9}}[A-Z.])\b\)?"
)
_REVERSED: Final = re.compile(rf"\b([A-Z]{{2,8}}) \((?:the )?({_LONG})\)")
_NAMED: Final = re.compile(
    rf"\b({_CAP}(?:[ -](?:of|for|the|de|del|and|{_CAP})){{0,7}}[ -]"
    r"(?:Front|Army|Party|Movement|Brigade|Brigades|League|Union|Council|Committee|Institute|University"
    r"|Association|Federation|Alliance|Group|Organization|Organisation|Society|Foundation|Company|Corp|Inc|Co"
    r"|Ltd|Bank|Center|Centre|Times|Post|Tribune|Journal|Study Group|Agency|Service)"
    rf"(?: (?:of|for) (?:the )?{_CAP}(?: {_CAP}){{0,5}})?)\b"
)
_COMPANY: Final = re.compile(r"(?: (?:Ltd|Inc|Corp|Co|Company))+$")
_LED: Final = re.compile(
    r"(?:(?:Deputy|Vice|Former) )?(?:Chairman|President|Director|Head|Secretary|Leader|Chief)[\w ]*? of the "
)
_ARMED: Final = re.compile(
    r"\b(?:Army|Brigades?|Liberation Front|Tigers|Guerrillas?|Militia|Mujah[ie]d\w+)\b"
)
# Nearer than this many points of a hundred, two spellings of four words or of twelve letters are one name's.
_NEAR: Final = 86
_APART: Final = re.compile(r"[ -]+")


@dataclass(frozen=True, slots=True)
class Given:
    """A long form and the short one that the text gives it."""

    long_span: Span
    long: str
    short_span: Span
    short: str


def note_organizations(roll: Roll, text: str, hits: list[Hit]) -> None:
    """Notes organizations by their long names, and adds their short forms to the hits, in order."""
    short: dict[str, tuple[str, PartyKind]] = {}
    given = [Given(found.span(1), found[1], found.span(2), found[2]) for found in _GIVEN.finditer(text)]
    given += [Given(found.span(2), found[2], found.span(1), found[1]) for found in _REVERSED.finditer(text)]
    for pair in given:
        _learn(roll, hits, short, pair)
    for form, (name, kind) in short.items():
        for again in re.finditer(rf"\b{re.escape(form)}\b", text):
            if not any(hit.start <= again.start() < hit.end for hit in hits):
                known = Known(form=form, name=name, kind=kind, how=MentionForm.BODY)
                hits.append(Hit(start=again.start(), end=again.end(), known=known))
    for found in _NAMED.finditer(text):
        _note_long(roll, hits, found.span(1), found[1])
    hits.sort(key=lambda hit: hit.start)


def _learn(roll: Roll, hits: list[Hit], short: dict[str, tuple[str, PartyKind]], given: Given) -> None:
    """Learns a short form together with its long one, whichever of the two is known already."""
    known = _hit_at(hits, given.short_span) or _hit_at(hits, given.long_span, whole=True)
    if known is not None and known.known.kind is PartyKind.STATE:
        return
    if known is None and not _abbreviates(given.short, given.long):
        return
    name = known.known.name if known else nearest_body(given.long) or given.long
    body = body_by_name().get(name)
    kind = body.kind if body else known.known.kind if known else _kind_of(given.long)
    entry = roll.enter(name, kind, member_of=body.member_of if body else None)
    entry.aliases.setdefault(roll.words(given.long_span))
    entry.aliases.setdefault(given.short)
    short[given.short] = (name, entry.kind)
    if _hit_at(hits, given.long_span) is None:
        learned = Known(form=given.long, name=name, kind=entry.kind, how=MentionForm.BODY)
        hits.append(Hit(start=given.long_span[0], end=given.long_span[1], known=learned))


def _hit_at(hits: Sequence[Hit], span: Span, *, whole: bool = False) -> Hit | None:
    shared = (hit for hit in hits if hit.start < span[1] and hit.end > span[0])
    return next((hit for hit in shared if not whole or hit.end - hit.start > (span[1] - span[0]) * 0.7), None)


def _abbreviates(form: str, long: str) -> bool:
    """Whether the letters of a short form stand in order at the heads of a long form's words, mostly.

    >>> _abbreviates("FLF", "Free Lake Front"), _abbreviates("FLF", "Ministry of Water")
    (True, False)
    """
    heads = [word[0].upper() for word in re.split(r"[ -]", long) if word]
    letters = [letter for letter in form.upper() if letter.isalpha()]
    at = 0
    for head in heads:
        if at < len(letters) and head == letters[at]:
            at += 1
    return at >= max(2, len(letters) - 1)


def _kind_of(long: str) -> PartyKind:
    return PartyKind.ARMED_GROUP if _ARMED.search(long) else PartyKind.ORGANIZATION


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return {
        form.casefold(): body.name
        for body in bodies()
        for form in (body.name, *body.others)
        if len(form) >= 12 and body.kind is PartyKind.ARMED_GROUP
    }


@lru_cache(maxsize=4096)
def nearest_body(name: str) -> str | None:
    """The known armed group that a name is a spelling of, or ``None``; a word less is another name.

    >>> nearest_body("Mojahedin e-Khalk"), nearest_body("People's Liberation Front")
    ('Mujahedin-e Khalq', None)
    """
    if len(name) < 12:
        return None
    as_long = [form for form in _spellings() if len(_APART.split(form)) == len(_APART.split(name))]
    best = process.extractOne(name.casefold(), as_long, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _spellings()[best[0]] if best else None


def _note_long(roll: Roll, hits: list[Hit], span: Span, long: str) -> None:
    inside = [hit for hit in hits if hit.start < span[1] and hit.end > span[0]]
    bodies_inside = [hit for hit in inside if hit.known.kind is not PartyKind.STATE]
    larger = all(hit.start == span[0] and hit.end + 9 < span[1] for hit in bodies_inside)
    if (bodies_inside and not larger) or (inside and long.endswith("Army")):
        return
    for hit in inside:
        hits.remove(hit)
    led = _LED.match(long)
    if led is not None:
        span, long = (span[0] + led.end(), span[1]), long[led.end() :]
    name = nearest_body(long) or _COMPANY.sub("", long)
    entry = roll.enter(name, _kind_of(long))
    learned = Known(form=long, name=name, kind=entry.kind, how=MentionForm.BODY)
    hits.append(Hit(start=span[0], end=span[1], known=learned))
