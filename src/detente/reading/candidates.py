"""What may be an event: every statement, every word that tells one, every meeting held, and its parties.

Rules of PLOVER's manual kept here: a future meeting is AGREE, a cancelled one REJECT, walking out SANCTION,
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
from detente.reading.cast import Cast
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
from detente.reading.scene import Scene
from detente.reading.times import TimeExpression
from detente.reading.triggers import Trigger
from detente.vocabulary import Act, EventType, MeetingStatus, Modality, PartyKind

# What a statement's act is as an event.
ACT_EVENTS: Final = {
    Act.DEMAND: EventType.REQUEST,
    Act.PROPOSAL: EventType.REQUEST,
    Act.ACCUSATION: EventType.ACCUSE,
    Act.THREAT: EventType.THREATEN,
    Act.PROMISE: EventType.AGREE,
    Act.OFFER: EventType.AGREE,
    Act.AGREEMENT: EventType.AGREE,
    Act.REFUSAL: EventType.REJECT,
    Act.ACCEPTANCE: EventType.SUPPORT,
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
# Types that are deeds, not words.
MATERIAL: Final = frozenset(EventType) - _VERBAL | {EventType.PROTEST, EventType.SANCTION, EventType.CONCEDE}
# Types that are done by speaking: whoever says the words does the deed.
SPOKEN: Final = _VERBAL - {EventType.CONSULT, EventType.SANCTION, EventType.PROTEST}
_COMPLEMENTS: Final = frozenset(
    {"xcomp", "ccomp", "dobj", "prep", "pobj", "pcomp", "acl", "advcl", "conj", "agent"}
)
_TO: Final = frozenset(
    {"with", "against", "on", "to", "at", "of", "from", "for", "upon", "into", "between", "over", "by"}
)
_BOTH_WAYS: Final = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE, EventType.RETREAT})
# A material act that is only announced is another thing: PLOVER's rules for the future.
# What hangs on a protest by these tells what it is for: "a rally [to demand]", "in protest of [a refusal]".
_PURPOSE: Final = frozenset({"advcl", "xcomp", "acl", "relcl", "pobj"})
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
    EventType.CONCEDE: EventType.AGREE,
    EventType.MOBILIZE: EventType.THREATEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be an event, before it is weighed.

    Attributes:
        origin: "statement", "verb", "noun" or "meeting".
        type: The type that the rules give it; ``None`` for a statement whose act is no event by itself.
        token: The word that tells it; of a statement its cue, else the head of what is said.
        span: The words that tell it.
        statement: The statement it is, or within whose content it is told.
        events: The event as each pair of parties would have it, with this type.
    """

    origin: str
    type: EventType | None
    token: Token
    span: Span
    statement: Statement | None
    events: tuple[Event, ...]


def read_candidates(
    scene: Scene, times: Sequence[TimeExpression], triggers: dict[int, Trigger], meetings: Sequence[Meeting]
) -> list[Candidate]:
    """Everything that may be an event by the rules, statements first."""
    return [
        *_from_statements(scene, times, triggers),
        *_from_triggers(scene, times, triggers),
        *_from_meetings(scene, meetings),
    ]


# --- from what statements do


def _from_statements(
    scene: Scene, times: Sequence[TimeExpression], triggers: dict[int, Trigger]
) -> Iterator[Candidate]:
    for statement in scene.statements:
        token = _told_by(scene, statement)
        if statement.cue is None or token is None or _is_why_they_protest(scene, statement, triggers):
            continue
        kind = ACT_EVENTS.get(statement.act)
        span = statement_span(statement)
        to = statement.target if statement.target is not None else _other_party(scene, statement)
        event = event_of(
            scene,
            kind or EventType.ACCUSE,
            span=span,
            by=statement.speaker,
            to=to,
            when=_when_said(scene, times, statement),
            confidence=max(statement.confidence, 0.5),
            modality=statement.modality,
        )
        yield Candidate(
            origin="statement", type=kind, token=token, span=span, statement=statement, events=(event,)
        )


def _told_by(scene: Scene, statement: Statement) -> Token | None:
    """The head of a statement's cue, else of what is said."""
    for span in (*statement.spans.cue, *statement.spans.content):
        words = scene.doc.char_span(*span, alignment_mode="expand")
        if words is not None and len(words):
            return words.root
    return None


