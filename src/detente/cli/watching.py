"""``watch``: feeds and folders looked at again and again, what is new read, and what changed told."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from detente.articles import Unread
from detente.brief.names import Names
from detente.cli.progress import shown_progress
from detente.errors import DetenteError, UnreadableSource, one_line
from detente.record.changes import Change, Movement, changes_from
from detente.record.intake import take_in_gathered
from detente.record.model import Record
from detente.record.store import Store
from detente.record.subject import subject_of
from detente.settings import Settings
from detente.sources.gather import gather
from detente.sources.watch import Look, Watch, load_watch, loader, look

# A watch is some lines; a file of a megabyte is another file.
_LARGEST: Final = 1_000_000
_QUOTED: Final = 240


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(rich_help_panel="Read")(watch)


def watch(
    file: Annotated[Path, typer.Argument(metavar="WATCH.toml", help="What to look at.", show_default=False)],
    *,
    record: Annotated[
        str | None,
        typer.Option("--record", help="The record; left out: the one the file names, or WATCH.db beside it."),
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Look once and stop: for cron.")] = False,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Also fetch web addresses of this machine and its network.")
    ] = False,
) -> None:
    """Look at feeds and folders, read what is new and of the case, and tell what changed.

    Articles count as of the case where they hold one of the file's terms; without terms, where they name
    two of the record's camps and speak of its issues.

    Example: [bold]detente watch talks.toml --once[/bold]
    """
    while True:
        asked = load_watch(_text(file), file.name)
        where = record or _beside(file, asked)
        try:
            _look_once(asked, file.parent, where, allow_local=allow_local)
        except DetenteError as error:
            if once:
                raise
            typer.echo(f"detente: {one_line(str(error))}", err=True)
        if once:
            return
        time.sleep(asked.every_minutes * 60)


def _look_once(asked: Watch, base: Path, where: str, *, allow_local: bool) -> None:
    """One look: a transaction an article, so that a stop at any point loses nothing that was read."""
    settings = Settings()
    with Store.open(where) as store:
        before = store.record()
        load = loader(settings, base, gather, allow_local=allow_local)
        seen = frozenset(article.id for article in before.articles)
        found = look(asked, load, seen, subject_of(before).met_by)
        with shown_progress() as on_progress:
            lasting = [unread for unread in found.unread if not _is_passing(unread, asked)]
            take_in_gathered(store, [*found.new, *lasting], settings, on_progress=on_progress)
        after = store.record()
    for unread in found.unread:
        typer.echo(f"not read: {UnreadableSource(unread.file, unread.reason)}", err=True)
    typer.echo(_summary(found))
    for line in _told(before, after):
        typer.echo(line)


def _is_passing(unread: Unread, asked: Watch) -> bool:
    """Whether a whole source failed, which may be well at the next look: that is no gap of the record."""
    return any(unread.file == source.where for source in asked.sources)


def _summary(found: Look) -> str:
    now = datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")
    new = f"{len(found.new):,} new article{'' if len(found.new) == 1 else 's'}"
    rest = f"{found.passed_over:,} not of the case, {len(found.unread):,} could not be read"
    return f"{now}: {new} read, {rest}."


def _told(before: Record, after: Record) -> Iterator[str]:
    """What a record says that it did not before, a line each; nothing for a first look."""
    if not before.articles:
        return
    names = Names(after)
    for change in changes_from(before, after):
        yield _line(change, names)


def _line(change: Change, names: Names) -> str:
    now = one_line(change.now)
    if change.movement is Movement.DROPPED_DEMAND:
        said = f"{one_line(change.was or '')} ({now})"
    else:
        said = f"{now} (was: {one_line(change.was)})" if change.was else now
    quote = one_line(change.because.quote)
    quote = quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"
    who = names.party(change.party)
    source = names.short_source(change.because.article)
    return f"  {change.movement.value}: {who}: {said}\n    “{quote}” ({source})"


def _beside(file: Path, asked: Watch) -> str:
    if asked.record is None:
        return str(file.with_suffix(".db"))
    return asked.record if "://" in asked.record else str(file.parent / asked.record)


def _text(file: Path) -> str:
    if file.stat().st_size > _LARGEST:
        raise UnreadableSource(file.name, "more than 1 MB is no watch; choose another file.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSource(file.name, f"byte {error.start} is not UTF-8: save it as UTF-8.") from error
