"""A record becomes a negotiation: options from what is asked, weights from how, tables from roles.

Law: every option, weight and position carries the ids of the claims it rests on; what no text states is
marked as inferred, and its range is wide. Everything is open to the analyst's hand.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from detente.errors import NotEnoughEvidence
from detente.negotiation.asks import Ask, Kind, find_asks
from detente.negotiation.camps import Cast, Home, Names, find_cast, is_general
from detente.negotiation.expressions import KEYWORDS
from detente.negotiation.model import (
    Negotiation,
    NegotiationIssue,
    NegotiationParty,
    Option,
    Range,
    RedLine,
    Table,
    Weights,
)
from detente.negotiation.standpoints import find_issue
from detente.negotiation.wants import Want, camp_want, home_want, signals_of
from detente.record.lists import word_list
from detente.record.model import Record
from detente.record.names import words_of
from detente.vocabulary import PartyKind, SignalKind

# 2^12 states are read and run in an instant; more options than a page holds are not read at all.
_MOST_OPTIONS: Final = 12
_MOST_PARTIES: Final = 7
_PER_PARTY: Final = 6
# Claims named under a party or a table: enough to look it up by, few enough to read past.
_MOST_EVIDENCE: Final = 6
_LONGEST_NOTE: Final = 120
# A second option on one issue must press this much more to displace the first of another.
_AGAIN: Final = 0.6
# Power by kind of party, since no text states it: wide, and said so in the party's note.
_CAPABILITY: Final[Mapping[PartyKind | None, Range]] = {
    PartyKind.STATE: Range(40, 100),
    PartyKind.GOVERNMENT_BODY: Range(20, 60),
    PartyKind.INTERNATIONAL_BODY: Range(10, 40),
    PartyKind.ARMED_GROUP: Range(5, 30),
    PartyKind.ORGANIZATION: Range(5, 20),
    None: Range(10, 40),
}
_GUESSED: Final = "capability by kind of party; no text states it"
_STANCES: Final = {-1: "opponents of the talks", 1: "supporters of the talks"}


def derive_negotiation(record: Record) -> Negotiation:
    """The negotiation that a record shows.

    Raises:
        NotEnoughEvidence: No two parties deal with each other, or nothing is asked, promised or proposed.
    """
    cast = find_cast(record)
    found = find_asks(record, cast)
    camps = _sitting(record, cast, found)
    asks = _chosen(record, [ask for ask in found if ask.of in camps and _concerns(ask, camps)], cast)
    if not asks:
        raise NotEnoughEvidence(
            "The record shows nothing that one party asks of another, promises or proposes: read more "
            "articles, or write the negotiation file by hand."
        )
    camps = tuple(c for c in camps if c in (*cast.main, cast.host) or _plays(record, cast, c, asks))
    ids = {camp: _slug(record.party[camp].name) for camp in camps}
    homes = {_home_id(ids, home): home for home in cast.homes[: _MOST_PARTIES - len(camps)]}
    issues = _issue_ids(record, asks)
    options, by_option = _options(record, asks, ids, issues)
    preferences = _preferences(record, cast, ids, homes, by_option)
    return Negotiation(
        id="-".join(ids[camp] for camp in cast.main),
        on=_today(record),
        parties=tuple(_parties(record, cast, ids, homes, by_option)),
        options=options,
        status_quo="0" * len(options),
        preferences=preferences,
        issues=tuple(
            _issues(
                record,
                cast.names,
                issues=issues,
                options=options,
                under=by_option,
                preferences=preferences,
                ids=ids,
            )
        ),
        tables=tuple(_tables(record, cast, ids)),
        red_lines=tuple(_red_lines(record, cast.names, ids, by_option)),
    )


def _pressing(spoken: Counter[str], ask: Ask, cast: Cast) -> float:
    """Its weight; what the main camps ask of each other, and issues much spoken of, count more."""
    most = max(spoken.values(), default=1)
    between = 1.5 if ask.of in cast.main and set(ask.askers) & set(cast.main) else 1.0
    return ask.weight * between * (1 + 0.5 * (spoken[ask.issue] if ask.issue else 0) / most)


def _sitting(record: Record, cast: Cast, asks: Sequence[Ask]) -> tuple[str, ...]:
    """Camps that become parties: the two main ones, the host, who does or asks most, groups at stake."""
    heard: dict[str, float] = {}
    for ask in asks:
        for camp in (ask.of, *ask.askers):
            heard[camp] = heard.get(camp, 0.0) + ask.weight
        outside = {PartyKind.ARMED_GROUP, PartyKind.INTERNATIONAL_BODY}
        for party in cast.names.mentioned(f"{ask.text} {' '.join(t.what for t in ask.tellings)}", outside):
            heard[party] = heard.get(party, 0.0) + ask.weight
    first = [*cast.main, *([cast.host] if cast.host else [])]
    rest = sorted((c for c in heard if c not in first and _counts(record, c, asks)), key=lambda c: -heard[c])
    # Of groups named by their sort alone ("rebels", "the militias") one stands for all.
    sorts = [camp for camp in rest if is_general(record.party[camp])]
    rest = [camp for camp in rest if camp not in sorts[1:]]
    # Two seats are kept for those at home who would have to let a deal pass.
    room = _MOST_PARTIES - min(2, len(cast.homes)) - len(first)
    return tuple([*first, *(camp for camp in rest if camp in record.party)][: len(first) + room])


def _counts(record: Record, camp: str, asks: Sequence[Ask]) -> bool:
    """States, armed groups and international bodies count at once, others when heard in two articles."""
    if camp not in record.party:
        return False
    if record.party[camp].kind in {PartyKind.STATE, PartyKind.ARMED_GROUP, PartyKind.INTERNATIONAL_BODY}:
        return True
    return len({t.at[0] for ask in asks for t in ask.tellings if camp in (t.by, t.of)}) >= 2


def _plays(record: Record, cast: Cast, camp: str, asks: Sequence[Ask]) -> bool:
    """Whether a camp can do something of what is asked, or cares about it."""
    return any(ask.of == camp or camp_want(record, cast, camp, ask) is not None for ask in asks)


def _concerns(ask: Ask, camps: Sequence[str]) -> bool:
    """Whether somebody who sits wants it."""
    return any(camp in camps for camp in ask.askers)


def _chosen(record: Record, asks: Sequence[Ask], cast: Cast) -> tuple[Ask, ...]:
    """The most pressing; each further one that the same party is asked on the same issue presses less."""
    issues = (getattr(claim, "issue", None) for _, claim in record.claims())
    spoken = Counter(issue for issue in issues if issue is not None)
    pressing = {ask: _pressing(spoken, ask, cast) for ask in asks}
    chosen: list[Ask] = []
    while len(chosen) < _MOST_OPTIONS:
        full = {of for of, count in Counter(ask.of for ask in chosen).items() if count >= _PER_PARTY}
        again = Counter((ask.of, ask.issue) for ask in chosen)
        left = {
            ask: value * _AGAIN ** again[ask.of, ask.issue]
            for ask, value in pressing.items()
            if ask not in chosen and ask.of not in full
        }
        if not left:
            break
        chosen.append(max(left, key=lambda ask: left[ask]))
    return tuple(chosen)


def _asked_in_words(record: Record, ask: Ask) -> str:
    """Who asks for it or promises it, when, and in which words: what a person wants to see who edits it."""
    first = max(ask.tellings, key=lambda told: (told.kind is Kind.DEMAND, told.confidence, told.id))
    whom = record.party[first.by].name if first.by in record.party else None
    told = {Kind.DEMAND: "asked by", Kind.PROMISE: "promised to", Kind.PROPOSAL: "proposed by"}[first.kind]
    who = f"{told} {whom}" if whom else told.split()[0]
    when = f", {first.at[1]}" if first.at[1] else ""
    times = f", told {len(ask.tellings)} times" if len(ask.tellings) > 1 else ""
    words = " ".join(first.what.split())
    cut = f"{words[:_LONGEST_NOTE].rsplit(' ', 1)[0]} …" if len(words) > _LONGEST_NOTE else words
    return f"{who}{when}{times}: “{cut}”"


def _options(
    record: Record, asks: Sequence[Ask], ids: Mapping[str, str], issues: Mapping[str, str]
) -> tuple[tuple[Option, ...], dict[str, Ask]]:
    """Options in order of who would do them, and the ask under each."""
    order = {camp: place for place, camp in enumerate(ids)}
    options: list[Option] = []
    under: dict[str, Ask] = {}
    for ask in sorted(asks, key=lambda ask: order[ask.of]):
        name = _unused(_short(ask.text), {*under, *KEYWORDS})
        under[name] = ask
        options.append(
            Option(
                id=name,
                by=ids[ask.of],
                text=ask.text,
                issue=issues.get(ask.issue) if ask.issue else None,
                evidence=ask.evidence,
                note=_asked_in_words(record, ask),
            )
        )
    return tuple(options), under


def _preferences(
    record: Record,
    cast: Cast,
    ids: Mapping[str, str],
    homes: Mapping[str, Home],
    under: Mapping[str, Ask],
) -> dict[str, Weights]:
    found: dict[str, Weights] = {}
    for camp, party in ids.items():
        wants = {option: camp_want(record, cast, camp, ask) for option, ask in under.items()}
        found[party] = _weights(wants)
    for party, home in homes.items():
        found[party] = _weights({option: home_want(home, ask) for option, ask in under.items()})
    return found


def _weights(wants: Mapping[str, Want | None]) -> Weights:
    told = {option: want for option, want in wants.items() if want is not None}
    return Weights(
        values={option: want.range for option, want in told.items()},
        evidence={option: want.evidence for option, want in told.items() if want.evidence},
        inferred=frozenset(option for option, want in told.items() if want.inferred),
    )


def _parties(
    record: Record,
    cast: Cast,
    ids: Mapping[str, str],
    homes: Mapping[str, Home],
    under: Mapping[str, Ask],
) -> Iterable[NegotiationParty]:
    for camp, party in ids.items():
        claims = [e for ask in under.values() if camp in (ask.of, *ask.askers) for e in ask.evidence]
        claims += cast.meetings.get(camp, ())[:_MOST_EVIDENCE]
        yield NegotiationParty(
            id=party,
            name=record.party[camp].name,
            capability=_CAPABILITY[record.party[camp].kind],
            evidence=tuple(dict.fromkeys(claims))[:_MOST_EVIDENCE],
            note=_GUESSED,
        )
    for party, home in homes.items():
        called = ", ".join(home.names[:3])
        yield NegotiationParty(
            id=party,
            name=f"{record.party[home.camp].name}: {_STANCES[home.stance]}",
            capability=_CAPABILITY[None],
            evidence=home.evidence,
            note=f"at home: {called}; {_GUESSED}",
        )


def _issues(
    record: Record,
    names: Names,
    *,
    issues: Mapping[str, str],
    options: Sequence[Option],
    under: Mapping[str, Ask],
    preferences: Mapping[str, Weights],
    ids: Mapping[str, str],
) -> Iterable[NegotiationIssue]:
    camps = {party: camp for camp, party in ids.items()}
    for issue, name in issues.items():
        held = [option for option in options if option.issue == name]
        if held:
            yield find_issue(
                record,
                names,
                id=name,
                label=record.issue[issue].label,
                options=sorted(held, key=lambda option: -under[option.id].weight),
                asks=under,
                preferences=preferences,
                camps=camps,
            )


def _issue_ids(record: Record, asks: Sequence[Ask]) -> dict[str, str]:
    """Short names of the issues that the options stand under, by the record's id."""
    names: dict[str, str] = {}
    for ask in asks:
        if ask.issue in record.issue and ask.issue not in names:
            names[str(ask.issue)] = _unused(_short(record.issue[str(ask.issue)].label), set(names.values()))
    return names


