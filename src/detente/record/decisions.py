"""The analyst's edits applied to claims. Law: a decision wins, and outlives the reading it was made on.

A decided item that a new reading gives under another id is found by its file and words and keeps the id
it was decided under. One that the reading no longer gives is restored from the edit, as long as
its words still stand in the article. Where they do not, the edit is listed as unplaced.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from rapidfuzz import fuzz

from detente.articles import Article
from detente.claims import Claim, Spans, Statement
from detente.evidence import Evidence, Span
from detente.record.codec import claim_from_json, claim_tree, kind_of
from detente.record.edits import NEW, Action, Anchor, Edit
from detente.vocabulary import ClaimKind, Review

# A sentence with a word added or a date put in stays above 80; another sentence of the same article stays
# under 60.
SAME_WORDS: Final = 80.0

_REVIEWED: Final[Mapping[Action, Review]] = {
    Action.ACCEPT: Review.ACCEPTED,
    Action.REJECT: Review.REJECTED,
    Action.EDIT: Review.EDITED,
    Action.CREATE: Review.ACCEPTED,
    Action.PROPOSE: Review.PROPOSED,
    Action.REGROUP: Review.EDITED,
    Action.SET_PROMISE_STATUS: Review.EDITED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Claims with the decisions in them.

    Attributes:
        unplaced: Ids of edits whose words no article holds any longer.
        regrouped: By claim id, the issue that the analyst put it under.
    """

    claims: tuple[Claim, ...]
    unplaced: tuple[str, ...]
    regrouped: Mapping[str, str | None]


def apply_decisions(claims: Iterable[Claim], edits: Sequence[Edit], articles: Iterable[Article]) -> Decided:
    """Apply edits in force, oldest first."""
    desk = _Desk(claims, articles)
    kinds = set(ClaimKind)
    unplaced: list[str] = []
    regrouped: dict[str, str | None] = {}
    for edit in edits:
        if edit.kind not in kinds or edit.action not in _REVIEWED:
            continue
        if not desk.place(edit):
            unplaced.append(edit.id)
        elif "issue" in edit.change and edit.action not in NEW:
            regrouped[edit.item] = edit.change["issue"]
    return Decided(claims=desk.result(), unplaced=tuple(unplaced), regrouped=regrouped)


def altered(claim: Claim, changes: Mapping[str, Any]) -> Claim:
    """The claim with some of its fields changed."""
    return replace(claim, **changes)


class _Desk:
    """Claims in work, found by id or by their words."""

    def __init__(self, claims: Iterable[Claim], articles: Iterable[Article]) -> None:
        self._claims = {claim.id: claim for claim in claims}
        self._articles = {article.id: article for article in articles}
        self._by_file: dict[str, list[Article]] = defaultdict(list)
        for article in self._articles.values():
            self._by_file[article.file].append(article)
        self._renamed: dict[str, str] = {}

    def place(self, edit: Edit) -> bool:
        claim = self._claims.get(edit.item) or self._again(edit) or self._restored(edit)
        if claim is None:
            return edit.action is Action.REJECT  # what is gone stays gone
        changes = {} if edit.action in NEW else edit.change
        self._claims[edit.item] = _changed(claim, changes, _REVIEWED[edit.action])
        return True

    def result(self) -> tuple[Claim, ...]:
        """The claims; those that name a renamed statement name it by the id it was decided under."""
        if not self._renamed:
            return tuple(self._claims.values())
        return tuple(self._repointed(claim) for claim in self._claims.values())

    def _repointed(self, claim: Claim) -> Claim:
        name = "inside" if isinstance(claim, Statement) else "statement"
        now = self._renamed.get(getattr(claim, name, None) or "")
        return altered(claim, {name: now}) if now else claim

    def _again(self, edit: Edit) -> Claim | None:
        """The same item under the id that a new reading gave it, taken back to the id of the edit."""
        if edit.anchor is None:
            return None
        found = _by_words(self._nearby(edit.kind, edit.anchor), edit.anchor)
        if found is None:
            return None
        del self._claims[found.id]
        self._renamed[found.id] = edit.item
        return replace(found, id=edit.item)

    def _nearby(self, kind: str, anchor: Anchor) -> list[Claim]:
        homes = {a.id for a in self._by_file[anchor.file]} | {anchor.article}
        return [
            claim
            for claim in self._claims.values()
            if kind_of(claim) == kind
            and claim.evidence
            and claim.evidence[0].article in homes
            and claim.review is Review.PROPOSED
        ]

    def _restored(self, edit: Edit) -> Claim | None:
        """The item from the edit's own copy, where its words still stand."""
        whole = edit.after if edit.action in NEW else edit.before
        if edit.anchor is None or whole is None or edit.action is Action.REJECT:
            return None
        here = self._articles.get(edit.anchor.article)
        homes = [here] if here else self._by_file[edit.anchor.file]
        for article in homes:
            claim = _moved(claim_from_json(ClaimKind(edit.kind), whole), edit.anchor.article, article)
            if claim is not None:
                return claim
        return None


def _by_words(claims: list[Claim], anchor: Anchor) -> Claim | None:
    same = [claim for claim in claims if claim.evidence[0].quote == anchor.quote]
    if same:
        return min(same, key=lambda claim: (abs(claim.evidence[0].start - anchor.start), claim.id))
    scored = [(fuzz.ratio(claim.evidence[0].quote, anchor.quote), claim.id, claim) for claim in claims]
    score, _, best = max(scored, default=(0.0, "", None), key=lambda entry: entry[:2])
    return best if score >= SAME_WORDS else None


def _changed(claim: Claim, changes: Mapping[str, Any], review: Review) -> Claim:
    if not changes:
        return replace(claim, review=review)
    known = {field.name for field in fields(claim)} - {"id", "review"}
    tree = claim_tree(claim) | {key: value for key, value in changes.items() if key in known}
    return replace(claim_from_json(kind_of(claim), json.dumps(tree)), review=review)


def _moved(claim: Claim, was: str, article: Article) -> Claim | None:
    """The claim with its words found again in the article; ``None`` where the first of them are gone."""
    old = claim.evidence[0]
    moved = [found for e in claim.evidence if (found := _found(e, was, article)) is not None]
    if not moved or moved[0].quote != old.quote:
        return None
    claim = replace(claim, evidence=tuple(moved))
    shift = moved[0].start - old.start
    if isinstance(claim, Statement) and shift:
        claim = replace(claim, spans=_shifted(claim, shift, len(article.text)))
    return claim


def _found(evidence: Evidence, was: str, article: Article) -> Evidence | None:
    """Words of the old article, found in its new text; words of other articles as they are."""
    if evidence.article != was:
        return evidence
    places = []
    at = article.text.find(evidence.quote)
    while at >= 0:
        places.append(at)
        at = article.text.find(evidence.quote, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: (abs(place - evidence.start), place))
    return replace(evidence, article=article.id, start=start, end=start + len(evidence.quote))


def _shifted(claim: Statement, shift: int, length: int) -> Spans:
    def inside(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((a + shift, b + shift) for a, b in spans if a + shift >= 0 and b + shift <= length)

    spans = claim.spans
    return replace(spans, speaker=inside(spans.speaker), cue=inside(spans.cue), content=inside(spans.content))
