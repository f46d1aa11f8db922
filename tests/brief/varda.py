"""An invented negotiation: Varda and Meridia, over the Lune strait and the fishing grounds beside it."""

from detente.articles import Article, Unread
from detente.claims import (
    Demand,
    Dispute,
    Event,
    Faction,
    Gap,
    Issue,
    Meeting,
    Party,
    Promise,
    Signal,
    Spans,
    Statement,
    StatusReport,
    stable_id,
)
from detente.evidence import Evidence, cut
from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    NegotiationParty,
    Option,
    Position,
    Range,
    Weights,
)
from detente.record.model import Record
from detente.vocabulary import (
    Act,
    Channel,
    EventType,
    Genre,
    MeetingStatus,
    Modality,
    PartyKind,
    PromiseStatus,
    Quotation,
    Review,
    SignalKind,
)

OPENING = """Varda and Meridia open talks on the Lune strait

PORT ANSEL — Envoys of Varda and Meridia sat down in Port Ansel on Tuesday for the first talks in eleven \
years, \
with Calder as host. Ada Holm, the Vardan Foreign Ministry spokeswoman, said Meridia must “end the \
boarding of \
Vardan trawlers” before anything else could be agreed.

Meridian officials said they had asked Varda to close the camps of the Saltmen, an armed group that raids \
Meridian \
oil platforms. “The camps are the test of whether they mean it,” said a senior Meridian official.

Varda has charged Meridia with paying informers among the Lune fishermen. Meridia's interior ministry \
denied that it \
pays anybody in Vardan waters.

Chief negotiator Tomas Reyl promised that Meridia would free the nine Vardan sailors held since January \
“within weeks”. \
The two sides agreed to meet again in the autumn, a Calder diplomat said.
"""

SUMMER = """Sailors still held as summer passes

Nine Vardan sailors are still in a Meridian jail, their families said on Friday, three months after Mr. \
Reyl said they \
would go home. “That promise was broken,” Ms. Holm said in Varda City. Meridia says the case is before a \
court.

Varda again demanded the release of the nine sailors and an end to the boarding of its trawlers. It also \
wants \
Meridia to withdraw its patrol ships behind the Orre line.

Lene Abar, who studies the strait at the Calder Institute, said hard-liners around Meridia's admiralty \
oppose any \
concession, while the trade ministry wants the strait open before the harvest.

Varda said it would consider moving some of the Saltmen away from the coast. “We will never give up the \
Orre line,” \
the Meridian defence minister told parliament.
"""

COLUMN = """A strait is not a gift

Make no mistake: Varda trains the Saltmen and sends them out at night. Talking to Varda has bought \
nothing but time for \
its raiders. Meridia should demand that Varda hand over the Saltmen's captains, or leave the table.
"""

AUTUMN = """Second round in Calder ends with a plan on paper

CALDER, Oct. 14 — The second round of the Lune talks ended here on Sunday with a proposal for a joint \
patrol commission \
under Calder's chairmanship. Mr. Reyl called the commission “worth a serious look”. Ms. Holm proposed \
that neutral \
inspectors count the Saltmen's camps.

Meridia released four of the nine sailors on Saturday. The Vardan government welcomed the step but said \
five men were \
still missing from the promise. Meridian officials insist that Varda close the camps before winter.

A third round is planned for January in Port Ansel, both sides said. Varda may ask for a share of the \
ferry tolls then.
"""

CRAWLED = "lune strait talks what next for varda and meridia officials on both sides expect a third round \
in the new year"

_TEXTS = (OPENING, SUMMER, COLUMN, AUTUMN, CRAWLED)
_HEADS = (
    ("Varda and Meridia open talks on the Lune strait", "The Ansel Herald", "1998-05-12", Genre.REPORT),
    ("Sailors still held as summer passes", "Northern Wire", "1998-08-21", Genre.REPORT),
    ("A strait is not a gift", "Meridian Mirror", "1998-09", Genre.OPINION),
    ("Second round in Calder ends with a plan on paper", None, "1998-10-14", Genre.ANALYSIS),
    (None, None, None, Genre.REPORT),
)


