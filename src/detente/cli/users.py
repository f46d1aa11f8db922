"""``user``: who may sign in at the desk."""

import sys
from typing import Annotated

import typer

from detente.desk.people import Role
from detente.desk.users import SHORTEST_PASSWORD, Users, users_file
from detente.errors import DetenteError

Name = Annotated[str, typer.Argument(help="The user's name.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    user = typer.Typer(no_args_is_help=True, help="Say who may sign in at the desk, and as what.")
    for command in (add, remove, listed, token, drop_token):
        user.command("list" if command is listed else command.__name__.replace("_", "-"))(command)
    app.add_typer(user, name="user", rich_help_panel="Read and decide")


def add(
    name: Name,
    *,
    role: Annotated[
        Role, typer.Option(help="reader: look; analyst: decide; lead: regroup, undo what others decided.")
    ] = Role.ANALYST,
) -> None:
    """Let somebody sign in, or give somebody a new role and password.

    The password is asked for; where no terminal is there to ask, it is the first line of the input.

    Example: [bold]detente user add ana --role lead[/bold]
    """
    users = _users()
    users.add(name, role, _password(name))
    typer.echo(f"{name} may sign in as {role}.")


def remove(name: Name) -> None:
    """Let somebody in no longer; what they decided stays."""
    _users().remove(name)
    typer.echo(f"{name} may sign in no longer.")


def listed() -> None:
    """Tell who may sign in."""
    for user in sorted(_users().all().values(), key=lambda user: user.name):
        keys = ", ".join(token.label for token in user.tokens)
        typer.echo(f"{user.name}  {user.role}" + (f"  keys: {keys}" if keys else ""))


def token(
    name: Name, *, label: Annotated[str, typer.Option(help="What the key is for.")] = "a program"
) -> None:
    """Make a key with which programs act for a user; it is shown this once.

    Example: [bold]detente user token ana --label "weekly export"[/bold]
    """
    typer.echo(_users().new_token(name, label))


def drop_token(name: Name, *, label: Annotated[str, typer.Option(help="Of the keys to drop.")]) -> None:
    """Make a user's keys of this label worthless."""
    count = _users().drop_tokens(name, label)
    if not count:
        raise DetenteError(f"{name} has no key {label!r}.")
    typer.echo(f"{count} dropped.")


def _users() -> Users:
    return Users(users_file())


def _password(name: str) -> str:
    if sys.stdin.isatty():
        asked: str = typer.prompt(
            f"Password for {name} (at least {SHORTEST_PASSWORD} characters)",
            hide_input=True,
            confirmation_prompt=True,
            err=True,
        )
        return asked
    return sys.stdin.readline().rstrip("\r\n")
