"""Who said what: statements made from marks that are written here by hand."""

from collections.abc import Iterator, Sequence

import pytest

from detente.articles import Article
from detente.claims import Reading, Statement, stable_id
from detente.reading.attribution import Attribution, Marks
from detente.reading.reader import Reader
from detente.settings import Settings
from detente.vocabulary import Act, Channel, Modality, Quotation


class Marker:
    """Marks the given words wherever they stand in the text."""

    def __init__(self, *attributions: tuple[str, str, str]) -> None:
        self.wanted = attributions

    def read(self, texts: Sequence[str]) -> Iterator[Marks]:
        for text in texts:
            found = []
            for source, cue, content in self.wanted:
                spans = [
                    ((text.index(w), text.index(w) + len(w)),) if w else () for w in (source, cue, content)
                ]
                even = tuple((act, 1 / 13) for act in Act)
                found.append(
                    Attribution(
                        source=spans[0], cue=spans[1], content=spans[2], acts=even, depth=0, confidence=0.9
                    )
                )
            yield Marks(attributions=tuple(found), passages=())


def reading_of(text: str, *attributions: tuple[str, str, str]) -> Reading:
    article = Article(id=stable_id(ascii(text)), file="test.txt", sha256="", text=text)
    return next(Reader(Settings(), marker=Marker(*attributions)).read([article]))


def statement_of(text: str, *attributions: tuple[str, str, str]) -> Statement:
    return reading_of(text, *attributions).claims.statements[0]


def name(reading: Reading, party: str | None) -> str | None:
    return next((p.name for p in reading.parties if p.id == party), None)


def test_the_first_evidence_is_the_content_from_its_first_to_its_last_character() -> None:
    text = "“The dam must go,” Finnish officials said."
    found = statement_of(text, ("Finnish officials", "said", "The dam must go"))
    assert (
        text[found.evidence[0].start : found.evidence[0].end] == found.evidence[0].quote == "The dam must go"
    )


@pytest.mark.parametrize(
    ("text", "content", "quote"),
    [
        pytest.param("“The dam must go,” Oslo said.", "The dam must go", Quotation.DIRECT, id="in marks"),
        pytest.param("Oslo said the dam must go.", "the dam must go", Quotation.INDIRECT, id="retold"),
        pytest.param(
            "Oslo said the dam is “a wall of shame and lies”.",
            "the dam is “a wall of shame and lies",
            Quotation.MIXED,
            id="both",
        ),
    ],
)
def test_marks_tell_whose_wording_it_is(text: str, content: str, quote: Quotation) -> None:
    assert statement_of(text, ("Oslo", "said", content)).quote is quote


def test_two_speakers_make_two_statements_and_agree_with_each_other() -> None:
    text = "Finnish and Norwegian officials agreed to share the river in spring."
    reading = reading_of(text, ("Finnish and Norwegian officials", "agreed", "to share the river in spring"))
    pairs = {(name(reading, s.speaker), name(reading, s.target)) for s in reading.claims.statements}
    assert pairs == {("Finland", "Norway"), ("Norway", "Finland")}
    assert {s.act for s in reading.claims.statements} == {Act.AGREEMENT}


def test_a_name_beside_an_office_and_another_name_are_two_speakers() -> None:
    source = "Norway's envoy, Lars Dahl, and Finnish Ambassador Aino Salmi"
    reading = reading_of(f"{source} said the dam is old.", (source, "said", "the dam is old"))
    assert {name(reading, s.speaker) for s in reading.claims.statements} == {"Lars Dahl", "Aino Salmi"}


def test_we_within_a_quotation_are_the_speakers_side() -> None:
    inner = "that the dam is old"
    content = f"We have told Norway {inner}"
    text = f'"{content}," said Finnish Foreign Ministry spokesman Lars Dahl.'
    source = "Finnish Foreign Ministry spokesman Lars Dahl"
    reading = reading_of(text, (source, "said", content), ("We", "told", inner))
    speakers = {s.speaker_text: name(reading, s.speaker) for s in reading.claims.statements}
    assert speakers["We"] == "Finnish Foreign Ministry"


def test_he_is_whom_the_paragraph_names() -> None:
    text = (
        "Eino Laine, a professor in Turku, said the dam is old. Eino Laine added it leaks.\n\n"
        "Pekka Salmi, editor of a river newsletter, goes further. He argued the dam is lost."
    )
    reading = reading_of(
        text,
        ("Eino Laine", "said", "the dam is old"),
        ("Eino Laine", "added", "it leaks"),
        ("He", "argued", "the dam is lost"),
    )
    speakers = [name(reading, s.speaker) for s in reading.claims.statements]
    assert speakers[-1] == "Pekka Salmi"


def test_the_object_of_a_charge_is_its_target() -> None:
    text = "Finland accused Norway of draining the lake at night."
    reading = reading_of(text, ("Finland", "accused", "draining the lake at night"))
    found = reading.claims.statements[0]
    assert found.act is Act.ACCUSATION
    assert name(reading, found.target) == "Norway"


