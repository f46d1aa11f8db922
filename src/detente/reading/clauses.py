"""Clauses of the parse: who does it, to whom, from where to where the words of it run.

Law: every answer is a token or span of the doc; nothing is resolved to a party here.
"""

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from detente.evidence import Span
from detente.reading.sentences import sentence_ends

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLAUSAL: Final = frozenset({"advcl", "parataxis", "relcl"})
# "Accused them of breaking", "barred them from moving": their object does it.
_BLAMING: Final = frozenset(
    {
        "accuse",
        "acquit",
        "ban",
        "bar",
        "blame",
        "commend",
        "condemn",
        "convict",
        "criticise",
        "criticize",
        "denounce",
        "discourage",
        "dissuade",
        "fault",
        "praise",
        "prevent",
        "rebuke",
        "reproach",
        "stop",
        "suspect",
        "thank",
    }
)
_OBJECT_CONTROL: Final = frozenset(
    [
        "ask",
        "urge",
        "tell",
        "order",
        "instruct",
        "call",
        "invite",
        "want",
        "persuade",
        "press",
        "push",
        "force",
        "allow",
        "help",
        "encourage",
        "expect",
        "require",
        "request",
        "beg",
        "pressure",
        "convince",
        "warn",
        "get",
        "compel",
        "permit",
        "advise",
        "direct",
        "implore",
        "exhort",
        "authorize",
        "enable",
    ]
)
_PUNCTUATION: Final = frozenset({"punct", "cc", "mark", ""})


def lemma_of(token: Token) -> str:
    """The lemma in lower case, joined with what a hyphen ties to it: "cease-fire", "re-open"."""
    lemma: str = token.lemma_.lower()
    if (
        token.i > 1
        and token.nbor(-1).text == "-"
        and not token.nbor(-1).whitespace_
        and not token.nbor(-2).whitespace_
    ):
        return f"{token.nbor(-2).lower_}-{lemma}"
    return lemma


def subject_of(verb: Token) -> Token | None:
    """Who does it: subject or agent, found through control and coordination."""
    if is_passive(verb):
        return agent_of(verb)
    return _grammatical_subject(verb)


def _grammatical_subject(verb: Token, depth: int = 0) -> Token | None:  # noqa: PLR0911, C901  # one form after another reads best
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return _antecedent(child)
    if depth > 6:
        return None
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return _grammatical_subject(head, depth + 1)
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        if head.lemma_.lower() in _OBJECT_CONTROL:
            found = object_of(head)
            if found is not None:
                return found
        return _grammatical_subject(head, depth + 1)
    if verb.dep_ in {"advcl", "pcomp"} and verb.tag_ in {"VBG", "VB", "VBN"}:
        governor = head.head if verb.dep_ == "pcomp" and head.dep_ == "prep" else head
        if governor.pos_ == "NOUN":
            return _possessor(governor)
        blamed = object_of(governor) if verb.dep_ == "pcomp" and governor.lemma_ in _BLAMING else None
        return blamed or _grammatical_subject(governor, depth + 1)
    if verb.dep_ in {"acl", "relcl"}:
        if verb.tag_ == "VB" and head.pos_ == "NOUN":
            return _possessor(head) or (
                _grammatical_subject(head.head, depth + 1) if head.head.pos_ == "VERB" else None
            )
        return head
    return None


def _antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for; the subject itself elsewhere."""
    if subject.tag_ in {"WP", "WDT"}:
        for node in subject.ancestors:
            if node.dep_ in {"relcl", "acl"}:
                return node.head
    return subject


def _possessor(noun: Token) -> Token | None:
    """Who an action told by a noun is by: "Israel's call", "the Israeli attack", "an attack by rebels"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    for child in noun.children:
        if child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper():
            return child
    return None


def doer_of(noun: Token) -> Token | None:
    """Who does what the noun tells; through the verb that carries it where the noun itself does not say."""
    found = _possessor(noun)
    if found is not None:
        return found
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"from", "of"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    carrier = noun.head
    if noun.dep_ in {"dobj", "pobj"} and carrier.pos_ in {"VERB", "ADP"}:
        verb = carrier if carrier.pos_ == "VERB" else carrier.head
        if verb.pos_ == "VERB":
            return subject_of(verb)
    return None


def object_of(verb: Token) -> Token | None:
    """The direct or indirect object of the active, the subject of the passive."""
    if is_passive(verb):
        for child in verb.children:
            if child.dep_ == "nsubjpass":
                return _antecedent(child)
        return verb.head if verb.dep_ in {"acl", "relcl", "amod"} else None
    for wanted in ("dative", "dobj", "dobj+"):
        for child in verb.children:
            if child.dep_ == wanted:
                return child
    inner = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"}), None)
    if inner is not None and verb.lemma_.lower() in _OBJECT_CONTROL:
        return next((c for c in inner.children if c.dep_ in _SUBJECTS), None)
    return None


