"""A watch looks at feeds and folders, and tells only what is new and speaks of the case."""

from pathlib import Path

import pytest

from detente.articles import Article, Unread
from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources.gather import gather
from detente.sources.watch import load_watch, loader, look

WATCH = """
terms = ["Lume", "sluice gates"]
every = "30m"
[[folder]]
path = "clips"
outlet = "Lume Herald"
"""


def test_a_second_look_tells_only_what_is_new(tmp_path: Path):
    clips = tmp_path / "clips"
    clips.mkdir()
    (clips / "a.txt").write_text(
        "Talks end\n\nEnvoys met for six hours on the Lume river, said officials of both.\n"
    )
    (clips / "b.txt").write_text(
        "Market day\n\nBread was dearer than last week, said those who came to buy it.\n"
    )
    watch = load_watch(WATCH, "WATCH.toml")
    load = loader(Settings(), tmp_path, gather)
    first = look(watch, load)
    assert [(a.title, a.outlet) for a in first.new] == [("Talks end", "Lume Herald")]
    assert first.passed_over == 1
    (clips / "c.txt").write_text(
        "Gates open\n\nThe sluice gates were opened on Friday, a spokesman for the board said.\n"
    )
    (clips / "d.txt").write_bytes(b"")
    second = look(watch, load, first.seen)
    assert [a.title for a in second.new] == ["Gates open"]
    assert [type(u) for u in second.unread] == [Unread]
    assert look(watch, load, second.seen).new == ()
    assert first.seen < second.seen


def test_terms_stand_as_words_and_without_terms_all_is_read(tmp_path):
    article = Article(id="1", file="x", sha256="0", text="The lumen of the lamp. Plume.")
    watch = load_watch('terms = ["Lume"]\n[[folder]]\npath = "x"', "W")
    assert look(watch, lambda _: [article]).passed_over == 1
    assert look(load_watch('[[folder]]\npath = "x"', "W"), lambda _: [article]).new == (article,)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("terms = [", "not TOML"),
        ("", "nothing to watch"),
        ('[[feed]]\nadress = "x"', "without its url"),
        ('[[feed]]\nurl = "x"\ncolour = "y"', "unknown in a source: colour"),
        ('[[feed]]\nurl = "x"\n[other]', "unknown: other"),
        ('terms = "x"\n[[feed]]\nurl = "x"', "list of words"),
        ('every = "soon"\n[[feed]]\nurl = "x"', "no length of time"),
    ],
)
def test_a_wrong_watch_is_refused_with_its_reason(text, why):
    with pytest.raises(UnreadableSource, match=why):
        load_watch(text.replace('every = "soon"\n', 'every = "soon"\n'), "WATCH.toml")
