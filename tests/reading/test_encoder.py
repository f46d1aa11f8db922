from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.reading.attribution import Marks
from detente.reading.encoder import EncoderReader
from detente.vocabulary import Act, EventType, MeetingStatus

WEIGHTS = Path(str(resources.files("detente.reading") / "weights"))
needs_weights = pytest.mark.skipif(not (WEIGHTS / "reader.onnx").is_file(), reason="no weights in this build")

ENVOY = "The foreign minister said on Monday that the two governments would resume talks in Vienna next week."
DENIAL = "Freedonia denied that it had armed the rebels."
NESTED = "A spokesman said that Sylvania had accused Freedonia of breaking the truce."
TRANSCRIPT = "MORALES: We will not leave the table until the prisoners are home."


@pytest.fixture(scope="module")
def reader() -> EncoderReader:
    return EncoderReader(threads=1)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def marks_of(reader: EncoderReader, text: str) -> Marks:
    return next(reader.read([text]))


def spans_of(marks: Marks) -> Iterator[tuple[int, int]]:
    for said in marks.attributions:
        yield from said.content + said.cue + said.source
    for passage in marks.passages:
        yield passage.span


def test_a_folder_without_weights_is_named(tmp_path):
    with pytest.raises(DetenteError, match=r"no reader\.onnx"):
        EncoderReader(tmp_path)


@needs_weights
def test_who_said_what_is_tied_together(reader):
    (said,) = marks_of(reader, ENVOY).attributions
    assert "foreign minister" in words(ENVOY, said.source)
    assert words(ENVOY, said.cue) == "said"
    assert "resume talks" in words(ENVOY, said.content)
    assert said.depth == 0


@needs_weights
def test_a_denial_is_found_and_called_one(reader):
    (said,) = marks_of(reader, DENIAL).attributions
    assert words(DENIAL, said.source) == "Freedonia"
    assert said.act is Act.DENIAL


@needs_weights
def test_what_is_told_inside_another_statement_is_found(reader):
    depths = {said.depth: words(NESTED, said.source) for said in marks_of(reader, NESTED).attributions}
    assert depths[0] == "A spokesman"
    assert depths[1] == "Sylvania"


@needs_weights
def test_the_label_of_a_transcript_is_the_source(reader):
    (said,) = marks_of(reader, TRANSCRIPT).attributions
    assert words(TRANSCRIPT, said.source) == "MORALES"


@needs_weights
def test_texts_come_out_in_their_order(reader):
    texts = [ENVOY, "", DENIAL * 60, TRANSCRIPT]
    found = list(reader.read(texts))
    assert len(found) == len(texts)
    assert found[1] == Marks(attributions=(), passages=())
    assert all(
        end <= len(text) for text, marks in zip(texts, found, strict=True) for _, end in spans_of(marks)
    )


@needs_weights
def test_every_mark_has_its_probabilities(reader):
    marks = marks_of(reader, f"{ENVOY}\n\n{DENIAL}\n\n{NESTED}")
    for said in marks.attributions:
        assert {act for act, _ in said.acts} == set(Act)
        assert sum(p for _, p in said.acts) == pytest.approx(1, abs=1e-3)
        assert 0 < said.confidence <= 1
    for passage in marks.passages:
        names = {"event": set(EventType), "meeting": set(MeetingStatus)}.get(passage.kind, set())
        assert {label for label, _ in passage.labels} == names
        assert (passage.label is None) == (not names)


@needs_weights
def test_a_text_is_read_the_same_beside_others(reader):
    texts = [DENIAL, NESTED * 12, TRANSCRIPT, " ".join([ENVOY, DENIAL] * 20), ENVOY]
    together = list(reader.read(texts))
    assert together == [marks_of(reader, text) for text in texts]


@needs_weights
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_is_read_and_every_span_stands_in_it(reader, text):
    for start, end in spans_of(marks_of(reader, text)):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()


@needs_weights
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("שר החוץ אמר כי השיחות יחודשו", id="right to left"),
        pytest.param("🙂🙃" * 500, id="emoji"),
        pytest.param("x" * 200_000, id="one word without end"),
        pytest.param("1 2 3 ... !!! \n\n ???", id="no letters"),
        pytest.param('"' * 3000, id="quotation marks alone"),
        pytest.param("the envoy said they would talk " * 3000, id="one line without end"),
        pytest.param("\n\n\n".join(["No."] * 2000), id="many small paragraphs"),
    ],
)
def test_no_text_is_too_odd(reader, text):
    assert all(0 <= start < end <= len(text) for start, end in spans_of(marks_of(reader, text)))
