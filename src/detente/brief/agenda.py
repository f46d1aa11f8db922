"""What each side asks: demands grouped by who asks whom for what, on which issue."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from detente.brief.context import shorten
from detente.brief.model import Cell, Line, Listing, Part, Row, Section, Table, Tone, Words
from detente.brief.names import breaks_off, counted, firmness, says_enough, sentence, squeeze, times
from detente.brief.notes import DOUBTFUL_BELOW, EXPECTED, Desk, capped, quiet, say, strong
from detente.claims import Demand
from detente.dates import When, earliest, in_words
from detente.evidence import Evidence
from detente.negotiation.asks import is_denied, is_own_intention, points_back, terms_of, whole_words
from detente.negotiation.camps import Names as Forms
from detente.negotiation.camps import forms_of
from detente.negotiation.phrases import imperative
from detente.record.model import Record
from detente.record.spelling import sentence_end
from detente.record.terms import containment
from detente.vocabulary import Genre

SAME_DEMAND: Final = 82.0
"""Token-set similarity, 0 to 100, from which two wordings of one side on one issue are one demand."""

SAME_SENSE: Final = 2 / 3
"""Share of the shorter wording's telling words, states left out, from which two are one demand too."""

SAME_ON_ISSUE: Final = 0.5
"""The same share within one issue: what a negotiation derived from the record makes one option of."""

LONGEST_DEED: Final = 130
"""Characters of a deed: a line of the page and half another."""

_CUT_OFF: Final = re.compile(
    r"(?:which|who|whose|that|and|or|but|if|as|than|is|are|was|were|be|being)\b", re.I
)
MOST_IN_CELL: Final = 5
MOST_COLUMNS: Final = 4
MOST_ISSUES: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One demand in all its tellings.

    Attributes:
        by: Camp that asks, or ``None``; ``of``: camp that is asked.
        what: Its shortest telling of three words or more.
        deed: What the asked party would do, in words that follow its name; ``None`` where the texts do not
            tell it so.
        firm: The firmest telling, 0 to 1.
        since: The earliest date it is told for, or ``None``.
        own: Whether the words only tell what the party means to do itself.
        opinion: Whether only opinion pieces tell it.
    """

    by: str | None
    of: str | None
    issue: str | None
    what: str
    deed: str | None
    tellings: tuple[Demand, ...]
    firm: float
    since: When | None
    own: bool = False
    opinion: bool = False

    @property
    def sure(self) -> float:
        """How surely its surest telling is read."""
        return max(telling.confidence for telling in self.tellings)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words of every telling, each once."""
        return tuple(dict.fromkeys(e for one in self.tellings for e in one.evidence))


@dataclass(frozen=True, slots=True)
class _Told:
    """A demand, and the stems of what it is about."""

    demand: Demand
    terms: frozenset[str]


@dataclass
class _Asks:
    """What one side asks of another, its tellings put to the first that is like each.

    Only asks of the same issue, or with a telling word in common, are compared: no other is alike.
    """

    held: list[list[_Told]] = field(default_factory=list)
    near: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def take(self, told: _Told) -> None:
        """Put the telling to its ask, or to one of its own."""
        marks = [*told.terms, f"issue {told.demand.issue}"]
        near = sorted({place for mark in marks for place in self.near.get(mark, ())})
        home = next((place for place in near if _alike(self.held[place][0], told)), None)
        if home is not None:
            self.held[home].append(told)
            return
        for mark in marks:
            self.near[mark].append(len(self.held))
        self.held.append([told])


def asked(record: Record) -> tuple[Asked, ...]:
    """Every demand, its tellings put together, the most often told first."""
    forms = Forms(record)
    groups: defaultdict[tuple[str | None, str | None], _Asks] = defaultdict(_Asks)
    for demand in record.demands:
        what = whole_words(record, demand)
        names = forms_of(record.party[demand.of]) if demand.of in record.party else ()
        deed = imperative(what, names, longest=LONGEST_DEED)
        told = _Told(demand, frozenset(terms_of(forms, deed or what)))
        groups[record.camp(demand.by), record.camp(demand.of)].take(told)
    found = [
        _put_together(record, *key, [told.demand for told in one])
        for key, asks in groups.items()
        for one in asks.held
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.evidence), -one.sure, -one.firm, one.what)))


