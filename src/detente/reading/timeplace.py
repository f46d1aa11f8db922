"""A match of a time pattern, and what a resolver may look at around it.

Law: nothing here decides; it shows the words, what is near them, the tense, the article's date and the
last date told.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from spacy.tokens import Doc

from detente.reading.tense import Tense, tense_at
from detente.reading.timevalues import Anchor


@dataclass(slots=True)
class Place:
    """What a resolver may look at: the match, the article's date, the last date told, the tense."""

    match: re.Match[str]
    doc: Doc
    published: Anchor | None
    told: Anchor | None

    def __getitem__(self, group: str) -> str | None:
        found = self.match.groupdict().get(group)
        return re.sub(r"\s+", " ", found).casefold().strip() if found else None

    @property
    def tense(self) -> Tense | None:
        """Of the clause around the words."""
        return tense_at(self.doc, self.match.start(), self.match.end())

    @property
    def before(self) -> str:
        """The text just before, in lower case."""
        return self.match.string[max(0, self.match.start() - 24) : self.match.start()].casefold()

    @property
    def after(self) -> str:
        """The text just after, in lower case."""
        return self.match.string[self.match.end() : self.match.end() + 24].casefold()


Found: TypeAlias = tuple[str, str | None] | None
