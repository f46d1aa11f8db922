"""Words that name somebody only by what went before: "the ministry", "the spokesman", "officials", "he".

Law: whoever fits and was named last is meant; where two fit as well, nobody is, and both are listed.
"""

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.lexicon import country_by_name, role_words
from detente.reading.mentions import MentionForm
from detente.reading.pronouns import is_pronoun, note_pronoun
from detente.reading.roll import Entry, Noted, Roll
from detente.vocabulary import PartyKind

_OWN: Final = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "predet", "quantmod"})
_OFFICIAL: Final = frozenset({"officials", "official", "government", "aides", "diplomats", "administration"})


def note_references(roll: Roll, doc: Doc, sources: Sequence[Span]) -> None:
    """Notes role words and pronouns, in order of the text.

    Args:
        roll: Where names are noted already.
        doc: The parse.
        sources: Words that the encoder marked as naming a speaker.
    """
    spoken = sorted(sources)
    for token in doc:
        span = (int(token.idx), int(token.idx) + len(token.text))
        if token.is_space or roll.taken(span):
            continue
        if is_pronoun(token):
            note_pronoun(roll, token, spoken)
        elif token.pos_ in {"NOUN", "PROPN"} and not _in_longer_name(roll, token):
            _note_role(roll, token)


def _in_longer_name(roll: Roll, token: Token) -> bool:
    """Whether the word only modifies a noun ("government policy")."""
    return (
        token.dep_ in {"compound", "nmod"}
        and token.head.i > token.i
        and not roll.taken((token.head.idx, token.head.idx + 1))
    )


def phrase_span(token: Token) -> Span:
    """From the first word of a noun's own phrase to the noun: determiner, adjectives, compounds."""
    first = token
    for child in token.lefts:
        if child.dep_ in _OWN and child.left_edge.i < first.i:
            first = child.left_edge
    return int(first.idx), int(token.idx) + len(token.text)


def _free(roll: Roll, span: Span, token: Token) -> Span:
    """The phrase, or the noun alone where a mention stands within the phrase."""
    return (int(token.idx), span[1]) if roll.taken(span) else span


def _note_role(roll: Roll, token: Token) -> None:
    """Notes a role word: by what belongs to it, else by what fits it and went before."""
    word = token.lower_
    if not _is_role(word):
        return
    span = phrase_span(token)
    whose = _whose(roll, token)
    if whose is not None:
        _note_owned(roll, token, span, whose)
        return
    definite = any(
        child.lower_ in {"the", "this", "that", "these", "those", "both", "his", "their"}
        for child in token.lefts
    )
    if word in role_words("both") and _is_both(token):
        _note_both(roll, token, span)
    elif (name := _fitting(roll, token, definite=definite)) is not None:
        roll.note(_free(roll, span, token), name, MentionForm.TITLE)
    elif word in role_words("unnamed"):
        roll.note(_free(roll, span, token), _enter_unnamed(roll, token), MentionForm.TITLE)


def _is_role(word: str) -> bool:
    uses = ("state", "office", "speaks", "expert", "crowd", "body", "armed")
    return any(word in role_words(use) for use in uses) or word in role_words("both") | role_words(
        "government"
    ) | role_words("group") | role_words("paper") | role_words("company") | role_words("unnamed")


