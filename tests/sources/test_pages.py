# ruff: noqa: E501  # markup is kept in one piece
"""Pages as sites and old newspapers make them: the article is found, what stands around it is marked."""

from detente.sources.assemble import article_of
from detente.sources.formats.page import page_draft
from detente.vocabulary import RegionKind

LINKED = """{"@type": "NewsArticle", "headline": "Ministers walk out", "datePublished": "2012-03-04T23:30:00-05:00",
"author": [{"@type": "Person", "name": "Ann Reed"}], "publisher": {"name": "Lume Herald"}}"""
MODERN = f"""<html lang="en-US"><head><title>Ministers walk out - Lume Herald</title>
<script type="application/ld+json">{LINKED}</script></head><body><header><nav><a>World</a></nav></header><article>
<h1>Ministers walk out</h1><p>By <a>Ann Reed</a></p><time>March 4, 2012</time><figcaption>The hall. Photo: X</figcaption>
<p>HARBOR CITY — Ministers of both banks walked out of talks on the Lume river on Sunday after a quarrel over
who would pay for the new spillway, officials said.</p>
<p>“We will not sign a paper without numbers,” said the northern minister, Ivo Tamm.</p>
<aside><h3>Related</h3><ul><li><a>Farmers wait for water again as summer nears in the valley</a></li></ul></aside>
<p>The southern side said it would come back when there is something to come back for.</p>
<div>Sign up for our newsletter</div><p>Talks began in 2009 and have been broken off three times since.</p></article>
<footer><p>All rights reserved.</p></footer></body></html>"""
OLD = """<html><head><title>Lume Herald | River talks end</title></head><body><table><tr><td>Home | World</td></tr><tr><td>
<font size=5><b>River talks end</b></font><br>By Ann Reed<br>June 9, 2003<br><br>Envoys met for six hours on the sharing
of the Lume river, officials said on both sides of it.<br><br>They asked that the sluice gates be opened.
"No," said Mr. Tamm.<br></td></tr></table></body></html>"""


def read(html):
    return article_of(page_draft(html, "a.html"), file="a.html", sha256="0")


def words(article, *kinds):
    return [article.text[start:end].strip() for start, end in article.spans(*kinds)]


def test_linked_data_tells_the_masthead_and_links_within_the_story_are_not_its_body():
    article = read(MODERN)
    assert (article.title, article.outlet, article.author) == (
        "Ministers walk out",
        "Lume Herald",
        "Ann Reed",
    )
    assert article.published == "2012-03-04"
    body = " ".join(words(article, RegionKind.BODY))
    assert body.startswith("Ministers of both banks")
    assert body.endswith("three times since.")
    assert not any(word in body for word in ("Farmers", "Related", "newsletter", "Photo"))
    assert words(article, RegionKind.DATELINE) == ["March 4, 2012", "HARBOR CITY —"]


def test_a_page_laid_out_in_tables_keeps_its_story():
    article = read(OLD)
    assert (article.title, article.author, article.published) == ("River talks end", "Ann Reed", "2003-06-09")
    assert words(article, RegionKind.BODY)[0].endswith('"No," said Mr. Tamm.')
