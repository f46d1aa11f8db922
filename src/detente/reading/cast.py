"""Who is who in one article: its parties, and whom each of its words names.

Law: an answer is a party of the cast or ``None``; nobody is chosen where two fit.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Token

from detente.claims import Party
from detente.evidence import Span
from detente.reading.mentions import Mention
from detente.reading.sentences import sentence_number, text_of
from detente.vocabulary import PartyKind

_AT_TABLE: Final = frozenset(
    {PartyKind.STATE, PartyKind.ARMED_GROUP, PartyKind.INTERNATIONAL_BODY, PartyKind.ORGANIZATION}
)
SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "poss"})


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The parties of one article and the mentions of them, in order of the text.

    Attributes:
        parties: Everyone named.
        mentions: Every mention found, resolved or not; none within another.
        doc: The parse the mentions were found in.
    """

    parties: tuple[Party, ...]
    mentions: tuple[Mention, ...]
    doc: Doc = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [mention.span[0] for mention in self.mentions])
        object.__setattr__(self, "_by_id", {party.id: party for party in self.parties})

    def party(self, party_id: str | None) -> Party | None:
        """The party of this id, or ``None``."""
        by_id: dict[str, Party] = self._by_id  # type: ignore[attr-defined]  # set in __post_init__
        return by_id.get(party_id) if party_id else None

    def within(self, span: Span) -> tuple[Mention, ...]:
        """Mentions that share a character with the span, in order."""
        starts: list[int] = self._starts  # type: ignore[attr-defined]  # set in __post_init__
        first = bisect_left(starts, span[0])
        if first and self.mentions[first - 1].span[1] > span[0]:
            first -= 1
        last = bisect_left(starts, span[1])
        return self.mentions[first:last]

    def who(self, span: Span) -> Mention | None:
        """The mention that the words of a span name: the one at the head of the phrase.

        ``None`` where the words name nobody known. For phrases that name several
        ("U.S. and Iranian officials"), see :meth:`everyone`.
        """
        inside = self.within(span)
        if not inside:
            return None
        head = head_of(self.doc, span)
        if head is not None:
            for mention in inside:
                if mention.span[0] <= head.idx < mention.span[1]:
                    return mention
            for child in head.children:
                if child.dep_ in {"prep", "agent"} and child.lower_ in {"from", "by", "of", "for"}:
                    for mention in inside:
                        if child.idx < mention.span[0] <= child.right_edge.idx:
                            return mention
        return inside[0] if len({mention.party for mention in inside}) == 1 else None

    def everyone(self, span: Span) -> tuple[Mention, ...]:
        """All resolved mentions within a span, in order, each party once."""
        found: dict[str, Mention] = {}
        for mention in self.within(span):
            for party in (mention.party, *mention.together):
                if party is not None:
                    found.setdefault(party, replace(mention, party=party, together=()))
        return tuple(found.values())

    def speakers(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that the words of a speaker name: one, or several that are joined by "and".

        "U.S. and Iranian officials", "both sides" and "France and Britain" name two.
        """
        main = self.who(span)
        if main is None:
            return ()
        if main.together:
            return tuple(replace(main, party=party, together=()) for party in main.together)
        found = [main]
        inside = self.within(span)
        at = next((i for i, mention in enumerate(inside) if mention.span == main.span), 0)
        for later in reversed(inside[:at]):
            if not self._joined(later, found[-1]):
                break
            found.append(later)
        head = head_of(self.doc, span)
        for other in _joined_to(head) if head is not None else ():
            mention = self.at(int(other.idx))
            if any(child.lower_ == "other" for child in other.lefts):
                continue  # "the envoy and other officials": the envoy speaks
            if mention is not None and span[0] <= other.idx < span[1]:
                found.append(mention)
        ordered = {mention.party: mention for mention in sorted(found, key=lambda m: m.span) if mention.party}
        return tuple(ordered.values()) or (main,)

    def at(self, offset: int) -> Mention | None:
        """The mention that holds an offset."""
        inside = self.within((offset, offset + 1))
        return inside[0] if inside else None

    def _joined(self, one: Mention, other: Mention) -> bool:
        words = text_of(self.doc)[one.span[1] : other.span[0]]
        between = words.strip().strip(",").strip()
        return (
            between in {"and", "&", "and the", ""}
            and one.span[1] < other.span[0]
            and (between != "" or "," in words)
        )

    @cached_property
    def acting(self) -> dict[str, int]:
        """How far the words show each camp that can sit at a table acting: see ``_agency``."""
        found: dict[str, int] = {}
        for mention in self.mentions:
            for name in (mention.party, *mention.together):
                party = self.party(self.camp(name))
                if party is not None and party.kind in _AT_TABLE and not party.independent:
                    found[party.id] = found.get(party.id, 0) + _agency(self.doc, mention)
        return found

    @cached_property
    def company(self) -> dict[int, frozenset[str]]:
        """The camps that each sentence names, by its number; places ("in Norway") are nobody."""
        found: dict[int, set[str]] = {}
        for mention in self.mentions:
            camps = {self.camp(name) for name in (mention.party, *mention.together)} - {None}
            if camps and _agency(self.doc, mention):
                number = sentence_number(self.doc, mention.span[0])
                found.setdefault(number, set()).update(camp for camp in camps if camp)
        return {number: frozenset(camps) for number, camps in found.items()}

    def camp(self, party_id: str | None) -> str | None:
        """The top of the chain of membership; ``None`` where the party is not known."""
        seen: set[str] = set()
        party = self.party(party_id)
        while party is not None and party.member_of and party.id not in seen:
            seen.add(party.id)
            above = self.party(party.member_of)
            if above is None:
                break
            party = above
        return party.id if party else None

    def named(self, name: str) -> Party | None:
        """The party of this canonical name, or ``None``."""
        return next((party for party in self.parties if party.name == name), None)


def _joined_to(head: Token) -> tuple[Token, ...]:
    """What "and" joins to a noun, or to the name beside it: "the envoy, Lars Dahl, and Minister Eva Berg"."""
    names = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"]
    later = [b for a, b in pairwise(names) if any(c.dep_ == "cc" for c in a.rights)]
    return (*head.conjuncts, *(o for name in names for o in name.conjuncts if o.pos_ == "PROPN"), *later)


def _agency(doc: Doc, mention: Mention) -> int:
    """How far a mention shows a party acting: a subject most, a place ("in Norway") not at all."""
    head = head_of(doc, mention.span)
    if head is None:
        return 0
    if head.dep_ == "pobj" and head.head.lower_ in {"in", "inside", "across", "on", "over", "near"}:
        return 0
    return 2 if head.dep_ in SUBJECT else 1


def head_of(doc: Doc, span: Span) -> Token | None:
    """The syntactic head of the words of a span, or ``None`` where it holds no word."""
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None or not len(words):
        return None
    return words.root


def merge_spans(spans: Sequence[Span]) -> Span | None:
    """From the first character of the first span to the last of the last; ``None`` for none."""
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None
