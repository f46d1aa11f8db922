"""The package's own lists of facts and words: countries, bodies, armed groups, offices, cues.

Law: nothing here knows an article. Every file names its source on its first line; later lines that begin
with ``#`` are comments; columns are parted by tabs and the forms within a column by commas.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from detente.vocabulary import PartyKind

UNITED_STATES: Final = "United States"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A state, or a people that negotiates like one.

    Attributes:
        name: Common English name.
        code: ISO 3166-1 alpha-3, ``None`` where it has none.
        people: Adjective and names of its people; the first is the adjective ("Iranian").
        capitals: Cities that stand for its government.
        others: Official, old and short names.
        seats: Buildings that stand for its government ("the Kremlin").
    """

    name: str
    code: str | None
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    others: tuple[str, ...]
    seats: tuple[str, ...]

    @property
    def adjective(self) -> str:
        """What its bodies are called by: "Iranian", "U.S."."""
        if self.name == UNITED_STATES:
            return "U.S."
        return self.people[0] if self.people else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body, group or organization that is known by name.

    Attributes:
        name: Canonical name.
        kind: What it is.
        member_of: Canonical name of what it belongs to, or ``None``.
        others: Further names and spellings.
    """

    name: str
    kind: PartyKind
    member_of: str | None
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A form of address or an office before a name.

    Attributes:
        word: As written.
        pronoun: "he" or "she" where it tells.
        speaks_for: Canonical name of the party its holder speaks for where the word alone tells.
    """

    word: str
    pronoun: str | None
    speaks_for: str | None


def rows(name: str) -> list[list[str]]:
    """The rows of one of the package's lists, as columns."""
    text = files("detente.reading").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def words(cell: str) -> tuple[str, ...]:
    """The forms in a column.

    >>> words("Tehran, Teheran")
    ('Tehran', 'Teheran')
    """
    return tuple(form.strip() for form in cell.split(",") if form.strip())


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Every country."""
    found = []
    for row in rows("countries.tsv"):
        name, code, people, capitals, others, seats = (row + [""] * 6)[:6]
        country = Country(
            name=name,
            code=code or None,
            people=words(people),
            capitals=words(capitals),
            others=words(others),
            seats=words(seats),
        )
        found.append(country)
    return tuple(found)


@lru_cache(maxsize=1)
def country_by_name() -> dict[str, Country]:
    """Countries under their canonical names."""
    return {country.name: country for country in countries()}


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """Every body and group. A group's column tells where it is, which is no membership."""
    found = []
    for row in rows("bodies.tsv"):
        name, kind, member_of, others = (row + [""] * 4)[:4]
        found.append(Body(name=name, kind=PartyKind(kind), member_of=member_of or None, others=words(others)))
    for row in rows("groups.tsv"):
        name, kind, _where, others = (row + [""] * 4)[:4]
        found.append(Body(name=name, kind=PartyKind(kind), member_of=None, others=words(others)))
    return tuple(found)


@lru_cache(maxsize=1)
def news_names() -> frozenset[str]:
    """Canonical names of news agencies, papers and stations."""
    return frozenset(row[0] for row in rows("bodies.tsv") if row[4:5] == ["news"])


@lru_cache(maxsize=1)
def body_by_name() -> dict[str, Body]:
    """Bodies under their canonical names."""
    return {body.name: body for body in bodies()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """A head of state or government, and the years in office."""

    name: str
    country: str
    since: int
    until: int


@lru_cache(maxsize=1)
def leaders() -> tuple[Leader, ...]:
    """Heads of state and government that papers call by surname alone."""
    return tuple(
        Leader(name=row[0], country=row[1], since=int(row[2]), until=int(row[3]))
        for row in rows("leaders.tsv")
    )


@lru_cache(maxsize=1)
def titles() -> tuple[Title, ...]:
    """Forms of address and telling offices, the longest first."""
    found = [
        Title(
            word=row[0],
            pronoun=None if row[1] == "-" else row[1],
            speaks_for=None if row[2] == "-" else row[2],
        )
        for row in rows("titles.tsv")
    ]
    return tuple(sorted(found, key=lambda title: -len(title.word)))


@lru_cache(maxsize=64)
def role_words(use: str) -> frozenset[str]:
    """Words of people and offices of one use: ``state``, ``office``, ``speaks``, ``expert``, ``crowd``."""
    return frozenset(word for row in rows("roles.tsv") if row[0] == use for word in words(row[1]))
