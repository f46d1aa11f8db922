"""LexisNexis as it was (.txt, .html): each article under ``1 of 10 DOCUMENTS``, labels in capitals.

Above the title stand outlet and date in the middle of the page; between the title and the body labels
such as ``LENGTH:``, below the body others such as ``LOAD-DATE:``. Only known labels count.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from detente.sources.draft import Draft, Stated, Unusable
from detente.sources.exports.line import (
    Line,
    bundle_draft,
    is_day,
    label_in,
    language_code,
    page_in,
    stated_day,
    without_by,
)

HEADER: Final = re.compile(
    r"^\s*(?:dokument\s+)?(\d{1,5})\s+(?:of|von|de|di|van)\s+(\d{1,5})\s+(?:documents?|dokumenten?|documentos|documenti|documenten)\s*$"
    r"|^\s*dokument\s+(\d{1,5})\s+von\s+(\d{1,5})\s*$",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"^(?:correction appended|correction:.*|all rights reserved|tous droits réservés)$", re.IGNORECASE
)
# Labels that every article has below its body, in each interface language.
_SURE: Final = re.compile(
    r"(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|SPRACHE|LANGUE|DATE-CHARGEMENT|TYPE-PUBLICATION|IDIOMA|UPDATE|ZEITUNGS-CODE)\s*:"
)


def recognises(lines: Sequence[Line]) -> bool:
    """Whether these lines are such a bundle."""
    return any(HEADER.match(line.text) for line in lines[:4000] if len(line.text) < 60)


def articles(lines: Sequence[Line]) -> Iterator[Draft | Unusable]:
    """Its articles; the request above the first one is none."""
    starts = [i for i, line in enumerate(lines) if len(line.text) < 60 and HEADER.match(line.text)]
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=False), start=1):
        segment = [line for line in lines[start + 1 : end] if line.text]
        yield _article(segment, number) or Unusable(
            part=str(number), reason="an article without a body in the bundle."
        )


def _article(segment: Sequence[Line], number: int) -> Draft | None:
    shouted = [(i, found) for i, line in enumerate(segment) if (found := _shouted(line.text)) is not None]
    heads = [i for i, found in shouted if found[0] == "head"]
    first = heads[0] if heads else None
    tail = _start_of_tail(segment, [i for i, found in shouted if found[0] == "tail" and i > (first or 0)])
    head_end = _end_of_head(segment, first, tail)
    above = [
        line for line in segment[: first if first is not None else head_end] if not _copyright(line.text)
    ]
    day_at = next((i for i, line in enumerate(above) if is_day(line.text)), None)
    outlet = " ".join(line.text for line in above[:day_at]) if day_at else None
    titles = above[(day_at + 1) if day_at is not None else 0 :]
    title = " ".join(line.text for line in titles if not _NOTE.match(line.text)) or None
    fields: dict[str, str] = {}
    for _, (_, what, value) in shouted:
        fields.setdefault(what, value)
    section = fields.get("section")
    body = [line.text for line in segment[head_end:tail]]
    while body and (_copyright(body[-1]) or _NOTE.match(body[-1])):
        body.pop()
    stated = Stated(
        title=" ".join(title.split()) if title else None,
        outlet=" ".join(outlet.split()) if outlet else None,
        author=without_by(fields.get("author")),
        dates=stated_day(above[day_at].text, "date line of the database") if day_at is not None else (),
        page=page_in(section) if section else None,
        language=language_code(fields.get("language")),
        section=section,
        labelled=True,
    )
    return bundle_draft(number, title, body, stated)


def _start_of_tail(segment: Sequence[Line], labelled: Sequence[int]) -> int:
    """The first label below the body. An article's own "UPDATE: ..." is not followed by the sure labels."""
    sure = [i for i in labelled if _SURE.match(segment[i].text)]
    near = [i for i in labelled if not sure or any(0 <= s - i <= 8 for s in sure)]
    return near[0] if near else len(segment)


def _end_of_head(segment: Sequence[Line], first: int | None, tail: int) -> int:
    """Where the body begins: below the run of labels, or, without any, below date and title."""
    if first is None:
        day = next((i for i, line in enumerate(segment) if is_day(line.text)), 0)
        return min(day + 2, tail)
    end = first
    while end < tail and ((found := _shouted(segment[end].text)) is not None and found[0] == "head"):
        end += 1
    return end


def _shouted(text: str) -> tuple[str, str, str] | None:
    """A known label in capitals."""
    label = text.split(":", 1)[0].strip()
    if ":" not in text or not label.isupper() or len(label) > 30:
        return None
    return label_in(text)


def _copyright(text: str) -> bool:
    return bool(re.match(r"^\s*(?:copyright|©)\s*(?:©\s*)?(?:19|20)\d\d", text, re.IGNORECASE)) or bool(
        _NOTE.match(text)
    )
