"""``desk``: read, check and decide in the browser."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from detente.cli.files import RecordFile
from detente.desk.app import create_app
from detente.desk.case import Case
from detente.desk.door import Door
from detente.desk.front_end import require_front_end
from detente.desk.serve import hosts_of, is_loopback, listen, serve
from detente.desk.users import Users, users_file
from detente.desk.warming import warm
from detente.errors import DetenteError
from detente.record.store import Store


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(rich_help_panel="Read and decide")(desk)


def desk(
    *,
    record: RecordFile,
    host: Annotated[str, typer.Option(help="Address to answer on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to answer on; 0: any free one.", min=0, max=65535)] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A name that people type for this desk, where a proxy passes it on."),
    ] = None,
) -> None:
    """Read, check and decide in the browser, on this machine.

    Others can be let in from elsewhere once there are users: [bold]detente user add NAME[/bold]

    Example: [bold]detente desk --record iran.db[/bold]
    """
    door = Door(users=Users(users_file()))
    if not door.by_name and not is_loopback(host):
        raise DetenteError(
            f"{host}: others could reach the desk there, and nobody has to sign in; "
            "add users first: detente user add NAME --role lead"
        )
    require_front_end()
    with Store.open(record) as store, listen(host, port) as opened:
        hosts = hosts_of(host, opened.getsockname()[1], name or ())
        case = Case(store, case_name(record))
        app = create_app(case, door, hosts)
        warm(case, app)
        try:
            serve(app, door, opened, host=host)
        finally:
            case.close()


def case_name(record: str) -> str:
    """What the case is called: by its file, its folder or its database; never with a password.

    >>> case_name("iran.db"), case_name("iran/record.db"), case_name("postgresql+psycopg://ana:secret@host/iran")
    ('iran', 'iran', 'iran')
    """
    if "://" not in record:
        path = Path(record).absolute()
        return path.parent.name if path.stem == "record" and path.parent.name else path.stem
    try:
        return make_url(record).database or "record"
    except ArgumentError:
        return "record"
