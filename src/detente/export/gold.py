"""What annotators labelled in Label Studio, as gold: one JSON object an article.

The form is that of the annotated data that Detente is measured on: names in place of ids, words verbatim.
Law: every quotation in it is a stretch of the task's text; a label whose words are not there is left out
and counted.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from detente.evidence import Span
from detente.export.labels import DENIES, LABELS, SAYS, TEXT
from detente.export.units import code_point_span

Json: TypeAlias = dict[str, Any]

# Lists of the gold, and the label that fills each.
_LISTS: Final[Mapping[str, str]] = {
    "demands": "demand",
    "promises": "promise",
    "events": "event",
    "meetings": "meeting",
    "flexibility": "signal",
    "internal": "faction",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The gold of one article.

    Attributes:
        name: Of its file, without an ending.
        text: The article's text, for the quotations to be looked up in.
        tree: The JSON object.
        lost: Labels whose words do not stand in the text.
    """

    name: str
    text: str
    tree: Json
    lost: int


@dataclass(slots=True)
class _Region:
    """A labelled stretch, and what was said of it."""

    label: str
    span: Span
    words: str
    values: dict[str, list[str]] = field(default_factory=dict)

    def all(self, name: str) -> list[str]:
        return self.values.get(LABELS[self.label].asks[name], [])

    def one(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)


def gold_of(task: Mapping[str, Any], *, predictions: bool = False) -> Gold | None:
    """The gold of a task; ``None`` where nobody annotated it or it has no text.

    Args:
        task: As Label Studio exports it, in its full JSON.
        predictions: Take the machine's labels where nobody annotated the task.
    """
    data = task.get("data")
    text = data.get(TEXT) if isinstance(data, Mapping) else None
    results = _results(task, predictions=predictions)
    if not isinstance(data, Mapping) or not isinstance(text, str) or results is None:
        return None
    regions, lost = _regions(text, results)
    relations = _relations(results, regions)
    tree: Json = {
        "doc": _string(data, "file") or f"task-{task.get('id')}",
        **{name: _string(data, name) for name in ("title", "outlet", "author", "published")},
        "genre": _string(data, "genre") or "report",
        "parties": _parties(regions.values()),
        "statements": list(_statements(text, regions, relations)),
        **{name: [_item(one) for one in _of(regions, label)] for name, label in _LISTS.items()},
        "disputes": list(_disputes(regions, relations)),
    }
    tree["issues"] = [{"slug": slug, "label": label} for slug, label in sorted(_issues(regions).items())]
    stem = re.sub(r"[^\w.-]+", "-", tree["doc"].rsplit("/", 1)[-1]).strip("-.") or "task"
    return Gold(name=stem.removesuffix(".txt"), text=text, tree=tree, lost=lost)


def _results(task: Mapping[str, Any], *, predictions: bool) -> list[Mapping[str, Any]] | None:
    """The labels of the annotation that counts: marked as the truth, or else the last one not cancelled."""
    made = [
        one
        for one in _list(task.get("annotations") or task.get("completions"))
        if not one.get("was_cancelled") and isinstance(one.get("result"), list)
    ]
    if not made and predictions:
        made = _list(task.get("predictions"))
    truths = [one for one in made if one.get("ground_truth")]
    latest = max(truths or made, key=lambda one: str(one.get("updated_at") or ""), default=None)
    return None if latest is None else _list(latest.get("result"))


