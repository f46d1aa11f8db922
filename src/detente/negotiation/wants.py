"""Who wants each option how much, as ranges: what is told often and firmly weighs more, with less doubt.

Weights run from -100 to 100. Law: a weight that no claim states is marked as inferred, and carries the
claims it is inferred from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from detente.claims import Signal
from detente.negotiation.asks import Ask, Kind, Telling, terms_of
from detente.negotiation.camps import (
    Cast,
    Home,
    Names,
    is_general,
    name_pattern,
    standing,
    standing_camp,
)
from detente.negotiation.model import Range
from detente.record.model import Record
from detente.record.terms import content_terms
from detente.vocabulary import Act, PartyKind, SignalKind

# What it costs a camp to do what another asks, by what it signals. Nobody prints such figures: the order
# is the claim (a red line costs more than firmness, that more than silence), the ranges are wide.
_COST: Final[Mapping[SignalKind | None, Range]] = {
    SignalKind.RED_LINE: Range(-100, -60),
    SignalKind.FIRM: Range(-80, -40),
    SignalKind.KEY: Range(-70, -30),
    None: Range(-60, -15),
    SignalKind.FLEXIBLE: Range(-30, 5),
}
_PROMISED: Final = Range(-25, 5)
# What an armed group fears of a deed that two others ask of each other about it.
_AT_STAKE: Final = Range(-100, -50)
_HOST_TALKS, _HOST_ELSE = Range(20, 60), Range(0, 20)
# What opponents and friends of the talks at home make of a concession by their camp, and of a gain.
_CONCESSION: Final[Mapping[int, Range]] = {-1: Range(-90, -40), 1: Range(-30, 15)}
# Meetings named under what a host makes of talks.
_MOST_MEETINGS: Final = 3
_GAIN: Final[Mapping[int, Range]] = {-1: Range(0, 25), 1: Range(15, 50)}
_TALKS: Final = frozenset(
    content_terms("talks meeting dialogue negotiation mechanism round session committee channel conference")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """What an option is worth to one party.

    Attributes:
        inferred: Whether no text states it.
        evidence: Ids of the claims it rests on.
    """

    range: Range
    inferred: bool
    evidence: tuple[str, ...]


def camp_want(record: Record, cast: Cast, camp: str, ask: Ask) -> Want | None:
    """What a camp makes of an option; ``None`` where nothing tells."""
    if camp == ask.of:
        return _doers_want(record, cast.names, camp, ask)
    voiced = [t for t in ask.tellings if t.by == camp]
    if voiced:
        return _askers_want(record, cast.names, camp, ask, voiced)
    if _is_at_stake(record, cast.names, camp, ask):
        return Want(range=_AT_STAKE, inferred=True, evidence=ask.evidence)
    if camp == cast.host:
        meetings = cast.meetings.get(camp, ())[:_MOST_MEETINGS]
        if _TALKS & set(content_terms(ask.text)):
            return Want(range=_HOST_TALKS, inferred=True, evidence=meetings)
        if name_pattern(record.party[camp]).search(" ".join(t.what for t in ask.tellings)):
            return Want(range=_HOST_ELSE, inferred=True, evidence=ask.evidence)
    return None


def home_want(home: Home, ask: Ask) -> Want | None:
    """What a current at home makes of an option: of a concession by its camp, or of a gain."""
    if ask.of == home.camp:
        return Want(range=_CONCESSION[home.stance], inferred=True, evidence=home.evidence)
    if home.camp in ask.askers:
        return Want(range=_GAIN[home.stance], inferred=True, evidence=home.evidence)
    return None


def signals_of(record: Record, names: Names, camp: str, ask: Ask) -> tuple[Signal, ...]:
    """A camp's signals on the thing: on the same issue, or with words in common where none is named."""
    about = {term for telling in ask.tellings for term in telling.terms}
    found = []
    for signal in standing(record.signals):
        if standing_camp(record, signal.party) != camp or _is_faction(record, camp, signal.party):
            continue
        words = " ".join([signal.about or "", *(e.quote for e in signal.evidence)])
        same_issue = signal.issue is not None and signal.issue == ask.issue
        if same_issue or len(about & set(terms_of(names, words))) >= 2:
            found.append(signal)
    return tuple(found)


