"""A brief as one page: opens offline, needs no script, loads nothing.

Everything that stems from an article is escaped by Jinja or ``markupsafe``; the style sheet is the only
thing the page's policy lets in, and by its hash.
"""

import base64
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import count
from typing import Any, Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from detente.brief.model import Block, Brief, Cite, Line, Listing, Note, Picture, Section, Table, Tone, Words

_HERE: Final = files("detente.brief")
# What is in look/ is the desk's too.
_STYLES: Final = ("look/colours.css", "look/pictures.css", "page.css")
# Control characters, halves of surrogate pairs, and the last two points of each plane, which are none.
_ENDS_OF_PLANES: Final = "".join(
    chr(plane << 16 | point) for plane in range(17) for point in (0xFFFE, 0xFFFF)
)
_UNSEEN: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_ENDS_OF_PLANES}]")


def to_html(brief: Brief) -> str:
    """The page, whole: ``<!doctype html>`` to ``</html>``."""
    style = "".join(_HERE.joinpath(name).read_text(encoding="utf-8") for name in _STYLES)
    template = _HERE.joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(template).render(
        style=Markup(style),  # noqa: S704  # our own file
        style_hash=Markup(_csp_hash(style)),  # noqa: S704  # base64
        **for_template(brief),
    )


def for_template(brief: Brief) -> dict[str, Any]:
    """What a template needs to print a brief: its values and how lines, notes and pictures are set."""
    page = _Page()
    return {
        "brief": brief,
        "names": {source.number: source.name for source in brief.sources},
        "refs": page.refs,
        "line_html": page.line,
        "words": visible,
        "before": lambda note: visible(_led_in(note)),
        "after": lambda note: visible(_led_out(note)),
        "svg": _svg,
        "kind": lambda block: type(block).__name__,
        "is_heat": _is_heat,
        "says_it_all": _says_it_all,
    }


@dataclass
class _Page:
    """Numbers the links to notes as lines are printed, so that each note can link back."""

    refs: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def line(self, line: Line) -> Markup:
        parts = [self._cite(part) if isinstance(part, Cite) else _words(part) for part in line.parts]
        flags = [Markup('<span class="flag">{}</span>').format(mark.value) for mark in line.marks]
        return Markup("").join([*parts, *flags])

    def _cite(self, cite: Cite) -> Markup:
        links = []
        for note in cite.notes:
            ref = next(self.numbers)
            self.refs[note].append(ref)
            links.append(
                Markup(
                    '<a role="doc-noteref" id="r{0}" href="#note-{1}" aria-label="Evidence {1}">{1}</a>'
                ).format(ref, note)
            )
        return Markup("<sup>{}</sup>").format(Markup(" ").join(links))


def visible(text: str) -> str:
    r"""The text with control characters as their pictures, so that the page shows and parses them.

    >>> visible("a\x00b\nc")
    'a␀b\nc'
    """
    return _UNSEEN.sub(_seen, text)


def _seen(character: re.Match[str]) -> str:
    point = ord(character[0])
    return chr(0x2400 + point) if point < 0x20 else "\N{REPLACEMENT CHARACTER}"


def _words(words: Words) -> Markup:
    seen = escape(visible(words.text))
    if words.tone is Tone.QUOTE:
        return Markup('<bdi class="quote">{}</bdi>').format(seen)
    if words.tone is Tone.STRONG:
        return Markup("<strong>{}</strong>").format(seen)
    if words.tone is Tone.QUIET:
        return Markup('<span class="quiet">{}</span>').format(seen)
    return seen


def _led_in(note: Note) -> str:
    at_start = note.evidence.start == len(note.before)
    return note.before if at_start or not note.before else f"… {note.before}"


def _led_out(note: Note) -> str:
    return f"{note.after.rstrip()} …" if note.after.strip() else note.after


def _says_it_all(section: Section) -> bool:
    """Whether the section's title is caption enough for its one table."""
    tables = sum(isinstance(block, Table) for block in section.blocks)
    return tables == 1 and not any(isinstance(block, Listing) and block.heading for block in section.blocks)


def _is_heat(block: Block) -> bool:
    return isinstance(block, Table) and any(c.shade is not None for row in block.rows for c in row.cells)


def _svg(block: Picture) -> Markup:
    return Markup(block.svg)  # noqa: S704  # built as a tree in detente.brief.svg, every text escaped


def _csp_hash(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
