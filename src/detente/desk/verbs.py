"""What is done, as a verb after its subject: "accuses Norland", "talks with Norland"."""

from collections.abc import Mapping
from typing import Final

from detente.vocabulary import Act, EventType, MeetingStatus, Modality, SignalKind

# The verb, then the word before whom it is done to.
_DEEDS: Final[Mapping[EventType, tuple[str, str]]] = {
    EventType.AGREE: ("agrees", "with"),
    EventType.CONSULT: ("talks", "with"),
    EventType.SUPPORT: ("supports", ""),
    EventType.CONCEDE: ("gives way", "to"),
    EventType.COOPERATE: ("works", "with"),
    EventType.AID: ("aids", ""),
    EventType.RETREAT: ("steps back", "before"),
    EventType.REQUEST: ("makes a request", "to"),
    EventType.ACCUSE: ("accuses", ""),
    EventType.REJECT: ("refuses", ""),
    EventType.THREATEN: ("threatens", ""),
    EventType.PROTEST: ("protests", "against"),
    EventType.SANCTION: ("sanctions", ""),
    EventType.MOBILIZE: ("shows force", "to"),
    EventType.COERCE: ("coerces", ""),
    EventType.ASSAULT: ("attacks", ""),
}
_ACTS: Final[Mapping[Act, tuple[str, str]]] = {
    Act.DEMAND: ("makes a demand", "of"),
    Act.OFFER: ("makes an offer", "to"),
    Act.PROMISE: ("makes a promise", "to"),
    Act.REFUSAL: ("refuses", ""),
    Act.ACCEPTANCE: ("accepts", "toward"),
    Act.PROPOSAL: ("makes a proposal", "to"),
    Act.THREAT: ("threatens", ""),
    Act.ACCUSATION: ("accuses", ""),
    Act.DENIAL: ("denies", "toward"),
    Act.AGREEMENT: ("agrees", "with"),
    Act.PRECONDITION: ("sets a condition", "for"),
    Act.ASSESSMENT: ("gives a view", "of"),
    Act.REPORT: ("gives an account", "of"),
}
MEETINGS: Final[Mapping[MeetingStatus, str]] = {
    MeetingStatus.HELD: "met",
    MeetingStatus.PLANNED: "are to meet",
    MeetingStatus.PROPOSED: "might meet",
    MeetingStatus.FIZZLED: "did not meet after all",
}
SIGNALS: Final[Mapping[SignalKind, str]] = {
    SignalKind.FLEXIBLE: "is open to move",
    SignalKind.FIRM: "stands firm",
    SignalKind.RED_LINE: "draws a red line",
    SignalKind.KEY: "holds it for the key",
}
MODALITIES: Final[Mapping[Modality, str]] = {
    Modality.FUTURE: "still to come",
    Modality.HYPOTHETICAL: "only supposed",
    Modality.CONDITIONAL: "on a condition",
    Modality.NEGATED: "said not to be so",
    Modality.HISTORICAL: "of earlier days",
    Modality.DISTANCED: "told with a distance",
}


def deed(type_: EventType, to: str | None = None) -> str:
    """An event's type as a verb, with whom it is done to.

    >>> deed(EventType.CONSULT, "Norland")
    'talks with Norland'
    >>> deed(EventType.ASSAULT)
    'attacks'
    """
    return _joined(_DEEDS[type_], to)


def act(act_: Act, to: str | None = None) -> str:
    """What words do, as a verb, with whom they are about.

    >>> act(Act.ACCUSATION, "Norland")
    'accuses Norland'
    """
    return _joined(_ACTS[act_], to)


def _joined(verb: tuple[str, str], to: str | None) -> str:
    return " ".join(part for part in (verb[0], *((verb[1], to) if to else ())) if part)
