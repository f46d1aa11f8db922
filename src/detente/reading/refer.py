"""Words that name somebody only by what went before: "the ministry", "the spokesman", "officials", "he".

Law: whoever fits and was named last is meant; where two fit as well, nobody is, and both are listed.
"""

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.clauses import is_controlling, object_of, objects_by, subject_of
from detente.reading.lexicon import UNITED_STATES, country_by_name, role_words
from detente.reading.mentions import MentionForm
from detente.reading.offices import (
    holder,
    holds,
    only_holder,
    phrase_span,
    same_rank,
    speaks_for,
    take_office,
)
from detente.reading.pronouns import is_pronoun, note_pronoun
from detente.reading.roll import Entry, Noted, Roll
from detente.vocabulary import PartyKind

# "the rebel group known as X": the name stands this near behind.
_KNOWN_AS: Final = 30
_CHAMBERS: Final = {"senators": "U.S. Senate", "congressmen": "U.S. House of Representatives"}
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "both", "his", "their"})
_OFFICIAL: Final = frozenset({"officials", "official", "government", "aides", "diplomats", "administration"})


def note_references(roll: Roll, doc: Doc, sources: Sequence[Span], home: str | None) -> None:
    """Notes role words and pronouns, in order of the text.

    Args:
        roll: Where names are noted already.
        doc: The parse.
        sources: Words that the encoder marked as naming a speaker.
        home: The country that "officials" are of where none went before, or ``None``.
    """
    spoken = sorted(sources)
    for token in doc:
        span = (int(token.idx), int(token.idx) + len(token.text))
        if token.is_space or roll.taken(span):
            continue
        if is_pronoun(token):
            note_pronoun(roll, token, spoken)
        elif token.pos_ in {"NOUN", "PROPN"} and not _in_longer_name(roll, token):
            _note_role(roll, token, home)


def note_addressed(roll: Roll, doc: Doc) -> None:
    """Notes a crowd without a name that is told to do something: "urged growers to wait", "a call to"."""
    for token in doc:
        told = token.lemma_ in role_words("telling") and is_controlling(token)
        asked = [object_of(token)] if told else []
        if token.pos_ == "NOUN" and token.lemma_ in role_words("order"):
            asked = list(objects_by(token, frozenset({"to", "on"})))
        for noun in asked:
            if noun is None or noun.tag_ != "NNS" or noun.pos_ != "NOUN" or noun == token.head:
                continue
            if not roll.taken((int(noun.idx), int(noun.idx) + len(noun.text))):
                span = phrase_span(noun)
                roll.note(_free(roll, span, noun), _enter_unnamed(roll, noun), MentionForm.TITLE)


def _in_longer_name(roll: Roll, token: Token) -> bool:
    """Whether the word only modifies a noun ("government policy")."""
    return (
        token.dep_ in {"compound", "nmod"}
        and token.head.i > token.i
        and not roll.taken((token.head.idx, token.head.idx + 1))
    )


def _free(roll: Roll, span: Span, token: Token) -> Span:
    """The phrase, or the noun alone where a mention stands within the phrase."""
    return (int(token.idx), span[1]) if roll.taken(span) else span


def _note_role(roll: Roll, token: Token, home: str | None) -> None:
    """Notes a role word: by what belongs to it, else by what fits it and went before."""
    word = token.lower_
    if token.text[:1].isupper() and token.i and not token.is_sent_start:
        _note_capital_word(roll, token)
    if not is_role(word) or roll.taken((int(token.idx), int(token.idx) + 1)):
        return
    span = phrase_span(token)
    beside = _beside(roll, token)
    whose = _whose(roll, token) if beside is None else None
    if whose is not None:
        _note_owned(roll, token, span, whose)
    elif beside is None and word in role_words("both") and _is_both(token):
        _note_both(roll, token, span)
    else:
        name = beside or _meant(roll, token, home)
        if name is not None:
            roll.note(_free(roll, span, token), name, MentionForm.TITLE)


def _meant(roll: Roll, token: Token, home: str | None) -> str | None:
    """Whom a role word means that belongs to nobody in its phrase."""
    word = token.lower_
    definite = any(child.lower_ in _DEFINITE for child in token.lefts)
    if word in role_words("stance") and any(child.dep_ == "prep" for child in token.children):
        return _enter_unnamed(roll, token)
    name = _fitting(roll, token, definite=definite)
    if name is None and word in role_words("office"):
        name = only_holder(roll, token) or speaks_for(roll, token)
    if name is not None:
        return name
    if word in _CHAMBERS:
        return roll.enter_known(_CHAMBERS[word]).name
    governs = word in role_words("governing") or (definite and word in role_words("government"))
    if home is not None and governs:
        return roll.enter_known(home).name
    if word in role_words("unnamed") or word in role_words("armed"):
        return _enter_unnamed(roll, token)
    return _enter_employer(roll, token) if word in role_words("speaks") else None


