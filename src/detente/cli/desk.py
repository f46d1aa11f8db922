"""``desk``: read, check and decide in the browser."""

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.files import RecordFile
from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.desk.serve import serve
from detente.record.store import Store


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(rich_help_panel="Read and decide")(desk)


def desk(
    *,
    record: RecordFile,
    host: Annotated[str, typer.Option(help="Address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to answer on; 0: any free one.")] = 8765,
) -> None:
    """Read, check and decide in the browser, on this machine.

    Example: [bold]detente desk --record iran.db[/bold]
    """
    with Store.open(record) as store:
        door = Door()
        serve(create_app(Case(store, Path(record).stem), door), door, host=host, port=port)
