"""The same articles as worse sources have them: stripped, with site chrome, as transcripts, retold.

Each way takes an `Annotated` and gives another with the annotations moved along. The words that are put in
are our own or the article's, never another corpus'.
"""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from annotated import Annotated, Held, Said, Span

CHROME = (
    "Subscribe to our newsletter",
    "Share this article",
    "Print",
    "E-mail this page",
    "Read more",
    "Advertisement",
    "Sign in | Register",
    "Home > World > Politics",
    "QR Code to this page",
    "Most read stories",
    "Related articles",
    "Click here to download the app",
    "Follow us on social media",
    "All rights reserved.",
    "Photo: file picture",
    "Skip to main content",
    "Comments (12)",
    "Last updated 3 hours ago",
    "Copyright notice and terms of use",
    "Get the morning briefing in your inbox every day.",
    "Menu Search Video Weather Sport Business Travel",
    "This page is not available in your country",
    "Page 2 of 3",
    "Next story: What we know so far",
    "Tags: talks, security",
)
CUES_BEFORE = (
    "said",
    "says",
    "said that",
    "told reporters that",
    "added that",
    "announced that",
    "reported that",
    "say",
    "has said",
    "have said that",
    "stated that",
    "confirmed that",
    "claimed that",
    "noted that",
)
CUES_AFTER = ("said", "says", "told reporters", "added", "reported", "say", "have said")
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'", "—": " - ", "–": "-", "…": "..."}


@dataclass(frozen=True, slots=True)
class Edit:
    """Some words put in the place of others."""

    start: int
    end: int
    words: str


def edited(article: Annotated, edits: Iterable[Edit]) -> tuple[Annotated, list[int]]:
    """The article after some edits, and where each edit's words now stand. Edits do not overlap."""
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    parts: list[str] = []
    moved = np.zeros(len(article.text) + 1, dtype=np.int64)
    places: list[int] = []
    at = length = 0
    for edit in ordered:
        moved[at : edit.start + 1] = np.arange(length, length + edit.start + 1 - at)
        length += edit.start - at
        places.append(length)
        parts += [article.text[at : edit.start], edit.words]
        # what stands inside of the words replaced goes to the end of the new ones
        if edit.end > edit.start:
            moved[edit.start + 1 : edit.end + 1] = length + len(edit.words)
        else:
            moved[edit.start] = length + len(edit.words)
        length += len(edit.words)
        at = edit.end
    moved[at + (1 if ordered and ordered[-1].end > ordered[-1].start else 0) :] = np.arange(
        length + (1 if ordered and ordered[-1].end > ordered[-1].start else 0),
        length + len(article.text) + 1 - at,
    )
    parts.append(article.text[at:])

    def move(span: Span) -> Span:
        return int(moved[span[0]]), int(moved[span[1]])

    return replace(_moved(article, move), text="".join(parts)), places


