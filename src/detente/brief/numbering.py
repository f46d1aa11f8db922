"""Notes numbered in the order a reader meets them, with those left out that no line uses in the end.

Lines are written before it is known which of them are cut from a long list; their notes go with them.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from detente.brief.model import Block, Cite, Line, Listing, Note, Section, Table, lines_of


def renumber(
    sections: tuple[Section, ...], notes: tuple[Note, ...]
) -> tuple[tuple[Section, ...], tuple[Note, ...]]:
    """The same sections and notes, numbered from 1 in the order of first use."""
    new = {old: number for number, old in enumerate(numbers_in(sections), 1)}

    def change(line: Line) -> Line:
        parts = tuple(
            Cite(tuple(new[n] for n in part.notes)) if isinstance(part, Cite) else part for part in line.parts
        )
        return replace(line, parts=parts)

    changed = tuple(
        replace(section, blocks=tuple(_each_line(block, change) for block in section.blocks))
        for section in sections
    )
    kept = (replace(note, number=new[note.number]) for note in notes if note.number in new)
    return changed, tuple(sorted(kept, key=lambda note: note.number))


def numbers_in(sections: Iterable[Section]) -> dict[int, None]:
    """The numbers that lines use, each once, in the order a reader meets them."""
    return dict.fromkeys(
        n for section in sections for block in section.blocks for line in lines_of(block) for n in line.notes
    )


def _each_line(block: Block, change: Callable[[Line], Line]) -> Block:
    if isinstance(block, Listing):
        return replace(block, lines=tuple(change(line) for line in block.lines))
    if isinstance(block, Table):
        rows = tuple(
            replace(
                row,
                head=change(row.head),
                cells=tuple(
                    replace(cell, lines=tuple(change(line) for line in cell.lines)) for cell in row.cells
                ),
            )
            for row in block.rows
        )
        return replace(block, rows=rows)
    return block
