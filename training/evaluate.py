"""Scores the reader on articles it never saw: attributions with recall by act, all kinds on talks.

python training/evaluate.py --weights src/detente/reading/weights
"""

import argparse
import json
import time
from pathlib import Path

from annotated import Annotated, load_attributions, load_talks
from scoring import Score

from detente.reading.attribution import Marks
from detente.reading.encoder import EncoderReader


def main() -> None:
    """Prints the tables."""
    shared = Path("../shared")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--weights", type=Path, default=None, help="folder of the reader's files; the shipped ones without"
    )
    parser.add_argument("--attributions", type=Path, default=shared / "polnear/polnear-dev.jsonl")
    parser.add_argument(
        "--talks", type=Path, nargs="*", default=[shared / "talks"], help="folders with articles/ and gold/"
    )
    parser.add_argument("--write", type=Path, help="write the attributions found, in PolNeAR's form")
    arguments = parser.parse_args()
    reader = EncoderReader(arguments.weights)
    if arguments.attributions.is_file():
        articles = load_attributions(arguments.attributions)
        marks = _read(reader, articles)
        _print_attributions(articles, marks)
        if arguments.write:
            _write(arguments.attributions, marks, arguments.write)
    for folder in arguments.talks:
        inside = folder / "articles"
        articles = load_talks(inside if inside.is_dir() else folder, folder / "gold")
        print(f"\n{folder.name}: {len(articles)} articles")
        _print_talks(articles, _read(reader, articles))


def _read(reader: EncoderReader, articles: list[Annotated]) -> list[Marks]:
    started = time.perf_counter()
    marks = list(reader.read([a.text for a in articles]))
    seconds = time.perf_counter() - started
    words = sum(len(a.text.split()) for a in articles)
    print(f"{len(articles)} articles, {words} words, {words / seconds:.0f} words a second")
    return marks


def _print_attributions(articles: list[Annotated], marks: list[Marks]) -> None:
    score = Score()
    for article, found in zip(articles, marks, strict=True):
        score.add(article, found, outer_only=True)
    print(f"content                {score.rate('content')}")
    print(f"content and source     {score.rate('content', 'source right')}")
    acts = sorted(
        name.split()[2] for name in score.counts if name.startswith("by act") and name.endswith("gold")
    )
    for act in acts:
        gold, right = score.counts[f"by act {act} gold"], score.counts[f"by act {act} right"]
        print(f"  cues of {act:<12} recall {100 * right / gold:5.1f}  ({right} of {gold})")


def _print_talks(articles: list[Annotated], marks: list[Marks]) -> None:
    score = Score()
    for article, found in zip(articles, marks, strict=True):
        score.add(article, found, outer_only=False)
    print(f"statements             {score.rate('content')}")
    print(f"  {score.counts['source right']} with the source right, {score.share('act')}")
    for depth in (0, 1):
        right, gold = score.counts[f"depth {depth} right"], score.counts[f"depth {depth} gold"]
        print(f"  depth {depth}: {right} of {gold} found")
    for kind in ("demand", "promise", "event", "meeting"):
        label = score.share(f"{kind} label") if score.counts[f"{kind} label of"] else ""
        print(f"{kind + 's':<22} {score.rate(kind)}  {label}")


def _write(source: Path, marks: list[Marks], out: Path) -> None:
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    with out.open("w", encoding="utf-8") as file:
        for row, found in zip(rows, marks, strict=True):
            told = [
                {"source": a.source, "cue": a.cue, "content": a.content}
                for a in found.attributions
                if a.depth == 0
            ]
            file.write(json.dumps({"id": row["id"], "attributions": told}) + "\n")


if __name__ == "__main__":
    main()