def _is_why_they_protest(scene: Scene, statement: Statement, triggers: dict[int, Trigger]) -> bool:
    """Whether the words only say what a protest is for: "marched to demand", one event and no request."""
    if not statement.spans.cue:
        return False
    cue = scene.doc.char_span(*statement.spans.cue[0], alignment_mode="expand")
    above = cue.root.ancestors if cue is not None and cue.root.dep_ in _PURPOSE else ()
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


def _from_meetings(scene: Scene, meetings: Sequence[Meeting]) -> Iterator[Candidate]:
    for meeting in meetings:
        if meeting.status is not MeetingStatus.HELD or len(meeting.parties) < 2:
            continue
        evidence = meeting.evidence[0]
        span = evidence.start, evidence.end
        words = scene.doc.char_span(*span, alignment_mode="expand")
        if words is None:
            continue
        by, to = _met(scene.cast, meeting.parties)
        event = event_of(
            scene,
            EventType.CONSULT,
            span=span,
            by=by,
            to=to,
            when=meeting.date,
            confidence=0.55,
            modality=(),
        )
        yield Candidate(
            origin="meeting",
            type=EventType.CONSULT,
            token=words.root,
            span=span,
            statement=covering(scene.statements, words.root),
            events=(replace(event, where=meeting.place),),
        )


def _met(cast: Cast, parties: Sequence[str]) -> tuple[str, str]:
    """The first two camps of a meeting, a camp by whom it sends: of "China's envoy Wu" the envoy."""
    camps: dict[str, str] = {}
    for one in parties:
        camp = cast.camp(one) or one
        sent = cast.party(camps.get(camp))
        if sent is None or sent.kind is not PartyKind.PERSON:
            camps[camp] = one
    first, second, *_ = *camps.values(), *parties[1:]
    return first, second


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
) -> Iterator[Candidate]:
    for trigger in triggers.values():
        told = _told(scene, trigger, triggers)
        if told is None:
            continue
        by, to = _sides(scene, trigger, told)
        events = tuple(_events_of(scene, times, told, by, to))
        if events and (by or to or _is_marked(scene, told)):
            yield Candidate(
                origin="verb" if trigger.cue.verb else "noun",
                type=told.type,
                token=trigger.token,
                span=told.span,
                statement=told.inside,
                events=events,
            )


def _is_marked(scene: Scene, told: _Told) -> bool:
    """Whether the encoder takes the same words for such an event."""
    return any(
        passage.kind == "event"
        and passage.label == told.type.value
        and overlap(passage.span, told.span) > 0.5
        for passage in scene.marks.passages
    )


def _sides(scene: Scene, trigger: Trigger, told: _Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    by, to = _roles(scene, trigger)
    if not by and not to:
        by = _around(scene, trigger)
    if told.type in _BOTH_WAYS:
        by, to = _in_turn(by, to)
    return (by[:1], to) if len(by) > 1 and len(to) > 1 else (by, to)


def _events_of(
    scene: Scene, times: Sequence[TimeExpression], told: _Told, by: tuple[str, ...], to: tuple[str, ...]
) -> Iterator[Event]:
    """An event for each pair of those who do it and those who bear it."""
    token = told.trigger.token
    when = time_of(times, told.span, sentence_span(token), token.idx)
    for one in by[:3] or (None,):
        for other in to[:3] or (None,):
            if one is not None and one == other:
                continue
            yield replace(
                event_of(
                    scene,
                    told.type,
                    span=told.span,
                    by=one,
                    to=other,
                    when=when,
                    confidence=0.5,
                    modality=told.modality,
                ),
                mode=told.trigger.cue.mode if told.type is told.trigger.cue.type else None,
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
        if "would" in helpers and _is_announced(verb):
            found.append(Modality.FUTURE)
        elif helpers & {"may", "might", "could", "can", "would", "should", "must"} and "have" not in helpers:
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


def _is_announced(verb: Token) -> bool:
    """Whether "would" only tells what was to come when it was said: "announced it [would close] the port"."""
    told = verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}
    return told and not any(c.dep_ == "advcl" for c in verb.children)


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


def retyped(event: Event, kind: EventType) -> Event:
    """The event as one of another type."""
    evidence = event.evidence[0]
    own = stable_id("event", evidence.article, evidence.start, evidence.end, kind, event.by, event.to)
    return replace(event, id=own, type=kind, mode=None)


def event_of(
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
    """An event told by some words."""
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
