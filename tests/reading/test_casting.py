"""Who is who: names, offices, short forms, and words that refer back."""

import pytest

from detente.articles import Article
from detente.claims import stable_id
from detente.reading.cast import Cast
from detente.reading.casting import build_cast
from detente.reading.parse import load_parser, model_name, parse_all
from detente.settings import Settings


def cast_of(text: str) -> Cast:
    article = Article(id=stable_id(text), file="test.txt", sha256="", text=text)
    doc = next(parse_all(load_parser(model_name(Settings())), [article]))
    return build_cast(article, doc)


def named(cast: Cast, text: str, words: str) -> str | None:
    start = text.index(words)
    mention = cast.who((start, start + len(words)))
    party = cast.party(mention.party) if mention else None
    return party.name if party else None


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        pytest.param(
            "Norwegian officials said no.",
            "Norwegian officials",
            "Norway",
            id="officials stand for their state",
        ),
        pytest.param("Oslo rejected the plan.", "Oslo", "Norway", id="a capital can be a government"),
        pytest.param(
            "Chad's army fired first.", "Chad's army", "Chadian army", id="an army is a body of its state"
        ),
        pytest.param(
            "The Red Cross and the ICRC agreed.", "ICRC", "Red Cross", id="a body under its other name"
        ),
        pytest.param(
            "The Free Lake Front, or FLF, met. The FLF spoke.",
            "FLF spoke",
            "Free Lake Front",
            id="a short form given in the text",
        ),
        pytest.param(
            "Finnish Foreign Minister Aino Salmi met them. Ms. Salmi left.",
            "Salmi left",
            "Aino Salmi",
            id="a surname",
        ),
        pytest.param(
            "Aino Salmi, a professor at Turku University, spoke. Later she smiled.",
            "she",
            "Aino Salmi",
            id="a pronoun",
        ),
    ],
)
def test_words_name_their_party(text: str, words: str, name: str) -> None:
    assert named(cast_of(text), text, words) == name


def test_two_people_of_one_surname_resolve_to_nobody() -> None:
    text = "Aino Salmi met Pekka Salmi. Then Salmi spoke."
    mention = cast_of(text).who((text.index("Salmi spoke"), text.index(" spoke")))
    assert mention is not None
    assert mention.party is None
    assert len(mention.candidates) == 2


def test_a_capital_after_in_is_only_a_place() -> None:
    text = "They met in Oslo."
    assert cast_of(text).mentions[-1:] == () or named(cast_of(text), text, "Oslo") is None


def test_a_minister_speaks_for_the_state_and_a_spokesman_for_the_ministry() -> None:
    text = "Finnish Foreign Minister Aino Salmi met Norwegian Foreign Ministry spokesman Lars Dahl."
    cast = cast_of(text)
    minister, spokesman = cast.named("Aino Salmi"), cast.named("Lars Dahl")
    assert minister is not None
    assert spokesman is not None
    assert cast.party(minister.member_of) == cast.named("Finland")
    assert cast.party(spokesman.member_of) == cast.named("Norwegian Foreign Ministry")
    assert cast.camp(spokesman.id) == stable_id("party", "Norway")


def test_an_expert_speaks_for_nobody() -> None:
    cast = cast_of("Aino Salmi, an analyst at the Turku Institute, said no.")
    expert = cast.named("Aino Salmi")
    assert expert is not None
    assert expert.independent


def test_officials_of_two_states_are_two_speakers() -> None:
    text = "Finnish and Norwegian officials said they agreed."
    names = [cast_of(text).party(m.party) for m in cast_of(text).speakers((0, text.index(" said")))]
    assert [party.name for party in names if party] == ["Finland", "Norway"]


def test_aliases_are_the_forms_as_written() -> None:
    cast = cast_of("The Free Lake Front (FLF) met in Oslo. FLF leaders left.")
    front = cast.named("Free Lake Front")
    assert front is not None
    assert {"Free Lake Front", "FLF"} <= set(front.aliases)
