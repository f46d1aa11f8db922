"""The record that a command names, and files written whole: the old one or the new one, never half of one."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

RecordFile = Annotated[
    str, typer.Option("--record", help="The record: a file, or a postgresql address.", show_default=False)
]


def write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """Write the chunks to a file beside ``path``, then put it in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
