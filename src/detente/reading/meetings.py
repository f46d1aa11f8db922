"""Who met, will meet, should meet or failed to: meetings of the parties, with date, place, round and level.

Law: a meeting needs two parties, or one and a word that says whom it met ("talks with foreign
diplomats").
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from detente.claims import Meeting, stable_id
from detente.evidence import Span
from detente.reading.clauses import (
    clause_span,
    doer_of,
    is_negated,
    object_of,
    objects_by,
    phrase_span,
    sentence_span,
    subject_of,
    telling_span,
)
from detente.reading.parts import covering, in_headline, overlap, own_voice, parties_of, place_of, time_of
from detente.reading.passages import further_passages
from detente.reading.scene import Scene
from detente.reading.tense import Tense, tense_of
from detente.reading.times import TimeExpression, read_times
from detente.vocabulary import Act, MeetingStatus

_NOUNS: Final = frozenset(
    [
        "talk",
        "meeting",
        "summit",
        "negotiation",
        "visit",
        "consultation",
        "session",
        "round",
        "discussion",
        "trip",
        "conference",
    ]
)
_VERBS: Final = frozenset(["meet", "visit", "negotiate", "confer", "speak", "talk", "consult"])
_CARRIERS: Final = frozenset(
    [
        "hold",
        "have",
        "begin",
        "start",
        "open",
        "resume",
        "attend",
        "host",
        "conduct",
        "conclude",
        "end",
        "join",
        "continue",
        "convene",
        "finish",
        "arrange",
    ]
)
_FAILED: Final = frozenset(
    [
        "cancel",
        "postpone",
        "stall",
        "collapse",
        "boycott",
        "refuse",
        "fizzle",
        "suspend",
        "skip",
        "scrap",
        "abort",
        "reject",
        "fail",
        "call_off",
        "delay",
        "break_off",
        "break_down",
        "pull_out",
        "deadlock",
    ]
)
_ASKED: Final = frozenset(
    [
        "propose",
        "offer",
        "urge",
        "call",
        "ask",
        "want",
        "demand",
        "invite",
        "suggest",
        "encourage",
        "press",
        "persuade",
        "seek",
        "request",
        "hope",
        "consider",
        "appeal",
        "push",
        "facilitate",
        "insist",
        "require",
        "prepared",
        "ready",
        "willing",
        "launch",
        "ready",
        "favor",
        "support",
        "advocate",
    ]
)
_PLANNED: Final = frozenset(
    [
        "plan",
        "schedule",
        "agree",
        "arrange",
        "set",
        "prepare",
        "expect",
        "announce",
        "due",
        "intend",
        "confirm",
    ]
)
_AGAIN: Final = frozenset(
    {"resume", "restart", "revive", "return", "reopen", "relaunch", "resumption", "get"}
)
_FAILED_WORDS: Final = frozenset(
    {"stalled", "canceled", "cancelled", "failed", "suspended", "postponed", "aborted"}
)
_PLANNED_WORDS: Final = frozenset(
    {"upcoming", "planned", "scheduled", "plan", "schedule", "forthcoming", "set", "announced", "slate"}
)
_AHEAD: Final = re.compile(r"\b(?:next|coming|upcoming|tomorrow|later this|later today)\b", re.IGNORECASE)
_BACK: Final = re.compile(r"\b(?:last|ago|yesterday|earlier|previous|past|recent)\b", re.IGNORECASE)
_DATED: Final = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|today|yesterday|tomorrow|(?:last|next|this) (?:week|month|year)|(?:19|20)\d\d)\b"  # noqa: E501  # one pattern, one line
)
# What the encoder marks in fewer words is a scrap ("the diplomats").
_LEAST_WORDS: Final = 4
_FRAMES: Final = frozenset({"framework", "means", "way"})
_WITH: Final = frozenset({"with", "between", "among", "to", "by"})
_ROUND: Final = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|last|latest|new|final|another"
    r"|\d+(?:st|nd|rd|th))[\s-]+(?:\w+\s+)?round\b",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(
    r"\b(summit|ministerial|ambassador-level|working[- ]level|expert[- ]level|technical|high-level|top-level|face-to-face"  # noqa: E501  # one pattern, one line
    r"|one-on-one|bilateral|trilateral|multilateral|(?:two|three|four|five|six|seven)-(?:party|nation|way)|secret|direct"
    r"|indirect|emergency|informal|formal)\b",
    re.IGNORECASE,
)


def read_meetings(scene: Scene, times: Sequence[TimeExpression] | None = None) -> tuple[Meeting, ...]:
    """Every meeting of the article, in order; each told once in a sentence."""
    if times is None:
        times = read_times(scene.doc, scene.article.published)
    kept: list[Meeting] = []
    for meeting in sorted(_candidates(scene, times), key=lambda m: -m.confidence):
        if not any(_same(scene, meeting, other) for other in kept):
            kept.append(meeting)
    kept += _marked(scene, times, kept)
    kept.sort(key=lambda m: (m.evidence[0].start, m.evidence[0].end))
    return tuple(kept)


def _marked(scene: Scene, times: Sequence[TimeExpression], kept: list[Meeting]) -> list[Meeting]:
    """What the encoder marks as a meeting and no rule finds."""
    found: list[Meeting] = []
    for passage in further_passages(
        scene, "meeting", ((m.evidence[0].start, m.evidence[0].end) for m in kept)
    ):
        words = scene.doc.char_span(*passage.span, alignment_mode="expand")
        if passage.label is None or words is None or len(words) < _LEAST_WORDS:
            continue
        named = tuple(m.party for m in scene.cast.everyone(passage.span) if m.party)
        evidence = scene.cut(passage.span)
        meeting = Meeting(
            id=stable_id("meeting", scene.article.id, evidence.start, evidence.end),
            parties=named if len(named) > 1 else _with_sentence(scene, words.root, named),
            date=time_of(times, passage.span, sentence_span(words.root)),
            place=place_of(scene, words.root),
            status=MeetingStatus(passage.label),
            evidence=(evidence,),
            confidence=round(0.7 * passage.confidence, 2),
        )
        if not any(_same(scene, meeting, other) for other in [*kept, *found]):
            found.append(meeting)
    return found


def _same(scene: Scene, one: Meeting, other: Meeting) -> bool:
    """Whether two tellings are of one meeting: the same words, or the same camps, date and place."""
    a, b = one.evidence[0], other.evidence[0]
    if overlap((a.start, a.end), (b.start, b.end)) > 0.3:
        return True
    ours = {scene.cast.camp(p) for p in one.parties}
    theirs = {scene.cast.camp(p) for p in other.parties}
    apart = {one.date, other.date} - {None}, {one.place, other.place} - {None}
    return (
        one.status is other.status
        and (ours <= theirs or theirs <= ours)
        and len(apart[0]) < 2
        and len(apart[1]) < 2
    )


def _candidates(scene: Scene, times: Sequence[TimeExpression]) -> Iterator[Meeting]:
    met: list[tuple[int, tuple[str, ...]]] = []
    for token in scene.doc:
        if not _is_meeting(token) or in_headline(scene.article, token):
            continue
        inside = covering(scene.statements, token)
        if inside is None and not own_voice(scene.article):
            continue
        if _spoken_of_before(token) or _is_a_means(token):
            continue
        parties = _parties(scene, token)
        if len(parties) < 2:
            parties = _with_sentence(scene, token, parties)
        if len(parties) < 2 and not _names_another(token):
            if not _came_about(token):
                continue
            parties = _of_meeting_before(met, token) or parties
        if len(parties) > 1:
            met.append((token.i, parties))
        status = status_of(token, inside.act if inside else None)
        if status is None:
            continue
        span = _span(scene, token)
        evidence = scene.cut(span)
        sentence = sentence_span(token)
        date = time_of(times, span, sentence, token.idx)
        round_ = _ROUND.search(evidence.quote)
        level = _LEVEL.search(evidence.quote)
        yield Meeting(
            id=stable_id("meeting", scene.article.id, evidence.start, evidence.end),
            parties=parties,
            date=date,
            place=place_of(scene, token) or (place_of(scene, token.head) if token.dep_ == "dobj" else None),
            status=status,
            evidence=(evidence,),
            round=round_[0].casefold() if round_ else None,
            level=level[0].casefold() if level else None,
            confidence=_confidence(token, parties, evidence.quote),
        )


def _confidence(token: Token, parties: tuple[str, ...], words: str) -> float:
    """Higher the more is told of it: who, a verb of meeting, when."""
    told = 0.4 + 0.08 * min(len(parties), 3) + 0.1 * (token.pos_ == "VERB")
    return round(told + 0.1 * bool(_DATED.search(words)) + 0.1 * _came_about(token), 2)


def _is_meeting(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in _VERBS:
        if lemma in {"talk", "speak"}:
            return any(c.lower_ in {"with", "to"} for c in token.children)
        if lemma == "meet":
            return not any(
                c.dep_ == "dobj"
                and c.lemma_.lower()
                in {
                    "demand",
                    "condition",
                    "deadline",
                    "request",
                    "need",
                    "requirement",
                    "target",
                    "standard",
                    "goal",
                    "obligation",
                    "commitment",
                    "criterion",
                    "challenge",
                    "resistance",
                }
                for c in token.children
            )
        return True
    return token.pos_ == "NOUN" and lemma in _NOUNS and token.dep_ not in {"compound"}


def _is_a_means(token: Token) -> bool:
    """Whether talks are only how something should be settled: "through negotiations", "by means of talks"."""
    head = token.head
    return token.dep_ == "pobj" and (
        head.lower_ in {"through", "via", "by"} or (head.lower_ == "of" and head.head.lemma_ in _FRAMES)
    )


def _spoken_of_before(token: Token) -> bool:
    """Whether a bare "the talks" or "the meeting" only points back, and no verb says what became of it."""
    if token.pos_ == "VERB" or any(c.dep_ not in {"det", "punct", "case"} for c in token.children):
        return False
    bare = any(c.lower_ in {"the", "this", "that", "these", "those"} for c in token.children)
    governed = _lemma(token.head) in _CARRIERS | _FAILED | _PLANNED | {"resume", "restart", "take"}
    return bare and not (token.dep_ in {"dobj", "nsubjpass", "nsubj"} and governed)


def _parties(scene: Scene, token: Token) -> tuple[str, ...]:
    found: dict[str, None] = {}

    def add(noun: Token | None) -> None:
        for party in parties_of(scene, noun):
            found.setdefault(party)

    if token.pos_ == "VERB":
        add(subject_of(token))
        add(object_of(token))
    else:
        add(doer_of(token))
        for mention in scene.cast.everyone(phrase_span(scene.doc, token)):
            found.setdefault(mention.party or "")
        verb = token.head if token.dep_ in {"dobj", "pobj", "nsubjpass"} else None
        if verb is not None and verb.pos_ == "ADP":
            verb = verb.head
        if verb is not None and verb.pos_ == "VERB":
            add(subject_of(verb))
            for noun in objects_by(verb, _WITH):
                add(noun)
    for noun in objects_by(token, _WITH):
        add(noun)
    found.pop("", None)
    return tuple(found)


def _with_sentence(scene: Scene, token: Token, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of the sentence, where the clause names fewer than two."""
    around = [m.party for m in scene.cast.everyone(sentence_span(token)) if m.party]
    return tuple(dict.fromkeys([*parties, *around]))[:4]