def _tables(record: Record, cast: Cast, ids: Mapping[str, str]) -> Iterable[Table]:
    """Who could sit where: the two alone, with the host, with a group outside, with a guarantor."""
    one, other = (ids[camp] for camp in cast.main)
    names = [record.party[camp].name for camp in cast.main]
    both = _both(cast)[:_MOST_EVIDENCE]
    yield Table(id="bilateral", parties=(one, other), label=" and ".join(names), evidence=both)
    for camp, party in ids.items():
        if camp not in cast.main:
            kind = record.party[camp].kind
            role = "host" if camp == cast.host else _ROLES.get(kind, "third party")
            yield Table(
                id=f"with-{party}",
                parties=(one, other, party),
                label=f"{', '.join(names)} and {record.party[camp].name} ({role})",
                evidence=cast.meetings.get(camp, ())[:_MOST_EVIDENCE],
            )
    if len(ids) > 3:
        yield Table(id="everybody", parties=tuple(ids.values()), label="everybody but those at home")


def _both(cast: Cast) -> tuple[str, ...]:
    """Ids of the meetings in which both main camps sit."""
    one, other = (cast.meetings.get(camp, ()) for camp in cast.main)
    return tuple(meeting for meeting in one if meeting in other)


_ROLES: Final[Mapping[PartyKind, str]] = {
    PartyKind.ARMED_GROUP: "armed group",
    PartyKind.INTERNATIONAL_BODY: "guarantor",
    PartyKind.ORGANIZATION: "organization",
}


