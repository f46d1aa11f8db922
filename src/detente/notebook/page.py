"""What a notebook shows: tables and quotes as HTML. Law: every word of an article or a file is escaped.

Styles stand in the elements, since notebooks and mail strip style sheets; colours follow the notebook's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from detente.articles import Article
from detente.brief.context import around
from detente.brief.html import visible
from detente.evidence import Evidence

_ENVIRONMENT: Final = Environment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters["seen"] = visible
_QUOTES: Final = _ENVIRONMENT.from_string(
    """\
<div style="max-width:60em"><p><b>{{ heading|seen }}</b></p>
{% for quote in quotes %}
<div style="margin:.6em 0;padding-left:.8em;border-left:3px solid #8888">
<div>{{ quote.lead|seen }}</div>
<blockquote style="margin:.2em 0">{{ quote.before|seen }}<mark>{{ quote.words|seen }}</mark>{{ quote.after|seen }}</blockquote>
<small>{{ quote.source|seen }}</small></div>
{% endfor %}
{% if more %}<p><small>… and {{ more }} more.</small></p>{% endif %}
</div>
"""  # noqa: E501  # the quote's pieces stand without white space between
)
_GRID: Final = _ENVIRONMENT.from_string(
    """\
<div><p><b>{{ grid.title|seen }}</b></p>
{% for line in grid.lead %}<p>{{ line|seen }}</p>
{% endfor %}
{% if grid.rows %}
<table><thead><tr>{% for column in grid.columns %}<th>{{ column|seen }}</th>{% endfor %}</tr></thead><tbody>
{% for row in rows %}<tr>{% for cell in row %}\
<td style="text-align:left;vertical-align:top;white-space:pre-line">{{ cell|seen }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table>
{% endif %}
{% if more %}<p><small>… and {{ more }} more.</small></p>{% endif %}
{% for line in grid.notes %}<p><small>{{ line|seen }}</small></p>
{% endfor %}
</div>
"""
)

MOST_SHOWN: Final = 20
"""Rows or quotes that a notebook shows of a longer list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with what is said above and below it.

    Attributes:
        rows: Cells as values; figures are rounded only where they are shown.
    """

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quote in its sentence.

    Attributes:
        lead: What it is: "Iran demands of the United States".
        source: Outlet, title and date.
    """

    lead: str
    before: str
    words: str
    after: str
    source: str


def in_context(evidence: Evidence, article: Article, *, lead: str, source: str) -> Quoted:
    """The words of the evidence with the sentences around them."""
    start, end = evidence.start, evidence.end
    low, high = around(article.text, (start, end))
    text = article.text
    return Quoted(
        lead=lead, before=text[low:start], words=evidence.quote, after=text[end:high], source=source
    )


def quotes_html(heading: str, quotes: Iterable[Quoted], more: int = 0) -> str:
    """Quotes one below the other.

    >>> quote = Quoted(lead="Ana", before="She said ", words="<no>", after=".", source="Herald")
    >>> "She said <mark>&lt;no&gt;</mark>." in quotes_html("1 statement", [quote])
    True
    """
    return _QUOTES.render(heading=heading, quotes=list(quotes), more=f"{more:,}" if more else "")


def grid_html(grid: Grid) -> str:
    """A table.

    >>> "<td" in grid_html(Grid(title="t", columns=("a",), rows=((0.12345,),)))
    True
    """
    rows = [[_cell(cell) for cell in row] for row in grid.rows[:MOST_SHOWN]]
    left = len(grid.rows) - len(rows)
    return _GRID.render(grid=grid, rows=rows, more=f"{left:,}" if left > 0 else "")


def joined(*parts: str) -> str:
    """Pieces of HTML one below the other."""
    return str(Markup("\n").join(Markup(part) for part in parts))  # noqa: S704  # each made by this module


def _cell(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(map(str, value))
    return str(value)
