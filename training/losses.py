"""How wrong the model's answer for a batch is, head by head, and how much each head counts."""

from collections.abc import Iterator

import torch
from batches import padded
from targets import UNKNOWN, Example, Pooled
from torch import Tensor
from torch.nn.functional import cross_entropy

from detente.reading import heads

# The tags of general news are the bulk; the small heads learn from 12,000 words of talks beside 850,000.
SHARES = {
    "outer": 1.0,
    "inner": 0.5,
    "kinds": 1.0,
    "link": 0.3,
    "act": 0.3,
    "event_type": 0.2,
    "meeting_status": 0.1,
}
# Below this share of words on talks in a batch the kinds count less, or a lone window would outweigh the
# others.
FULL_SHARE_OF_TALKS = 0.125


def losses_of(columns: Tensor, links: Tensor, batch: list[Example]) -> Iterator[tuple[str, Tensor]]:
    """The losses of a batch under the names of `SHARES`; a head of which nothing is known is left out."""
    roles = padded([e.roles for e in batch], UNKNOWN)
    for number, layer in enumerate(heads.LAYERS):
        yield layer, _known_loss(columns[..., heads.COLUMNS[layer]], roles[:, number])
    yield from _kinds_loss(columns, padded([e.kinds for e in batch], UNKNOWN))
    wanted = padded([e.links for e in batch], UNKNOWN)
    for link in range(heads.LINKS):
        if (wanted[:, link] >= 0).any():
            yield "link", _known_loss(links[:, link], wanted[:, link])
    yield from _pooled_losses(columns, batch)


def _kinds_loss(columns: Tensor, wanted: Tensor) -> Iterator[tuple[str, Tensor]]:
    share = float((wanted >= 0)[:, 0].float().mean())
    if share:
        shape = (len(heads.KINDS), heads.KIND_TAGS)
        scores = columns[..., heads.COLUMNS["kinds"]].unflatten(-1, shape).transpose(1, 2)
        yield "kinds", _known_loss(scores, wanted) * min(1.0, share / FULL_SHARE_OF_TALKS)


def _known_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    known = wanted >= 0
    return cross_entropy(scores[known], wanted[known]) if known.any() else scores.sum() * 0


def _pooled_losses(columns: Tensor, batch: list[Example]) -> Iterator[tuple[str, Tensor]]:
    for head in ("act", "event_type", "meeting_status"):
        pooled = [(row, p) for row, example in enumerate(batch) for p in example.pooled if p.head == head]
        if pooled:
            scores = torch.stack([_pooled_scores(columns[row], p) for row, p in pooled])
            wanted = torch.tensor([p.label for _, p in pooled])
            weights = torch.tensor([p.weight for _, p in pooled])
            losses = cross_entropy(scores, wanted, reduction="none", label_smoothing=0.05)
            yield head, (losses * weights).sum() / len(pooled)


def _pooled_scores(columns: Tensor, pooled: Pooled) -> Tensor:
    """As the reader pools them: the mean over the words, and for an act the cue's own scores on top."""
    words = columns[torch.tensor(pooled.places)]
    if pooled.head != "act":
        return words[:, heads.COLUMNS[pooled.head]].mean(0)
    of_content = words[:, heads.COLUMNS["act_of_content"]].mean(0)
    return of_content + columns[pooled.cue, heads.COLUMNS["act_of_cue"]] if pooled.cue >= 0 else of_content
