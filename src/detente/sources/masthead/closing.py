"""What stands below an article's last paragraph: notes, the author's biography, prompts, copyright."""

import re
from typing import Final

from detente.evidence import Span
from detente.sources.masthead.blocks import Block
from detente.sources.masthead.bylines import copyright_holder
from detente.sources.masthead.furniture import is_furniture, is_menu

_NOTES_HEADING: Final = re.compile(
    r"^(?:references?|notes?|foot ?notes|end ?notes|sources|works cited|bibliography|citations)\s*:?$",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)]|[¹²³⁴⁵⁶⁷⁸⁹])\s*\S")
_RULE: Final = re.compile(r"^[\W_]{3,}$")
_BIOGRAPHY: Final = re.compile(
    r"^(?:about the authors?\b|(?:the\s+(?:writer|author)s?|(?:mr|ms|mrs|dr|prof)\.?\s+[A-Z][\w'’-]+|"
    r"[A-ZÀ-Þ][\w'’.-]+(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,4})(?:,[^,]{3,60},)?\s+"
    r"(?:(?:currently|now|also|formerly)\s+)?(?:is|was|are|serves?|served|works?|teaches|writes|has\s+been|heads|directs|edits|contributed)\b)"
)
_BIOGRAPHY_WORDS: Final = re.compile(
    r"\b(?:author of|director|fellow|professor|editor|columnist|journalist|correspondent|writer|"
    r"analyst|president of|"
    r"research(?:er)?|his (?:latest )?book|her (?:latest )?book|can be (?:reached|contacted|found)|"
    r"published in|teaches|former (?:ambassador|minister|official|diplomat)|www\.|@|twitter)",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"^[\s(\[–—-]*(?:additional reporting|reporting by|editing by|with reporting|contributed to this|"
    r".{3,80} contributed to this (?:report|story|article))",
    re.IGNORECASE,
)
_CREDIT_LATE: Final = re.compile(r"\bcontributed to this (?:report|story|article)\b", re.IGNORECASE)


def notes_start(blocks: tuple[Block, ...]) -> int | None:
    """Index of the block at which footnotes begin, heading and rule included; ``None`` without notes."""
    for index, block in enumerate(blocks):
        if index < len(blocks) * 0.3:
            continue
        if _NOTES_HEADING.match(block.text) and index + 1 < len(blocks):
            return index - 1 if index and _RULE.match(blocks[index - 1].text) else index
    numbered = [i for i, b in enumerate(blocks) if re.match(r"^\[\d{1,3}\]\s*\S", b.text)]
    if len(numbered) >= 2 and numbered[0] >= len(blocks) * 0.4 and blocks[numbered[0]].text.startswith("[1]"):
        first = numbered[0]
        return first - 1 if first and _RULE.match(blocks[first - 1].text) else first
    return None


def is_note(block: Block) -> bool:
    """Whether a block opens a note: ``[2] ...``, ``3. ...``."""
    return bool(_NOTE.match(block.text))


def is_biography(block: Block, author: str | None) -> bool:
    """Whether a closing block tells who the author is.

    >>> text = "Ann Reed is a fellow at the Lantern Institute and author of two books."
    >>> is_biography(Block(start=0, end=len(text), text=text), None)
    True
    """
    text = block.text.strip("*_–— ")
    if block.words > 120:
        return False
    named = author is not None and text.casefold().startswith(author.casefold())
    if not named and not _BIOGRAPHY.match(text):
        return False
    return bool(_BIOGRAPHY_WORDS.search(text)) and not re.search(r"[“\"]|\b(?:said|told|added)\b", text)


def is_closing_furniture(block: Block) -> bool:
    """Whether a block is site furniture or a copyright line."""
    return is_furniture(block.text) or is_menu(block.text) or copyright_line(block) or is_rule(block)


def is_rule(block: Block) -> bool:
    """Whether a block is a line drawn with dashes or stars."""
    return bool(_RULE.match(block.text))


def copyright_line(block: Block) -> bool:
    """Whether a block is a copyright notice."""
    return (
        block.words <= 40
        and bool(re.match(r"^\W*(?:copyright\b|©|\(c\)\s)", block.text, re.IGNORECASE))
        and (copyright_holder(block.text) is not None or "©" in block.text)
    )


def is_reporters_credit(block: Block) -> bool:
    """Whether a closing block credits those who helped: "Reporting by ...; Editing by ..."."""
    return block.words <= 40 and bool(_CREDIT.match(block.text) or _CREDIT_LATE.search(block.text))


def chronology(blocks: tuple[Block, ...]) -> Span | None:
    """First and last+1 index of a sidebar that lists years or dates, its heading included.

    Three dated lines in a row is the least that no ordinary text has.
    """
    run = 0
    for index in range(len(blocks) + 1):
        if index < len(blocks) and _DATED_LINE.match(blocks[index].text):
            run += 1
            continue
        if run >= 3:
            first = index - run
            while (
                first > 0
                and index - first < run + 3
                and not blocks[first - 1].is_prose
                and blocks[first - 1].words <= 14
            ):
                first -= 1
            return first, index
        run = 0
    return None


_DATED_LINE: Final = re.compile(
    r"^[\W_]*(?:(?:(?:early|mid|late|spring|summer|fall|autumn|winter)[ -])?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*(?:\d{1,2},?\s*)?(?:(?:19|20)\d\d)?|"
    r"(?:\d{1,2}\s+[A-Z][a-z]+\s+)?(?:19|20)\d\d(?:s|[-–]\d{2,4})?))\s*(?:[:–—•|]|-\s|\t)",
    re.IGNORECASE,
)
