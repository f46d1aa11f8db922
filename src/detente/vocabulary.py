"""The field's words, each a closed list: what a statement does, what a party is, how a promise stands."""

from enum import StrEnum


class Act(StrEnum):
    """What the words of a statement do."""

    DEMAND = "demand"
    OFFER = "offer"
    PROMISE = "promise"
    REFUSAL = "refusal"
    ACCEPTANCE = "acceptance"
    PROPOSAL = "proposal"
    THREAT = "threat"
    ACCUSATION = "accusation"
    DENIAL = "denial"
    AGREEMENT = "agreement"
    PRECONDITION = "precondition"
    ASSESSMENT = "assessment"
    REPORT = "report"


class PartyKind(StrEnum):
    """What a party is. A country is a ``STATE`` here."""

    STATE = "state"
    GOVERNMENT_BODY = "government_body"
    ARMED_GROUP = "armed_group"
    ORGANIZATION = "organization"
    PERSON = "person"
    INTERNATIONAL_BODY = "international_body"


class Genre(StrEnum):
    """Whose voice an article speaks in."""

    REPORT = "report"
    OPINION = "opinion"
    ANALYSIS = "analysis"


class RegionKind(StrEnum):
    """What a stretch of an article is. Only headline, body, sidebar and footnotes are read for claims."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    SIDEBAR = "sidebar"
    FOOTNOTES = "footnotes"
    CHROME = "chrome"


class Quotation(StrEnum):
    """Whose wording a statement's content is in."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Channel(StrEnum):
    """How a statement was made. ``None`` where the text does not show it."""

    PUBLIC = "public"
    PRIVATE = "private"
    UNNAMED_OFFICIAL = "unnamed_official"


class Modality(StrEnum):
    """What keeps a claim from being a plain fact: PLOVER's auxiliary modes, and ours."""

    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    HISTORICAL = "historical"
    DISTANCED = "distanced"


class PromiseStatus(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    BROKEN = "broken"
    PENDING = "pending"
    DISPUTED = "disputed"


class MeetingStatus(StrEnum):
    """What became of a meeting."""

    HELD = "held"
    PLANNED = "planned"
    PROPOSED = "proposed"
    FIZZLED = "fizzled"


class SignalKind(StrEnum):
    """How far a party can move on an issue."""

    FLEXIBLE = "flexible"
    FIRM = "firm"
    RED_LINE = "red_line"
    KEY = "key"


class EventType(StrEnum):
    """The 16 types of PLOVER 2.0."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Review(StrEnum):
    """What the analyst decided on an item. A machine's item is proposed."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"


class ClaimKind(StrEnum):
    """The kinds of claims, under the names they have in the record's JSON."""

    STATEMENTS = "statements"
    DEMANDS = "demands"
    PROMISES = "promises"
    DISPUTES = "disputes"
    EVENTS = "events"
    MEETINGS = "meetings"
    SIGNALS = "signals"
    FACTIONS = "factions"
