"""The negotiation's own names, and what its options rest on in the record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from detente.brief.model import Part
from detente.brief.names import listed, sentence, squeeze
from detente.brief.notes import Desk
from detente.claims import Claim
from detente.evidence import Evidence
from detente.negotiation.model import Negotiation, Option

_SHARES: Final = (
    (0.995, "always"),
    (0.9, "almost always"),
    (0.66, "mostly"),
    (0.34, "about as often as not"),
    (0.1, "seldom"),
    (0.005, "hardly ever"),
    (float("-inf"), "never"),
)


@dataclass(frozen=True)
class System:
    """A negotiation beside the record that it was derived from.

    Attributes:
        desk: Where the brief is written.
    """

    desk: Desk
    negotiation: Negotiation

    @cached_property
    def option(self) -> dict[str, Option]:
        """Options by id."""
        return {option.id: option for option in self.negotiation.options}

    def party(self, party: str) -> str:
        """A party's name in running text."""
        return (
            self.desk.names.party(self._in_record[party]) if party in self._in_record else self.plain(party)
        )

    def plain(self, party: str) -> str:
        """A party's name for the head of a column."""
        return self._names.get(party, party)

    def deed(self, option: str) -> str:
        """Who does what: "Meridia: free the sailors"."""
        known = self.option.get(option)
        return f"{self.plain(known.by)}: {squeeze(known.text)}" if known else option

    def deeds(self, options: Iterable[str], most: int = 6) -> str:
        """What is done in an outcome, in a row; "nothing is changed" where nothing is."""
        every = [self.deed(one) for one in options]
        more = [f"{len(every) - most} more"] if len(every) > most else []
        return "; ".join([*every[:most], *more]) or "nothing is done"

    def trade(self, options: Iterable[str]) -> str:
        """What each party does in an outcome: "Meridia would free the sailors; Varda would pay the toll"."""
        does: dict[str, list[str]] = {}
        for one in options:
            if (known := self.option.get(one)) is not None:
                does.setdefault(known.by, []).append(squeeze(known.text).removesuffix("…").rstrip())
        return "; ".join(f"{self.party(by)} would {listed(told)}" for by, told in does.items())

    def running(self, words: str) -> str:
        """Words of an analysis with each party's name as running text has it: "the United States"."""
        for party, plain in self._names.items():
            named = self.party(party)
            if named != plain and named.endswith(plain):
                words = re.sub(rf"(?<!\bthe )(?<!\bThe )\b{re.escape(plain)}\b", named, words)
        return sentence(words)

    def cite(self, claims: Iterable[str], most: int = 4) -> tuple[Part, ...]:
        """Notes for claims named by id; ids that the record does not hold are passed over."""
        found = (self._claims[one] for one in dict.fromkeys(claims) if one in self._claims)
        return self.desk.cite(
            (evidence for claim in found for evidence in claim.evidence[:1]), most, tell_more=False
        )

    def cite_option(self, option: str, most: int = 3) -> tuple[Part, ...]:
        """Notes for an option."""
        known = self.option.get(option)
        return self.cite(known.evidence, most) if known else ()

    def evidence(self, claims: Iterable[str]) -> tuple[Evidence, ...]:
        """The words of claims named by id."""
        return tuple(e for one in claims if one in self._claims for e in self._claims[one].evidence)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {party.id: squeeze(party.name) for party in self.negotiation.parties}

    @cached_property
    def _in_record(self) -> dict[str, str]:
        """Ids in the record by id in the file: the same id or, of the same name, the first party."""
        known = self.desk.record.party
        named = {party.name: party.id for party in reversed(self.desk.record.parties)}
        found = ((p.id, p.id if p.id in known else named.get(p.name)) for p in self.negotiation.parties)
        return {here: there for here, there in found if there is not None}

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for _, claim in self.desk.record.claims()}


def share(part: float) -> str:
    """A share of the worlds drawn, in words and figures.

    >>> share(0.83), share(1.0), share(0.04)
    ('mostly (83%)', 'always (100%)', 'hardly ever (4%)')
    """
    words = next(word for floor, word in _SHARES if part >= floor)
    return f"{words} ({round(100 * part)}%)"
