"""The encoder: MiniLM's six layers under one linear head for all tags and one bilinear map for each link."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from detente.reading import heads

VOCABULARY = 30522
POSITIONS = 512
LOOKS = 6
LINK_SIZE = 96


class SharedDropout(nn.Module):
    """Dropout with one mask for the whole batch: as good here, and fewer random numbers to draw."""

    def forward(self, x: Tensor) -> Tensor:
        """The states, some of them dropped in training."""
        if not self.training:
            return x
        return x * ((torch.rand(1, x.shape[1], x.shape[2]) > 0.1).to(x.dtype) / 0.9)


class Layer(nn.Module):
    """A transformer layer, post-norm, as BERT has it."""

    def __init__(self, width: int = 384, attention_heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.attention_heads = attention_heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, 1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, 1e-12)
        self.drop = SharedDropout()

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """The next states."""
        batch, length, width = x.shape
        size = width // self.attention_heads
        q, k, v = (
            self.qkv(x).view(batch, length, 3, self.attention_heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        )
        weights = torch.softmax((q @ k.transpose(2, 3)).float() * size**-0.5 + mask, -1).to(v.dtype)
        x = self.norm1(x + self.drop(self.out((weights @ v).transpose(1, 2).reshape(batch, length, width))))
        down: Tensor = self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))
        return down


class Encoder(nn.Module):
    """Pieces and their looks in; columns of `heads.COLUMNS` and link scores out."""

    def __init__(self, width: int = 384, layers: int = 6) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, width)
        self.positions = nn.Embedding(POSITIONS, width)
        self.segment = nn.Parameter(torch.zeros(width))
        self.looks = nn.Embedding(LOOKS, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.drop = SharedDropout()
        self.layers = nn.ModuleList(Layer(width) for _ in range(layers))
        self.head_tags = nn.Linear(width, heads.WIDTH)
        self.head_from = nn.Linear(width, heads.LINKS * LINK_SIZE)
        self.head_to = nn.Linear(width, heads.LINKS * LINK_SIZE)
        nn.init.zeros_(self.looks.weight)

    def load_base(self, weights: Path) -> "Encoder":
        """Takes the body of a MiniLM-L6 checkpoint in safetensors."""
        base = load_file(weights)
        with torch.no_grad():
            self.words.weight.copy_(base["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
            self.segment.copy_(base["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    for part in ("weight", "bias"):
                        getattr(getattr(layer, ours), part).copy_(
                            base[f"encoder.layer.{number}.{theirs}.{part}"]
                        )
                for part in ("weight", "bias"):
                    names = [
                        f"encoder.layer.{number}.attention.self.{n}.{part}" for n in ("query", "key", "value")
                    ]
                    getattr(layer.qkv, part).copy_(torch.cat([base[name] for name in names]))
        return self

    def forward(self, ids: Tensor, looks: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the columns (batch, pieces, WIDTH) and of the links (batch, LINKS, pieces, pieces)."""
        batch, length = ids.shape
        x = self.words(ids) + self.positions.weight[:length] + self.segment + self.looks(looks)
        x = self.drop(self.norm(x))
        mask = ((ids == 0).to(x.dtype) * -1e4)[:, None, None, :].expand(batch, 1, length, length)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(x)
        shape = (batch, length, heads.LINKS, LINK_SIZE)
        start = self.head_from(x).view(shape).transpose(1, 2)
        end = self.head_to(x).view(shape).transpose(1, 2)
        return self.head_tags(x), (start @ end.transpose(2, 3)) / LINK_SIZE**0.5 + mask
