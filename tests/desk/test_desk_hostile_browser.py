"""A record in which every word is an attack, on every screen, in a real browser: all of it shows as text."""

from dataclasses import replace

import pytest

from detente.articles import Article
from detente.claims import (
    Claims,
    Demand,
    Dispute,
    Event,
    Faction,
    Meeting,
    Party,
    Promise,
    Reading,
    Signal,
    Spans,
    Statement,
    stable_id,
)
from detente.desk import decisions
from detente.desk import sheet as sheets
from detente.desk.app import create_app
from detente.desk.people import Person, Role
from detente.evidence import Evidence
from detente.record.edits import Action, undo
from detente.vocabulary import (
    Act,
    EventType,
    MeetingStatus,
    PartyKind,
    PromiseStatus,
    Quotation,
    SignalKind,
)

pytestmark = pytest.mark.browser

ATTACK = (
    "\"'><script>window.owned=1</script><img src=x onerror=window.owned=1>"
    "<svg onload=window.owned=1></svg></textarea></style>{{7*7}}${7*7}"
)
RIGHT_TO_LEFT = "שלום \u202eevil\u202c مرحبا"
EMOJI = "👩‍👩‍👧‍👦 e\u0301 𝕏"
NAMES = (f"Ostania {ATTACK}", f"Varda {RIGHT_TO_LEFT} {EMOJI}")
LEAD = Person("<b>lea</b>", Role.LEAD)


def hostile_article(n: int, filler: str = "") -> Article:
    says = f"{NAMES[0]} said {NAMES[1]} must open the dam {ATTACK} {RIGHT_TO_LEFT} {EMOJI}."
    text = f"{ATTACK}\n\n{says}\n\n{n} {filler}"
    return Article(
        id=stable_id("hostile", n),
        file=f"../{ATTACK}-{n}.txt",
        sha256=f"{n:064d}",
        text=text,
        title=f"{ATTACK} {RIGHT_TO_LEFT}",
        outlet=ATTACK,
        author=ATTACK,
        published=f"2021-0{n}-03",
    )


def hostile_reading(article: Article, n: int) -> Reading:
    parties = tuple(
        Party(
            id=stable_id("party", name), name=name, kind=PartyKind.STATE, aliases=(name, ATTACK), role=ATTACK
        )
        for name in NAMES
    )
    one, other = (party.id for party in parties)
    start = article.text.index(" said ")
    quote = article.text[start + 6 : article.text.index(".", start)]
    words = (Evidence(article=article.id, start=start + 6, end=start + 6 + len(quote), quote=quote),)

    def name(kind: str, more: object = "") -> str:
        return stable_id(kind, article.id, more)

    claims = Claims(
        statements=tuple(
            Statement(
                id=name("statement", by),
                speaker=by,
                speaker_text=ATTACK,
                affiliation=None,
                cue=ATTACK,
                quote=Quotation.INDIRECT,
                act=act,
                target=of,
                spans=Spans(content=((words[0].start, words[0].end),)),
                confidence=0.4,
                evidence=words,
                via=ATTACK,
            )
            for by, of, act in ((one, other, Act.THREAT), (other, one, Act.DEMAND))
        ),
        demands=tuple(
            Demand(id=name("demand", by), by=by, of=of, what=f"open the dam {ATTACK} {n}", evidence=words)
            for by, of in ((one, other), (other, one))
        ),
        promises=(
            Promise(
                id=name("promise"),
                by=one,
                to=other,
                what=f"pay {ATTACK}",
                made="2021-02",
                status=PromiseStatus.PENDING,
                evidence=words,
            ),
        ),
        disputes=(
            Dispute(
                id=name("dispute"),
                claimed_by=one,
                against=other,
                denied_by=other,
                evidence=(*words, *words),
                gap=ATTACK,
                meets=0.5,
            ),
        ),
        events=(
            Event(
                id=name("event"),
                type=EventType.COERCE,
                by=one,
                to=other,
                what=ATTACK,
                when="2021-02-03",
                where=ATTACK,
                asserted_by=one,
                evidence=words,
            ),
        ),
        meetings=(
            Meeting(
                id=name("meeting"),
                parties=(one, other),
                date="2021-02-05",
                place=ATTACK,
                status=MeetingStatus.HELD,
                evidence=words,
                round=ATTACK,
                level=ATTACK,
            ),
        ),
        signals=(
            Signal(id=name("signal"), party=one, signal=SignalKind.RED_LINE, about=ATTACK, evidence=words),
        ),
        factions=(Faction(id=name("faction"), party=one, faction=ATTACK, position=ATTACK, evidence=words),),
    )
    return Reading(article=article.id, parties=parties, claims=claims, gaps=(), reader=f"test {ATTACK}")