def _list(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _regions(text: str, results: Sequence[Mapping[str, Any]]) -> tuple[dict[str, _Region], int]:
    regions: dict[str, _Region] = {}
    lost = 0
    for one in results:
        value, label = one.get("value"), _label(one)
        if not isinstance(value, Mapping) or label is None:
            continue
        span = find_words(text, value.get("start"), value.get("end"), value.get("text"))
        if span is None:
            lost += 1
        else:
            regions[str(one.get("id"))] = _Region(label, span, text[span[0] : span[1]])
    for one in results:
        value, region = one.get("value"), regions.get(str(one.get("id")))
        name, sort = one.get("from_name"), one.get("type")
        if region is None or not isinstance(value, Mapping) or sort == "labels":
            continue
        said = value.get("choices") if sort == "choices" else value.get("text")
        said = [said] if isinstance(said, str) else said
        if isinstance(said, list):
            region.values[str(name)] = [" ".join(one.split()) for one in said if isinstance(one, str)]
    return regions, lost


def _label(one: Mapping[str, Any]) -> str | None:
    value = one.get("value")
    labels = value.get("labels") if one.get("type") == "labels" and isinstance(value, Mapping) else None
    return next((label for label in labels if label in LABELS), None) if isinstance(labels, list) else None


def find_words(text: str, start: object, end: object, words: object) -> Span | None:
    """Where labelled words stand, in code points, without white space at their ends.

    Offsets are tried as UTF-16 units, then as code points; where neither gives the words, the nearest
    place that does is taken. ``None`` where there is none.

    >>> find_words("😀 Talks", 3, 8, "Talks"), find_words("😀 Talks", 2, 7, "Talks")
    ((2, 7), (2, 7))
    """
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= 2 * len(text):
        return None
    spans = [code_point_span(text, (start, end)), (start, min(end, len(text)))]
    if not isinstance(words, str) or not words.strip():
        return _trimmed(text, spans[0])
    for span in spans:
        if _same(text[span[0] : span[1]], words):
            return _trimmed(text, span)
    places = [found.start() for found in re.finditer(re.escape(words), text)]
    if not places:
        return None
    at = min(places, key=lambda place: abs(place - spans[0][0]))
    return _trimmed(text, (at, at + len(words)))


def _same(one: str, other: str) -> bool:
    # Some versions write line ends as "\\n" or leave them out.
    return "".join(one.split()) == "".join(other.replace("\\n", " ").split())


def _trimmed(text: str, span: Span) -> Span | None:
    words = text[span[0] : span[1]]
    start = span[0] + len(words) - len(words.lstrip())
    return (start, start + len(words.strip())) if words.strip() else None


def _relations(
    results: Sequence[Mapping[str, Any]], regions: Mapping[str, _Region]
) -> Mapping[tuple[str, str], list[_Region]]:
    """By relation and the region it leads to, the regions it comes from, in the order of the text."""
    found: dict[tuple[str, str], list[_Region]] = defaultdict(list)
    for one in results:
        if one.get("type") != "relation":
            continue
        ends = [str(one.get("from_id")), str(one.get("to_id"))]
        if one.get("direction") == "left":
            ends.reverse()
        names = one.get("labels") or [_implied(regions.get(ends[0]))]
        if ends[0] in regions:
            for name in names if isinstance(names, list) else []:
                found[str(name), ends[1]].append(regions[ends[0]])
    for held in found.values():
        held.sort(key=lambda region: region.span)
    return found


def _implied(region: _Region | None) -> str:
    """What an unnamed relation must mean, by where it starts."""
    return DENIES if region is not None and region.label == "denial" else SAYS


def _of(regions: Mapping[str, _Region], label: str) -> list[_Region]:
    return sorted((one for one in regions.values() if one.label == label), key=lambda one: one.span)


def _statements(
    text: str, regions: Mapping[str, _Region], relations: Mapping[tuple[str, str], list[_Region]]
) -> Iterator[Json]:
    held = [(key, one) for key, one in regions.items() if one.label == "content"]
    for number, (key, one) in enumerate(sorted(held, key=lambda pair: pair[1].span), 1):
        said = relations.get((SAYS, key), [])
        speaker_text = _joined(text, [part for part in said if part.label == "speaker"])
        speaker = one.one("speaker")
        yield {
            "id": f"s{number}",
            "speaker": speaker,
            "speaker_text": speaker_text,
            "named": bool(speaker and speaker_text and speaker.split()[-1] in speaker_text.split()),
            "affiliation": one.one("affiliation"),
            "cue": _joined(text, [part for part in said if part.label == "cue"]),
            "content": one.words,
            "quote": one.one("quote") or "indirect",
            "act": one.one("act") or "report",
            "target": one.one("target"),
            "issue": _slug(one.one("issue")),
            "via": one.one("via"),
            "channel": one.one("channel"),
        }


def _joined(text: str, parts: Sequence[_Region]) -> str | None:
    """The words from the first part to the last, as one stretch of the text."""
    return text[parts[0].span[0] : max(part.span[1] for part in parts)] if parts else None


def _item(region: _Region) -> Json:
    item: Json = {}
    for name in LABELS[region.label].asks:
        item[name] = region.all(name) if name == "parties" else region.one(name)
    if "issue" in item:
        item["issue"] = _slug(item["issue"])
    if region.label == "promise":
        item["status_evidence"] = None
    return {**item, "evidence": region.words}


def _disputes(
    regions: Mapping[str, _Region], relations: Mapping[tuple[str, str], list[_Region]]
) -> Iterator[Json]:
    """Charges that were answered; the gold holds no other."""
    for key, charge in regions.items():
        for denial in relations.get((DENIES, key), []) if charge.label == "charge" else []:
            yield {
                "claim": charge.words,
                "claimed_by": charge.one("claimed_by"),
                "against": charge.one("against"),
                "denial": denial.words,
                "denied_by": denial.one("denied_by") if denial.label == "denial" else None,
            }


def _parties(regions: Iterable[_Region]) -> list[Json]:
    found: dict[str, Json] = {}
    for region in regions:
        if region.label == "party":
            name = region.one("name") or region.words
            party = found.setdefault(
                name,
                {
                    "name": name,
                    "kind": region.one("kind") or "organization",
                    "aliases": [],
                    "member_of": region.one("member_of"),
                },
            )
            if region.words not in party["aliases"]:
                party["aliases"].append(region.words)
    return list(found.values())


def _issues(regions: Mapping[str, _Region]) -> dict[str, str]:
    labels = [label for one in regions.values() for label in one.values.get("issue", [])]
    return {slug: label for label in labels if (slug := _slug(label)) is not None}


def _slug(label: str | None) -> str | None:
    """An issue's short name.

    >>> _slug("Release of the five Norlanders")
    'release-of-the-five-norlanders'
    """
    plain = unicodedata.normalize("NFKD", label or "").encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or None


def _string(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return value if isinstance(value, str) and value else None
