"""What a known name makes of the words after it.

"Norwegian officials" is Norway, "Norwegian army" a body of Norway's, "Norwegian exporters" a group of
its own. Law: the head of the phrase decides; a phrase that ends in an office and a name is left to the
finding of people.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from detente.reading.gazetteer import Hit
from detente.reading.lexicon import UNITED_STATES, country_by_name, role_words
from detente.reading.mentions import MentionForm
from detente.reading.roll import Roll
from detente.vocabulary import PartyKind

_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_MEDIA: Final = frozenset({"radio", "television", "newspaper", "media", "press", "news agency"})
_LONGEST: Final = 7


@dataclass(frozen=True, slots=True)
class Tail:
    """The nominal words after a name, as far as the phrase goes."""

    tokens: tuple[Token, ...]
    before_name: bool

    @property
    def words(self) -> list[str]:
        """The words in small letters."""
        return [token.lower_ for token in self.tokens]


def tail_of(doc: Doc, end: int, *, stops: frozenset[int]) -> Tail:
    """The nominal words that follow an offset; a possessive right after it is passed over.

    Args:
        doc: The parse.
        end: Where the name ends.
        stops: Offsets at which another name begins.
    """
    found: list[Token] = []
    at = bisect_left(doc, end, key=lambda token: token.idx)
    while at < len(doc) and (doc[at].text in {"'s", "'"} or (doc[at].is_space and "\n" not in doc[at].text)):
        at += 1
    for token in doc[at : at + _LONGEST]:
        if token.idx in stops or not _continues(token):
            break
        found.append(token)
    while found and found[-1].text == "-":
        found.pop()
    for i, token in enumerate(found):
        rest = found[i + 1 :]
        if rest and _is_office(token.lower_) and rest[0].pos_ == "PROPN" and not _is_role(rest[0].lower_):
            return Tail(tuple(found[: i + 1]), before_name=True)
    return Tail(tuple(found), before_name=False)


def _continues(token: Token) -> bool:
    if token.is_space:
        return False
    return (
        token.pos_ in _NOMINAL or token.text == "-" or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")
    )


def _is_office(word: str) -> bool:
    return word in role_words("office") or word in role_words("speaks") or word in role_words("expert")


def _is_role(word: str) -> bool:
    return _is_office(word) or any(word in role_words(use) for use in ("state", "crowd", "body"))


def note_phrases(roll: Roll, doc: Doc, hits: Sequence[Hit]) -> None:
    """Notes every known name with what the words after it make of it."""
    stops = frozenset(hit.start for hit in hits)
    shared: Hit | None = None
    for hit in reversed(hits):
        if roll.taken((hit.start, hit.end)):
            shared = None
            continue
        follower = shared if shared is not None and _joined(roll.text, hit, shared) else None
        _note_hit(roll, doc, hit, stops, follower)
        shared = hit


def _joined(text: str, one: Hit, other: Hit) -> bool:
    between = text[one.end : other.start].strip()
    return between in {"and", "or", ",", ", and", "-", "/"} and one.known.how is not MentionForm.BODY


def _note_hit(roll: Roll, doc: Doc, hit: Hit, stops: frozenset[int], follower: Hit | None) -> None:
    owner = roll.enter_known(hit.known.name)
    tail = tail_of(doc, hit.end, stops=stops)
    if not tail.tokens and follower is not None:
        tail = tail_of(doc, follower.end, stops=stops)
        name = _made(roll, owner.name, tail)
        roll.note((hit.start, hit.end), name or owner.name, hit.known.how)
        return
    if hit.place:
        return
    end, name = _reach(roll, owner.name, hit.end, tail)
    how = hit.known.how
    if name != owner.name:
        how = MentionForm.BODY
    roll.note((hit.start, end), name, how)


def _made(roll: Roll, owner: str, tail: Tail) -> str | None:
    """The party that an owner's tail names, or ``None`` where the tail names nobody."""
    return _reach(roll, owner, -1, tail)[1] if tail.tokens else None


