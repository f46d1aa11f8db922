"""Bundles of every database give their articles, each with its masthead, and no label leaks into a body."""

import hypothesis
import made_exports as made
import pytest
from hypothesis import strategies as st
from made_files import mail

from detente.articles import Article, Unread
from detente.settings import Settings
from detente.sources.draft import Blob
from detente.sources.gather import UNFORESEEN, articles_of, gather

NEXIS, FACTIVA, PROQUEST = (lambda s: s.id), made.factiva_id, made.proquest_id
EUROPRESSE = lambda s: f"news·{s.day.replace('-', '')}·LH·{s.id[3]}"  # noqa: E731
S = made.STORIES

BUNDLES = [
    pytest.param(
        "a.docx", made.nexis_word(made.nexis_lines(S)), NEXIS, id="Nexis Uni docx with a cover list"
    ),
    pytest.param(
        "a.docx", made.nexis_word(made.nexis_lines(S, cover=False)), NEXIS, id="Nexis Uni docx without"
    ),
    pytest.param("a.rtf", made.nexis_rich_text(made.nexis_lines(S)), NEXIS, id="Nexis Uni rtf"),
    pytest.param(
        "a.RTF", made.nexis_rich_text(made.nexis_lines(S, language="de")), NEXIS, id="Nexis Uni in German"
    ),
    pytest.param(
        "a.docx", made.nexis_word(made.nexis_lines(S, language="fr")), NEXIS, id="Nexis Uni in French"
    ),
    pytest.param("a.txt", made.classic_text(S), None, id="LexisNexis text"),
    pytest.param("a.TXT", made.classic_text(S, german=True), None, id="LexisNexis text in German"),
    pytest.param("a.html", made.classic_page(S), None, id="LexisNexis page"),
    pytest.param("a.html", made.factiva_page(S, codes=True), FACTIVA, id="Factiva page with codes"),
    pytest.param("a.htm", made.factiva_page(S, codes=True, language="fr"), FACTIVA, id="Factiva in French"),
    pytest.param("a.html", made.factiva_page(S, codes=False), FACTIVA, id="Factiva page without codes"),
    pytest.param(
        "a.html", made.factiva_page(S, codes=False, language="de"), FACTIVA, id="Factiva, wrong charset"
    ),
    pytest.param("a.rtf", made.factiva_rich_text(S), FACTIVA, id="Factiva rtf"),
    pytest.param("a.rtf", made.factiva_rich_text_without_codes(S), FACTIVA, id="Factiva rtf without codes"),
    pytest.param(
        "a.rtf", made.factiva_rich_text_without_codes(S, language="de"), FACTIVA, id="Factiva rtf in German"
    ),
    pytest.param("a.xml", made.factiva_xml(S), FACTIVA, id="Factiva xml"),
    pytest.param("a.txt", made.proquest_text(S), PROQUEST, id="ProQuest text"),
    pytest.param("a.html", made.proquest_page(S).encode(), PROQUEST, id="ProQuest page"),
    pytest.param(
        "a.eml",
        mail([""], subject="x", html=made.proquest_page(S, damaged=True)),
        PROQUEST,
        id="ProQuest mail",
    ),
    pytest.param("a.html", made.europresse_page(S), EUROPRESSE, id="Europresse"),
]


@pytest.mark.parametrize(("name", "content", "identity"), BUNDLES)
def test_a_bundle_gives_its_articles(tmp_path, name, content, identity):
    (tmp_path / name).write_bytes(content)
    found = list(gather([tmp_path / name], Settings()))
    assert len(found) == len(made.STORIES), found
    for number, (article, story) in enumerate(zip(found, made.STORIES, strict=True), start=1):
        assert isinstance(article, Article)
        assert article.file.endswith(f"{name}#{number}")
        assert article.text == "\n\n".join([story.title, *story.body])
        told = (article.title, article.outlet, article.author, article.published, article.page)
        assert told == (story.title, story.outlet, story.author, story.day, story.page)
        assert article.source_id == (identity(story) if identity else None)
        assert article.language == "en"


def test_the_users_library_does_not_leak_through_an_address(tmp_path):
    (tmp_path / "a.txt").write_bytes(made.proquest_text(S))
    first = next(gather([tmp_path / "a.txt"], Settings()))
    assert first.url == "https://www.proquest.com/docview/100000001"


@pytest.mark.parametrize(("name", "content", "identity"), BUNDLES)
def test_a_cut_bundle_gives_what_it_holds_or_one_line(tmp_path, name, content, identity):
    for share in (0.3, 0.6, 0.9):
        (tmp_path / name).write_bytes(content[: int(len(content) * share)])
        for found in gather([tmp_path / name], Settings()):
            assert isinstance(found, Article | Unread)


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(data=st.data(), bundle=st.sampled_from([b.values for b in BUNDLES]))
def test_a_bundle_with_bytes_changed_stops_nobody(data, bundle):
    name, content, _ = bundle
    whole = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            whole[at] = data.draw(st.integers(0, 255))
        else:
            del whole[at : at + data.draw(st.integers(1, 300))]
    suffix = f".{name.rsplit('.', 1)[-1].lower()}"
    for found in articles_of(Blob(name=name, suffix=suffix, content=bytes(whole)), Settings()):
        assert isinstance(found, Article | Unread)
        assert isinstance(found, Article) or UNFORESEEN not in found.reason


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("europresse_test1.html", 3),
        ("factiva_html_fieldcodes.html", 2),
        ("factiva_html_plain_masked.html", 2),
        ("lexisnexis_classic_en.html", 2),
        ("lexisnexis_classic_fr.html", 3),
        ("lexisnexis_classic_lorem_head.txt", 2),
        ("nexis_uni_sample_lorem.docx", 10),
        ("nexis_uni_single_masked.docx", 1),
        ("proquest_email_masked.eml", 1),
        ("proquest_html_record_masked.html", 1),
        ("proquest_txt_masked.txt", 2),
    ],
)
def test_samples_of_real_exports_are_read_whole(shared, name, count):
    found = list(gather([shared / "exports" / name], Settings()))
    assert len(found) == count
    for article in found:
        assert isinstance(article, Article)
        assert article.title
        assert article.outlet
        assert article.published
        assert article.source_id or name.startswith("lexisnexis")
        assert not any(
            word in article.text
            for word in ("LOAD-DATE", "End of Document", "Length:", "ProQuest", "Copyright 2")
        )
