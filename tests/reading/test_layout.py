import pytest

from detente.reading.attribution import Attribution
from detente.reading.layout import named_by_layout
from detente.vocabulary import Act


def named(text, content, depth=0):
    start = text.index(content)
    said = Attribution(
        content=((start, start + len(content)),),
        cue=(),
        source=(),
        acts=((Act.REPORT, 1.0),),
        depth=depth,
        confidence=1.0,
    )
    found = named_by_layout(text, said)
    return tuple(text[s:e] for s, e in found.source + found.cue)


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        pytest.param("MORALES: We will stay.", "We will stay.", ("MORALES", ":"), id="a turn"),
        pytest.param("“MORALES: We will stay.”", "We will stay.", ("MORALES", ":"), id="a quoted turn"),
        pytest.param("Q: Why?\n\nMR. LEE: It is late.", "It is late.", ("MR. LEE", ":"), id="a title"),
        pytest.param("He said: We will stay.", "We will stay.", (), id="a clause with a colon"),
        pytest.param("At noon MORALES: We will stay.", "We will stay.", (), id="in mid-line"),
        pytest.param("“We are tired.” ― Ana Morales\n", "We are tired.", ("Ana Morales", "―"), id="a dash"),
        pytest.param("“We are tired.” — and he left\n", "We are tired.", (), id="a dash that goes on"),
        pytest.param("She said “we are tired.” ― Ana\n", "we are tired.", (), id="a quotation in mid-line"),
    ],
)
def test_the_layout_names_the_speaker(text, content, expected):
    assert named(text, content) == expected


def test_what_is_told_inside_keeps_its_source():
    assert named("MORALES: We will stay.", "We will stay.", depth=1) == ()
