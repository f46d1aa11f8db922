"""Text without capitals and stops is read, and nothing is moved or invented."""

from hypothesis import given
from hypothesis import strategies as st

from detente.articles import Article
from detente.reading.casting import build_cast
from detente.reading.parse import calm, load_parser, masked, model_name, parse_all, visible
from detente.reading.stripped import is_stripped, restore
from detente.settings import Settings

STRIPPED = (
    "norway and finland met again in oslo while the u s watched and president aino salmi said that "
    "norways fleet would stay until finland pays its share of the dam and both sides will meet in spring "
    "after the red cross has counted the families who live below the wall and the envoys go home for the "
    "winter to ask what their governments will do about the gates and the water that the farmers need so "
    "badly now that the lake is low and the power plants stand still along the whole of the river valley"
)


def test_text_without_capitals_and_stops_is_stripped() -> None:
    assert is_stripped(STRIPPED)
    assert not is_stripped(STRIPPED.replace(" and", ", and").title())


def test_known_names_get_their_capitals_back() -> None:
    restored = restore(STRIPPED)
    assert restored.startswith("Norway and Finland met again in Oslo while the U S watched")
    assert "Red Cross" in restored


def test_parties_are_found_in_stripped_text() -> None:
    article = Article(id="a", file="a.txt", sha256="", text=STRIPPED)
    doc = next(parse_all(load_parser(model_name(Settings())), [article]))
    cast = build_cast(article, doc)
    names = {party.name for party in cast.parties}
    assert {"Norway", "Finland", "United States", "Red Cross"} <= names
    for mention in cast.mentions:
        assert article.text[slice(*mention.span)].islower()


@given(st.text(max_size=300))
def test_no_text_changes_its_length(text: str) -> None:
    article = Article(id="a", file="a.txt", sha256="", text=text)
    assert len(masked(article)) == len(text)
    assert len(visible(article)) == len(text)
    assert len(calm(text)) == len(text)
    assert len(restore(text.lower())) == len(text.lower())
