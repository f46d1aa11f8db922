"""Words of stripped articles, spelt as they would have been printed."""

from hypothesis import given
from hypothesis import strategies as st

from detente.record.spelling import reprinted, sentence_end


def test_a_pronoun_with_its_verb_begins_a_sentence():
    assert reprinted("open the ports of norway they are shut") == "open the ports of Norway"


def test_a_clause_that_hangs_on_a_word_is_no_new_sentence():
    assert reprinted("the claim that norway is arming rebels") == "the claim that Norway is arming rebels"


def test_abbreviations_known_from_other_articles_are_set_in_capitals():
    assert reprinted("break up the nla camps in norway", ["NLA", "It"]) == "break up the NLA camps in Norway"


@given(st.text())
def test_words_with_a_capital_of_their_own_are_left_alone(words):
    assert reprinted(f"A{words}") == f"A{words}"


@given(st.text(alphabet="abcdeinorwayus ", max_size=80))
def test_a_sentence_ends_within_its_words(words):
    assert 0 <= sentence_end(words) <= len(words)
