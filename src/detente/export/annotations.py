"""Every item as a W3C Web Annotation (JSON-LD): its words by quote and by position.

Source:
    Sanderson, Ciccarese & Young (2017), *Web Annotation Data Model*, W3C Recommendation.
"""

import json
from collections.abc import Iterator
from urllib.parse import quote

from detente.articles import Article
from detente.claims import Claim
from detente.evidence import Evidence
from detente.export.case import Case
from detente.record.model import Record
from detente.vocabulary import ClaimKind

# All that may stand in an address, and the sign of what is escaped already.
_IN_AN_IRI = ":/?#[]@!$&'()*+,;=%~"
_COLLECTION = "urn:detente:annotations"
_AROUND = 32  # characters before and after a quote, as Hypothesis stores them


def web_annotations(case: Case) -> Iterator[bytes]:
    """An annotation page with one annotation an item."""
    record = case.record
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": _COLLECTION,
        "type": "AnnotationCollection",
        "label": "Detente record",
        "total": sum(len(getattr(record, kind.value)) for kind in ClaimKind),
    }
    page = {"id": f"{_COLLECTION}:page:0", "type": "AnnotationPage", "partOf": _COLLECTION, "startIndex": 0}
    items = (_annotation(record, kind, claim) for kind, claim in record.claims())
    yield f'{json.dumps(head)[:-1]}, "first": {json.dumps(page)[:-1]}, "items": ['.encode()
    for number, item in enumerate(items):
        yield (b",\n" if number else b"\n") + json.dumps(item, ensure_ascii=False).encode()
    yield b"\n]}}\n"


def _annotation(record: Record, kind: ClaimKind, claim: Claim) -> dict[str, object]:
    targets = [_target(record.article[words.article], words) for words in claim.evidence]
    return {
        "id": f"urn:detente:{kind.value}:{claim.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": kind.value},
            {"type": "TextualBody", "purpose": "commenting", "value": summary(record, claim)},
        ],
        "target": targets if len(targets) > 1 else targets[0],
    }


def _target(article: Article, words: Evidence) -> dict[str, object]:
    return {
        "source": _address(article),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": words.quote,
                "prefix": article.text[max(0, words.start - _AROUND) : words.start],
                "suffix": article.text[words.end : words.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": words.start, "end": words.end},
        ],
    }


def _address(article: Article) -> str:
    """Where the article stands, as an IRI."""
    if article.url is None:
        return f"urn:detente:article:{article.id}"
    return quote(article.url, safe=_IN_AN_IRI, encoding="utf-8", errors="replace")


def summary(record: Record, claim: Claim) -> str:
    """What an item is and who is in it, one line."""
    roles = ("speaker", "by", "of", "to", "target", "claimed_by", "against", "denied_by", "party")
    named = [
        f"{role.replace('_', ' ')}: {record.party[party].name}"
        for role in roles
        if (party := getattr(claim, role, None)) in record.party
    ]
    kinds = [
        str(value) for name in ("act", "type", "signal", "status") if (value := getattr(claim, name, None))
    ]
    return "; ".join([*kinds, *named]) or "no party named"
