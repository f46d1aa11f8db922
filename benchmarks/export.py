"""How long a large record takes to leave in each form, and what it needs beside the record itself.

    python benchmarks/export.py [ITEMS] [FORMAT ...]

An invented case: 100,000 items of all kinds in 5,000 articles, unless told otherwise. Each form is made in
a process of its own, forked from one that holds the record. Printed: seconds of the processor and of the
clock, megabytes written, and megabytes of memory at the peak above those at the start, the form's own
library among them.
"""

import multiprocessing
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from detente.articles import Article
from detente.claims import (
    Claim,
    Demand,
    Dispute,
    Event,
    Faction,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Spans,
    Statement,
    stable_id,
)
from detente.errors import DetenteError
from detente.evidence import Evidence
from detente.export.formats import FORMATS
from detente.record.model import Record
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

PER_ARTICLE = 20
PLACES = tuple(f"{a}{b}" for a in ("Kar", "Mol", "Tes", "Ban", "Ost", "Vir") for b in ("dal", "mark", "gard"))
DEEDS = (
    "open the {place} crossing to relief convoys",
    "withdraw the guns from the {place} heights",
    "return the sailors held at {place}",
    "share the water of the {place} dam",
    "let inspectors into the {place} mill",
)
ASIDES = (
    "Rain fell on the delegates’ tents, and the mules of the supply train stood in the mud until noon.",
    "A clerk read out the list of names twice, because the first copy had been left in the ferry house.",
    "Nobody in the market had heard of the paper, though its price was written on a board by the well.",
)
CAMPS = [
    Party(id=f"camp{n}", name=name, kind=PartyKind.STATE, aliases=(name,))
    for n, name in enumerate(("Norland", "Sudmark", "Estria", "Westria"))
]
PEOPLE = [
    Party(
        id=f"person{n}",
        name=f"{first} {last}",
        kind=PartyKind.PERSON,
        member_of=CAMPS[n % 4].id,
        aliases=(f"{first} {last}", last),
    )
    for n, (first, last) in enumerate(
        (first, last) for first in ("Ana", "Boris", "Carla", "Farid", "Ivo") for last in PLACES
    )
]
ISSUES = [Issue(id=f"issue{n}", label=f"The {place} question") for n, place in enumerate(PLACES)]


