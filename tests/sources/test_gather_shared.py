"""The annotated articles, where they are: titles, outlets, authors, dates and genres as people gave them."""

import json
import re

import pytest

from detente.articles import Article
from detente.settings import Settings
from detente.sources.gather import gather


def plain(words):
    return re.sub(r"\W+", " ", (words or "").casefold()).strip()


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["talks", "talks-train"])
def test_annotated_articles_get_their_mastheads(shared, folder):
    wrong = []
    for article in gather([shared / folder / "articles"], Settings()):
        assert isinstance(article, Article)
        name = article.file.rsplit("/", 1)[-1].removesuffix(".txt")
        gold = json.loads((shared / folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        told = {
            "title": gold["title"],
            "author": gold["author"],
            "genre": gold["genre"],
            "published": gold["published"],
        }
        if plain(gold["outlet"]) in plain(article.text):  # else no reader could know it
            told["outlet"] = gold["outlet"]
        wrong += [
            (name, k, v, getattr(article, k))
            for k, v in told.items()
            if plain(v) != plain(getattr(article, k))
        ]
    assert not wrong


@pytest.mark.shared
def test_the_days_on_which_the_seeds_were_fetched_are_not_taken_for_theirs(shared):
    seeds = {
        a.file.rsplit("/", 1)[-1][:3]: a for a in gather(sorted((shared / "seeds").glob("*.txt")), Settings())
    }
    fetched = json.loads((shared / "seeds" / "gold" / "dates.json").read_text(encoding="utf-8"))
    for row in fetched:
        article = seeds[row["doc"][:3]]
        assert isinstance(article, Article)
        assert article.published != row["crawl_date"] or row["crawl_date"] is None
        if row["crawl_date"]:
            assert row["crawl_date"] in [c.when for c in article.date_candidates]
    assert seeds["001"].published == "2003-05-13"
    assert [seeds[n].genre.value for n in ("001", "002", "004")] == ["report", "report", "analysis"]