def _red_lines(
    record: Record, names: Names, ids: Mapping[str, str], under: Mapping[str, Ask]
) -> Iterable[RedLine]:
    """What a camp says it will never do, where one of the options is just that."""
    for option, ask in under.items():
        lines = [s for s in signals_of(record, names, ask.of, ask) if s.signal is SignalKind.RED_LINE]
        if lines:
            yield RedLine(party=ids[ask.of], condition=f"not {option}", evidence=tuple(s.id for s in lines))


def _today(record: Record) -> str | None:
    """The day of the latest article whose date is known."""
    return max((a.published for a in record.articles if a.published), default=None)


def _home_id(ids: Mapping[str, str], home: Home) -> str:
    return f"{ids[home.camp]}-{'against' if home.stance < 0 else 'for'}"


def _short(words: str) -> str:
    """Up to four telling words as an id: "release-five-engineers"."""
    stop = word_list("stopwords")
    told = [word for word in words_of(words) if word not in stop] or list(words_of(words))
    return _slug(" ".join(told[:4]))


def _slug(words: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", " ".join(words_of(words))).strip("-") or "x"
    return slug if slug[0].isalpha() else f"x-{slug}"


def _unused(name: str, taken: Iterable[str]) -> str:
    known, number, free = set(taken), 2, name
    while free in known:
        free, number = f"{name}-{number}", number + 1
    return free