def _enter_employer(roll: Roll, token: Token) -> str | None:
    """The organization in front of an office that speaks for it: "a Kesko spokeswoman"."""
    names = [child.text for child in token.lefts if child.dep_ == "compound" and child.pos_ == "PROPN"]
    name = " ".join(names)
    if len(name) < 3 or not all(word[:1].isupper() for word in names):
        return None
    return roll.enter(name, PartyKind.ORGANIZATION).name


def _note_capital_word(roll: Roll, token: Token) -> None:
    """Notes "the Community" for the one party known by a name that ends in that word."""
    fits = [
        entry.name
        for entry in roll.entries.values()
        if entry.kind is not PartyKind.PERSON and entry.name.endswith(" " + token.text)
    ]
    if len(fits) == 1 and any(child.dep_ == "det" for child in token.lefts):
        roll.note((int(token.idx), int(token.idx) + len(token.text)), fits[0], MentionForm.SHORT)


def _beside(roll: Roll, token: Token) -> str | None:
    """The person that a role word stands beside: "the spokesman, Lars Dahl"."""
    word = token.lower_
    if not any(word in role_words(use) for use in ("office", "speaks", "expert")):
        return None
    doc = token.doc
    at = token.i + 1
    if at + 1 < len(doc) and doc[at].text == ",":
        noted = roll.taken((doc[at + 1].idx, doc[at + 1].idx + 1))
        if noted is not None and noted.name and roll.entries[noted.name].kind is PartyKind.PERSON:
            take_office(roll, token, roll.entries[noted.name])
            return noted.name
    return None


def is_role(word: str) -> bool:
    """Whether a word names people by what they do."""
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
    if owner.kind is PartyKind.STATE and (word in role_words("group") or word in role_words("armed")):
        _note_group(roll, token, span)
        return
    state = _state_of(roll, owner)
    if word in role_words("body") and state is not None and _is_own(token, owner):
        name = _enter_own(roll, token, state, PartyKind.GOVERNMENT_BODY, member_of=state)
    elif word in role_words("owned") and state is not None and _is_own(token, owner):
        name = _enter_own(roll, token, state, PartyKind.ORGANIZATION, member_of=None)
    elif owner.kind is PartyKind.PERSON:
        held = holder(roll, token, owner)
        name = held.name if held is not None and held.name != owner.name else owner.member_of or owner.name
    elif word in role_words("unnamed") or word in role_words("expert"):
        return
    else:
        known = holder(roll, token, owner)
        name = known.name if known is not None else owner.name
    if span[0] <= whose.span[0] < span[1]:
        if roll.taken((int(token.idx), span[1])) is None:
            roll.note((int(token.idx), span[1]), name, MentionForm.TITLE)
        return
    roll.note(_free(roll, span, token), name, MentionForm.TITLE)


def _state_of(roll: Roll, owner: Entry) -> str | None:
    """The state that a party is or belongs to, ``None`` where it belongs to none."""
    camp = roll.camp(owner.name)
    return camp if camp is not None and roll.entries[camp].kind is PartyKind.STATE else None


def _is_own(token: Token, owner: Entry) -> bool:
    """Whether a body is its state's: of a state named, or of a leader whose it is ("his security forces")."""
    many = token.tag_ in {"NNS", "NNPS"}
    return owner.kind is PartyKind.STATE or (many and any(c.tag_ == "PRP$" for c in token.lefts))


def _enter_own(roll: Roll, token: Token, state: str, kind: PartyKind, *, member_of: str | None) -> str:
    """A body or crowd of a state's, by the state's adjective and its own words: "Norwegian forces"."""
    country = country_by_name().get(state)
    adjective = country.adjective if country else state
    return roll.enter(f"{adjective} {_bare(roll, token)}", kind, member_of=member_of).name


def _note_group(roll: Roll, token: Token, span: Span) -> None:
    """Notes "the country's largest rebel group": the armed group named right after it, or the only one."""
    armed = [entry for entry in roll.entries.values() if entry.kind is PartyKind.ARMED_GROUP]
    near = [e.name for e in armed if any(0 <= start - span[1] <= _KNOWN_AS for start, _ in e.spans)]
    names = near[:1] or [entry.name for entry in armed]
    if not any(child.lower_ in role_words("armed") for child in token.lefts) and not near:
        return
    free = (int(token.idx), span[1])
    if len(names) == 1:
        roll.note(free, names[0], MentionForm.TITLE)
    elif names:
        roll.note(free, None, MentionForm.TITLE, candidates=tuple(names))


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
    """Notes "both sides": the two camps that the article names most, but not who speaks to them."""
    counts: dict[str, int] = {}
    speaks = _who_addresses(roll, token)
    for noted in roll.all():
        camp = roll.camp(noted.name) if noted.name else None
        if (
            camp is not None
            and camp != speaks
            and roll.entries[camp].kind in {PartyKind.STATE, PartyKind.ARMED_GROUP}
        ):
            counts[camp] = counts.get(camp, 0) + 1
    ranked = sorted(counts, key=lambda name: -counts[name])
    if len(ranked) < 2:
        return
    roll.note(_free(roll, span, token), None, MentionForm.TITLE, together=tuple(ranked[:2]))


