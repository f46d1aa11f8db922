"""What things are called in the brief: parties, speakers, sources, how often, how sure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from detente.articles import Article
from detente.claims import Party, Statement
from detente.dates import in_words
from detente.reading.lexicon import countries
from detente.record.model import Record
from detente.record.names import words_of
from detente.record.terms import concept_labels
from detente.vocabulary import PartyKind

_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WITH_THE: Final = re.compile(
    r"^(United |European |Democratic |Central African |Soviet |Holy |Red C|African Union|World )"
    r"|\b(Netherlands|Philippines|Maldives|Seychelles|Bahamas|Comoros|Gambia|Republic|Islands|Emirates|Union"
    r"|Department|Ministry|Council|Agency|House|Government|Administration|Army|Party|Court|Commission|Committee"
    r"|Organi[sz]ation|League|Front|Movement|Parliament|Congress|Senate|Office|Cross|Nations|Guard|Guards|Corps"
    r"|Embassy|Military|Forces|Police|Pentagon|Kremlin|Institute|Bank|Fund|Group|Mission|Authority)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Names:
    """Names for what stands in one record."""

    record: Record

    def party(self, party: str | None) -> str:
        """A party's name as it stands in running text: "the United States"; in words where not known."""
        known = self.record.party.get(party) if party is not None else None
        if known is None:
            return "a party not named"
        return f"the {known.name}" if _takes_the(known) else known.name

    def plain(self, party: str | None) -> str:
        """A party's name for the head of a column: "United States"."""
        known = self.record.party.get(party) if party is not None else None
        return known.name if known is not None else "Not named"

    def verb(self, party: str | None, verb: str) -> str:
        """A verb in the number of the party's name: "Norland asks", "the Saltmen ask"."""
        known = self.record.party.get(party) if party is not None else None
        return verb.removesuffix("s") if known is not None and _is_plural(known) else verb

    def label(self, label: str) -> str:
        """An issue's label as it stands within a sentence: in small letters unless it opens with a name."""
        first = label.split(" ", 1)[0]
        known = label in concept_labels().values()
        named = not known and (first in self._name_words or not first[1:].islower())
        return label if named else label[:1].lower() + label[1:]

    @cached_property
    def _name_words(self) -> frozenset[str]:
        names = [name for party in self.record.parties for name in (party.name, *party.aliases)]
        peoples = [form for country in countries() for form in (country.name, *country.people)]
        return frozenset(name.split()[0] for name in (*names, *peoples) if name[:1].isupper())

    def camp(self, party: str | None) -> str:
        """The name of the camp that a party speaks for."""
        return self.party(self.record.camp(party))

    def with_camp(self, party: str | None) -> str:
        """A party's name, with its role and camp: "Ada Holm, spokeswoman (Varda)"."""
        known = self.record.party.get(party) if party is not None else None
        if known is None:
            return "a party not named"
        camp = self.record.camp(known.id)
        # Roles come from the parse, token by token: "the department 's envoy".
        role = re.sub(r" (['’]s?\b)", r"\1", squeeze(known.role or ""))
        name = f"{self.party(known.id)}, {role}" if role else self.party(known.id)
        if camp is None or camp == known.id:
            return f"{name} (independent)" if known.independent else name
        return f"{name} ({self.plain(camp)})"

    def speaker(self, statement: Statement) -> str:
        """Who says it: the person and camp, else the article's own words for them, else its writer."""
        known = self.record.party.get(statement.speaker) if statement.speaker else None
        written = squeeze(statement.speaker_text or "")
        if known is not None and known.kind is PartyKind.PERSON:
            return self.with_camp(known.id)
        if known is not None and (not written or _same(written, known)):
            return self.with_camp(known.id)
        if known is not None:
            return f"“{written}” ({self.plain(known.id)})"
        if written:
            fits = " or ".join(self.plain(one) for one in statement.candidates)
            return f"“{written}” ({fits or 'not identified'})"
        return "the writer"

    def source(self, article: str) -> str:
        """An article's outlet, title and date, as far as it has them."""
        return self._source_names.get(article, "a source not in the record")

    def short_source(self, article: str) -> str:
        """Outlet, else title, and date: for a narrow column."""
        known = self.record.article.get(article)
        if known is None:
            return "a source not in the record"
        name = squeeze(known.outlet or "") or _short_title(known)
        return f"{name}, {in_words(known.published)}" if known.published else f"{name}, undated"

    def article(self, article: str) -> str:
        """An article in running text: "Reuters (3 March 1987)", "the article “Talks end” (undated)"."""
        known = self.record.article.get(article)
        if known is None:
            return "an article not in the record"
        title = squeeze(known.title or "")
        called = squeeze(known.outlet or "") or (
            f"the article “{_cut(title, 60)}”" if title else "an article"
        )
        return f"{called} ({in_words(known.published) if known.published else 'undated'})"

    @cached_property
    def _source_names(self) -> dict[str, str]:
        return {article.id: source_name(article) for article in self.record.articles}


def source_name(article: Article) -> str:
    """What a reader calls an article; never its file.

    >>> source_name(Article(id="a", file="x.txt", sha256="", text="Talks end early.", published="2007-05"))
    'untitled report beginning “Talks end early.”, May 2007'
    """
    title = _title(article)
    quoted = title if title.startswith(("untitled", "Untitled")) and not article.title else f"“{title}”"
    outlet = squeeze(article.outlet or "")
    date = in_words(article.published) if article.published else "undated"
    return ", ".join(part for part in (outlet, quoted, date) if part)


