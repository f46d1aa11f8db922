import pytest

FILE = """The envoy of Varda said on Monday that the ministry had denied the charge.

NOVAK: We will open the bridge.
--
S | The envoy of Varda | said | the ministry had denied the charge | report | -
S | the ministry | denied | the charge | denial | -
S | NOVAK | - | We will open the bridge. | promise | Varda
D | Varda | Ostmark | The envoy ... charge.
M | planned | open the bridge
"""


@pytest.fixture
def written(tmp_path):
    from annotated import load_written

    (tmp_path / "one.txt").write_text(FILE, encoding="utf-8")
    (article,) = load_written(tmp_path)
    return article


def words(article, spans):
    return [article.text[start:end] for start, end in spans]


def test_a_written_article_gives_its_statements_and_their_depth(written):
    outer, inner, spoken = written.said
    assert words(written, outer.source + outer.cue) == ["The envoy of Varda", "said"]
    assert (outer.depth, inner.depth) == (0, 1)
    assert words(written, spoken.cue) == [":"]
    assert written.text.endswith("bridge.")


def test_long_words_may_be_given_by_their_ends(written):
    demand, meeting = written.held
    assert words(written, [demand.span]) == [written.text.split("\n")[0]]
    assert meeting.label == "planned"


def test_every_field_of_our_own_articles_stands_in_its_text():
    from pathlib import Path

    from annotated import _whole

    folder = Path(__file__).parents[2] / "training" / "talks"
    for path in folder.glob("*.txt"):
        text, _, below = path.read_text(encoding="utf-8").partition("\n--\n")
        for line in filter(None, below.splitlines()):
            sort, *fields = (field.strip() for field in line.split(" | "))
            for field in fields[:3] if sort == "S" else fields[-1:]:
                assert (_whole(text, field) or "") in text, f"{path.name}: {field}"


def test_acts_read_by_hand_weigh_more_than_guessed_ones(tmp_path):
    import json

    from annotated import load_acts, load_attributions

    text = "Varda demanded that Ostmark open the bridge. Ostmark pledged help."
    rows = [
        {"source": [[0, 5]], "cue": [[6, 14]], "content": [[20, 43]]},
        {"source": [[45, 52]], "cue": [[53, 60]], "content": [[61, 65]]},
    ]
    corpus, acts = tmp_path / "corpus.jsonl", tmp_path / "acts.tsv"
    corpus.write_text(json.dumps({"id": "a", "text": text, "attributions": rows}), encoding="utf-8")
    acts.write_text("# remark\na\t20\tprecondition\n", encoding="utf-8")
    (article,) = load_attributions(corpus, load_acts(acts))
    assert [(said.act, said.act_weight) for said in article.said] == [
        ("precondition", 1.0),
        ("promise", 0.25),
    ]