def _came_about(token: Token) -> bool:
    """Whether a verb says of the meeting itself that it is held, planned or called off."""
    if token.pos_ != "NOUN" or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return token.head.lemma_.lower() in _CARRIERS | _PLANNED | _FAILED | {"take", "go", "occur", "last"}


def _of_meeting_before(met: list[tuple[int, tuple[str, ...]]], token: Token) -> tuple[str, ...]:
    """Whose meeting "the last meeting" is: that of the parties told of before, not far off."""
    return met[-1][1] if met and token.i - met[-1][0] < 500 else ()


def _names_another(token: Token) -> bool:
    return any(True for _ in objects_by(token, frozenset({"with", "between", "among"}))) or (
        token.pos_ == "VERB" and object_of(token) is not None
    )


def status_of(token: Token, act: Act | None = None) -> MeetingStatus | None:
    """What became of the meeting that the word tells; ``None`` where nothing shows that it is one of its own.

    Args:
        token: "met", "talks", "visit" ...
        act: The act of the statement that the word stands in.
    """
    above = list(_governors(token))
    lemmas = {_lemma(t) for t in above}
    words = {c.lower_ for c in token.children} | {c.lemma_.lower() for c in token.children if c.dep_ == "acl"}
    again = bool(lemmas & _AGAIN)
    if _only_if(above) or (any(is_negated(t) for t in above[:3]) and not lemmas & _FAILED):
        return None
    if not again and (lemmas & _FAILED or words & _FAILED_WORDS or _came_to_nothing(above)):
        return MeetingStatus.FIZZLED
    if words & _PLANNED_WORDS or _looks(token, _AHEAD):
        return MeetingStatus.PLANNED
    if (again and not _past(above)) or lemmas & _ASKED or words & {"proposed", "possible"}:
        return MeetingStatus.PROPOSED
    if _is_adjunct(token):
        return MeetingStatus.HELD
    return _by_tense(token, above, lemmas, act)