def _whose(roll: Roll, token: Token) -> Noted | None:
    """The mention that a role word belongs to: "leaders of X", "officials at X", "X's minister"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "at", "for", "from", "in", "with"}:
            for inner in child.children:
                noted = roll.taken((inner.idx, inner.idx + 1)) if inner.dep_ == "pobj" else None
                if noted is not None and noted.name is not None and noted.form is not MentionForm.PRONOUN:
                    return noted
    for child in token.lefts:
        if child.dep_ in {"poss", "amod", "compound", "nmod"}:
            noted = roll.taken((child.idx, child.idx + 1))
            if noted is not None and noted.name is not None:
                return noted
    return None


def _note_owned(roll: Roll, token: Token, span: Span, whose: Noted) -> None:
    """Notes a role word that belongs to a party: officials of it are it, its crowd is a group of its own."""
    owner = roll.entries[whose.name or ""]
    word = token.lower_
    if word in role_words("body") and owner.kind is PartyKind.STATE:
        country = country_by_name().get(owner.name)
        adjective = country.adjective if country else owner.name
        name = f"{adjective} {_bare(roll, token)}"
        roll.enter(name, PartyKind.GOVERNMENT_BODY, member_of=owner.name)
    elif owner.kind is PartyKind.PERSON:
        name = roll.entries[owner.member_of].name if owner.member_of else owner.name
    elif word in role_words("unnamed") or word in role_words("expert"):
        return
    else:
        known = _holder(roll, token, owner)
        name = known.name if known is not None else owner.name
    if span[0] <= whose.span[0] < span[1]:
        if roll.taken((int(token.idx), span[1])) is None:
            roll.note((int(token.idx), span[1]), name, MentionForm.TITLE)
        return
    roll.note(_free(roll, span, token), name, MentionForm.TITLE)


def _holder(roll: Roll, token: Token, owner: Entry) -> Entry | None:
    """The one person already known to hold an office of a party ("the Norwegian mediator")."""
    word = token.lower_
    if word not in role_words("office") and word not in role_words("speaks"):
        return None
    fits = [
        entry
        for entry in roll.entries.values()
        if entry.kind is PartyKind.PERSON
        and entry.role
        and word in entry.role.lower().split()
        and roll.camp(entry.name) == roll.camp(owner.name)
        and any(span[0] < token.idx for span in entry.spans)
    ]
    return fits[0] if len(fits) == 1 else None


def _bare(roll: Roll, token: Token) -> str:
    """A noun with the compounds and adjectives before it, no determiner and no known name."""
    words = [
        child.text
        for child in token.lefts
        if child.dep_ in {"compound", "amod"} and not roll.taken((child.idx, child.idx + 1))
    ]
    return " ".join([*words, token.text])


def _is_both(token: Token) -> bool:
    return any(child.lower_ in {"both", "two"} for child in token.lefts)


def _note_both(roll: Roll, token: Token, span: Span) -> None:
    """Notes "both sides": the two camps that the article names most, where they stand out."""
    counts: dict[str, int] = {}
    for noted in roll.all():
        camp = roll.camp(noted.name) if noted.name else None
        if camp is not None and roll.entries[camp].kind in {PartyKind.STATE, PartyKind.ARMED_GROUP}:
            counts[camp] = counts.get(camp, 0) + 1
    ranked = sorted(counts, key=lambda name: -counts[name])
    if len(ranked) < 2 or (len(ranked) > 2 and counts[ranked[1]] == counts[ranked[2]]):
        return
    roll.note(_free(roll, span, token), None, MentionForm.TITLE, together=tuple(ranked[:2]))


def _enter_unnamed(roll: Roll, token: Token) -> str:
    """A crowd without a name, known by its own words."""
    words = _bare(roll, token)
    name = words[:1].upper() + words[1:]
    roll.enter(name, PartyKind.PERSON, independent=True)
    return name


def _fitting(roll: Roll, token: Token, *, definite: bool) -> str | None:
    """The party named last that a role word fits, or ``None``."""
    word = token.lower_
    for noted in roll.before(int(token.idx)):
        if noted.name is None or noted.form is MentionForm.PRONOUN:
            continue
        entry = roll.entries[noted.name]
        if _suits(roll, entry, noted, word, definite=definite):
            return entry.name
    return None


def _suits(roll: Roll, entry: Entry, noted: Noted, word: str, *, definite: bool) -> bool:
    """Whether a role word can mean a party that was named before by these words."""
    words = set(roll.words(noted.span).lower().split())
    if entry.kind is PartyKind.PERSON:
        role = set((entry.role or "").lower().replace(",", " ").split())
        return (definite and word in role) or (word in words and entry.independent)
    if word in role_words("voice"):
        governs = entry.kind in {PartyKind.STATE, PartyKind.GOVERNMENT_BODY}
        return governs and bool(words & _OFFICIAL or (definite and word in words))
    if not definite:
        return word in words and noted.form is not MentionForm.NAME and word in role_words("unnamed")
    if word in role_words("government"):
        return entry.kind is PartyKind.STATE and (noted.form is not MentionForm.CAPITAL or word != "country")
    return _suits_body(entry, words, word)


def _suits_body(entry: Entry, words: set[str], word: str) -> bool:
    """Whether "the ministry", "the group" or "the company" can mean a body."""
    if word in role_words("institution"):
        return word in f"{entry.name} {' '.join(entry.aliases)}".lower()
    if word in role_words("group") or word in role_words("armed"):
        organized = word == "group" and entry.kind is PartyKind.ORGANIZATION
        return organized or entry.kind is PartyKind.ARMED_GROUP
    if word in role_words("company") or word in role_words("paper"):
        return entry.kind is PartyKind.ORGANIZATION
    return word in words and entry.kind is not PartyKind.STATE
