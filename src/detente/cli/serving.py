"""``mcp``: a record for a language model's program, over standard input and output."""

from importlib import import_module
from typing import Annotated

import typer

from detente.cli.files import RecordFile
from detente.errors import MissingExtra
from detente.record.store import Store


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(rich_help_panel="Take on")(mcp)


def mcp(
    *,
    record: RecordFile,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Let clients propose nothing either.")
    ] = False,
) -> None:
    """Serve a record to programs that speak the Model Context Protocol, over standard input and output.

    They can ask who said what, and propose items for your review; they decide nothing.

    Example: [bold]detente mcp --record iran.db[/bold]
    """
    try:
        serving = import_module("detente.mcp.server")
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "mcp":
            raise
        raise MissingExtra("the server needs its SDK: pip install 'detente[mcp]'.") from error
    with Store.open(record, create=False) as store:
        serving.build_server(store, proposals=not read_only).run("stdio")
