"""A record as tasks for Label Studio: what Detente read as predictions, what was decided as annotations.

Law: offsets count UTF-16 units, as the browser does. Each stretch also carries its words, by which
:mod:`detente.export.gold` finds it again whichever way a version of Label Studio counts.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final, TypeAlias

from detente.articles import Article
from detente.claims import ALL_PARTY_FIELDS, Claim, Dispute, Party, Statement, stable_id
from detente.evidence import Evidence, Span
from detente.export.case import Case
from detente.export.labels import CHOICES, DENIES, LABELS, PARTS, SAYS, TEXT, Label, labelling_config
from detente.export.units import utf16_span
from detente.record.model import Record
from detente.vocabulary import ClaimKind, Review

Json: TypeAlias = dict[str, object]

_DATA: Final = ("title", "outlet", "author", "published", "genre", "language", "url", "file", "id")
_PARTIES: Final = frozenset({*ALL_PARTY_FIELDS, "member_of", "parties"})
_LABEL_OF: Final[Mapping[ClaimKind, Label]] = {
    label.kind: label for label in LABELS.values() if label.kind is not None
}
_DECIDED: Final = frozenset({Review.ACCEPTED, Review.EDITED})


def label_studio(case: Case) -> Iterator[bytes]:
    """A JSON list of tasks, to be imported into a project with :func:`config`'s interface."""
    record = case.record.standing()
    held, named = _by_article(record), _named(record)
    for number, article in enumerate(record.articles, 1):
        task = _task(record, article, held[article.id], named[article.id], number)
        yield (b"[\n" if number == 1 else b",\n") + json.dumps(task, ensure_ascii=False).encode()
    yield b"\n]\n" if record.articles else b"[]\n"


def config(case: Case) -> Iterator[bytes]:  # noqa: ARG001  # one signature for every form
    """The labelling interface, the same for every record."""
    yield labelling_config().encode()


def _by_article(record: Record) -> Mapping[str, list[tuple[ClaimKind, Claim]]]:
    found: dict[str, list[tuple[ClaimKind, Claim]]] = defaultdict(list)
    for kind, claim in record.claims():
        found[claim.evidence[0].article].append((kind, claim))
    return found


def _named(record: Record) -> Mapping[str, list[tuple[Party, Evidence]]]:
    """By article, the parties named in it, each with its first mention there."""
    found: dict[str, list[tuple[Party, Evidence]]] = defaultdict(list)
    for party in record.parties:
        for mention in {words.article: words for words in reversed(party.evidence)}.values():
            found[mention.article].append((party, mention))
    return found


def _task(
    record: Record,
    article: Article,
    held: Sequence[tuple[ClaimKind, Claim]],
    named: Sequence[tuple[Party, Evidence]],
    number: int,
) -> Json:
    decided = [(kind, claim) for kind, claim in held if claim.review in _DECIDED]
    task: Json = {
        "id": number,
        "data": {TEXT: article.text, **{name: getattr(article, name) for name in _DATA}},
        "predictions": [
            {
                "model_version": "detente",
                "score": round(fmean(claim.confidence for _, claim in held), 4) if held else 0.0,
                "result": _Results(record, article, named).of(held),
            }
        ],
    }
    if decided:
        task["annotations"] = [
            {"result": _Results(record, article, named).of(decided), "ground_truth": False}
        ]
    return task


@dataclass
class _Results:
    """The stretches of one task, each written once however many items it is part of."""

    record: Record
    article: Article
    named: Sequence[tuple[Party, Evidence]]
    results: list[Json] = field(default_factory=list)
    known: dict[tuple[str, Span], str] = field(default_factory=dict)

    def of(self, held: Sequence[tuple[ClaimKind, Claim]]) -> list[Json]:
        for kind, claim in held:
            label = _LABEL_OF[kind]
            region = self._region(label, _span(claim.evidence[0]), claim.id, claim)
            if isinstance(claim, Statement):
                for part, spans in (("speaker", claim.spans.speaker), ("cue", claim.spans.cue)):
                    for span in spans:
                        self._relate(self._part(part, span), region, SAYS)
            elif isinstance(claim, Dispute) and claim.denied_by is not None and len(claim.evidence) > 1:
                self._deny(claim, region)
        for party, mention in self.named:
            self._region(LABELS["party"], _span(mention), f"p{party.id}", party)
        return self.results

    def _deny(self, claim: Dispute, charge: str) -> None:
        words = claim.evidence[1]
        if words.article == self.article.id:
            denial = self._region(LABELS["denial"], _span(words), f"{claim.id}d", claim)
            self._relate(denial, charge, DENIES)

    def _part(self, label: str, span: Span) -> str:
        if (label, span) not in self.known:
            region = stable_id(label, *span)
            self.known[label, span] = self._region(LABELS[label], span, region, None)
        return self.known[label, span]

    def _region(self, label: Label, span: Span, region: str, item: Claim | Party | None) -> str:
        start, end = utf16_span(self.article.text, span)
        place: Json = {"start": start, "end": end}
        words = self.article.text[span[0] : span[1]]
        self._add(region, PARTS, "labels", {**place, "text": words, "labels": [label.value]})
        for name, control in label.asks.items():
            values = _values(self.record, item, name)
            if values and control in CHOICES:
                self._add(region, control, "choices", {**place, "text": words, "choices": values})
            elif values:
                self._add(region, control, "textarea", {**place, "text": values})
        return region

    def _add(self, region: str, control: str, sort: str, value: Json) -> None:
        self.results.append(
            {"id": region, "from_name": control, "to_name": TEXT, "type": sort, "value": value}
        )

    def _relate(self, one: str, other: str, label: str) -> None:
        self.results.append(
            {"from_id": one, "to_id": other, "type": "relation", "direction": "right", "labels": [label]}
        )


def _values(record: Record, item: Claim | Party | None, name: str) -> list[str]:
    """A field's values as the annotator writes them: names for ids."""
    value = getattr(item, name, None)
    if value is None or value == ():
        return []
    several = value if isinstance(value, tuple) else (value,)
    if name in _PARTIES:
        return [record.party[one].name for one in several if one in record.party]
    if name == "issue":
        return [record.issue[one].label for one in several if one in record.issue]
    return [str(one) for one in several if str(one)]


def _span(words: Evidence) -> Span:
    return words.start, words.end
