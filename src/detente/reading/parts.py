"""Whom the words of a clause name, when and where it is told to be, and whose word it is.

Law: a party is one of the scene's cast or ``None``; a time comes from the words of the clause, else of
its sentence.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from spacy.tokens import Token

from detente.articles import Article
from detente.claims import Party, Statement
from detente.dates import When
from detente.evidence import Span
from detente.reading.cast import Cast
from detente.reading.clauses import conjuncts, phrase_span, sentence_span
from detente.reading.lexicon import country_by_name
from detente.reading.scene import Scene
from detente.reading.times import TimeExpression
from detente.vocabulary import Genre, PartyKind, RegionKind

_LEGISLATURE: Final = re.compile(
    r"\b(?:Senate|House of (?:Representatives|Commons|Lords)|Congress|Parliament|Parliamentary|National Assembly|Knesset"  # noqa: E501  # one pattern, one line
    r"|Duma|Majlis|Bundestag|Legislature)\b",
    re.IGNORECASE,
)
_LEGISLATOR: Final = re.compile(
    r"\b(?:lawmaker|legislator|senator|congress(?:man|woman)|parliamentarian|opposition)\b", re.IGNORECASE
)
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})


def party_of(scene: Scene, token: Token | None) -> str | None:
    """The party that a noun phrase names by its head, else by its first mention."""
    if token is None:
        return None
    for mention in scene.cast.within((token.idx, token.idx + len(token))):
        return mention.party
    named = scene.cast.who(phrase_span(scene.doc, token))
    return named.party if named else None


def parties_of(scene: Scene, token: Token | None) -> tuple[str, ...]:
    """The parties that a noun phrase and what is coordinated with it name, each once, in order."""
    if token is None:
        return ()
    found: dict[str, None] = {}
    for node in conjuncts(token):
        party = party_of(scene, node)
        if party:
            found.setdefault(party)
        elif node.pos_ in {"NOUN", "PROPN"}:
            for mention in scene.cast.everyone(phrase_span(scene.doc, node)):
                found.setdefault(mention.party or "")
    found.pop("", None)
    lead = next((c for c in token.children if c.dep_ in {"amod", "compound", "nmod"} and c.conjuncts), None)
    if lead is not None:
        for node in conjuncts(lead):
            party = party_of(scene, node)
            if party:
                found.setdefault(party)
    return tuple(found)


def principal(cast: Cast, party_id: str | None, *, toward: str | None = None) -> str | None:
    """Whom a party acts for: a person for the camp above, a body or group for itself, a legislator too.

    Args:
        cast: Who is who.
        party_id: The party.
        toward: The other side; a person who asks something of the own camp or people asks in person.
    """
    party = cast.party(party_id)
    if party is None or party.kind is not PartyKind.PERSON or _legislates(cast, party):
        return party_id
    camp = cast.camp(party_id)
    at_home = same_camp(cast, party_id, toward) or _of_people(cast, camp, toward)
    return party_id if at_home else camp or party_id


def _legislates(cast: Cast, person: Party) -> bool:
    """Whether a person sits in a parliament, and so does not speak for the government."""
    body = cast.party(person.member_of)
    words = f"{body.name} {' '.join(body.aliases)}" if body is not None else ""
    return bool(_LEGISLATURE.search(words) or _LEGISLATOR.search(person.role or ""))


def _of_people(cast: Cast, camp: str | None, party_id: str | None) -> bool:
    """Whether a group is of a state's own people: "Norwegian unions" are of Norway's."""
    state, group = cast.party(camp), cast.party(party_id)
    country = country_by_name().get(state.name) if state is not None else None
    return group is not None and country is not None and group.name.startswith(f"{country.adjective} ")


def wanting(cast: Cast, statement: Statement, *, toward: str | None) -> str | None:
    """Whom a speaker speaks for: a person's camp, else the body that speaks, else its affiliation."""
    if cast.party(statement.speaker) is None:
        return principal(cast, statement.affiliation, toward=toward)
    return principal(cast, statement.speaker, toward=toward)


