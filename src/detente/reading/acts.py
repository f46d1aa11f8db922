"""What the words of a statement do: by the encoder, by the cue, and by the form of the content.

Law: all speak as log weights that are added; none alone decides.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.cast import Cast
from detente.reading.clauses import is_to_be_done
from detente.reading.lexicon import rows, words
from detente.reading.mentions import Mention
from detente.reading.sentences import text_of
from detente.reading.signs import ACTS, signs_of_cue, signs_of_forms, signs_of_words, weigh
from detente.vocabulary import Act

# Weights beside the encoder's log probabilities; swept on the training articles.
CUE_WEIGHT: Final = 1.5
FORM_WEIGHT: Final = 1.0
# The encoder is surer of acts than it is right: its log probabilities count this much.
ENCODER_WEIGHT: Final = 0.4
# Beside these; on the talks for development any weight from 0.3 to 0.5 gives .77 to .78 of the acts.
SIGNS_WEIGHT: Final = 0.4
_FLOOR: Final = 1e-3
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_FIRST: Final = frozenset({"we", "i"})
# "They said they were ready": at the head of what is said, a pronoun is the speaker's own side.
_OWN_PRONOUNS: Final = frozenset({"it", "they", "he", "she"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What the act of a statement is told by, apart from the encoder.

    Attributes:
        cue: What the cue does by itself, ``None`` for plain words of saying.
        forms: Names of the forms found in the content.
        subject: "own" camp, "other" camp, "thing", or ``None`` where the content has no subject.
        negative: Whether the content's verb is negated.
        expert: Whether the speaker speaks for nobody at the table.
        other: Whether another camp is named in the content.
        signs: Small signs, weighed as they were learned.
    """

    cue: Act | None
    forms: frozenset[str]
    subject: str | None
    negative: bool
    expert: bool
    other: bool
    signs: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def cue_acts() -> dict[str, Act]:
    """The act that a cue does by itself, by its lemma or its lemma and particle."""
    return {form: Act(row[0]) for row in rows("cues.tsv") for form in words(row[1])}


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    def pattern(cell: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(words(cell))})(?!\w)", re.IGNORECASE)

    return tuple((row[0], pattern(row[1])) for row in rows("forms.tsv"))


def act_of(ground: Ground, encoder: Sequence[tuple[Act, float]]) -> Act:
    """The act of a statement.

    Args:
        ground: Cue, forms and subject.
        encoder: The encoder's acts with their probabilities.
    """
    weights = {act: ENCODER_WEIGHT * math.log(_FLOOR) for act in Act}
    for act, share in encoder:
        weights[act] = ENCODER_WEIGHT * math.log(max(share, _FLOOR))
    if ground.cue is not None:
        weights[ground.cue] += CUE_WEIGHT
    for act, weight in form_weights(ground):
        weights[act] += FORM_WEIGHT * weight
    for act, learned in zip(ACTS, weigh(ground.signs), strict=True):
        weights[act] += SIGNS_WEIGHT * float(learned)
    return max(weights, key=lambda act: weights[act])


def ground_of(doc: Doc, cast: Cast, cue: Sequence[Span], content: Span, speaker: str | None) -> Ground:
    """What the act of a statement is told by.

    Args:
        doc: The parse.
        cast: Who is who.
        cue: The words of saying; empty in a transcript.
        content: What is said, from its first character to its last.
        speaker: Who says it.
    """
    party = cast.party(speaker)
    own = cast.camp(speaker)
    phrase = doc.char_span(*content, alignment_mode="expand")
    tokens = list(phrase) if phrase is not None else []
    root = phrase.root if phrase is not None and len(phrase) else None
    text = text_of(doc)[content[0] : content[1]]
    ground = Ground(
        cue=_by_mood(act_of_cue(doc, cue), _last_lemma(doc, cue), root),
        forms=frozenset(name for name, form in _forms() if form.search(text)),
        subject=_subject(cast, tokens, root, own) if root is not None else None,
        negative=any(token.dep_ == "neg" and token.head == root for token in tokens),
        expert=party is not None and party.independent,
        other=any(m.party and cast.camp(m.party) != own for m in cast.within(content)),
    )
    said = signs_of_words(phrase, ground.subject) if phrase is not None and len(phrase) else ()
    return replace(ground, signs=frozenset([*_signs(doc, cue, ground), *said]))


