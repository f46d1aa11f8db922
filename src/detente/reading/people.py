"""People by name: with title and affiliation at first, by surname later.

Law: a short form that fits two people names neither; both are listed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.affiliation import Office, office_from
from detente.reading.lexicon import Leader, leaders, role_words, titles
from detente.reading.mentions import MentionForm
from detente.reading.roll import Entry, Roll
from detente.reading.sentences import text_of
from detente.vocabulary import PartyKind

_PARTICLE: Final = frozenset(
    {"al", "el", "de", "da", "la", "bin", "ibn", "van", "von", "der", "di", "del", "abu", "ben"}
)
_RANKS: Final = frozenset(
    {"Foreign", "Prime", "Vice", "Deputy", "Defense", "Defence", "Interior", "Assistant", "Supreme"}
)
_NOT_NAMES: Final = re.compile(r"^(?:Mr|Mrs|Ms|Dr|U\.S|The|A|An)\.?$")
_ORGANIZED: Final = re.compile(
    r"\b(?:Ltd|Inc|Corp|Co|Group|Institute|University|Council|Party|Front|Army|Committee|Ministry|Times|Post"
    r"|Street|House|Agency|Treaty|Accord|Agreement|Administration|Center|Centre|Association)\b"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name where it stands, with the words around that tell who it is."""

    tokens: tuple[Token, ...]
    title: str | None
    pronoun: str | None
    office: Office | None
    whole: Span

    @property
    def span(self) -> Span:
        """The name alone, no title."""
        last = self.tokens[-1]
        return self.tokens[0].idx, last.idx + len(last.text)

    @property
    def words(self) -> tuple[str, ...]:
        """The parts of the name."""
        return tuple(token.text for token in self.tokens)


def note_people(roll: Roll, doc: Doc, year: int | None = None) -> None:
    """Notes everybody named, full names first, then the short forms that fit one of them.

    Args:
        roll: Where they are noted.
        doc: The parse.
        year: The article's, by which a leader known by surname alone is told; ``None`` where not known.
    """
    people = [person for person in _people(roll, doc) if not roll.taken(person.span)]
    full = [person for person in people if _is_full(person)]
    for person in full:
        _note_full(roll, person)
    for person in people:
        if not _is_full(person):
            _note_short(roll, person, year)
    _note_bare_surnames(roll, doc)


def _note_bare_surnames(roll: Roll, doc: Doc) -> None:
    """Notes the surnames of people already known where the parser missed them."""
    surnames: dict[str, list[str]] = {}
    for entry in _persons(roll):
        if len(entry.name.split()) > 1 or entry.role:
            surnames.setdefault(entry.name.split()[-1], []).append(entry.name)
    for token in doc:
        names = surnames.get(token.text)
        span = (token.idx, token.idx + len(token.text))
        if names is None or len(token.text) < 3 or roll.taken(span):
            continue
        one = names[0] if len(names) == 1 else None
        if one is not None:
            _describe_again(roll, doc, token, roll.entries[one])
        roll.note(span, one, MentionForm.SHORT, candidates=() if one else tuple(names))


def _describe_again(roll: Roll, doc: Doc, last: Token, entry: Entry) -> None:
    """Reads the office beside a full name that the parser did not take for a name."""
    first = last.i - len(entry.name.split()) + 1
    if entry.role or entry.member_of or first < 0 or first == last.i:
        return
    tokens = list(doc[first : last.i + 1])
    if " ".join(token.text for token in tokens) != entry.name:
        return
    title, pronoun, speaks_for = _title_before(tokens[0])
    office, whole = office_from(roll, doc, tokens, speaks_for)
    _describe(roll, entry, Person(tuple(tokens), title, pronoun, office, whole))


def _shouted(doc: Doc, offset: int) -> bool:
    """Whether a headline holds the offset: a line without an end, in which names look like words."""
    text = text_of(doc)
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)].strip()
    return start < 400 and not line.endswith((".", '"', "?", "!", ",", ";")) and len(line) < 150


def _is_full(person: Person) -> bool:
    return len(_written(person).split()) > 1


def _written(person: Person) -> str:
    """The name as written, without space around hyphens."""
    text = "".join(token.text + token.whitespace_ for token in person.tokens)
    return re.sub(r"[\[\]]", "", text).strip()


