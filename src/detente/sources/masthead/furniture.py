"""Site furniture: menus, share buttons, subscription prompts, which are nobody's words in the article."""

import re
from functools import cache
from typing import Final

from detente.sources.lists import rows

# "HomeWorld NewsPolitics": links of a menu run together when the page lost its markup.
_GLUED: Final = re.compile(r"[a-zà-ÿ.][A-ZÀ-Þ](?=[a-zA-Z])")
_TRAIL: Final = re.compile(r"\s[|›»>•·/]\s")
# "5 min read", "12 comments", "2 hours ago"
_COUNTED: Final = re.compile(
    r"^(?:reading time:? ?)?\d+ ?(?:(?:min(?:ute)?s?)(?: read)?|comments?|shares?|likes?|views|"
    r"(?:min\w*|hours?|days?) ago)$"
)


@cache
def _phrases(how: str) -> tuple[str, ...]:
    return tuple(words for kind, words in rows("chrome.tsv") if kind == how)


def is_furniture(line: str) -> bool:
    """Whether a line is part of the page around the article.

    >>> is_furniture("QR Code to a story"), is_furniture("Share"), is_furniture("They share a border.")
    (True, True, False)
    """
    plain = " ".join(line.casefold().replace("’", "'").split())
    if not any(c.isalnum() for c in plain):
        return False
    if len(plain) > 400:
        return False
    if plain.strip(" .:|") in _phrases("whole") or _COUNTED.match(plain):
        return True
    if len(plain.split()) <= 25 and any(plain.startswith(words) for words in _phrases("start")):
        return not _reads_on(plain)
    return any(words in plain for words in _phrases("anywhere"))


def is_menu(line: str) -> bool:
    """Whether a line is a run of links: glued together, or cut by bars and arrows.

    >>> is_menu("HomeWorld NewsPolitics TodayTalks"), is_menu("Home | World | Talks"), is_menu("McKay met")
    (True, True, False)
    """
    if len(line) > 600 or re.search(r"[a-z0-9]{2}[.!?]\s", line):
        return False
    if len(_GLUED.findall(line)) >= 3:
        return True
    pieces = _TRAIL.split(line)
    if len(pieces) == 2:
        return all(piece.casefold().strip() in _section_names() for piece in pieces)
    return len(pieces) >= 3 and all(len(piece.split()) <= 4 for piece in pieces)


@cache
def _section_names() -> frozenset[str]:
    return frozenset(label for label, _ in rows("sections.tsv"))


def _reads_on(plain: str) -> bool:
    # "Sign up for ..." is a prompt; "Donate, he told them, and we will ..." is a sentence somebody said.
    return bool(re.search(r"\b(?:said|says|told|asked)\b", plain))