def _only_if(above: list[Token]) -> bool:
    """Whether the meeting hangs on a condition: "talks could resume if the port is opened"."""
    clauses = [c for t in {*above[:3], above[0].head} for c in t.children if c.dep_ == "advcl"]
    return any(m.dep_ == "mark" and m.lower_ in {"if", "unless"} for c in clauses for m in c.children)


def _came_to_nothing(above: list[Token]) -> bool:
    """Whether the sentence goes on: "…, but the plan fizzled"."""
    further = {c for t in above for v in (t, t.head) if v.pos_ == "VERB" for c in v.conjuncts}
    return any(c.lemma_.lower() in {"fizzle", "collapse", "fail"} for c in further)


def _by_tense(token: Token, above: list[Token], lemmas: set[str], act: Act | None) -> MeetingStatus | None:
    tense = tense_of(token)
    planned = tense is Tense.FUTURE or bool(lemmas & _PLANNED)
    if planned and not _looks(token, _BACK):
        return MeetingStatus.PLANNED
    if act in {Act.DEMAND, Act.OFFER, Act.PROPOSAL, Act.PRECONDITION}:
        return MeetingStatus.PROPOSED
    if token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children if c.dep_ == "aux"):
        return None
    if tense is Tense.PAST or _looks(token, _BACK):
        return MeetingStatus.HELD
    going = any(t.tag_ == "VBG" or t.lemma_.lower() in _CARRIERS | {"meet", "visit"} for t in above[:2])
    return MeetingStatus.HELD if going else None