def strongest(signals: Sequence[Signal]) -> SignalKind | None:
    """What the signals come to: a red line before firmness; a flexible word softens firmness to silence."""
    kinds = {signal.signal for signal in signals}
    if SignalKind.RED_LINE in kinds:
        return SignalKind.RED_LINE
    if SignalKind.FLEXIBLE in kinds:
        return None if SignalKind.FIRM in kinds else SignalKind.FLEXIBLE
    if SignalKind.FIRM in kinds:
        return SignalKind.FIRM
    return SignalKind.KEY if SignalKind.KEY in kinds else None


def refusals(record: Record, names: Names, camp: str, ask: Ask) -> tuple[str, ...]:
    """Ids of statements in which the camp refuses it: words in common, fewer within one issue."""
    about = {term for telling in ask.tellings for term in telling.terms}
    found = []
    for statement in standing(record.statements):
        if statement.act is not Act.REFUSAL:
            continue
        shared = len(about & set(terms_of(names, statement.evidence[0].quote)))
        same_issue = statement.issue is not None and statement.issue == ask.issue
        speaks = standing_camp(record, statement.affiliation or statement.speaker) == camp
        if speaks and shared >= (1 if same_issue else 2):
            found.append(statement.id)
    return tuple(found)


def _doers_want(record: Record, names: Names, camp: str, ask: Ask) -> Want:
    """What doing it is to the camp that would: a cost, the less the more it has shown itself ready."""
    promises = tuple(t.id for t in ask.tellings if t.kind is Kind.PROMISE)
    signals = signals_of(record, names, camp, ask)
    refused = refusals(record, names, camp, ask)
    kind = strongest(signals)
    if refused and kind in {None, SignalKind.KEY}:
        kind = SignalKind.FIRM
    if promises and kind in {None, SignalKind.FLEXIBLE, SignalKind.KEY}:
        return Want(range=_PROMISED, inferred=False, evidence=promises)
    evidence = (*(s.id for s in signals), *refused)
    return Want(range=_COST[kind], inferred=not evidence, evidence=evidence or ask.evidence)


def _askers_want(record: Record, names: Names, camp: str, ask: Ask, voiced: Sequence[Telling]) -> Want:
    """What it is worth to the camp that asks for it: more when told often, firmly, or called the key."""
    articles = {t.at[0] for t in voiced}
    firm = max(t.firm for t in voiced)
    kinds = {signal.signal for signal in signals_of(record, names, camp, ask)}
    key = bool(kinds & {SignalKind.KEY, SignalKind.RED_LINE, SignalKind.FIRM})
    middle = 20 + 40 * firm + 10 * min(len(articles) - 1, 2) + (15 if key else 0)
    middle -= 10 if SignalKind.FLEXIBLE in kinds and not key else 0
    middle = min(90.0, max(15.0, middle))
    sure = max(t.confidence for t in voiced)
    spread = (10 + 20 * (1 - sure)) / len(articles) ** 0.5
    low, high = round(max(1.0, middle - spread)), round(min(100.0, middle + spread))
    return Want(range=Range(low, high), inferred=False, evidence=tuple(t.id for t in voiced))


def _is_at_stake(record: Record, names: Names, camp: str, ask: Ask) -> bool:
    """Whether the option is about this armed group; "militias" in general only where none is named."""
    words = " ".join([ask.text, *(telling.what for telling in ask.tellings)])
    groups = [record.party[one] for one in names.mentioned(words, {PartyKind.ARMED_GROUP})]
    named = {group.id for group in groups if not is_general(group)}
    if named or camp not in record.party:
        return camp in named
    return bool(groups) and is_general(record.party[camp])


def _is_faction(record: Record, camp: str, party: str | None) -> bool:
    """Whether somebody within the camp is told of as a current of its own, and so does not speak for it."""
    if party is None or party == camp:
        return False
    name = record.party[party].name.casefold()
    return any(f.party == camp and f.faction.casefold() == name for f in record.factions)
