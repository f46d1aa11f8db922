"""The regions of a text: every character belongs to one, in order, and nothing is cut."""

from detente.articles import Region
from detente.sources.masthead.blocks import Block
from detente.sources.masthead.closing import (
    chronology,
    is_biography,
    is_closing_furniture,
    is_note,
    is_reporters_credit,
    is_rule,
    notes_start,
)
from detente.sources.masthead.opening import Headed, Role
from detente.vocabulary import RegionKind

_REGION_OF: dict[Role, RegionKind] = {
    Role.TITLE: RegionKind.HEADLINE,
    Role.STANDFIRST: RegionKind.HEADLINE,
    Role.DATE: RegionKind.DATELINE,
    Role.BYLINE: RegionKind.BYLINE,
    Role.OUTLET: RegionKind.BYLINE,
    Role.SECTION: RegionKind.CHROME,
    Role.FURNITURE: RegionKind.CHROME,
}
# Furniture inside an article is short; a closing biography stands among the last blocks.
_CLOSING_BLOCKS = 6


def regions_of(
    text: str,
    blocks: tuple[Block, ...],
    opening: tuple[Headed, ...],
    author: str | None,
    *,
    not_its: frozenset[int] = frozenset(),
    notes: frozenset[int] = frozenset(),
) -> tuple[Region, ...]:
    """The text's parts, from its first character to its last.

    Args:
        text: The whole text.
        blocks: Of the text.
        opening: The blocks above the first paragraph.
        author: Who wrote it, by whom a closing biography is known.
        not_its: Where blocks begin that are known to be the page's and not the article's own.
        notes: Where blocks begin that the file sets as footnotes.
    """
    kinds: list[tuple[int, RegionKind]] = [
        (h.block.start, RegionKind.CHROME if h.block.start in not_its else _REGION_OF[h.role])
        for h in opening
    ]
    below = blocks[len(opening) :]
    told = {**dict.fromkeys(notes, RegionKind.FOOTNOTES), **dict.fromkeys(not_its, RegionKind.CHROME)}
    kinds += [(at, told.get(at, kind)) for at, kind in _kinds_below(below, author)]
    kinds += [(start, RegionKind.BODY) for start in _after_datelines(below, kinds)]
    return _joined(text, sorted(kinds, key=lambda k: k[0]))


def _kinds_below(blocks: tuple[Block, ...], author: str | None) -> list[tuple[int, RegionKind]]:
    notes = notes_start(blocks)
    sidebar = chronology(blocks)
    kinds: list[tuple[int, RegionKind]] = []
    in_notes = False
    for index, block in enumerate(blocks):
        in_notes = in_notes or index == notes
        closing = index >= len(blocks) - _CLOSING_BLOCKS and index > 0
        kind = RegionKind.FOOTNOTES if in_notes else RegionKind.BODY
        if sidebar is not None and sidebar[0] <= index < sidebar[1]:
            kind = RegionKind.SIDEBAR
        if closing and not (in_notes and is_note(block)) and is_biography(block, author):
            kind, in_notes, notes = RegionKind.CHROME, False, None
        elif is_closing_furniture(block) and not (in_notes and (is_note(block) or is_rule(block))):
            kind = RegionKind.CHROME
        elif closing and is_reporters_credit(block):
            kind = RegionKind.BYLINE
        elif index == 0 and block.dateline is not None and kind is RegionKind.BODY:
            kind = RegionKind.DATELINE
        kinds.append((block.start, kind))
    return kinds


def _after_datelines(blocks: tuple[Block, ...], kinds: list[tuple[int, RegionKind]]) -> list[int]:
    """Where the body begins in a paragraph that a dateline opens."""
    dated = {start for start, kind in kinds if kind is RegionKind.DATELINE}
    return [b.start + b.dateline.end() for b in blocks if b.start in dated and b.dateline is not None]


def _joined(text: str, kinds: list[tuple[int, RegionKind]]) -> tuple[Region, ...]:
    if not kinds:
        return (Region(kind=RegionKind.BODY, start=0, end=len(text)),) if text else ()
    merged: list[tuple[int, RegionKind]] = []
    for start, kind in [(0, kinds[0][1]), *kinds[1:]]:
        if not merged or merged[-1][1] is not kind:
            merged.append((start, kind))
    ends = [start for start, _ in merged[1:]] + [len(text)]
    return tuple(
        Region(kind=kind, start=start, end=end)
        for (start, kind), end in zip(merged, ends, strict=True)
        if start < end
    )