def _signs(doc: Doc, cue: Sequence[Span], ground: Ground) -> Iterator[str]:
    """The signs apart from those of the words said."""
    tokens = [token for span in cue for token in _tokens(doc, span)]
    yield from signs_of_cue(tokens, [_lemma(token) for token in tokens], ground.cue)
    yield from signs_of_forms(ground.forms, ground.subject, cued=ground.cue is not None)
    if ground.negative:
        yield "negative"
        yield f"negative {ground.subject or 'none'}"
    if ground.expert:
        yield "expert"
    if ground.other:
        yield "other"


def _subject(cast: Cast, tokens: Sequence[Token], root: Token, own: str | None) -> str | None:
    """Whose doing the content's main clause tells of."""
    subjects = [token for token in tokens if token.dep_ in _SUBJECT]
    for token in [token for token in subjects if token.head == root] or subjects[:1]:
        leading = token.pos_ == "PRON" and token.i - tokens[0].i < 3 and token.lower_ in _OWN_PRONOUNS
        if token.lower_ in _FIRST or leading:
            return "own"
        mention = cast.at(int(token.idx)) or _owner(cast, token)
        camps = (
            {cast.camp(party) for party in (mention.party, *mention.together) if party} if mention else set()
        )
        if not camps:
            return "thing"
        return "own" if own in camps else "other"
    return None


def _owner(cast: Cast, token: Token) -> Mention | None:
    """Whose the subject is: "its forces", "the rebels' attack"."""
    for child in token.lefts:
        mention = cast.at(int(child.idx)) if child.dep_ in {"poss", "amod", "compound"} else None
        if mention is not None and mention.party is not None:
            return mention
    return None


def form_weights(ground: Ground) -> list[tuple[Act, float]]:
    """What the form of the content speaks for, with weights."""
    found: list[tuple[Act, float]] = []
    if ground.expert:
        return [(Act.ASSESSMENT, 2.0)]
    found += _of_will(ground)
    found += _of_blame(ground)
    found += _of_wish(ground)
    if "judging" in ground.forms and ground.cue is None:
        found.append((Act.ASSESSMENT, 0.7))
    return found


def _of_will(ground: Ground) -> list[tuple[Act, float]]:
    """Promises, refusals, conditions, threats and offers: what the speaker's own side will do."""
    forms, own = ground.forms, ground.subject == "own"
    found: list[tuple[Act, float]] = []
    if "hinge" in forms:
        found.append((Act.PRECONDITION, 1.8))
    elif "wont" in forms and (own or ground.subject is None):
        found.append((Act.PRECONDITION if "condition" in forms else Act.REFUSAL, 1.8))
    elif "condition" in forms and "will" in forms and own:
        found.append((Act.PRECONDITION, 1.5))
    elif "hostile" in forms and ("will" in forms or "ready" in forms) and own:
        found.append((Act.THREAT, 1.5))
    elif "ready" in forms:
        found.append((Act.THREAT, 1.8) if "fight" in forms else (Act.OFFER, 1.5))
    elif "accepting" in forms and own:
        found.append((Act.ACCEPTANCE, 1.8))
    elif "will" in forms and own and not ground.negative:
        found.append((Act.PROMISE, 1.6))
    if "offering" in forms:
        found.append((Act.OFFER, 0.8))
    return found


