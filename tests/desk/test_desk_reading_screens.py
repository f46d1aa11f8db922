"""State of play, the articles, the queue and search, asked without a browser."""

import html
import re

import pytest
from fastapi.testclient import TestClient

from detente.desk.case import Case


@pytest.mark.parametrize("path", ["/", "/articles", "/queue", "/search", "/search?q=talks"])
def test_each_screen_shows(desk: TestClient, path: str):
    answer = desk.get(path)
    assert answer.status_code == 200
    assert "<h1" in answer.text or path == "/"


def text_of(page: str) -> str:
    """What a browser's ``textContent`` of the article's text would be."""
    inner = page.split('id="text"')[1].split(">", 1)[1].split("</section>")[0].rsplit("</div>", 1)[0]
    return html.unescape(re.sub(r"<[^>]*>", "", inner))


def test_the_text_of_the_page_is_the_text_of_the_article(desk: TestClient, case: Case):
    for article in case.record().articles:
        assert text_of(desk.get(f"/articles/{article.id}").text) == article.text