def _is_adjunct(token: Token) -> bool:
    """Whether the noun only says when or where something else was: "after talks", "at a summit"."""
    preposition = token.head
    return (
        token.dep_ in {"pobj", "pcomp"}
        and preposition.lower_ in {"after", "during", "following", "since", "at", "in"}
        and preposition.head.lemma_.lower()
        not in _PLANNED | _FAILED | {"take", "participate", "join", "engage"}
    )


def _looks(token: Token, pattern: re.Pattern[str]) -> bool:
    """Whether the words close to the token point that way in time."""
    near = [t.text for t in token.subtree if abs(t.i - token.i) <= 12]
    return bool(pattern.search(" ".join(near)))


def _lemma(token: Token) -> str:
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), None)
    lemma = token.lemma_.lower()
    return f"{lemma}_{particle}" if particle and f"{lemma}_{particle}" in _FAILED else lemma


def _governors(token: Token) -> Iterator[Token]:
    """The word and what governs it within its clause, upwards through complements."""
    node = token
    yield node
    while node.head != node and node.dep_ in {
        "dobj",
        "pobj",
        "prep",
        "xcomp",
        "nsubj",
        "nsubjpass",
        "pcomp",
        "ccomp",
        "acl",
        "conj",
        "compound",
        "attr",
        "dative",
    }:
        if node.dep_ == "ccomp" and node.head.lemma_.lower() in {"say", "tell", "report", "add"}:
            return
        if node.dep_ == "nsubj" and node.head.lemma_.lower() not in _FAILED | _PLANNED | {"be"}:
            return
        node = node.head
        yield node


def _past(tokens: Sequence[Token]) -> bool:
    return any(t.tag_ == "VBD" for t in tokens)


def _span(scene: Scene, token: Token) -> Span:
    if token.dep_ == "amod":  # "told a visiting diplomat"
        return telling_span(scene.doc, token.head)
    return clause_span(scene.doc, token) if token.pos_ == "VERB" else telling_span(scene.doc, token)
