"""How the sources differ: what they are, whose voices they carry, and what could not be read."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from detente.brief.agenda import issue_label
from detente.brief.model import Cell, Line, Listing, Picture, Row, Section, Table
from detente.brief.names import counted, listed, number, sentence, squeeze
from detente.brief.notes import Claimed, Desk, capped, quiet, say
from detente.brief.pictures_voices import Share, shares
from detente.claims import Statement
from detente.vocabulary import Genre, PartyKind

MOST_SOURCES: Final = 40
MOST_BARS: Final = 14
MOST_CAMPS: Final = 3
_OTHERS, _INDEPENDENT, _UNKNOWN = "Other camps", "Independent voices", "Not identified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Whose statements one article carries.

    Attributes:
        by: Number of statements by group of speakers.
        named: Statements by a named person; ``total``: by anybody but the writer.
        main_issue: The issue most of them are on, or ``None``.
    """

    article: str
    by: Counter[str]
    named: int
    total: int
    main_issue: str | None


def heard(desk: Desk, camps: Sequence[str]) -> tuple[Heard, ...]:
    """Whose voices each article carries, in the record's order; the writer's own is left out."""
    spoken: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in desk.record.statements:
        if statement.speaker or statement.speaker_text:
            spoken[statement.evidence[0].article].append(statement)
    return tuple(
        _heard(desk, article.id, spoken[article.id], camps[:MOST_CAMPS]) for article in desk.record.articles
    )


def voices(desk: Desk, camps: Sequence[str]) -> Section:
    """The section: genres, shares of voices, named and unnamed, and what each source stresses."""
    every = heard(desk, camps)
    if not any(one.total for one in every):
        nothing = Listing(lines=(say("No article carries a statement by anybody but its writer."),))
        return Section(key="voices", title="How the sources differ", blocks=(nothing,))
    groups = [desk.names.plain(camp) for camp in camps[:MOST_CAMPS]] + [_OTHERS, _INDEPENDENT, _UNKNOWN]
    groups = [group for group in groups if any(one.by[group] for one in every)]
    speaking = sorted((one for one in every if one.total), key=lambda one: -one.total)[:MOST_BARS]
    bars = [
        Share(name=desk.names.short_source(one.article), counts=tuple(one.by[group] for group in groups))
        for one in speaking
    ]
    blocks: list[Picture | Table | Listing] = [
        shares(bars, groups),
        _table(desk, every[:MOST_SOURCES], groups),
    ]
    lines = _differences(desk, every)
    if len(every) > MOST_SOURCES:
        lines = [say(quiet(f"and {counted(len(every) - MOST_SOURCES, 'more article')}")), *lines]
    blocks.append(Listing(lines=tuple(lines)))
    lead = "Who is quoted, and how often: a record made from one side’s voices leans to that side."
    return Section(key="voices", title="How the sources differ", blocks=tuple(blocks), lead=lead)


def not_read(desk: Desk) -> Section:
    """The section: files that could not be opened and words that could not be read."""
    blocks: list[Table | Listing] = []
    if desk.record.unread:
        lines = [say(f"{PurePath(one.file).name}: {squeeze(one.reason)}") for one in desk.record.unread]
        blocks.append(Listing(heading="Files that could not be read", lines=capped(lines, 20, "file")))
    by_reason: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for gap in desk.record.gaps:
        by_reason[squeeze(gap.reason)].append((gap.article, gap.start, gap.end))
    if by_reason:
        ordered = sorted(by_reason.items(), key=lambda found: -len(found[1]))
        blocks.append(
            Listing(
                heading="Words that were not understood",
                lines=capped([_gap_line(desk, reason, gaps) for reason, gaps in ordered], 20, "reason"),
            )
        )
    if not blocks:
        blocks = [Listing(lines=(say("Every file was read, and no gap was left."),))]
    return Section(key="gaps", title="What was not read", blocks=tuple(blocks))


def _heard(desk: Desk, article: str, statements: Sequence[Statement], camps: Sequence[str]) -> Heard:
    by = Counter(_group(desk, one, camps) for one in statements)
    on = Counter(one.issue for one in statements if one.issue)
    named = sum(_is_named(desk, one) for one in statements)
    main = max(on, key=lambda issue: (on[issue], issue)) if on else None
    return Heard(article=article, by=by, named=named, total=len(statements), main_issue=main)


def _group(desk: Desk, statement: Statement, camps: Sequence[str]) -> str:
    camp = desk.record.camp(statement.affiliation or statement.speaker)
    if camp is None or camp not in desk.record.party:
        return _UNKNOWN
    if camp in camps:
        return desk.names.plain(camp)
    party = desk.record.party[camp]
    return _INDEPENDENT if party.independent or party.kind is PartyKind.PERSON else _OTHERS


def _is_named(desk: Desk, statement: Statement) -> bool:
    party = desk.record.party.get(statement.speaker) if statement.speaker else None
    return party is not None and party.kind is PartyKind.PERSON


def _table(desk: Desk, every: Sequence[Heard], groups: Sequence[str]) -> Table:
    rows = []
    for one in every:
        article = desk.record.article[one.article]
        cells = [say(article.genre.value), say(str(one.total))]
        cells += [say(_percent(one.by[group], one.total)) for group in groups]
        cells.append(say(_percent(one.named, one.total)))
        cells.append(say(issue_label(desk, one.main_issue) if one.main_issue else "–"))
        rows.append(
            Row(head=say(desk.names.source(one.article)), cells=tuple(Cell(lines=(line,)) for line in cells))
        )
    columns = ("Article", "Genre", "Statements", *groups, "By named people", "Speaks most of")
    return Table(
        caption="Whose voices are heard, by article", columns=columns, rows=tuple(rows), is_grid=True
    )


def _differences(desk: Desk, every: Sequence[Heard]) -> list[Line]:
    genres = Counter(article.genre for article in desk.record.articles)
    kinds = listed(
        counted(genres[genre], _GENRES[genre][0], _GENRES[genre][1]) for genre in Genre if genres[genre]
    )
    total = sum(one.total for one in every)
    named = sum(one.named for one in every)
    lines = [
        say(f"{sentence(kinds)}. Of {counted(total, 'statement')}, {number(named)} are by named people.")
    ]
    claims: tuple[Claimed, ...] = (*desk.record.demands, *desk.record.promises, *desk.record.disputes)
    only = sum(desk.only_opinion(claim.evidence) for claim in claims)
    if only:
        lines.append(
            say(
                f"{sentence(number(only))} of {len(claims)} demands, promises and disputes rest on "
                "an opinion piece alone; they are marked."
            )
        )
    copies = sum(article.same_story_as is not None for article in desk.record.articles)
    if copies:
        lines.append(
            say(
                f"{sentence(counted(copies, 'article'))} repeat another’s story and are counted once with it."
            )
        )
    undated = sum(article.published is None for article in desk.record.articles)
    if undated:
        lines.append(
            say(f"{sentence(counted(undated, 'article'))} could not be dated from the words or the file.")
        )
    return lines


def _gap_line(desk: Desk, reason: str, gaps: Sequence[tuple[str, int, int]]) -> Line:
    articles = dict.fromkeys(article for article, _, _ in gaps if article in desk.record.article)
    where = listed((desk.names.short_source(article) for article in articles), 3)
    return say(f"{sentence(reason)}: {counted(len(gaps), 'place')}", quiet(f" in {where}") if where else "")


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "–"


_GENRES: Final = {
    Genre.REPORT: ("report", "reports"),
    Genre.OPINION: ("opinion piece", "opinion pieces"),
    Genre.ANALYSIS: ("analysis", "analyses"),
}
