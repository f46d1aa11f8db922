"""The desk's templates: everything escaped."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from detente.brief.html import visible
from detente.desk.people import Role


@cache
def templates() -> Environment:
    """The desk's templates; a module of screens may add filters of its own."""
    environment = Environment(
        loader=PackageLoader("detente.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    environment.globals["roles"] = Role
    return environment
