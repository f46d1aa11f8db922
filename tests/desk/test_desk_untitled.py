"""An article without a title is called by its first words, never by its file."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from detente.articles import Article
from detente.claims import Claims, Reading
from detente.desk.case import Case

FIRST = "Envoys of Varda left the river station at dawn."


@pytest.fixture
def untitled(case: Case) -> Article:
    last = max(case.record().articles, key=lambda one: one.published or "")
    text = f"{FIRST} Nobody said why."
    article = replace(last, id="untitled", file="drop/secret-path/007.txt", title=None, text=text, regions=())
    reading = case.store.readings()[0]
    nothing = Reading(article=article.id, parties=(), claims=Claims(), gaps=(), reader=reading.reader)
    case.store.add(article, nothing)
    return article


@pytest.mark.parametrize("path", ["/articles", "/articles/untitled", "/search?q=river"])
def test_it_is_called_by_its_first_words(desk: TestClient, untitled: Article, path: str):
    page = desk.get(path).text
    head = page.split("<main")[0] if path == "/articles/untitled" else page
    assert "untitled report beginning “Envoys of Varda left" in head


def test_its_neighbour_leads_to_it_by_that_name(desk: TestClient, case: Case, untitled: Article):
    every = [one.id for one in case.record().articles]
    at = every.index("untitled")
    page = desk.get(f"/articles/{every[at - 1]}").text
    assert "The next article: " in page
    assert "untitled report beginning" in page


def test_the_list_shows_no_path(desk: TestClient, untitled: Article):
    assert "secret-path" not in desk.get("/articles").text
