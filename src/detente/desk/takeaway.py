"""A form of the record as a download: its name, its kind, its bytes as they are made."""

import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Final
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from detente.desk.case import Case
from detente.errors import UnknownItem
from detente.export.formats import FORMATS

# What the system's own list may not know.
_MEDIA: Final = {
    ".bib": "application/x-bibtex",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".jsonld": "application/ld+json",
    ".ris": "application/x-research-info-systems",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def download(case: Case, form: str) -> StreamingResponse:
    """The settled record in a form, as a file to keep.

    Raises:
        UnknownItem: There is no such form.
        NotEnoughEvidence: The form needs what the record does not show.
    """
    chosen = FORMATS.get(form)
    if chosen is None:
        raise UnknownItem(f"no form {form!r}; there are {', '.join(FORMATS)}.")
    on = datetime.now(UTC).astimezone().date()
    made = iter(chosen.chunks(case.store.record(), edits=case.store.edits(), on=on))
    # The first piece is made before the answer begins, so that what is wrong can still be told.
    chunks: Iterator[bytes] = chain(list(islice(made, 1)), made)
    media = _MEDIA.get(chosen.suffix) or mimetypes.guess_type(f"x{chosen.suffix}")[0]
    name = f"{case.name}-{form}{chosen.suffix}"
    return StreamingResponse(
        chunks,
        media_type=media or "application/octet-stream",
        headers={"content-disposition": disposition(name)},
    )


def disposition(name: str) -> str:
    r"""The header that makes a browser keep the answer as a file of this name, whatever is in the name.

    >>> disposition('talks "1"\r\nx: y.csv')
    "attachment; filename=talks_1_x_y.csv; filename*=UTF-8''talks_1_x_y.csv"
    >>> disposition("день.json")
    "attachment; filename=_.json; filename*=UTF-8''%D0%B4%D0%B5%D0%BD%D1%8C.json"
    """
    safe = re.sub(r"[^\w.-]+|_+", "_", unicodedata.normalize("NFC", name))
    plain = re.sub(r"[^\x21-\x7e]+", "_", safe)
    return f"attachment; filename={plain}; filename*=UTF-8''{quote(safe, safe='')}"
