"""What a machine proposes has its words in the article, and waits for the analyst."""

import pytest
from border_case import MARCH, MARCH_READ, MAY, MAY_READ
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import Article
from detente.errors import FalseEvidence, InvalidRecord
from detente.record.build import build_record
from detente.record.edits import Action, decide_on, undo
from detente.record.model import Record
from detente.record.proposals import Proposal, claim_of, find_words, propose, same_words
from detente.vocabulary import Act, ClaimKind, Review

CASE = ([MARCH, MAY], [MARCH_READ, MAY_READ])
BEFORE = build_record(*CASE)
MACHINE = {"who": "model", "on": "2024-05-01T10:00:00", "reason": "missed"}
TEXT = "Talks stall\n\n“We are ready,” Sudmark said. It told Norland that the bridge stays shut.\n"
ARTICLE = Article(id="t", file="t.txt", sha256="0", text=TEXT)


def test_a_proposed_statement_has_its_speaker_cue_and_quotation() -> None:
    proposal = Proposal(
        kind=ClaimKind.STATEMENTS,
        quote="We are ready",
        by="Sudmark",
        to="Norlanders",
        act=Act.OFFER,
        cue="said",
    )
    claim = claim_of(proposal, ARTICLE, BEFORE)
    assert claim.quote == "direct"
    assert (claim.speaker_text, claim.cue, claim.review) == ("Sudmark", "said", Review.PROPOSED)
    assert BEFORE.party[claim.target].name == "Norland"
    spans = (*claim.spans.speaker, *claim.spans.cue, *claim.spans.content)
    assert [TEXT[start:end] for start, end in spans] == ["Sudmark", "said", "We are ready"]
    unknown = claim_of(Proposal(kind=ClaimKind.STATEMENTS, quote="We are ready", by="Oz"), ARTICLE, BEFORE)
    assert (unknown.speaker, unknown.speaker_text) == (None, None)


@pytest.mark.parametrize(
    "kind", [ClaimKind.DEMANDS, ClaimKind.PROMISES, ClaimKind.EVENTS, ClaimKind.MEETINGS]
)
def test_every_kind_that_rests_on_one_quote_can_be_proposed(kind: ClaimKind) -> None:
    claim = claim_of(
        Proposal(kind=kind, quote="the bridge stays shut", parties=("Norland",)), ARTICLE, BEFORE
    )
    assert claim.evidence[0].quote == "the bridge stays shut"
    assert claim.review is Review.PROPOSED


def test_a_proposal_stands_proposed_until_it_is_decided_and_can_be_taken_back() -> None:
    words = "Norland"
    record = BEFORE
    claim = claim_of(Proposal(kind=ClaimKind.PROMISES, quote=words), MARCH, record)
    edit = propose(record, claim, **MACHINE)
    after = build_record(*CASE, [edit])
    assert [p.review for p in after.promises if p.id == claim.id] == [Review.PROPOSED]
    accepted = decide_on(claim, MARCH, Action.ACCEPT, who="ana", on="2024-05-02T10:00:00")
    decided = build_record(*CASE, [edit, accepted])
    assert [p.review for p in decided.promises if p.id == claim.id] == [Review.ACCEPTED]
    back = undo(edit, who="ana", on="2024-05-03T10:00:00")
    assert claim.id not in {p.id for p in build_record(*CASE, [edit, back]).promises}


def test_words_that_the_record_has_are_not_proposed_again() -> None:
    held = BEFORE.demands[0]
    quote = held.evidence[0].quote
    claim = claim_of(
        Proposal(kind=ClaimKind.DEMANDS, quote=quote), BEFORE.article[held.evidence[0].article], BEFORE
    )
    assert same_words(BEFORE, claim) == held.id
    with pytest.raises(InvalidRecord, match=f"as {held.id}"):
        propose(BEFORE, claim, **MACHINE)


@given(st.text(alphabet="ab c", min_size=3, max_size=30), st.text(alphabet="ab c", max_size=6))
def test_words_are_found_where_they_stand_or_refused(text: str, quote: str) -> None:
    article = Article(id="x", file="x", sha256="0", text=text)
    try:
        found = find_words(article, quote)
    except FalseEvidence:
        assert len(quote.strip()) < 3 or quote.strip() not in text
    else:
        assert text[found.start : found.end] == found.quote == quote.strip()


def test_what_cannot_be_proposed_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="cannot be proposed"):
        claim_of(Proposal(kind=ClaimKind.SIGNALS, quote="ready"), ARTICLE, Record())
    with pytest.raises(InvalidRecord, match="is not a date"):
        claim_of(Proposal(kind=ClaimKind.EVENTS, quote="ready", when="soon"), ARTICLE, Record())
