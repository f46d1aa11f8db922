"""Events as PLOVER 2.0 records, JSON lines: type, mode, contexts, actor, recipient, date and source words."""

import json
from collections.abc import Iterator

from detente.claims import Event
from detente.export.case import Case
from detente.record.model import Record


def plover_jsonl(case: Case) -> Iterator[bytes]:
    """One line an event."""
    for event in case.record.events:
        yield json.dumps(_event(case.record, event), ensure_ascii=False).encode() + b"\n"


def _event(record: Record, event: Event) -> dict[str, object]:
    words = event.evidence[0]
    article = record.article[words.article]
    return {
        "event_id": event.id,
        "event_type": event.type.value,
        "event_mode": [event.mode] if event.mode else [],
        "event_context": list(event.contexts),
        "auxiliary_modes": [modality.value for modality in event.modality],
        "actor": _actors(record, event.by),
        "recipient": _actors(record, event.to),
        "event_date": event.when,
        "event_location": event.where,
        "asserted_by": record.party[event.asserted_by].name if event.asserted_by in record.party else None,
        "event_text": words.quote,
        "source": article.outlet,
        "headline": article.title,
        "pub_date": article.published,
        "story_id": article.id,
        "span": [words.start, words.end],
    }


def _actors(record: Record, party: str | None) -> list[dict[str, str | None]]:
    if party not in record.party:
        return []
    camp = record.camp(party)
    return [
        {
            "name": record.party[str(party)].name,
            "country": record.party[camp].name if camp in record.party else None,
        }
    ]