def article(number: int) -> Article:
    """The article of this number, from 0."""
    title, outlet, published, genre = _HEADS[number]
    return Article(
        id=f"a{number}",
        file=f"{number}.txt",
        sha256="0" * 64,
        text=_TEXTS[number],
        title=title,
        outlet=outlet,
        published=published,
        genre=genre,
        language="en",
    )


def words(number: int, quote: str) -> Evidence:
    """Evidence for the first place where the article has these words."""
    start = _TEXTS[number].index(quote)
    return cut(f"a{number}", _TEXTS[number], (start, start + len(quote)))


def _party(name: str, kind: PartyKind, member_of: str | None = None, **more: object) -> Party:
    above = stable_id("party", member_of) if member_of else None
    return Party(id=stable_id("party", name), name=name, kind=kind, member_of=above, **more)  # type: ignore[arg-type]


def pid(name: str) -> str:
    """The id of the party of this name."""
    return stable_id("party", name)


PARTIES = (
    _party("Varda", PartyKind.STATE, aliases=("Vardan", "Varda City")),
    _party("Meridia", PartyKind.STATE, aliases=("Meridian",)),
    _party("Calder", PartyKind.STATE),
    _party("Saltmen", PartyKind.ARMED_GROUP),
    _party("Vardan Foreign Ministry", PartyKind.GOVERNMENT_BODY, "Varda"),
    _party("Meridian interior ministry", PartyKind.GOVERNMENT_BODY, "Meridia"),
    _party("Ada Holm", PartyKind.PERSON, "Vardan Foreign Ministry", role="Foreign Ministry spokeswoman"),
    _party("Tomas Reyl", PartyKind.PERSON, "Meridia", role="chief negotiator"),
    _party("Lene Abar", PartyKind.PERSON, independent=True, role="analyst at the Calder Institute"),
)
BOARDING, CAMPS, SAILORS, ORRE, TALKS = (f"i{n}" for n in range(5))
ISSUES = (
    Issue(id=BOARDING, label="boarding of trawlers"),
    Issue(id=CAMPS, label="the Saltmen’s camps"),
    Issue(id=SAILORS, label="the nine sailors"),
    Issue(id=ORRE, label="the Orre line"),
    Issue(id=TALKS, label="how the talks go on"),
)


def _said(number: int, content: str, act: Act, speaker: str | None, **more: object) -> Statement:
    evidence = words(number, content)
    values: dict[str, object] = {
        "speaker_text": speaker,
        "affiliation": pid(speaker) if speaker else None,
        "cue": "said",
        "quote": Quotation.INDIRECT,
        "target": None,
        "confidence": 0.8,
        **more,
    }
    return Statement(  # type: ignore[arg-type]
        id=stable_id("statement", number, content),
        speaker=pid(speaker) if speaker else None,
        act=act,
        spans=Spans(content=((evidence.start, evidence.end),)),
        evidence=(evidence,),
        **values,
    )


