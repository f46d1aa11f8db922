"""Which marks are no statements, by how sure the encoder is and by their form."""

import pytest
from telling import scene_of

from detente.reading.attribution import Attribution
from detente.reading.chaff import is_junk
from detente.reading.told import CONFIDENCE
from detente.vocabulary import Act

TEXT = 'Finland said the dam is old. Moreover the survey shows worry. Norway built dams. "Never," said Oslo.'


def junk(source: str, cue: str, content: str, confidence: float) -> bool:
    def spans(words: str) -> tuple[tuple[int, int], ...]:
        return ((TEXT.index(words), TEXT.index(words) + len(words)),) if words else ()

    scene = scene_of(TEXT)
    mark = Attribution(
        source=spans(source),
        cue=spans(cue),
        content=spans(content),
        acts=((Act.REPORT, 1.0),),
        depth=0,
        confidence=confidence,
    )
    return is_junk(scene.doc, scene.cast, mark)


@pytest.mark.parametrize(
    ("source", "cue", "content", "least"),
    [
        pytest.param("Finland", "said", "the dam is old", 0.65, id="whole"),
        pytest.param("", "said", "the dam is old", 0.78, id="nobody says it"),
        pytest.param("Norway", "built", "dams", 0.78, id="no word of saying"),
        pytest.param("Oslo", "said", "dams", 0.78, id="a single word"),
    ],
)
def test_the_less_form_a_mark_has_the_surer_it_must_be(
    source: str, cue: str, content: str, least: float
) -> None:
    assert junk(source, cue, content, least - 0.02)
    assert not junk(source, cue, content, least + 0.02)


def test_a_single_word_in_quotation_marks_is_said() -> None:
    assert not junk("Oslo", "said", "Never", 0.7)


def test_what_the_grammar_shows_is_not_measured_by_the_encoders_doubt() -> None:
    assert not junk("Finland", "said", "the dam is old", CONFIDENCE)
