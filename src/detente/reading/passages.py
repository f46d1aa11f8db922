"""What the encoder marked as holding an item, beside what the rules found: what to add, and who is in it.

Measured on the development talks (items found by both / by the encoder alone / by the rules alone): the
union is better
than either for demands, events and meetings; for promises the rules alone are.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from detente.claims import Statement
from detente.evidence import Span
from detente.reading.attribution import Passage
from detente.reading.clauses import doer_of, object_of, objects_by, subject_of
from detente.reading.parts import in_headline, overlap, own_voice, parties_of
from detente.reading.scene import Scene

# The least confidence of a passage that the rules did not find, by kind: swept 0.5-0.9 on the
# development talks.
LEAST: Final = {"demand": 0.5, "event": 0.6, "meeting": 0.6}
_ON: Final = frozenset({"with", "against", "on", "to", "at", "of", "from", "for", "upon", "between"})


def further_passages(scene: Scene, kind: str, found: Iterable[Span]) -> Iterator[Passage]:
    """Passages of a kind that stand apart from what is found already, sure enough and not of a headline."""
    found = tuple(found)
    for passage in scene.marks.passages:
        if passage.kind != kind or passage.confidence < LEAST[kind]:
            continue
        if any(overlap(passage.span, span) > 0.5 for span in found):
            continue
        words = scene.doc.char_span(*passage.span, alignment_mode="expand")
        if words is None or in_headline(scene.article, words.root):
            continue
        if own_voice(scene.article) or statement_of(scene, passage.span) is not None:
            yield passage


def statement_of(scene: Scene, span: Span) -> Statement | None:
    """The statement that a passage is told in or is, the one that shares most of its words."""
    best: tuple[float, Statement] | None = None
    for statement in scene.statements:
        content = statement.evidence[0].start, statement.evidence[0].end
        share = overlap(span, content)
        if statement.cue is not None and share > 0.5 and (best is None or share > best[0]):
            best = share, statement
    return best[1] if best else None


def parties_in(scene: Scene, span: Span) -> tuple[str | None, str | None]:
    """By whom and to whom, by the verb or noun at the head of a passage, else by who is named in it."""
    words = scene.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return None, None
    root = words.root
    verb = root.pos_ in {"VERB", "AUX"}
    by = parties_of(scene, subject_of(root) if verb else doer_of(root))
    nouns = [object_of(root)] if verb else []
    to = [p for n in [*nouns, *objects_by(root, _ON)] for p in parties_of(scene, n) if p not in by]
    named = [m.party for m in scene.cast.everyone(span) if m.party and m.party not in by]
    return (by[0] if by else None), next(iter([*to, *named]), None)
