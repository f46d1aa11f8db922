"""A claim's words for a page, each leading to its place in its article."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from detente.brief.context import shorten
from detente.brief.names import Names, squeeze
from detente.claims import Claim
from detente.dates import When, earliest
from detente.evidence import Evidence
from detente.record.model import Record

LONGEST: Final = 240


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of an article, shortened.

    Attributes:
        address: Where they stand, on the desk.
        source: The article and its date, short.
    """

    quote: str
    address: str
    source: str


def quoted(evidence: Evidence, names: Names, *, item: str | None = None, most: int = LONGEST) -> Quoted:
    """The words of a piece of evidence.

    Args:
        item: Id of the item that rests on them, to open the article at.
    """
    quote, was_cut = shorten(squeeze(evidence.quote), most)
    place = {"item": item} if item is not None else {"at": f"{evidence.start}-{evidence.end}"}
    return Quoted(
        quote=f"{quote}…" if was_cut else quote,
        address=f"/articles/{evidence.article}?{urlencode(place)}",
        source=names.short_source(evidence.article),
    )


def told_on(record: Record, claim: Claim) -> When | None:
    """The day a claim was made: its own where it has one, else its first article's; ``None``: not known."""
    own: When | None = getattr(claim, "when", None) or getattr(claim, "made", None)
    if own is not None:
        return own
    article = record.article.get(claim.evidence[0].article) if claim.evidence else None
    return article.published if article else None


def ordinal(when: When | None) -> int:
    """A day to sort by; what has no date comes before everything.

    >>> ordinal(None), ordinal("0001-01-02")
    (0, 2)
    """
    return earliest(when).toordinal() if when else 0
