import pytest

from detente.reading.attribution import Attribution, Marks
from detente.vocabulary import Act

TEXT = "Freedonia denied that it had armed the rebels, officials said."


def found(content, source):
    spans = tuple((TEXT.index(w), TEXT.index(w) + len(w)) for w in (content, source))
    return Attribution(
        content=(spans[0],), cue=(), source=(spans[1],), acts=((Act.DENIAL, 1.0),), depth=0, confidence=1.0
    )


@pytest.mark.parametrize(
    ("content", "source", "right", "source_right"),
    [
        pytest.param("that it had armed the rebels", "Freedonia", 1, 1, id="exact"),
        pytest.param("it had armed the rebels", "Freedonia", 1, 1, id="most of the words"),
        pytest.param("the rebels", "Freedonia", 0, 0, id="too few words"),
        pytest.param("that it had armed the rebels", "officials", 1, 0, id="somebody else"),
    ],
)
def test_an_attribution_pairs_by_half_of_its_words(content, source, right, source_right):
    from annotated import Annotated, Said
    from scoring import Score

    gold_content = TEXT.index("that"), TEXT.index(", officials")
    gold = Annotated(TEXT, (Said((gold_content,), ((10, 16),), ((0, 9),), 0, "denial", 1.0, True),))
    score = Score()
    score.add(gold, Marks(attributions=(found(content, source),), passages=()), outer_only=True)
    assert score.rate("content").right == right
    assert score.rate("content", "source right").right == source_right
