"""``brief`` and ``read``: from files to a record, and to what a person reads."""

from pathlib import Path
from typing import Annotated, Final

import typer

from detente.articles import Unread
from detente.cli.asking import Llm, ask_model
from detente.cli.dossier import write_dossier
from detente.cli.files import RecordFile
from detente.cli.progress import shown_progress
from detente.errors import DetenteError, UnreadableSource
from detente.record.intake import Intake, take_in
from detente.record.model import Record
from detente.record.store import Store
from detente.settings import Settings
from detente.sources.formats.tables import ColumnMap

Paths = Annotated[
    list[Path], typer.Argument(help="Files, folders or .zip archives of articles.", show_default=False)
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 where a file could not be read.")]
Column = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a table that holds it; left out: guessed.")
]

Workers = Annotated[
    int,
    typer.Option(metavar="N", min=1, help="Processes that read; two and more need the extra ray."),
]

# A terminal shows this many unread files one by one; the record lists them all.
_SHOWN_UNREAD: Final = 20


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(rich_help_panel="Read")(brief)
    app.command(rich_help_panel="Read")(read)


def brief(
    paths: Paths,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write into.")] = Path("detente-brief"),
    strict: Strict = False,
    workers: Workers = 1,
    llm: Llm = None,
) -> None:
    """Read articles and write the brief, the record and the negotiation they describe.

    The folder then tells of these paths alone; decisions you took on the record are kept.

    Example: [bold]detente brief articles/ -o iran[/bold]
    """
    out.mkdir(parents=True, exist_ok=True)
    with Store.open(out / "record.db") as store:
        intake = _taken_in(store, paths, Settings(workers=workers))
        store.retain(intake.articles, intake.unread)
        _ask(store, intake, llm)
        record = store.record()
    written = write_dossier(record, out)
    typer.echo(_summary(record, intake))
    typer.echo(f"The brief: {written}")
    _end(intake, strict=strict)


def read(
    paths: Paths,
    *,
    record: RecordFile,
    strict: Strict = False,
    text: Column = None,
    title: Column = None,
    date: Column = None,
    outlet: Column = None,
    author: Column = None,
    allow_local: Annotated[
        bool, typer.Option("--allow-local", help="Also fetch web addresses of this machine and its network.")
    ] = False,
    workers: Workers = 1,
    llm: Llm = None,
) -> None:
    """Read articles into a record; what it holds already is left as it is.

    A path may be a web address: only then anything is fetched. For tables, the options name columns.

    Example: [bold]detente read this-week/ export.csv --title headline --date pub_date --record iran.db[/bold]
    """
    columns = ColumnMap(text=text, title=title, date=date, outlet=outlet, author=author)
    with Store.open(record) as store:
        intake = _taken_in(store, paths, Settings(workers=workers), columns=columns, allow_local=allow_local)
        _ask(store, intake, llm)
        typer.echo(_summary(store.record(), intake))
    _end(intake, strict=strict)


def _taken_in(
    store: Store,
    paths: list[Path],
    settings: Settings,
    *,
    columns: ColumnMap | None = None,
    allow_local: bool = False,
) -> Intake:
    with shown_progress() as on_progress:
        intake = take_in(
            store, paths, settings, columns=columns, allow_local=allow_local, on_progress=on_progress
        )
    if not intake.articles and not intake.unread:
        raise UnreadableSource(
            ", ".join(map(str, paths)), "no articles here: name files or folders of articles."
        )
    _tell_unread(intake.unread)
    return intake


def _ask(store: Store, intake: Intake, llm: str | None) -> None:
    if llm is None:
        return
    with shown_progress() as on_progress:
        told = ask_model(store, intake, llm, on_progress)
    typer.echo(told)


def _tell_unread(unread: tuple[Unread, ...]) -> None:
    for source in unread[:_SHOWN_UNREAD]:
        typer.echo(f"not read: {UnreadableSource(source.file, source.reason)}", err=True)
    if len(unread) > _SHOWN_UNREAD:
        typer.echo(f"not read: {len(unread) - _SHOWN_UNREAD} more, listed in the record", err=True)


def _end(intake: Intake, *, strict: bool) -> None:
    if not intake.articles:
        raise DetenteError("nothing could be read: see the reasons above.")
    if strict and intake.unread:
        raise typer.Exit(1)


def _summary(record: Record, intake: Intake) -> str:
    counts = {
        "article": record.articles,
        "statement": record.statements,
        "demand": record.demands,
        "promise": record.promises,
        "dispute": record.disputes,
        "event": record.events,
        "meeting": record.meetings,
    }
    held = ", ".join(
        f"{len(items):,} {kind}{'' if len(items) == 1 else 's'}" for kind, items in counts.items()
    )
    news = f"{len(intake.read)} read now, {len(intake.known)} known, {len(intake.unread)} could not be read"
    return f"In the record: {held} ({news})."