def fill(case) -> tuple[Article, str]:
    """Put it into the record, decide on it and keep a sheet in the same words; an article and a demand."""
    case.store.retain([])
    articles = [hostile_article(n) for n in range(1, 5)]
    articles.append(hostile_article(5, "a long line without an end " * 8_000))
    for n, article in enumerate(articles):
        case.store.add(article, hostile_reading(article, n))
    record = case.record()
    party = next(one for one in record.parties if one.name.startswith("Ostania"))
    made = decisions.decide_item(case, LEAD, record.demands[0].id, Action.ACCEPT, reason=ATTACK)
    case.store.decide(undo(made, who=ATTACK, on="2031-01-01T00:00:00+00:00", reason=ATTACK))
    after = {"name": party.name + EMOJI}
    decisions.regroup_parties(case, LEAD, Action.RENAME_PARTY, party.id, after, reason=ATTACK)
    decisions.regroup_issues(case, LEAD, Action.CREATE, "", {"label": ATTACK}, reason=ATTACK)
    sheet = sheets.open_sheet(case)
    options = tuple(replace(one, text=ATTACK, note=ATTACK) for one in sheet.negotiation.options)
    talks = replace(sheet.negotiation, id=ATTACK, options=options)
    sheets.keep_sheet(case, LEAD, talks, sheet.version, reason=ATTACK)
    return articles[0], record.demands[0].id


def every_screen(live_desk, article: Article, demand: str) -> list[str]:
    """The address of every page, with what is in the record in every place of it."""
    record = live_desk.case.record()
    party, issue = record.demands[0].by, record.issues[0].id
    ids = {"article": article.id, "item": demand, "party": party, "issue": issue}
    tie = live_desk.case.record().statements[0]
    more = {
        "/agenda/evidence": f"?party={party}&issue={record.demands[0].issue or 'none'}",
        "/articles/{article}": f"?item={demand}",
        "/articles/{article}/new": "?start=3&end=30",
        "/issues/merge": f"?issue={issue}&issue={record.issues[1].id}",
        "/network/said": f"?speaker={tie.speaker}&target={tie.target}&who=parties",
        "/outcomes/evidence": f"?option={sheets.open_sheet(live_desk.case).negotiation.options[0].id}",
        "/parties/merge": f"?party={record.parties[0].id}&party={record.parties[1].id}",
        "/play/changes": "?since=2021-01-05",
        "/search": "?q=window.owned",
        "/timeline": "?view=table",
    }
    ids["promise"] = record.promises[0].id
    described = create_app(live_desk.case, live_desk.door).openapi()["paths"]
    paths = [path for path in described if "get" in described[path] and not path.startswith("/api/")]
    # Downloads, and what asks for a group or a merge that is not there.
    others = ("/agenda.csv", "/export/{form}", "/outcomes/negotiation.yaml", "/queue/like")
    others += ("/parties/{party}/split",)
    pages = [path.format(**ids) + more.get(path, "") for path in paths if path not in others]
    return [*pages, "/timeline", "/network?who=parties", "/parties?q=window", f"/queue?item={demand}"]


def is_complaint(said) -> bool:
    """An error of the page; a part of one, opened by itself, names no icon, and Chromium looks for one."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def test_every_screen_shows_a_hostile_record_as_text(live_desk):
    page = live_desk.page
    page.goto("/export")  # which asks for nothing while the record is put in
    article, demand = fill(live_desk.case)
    told, missing = set(), []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: missing.append(str(error)))
    page.on("console", lambda said: missing.append(said.text) if is_complaint(said) else None)
    for path in every_screen(live_desk, article, demand):
        answer = page.goto(path)
        assert answer.status == 200, (path, answer.status)
        assert page.evaluate("window.owned") is None, path
        assert page.locator("img[src='x'], script:not([src]), svg[onload], [onerror]").count() == 0, path
        if "window.owned" in page.locator("body").inner_text():
            told.add(path.split("?")[0])
        assert "49" not in page.title(), path
    assert missing == []
    assert {"/articles", "/queue", "/agenda", "/timeline", "/disputes", "/parties", "/outcomes"} <= told
    assert {"/outcomes/history", "/issues", "/network", "/search", f"/articles/{article.id}"} <= told


def test_what_was_turned_around_stays_in_its_own_words(live_desk):
    """Right-to-left text and its marks end with the words that hold them."""
    article, _ = fill(live_desk.case)
    page = live_desk.page
    page.goto(f"/articles/{article.id}")
    assert page.evaluate("document.getElementById('text').textContent") == article.text
    page.goto("/parties")
    name = page.locator("th bdi", has_text="Varda").first
    assert EMOJI in name.inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('th bdi')).unicodeBidi") == "isolate"
