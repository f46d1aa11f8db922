"""Names and words for what could hold on a sheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from detente.brief.names import listed, squeeze
from detente.negotiation.model import Negotiation, Option
from detente.solvers.graph_model import Concept

CONCEPT_WORDS: Final = {
    Concept.NASH: ("of itself", "nobody has a better move"),
    Concept.SEQ: ("by answers", "who moved would be answered, in the other’s own interest"),
    Concept.SMR: ("by firm threats", "who moved would be answered, and could not make up for it"),
    Concept.GMR: ("by threats", "who moved could be punished, at the other’s own cost"),
}
"""How an outcome holds, short and in a clause, from the firmest."""


@dataclass(frozen=True, slots=True)
class Described:
    """What things on a sheet are called."""

    names: dict[str, str]
    options: dict[str, Option]

    def party(self, party: str) -> str:
        """A party's name."""
        return self.names.get(party, party)

    def text(self, option: str) -> str:
        """What an option is, in words that follow its party's name."""
        known = self.options.get(option)
        return squeeze(known.text) if known else option

    def deed(self, option: str) -> str:
        """Who does what."""
        known = self.options.get(option)
        return f"{self.party(known.by)}: {squeeze(known.text)}" if known else option

    def deeds(self, options: Iterable[str]) -> str:
        """What is done in an outcome, in a row."""
        return listed((self.deed(one) for one in options), 6) or "nothing is done"


def described(negotiation: Negotiation) -> Described:
    """The names on a sheet."""
    return Described(
        names={party.id: squeeze(party.name) for party in negotiation.parties},
        options={option.id: option for option in negotiation.options},
    )
