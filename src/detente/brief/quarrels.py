"""Charges face to face with their answers, and where the sources contradict one another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from detente.brief.agenda import issue_label
from detente.brief.model import Cell, Line, Listing, Mark, Row, Section, Table
from detente.brief.names import breaks_off, how_well, says_enough, sentence, squeeze
from detente.brief.notes import Desk, capped, quiet, say
from detente.claims import Dispute, Meeting, Promise, Signal, Statement
from detente.dates import in_words
from detente.evidence import Evidence
from detente.record.terms import containment, content_terms
from detente.vocabulary import Act, MeetingStatus, PromiseStatus, Review, SignalKind

MOST_CHARGES: Final = 15
MEETS: Final = 0.7
"""An answer that denies the charge as such, or the deed it names, needs none of its words."""
SHARED: Final = 0.25
"""Share of the shorter one's telling words that a charge and its answer have in common, where it is one."""

_OPPOSED: Final = {PromiseStatus.KEPT: PromiseStatus.BROKEN, PromiseStatus.BROKEN: PromiseStatus.KEPT}


def charges(desk: Desk) -> Section:
    """The section: each accusation beside its denial, then those that nobody answers."""
    disputes = by_weight(desk, desk.record.disputes)
    answered = [one for one in disputes if is_answered(desk, one)]
    told = [one for one in disputes if one not in answered and _is_whole(one)]
    open_ones = list({one.evidence[0]: one for one in reversed(told)}.values())[::-1]
    blocks: list[Table | Listing] = []
    if answered:
        blocks.append(_face_to_face(desk, answered[:MOST_CHARGES]))
        left = len(answered) - MOST_CHARGES
        if left > 0:
            blocks.append(Listing(lines=(say(quiet(f"and {left} more charges with their answers")),)))
    unanswered = [_open_line(desk, one) for one in open_ones] + [
        _accusation_line(desk, one) for one in loose_accusations(desk, disputes)
    ]
    if unanswered:
        lines = capped(unanswered, MOST_CHARGES, "charge")
        blocks.append(Listing(heading="Charges left without an answer in these texts", lines=lines))
    if not blocks:
        blocks = [Listing(lines=(say("The texts tell of no accusation."),))]
    lead = "Who charges whom with what, in the texts’ own words. A charge is somebody’s word, not a finding."
    return Section(key="charges", title="Charges and denials", blocks=tuple(blocks), lead=lead)


def contradictions(desk: Desk) -> Section | None:
    """The section: where one source says what another rules out; ``None`` where none does."""
    lines = [
        *_promises_told_both_ways(desk),
        *_meetings_told_both_ways(desk),
        *_signals_both_ways(desk),
    ]
    if not lines:
        return None
    lead = (
        "Places where one telling rules out another. They may be an error, a change over time, or spin: "
        "read both."
    )
    blocks = (Listing(lines=capped(lines, 15, "contradiction")),)
    title = "Where the sources contradict one another"
    return Section(key="contradictions", title=title, blocks=blocks, lead=lead, marks=(Mark.INFERRED,))


def is_answered(desk: Desk, dispute: Dispute) -> bool:
    """Whether it holds an answer of its own: not the charge's words again, nor words about something else."""
    if len(dispute.evidence) < 2:
        return dispute.denied_by is not None
    if _overlap(dispute.evidence[0], dispute.evidence[1]):
        return False
    if dispute.review in (Review.ACCEPTED, Review.EDITED) or (dispute.meets or 0.0) >= MEETS:
        return True
    return _one_matter(desk, *dispute.evidence[:2])


def _one_matter(desk: Desk, charge: Evidence, answer: Evidence) -> bool:
    """Whether two stretches have telling words in common: two of them, or a quarter of the shorter's."""
    one, other = (_telling_words(desk, words.quote) for words in (charge, answer))
    shared = len(one & other)
    return shared > 1 or containment(one, other) >= SHARED


def _telling_words(desk: Desk, quote: str) -> frozenset[str]:
    """Stems of the words that carry the sense; "pays" and "paying" are one, short as they are."""
    terms = content_terms(quote, desk.countries)
    return frozenset(term.removesuffix("ing") if len(term) < 7 else term for term in map(_without_s, terms))


def _without_s(term: str) -> str:
    return term.removesuffix("s") if len(term) < 6 else term