def agenda(desk: Desk, camps: Sequence[str]) -> Section:
    """The section: how often each side asks on each issue, then each demand by issue and side."""
    found = asked(desk.record)
    told = tuple(one for one in found if one.deed is not None or _stands_alone(one.what))
    every = tuple(one for one in told if one.by is None or one.by != one.of)
    columns = _columns(every, camps)
    if not told:
        nothing = say("The texts tell of no demand.")
        return Section(key="agenda", title="The agenda: who asks what", blocks=(Listing(lines=(nothing,)),))
    issues = _issues([one for one in every if one.by in columns])
    shown = issues[:MOST_ISSUES]
    blocks: list[Table | Listing] = []
    if columns:
        blocks = [_heat(desk, every, shown, columns), _matrix(desk, every, shown, columns)]
    rest = [one for one in every if one.by not in columns or one.issue not in shown]
    if rest:
        lines = capped([full_line(desk, one) for one in rest], 12, "demand")
        blocks.append(Listing(heading="Asked by others, or by nobody named", lines=lines))
    inside = [full_line(desk, one) for one in told if one.by is not None and one.by == one.of]
    if inside:
        blocks.append(Listing(heading="Asked inside a camp", lines=capped(inside, 12, "demand")))
    blocks += _in_their_words(desk, every, shown, columns)
    if len(told) < len(found):
        left = counted(len(found) - len(told), "demand")
        blocks.append(Listing(lines=(say(quiet(f"Left out: {left} whose words say too little alone.")),)))
    lead = (
        "Each demand as the texts tell it, with how often and since when, and where it is more or less than "
        "plainly asked, how firmly. The stronger a square’s colour, the more often it is asked."
    )
    return Section(key="agenda", title="The agenda: who asks what", blocks=tuple(blocks), lead=lead)


def _stands_alone(words: str) -> bool:
    """Whether words that name no deed tell something all the same: not cut off at either end."""
    return says_enough(words, 4) and not breaks_off(words) and not _CUT_OFF.match(words)


def _columns(every: Sequence[Asked], camps: Sequence[str]) -> tuple[str, ...]:
    """The sides that ask enough to fill a column: the first two that ask, and others with a tenth of all."""
    asks = Counter(one.by for one in every)
    asking = [camp for camp in camps if asks[camp]]
    rest = [camp for camp in asking[2:] if asks[camp] >= max(2, len(every) / 10)]
    return tuple([*asking[:2], *rest][:MOST_COLUMNS])


def top_demands(every: Sequence[Asked], by: str, of: str | None, most: int = 2) -> tuple[Asked, ...]:
    """What ``by`` asks most, of ``of`` where given: one demand an issue, what is only expected left out.

    The issues come in the order of how much it asks on them, each telling counted by how surely it is read.
    """
    made = [one for one in every if one.by == by != one.of and of in (None, one.of) and _leads(one)]
    weight: dict[str, float] = {}
    for one in made:
        # What is on no issue named is an issue of its own.
        on = one.issue or one.what
        weight[on] = weight.get(on, 0.0) + sum(telling.confidence for telling in one.tellings)
    made.sort(key=lambda one: (-weight[one.issue or one.what], -len(one.evidence), -one.sure, -one.firm))
    firsts = {one.issue or one.what: one for one in reversed(made)}
    return tuple(firsts[on] for on in dict.fromkeys(one.issue or one.what for one in made))[:most]


def wanted(one: Asked, most: int = 170) -> tuple[Part, ...]:
    """The thing wanted: as a deed of who is asked, or else in quotation marks as the text has it.

    What the reader cut short ("halt all involvement in …") is told on from the text, to ``most`` characters.
    """
    if one.deed is not None:
        return (Words(squeeze(one.deed)),)
    words = squeeze(one.what)
    bare = words.removesuffix("…").rstrip()
    bare = bare[: sentence_end(bare)].rstrip()
    quote = next((e.quote for e in one.evidence if bare and bare in e.quote), None)
    if quote is None:
        return (Words(words),)
    whole = quote[quote.index(bare) :] if words.endswith("…") else bare
    shown, was_cut = shorten(whole, most)
    return (Words("“"), Words(shown, Tone.QUOTE), Words("…”" if was_cut else "”"))


