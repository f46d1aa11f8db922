"""What a model found beside what the reading has: the same is counted, what is new is proposed for review."""

from collections.abc import Iterable
from dataclasses import dataclass

from detente.claims import Claim, Statement
from detente.llm.prompt import prompt_hash
from detente.record.edits import Edit
from detente.record.model import Record
from detente.record.proposals import propose, same_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two readings of one article, side by side.

    Attributes:
        agreed: Ids of the record's items that the model found too.
        differing: Those of them that it takes for another act.
        new: What only the model found, each once.
    """

    agreed: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    new: tuple[Claim, ...] = ()


def compare(record: Record, claims: Iterable[Claim]) -> Compared:
    """A model's claims beside the record's."""
    held = {claim.id: claim for _, claim in record.claims()}
    agreed: list[str] = []
    differing: list[str] = []
    new: list[Claim] = []
    for claim in claims:
        same = same_words(record, claim)
        if same is None:
            if same_words(_of(new), claim) is None:
                new.append(claim)
            continue
        agreed.append(same)
        other = held[same]
        if isinstance(claim, Statement) and isinstance(other, Statement) and claim.act is not other.act:
            differing.append(same)
    return Compared(agreed=tuple(agreed), differing=tuple(differing), new=tuple(new))


def proposed(record: Record, compared: Compared, *, model: str, host: str, on: str) -> tuple[Edit, ...]:
    """The edits that put what is new into the review queue, with model, prompt and time."""
    reason = f"found by a language model at {host}, prompt {prompt_hash()}"
    return tuple(propose(record, claim, who=f"llm {model}", on=on, reason=reason) for claim in compared.new)


def _of(claims: list[Claim]) -> Record:
    """A record that holds these claims alone."""
    by_kind: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        kind = f"{type(claim).__name__.lower()}s"
        by_kind[kind] = (*by_kind.get(kind, ()), claim)
    return Record(**by_kind)  # type: ignore[arg-type]  # each kind under its own name