def made(items: int) -> Record:
    """The record."""
    articles, claims = [], {kind: [] for kind in ClaimKind}
    for number in range(max(1, items // PER_ARTICLE)):
        article, found = article_with_claims(number)
        articles.append(article)
        for claim in found:
            claims[ClaimKind(type(claim).__name__.lower() + "s")].append(claim)
    kinds = {kind.value: tuple(held) for kind, held in claims.items()}
    return Record(articles=tuple(articles), parties=(*CAMPS, *PEOPLE), issues=tuple(ISSUES), **kinds)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands, who speaks in it, and of what."""

    at: int
    lead: str
    deed: str
    speaker: Party
    where: str


def article_with_claims(number: int) -> tuple[Article, list[Claim]]:
    """An article of claims, each a sentence, with sentences between them that claim nothing."""
    draw = random.Random(number)
    parts, places, at = [f"Report {number} from the river talks"], [], 0
    at = len(parts[0]) + 2
    for n in range(PER_ARTICLE):
        speaker, place = draw.choice(PEOPLE), draw.choice(PLACES)
        deed = draw.choice(DEEDS).format(place=place)
        lead = f"{speaker.name} said on day {n} that "
        content = f"Sudmark must {deed}"
        parts.append(f"{lead}{content}. {draw.choice(ASIDES)}")
        places.append(Place(at, lead, deed, speaker, place))
        at += len(parts[-1]) + 2
    text = "\n\n".join(parts)
    ident = stable_id("article", number)
    day = f"{2000 + number % 20}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    article = Article(
        id=ident, file=f"case/{number:05d}.txt", sha256=f"{number:064d}", text=text,
        title=parts[0], outlet=f"Gazette {number % 40}", author="Lena Orr", published=day, language="en",
    )  # fmt: skip
    return article, [claim(n, ident, draw, place) for n, place in enumerate(places)]


def claim(n: int, article: str, draw: random.Random, place: Place) -> Claim:
    """One item on a sentence: half statements, then every other kind."""
    at, speaker, where = place.at, place.speaker, place.where
    content, deed = f"Sudmark must {place.deed}", place.deed
    start = at + len(place.lead)
    words = (Evidence(article=article, start=start, end=start + len(content), quote=content),)
    ident = stable_id(article, n)
    issue = f"issue{PLACES.index(where)}"
    state = draw.choice(CAMPS).id
    told = {"id": ident, "evidence": words, "confidence": draw.random()}
    by = {"by": speaker.id, "what": deed, "issue": issue, **told}
    day = f"2007-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
    spans = Spans(speaker=((at, at + len(speaker.name)),), content=((start, start + len(content)),))
    sorts: tuple[Callable[[], Claim], ...] = (
        *[lambda: Statement(
            speaker=speaker.id, speaker_text=speaker.name, affiliation=speaker.member_of, cue="said",
            quote=Quotation.INDIRECT, act=draw.choice(tuple(Act)), target=state, issue=issue, spans=spans,
            **told,
        )] * 10,
        *[lambda: Demand(of=state, **by)] * 3,
        lambda: Promise(to=state, made=day, status=draw.choice(tuple(PromiseStatus)), **by),
        lambda: Dispute(
            claimed_by=speaker.id, against=state, denied_by=state, issue=issue, meets=0.5,
            id=ident, evidence=words * 2, confidence=0.5,
        ),
        *[lambda: Event(
            type=draw.choice(tuple(EventType)), to=state, when=day, where=where, asserted_by=None, **by
        )] * 2,
        lambda: Meeting(
            parties=(CAMPS[0].id, state), date=day, place=where, status=draw.choice(tuple(MeetingStatus)),
            **told,
        ),
        lambda: Signal(party=state, signal=draw.choice(tuple(SignalKind)), issue=issue, **told),
        lambda: Faction(party=state, faction="the river lobby", position=deed, **told),
    )  # fmt: skip
    return sorts[n % len(sorts)]()


def peak() -> float:
    """The process's greatest memory so far, megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def resident() -> float:
    """The process's memory now, megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024**2


def measure(record: Record, name: str, out: Connection) -> None:
    """Make one form; send seconds, megabytes written, megabytes of memory, and what went wrong."""
    began, spent = time.perf_counter(), time.process_time()
    before, written, wrong = resident(), 0, ""
    try:
        for chunk in FORMATS[name].chunks(record, on=date(2024, 5, 1)):
            written += len(chunk)
    except DetenteError as error:
        wrong = str(error)
    seconds = (time.process_time() - spent, time.perf_counter() - began)
    out.send((*seconds, written / 1e6, peak() - before, wrong))


def main() -> None:
    """Print the table."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    record = made(items)
    count = sum(1 for _ in record.claims())
    print(f"{count:,} items in {len(record.articles):,} articles; the record itself: {resident():.0f} MB")
    print(f"{'format':20} {'cpu s':>8} {'clock s':>8} {'MB':>8} {'peak MB':>8}")
    fork = multiprocessing.get_context("fork")
    for name in sys.argv[2:] or FORMATS:
        here, there = fork.Pipe()
        child = fork.Process(target=measure, args=(record, name, there))
        child.start()
        there.close()
        try:
            spent, seconds, size, memory, wrong = here.recv()
        except EOFError:
            spent, seconds, size, memory, wrong = 0.0, 0.0, 0.0, 0.0, "killed"
        child.join()
        print(f"{name:20} {spent:8.1f} {seconds:8.1f} {size:8.1f} {memory:8.0f}  {wrong}", flush=True)


if __name__ == "__main__":
    main()
