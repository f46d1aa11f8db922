import threading
from dataclasses import replace
from itertools import zip_longest

import pytest

from detente.articles import Article
from detente.claims import stable_id
from detente.reading.reader import BATCH, BATCH_CHARACTERS, Reader, batches, reader_name, rules_name
from detente.settings import Settings

PARAGRAPHS = (
    "Norland's foreign minister said on Tuesday that it would free the sailors if Sudmark ended its patrols.",
    "Sudmark accused Norland of arming smugglers, a charge that Norland denied.",
    "The two governments agreed to meet again in Porto Alto next month, officials said.",
    "Sudmark's envoy, Ilse Brandt, demanded that the harbour be reopened before any talks.",
)


def article(number: int, text: str | None = None) -> Article:
    words = text if text is not None else "\n\n".join([*PARAGRAPHS[number % 4 :], *PARAGRAPHS[: number % 4]])
    return Article(id=stable_id("reader", number), file=f"{number}.txt", sha256="", text=words)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Settings())


def test_articles_are_read_in_their_order_over_several_batches(reader):
    articles = [article(number) for number in range(BATCH + 3)]
    assert [reading.article for reading in reader.read(articles)] == [a.id for a in articles]


def test_an_article_is_read_the_same_alone_and_in_company(reader):
    articles = [article(number) for number in range(4)]
    assert list(reader.read(articles)) == [next(reader.read([one])) for one in articles]


def test_one_thread_reads_the_same_as_two(reader):
    articles = [article(number) for number in range(3)]
    assert list(Reader(Settings(threads=1)).read(articles)) == list(reader.read(articles))


def test_two_readings_at_once_do_not_mix(reader):
    articles = [article(number) for number in range(BATCH + 2)]
    alone = list(reader.read(articles))
    both = zip_longest(reader.read(articles), reader.read(list(reversed(articles))))
    forth, back = zip(*both, strict=True)
    assert list(forth) == alone
    assert list(reversed(back)) == alone


def test_two_threads_may_read_with_one_reader(reader):
    articles = [article(number) for number in range(6)]
    found: list[list[object]] = [[], []]
    threads = [threading.Thread(target=lambda own=own: own.extend(reader.read(articles))) for own in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1] == list(reader.read(articles))


def test_nothing_to_read_gives_nothing(reader):
    assert list(reader.read([])) == []


def test_a_batch_holds_no_more_than_the_parser_can(reader):
    long = "Talks go on. " * (BATCH_CHARACTERS // 20)
    held = list(batches([article(1), article(2, long), article(3, long), article(4, long * 3), article(5)]))
    assert [[one.file for one in batch] for batch in held] == [
        ["1.txt", "2.txt"],
        ["3.txt"],
        ["4.txt"],
        ["5.txt"],
    ]


class Failing:
    """A marker that gives up."""

    name = "failing"

    def read(self, _texts):
        raise MemoryError("no room")


def test_what_stops_the_marks_is_told_to_the_caller():
    with pytest.raises(MemoryError, match="no room"):
        list(Reader(Settings(), marker=Failing()).read([article(1)]))


def test_a_reading_that_is_left_midway_leaves_the_reader_usable(reader):
    articles = [article(number) for number in range(2 * BATCH)]
    started = reader.read(articles)
    first = next(started)
    started.close()
    assert next(reader.read(articles[:1])) == first


def test_an_article_the_parser_refuses_is_a_gap_and_the_rest_is_read(reader, monkeypatch):
    understand = reader._understand

    def refuse(one, doc, marks):
        if one.file == "1.txt":
            raise ValueError("odd words")
        return understand(one, doc, marks)

    monkeypatch.setattr(reader, "_understand", refuse)
    good, bad = reader.read([article(0), article(1)])
    assert good.claims.statements
    assert bad.gaps[0].reason == "could not be parsed: odd words"
    assert replace(bad, gaps=()).claims.statements == ()


def test_a_changed_rule_or_word_list_makes_another_reader(reader, tmp_path):
    (tmp_path / "data").mkdir()
    rule, words = tmp_path / "rule.py", tmp_path / "data" / "words.tsv"
    rule.write_text("ASKING = 1\n")
    words.write_text("urge\tdemand\n")
    first = rules_name.__wrapped__(tmp_path)
    rule.write_text("ASKING = 2\n")
    second = rules_name.__wrapped__(tmp_path)
    words.write_text("urge\toffer\n")

    assert len({first, second, rules_name.__wrapped__(tmp_path)}) == 3
    assert rules_name() in reader.name
    assert reader.name == reader_name(Settings())
