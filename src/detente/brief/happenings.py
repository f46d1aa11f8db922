"""Events as a reader counts them: one deed told of several pairs of parties is one happening."""

from collections.abc import Iterable
from dataclasses import dataclass

from detente.claims import Event
from detente.dates import When
from detente.evidence import Evidence
from detente.record.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Events of one type and day that rest on the same words.

    Attributes:
        first: The surest of its tellings.
        by: Everyone who does it, by id; ``to``: everyone it is done to.
    """

    first: Event
    by: tuple[str, ...]
    to: tuple[str, ...]
    tellings: tuple[Event, ...]

    @property
    def when(self) -> When | None:
        """Its day."""
        return self.first.when

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words of every telling, each once."""
        return tuple(dict.fromkeys(e for one in self.tellings for e in one.evidence))


def happenings(record: Record) -> tuple[Happening, ...]:
    """Every event of the record, put together, in the record's order."""
    groups: dict[tuple[object, ...], list[Event]] = {}
    for event in record.events:
        key = (event.type, event.when, event.evidence[0], event.modality)
        groups.setdefault(key, []).append(event)
    return tuple(
        Happening(
            first=max(group, key=lambda one: (one.confidence, one.id)),
            by=_ids(one.by for one in group),
            to=_ids(one.to for one in group),
            tellings=tuple(group),
        )
        for group in groups.values()
    )


def _ids(parties: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party for party in parties if party is not None))
