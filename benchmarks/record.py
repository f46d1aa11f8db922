"""How long a large record takes: 2,000 articles and 40,000 items of an invented case.

    python benchmarks/record.py [ARTICLES]

Two figures each, the clock's and the processor's seconds: the median of a few runs for what the desk asks
again and again.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from detente.articles import Article
from detente.claims import (
    Claim,
    Claims,
    Demand,
    Event,
    Meeting,
    Party,
    Promise,
    Reading,
    Signal,
    Spans,
    Statement,
    stable_id,
)
from detente.evidence import Evidence
from detente.record.changes import changes_between
from detente.record.codec import kind_of, to_json
from detente.record.edits import Action, decide_on
from detente.record.pages import Order, Wanted
from detente.record.store import Store
from detente.vocabulary import (
    Act,
    ClaimKind,
    EventType,
    MeetingStatus,
    PartyKind,
    PromiseStatus,
    Quotation,
    SignalKind,
)

_THINGS = (
    "release the {n} engineers held at the {place} border post",
    "withdraw the troops from the {place} heights",
    "lift the sanctions on {place} wheat exports",
    "open the {place} crossing to relief convoys",
    "let inspectors into the {place} reactor",
    "stop arming the {place} militias",
    "return the refugees from the {place} camps",
    "agree to a ceasefire around {place} before winter",
    "share the water of the {place} dam",
    "hold another round of talks in {place}",
)
_PLACES = tuple(
    f"{a}{b}"
    for a in ("Kar", "Mol", "Tes", "Ban", "Ost", "Vir", "Lun")
    for b in ("dal", "mark", "gard", "via")
)
_NAMES = tuple(
    f"{first} {last}" for first in ("Ana", "Boris", "Carla", "Dmitri", "Eva", "Farid") for last in _PLACES
)


def _party(name: str, kind: PartyKind, member_of: str | None = None) -> Party:
    return Party(id=stable_id("party", name), name=name, kind=kind, member_of=member_of, aliases=(name,))


_STATES = [_party(name, PartyKind.STATE) for name in ("Norland", "Sudmark", "Estria", "Westria")]
_PEOPLE = [_party(name, PartyKind.PERSON, _STATES[n % 4].id) for n, name in enumerate(_NAMES)]
_SHORT = [_party(name.split()[1], PartyKind.PERSON, _STATES[n % 4].id) for n, name in enumerate(_NAMES[:28])]


def make(number: int, items: int = 20) -> tuple[Article, Reading]:
    """One article of ``items`` sentences, each a claim."""
    draw = random.Random(number)
    sentences, at = [], 0
    claims: dict[str, list[object]] = {kind.value: [] for kind in ClaimKind}
    lines = []
    for n in range(items):
        speaker = draw.choice(_PEOPLE)
        thing = draw.choice(_THINGS).format(n=draw.randint(2, 30), place=draw.choice(_PLACES))
        sentence = f"{speaker.name} said in paragraph {n} of report {number} that Sudmark must {thing}."
        lines.append((at, sentence, thing, speaker))
        sentences.append(sentence)
        at += len(sentence) + 1
    text = " ".join(sentences)
    article_id = stable_id("article", text)
    for n, (start, sentence, thing, speaker) in enumerate(lines):
        begin = start + sentence.index("Sudmark must")
        words = Evidence(
            article=article_id, start=begin, end=start + len(sentence), quote=sentence[begin - start :]
        )
        made = _claim(n, words, thing, speaker, draw)
        claims[kind_of(made).value].append(made)
    day = f"{2000 + number % 20}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    article = Article(
        id=article_id,
        file=f"case/{number:05d}.txt",
        sha256=f"{number:064d}",
        text=text,
        title=f"Report {number}",
        outlet=f"Desk {number % 40}",
        published=day,
        language="en",
    )
    parties = (*_STATES, *{speaker.id: speaker for _, _, _, speaker in lines}.values(), draw.choice(_SHORT))
    found = {kind: tuple(found) for kind, found in claims.items()}
    reading = Reading(
        article=article_id,
        parties=parties,
        claims=Claims(**found),  # type: ignore[arg-type]  # each under its kind
        gaps=(),
        reader="benchmark",
    )
    return article, reading


def _claim(n: int, words: Evidence, thing: str, speaker: Party, draw: random.Random) -> Claim:
    ident = stable_id(words.article, n)
    state = draw.choice(_STATES)
    sort = n % 10
    if sort < 5:
        act = draw.choice((Act.DEMAND, Act.REPORT, Act.ACCUSATION, Act.DENIAL, Act.ASSESSMENT))
        return Statement(
            id=ident,
            speaker=speaker.id,
            speaker_text=speaker.name,
            affiliation=speaker.member_of,
            cue="said",
            quote=Quotation.INDIRECT,
            act=act,
            target=state.id,
            confidence=draw.random(),
            spans=Spans(content=((words.start, words.end),)),
            evidence=(words,),
        )
    if sort < 7:
        return Demand(
            id=ident, by=speaker.id, of=state.id, what=thing, evidence=(words,), confidence=draw.random()
        )
    if sort == 7:
        return Event(
            id=ident,
            type=draw.choice(tuple(EventType)),
            by=_STATES[0].id,
            to=state.id,
            what=thing,
            when=f"2007-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
            where=None,
            asserted_by=None,
            evidence=(words,),
        )
    if sort == 8 and n > 10:
        return Promise(
            id=ident,
            by=speaker.id,
            to=state.id,
            what=thing,
            made=None,
            status=PromiseStatus.PENDING,
            evidence=(words,),
        )
    if sort == 8:
        return Signal(id=ident, party=speaker.id, signal=SignalKind.FIRM, evidence=(words,), about=thing)
    return Meeting(
        id=ident,
        parties=(_STATES[0].id, state.id),
        date=f"2007-{draw.randint(1, 12):02d}",
        place=draw.choice(_PLACES),
        status=MeetingStatus.HELD,
        evidence=(words,),
    )


def _timed(name: str, act: Callable[[], object], times: int = 1) -> object:
    spent, worked, result = [], [], None
    for _ in range(times):
        start, began = time.perf_counter(), time.process_time()
        result = act()
        spent.append(time.perf_counter() - start)
        worked.append(time.process_time() - began)
    print(f"{name:<46} {statistics.median(spent):8.3f} s {statistics.median(worked):8.3f} s")
    return result


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    made = [make(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "record.db"
        store = Store.open(where)
        _timed(f"add {count} articles", lambda: [store.add(*one) for one in made])
        record = _timed("record(), first time", store.record)
        items = sum(1 for _ in record.claims())  # type: ignore[attr-defined]  # it is a Record
        print(f"{items} items, {len(record.parties)} parties, {len(record.issues)} issues")  # type: ignore[attr-defined]  # the same
        _timed("record(), again", store.record, 5)
        _timed("record(), another process", lambda: Store.open(where).record())
        article = made[count // 2][0]
        _timed("items of one article", lambda: store.page(Wanted(article=article.id)), 20)
        _timed("a page of demands", lambda: store.page(Wanted(kind=ClaimKind.DEMANDS), offset=500), 20)
        _timed("the review queue, by doubt", lambda: store.page(order=Order.DOUBT), 20)
        _timed("articles with counts", store.article_rows, 20)
        _timed("parties", store.parties, 20)
        _timed("counts", store.counts, 20)
        _timed("search", lambda: store.search("reactor inspectors"), 20)
        claim = store.page(Wanted(kind=ClaimKind.DEMANDS), limit=1).items[0].claim
        home = store.article(claim.evidence[0].article)
        edits = iter(
            decide_on(claim, home, Action.ACCEPT, who="ana", on=f"2024-01-01T00:00:{n:02d}")
            for n in range(20)
        )
        _timed("decide", lambda: store.decide(next(edits)), 10)
        _timed("page after a decision", lambda: store.page(order=Order.DOUBT), 5)
        _timed("record(settled=False) after a decision", lambda: store.record(settled=False), 5)
        _timed("record() after a decision", store.record)
        _timed("changes between two dates", lambda: changes_between(store.record(), *_two_dates()))
        _timed("to JSON", lambda: to_json(store.record()))
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(f"file {size:.0f} MB, peak memory {peak:.0f} MB")


def _two_dates() -> tuple[date, date]:
    return date(2010, 1, 1), date(2012, 1, 1)


if __name__ == "__main__":
    main()
