"""Whose demand it is and of whom: who wants something, and who would have to do it.

Law: words before guesses. A duty said to be broken is its subject's; a word of wanting has its subject and
its object; a condition is its subject's to fulfil; a person of the own camp is asked in person. Only where
no word tells is it the speaker's side that wants it, and its counterpart of whom. Who only tells of others
(analysts, papers, sources) wants nothing.
"""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Span as Words
from spacy.tokens import Token

from detente.claims import Party, Statement
from detente.evidence import Span
from detente.reading.cast import Cast, head_of
from detente.reading.clauses import (
    agent_of,
    doer_of,
    is_controlling,
    is_negated,
    is_passive,
    object_of,
    objects_by,
    subject_of,
)
from detente.reading.lexicon import news_names, role_words
from detente.reading.mentions import Mention
from detente.reading.parts import parties_of, party_of, principal, same_camp, wanting
from detente.reading.scene import Scene
from detente.reading.targets import addressee_of, counterpart
from detente.reading.wishes import Wish, is_wish
from detente.vocabulary import Act, PartyKind

_TROOPS: Final = frozenset({"military", "army", "forces", "troops", "soldiers", "navy"})
_DUTY: Final = frozenset(
    ["fail", "refuse", "violate", "renege", "breach", "break", "ignore", "disregard", "flout", "neglect"]
)
_DUTY_NOUNS: Final = frozenset(["failure", "refusal", "violation", "breach"])
# "depends on Norway's commitment to": whoever has to give it is asked.
_OWED_NOUNS: Final = frozenset(
    [
        "commitment",
        "promise",
        "pledge",
        "guarantee",
        "assurance",
        "undertaking",
        "concession",
        "obligation",
        "compliance",
        "withdrawal",
        "consent",
        "recognition",
        "apology",
        "permission",
    ]
)
OWED: Final = frozenset(
    [
        "live",
        "comply",
        "abide",
        "fulfil",
        "fulfill",
        "honor",
        "honour",
        "do",
        "keep",
        "meet",
        "implement",
        "follow",
        "cooperate",
        "adhere",
    ]
)
_CONDITION: Final = frozenset({"if", "unless", "until", "once", "provided"})
_OBLIGED: Final = frozenset({"must", "should", "ought"})
_ADDRESSED: Final = frozenset({"on", "upon", "to", "for", "from", "of", "with", "against"})
_ASKING: Final = frozenset({Act.DEMAND, Act.PROPOSAL})
_ASKED_AS: Final = frozenset({"dobj", "pobj", "dative", "nsubj", "nsubjpass", "conj"})
_ADDRESS: Final = 24  # whoever is addressed at a content's start stands this near
_UP: Final = 3  # how many words above a passage may govern it


def asker_and_asked(
    scene: Scene, span: Span, statement: Statement | None = None, *, wish: Wish | None = None
) -> tuple[str | None, str | None]:
    """Party ids of who wants what a span tells, and of whom; ``None`` where nothing tells.

    Args:
        scene: The article.
        span: The words of the demand.
        statement: What they are said in; ``None`` in the writer's own voice.
        wish: The word of wanting that tells it, where one is known.
    """
    words = scene.doc.char_span(*span, alignment_mode="expand")
    by = (wish.by if wish is not None else None) or _speaking(scene.cast, statement)
    of = wish.of if wish is not None else None
    if of is None and statement is not None and statement.act in _ASKING:
        of = addressee_of(
            scene.cast,
            act=statement.act,
            speaker=statement.speaker,
            cue=statement.spans.cue,
            content=statement.spans.content,
        )
    if of is None and words is not None:
        by, of = _told_by_words(scene, words, by)
    if of is None and words is not None:
        of = _named(scene, span, by)
    if of is None and statement is not None and not same_camp(scene.cast, statement.target, by):
        of = statement.target
    if by is None and of is not None:
        by = counterpart(scene.cast, of, span[0])
    elif of is None and by is not None:
        of = counterpart(scene.cast, by, span[0])
    of = _commander(scene.cast, of, by)
    return _state_of_seat(scene.cast, principal(scene.cast, by, toward=of), of), of if of != by else None


def _state_of_seat(cast: Cast, by: str | None, of: str | None) -> str | None:
    """The state that a house of government speaks for to others: "the White House hopes Norway will"."""
    party = cast.party(by)
    if party is None or party.name.casefold() not in role_words("seat") or same_camp(cast, by, of):
        return by
    return cast.camp(by)


def asked_beside(scene: Scene, span: Span, asked: str, statement: Statement | None = None) -> tuple[str, ...]:
    """The other of two who are asked in one breath: "urged both sides to", "told Norway and Sweden to".

    Args:
        scene: The article.
        span: The words of the demand.
        asked: Of whom it is made.
        statement: What the words are said in; ``None`` in the writer's own voice.
    """
    region = span
    if statement is not None and statement.spans.cue:
        region = statement.spans.cue[0][0], statement.spans.content[0][0] + _ADDRESS
    for mention in scene.cast.within(region):
        head = head_of(scene.doc, mention.span)
        if asked not in (mention.party, *mention.together) or head is None or head.dep_ not in _ASKED_AS:
            continue
        several = mention.together or parties_of(scene, head)
        return tuple(p for p in several if not same_camp(scene.cast, p, asked)) if len(several) == 2 else ()
    return ()


