"""What the words around a name say of a person: the office held, and whom its holder speaks for.

Law: a minister, president or ambassador speaks for the state, a spokesman or director for the body,
an analyst, professor or reporter for nobody at the table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.lexicon import country_by_name, role_words
from detente.reading.roll import Noted, Roll
from detente.vocabulary import PartyKind

_LEFT: Final = 16
_RIGHT: Final = 24
_LEFT_POS: Final = frozenset({"PROPN", "NOUN", "ADJ", "ADP", "PART", "DET", "CCONJ", "PRON", "NUM", "X"})
_LEFT_WORDS: Final = frozenset({"(", ")", "-", "'s", "'", "to", "of", "for", "&", "/"})
_TO: Final = frozenset({"to", "for", "with", "on"})
_PREPOSITIONS: Final = frozenset({"of", "for", "to", "on", "at", "in", "and", "with", "from"})
_WORD: Final = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Office:
    """An office and whom it speaks for.

    Attributes:
        role: The words of the office.
        member_of: Canonical name of what its holder belongs to, or ``None``.
        independent: Whether its holder speaks for nobody at the table.
    """

    role: str
    member_of: str | None
    independent: bool


def office_from(
    roll: Roll, doc: Doc, name: Sequence[Token], speaks_for: str | None
) -> tuple[Office | None, Span]:
    """The office that stands before a name or in apposition after it, and the span of name and office."""
    last = name[-1]
    own = (int(name[0].idx), int(last.idx) + len(last.text))
    left, comma = _left_of(doc, name[0])
    if left:
        office = _office(roll, left, speaks_for)
        if office is not None:
            return office, (int(left[0].idx), own[1])
    right = [] if comma else _right_of(doc, last)
    if right:
        office = _office(roll, right, speaks_for)
        if office is not None:
            end = right[-1].idx + len(right[-1].text)
            return office, (own[0], end)
    if speaks_for:
        return Office(role="", member_of=speaks_for, independent=False), own
    return None, own


def _left_of(doc: Doc, first: Token) -> tuple[list[Token], bool]:
    """The words of an office right before a name, one comma right before it passed over."""
    at = first.i - 1
    comma = at >= 0 and doc[at].text == "," and not first.is_sent_start
    if comma:
        at -= 1
    found: list[Token] = []
    office = False
    while at >= 0 and len(found) < _LEFT:
        token = doc[at]
        if not _before_name(doc, token, office=office, comma=comma):
            break
        found.append(token)
        office = office or _use_of(token.lower_) is not None
        if token.is_sent_start or (token.pos_ in {"DET", "PRON"} and not (comma and _within(doc, at))):
            break
        at -= 1
    found.reverse()
    while found and (found[0].pos_ in {"ADP", "CCONJ", "PART"} or found[0].text in _LEFT_WORDS):
        found = found[1:]
    if comma and (not _has_office(found) or (found[0].pos_ != "DET" and not _possessed(found))):
        return [], False
    return found, bool(comma and found)


def _before_name(doc: Doc, token: Token, *, office: bool, comma: bool) -> bool:
    """Whether a word can belong to the office before a name."""
    if token.is_space or not (token.pos_ in _LEFT_POS or token.text in _LEFT_WORDS):
        return False
    before = doc[token.i - 1] if token.i else None
    if token.pos_ == "ADP" or token.lower_ == "to":
        if token.lower_ not in _PREPOSITIONS or before is None:
            return False
        return not office or comma or (before.pos_ == "PROPN" and token.lower_ == "of")
    if token.pos_ == "CCONJ":
        after = doc[token.i + 1]
        if before is None or before.ent_type_ == "PERSON":
            return False
        return bool(before.text[:1].isupper() and after.text[:1].isupper())
    return not (token.ent_type_ == "PERSON" and office)


def _within(doc: Doc, at: int) -> bool:
    """Whether a determiner stands within an office ("spokesman for the ministry")."""
    return at > 0 and doc[at - 1].lower_ in {"of", "for", "at"}


def _possessed(found: Sequence[Token]) -> bool:
    """Whether an office in front of a comma has an owner ("Norway's envoy, Name", "his minister, Name")."""
    return any(
        token.text in {"'s", "'"} or token.pos_ == "PRON" or token.ent_type_ in {"NORP", "GPE"}
        for token in found
    )


def _right_of(doc: Doc, last: Token) -> list[Token]:
    """The words of an apposition after a name, up to its comma or the verb."""
    at = last.i + 1
    if at >= len(doc):
        return []
    opener = doc[at].text
    if opener not in {",", "of", "("}:
        return []
    start = at if opener == "of" else at + 1
    found: list[Token] = []
    for token in doc[start : start + _RIGHT]:
        if (
            token.is_sent_start
            or token.is_space
            or token.text in {";", ":", '"', "--", "—", ".", "?", "!", ")"}
        ):
            break
        if token.text == "," or token.lower_ in {"said", "says", "told", "added"}:
            break
        if token.pos_ in {"VERB", "AUX"} and token.tag_ not in {"VBN", "VBG"}:
            break
        if token.lower_ in {"who", "which", "that"}:
            break
        found.append(token)
    if opener == "of":
        return found
    return found if found and _has_office(found[:8]) else []


def _has_office(tokens: Sequence[Token]) -> bool:
    return any(_use_of(token.lower_) for token in tokens)


def _use_of(word: str) -> str | None:
    for use in ("expert", "office", "speaks"):
        if word in role_words(use):
            return use
    if word in {
        "democrat",
        "republican",
        "statesman",
        "strongman",
        "dictator",
        "chieftain",
        "warlord",
        "guerrilla",
    }:
        return "office"
    return None


def _office(roll: Roll, tokens: Sequence[Token], speaks_for: str | None) -> Office | None:
    """The office that some words name, or ``None`` where they name none."""
    uses = [(i, _use_of(token.lower_)) for i, token in enumerate(tokens)]
    held = [(i, use) for i, use in uses if use is not None]
    if not held:
        if tokens and tokens[0].lower_ == "of":
            owner = _nearest(_owners(roll, tokens), len(tokens))
            return Office(role="", member_of=owner, independent=False) if owner else None
        return None
    at, use = held[-1] if tokens[held[0][0]].i < tokens[0].i else held[0]
    role = " ".join(token.text for token in tokens)
    owners = _owners(roll, tokens)
    if use == "expert":
        place = _organization(roll, tokens, owners)
        return Office(role=role, member_of=place, independent=True)
    senator = speaks_for is not None and speaks_for not in country_by_name()
    if speaks_for is not None and (senator or not any(_is_state(roll, noted) for _, noted in owners)):
        return Office(role=role, member_of=speaks_for, independent=False)
    owner = _owner(roll, tokens, owners, at, use or "office")
    return Office(role=role, member_of=owner or speaks_for, independent=False)


def _owners(roll: Roll, tokens: Sequence[Token]) -> list[tuple[int, Noted]]:
    """Parties named within the words, with the place of each among them, none that the office is sent to."""
    found: list[tuple[int, Noted]] = []
    seen: set[int] = set()
    for i, token in enumerate(tokens):
        noted = roll.taken((token.idx, token.idx + len(token.text)))
        if noted is None or noted.name is None or noted.span[0] in seen:
            continue
        seen.add(noted.span[0])
        before = tokens[i - 1].lower_ if i else ""
        if before == "the" and i > 1:
            before = tokens[i - 2].lower_
        entry = roll.entries[noted.name]
        if before in _TO and entry.kind is PartyKind.STATE:
            continue
        found.append((i, noted))
    return found


def _is_state(roll: Roll, noted: Noted) -> bool:
    return noted.name is not None and roll.entries[noted.name].kind is PartyKind.STATE


def _owner(
    roll: Roll, tokens: Sequence[Token], owners: list[tuple[int, Noted]], at: int, use: str
) -> str | None:
    """Whom the holder of an office speaks for."""
    if not owners:
        return None
    words = {token.lower_ for token in tokens}
    top = words & {
        "president",
        "minister",
        "premier",
        "king",
        "ambassador",
        "secretary",
        "chancellor",
        "leader",
    }
    if use == "office" and top and "vice" not in words & {"undersecretary"}:
        states = [noted for _, noted in owners if _is_state(roll, noted)]
        if states:
            return states[0].name
    bodies = [(i, noted) for i, noted in owners if not _is_state(roll, noted)]
    return _nearest(bodies or owners, at)


def _nearest(owners: Sequence[tuple[int, Noted]], at: int) -> str | None:
    best = min(owners, key=lambda owner: abs(owner[0] - at), default=None)
    return best[1].name if best else None


def _organization(roll: Roll, tokens: Sequence[Token], owners: list[tuple[int, Noted]]) -> str | None:
    """The institution that an expert works at: after "at" or "of", in capitals."""
    for i, token in enumerate(tokens):
        if token.lower_ not in {"at", "of", "with", "for"}:
            continue
        words: list[str] = []
        for later in tokens[i + 1 :]:
            if later.text[:1].isupper() or (words and later.lower_ in {"of", "for", "and", "on", "'s"}):
                words.append(later.text)
            elif later.lower_ != "the" or words:
                break
        while words and not words[-1][:1].isupper():
            words.pop()
        if words and any(len(word) > 2 for word in words):
            name = " ".join(words).replace(" 's", "'s")
            if roll.entries.get(name) is None or roll.entries[name].kind is not PartyKind.STATE:
                roll.enter(name, PartyKind.ORGANIZATION)
                return name
    bodies = [noted.name for _, noted in owners if not _is_state(roll, noted)]
    return bodies[0] if bodies else None
