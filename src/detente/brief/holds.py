"""What could hold: stable outcomes, packages, spoilers and tables, in words."""

from detente.brief.findings import Findings
from detente.brief.model import Line, Section
from detente.brief.notes import Desk
from detente.negotiation.model import Negotiation


def holds(desk: Desk, negotiation: Negotiation | None, findings: Findings) -> Section | None:
    """The section; ``None`` where nothing was analysed."""
    del desk, negotiation, findings
    return None


def in_a_sentence(desk: Desk, negotiation: Negotiation | None, findings: Findings) -> list[Line]:
    """What could hold, for the state of play."""
    del desk, negotiation, findings
    return []