def _people(roll: Roll, doc: Doc) -> Iterator[Person]:
    """Names that the parser's entities or a title before them show to be a person's."""
    seen: set[int] = set()
    for tokens in sorted(_name_runs(doc), key=lambda run: run[0].i):
        if tokens[0].i in seen or _ORGANIZED.search(" ".join(t.text for t in tokens)):
            continue
        seen |= {token.i for token in tokens}
        if _modifies(tokens[-1]):
            continue
        title, pronoun, speaks_for = _title_before(tokens[0])
        office, whole = office_from(roll, doc, tokens, speaks_for)
        yield Person(tuple(tokens), title, pronoun, office, whole)


def _modifies(last: Token) -> bool:
    """Whether a name only says which: "the Halonen government", "the Kaleva newspaper"."""
    doc = last.doc
    if last.i + 1 >= len(doc) or last.dep_ not in {"compound", "nmod", "amod"}:
        return False
    return doc[last.i + 1].pos_ == "NOUN" and not doc[last.i + 1].is_sent_start


def _name_runs(doc: Doc) -> Iterator[list[Token]]:
    for entity in doc.ents:
        if entity.label_ == "PERSON" and not _shouted(doc, entity.start_char):
            run = _trim(_hyphened(doc, [token for token in entity if not token.is_space]))
            if run:
                yield run
    for token in doc:
        if token.i + 2 < len(doc) and _titled(token):
            run = _run_from(doc, token.i + 1)
            if not run and doc[token.i + 1].text == "," and token.text[:1].isupper():
                run = _run_from(doc, token.i + 2)
                run = run if len(run) > 1 else []
            if run:
                yield run


def _hyphened(doc: Doc, run: list[Token]) -> list[Token]:
    """With the parts that hyphens tie to a name's end."""
    at = run[-1].i + 1 if run else len(doc)
    while at + 1 < len(doc) and doc[at].text == "-" and not run[-1].whitespace_ and not doc[at].whitespace_:
        run = [*run, doc[at], doc[at + 1]]
        at += 2
    return run


def _trim(run: list[Token]) -> list[Token]:
    """Without titles before, possessives after, and anything that is no name."""
    while run and (run[0].text in _title_words() or not run[0].text[:1].isupper()):
        if run[0].lower_ in _PARTICLE:
            break
        run = run[1:]
    while len(run) > 1 and (_is_role_word(run[0].lower_) or run[0].text in _RANKS):
        run = run[1:]
    while run and (run[-1].text in {"'s", "'"} or not run[-1].text[:1].isupper()):
        if len(run) > 2 and run[-2].text == "-" and run[-1].is_alpha:
            break
        run = run[:-1]
    if not run or any("\n" in token.text or _NOT_NAMES.match(token.text) for token in run):
        return []
    return run if len(run) <= 6 and not _is_role_word(run[-1].lower_) else []


def _is_role_word(word: str) -> bool:
    return any(word in role_words(use) for use in ("state", "office", "speaks", "expert", "crowd", "body"))


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    return frozenset(title.word for title in titles())


@lru_cache(maxsize=1)
def _office_words() -> frozenset[str]:
    return role_words("office") | role_words("speaks") | role_words("expert")


def _titled(token: Token) -> bool:
    return token.text in _title_words() or token.lower_ in _office_words()


def _run_from(doc: Doc, at: int) -> list[Token]:
    """The capitalized words from a place on, initials and particles included."""
    run: list[Token] = []
    for token in doc[at : at + 6]:
        joined = token.text == "-" and run and not run[-1].whitespace_
        particle = token.lower_ in _PARTICLE
        named = token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "VERB"}
        if not (joined or particle or named) or (token.is_sent_start and run):
            break
        if token.ent_type_ in {"GPE", "NORP", "DATE"} and not run:
            break
        run.append(token)
    return _trim(run)


def _title_before(first: Token) -> tuple[str | None, str | None, str | None]:
    """The form of address or telling office before a name, its pronoun, and whom its holder speaks for."""
    doc = first.doc
    before = doc[max(0, first.i - 5) : first.i].text.replace(" ,", ",").rstrip(", ")
    title, pronoun, speaks_for = None, None, None
    for known in titles():
        if before == known.word or before.endswith((" " + known.word, "." + known.word)):
            title = title or known.word
            pronoun = pronoun or known.pronoun
            speaks_for = speaks_for or known.speaks_for
    return title, pronoun, speaks_for


