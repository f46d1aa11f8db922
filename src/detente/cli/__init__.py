"""The command line. A ``DetenteError`` becomes one line on stderr and exit code 1, never a traceback."""

import sys
from typing import Annotated

import typer

from detente import __version__
from detente.cli import case, dealing, holding
from detente.errors import DetenteError, one_line

app = typer.Typer(
    name="detente",
    help="Read the reporting on a negotiation, build the system it describes, and run it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
case.register(app)
holding.register(app)
dealing.register(app)


@app.callback()
def detente(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    """Read the reporting on a negotiation, build the system it describes, and run it."""
    if version:
        typer.echo(f"detente {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; what goes wrong is told in one line."""
    try:
        app()
    except DetenteError as error:
        sys.exit(_told(str(error)))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        sys.exit(_told(f"{error.filename or 'the system'}: {error.strerror or error}"))


def _told(message: str) -> int:
    typer.echo(f"detente: {one_line(message)}", err=True)
    return 1
