"""Score the reading on the annotated data beside the repo and hold it to its pinned floors.

    evaluate.py [--shared DIR] [--only seeds talks polnear plover] [--pin]

Each set is read through the same path as ``detente read``, written as the contract's JSON, and scored by
the data's own scripts. A figure under its floor, or a corpus that is not the one the floor was measured
on, fails. ``--pin`` raises the floors to today's figures less a margin; it never lowers one: to lower a
floor, edit ``floors.json`` and give the reason in the commit.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from detente.articles import Article
from detente.claims import stable_id
from detente.reading.reader import Reader
from detente.record.codec import to_json
from detente.record.intake import take_in
from detente.record.store import Store
from detente.settings import Settings

ROOT = Path(__file__).parents[1]
FLOORS = ROOT / "scripts" / "floors.json"
MARGIN = 0.02  # a retrained reader moves figures on 18 items by one or two points either way
PEERS = {
    "polnear.content": "BERT-base .727, Citron .556, GenderGapTracker .510; one human against another .798",
    "polnear.content+source": "BERT-base .623, Citron .490; one human against another .742",
    "talks.statements": "two annotators .91",
    "talks.demands": "two annotators .91",
    "talks.promises": "two annotators .84",
    "talks.events": "two annotators .91",
    "talks.meetings": "two annotators .91",
    "plover.type": "dictionary coders .47-.48",
}


def main() -> int:
    """Measure, print the table, compare with the floors."""
    arguments = _arguments()
    shared: Path = arguments.shared
    if not (shared / "seeds").is_dir():
        print("skipped: the annotated data (shared/) is not beside the repo")
        return 0
    reader = Reader(Settings())
    sets: dict[str, Callable[[], dict[str, float]]] = {
        "seeds": lambda: record_figures(shared, shared / "seeds", shared / "seeds/gold", "seeds"),
        "talks": lambda: record_figures(shared, shared / "talks/articles", shared / "talks/gold", "talks"),
        "polnear": lambda: attribution_figures(reader, shared),
        "plover": lambda: event_figures(reader, shared),
    }
    figures: dict[str, float] = {}
    for name in arguments.only or sets:
        figures |= sets[name]()
    floors = (
        json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"corpus": {}, "floors": {}}
    )
    corpus = {name: corpus_sha256(shared / name) for name in ("seeds", "talks", "polnear", "events")}
    if arguments.pin:
        FLOORS.write_text(json.dumps(pinned(floors, corpus, figures), indent=1) + "\n", encoding="utf-8")
        return 0
    return report(figures, floors, corpus)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--only", nargs="*", choices=["seeds", "talks", "polnear", "plover"])
    parser.add_argument("--pin", action="store_true")
    return parser.parse_args()


def record_figures(shared: Path, articles: Path, gold: Path, name: str) -> dict[str, float]:
    """F1 of every kind and the share of right fields, by ``score_record.py``."""
    with Store.open(":memory:") as store:
        take_in(store, sorted(articles.glob("*.txt")), Settings())
        record = store.record()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.json"
        path.write_text(to_json(record), encoding="utf-8")
        score = _run(shared / "scripts/score_record.py", gold, path, "--json")
    figures = {f"{name}.{kind}": row["F1"] for kind, row in score["kinds"].items()}
    figures |= {f"{name}.{field}": row["share"] for field, row in score["fields"].items()}
    figures[f"{name}.true copies"] = 1.0 if score["evidence_not_verbatim"] == 0 else 0.0
    return figures


def attribution_figures(reader: Reader, shared: Path) -> dict[str, float]:
    """Content F1 and content + source F1 on PolNeAR dev, whole articles, by ``score_attribution.py``."""
    gold = shared / "polnear/polnear-dev.jsonl"
    rows = list(_lines(gold))
    articles = [_article(row["id"], row["text"]) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "system.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for row, reading in zip(rows, reader.read(articles), strict=True):
                spoken = [
                    {"source": s.spans.speaker, "cue": s.spans.cue, "content": s.spans.content}
                    for s in reading.claims.statements
                    if s.cue is not None or s.speaker_text is not None
                ]
                unique = {json.dumps(s): s for s in spoken}
                out.write(json.dumps({"id": row["id"], "attributions": list(unique.values())}) + "\n")
        score = _run(shared / "scripts/score_attribution.py", gold, path, "--json")
    return {
        "polnear.content": score["a_content_overlap"]["f1"],
        "polnear.content+source": score["d_all"]["f1"],
    }


def event_figures(reader: Reader, shared: Path) -> dict[str, float]:
    """F1 of the set of event types in each PLOVER gold record."""
    rows = list(_lines(shared / "events/events_plover_gsr.jsonl"))
    articles = [_article(row["id"], row["text"], row["date"]) for row in rows]
    paired = wanted = given = 0
    for row, reading in zip(rows, reader.read(articles), strict=True):
        gold = {event["plover2"] for event in row["events"] if event.get("plover2")}
        mine = {event.type.value for event in reading.claims.events}
        paired, wanted, given = paired + len(gold & mine), wanted + len(gold), given + len(mine)
    return {"plover.type": round(2 * paired / max(1, wanted + given), 3)}


def _article(name: str, text: str, published: str | None = None) -> Article:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=stable_id("article", text), file=name, sha256=sha256, text=text, published=published)


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _run(script: Path, *arguments: object) -> dict:
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def corpus_sha256(folder: Path) -> str:
    """One hash over the names and bytes of a corpus' files."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def pinned(floors: dict, corpus: dict[str, str], figures: dict[str, float]) -> dict:
    """The floors raised to today's figures less the margin."""
    raised = {
        name: max(floors["floors"].get(name, 0.0), round(value - MARGIN, 3))
        for name, value in figures.items()
    }
    return {"corpus": corpus, "floors": dict(sorted({**floors["floors"], **raised}.items()))}


def report(figures: dict[str, float], floors: dict, corpus: dict[str, str]) -> int:
    """Print figure, floor and peers; 1 where a floor is broken."""
    changed = [name for name, sha256 in floors["corpus"].items() if corpus.get(name) != sha256]
    print(f"{'figure':<28} {'now':>6} {'floor':>6}  peers")
    broken = []
    for name, value in sorted(figures.items()):
        floor = floors["floors"].get(name, 0.0)
        mark = "BROKEN" if value < floor else ""
        broken += [name] if mark else []
        print(f"{name:<28} {value:>6.3f} {floor:>6.3f}  {PEERS.get(name, '')} {mark}".rstrip())
    for name in changed:
        print(f"corpus {name} is not the one the floors were measured on: measure again and pin")
    return 1 if broken or changed else 0


if __name__ == "__main__":
    sys.exit(main())
