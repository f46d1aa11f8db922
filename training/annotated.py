"""Annotated articles: texts with what is said in them and what happens, as character spans."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]

WEAK_ACTS: dict[str, re.Pattern[str]] = {
    act: re.compile(rf"\b(?:{stems})\b", re.IGNORECASE)
    for act, stems in {
        "demand": r"demand\w*|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on|upon)|insist\w*|implor\w+",
        "offer": r"offer(?:s|ed|ing)?",
        "promise": r"promis\w+|pledg\w+|vow\w*|commit(?:s|ted|ting)?|swor\w+",
        "refusal": r"refus\w+|declin\w+|reject(?:s|ed|ing)?",
        "acceptance": r"accept(?:s|ed|ing)?|welcom(?:es|ed|ing)",
        "proposal": r"propos\w+|suggest(?:s|ed|ing)?|recommend\w*",
        "threat": r"threaten\w*|warn(?:s|ed|ing)?",
        "accusation": r"accus\w+|blam\w+|alleg\w+|condemn\w*|denounc\w+|criticiz\w+",
        "denial": r"den(?:y|ies|ied|ying)|denial|refut\w+|disavow\w*",
        "agreement": r"agree(?:s|d|ing)?",
        "assessment": r"believ\w+|think\w*|thought|hop(?:e|es|ed|ing)|fear\w*|expect\w*",
        "report": r"report(?:s|ed)|announc\w+|disclos\w+",
    }.items()
}
"""Cues that mean one act nearly always: a weak label, where a corpus does not give acts."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution.

    Attributes:
        content, cue, source: Spans; cue and source may be empty.
        depth: 0 outer, 1 told inside another's content.
        act: What it does, ``None`` where not known.
        act_weight: Share of the act's loss, below 1 for a weak label.
        inside_known: Whether what is told inside its content is annotated too.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    depth: int
    act: str | None
    act_weight: float
    inside_known: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Words that hold an item of a kind, with its label (event type, meeting status) where it has one."""

    kind: str
    span: Span
    label: str | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text and its annotations. `kinds_known`: whether items of the kinds are annotated."""

    text: str
    said: tuple[Said, ...]
    held: tuple[Held, ...] = field(default=())
    kinds_known: bool = False


Acts = dict[tuple[str, int], str]


def load_acts(path: Path) -> Acts:
    """What attributions do, by article and the start of their content's first span.

    A tab-separated file of article id, start and act; lines that begin with ``#`` are remarks.
    """
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return {(article, int(start)): act for article, start, act in rows}