def _note_full(roll: Roll, person: Person) -> None:
    name = _written(person).replace(" - ", "-")
    known = [entry for entry in _persons(roll) if _fits(name, entry.name)]
    if len(known) == 1:
        entry = known[0]
        if len(name) > len(entry.name) and entry.name.split()[-1] == name.split()[-1]:
            entry.aliases.setdefault(name)
    else:
        entry = roll.enter(name, PartyKind.PERSON)
    _describe(roll, entry, person)
    country = next((leader.country for leader in leaders() if leader.name == entry.name), None)
    if country is not None and not entry.independent:
        entry.member_of = entry.member_of or roll.enter_known(country).name
    roll.note(person.span, entry.name, MentionForm.NAME)


def _note_short(roll: Roll, person: Person, year: int | None) -> None:
    name = _written(person)
    fits = [entry for entry in _persons(roll) if _fits(name, entry.name)]
    last = [entry for entry in fits if entry.name.split()[-1].casefold() == name.casefold()]
    fits = last or fits
    if len(fits) > 1:
        names = tuple(entry.name for entry in fits)
        roll.note(person.span, None, MentionForm.SHORT, candidates=names)
        return
    entry = fits[0] if fits else _enter_surname(roll, person, name, year)
    if entry is None:
        return
    _describe(roll, entry, person)
    roll.note(person.span, entry.name, MentionForm.SHORT)


def _enter_surname(roll: Roll, person: Person, name: str, year: int | None) -> Entry | None:
    """Somebody known by surname alone: a leader of the time, or one named in full elsewhere."""
    known = [leader for leader in leaders() if name.casefold() == _surname(leader).casefold()]
    if person.office is not None and person.office.member_of:
        known = [leader for leader in known if leader.country == roll.camp(person.office.member_of)]
    timely = [leader for leader in known if year is None or leader.since - 1 <= year <= leader.until + 1]
    if timely:
        country = timely[0].country
        one = len(timely) == 1
        entry = roll.enter(timely[0].name if one else f"President {name}", PartyKind.PERSON)
        entry.role = entry.role or "leader"
        if all(leader.country == country for leader in timely):
            entry.member_of = entry.member_of or roll.enter_known(country).name
        return entry
    first = re.search(rf"\b([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ]\.)?) {re.escape(name)}\b", roll.text)
    if first and not _is_role_word(first[1].lower()) and first[1] not in _title_words():
        return roll.enter(f"{first[1]} {name}", PartyKind.PERSON)
    if person.title or person.office:
        return roll.enter(name, PartyKind.PERSON)
    return None


def _surname(leader: Leader) -> str:
    """The part of a leader's name that papers use alone: the first in East Asia."""
    parts = leader.name.split()
    first = leader.country in {"China", "North Korea", "South Korea", "Vietnam", "Taiwan"}
    return parts[0] if first else parts[-1]


def _persons(roll: Roll) -> list[Entry]:
    return [entry for entry in roll.entries.values() if entry.kind is PartyKind.PERSON]


def _fits(name: str, known: str) -> bool:
    """Whether a name can be another's: equal, or its words in order at the other's start or end."""
    one, other = name.casefold().split(), known.casefold().split()
    if not one or not other:
        return False
    if one == other:
        return True
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(one) == len(other):
        return False
    if len(short) == 1:
        return short[0] in {long[-1], long[0]} or (short[0] == long[-1].split("-")[-1] and len(short[0]) > 4)
    return short[0] == long[0] and short[-1] == long[-1]


def _describe(roll: Roll, entry: Entry, person: Person) -> None:
    """Adds what the words around a name tell of the person."""
    entry.pronoun = entry.pronoun or person.pronoun
    if person.title:
        entry.aliases.setdefault(f"{person.title} {_written(person)}")
    if person.whole != person.span:
        entry.aliases.setdefault(roll.words(person.whole))
    office = person.office
    if office is None:
        return
    entry.role = entry.role or office.role
    entry.independent = entry.independent or office.independent
    if office.member_of and office.member_of != entry.name:
        entry.member_of = entry.member_of or roll.enter_known(office.member_of).name


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token that covers an offset, or the next one."""
    at = bisect_left(doc, offset + 1, key=lambda token: token.idx) - 1
    return doc[at] if 0 <= at < len(doc) else None


def tokens_between(doc: Doc, span: Span) -> Sequence[Token]:
    """The tokens that begin within a span."""
    first = bisect_left(doc, span[0], key=lambda token: token.idx)
    last = bisect_left(doc, span[1], key=lambda token: token.idx)
    return list(doc[first:last])
