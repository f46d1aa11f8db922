"""Articles become batches of windows, varied and cut anew each epoch."""

import random
from dataclasses import dataclass

import numpy as np
import torch
from annotated import Annotated
from augment import speakers_of, varied
from targets import Example, examples_of, mark
from tokenizers import Tokenizer
from torch import Tensor

from detente.reading.pieces import WINDOW_PIECES, Integers, cut_into_pieces

# Batches are made of windows of like length: sorted within this many batches, so that little is padding.
POOL_BATCHES = 16


@dataclass(frozen=True, slots=True)
class Corpora:
    """What is trained on.

    Attributes:
        general: Articles with attributions.
        talks: News items with acts, nested statements and items of the kinds.
        talks_copies: Times the talks are read an epoch; each time in another variant.
        varied_share: Share of the articles that are varied; the others are read as they are.
    """

    general: list[Annotated]
    talks: list[Annotated]
    talks_copies: int
    varied_share: float

    def speakers(self) -> list[str]:
        """Names for those who retell."""
        return speakers_of(self.general) + speakers_of(self.talks)


def epoch_of(
    corpora: Corpora, *, tokenizer: Tokenizer, speakers: list[str], size: int, chance: random.Random
) -> list[list[Example]]:
    """All windows of all articles in batches of `size`, shuffled."""
    examples: list[Example] = []
    for article in corpora.general + corpora.talks * corpora.talks_copies:
        variant = varied(article, chance, speakers) if chance.random() < corpora.varied_share else article
        marked = mark(variant, cut_into_pieces(variant.text, tokenizer))
        examples += examples_of(marked, chance, WINDOW_PIECES)
    chance.shuffle(examples)
    batches, pool = [], size * POOL_BATCHES
    for start in range(0, len(examples), pool):
        alike = sorted(examples[start : start + pool], key=lambda e: len(e.ids))
        batches += [alike[i : i + size] for i in range(0, len(alike), size)]
    chance.shuffle(batches)
    return batches


def padded(rows: list[Integers], filler: int) -> Tensor:
    """Rows of unlike length as one tensor; the last axis is filled up."""
    longest = max(row.shape[-1] for row in rows)
    out = np.full((len(rows), *rows[0].shape[:-1], longest), filler, dtype=np.int64)
    for number, row in enumerate(rows):
        out[number, ..., : row.shape[-1]] = row
    return torch.from_numpy(out)