STATEMENTS = (
    _said(
        0,
        "Meridia must “end the boarding of Vardan trawlers” before anything else could be agreed",
        Act.DEMAND,
        "Ada Holm",
        target=pid("Meridia"),
        issue=BOARDING,
        quote=Quotation.MIXED,
        affiliation=pid("Varda"),
    ),
    _said(
        0,
        "they had asked Varda to close the camps of the Saltmen",
        Act.DEMAND,
        "Meridia",
        speaker_text="Meridian officials",
        issue=CAMPS,
        channel=Channel.UNNAMED_OFFICIAL,
    ),
    _said(
        0,
        "The camps are the test of whether they mean it",
        Act.ASSESSMENT,
        "Meridia",
        quote=Quotation.DIRECT,
        speaker_text="a senior Meridian official",
        issue=CAMPS,
        channel=Channel.UNNAMED_OFFICIAL,
    ),
    _said(
        0,
        "Meridia would free the nine Vardan sailors held since January “within weeks”",
        Act.PROMISE,
        "Tomas Reyl",
        issue=SAILORS,
        affiliation=pid("Meridia"),
        quote=Quotation.MIXED,
    ),
    _said(
        1,
        "That promise was broken",
        Act.ACCUSATION,
        "Ada Holm",
        quote=Quotation.DIRECT,
        issue=SAILORS,
        affiliation=pid("Varda"),
        target=pid("Meridia"),
    ),
    _said(
        1,
        "hard-liners around Meridia's admiralty oppose any concession",
        Act.ASSESSMENT,
        "Lene Abar",
        affiliation=None,
    ),
    _said(
        1,
        "it would consider moving some of the Saltmen away from the coast",
        Act.OFFER,
        "Varda",
        issue=CAMPS,
        target=pid("Meridia"),
    ),
    _said(
        1,
        "We will never give up the Orre line",
        Act.REFUSAL,
        None,
        speaker_text="the Meridian defence minister",
        quote=Quotation.DIRECT,
        issue=ORRE,
    ),
    _said(
        3,
        "neutral inspectors count the Saltmen's camps",
        Act.PROPOSAL,
        "Ada Holm",
        issue=CAMPS,
        affiliation=pid("Varda"),
        target=pid("Meridia"),
    ),
    _said(
        3,
        "worth a serious look",
        Act.ASSESSMENT,
        "Tomas Reyl",
        quote=Quotation.DIRECT,
        issue=TALKS,
        affiliation=pid("Meridia"),
    ),
    _said(
        3,
        "five men were still missing from the promise",
        Act.REPORT,
        "Varda",
        issue=SAILORS,
        speaker_text="The Vardan government",
    ),
)


def _asks(number: int, quote: str, by: str, what: str, issue: str, **more: object) -> Demand:
    of = "Meridia" if by == "Varda" else "Varda"
    return Demand(  # type: ignore[arg-type]
        id=stable_id("demand", number, what),
        by=pid(by),
        of=pid(of),
        what=what,
        issue=issue,
        evidence=(words(number, quote),),
        **more,
    )


