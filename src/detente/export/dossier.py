"""The brief as a file to hand on: a Word document with footnotes, or a page to print.

The content is the brief's own: the same sections, lines and notes that ``detente brief`` writes.
"""

from collections.abc import Iterator

from detente.brief.compose import compose
from detente.brief.findings import Findings, find
from detente.brief.html import to_html
from detente.brief.model import Brief
from detente.errors import NotEnoughEvidence
from detente.export.case import Case
from detente.export.word import to_word


def docx(case: Case) -> Iterator[bytes]:
    """A Word document, every source in a footnote."""
    yield to_word(brief_of(case), case.on)


def page(case: Case) -> Iterator[bytes]:
    """One HTML page; its style sheet has a layout of its own for paper."""
    yield to_html(brief_of(case)).encode()


def brief_of(case: Case) -> Brief:
    """The brief of a case; without what could hold where the record shows no negotiation."""
    try:
        negotiation = case.negotiation
    except NotEnoughEvidence:
        return compose(case.record, None, Findings())
    return compose(case.record, negotiation, find(negotiation))
