"""One story under several mastheads is one source; two stories of one event stay two."""

from detente.articles import Article
from detente.sources.assemble import article_of
from detente.sources.draft import Draft
from detente.sources.wire_copies import likeness, mark_copies

STORY = [
    "Envoys of Norland and Sudmark met for six hours on the sharing of the Lume river, officials said.",
    "A spokesman for the northern delegation asked that the sluice gates at the dam be opened by spring.",
    "The southern side answered that its reservoirs stood at a third of what they hold in a usual year.",
    "Farmers on both banks have waited nine summers for an agreement that would tell them when water comes.",
    "The envoys said that they would meet again in the old harbor hall, but they set no day for it.",
]
OTHER = [
    "After six hours on the sharing of the Lume river, envoys left Harbor City without a paper to sign.",
    "Norland wants water before the sowing. Sudmark wants to be paid for a spillway, people there said.",
    "Neither delegation would say whether the ministers themselves will come to a next session in autumn.",
    "Boatmen waved banners at the quay as the cars drove off toward the border in heavy rain.",
]


def read(paragraphs: list[str], head: str) -> Article:
    text = "\n\n".join([head, *paragraphs])
    return article_of(Draft(text=text), file="a.txt", sha256="0" * 64)


def test_copies_name_the_earliest_and_others_stay_apart():
    late = read(STORY, "River talks end\n\nLume Herald, June 11, 2010")
    first = read(STORY, "Envoys part without a day\n\nReuters, June 9, 2010")
    cut = read(STORY[:4], "Talks on river end")
    other = read(OTHER, "No paper to sign\n\nHarbor Gazette, June 9, 2010")
    marked = mark_copies([late, first, cut, other])
    assert [a.same_story_as for a in marked] == [first.id, None, first.id, None]
    assert [a.id for a in marked] == [late.id, first.id, cut.id, other.id]
    assert likeness(first, cut) == 1.0
    assert likeness(first, other) < 0.2


def test_the_order_of_articles_does_not_change_what_is_a_copy():
    ones = [
        read(STORY, "River talks end\n\nLume Herald, June 11, 2010"),
        read(STORY[:4], "Envoys part\n\nReuters, June 9, 2010"),
        read(OTHER, "No paper to sign"),
    ]
    there = {a.id: a.same_story_as for a in mark_copies(ones)}
    back = {a.id: a.same_story_as for a in mark_copies(reversed(ones))}
    assert there == back


def test_the_same_article_twice_is_no_copy_of_itself_and_short_notes_are_left_alone():
    one = read(STORY, "River talks end")
    assert [a.same_story_as for a in mark_copies([one, one])] == [None, None]
    short = [read(["The talks ended."], head) for head in ("One head", "Another head")]
    assert [a.same_story_as for a in mark_copies(short)] == [None, None]
    assert mark_copies([]) == ()