def load_attributions(path: Path, acts: Acts | None = None) -> list[Annotated]:
    """Articles of a JSONL in PolNeAR's form: text and attributions with source, cue and content spans."""
    return [
        _attributed(json.loads(line), acts or {})
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _attributed(row: dict, acts: Acts) -> Annotated:
    text = row["text"]
    said = []
    for attribution in row["attributions"]:
        content, cue, source = (
            tuple((int(s), int(e)) for s, e in attribution[role]) for role in ("content", "cue", "source")
        )
        act, weight = acts.get((row["id"], content[0][0] if content else -1)), 1.0
        if act is None:
            act, weight = weak_act(" ".join(text[s:e] for s, e in cue)), 0.25
        said.append(Said(content, cue, source, 0, act, weight, inside_known=False))
    return Annotated(text, tuple(said))


def weak_act(cue: str) -> str | None:
    """The act a cue means nearly always, if there is one."""
    return next((act for act, stems in WEAK_ACTS.items() if stems.search(cue)), None)


def load_talks(articles: Path, gold: Path) -> list[Annotated]:
    """News items with gold annotations in JSON, one a file."""
    found = []
    for path in sorted(gold.glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(annotation, dict) and "statements" in annotation:
            text = (articles / annotation["doc"]).read_bytes().decode("utf-8")
            found.append(_negotiation(text, annotation))
    return found


_WRITTEN_KINDS = {"D": "demands", "P": "promises", "E": "events", "M": "meetings"}


def load_written(folder: Path) -> list[Annotated]:
    """Our own articles: text, a line of two dashes, then an annotation a line, fields between bars.

    ``S | speaker | cue | content | act | target``, ``D | by | of | words``, ``P | by | to | words``,
    ``E | type | words``, ``M | status | words``; words may be given as ``first ... last``, and ``-`` is none.
    """
    return [_written(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def _written(file: str) -> Annotated:
    text, _, below = file.partition("\n--\n")
    gold: dict = {"statements": [], **{kind: [] for kind in _WRITTEN_KINDS.values()}}
    for line in below.splitlines():
        sort, *fields = (field.strip() for field in line.split(" | "))
        if sort == "S":
            speaker, cue, content, act = (_whole(text, field) for field in fields[:4])
            if cue is None and speaker is not None and f"{speaker}:" in text:
                cue = ":"
            gold["statements"].append({"speaker_text": speaker, "cue": cue, "content": content, "act": act})
        elif sort in _WRITTEN_KINDS:
            item = {"evidence": _whole(text, fields[-1]), "type": fields[0], "status": fields[0]}
            gold[_WRITTEN_KINDS[sort]].append(item)
    return _negotiation(text, gold)


def _whole(text: str, words: str) -> str | None:
    """Words given whole, or by their first and last ones."""
    if words == "-":
        return None
    first, cut, last = words.partition(" ... ")
    start = text.find(first)
    end = text.find(last, start + len(first)) if cut and start >= 0 else -1
    return text[start : end + len(last)] if end >= 0 else words


def _negotiation(text: str, annotation: dict) -> Annotated:
    spoken = [s for s in annotation["statements"] if s["cue"]]
    contents = [_nearest(text, s["content"], None) for s in spoken]
    joint: dict[Span, Said] = {}
    for statement, content in zip(spoken, contents, strict=True):
        if content is None:
            continue
        cue = _cue_of(text, statement["cue"], content)
        source = _nearest(text, statement["speaker_text"], cue or content)
        depth = sum(_holds(other, content) for other in set(contents) if other is not None)
        one = Said(
            (content,),
            (cue,) if cue else (),
            (source,) if source else (),
            min(depth, 1),
            statement["act"],
            1.0,
            True,
        )
        joint[content] = _together(joint[content], one) if content in joint else one
    held = tuple(
        Held(
            kind,
            span,
            item.get("type") if kind == "event" else item.get("status") if kind == "meeting" else None,
        )
        for kind in ("demand", "promise", "event", "meeting")
        for item in annotation[kind + "s"]
        if (span := _nearest(text, item["evidence"], None)) is not None
    )
    return Annotated(text, tuple(joint.values()), held, kinds_known=True)


def _together(one: Said, other: Said) -> Said:
    """Two who say the same words: one attribution; its source spans both names where they are close by."""
    if not (one.source and other.source):
        return one
    start = min(one.source[0][0], other.source[0][0])
    end = max(one.source[0][1], other.source[0][1])
    near = end - start < 120 and not any(start < s < end for s, _ in one.content + one.cue)
    source = ((start, end),) if near else one.source
    return Said(one.content, one.cue, source, one.depth, one.act, one.act_weight, one.inside_known)


def _holds(outer: Span, inner: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _cue_of(text: str, words: str, content: Span) -> Span | None:
    """The cue's words nearest to the content; a transcript's colon stands before it."""
    if words != ":":
        return _nearest(text, words, content)
    at = text.rfind(":", 0, content[0])
    return (at, at + 1) if at >= 0 else None


def _nearest(text: str, words: str | None, to: Span | None) -> Span | None:
    """The occurrence of some words nearest to a span, the first without one; whole words first."""
    if not words:
        return None
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not found:
        found = [m.span() for m in re.finditer(re.escape(words), text)]
    if not found:
        return None
    if to is None:
        return found[0]
    # outside of the span itself: "he said" stands beside what he said
    return min(found, key=lambda s: (max(s[0] - to[1], to[0] - s[1], 0), s[0] < to[1] and to[0] < s[1]))