def _of_blame(ground: Ground) -> list[tuple[Act, float]]:
    """Accusations and denials: what is laid at somebody's door, and whose."""
    forms = ground.forms
    if ground.subject == "own" and (ground.negative or "keeping" in forms) and "will" not in forms:
        return [(Act.DENIAL, 1.5)]
    if ground.subject == "thing" and ground.negative and not forms & {"will", "wont", "obliged"}:
        return [(Act.DENIAL, 0.8)]
    if "wrong" in forms and ground.subject == "other" and "obliged" not in forms:
        return [(Act.ACCUSATION, 1.6)]
    if "wrong" in forms and ground.other and ground.subject != "own":
        return [(Act.ACCUSATION, 0.8)]
    return []


def _of_wish(ground: Ground) -> list[tuple[Act, float]]:
    """Demands and proposals: what somebody is to do."""
    forms = ground.forms
    found: list[tuple[Act, float]] = []
    if "obliged" in forms:
        found.append((Act.DEMAND, 1.6 if ground.subject == "other" else 0.7))
    if "asked" in forms and ground.cue is None and ground.subject == "own":
        found.append((Act.DEMAND, 0.8))
    if "proposing" in forms and ground.cue is None:
        found.append((Act.PROPOSAL, 0.8))
    return found


def act_of_cue(doc: Doc, cue: Sequence[Span]) -> Act | None:
    """The act that the cue's words do by themselves, ``None`` for plain words of saying."""
    known = cue_acts()
    tokens = [token for span in cue for token in _tokens(doc, span)]
    lemmas = [_lemma(token) for token in tokens]
    for i, lemma in enumerate(lemmas):
        if i + 1 < len(lemmas) and f"{lemma} {lemmas[i + 1]}" in known:
            return known[f"{lemma} {lemmas[i + 1]}"]
    following = doc[tokens[-1].i + 1].lower_ if tokens and tokens[-1].i + 1 < len(doc) else ""
    for lemma in reversed(lemmas):
        if f"{lemma} {following}" in known:
            return known[f"{lemma} {following}"]
        if lemma in known:
            return known[lemma]
    return None


def _by_mood(act: Act | None, lemma: str, root: Token | None) -> Act | None:
    """The act of a cue that wishes or claims by what follows: "insisted that it was open" denies."""
    if lemma not in {"insist", "suggest"}:
        return act
    tells = root is not None and root.pos_ in {"VERB", "AUX"} and root.tag_ not in {"VBG", "VB"}
    may = root is not None and any(c.tag_ == "MD" for c in root.children)
    if root is None or not tells or is_to_be_done(root) or (lemma == "suggest" and may):
        return Act.DEMAND if lemma == "insist" else Act.PROPOSAL
    return Act.DENIAL if lemma == "insist" else None


def _last_lemma(doc: Doc, cue: Sequence[Span]) -> str:
    """The lemma of the last verb or noun of a cue; empty without one."""
    tokens = [token for span in cue for token in _tokens(doc, span) if token.pos_ in {"VERB", "NOUN"}]
    return _lemma(tokens[-1]) if tokens else ""


def _tokens(doc: Doc, span: Span) -> list[Token]:
    phrase = doc.char_span(*span, alignment_mode="expand")
    return list(phrase) if phrase is not None else []


def _lemma(token: Token) -> str:
    """The lemma; that of a noun of saying is its verb's where the list holds that."""
    lemma = str(token.lemma_).lower() if token.lemma_ else str(token.lower_)
    return _NOUNS.get(lemma, lemma)


_NOUNS: Final = {
    "accusation": "accuse",
    "allegation": "allege",
    "announcement": "announce",
    "assertion": "report",
    "claim": "allege",
    "complaint": "complain",
    "denial": "deny",
    "insistence": "demand",
    "pledge": "pledge",
    "proposal": "propose",
    "recommendation": "recommend",
    "refusal": "refuse",
    "rejection": "reject",
    "suggestion": "suggest",
    "warning": "warn",
}
