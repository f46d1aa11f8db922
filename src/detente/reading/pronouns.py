"""Whom a pronoun means: the last speaker, else the last subject, that fits in number and sex.

Law: a pronoun reaches back some paragraphs and no further; it is never an alias.
"""

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Token

from detente.evidence import Span
from detente.reading.clauses import subject_of
from detente.reading.mentions import MentionForm
from detente.reading.roll import Noted, Roll
from detente.reading.sentences import sentence_of, text_of
from detente.vocabulary import PartyKind

_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT: Final = frozenset({"it", "its", "itself"})
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass"})
# A pronoun reaches back this many characters, about three paragraphs of a news item.
_REACH: Final = 900
# Who stands in the paragraph itself is "he" before who stands in an earlier one.
_PARAGRAPH: Final = 1.5
# Who is accused of a deed is meant in the telling of it, whoever speaks.
_DOER: Final = 3.0
_ONE: Final = frozenset(
    {"official", "spokesman", "spokeswoman", "diplomat", "analyst", "source", "minister", "leader"}
)


def is_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun of the third person."""
    return token.lower_ in _HE | _SHE | _THEY | _IT or (token.tag_ in {"WP", "WDT"} and token.dep_ == "nsubj")


def note_pronoun(roll: Roll, token: Token, spoken: Sequence[Span]) -> None:
    """Notes whom a pronoun means, where somebody fits.

    Args:
        roll: Where the mentions before it are noted.
        token: The pronoun.
        spoken: Words that name speakers, in order.
    """
    word = token.lower_
    if token.tag_ in {"WP", "WDT"}:
        _note_relative(roll, token)
    elif word in _HE or word in _SHE:
        _note_person(roll, token, spoken, "he" if word in _HE else "she")
    else:
        _note_thing(roll, token, spoken, plural=word in _THEY)


def _note_relative(roll: Roll, token: Token) -> None:
    """Notes "who" and "which": the noun that their clause hangs on."""
    for node in token.ancestors:
        if node.dep_ == "relcl":
            head = node.head
            noted = roll.taken((head.idx, head.idx + len(head.text)))
            if noted is not None and noted.name is not None:
                roll.note((int(token.idx), int(token.idx) + len(token.text)), noted.name, MentionForm.PRONOUN)
            return


def _note_person(roll: Roll, token: Token, spoken: Sequence[Span], pronoun: str) -> None:
    """Notes "he" or "she": the last speaker, else the last subject, of that sex as far as it is known."""
    span = (int(token.idx), int(token.idx) + len(token.text))
    best: tuple[float, str] | None = None
    for noted in roll.before(span[0]):
        if span[0] - noted.span[1] > _REACH:
            break
        if noted.name is None:
            continue
        entry = roll.entries[noted.name]
        if entry.kind is not PartyKind.PERSON and not _is_one(roll, noted):
            continue
        if entry.pronoun is not None and entry.pronoun != pronoun:
            continue
        weight = _weight(token, noted, spoken)
        if "\n" in text_of(token.doc)[noted.span[1] : span[0]]:
            weight -= _PARAGRAPH
        if best is None or weight > best[0]:
            best = (weight, noted.name)
    if best is not None:
        roll.note(span, best[1], MentionForm.PRONOUN)


def _is_one(roll: Roll, noted: Noted) -> bool:
    """Whether a mention of a body is of one unnamed person ("a ministry official")."""
    words = roll.words(noted.span).lower().split()
    return bool(words) and words[-1] in _ONE


def _weight(token: Token, noted: Noted, spoken: Sequence[Span]) -> float:
    """How well a mention fits a pronoun after it: near, a subject, a speaker, in an earlier clause."""
    doc = token.doc
    head = doc.char_span(*noted.span, alignment_mode="expand")
    weight = -(token.idx - noted.span[1]) / 250
    if head is not None:
        root = head.root
        if root.dep_ in _SUBJECT:
            weight += 1.0
        if root.dep_ in {"poss", "compound"}:
            weight -= 0.7
        if sentence_of(root) == sentence_of(token) and root.head == token.head:
            weight -= 1.0
        if _does(root, token):
            weight += _DOER
    if any(start <= noted.span[0] and noted.span[1] <= end for start, end in spoken):
        weight += 1.5
    return weight


def _does(noun: Token, pronoun: Token) -> bool:
    """Whether a verb's object does what the pronoun stands in: "accused them of breaking their word"."""
    return noun.dep_ == "dobj" and any(
        subject_of(node) == noun for node in pronoun.ancestors if node.dep_ in {"pcomp", "xcomp"}
    )


def _note_thing(roll: Roll, token: Token, spoken: Sequence[Span], *, plural: bool) -> None:
    """Notes "they" or "it": the last speaker or subject that is many, or one and no person."""
    if not plural and (
        token.dep_ == "expl" or (token.head.lemma_ in {"seem", "appear", "be"} and token.dep_ == "nsubj")
    ):
        return
    span = (int(token.idx), int(token.idx) + len(token.text))
    best: tuple[float, str] | None = None
    for noted in roll.before(span[0]):
        if span[0] - noted.span[1] > _REACH:
            break
        if noted.name is None:
            continue
        entry = roll.entries[noted.name]
        if entry.kind is PartyKind.PERSON and not entry.name.endswith("s"):
            continue
        many = _is_many(roll, noted)
        weight = _weight(token, noted, spoken) + (0.8 if many == plural else -0.8)
        if noted.form is MentionForm.DEMONYM and not many:
            weight -= 1.0
        if best is None or weight > best[0]:
            best = (weight, noted.name)
    if best is not None:
        roll.note(span, best[1], MentionForm.PRONOUN)


def _is_many(roll: Roll, noted: Noted) -> bool:
    words = roll.words(noted.span).lower().split()
    if noted.form is MentionForm.PRONOUN:
        return bool(words) and words[0] in _THEY
    return (
        bool(words)
        and words[-1].endswith("s")
        and noted.form in {MentionForm.DEMONYM, MentionForm.TITLE, MentionForm.BODY}
    )
