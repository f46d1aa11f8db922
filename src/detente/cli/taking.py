"""``export`` and ``negotiation``: a record in the forms that others take on."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.files import RecordFile, write_whole
from detente.cli.given import given_negotiation
from detente.export.formats import FORMATS
from detente.negotiation.derive import derive_negotiation
from detente.negotiation.file import dump_negotiation, load_negotiation
from detente.negotiation.merging import merge_derived
from detente.record.store import Store

Out = Annotated[Path | None, typer.Option("--out", "-o", help="Write here; left out: to the terminal.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(rich_help_panel="Take on")(export)
    app.command(rich_help_panel="Take on")(negotiation)


def negotiation(*, record: RecordFile, out: Out = None) -> None:
    """Derive the negotiation that a record describes, as a file to read, edit and run.

    Where the file is there already, it is brought up to the record, and what it says wins.

    Example: [bold]detente negotiation --record iran.db -o iran.yaml[/bold]
    """
    with Store.open(record, create=False) as store:
        derived = derive_negotiation(store.record())
    if out is not None and out.exists():
        held = load_negotiation(out.read_text(encoding="utf-8"), out.name)
        derived = merge_derived(held, derived)
    _write(dump_negotiation(derived), out)


def export(
    *,
    record: RecordFile,
    form: Annotated[
        str, typer.Option("--format", help="; ".join(f"{f.name}: {f.about}" for f in FORMATS.values()))
    ] = "json",
    negotiation: Annotated[
        Path | None,
        typer.Option(
            "--negotiation",
            help="Your own negotiation.yaml, for docx, genius and option-form; left out: derived.",
            show_default=False,
        ),
    ] = None,
    out: Out = None,
) -> None:
    """Take a record elsewhere, in the form that a colleague's tool opens.

    Example: [bold]detente export --record iran.db --format json -o iran.json[/bold]
    """
    chosen = FORMATS.get(form)
    if chosen is None:
        raise typer.BadParameter(f"{form!r} is none of {', '.join(FORMATS)}.", param_hint="--format")
    with Store.open(record, create=False) as store:
        held, edits = store.record(), store.edits()
    given = given_negotiation(negotiation, None) if negotiation is not None else None
    chunks = chosen.chunks(held, edits=edits, negotiation=given, on=datetime.now().astimezone().date())
    if out is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        return
    write_whole(out, chunks)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_whole(out, [text.encode()])