def test_an_unnamed_official_is_told_as_one() -> None:
    found = statement_of(
        "A Finnish official said the dam is old.", ("A Finnish official", "said", "the dam is old")
    )
    assert found.channel is Channel.UNNAMED_OFFICIAL


def test_an_expert_has_no_affiliation() -> None:
    text = "Aino Salmi, a professor at Turku University, said the dam is old."
    reading = reading_of(text, ("Aino Salmi, a professor at Turku University", "said", "the dam is old"))
    found = reading.claims.statements[0]
    assert name(reading, found.speaker) == "Aino Salmi"
    assert found.affiliation is None


def test_a_source_that_the_encoder_misses_is_the_subject_of_its_cue() -> None:
    text = "Norwegian envoy Lars Dahl said the dam is old."
    reading = reading_of(text, ("", "said", "the dam is old"))
    assert name(reading, reading.claims.statements[0].speaker) == "Lars Dahl"


def test_what_is_told_within_a_statement_is_nested_in_it() -> None:
    text = "Lars Dahl said that Finland had denied it would close the dam."
    reading = reading_of(
        text,
        ("Lars Dahl", "said", "that Finland had denied it would close the dam"),
        ("Finland", "denied", "it would close the dam"),
    )
    outer, inner = reading.claims.statements
    assert inner.inside == outer.id
    assert inner.via == "Lars Dahl"
    assert inner.act is Act.DENIAL


def test_a_thing_that_shows_something_says_nothing() -> None:
    text = "The fact suggests that Finland needs the dam now."
    assert not reading_of(text, ("The fact", "suggests", "that Finland needs the dam now")).claims.statements


def test_the_same_words_at_the_same_cue_are_told_once() -> None:
    text = "Finland said the dam is old and the lake is low."
    reading = reading_of(
        text,
        ("Finland", "said", "the dam is old and the lake is low"),
        ("Finland", "said", "the lake is low"),
    )
    assert [s.evidence[0].quote for s in reading.claims.statements] == ["the dam is old and the lake is low"]


def test_conditions_and_the_future_are_read_off_the_words() -> None:
    text = "Finland said it will open the gates if Norway pays."
    modality = statement_of(text, ("Finland", "said", "it will open the gates if Norway pays")).modality
    assert {Modality.FUTURE, Modality.CONDITIONAL} <= set(modality)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "act"),
    [
        pytest.param(
            "Finland threatened to cut the power.",
            "Finland",
            "threatened",
            "to cut the power",
            Act.THREAT,
            id="cue",
        ),
        pytest.param(
            "Finland said Norway must open the dam.",
            "Finland",
            "said",
            "Norway must open the dam",
            Act.DEMAND,
            id="must",
        ),
        pytest.param(
            "Finland said it will open the dam.",
            "Finland",
            "said",
            "it will open the dam",
            Act.PROMISE,
            id="will",
        ),
        pytest.param(
            "Finland said it will not meet until Norway pays.",
            "Finland",
            "said",
            "it will not meet until Norway pays",
            Act.PRECONDITION,
            id="not until",
        ),
        pytest.param(
            "Finland refused to meet Norway.",
            "Finland",
            "refused",
            "to meet Norway",
            Act.REFUSAL,
            id="refused",
        ),
        pytest.param(
            "Finland said it is ready to negotiate.",
            "Finland",
            "said",
            "it is ready to negotiate",
            Act.OFFER,
            id="ready",
        ),
        pytest.param(
            "Finland said Norway has violated the treaty.",
            "Finland",
            "said",
            "Norway has violated the treaty",
            Act.ACCUSATION,
            id="violated",
        ),
    ],
)
def test_words_do_what_their_cue_and_form_say(
    text: str, source: str, cue: str, content: str, act: Act
) -> None:
    assert statement_of(text, (source, cue, content)).act is act


def test_an_offer_that_a_noun_tells_is_a_statement() -> None:
    reading = reading_of("The plan follows Norway's offer to rebuild the dam.")
    found = reading.claims.statements[0]
    assert (name(reading, found.speaker), found.cue) == ("Norway", "offer")


def test_an_empty_article_gives_an_empty_reading() -> None:
    reading = reading_of(" \n ")
    assert reading.claims.statements == ()
    assert reading.parties == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A" * 50_000, id="one endless word"),
        pytest.param('"' * 3_000, id="nothing but marks"),
        pytest.param("\ud800 Oslo said no.", id="half a character"),
        pytest.param("\x00\x01 (((( U.S. and U.S. and", id="control signs"),
        pytest.param("Mr. Mr. President of of of, the", id="titles without names"),
    ],
)
def test_odd_text_is_read_without_a_gap(text: str) -> None:
    reading = reading_of(text)
    assert reading.gaps == ()
