"""Words found in texts and quotes: FTS5 in a file, tsvector on a server, one answer from both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from sqlalchemy import Connection, text

Index: TypeAlias = Literal["search_texts", "search_items"]

_OPEN, _CLOSE = "\x02", "\x03"
_MARKS: Final = f"StartSel={_OPEN},StopSel={_CLOSE},MaxWords=30,MinWords=12"
_FTS5: Final = (
    "SELECT id, snippet({index}, 1, char(2), char(3), '…', 24), -bm25({index}) FROM {index} "
    "WHERE {index} MATCH :query ORDER BY bm25({index}), id LIMIT :limit"
)
_TSVECTOR: Final = (
    "SELECT id, ts_headline('english', words, query, :marks), "
    "ts_rank_cd(to_tsvector('english', words), query) AS rank "
    "FROM {index}, to_tsquery('english', :query) AS query "
    "WHERE to_tsvector('english', words) @@ query ORDER BY rank DESC, id LIMIT :limit"
)
_QUERY: Final = re.compile(r'"([^"]*)"|(\S+)')
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One place where the words stand.

    Attributes:
        id: Of the article or item.
        parts: The words around, in order; the flag says whether a part is what was looked for.
        score: Higher is better; comparable within one search only.
    """

    id: str
    parts: tuple[tuple[str, bool], ...]
    score: float


def find_words(connection: Connection, index: Index, query: str, *, limit: int) -> tuple[Found, ...]:
    """The best places for a query: all its words, "words in quotation marks" in a row, begin* of a word."""
    terms = _terms(query)
    if not terms:
        return ()
    if connection.dialect.name == "sqlite":
        found = connection.execute(
            text(_FTS5.format(index=index)), {"query": _for_fts5(terms), "limit": limit}
        ).tuples()
    else:
        found = connection.execute(
            text(_TSVECTOR.format(index=index)),
            {"query": _for_tsquery(terms), "limit": limit, "marks": _MARKS},
        ).tuples()
    return tuple(Found(id=row[0], parts=_parts(row[1]), score=float(row[2])) for row in found)


def add_words(connection: Connection, index: Index, rows: Sequence[tuple[str, str]]) -> None:
    """Enter texts by id. One that is entered already is to be removed first."""
    if rows:
        connection.execute(
            text(f"INSERT INTO {index} (id, words) VALUES (:id, :words)"),  # noqa: S608  # one of two names
            [{"id": ident, "words": words} for ident, words in rows],
        )


def remove_words(connection: Connection, index: Index, ids: Sequence[str] | None = None) -> None:
    """Remove texts by id; all of them where no ids are given."""
    if ids is None:
        connection.execute(text(f"DELETE FROM {index}"))  # noqa: S608  # one of two names
    elif ids:
        connection.execute(
            text(f"DELETE FROM {index} WHERE id = :id"),  # noqa: S608  # one of two names
            [{"id": ident} for ident in ids],
        )


_Term: TypeAlias = tuple[tuple[str, ...], bool]


def _terms(query: str) -> list[_Term]:
    """Words in a row, and whether the last may go on."""
    terms = []
    for found in _QUERY.finditer(query[:500]):
        words = tuple(_WORD.findall(found[1] if found[1] is not None else found[2]))
        if words:
            terms.append((words, found[1] is None and found[2].endswith("*")))
    return terms[:32]


def _for_fts5(terms: Sequence[_Term]) -> str:
    return " AND ".join(f'"{" ".join(words)}"{"*" if open_end else ""}' for words, open_end in terms)


def _for_tsquery(terms: Sequence[_Term]) -> str:
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in words) + (":*" if open_end else "") + ")"
        for words, open_end in terms
    )


def _parts(marked: str) -> tuple[tuple[str, bool], ...]:
    parts = []
    for piece in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", marked):
        if piece:
            hit = piece.startswith(_OPEN)
            parts.append((piece.strip(_OPEN + _CLOSE), hit))
    return tuple(parts)
