"""What the encoder answers for each word piece: the columns of its output, and which tag may follow which.

Two layers tag attributions, the outer in the text's own voice and the inner told inside another's content;
one layer each tags demands, promises, events and meetings. Training builds its targets from this same layout.
"""

from typing import Final

import numpy as np

from detente.vocabulary import Act, EventType, MeetingStatus

ROLES: Final = ("source", "cue", "content")
SOURCE: Final = 0
CUE: Final = 1
CONTENT: Final = 2
KINDS: Final = ("demand", "promise", "event", "meeting")

ACTS: Final = tuple(Act)
EVENT_TYPES: Final = tuple(EventType)
MEETING_STATUSES: Final = tuple(MeetingStatus)

ROLE_TAGS: Final = 1 + 2 * len(ROLES)
KIND_TAGS: Final = 3
LAYERS: Final = ("outer", "inner")

OUTSIDE: Final = 0
"""The tag of a word outside of everything; role `r` has the tags `begin(r)` and `inside(r)`."""

_WIDTHS: Final = (
    ("outer", ROLE_TAGS),
    ("inner", ROLE_TAGS),
    ("kinds", KIND_TAGS * len(KINDS)),
    ("act_of_cue", len(ACTS)),
    ("act_of_content", len(ACTS)),
    ("event_type", len(EVENT_TYPES)),
    ("meeting_status", len(MEETING_STATUSES)),
)


def _columns() -> dict[str, slice]:
    columns, at = {}, 0
    for name, width in _WIDTHS:
        columns[name] = slice(at, at + width)
        at += width
    return columns


COLUMNS: Final = _columns()
"""Where each head stands among the columns of the encoder's first output, (batch, pieces, WIDTH)."""
WIDTH: Final = sum(width for _, width in _WIDTHS)

LINKS: Final = 4
"""The second output, (batch, LINKS, pieces, pieces): for each layer content to cue, then cue to source."""


def content_to_cue(layer: int) -> int:
    """The link map that leads from a content's first piece to its cue's."""
    return 2 * layer


def cue_to_source(layer: int) -> int:
    """The link map from a cue's first piece to its source's, or to the window's first mark for none."""
    return 2 * layer + 1


def begin(role: int) -> int:
    """The tag of the first word of a role."""
    return 1 + 2 * role


def inside(role: int) -> int:
    """The tag of the further words of a role."""
    return 2 + 2 * role


def _legal(tags: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    legal = np.ones((tags, tags), dtype=np.bool_)
    for role in range((tags - 1) // 2):
        legal[:, inside(role)] = False
        legal[[begin(role), inside(role)], inside(role)] = True
    return legal


LEGAL_ROLE_MOVES: Final = _legal(ROLE_TAGS)
"""LEGAL_ROLE_MOVES[a, b]: may tag b follow tag a? An inside tag only follows its own begin or inside."""
LEGAL_KIND_MOVES: Final = _legal(KIND_TAGS)
