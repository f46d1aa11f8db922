"""Label Studio's JSON: each task is an article. Its labels are read by :mod:`detente.export.gold`.

Rule: the task's text is passed on as it is, so that offsets into it hold.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.decoding import decode
from detente.sources.draft import Blob, Draft, Unusable
from detente.sources.formats.tables import draft_of_row, guess_columns

_LABELLED: Final = re.compile(rb'"(?:annotations|predictions|completions|drafts)"\s*:\s*\[')
_DATA: Final = re.compile(rb'"data"\s*:\s*\{')


def is_label_studio(content: bytes) -> bool:
    """Whether a JSON file holds Label Studio's tasks.

    >>> is_label_studio(b'[{"id": 1, "annotations": [], "data": {"text": "Talks"}}]')
    True
    """
    opens = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")
    return opens and bool(_LABELLED.search(content)) and bool(_DATA.search(content))


def read_label_studio(blob: Blob, settings: Settings) -> Iterator[Draft | Unusable]:  # noqa: ARG001  # one signature for every reader
    """An article for each task.

    Raises:
        UnreadableSource: It is not JSON, or no task has a text.
    """
    found = False
    for number, task in enumerate(tasks_of(blob.content, blob.name), 1):
        row = task["data"]
        columns = guess_columns(name for name in row if isinstance(name, str))
        draft = draft_of_row(row, columns, str(number)) if columns.text is not None else None
        if draft is None:
            yield Unusable(part=f"task {number}", reason="no text in it.")
        else:
            found = True
            yield draft
    if not found:
        raise UnreadableSource(blob.name, "Label Studio tasks, but none with a text.")


def tasks_of(content: bytes, where: str) -> list[Mapping[str, Any]]:
    """The tasks of a file; what is no task is left out.

    Raises:
        UnreadableSource: It is not JSON.
    """
    try:
        value = json.loads(decode(content, where))
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(where, "not JSON, or damaged.") from error
    held = value if isinstance(value, list) else [value]
    return [task for task in held if isinstance(task, dict) and isinstance(task.get("data"), dict)]