def _reach(roll: Roll, owner: str, end: int, tail: Tail) -> tuple[int, str]:
    """How far the mention goes, and whom it names."""
    words = tail.words
    body_at = _body_end(words)
    name, reach = owner, end
    if body_at is not None:
        name = _enter_body(roll, owner, tail.tokens[: body_at + 1])
        reach = _end(tail.tokens[body_at])
        name, reach = _with_seat(roll, name, tail.tokens[body_at], reach)
    if tail.before_name or not words:
        return reach, name
    head = words[-1]
    if head in role_words("state") and not _is_office(head):
        return _end(tail.tokens[-1]), name
    if head in role_words("crowd") and body_at != len(words) - 1:
        return _end(tail.tokens[-1]), _enter_crowd(roll, name, tail.tokens)
    inner = [i for i, word in enumerate(words) if word in role_words("state") and not _is_office(word)]
    if inner and body_at is None:
        return _end(tail.tokens[inner[-1]]), name
    return reach, name


def _with_seat(roll: Roll, name: str, body: Token, reach: int) -> tuple[str, int]:
    """An embassy together with the city it is in."""
    if body.lower_ not in {"embassy", "consulate"} or body.i + 2 >= len(body.doc):
        return name, reach
    preposition, city = body.doc[body.i + 1], body.doc[body.i + 2]
    if preposition.lower_ != "in" or not city.text[:1].isupper():
        return name, reach
    entry = roll.entries.pop(name)
    full = f"{name} in {city.text}"
    roll.enter(full, entry.kind, member_of=entry.member_of)
    return full, _end(city)


def _end(token: Token) -> int:
    return int(token.idx) + len(token.text)


def _body_end(words: Sequence[str]) -> int | None:
    """The place of the last word that makes the phrase a body, two words before one."""
    known = role_words("body")
    found = None
    for i, word in enumerate(words):
        if word in known or (i and f"{words[i - 1]} {word}" in known):
            found = i
    return found


def _enter_body(roll: Roll, owner: str, tokens: Sequence[Token]) -> str:
    country = country_by_name().get(owner)
    if country is None:
        return owner
    head = tokens[-1].lower_
    words = "".join(token.text + token.whitespace_ for token in tokens).split()
    if head in {"soldiers", "troops", "forces"} and len(words) == 1:
        words = ["military"]
    long = len(words) > 2 and tokens[0].i and tokens[0].nbor(-1).text == "'s"
    name = f"{country.name}'s {' '.join(words)}" if long else f"{country.adjective} {' '.join(words)}"
    if name == "U.S. Pentagon":
        name = "Pentagon"
    media = head in _MEDIA or " ".join(words[-2:]).lower() in _MEDIA
    kind = PartyKind.ORGANIZATION if media else PartyKind.GOVERNMENT_BODY
    official = not media or any(word in {"state", "official", "state-run"} for word in words)
    roll.enter(name, kind, member_of=owner if official else None)
    return name


def _enter_crowd(roll: Roll, owner: str, tokens: Sequence[Token]) -> str:
    entry = roll.entries[owner]
    head = tokens[-1].lower_
    if entry.kind is not PartyKind.STATE:
        return owner
    country = country_by_name().get(owner)
    if country is None or head in {
        "leaders",
        "diplomats",
        "negotiators",
        "delegates",
        "aides",
        "sides",
        "mediators",
    }:
        return owner
    words = " ".join(token.text for token in tokens).replace(" - ", "-")
    kind = PartyKind.ARMED_GROUP if head in role_words("armed") else PartyKind.ORGANIZATION
    name = f"{country.adjective} {words}"
    inside = owner if head in {"lawmakers", "legislators", "senators", "congressmen"} else None
    if owner == UNITED_STATES and head in {"senators"}:
        return roll.enter_known("U.S. Senate").name
    roll.enter(name, kind, member_of=inside)
    return name
