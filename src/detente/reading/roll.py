"""The roll on which a cast is gathered: parties and mentions as they are found, before they are settled.

Law: a party is known by its canonical name alone; what is found again is added to, never lost.
"""

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from detente.claims import Party, stable_id
from detente.evidence import Span, cut
from detente.reading.lexicon import body_by_name, country_by_name
from detente.reading.mentions import Mention, MentionForm
from detente.vocabulary import PartyKind


@dataclass(slots=True)
class Entry:
    """A party as far as it is known."""

    name: str
    kind: PartyKind
    member_of: str | None = None
    role: str | None = None
    independent: bool = False
    pronoun: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Noted:
    """A mention as far as it is known; parties by their names."""

    span: Span
    name: str | None
    form: MentionForm
    candidates: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


class Roll:
    """Who has been found so far in one article."""

    def __init__(self, article: str, text: str) -> None:
        self.article = article
        self.text = text
        self.entries: dict[str, Entry] = {}
        self._starts: list[int] = []
        self._noted: dict[int, Noted] = {}

    def enter(
        self,
        name: str,
        kind: PartyKind,
        *,
        member_of: str | None = None,
        role: str | None = None,
        independent: bool = False,
    ) -> Entry:
        """The entry of this name, made where there is none; known facts fill what is not given."""
        entry = self.entries.get(name)
        if entry is None:
            entry = Entry(name=name, kind=kind)
            self.entries[name] = entry
        if member_of and member_of != name:
            entry.member_of = entry.member_of or member_of
            self.enter_known(member_of)
        entry.role = entry.role or role
        entry.independent = entry.independent or independent
        return entry

    def enter_known(self, name: str) -> Entry:
        """The entry of a name from the lists, with what it belongs to."""
        if name in self.entries:
            return self.entries[name]
        if name in country_by_name():
            return self.enter(name, PartyKind.STATE)
        body = body_by_name().get(name)
        if body is not None:
            return self.enter(name, body.kind, member_of=body.member_of)
        return self.enter(name, PartyKind.ORGANIZATION)

    def note(
        self,
        span: Span,
        name: str | None,
        form: MentionForm,
        *,
        candidates: tuple[str, ...] = (),
        together: tuple[str, ...] = (),
    ) -> bool:
        """Notes a mention unless its words are taken; a pronoun is no alias."""
        if self.taken(span):
            return False
        self._noted[span[0]] = Noted(span, name, form, candidates, together)
        insort(self._starts, span[0])
        entry = self.entries.get(name) if name else None
        if entry is not None:
            entry.spans.append(span)
            if form is not MentionForm.PRONOUN:
                entry.aliases.setdefault(self.words(span))
        return True

    def taken(self, span: Span) -> Noted | None:
        """The mention that shares a character with the span, the first one, or ``None``."""
        at = bisect_left(self._starts, span[0])
        if at < len(self._starts) and self._starts[at] < span[1]:
            return self._noted[self._starts[at]]
        if at and self._noted[self._starts[at - 1]].span[1] > span[0]:
            return self._noted[self._starts[at - 1]]
        return None

    def drop(self, noted: Noted) -> None:
        """Takes a mention off the roll; the party's other mentions stay."""
        self._starts.remove(noted.span[0])
        del self._noted[noted.span[0]]
        entry = self.entries.get(noted.name) if noted.name else None
        if entry is not None and noted.span in entry.spans:
            entry.spans.remove(noted.span)

    def before(self, place: int) -> list[Noted]:
        """Mentions that begin before a place, the latest first."""
        at = bisect_left(self._starts, place)
        return [self._noted[start] for start in reversed(self._starts[:at])]

    def all(self) -> list[Noted]:
        """Every mention, in order of the text."""
        return [self._noted[start] for start in self._starts]

    def words(self, span: Span) -> str:
        """The words of a span on one line."""
        return " ".join(self.text[span[0] : span[1]].split())

    def camp(self, name: str | None) -> str | None:
        """The top of the chain of membership."""
        seen: set[str] = set()
        while name and name not in seen and name in self.entries:
            seen.add(name)
            above = self.entries[name].member_of
            if not above:
                break
            name = above
        return name

    def parties(self) -> tuple[Party, ...]:
        """Everyone, in order of first mention; those above them last."""

        def first(entry: Entry) -> int:
            return min((start for start, _ in entry.spans), default=len(self.text))

        return tuple(self._party(entry) for entry in sorted(self.entries.values(), key=first))

    def _party(self, entry: Entry) -> Party:
        named = [span for span in entry.spans if span[1] - span[0] > 2] or entry.spans
        best = sorted(named, key=lambda span: (entry.name not in self.words(span), span[0]))[:8]
        return Party(
            id=party_id(entry.name),
            name=entry.name,
            kind=entry.kind,
            member_of=party_id(entry.member_of) if entry.member_of else None,
            aliases=tuple(alias for alias in entry.aliases if alias),
            role=entry.role,
            independent=entry.independent,
            evidence=tuple(cut(self.article, self.text, span) for span in best),
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in order, parties by their ids."""
        return tuple(
            Mention(
                span=noted.span,
                party=party_id(noted.name) if noted.name else None,
                form=noted.form,
                candidates=tuple(party_id(name) for name in noted.candidates),
                together=tuple(party_id(name) for name in noted.together),
            )
            for noted in self.all()
        )


def party_id(name: str) -> str:
    """The id of the party of this canonical name."""
    return stable_id("party", name)