def objects_by(token: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """The objects of the token's prepositions among these, in order."""
    for child in token.children:
        if child.dep_ in {"prep", "dative", "agent"} and child.lower_ in prepositions:
            yield from (c for c in child.children if c.dep_ in {"pobj", "pcomp"})


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive, a bare participle after its noun included."""
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}


def is_controlling(verb: Token) -> bool:
    """Whether a verb makes its object do something: "persuade them to", "get them to"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _OBJECT_CONTROL:
        return False
    made = object_of(verb)
    deeds = [*verb.rights, *(made.rights if made is not None else ())]
    return made is not None and any(
        c.tag_ == "VB" and c.dep_ in {"ccomp", "xcomp", "advcl", "acl", "relcl"} for c in deeds
    )


def agent_of(verb: Token) -> Token | None:
    """The noun of the passive's "by"."""
    for child in verb.children:
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def is_to_be_done(verb: Token) -> bool:
    """Whether a clause tells what shall be, not what is: "that he go", "that they be heard", "they must go".

    A present tense under a past one is taken for it too ("insisted that the rebels leave"), where the form
    of the verb alone does not tell.
    """
    helpers = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ == "MD" or c.lower_ == "to" for c in helpers):
        return any(c.lower_ in {"must", "should", "ought", "shall", "to"} for c in helpers)
    first = helpers[0] if helpers else verb
    if first.tag_ == "VB":
        return True
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if first.tag_ != "VBP" or subject is None or first.lemma_.lower() in {"be", "have", "do"}:
        return False
    return subject.tag_ in {"NN", "NNP"} or verb.head.tag_ in {"VBD", "VBN"}


def is_negated(token: Token) -> bool:
    """Whether the token's own clause is negated."""
    near = [token, *([token.head] if token.dep_ in {"dobj", "xcomp", "attr"} else [])]
    return any(
        c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no") or c.lower_ in {"never", "without"}
        for node in near
        for c in node.children
    )


def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated with it."""
    return (token, *token.conjuncts)


def phrase_span(doc: Doc, noun: Token) -> Span:
    """The words of a noun with its modifiers, without relative clauses after it."""
    ends = {noun.i}
    stack = [noun]
    while stack:
        node = stack.pop()
        ends.add(node.i)
        stack += [
            c
            for c in node.children
            if c.dep_ not in {"relcl", "conj", "cc", "punct", "appos", "acl"}
            or (c.dep_ == "appos" and c.i < noun.i)
        ]
    return _span(doc, ends)


def clause_span(doc: Doc, verb: Token, *, with_subject: bool = True) -> Span:
    """The words of a verb's clause: subject to last complement, without other clauses hung on it.

    What hangs on the verb as a coordinated clause, an aside or a comment is left out; a complement is kept.
    """
    kept = set[int]()
    stack = [verb]
    while stack:
        node = stack.pop()
        kept.add(node.i)
        for child in node.children:
            if node == verb and not _belongs(child, verb, with_subject=with_subject):
                continue
            stack.append(child)
    kept = _in_one_piece(kept, verb.i)
    return _span(doc, kept)


def _belongs(child: Token, verb: Token, *, with_subject: bool) -> bool:
    if child.dep_ in {"cc", "punct", "parataxis", "mark", "intj", "dep", "meta"}:
        return False
    if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
        return False
    if child.dep_ == "advcl" and child.i < verb.i:
        return False
    if child.dep_ == "ccomp" and child.i < verb.i:
        return False
    return with_subject or child.dep_ not in _SUBJECTS


def _in_one_piece(kept: set[int], around: int) -> set[int]:
    """The tokens up to the first wide gap on either side; an aside after the subject may stay."""
    ordered = sorted(kept)
    piece = [around]
    for i in (i for i in ordered if i > around):
        if i - piece[-1] > 5:
            break
        piece.append(i)
    for i in (i for i in reversed(ordered) if i < around):
        if min(piece) - i > 25:
            break
        piece.append(i)
    return set(piece)


def _span(doc: Doc, kept: set[int]) -> Span:
    first, last = min(kept), max(kept)
    while last > first and (doc[last].is_space or doc[last].is_punct):
        last -= 1
    while first < last and (doc[first].is_space or (doc[first].is_punct and not doc[first].is_quote)):
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def telling_span(doc: Doc, noun: Token) -> Span:
    """The words that tell what a noun tells: the clause it stands in, its own phrase where there is none."""
    alone = phrase_span(doc, noun)
    for node in noun.ancestors:
        if node.pos_ in {"VERB", "AUX"}:
            start, end = clause_span(doc, node)
            return min(start, alone[0]), max(end, alone[1])
    return alone


def sentence_span(token: Token) -> Span:
    """The token's sentence, white space at its ends left out."""
    doc = token.doc
    first, last = sentence_ends(token)
    while first < last and doc[first].is_space:
        first += 1
    while first < last and doc[last].is_space:
        last -= 1
    if doc[first].is_space:
        first = last = token.i
    return doc[first].idx, doc[last].idx + len(doc[last])