def _who_addresses(roll: Roll, token: Token) -> str | None:
    """The camp that does something to a noun: Norway in "Norway urged both sides to"; else ``None``."""
    if token.dep_ not in {"dobj", "pobj", "dative", "nsubj"}:
        return None
    verb = next((node for node in token.ancestors if node.pos_ == "VERB"), None)
    if verb is not None and token.dep_ == "nsubj":  # "urged [both sides to honor]": subject of the infinitive
        verb = verb.head if verb.dep_ == "ccomp" and is_controlling(verb.head) else None
    subject = subject_of(verb) if verb is not None else None
    noted = roll.taken((int(subject.idx), int(subject.idx) + 1)) if subject is not None else None
    return roll.camp(noted.name) if noted is not None and noted.name else None


def _enter_unnamed(roll: Roll, token: Token) -> str:
    """A crowd without a name, known by its own words."""
    words = _bare(roll, token)
    if token.lower_ in role_words("stance"):
        after = next(
            (child for child in token.children if child.dep_ == "prep" and child.lower_ in {"of", "to"}), None
        )
        if after is not None:
            tail = roll.text[after.idx : after.right_edge.idx + len(after.right_edge.text)].split(",")[0]
            words = " ".join(f"{words} {tail}".split()[:6])
    name = words[:1].upper() + words[1:]
    armed = token.lower_ in role_words("armed")
    kind = PartyKind.ARMED_GROUP if armed else PartyKind.PERSON
    roll.enter(name, kind, independent=token.lower_ in role_words("witness"))
    return name


def _fitting(roll: Roll, token: Token, *, definite: bool) -> str | None:
    """The party named last that a role word fits, or ``None``."""
    for noted in roll.before(int(token.idx)):
        if noted.name is None or noted.form is MentionForm.PRONOUN:
            continue
        entry = roll.entries[noted.name]
        if _suits(roll, entry, noted, token, definite=definite):
            return entry.name
    return None


def _suits(roll: Roll, entry: Entry, noted: Noted, token: Token, *, definite: bool) -> bool:
    """Whether a role word can mean a party that was named before by these words."""
    word = token.lower_
    words = set(roll.words(noted.span).lower().split())
    if entry.kind is PartyKind.PERSON:
        role = entry.role or ""
        named = definite and bool(role) and holds(word, role) and same_rank(token, role)
        return named or (roll.words(noted.span).lower().endswith(word) and entry.independent)
    if word in role_words("voice") or any(child.lower_ == "company" for child in token.lefts):
        return _suits_voice(entry, token, words, definite=definite)
    if not definite:
        return word in words and noted.form is not MentionForm.NAME and word in role_words("unnamed")
    if word == "administration":
        return entry.name == UNITED_STATES
    if word in role_words("government"):
        return entry.kind is PartyKind.STATE and (noted.form is not MentionForm.CAPITAL or word != "country")
    return _suits_body(entry, words, word)


def _suits_voice(entry: Entry, token: Token, words: set[str], *, definite: bool) -> bool:
    """Whether "officials" can be of a party: a company's for a company, a state's where some went before."""
    of_what = {child.lower_ for child in token.lefts}
    if "company" in of_what:
        return entry.kind is PartyKind.ORGANIZATION and not entry.name.endswith("s")
    if "government" in of_what:
        return False
    if token.lower_ == "authorities":
        return entry.kind is PartyKind.STATE and bool(words & _OFFICIAL)
    governs = entry.kind in {PartyKind.STATE, PartyKind.GOVERNMENT_BODY}
    return governs and bool(words & _OFFICIAL or (definite and token.lower_ in words))


def _suits_body(entry: Entry, words: set[str], word: str) -> bool:
    """Whether "the ministry", "the group" or "the company" can mean a body."""
    if word in role_words("institution"):
        return word in f"{entry.name} {' '.join(entry.aliases)}".lower()
    if word in role_words("group") or word in role_words("armed"):
        organized = word == "group" and entry.kind is PartyKind.ORGANIZATION and not entry.name.endswith("s")
        return organized or entry.kind is PartyKind.ARMED_GROUP
    if word in role_words("company") or word in role_words("paper"):
        return entry.kind is PartyKind.ORGANIZATION and not entry.name.endswith("s")
    return word in words and entry.kind is not PartyKind.STATE
