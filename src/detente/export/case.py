"""What is taken elsewhere: a record, who decided on it, and the negotiation in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from detente.negotiation.derive import derive_negotiation
from detente.negotiation.model import Negotiation
from detente.record.edits import Action, Edit, in_force
from detente.record.model import Record

# No decision on an item: what is done to an article or to another edit, and what a machine proposes.
_NO_DECISION: Final = frozenset({Action.ARTICLE_STATE, Action.PROPOSE, Action.UNDO})


@dataclass(frozen=True, kw_only=True)
class Case:
    """A record with what belongs to it.

    Attributes:
        edits: The analyst's decisions, oldest first; they stand in the record already.
        on: The day of the export; ``None``: it bears none.
        given: The analyst's own negotiation; ``None``: the one that the record shows.
    """

    record: Record
    edits: Sequence[Edit] = ()
    given: Negotiation | None = None
    on: date | None = None

    @cached_property
    def negotiation(self) -> Negotiation:
        """The negotiation: the analyst's, or else derived from the record.

        Raises:
            NotEnoughEvidence: The record shows none.
        """
        return self.given if self.given is not None else derive_negotiation(self.record)

    @cached_property
    def decided(self) -> Mapping[str, Edit]:
        """The last decision in force on each item that has one, by the item's id."""
        return {edit.item: edit for edit in in_force(self.edits) if edit.action not in _NO_DECISION}
