"""Who holds an office: "the Norwegian mediator", "the Foreign Secretary", "the spokesman, Lars Dahl".

Law: one holder or nobody; a deputy is not the minister, and one ministry's is not another's.
"""

from typing import Final

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.lexicon import role_words, titles
from detente.reading.mentions import MentionForm
from detente.reading.roll import Entry, Roll
from detente.vocabulary import PartyKind

_TOP: Final = frozenset({"president", "prime", "premier", "king", "leader", "chancellor"})
_OWN: Final = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "predet", "quantmod"})


def phrase_span(token: Token) -> Span:
    """From the first word of a noun's own phrase to the noun: determiner, adjectives, compounds."""
    first = token
    for child in token.lefts:
        if child.dep_ in _OWN and child.left_edge.i < first.i:
            first = child.left_edge
    return int(first.idx), int(token.idx) + len(token.text)


def holder(roll: Roll, token: Token, owner: Entry) -> Entry | None:
    """The one person already known to hold an office of a party ("the Norwegian mediator")."""
    word = token.lower_
    if word not in role_words("office") and word not in role_words("speaks"):
        return None
    fits = [
        entry
        for entry in roll.entries.values()
        if entry.kind is PartyKind.PERSON
        and entry.role
        and holds(word, entry.role)
        and roll.camp(entry.name) == roll.camp(owner.name)
        and same_rank(token, entry.role)
    ]
    return fits[0] if len(fits) == 1 else None


def holds(word: str, role: str) -> bool:
    """Whether somebody of a role can be called by a word: a president is a leader."""
    held = set(role.lower().replace(",", " ").split())
    return word in held or (word == "leader" and bool(held & _TOP))


def same_rank(token: Token, role: str) -> bool:
    """Whether both are deputies or neither is, and no other ministry's."""
    lower = role.lower().split()
    own = {child.lower_ for child in token.lefts}
    junior = {"deputy", "vice", "assistant", "former"}
    if bool(junior & set(lower)) != bool(junior & own):
        return False
    which = {"foreign", "prime", "defense", "defence", "interior", "finance", "trade"}
    return which & own <= set(lower)


def speaks_for(roll: Roll, token: Token) -> str | None:
    """Whom an office speaks for where its words alone tell: "the Foreign Secretary"."""
    words = roll.words(phrase_span(token))
    for title in titles():
        if title.speaks_for is not None and words.lower().endswith(title.word.lower()) and " " in title.word:
            return roll.enter_known(title.speaks_for).name
    return None


def only_holder(roll: Roll, token: Token) -> str | None:
    """The one person of the article who holds an office ("the Foreign Secretary", named only later)."""
    fits = [
        entry.name
        for entry in roll.entries.values()
        if entry.kind is PartyKind.PERSON
        and entry.role
        and holds(token.lower_, entry.role)
        and same_rank(token, entry.role)
    ]
    return fits[0] if len(fits) == 1 else None


def take_office(roll: Roll, token: Token, person: Entry) -> None:
    """Gives "the spokesman, Lars Dahl" what "a spokesman for the ministry" spoke for before."""
    if person.member_of or person.independent:
        return
    for noted in roll.before(int(token.idx)):
        if noted.name is None or noted.form is not MentionForm.TITLE:
            continue
        if roll.words(noted.span).lower().endswith(token.lower_) and noted.name != person.name:
            if roll.entries[noted.name].kind is not PartyKind.PERSON:
                person.member_of = noted.name
            return
