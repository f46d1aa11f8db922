"""The tools, each a question to a record as it stands.

Law: only ``propose`` writes, and it decides nothing.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from detente.analysis.stability import StateVerdict, stability
from detente.brief.findings import leaving, weightiest
from detente.brief.names import Names
from detente.claims import Claim, Dispute, Promise, Statement
from detente.dates import earliest, is_when, latest
from detente.errors import DetenteError
from detente.mcp.answers import (
    MOST,
    Answer,
    Changed,
    Changes,
    Decision,
    Evidenced,
    Outcome,
    Outcomes,
    Proposed,
    answer,
    told,
    words_of,
)
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.model import Negotiation
from detente.negotiation.wording import party_name, state_in_words
from detente.record.changes import changes_between
from detente.record.lookup import issue_ids, party_ids, sides
from detente.record.model import Record
from detente.record.proposals import Proposal, claim_of, propose
from detente.record.store import Store
from detente.record.terms import content_terms
from detente.solvers.graph_model import Concept
from detente.vocabulary import ClaimKind, PromiseStatus

# With 200 worlds the 90% interval of a share is 12 points wide at most.
_WORLDS: Final = 200


class Tools:
    """Questions that can be put to one record."""

    def __init__(self, store: Store, *, who: str = "mcp") -> None:
        self._store = store
        self._who = who

    def who_said(self, words: str, party: str | None = None, limit: int = 10) -> Answer:
        """Who said something like these words, and in which article.

        Args:
            words: What to look for: names of things and deeds ("lift harbour fees"), not a question.
            party: Only statements by or to this party, or a member of it.
            limit: Items to give, at most 50.
        """
        record = self._record()
        wanted = set(content_terms(words))
        if not wanted:
            raise DetenteError(f"{words!r} has no words to look for: name things and deeds.")
        scored = []
        for claim in _of(record, party, None, ClaimKind.STATEMENTS):
            shared = len(wanted & set(content_terms(claim.evidence[0].quote)))
            if 2 * shared >= len(wanted):
                scored.append((-shared, claim))
        scored.sort(key=lambda pair: pair[0])
        return answer(record, [claim for _, claim in scored], limit)

    def position_history(self, party: str, issue: str | None = None, limit: int = 30) -> Answer:
        """What a party wanted, offered, refused and signalled, in order of time.

        Args:
            party: Its name; members count as it.
            issue: Only on this issue: words of its label.
            limit: Items to give, at most 50.
        """
        record = self._record()
        members = party_ids(record, party)
        kinds = (ClaimKind.DEMANDS, ClaimKind.PROMISES, ClaimKind.SIGNALS, ClaimKind.STATEMENTS)
        own = [
            claim
            for claim in _of(record, None, issue, *kinds)
            if next(sides(claim), None) in members and not _is_plain(claim)
        ]
        own.sort(key=lambda claim: _day(record, claim))
        return answer(record, own, limit)

    def promises(
        self, party: str | None = None, status: PromiseStatus | None = None, limit: int = 20
    ) -> Answer:
        """Who promised what, and what became of it.

        Args:
            party: Only promises by or to this party, or a member of it.
            status: kept, broken, pending or disputed.
            limit: Items to give, at most 50.
        """
        record = self._record()
        found = _of(record, party, None, ClaimKind.PROMISES)
        kept = [c for c in found if isinstance(c, Promise) and status in (None, c.status)]
        return answer(record, list(kept), limit)

    def disputes(
        self,
        party: str | None = None,
        issue: str | None = None,
        answered: bool | None = None,
        limit: int = 20,
    ) -> Answer:
        """Charges and what the accused say to them.

        Args:
            party: Only those by, against or denied by this party, or a member of it.
            issue: Only on this issue: words of its label.
            answered: true: only denied charges; false: only unanswered ones.
            limit: Items to give, at most 50.
        """
        record = self._record()
        found = [
            claim
            for claim in _of(record, party, issue, ClaimKind.DISPUTES)
            if answered is None or (isinstance(claim, Dispute) and (claim.denied_by is not None) is answered)
        ]
        return answer(record, found, limit)

    def what_changed(self, since: str, until: str | None = None, limit: int = 30) -> Changes:
        """New, moved and dropped demands, fates of promises, positions and contradictions after a day.

        Args:
            since: ISO date, "2007-06" or "2007-06-30": what articles after it tell.
            until: The last day; left out: all there are.
            limit: Changes to give, at most 50.
        """
        record = self._record()
        for when in (since, until):
            if when is not None and not is_when(when):
                raise DetenteError(f"{when!r} is not a date: write 2007, 2007-05 or 2007-05-28.")
        names = Names(record)
        found = changes_between(record, latest(since), latest(until) if until else date.max)
        shown = tuple(
            Changed(
                what=change.movement.value,
                party=names.plain(change.party),
                was=change.was,
                now=change.now,
                on=change.on,
                item=change.item,
                words=words_of(record, change.because, names),
            )
            for change in found[: max(1, min(limit, MOST))]
        )
        return Changes(found=len(found), items=shown)

    def stable_outcomes(self, limit: int = 5) -> Outcomes:
        """Which outcomes of the negotiation would hold, the firmest first, and how sure that is.

        The options and preferences are derived from the record with doubt left in; this is a model of the
        reporting, no forecast. Only the weightiest options move, as in the brief.

        Args:
            limit: Outcomes to give, at most 50.
        """
        negotiation = derive_negotiation(self._record())
        moved = weightiest(negotiation)
        finding = stability(leaving(negotiation, moved), samples=_WORLDS)
        rank = {state: at for at, state in enumerate(finding.firmest)}
        ordered = sorted(finding.states, key=lambda one: rank.get(one.state, len(rank)))
        return Outcomes(
            considered=finding.considered,
            holding=len(finding.states),
            moved=tuple(
                f"{party_name(negotiation, option.by)}: {option.text}"
                for option in negotiation.options
                if option.id in moved
            ),
            outcomes=tuple(_outcome(negotiation, one) for one in ordered[: max(1, min(limit, MOST))]),
            rests_on=finding.evidence,
        )

    def evidence(self, item: str) -> Evidenced:
        """Every quote under an item, in its sentences, and what people decided on it.

        Args:
            item: The id of an item, from another answer.
        """
        record = self._store.record()
        claim = self._store.item(item).claim
        decisions = tuple(
            Decision(on=edit.on, who=edit.who, action=edit.action.value, reason=edit.reason)
            for edit in self._store.history(item)
        )
        return Evidenced(
            item=told(record, claim, Names(record), most=len(claim.evidence)), decisions=decisions
        )

    def propose(self, article: str, proposal: Proposal, reason: str) -> Proposed:
        """Propose an item that the reading missed. It waits in the review queue; an analyst decides.

        Args:
            article: Id of the article that holds the words.
            proposal: ``quote`` must be copied from the article character for character.
            reason: Why it belongs in the record, for the analyst.
        """
        record = self._store.record()  # whole: what an analyst rejected is not proposed again
        held = record.article.get(article)
        if held is None:
            raise DetenteError(f"no article {article!r}: take the id from another answer.")
        if not reason.strip():
            raise DetenteError("no reason: say in a sentence why it belongs in the record.")
        claim = claim_of(proposal, held, record)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._store.decide(propose(record, claim, who=self._who, on=now, reason=reason.strip()[:1000]))
        return Proposed(item=claim.id, note="in the review queue as proposed; an analyst decides")

    def _record(self) -> Record:
        return self._store.record().standing()


def _of(record: Record, party: str | None, issue: str | None, *kinds: ClaimKind) -> Iterator[Claim]:
    """Claims of these kinds that a party is in and that are about an issue."""
    members = party_ids(record, party) if party else None
    issues = issue_ids(record, issue) if issue else None
    for _, claim in record.claims(*kinds):
        if members is not None and not members & set(sides(claim)):
            continue
        if issues is None or getattr(claim, "issue", None) in issues:
            yield claim


def _is_plain(claim: Claim) -> bool:
    """Whether it is a statement that takes no position."""
    return isinstance(claim, Statement) and claim.act.value in {"report", "assessment"}


def _day(record: Record, claim: Claim) -> tuple[date, int]:
    words = claim.evidence[0]
    published = record.article[words.article].published
    return (earliest(published) if published else date.max, words.start)


def _outcome(negotiation: Negotiation, verdict: StateVerdict) -> Outcome:
    strongest = (Concept.SEQ, Concept.SMR, Concept.GMR, Concept.NASH)
    return Outcome(
        state=verdict.state,
        done=state_in_words(negotiation, verdict.taken),
        holds_by=tuple(concept.value for concept in verdict.equilibrium),
        better_for=tuple(party_name(negotiation, party) for party in verdict.better),
        worse_for=tuple(party_name(negotiation, party) for party in verdict.worse),
        share=next((verdict.shares[c] for c in strongest if c in verdict.shares), ()),
    )
