"""How a record is labelled in Label Studio: which labels there are, and what is said of each.

One table makes the labelling configuration, the tasks that go out and the gold that comes back, so that
they cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lxml import etree

from detente.vocabulary import (
    Act,
    Channel,
    ClaimKind,
    EventType,
    MeetingStatus,
    PartyKind,
    PromiseStatus,
    Quotation,
    SignalKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label of a stretch of text.

    Attributes:
        value: As it is shown.
        colour: Of the stretch.
        kind: The claims it stands for; ``None``: a part of one.
        asks: By the field of a claim, the control that holds its value.
    """

    value: str
    colour: str
    kind: ClaimKind | None = None
    asks: Mapping[str, str] = field(default_factory=dict)


def _same(*names: str) -> Mapping[str, str]:
    return {name: name for name in names}


LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        label.value: label
        for label in (
            Label(value="speaker", colour="#4C78A8"),
            Label(value="cue", colour="#9ECAE9"),
            Label(
                value="content",
                colour="#54A24B",
                kind=ClaimKind.STATEMENTS,
                asks={
                    **_same("act", "quote", "channel", "affiliation", "issue", "via"),
                    "speaker": "by",
                    "target": "of",
                },
            ),
            Label(
                value="demand",
                colour="#E45756",
                kind=ClaimKind.DEMANDS,
                asks=_same("by", "of", "what", "issue"),
            ),
            Label(
                value="promise",
                colour="#88D27A",
                kind=ClaimKind.PROMISES,
                asks={
                    **_same("by", "what", "issue"),
                    "to": "of",
                    "made": "when",
                    "status": "promise_status",
                },
            ),
            Label(
                value="charge",
                colour="#B279A2",
                kind=ClaimKind.DISPUTES,
                asks={"claimed_by": "by", "against": "of", "issue": "issue"},
            ),
            Label(value="denial", colour="#D6A5C9", asks={"denied_by": "by"}),
            Label(
                value="event",
                colour="#F58518",
                kind=ClaimKind.EVENTS,
                asks={
                    **_same("by", "what", "when", "where", "asserted_by"),
                    "to": "of",
                    "type": "event_type",
                },
            ),
            Label(
                value="meeting",
                colour="#72B7B2",
                kind=ClaimKind.MEETINGS,
                asks={"parties": "by", "date": "when", "place": "where", "status": "meeting_status"},
            ),
            Label(
                value="signal",
                colour="#EECA3B",
                kind=ClaimKind.SIGNALS,
                asks={"party": "by", "issue": "issue", "signal": "signal"},
            ),
            Label(
                value="faction",
                colour="#9D755D",
                kind=ClaimKind.FACTIONS,
                asks={"party": "by", "faction": "faction", "position": "what"},
            ),
            Label(
                value="party",
                colour="#BAB0AC",
                asks={"name": "name", "kind": "party_kind", "member_of": "member_of"},
            ),
        )
    }
)
"""Every label by its value."""

CHOICES: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {
        "act": Act,
        "quote": Quotation,
        "channel": Channel,
        "promise_status": PromiseStatus,
        "event_type": EventType,
        "meeting_status": MeetingStatus,
        "signal": SignalKind,
        "party_kind": PartyKind,
    }
)
"""The controls with a closed list; every other one is written into."""

SAYS: Final = "says"
"""From a speaker or a cue to the content."""
DENIES: Final = "denies"
"""From a denial to the charge."""

TEXT: Final = "text"
PARTS: Final = "part"


def labelling_config() -> str:
    """The labelling interface, as Label Studio takes it."""
    view = etree.Element("View")
    relations = etree.SubElement(view, "Relations")
    for value in (SAYS, DENIES):
        etree.SubElement(relations, "Relation", value=value)
    parts = etree.SubElement(view, "Labels", name=PARTS, toName=TEXT)
    for label in LABELS.values():
        etree.SubElement(parts, "Label", value=label.value, background=label.colour)
    etree.SubElement(view, "Header", value="$title", size="4")
    etree.SubElement(view, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol")
    for control in dict.fromkeys(name for label in LABELS.values() for name in label.asks.values()):
        view.append(_control(control, [label.value for label in LABELS.values() if _asks(label, control)]))
    return str(etree.tostring(view, pretty_print=True, encoding="unicode"))


def _asks(label: Label, control: str) -> bool:
    return control in label.asks.values()


def _control(name: str, labels: Iterable[str]) -> etree._Element:
    """A control that is shown for a stretch with one of these labels."""
    when = {"whenTagName": PARTS, "whenLabelValue": ",".join(labels), "visibleWhen": "region-selected"}
    shown = etree.Element("View", when)
    etree.SubElement(shown, "Header", value=name.replace("_", " "), size="5")
    asked = {"name": name, "toName": TEXT, "perRegion": "true"}
    if name in CHOICES:
        choices = etree.SubElement(shown, "Choices", {**asked, "choice": "single", "showInline": "true"})
        for value in CHOICES[name]:
            etree.SubElement(choices, "Choice", value=value.value)
    else:
        etree.SubElement(shown, "TextArea", {**asked, "editable": "true", "maxSubmissions": "9"})
    return shown
