"""Who the negotiation is between: the camps that ask, are asked, meet and charge one another most."""

from collections import Counter

from detente.claims import Party
from detente.record.model import Record
from detente.vocabulary import PartyKind

# A demand shows who negotiates best; a statement alone may be an onlooker's.
_DEMANDS, _ASKED, _MEETS, _CHARGES, _PROMISES, _SPEAKS = 3.0, 2.0, 2.0, 1.0, 2.0, 0.2


def sides(record: Record) -> tuple[str, ...]:
    """Ids of the camps, the most involved first. A person who speaks for nobody is no side."""
    weight: Counter[str] = Counter()

    def add(party: str | None, amount: float) -> None:
        camp = record.camp(party)
        if camp is not None and camp in record.party and _can_be_side(record.party[camp]):
            weight[camp] += amount  # type: ignore[assignment]  # Counter counts in fractions here

    for demand in record.demands:
        if record.camp(demand.by) == record.camp(demand.of):
            continue
        add(demand.by, _DEMANDS)
        add(demand.of, _ASKED)
    for meeting in record.meetings:
        for party in meeting.parties:
            add(party, _MEETS)
    for dispute in record.disputes:
        add(dispute.claimed_by, _CHARGES)
        add(dispute.against, _CHARGES)
    for promise in record.promises:
        add(promise.by, _PROMISES)
    for statement in record.statements:
        add(statement.affiliation or statement.speaker, _SPEAKS)
    return tuple(sorted(weight, key=lambda camp: (-weight[camp], record.party[camp].name)))


def _can_be_side(party: Party) -> bool:
    return party.kind is not PartyKind.PERSON and not party.independent