def same_camp(cast: Cast, one: str | None, other: str | None) -> bool:
    """Whether two parties belong to one camp."""
    return one is not None and other is not None and cast.camp(one) == cast.camp(other)


def same_people(cast: Cast, one: str | None, other: str | None) -> bool:
    """Whether two parties belong to one camp or country: a state answers for its firms, they for it."""
    mine, theirs = _country_of(cast, one), _country_of(cast, other)
    return same_camp(cast, one, other) or (mine is not None and mine == theirs)


def _country_of(cast: Cast, party_id: str | None) -> str | None:
    """The country that a party is of, by its camp or its name ("Norwegian shipowners"); no armed group's."""
    party = cast.party(cast.camp(party_id))
    if party is None or party.kind is PartyKind.ARMED_GROUP:
        return None
    if party.name in country_by_name():
        return party.name
    if party.kind is not PartyKind.ORGANIZATION:
        return None
    return next(
        (c.name for c in country_by_name().values() if party.name.startswith(f"{c.adjective} ")), None
    )


def covering(statements: Iterable[Statement], token: Token) -> Statement | None:
    """The innermost statement within whose content the word stands."""
    best: tuple[int, Statement] | None = None
    for statement in statements:
        if statement.cue is None:
            continue
        for start, end in statement.spans.content:
            if start <= token.idx < end and (best is None or end - start < best[0]):
                best = (end - start, statement)
    return best[1] if best else None


def own_voice(article: Article) -> bool:
    """Whether what the author tells may stand as told of the world: not in an opinion piece."""
    return article.genre is not Genre.OPINION


def in_headline(article: Article, token: Token) -> bool:
    """Whether the word stands in the headline, which tells shorter what the body tells."""
    return any(start <= token.idx < end for start, end in article.spans(RegionKind.HEADLINE))


def time_of(
    times: Sequence[TimeExpression], clause: Span, sentence: Span, at: int | None = None
) -> When | None:
    """The date told in the clause, the nearest to ``at``; else the only one told in its sentence."""
    inside = [t for t in times if t.when and clause[0] <= t.span[0] and t.span[1] <= clause[1]]
    if inside:
        return min(inside, key=lambda t: abs(t.span[0] - (clause[0] if at is None else at))).when
    around = {t.when for t in times if t.when and sentence[0] <= t.span[0] and t.span[1] <= sentence[1]}
    return around.pop() if len(around) == 1 else None


def month_of(published: When | None) -> When | None:
    """The month of the article: how closely the day of what it tells without a date is known.

    >>> month_of("2007-07-18"), month_of("2007"), month_of(None)
    ('2007-07', '2007', None)
    """
    return published.split("/")[0][:7] if published else None


def place_of(scene: Scene, token: Token) -> str | None:
    """The place told with a verb or noun: "in Geneva", "at the border"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "at", "near", "to", "outside"}:
            for noun in child.children:
                if noun.dep_ == "pobj" and any(t.ent_type_ in _PLACES for t in noun.subtree):
                    start, end = phrase_span(scene.doc, noun)
                    return scene.article.text[start:end].removeprefix("the ")
        if child.dep_ in {"dobj", "prep"} and child.lower_ not in {"in", "at"}:
            found = place_of(scene, child) if child.dep_ == "dobj" else None
            if found:
                return found
    return None


def sentence_of(token: Token) -> Span:
    """Where the token's sentence stands."""
    return sentence_span(token)


def covers(outer: Span, inner: Span) -> bool:
    """Whether one span holds the other."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def overlap(one: Span, other: Span) -> float:
    """Share of the shorter span that both hold, in characters, from 0 to 1.

    >>> overlap((0, 10), (5, 25)), overlap((0, 5), (5, 9))
    (0.5, 0.0)
    """
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / max(1, min(one[1] - one[0], other[1] - other[0]))
