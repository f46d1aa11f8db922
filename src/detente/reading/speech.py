"""From the encoder's attributions to statements: who says what, in whose words, through whom, to whom.

Law: ``evidence[0]`` of a statement is its content from its first character to its last; several
speakers at once make a statement each; a speaker whose words fit nobody, or two, is nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc

from detente.articles import Article
from detente.claims import Spans, Statement, stable_id
from detente.evidence import Span, cut
from detente.reading.acts import act_of, ground_of
from detente.reading.attribution import Attribution, Marks
from detente.reading.cast import Cast, merge_spans
from detente.reading.chaff import apart, is_junk
from detente.reading.channels import channel_of, relayed_by
from detente.reading.modality import modality_of
from detente.reading.quoting import quotation_of, quoted_spans
from detente.reading.targets import target_of
from detente.vocabulary import PartyKind

_EDGE: Final = ' \t\n,;:"“”«»„'
_EDGE_END: Final = _EDGE + ".!?'’"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: the words, and whom they name."""

    text: str | None
    party: str | None
    candidates: tuple[str, ...] = ()


def read_statements(article: Article, doc: Doc, cast: Cast, marks: Marks) -> tuple[Statement, ...]:
    """The statements of an article, in order of the text."""
    quoted = quoted_spans(article.text)
    found: list[Statement] = []
    for attribution in apart(marks.attributions):
        if is_junk(doc, cast, attribution):
            continue
        found += _statements_of(article, doc, cast, attribution, quoted)
    found.sort(key=lambda s: (s.evidence[0].start, -s.evidence[0].end))
    return tuple(_nested(found))


def _statements_of(
    article: Article, doc: Doc, cast: Cast, attribution: Attribution, quoted: Sequence[Span]
) -> Iterator[Statement]:
    """A statement for each speaker of an attribution."""
    text = article.text
    content = tuple(span for span in (_trimmed(text, part) for part in attribution.content) if span)
    whole = merge_spans(content)
    if whole is None:
        return
    evidence = cut(article.id, text, whole)
    cue = _words(text, attribution.cue)
    quote = quotation_of(text, content, tuple(quoted))
    speakers = speakers_of(text, cast, attribution.source)
    for speaker in speakers:
        ground = ground_of(doc, cast, attribution.cue, whole, speaker.party)
        act = act_of(ground, attribution.acts)
        beside = [other.party for other in speakers if other.party != speaker.party]
        target = target_of(
            cast,
            act=act,
            speaker=speaker.party,
            cue=attribution.cue,
            content=content,
            beside=beside[0] if beside else None,
        )
        spans = Spans(speaker=attribution.source, cue=attribution.cue, content=content)
        yield Statement(
            id=stable_id("statement", article.id, whole, speaker.party or speaker.text, cue),
            speaker=speaker.party,
            speaker_text=speaker.text,
            candidates=speaker.candidates,
            affiliation=affiliation_of(cast, speaker.party),
            cue=cue,
            quote=quote,
            act=act,
            target=target,
            spans=spans,
            confidence=attribution.confidence,
            evidence=(evidence,),
            via=relayed_by(text, cast, attribution),
            channel=channel_of(cast, speaker.party, speaker.text, cue),
            modality=modality_of(f"{cue or ''} {evidence.quote}"),
        )


def speakers_of(text: str, cast: Cast, source: Sequence[Span]) -> tuple[Speaker, ...]:
    """Whom the words of a source name: one speaker, or several joined by "and"; unresolved where two fit."""
    span = merge_spans(source)
    if span is None:
        return (Speaker(text=None, party=None),)
    words = _words(text, source)
    mentions = cast.speakers(_in_front(text, span))
    if not mentions:
        mentions = cast.speakers(span)
    if not mentions:
        candidates = tuple(mention.party for mention in cast.everyone(span) if mention.party)
        return (Speaker(text=words, party=None, candidates=candidates if len(candidates) > 1 else ()),)
    return tuple(
        Speaker(text=words, party=mention.party, candidates=mention.candidates) for mention in mentions
    )


def _in_front(text: str, span: Span) -> Span:
    """The words of a source up to its first relative clause."""
    found = re.search(r",? (?:who|which|whose)\b|,$| <[A-Z.]*", text[span[0] : span[1]])
    return (span[0], span[0] + found.start()) if found and found.start() > 2 else span


def affiliation_of(cast: Cast, speaker: str | None) -> str | None:
    """Whom a speaker speaks for: a person what it belongs to, a body itself, an independent expert nobody."""
    party = cast.party(speaker)
    if party is None or party.independent:
        return None
    if party.kind is PartyKind.PERSON:
        return party.member_of
    return party.id


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without quotation marks, commas and blanks at its ends."""
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE_END:
        end -= 1
    return (start, end) if start < end else None


def _words(text: str, spans: Sequence[Span]) -> str | None:
    """The words of some spans; those between them too where they lie close."""
    whole = merge_spans(spans)
    if whole is None:
        return None
    if whole[1] - whole[0] <= 80 or len(spans) == 1:
        return text[whole[0] : whole[1]].strip() or None
    return text[spans[0][0] : spans[0][1]].strip() or None


def _nested(found: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, each with the one within whose content it is told."""
    for statement in found:
        outer = _around(statement, found)
        if outer is None:
            yield statement
        else:
            own = _as_speaker_of(statement, outer)
            yield replace(own, inside=outer.id, via=own.via or outer.speaker_text)


def _as_speaker_of(statement: Statement, outer: Statement) -> Statement:
    """A statement by "I" is the outer speaker's, one by "we" its side's: "We have informed them that"."""
    said = (statement.speaker_text or "").casefold()
    if statement.speaker is not None or said not in {"i", "we"}:
        return statement
    speaker = outer.speaker if said == "i" else outer.affiliation or outer.speaker
    return replace(statement, speaker=speaker, affiliation=outer.affiliation)


def _around(statement: Statement, found: Sequence[Statement]) -> Statement | None:
    """The smallest other statement whose content holds this one's content and cue."""
    spans = (*statement.spans.cue, *statement.spans.content)
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    around = [
        other
        for other in found
        if other.evidence[0].start <= start
        and end <= other.evidence[0].end
        and other.spans != statement.spans
        and other.evidence[0].end - other.evidence[0].start > end - start
    ]
    return min(around, key=lambda other: other.evidence[0].end - other.evidence[0].start, default=None)
