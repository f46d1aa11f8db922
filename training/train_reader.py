"""Trains the encoder reader: one command, one seed, two CPU cores.

python training/train_reader.py --out build/reader --epochs 12
"""

import argparse
import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from annotated import load_acts, load_attributions, load_talks, load_written
from base import base_model
from batches import Corpora, epoch_of, padded
from losses import SHARES, losses_of
from model import Encoder
from targets import Example

MASK = 103
# Word pieces hidden in training, and those that are never hidden: the vocabulary's marks and single signs.
HIDDEN_SHARE = 0.05
FIRST_WORD = 1000
# The running average of the weights follows every few steps: each step would cost 2 % of the time.
AVERAGE_EVERY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to train.

    Attributes:
        epochs: Times the general articles are read.
        minutes: End by then at the latest, the rate falling in time; a run that it cuts short does not
            repeat exactly.
        body_rate: Highest learning rate of the base model's layers.
        head_rate: Highest learning rate of the heads.
        batch: Windows a step.
        talks_copies: Times the talks are read an epoch.
        varied_share: Share of the articles that are varied; a finishing run reads most as they are.
        warmup: Share of the run in which the rate rises.
        average: Decay of the running average of the weights, a step.
        seed: Of all random numbers.
    """

    epochs: float
    minutes: float
    body_rate: float
    head_rate: float
    batch: int
    talks_copies: int
    varied_share: float
    warmup: float
    average: float
    seed: int


def main() -> None:
    """Reads the corpora, trains, and writes the weights (their running average) and the options."""
    arguments = vars(_arguments())
    out: Path = arguments.pop("out")
    attributions, acts = arguments.pop("attributions"), arguments.pop("acts")
    talks, written = arguments.pop("talks"), arguments.pop("written")
    start: Path | None = arguments.pop("start")
    torch.set_num_threads(arguments.pop("threads"))
    options = Options(**arguments)
    torch.manual_seed(options.seed)
    corpora = Corpora(
        load_attributions(attributions, load_acts(acts)),
        load_talks(talks / "articles", talks / "gold") + load_written(written),
        options.talks_copies,
        options.varied_share,
    )
    print(f"{len(corpora.general)} articles with attributions, {len(corpora.talks)} on talks", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / "options.json").write_text(json.dumps(asdict(options), indent=1))
    trainer = Trainer(options, out)
    if start:
        trainer.net.load_state_dict(torch.load(start))
        trainer.average = {name: value.detach().clone() for name, value in trainer.net.state_dict().items()}
    trainer.train(corpora)


def _arguments() -> argparse.Namespace:
    shared = Path("../shared")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attributions", type=Path, default=shared / "polnear/polnear-train.jsonl")
    parser.add_argument(
        "--talks", type=Path, default=shared / "talks-train", help="folder with articles/ and gold/"
    )
    here = Path(__file__).parent
    parser.add_argument("--written", type=Path, default=here / "talks", help="folder of our own articles")
    parser.add_argument("--acts", type=Path, default=here / "acts.tsv", help="acts of the attributions")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="weights to go on from; lower the rates with it")
    parser.add_argument("--epochs", type=float, default=12)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--body-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--talks-copies", type=int, default=5)
    parser.add_argument("--varied-share", type=float, default=1.0)
    parser.add_argument("--warmup", type=float, default=0.04)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=20)
    return parser.parse_args()


class Trainer:
    """A model in training, with the running average that is kept."""

    def __init__(self, options: Options, out: Path) -> None:
        self.options = options
        self.out = out
        base = base_model()
        self.tokenizer = base.tokenizer()
        self.net = Encoder().load_base(base.weights)
        # 840 articles show too few words to move 30,000 of them.
        self.net.words.weight.requires_grad_(False)
        self.net.train()
        self.optimizer = self._optimizer()
        self.average = {name: value.detach().clone() for name, value in self.net.state_dict().items()}
        self.step = self.pieces = 0
        self.told: Counter[str] = Counter()

    def _optimizer(self) -> torch.optim.Optimizer:
        rates = {True: self.options.head_rate, False: self.options.body_rate}
        groups = [
            {
                "params": [
                    p for name, p in self.net.named_parameters() if p.requires_grad and _new(name) is new
                ],
                "lr": rate,
                "peak": rate,
            }
            for new, rate in rates.items()
        ]
        return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)

    def train(self, corpora: Corpora) -> None:
        """Trains to the end of the epochs or minutes and writes `reader.pt`, every 500 steps too."""
        options, chance, speakers = self.options, random.Random(self.options.seed), corpora.speakers()
        started = time.monotonic()
        steps, done = 0, 0.0
        while done < 1:
            batches = epoch_of(
                corpora, tokenizer=self.tokenizer, speakers=speakers, size=options.batch, chance=chance
            )
            steps = steps or max(1, int(len(batches) * options.epochs))
            for batch in batches:
                done = max((self.step + 1) / steps, (time.monotonic() - started) / 60 / options.minutes)
                if done > 1:
                    break
                self._set_rate(done)
                self._learn(batch)
                if self.step % 100 == 0:
                    self._tell(steps, time.monotonic() - started)
                if self.step % 500 == 0:
                    torch.save(self.average, self.out / "reader.pt")
        torch.save(self.average, self.out / "reader.pt")

    def _set_rate(self, done: float) -> None:
        """Linear up over the warm-up, then linear down to nothing."""
        warmup = self.options.warmup
        scale = done / warmup if done < warmup else (1 - done) / (1 - warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * max(scale, 0.0)

    def _learn(self, batch: list[Example]) -> None:
        ids = padded([e.ids for e in batch], 0)
        looks = padded([e.looks for e in batch], 0)
        ids = torch.where((torch.rand(ids.shape) < HIDDEN_SHARE) & (ids >= FIRST_WORD), MASK, ids)
        with torch.autocast("cpu", torch.bfloat16):
            columns, links = self.net(ids, looks)
        losses = list(losses_of(columns.float(), links.float(), batch))
        self.optimizer.zero_grad(set_to_none=True)
        torch.stack([SHARES[name] * loss for name, loss in losses]).sum().backward()
        torch.nn.utils.clip_grad_norm_((p for p in self.net.parameters() if p.requires_grad), 1.0)
        self.optimizer.step()
        self.step += 1
        self.pieces += ids.numel()
        self.told.update({name: 0.0 for name, _ in losses})
        for name, loss in losses:
            self.told[name] += loss.item()
        if self.step % AVERAGE_EVERY == 0:
            self._follow()

    @torch.no_grad()
    def _follow(self) -> None:
        """The running average follows the weights, faster at first."""
        decay = min(self.options.average, (1 + self.step) / (10 + self.step)) ** AVERAGE_EVERY
        for name, value in self.net.named_parameters():
            if value.requires_grad:
                self.average[name].lerp_(value, 1 - decay)

    def _tell(self, steps: int, seconds: float) -> None:
        losses = "  ".join(f"{name} {total / 100:.3f}" for name, total in self.told.items())
        print(
            f"{self.step}/{steps}  {losses}  {self.pieces / seconds:.0f} pieces/s  {seconds:.0f} s",
            flush=True,
        )
        self.told.clear()


def _new(name: str) -> bool:
    """Whether a parameter is none of the base model's."""
    return name.startswith(("head_", "looks"))


if __name__ == "__main__":
    main()