def _commander(cast: Cast, of: str | None, by: str | None) -> str | None:
    """Whom another side asks that wants somebody's troops to do something: the state that commands them."""
    party = cast.party(of)
    if party is None or party.kind is not PartyKind.GOVERNMENT_BODY or same_camp(cast, of, by):
        return of
    return cast.camp(of) if party.name.split()[-1].casefold() in _TROOPS else of


def _speaking(cast: Cast, statement: Statement | None) -> str | None:
    """For whom a statement's speaker wants something; ``None`` for those who only tell of others."""
    if statement is None:
        return None
    if statement.act not in _ASKING and only_tells(cast.party(statement.speaker)):
        return None
    return wanting(cast, statement, toward=statement.target)


def only_tells(party: Party | None) -> bool:
    """Whether a party tells what others say and do, and wants nothing itself: analysts, papers, sources."""
    if party is None:
        return False
    last = party.name.split()[-1].casefold()
    tells = role_words("witness") | role_words("paper")
    return party.independent or party.name in news_names() or last in tells


def _told_by_words(scene: Scene, words: Words, speaking: str | None) -> tuple[str | None, str | None]:
    """What the words themselves tell: a duty broken, a word of wanting, a commitment, an obligation."""
    for token in (t for t in words if is_duty(t)):
        of = party_of(scene, subject_of(token) if token.pos_ == "VERB" else doer_of(token))
        if of is not None and not same_camp(scene.cast, of, speaking):
            return speaking, of
    for token in _over(words):
        if is_wish(token) or is_controlling(token):
            by, of = _of_wish(scene, token)
            if by is not None or of is not None:
                return by or speaking, of
    found = (*(t for t in words if _is_owed(t)), *(t for t in words if _owing(t)))
    for token in found:
        of = party_of(scene, doer_of(token) if token.pos_ == "NOUN" else subject_of(token))
        if of is not None and not same_camp(scene.cast, of, speaking):
            return speaking, of
    return speaking, None


def _is_owed(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() in _OWED_NOUNS


def _over(words: Words) -> Iterator[Token]:
    """The words of a passage from its head down, then the few that govern it in its sentence."""
    yield words.root
    node = words.root
    for _ in range(_UP):
        if node.head == node:
            break
        node = node.head
        yield node
    yield from (token for token in words if token != words.root)


def _of_wish(scene: Scene, token: Token) -> tuple[str | None, str | None]:
    """Who wants and of whom, by a word of wanting."""
    if token.pos_ != "VERB":
        by = party_of(scene, doer_of(token))
        nouns = list(objects_by(token, _ADDRESSED))
    else:
        by = party_of(scene, agent_of(token) if is_passive(token) else subject_of(token))
        inner = next((c for c in token.children if c.dep_ in {"ccomp", "xcomp"}), None)
        own = [c for c in inner.children if c.dep_ in {"nsubj", "nsubjpass"}] if inner is not None else []
        nouns = [n for n in (object_of(token), *own, *objects_by(token, _ADDRESSED)) if n is not None]
    if only_tells(scene.cast.party(by)):
        by = None
    for noun in nouns:
        of = party_of(scene, noun)
        if of is not None and of != by:
            return by, of
    return by, None


def _owing(token: Token) -> bool:
    """Whether a verb tells what somebody has to do: under "if" or "until", or after "must"."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod", "aux"}}
    return bool(marks & (_CONDITION | _OBLIGED))


def is_duty(token: Token) -> bool:
    """Whether a word tells that something owed was not done: "failed to", "did not comply", "breach"."""
    if token.pos_ == "VERB":
        if token.lemma_.lower() in _DUTY:
            return any(c.dep_ in {"xcomp", "dobj", "prep"} for c in token.children)
        return is_negated(token) and token.lemma_.lower() in OWED
    return token.pos_ == "NOUN" and token.lemma_.lower() in _DUTY_NOUNS


def _named(scene: Scene, span: Span, by: str | None) -> str | None:
    """The party of another camp that the words name: the counterpart, else the first who acts."""
    cast = scene.cast
    others = [
        m
        for m in cast.everyone(span)
        if not same_camp(cast, m.party, by) and not only_tells(cast.party(m.party))
    ]
    opposite = counterpart(cast, by, span[0])
    fits = [m for m in others if _acts(scene, m)]
    fits += [m for m in others if opposite is not None and cast.camp(m.party) == opposite]
    return next((m.party for m in fits), None)


def _acts(scene: Scene, mention: Mention) -> bool:
    """Whether a mention is a subject, an owner or a doer: "Norway's", "by Norway", "Norwegian raids"."""
    head = head_of(scene.doc, mention.span)
    if head is None:
        return False
    by = head.dep_ == "pobj" and head.head.lower_ in {"by", "from"}
    return by or head.dep_ in {"nsubj", "nsubjpass", "poss", "amod", "compound"}
