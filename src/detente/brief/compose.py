"""A record becomes a brief: what an analyst would hand on, every line with its words.

Pure: the same record, negotiation and findings give the same brief.
"""

from detente.brief.agenda import agenda
from detente.brief.camps import factions, signals
from detente.brief.course import course
from detente.brief.findings import Findings
from detente.brief.holds import holds, in_a_sentence
from detente.brief.model import Brief, Section
from detente.brief.names import counted, listed, number, sentence
from detente.brief.notes import Desk
from detente.brief.numbering import numbers_in, renumber
from detente.brief.play import state_of_play
from detente.brief.quarrels import charges, contradictions
from detente.brief.rounds import meetings
from detente.brief.sides import sides
from detente.brief.undertakings import promises, proposals
from detente.brief.voices import not_read, voices
from detente.dates import earliest, in_words, latest
from detente.negotiation.model import Negotiation
from detente.record.model import Record

_METHOD = (
    (
        "Detente read the articles named at the end and wrote down who says what, word for word. "
        "Every line leads to the words it rests on; open the number after it."
    ),
    (
        "Nothing here is told as a fact: a line says what somebody said, or what an article tells. "
        "Who is meant, what a sentence does and what belongs together was read by machine; it can be wrong. "
        "Where Detente concludes something that no text says, the line is marked “inferred”."
    ),
)


def compose(
    record: Record, negotiation: Negotiation | None = None, findings: Findings | None = None
) -> Brief:
    """The brief of a record.

    Args:
        record: Everything read; rejected items are left out.
        negotiation: The system derived from it, for what could hold; ``None``: that section is left out.
        findings: What the analyses found on that negotiation; ``None``: the same.
    """
    shown = record.standing()
    desk = Desk(shown)
    camps = sides(shown)
    found = findings or Findings()
    written: list[Section | None] = [
        state_of_play(desk, camps, in_a_sentence(desk, negotiation, found)),
        agenda(desk, camps),
        charges(desk),
        promises(desk),
        course(desk, camps),
        meetings(desk),
        factions(desk, camps),
        signals(desk, camps),
        proposals(desk),
        holds(desk, negotiation, found),
        contradictions(desk),
        voices(desk, camps),
        not_read(desk),
    ]
    kept = tuple(section for section in written if section is not None)
    sections, notes = renumber(kept, desk.notes(numbers_in(kept)))
    return Brief(
        title=_title(desk, camps),
        covers=_covers(shown),
        method=_METHOD,
        sections=sections,
        notes=notes,
        sources=desk.sources,
    )


def _title(desk: Desk, camps: tuple[str, ...]) -> str:
    if len(camps) < 2:
        return "A negotiation in the news"
    pair = listed(desk.names.party(camp) for camp in camps[:2])
    return f"{sentence(pair)}: where the talks stand"


def _covers(record: Record) -> str:
    dates = [article.published for article in record.articles if article.published]
    span, undated = "", len(record.articles) - len(dates)
    if dates:
        first, last = min(dates, key=earliest), max(dates, key=latest)
        span = f" of {in_words(first)}" if first == last else f" from {in_words(first)} to {in_words(last)}"
        span += f" ({number(undated)} without a date)" if undated else ""
    counts = listed(
        f"{len(claims)} {noun}{'' if len(claims) == 1 else 's'}"
        for claims, noun in (
            (record.statements, "statement"),
            (record.demands, "demand"),
            (record.promises, "promise"),
            (record.disputes, "dispute"),
        )
    )
    unread = len(record.unread)
    lost = f" {sentence(counted(unread, 'file'))} could not be read." if unread else ""
    return sentence(f"{counted(len(record.articles), 'article')}{span}: {counts}.{lost}")
