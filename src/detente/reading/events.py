"""What happened, by PLOVER 2.0: from the words that tell an event and from what statements do.

Rules of the manual kept here: a future meeting is AGREE, a cancelled one REJECT, walking out SANCTION,
an actual release RETREAT, an announced one CONCEDE, a cease-fire RETREAT. What is only wanted, refused
or threatened is no event of its own: the demand, refusal or threat is.

Source:
    Halterman et al. (2023), PLOVER and POLECAT: A New Political Event Ontology and Dataset; PLOVER manual
    2.0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from detente.claims import Event, Meeting, Statement, stable_id
from detente.dates import When
from detente.evidence import Span
from detente.reading.clauses import (
    agent_of,
    clause_span,
    doer_of,
    is_negated,
    is_passive,
    object_of,
    objects_by,
    sentence_span,
    subject_of,
    telling_span,
)
from detente.reading.meetings import read_meetings
from detente.reading.parts import (
    covering,
    in_headline,
    month_of,
    overlap,
    own_voice,
    parties_of,
    party_of,
    place_of,
    same_camp,
    time_of,
)
from detente.reading.passages import further_passages, parties_in, statement_of
from detente.reading.scene import Scene
from detente.reading.times import TimeExpression, read_times
from detente.reading.triggers import Trigger, find_triggers
from detente.vocabulary import Act, EventType, MeetingStatus, Modality

# What a statement's act is as an event, and the share of such statements of the training talks that are one.
ACT_EVENTS: Final = {
    Act.DEMAND: (EventType.REQUEST, 0.7),
    Act.PROPOSAL: (EventType.REQUEST, 0.5),
    Act.ACCUSATION: (EventType.ACCUSE, 0.63),
    Act.THREAT: (EventType.THREATEN, 0.7),
    Act.PROMISE: (EventType.AGREE, 0.7),
    Act.OFFER: (EventType.AGREE, 0.75),
    Act.AGREEMENT: (EventType.AGREE, 0.8),
    Act.REFUSAL: (EventType.REJECT, 0.7),
    Act.ACCEPTANCE: (EventType.SUPPORT, 0.45),
}
# Types whose complement is wanted, promised or threatened, not done.
_VERBAL: Final = frozenset(
    {
        EventType.REQUEST,
        EventType.AGREE,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.SUPPORT,
        EventType.ACCUSE,
        EventType.CONCEDE,
        EventType.PROTEST,
        EventType.SANCTION,
        EventType.CONSULT,
    }
)
# Types that are done by speaking: whoever says the words does the deed.
_SPOKEN: Final = _VERBAL - {EventType.CONSULT, EventType.SANCTION, EventType.PROTEST}
_COMPLEMENTS: Final = frozenset(
    {"xcomp", "ccomp", "dobj", "prep", "pobj", "pcomp", "acl", "advcl", "conj", "agent"}
)
_TO: Final = frozenset(
    {"with", "against", "on", "to", "at", "of", "from", "for", "upon", "into", "between", "over", "by"}
)
_BOTH_WAYS: Final = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.RETREAT})
# A material act that is only announced is another thing: PLOVER's rules for the future.
# Governors under which an infinitive tells what is settled: "is to open talks", "plans to visit".
_SETTLED: Final = frozenset({"plan", "schedule", "set", "intend", "be", "due", "announce", "expect"})
_ANNOUNCED: Final = {
    EventType.CONSULT: EventType.AGREE,
    EventType.SUPPORT: EventType.AGREE,
    EventType.COOPERATE: EventType.AGREE,
    EventType.AID: EventType.AGREE,
    EventType.RETREAT: EventType.CONCEDE,
    EventType.SANCTION: EventType.THREATEN,
    EventType.COERCE: EventType.THREATEN,
    EventType.ASSAULT: EventType.THREATEN,
    EventType.MOBILIZE: EventType.THREATEN,
}


def read_events(
    scene: Scene,
    times: Sequence[TimeExpression] | None = None,
    meetings: Sequence[Meeting] | None = None,
) -> tuple[Event, ...]:
    """Every event of the article, in order; the same one is not given twice.

    Args:
        scene: The article as far as it has been read.
        times: Its time expressions where they are known already.
        meetings: Its meetings where they are known already; a meeting held is a consultation.
    """
    if times is None:
        times = read_times(scene.doc, scene.article.published)
    triggers = {t.token.i: t for t in find_triggers(scene.doc)}
    told = [
        *_from_statements(scene, times, triggers),
        *_from_triggers(scene, times, triggers),
        *_from_meetings(scene, read_meetings(scene, times) if meetings is None else meetings),
    ]
    kept: list[Event] = []
    for event in sorted(told, key=lambda e: (-_whole(e), -e.confidence)):
        if not any(_same(event, other) for other in kept):
            kept.append(event)
    kept += _marked(scene, times, kept)
    kept.sort(key=lambda e: (e.evidence[0].start, e.evidence[0].end))
    return tuple(kept)


def _marked(scene: Scene, times: Sequence[TimeExpression], kept: list[Event]) -> list[Event]:
    """What the encoder marks as an event and no rule finds."""
    found = []
    for passage in further_passages(scene, "event", ((e.evidence[0].start, e.evidence[0].end) for e in kept)):
        words = scene.doc.char_span(*passage.span, alignment_mode="expand")
        if passage.label is None or words is None:
            continue
        by, to = parties_in(scene, passage.span)
        statement = statement_of(scene, passage.span)
        spoken = statement is not None and EventType(passage.label) in _SPOKEN
        if statement is not None and spoken:
            by, to = statement.speaker, to if to != statement.speaker else statement.target
        event = _event(
            scene,
            EventType(passage.label),
            span=passage.span,
            by=by,
            to=to,
            when=time_of(times, passage.span, sentence_span(words.root)),
            confidence=round(0.7 * passage.confidence, 2),
            modality=(),
        )
        asserted_by = statement.speaker if statement is not None and not spoken else None
        found.append(replace(event, asserted_by=asserted_by, where=place_of(scene, words.root)))
    return found


def _same(one: Event, other: Event) -> bool:
    """Whether a surer event tells it already: same type and words, no further pair of parties."""
    a, b = one.evidence[0], other.evidence[0]
    if one.type is not other.type or overlap((a.start, a.end), (b.start, b.end)) <= 0.6:
        return False
    if one.type is EventType.CONSULT and {one.by, one.to} == {other.by, other.to}:
        return True
    return one.by is None or one.to is None or (one.by, one.to) == (other.by, other.to)


def _whole(event: Event) -> int:
    return (event.by is not None) + (event.to is not None)


# --- from what statements do


def _from_statements(
    scene: Scene, times: Sequence[TimeExpression], triggers: dict[int, Trigger]
) -> Iterator[Event]:
    for statement in scene.statements:
        if statement.cue is None or statement.act not in ACT_EVENTS:
            continue
        if _is_why_they_protest(scene, statement, triggers):
            continue
        kind, share = ACT_EVENTS[statement.act]
        span = statement_span(statement)
        to = statement.target
        if to is None:
            to = _other_party(scene, statement)
        yield _event(
            scene,
            kind,
            span=span,
            by=statement.speaker,
            to=to,
            when=_when_said(scene, times, statement),
            confidence=share * max(statement.confidence, 0.5),
            modality=statement.modality,
        )


def _is_why_they_protest(scene: Scene, statement: Statement, triggers: dict[int, Trigger]) -> bool:
    """Whether the words only say what a protest is for: "marched to demand", one event and no request."""
    if not statement.spans.cue:
        return False
    cue = scene.doc.char_span(*statement.spans.cue[0], alignment_mode="expand")
    above = cue.root.ancestors if cue is not None and cue.root.dep_ in {"advcl", "xcomp", "acl"} else ()
    governing = (triggers.get(token.i) for token in above)
    return any(trigger is not None and trigger.cue.type is EventType.PROTEST for trigger in governing)


def statement_span(statement: Statement) -> Span:
    """Speaker, cue and content where they stand close together, else the content."""
    content = (statement.evidence[0].start, statement.evidence[0].end)
    parts = [*statement.spans.speaker, *statement.spans.cue, content]
    whole = min(s for s, _ in parts), max(e for _, e in parts)
    return whole if whole[1] - whole[0] <= content[1] - content[0] + 120 else content


def _other_party(scene: Scene, statement: Statement) -> str | None:
    """The first party of another camp named in what is said."""
    for span in statement.spans.content:
        for mention in scene.cast.everyone(span):
            if not same_camp(scene.cast, mention.party, statement.affiliation or statement.speaker):
                return mention.party
    return None


def _when_said(scene: Scene, times: Sequence[TimeExpression], statement: Statement) -> When | None:
    """When it was said: a date beside the cue, outside of what is said; else the article's month."""
    cue = statement.spans.cue or statement.spans.content
    if cue:
        word = scene.doc.char_span(*cue[0], alignment_mode="expand")
        if word is not None:
            lo, hi = sentence_span(word.root)
            outside = [
                t
                for t in times
                if t.when
                and lo <= t.span[0]
                and t.span[1] <= hi
                and not any(s <= t.span[0] and t.span[1] <= e for s, e in statement.spans.content)
            ]
            if outside:
                return min(outside, key=lambda t: abs(t.span[0] - cue[0][0])).when
    return month_of(scene.article.published)


