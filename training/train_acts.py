"""Learn what each small sign of a statement speaks for, and write ``act_signs.tsv``.

    train_acts.py [--talks FOLDER] [--written FOLDER] [--attributions FILE --acts FILE] [--out FILE]

Multinomial logistic regression with a penalty on the squares of the weights, over the signs that
``detente.reading.signs`` reads off annotated statements. The same data give the same weights.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from annotated import Annotated, load_acts, load_attributions, load_talks, load_written
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from detente.articles import Article
from detente.claims import stable_id
from detente.reading.acts import ground_of
from detente.reading.casting import build_cast
from detente.reading.parse import load_parser, model_name, parse_all
from detente.reading.signs import ACTS
from detente.reading.speech import speakers_of
from detente.settings import Settings

ROOT = Path(__file__).parents[1]
LEAST_OFTEN = 2  # a sign seen once tells of one article
PENALTY = 2.0
COUNTS = {"talks": 1.5, "written": 1.0, "attributions": 0.5}  # how much a statement of each sort counts

Sample = tuple[frozenset[str], str, float]


def main() -> None:
    """Read the annotated articles, fit, write."""
    arguments = _arguments()
    acts = load_acts(arguments.acts) if arguments.acts.exists() else {}
    sorts = {
        "talks": load_talks(arguments.talks / "articles", arguments.talks / "gold"),
        "written": load_written(arguments.written),
        "attributions": load_attributions(arguments.attributions, acts) if acts else [],
    }
    samples = [s for sort, articles in sorts.items() for s in samples_of(articles, COUNTS[sort])]
    signs, weights = fit(samples)
    arguments.out.write_text(written_out(signs, weights), encoding="utf-8")
    print(f"{len(samples)} statements, {len(signs)} signs")


def _arguments() -> argparse.Namespace:
    shared = ROOT.parent / "shared"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--talks", type=Path, default=shared / "talks-train")
    parser.add_argument("--written", type=Path, default=ROOT / "training/talks")
    parser.add_argument("--attributions", type=Path, default=shared / "polnear/polnear-train.jsonl")
    parser.add_argument("--acts", type=Path, default=ROOT / "training/acts.tsv")
    parser.add_argument("--out", type=Path, default=ROOT / "src/detente/reading/data/act_signs.tsv")
    return parser.parse_args()


def samples_of(articles: Iterable[Annotated], count: float) -> Iterator[Sample]:
    """The signs and the act of every statement whose act was told by a reader, not by its cue alone."""
    nlp = load_parser(model_name(Settings()))
    told = [a for a in articles if any(s.act is not None and s.act_weight == 1.0 for s in a.said)]
    source = iter(told)
    while batch := list(islice(source, 16)):
        items = [
            Article(id=stable_id("article", a.text), file="", sha256="", text=a.text, published=None)
            for a in batch
        ]
        for annotated, article, doc in zip(batch, items, parse_all(nlp, items), strict=True):
            cast = build_cast(article, doc, [span for said in annotated.said for span in said.source])
            for said in annotated.said:
                if said.act is None or said.act_weight < 1.0 or not said.content:
                    continue
                whole = (said.content[0][0], said.content[-1][1])
                speaker = speakers_of(article.text, cast, said.source)[0].party
                yield ground_of(doc, cast, said.cue, whole, speaker).signs, said.act, count


def fit(samples: list[Sample]) -> tuple[list[str], np.ndarray]:
    """The signs, sorted, and their weights, (signs, acts)."""
    often = Counter(sign for signs, _, _ in samples for sign in signs)
    signs = sorted(sign for sign, times in often.items() if times >= LEAST_OFTEN)
    at = {sign: number for number, sign in enumerate(signs)}
    places = [
        (row, at[sign]) for row, (held, _, _) in enumerate(samples) for sign in sorted(held) if sign in at
    ]
    rows, columns = np.asarray(places).T
    seen = csr_matrix((np.ones(len(places)), (rows, columns)), shape=(len(samples), len(signs)))
    wanted = np.asarray([[*map(str, ACTS)].index(act) for _, act, _ in samples])
    counts = np.asarray([count for _, _, count in samples])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(len(signs), len(ACTS))
        scores = seen @ weights
        scores -= scores.max(1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(1, keepdims=True)
        right = chances[np.arange(len(samples)), wanted]
        value = -(counts * np.log(right + 1e-12)).sum() + PENALTY / 2 * (weights**2).sum()
        chances[np.arange(len(samples)), wanted] -= 1
        return value, (seen.T @ (chances * counts[:, None]) + PENALTY * weights).ravel()

    found = minimize(
        loss, np.zeros(len(signs) * len(ACTS)), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    return signs, found.x.reshape(len(signs), len(ACTS))


def written_out(signs: list[str], weights: np.ndarray) -> str:
    """The weights in hundredths, a sign a line."""
    what = "what a small sign of a statement speaks for"
    columns = f"sign, its weights in hundredths for {' '.join(ACTS)}"
    lines = [f"# Learned by training/train_acts.py: {what}. Columns: {columns}"]
    for sign, row in zip(signs, np.rint(weights * 100).astype(int), strict=True):
        if np.abs(row).max() >= 5:
            lines.append(f"{sign}\t{' '.join(map(str, row))}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
