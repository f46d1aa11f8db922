"""The fuzz targets hold on the files that they start from, and those files are what they are meant to be."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "fuzz"))

from targets import TARGETS, Archive, Loader, pdf_in_process, pieces

from detente.articles import Article
from detente.sources.readers import _BY_SUFFIX

SEEDS = [pytest.param(name, n, id=f"{name}-{n}") for name in TARGETS for n in range(len(TARGETS[name].seeds))]


@pytest.mark.parametrize(("name", "number"), SEEDS)
def test_a_target_holds_on_the_file_it_starts_from(name: str, number: int) -> None:
    target = TARGETS[name]
    seed = target.seeds[number]
    with pdf_in_process():
        target(seed)
        if isinstance(target, Loader):
            target.load(seed.decode(), "seed")  # a seed that is refused reaches nothing behind the refusal
        elif not isinstance(target, Archive) and name not in {"ris", "bibtex"}:
            # references name a file beside them, which is not there
            found = list(pieces(target.wrap(seed), target.suffix))
            assert any(isinstance(one, Article) for one in found), found


def test_every_format_that_is_read_has_a_target() -> None:
    fuzzed = {target.suffix for target in TARGETS.values()}
    alike = {
        ".md",
        ".markdown",
        ".text",
        ".htm",
        ".xhtml",
        ".mhtml",
        ".xml",
        ".atom",
        ".bibtex",
        ".tsv",
        ".ndjson",
    }
    assert set(_BY_SUFFIX) - alike - {".gz"} <= fuzzed