def _title(article: Article) -> str:
    title = squeeze(article.title or "")
    if title:
        return _cut(title, 160)
    opening = _cut(squeeze(article.text[:400]), 50)
    return (
        f"untitled {article.genre.value} beginning “{opening}”"
        if opening
        else f"untitled {article.genre.value}"
    )


def _short_title(article: Article) -> str:
    """The title, or how the text begins, cut to a few words, the quotation marks whole."""
    title = squeeze(article.title or "")
    if title:
        return f"“{_cut(title, 48)}”"
    opening = _cut(squeeze(article.text[:400]), 28)
    return f"untitled, “{opening}”" if opening else f"untitled {article.genre.value}"


def _takes_the(party: Party) -> bool:
    return (
        party.kind is not PartyKind.PERSON
        and not party.name.lower().startswith("the ")
        and "'s " not in party.name.replace("’", "'")
        and bool(_WITH_THE.search(party.name))
    )


def _is_plural(party: Party) -> bool:
    """Whether a name speaks of many: a people or a band, but not the United States."""
    last = party.name.rsplit(" ", 1)[-1]
    if party.kind is PartyKind.STATE:
        return any(party.name in country.people for country in countries())
    one = party.kind in {PartyKind.PERSON, PartyKind.INTERNATIONAL_BODY, PartyKind.GOVERNMENT_BODY}
    return not one and bool(re.search(r"(?:[^sui]s|men)$", last)) and not last.isupper()


def _same(written: str, party: Party) -> bool:
    return written.lower().removeprefix("the ") == party.name.lower().removeprefix("the ")


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + "…"


def says_enough(words: str, least: int = 3) -> bool:
    """Whether words can stand alone in a list: "that" and "the idea" cannot.

    >>> says_enough("the idea"), says_enough("leave the strait"), says_enough("leave Iraq", 2)
    (False, True, True)
    """
    return len(words.split()) >= least


def is_whole(words: str) -> bool:
    """Whether every bracket that the words open is closed in them.

    >>> is_whole("a firm (of Calder)"), is_whole("a firm (of Cal")
    (True, False)
    """
    return all(words.count(one) == words.count(other) for one, other in ("()", "[]", "<>"))


def breaks_off(words: str) -> bool:
    """Whether words end where more must follow.

    >>> breaks_off("support of groups which"), breaks_off("support of the groups")
    (True, False)
    """
    last = words.split()[-1:] or [""]
    return last[0].casefold() in _OPEN_ENDS


_OPEN_ENDS: Final = frozenset(
    words_of("which that who the a an of to for with by in and or at on from as if into under their its")
)


def squeeze(text: str) -> str:
    r"""The text on one line, white space as single spaces.

    >>> squeeze(" a\n\n b ")
    'a b'
    """
    return " ".join(text.split())


def toward(doers: Sequence[str], others: Sequence[str], word: str = "toward") -> str:
    """Who does something, and toward whom; of those who do it to each other, once.

    >>> toward(["Iran"], ["Iraq"]), toward(["Iran", "Iraq"], ["Iraq", "Iran"]), toward(["Iran"], [])
    ('Iran, toward Iraq', 'Iran and Iraq, each other', 'Iran')
    """
    if len(doers) > 1 and set(doers) == set(others):
        return f"{listed(doers)}, each other"
    beyond = [one for one in others if one not in doers]
    return f"{listed(doers)}, {word} {listed(beyond)}" if beyond else listed(doers)


def sentence(text: str) -> str:
    """The text with a capital at its start.

    >>> sentence("the United States")
    'The United States'
    """
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str], most: int = 6) -> str:
    """Words in a row, with the count of those left out.

    >>> listed(["a"]), listed(["a", "b", "c"]), listed("abcd", 2)
    ('a', 'a, b and c', 'a, b and 2 more')
    """
    every = list(words)
    if len(every) > most:
        every = [*every[:most], f"{len(every) - most} more"]
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"


def times(count: int) -> str:
    """How often, in words.

    >>> [times(n) for n in (1, 2, 5)]
    ['once', 'twice', 'five times']
    """
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "promise"), counted(12, "promise"), counted(0, "reply", "replies")
    ('one promise', '12 promises', 'no replies')
    """
    noun = one if count == 1 else many or f"{one}s"
    return f"{number(count)} {noun}"


def number(count: int) -> str:
    """A count as running text has it: in words to ten.

    >>> number(3), number(11)
    ('three', '11')
    """
    return _SMALL[count] if 0 <= count < len(_SMALL) else str(count)


def firmness(firm: float) -> str | None:
    """How firmly a demand is put; ``None`` for plain asking.

    >>> [firmness(x) for x in (0.9, 0.5, 0.2)]
    ['insisted on', None, 'only floated']
    """
    if firm >= 0.75:
        return "insisted on"
    return None if firm >= 0.4 else "only floated"


def in_short(label: str) -> str:
    """A label for running text: its first clause, without what stands in brackets.

    >>> in_short("Fate of the camp (break-up, disarming); its guards")
    'Fate of the camp'
    """
    return re.split(r"\s*[(;]", squeeze(label), maxsplit=1)[0] or squeeze(label)


def how_well(meets: float | None) -> str:
    """How far a denial meets the charge, in words.

    >>> [how_well(x) for x in (0.9, 0.5, 0.1, None)]
    ['meets the charge', 'meets the charge in part', 'speaks of something else', 'not told']
    """
    if meets is None:
        return "not told"
    if meets >= 0.7:
        return "meets the charge"
    return "meets the charge in part" if meets >= 0.3 else "speaks of something else"
