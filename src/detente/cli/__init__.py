"""The command line. A ``DetenteError`` becomes one line on stderr and exit code 1, never a traceback.

Each command's module is loaded when that command is called: the parser and the solvers take seconds to load,
and ``detente stability`` needs no parser.
"""

import sys
from importlib import import_module
from typing import Annotated, Final

import typer

from detente import __version__
from detente.errors import DetenteError, one_line

_MODULE_OF: Final = {
    "brief": "case",
    "read": "case",
    "export": "taking",
    "negotiation": "taking",
    "stability": "holding",
    "paths": "holding",
    "spoilers": "holding",
    "packages": "dealing",
    "tables": "dealing",
    "forecast": "dealing",
    "desk": "desk",
    "user": "users",
    "watch": "watching",
    "mcp": "serving",
}


def build_app(command: str | None = None) -> typer.Typer:
    """The command line with one command's module, or with all of them where the command is not known."""
    app = typer.Typer(
        name="detente",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(detente)
    every = dict.fromkeys(_MODULE_OF.values())
    for module in [_MODULE_OF[command]] if command in _MODULE_OF else every:
        import_module(f"detente.cli.{module}").register(app)
    return app


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
    if sys.argv[1:] == ["--version"]:
        typer.echo(f"detente {__version__}")
        return
    try:
        build_app(next(iter(sys.argv[1:]), None))()
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
