"""A draft becomes an article: canonical text, its id, masthead and regions, in one way for every format."""

import re
from itertools import takewhile

from detente.articles import Article, DateCandidate, Region
from detente.claims import stable_id
from detente.dates import When, compatible
from detente.sources.calendar_words import read_date
from detente.sources.decoding import canonical
from detente.sources.draft import Draft, StatedDate
from detente.sources.masthead.blocks import Block, blocks_of
from detente.sources.masthead.bylines import copyright_holder, known_outlet, outlet_at_end, read_credit
from detente.sources.masthead.closing import copyright_line, is_biography
from detente.sources.masthead.dating import date_article
from detente.sources.masthead.opening import Headed, Role, read_opening
from detente.sources.masthead.parts import regions_of
from detente.sources.masthead.tongue import tell_language
from detente.sources.masthead.voice import tell_genre
from detente.vocabulary import Genre, RegionKind


def article_of(draft: Draft, *, file: str, sha256: str) -> Article:
    """The article that a draft holds.

    Args:
        draft: Its words and what the file states.
        file: Where the file was, as given.
        sha256: Of the original bytes.
    """
    text, stated = canonical(draft.text), draft.stated
    blocks = blocks_of(text)
    opening = _opening(blocks, draft)
    identity = stable_id("article", text)
    author = stated.author or _first(opening, Role.BYLINE)
    published, candidates = date_article(
        identity,
        text,
        blocks=blocks,
        opening=opening,
        stated=(*stated.dates, *_of_address(stated.url)),
        file=file,
    )
    foreign = frozenset(
        h.block.start
        for h in opening
        if h.role is Role.DATE
        and any(_rests_on(c, h.block.start) and not _agrees(c, published) for c in candidates)
    )
    foreign |= {b.start for b in blocks if b.text in draft.furniture and not _is_masthead(b, opening)}
    noted = frozenset(b.start for b in takewhile(lambda b: b.text in draft.notes, reversed(blocks)))
    regions = regions_of(text, blocks, opening, author, not_its=foreign, notes=noted)
    title = stated.title or _first(opening, Role.TITLE)
    return Article(
        id=identity,
        file=f"{file}#{draft.part}" if draft.part else file,
        sha256=sha256,
        text=text,
        title=title,
        outlet=stated.outlet or _outlet(blocks, opening),
        author=author,
        published=published,
        date_candidates=candidates,
        genre=_genre(draft, text=text, blocks=blocks, opening=opening, regions=regions, author=author),
        language=stated.language or tell_language(text),
        regions=regions,
        source_id=stated.source_id,
        url=stated.url,
        page=stated.page,
    )


def _opening(blocks: tuple[Block, ...], draft: Draft) -> tuple[Headed, ...]:
    stated = draft.stated
    if not stated.labelled:
        return read_opening(blocks, stated.title)
    # The file labels its parts: the title is the first block, or there is none, and all else is body.
    same = (
        bool(blocks)
        and stated.title is not None
        and blocks[0].text.split() == canonical(stated.title).split()
    )
    return (Headed(block=blocks[0], role=Role.TITLE, value=stated.title),) if same else ()


def _of_address(url: str | None) -> tuple[StatedDate, ...]:
    """The day that a news address carries: ``/2007/07/18/``."""
    found = re.search(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-]([0-3]?\d)(?:/|-|$)", url or "")
    when = read_date("-".join(found.groups())) if found else None
    return (StatedDate(when=when, basis="date in the address", weight=3),) if when else ()


def _agrees(candidate: DateCandidate, published: When | None) -> bool:
    return candidate.chosen or (published is not None and compatible(candidate.when, published))


def _is_masthead(block: Block, opening: tuple[Headed, ...]) -> bool:
    return any(h.block is block and h.role not in {Role.STANDFIRST, Role.FURNITURE} for h in opening)


def _rests_on(candidate: DateCandidate, start: int) -> bool:
    return candidate.because is not None and candidate.because.start == start


def _first(opening: tuple[Headed, ...], role: Role) -> str | None:
    return next((h.value for h in opening if h.role is role and h.value), None)


def _outlet(blocks: tuple[Block, ...], opening: tuple[Headed, ...]) -> str | None:
    """Who published it: a source line, the byline's staff, the dateline's agency, or the copyright line."""
    named = _first(opening, Role.OUTLET)
    if named:
        return named
    for headed in opening:
        credit = read_credit(headed.block.text) if headed.role is Role.BYLINE else None
        if credit is not None and credit.outlet:
            return credit.outlet
    for headed in opening:
        if headed.role is Role.TITLE and outlet_at_end(headed.block.text)[1]:
            return outlet_at_end(headed.block.text)[1]
    for block in blocks[len(opening) : len(opening) + 2]:
        if block.dateline is not None and "(" in block.dateline["rest"]:
            agency = known_outlet(block.dateline["rest"].split("(")[1].rstrip(") "))
            if agency:
                return agency
    return next((copyright_holder(b.text) for b in blocks[-4:] if copyright_line(b)), None)


def _genre(
    draft: Draft,
    *,
    text: str,
    blocks: tuple[Block, ...],
    opening: tuple[Headed, ...],
    regions: tuple[Region, ...],
    author: str | None,
) -> Genre:
    sections = [h.value for h in opening if h.role is Role.SECTION and h.value]
    if draft.stated.section:
        sections += [part.strip() for part in draft.stated.section.replace(";", ",").split(",")]
    return tell_genre(
        title=draft.stated.title or _first(opening, Role.TITLE),
        sections=tuple(sections),
        body="\n".join(text[r.start : r.end] for r in regions if r.kind is RegionKind.BODY),
        has_biography=any(is_biography(b, author) for b in blocks[-6:]),
    )
