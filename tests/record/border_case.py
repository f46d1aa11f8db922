"""An invented case to build records from: Norland and Sudmark talk about a border and five engineers."""

from detente.articles import Article
from detente.claims import (
    Claims,
    Demand,
    Dispute,
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


def pid(name: str) -> str:
    return stable_id("party", name)


def party(name: str, kind: str = "state", member_of: str | None = None, aliases=(), **more) -> Party:
    above = pid(member_of) if member_of else None
    return Party(
        id=pid(name), name=name, kind=PartyKind(kind), member_of=above, aliases=(name, *aliases), **more
    )


NORLAND = party("Norland", aliases=("Norlanders", "Norlandic"))
SUDMARK = party("Sudmark", aliases=("Sudmarkers",))


def article(text: str, file: str, published: str | None = None, **more) -> Article:
    return Article(
        id=stable_id("article", text),
        file=file,
        sha256=stable_id(text),
        text=text,
        published=published,
        **more,
    )


def words(of: Article, quote: str) -> Evidence:
    start = of.text.index(quote)
    return Evidence(article=of.id, start=start, end=start + len(quote), quote=quote)


def ident(of: Article, sort: str, quote: str) -> str:
    return stable_id(sort, of.id, quote)


def statement(
    of: Article, quote: str, by: str | None, act: str = "report", target: str | None = None, **more
):
    evidence = words(of, quote)
    return Statement(
        **{
            "id": ident(of, "statement", quote),
            "speaker": pid(by) if by else None,
            "speaker_text": by,
            "affiliation": pid(by) if by else None,
            "cue": "said",
            "quote": Quotation.INDIRECT,
            "act": Act(act),
            "target": pid(target) if target else None,
            "spans": Spans(content=((evidence.start, evidence.end),)),
            "confidence": 0.8,
            "evidence": (evidence,),
            **more,
        }
    )


def demand(
    of: Article, quote: str, by: str | None, to: str | None, what: str | None = None, **more
) -> Demand:
    return Demand(
        id=ident(of, "demand", quote),
        by=pid(by) if by else None,
        of=pid(to) if to else None,
        what=what or quote,
        evidence=(words(of, quote),),
        **more,
    )


def promise(of: Article, quote: str, by: str, to: str | None, what: str, **more) -> Promise:
    made = {"made": of.published, "status": PromiseStatus.PENDING, **more}
    return Promise(
        id=ident(of, "promise", quote),
        by=pid(by),
        to=pid(to) if to else None,
        what=what,
        evidence=(words(of, quote),),
        **made,
    )


def event(of, quote, kind, by, to, what, when, **more):  # noqa: PLR0917  # a table row
    return Event(
        id=ident(of, "event", quote),
        type=EventType(kind),
        by=pid(by),
        to=pid(to) if to else None,
        what=what,
        when=when,
        where=None,
        asserted_by=None,
        evidence=(words(of, quote),),
        **more,
    )


def meeting(of, quote, parties, date, place, status="held"):  # noqa: PLR0917  # a table row
    return Meeting(
        id=ident(of, "meeting", quote),
        parties=tuple(map(pid, parties)),
        date=date,
        place=place,
        status=MeetingStatus(status),
        evidence=(words(of, quote),),
    )


def signal(of: Article, quote: str, by: str, sort: str, about: str | None = None) -> Signal:
    return Signal(
        id=ident(of, "signal", quote),
        party=pid(by),
        signal=SignalKind(sort),
        evidence=(words(of, quote),),
        about=about,
    )


def dispute(of: Article, charge: str, denial: str, by: str, against: str) -> Dispute:
    return Dispute(
        id=ident(of, "dispute", charge),
        claimed_by=pid(by),
        against=pid(against),
        denied_by=pid(against),
        evidence=(words(of, charge), words(of, denial)),
        meets=1.0,
    )


_KINDS = {kind.value[:-1]: kind.value for kind in ClaimKind}


def reading(of: Article, *claims, parties=(NORLAND, SUDMARK), gaps=(), reader: str = "by hand") -> Reading:
    found: dict[str, tuple] = {}
    for claim in claims:
        kind = _KINDS[type(claim).__name__.lower()]
        found[kind] = (*found.get(kind, ()), claim)
    return Reading(
        article=of.id, parties=tuple(parties), claims=Claims(**found), gaps=tuple(gaps), reader=reader
    )


MARCH = article(
    "Norland demands that Sudmark release the five engineers held since January. "
    "Sudmark promised to reopen the Karst crossing to relief convoys. "
    "Norland accuses Sudmark of arming the hill militias. "
    "Envoys of both met in Lunvia on 2 March 2011.",
    "case/march.txt",
    "2011-03-03",
    title="Envoys meet in Lunvia",
    outlet="Hill Post",
)
MAY = article(
    "Norland insists that Sudmark release the engineers before any other step. "
    "Sudmark has never armed the hill militias, its spokesman said. "
    "The first relief convoys passed the Karst crossing after Sudmark reopened it. "
    "A second meeting in Lunvia fizzled.",
    "case/may.txt",
    "2011-05-20",
    title="Convoys pass",
    outlet="Coast Radio",
)
MARCH_READ = reading(
    MARCH,
    demand(MARCH, "release the five engineers held since January", "Norland", "Sudmark", firm=0.5),
    promise(
        MARCH,
        "Sudmark promised to reopen the Karst crossing to relief convoys",
        "Sudmark",
        "Norland",
        "reopen the Karst crossing to relief convoys",
    ),
    statement(MARCH, "arming the hill militias", "Norland", "accusation", "Sudmark"),
    meeting(
        MARCH, "Envoys of both met in Lunvia on 2 March 2011", ("Norland", "Sudmark"), "2011-03-02", "Lunvia"
    ),
)
MAY_READ = reading(
    MAY,
    demand(MAY, "release the engineers before any other step", "Norland", "Sudmark", firm=0.9),
    statement(MAY, "Sudmark has never armed the hill militias", "Sudmark", "denial"),
    event(
        MAY,
        "relief convoys passed the Karst crossing after Sudmark reopened it",
        "CONCEDE",
        "Sudmark",
        "Norland",
        "reopened the Karst crossing to relief convoys",
        "2011-05",
    ),
    meeting(MAY, "A second meeting in Lunvia fizzled", ("Norland", "Sudmark"), None, "Lunvia", "fizzled"),
)
