"""All that is known of one article while it is read: its parse, its cast, the encoder's marks.

Law: ``doc`` is as long as the text and stands character for character over it: ``token.idx`` is an
offset into ``article.text``. What is not read (chrome) is blank in it; case and sentence breaks may be
restored in it, so words for a claim are cut from ``article.text``, never from the doc.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc

from detente.articles import Article
from detente.claims import Statement
from detente.evidence import Evidence, Span, cut
from detente.reading.attribution import Marks
from detente.reading.cast import Cast


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One article, as far as it has been read.

    Attributes:
        article: The article; every span is an offset into its text.
        doc: The parse, offset for offset over the text.
        cast: Who is who.
        marks: What the encoder marked.
        statements: Who said what, in the order of the text.
    """

    article: Article
    doc: Doc = field(repr=False)
    cast: Cast
    marks: Marks
    statements: tuple[Statement, ...] = ()

    def cut(self, span: Span) -> Evidence:
        """Evidence for the words of a span."""
        return cut(self.article.id, self.article.text, span)
