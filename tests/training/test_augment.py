import random
from dataclasses import replace

import pytest

TEXT = (
    "Sylvania’s envoy said on Monday that “the talks” would resume.\n\n"
    "The plan was drawn up in the spring of last year by both of the delegations.\n\n"
    "Freedonia denied that it had armed the 300 rebels in the north."
)


def spans(text, *words):
    return tuple((text.index(w), text.index(w) + len(w)) for w in words)


@pytest.fixture
def article():
    from annotated import Annotated, Held, Said

    talks = Said(
        content=spans(TEXT, "“the talks” would resume"),
        cue=spans(TEXT, "said"),
        source=spans(TEXT, "Sylvania’s envoy"),
        depth=0,
        act=None,
        act_weight=0,
        inside_known=False,
    )
    denial = Said(
        content=spans(TEXT, "that it had armed the 300 rebels in the north"),
        cue=spans(TEXT, "denied"),
        source=spans(TEXT, "Freedonia"),
        depth=0,
        act="denial",
        act_weight=1,
        inside_known=False,
    )
    held = Held("event", spans(TEXT, "Freedonia denied")[0], "REJECT")
    return Annotated(TEXT, (talks, denial), (held,), kinds_known=True)


def words_of(article, said):
    return ["".join(article.text[s:e].lower().split()) for s, e in said.source + said.cue + said.content]


@pytest.mark.parametrize("seed", range(12))
def test_annotations_move_with_their_words(article, seed):
    from augment import varied

    chance = random.Random(seed)
    variant = varied(article, chance, ["a spokesman", "the ministry"])
    for before, after in zip(article.said, variant.said, strict=False):
        letters = [
            ["".join(c for c in w if c.isalpha()) for w in words]
            for words in (words_of(article, before), words_of(variant, after))
        ]
        assert letters[0] == letters[1]
    (held,) = variant.held
    assert "denied" in variant.text[slice(*held.span)].lower()


def test_a_stripped_text_has_no_case_marks_or_digits(article):
    from augment import stripped

    text = stripped(article, random.Random(3)).text
    assert text == text.lower()
    assert not any(c.isdigit() or c in ".,’“”" for c in text)


def test_a_retold_sentence_is_told_inside_another(article):
    from augment import retold

    told = retold(replace(article, said=article.said[1:]), random.Random(1), ["a spokesman"], 2)
    outer = next(
        s for s in told.said if told.text[slice(*s.source[0])].lower() == "a spokesman" and s.depth == 0
    )
    assert told.text[slice(*outer.cue[0])]
    inner = [s for s in told.said if s.depth == 1]
    assert all(told.text[slice(*s.cue[0])] == "denied" for s in inner)
    assert any("plan was drawn up" in told.text[s:e] or "denied" in told.text[s:e] for s, e in outer.content)


def test_chrome_does_not_split_what_is_said(article):
    from augment import with_chrome

    for seed in range(8):
        variant = with_chrome(article, random.Random(seed))
        assert [words_of(article, s) for s in article.said] == [words_of(variant, s) for s in variant.said]
        assert len(variant.text) > len(article.text)
