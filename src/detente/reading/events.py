"""What happened, by PLOVER 2.0: what may be an event, weighed, and what the encoder marks besides.

Law: an event is told once; a word's type is the rules' unless its signs speak for another.

Source:
    Halterman et al. (2023), PLOVER and POLECAT: A New Political Event Ontology and Dataset; PLOVER manual
    2.0.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from detente.claims import Event, Meeting
from detente.evidence import Span
from detente.reading.candidates import SPOKEN, event_of, read_candidates
from detente.reading.clauses import sentence_span
from detente.reading.meetings import read_meetings
from detente.reading.parts import overlap, place_of, time_of
from detente.reading.passages import further_passages, parties_in, statement_of
from detente.reading.scene import Scene
from detente.reading.sifting import sift
from detente.reading.times import TimeExpression, read_times
from detente.reading.triggers import find_triggers
from detente.vocabulary import EventType

# The least share of its most probable type at which a mark that no rule finds is an event.
LEAST_LABEL: Final = 0.5
LEAST_WORDS: Final = 4
_TELLS: Final = frozenset({"VERB", "NOUN"})


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
    if meetings is None:
        meetings = read_meetings(scene, times)
    triggers = {t.token.i: t for t in find_triggers(scene.doc)}
    candidates = read_candidates(scene, times, triggers, meetings)
    told = [event for one in sift(scene, candidates, triggers) for event in one.events]
    kept: list[Event] = []
    for event in sorted(told, key=lambda e: (-_whole(e), -e.confidence)):
        if not any(_same(event, other) for other in kept):
            kept.append(event)
    kept += _marked(scene, times, [c.span for c in candidates if c.type is not None])
    kept.sort(key=lambda e: (e.evidence[0].start, e.evidence[0].end))
    return tuple(kept)


def _marked(scene: Scene, times: Sequence[TimeExpression], told: Sequence[Span]) -> list[Event]:
    """What the encoder marks as an event and no rule finds."""
    found = []
    for passage in further_passages(scene, "event", told):
        words = scene.doc.char_span(*passage.span, alignment_mode="expand")
        if passage.label is None or words is None or passage.labels[0][1] < LEAST_LABEL:
            continue
        if len(words) < LEAST_WORDS or not any(token.pos_ in _TELLS for token in words):
            continue
        by, to = parties_in(scene, passage.span)
        statement = statement_of(scene, passage.span)
        spoken = statement is not None and EventType(passage.label) in SPOKEN
        if statement is not None and spoken:
            by, to = statement.speaker, to if to != statement.speaker else statement.target
        event = event_of(
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
