"""A brief as GitHub-flavoured Markdown: the same lines, evidence as footnotes.

Everything that stems from an article is escaped, so that a title cannot become a heading, a link or HTML.
"""

import re
from collections.abc import Iterator
from typing import Final

from detente.brief.html import visible
from detente.brief.model import Block, Brief, Cite, Line, Listing, Mark, Note, Part, Table, Tone, Words

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>|#~$])")
_STARTS: Final = re.compile(r"^(\s*)([-+=:]|\d+[.)])")
_BIDI: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def to_markdown(brief: Brief) -> str:
    """The whole brief as Markdown text."""
    blocks = [f"# {escaped(brief.title)}", guarded(escaped(brief.covers))]
    for number, section in enumerate(brief.sections):
        blocks.append(f"## {escaped(section.title)}{''.join(_mark(mark) for mark in section.marks)}")
        if section.lead:
            blocks.append(f"*{escaped(section.lead)}*")
        for block in section.blocks:
            blocks += _block(block)
        if number == 0:
            blocks.append("## How to read this")
            blocks += [guarded(escaped(one)) for one in brief.method]
    blocks.append("## Articles read")
    blocks.append(
        "\n".join(
            f"{source.number}. {escaped(source.name)} "
            f"({source.kind}{'; ' + escaped(source.detail) if source.detail else ''})"
            for source in brief.sources
        )
        or "None."
    )
    if brief.notes:
        blocks.append("## Evidence")
        names = {source.number: source.name for source in brief.sources}
        blocks += [_note(note, names[note.source]) for note in brief.notes]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""The text on one line, with nothing in it that Markdown or HTML would act on.

    >>> escaped("a <b> & *c*\n# d")
    'a \\<b\\> &amp; \\*c\\* \\# d'
    """
    line = " ".join(visible(text).split())
    line = _SPECIAL.sub(r"\\\1", line.replace("&", "&amp;"))
    line = line.replace("://", r"\://").replace("www.", r"www\.").replace("@", "&#64;")
    # A first-strong isolate keeps an override in the words from turning what follows.
    return f"\u2068{line}\u2069" if _BIDI.search(line) else line


def guarded(line: str) -> str:
    r"""A line whose first character cannot start a list or another block.

    >>> guarded("1. no list"), guarded("- no bullet")
    ('1\\. no list', '\\- no bullet')
    """
    return _STARTS.sub(lambda start: f"{start[1]}{start[2][:-1]}\\{start[2][-1]}", line)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Listing):
        if block.heading:
            yield f"### {escaped(block.heading)}"
        bullets = (f"{n}." if block.numbered else "-" for n in range(1, len(block.lines) + 1))
        yield "\n".join(
            f"{bullet} {guarded(_line(line))}" for bullet, line in zip(bullets, block.lines, strict=True)
        )
    elif isinstance(block, Table):
        yield f"**{escaped(block.caption)}**"
        yield _table(block)


def _table(table: Table) -> str:
    rows = [
        "| " + " | ".join(escaped(column) for column in table.columns) + " |",
        "|" + " --- |" * len(table.columns),
    ]
    for row in table.rows:
        cells = [
            _line(row.head),
            *("<br>".join(_line(line) for line in cell.lines) or "–" for cell in row.cells),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _line(line: Line) -> str:
    return "".join(_part(part) for part in line.parts) + "".join(_mark(mark) for mark in line.marks)


def _part(part: Part) -> str:
    if isinstance(part, Cite):
        return "".join(f"[^{number}]" for number in part.notes)
    return _spaced(part)


def _spaced(words: Words) -> str:
    inner = escaped(words.text)
    if not inner:
        return " " if words.text else ""
    if words.tone is Tone.STRONG:
        inner = f"**{inner}**"
    lead = " " if words.text[0].isspace() else ""
    tail = " " if words.text[-1].isspace() else ""
    return f"{lead}{inner}{tail}"


def _mark(mark: Mark) -> str:
    return f" *({mark.value})*"


def _note(note: Note, source: str) -> str:
    who = note.said_by or "The article, in its own voice"
    before, after = escaped(note.before), escaped(note.after)
    around = f"{before} **{escaped(note.evidence.quote)}** {after}".strip()
    return f"[^{note.number}]: {escaped(who)} — {around} — {escaped(source)}"
