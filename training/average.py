"""Averages the weights of several training runs that began from one another.

python training/average.py build/first build/second --out build/reader
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Writes the mean of the runs' weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", type=Path, nargs="+", help="folders that train_reader.py wrote")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    weights = [torch.load(run / "reader.pt") for run in arguments.runs]
    arguments.out.mkdir(parents=True, exist_ok=True)
    mean = {name: torch.stack([w[name] for w in weights]).mean(0) for name in weights[0]}
    torch.save(mean, arguments.out / "reader.pt")


if __name__ == "__main__":
    main()