def _moved(article: Annotated, move: Callable[[Span], Span]) -> Annotated:
    def spans(old: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(s for s in map(move, old) if s[1] > s[0])

    said = (
        replace(s, content=spans(s.content), cue=spans(s.cue), source=spans(s.source)) for s in article.said
    )
    held = (replace(h, span=move(h.span)) for h in article.held)
    return replace(
        article,
        said=tuple(s for s in said if s.content),
        held=tuple(h for h in held if h.span[1] > h.span[0]),
    )


def stripped(article: Annotated, chance: random.Random) -> Annotated:
    """As a database exports it: no lines, case, marks or digits; every other one keeps quotation marks."""
    keep_quotes, keep_lines = chance.random() < 0.5, chance.random() < 0.3
    edits = []
    for match in re.finditer(r"\.(?=\w)|['’‘](?=\w)|[0-9]+|\n+|[^\w\s]", article.text):
        sign = match.group()
        if sign in '“”"' and keep_quotes:
            words = '"' if sign == "“" else '" ' if sign == "”" else '"'
        elif sign[0] == "\n":
            words = "\n" if keep_lines else " "
        elif sign in "'’‘" or sign[0].isdigit():
            words = ""
        else:
            words = " " if sign in ".-—–/" else ""
        edits.append(Edit(match.start(), match.end(), words))
    bare, _ = edited(article, edits)
    return replace(bare, text=_lower(bare.text))


def _lower(text: str) -> str:
    """In lower case, sign by sign, so that no offset moves."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def requoted(article: Annotated, chance: random.Random) -> Annotated:
    """With other quotation marks: straight, single, spaced, or some of them lost."""
    way = chance.choice(("straight", "straight", "lost", "spaced", "single"))
    edits = []
    for match in re.finditer(r"[“”\"]|(?<=\w)’(?=\w)", article.text):
        sign = match.group()
        if way == "lost" and sign != "’" and chance.random() < 0.4:
            edits.append(Edit(match.start(), match.end(), ""))
        elif way == "spaced":
            edits.append(
                Edit(match.start(), match.end(), " ‘" if sign == "’" else f" {STRAIGHT.get(sign, sign)} ")
            )
        elif way == "single" and sign in "“”":
            edits.append(Edit(match.start(), match.end(), "‘" if sign == "“" else "’"))
        elif way == "straight":
            edits.append(Edit(match.start(), match.end(), STRAIGHT.get(sign, sign)))
    return edited(article, edits)[0]


def lowered(article: Annotated) -> Annotated:
    """Without capitals."""
    return replace(article, text=_lower(article.text))


def with_chrome(article: Annotated, chance: random.Random) -> Annotated:
    """With lines of a web site before, after and between its paragraphs."""
    breaks = [0] + [m.end() for m in re.finditer(r"\n+", article.text)]
    inside = [s for said in article.said for s in said.content]
    free = [b for b in breaks if not any(s < b < e for s, e in inside)]
    chosen = chance.sample(free, min(len(free), chance.randint(1, 3)))
    return edited(
        article, [Edit(b, b, "\n".join(chance.sample(CHROME, chance.randint(1, 4))) + "\n") for b in chosen]
    )[0]


def _sentences(text: str) -> list[Span]:
    """Sentences that end in a full stop, 30 to 300 characters long."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        for stop in re.finditer(r"(?<=[a-z]{3})\.(?=\s+[A-Z“\"]|\s*$)", paragraph.group()):
            end = paragraph.start() + stop.end()
            if 30 <= end - start <= 300:
                found.append((start, end))
            gap = re.compile(r"\s*").match(text, end)
            start = gap.end() if gap else end
    return found


def retold(article: Annotated, chance: random.Random, speakers: Sequence[str], count: int) -> Annotated:
    """With some sentences told by somebody: "X denied Y." becomes "Z said that X denied Y."."""
    for _ in range(count):
        sentences = [s for s in _sentences(article.text) if _stands_alone(article, s)]
        if not sentences:
            return article
        # sentences in which something is said already teach more
        telling = [s for s in sentences if any(s[0] <= a.content[0][0] < s[1] for a in article.said)]
        pool = telling if telling and chance.random() < 0.75 else sentences
        article = _told(article, chance.choice(pool), chance, chance.choice(speakers))
    return article


def _stands_alone(article: Annotated, sentence: Span) -> bool:
    if any(sign in article.text[sentence[0] : sentence[1]] for sign in '“”"'):
        return False
    for said in article.said:
        spans = said.content + said.cue + said.source
        within = [sentence[0] <= s and e <= sentence[1] for s, e in spans]
        if any(within) and (not all(within) or said.depth):
            return False
        if not any(within) and any(s < sentence[1] and sentence[0] < e for s, e in spans):
            return False
    return True


def _told(article: Annotated, sentence: Span, chance: random.Random, speaker: str) -> Annotated:
    start, end = sentence
    first = article.text[start]
    low = (
        first.lower()
        if article.text[start : start + 4] in ("The ", "They", "This", "It h", "He h")
        else first
    )
    way = chance.choice(("before", "before", "after", "quoted", "according"))
    cue = chance.choice(CUES_BEFORE if way == "before" else CUES_AFTER)
    name = speaker[0].upper() + speaker[1:]
    if way == "before":
        edits = [Edit(start, start, f"{name} {cue} ")]
        cue_words, source_words = cue.removesuffix(" that"), name
    elif way == "according":
        edits, cue_words, source_words = (
            [Edit(start, start, f"According to {speaker}, ")],
            "According to",
            speaker,
        )
    elif way == "after":
        edits, cue_words, source_words = [Edit(end - 1, end, f", {speaker} {cue}.")], cue, speaker
    else:
        edits = [Edit(start, start, "“"), Edit(end - 1, end, f",” {speaker} {cue}.")]
        cue_words, source_words = cue, speaker
    told, places = edited(article, edits)
    place, words = places[-1], edits[-1].words
    source_at = place + words.index(source_words)
    cue_at = place + (words.index(cue_words) if way == "according" else words.index(f" {cue_words}") + 1)
    content = _content_after(way, places, edits, sentence)
    text = told.text
    if way in ("before", "according"):
        text = text[: content[0]] + low + text[content[0] + 1 :]
    outer = Said(
        (content,),
        ((cue_at, cue_at + len(cue_words)),),
        ((source_at, source_at + len(source_words)),),
        0,
        None,
        0.0,
        inside_known=True,
    )
    deeper = tuple(
        replace(s, depth=1, inside_known=True) if content[0] <= s.content[0][0] < content[1] else s
        for s in told.said
    )
    return replace(told, text=text, said=(*deeper, outer))


def _content_after(way: str, places: list[int], edits: list[Edit], sentence: Span) -> Span:
    length = sentence[1] - sentence[0] - 1
    if way in ("before", "according"):
        start = places[0] + len(edits[0].words)
        return start, start + length
    start = places[0] + 1 if way == "quoted" else places[-1] - length
    return start, places[-1]


def transcribed(article: Annotated, chance: random.Random) -> Annotated:
    """With one run of plain paragraphs as a transcript has it: "SMITH: ..." and its words said by SMITH."""
    paragraphs = [m.span() for m in re.finditer(r"[^\n]{40,600}", article.text)]
    plain = [
        p
        for p in paragraphs
        if not any(s < p[1] and p[0] < e for a in article.said for s, e in a.content + a.cue + a.source)
    ]
    if not plain or article.kinds_known:
        return article
    names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", article.text) or ["Speaker"]
    chosen = sorted(chance.sample(plain, min(len(plain), chance.randint(1, 3))))
    labels = [chance.choice(names).upper() for _ in chosen]
    edits = [Edit(p[0], p[0], f"{name}: ") for p, name in zip(chosen, labels, strict=True)]
    told, places = edited(article, edits)
    new = []
    for place, (start, end), name in zip(places, chosen, labels, strict=True):
        begin = place + len(name) + 2
        new.append(
            Said(
                ((begin, begin + end - start),),
                ((begin - 2, begin - 1),),
                ((place, begin - 2),),
                0,
                None,
                0.0,
                False,
            )
        )
    return replace(told, said=told.said + tuple(new))


def speakers_of(articles: Sequence[Annotated]) -> list[str]:
    """Names of speakers as the articles write them, short ones."""
    found = []
    for article in articles:
        for said in article.said:
            words = article.text[said.source[0][0] : said.source[0][1]] if said.source else ""
            if (
                0 < len(words.split()) <= 6
                and words.isprintable()
                and words[0].isalpha()
                and "," not in words
            ):
                found.append(words)
    return found


def varied(article: Annotated, chance: random.Random, speakers: Sequence[str]) -> Annotated:
    """One variant of an article, drawn at random; about a third stay as they are."""
    if chance.random() < 0.4:
        article = retold(article, chance, speakers, chance.randint(1, 3))
    if chance.random() < 0.08:
        article = transcribed(article, chance)
    if chance.random() < 0.12:
        article = with_chrome(article, chance)
    draw = chance.random()
    if draw < 0.09:
        return stripped(article, chance)
    if draw < 0.24:
        return requoted(article, chance)
    if draw < 0.27:
        return lowered(article)
    return article


__all__ = ["Edit", "Held", "edited", "speakers_of", "varied"]
