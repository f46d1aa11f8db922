"""Whose voice an article speaks in: report, opinion or analysis, from signals that add up.

A report tells what others did and said. An opinion argues: it says what must be done, in the writer's
own name. An analysis interprets: it says what things suggest, with experts more than officials.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from detente.sources.lists import rows
from detente.vocabulary import Genre

_QUOTED: Final = re.compile(r"“[^”]{0,2000}”|\"[^\"\n]{0,2000}\"|«[^»]{0,2000}»")
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$|\[)|\n|$)")
_SPOKEN: Final = re.compile(
    r"\b(?:said|says|say|told|tells|added|adds|according to|announced|denied|denies|accused|argued|argues|"
    r"insisted|warned|warns|stated|declared|reported|reports|quoted|asked|called|demanded|expressed|noted|notes|"
    r"claimed|claims|believe[sd]?|acknowledged|conceded|complained|urged|vowed|predicted|described)\b",
    re.IGNORECASE,
)
_NORM: Final = re.compile(
    r"\b(?:must|should|ought to|cannot afford|can't afford|need(?:s)? to|has to|have to|had better|"
    r"it is time|it's time|"
    r"time is running out|would be (?:wise|foolish|a mistake)|the (?:only|best|right) (?:way|course|"
    r"choice|answer)|"
    r"dangerous(?:ly)?|ill-advised|naive|tyranny|appeas\w+|shameful|wake-?up call)\b",
    re.IGNORECASE,
)
_FIRST_PERSON: Final = re.compile(r"\b(?:I|we|our|my|us|let's)\b(?!\.)")
_READING: Final = re.compile(
    r"\b(?:suggest(?:s|ing|ed)?|signal(?:s|ing|led)?|signif(?:y|ies|ied)|herald(?:s|ed)?|underscore[sd]?|underlin(?:es|ed)|"
    r"impl(?:y|ies)|indicat(?:e|es)|seem(?:s|ed)? to|appear(?:s|ed)? (?:to|likely)|illustrate[sd]?|"
    r"reflect(?:s|ed)?|"
    r"highlight(?:s|ed)?|explain(?:s)?|points? to|roadblocks?|obstacles?|pragmati\w+|dilemma|"
    r"calculus|at stake|question is|"
    r"whether|beyond that|for now|what is clear|in effect|in other words|little new|symbol of|focus of)\b",
    re.IGNORECASE,
)
_EXPERT: Final = re.compile(
    r"\b(?:analysts?|experts?|professors?|scholars?|fellow|historian|researchers?|think[ -]tanks?|"
    r"economists?|"
    r"political scientist|specialists?)\b",
    re.IGNORECASE,
)
_OFFICIAL_TEXT: Final = re.compile(
    r"^\W*(?:joint |press |official )?(?:statement|communiqu[ée]|declaration|remarks|press release|"
    r"readout|speech|transcript)\b"
    r"|\b(?:statement (?:by|of|on)|remarks by)\b|^.{0,80}\b(?:said|stated):\s*$",
    re.IGNORECASE | re.MULTILINE,
)

# "The minister said:" on a line of its own: all below it is the minister's.
_HANDED_OVER: Final = re.compile(r"(\b(?:said|stated|declared|added):)[ \t]*\n.*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What is counted in the writer's own sentences, as shares of all sentences.

    Attributes:
        sentences: How many there are.
        own: Share with nobody else's speech in them.
        norms: Of those that say what must be, per sentence.
        first_person: Of those in the writer's own person.
        readings: Of those that say what something means.
        experts: Mentions of experts, per sentence.
    """

    sentences: int
    own: float
    norms: float
    first_person: float
    readings: float
    experts: float


def hear(body: str) -> Voice:
    """Count the signals."""
    bare = _QUOTED.sub(" “” ", _HANDED_OVER.sub("\\1 “”", body))
    sentences = [s for s in (m[0].strip() for m in _SENTENCE.finditer(bare)) if len(s.split()) >= 4]
    total = len(sentences)
    own = [s for s in sentences if not _SPOKEN.search(s) and "“”" not in s]
    if not total:
        return Voice(sentences=0, own=0, norms=0, first_person=0, readings=0, experts=0)
    return Voice(
        sentences=total,
        own=len(own) / total,
        norms=sum(bool(_NORM.search(s)) for s in own) / total,
        first_person=sum(bool(_FIRST_PERSON.search(s)) for s in own) / total,
        readings=sum(bool(_READING.search(s)) for s in own) / total,
        experts=sum(len(_EXPERT.findall(s)) for s in sentences) / total,
    )


def tell_genre(*, title: str | None, sections: tuple[str, ...], body: str, has_biography: bool) -> Genre:
    """The genre.

    Args:
        title: Of the article; "Analysis: ..." in it decides.
        sections: Section labels above the title or in metadata.
        body: The article's body alone.
        has_biography: Whether it closes with a line on who the author is.
    """
    labelled = _of_labels(title, sections)
    if labelled is not None:
        return labelled
    if _OFFICIAL_TEXT.search(f"{title or ''}\n{body[:400]}"):
        return Genre.REPORT
    voice = hear(body[:300_000])
    # Swept on the annotated articles and on the headlines of 900 others. Short news has up to 0.12 norms and
    # 0.2 readings a sentence; an opinion of few "must" and "we" has almost nobody else's speech in it.
    if voice.sentences >= 8:
        argued = voice.norms + voice.first_person + (0.15 if has_biography else 0.0)
        if argued + max(0.0, voice.own - 0.7) * 0.3 >= 0.23 and voice.own >= 0.5:
            return Genre.OPINION
        if voice.readings >= 0.2 and voice.own >= 0.35:
            return Genre.ANALYSIS
    return Genre.REPORT


def _of_labels(title: str | None, sections: tuple[str, ...]) -> Genre | None:
    labels = [s.casefold().strip() for s in sections]
    if title:
        head = re.match(r"^([\w &'’/-]{4,24})(?::|\s[-–—|])\s", title)
        labels += [head[1].casefold().strip()] if head else []
        tail = re.search(r"\s[-–—|(]\s?(analysis|opinion|editorial|commentary)\)?$", title, re.IGNORECASE)
        labels += [tail[1].casefold()] if tail else []
    for label in labels:
        for name, genre in _genres():
            if label == name:
                return genre
    return None


@cache
def _genres() -> tuple[tuple[str, Genre], ...]:
    return tuple((label, Genre(genre)) for label, genre in rows("sections.tsv") if genre != "-")
