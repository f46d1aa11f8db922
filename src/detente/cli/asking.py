"""``--llm``: a language model as a second reader of the articles that a command was given."""

import os
from datetime import UTC, datetime
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from detente.errors import MissingExtra, one_line
from detente.record.intake import Intake
from detente.record.intake import Progress as OnProgress
from detente.record.store import Store

Llm = Annotated[
    str | None,
    typer.Option(
        "--llm",
        metavar="URL/MODEL",
        help="Also ask this language model (http://localhost:11434/v1/llama3.2); the articles go there.",
        show_default=False,
    ),
]

_SHOWN: Final = 20


def ask_model(store: Store, intake: Intake, told: str, on_progress: OnProgress) -> str:
    """Ask the model about every article that was given, and put what is new into the review queue.

    Returns:
        What came of it, in a line.

    Raises:
        DetenteError: A wrong address, or a model that does not answer; what was proposed so far is kept.
        MissingExtra: The model's client is not installed.
    """
    address = import_module("detente.llm.address").read_address(told)
    reading, merging = _loaded("detente.llm.reader"), _loaded("detente.llm.merging")
    reader = reading.LanguageReader(reading.open_model(address, os.environ.get("DETENTE_LLM_KEY")))
    record = store.record()
    if not address.is_local:
        typer.echo(f"sending {len(intake.articles):,} articles to {address.host}", err=True)
    found, agreed, differing, new, dropped = 0, 0, 0, 0, []
    for count, article in enumerate(intake.articles, 1):
        grounded = reader.read(record.article[article], record)
        compared = merging.compare(record, grounded.claims)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        edits = merging.proposed(record, compared, model=address.model, host=address.host, on=now)
        if edits:
            store.decide_all(edits)
        found += len(grounded.claims)
        agreed += len(compared.agreed)
        differing += len(compared.differing)
        new += len(edits)
        dropped += grounded.dropped
        on_progress("asking about", count, len(intake.articles))
    _tell_dropped(dropped)
    return (
        f"{address.model}: {found:,} items, {agreed:,} of them in the reading too ({differing:,} as another "
        f"act), {new:,} proposed for review; {len(dropped):,} dropped."
    )


def _loaded(module: str) -> Any:  # noqa: ANN401  # a module
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("detente"):
            raise
        raise MissingExtra("--llm needs its client: pip install 'detente[llm]'.") from error


def _tell_dropped(dropped: list[Any]) -> None:
    for one in dropped[:_SHOWN]:
        quote = f"{one.quote[:120]!r}: " if one.quote else ""
        typer.echo(f"dropped: {one_line(f'{one.file}: {quote}{one.reason}')}", err=True)
    if len(dropped) > _SHOWN:
        typer.echo(f"dropped: {len(dropped) - _SHOWN:,} more", err=True)