def how_often(desk: Desk, one: Asked) -> str:
    """How often, how firmly and since when, in words."""
    stories = desk.stories(one.evidence)
    often = times(len(one.evidence)) + (f" in {counted(stories, 'article')}" if stories > 1 else "")
    since = f", {_dated(one)}" if one.since else ""
    firm = firmness(one.firm)
    return f"{firm}, {often}{since}" if firm else f"{often}{since}"


def _dated(one: Asked) -> str:
    """When it is told for: of what is told once, only the day."""
    day = in_words(one.since)
    if len(one.evidence) > 1:
        return f"since {day}"
    return f"on {day}" if one.since and len(one.since) == len("2007-05-28") else f"in {day}"


def issue_label(desk: Desk, issue: str | None) -> str:
    """An issue's label; what stands on no issue is said to."""
    known = desk.record.issue.get(issue) if issue else None
    return squeeze(known.label) if known else "no issue named"


def _heat(desk: Desk, every: Sequence[Asked], issues: Sequence[str | None], columns: Sequence[str]) -> Table:
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for one in every:
        counts[one.issue, one.by] += len(one.evidence)
    # What stands on no issue is many things: it is counted, and does not set the scale.
    most = max((counts[issue, camp] for issue in issues if issue for camp in columns), default=1)
    rows = tuple(
        Row(
            head=say(sentence(issue_label(desk, issue))),
            cells=tuple(_heat_cell(counts[issue, camp], most if issue else 0) for camp in columns),
        )
        for issue in issues
    )
    heads = tuple(f"{desk.names.plain(camp)} {desk.names.verb(camp, 'asks')}" for camp in columns)
    return Table(caption="How often each side asks, by issue", columns=("Issue", *heads), rows=rows)


def _heat_cell(count: int, most: int) -> Cell:
    shade = 0 if not (count and most) else 1 + round(4 * (count - 1) / max(1, most - 1))
    return Cell(lines=(say(str(count) if count else "–"),), shade=shade)


def _matrix(
    desk: Desk, every: Sequence[Asked], issues: Sequence[str | None], columns: Sequence[str]
) -> Table:
    usual = {camp: _usual(every, camp) for camp in columns}
    rows = []
    for issue in issues:
        here = [one for one in every if one.issue == issue]
        cells = tuple(
            Cell(
                lines=capped(
                    [_cell_line(desk, one, usual[camp]) for one in _shown([o for o in here if o.by == camp])],
                    MOST_IN_CELL,
                    "demand",
                )
            )
            for camp in columns
        )
        if any(cell.lines for cell in cells):
            rows.append(Row(head=say(strong(sentence(issue_label(desk, issue)))), cells=cells))
    heads = tuple(_head(desk, camp, usual[camp]) for camp in columns)
    return Table(caption="Each demand, by issue and side", columns=("Issue", *heads), rows=tuple(rows))


def _shown(cell: Sequence[Asked]) -> list[Asked]:
    """The demands that a cell holds: those that name a deed; where there are none, words that name none."""
    deeds = [one for one in cell if one.deed is not None]
    return deeds or [one for one in cell if one.issue is not None]


def _in_their_words(
    desk: Desk, every: Sequence[Asked], issues: Sequence[str | None], columns: Sequence[str]
) -> list[Listing]:
    """What the sides' cells leave out, as it names no deed."""
    cells: defaultdict[tuple[str | None, str | None], list[Asked]] = defaultdict(list)
    for one in every:
        if one.by in columns and one.issue in issues:
            cells[one.issue, one.by].append(one)
    left = [one for cell in cells.values() for one in cell if one not in _shown(cell)]
    if not left:
        return []
    lines = capped([full_line(desk, one) for one in left], 8, "demand")
    return [Listing(heading="Asked in words that name no deed", lines=lines)]


def _usual(every: Sequence[Asked], camp: str) -> str | None:
    asked_of = Counter(one.of for one in every if one.by == camp and one.of)
    return max(asked_of, key=lambda of: (asked_of[of], of), default=None)


def _head(desk: Desk, camp: str, usual: str | None) -> str:
    return f"{desk.names.plain(camp)} {desk.names.verb(camp, 'asks')}" + (
        f" of {desk.names.party(usual)}" if usual else ""
    )


def _cell_line(desk: Desk, one: Asked, usual: str | None) -> Line:
    whom = desk.names.party(one.of) if one.of else "nobody named"
    asks = f"of {whom}: " if one.of != usual else ""
    return say(
        quiet(asks),
        *wanted(one),
        quiet(f" ({how_often(desk, one)})"),
        desk.cite(one.evidence),
        marks=desk.marks(*one.tellings),
        of=one.tellings,
    )