DEMANDS = (
    _asks(
        0,
        "end the boarding of Vardan trawlers",
        "Varda",
        "end the boarding of Vardan trawlers",
        BOARDING,
        firm=0.9,
        when="1998-05-12",
    ),
    _asks(
        1,
        "an end to the boarding of its trawlers",
        "Varda",
        "an end to the boarding of its trawlers",
        BOARDING,
        firm=0.7,
    ),
    _asks(1, "the release of the nine sailors", "Varda", "release of the nine sailors", SAILORS, firm=0.7),
    _asks(
        1,
        "withdraw its patrol ships behind the Orre line",
        "Varda",
        "withdraw its patrol ships behind the Orre line",
        ORRE,
    ),
    _asks(0, "close the camps of the Saltmen", "Meridia", "close the camps of the Saltmen", CAMPS, firm=0.6),
    _asks(3, "close the camps before winter", "Meridia", "close the camps before winter", CAMPS, firm=0.9),
    _asks(
        2,
        "hand over the Saltmen's captains",
        "Meridia",
        "hand over the Saltmen's captains",
        CAMPS,
        modality=(Modality.HYPOTHETICAL,),
    ),
    _asks(
        3,
        "a share of the ferry tolls",
        "Varda",
        "a share of the ferry tolls",
        TALKS,
        firm=0.2,
        modality=(Modality.FUTURE,),
        confidence=0.3,
    ),
)
PROMISES = (
    Promise(
        id="p1",
        by=pid("Tomas Reyl"),
        to=pid("Varda"),
        what="free the nine Vardan sailors within weeks",
        made="1998-05-12",
        status=PromiseStatus.DISPUTED,
        issue=SAILORS,
        evidence=(words(0, "Meridia would free the nine Vardan sailors held since January “within weeks”"),),
        reports=(
            StatusReport(
                status=PromiseStatus.BROKEN,
                by=pid("Ada Holm"),
                on="1998-08-21",
                because=words(1, "That promise was broken"),
            ),
            StatusReport(
                status=PromiseStatus.KEPT,
                by=None,
                on="1998-10-10",
                because=words(3, "Meridia released four of the nine sailors on Saturday"),
            ),
        ),
    ),
    Promise(
        id="p2",
        by=pid("Varda"),
        to=None,
        what="consider moving some of the Saltmen",
        made=None,
        status=PromiseStatus.PENDING,
        issue=CAMPS,
        evidence=(words(1, "it would consider moving some of the Saltmen away from the coast"),),
    ),
)
DISPUTES = (
    Dispute(
        id="d1",
        claimed_by=pid("Varda"),
        against=pid("Meridia"),
        denied_by=pid("Meridian interior ministry"),
        meets=0.5,
        gap="denies paying in Vardan waters, is charged with paying among the fishermen",
        evidence=(
            words(0, "paying informers among the Lune fishermen"),
            words(0, "denied that it pays anybody in Vardan waters"),
        ),
    ),
    Dispute(
        id="d2",
        claimed_by=None,
        against=pid("Varda"),
        denied_by=None,
        issue=CAMPS,
        evidence=(words(2, "Varda trains the Saltmen and sends them out at night"),),
    ),
)
EVENTS = (
    Event(
        id="e1",
        type=EventType.COERCE,
        by=pid("Meridia"),
        to=pid("Varda"),
        what="holds nine Vardan sailors",
        when="1998-01",
        where=None,
        asserted_by=None,
        evidence=(words(0, "the nine Vardan sailors held since January"),),
    ),
    Event(
        id="e2",
        type=EventType.ASSAULT,
        by=pid("Saltmen"),
        to=pid("Meridia"),
        what="raids on oil platforms",
        when="1997",
        where="Lune strait",
        asserted_by=pid("Meridia"),
        evidence=(words(0, "an armed group that raids Meridian oil platforms"),),
    ),
    Event(
        id="e3",
        type=EventType.CONCEDE,
        by=pid("Meridia"),
        to=pid("Varda"),
        what="releases four of nine sailors",
        when="1998-10-10",
        where=None,
        asserted_by=None,
        review=Review.ACCEPTED,
        evidence=(words(3, "Meridia released four of the nine sailors on Saturday"),),
    ),
    Event(
        id="e4",
        type=EventType.REQUEST,
        by=pid("Varda"),
        to=pid("Meridia"),
        what="demands release of the sailors",
        when="1998-08",
        where=None,
        asserted_by=None,
        evidence=(words(1, "demanded the release of the nine sailors"),),
    ),
    Event(
        id="e5",
        type=EventType.AGREE,
        by=pid("Calder"),
        to=None,
        what="would chair a commission",
        when=None,
        where=None,
        asserted_by=None,
        modality=(Modality.HYPOTHETICAL,),
        evidence=(words(3, "a proposal for a joint patrol commission"),),
    ),
)
MEETINGS = (
    Meeting(
        id="m1",
        parties=(pid("Varda"), pid("Meridia"), pid("Calder")),
        date="1998-05-12",
        place="Port Ansel",
        status=MeetingStatus.HELD,
        round="first",
        evidence=(words(0, "sat down in Port Ansel on Tuesday"),),
    ),
    Meeting(
        id="m2",
        parties=(pid("Varda"), pid("Meridia")),
        date="1998-10-11",
        place="Calder",
        status=MeetingStatus.HELD,
        round="second",
        evidence=(words(3, "The second round of the Lune talks ended here"),),
    ),
    Meeting(
        id="m3",
        parties=(pid("Varda"), pid("Meridia")),
        date="1999-01",
        place="Port Ansel",
        round="third",
        status=MeetingStatus.PLANNED,
        evidence=(words(3, "A third round is planned for January in Port Ansel"),),
    ),
)
SIGNALS = (
    Signal(
        id="s1",
        party=pid("Varda"),
        signal=SignalKind.FLEXIBLE,
        issue=CAMPS,
        evidence=(words(1, "it would consider moving some of the Saltmen away from the coast"),),
    ),
    Signal(
        id="s2",
        party=pid("Meridia"),
        signal=SignalKind.RED_LINE,
        issue=ORRE,
        evidence=(words(1, "We will never give up the Orre line"),),
    ),
    Signal(
        id="s3",
        party=pid("Meridia"),
        signal=SignalKind.KEY,
        issue=CAMPS,
        evidence=(words(0, "The camps are the test of whether they mean it"),),
    ),
)
FACTIONS = (
    Faction(
        id="f1",
        party=pid("Meridia"),
        faction="hard-liners around the admiralty",
        position="oppose any concession",
        stance=-1,
        evidence=(words(1, "hard-liners around Meridia's admiralty oppose any concession"),),
    ),
    Faction(
        id="f2",
        party=pid("Meridia"),
        faction="the trade ministry",
        position="wants the strait open",
        stance=1,
        evidence=(words(1, "the trade ministry wants the strait open before the harvest"),),
    ),
)


