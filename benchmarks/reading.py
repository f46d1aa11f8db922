"""Speed, start-up, memory and scaling of the whole reading, beside spaCy's own full pipeline.

python benchmarks/reading.py speed                      side by side, in turn, on the same articles
python benchmarks/reading.py memory --articles 10000    resident memory as articles go by
python benchmarks/reading.py workers --articles 400     one process against several (detente[ray])

Articles are the paragraphs of the example, shuffled, each with a name never heard before; --from FOLDER
takes those of others.
"""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from detente.articles import Article
from detente.claims import stable_id
from detente.reading.encoder import EncoderReader
from detente.reading.parse import masked, model_name
from detente.reading.reader import Reader
from detente.reading.workers import Workers
from detente.settings import Settings
from detente.sources.gather import gather

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "iraq-talks"
SHOWN = (1_000, 2_000, 5_000, 10_000)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["speed", "memory", "workers"])
    parser.add_argument("--from", dest="folder", type=Path, default=EXAMPLE)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--words", type=int, default=300, help="in an article")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[2])
    given = parser.parse_args()
    if not given.folder.is_dir():
        print(f"skipped: no {given.folder}")
        return
    articles = made(given.folder, given.articles, given.words)
    {"speed": speed, "memory": memory, "workers": scaling}[given.what](articles, given)


def made(folder: Path, count: int, words: int) -> Iterator[Article]:
    """Articles of about so many words, of shuffled paragraphs."""
    draw = random.Random(0)
    found = [source for source in gather([folder], Settings()) if isinstance(source, Article)]
    paragraphs = [p for article in found for p in article.text.split("\n\n") if len(p.split()) > 8]
    for number in range(count):
        name = "".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(4)).title()
        text = f"The envoy {name} of Sudmark said that the talks of {number} days had gone nowhere.\n"
        while len(text.split()) < words:
            text += "\n" + draw.choice(paragraphs) + "\n"
        text = " ".join(text.split(" ")[: int(words * 1.2)])
        yield Article(id=stable_id("made", number), file=f"{number}.txt", sha256="", text=text)


def speed(coming: Iterator[Article], given: argparse.Namespace) -> None:
    articles = list(coming)
    texts = [article.text for article in articles]
    words = sum(len(text.split()) for text in texts)
    for name, program in (
        ("detente --version", "from detente.cli import main; main(['--version'])"),
        ("the reader", "from detente.reading.reader import *; Reader(Settings())"),
    ):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
        print(f"start-up, {name:<20} {time.perf_counter() - began:6.2f} s")
    spacy = import_module(model_name(Settings())).load()
    encoder, reader = EncoderReader(threads=1), Reader(Settings())
    acts: dict[str, Callable[[], object]] = {
        "spaCy, full nlp.pipe": lambda: list(spacy.pipe(texts)),
        "encoder alone, 1 thread": lambda: list(encoder.read([masked(a) for a in articles])),
        "whole reading": lambda: list(reader.read(articles)),
    }
    list(spacy.pipe(texts[:2])), list(reader.read(articles[:2]))
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
    for _ in range(given.rounds):
        for name, act in acts.items():
            spent[name].append(timed(act))
    print(f"{len(articles)} articles, {words:,} words, {given.rounds} rounds in turn; medians")
    for name, times in spent.items():
        wall, worked = (statistics.median(part) for part in zip(*times, strict=True))
        print(f"{name:<26} {words / wall:7,.0f} words/s, {wall:6.2f} s, processor {worked:6.2f} s")
    for at, kind in enumerate(("wall clock", "processor")):
        pairs = zip(spent["whole reading"], spent["spaCy, full nlp.pipe"], strict=True)
        print(f"whole reading / spaCy, {kind:<11} {statistics.median(w[at] / s[at] for w, s in pairs):5.2f}")


def timed(act: Callable[[], object]) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - began, time.process_time() - worked


def memory(coming: Iterator[Article], _given: argparse.Namespace) -> None:
    reader = Reader(Settings())
    print(f"{'loaded':<16} {resident():4.0f} MB")
    began = time.perf_counter()
    for count, _reading in enumerate(reader.read(coming), 1):
        if count in SHOWN or count % 1000 == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            spent = time.perf_counter() - began
            print(f"{count:>6,} articles {resident():5.0f} MB, peak {peak:.0f} MB, {spent:.0f} s", flush=True)


def resident() -> float:
    """Megabytes that the process holds now (its peak where the system does not tell)."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return next(int(line.split()[1]) / 1e3 for line in status.read_text().splitlines() if "VmRSS" in line)


def scaling(coming: Iterator[Article], given: argparse.Namespace) -> None:
    articles = list(coming)
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} articles, {words:,} words")
    expected = None
    for threads in (1, 2):
        reader = Reader(Settings(threads=threads))
        began = time.perf_counter()
        expected = list(reader.read(articles))
        spent = time.perf_counter() - began
        print(f"1 process, {threads} threads {spent:6.1f} s {words / spent:7,.0f} words/s")
    for workers in given.workers:
        several = Workers(replace(Settings(), workers=workers))
        began = time.perf_counter()
        first = None
        found = []
        for reading in several.read(articles):
            first = first or time.perf_counter() - began
            found.append(reading)
        spent = time.perf_counter() - began
        same = "the same" if found == expected else "OTHER"
        print(
            f"{workers} processes {spent:6.1f} s {words / spent:7,.0f} words/s, first after {first:.1f} s, "
            f"readings {same}"
        )


if __name__ == "__main__":
    main()
