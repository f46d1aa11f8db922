"""Items that somebody outside the reading proposes: made into claims with words behind them, for review.

Law: the words must stand in the article, character for character; a proposal is never a decision. Whoever
proposes gives a quote and names, never offsets or ids.
"""

from dataclasses import dataclass
from typing import Final

from detente.articles import Article
from detente.claims import Claim, Demand, Event, Meeting, Promise, Spans, Statement, stable_id
from detente.dates import When, is_when
from detente.errors import FalseEvidence, InvalidRecord
from detente.evidence import Evidence, Span, cut
from detente.record.edits import Action, Edit, decide_on
from detente.record.lookup import party_named
from detente.record.model import Record
from detente.vocabulary import Act, ClaimKind, EventType, MeetingStatus, PromiseStatus, Quotation

KINDS: Final = (
    ClaimKind.STATEMENTS,
    ClaimKind.DEMANDS,
    ClaimKind.PROMISES,
    ClaimKind.EVENTS,
    ClaimKind.MEETINGS,
)
"""The kinds that can be proposed: those that rest on one quote."""

# A proposal is as sure as an even bet until somebody looks at it.
_CONFIDENCE: Final = 0.5
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody reads in an article.

    Attributes:
        quote: The words, copied from the article: of a statement, what is said.
        by: Who says, wants, promises or does it, as named in the text; ``to``: whom it is addressed to.
        what: The thing wanted, promised or done, shortened; ``None``: the quote itself.
        act: What a statement does.
        cue: The words of saying, copied from the article.
        event: Type of an event.
        status: Of a meeting.
        when: Of an event or a meeting.
        where: The same.
        parties: Who meets, as named in the text.
    """

    kind: ClaimKind
    quote: str
    by: str | None = None
    to: str | None = None
    what: str | None = None
    act: Act = Act.REPORT
    cue: str | None = None
    event: EventType = EventType.CONSULT
    status: MeetingStatus = MeetingStatus.HELD
    when: When | None = None
    where: str | None = None
    parties: tuple[str, ...] = ()


def propose(record: Record, claim: Claim, *, who: str, on: str, reason: str) -> Edit:
    """The edit that puts a proposed claim into the review queue.

    Args:
        record: What it is proposed for.
        claim: From :func:`claim_of`.
        who: Who proposes: a person's name, or a program's and its model's.
        on: When, ISO 8601.
        reason: Why, and by which prompt.

    Raises:
        InvalidRecord: The record has the same words under the same kind already.
    """
    held = same_words(record, claim)
    if held is not None:
        raise InvalidRecord(f"the record has these words already, as {held}; look at that item instead.")
    article = record.article[claim.evidence[0].article]
    return decide_on(claim, article, Action.PROPOSE, who=who, on=on, reason=reason)


def same_words(record: Record, claim: Claim) -> str | None:
    """Id of the record's claim of the same kind whose words lie over this one's by more than half."""
    words = claim.evidence[0]
    for _, held in record.claims():
        if type(held) is type(claim) and held.evidence and _overlap(held.evidence[0], words) > 0.5:
            return held.id
    return None


def claim_of(proposal: Proposal, article: Article, record: Record, within: Span | None = None) -> Claim:
    """The claim that a proposal makes.

    Args:
        proposal: Whose names are resolved as the record knows them; a name that fits two parties, none.
        article: Where the words stand.
        record: Whose parties are known.
        within: The stretch of the text to look for the words in; ``None``: all of it.

    Raises:
        FalseEvidence: The words are not there.
        InvalidRecord: A kind that cannot be proposed, or a date that is none.
    """
    if proposal.kind not in KINDS:
        known = ", ".join(kind.value for kind in KINDS)
        raise InvalidRecord(f"{proposal.kind.value} cannot be proposed; {known} can.")
    if proposal.when is not None and not is_when(proposal.when):
        raise InvalidRecord(f"{proposal.when!r} is not a date: write 2007, 2007-05 or 2007-05-28.")
    words = find_words(article, proposal.quote, within)
    key = stable_id("proposed", proposal.kind, article.id, words.start, words.end, proposal.act)
    if proposal.kind is ClaimKind.STATEMENTS:
        return _statement(proposal, article, record, words, key)
    return _deed(proposal, record, words, key)


def find_words(article: Article, quote: str, within: Span | None = None) -> Evidence:
    """Evidence for words that stand in the article, the first time they do.

    Raises:
        FalseEvidence: They do not, or are too few to tell anything.

    >>> text = "She said no. He said no."
    >>> find_words(Article(id="a", file="a", sha256="", text=text), "said no", (12, 24)).start
    16
    """
    wanted = quote.strip()
    if len(wanted) < _SHORTEST:
        raise FalseEvidence(f"{article.id}: {quote!r} is too short to be evidence; quote the whole clause.")
    low, high = within or (0, len(article.text))
    at = article.text.find(wanted, low, high)
    if at < 0:
        raise FalseEvidence(
            f"{article.id}: no such words: {wanted[:200]!r}. Copy them character for character; "
            "check dashes and curly quotes."
        )
    return cut(article.id, article.text, (at, at + len(wanted)))


def _deed(proposal: Proposal, record: Record, words: Evidence, key: str) -> Claim:
    by, to = party_named(record, proposal.by), party_named(record, proposal.to)
    what = " ".join((proposal.what or proposal.quote).split())
    when = proposal.when
    match proposal.kind:
        case ClaimKind.DEMANDS:
            return Demand(
                id=key, by=by, of=to, what=what, evidence=(words,), when=when, confidence=_CONFIDENCE
            )
        case ClaimKind.PROMISES:
            pending = PromiseStatus.PENDING
            return Promise(
                id=key, by=by, to=to, what=what, made=when, status=pending, evidence=(words,),
                confidence=_CONFIDENCE,
            )  # fmt: skip
        case ClaimKind.EVENTS:
            return Event(
                id=key, type=proposal.event, by=by, to=to, what=what, when=when, where=proposal.where,
                asserted_by=None, evidence=(words,), confidence=_CONFIDENCE,
            )  # fmt: skip
        case _:
            named = (party_named(record, name) for name in proposal.parties)
            present = tuple(dict.fromkeys(party for party in named if party is not None))
            return Meeting(
                id=key, parties=present, date=when, place=proposal.where, status=proposal.status,
                evidence=(words,), confidence=_CONFIDENCE,
            )  # fmt: skip


def _statement(proposal: Proposal, article: Article, record: Record, words: Evidence, key: str) -> Statement:
    speaker = party_named(record, proposal.by)
    known = record.party.get(speaker or "")
    low, high = article.text.rfind("\n", 0, words.start) + 1, article.text.find("\n", words.end)
    paragraph = (low, high if high >= 0 else len(article.text))
    cue, named = (_span(article, part, paragraph) for part in (proposal.cue, proposal.by))
    opening = words.quote[:1] in '"“‘«' or article.text[words.start - 1 : words.start] in {"“", '"', "«"}
    return Statement(
        id=key,
        speaker=speaker,
        speaker_text=article.text[slice(*named)] if named else None,
        affiliation=None if known is None or known.independent else record.camp(speaker),
        cue=article.text[slice(*cue)] if cue else None,
        quote=Quotation.DIRECT if opening else Quotation.INDIRECT,
        act=proposal.act,
        target=party_named(record, proposal.to),
        spans=Spans(
            speaker=(named,) if named else (),
            cue=(cue,) if cue else (),
            content=((words.start, words.end),),
        ),
        confidence=_CONFIDENCE,
        evidence=(words,),
    )


def _span(article: Article, part: str | None, within: Span) -> Span | None:
    """Where a few words stand in their paragraph; ``None`` where they do not."""
    wanted = (part or "").strip()
    at = article.text.find(wanted, *within) if wanted else -1
    return (at, at + len(wanted)) if at >= 0 else None


def _overlap(one: Evidence, other: Evidence) -> float:
    """Characters shared over characters in either."""
    if one.article != other.article:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return max(shared, 0) / whole
