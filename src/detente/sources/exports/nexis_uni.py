"""Nexis Uni and Lexis Advance bundles (.docx, .rtf): a cover list, then articles up to "End of Document".

Each article: title, outlet, date, copyright, labels that end in a no-break space, ``Body`` alone on its
line, paragraphs, ``Classification``, more labels. A label is metadata only above ``Body`` or below
``Classification``: an article may hold lines such as ``Age: 44``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
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

_END: Final = "end of document"
_BODY: Final = frozenset({"body", "textkörper", "corps", "cuerpo", "corpo"})
_CLASSIFICATION: Final = frozenset(
    {"classification", "klassifizierung", "clasificación", "classificazione", "classificação"}
)
_PICTURES: Final = frozenset({"graphic", "grafik", "graphique", "gráfico"})
_ID: Final = re.compile(r"(?:urn:)?contentItem:([0-9A-Z]+(?:-[0-9A-Z]+)+)", re.IGNORECASE)
_LISTED: Final = re.compile(r"^(\d{1,3})\.\s+(\S.*)$", re.DOTALL)
_LINK_LINE: Final = re.compile(
    r"^(?:link\s+(?:to|zum|vers|al)\b.{0,40}|load-date:.*|view original.*)$", re.IGNORECASE
)


def recognises(lines: Sequence[Line]) -> bool:
    """Whether these lines are such a bundle."""
    plain = {line.text.casefold() for line in lines if len(line.text) < 20}
    return _END in plain and bool(plain & _BODY)


def articles(lines: Sequence[Line]) -> Iterator[Draft | Unusable]:
    """Its articles; the cover list gives ids and is none."""
    ends = [i for i, line in enumerate(lines) if line.text.casefold() == _END]
    listed = _listed(lines)
    # The list numbers its items as the articles stand, where it lists them all.
    ids = listed if len(listed) == len(ends) else {}
    for number, (start, end) in enumerate(pairwise([-1, *ends]), start=1):
        draft = _article(lines[start + 1 : end], number, ids.get(number))
        yield draft or Unusable(part=str(number), reason="an article without a Body in the bundle.")


def _listed(lines: Sequence[Line]) -> dict[int, str]:
    """Number and id of each article in the cover list."""
    found: dict[int, str] = {}
    for line in lines:
        item = _LISTED.match(line.text)
        identity = _ID.search(line.link or "")
        if item and identity:
            found.setdefault(int(item[1]), identity[1])
    return found


def _article(segment: Sequence[Line], number: int, listed: str | None) -> Draft | None:
    body_at = next((i for i, line in enumerate(segment) if line.text.casefold() in _BODY and i > 0), None)
    if body_at is None:
        return None
    head = [line for line in segment[:body_at] if line.text]
    below = segment[body_at + 1 :]
    cut = _end_of_body(below)
    title, outlet, day = _masthead(head)
    fields = _fields(head) | _fields(below[cut:])
    section = fields.get("section")
    own = [
        found[1] for line in head if not _LISTED.match(line.text) and (found := _ID.search(line.link or ""))
    ]
    stated = Stated(
        title=title,
        outlet=outlet,
        author=without_by(fields.get("author")),
        dates=stated_day(day, "date line of the database"),
        page=page_in(section) if section else None,
        source_id=own[-1] if own else listed,
        language=language_code(fields.get("language")),
        section=section,
        labelled=True,
    )
    body = [line.text for line in below[:cut] if not _LINK_LINE.match(line.text)]
    return bundle_draft(number, title, _without_labels_below(body), stated)


def _end_of_body(below: Sequence[Line]) -> int:
    """The last line that opens what stands below a body: an article may have a heading of the same name."""
    plain = [line.text.casefold() for line in below]
    cut = max((i for i, text in enumerate(plain) if text in _CLASSIFICATION), default=len(below))
    return max((i for i, text in enumerate(plain[:cut]) if text in _PICTURES), default=cut)


def _masthead(head: Sequence[Line]) -> tuple[str | None, str | None, str | None]:
    """Title, outlet and date: the last date line above the labels, and the two lines above it."""
    at = next(
        (i for i in range(len(head) - 1, -1, -1) if label_in(head[i].text) is None and is_day(head[i].text)),
        None,
    )
    if at is None:
        plain = [line.text for line in head if label_in(line.text) is None and not _is_copyright(line.text)]
        return (
            (plain[-2] if len(plain) > 1 else plain[-1] if plain else None),
            (plain[-1] if len(plain) > 1 else None),
            None,
        )
    above = [line.text for line in head[:at] if not _is_copyright(line.text)]
    outlet = above[-1] if len(above) >= 2 else None
    title = above[-2] if len(above) >= 2 else (above[-1] if above else None)
    return title, outlet, head[at].text


def _is_copyright(text: str) -> bool:
    return bool(re.match(r"^(?:copyright|©|all rights reserved)", text, re.IGNORECASE))


def _fields(lines: Sequence[Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        labelled = label_in(line.text)
        if labelled is not None and labelled[1] != "-":
            found.setdefault(labelled[1], labelled[2])
    return found


def _without_labels_below(body: list[str]) -> list[str]:
    # Bundles without "Classification" put a Load-Date or a Language straight under the last paragraph.
    end = len(body)
    while end and (
        not body[end - 1] or ((found := label_in(body[end - 1])) is not None and found[0] == "tail")
    ):
        end -= 1
    return body[:end]
