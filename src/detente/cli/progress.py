"""Progress on a terminal: articles, stage, time left. Quiet in pipes."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from detente.record.intake import Progress as OnProgress


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """A function to report to while articles are taken in; it draws on stderr, and only on a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _stage, _done, _of: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task("gathering articles", total=None)

        def on_progress(stage: str, done: int, of: int | None) -> None:
            progress.update(task, description=f"{stage} articles", completed=done, total=of)

        yield on_progress