def record() -> Record:
    """The whole record."""
    return Record(
        articles=tuple(article(number) for number in range(len(_TEXTS))),
        parties=PARTIES,
        issues=ISSUES,
        statements=STATEMENTS,
        demands=DEMANDS,
        promises=PROMISES,
        disputes=DISPUTES,
        events=EVENTS,
        meetings=MEETINGS,
        signals=SIGNALS,
        factions=FACTIONS,
        gaps=(Gap(article="a4", start=0, end=60, reason="no sentence ends: the text has no stops"),),
        unread=(Unread(file="scans/annex.pdf", reason="locked with a password"),),
    )


def negotiation() -> Negotiation:
    """The system that the record describes."""
    varda, meridia = pid("Varda"), pid("Meridia")
    options = (
        Option(id="boarding", by=meridia, text="end the boarding of trawlers", evidence=(DEMANDS[0].id,)),
        Option(id="sailors", by=meridia, text="free the nine sailors", evidence=("p1",)),
        Option(id="withdraw", by=meridia, text="withdraw behind the Orre line", evidence=(DEMANDS[3].id,)),
        Option(id="camps", by=varda, text="close the camps", evidence=(DEMANDS[4].id, DEMANDS[5].id)),
        Option(id="inspect", by=varda, text="let inspectors count the camps", evidence=(STATEMENTS[8].id,)),
    )
    wishes = {
        varda: Weights(
            values={"boarding": Range(40, 70), "sailors": Range(60, 80), "withdraw": Range(20, 60),
                    "camps": Range(-80, -20), "inspect": Range(-15, 5)}
        ),
        meridia: Weights(
            values={"boarding": Range(-40, -20), "sailors": Range(-30, -5), "withdraw": Range(-95, -80),
                    "camps": Range(70, 90), "inspect": Range(10, 40)}
        ),
    }  # fmt: skip
    place = {
        varda: Position(position=Range(0, 20), salience=Range(60, 80)),
        meridia: Position(position=Range(70, 100), salience=Range(50, 90)),
    }
    return Negotiation(
        id="lune",
        on="1998-10-14",
        parties=(NegotiationParty(id=varda, name="Varda"), NegotiationParty(id=meridia, name="Meridia")),
        options=options,
        status_quo="00000",
        preferences=wishes,
        issues=(
            NegotiationIssue(
                id=CAMPS,
                label="the Saltmen’s camps",
                scale=((0, "all stay"), (50, "half are closed"), (100, "all are closed")),
                positions=place,
            ),
        ),
    )