def full_line(desk: Desk, one: Asked) -> Line:
    """A demand in a line of its own: who asks whom for what, how often, on which issue."""
    who = (
        f"{sentence(desk.names.party(one.by))} {desk.names.verb(one.by, 'asks')}"
        if one.by
        else "Somebody asks"
    )
    return say(
        f"{who} of {desk.names.party(one.of) if one.of else 'nobody named'}: ",
        *wanted(one),
        quiet(f" ({how_often(desk, one)}; {issue_label(desk, one.issue)})"),
        desk.cite(one.evidence),
        marks=desk.marks(*one.tellings),
        of=one.tellings,
    )


def _issues(every: Sequence[Asked]) -> list[str | None]:
    weight: Counter[str | None] = Counter()
    for one in every:
        weight[one.issue] += len(one.evidence)
    return sorted(weight, key=lambda issue: (issue is None, -weight[issue], issue or ""))


def _put_together(record: Record, by: str | None, of: str | None, tellings: Sequence[Demand]) -> Asked:
    issues = Counter(one.issue for one in tellings if one.issue is not None)
    long_enough = [one.what for one in tellings if len(one.what.split()) >= 3]
    dates = [when for one in tellings if (when := _told_on(record, one))]
    return Asked(
        by=by,
        of=of,
        issue=max(issues, key=lambda issue: (issues[issue], issue), default=None),
        what=min(long_enough or [tellings[0].what], key=len),
        deed=_deed(record, of, tellings),
        tellings=tuple(tellings),
        firm=max(one.firm for one in tellings),
        since=min(dates, key=earliest, default=None),
        own=all(is_own_intention(record, one) for one in tellings),
        opinion=all(_in_opinion(record, one) for one in tellings),
    )


def _in_opinion(record: Record, demand: Demand) -> bool:
    articles = (record.article.get(words.article) for words in demand.evidence)
    return all(article is not None and article.genre is Genre.OPINION for article in articles)


def _deed(record: Record, of: str | None, tellings: Sequence[Demand]) -> str | None:
    """The surest telling that says what is to be done; a demand not to do is told as the text tells it."""
    asked_of = {of, *(telling.of for telling in tellings)}
    names = [
        name for party in asked_of if party in record.party for name in forms_of(record.party[str(party)])
    ]
    for telling in sorted(tellings, key=lambda one: (points_back(one.what), -one.confidence)):
        if is_denied(telling) or is_own_intention(record, telling):
            continue
        deed = imperative(whole_words(record, telling), names, longest=LONGEST_DEED)
        if deed is not None and says_enough(deed):
            return deed
    return None


def _told_on(record: Record, demand: Demand) -> When | None:
    if demand.when:
        return demand.when
    articles = (record.article.get(e.article) for e in demand.evidence)
    dates = [article.published for article in articles if article and article.published]
    return min(dates, key=earliest, default=None)


def _leads(one: Asked) -> bool:
    """Whether it may stand in the state of play: made, not expected; read well; in words that say enough."""
    made = any(not EXPECTED & set(telling.modality) for telling in one.tellings)
    return made and one.sure >= DOUBTFUL_BELOW and one.deed is not None and not one.opinion


def _alike(one: _Told, other: _Told) -> bool:
    """Whether two demands of one side on another are the same thing wanted."""
    if is_denied(one.demand) != is_denied(other.demand):
        return False
    if one.demand.issue == other.demand.issue and one.demand.issue is not None:
        words = fuzz.token_set_ratio(one.demand.what.lower(), other.demand.what.lower())
        if words >= SAME_DEMAND:
            return True
    shared, share = len(one.terms & other.terms), containment(one.terms, other.terms)
    if one.demand.issue is not None and one.demand.issue == other.demand.issue:
        if share < SAME_ON_ISSUE:
            return False
    elif not one.terms or not (one.terms == other.terms or (shared >= 2 and share >= SAME_SENSE)):
        return False
    figures, others = _figures(one.demand.what), _figures(other.demand.what)
    return figures <= others or others <= figures


def _figures(words: str) -> frozenset[str]:
    """Words with a figure in them: berth 7 is not berth 9."""
    return frozenset(word for word in words.lower().split() if any(c.isdigit() for c in word))
