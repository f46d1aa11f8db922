"""What a claim is, in one line that stands above its words."""

from detente.brief.names import Names
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
from detente.dates import in_words


def lead_of(claim: Claim, names: Names) -> str:  # noqa: PLR0911  # one sentence for each kind of claim
    """What a claim is, in a line that stands above its words."""
    match claim:
        case Statement():
            to = f" to {names.party(claim.target)}" if claim.target else ""
            via = f", told by {claim.via}" if claim.via else ""
            return f"{names.speaker(claim)}: {claim.act.value}{to}{via}"
        case Demand():
            return f"{names.party(claim.by)} demands of {names.party(claim.of)}: {claim.what}"
        case Promise():
            return (
                f"{names.party(claim.by)} promises {names.party(claim.to)}: {claim.what} "
                f"({claim.status.value})"
            )
        case Dispute():
            denied = f"denied by {names.party(claim.denied_by)}" if claim.denied_by else "not answered"
            return f"{names.party(claim.claimed_by)} charges {names.party(claim.against)}: {denied}"
        case Event():
            return (
                f"{claim.type.value}: {names.party(claim.by)} to {names.party(claim.to)}, "
                f"{in_words(claim.when)}"
            )
        case Meeting():
            who = ", ".join(names.party(party) for party in claim.parties)
            return f"Meeting {claim.status.value}: {who}, {in_words(claim.date)}"
        case Signal():
            return f"{names.party(claim.party)}: {claim.signal.value.replace('_', ' ')}"
        case Faction():
            return f"{claim.faction} in {names.party(claim.party)}: {claim.position}"