def by_weight(desk: Desk, disputes: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Disputes with an answer first, then the most told, then the surest."""
    return tuple(
        sorted(
            disputes, key=lambda d: (not is_answered(desk, d), -desk.stories(d.evidence), -d.confidence, d.id)
        )
    )


def loose_accusations(desk: Desk, disputes: Sequence[Dispute]) -> tuple[Statement, ...]:
    """Accusations that no dispute holds, each said by somebody against somebody."""
    held: defaultdict[str, list[Evidence]] = defaultdict(list)
    for dispute in disputes:
        for words in dispute.evidence:
            held[words.article].append(words)
    return tuple(
        statement
        for statement in desk.record.statements
        if statement.act is Act.ACCUSATION
        and statement.target is not None
        and _is_whole(statement)
        and (statement.speaker or statement.speaker_text)
        and not any(_overlap(statement.evidence[0], e) for e in held[statement.evidence[0].article])
    )


def _is_whole(charge: Dispute | Statement) -> bool:
    words = charge.evidence[0].quote
    return says_enough(words) and not breaks_off(words)


def _face_to_face(desk: Desk, disputes: Sequence[Dispute]) -> Table:
    rows = tuple(
        Row(
            head=say(
                f"{sentence(desk.names.with_camp(one.claimed_by))} against {desk.names.party(one.against)}",
                quiet(f" — {issue_label(desk, one.issue)}") if one.issue else "",
                marks=desk.marks(one),
                of=(one,),
            ),
            cells=(
                Cell(lines=(say(desk.quote(one.evidence[0], 320), of=(one,)),)),
                Cell(lines=(_answer(desk, one),)),
                Cell(lines=(_meets(one),)),
            ),
        )
        for one in disputes
    )
    columns = ("Who charges whom", "The charge", "The answer", "Does it meet the charge?")
    return Table(caption="Charges and answers, face to face", columns=columns, rows=rows)


def _answer(desk: Desk, dispute: Dispute) -> Line:
    who = f"{sentence(desk.names.with_camp(dispute.denied_by))}: " if dispute.denied_by else ""
    if len(dispute.evidence) < 2:
        return say(f"{who}an answer whose words are not at hand.")
    answer = dispute.evidence[1]
    return say(who, desk.turned_down(answer), desk.quote(answer, 320), of=(dispute,))


def _meets(dispute: Dispute) -> Line:
    gap = f": {squeeze(dispute.gap)}" if dispute.gap else ""
    marks = (Mark.INFERRED,) if dispute.meets is not None else ()
    return say(sentence(how_well(dispute.meets)) + gap, marks=marks, of=(dispute,))


def _open_line(desk: Desk, dispute: Dispute) -> Line:
    return say(
        f"{sentence(desk.names.with_camp(dispute.claimed_by))} against {desk.names.party(dispute.against)}: ",
        desk.quote(dispute.evidence[0]),
        marks=desk.marks(dispute),
        of=(dispute,),
    )


def _accusation_line(desk: Desk, statement: Statement) -> Line:
    return say(
        f"{sentence(desk.names.speaker(statement))} against {desk.names.party(statement.target)}: ",
        desk.quote(statement.evidence[0]),
        marks=desk.marks(statement),
        of=(statement,),
    )


def _promises_told_both_ways(desk: Desk) -> Iterator[Line]:
    for promise in desk.record.promises:
        for one, other in combinations(promise.reports, 2):
            if _OPPOSED.get(one.status) is other.status:
                yield say(
                    f"On the promise of {desk.names.party(promise.by)} to {_to(desk, promise)}: "
                    f"{_by(desk, one.by)} tells it as {one.status.value}",
                    desk.cite((one.because,)),
                    f", {_by(desk, other.by)} as {other.status.value}",
                    desk.cite((other.because,)),
                    ".",
                    of=(promise,),
                )
                break


def _meetings_told_both_ways(desk: Desk) -> Iterator[Line]:
    groups: defaultdict[tuple[frozenset[str], str], list[tuple[int, Meeting]]] = defaultdict(list)
    for place, met in enumerate(desk.record.meetings):
        if met.date and len(met.date) == len("2007-05-28"):
            groups[frozenset(met.parties), met.date].append((place, met))
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    # In the order of the record's meetings, as if each were held against each.
    for (_, one), (_, other) in sorted(pairs, key=lambda pair: (pair[0][0], pair[1][0])):
        differs = _how_meetings_differ(one, other)
        if differs:
            yield say(
                f"The meeting of {in_words(one.date)}: {differs[0]}",
                desk.cite(one.evidence),
                f" or {differs[1]}",
                desk.cite(other.evidence),
                ".",
                of=(one, other),
            )


def _how_meetings_differ(one: Meeting, other: Meeting) -> tuple[str, str] | None:
    told = {one.status, other.status}
    if told == {MeetingStatus.HELD, MeetingStatus.FIZZLED}:
        return one.status.value, other.status.value
    if one.place and other.place and one.status is other.status is MeetingStatus.HELD:
        here, there = squeeze(one.place), squeeze(other.place)
        if here.lower() not in there.lower() and there.lower() not in here.lower():
            return f"held in {here}", f"held in {there}"
    return None


def _signals_both_ways(desk: Desk) -> Iterator[Line]:
    """The first such pair of each camp and issue, in the order of the record's signals."""
    groups: defaultdict[tuple[str | None, str | None], list[tuple[int, Signal]]] = defaultdict(list)
    for place, signal in enumerate(desk.record.signals):
        if signal.party and signal.issue and signal.signal in (SignalKind.FLEXIBLE, SignalKind.RED_LINE):
            groups[desk.record.camp(signal.party), signal.issue].append((place, signal))
    firsts = (
        next((pair for pair in combinations(group, 2) if pair[0][1].signal is not pair[1][1].signal), None)
        for group in groups.values()
        if len({signal.signal for _, signal in group}) == 2
    )
    for (_, one), (_, other) in sorted(
        (pair for pair in firsts if pair is not None), key=lambda pair: (pair[0][0], pair[1][0])
    ):
        soft, hard = (one, other) if one.signal is SignalKind.FLEXIBLE else (other, one)
        yield _signal_line(desk, soft, hard)


def _signal_line(desk: Desk, soft: Signal, hard: Signal) -> Line:
    who, issue = sentence(desk.names.camp(soft.party)), issue_label(desk, soft.issue)
    return say(
        f"{who} on {issue}: one telling shows room to move, ",
        desk.quote(soft.evidence[0], 140),
        "; another draws a red line, ",
        desk.quote(hard.evidence[0], 140),
        ".",
        of=(soft, hard),
    )


def _to(desk: Desk, promise: Promise) -> str:
    to = f"{desk.names.party(promise.to)}, " if promise.to else ""
    return f"{to}“{squeeze(promise.what)}”"


def _by(desk: Desk, party: str | None) -> str:
    return desk.names.with_camp(party) if party else "the writer"


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
