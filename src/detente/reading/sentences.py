"""The text of a parse and its sentences, found once: spaCy joins all tokens and walks the text each time."""

from bisect import bisect_right

from spacy.tokens import Doc, Token

from detente.evidence import Span

_KEY = "detente_sentences"
_TEXT = "detente_text"
_OFFSETS = "detente_sentence_offsets"


def text_of(doc: Doc) -> str:
    """The text of the parse, as ``doc.text`` has it."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def _starts(doc: Doc) -> list[int]:
    """The places of the tokens that begin a sentence."""
    starts: list[int] | None = doc.user_data.get(_KEY)
    if starts is None:
        marks = doc.to_array("SENT_START")
        starts = [0, *(place for place, mark in enumerate(marks.tolist()) if mark == 1 and place)]
        doc.user_data[_KEY] = starts
    return starts


def sentence_of(token: Token) -> int:
    """The place of the first token of the token's sentence: the same for all tokens of one sentence."""
    starts = _starts(token.doc)
    return starts[bisect_right(starts, token.i) - 1]


def sentence_ends(token: Token) -> tuple[int, int]:
    """The places of the first and the last token of the token's sentence."""
    starts = _starts(token.doc)
    at = bisect_right(starts, token.i)
    return starts[at - 1], (starts[at] if at < len(starts) else len(token.doc)) - 1


def sentence_span(token: Token) -> Span:
    """The characters of the token's sentence."""
    first, last = sentence_ends(token)
    doc = token.doc
    return int(doc[first].idx), int(doc[last].idx) + len(doc[last].text)


def sentence_number(doc: Doc, offset: int) -> int:
    """Which sentence an offset stands in, counted from 0."""
    offsets: list[int] | None = doc.user_data.get(_OFFSETS)
    if offsets is None:
        offsets = doc.user_data[_OFFSETS] = (
            [int(doc[start].idx) for start in _starts(doc)] if len(doc) else [0]
        )
    return max(0, bisect_right(offsets, offset) - 1)