# --- from meetings


def _from_meetings(scene: Scene, meetings: Sequence[Meeting]) -> Iterator[Event]:
    for meeting in meetings:
        if meeting.status is not MeetingStatus.HELD or len(meeting.parties) < 2:
            continue
        evidence = meeting.evidence[0]
        yield replace(
            _event(
                scene,
                EventType.CONSULT,
                span=(evidence.start, evidence.end),
                by=meeting.parties[0],
                to=meeting.parties[1],
                when=meeting.date,
                confidence=0.55,
                modality=(),
            ),
            where=meeting.place,
        )


# --- from the words that tell an event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A trigger with what the parse says around it."""

    trigger: Trigger
    type: EventType
    modality: tuple[Modality, ...]
    inside: Statement | None
    span: Span


def _from_triggers(
    scene: Scene, times: Sequence[TimeExpression], triggers: dict[int, Trigger]
) -> Iterator[Event]:
    for trigger in triggers.values():
        told = _told(scene, trigger, triggers)
        if told is None:
            continue
        by, to = _roles(scene, trigger)
        if not by and not to:
            by = _around(scene, trigger)
            if not by:
                continue
        if told.type in _BOTH_WAYS:
            by, to = _in_turn(by, to)
        if len(by) > 1 and len(to) > 1:
            by = by[:1]
        token = trigger.token
        when = time_of(times, told.span, sentence_span(token), token.idx)
        for one in by[:3] or (None,):
            for other in to[:3] or (None,):
                if one is not None and one == other:
                    continue
                yield replace(
                    _event(
                        scene,
                        told.type,
                        span=told.span,
                        by=one,
                        to=other,
                        when=when,
                        confidence=0.5,
                        modality=told.modality,
                    ),
                    mode=trigger.cue.mode if told.type is trigger.cue.type else None,
                    where=place_of(scene, token),
                    asserted_by=told.inside.speaker if told.inside else None,
                )


