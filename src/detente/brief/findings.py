"""What the analyses found, gathered for the brief."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Findings on one negotiation; ``None`` where an analysis was not run or had nothing to go on."""
