"""A claim as a card: who says what to whom in a line, its words, and how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from detente.brief.context import shorten
from detente.brief.names import Names, listed, sentence, squeeze
from detente.claims import (
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Meeting,
    Promise,
    Signal,
    Statement,
)
from detente.dates import When, in_words
from detente.desk.segments import Mark
from detente.desk.verbs import MEETINGS, MODALITIES, SIGNALS, act, deed
from detente.record.pages import Item
from detente.vocabulary import ClaimKind, Review

KIND_NAMES: Final = {
    ClaimKind.STATEMENTS: "Statement",
    ClaimKind.DEMANDS: "Demand",
    ClaimKind.PROMISES: "Promise",
    ClaimKind.DISPUTES: "Dispute",
    ClaimKind.EVENTS: "Event",
    ClaimKind.MEETINGS: "Meeting",
    ClaimKind.SIGNALS: "Signal",
    ClaimKind.FACTIONS: "Faction",
}
_LONGEST_QUOTE: Final = 260


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a person sees of a claim.

    Attributes:
        who: Whose it is, in words.
        what: What it says, in a line.
        more: What else is known: "by the article's own word", a date, an issue.
        quote: The words, shortened.
        sure: How sure the reading is, in per cent.
        start: Where the words stand in their article.
        told_again: Whether it is a further telling of another item.
    """

    id: str
    kind: ClaimKind
    kind_name: str
    who: str
    what: str
    more: tuple[str, ...]
    quote: str
    review: Review
    version: int
    sure: int
    article: str | None
    start: int
    end: int
    told_again: bool


def card_of(item: Item, names: Names) -> Card:
    """The card of an item."""
    claim = item.claim
    who, what = line_of(claim, names)
    words = claim.evidence[0] if claim.evidence else None
    quote, was_cut = shorten(squeeze(words.quote), _LONGEST_QUOTE) if words else ("", False)
    return Card(
        id=claim.id,
        kind=item.kind,
        kind_name=KIND_NAMES[item.kind],
        who=sentence(who),
        what=what,
        more=tuple(_more(claim, names)),
        quote=f"{quote}…" if was_cut else quote,
        review=claim.review,
        version=item.version,
        sure=round(100 * claim.confidence),
        article=words.article if words else None,
        start=words.start if words else 0,
        end=words.end if words else 0,
        told_again=getattr(claim, "retells", None) is not None,
    )


def marks_of(item: Item, article: str) -> Iterator[Mark]:
    """Where an item's words stand in an article, and of a statement its speaker and word of saying."""
    claim = item.claim
    look = f"{item.kind.value} {claim.review.value}"
    here = [(e.start, e.end) for e in claim.evidence if e.article == article]
    if isinstance(claim, Statement) and claim.evidence and claim.evidence[0].article == article:
        for role, spans in (("speaker", claim.spans.speaker), ("cue", claim.spans.cue)):
            for start, end in spans:
                yield Mark(item=claim.id, start=start, end=end, look=f"{look} role {role}")
        here = [*(claim.spans.content or here[:1]), *here[1:]]
    for start, end in dict.fromkeys(here):
        yield Mark(item=claim.id, start=start, end=end, look=look)


def line_of(claim: Claim, names: Names) -> tuple[str, str]:  # noqa: PLR0911  # one for each kind
    """Whose it is, and what it says."""
    match claim:
        case Statement():
            return names.speaker(claim), act(claim.act, names.party(claim.target) if claim.target else None)
        case Demand():
            of = f" of {names.party(claim.of)}" if claim.of else ""
            return names.with_camp(claim.by), f"asks{of}{_in_other_words(claim.what, claim)}"
        case Promise():
            to = f" {names.party(claim.to)}" if claim.to else ""
            return names.with_camp(claim.by), f"promises{to}{_in_other_words(claim.what, claim)}"
        case Dispute():
            answer = f"; {names.party(claim.denied_by)} answers" if claim.denied_by else "; no answer"
            return names.with_camp(claim.claimed_by), f"charges {names.party(claim.against)}{answer}"
        case Event():
            done = deed(claim.type, names.party(claim.to) if claim.to else None)
            return names.party(claim.by), f"{done}{_in_other_words(claim.what, claim)}"
        case Meeting():
            who = listed(names.party(party) for party in claim.parties) or "parties not named"
            return who, MEETINGS[claim.status]
        case Signal():
            about = _in_other_words(claim.about or "", claim)
            return names.with_camp(claim.party), f"{SIGNALS[claim.signal]}{about}"
        case Faction():
            side = {1: "is for it", -1: "is against it", 0: "takes a side"}[claim.stance]
            inside = f" inside {names.party(claim.party)}" if claim.party else ""
            return f"{squeeze(claim.faction)}{inside}", f"{side}{_in_other_words(claim.position, claim)}"


def _in_other_words(what: str, claim: Claim) -> str:
    """What is claimed, after a colon; nothing where the quote below begins with the same words."""
    said = squeeze(what)
    quote = squeeze(claim.evidence[0].quote) if claim.evidence else ""
    if not said or quote.casefold().removeprefix("to ").startswith(said.rstrip("….,; ").casefold()):
        return ""
    return f": {said}"


def _more(claim: Claim, names: Names) -> Iterator[str]:
    issue = names.record.issue.get(getattr(claim, "issue", None) or "")
    for known in (*_known(claim, names), issue.label if issue else None):
        if known:
            yield squeeze(known)


def _known(claim: Claim, names: Names) -> tuple[str | None, ...]:  # noqa: PLR0911  # one for each kind
    match claim:
        case Statement():
            relayed = f"relayed by “{claim.via}”" if claim.via else None
            channel = claim.channel.value.replace("_", " ") if claim.channel else None
            return f"{claim.quote.value} speech", relayed, channel
        case Demand():
            return *(MODALITIES[mood] for mood in claim.modality), _on(claim.when)
        case Promise():
            return claim.status.value, f"made {_on(claim.made)}" if claim.made else None
        case Event():
            told = f"told by {names.party(claim.asserted_by)}" if claim.asserted_by else None
            moods = [MODALITIES[mood] for mood in claim.modality]
            return *moods, _on(claim.when), claim.where, told
        case Meeting():
            return _on(claim.date), claim.place
        case Dispute():
            return (claim.gap,)
        case Signal() | Faction():
            return ()


def _on(when: When | None) -> str | None:
    return in_words(when) if when else None