def _around(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """The two parties of the sentence, for a truce or a pact that does not say whose it is."""
    mutual = trigger.cue.mode == "ceasefire" or (trigger.cue.type is EventType.AGREE and not trigger.cue.verb)
    if not mutual:
        return ()
    named = [m.party for m in scene.cast.everyone(sentence_span(trigger.token)) if m.party]
    return tuple(named[:2])


def _in_turn(by: tuple[str, ...], to: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who and with whom, where all stand on one side: "talks between the three", "the two met"."""
    if not to and len(by) > 1:
        return by[:1], by[1:]
    if not by and len(to) > 1:
        return to[:1], to[1:]
    return by, to


def _told(scene: Scene, trigger: Trigger, triggers: dict[int, Trigger]) -> _Told | None:
    token = trigger.token
    if _wanted_by_another(token, triggers) or in_headline(scene.article, token):
        return None
    inside = covering(scene.statements, token)
    if inside is None and not own_voice(scene.article):
        return None
    if inside is not None and inside.act in ACT_EVENTS and inside.act is not Act.ACCUSATION:
        return None
    modality = modality_of(token)
    kind = trigger.cue.type
    if Modality.NEGATED in modality or Modality.HYPOTHETICAL in modality or Modality.CONDITIONAL in modality:
        return None
    if Modality.FUTURE in modality:
        if kind not in _ANNOUNCED:
            return None
        kind = _ANNOUNCED[kind]
    span = clause_span(scene.doc, token) if trigger.cue.verb else telling_span(scene.doc, token)
    return _Told(trigger=trigger, type=kind, modality=modality, inside=inside, span=span)


def _wanted_by_another(token: Token, triggers: dict[int, Trigger]) -> bool:
    """Whether the word stands in the complement of another trigger: "agreed to *release*" is one event."""
    node = token
    while node.head != node and node.dep_ in _COMPLEMENTS:
        above = triggers.get(node.head.i)
        if above is not None and node.dep_ != "conj" and above.cue.type in _VERBAL:
            return True
        if above is not None and above.cue.beside and token.lemma_.lower() in above.cue.beside:
            return True
        if node.dep_ == "advcl" and node.tag_ != "VB":
            return False
        node = node.head
    return False


def modality_of(token: Token) -> tuple[Modality, ...]:
    """What keeps the event that a word tells from being a plain fact."""
    found = []
    verb = token if token.pos_ in {"VERB", "AUX"} else None
    if is_negated(token):
        found.append(Modality.NEGATED)
    if verb is not None:
        helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        if helpers & {"may", "might", "could", "can", "would", "should", "must"} and "have" not in helpers:
            found.append(Modality.HYPOTHETICAL)
        elif verb.tag_ == "VB" and "to" in helpers and verb.dep_ not in {"ROOT"}:
            found.append(Modality.FUTURE if verb.head.lemma_.lower() in _SETTLED else Modality.HYPOTHETICAL)
        elif helpers & {"will", "shall", "'ll", "wo"}:
            found.append(Modality.FUTURE)
        if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in verb.children):
            found.append(Modality.CONDITIONAL)
    elif any(
        c.lower_ in {"planned", "possible", "proposed", "future", "potential", "any"} for c in token.children
    ):
        found.append(Modality.HYPOTHETICAL)
    return tuple(found)


def _roles(scene: Scene, trigger: Trigger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """By whom and to whom."""
    token = trigger.token
    if not trigger.cue.verb:
        by = parties_of(scene, doer_of(token))
        to = _first(parties_of(scene, n) for n in objects_by(token, _TO - {"by"}))
        return by, tuple(p for p in to if p not in by)
    by = parties_of(scene, subject_of(token))
    if is_passive(token) and agent_of(token) is None:
        by = ()
    direct = object_of(token)
    to = parties_of(scene, direct)
    to = tuple(p for p in to if p not in by)
    if not to:
        nouns = [token, *([direct] if direct is not None else [])]
        to = _first(
            tuple(p for p in parties_of(scene, n) if p not in by)
            for node in nouns
            for n in objects_by(node, _TO - {"by"})
        )
    if not to and direct is not None:
        to = tuple(
            p for p in (party_of(scene, c) for c in direct.children if c.dep_ == "poss") if p and p not in by
        )
    return by, to or _met_after(scene, token, by)


def _met_after(scene: Scene, verb: Token, by: tuple[str, ...]) -> tuple[str, ...]:
    """The first party of another camp named after the verb in its clause, where its objects name none."""
    end = clause_span(scene.doc, verb)[1]
    for mention in scene.cast.within((verb.idx, end)):
        if mention.party and not any(same_camp(scene.cast, mention.party, one) for one in by):
            return (mention.party,)
    return ()


def _first(options: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return next((o for o in options if o), ())


def _event(
    scene: Scene,
    kind: EventType,
    *,
    span: Span,
    by: str | None,
    to: str | None,
    when: When | None,
    confidence: float,
    modality: tuple[Modality, ...],
) -> Event:
    evidence = scene.cut(span)
    return Event(
        id=stable_id("event", scene.article.id, evidence.start, evidence.end, kind, by, to),
        type=kind,
        by=by,
        to=to,
        what=" ".join(evidence.quote.split()),
        when=when,
        where=None,
        asserted_by=None,
        evidence=(evidence,),
        modality=modality,
        confidence=confidence,
    )
